/* Setuid, setgid and file capabilities. */
#include "audit/privilege.h"
#include "stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Runs the check on one file and returns how bad it is; INFO - 1 if there is no finding. */
static int severity_of_file(const char *path, unsigned mode, uint32_t uid)
{
	struct stage stage;
	stage_begin(&stage);
	struct silt_record *record = stage_record(&stage, stage_layer(&stage, ""));
	uint32_t file = stage_entry(record, SILT_ENTRY_FILE, path, mode);
	record->entries[file].uid = uid;
	stage_run(&stage, silt_check_privilege);
	int severity = stage.found_count ? (int)stage_only(&stage)->severity : -1;
	stage_end(&stage);
	return severity;
}

static void setuid_is_as_bad_as_the_program(void **state)
{
	(void)state;
	assert_int_equal(severity_of_file("usr/bin/su", 04755, 0), SILT_SEVERITY_LOW);
	assert_int_equal(severity_of_file("bin/ping", 04755, 0), SILT_SEVERITY_LOW);
	assert_int_equal(severity_of_file("usr/lib/openssh/ssh-keysign", 04755, 0), SILT_SEVERITY_LOW);
	assert_int_equal(severity_of_file("tmp/su", 04755, 0), SILT_SEVERITY_HIGH);
	assert_int_equal(severity_of_file("app/run", 04755, 0), SILT_SEVERITY_HIGH);
	assert_int_equal(severity_of_file("usr/local/bin/gosu", 04755, 0), SILT_SEVERITY_CRITICAL);
	assert_int_equal(severity_of_file("bin/bash", 04755, 0), SILT_SEVERITY_CRITICAL);
	assert_int_equal(severity_of_file("usr/bin/python3.11", 04755, 0), SILT_SEVERITY_CRITICAL);
	assert_int_equal(severity_of_file("usr/bin/su", 04757, 0), SILT_SEVERITY_CRITICAL);
	assert_int_equal(severity_of_file("bin/bash", 04644, 0), SILT_SEVERITY_INFO);
}

static void the_bit_of_a_script_has_no_effect(void **state)
{
	(void)state;
	static const struct {
		unsigned mode;
		const char *rule, *detail;
	} cases[] = {
		{04757, "priv-setuid", "Mode 4757, owner 0:0. It is a script: the kernel ignores the bit on a script."},
		{02755, "priv-setgid", "Mode 2755, owner 0:0. It is a script: the kernel ignores the bit on a script."},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		struct stage stage;
		stage_begin(&stage);
		struct silt_record *record = stage_record(&stage, stage_layer(&stage, ""));
		uint32_t file = stage_entry(record, SILT_ENTRY_FILE, "app/run", cases[i].mode);
		stage_program(record, file, SILT_PROGRAM_SCRIPT, "/bin/sh");
		stage_run(&stage, silt_check_privilege);
		assert_string_equal(stage_only(&stage)->rule, cases[i].rule);
		assert_int_equal(stage.found[0].severity, SILT_SEVERITY_INFO);
		assert_string_equal(stage.found[0].detail, cases[i].detail);
		stage_end(&stage);
	}
}

/* The body tells, and the name that has the bit may be another entry: a hardlink. */
static void a_script_is_one_by_every_name(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	uint32_t file = stage_entry(record, SILT_ENTRY_FILE, "app/run", 0755);
	stage_program(record, file, SILT_PROGRAM_SCRIPT, "/bin/sh");
	uint32_t link = stage_link(record, SILT_ENTRY_HARDLINK, "app/again", "app/run");
	record->entries[link].mode = 04755;
	stage_run(stage, silt_check_privilege);
	assert_int_equal(stage_only(stage)->severity, SILT_SEVERITY_INFO);
}

static void an_owner_other_than_root_is_one_step_down(void **state)
{
	(void)state;
	assert_int_equal(severity_of_file("app/run", 04755, 1000), SILT_SEVERITY_MEDIUM);
	assert_int_equal(severity_of_file("bin/bash", 04755, 1000), SILT_SEVERITY_HIGH);
}

