/* Names of the public enumerations, and the version. */
#include "check.h"

#include "silt/silt.h"

#include <stdio.h>

static void severities_have_names_that_parse_back(void **state)
{
	(void)state;
	static const char *const names[] = {"info", "low", "medium", "high", "critical"};
	for (int i = SILT_SEVERITY_INFO; i <= SILT_SEVERITY_CRITICAL; i++) {
		enum silt_severity parsed = SILT_SEVERITY_INFO;
		assert_string_equal(silt_severity_name((enum silt_severity)i), names[i]);
		assert_true(silt_severity_parse(names[i], &parsed));
		assert_int_equal(parsed, i);
	}
}

static void other_names_are_no_severity(void **state)
{
	(void)state;
	static const char *const wrong[] = {"", "High", "hig", "highest", " high", "3", "none"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		enum silt_severity parsed = SILT_SEVERITY_MEDIUM;
		assert_false(silt_severity_parse(wrong[i], &parsed));
		assert_int_equal(parsed, SILT_SEVERITY_MEDIUM);
	}
}

static void confidences_fates_and_types_have_names(void **state)
{
	(void)state;
	assert_string_equal(silt_confidence_name(SILT_CONFIDENCE_POSSIBLE), "possible");
	assert_string_equal(silt_confidence_name(SILT_CONFIDENCE_PROVEN), "proven");
	assert_string_equal(silt_fate_name(SILT_FATE_UNREFERENCED), "unreferenced");
	assert_string_equal(silt_fate_name(SILT_FATE_DISPUTED), "disputed");
	assert_string_equal(silt_fate_name(SILT_FATE_DELETED), "deleted");
	assert_string_equal(silt_fate_name(SILT_FATE_VISIBLE), "visible");
	assert_string_equal(silt_entry_type_name(SILT_ENTRY_FILE), "file");
	assert_string_equal(silt_entry_type_name(SILT_ENTRY_SYMLINK), "symlink");
	assert_string_equal(silt_entry_type_name(SILT_ENTRY_OTHER), "other");
}

static void values_out_of_range_are_unknown(void **state)
{
	(void)state;
	assert_string_equal(silt_severity_name((enum silt_severity)99), "unknown");
	assert_string_equal(silt_confidence_name((enum silt_confidence)99), "unknown");
	assert_string_equal(silt_fate_name((enum silt_fate)99), "unknown");
	assert_string_equal(silt_entry_type_name((enum silt_entry_type)99), "unknown");
}

static void the_version_is_the_one_of_the_header(void **state)
{
	(void)state;
	char text[32];
	snprintf(text, sizeof(text), "%d.%d.%d", SILT_VERSION_MAJOR, SILT_VERSION_MINOR, SILT_VERSION_PATCH);
	assert_string_equal(silt_version(), text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(severities_have_names_that_parse_back),
		cmocka_unit_test(other_names_are_no_severity),
		cmocka_unit_test(confidences_fates_and_types_have_names),
		cmocka_unit_test(values_out_of_range_are_unknown),
		cmocka_unit_test(the_version_is_the_one_of_the_header),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
