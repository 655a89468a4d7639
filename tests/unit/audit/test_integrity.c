/* Oddities of archives, and that ordinary ones have none. */
#include "stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void damage_is_not_inspectable(void **state)
{
	struct stage *stage = *state;
	stage_anomaly(stage_record(stage, stage_layer(stage, "")), SILT_ANOMALY_TAR_TRUNCATED, UINT32_MAX,
		      "ends inside an entry");
	stage_run(stage, silt_check_integrity);
	const struct silt_finding *finding = stage_only(stage);
	assert_string_equal(finding->rule, "integrity-not-inspectable");
	assert_int_equal(finding->severity, SILT_SEVERITY_HIGH);
	assert_string_equal(finding->subject, "layer 1");
	assert_string_equal(finding->detail, "ends inside an entry");
	assert_string_equal(finding->sightings[0].member, "layer0");
}

static void anomalies_of_one_kind_are_one_finding_with_a_count(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	for (size_t i = 0; i < 5; i++) {
		char path[] = "etc/.wh.0";
		path[8] = (char)('0' + i);
		uint32_t entry = stage_entry(record, SILT_ENTRY_FILE, path, 0);
		stage_anomaly(record, SILT_ANOMALY_WHITEOUT_BODY, entry, "a deletion mark with content");
	}
	record->anomaly_totals[SILT_ANOMALY_WHITEOUT_BODY] = 107;
	stage_run(stage, silt_check_integrity);
	const struct silt_finding *finding = stage_only(stage);
	assert_string_equal(finding->rule, "integrity-whiteout-body");
	assert_int_equal(finding->severity, SILT_SEVERITY_MEDIUM);
	assert_string_equal(finding->subject, "/etc/.wh.0 and 11 more places");
	assert_int_equal(finding->sighting_count, 5);
}

static void another_path_is_another_finding(void **state)
{
	(void)state;
	char fingerprints[2][SILT_FINGERPRINT_SIZE];
	for (size_t i = 0; i < 2; i++) {
		struct stage stage;
		stage_begin(&stage);
		struct silt_record *record = stage_record(&stage, stage_layer(&stage, ""));
		uint32_t entry = stage_entry(record, SILT_ENTRY_FILE, i ? "x" : "y", 0);
		stage_anomaly(record, SILT_ANOMALY_ESCAPE, entry, "climbs");
		stage_run(&stage, silt_check_integrity);
		assert_int_equal(stage_only(&stage)->severity, SILT_SEVERITY_HIGH);
		memcpy(fingerprints[i], stage.found[0].fingerprint, SILT_FINGERPRINT_SIZE);
		stage_end(&stage);
	}
	assert_string_not_equal(fingerprints[0], fingerprints[1]);
}

/* ---- Framing ------------------------------------------------------------------------------------------------------- */

static void a_gzip_comment_is_hidden_and_a_file_name_is_not(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	record->compression = SILT_COMPRESSION_GZIP;
	stage_anomaly(record, SILT_ANOMALY_FRAMING, UINT32_MAX, "gzip file name of 9 bytes");
	stage_anomaly(record, SILT_ANOMALY_FRAMING, UINT32_MAX, "gzip comment of 40 bytes");
	stage_run(stage, silt_check_integrity);
	assert_string_equal(stage_only(stage)->rule, "integrity-hidden-bytes");
	assert_int_equal(stage->found[0].sighting_count, 1);
	assert_string_equal(stage->found[0].detail, "gzip comment of 40 bytes");
}

static void the_index_of_estargz_is_normal(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	record->compression = SILT_COMPRESSION_GZIP;
	stage_anomaly(record, SILT_ANOMALY_FRAMING, UINT32_MAX, "gzip extra field of 26 bytes");
	stage_entry(record, SILT_ENTRY_FILE, "etc/motd", 0644);
	stage_entry(record, SILT_ENTRY_FILE, "stargz.index.json", 0444);
	stage_run(stage, silt_check_integrity);
	assert_int_equal(stage->found_count, 0);
}

