/* Accounts, and who may become root, by facts put in by hand. */
#include "stage.h"

#include "audit/checks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define PASSWD "root:x:0:0:root:/root:/bin/sh\napp:x:10001:10001::/app:/sbin/nologin\n"

static struct silt_record *put_accounts(struct stage *stage)
{
	struct silt_record *record = stage_record(stage, stage_layer(stage, "ADD rootfs"));
	stage_entry(record, SILT_ENTRY_FILE, "bin/sh", 0755);
	stage_capture(record, stage_entry(record, SILT_ENTRY_FILE, "etc/passwd", 0644), PASSWD);
	return record;
}

static void an_empty_password_weighs_as_much_as_the_shell_lets_it(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = put_accounts(stage);
	uint32_t shadow = stage_entry(record, SILT_ENTRY_FILE, "etc/shadow", 0640);
	stage_fact(record, shadow, SILT_FACT_PASSWORD_EMPTY, 1, "root");
	stage_fact(record, shadow, SILT_FACT_PASSWORD_EMPTY, 2, "app");
	stage_fact(record, shadow, SILT_FACT_PASSWORD_LOCKED, 3, "bin");
	stage_run(stage, silt_check_accounts);
	assert_int_equal(stage->found_count, 2);
	assert_string_equal(stage->found[0].subject, "account root");
	assert_int_equal(stage->found[0].severity, SILT_SEVERITY_CRITICAL);
	assert_string_equal(stage->found[0].detail, "Its password is empty in line 1 of /etc/shadow.");
	assert_string_equal(stage->found[1].subject, "account app");
	assert_int_equal(stage->found[1].severity, SILT_SEVERITY_HIGH);
}

static void shadow_is_found_through_links(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = put_accounts(stage);
	uint32_t shadow = stage_entry(record, SILT_ENTRY_FILE, "usr/share/base/shadow", 0640);
	stage_fact(record, shadow, SILT_FACT_PASSWORD_EMPTY, 1, "root");
	stage_link(record, SILT_ENTRY_SYMLINK, "etc/shadow", "../usr/share/base/shadow");
	stage_run(stage, silt_check_accounts);
	assert_string_equal(stage_only(stage)->rule, "user-empty-password");
	assert_string_equal(stage->found[0].sightings[0].place, "/usr/share/base/shadow");
}

static void a_shadow_file_that_was_replaced_does_not_count(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = put_accounts(stage);
	uint32_t shadow = stage_entry(record, SILT_ENTRY_FILE, "etc/shadow", 0640);
	stage_fact(record, shadow, SILT_FACT_PASSWORD_EMPTY, 1, "root");
	stage_entry(stage_record(stage, stage_layer(stage, "RUN passwd -l")), SILT_ENTRY_FILE, "etc/shadow", 0640);
	stage_run(stage, silt_check_accounts);
	assert_int_equal(stage->found_count, 0);
}

static void a_bare_root_filesystem_has_accounts(void **state)
{
	struct stage *stage = *state;
	stage_capture(stage->outer, stage_entry(stage->outer, SILT_ENTRY_FILE, "etc/passwd", 0644),
		      "toor:x:0:0::/:/bin/zsh\n");
	stage_run_bare(stage, silt_check_accounts);
	assert_string_equal(stage_only(stage)->rule, "user-second-uid0");
	assert_int_equal(stage->found[0].severity, SILT_SEVERITY_MEDIUM);
	assert_string_equal(stage->found[0].detail, "Line 1 of /etc/passwd gives it the uid 0; its shell is /bin/zsh, "
						    "with which nobody can work.");
}

static void many_names_of_one_number_are_one_finding(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	stage_capture(record, stage_entry(record, SILT_ENTRY_FILE, "etc/passwd", 0644),
		      "a:x:5:5\nb:x:5:5\nc:x:5:5\nd:x:5:5\ne:x:5:5\nf:x:5:5\ng:x:5:5\nh:x:5:5\ni:x:5:5\nj:x:5:5\n");
	stage_run(stage, silt_check_ids);
	assert_string_equal(stage_only(stage)->subject, "uid 5 in /etc/passwd");
	assert_string_equal(stage->found[0].detail, "a, b, c, d, e, f, g, h and 2 more share it.");
}

static void a_rule_of_sudo_weighs_as_much_as_sudo_is_there(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	uint32_t sudoers = stage_entry(record, SILT_ENTRY_FILE, "etc/sudoers", 0440);
	stage_fact(record, sudoers, SILT_FACT_SUDO_NOPASSWD_ALL, 3, "app");
	stage_fact(record, sudoers, SILT_FACT_SUDO_ALL, 4, "root");
	stage_fact(record, sudoers, SILT_FACT_SUDO_ALL, 5, "%wheel");
	stage_run(stage, silt_check_files);
	const struct silt_finding *finding = stage_found(stage, "priv-sudo-nopasswd");
	assert_int_equal(finding->severity, SILT_SEVERITY_LOW);
	assert_string_equal(finding->subject, "app in /etc/sudoers");
	assert_string_equal(finding->detail, "Line 3 lets app run every command as another user without a password. "
					     "The image has no sudo.");
}

static void a_group_of_distributions_needs_its_password(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	stage_entry(record, SILT_ENTRY_FILE, "usr/bin/sudo", 0755);
	uint32_t rules = stage_entry(record, SILT_ENTRY_FILE, "etc/sudoers.d/x", 0440);
	stage_fact(record, rules, SILT_FACT_SUDO_NOPASSWD_ALL, 1, "%wheel");
	stage_run(stage, silt_check_files);
	assert_int_equal(stage_found(stage, "priv-sudo-nopasswd")->severity, SILT_SEVERITY_CRITICAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_empty_password_weighs_as_much_as_the_shell_lets_it, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(shadow_is_found_through_links, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_shadow_file_that_was_replaced_does_not_count, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(a_bare_root_filesystem_has_accounts, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(many_names_of_one_number_are_one_finding, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_rule_of_sudo_weighs_as_much_as_sudo_is_there, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(a_group_of_distributions_needs_its_password, stage_setup,
						stage_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
