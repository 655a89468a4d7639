/* What timeline writes of an image in memory, and of times that no clock has shown. */
#include "listing_kit.h"

static void must_write(struct kit *kit, enum silt_listing_format format)
{
	if (silt_timeline_write(kit->result, 0, format, kit_sink(kit), &kit->err) != SILT_OK) {
		fail_msg("%s", kit->err.text);
	}
}

static void a_bodyfile_has_every_entry_and_mark(void **state)
{
	struct kit *kit = *state;
	must_write(kit, SILT_LISTING_BODYFILE);
	kit_has(kit, "0|/etc/gone (layer 1, deleted by layer 2)|1-2|r/rrw-------|0|0|4|0|1600000000|0|0\n");
	kit_has(kit, "0|/etc/gone (layer 2, a mark that deletes it)|2-2|r/r---------|0|0|0|0|1600000000|0|0\n");
	kit_has(kit, "0|/lib -> usr/lib (layer 1, visible)|1-3|l/lrwxrwxrwx|");
	kit_has(kit, "|/bin/su2 is /bin/su (layer 1, visible)|");
	kit_has(kit, "|/a\\n\\x1b[1mb (layer 3, visible)|");
	size_t lines = 0, fields = 0;
	for (const char *text = silt_buffer_text(&kit->text); *text; text++) {
		lines += *text == '\n';
		fields += *text == '|';
	}
	assert_int_equal(lines, 18);
	assert_int_equal(fields, 18 * 10);
}

/* The image has a step of 1960 and one of 29 February 2023. */
static void a_step_before_1970_has_a_time_and_a_day_that_never_was_is_none(void **state)
{
	struct kit *kit = *state;
	must_write(kit, SILT_LISTING_BODYFILE);
	kit_has(kit, "0|build step 1 (no layer): RUN true|0|-/----------|0|0|0|0|0|0|1\n");
	kit_lacks(kit, "build step 2");
	must_write(kit, SILT_LISTING_JSONL);
	kit_has(kit, "\"datetime\":\"1960-03-01T00:30:00Z\",\"timestamp_desc\":\"Creation Time\"");
	kit_lacks(kit, "build step 2");
	must_write(kit, SILT_LISTING_CSV);
	kit_has(kit, "\"build step 1 (no layer): RUN true\",1960-03-01T00:30:00Z,Creation Time,");
	kit_lacks(kit, "build step 2");
}

static void json_lines_have_what_timesketch_asks_for(void **state)
{
	struct kit *kit = *state;
	must_write(kit, SILT_LISTING_JSONL);
	kit_has(kit, "{\"message\":\"/opt/old (layer 1, masked by layer 2)\",\"datetime\":\"2020-09-13T12:26:40Z\","
		     "\"timestamp_desc\":\"Content Modification Time\",\"data_type\":\"silt:layer:entry\","
		     "\"path\":\"opt/old\",");
}

static void csv_has_a_head_and_quotes(void **state)
{
	struct kit *kit = *state;
	must_write(kit, SILT_LISTING_CSV);
	kit_has(kit, "message,datetime,timestamp_desc,layer,fate,type,mode,uid,gid,size\n\"");
	kit_has(kit,
		"\n\"/opt/old (layer 1, masked by layer 2)\",2020-09-13T12:26:40Z,Content Modification Time,1,masked,"
		"file,0644,0,0,3\n");
}

static void a_timeline_is_no_text(void **state)
{
	struct kit *kit = *state;
	kit_fails(kit, silt_timeline_write(kit->result, 0, SILT_LISTING_TEXT, kit_sink(kit), &kit->err), SILT_ERR_USAGE,
		  "format for a timeline");
	kit->err = (struct silt_error){0};
	kit_fails(kit, silt_timeline_write(kit->result, 1, SILT_LISTING_CSV, kit_sink(kit), &kit->err), SILT_ERR_USAGE,
		  "no such image");
}

/* ---- A tar of one layer with what is odd --------------------------------------------------------------------------- */

static int64_t read_some(void *ctx, void *buffer, size_t size)
{
	struct silt_bytes *rest = ctx;
	struct silt_bytes head = silt_bytes_slice(*rest, 0, size);
	*rest = silt_bytes_slice(*rest, head.len, rest->len);
	if (head.len > 0) {
		memcpy(buffer, head.ptr, head.len);
	}
	return (int64_t)head.len;
}

/* The timeline of a root filesystem with one file. */
static void write_one(struct kit *kit, const char *name, int64_t mtime, enum silt_listing_format format)
{
	struct tar_writer w = {0};
	struct silt_bundle *bundle = NULL;
	struct silt_result *result = NULL;
	const struct silt_options options = {.entries_only = true};
	tar_text(&w, "first", 0644, "");
	tar_header(&w, &(struct tar_header){.name = name, .type = '0', .mode = 0644, .mtime = mtime});
	tar_end(&w);
	struct silt_bytes bytes = tar_bytes(&w);
	assert_int_equal(silt_bundle_open_read(read_some, &bytes, "one", &bundle, &kit->err), SILT_OK);
	assert_int_equal(silt_audit(bundle, &options, &result, &kit->err), SILT_OK);
	assert_int_equal(silt_timeline_write(result, 0, format, kit_sink(kit), &kit->err), SILT_OK);
	silt_result_free(result);
	silt_bundle_free(bundle);
	tar_done(&w);
}

static void times_are_kept_in_what_mactime_sorts(void **state)
{
	struct kit *kit = *state;
	write_one(kit, "old", -5, SILT_LISTING_BODYFILE);
	kit_has(kit, "|/old (layer 1, visible)|1-1|r/rrw-r--r--|0|0|0|0|1|0|0\n");
	write_one(kit, "zero", 0, SILT_LISTING_BODYFILE);
	kit_has(kit, "|0|1|0|0\n");
	write_one(kit, "late", 5000000000, SILT_LISTING_BODYFILE);
	kit_has(kit, "|0|5000000000|0|0\n");
	write_one(kit, "never", INT64_MAX, SILT_LISTING_BODYFILE);
	kit_has(kit, "|0|9999999999|0|0\n");
	write_one(kit, "old", -5, SILT_LISTING_JSONL);
	kit_has(kit, "\"datetime\":\"1969-12-31T23:59:55Z\"");
	kit_has(kit, "\"mtime\":-5,");
	write_one(kit, "never", INT64_MAX, SILT_LISTING_JSONL);
	kit_has(kit, "\"datetime\":\"9999-12-31T23:59:59Z\"");
	write_one(kit, "ever", INT64_MIN, SILT_LISTING_JSONL);
	kit_has(kit, "\"datetime\":\"0000-01-01T00:00:00Z\"");
}

static void names_cannot_break_a_line(void **state)
{
	struct kit *kit = *state;
	write_one(kit, "a|b|\n0|c", 7, SILT_LISTING_BODYFILE);
	kit_has(kit, "0|/a\\x7cb\\x7c\\n0\\x7cc (layer 1, visible)|1-1|");
	write_one(kit, "a\",b;=1+1\n", 7, SILT_LISTING_CSV);
	kit_has(kit, "\n\"/a\"\",b;'=1+1\\n (layer 1, visible)\",1970");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(a_bodyfile_has_every_entry_and_mark),
		kit_test(a_step_before_1970_has_a_time_and_a_day_that_never_was_is_none),
		kit_test(json_lines_have_what_timesketch_asks_for),
		kit_test(csv_has_a_head_and_quotes),
		kit_test(a_timeline_is_no_text),
		kit_test(times_are_kept_in_what_mactime_sorts),
		kit_test(names_cannot_break_a_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