static void setgid_needs_the_execute_bit_of_the_group(void **state)
{
	(void)state;
	assert_int_equal(severity_of_file("usr/bin/wall", 02755, 0), SILT_SEVERITY_LOW);
	assert_int_equal(severity_of_file("app/run", 02755, 0), SILT_SEVERITY_MEDIUM);
	assert_int_equal(severity_of_file("app/lock", 02644, 0), -1);
	assert_int_equal(severity_of_file("app/run", 01755, 0), -1);
}

static void a_shell_is_one_under_any_name(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	uint32_t file = stage_entry(record, SILT_ENTRY_FILE, "usr/bin/passwd", 04755);
	stage_program(record, file, SILT_PROGRAM_STATIC, "")->shell = "busybox";
	stage_run(stage, silt_check_privilege);
	assert_int_equal(stage_only(stage)->severity, SILT_SEVERITY_CRITICAL);
	assert_string_equal(stage->found[0].detail, "Mode 4755, owner 0:0. By its content it is the shell busybox.");
}

static void what_everybody_may_replace_is_critical(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	stage_entry(record, SILT_ENTRY_DIRECTORY, "usr/bin", 01777);
	stage_entry(record, SILT_ENTRY_FILE, "usr/bin/passwd", 04755);
	stage_run(stage, silt_check_privilege);
	assert_int_equal(stage_only(stage)->severity, SILT_SEVERITY_CRITICAL);
	assert_string_equal(stage->found[0].detail, "Mode 4755, owner 0:0. Everybody may write to its folder.");
}

static void directories_and_symlinks_are_none(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	stage_entry(record, SILT_ENTRY_DIRECTORY, "var/mail", 06775);
	uint32_t link = stage_link(record, SILT_ENTRY_SYMLINK, "l", "x");
	record->entries[link].mode = 06777;
	stage_entry(record, SILT_ENTRY_FIFO, "f", 06777);
	stage_run(stage, silt_check_privilege);
	assert_int_equal(stage->found_count, 0);
}

static void hardlinks_are_one_finding_with_all_names(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, "COPY busybox"));
	stage_entry(record, SILT_ENTRY_FILE, "bin/busybox", 04755);
	static const char *const names[] = {"bin/ls", "bin/su", "bin/vi"};
	for (size_t i = 0; i < SILT_COUNT(names); i++) {
		uint32_t link = stage_link(record, SILT_ENTRY_HARDLINK, names[i], "bin/busybox");
		record->entries[link].mode = 04755;
	}
	stage_run(stage, silt_check_privilege);
	const struct silt_finding *finding = stage_only(stage);
	assert_string_equal(finding->rule, "priv-setuid");
	assert_int_equal(finding->severity, SILT_SEVERITY_CRITICAL);
	assert_string_equal(finding->subject, "/bin/busybox and 3 more names");
	assert_string_equal(finding->detail, "Mode 4755, owner 0:0. It runs whatever its caller tells it to run. Its "
					     "names: /bin/busybox, /bin/ls, /bin/su, /bin/vi.");
	assert_int_equal(finding->sighting_count, 4);
}

/* Layers: the file, its name "l" with the mode, and, if `deleted`, the end of that name. */
static void stage_linked(struct stage *stage, unsigned mode, bool deleted)
{
	struct silt_record *record = stage_record(stage, stage_layer(stage, "COPY run"));
	stage_entry(record, SILT_ENTRY_FILE, "app/run", 0755);
	uint32_t link = stage_link(record, SILT_ENTRY_HARDLINK, "l", "app/run");
	record->entries[link].mode = (uint16_t)mode;
	if (deleted) {
		stage_entry(stage_record(stage, stage_layer(stage, "RUN rm /l")), SILT_ENTRY_FILE, ".wh.l", 0);
	}
	stage_run(stage, silt_check_privilege);
}

static void the_bit_of_a_hardlink_is_that_of_all_names(void **state)
{
	struct stage *stage = *state;
	stage_linked(stage, 04755, false);
	assert_string_equal(stage_only(stage)->subject, "/app/run and 1 more name");
	assert_int_equal(stage->found[0].severity, SILT_SEVERITY_HIGH);
}

