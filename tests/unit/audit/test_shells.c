/* Shells of the final filesystem and of lower layers. */
#include "stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void busybox_with_all_its_links_is_one_shell(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	stage_entry(record, SILT_ENTRY_FILE, "bin/[", 0755);
	static const char *const names[] = {"bin/busybox", "bin/ls", "bin/sh", "bin/cat"};
	for (size_t i = 0; i < SILT_COUNT(names); i++) {
		stage_link(record, SILT_ENTRY_HARDLINK, names[i], "bin/[");
	}
	stage_link(record, SILT_ENTRY_SYMLINK, "bin/ash", "/bin/busybox");
	stage_link(record, SILT_ENTRY_SYMLINK, "sbin/init", "../bin/busybox");
	stage_run(stage, silt_check_shells);
	const struct silt_finding *finding = stage_only(stage);
	assert_string_equal(finding->rule, "shell-present");
	assert_int_equal(finding->severity, SILT_SEVERITY_INFO);
	assert_string_equal(finding->subject, "ash, busybox, sh");
	assert_string_equal(finding->detail, "/bin/busybox (7 names).");
	assert_int_equal(finding->sighting_count, 1);
	assert_string_equal(finding->sightings[0].note, "7 names");
}

static void a_chain_of_links_leads_to_its_shell(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	stage_link(record, SILT_ENTRY_SYMLINK, "bin", "usr/bin");
	stage_entry(record, SILT_ENTRY_FILE, "usr/bin/dash", 0755);
	stage_entry(record, SILT_ENTRY_FILE, "usr/bin/bash", 0755);
	stage_link(record, SILT_ENTRY_SYMLINK, "etc/alternatives/sh", "/bin/dash");
	stage_link(record, SILT_ENTRY_SYMLINK, "usr/bin/sh", "/etc/alternatives/sh");
	stage_run(stage, silt_check_shells);
	assert_string_equal(stage_only(stage)->subject, "bash, dash, sh");
	assert_string_equal(stage->found[0].detail, "/usr/bin/bash, /usr/bin/dash (3 names).");
	assert_int_equal(stage->found[0].sighting_count, 2);
}

static void what_only_has_the_name_of_a_shell_is_none(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	stage_entry(record, SILT_ENTRY_FILE, "usr/share/bash-completion/completions/bash", 0644);
	stage_entry(record, SILT_ENTRY_DIRECTORY, "usr/share/doc/bash", 0755);
	stage_entry(record, SILT_ENTRY_FILE, "usr/bin/bashbug", 0755);
	stage_link(record, SILT_ENTRY_SYMLINK, "bin/sh", "/bin/nowhere");
	stage_link(record, SILT_ENTRY_SYMLINK, "bin/ash", "ash");
	stage_run(stage, silt_check_shells);
	assert_int_equal(stage->found_count, 0);
}

static void a_deleted_shell_is_told(void **state)
{
	struct stage *stage = *state;
	size_t low = stage_layer(stage, "FROM x");
	size_t high = stage_layer(stage, "RUN rm /bin/bash /bin/sh");
	stage_entry(stage_record(stage, low), SILT_ENTRY_FILE, "bin/bash", 0755);
	stage_link(stage_record(stage, low), SILT_ENTRY_SYMLINK, "bin/sh", "bash");
	stage_entry(stage_record(stage, high), SILT_ENTRY_FILE, "bin/.wh.bash", 0);
	stage_entry(stage_record(stage, high), SILT_ENTRY_FILE, "bin/.wh.sh", 0);
	stage_run(stage, silt_check_shells);
	assert_string_equal(stage_only(stage)->rule, "shell-deleted");
	assert_string_equal(stage->found[0].subject, "bash");
	assert_int_equal(stage->found[0].exposure, SILT_FATE_DELETED);
}

static void an_upgraded_shell_is_not_a_deleted_one(void **state)
{
	struct stage *stage = *state;
	for (int i = 0; i < 2; i++) {
		stage_entry(stage_record(stage, stage_layer(stage, "")), SILT_ENTRY_FILE, "bin/bash", 0755);
	}
	stage_run(stage, silt_check_shells);
	assert_string_equal(stage_only(stage)->rule, "shell-present");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(busybox_with_all_its_links_is_one_shell, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_chain_of_links_leads_to_its_shell, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(what_only_has_the_name_of_a_shell_is_none, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_deleted_shell_is_told, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(an_upgraded_shell_is_not_a_deleted_one, stage_setup, stage_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
