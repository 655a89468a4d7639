/* Archives inside the files of a layer: what is found where, and what is told of what was not. */
#include "base/limits.h"
#include "layer/nested_name.h"
#include "support/tar_writer.h"
#include "unit/content/archive_writer.h"
#include "unit/layer/survey_kit.h"
#include "unit/stream/chopped_source.h"
#include "unit/stream/compress.h"

#include <stdlib.h>

/* Not a key, either. */
#define OTHER_KEY                                                                                                      \
	"AKIA"                                                                                                         \
	"ZXCVBNMLKJHGFDSA"

#define SECRET SILT_LITERAL("id=" KEY_ID "\n")

/* The record of a layer of this one file, which is freed. */
static struct silt_record *survey(const char *name, struct silt_buffer *file)
{
	struct tar_writer w = {0};
	tar_text(&w, "before", 0644, "nothing");
	tar_file(&w, name, 0644, silt_buffer_bytes(file));
	tar_text(&w, "after", 0644, "nothing");
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	assert_int_equal(record->entry_count, 3);
	tar_done(&w);
	silt_buffer_done(file);
	return record;
}

static void expect_hit(const struct silt_hit *hit, const char *inner, uint64_t offset)
{
	assert_int_equal(hit->place, SILT_HIT_BODY);
	assert_int_equal(hit->entry, 1);
	assert_int_equal(hit->offset, offset);
	assert_int_equal(hit->inner.len, strlen(inner));
	assert_true(silt_bytes_equal(hit->inner, silt_bytes_text(inner)));
}

/* The only hit is in that inner file, and nothing was left out. */
static void expect_inner(const char *name, struct silt_buffer *file, const char *inner, uint64_t offset)
{
	struct silt_record *record = survey(name, file);
	assert_int_equal(record->hit_count, 1);
	expect_hit(&record->hits[0], inner, offset);
	assert_int_equal(record->anomaly_count, 0);
	assert_true(record->complete);
	silt_record_free(record);
}

static void expect_anomaly(const char *name, struct silt_buffer *file, enum silt_anomaly_kind kind, const char *text)
{
	struct silt_record *record = survey(name, file);
	assert_int_equal(record->anomaly_count, 1);
	assert_int_equal(record->anomalies[0].kind, kind);
	assert_int_equal(record->anomalies[0].entry, 1);
	assert_string_equal(record->anomalies[0].text, text);
	assert_false(record->complete);
	silt_record_free(record);
}

static struct silt_buffer zip_of(const char *name, struct silt_bytes content)
{
	struct silt_buffer zip = {0};
	add_zip_of(&zip, name, content);
	return zip;
}

/* Puts the file into another, and frees it. */
static struct silt_buffer zip_around(const char *name, struct silt_buffer file)
{
	struct silt_buffer zip = zip_of(name, silt_buffer_bytes(&file));
	silt_buffer_done(&file);
	return zip;
}

static struct silt_buffer tar_around(const char *name, struct silt_buffer file)
{
	struct tar_writer w = {0};
	tar_file(&w, name, 0644, silt_buffer_bytes(&file));
	tar_end(&w);
	silt_buffer_done(&file);
	return w.out;
}

static struct silt_buffer gzip_around(struct silt_buffer file)
{
	struct silt_buffer gzip = {0};
	add_gzip(&gzip, silt_buffer_bytes(&file), NULL);
	silt_buffer_done(&file);
	return gzip;
}

static struct silt_buffer xz_around(struct silt_buffer file)
{
	struct silt_buffer xz = {0};
	add_xz(&xz, silt_buffer_bytes(&file));
	silt_buffer_done(&file);
	return xz;
}

static struct silt_buffer ar_around(const char *name, struct silt_buffer file)
{
	struct silt_buffer ar = {0};
	silt_buffer_add_text(&ar, AR_MAGIC);
	add_ar(&ar, "debian-binary", SILT_LITERAL("2.0\n"));
	add_ar(&ar, name, silt_buffer_bytes(&file));
	silt_buffer_done(&file);
	return ar;
}

