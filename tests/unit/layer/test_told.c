/* What is odd about a tar though its readers agree: types of entries that Docker refuses, and headers without measure. */
#include "base/limits.h"
#include "base/secure.h"
#include "layer/survey.h"
#include "support/tar_writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static struct silt_matcher *matcher;

static int make_matcher(void **state)
{
	(void)state;
	assert_int_equal(silt_secure_init(NULL), SILT_OK);
	assert_int_equal(silt_matcher_new(&matcher, NULL), SILT_OK);
	return 0;
}

static int free_matcher(void **state)
{
	(void)state;
	silt_matcher_free(matcher);
	return 0;
}

/* The record of the layer, which ends here and is freed. */
static struct silt_record *survey(struct tar_writer *w)
{
	tar_text(w, "last", 0644, "x");
	tar_end(w);
	struct silt_memory_source memory = {tar_bytes(w)};
	struct silt_record *record = NULL;
	assert_int_equal(silt_survey_layer(silt_memory_source(&memory), &(struct silt_survey_wish){.matcher = matcher},
					   &record, NULL),
			 SILT_OK);
	tar_done(w);
	return record;
}

/* ---- Types --------------------------------------------------------------------------------------------------------- */

static struct silt_record *survey_type(char type, const char *name, uint64_t size)
{
	struct tar_writer w = {0};
	tar_header(&w, &(struct tar_header){.name = name,
					    .type = type,
					    .mode = 0644,
					    .size = size,
					    .link = "last",
					    .magic = TAR_MAGIC_GNU});
	if (size > 0) {
		tar_body(&w, SILT_LITERAL("x"));
	}
	return survey(&w);
}

/* The only anomaly is of the entry, and what was looked at is all. */
static void expect_refused(char type, uint64_t size, enum silt_anomaly_kind kind, const char *text)
{
	struct silt_record *record = survey_type(type, "x", size);
	assert_int_equal(record->anomaly_count, 1);
	assert_int_equal(record->anomalies[0].kind, kind);
	assert_int_equal(record->anomalies[0].entry, 0);
	assert_string_equal(record->anomalies[0].text, text);
	assert_true(record->complete);
	silt_record_free(record);
}

static void types_that_docker_refuses_are_told(void **state)
{
	(void)state;
	expect_refused(
		'7', 1, SILT_ANOMALY_TAR_REFUSED,
		"an entry of type 7, a contiguous file: Docker, containerd and podman refuse the layer, libarchive "
		"and GNU tar make a file of it");
	expect_refused(
		'S', 0, SILT_ANOMALY_TAR_REFUSED,
		"an entry of type S, a sparse file of old GNU tar: Docker, containerd and podman refuse the layer, "
		"libarchive and GNU tar make a file of it");
	expect_refused('D', 0, SILT_ANOMALY_TAR_REFUSED,
		       "an entry of type D, a folder of a GNU dump: Docker, containerd and podman refuse the layer, "
		       "libarchive and GNU tar make a folder of it");
	expect_refused(
		'M', 0, SILT_ANOMALY_TAR_REFUSED,
		"an entry of type M, the rest of a file of another volume: Docker, containerd and podman refuse the "
		"layer, libarchive makes a file of it and GNU tar nothing");
	expect_refused('V', 0, SILT_ANOMALY_TAR_REFUSED,
		       "an entry of type V, the label of a volume: Docker, containerd and podman refuse the layer, "
		       "libarchive and GNU tar pass it by");
}

static void types_that_nobody_knows_are_told_with_their_byte(void **state)
{
	(void)state;
	static const struct {
		char type;
		const char *start;
	} rows[] = {{'N', "an entry of type N:"}, {'~', "an entry of type ~:"}, {'\xb0', "an entry of type 0xb0:"}};
	for (size_t i = 0; i < SILT_COUNT(rows); i++) {
		struct silt_record *record = survey_type(rows[i].type, "x", 1);
		assert_int_equal(record->anomaly_count, 2); /* the other is that libarchive reads it as a file */
		assert_int_equal(record->anomaly_totals[SILT_ANOMALY_TAR_DISPUTED], 2);
		const char *text = record->anomalies[1].text;
		assert_memory_equal(text, rows[i].start, strlen(rows[i].start));
		silt_record_free(record);
	}
}

