/* The packages of an image, as of its base and in the end; and how long its distribution is supported. */
#include "audit/packages.h"

#include "audit/os_eol.h"
#include "stage_packages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* The packages as of the lowest `layers` layers: "NAME VERSION MANAGER, ". */
static struct {
	size_t layers;
	struct silt_buffer text;
	bool has_curl;
} listing;

static const char *manager_name(enum silt_package_db manager)
{
	return manager == SILT_PACKAGE_DB_DPKG ? "dpkg" : manager == SILT_PACKAGE_DB_APK ? "apk" : "rpm";
}

static enum silt_status list(const struct silt_context *context, struct silt_findings *findings, struct silt_error *err)
{
	(void)findings;
	struct silt_packages packages;
	enum silt_status status = silt_packages_list(&context->images[0], listing.layers, &packages, err);
	for (size_t i = 0; i < packages.count; i++) {
		silt_buffer_add(&listing.text, packages.items[i].name);
		silt_buffer_add_byte(&listing.text, ' ');
		silt_buffer_add(&listing.text, packages.items[i].version);
		silt_buffer_printf(&listing.text, " %s, ", manager_name(packages.items[i].manager));
	}
	listing.has_curl = silt_packages_find(&packages, SILT_LITERAL("curl")) != NULL;
	assert_null(silt_packages_find(&packages, SILT_LITERAL("cur")));
	assert_null(silt_packages_find(&packages, SILT_LITERAL("")));
	silt_packages_done(&packages);
	return status;
}

static void expect_packages(struct stage *stage, size_t layers, const char *wanted)
{
	listing.layers = layers;
	silt_buffer_clear(&listing.text);
	stage_run(stage, list);
	assert_string_equal(silt_buffer_text(&listing.text), wanted);
	silt_buffer_done(&listing.text);
	assert_int_equal(listing.has_curl, strstr(wanted, "curl") != NULL);
}

static void make_layers(struct stage *stage)
{
	struct silt_record *base = stage_record(stage, stage_layer(stage, ""));
	uint32_t status = stage_database(base, "var/lib/dpkg/status");
	stage_fact(base, status, SILT_FACT_PACKAGE, 1, "libc6 2.36");
	stage_fact(base, status, SILT_FACT_PACKAGE, 1, "libc6 2.36"); /* of another architecture */
	stage_fact(base, status, SILT_FACT_PACKAGE, 1, "apt 2.6");
	struct silt_record *next = stage_record(stage, stage_layer(stage, "RUN apt-get install curl"));
	status = stage_database(next, "var/lib/dpkg/status");
	stage_fact(next, status, SILT_FACT_PACKAGE, 1, "libc6 2.37");
	stage_fact(next, status, SILT_FACT_PACKAGE, 1, "curl 8");
	stage_fact(next, stage_database(next, "lib/apk/db/installed"), SILT_FACT_PACKAGE, 1, "musl 1.2");
	stage_fact(next, stage_database(next, "var/lib/rpm/Packages"), SILT_FACT_PACKAGE, 1, "bash 1:5-2");
}

static void the_databases_in_the_end_tell_what_is_installed(void **state)
{
	make_layers(*state);
	expect_packages(*state, 2, "bash 1:5-2 rpm, curl 8 dpkg, libc6 2.37 dpkg, musl 1.2 apk, ");
}

static void those_of_the_base_tell_what_was(void **state)
{
	make_layers(*state);
	expect_packages(*state, 1, "apt 2.6 dpkg, libc6 2.36 dpkg, ");
}

static void without_layers_there_are_no_packages(void **state)
{
	make_layers(*state);
	expect_packages(*state, 0, "");
}

/* ---- Support ------------------------------------------------------------------------------------------------------- */

enum { DAY = 24 * 60 * 60, DAY_2023_05_31 = 19508 };

/* Runs the check on that os-release on a day; the number of findings. */
static size_t findings_on(int64_t now, const char *id, const char *version, const char *name)
{
	struct stage stage;
	stage_begin(&stage);
	stage.now = now;
	struct silt_record *record = stage_record(&stage, stage_layer(&stage, ""));
	uint32_t entry = stage_entry(record, SILT_ENTRY_FILE, "usr/lib/os-release", 0644);
	stage_link(record, SILT_ENTRY_SYMLINK, "etc/os-release", "../usr/lib/os-release");
	stage_fact(record, entry, SILT_FACT_OS_ID, 1, id);
	stage_fact(record, entry, SILT_FACT_OS_VERSION, 1, version);
	stage_fact(record, entry, SILT_FACT_OS_NAME, 1, name);
	stage_run(&stage, silt_check_os_eol);
	size_t count = stage.found_count;
	stage_end(&stage);
	return count;
}

static void support_ends_with_its_last_day(void **state)
{
	(void)state;
	assert_int_equal(findings_on((int64_t)DAY_2023_05_31 * DAY + DAY - 1, "ubuntu", "18.04", ""), 0);
	assert_int_equal(findings_on((int64_t)DAY_2023_05_31 * DAY + DAY, "ubuntu", "18.04", ""), 1);
	assert_int_equal(findings_on(0, "ubuntu", "18.04", ""), 0);
}

static void versions_are_not_mistaken_for_each_other(void **state)
{
	(void)state;
	static const struct {
		const char *id, *version, *name, *last_day;
	} cases[] = {
		{"alpine", "3.1.4", "", "2016-11-01"},
		{"alpine", "3.10.2", "", "2021-05-01"},
		{"alpine", "3.10", "", "2021-05-01"},
		{"alpine", "3.10.0_alpha20190228", "", NULL},
		{"alpine", "3.10_alpha", "", NULL},
		{"alpine", "3", "", NULL},
		{"amzn", "2", "", "2026-06-30"},
		{"amzn", "2018.03", "", "2023-12-31"},
		{"amzn", "2023", "", "2029-06-30"},
		{"centos", "8", "CentOS Linux 8", "2021-12-31"},
		{"centos", "8", "CentOS Stream 8", "2024-05-31"},
		{"rhel", "8.10", "", "2029-05-31"},
		{"sles", "15.5", "", "2024-12-31"},
		{"sles", "15", "", "2019-12-31"},
		{"sles", "15.9", "", NULL},
		{"debian", "", "", NULL},
		{"Debian", "12", "", NULL},
		{"", "12", "", NULL},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		const char *day = silt_os_eol(silt_bytes_text(cases[i].id), silt_bytes_text(cases[i].version),
					      silt_bytes_text(cases[i].name));
		assert_int_equal(day == NULL, cases[i].last_day == NULL);
		if (day) {
			assert_string_equal(day, cases[i].last_day);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_databases_in_the_end_tell_what_is_installed, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(those_of_the_base_tell_what_was, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(without_layers_there_are_no_packages, stage_setup, stage_teardown),
		cmocka_unit_test(support_ends_with_its_last_day),
		cmocka_unit_test(versions_are_not_mistaken_for_each_other),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
