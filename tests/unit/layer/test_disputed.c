/* What only another reader of a tar than Docker's has is searched, and believed in nothing. */
#include "support/tar_writer.h"
#include "unit/layer/survey_kit.h"

#include <stdlib.h>
#include <string.h>

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

/* ---- A tar in a file ------------------------------------------------------------------------------------------------- */

/* The record of a layer of this one file, which ends here and is freed. */
static struct silt_record *survey_inner(struct tar_writer *inner, const struct silt_limits *limits)
{
	struct tar_writer w = {0};
	tar_end(inner);
	tar_file(&w, "x.tar", 0644, tar_bytes(inner));
	tar_end(&w);
	tar_done(inner);
	struct silt_memory_source memory = {tar_bytes(&w)};
	struct silt_survey_wish wish = {.matcher = matcher, .limits = limits};
	struct silt_record *record = NULL;
	assert_int_equal(silt_survey_layer(silt_memory_source(&memory), &wish, &record, NULL), SILT_OK);
	tar_done(&w);
	assert_int_equal(record->entry_count, 1);
	return record;
}

static bool is_told(const struct silt_record *record, enum silt_anomaly_kind kind, const char *text)
{
	for (size_t i = 0; i < record->anomaly_count; i++) {
		if (record->anomalies[i].kind == kind && strcmp(record->anomalies[i].text, text) == 0) {
			return record->anomalies[i].entry == 0;
		}
	}
	return false;
}

#define BY_LIBARCHIVE ": libarchive finds this in the tar, and Docker does not, or something else"
#define BY_DOCKER ": Docker finds this in the tar, and libarchive does not, or something else"

/* The body of what libarchive takes for a folder: `count` setuid programs, one called `name`. */
static void add_hiding_file(struct tar_writer *inner, const char *name, size_t count)
{
	tar_header(inner, &(struct tar_header){.name = "dir/", .type = '0', .mode = 0644, .size = count * TAR_BLOCK});
	for (size_t i = 0; i < count; i++) {
		tar_header(inner, &(struct tar_header){.name = name, .type = '0', .mode = 04755});
	}
}

static void each_disputed_file_of_a_tar_in_a_file_is_told(void **state)
{
	(void)state;
	struct tar_writer inner = {0};
	tar_text(&inner, "first", 0644, "");
	add_hiding_file(&inner, "hidden", 1);
	tar_text(&inner, "last", 0644, "");
	struct silt_record *record = survey_inner(&inner, NULL);
	assert_true(is_told(record, SILT_ANOMALY_NESTED_DISPUTED, "dir/" BY_DOCKER));
	assert_true(is_told(record, SILT_ANOMALY_NESTED_DISPUTED, "dir/" BY_LIBARCHIVE));
	assert_true(is_told(record, SILT_ANOMALY_NESTED_DISPUTED, "hidden" BY_LIBARCHIVE));
	assert_true(is_told(record, SILT_ANOMALY_NESTED_SETUID, "hidden: a setuid program"));
	/* The body of the file is a tar, too. */
	assert_true(is_told(record, SILT_ANOMALY_NESTED_SETUID, "dir/!/hidden: a setuid program"));
	assert_int_equal(record->anomaly_count, 5);
	assert_true(record->complete);
	silt_record_free(record);
}

/* Damage of a tar in a file is no gap, since its bytes are matched as they lie; but somebody goes on behind it. */
static void what_libarchive_finds_behind_damage_in_a_tar_in_a_file_is_told(void **state)
{
	(void)state;
	struct tar_writer inner = {0};
	tar_text(&inner, "first", 0644, "");
	tar_header(&inner, &(struct tar_header){.name = "bad", .type = '0', .checksum = TAR_CHECKSUM_BAD});
	tar_text(&inner, "srv/key", 0644, "id = " KEY_ID "\n");
	tar_text(&inner, "last", 0644, "");
	struct silt_record *record = survey_inner(&inner, NULL);
	assert_true(is_told(record, SILT_ANOMALY_NESTED_DISPUTED, "srv/key" BY_LIBARCHIVE));
	assert_true(is_told(record, SILT_ANOMALY_NESTED_DISPUTED, "last" BY_LIBARCHIVE));
	assert_int_equal(record->anomaly_count, 2);
	assert_int_equal(record->hit_count, 1);
	assert_true(silt_bytes_equal(record->hits[0].inner, SILT_LITERAL("srv/key")));
	assert_true(record->complete);
	silt_record_free(record);
}

/* Two tars in a row: nobody lists the second one, and nobody disputes that. */
static void what_stands_behind_the_end_of_a_tar_in_a_file_is_no_dispute(void **state)
{
	(void)state;
	struct tar_writer inner = {0};
	tar_text(&inner, "first", 0644, "");
	tar_end(&inner);
	tar_text(&inner, "second", 0644, "");
	struct silt_record *record = survey_inner(&inner, NULL);
	assert_int_equal(record->anomaly_count, 0);
	silt_record_free(record);
}

static void more_disputed_files_in_a_tar_in_a_file_than_are_listed_are_a_gap(void **state)
{
	(void)state;
	struct silt_limits limits = silt_default_limits;
	limits.value[SILT_LIMIT_DISPUTED_ENTRIES] = 2;
	struct tar_writer inner = {0};
	tar_text(&inner, "first", 0644, "");
	add_hiding_file(&inner, "hidden", 3);
	add_hiding_file(&inner, "again", 1);
	struct silt_record *record = survey_inner(&inner, &limits);
	assert_int_equal(record->anomaly_totals[SILT_ANOMALY_NESTED_LIMIT], 1);
	assert_false(record->complete);
	silt_record_free(record);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(disputed_entries_are_told_as_such),
		cmocka_unit_test(disputed_files_say_nothing_about_the_image),
		cmocka_unit_test(disputed_bodies_are_searched),
		cmocka_unit_test(two_readings_that_were_both_looked_at_leave_no_gap),
		cmocka_unit_test(each_disputed_file_of_a_tar_in_a_file_is_told),
		cmocka_unit_test(what_libarchive_finds_behind_damage_in_a_tar_in_a_file_is_told),
		cmocka_unit_test(what_stands_behind_the_end_of_a_tar_in_a_file_is_no_dispute),
		cmocka_unit_test(more_disputed_files_in_a_tar_in_a_file_than_are_listed_are_a_gap),
	};
	return cmocka_run_group_tests(tests, make_matcher, free_matcher);
}