static void the_bit_of_a_hardlink_outlives_its_name(void **state)
{
	struct stage *stage = *state;
	stage_linked(stage, 04755, true);
	assert_string_equal(stage_only(stage)->subject, "/app/run");
	assert_string_equal(stage->found[0].rule, "priv-setuid");
	assert_int_equal(stage->found[0].severity, SILT_SEVERITY_HIGH);
	assert_int_equal(stage->found[0].exposure, SILT_FATE_VISIBLE);
	assert_string_equal(stage->found[0].detail, "Mode 4755, owner 0:0. Another header of the file, that of a "
						    "hardlink or its target, gives it the bit.");
}

static void a_hardlink_without_the_bit_gives_none(void **state)
{
	struct stage *stage = *state;
	stage_linked(stage, 0777, true);
	assert_int_equal(stage->found_count, 0);
}

static void a_copy_made_later_does_not_get_the_bit_of_a_hardlink(void **state)
{
	struct stage *stage = *state;
	stage_entry(stage_record(stage, stage_layer(stage, "")), SILT_ENTRY_FILE, "x", 0);
	struct silt_record *low = stage_record(stage, 0);
	stage_entry(low, SILT_ENTRY_FILE, "app/run", 0755);
	uint32_t link = stage_link(low, SILT_ENTRY_HARDLINK, "l", "app/run");
	low->entries[link].mode = 04755;
	struct silt_record *high = stage_record(stage, stage_layer(stage, "RUN rm /l && cp"));
	stage_entry(high, SILT_ENTRY_FILE, ".wh.l", 0);
	stage_entry(high, SILT_ENTRY_FILE, "app/run", 0755);
	stage_run(stage, silt_check_privilege);
	assert_int_equal(stage->found_count, 0);
}

static void only_the_last_mode_counts(void **state)
{
	struct stage *stage = *state;
	size_t low = stage_layer(stage, "COPY run");
	size_t high = stage_layer(stage, "RUN chmod u-s /app/run");
	stage_entry(stage_record(stage, low), SILT_ENTRY_FILE, "app/run", 04755);
	stage_entry(stage_record(stage, high), SILT_ENTRY_FILE, "app/run", 0755);
	stage_run(stage, silt_check_privilege);
	const struct silt_finding *finding = stage_only(stage);
	assert_int_equal(finding->severity, SILT_SEVERITY_INFO);
	assert_int_equal(finding->exposure, SILT_FATE_OVERWRITTEN);
	assert_string_equal(finding->title, "Setuid program in a lower layer");
	assert_string_equal(finding->sightings[0].hidden_by, "RUN chmod u-s /app/run");
}

static void a_hidden_copy_of_a_visible_one_says_no_more(void **state)
{
	struct stage *stage = *state;
	for (int i = 0; i < 2; i++) {
		stage_entry(stage_record(stage, stage_layer(stage, "")), SILT_ENTRY_FILE, "usr/bin/su", 04755);
	}
	stage_run(stage, silt_check_privilege);
	assert_int_equal(stage_only(stage)->severity, SILT_SEVERITY_LOW);
	assert_int_equal(stage->found[0].sighting_count, 1);
	assert_int_equal(stage->found[0].sightings[0].layer, 1);
}

/* ---- Capabilities -------------------------------------------------------------------------------------------------- */

static void expect_capability(const char *path, struct silt_bytes value, enum silt_severity severity,
			      const char *detail)
{
	struct stage stage;
	stage_begin(&stage);
	struct silt_record *record = stage_record(&stage, stage_layer(&stage, ""));
	stage_capability(record, stage_entry(record, SILT_ENTRY_FILE, path, 0755), value);
	stage_run(&stage, silt_check_privilege);
	assert_string_equal(stage_only(&stage)->rule, "priv-filecap");
	assert_string_equal(stage.found[0].detail, detail);
	assert_int_equal(stage.found[0].severity, severity);
	stage_end(&stage);
}

#define V2(effective, low) SILT_LITERAL(effective "\0\0\2" low "\0\0\0\0\0\0\0\0\0\0\0\0")

