/* --limit NAME=VALUE. */
#include "cli/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static enum silt_status read_one(const char *text, struct cli_limits *limits, struct silt_error *err)
{
	struct cli_arguments arguments = {.repeated = {{CLI_OPTION_LIMIT, text}}, .repeated_count = 1};
	*err = (struct silt_error){0};
	return cli_limits_read(limits, &arguments, err);
}

static void gives(const char *text, uint64_t value)
{
	struct cli_limits limits;
	struct silt_error err;
	assert_int_equal(read_one(text, &limits, &err), SILT_OK);
	assert_int_equal(limits.count, 1);
	assert_int_equal(limits.items[0].value, value);
}

static void numbers_may_have_a_letter_for_a_power_of_1024(void **state)
{
	(void)state;
	gives("entries=17", 17);
	gives("json-bytes=3K", 3 << 10);
	gives("json-bytes=5M", 5 << 20);
	gives("layer-bytes=2G", UINT64_C(2) << 30);
	gives("layer-bytes=1T", UINT64_C(1) << 40);
}

static void refused(const char *text, const char *sentence)
{
	struct cli_limits limits;
	struct silt_error err;
	assert_int_equal(read_one(text, &limits, &err), SILT_ERR_USAGE);
	assert_string_equal(err.text, sentence);
}

static void what_is_no_setting_is_refused_in_one_sentence(void **state)
{
	(void)state;
	refused("entries", "--limit entries: expected NAME=VALUE, such as entries=1000.");
	refused("entreis=3", "--limit entreis: there is no such limit; did you mean 'entries'?");
	refused("zzzzzzzzzz=3", "--limit zzzzzzzzzz: there is no such limit; silt limits lists them.");
}

static void what_is_no_value_is_refused(void **state)
{
	(void)state;
	static const char *const values[] = {
		"",    "K", "-1", "1k", "1KB", "1.5", " 1", "0", "1001", "18446744073709551616", "99999999999999T",
		"0x10"};
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		char text[64], sentence[256];
		(void)snprintf(text, sizeof(text), "layers=%s", values[i]);
		(void)snprintf(
			sentence, sizeof(sentence),
			"--limit layers=%s: expected a whole number from 1 (1) to 1000 (1000); K, M, G and T stand "
			"for powers of 1024.",
			values[i]);
		refused(text, sentence);
	}
}

static void a_limit_that_nobody_set_has_its_default(void **state)
{
	(void)state;
	struct cli_limits limits;
	struct silt_error err;
	assert_int_equal(read_one("layers=3", &limits, &err), SILT_OK);
	assert_int_equal(cli_limits_value(&limits, "layers"), 3);
	assert_int_equal(cli_limits_value(&limits, "stall-seconds"), 900);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_may_have_a_letter_for_a_power_of_1024),
		cmocka_unit_test(what_is_no_setting_is_refused_in_one_sentence),
		cmocka_unit_test(what_is_no_value_is_refused),
		cmocka_unit_test(a_limit_that_nobody_set_has_its_default),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
