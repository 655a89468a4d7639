/* The user an image runs as. */
#include "stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define PASSWD "root:x:0:0:root:/root:/bin/sh\napp:x:10001:10001::/app:/bin/sh\ntoor:x:0:0::/:/bin/sh\n"

/* The rules found for this user in an image with the usual lists, as "rule rule". "" for none. */
static void expect_rules(const char *user, const char *rules)
{
	struct stage stage;
	stage_begin(&stage);
	struct silt_record *record = stage_record(&stage, stage_layer(&stage, ""));
	stage_capture(record, stage_entry(record, SILT_ENTRY_FILE, "etc/passwd", 0644), PASSWD "20002:x:0:0\n");
	stage_capture(record, stage_entry(record, SILT_ENTRY_FILE, "etc/group", 0644), "root:x:0:\napp:x:10001:\n");
	struct silt_buffer json = {0};
	silt_buffer_printf(&json, "{\"config\":{\"User\":\"%s\"},\"rootfs\":{}}", user);
	stage_document(&stage, "c", SILT_DOCUMENT_CONFIG, silt_buffer_text(&json), true);
	stage_run(&stage, silt_check_user);
	struct silt_buffer found = {0};
	for (size_t i = 0; i < stage.found_count; i++) {
		silt_buffer_printf(&found, "%s%s", i ? " " : "", stage.found[i].rule);
	}
	if (strcmp(silt_buffer_text(&found), rules) != 0) {
		fail_msg("user \"%s\": found \"%s\"", user, silt_buffer_text(&found));
	}
	silt_buffer_done(&found);
	silt_buffer_done(&json);
	stage_end(&stage);
}

static void root_has_many_spellings(void **state)
{
	(void)state;
	static const char *const users[] = {"",    "root", "0",        "00",   "+0",       "-0",
					    "0:0", " 0 ",  "root:app", "0:10", "root:999", ":app"};
	for (size_t i = 0; i < SILT_COUNT(users); i++) {
		expect_rules(users[i], "user-root");
	}
}

static void a_number_beyond_31_bits_may_be_root(void **state)
{
	(void)state;
	static const char *const users[] = {"4294967296", "2147483648", "4294967296:0", "-1", "99999999999999999999"};
	for (size_t i = 0; i < SILT_COUNT(users); i++) {
		expect_rules(users[i], "user-root");
	}
	expect_rules("2147483647", "");
}

static void the_reason_of_a_number_out_of_range_is_told(void **state)
{
	struct stage *stage = *state;
	stage_document(stage, "c", SILT_DOCUMENT_CONFIG, "{\"config\":{\"User\":\"-1\"},\"rootfs\":{}}", true);
	stage_run(stage, silt_check_user);
	assert_string_equal(stage_only(stage)->detail,
			    "The number is outside 0 to 2147483647: older containerd may run such a user as root "
			    "(CVE-2024-40635), newer ones refuse it. The image has no history.");
	assert_int_equal(stage->found[0].severity, SILT_SEVERITY_HIGH);
}

static void others_are_not_root(void **state)
{
	(void)state;
	static const char *const users[] = {"10001", "10001:app", "10001:10001", "12345", "1:0"};
	for (size_t i = 0; i < SILT_COUNT(users); i++) {
		expect_rules(users[i], "");
	}
}

static void a_name_is_told_unless_there_is_worse(void **state)
{
	(void)state;
	expect_rules("app", "user-nonnumeric");
	expect_rules("app:app", "user-nonnumeric");
	expect_rules("app:4711", "user-nonnumeric");
}

static void a_name_with_uid_0_is_an_alias(void **state)
{
	(void)state;
	expect_rules("toor", "user-uid0-alias");
	expect_rules("toor:app", "user-uid0-alias");
	expect_rules("20002", "user-uid0-alias");
}

static void names_that_are_not_there_are_unknown(void **state)
{
	(void)state;
	expect_rules("nobody", "user-unknown");
	expect_rules("app:staff", "user-unknown");
	expect_rules("10001:staff", "user-unknown");
	expect_rules("root:staff", "user-root user-unknown");
	expect_rules("ap", "user-unknown");
}