static void types_that_docker_extracts_are_not_told(void **state)
{
	(void)state;
	static const char types[] = {'\0', '0', '2', '3', '4', '5', '6'};
	for (size_t i = 0; i < sizeof(types); i++) {
		struct silt_record *record = survey_type(types[i], "x", 0);
		assert_int_equal(record->entry_count, 2);
		assert_int_equal(record->anomaly_totals[SILT_ANOMALY_TAR_REFUSED], 0);
		assert_int_equal(record->anomaly_totals[SILT_ANOMALY_TAR_DISPUTED], 0);
		silt_record_free(record);
	}
}

/* Docker asks for the name first: it deletes what the mark names, and never extracts it. */
static void a_deletion_mark_of_such_a_type_is_told_as_a_mark(void **state)
{
	(void)state;
	struct silt_record *record = survey_type('V', ".wh.x", 0);
	assert_int_equal(record->anomaly_count, 1);
	assert_int_equal(record->anomalies[0].kind, SILT_ANOMALY_WHITEOUT_ODD);
	silt_record_free(record);
}

/* ---- Headers ------------------------------------------------------------------------------------------------------- */

/* A record of `size` bytes. */
static void add_comment(struct silt_buffer *text, size_t size)
{
	silt_buffer_printf(text, "%zu comment=", size);
	while (text->len < size - 1) {
		silt_buffer_add_byte(text, 'c');
	}
	silt_buffer_add_byte(text, '\n');
}

/* A header of `size` bytes of that type, and an entry. */
static void add_special(struct tar_writer *w, char type, size_t size)
{
	struct silt_buffer text = {0};
	if (type == 'x' || type == 'g') {
		add_comment(&text, size);
		tar_pax_records(w, type, silt_buffer_bytes(&text));
	} else {
		silt_buffer_add_text(&text, "last");
		while (text.len < size - 1) {
			silt_buffer_add_byte(&text, '\0');
		}
		tar_gnu_long(w, type, silt_buffer_bytes(&text));
	}
	silt_buffer_done(&text);
	tar_text(w, "x", 0644, "x");
}

static void expect_header(char type, size_t size, uint64_t told)
{
	struct tar_writer w = {0};
	tar_text(&w, "first", 0644, "");
	add_special(&w, type, size);
	struct silt_record *record = survey(&w);
	assert_int_equal(record->anomaly_totals[SILT_ANOMALY_LARGE_HEADER], told);
	assert_int_equal(record->anomaly_count, told);
	assert_true(told == 0 || record->anomalies[0].offset == TAR_BLOCK);
	assert_true(record->complete);
	silt_record_free(record);
}

static void headers_of_more_than_64_kib_are_told(void **state)
{
	(void)state;
	static const char types[] = {'x', 'g', 'L', 'K'};
	for (size_t i = 0; i < sizeof(types); i++) {
		expect_header(types[i], SILT_TAR_HEADER_USUAL, 0);
		expect_header(types[i], SILT_TAR_HEADER_USUAL + 1, 1);
		expect_header(types[i], 15 * SILT_TAR_HEADER_USUAL, 1);
	}
}

/* Nothing follows it that it could be for. */
static void a_large_header_at_the_end_is_told(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	struct silt_buffer text = {0};
	tar_text(&w, "first", 0644, "");
	add_comment(&text, SILT_TAR_HEADER_USUAL + 1);
	tar_pax_records(&w, 'g', silt_buffer_bytes(&text));
	silt_buffer_done(&text);
	tar_end(&w);
	struct silt_record *record = survey(&w);
	assert_int_equal(record->anomaly_totals[SILT_ANOMALY_LARGE_HEADER], 1);
	assert_int_equal(record->anomalies[0].offset, TAR_BLOCK);
	silt_record_free(record);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_that_docker_refuses_are_told),
		cmocka_unit_test(types_that_nobody_knows_are_told_with_their_byte),
		cmocka_unit_test(types_that_docker_extracts_are_not_told),
		cmocka_unit_test(a_deletion_mark_of_such_a_type_is_told_as_a_mark),
		cmocka_unit_test(headers_of_more_than_64_kib_are_told),
		cmocka_unit_test(a_large_header_at_the_end_is_told),
	};
	return cmocka_run_group_tests(tests, make_matcher, free_matcher);
}
