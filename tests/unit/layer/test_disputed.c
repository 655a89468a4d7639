/* What only another reader of a tar than Docker's has is searched, and believed in nothing. */
#include "support/tar_writer.h"
#include "unit/layer/survey_kit.h"

#include <stdlib.h>

/* What checks believe, and a secret. */
static void add_files(struct tar_writer *w)
{
	tar_text(w, "etc/passwd", 0644, "root:x:0:0::/root:/bin/sh\n");
	tar_text(w, "etc/group", 0644, "");
	tar_text(w, "etc/sudoers", 0440, "app ALL=(ALL) NOPASSWD: ALL\n");
	tar_text(w, "var/lib/dpkg/info/tool.md5sums", 0644, "d41d8cd98f00b204e9800998ecf8427e  usr/bin/tool\n");
	tar_text(w, "usr/bin/tool", 04755, "#!/bin/sh\n");
	tar_text(w, "srv/key", 0644, "id = " KEY_ID "\n");
}

/* Go's reader gives up at a bad header; libarchive looks for the next good one. */
static struct silt_record *survey(bool disputed)
{
	struct tar_writer w = {0};
	tar_text(&w, "first", 0644, "x");
	if (disputed) {
		const struct tar_header bad = {.name = "bad", .type = '0', .mode = 0644, .checksum = TAR_CHECKSUM_BAD};
		tar_header(&w, &bad);
	}
	add_files(&w);
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	tar_done(&w);
	assert_int_equal(record->entry_count, 7);
	return record;
}

static void disputed_entries_are_told_as_such(void **state)
{
	(void)state;
	struct silt_record *record = survey(true);
	for (size_t i = 0; i < record->entry_count; i++) {
		assert_int_equal(!!(record->entries[i].flags & SILT_ENTRY_DISPUTED), i > 0);
	}
	assert_int_equal(record->entries[5].mode, 04755);
	assert_false(record->complete); /* Docker refuses such a layer */
	silt_record_free(record);
}

static void disputed_files_say_nothing_about_the_image(void **state)
{
	(void)state;
	struct silt_record *honest = survey(false), *disputed = survey(true);
	assert_int_equal(honest->capture_count, 2);
	assert_true(honest->fact_count > 0 && honest->claim_count > 0 && honest->package_count > 0);
	assert_int_equal(disputed->capture_count, 0);
	assert_int_equal(disputed->fact_count, 0);
	assert_int_equal(disputed->claim_count, 0);
	assert_int_equal(disputed->package_count, 0);
	silt_record_free(honest);
	silt_record_free(disputed);
}

static void disputed_bodies_are_searched(void **state)
{
	(void)state;
	struct silt_record *record = survey(true);
	assert_int_equal(record->hit_count, 1);
	assert_int_equal(record->hits[0].place, SILT_HIT_BODY);
	assert_int_equal(record->hits[0].entry, 6);
	silt_record_free(record);
}

static void two_readings_that_were_both_looked_at_leave_no_gap(void **state)
{
	(void)state;
	assert_false(silt_anomaly_is_gap(SILT_ANOMALY_TAR_DISPUTED));
	assert_false(silt_anomaly_is_gap(SILT_ANOMALY_NESTED_DISPUTED));
	assert_true(silt_anomaly_is_gap(SILT_ANOMALY_TAR_DAMAGED));
	assert_true(silt_anomaly_is_gap(SILT_ANOMALY_TAR_FATAL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(disputed_entries_are_told_as_such),
		cmocka_unit_test(disputed_files_say_nothing_about_the_image),
		cmocka_unit_test(disputed_bodies_are_searched),
		cmocka_unit_test(two_readings_that_were_both_looked_at_leave_no_gap),
	};
	return cmocka_run_group_tests(tests, make_matcher, free_matcher);
}