static struct silt_buffer cpio_around(const char *name, struct silt_buffer file)
{
	struct silt_buffer cpio = {0};
	add_cpio(&cpio, "070701", name, silt_buffer_bytes(&file));
	add_cpio(&cpio, "070701", "TRAILER!!!", silt_bytes(NULL, 0));
	silt_buffer_done(&file);
	return cpio;
}

static struct silt_buffer rpm_around(struct silt_buffer file)
{
	struct silt_buffer rpm = {0};
	add_rpm(&rpm, silt_buffer_bytes(&file));
	silt_buffer_done(&file);
	return rpm;
}

static struct silt_buffer secret(void)
{
	struct silt_buffer file = {0};
	silt_buffer_add(&file, SECRET);
	return file;
}

/* ---- Where a hit is ------------------------------------------------------------------------------------------------ */

static void a_key_in_a_jar_in_a_war_has_its_path(void **state)
{
	(void)state;
	struct silt_buffer war = zip_around("WEB-INF/lib/x.jar", zip_around("cfg/app.properties", secret()));
	expect_inner("opt/app.war", &war, "WEB-INF/lib/x.jar!/cfg/app.properties", 3);
}

static void a_compressed_file_is_named_without_its_suffix(void **state)
{
	(void)state;
	struct silt_buffer gzip = gzip_around(secret()), twice = gzip_around(gzip_around(secret()));
	expect_inner("srv/dump.sql.gz", &gzip, "dump.sql", 3);
	expect_inner("srv/dump.gz.gz", &twice, "dump", 3);
}

static void a_compressed_archive_is_one_archive(void **state)
{
	(void)state;
	struct silt_buffer tar = gzip_around(tar_around("etc/app.conf", secret()));
	expect_inner("srv/backup.tgz", &tar, "etc/app.conf", 3);
}

static void packages_are_opened(void **state)
{
	(void)state;
	struct silt_buffer deb = ar_around("data.tar.xz", xz_around(tar_around("./etc/x", gzip_around(secret()))));
	struct silt_buffer packed = gzip_around(tar_around("x.deb", ar_around("d.tar", tar_around("x", secret()))));
	struct silt_buffer rpm = rpm_around(gzip_around(cpio_around("./etc/x", secret())));
	expect_inner("x.deb", &deb, "data.tar.xz!/./etc/x", 3);
	expect_inner("x.tar.gz", &packed, "x.deb!/d.tar!/x", 3);
	expect_inner("x.rpm", &rpm, "./etc/x", 3);
}

/* An archive that does not compress shows its content as it lies, too: that is one hit, the deepest. */
static void a_key_that_lies_open_in_an_archive_is_one_hit(void **state)
{
	(void)state;
	struct silt_buffer tar = tar_around("a.cpio", cpio_around("b", secret()));
	expect_inner("x.tar", &tar, "a.cpio!/b", 3);
}

/* Also if a block ends right before the member: then the archive around it comes to be read while the member is. */
static void a_key_that_lies_open_is_one_hit_wherever_blocks_end(void **state)
{
	(void)state;
	enum { BLOCK = 64 * 1024, END = BLOCK - 3 * 512 };
	static uint8_t filler[BLOCK];
	memset(filler, 'x', sizeof(filler));
	struct tar_writer inner = {0};
	tar_file(&inner, "b", 0644, SECRET);
	tar_end(&inner);
	for (size_t before = END - 4 * 512; before <= END; before += 512) {
		struct tar_writer w = {0};
		tar_file(&w, "a", 0644, silt_bytes(filler, before));
		tar_file(&w, "x.tar", 0644, tar_bytes(&inner));
		tar_end(&w);
		struct chopped_source source = {.rest = tar_bytes(&w), .block_len = BLOCK};
		struct silt_record *record = NULL;
		assert_int_equal(silt_survey_layer(chopped_source(&source),
						   &(struct silt_survey_wish){.matcher = matcher}, &record, NULL),
				 SILT_OK);
		assert_int_equal(record->hit_count, 1);
		expect_hit(&record->hits[0], "b", 3);
		silt_record_free(record);
		chopped_source_done(&source);
		tar_done(&w);
	}
	tar_done(&inner);
}

