/* What etc/shells lists. */
#include "content/fact.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* "LINE PATH\n" for each fact. */
struct told {
	char text[256];
	size_t len;
};

static enum silt_status take(void *ctx, const struct silt_fact_seen *fact, struct silt_error *err)
{
	(void)err;
	struct told *told = ctx;
	assert_int_equal(fact->kind, SILT_FACT_LOGIN_SHELL);
	assert_true(fact->text.len + 3 < sizeof(told->text) - told->len);
	told->text[told->len++] = (char)('0' + fact->line);
	memcpy(told->text + told->len, fact->text.ptr, fact->text.len);
	told->len += fact->text.len;
	told->text[told->len++] = '\n';
	told->text[told->len] = '\0';
	return SILT_OK;
}

static struct told read_shells(struct silt_bytes body)
{
	struct told told = {.text = ""};
	struct silt_error err = {0};
	struct silt_bytes path = SILT_LITERAL("etc/shells");
	silt_fact_wants wants = silt_facts_wanted(path, body);
	assert_int_not_equal(wants, 0);
	assert_int_equal(silt_facts_read(wants, path, body, take, &told, &err), SILT_OK);
	return told;
}

static void absolute_paths_are_listed_with_their_lines(void **state)
{
	(void)state;
	struct told told =
		read_shells(SILT_LITERAL("# valid login shells\n/bin/sh\n\n  /usr/bin/bash \r\nbash\n/bin/zsh"));
	assert_string_equal(told.text, "2/bin/sh\n4/usr/bin/bash\n6/bin/zsh\n");
}

static void what_lists_nothing_says_nothing(void **state)
{
	(void)state;
	assert_string_equal(read_shells(SILT_LITERAL("")).text, "");
	assert_string_equal(read_shells(SILT_LITERAL("\n\n#/bin/sh\n")).text, "");
	assert_string_equal(read_shells(SILT_LITERAL("\0\0/bin/sh")).text, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(absolute_paths_are_listed_with_their_lines),
		cmocka_unit_test(what_lists_nothing_says_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