static void the_evidence_is_the_last_user_instruction(void **state)
{
	struct stage *stage = *state;
	stage_layer(stage, "");
	stage_document(stage, "c", SILT_DOCUMENT_CONFIG,
		       "{\"config\":{\"User\":\"root\"},\"rootfs\":{},\"history\":[{\"created_by\":\"USER app\"},"
		       "{\"created_by\":\"/bin/sh -c #(nop)  USER root\"},{\"created_by\":\"CMD x\"}]}",
		       true);
	stage_run(stage, silt_check_user);
	assert_string_equal(stage_only(stage)->subject, "user root");
	assert_string_equal(stage->found[0].detail, "The last USER instruction is \"USER root\" (history line 2).");
	assert_int_equal(stage->found[0].severity, SILT_SEVERITY_HIGH);
	assert_string_equal(stage->found[0].sightings[0].place, "User");
	assert_string_equal(stage->found[0].sightings[0].member, "c");
}

static void no_instruction_at_all_is_evidence_too(void **state)
{
	struct stage *stage = *state;
	stage_document(stage, "c", SILT_DOCUMENT_CONFIG,
		       "{\"config\":{},\"rootfs\":{},\"history\":[{\"created_by\":\"CMD x\"}]}", true);
	stage_run(stage, silt_check_user);
	assert_string_equal(stage_only(stage)->subject, "no user set");
	assert_string_equal(stage->found[0].detail, "There is no USER instruction in the one history entry.");
}

static void passwd_is_found_through_links(void **state)
{
	struct stage *stage = *state;
	size_t low = stage_layer(stage, "");
	struct silt_record *record = stage_record(stage, low);
	stage_capture(record, stage_entry(record, SILT_ENTRY_FILE, "usr/share/base/passwd", 0644), PASSWD);
	stage_link(record, SILT_ENTRY_SYMLINK, "etc/passwd", "/usr/share/base/passwd");
	stage_document(stage, "c", SILT_DOCUMENT_CONFIG, "{\"config\":{\"User\":\"toor\"},\"rootfs\":{}}", true);
	stage_run(stage, silt_check_user);
	assert_string_equal(stage_only(stage)->rule, "user-uid0-alias");
}

static void the_passwd_of_the_last_layer_counts(void **state)
{
	struct stage *stage = *state;
	struct silt_record *low = stage_record(stage, stage_layer(stage, ""));
	struct silt_record *high = stage_record(stage, stage_layer(stage, ""));
	stage_capture(low, stage_entry(low, SILT_ENTRY_FILE, "etc/passwd", 0644), "app:x:0:0\n");
	stage_capture(high, stage_entry(high, SILT_ENTRY_FILE, "etc/passwd", 0644), "app:x:5:5\n");
	stage_document(stage, "c", SILT_DOCUMENT_CONFIG, "{\"config\":{\"User\":\"app\"},\"rootfs\":{}}", true);
	stage_run(stage, silt_check_user);
	assert_string_equal(stage_only(stage)->rule, "user-nonnumeric");
}

static void without_passwd_a_name_is_unknown(void **state)
{
	struct stage *stage = *state;
	stage_layer(stage, "");
	stage_document(stage, "c", SILT_DOCUMENT_CONFIG, "{\"config\":{\"User\":\"app\"},\"rootfs\":{}}", true);
	stage_run(stage, silt_check_user);
	assert_string_equal(stage_only(stage)->rule, "user-unknown");
}

static void a_layer_that_is_absent_may_have_the_passwd(void **state)
{
	struct stage *stage = *state;
	stage_layer(stage, "");
	stage->layers[0] = NULL;
	stage_document(stage, "c", SILT_DOCUMENT_CONFIG, "{\"config\":{\"User\":\"app:x\"},\"rootfs\":{}}", true);
	stage_run(stage, silt_check_user);
	assert_int_equal(stage->found_count, 0);
}

/* What is found for `user` in an image whose lists of accounts are there, but were not read. */
static void stage_unread(struct stage *stage, const char *config)
{
	struct silt_record *record = stage_record(stage, stage_layer(stage, "COPY passwd"));
	stage_entry(record, SILT_ENTRY_FILE, "usr/share/base/passwd", 0644);
	stage_link(record, SILT_ENTRY_SYMLINK, "etc/passwd", "/usr/share/base/passwd");
	stage_entry(record, SILT_ENTRY_FILE, "etc/group", 0644);
	stage_document(stage, "c", SILT_DOCUMENT_CONFIG, config, true);
	stage_run(stage, silt_check_user);
}