static struct silt_record *put_frames(struct stage *stage, size_t count, uint64_t last, uint64_t blob_bytes)
{
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	record->compression = SILT_COMPRESSION_ZSTD;
	record->blob_bytes = blob_bytes;
	for (size_t i = 0; i < count; i++) {
		stage_anomaly(record, SILT_ANOMALY_FRAMING, UINT32_MAX, "zstd skippable frame of 64 bytes");
		record->anomalies[record->anomaly_count - 1].offset = i + 1 == count ? last : 100 + i;
	}
	return record;
}

static void the_frames_of_zstd_chunked_are_normal(void **state)
{
	put_frames(*state, 3, 928, 1000);
	stage_run(*state, silt_check_integrity);
	assert_int_equal(((struct stage *)*state)->found_count, 0);
}

static void a_skippable_frame_elsewhere_is_hidden(void **state)
{
	put_frames(*state, 1, 500, 1000);
	stage_run(*state, silt_check_integrity);
	assert_string_equal(stage_only(*state)->rule, "integrity-hidden-bytes");
}

static void many_skippable_frames_are_hidden(void **state)
{
	put_frames(*state, 4, 928, 1000);
	stage_run(*state, silt_check_integrity);
	assert_int_equal(stage_only(*state)->sighting_count, 4);
}

static void compressed_files_of_a_bare_rootfs_are_normal(void **state)
{
	struct stage *stage = *state;
	stage_anomaly(stage->outer, SILT_ANOMALY_FRAMING, UINT32_MAX, "gzip comment of 40 bytes");
	stage_run_bare(stage, silt_check_integrity);
	assert_int_equal(stage->found_count, 0);
}

/* ---- The stack ----------------------------------------------------------------------------------------------------- */

static void a_file_twice_with_other_content_is_told_and_a_directory_is_not(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	for (int i = 0; i < 2; i++) {
		stage_entry(record, SILT_ENTRY_DIRECTORY, "etc", 0755);
		stage_entry(record, SILT_ENTRY_FILE, "etc/motd", 0644);
		stage_entry(record, SILT_ENTRY_FILE, "etc/issue", 0644);
	}
	record->entries[1].size++;
	stage_run(stage, silt_check_integrity);
	const struct silt_finding *finding = stage_only(stage);
	assert_string_equal(finding->rule, "integrity-duplicate-entry");
	assert_int_equal(finding->severity, SILT_SEVERITY_LOW);
	assert_string_equal(finding->subject, "/etc/motd");
	assert_int_equal(finding->exposure, SILT_FATE_SHADOWED);
}

static void a_name_and_its_deletion_mark_in_one_layer_are_told(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	stage_entry(record, SILT_ENTRY_FILE, "x", 0644);
	stage_entry(record, SILT_ENTRY_FILE, ".wh.x", 0);
	stage_run(stage, silt_check_integrity);
	assert_string_equal(stage_only(stage)->rule, "integrity-whiteout-odd");
	assert_int_equal(stage->found[0].severity, SILT_SEVERITY_LOW);
}

static void a_hardlink_that_leads_nowhere_is_told_if_all_layers_are_there(void **state)
{
	struct stage *stage = *state;
	stage_layer(stage, "");
	stage_link(stage_record(stage, stage_layer(stage, "")), SILT_ENTRY_HARDLINK, "a", "b");
	stage_run(stage, silt_check_integrity);
	assert_string_equal(stage_only(stage)->rule, "integrity-path-escape");
	assert_int_equal(stage->found[0].severity, SILT_SEVERITY_LOW);
}

static void a_hardlink_into_an_absent_layer_is_not_told(void **state)
{
	struct stage *stage = *state;
	stage_layer(stage, "");
	stage_link(stage_record(stage, stage_layer(stage, "")), SILT_ENTRY_HARDLINK, "a", "b");
	stage->layers[0] = NULL;
	stage_run(stage, silt_check_integrity);
	assert_int_equal(stage->found_count, 0);
}

