/* Names and values on command lines. */
#include "audit/command_line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

/* What a walk gives, as "name=value|name=value|". */
static void expect_of(struct silt_command_line walk, const char *wanted, const char *what)
{
	char found[512] = "";
	size_t len = 0;
	struct silt_bytes name, value;
	while (silt_command_line_next(&walk, &name, &value)) {
		len += (size_t)snprintf(found + len, sizeof(found) - len, "%.*s=%.*s|", (int)name.len,
					(const char *)name.ptr, (int)value.len, (const char *)value.ptr);
	}
	if (strcmp(found, wanted) != 0) {
		fail_msg("%s: found %s", what, found);
	}
}

static void expect(const char *text, const char *wanted)
{
	expect_of(silt_command_line_of_text(silt_bytes_text(text)), wanted, text);
}

static void what_a_shell_sets_is_read(void **state)
{
	(void)state;
	expect("export A=b C=\"d e\" && F='g;h' cmd", "A=b|C=d e|F=g;h|");
	expect("env A=b cmd; docker run -e B=c x", "A=b|B=c|");
	expect("echo \"A=b\" >> x", "A=b|");
	expect("sed s/A=b/c/ x", "");
}

static void options_of_secrets_take_the_next_word(void **state)
{
	(void)state;
	expect("cmd --password b --db-password=c -Dapp.password=d", "password=b|db-password=c|Dapp.password=d|");
	expect("cmd --password --verbose x", "");
	expect("cmd --password; b", "");
	expect("cmd --user b --to c --verbose d", "");
	expect("aws configure set aws_secret_access_key b --profile x", "aws_secret_access_key=b|");
	expect("npm config set //x/:_authToken b", "//x/:_authToken=b|");
	expect("set \"\" x; configure set \"\" b", "");
}

static void options_without_a_value_take_none(void **state)
{
	(void)state;
	expect("adduser --disabled-password app", "");
	expect("docker login --password-stdin host", "");
	expect("cmd --no-password x --ask-password y --pass-through z", "");
	expect("buildctl build --secret id=x,src=y", "id=x,src=y|");
}

static void what_is_filled_in_later_is_no_value(void **state)
{
	(void)state;
	expect("A=$B C=\"x${D}\" E=\"$(cat f)\" F=`cat f` H=$$I G=cost$ --password \"$P\"", "G=cost$|");
}

static void scripts_in_quotes_are_looked_into(void **state)
{
	(void)state;
	expect("sh -c \"export A=b && cmd --password=c\" D=e", "A=b|password=c|D=e|");
	expect("bash -c 'A=\"b c\" d'", "A=b c|");
	expect("CMD [\"app\" \"--password=b\"]", "password=b|");
	expect("CMD [\"sh\",\"-c\",\"A=b app\"]", "A=b|");
}

static void words_of_a_list_are_not_cut(void **state)
{
	(void)state;
	const struct silt_bytes words[] = {SILT_LITERAL("app"), SILT_LITERAL("--password=a b"), SILT_LITERAL("--token"),
					   SILT_LITERAL("c'd")};
	expect_of(silt_command_line_of_words(words, 4), "password=a b|token=c'd|", "words");
	const struct silt_bytes script[] = {SILT_LITERAL("sh"), SILT_LITERAL("-c"), SILT_LITERAL("A=b exec \"$@\""),
					    SILT_LITERAL("C=d")};
	expect_of(silt_command_line_of_words(script, 4), "A=b|C=d|", "script");
}

static void text_that_ends_early_is_read(void **state)
{
	(void)state;
	static const char *const texts[] = {"",
					    " ",
					    "\"",
					    "'a b",
					    "--",
					    "-",
					    "=",
					    "a",
					    "--password",
					    "configure set",
					    "[",
					    "configure set a",
					    "\"\"",
					    "\"--password\"",
					    "--password ;"};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		expect(texts[i], "");
	}
	expect("A='b c", "A='b c|");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_shell_sets_is_read),
		cmocka_unit_test(options_of_secrets_take_the_next_word),
		cmocka_unit_test(options_without_a_value_take_none),
		cmocka_unit_test(what_is_filled_in_later_is_no_value),
		cmocka_unit_test(scripts_in_quotes_are_looked_into),
		cmocka_unit_test(words_of_a_list_are_not_cut),
		cmocka_unit_test(text_that_ends_early_is_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