static void a_passwd_that_was_not_read_is_told(void **state)
{
	struct stage *stage = *state;
	stage_unread(stage, "{\"config\":{\"User\":\"app\"},\"rootfs\":{}}");
	const struct silt_finding *finding = stage_only(stage);
	assert_string_equal(finding->rule, "integrity-not-inspectable");
	assert_int_equal(finding->severity, SILT_SEVERITY_HIGH);
	assert_string_equal(finding->subject, "/etc/passwd");
	assert_string_equal(finding->detail, "The list of accounts that decides who USER is could not be read.");
	assert_string_equal(finding->sightings[0].place, "/usr/share/base/passwd");
	assert_string_equal(finding->sightings[0].added_by, "COPY passwd");
}

static void a_group_file_that_was_not_read_is_told(void **state)
{
	struct stage *stage = *state;
	stage_unread(stage, "{\"config\":{\"User\":\"10001:staff\"},\"rootfs\":{}}");
	assert_string_equal(stage_only(stage)->rule, "integrity-not-inspectable");
	assert_string_equal(stage->found[0].subject, "/etc/group");
}

static void both_lists_unread_are_two_findings(void **state)
{
	struct stage *stage = *state;
	stage_unread(stage, "{\"config\":{\"User\":\"app:staff\"},\"rootfs\":{}}");
	assert_int_equal(stage->found_count, 2);
	assert_string_not_equal(stage->found[0].fingerprint, stage->found[1].fingerprint);
}

static void numbers_need_no_list(void **state)
{
	struct stage *stage = *state;
	stage_unread(stage, "{\"config\":{\"User\":\"10001:10001\"},\"rootfs\":{}}");
	assert_int_equal(stage->found_count, 0);
}

/* Not a key: the anchor and sixteen letters of its alphabet, put together here so that no file holds it. */
#define KEY_ID                                                                                                         \
	"AKIA"                                                                                                         \
	"Q2W3E4R5T6Y7U2I3"

static void a_secret_as_the_user_is_not_shown(void **state)
{
	struct stage *stage = *state;
	stage_layer(stage, "");
	stage_document(stage, "c", SILT_DOCUMENT_CONFIG,
		       "{\"config\":{\"User\":\"" KEY_ID "\"},\"rootfs\":{},"
		       "\"history\":[{\"created_by\":\"USER " KEY_ID "\"}]}",
		       true);
	stage_run(stage, silt_check_user);
	assert_string_equal(stage_only(stage)->subject, "user ***");
	assert_non_null(strstr(stage->found[0].detail, "\"USER ***\""));
}

static void a_bare_rootfs_has_no_user(void **state)
{
	struct stage *stage = *state;
	stage_run_bare(stage, silt_check_user);
	assert_int_equal(stage->found_count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(root_has_many_spellings),
		cmocka_unit_test(a_number_beyond_31_bits_may_be_root),
		cmocka_unit_test_setup_teardown(the_reason_of_a_number_out_of_range_is_told, stage_setup,
						stage_teardown),
		cmocka_unit_test(others_are_not_root),
		cmocka_unit_test(a_name_is_told_unless_there_is_worse),
		cmocka_unit_test(a_name_with_uid_0_is_an_alias),
		cmocka_unit_test(names_that_are_not_there_are_unknown),
		cmocka_unit_test_setup_teardown(the_evidence_is_the_last_user_instruction, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(no_instruction_at_all_is_evidence_too, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(passwd_is_found_through_links, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(the_passwd_of_the_last_layer_counts, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(without_passwd_a_name_is_unknown, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_layer_that_is_absent_may_have_the_passwd, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(a_passwd_that_was_not_read_is_told, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_group_file_that_was_not_read_is_told, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(both_lists_unread_are_two_findings, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(numbers_need_no_list, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_secret_as_the_user_is_not_shown, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_bare_rootfs_has_no_user, stage_setup, stage_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
