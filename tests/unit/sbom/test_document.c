/* What a document says of itself. */
#include "sbom/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void expect_time(const char *created, const int64_t *now, const char *wanted)
{
	const struct silt_sbom_inventory inventory = {.whole = true};
	const struct silt_image image = {.created = created, .config_digest = ""};
	const struct silt_sbom_options options = {.now = now};
	struct silt_sbom_document document = {.inventory = &inventory, .image = &image, .options = &options};
	struct silt_error err = {0};
	assert_int_equal(silt_sbom_document_begin(&document, &err), SILT_OK);
	assert_string_equal(document.time, wanted);
}

static void the_time_of_an_image_is_told_in_utc(void **state)
{
	(void)state;
	static const struct {
		const char *created, *wanted;
	} cases[] = {
		{"2024-01-02T03:04:05Z", "2024-01-02T03:04:05Z"},
		{"2024-01-02T03:04:05.678912345Z", "2024-01-02T03:04:05Z"},
		{"2024-01-02T03:04:05+02:00", "2024-01-02T01:04:05Z"},
		{"2024-01-01T00:30:00.5+05:45", "2023-12-31T18:45:00Z"},
		{"2024-02-28T23:04:05.1-01:30", "2024-02-29T00:34:05Z"},
		{"2024-01-02T03:04:05+0200", "2024-01-02T03:04:05Z"},
		{"2024-01-02", "2024-01-02T00:00:00Z"},
		{"2024-01-02x+02:00", "2024-01-02T00:00:00Z"},
		{"1970-01-01T00:00:00+02:00", "1970-01-01T00:00:00Z"},
		{"1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z"},
		{"2024-02-29T01:02:03Z", "2024-02-29T01:02:03Z"},
		{"2024-02-30T00:00:00Z", "1970-01-01T00:00:00Z"},
		{"0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},
		{"", "1970-01-01T00:00:00Z"},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		expect_time(cases[i].created, NULL, cases[i].wanted);
	}
}

static void a_time_that_is_given_goes_before_that_of_the_image(void **state)
{
	(void)state;
	static const int64_t first = 0, later = 86399;
	expect_time("2024-01-02T03:04:05Z", &first, "1970-01-01T00:00:00Z");
	expect_time("2024-01-02T03:04:05Z", &later, "1970-01-01T23:59:59Z");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_time_of_an_image_is_told_in_utc),
		cmocka_unit_test(a_time_that_is_given_goes_before_that_of_the_image),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