static void capabilities_are_as_bad_as_what_they_allow(void **state)
{
	(void)state;
	expect_capability("app/run", V2("\1", "\0\x04\0\0"), SILT_SEVERITY_LOW, "It has cap_net_bind_service=ep.");
	expect_capability("app/run", V2("\1", "\0\x20\0\0"), SILT_SEVERITY_MEDIUM, "It has cap_net_raw=ep.");
	expect_capability("usr/bin/ping", V2("\1", "\0\x20\0\0"), SILT_SEVERITY_LOW, "It has cap_net_raw=ep.");
	expect_capability("app/run", V2("\1", "\0\0\x20\0"), SILT_SEVERITY_CRITICAL, "It has cap_sys_admin=ep.");
	expect_capability("app/run", V2("\0", "\0\0\x20\0"), SILT_SEVERITY_HIGH, "It has cap_sys_admin=p.");
	expect_capability("usr/bin/newuidmap", V2("\1", "\x80\0\0\0"), SILT_SEVERITY_HIGH, "It has cap_setuid=ep.");
	expect_capability("app/run", V2("\1", "\0\0\0\0"), SILT_SEVERITY_INFO, "It has an empty set of capabilities.");
}

static void capabilities_of_another_namespace_are_one_step_down(void **state)
{
	(void)state;
	expect_capability("app/run", SILT_LITERAL("\1\0\0\3\0\0\x20\0\0\0\0\0\0\0\0\0\0\0\0\0\xe8\3\0\0"),
			  SILT_SEVERITY_HIGH, "It has cap_sys_admin=ep for user namespaces whose root is uid 1000.");
}

static void a_malformed_capability_is_reported(void **state)
{
	(void)state;
	expect_capability("app/run", SILT_LITERAL("\1\0\0"), SILT_SEVERITY_MEDIUM,
			  "Its security.capability is malformed: expected 12, 20 or 24 bytes of revision 1, 2 or 3, "
			  "found 3 bytes.");
	expect_capability("app/run", SILT_LITERAL("\1\0\0\4\0\x20\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), SILT_SEVERITY_MEDIUM,
			  "Its security.capability is malformed: expected 12, 20 or 24 bytes of revision 1, 2 or 3, "
			  "found 20 bytes of revision 4.");
}

static void an_empty_capability_is_medium(void **state)
{
	(void)state;
	struct silt_buffer text = {0};
	silt_tell_capability(silt_bytes(NULL, 0), &text);
	assert_int_equal(silt_capability_severity(silt_bytes(NULL, 0), true), SILT_SEVERITY_MEDIUM);
	assert_non_null(strstr(silt_buffer_text(&text), "found 0 bytes."));
	silt_buffer_done(&text);
}

static void a_capability_is_seen_through_a_hardlink(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	stage_capability(record, stage_entry(record, SILT_ENTRY_FILE, "a", 0755), V2("\1", "\0\x20\0\0"));
	stage_link(record, SILT_ENTRY_HARDLINK, "b", "a");
	stage_run(stage, silt_check_privilege);
	assert_string_equal(stage_only(stage)->subject, "/a and 1 more name");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(setuid_is_as_bad_as_the_program),
		cmocka_unit_test(the_bit_of_a_script_has_no_effect),
		cmocka_unit_test_setup_teardown(a_script_is_one_by_every_name, stage_setup, stage_teardown),
		cmocka_unit_test(an_owner_other_than_root_is_one_step_down),
		cmocka_unit_test(setgid_needs_the_execute_bit_of_the_group),
		cmocka_unit_test_setup_teardown(a_shell_is_one_under_any_name, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(what_everybody_may_replace_is_critical, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(directories_and_symlinks_are_none, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(hardlinks_are_one_finding_with_all_names, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(the_bit_of_a_hardlink_is_that_of_all_names, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(the_bit_of_a_hardlink_outlives_its_name, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_hardlink_without_the_bit_gives_none, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_copy_made_later_does_not_get_the_bit_of_a_hardlink, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(only_the_last_mode_counts, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_hidden_copy_of_a_visible_one_says_no_more, stage_setup,
						stage_teardown),
		cmocka_unit_test(capabilities_are_as_bad_as_what_they_allow),
		cmocka_unit_test(capabilities_of_another_namespace_are_one_step_down),
		cmocka_unit_test(a_malformed_capability_is_reported),
		cmocka_unit_test(an_empty_capability_is_medium),
		cmocka_unit_test_setup_teardown(a_capability_is_seen_through_a_hardlink, stage_setup, stage_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