static void what_is_no_content_of_a_member_is_found_in_the_archive(void **state)
{
	(void)state;
	struct silt_buffer zip = {0}, tar = {0};
	add_zip(&zip, &(struct zip_member){.name = "a", .content = SECRET, .method = 8});
	add_zip_end(&zip, OTHER_KEY);
	tar = gzip_around(tar_around(KEY_ID, (struct silt_buffer){0}));
	struct silt_record *record = survey("x.zip", &zip);
	assert_int_equal(record->hit_count, 2);
	assert_int_equal(record->hits[0].inner.len, 0);
	expect_hit(&record->hits[1], "a", 3);
	silt_record_free(record);
	expect_inner("x.tar.gz", &tar, "x.tar", 0);
}

static void a_key_across_blocks_of_a_large_member_is_found(void **state)
{
	(void)state;
	struct silt_buffer file = {0};
	while (file.len < SILT_BLOCK_SIZE - 10) {
		silt_buffer_printf(&file, "%zu\n", file.len * 2654435761U);
	}
	silt_buffer_add(&file, SECRET);
	size_t at = file.len - SECRET.len + 3;
	struct silt_buffer zip = zip_around("big", file);
	expect_inner("x.zip", &zip, "big", at);
}

static void many_archives_in_one_layer_are_read_by_the_same_readers(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	for (int i = 0; i < 3; i++) {
		struct silt_buffer zip = zip_around("a.gz", gzip_around(secret())), gzip = gzip_around(secret());
		tar_file(&w, "a.zip", 0644, silt_buffer_bytes(&zip));
		tar_file(&w, "b.gz", 0644, silt_buffer_bytes(&gzip));
		silt_buffer_done(&zip);
		silt_buffer_done(&gzip);
	}
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	assert_int_equal(record->hit_count, 6);
	for (size_t i = 0; i < record->hit_count; i++) {
		assert_int_equal(record->hits[i].entry, i);
		assert_true(
			silt_bytes_equal(record->hits[i].inner, i % 2 == 0 ? SILT_LITERAL("a") : SILT_LITERAL("b")));
	}
	assert_true(record->complete);
	silt_record_free(record);
	tar_done(&w);
}

static void names_inside_are_bounded(void **state)
{
	(void)state;
	struct silt_buffer name = {0};
	for (int i = 0; i < 3; i++) {
		static uint8_t bytes[SILT_PATH_MAX / 2];
		memset(bytes, 'n', sizeof(bytes));
		silt_add_inner_name(&name, silt_bytes(bytes, sizeof(bytes) - 1));
	}
	assert_true(name.len <= SILT_PATH_MAX);
	assert_true(silt_bytes_end_with(silt_buffer_bytes(&name), SILT_LITERAL("...")));
	silt_buffer_done(&name);
}

/* ---- What is not looked at ----------------------------------------------------------------------------------------- */

static void the_fourth_archive_is_not_opened_and_that_is_told(void **state)
{
	(void)state;
	struct silt_buffer three = zip_around("a", zip_around("b", zip_around("c", secret())));
	struct silt_buffer four = zip_around("a", zip_around("b", zip_around("c", zip_around("d", secret()))));
	expect_inner("x.zip", &three, "a!/b!/c", 3);
	expect_anomaly("x.zip", &four, SILT_ANOMALY_NESTED_LIMIT,
		       "a!/b!/c: more archives inside of each other (the limit nested-depth is 3)");
}

/* Around and in each of three archives there is one compression that costs no depth. */
static void the_deepest_that_can_be_open_is_opened(void **state)
{
	(void)state;
	struct silt_buffer file = gzip_around(secret());
	for (int i = 0; i < SILT_NESTED_DEPTH_MAX; i++) {
		file = gzip_around(tar_around("m.gz", file));
		file = i + 1 < SILT_NESTED_DEPTH_MAX ? gzip_around(file) : file;
	}
	struct silt_record *record = survey("x", &file);
	assert_int_equal(record->anomaly_totals[SILT_ANOMALY_NESTED_LIMIT], 1);
	assert_false(record->complete);
	silt_record_free(record);
	file = gzip_around(secret());
	for (int i = 0; i < SILT_NESTED_DEPTH_MAX; i++) {
		file = gzip_around(tar_around("m.gz", file));
	}
	expect_inner("x.tgz", &file, "m.gz!/m.gz!/m", 3);
}