static void control_bytes_in_a_name_are_told_escaped(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	stage_entry(record, SILT_ENTRY_FILE, "a\033[2J", 0644);
	stage_entry(record, SILT_ENTRY_FILE, "pkg/Icon\r", 0644);
	stage_entry(record, SILT_ENTRY_FILE, "caf\xc3\xa9 \xff", 0644);
	stage_run(stage, silt_check_integrity);
	assert_string_equal(stage_only(stage)->rule, "integrity-path-escape");
	assert_string_equal(stage->found[0].subject, "/a\\x1b[2J");
}

static void the_habits_of_real_tools_are_quiet(void **state)
{
	struct stage *stage = *state;
	struct silt_record *low = stage_record(stage, stage_layer(stage, "FROM x"));
	struct silt_record *high = stage_record(stage, stage_layer(stage, "RUN y"));
	stage_link(low, SILT_ENTRY_SYMLINK, "bin", "usr/bin");
	stage_entry(low, SILT_ENTRY_FILE, "usr/bin/sh", 0755);
	stage_entry(low, SILT_ENTRY_FILE, "srv/a", 0644);
	stage_entry(low, SILT_ENTRY_FILE, "tmp/b", 0644);
	stage_entry(high, SILT_ENTRY_DIRECTORY, "srv", 0755);
	stage_entry(high, SILT_ENTRY_FILE, "srv/.wh..wh..opq", 0);
	stage_entry(high, SILT_ENTRY_FILE, "srv/new", 0644);
	stage_entry(high, SILT_ENTRY_FILE, "tmp/.wh.b", 0);
	stage_entry(high, SILT_ENTRY_FILE, "bin/tool", 0755);
	stage_link(high, SILT_ENTRY_HARDLINK, "usr/bin/bash", "usr/bin/sh");
	stage_document(stage, "c", SILT_DOCUMENT_CONFIG,
		       "{\"rootfs\":{},\"history\":[{\"created_by\":\"a\"},{\"created_by\":\"b\"}]}", true);
	stage_run(stage, silt_check_integrity);
	assert_int_equal(stage->found_count, 0);
}

/* ---- The bundle ---------------------------------------------------------------------------------------------------- */

static void issues_of_one_rule_and_severity_are_one_finding(void **state)
{
	struct stage *stage = *state;
	stage_stray(stage, "a");
	stage_stray(stage, "b");
	struct silt_bundle_issue issues[] = {
		{"integrity-orphan-blob", SILT_SEVERITY_MEDIUM, false, SILT_LIMIT_NONE, 0, UINT32_MAX,
		 "a is used by nothing"},
		{"integrity-orphan-blob", SILT_SEVERITY_MEDIUM, false, SILT_LIMIT_NONE, 1, UINT32_MAX,
		 "b is used by nothing"},
		{"integrity-orphan-blob", SILT_SEVERITY_INFO, false, SILT_LIMIT_NONE, SILT_MEMBER_NONE, UINT32_MAX,
		 "more"},
		{"integrity-split-brain", SILT_SEVERITY_HIGH, false, SILT_LIMIT_NONE, SILT_MEMBER_NONE, 0,
		 "they differ"},
	};
	stage->declared.issues = issues;
	stage->declared.issue_count = SILT_COUNT(issues);
	stage_run(stage, silt_check_integrity);
	assert_int_equal(stage->found_count, 3);
	assert_string_equal(stage->found[0].rule, "integrity-split-brain");
	assert_string_equal(stage->found[0].subject, "the bundle");
	assert_int_equal(stage->found[0].sightings[0].image, 0);
	assert_string_equal(stage->found[1].subject, "a and 1 more place");
	assert_string_equal(stage->found[1].detail, "a is used by nothing");
	assert_int_equal(stage->found[1].exposure, SILT_FATE_UNREFERENCED);
	assert_int_equal(stage->found[2].severity, SILT_SEVERITY_INFO);
}

