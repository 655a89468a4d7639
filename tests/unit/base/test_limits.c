/* The table of budgets. */
#include "base/limits.h"

#include "base/bytes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void every_row_has_a_name_of_its_own_and_a_default_in_its_range(void **state)
{
	(void)state;
	for (size_t i = 0; i < silt_limits_count(); i++) {
		const struct silt_limit *limit = silt_limits_get(i);
		assert_ptr_equal(silt_limits_find(limit->name), limit);
		assert_true(limit->least <= limit->fallback && limit->fallback <= limit->most);
		assert_true(limit->fallback == silt_default_limits.value[i + 1]);
		assert_int_equal(strspn(limit->name, "abcdefghijklmnopqrstuvwxyz-"), strlen(limit->name));
		assert_true(strlen(limit->what) > 0 && limit->why[strlen(limit->why) - 1] == '.');
	}
	assert_null(silt_limits_find("entrys"));
}

static void a_setting_changes_one_value_and_the_last_one_counts(void **state)
{
	(void)state;
	const struct silt_limit_setting settings[] = {{"entries", 7}, {"layers", 3}, {"entries", 9}};
	struct silt_limits limits;
	assert_int_equal(silt_limits_set(&limits, settings, SILT_COUNT(settings), NULL), SILT_OK);
	assert_int_equal(limits.value[SILT_LIMIT_ENTRIES], 9);
	assert_int_equal(limits.value[SILT_LIMIT_LAYERS], 3);
	assert_int_equal(limits.value[SILT_LIMIT_IMAGES], silt_default_limits.value[SILT_LIMIT_IMAGES]);
}

static void refused(const char *name, uint64_t value, const char *text)
{
	struct silt_limits limits;
	struct silt_error err = {0};
	const struct silt_limit_setting setting = {name, value};
	assert_int_equal(silt_limits_set(&limits, &setting, 1, &err), SILT_ERR_USAGE);
	assert_string_equal(err.text, text);
}

static void names_and_values_that_cannot_be_are_refused(void **state)
{
	(void)state;
	refused("a\x1b[m", 1, "no limit is called 'a\\x1b[m'; 'silt limits' shows them all");
	refused("layers", 0, "the limit layers can be set from 1 to 1000, not to 0");
	refused("layers", 1001, "the limit layers can be set from 1 to 1000, not to 1001");
}

static void shown(enum silt_limit_unit unit, uint64_t value, const char *expected)
{
	char text[SILT_LIMIT_TEXT_MAX];
	assert_string_equal(silt_limit_text(unit, value, text, sizeof(text)), expected);
}

static void values_are_shown_as_people_write_them(void **state)
{
	(void)state;
	shown(SILT_UNIT_NUMBER, 1048576, "1048576");
	shown(SILT_UNIT_BYTES, 0, "0 bytes");
	shown(SILT_UNIT_BYTES, 1023, "1023 bytes");
	shown(SILT_UNIT_BYTES, 1536, "1536 bytes");
	shown(SILT_UNIT_BYTES, 65536, "64 KiB");
	shown(SILT_UNIT_BYTES, UINT64_MAX, "18446744073709551615 bytes");
	shown(SILT_UNIT_BYTES, UINT64_C(1) << 63, "8388608 TiB");
	shown(SILT_UNIT_SECONDS, 60, "60 s");
	shown(SILT_UNIT_RATIO, 200, "200:1");
}

static void a_hint_names_the_option_only_if_it_helps(void **state)
{
	(void)state;
	char hint[SILT_LIMIT_HINT_MAX];
	assert_string_equal(silt_limit_hint(&silt_default_limits, SILT_LIMIT_ENTRIES, hint),
			    " (the limit entries is 5000000; --limit entries=VALUE raises it)");
	assert_string_equal(silt_limit_hint(&silt_default_limits, SILT_LIMIT_LINK_HOPS, hint),
			    " (the limit link-hops is 40)");
	assert_string_equal(silt_limit_hint(&silt_default_limits, SILT_LIMIT_NONE, hint), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_has_a_name_of_its_own_and_a_default_in_its_range),
		cmocka_unit_test(a_setting_changes_one_value_and_the_last_one_counts),
		cmocka_unit_test(names_and_values_that_cannot_be_are_refused),
		cmocka_unit_test(values_are_shown_as_people_write_them),
		cmocka_unit_test(a_hint_names_the_option_only_if_it_helps),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