static void an_encrypted_member_is_a_gap(void **state)
{
	(void)state;
	struct silt_buffer zip = {0};
	add_zip(&zip, &(struct zip_member){.name = "a\033[2J", .content = SECRET, .method = 8, .encrypted = true});
	add_zip_end(&zip, "");
	expect_anomaly("x.zip", &zip, SILT_ANOMALY_NESTED_SEALED, "a\\x1b[2J: encrypted");
}

static void damage_behind_what_was_read_is_a_gap(void **state)
{
	(void)state;
	struct silt_buffer gzip = gzip_around(secret()), zip = zip_of("a", SECRET), deb = {0};
	gzip.len -= 4;
	zip.len -= 22;
	expect_anomaly("x.gz", &gzip, SILT_ANOMALY_NESTED_DAMAGED,
		       "the compressed data ends in the middle of a member");
	expect_anomaly("x.zip", &zip, SILT_ANOMALY_NESTED_DAMAGED,
		       "the zip archive ends before its central directory does");
	struct silt_buffer cut = gzip_around(tar_around("etc/x", secret()));
	cut.len -= 4;
	deb = ar_around("data.tar.gz", cut);
	expect_anomaly("x.deb", &deb, SILT_ANOMALY_NESTED_DAMAGED,
		       "data.tar.gz: the compressed data ends in the middle of a member");
}

static void what_decodes_to_nothing_was_no_archive(void **state)
{
	(void)state;
	static const struct silt_bytes files[] = {
		{(const uint8_t *)"\x1f\x8b\x08\x00 but then only text follows, " KEY_ID, 53},
		{(const uint8_t *)"\xfd"
				  "7zXZ\0 and not a stream",
		 23},
		{(const uint8_t *)"(\xb5/\xfd and not a frame", 20},
	};
	for (size_t i = 0; i < SILT_COUNT(files); i++) {
		struct silt_buffer file = {0};
		silt_buffer_add(&file, files[i]);
		struct silt_record *record = survey("x.gz", &file);
		assert_int_equal(record->hit_count, i == 0 ? 1 : 0);
		assert_int_equal(record->anomaly_count, 0);
		assert_true(record->complete);
		silt_record_free(record);
	}
}

static void an_rpm_whose_payload_is_unknown_is_a_gap(void **state)
{
	(void)state;
	struct silt_buffer payload = {0};
	silt_buffer_add(&payload, SILT_LITERAL("]\0\0\200 lzma without a magic"));
	struct silt_buffer rpm = rpm_around(payload);
	expect_anomaly("x.rpm", &rpm, SILT_ANOMALY_NESTED_SEALED, "packed in a way that is not known here");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_in_a_jar_in_a_war_has_its_path),
		cmocka_unit_test(a_compressed_file_is_named_without_its_suffix),
		cmocka_unit_test(a_compressed_archive_is_one_archive),
		cmocka_unit_test(packages_are_opened),
		cmocka_unit_test(a_key_that_lies_open_in_an_archive_is_one_hit),
		cmocka_unit_test(a_key_that_lies_open_is_one_hit_wherever_blocks_end),
		cmocka_unit_test(what_is_no_content_of_a_member_is_found_in_the_archive),
		cmocka_unit_test(a_key_across_blocks_of_a_large_member_is_found),
		cmocka_unit_test(many_archives_in_one_layer_are_read_by_the_same_readers),
		cmocka_unit_test(names_inside_are_bounded),
		cmocka_unit_test(the_fourth_archive_is_not_opened_and_that_is_told),
		cmocka_unit_test(the_deepest_that_can_be_open_is_opened),
		cmocka_unit_test(an_encrypted_member_is_a_gap),
		cmocka_unit_test(damage_behind_what_was_read_is_a_gap),
		cmocka_unit_test(what_decodes_to_nothing_was_no_archive),
		cmocka_unit_test(an_rpm_whose_payload_is_unknown_is_a_gap),
	};
	return cmocka_run_group_tests(tests, make_matcher, free_matcher);
}