/* The fingerprint of the finding about a member of that name. */
static void fingerprint_of_stray(const char *name, bool damaged, char out[SILT_FINGERPRINT_SIZE])
{
	struct stage stage;
	stage_begin(&stage);
	struct silt_record *record = stage_stray(&stage, name);
	struct silt_bundle_issue issue = {
		"integrity-orphan-blob", SILT_SEVERITY_INFO, false, SILT_LIMIT_NONE, 0, UINT32_MAX, "used by nothing"};
	if (damaged) {
		stage_anomaly(record, SILT_ANOMALY_TAR_FATAL, UINT32_MAX, "no tar");
	} else {
		stage.declared.issues = &issue;
		stage.declared.issue_count = 1;
	}
	stage_run(&stage, silt_check_integrity);
	memcpy(out, stage_only(&stage)->fingerprint, SILT_FINGERPRINT_SIZE);
	stage_end(&stage);
}

static void strays_of_other_names_are_other_findings(void **state)
{
	(void)state;
	for (int damaged = 0; damaged < 2; damaged++) {
		char a[SILT_FINGERPRINT_SIZE], again[SILT_FINGERPRINT_SIZE], b[SILT_FINGERPRINT_SIZE];
		fingerprint_of_stray("notes.txt", damaged, a);
		fingerprint_of_stray("notes.txt", damaged, again);
		fingerprint_of_stray("id_rsa", damaged, b);
		assert_string_equal(a, again);
		assert_string_not_equal(a, b);
	}
}

/* Layers are named by digests, which are others in another encoding. */
static void a_layer_as_a_whole_has_one_fingerprint_wherever_it_is(void **state)
{
	(void)state;
	char seen[2][SILT_FINGERPRINT_SIZE];
	for (size_t i = 0; i < 2; i++) {
		struct stage stage;
		stage_begin(&stage);
		stage_layer(&stage, "");
		stage_layer(&stage, "");
		stage_anomaly(stage_record(&stage, i), SILT_ANOMALY_TAIL, UINT32_MAX, "bytes");
		stage_run(&stage, silt_check_integrity);
		memcpy(seen[i], stage_only(&stage)->fingerprint, SILT_FINGERPRINT_SIZE);
		stage_end(&stage);
	}
	assert_string_equal(seen[0], seen[1]);
}

static void issues_of_an_image_that_is_not_judged_are_left_out(void **state)
{
	struct stage *stage = *state;
	struct silt_declared_image both[2] = {stage->image, stage->image};
	struct silt_bundle_issue issue = {
		"integrity-missing-blob", SILT_SEVERITY_HIGH, true, SILT_LIMIT_NONE, SILT_MEMBER_NONE, 1, "gone"};
	stage->declared.images = both;
	stage->declared.count = 2;
	stage->declared.issues = &issue;
	stage->declared.issue_count = 1;
	stage_run(stage, silt_check_integrity);
	assert_int_equal(stage->found_count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(damage_is_not_inspectable, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(anomalies_of_one_kind_are_one_finding_with_a_count, stage_setup,
						stage_teardown),
		cmocka_unit_test(another_path_is_another_finding),
		cmocka_unit_test_setup_teardown(a_gzip_comment_is_hidden_and_a_file_name_is_not, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(the_index_of_estargz_is_normal, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(the_frames_of_zstd_chunked_are_normal, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_skippable_frame_elsewhere_is_hidden, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(many_skippable_frames_are_hidden, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(compressed_files_of_a_bare_rootfs_are_normal, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(a_file_twice_with_other_content_is_told_and_a_directory_is_not,
						stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_name_and_its_deletion_mark_in_one_layer_are_told, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(a_hardlink_that_leads_nowhere_is_told_if_all_layers_are_there,
						stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_hardlink_into_an_absent_layer_is_not_told, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(control_bytes_in_a_name_are_told_escaped, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(the_habits_of_real_tools_are_quiet, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(issues_of_one_rule_and_severity_are_one_finding, stage_setup,
						stage_teardown),
		cmocka_unit_test(strays_of_other_names_are_other_findings),
		cmocka_unit_test(a_layer_as_a_whole_has_one_fingerprint_wherever_it_is),
		cmocka_unit_test_setup_teardown(issues_of_an_image_that_is_not_judged_are_left_out, stage_setup,
						stage_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
