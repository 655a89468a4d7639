/* Names of shells, of applets and of tools; shells under names that are no shell's. */
#include "audit/shell_kinds.h"
#include "audit/surface_table.h"
#include "stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void tools_are_in_order_so_that_each_is_found(void **state)
{
	(void)state;
	const struct silt_tool *last = NULL, *tool;
	for (size_t i = 0; (tool = silt_tool_row(i)) != NULL; i++) {
		assert_true(!last || strcmp(last->name, tool->name) < 0);
		assert_ptr_equal(silt_tool_called(silt_bytes_text(tool->name)), tool);
		last = tool;
	}
	assert_non_null(last);
}

static const char *product_of(const char *path)
{
	const struct silt_tool *tool = silt_tool_called(silt_bytes_text(path));
	return tool ? tool->product : "";
}

static void a_version_may_follow_some_names(void **state)
{
	(void)state;
	assert_string_equal(product_of("usr/bin/python3.11"), "python");
	assert_string_equal(product_of("usr/bin/gcc-12"), "gcc");
	assert_string_equal(product_of("usr/bin/netstat"), "net-tools");
	assert_string_equal(product_of("usr/bin/python3-config"), "");
	assert_string_equal(product_of("usr/bin/curl8"), "");
	assert_string_equal(product_of("usr/bin/curls"), "");
	assert_string_equal(product_of("3.11"), "");
	assert_string_equal(product_of(""), "");
}

static void headers_and_packages_for_development_are_tools_by_their_place(void **state)
{
	(void)state;
	static const struct {
		const char *path, *product;
	} cases[] = {
		{"usr/include/stdio.h", "C headers"},
		{"app/usr/include/stdio.h", ""},
		{"node_modules/eslint/package.json", "eslint"},
		{"srv/app/node_modules/jest/package.json", "jest"},
		{"app/node_modules/jest", ""},
		{"app/node_modules/package.json", ""},
		{"app/node_modules/x/node_modules/jest/package.json", ""},
		{"app/my_node_modules/jest/package.json", ""},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		const struct silt_tool *tool = silt_tool_at(silt_bytes_text(cases[i].path));
		assert_string_equal(tool ? tool->product : "", cases[i].product);
	}
}

static void builds_and_versions_of_a_shell_say_that_they_are_one(void **state)
{
	(void)state;
	static const char *const shells[] = {"bin/bash",    "bin/bash-static", "zsh-5.9",
					     "bin/ksh93",   "busybox.suid",    "usr/bin/sh",
					     "bin/bsd-csh", ".bash-wrapped",   "shcomp93"};
	static const char *const others[] = {"bin/bashful", "usr/sbin/sshd", ".bash", "bash/x", "",
					     "-wrapped",    "opt/x"};
	for (size_t i = 0; i < SILT_COUNT(shells); i++) {
		assert_true(silt_says_shell(silt_bytes_text(shells[i])));
	}
	for (size_t i = 0; i < SILT_COUNT(others); i++) {
		assert_false(silt_says_shell(silt_bytes_text(others[i])));
	}
}

static void applets_are_found_from_the_first_to_the_last(void **state)
{
	(void)state;
	static const char *const applets[] = {"[", "[[", "acpi", "bbconfig", "busybox", "mkfs.vfat", "udhcpc6", "zcip"};
	for (size_t i = 0; i < SILT_COUNT(applets); i++) {
		assert_true(silt_is_applet(silt_bytes_text(applets[i])));
	}
	assert_false(silt_is_applet(silt_bytes_text("")));
	assert_false(silt_is_applet(silt_bytes_text("bash")));
	assert_false(silt_is_applet(silt_bytes_text("zzz")));
}

/* ---- Shells by their build id -------------------------------------------------------------------------------------- */

static void add_program(struct silt_record *record, const char *path, const char *shell, const char *build_id)
{
	uint32_t entry = stage_entry(record, SILT_ENTRY_FILE, path, 0755);
	struct silt_program *program = stage_program(record, entry, SILT_PROGRAM_DYNAMIC, "/lib/ld.so.1");
	program->shell = shell;
	program->build_id_len = (uint8_t)strlen(build_id);
	memcpy(program->build_id, build_id, strlen(build_id));
}

static bool tells_hidden(const struct stage *stage)
{
	for (size_t i = 0; i < stage->found_count; i++) {
		if (strcmp(stage->found[i].rule, "shell-hidden") == 0) {
			return true;
		}
	}
	return false;
}

static void a_shell_of_any_layer_gives_its_build_id_away(void **state)
{
	struct stage *stage = *state;
	size_t low = stage_layer(stage, "FROM x"), high = stage_layer(stage, "RUN mv /bin/dash /opt/x");
	add_program(stage_record(stage, low), "bin/dash", NULL, "id of dash");
	add_program(stage_record(stage, high), "opt/x", NULL, "id of dash");
	add_program(stage_record(stage, high), "opt/y", NULL, "another id");
	add_program(stage_record(stage, high), "opt/z", NULL, "");
	stage_entry(stage_record(stage, high), SILT_ENTRY_FILE, "bin/.wh.dash", 0);
	stage_run(stage, silt_check_files);
	const struct silt_finding *finding = stage_found(stage, "shell-hidden");
	assert_string_equal(finding->subject, "/opt/x");
	assert_string_equal(finding->detail, "It has the build id of /bin/dash: this program is dash.");
	assert_int_equal(finding->severity, SILT_SEVERITY_MEDIUM);
	assert_int_equal(finding->sighting_count, 1);
}

static void copies_of_busybox_under_names_of_applets_are_not_hidden(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, "FROM x"));
	add_program(record, "bin/busybox", "busybox", "id of busybox");
	add_program(record, "busybox/cat", "busybox", "id of busybox");
	add_program(record, "busybox/wget", NULL, "id of busybox");
	stage_run(stage, silt_check_files);
	assert_false(tells_hidden(stage));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tools_are_in_order_so_that_each_is_found),
		cmocka_unit_test(a_version_may_follow_some_names),
		cmocka_unit_test(headers_and_packages_for_development_are_tools_by_their_place),
		cmocka_unit_test(builds_and_versions_of_a_shell_say_that_they_are_one),
		cmocka_unit_test(applets_are_found_from_the_first_to_the_last),
		cmocka_unit_test_setup_teardown(a_shell_of_any_layer_gives_its_build_id_away, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(copies_of_busybox_under_names_of_applets_are_not_hidden, stage_setup,
						stage_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
