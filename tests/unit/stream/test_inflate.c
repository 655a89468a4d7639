/* The inflate stage: what comes out, what comes aside, and what is said about damage. */
#include "chopped_source.h"
#include "cmocka_test.h"
#include "compress.h"

#include "base/limits.h"
#include "stream/inflate.h"

#include <stdio.h>

/* ---- One run of the stage ------------------------------------------------------------------------------------------ */

struct run {
	struct silt_buffer out;
	struct silt_buffer asides; /* a line a field: "gzip comment @16: text" */
	bool in_field;
	uint64_t field_end;
	struct silt_inflate_report report;
	bool blocks_full; /* all but the last */
};

static void run_done(struct run *run)
{
	silt_buffer_done(&run->out);
	silt_buffer_done(&run->asides);
}

static enum silt_status add_aside(void *ctx, enum silt_aside aside, uint64_t offset, bool start, bool end,
				  struct silt_bytes bytes, struct silt_error *err)
{
	(void)err;
	struct run *run = ctx;
	assert_int_equal(start, !run->in_field);
	if (start) {
		silt_buffer_printf(&run->asides, "%s @%llu: ", silt_aside_name(aside), (unsigned long long)offset);
	} else {
		assert_int_equal(offset, run->field_end);
	}
	silt_buffer_add(&run->asides, bytes);
	run->field_end = offset + bytes.len;
	run->in_field = !end;
	if (end) {
		silt_buffer_add_byte(&run->asides, '\n');
	}
	return SILT_OK;
}

/* Within the limit of what may come out of a layer; `limits` may be NULL. */
static struct run run_within(const struct silt_limits *limits, struct silt_bytes input, size_t block_len)
{
	struct run run = {.blocks_full = true};
	struct chopped_source source = {.rest = input, .block_len = block_len};
	struct silt_inflate *stage = NULL;
	assert_int_equal(silt_inflate_new(chopped_source(&source), add_aside, &run, limits, &stage, NULL), SILT_OK);
	silt_inflate_set_budget(stage, (struct silt_inflate_budget){.own = SILT_LIMIT_LAYER_BYTES});
	struct silt_bytes block;
	bool short_block = false;
	do {
		assert_int_equal(silt_source_next(silt_inflate_source(stage), &block, NULL), SILT_OK);
		run.blocks_full = run.blocks_full && (!short_block || block.len == 0);
		short_block = short_block || block.len != SILT_BLOCK_SIZE;
		silt_buffer_add(&run.out, block);
	} while (block.len > 0);
	assert_int_equal(silt_source_next(silt_inflate_source(stage), &block, NULL), SILT_OK);
	assert_int_equal(block.len, 0);
	run.report = *silt_inflate_report(stage);
	silt_inflate_free(stage);
	chopped_source_done(&source);
	assert_false(run.in_field);
	assert_int_equal(run.report.in, input.len);
	assert_int_equal(run.report.out, run.out.len);
	assert_int_equal(run.report.end == SILT_INFLATE_COMPLETE, run.report.damage == NULL);
	return run;
}

static struct run run_stage(struct silt_bytes input, size_t block_len)
{
	return run_within(NULL, input, block_len);
}

/* Cut in several ways, `input` gives `content` and `asides`, and ends as `end` says. */
static void expect(struct silt_bytes input, struct silt_bytes content, const char *asides, enum silt_inflate_end end,
		   uint64_t members)
{
	static const size_t block_lens[] = {512, 4096, 0};
	for (size_t i = 0; i < SILT_COUNT(block_lens); i++) {
		struct run run = run_stage(input, block_lens[i]);
		assert_int_equal(run.out.len, content.len);
		assert_true(silt_bytes_equal(silt_buffer_bytes(&run.out), content));
		assert_string_equal(silt_buffer_text(&run.asides), asides);
		assert_int_equal(run.report.end, end);
		assert_int_equal(run.report.members, members);
		run_done(&run);
	}
}

/* Text that compresses to about a third. */
static struct silt_bytes text(size_t len)
{
	static uint8_t bytes[1 << 20];
	assert_true(len <= sizeof(bytes));
	uint32_t state = 1;
	for (size_t i = 0; i < len; i++) {
		state = state * 1664525 + 1013904223;
		bytes[i] = (uint8_t)('a' + (state >> 29));
	}
	return silt_bytes(bytes, len);
}

/* ---- Every format -------------------------------------------------------------------------------------------------- */

static void add_plain_gzip(struct silt_buffer *out, struct silt_bytes content)
{
	add_gzip(out, content, NULL);
}

static const struct format {
	enum silt_compression compression;
	void (*add)(struct silt_buffer *out, struct silt_bytes content);
} formats[] = {
	{SILT_COMPRESSION_GZIP, add_plain_gzip},
	{SILT_COMPRESSION_ZSTD, add_zstd},
	{SILT_COMPRESSION_XZ, add_xz},
	{SILT_COMPRESSION_BZIP2, add_bzip2},
};

static void content_of_any_length_comes_back_in_full_blocks(void **state)
{
	(void)state;
	static const size_t lens[] = {0, 1, 511, SILT_BLOCK_SIZE - 1, SILT_BLOCK_SIZE, SILT_BLOCK_SIZE + 1, 700000};
	for (size_t f = 0; f < SILT_COUNT(formats); f++) {
		for (size_t i = 0; i < SILT_COUNT(lens); i++) {
			struct silt_buffer input = {0};
			formats[f].add(&input, text(lens[i]));
			struct run run = run_stage(silt_buffer_bytes(&input), 1024);
			assert_true(silt_bytes_equal(silt_buffer_bytes(&run.out), text(lens[i])));
			assert_true(run.blocks_full);
			assert_int_equal(run.report.compression, formats[f].compression);
			assert_int_equal(run.report.end, SILT_INFLATE_COMPLETE);
			assert_int_equal(run.report.members, 1);
			run_done(&run);
			silt_buffer_done(&input);
		}
	}
}

static void all_members_are_read_to_the_true_end(void **state)
{
	(void)state;
	for (size_t f = 0; f < SILT_COUNT(formats); f++) {
		struct silt_buffer input = {0};
		formats[f].add(&input, SILT_LITERAL("one "));
		formats[f].add(&input, SILT_LITERAL(""));
		formats[f].add(&input, SILT_LITERAL("three"));
		expect(silt_buffer_bytes(&input), SILT_LITERAL("one three"), "", SILT_INFLATE_COMPLETE, 3);
		silt_buffer_done(&input);
	}
}

static void many_small_members_fill_blocks_together(void **state)
{
	(void)state;
	for (size_t f = 0; f < SILT_COUNT(formats); f++) {
		struct silt_buffer input = {0}, content = {0};
		for (unsigned i = 0; i < 60; i++) {
			formats[f].add(&input, text(9000 + i));
			silt_buffer_add(&content, text(9000 + i));
		}
		struct run run = run_stage(silt_buffer_bytes(&input), 512);
		assert_true(silt_bytes_equal(silt_buffer_bytes(&run.out), silt_buffer_bytes(&content)));
		assert_true(run.blocks_full);
		assert_int_equal(run.report.members, 60);
		run_done(&run);
		silt_buffer_done(&input);
		silt_buffer_done(&content);
	}
}

static void zeros_behind_the_last_member_are_padding(void **state)
{
	(void)state;
	static const uint8_t zeros[10240];
	for (size_t f = 0; f < SILT_COUNT(formats); f++) {
		struct silt_buffer input = {0};
		formats[f].add(&input, SILT_LITERAL("content"));
		silt_buffer_add(&input, silt_bytes(zeros, sizeof(zeros)));
		expect(silt_buffer_bytes(&input), SILT_LITERAL("content"), "", SILT_INFLATE_COMPLETE, 1);
		silt_buffer_done(&input);
	}
}

static void other_bytes_behind_the_last_member_are_a_trailer(void **state)
{
	(void)state;
	for (size_t f = 0; f < SILT_COUNT(formats); f++) {
		struct silt_buffer input = {0};
		char expected[200];
		formats[f].add(&input, SILT_LITERAL("content"));
		snprintf(expected, sizeof(expected), "bytes after the compressed data @%zu: password=hunter2\n",
			 input.len);
		silt_buffer_add_text(&input, "password=hunter2");
		expect(silt_buffer_bytes(&input), SILT_LITERAL("content"), expected, SILT_INFLATE_COMPLETE, 1);
		silt_buffer_done(&input);
	}
}

static void trailer_behind_padding_starts_with_its_first_byte(void **state)
{
	(void)state;
	static const uint8_t zeros[1001];
	for (size_t f = 0; f < SILT_COUNT(formats); f++) {
		struct silt_buffer input = {0};
		char expected[200];
		formats[f].add(&input, SILT_LITERAL("content"));
		silt_buffer_add(&input, silt_bytes(zeros, sizeof(zeros)));
		snprintf(expected, sizeof(expected), "bytes after the compressed data @%zu: Zz\n", input.len);
		silt_buffer_add_text(&input, "Zz");
		expect(silt_buffer_bytes(&input), SILT_LITERAL("content"), expected, SILT_INFLATE_COMPLETE, 1);
		silt_buffer_done(&input);
	}
}

static void member_of_another_format_is_a_trailer(void **state)
{
	(void)state;
	struct silt_buffer input = {0};
	add_gzip(&input, SILT_LITERAL("a"), NULL);
	add_zstd(&input, SILT_LITERAL("b"));
	struct run run = run_stage(silt_buffer_bytes(&input), 512);
	assert_true(silt_bytes_equal(silt_buffer_bytes(&run.out), SILT_LITERAL("a")));
	assert_non_null(strstr(silt_buffer_text(&run.asides), "bytes after the compressed data"));
	run_done(&run);
	silt_buffer_done(&input);
}

static void truncation_at_every_byte_is_told_and_keeps_what_was_decoded(void **state)
{
	(void)state;
	for (size_t f = 0; f < SILT_COUNT(formats); f++) {
		struct silt_buffer input = {0};
		formats[f].add(&input, text(60));
		size_t first = input.len;
		formats[f].add(&input, text(50));
		for (size_t len = 6; len < input.len; len++) {
			struct run run = run_stage(silt_bytes(input.ptr, len), 512);
			enum silt_inflate_end expected = len == first ? SILT_INFLATE_COMPLETE : SILT_INFLATE_TRUNCATED;
			assert_int_equal(run.report.end, expected);
			assert_true(run.out.len >= (len >= first ? 60 : 0));
			assert_int_equal(run.report.members, len >= first ? 1 : 0);
			if (expected == SILT_INFLATE_TRUNCATED) {
				assert_int_equal(run.report.damage_offset, len);
			}
			run_done(&run);
		}
		silt_buffer_done(&input);
	}
}

static void large_truncated_stream_gives_most_of_its_content(void **state)
{
	(void)state;
	for (size_t f = 0; f < SILT_COUNT(formats); f++) {
		struct silt_buffer input = {0};
		formats[f].add(&input, text(1 << 20));
		struct run run = run_stage(silt_bytes(input.ptr, input.len / 2), 4096);
		assert_int_equal(run.report.end, SILT_INFLATE_TRUNCATED);
		assert_true(run.out.len > 250000); /* half of it, less a block of the format */
		assert_memory_equal(run.out.ptr, text(1 << 20).ptr, run.out.len);
		run_done(&run);
		silt_buffer_done(&input);
	}
}

/*
 * Every bit of a stream flipped: nothing but a field that no check covers may pass unnoticed, and what comes out then
 * is the content.
 */
static void flipped_bits_never_change_content_unnoticed(void **state)
{
	(void)state;
	for (size_t f = 0; f < SILT_COUNT(formats); f++) {
		struct silt_buffer input = {0};
		formats[f].add(&input, text(40));
		for (size_t bit = 6 * 8; bit < input.len * 8; bit++) {
			input.ptr[bit / 8] ^= (uint8_t)(1 << bit % 8);
			struct run run = run_stage(silt_buffer_bytes(&input), 512);
			if (run.report.end == SILT_INFLATE_COMPLETE) {
				assert_true(silt_bytes_equal(silt_buffer_bytes(&run.out), text(40)));
			}
			run_done(&run);
			input.ptr[bit / 8] ^= (uint8_t)(1 << bit % 8);
		}
		silt_buffer_done(&input);
	}
}

static void bytes_behind_damage_come_aside(void **state)
{
	(void)state;
	for (size_t f = 0; f < SILT_COUNT(formats); f++) {
		struct silt_buffer input = {0};
		formats[f].add(&input, text(1 << 20));
		/* Not one format takes a long run of ones; deflate may find an end in it, and then bytes trail. */
		memset(input.ptr + input.len / 2, 0xFF, 64);
		silt_buffer_add_text(&input, "the very last bytes");
		struct run run = run_stage(silt_buffer_bytes(&input), 4096);
		assert_int_equal(run.report.end, SILT_INFLATE_DAMAGED);
		assert_true(run.out.len > 250000);
		assert_memory_equal(run.out.ptr, text(1 << 20).ptr, 250000);
		struct silt_bytes asides = silt_buffer_bytes(&run.asides);
		assert_true(silt_bytes_end_with(asides, SILT_LITERAL("the very last bytes\n")));
		run_done(&run);
		silt_buffer_done(&input);
	}
}

static void undecoded_bytes_start_where_the_damage_is(void **state)
{
	(void)state;
	struct silt_buffer input = {0};
	add_gzip(&input, SILT_LITERAL(""), NULL);
	input.ptr[10] = 0x07; /* a block of type 3, which there is not */
	silt_buffer_add_text(&input, "secret");
	struct run run = run_stage(silt_buffer_bytes(&input), 512);
	assert_int_equal(run.report.end, SILT_INFLATE_DAMAGED);
	char expected[100];
	snprintf(expected, sizeof(expected),
		 "compressed bytes that could not be decoded @%llu: ", (unsigned long long)run.report.damage_offset);
	assert_true(silt_bytes_start_with(silt_buffer_bytes(&run.asides), silt_bytes_text(expected)));
	assert_true(silt_bytes_end_with(silt_buffer_bytes(&run.asides), SILT_LITERAL("secret\n")));
	run_done(&run);
	silt_buffer_done(&input);
}

static void report_is_the_same_however_the_input_is_cut(void **state)
{
	(void)state;
	for (size_t f = 0; f < SILT_COUNT(formats); f++) {
		struct silt_buffer input = {0};
		formats[f].add(&input, text(400000));
		formats[f].add(&input, text(3));
		silt_buffer_add_text(&input, "tail");
		struct run whole = run_stage(silt_buffer_bytes(&input), 0);
		struct run cut = run_stage(silt_buffer_bytes(&input), 512);
		assert_true(silt_bytes_equal(silt_buffer_bytes(&whole.asides), silt_buffer_bytes(&cut.asides)));
		assert_true(silt_bytes_equal(silt_buffer_bytes(&whole.out), silt_buffer_bytes(&cut.out)));
		assert_memory_equal(&whole.report, &cut.report, sizeof(whole.report));
		run_done(&whole);
		run_done(&cut);
		silt_buffer_done(&input);
	}
}

static void place_of_a_limit_is_the_same_however_the_input_is_cut(void **state)
{
	(void)state;
	struct silt_limits limits = silt_default_limits;
	limits.value[SILT_LIMIT_LAYER_BYTES] = 300007;
	for (size_t f = 0; f < SILT_COUNT(formats); f++) {
		struct silt_buffer input = {0};
		formats[f].add(&input, text(3));
		formats[f].add(&input, text(900000));
		struct run whole = run_within(&limits, silt_buffer_bytes(&input), 0);
		struct run cut = run_within(&limits, silt_buffer_bytes(&input), 512);
		assert_int_equal(whole.report.end, SILT_INFLATE_LIMIT);
		assert_int_equal(whole.report.out, 300007);
		assert_memory_equal(&whole.report, &cut.report, sizeof(whole.report));
		run_done(&whole);
		run_done(&cut);
		silt_buffer_done(&input);
	}
}

static void place_of_a_long_name_is_the_same_however_the_input_is_cut(void **state)
{
	(void)state;
	char name[2000];
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	struct silt_limits limits = silt_default_limits;
	limits.value[SILT_LIMIT_GZIP_FIELD_BYTES] = 700;
	struct silt_buffer input = {0};
	add_gzip(&input, text(10), &(struct gzip_fields){.name = name});
	struct run whole = run_within(&limits, silt_buffer_bytes(&input), 0);
	struct run cut = run_within(&limits, silt_buffer_bytes(&input), 512);
	assert_int_equal(whole.report.end, SILT_INFLATE_LIMIT);
	assert_memory_equal(&whole.report, &cut.report, sizeof(whole.report));
	run_done(&whole);
	run_done(&cut);
	silt_buffer_done(&input);
}

/* ---- gzip ---------------------------------------------------------------------------------------------------------- */

static void gzip_header_fields_come_aside(void **state)
{
	(void)state;
	struct silt_buffer input = {0};
	struct gzip_fields fields = {
		.name = "secret.txt", .comment = "token", .extra = SILT_LITERAL("EXTRA"), .header_crc = true};
	add_gzip(&input, SILT_LITERAL("content"), &fields);
	expect(silt_buffer_bytes(&input), SILT_LITERAL("content"),
	       "gzip extra field @12: EXTRA\ngzip file name @17: secret.txt\ngzip comment @28: token\n",
	       SILT_INFLATE_COMPLETE, 1);
	silt_buffer_done(&input);
}

static void gzip_fields_of_later_members_come_too(void **state)
{
	(void)state;
	struct silt_buffer input = {0};
	add_gzip(&input, SILT_LITERAL("a"), NULL);
	char expected[100];
	snprintf(expected, sizeof(expected), "gzip comment @%zu: hidden\ngzip file name @", input.len + 10);
	add_gzip(&input, SILT_LITERAL("b"), &(struct gzip_fields){.comment = "hidden"});
	add_gzip(&input, SILT_LITERAL("c"), &(struct gzip_fields){.name = ""});
	struct run run = run_stage(silt_buffer_bytes(&input), 512);
	assert_true(silt_bytes_start_with(silt_buffer_bytes(&run.asides), silt_bytes_text(expected)));
	assert_int_equal(run.report.members, 3);
	run_done(&run);
	silt_buffer_done(&input);
}

static void gzip_fields_longer_than_a_block_come_whole(void **state)
{
	(void)state;
	char name[3001];
	memset(name, 'n', 3000);
	name[3000] = '\0';
	struct silt_buffer input = {0}, expected = {0};
	add_gzip(&input, SILT_LITERAL("c"), &(struct gzip_fields){.name = name, .extra = text(65535)});
	silt_buffer_add_text(&expected, "gzip extra field @12: ");
	silt_buffer_add(&expected, text(65535));
	silt_buffer_printf(&expected, "\ngzip file name @%d: %s\n", 12 + 65535, name);
	expect(silt_buffer_bytes(&input), SILT_LITERAL("c"), silt_buffer_text(&expected), SILT_INFLATE_COMPLETE, 1);
	silt_buffer_done(&input);
	silt_buffer_done(&expected);
}

static void gzip_name_beyond_the_limit_is_told_and_given(void **state)
{
	(void)state;
	enum { MOST = 64 * 1024 }; /* gzip-field-bytes */
	static char name[MOST + 2];
	for (size_t extra = 0; extra < 2; extra++) {
		memset(name, 'n', sizeof(name));
		name[MOST + extra] = '\0';
		struct silt_buffer input = {0};
		add_gzip(&input, SILT_LITERAL("content"), &(struct gzip_fields){.name = name});
		struct run run = run_stage(silt_buffer_bytes(&input), 4096);
		assert_int_equal(run.report.end, extra ? SILT_INFLATE_LIMIT : SILT_INFLATE_COMPLETE);
		assert_true(silt_bytes_equal(silt_buffer_bytes(&run.out), SILT_LITERAL("content")));
		assert_int_equal(run.asides.len, strlen("gzip file name @10: \n") + MOST + extra);
		run_done(&run);
		silt_buffer_done(&input);
	}
}

static void gzip_name_cut_off_is_closed(void **state)
{
	(void)state;
	struct silt_buffer input = {0};
	add_gzip(&input, SILT_LITERAL("c"), &(struct gzip_fields){.name = "secret.txt"});
	expect(silt_bytes(input.ptr, 16), SILT_LITERAL(""), "gzip file name @10: secret\n", SILT_INFLATE_TRUNCATED, 0);
	silt_buffer_done(&input);
}

static void expect_gzip_flaw(const struct gzip_fields *fields, uint64_t offset_from_end)
{
	struct silt_buffer input = {0};
	add_gzip(&input, SILT_LITERAL("one "), fields);
	uint64_t end = input.len;
	add_gzip(&input, SILT_LITERAL("two"), NULL);
	struct run run = run_stage(silt_buffer_bytes(&input), 512);
	assert_int_equal(run.report.end, SILT_INFLATE_DAMAGED);
	assert_int_equal(run.report.damage_offset, end - offset_from_end);
	assert_true(silt_bytes_equal(silt_buffer_bytes(&run.out), SILT_LITERAL("one two")));
	assert_int_equal(run.report.members, 2);
	run_done(&run);
	silt_buffer_done(&input);
}

static void gzip_wrong_checks_are_told_and_the_next_member_is_read(void **state)
{
	(void)state;
	expect_gzip_flaw(&(struct gzip_fields){.wrong_crc = 1}, 8);
	expect_gzip_flaw(&(struct gzip_fields){.wrong_length = 1}, 4);
	expect_gzip_flaw(&(struct gzip_fields){.header_crc = true, .wrong_header_crc = 1}, 8 + 6 + 2);
}

static void gzip_reserved_flags_are_damage(void **state)
{
	(void)state;
	struct silt_buffer input = {0};
	add_gzip(&input, SILT_LITERAL("content"), NULL);
	input.ptr[3] |= 0x20;
	expect(silt_buffer_bytes(&input), SILT_LITERAL("content"), "", SILT_INFLATE_DAMAGED, 1);
	silt_buffer_done(&input);
}

/* ---- zstd ---------------------------------------------------------------------------------------------------------- */

static void zstd_skippable_frames_come_aside_wherever_they_are(void **state)
{
	(void)state;
	struct silt_buffer input = {0};
	add_zstd_skippable(&input, 0, SILT_LITERAL("leading"));
	add_zstd(&input, SILT_LITERAL("one "));
	size_t middle = input.len + 8;
	add_zstd_skippable(&input, 15, SILT_LITERAL(""));
	add_zstd_skippable(&input, 3, SILT_LITERAL("middle"));
	add_zstd(&input, SILT_LITERAL("two"));
	size_t last = input.len + 8;
	add_zstd_skippable(&input, 14, text(1000));
	struct silt_buffer expected = {0};
	silt_buffer_printf(&expected, "zstd skippable frame @8: leading\nzstd skippable frame @%zu: \n", middle);
	silt_buffer_printf(&expected, "zstd skippable frame @%zu: middle\n", middle + 8);
	silt_buffer_printf(&expected, "zstd skippable frame @%zu: ", last);
	silt_buffer_add(&expected, text(1000));
	silt_buffer_add_byte(&expected, '\n');
	expect(silt_buffer_bytes(&input), SILT_LITERAL("one two"), silt_buffer_text(&expected), SILT_INFLATE_COMPLETE,
	       2);
	silt_buffer_done(&input);
	silt_buffer_done(&expected);
}

static void zstd_skippable_frame_cut_off_is_closed(void **state)
{
	(void)state;
	struct silt_buffer input = {0};
	add_zstd_skippable(&input, 0, SILT_LITERAL("leading"));
	expect(silt_bytes(input.ptr, 11), SILT_LITERAL(""), "zstd skippable frame @8: lea\n", SILT_INFLATE_TRUNCATED,
	       0);
	expect(silt_bytes(input.ptr, 7), SILT_LITERAL(""), "", SILT_INFLATE_TRUNCATED, 0);
	silt_buffer_done(&input);
}

static void zstd_window_beyond_the_limit_is_told(void **state)
{
	(void)state;
	enum { MOST = 27 }; /* zstd-window is 128 MiB */
	for (int log = MOST; log <= MOST + 1; log++) {
		struct silt_buffer input = {0};
		add_zstd_window(&input, SILT_LITERAL("content"), log);
		struct run run = run_stage(silt_buffer_bytes(&input), 512);
		bool within = log == MOST;
		assert_int_equal(run.report.end, within ? SILT_INFLATE_COMPLETE : SILT_INFLATE_LIMIT);
		assert_int_equal(run.out.len, within ? 7 : 0);
		run_done(&run);
		silt_buffer_done(&input);
	}
}

static void zstd_wrong_checksum_is_told_and_the_next_frame_is_read(void **state)
{
	(void)state;
	struct silt_buffer input = {0};
	add_zstd(&input, text(300000));
	input.ptr[input.len - 1] ^= 1;
	add_zstd(&input, SILT_LITERAL("next"));
	struct silt_buffer content = {0};
	silt_buffer_add(&content, text(300000));
	silt_buffer_add_text(&content, "next");
	expect(silt_buffer_bytes(&input), silt_buffer_bytes(&content), "", SILT_INFLATE_DAMAGED, 2);
	silt_buffer_done(&input);
	silt_buffer_done(&content);
}

/*
 *     28 B5 2F FD | 00 58         | 28 00 00       | hello | 07 00 00
 *     magic       | frame header  | raw, 5 bytes   |       | a kind of block that does not exist
 */
static void zstd_block_in_front_of_a_bad_one_is_given(void **state)
{
	(void)state;
	struct silt_buffer input = {0};
	silt_buffer_add(&input, SILT_LITERAL("\x28\xB5\x2F\xFD\x00\x58\x28\x00\x00hello\x07\x00\x00"));
	expect(silt_buffer_bytes(&input), SILT_LITERAL("hello"), "compressed bytes that could not be decoded @14: \x07",
	       SILT_INFLATE_DAMAGED, 0);
	silt_buffer_done(&input);
}

/* ---- xz ------------------------------------------------------------------------------------------------------------ */

static void xz_streams_may_follow_padding_of_four(void **state)
{
	(void)state;
	static const uint8_t zeros[8];
	for (size_t padding = 4; padding <= 8; padding++) {
		struct silt_buffer input = {0};
		add_xz(&input, SILT_LITERAL("one "));
		silt_buffer_add(&input, silt_bytes(zeros, padding));
		add_xz(&input, SILT_LITERAL("two"));
		struct run run = run_stage(silt_buffer_bytes(&input), 512);
		bool follows = padding % 4 == 0;
		assert_int_equal(run.report.members, follows ? 2 : 1);
		assert_int_equal(run.asides.len == 0, follows);
		run_done(&run);
		silt_buffer_done(&input);
	}
}

static void xz_memory_beyond_the_limit_is_told(void **state)
{
	(void)state;
	struct silt_buffer input = {0};
	add_xz_dictionary(&input, SILT_LITERAL("content"), (uint32_t)silt_default_limits.value[SILT_LIMIT_XZ_MEMORY]);
	struct run run = run_stage(silt_buffer_bytes(&input), 512);
	assert_int_equal(run.report.end, SILT_INFLATE_LIMIT);
	run_done(&run);
	silt_buffer_done(&input);
}

/* ---- No compression ------------------------------------------------------------------------------------------------ */

static void plain_blocks_pass_untouched(void **state)
{
	(void)state;
	struct silt_memory_source memory = {text(100000)};
	struct silt_inflate *stage = NULL;
	assert_int_equal(silt_inflate_new(silt_memory_source(&memory), NULL, NULL, NULL, &stage, NULL), SILT_OK);
	struct silt_bytes block;
	assert_int_equal(silt_source_next(silt_inflate_source(stage), &block, NULL), SILT_OK);
	assert_ptr_equal(block.ptr, text(100000).ptr);
	assert_int_equal(block.len, 100000);
	silt_inflate_free(stage);
	expect(text(5000), text(5000), "", SILT_INFLATE_COMPLETE, 0);
	expect(silt_bytes(NULL, 0), silt_bytes(NULL, 0), "", SILT_INFLATE_COMPLETE, 0);
	expect(SILT_LITERAL("\x1f\x8b"), SILT_LITERAL("\x1f\x8b"), "", SILT_INFLATE_COMPLETE, 0);
}

static void magic_decides(void **state)
{
	(void)state;
	assert_int_equal(silt_compression_sniff(SILT_LITERAL("\x1f\x8b\x08")), SILT_COMPRESSION_GZIP);
	assert_int_equal(silt_compression_sniff(SILT_LITERAL("\x1f\x8b\x07")), SILT_COMPRESSION_NONE);
	assert_int_equal(silt_compression_sniff(SILT_LITERAL("\x28\xb5\x2f\xfd")), SILT_COMPRESSION_ZSTD);
	assert_int_equal(silt_compression_sniff(SILT_LITERAL("\x50\x2a\x4d\x18")), SILT_COMPRESSION_ZSTD);
	assert_int_equal(silt_compression_sniff(SILT_LITERAL("\x5f\x2a\x4d\x18")), SILT_COMPRESSION_ZSTD);
	assert_int_equal(silt_compression_sniff(SILT_LITERAL("\x60\x2a\x4d\x18")), SILT_COMPRESSION_NONE);
	assert_int_equal(silt_compression_sniff(SILT_LITERAL("\xfd\x37\x7a\x58\x5a\x00")), SILT_COMPRESSION_XZ);
	assert_int_equal(silt_compression_sniff(SILT_LITERAL("\xfd\x37\x7a\x58\x5a")), SILT_COMPRESSION_NONE);
	assert_int_equal(silt_compression_sniff(SILT_LITERAL("BZh")), SILT_COMPRESSION_BZIP2);
	assert_int_equal(silt_compression_sniff(silt_bytes(NULL, 0)), SILT_COMPRESSION_NONE);
}

/* ---- Looking at the start, and failures ---------------------------------------------------------------------------- */

static void start_alone_is_decoded_as_far_as_it_goes(void **state)
{
	(void)state;
	for (size_t f = 0; f < SILT_COUNT(formats); f++) {
		struct silt_buffer input = {0};
		formats[f].add(&input, text(1 << 20));
		uint8_t out[512];
		size_t len = 0;
		/* Half of it: bzip2 and zstd give nothing before a whole block. */
		struct silt_bytes half = silt_bytes(input.ptr, input.len / 2);
		assert_int_equal(silt_inflate_start(half, &silt_default_limits, out, sizeof(out), &len, NULL), SILT_OK);
		assert_int_equal(len, sizeof(out));
		assert_memory_equal(out, text(512).ptr, 512);
		assert_int_equal(silt_inflate_start(silt_bytes(input.ptr, 8), &silt_default_limits, out, sizeof(out),
						    &len, NULL),
				 SILT_OK);
		assert_int_equal(len, 0);
		silt_buffer_done(&input);
	}
	uint8_t out[4];
	size_t len = 9;
	assert_int_equal(silt_inflate_start(SILT_LITERAL("plain"), &silt_default_limits, out, sizeof(out), &len, NULL),
			 SILT_OK);
	assert_int_equal(len, 4);
	assert_memory_equal(out, "plai", 4);
}

static void failure_of_the_source_passes_through(void **state)
{
	(void)state;
	for (size_t f = 0; f < SILT_COUNT(formats); f++) {
		struct silt_buffer input = {0};
		formats[f].add(&input, text(200000));
		for (size_t blocks = 1; blocks < 4; blocks++) {
			struct chopped_source source = {
				.rest = silt_buffer_bytes(&input), .block_len = 1024, .fail_after = blocks};
			struct silt_inflate *stage = NULL;
			struct silt_error err = {0};
			assert_int_equal(silt_inflate_new(chopped_source(&source), NULL, NULL, NULL, &stage, &err),
					 SILT_OK);
			assert_int_equal(silt_source_drain(silt_inflate_source(stage), &err), SILT_ERR_IO);
			assert_string_equal(err.text, "the disk is gone");
			silt_inflate_free(stage);
			chopped_source_done(&source);
		}
		silt_buffer_done(&input);
	}
}

static enum silt_status refuse_aside(void *ctx, enum silt_aside aside, uint64_t offset, bool start, bool end,
				     struct silt_bytes bytes, struct silt_error *err)
{
	(void)ctx, (void)aside, (void)offset, (void)start, (void)end, (void)bytes;
	return silt_fail(err, SILT_ERR_STOPPED, "enough");
}

static void aside_function_can_stop_the_stage(void **state)
{
	(void)state;
	struct silt_buffer input = {0};
	add_gzip(&input, SILT_LITERAL("c"), &(struct gzip_fields){.name = "n"});
	struct silt_memory_source memory = {silt_buffer_bytes(&input)};
	struct silt_inflate *stage = NULL;
	struct silt_error err = {0};
	assert_int_equal(silt_inflate_new(silt_memory_source(&memory), refuse_aside, NULL, NULL, &stage, &err),
			 SILT_OK);
	assert_int_equal(silt_source_drain(silt_inflate_source(stage), &err), SILT_ERR_STOPPED);
	silt_inflate_free(stage);
	silt_buffer_done(&input);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(content_of_any_length_comes_back_in_full_blocks),
		cmocka_unit_test(all_members_are_read_to_the_true_end),
		cmocka_unit_test(many_small_members_fill_blocks_together),
		cmocka_unit_test(zeros_behind_the_last_member_are_padding),
		cmocka_unit_test(other_bytes_behind_the_last_member_are_a_trailer),
		cmocka_unit_test(trailer_behind_padding_starts_with_its_first_byte),
		cmocka_unit_test(member_of_another_format_is_a_trailer),
		cmocka_unit_test(truncation_at_every_byte_is_told_and_keeps_what_was_decoded),
		cmocka_unit_test(large_truncated_stream_gives_most_of_its_content),
		cmocka_unit_test(flipped_bits_never_change_content_unnoticed),
		cmocka_unit_test(bytes_behind_damage_come_aside),
		cmocka_unit_test(undecoded_bytes_start_where_the_damage_is),
		cmocka_unit_test(report_is_the_same_however_the_input_is_cut),
		cmocka_unit_test(place_of_a_limit_is_the_same_however_the_input_is_cut),
		cmocka_unit_test(place_of_a_long_name_is_the_same_however_the_input_is_cut),
		cmocka_unit_test(gzip_header_fields_come_aside),
		cmocka_unit_test(gzip_fields_of_later_members_come_too),
		cmocka_unit_test(gzip_fields_longer_than_a_block_come_whole),
		cmocka_unit_test(gzip_name_beyond_the_limit_is_told_and_given),
		cmocka_unit_test(gzip_name_cut_off_is_closed),
		cmocka_unit_test(gzip_wrong_checks_are_told_and_the_next_member_is_read),
		cmocka_unit_test(gzip_reserved_flags_are_damage),
		cmocka_unit_test(zstd_skippable_frames_come_aside_wherever_they_are),
		cmocka_unit_test(zstd_skippable_frame_cut_off_is_closed),
		cmocka_unit_test(zstd_window_beyond_the_limit_is_told),
		cmocka_unit_test(zstd_wrong_checksum_is_told_and_the_next_frame_is_read),
		cmocka_unit_test(zstd_block_in_front_of_a_bad_one_is_given),
		cmocka_unit_test(xz_streams_may_follow_padding_of_four),
		cmocka_unit_test(xz_memory_beyond_the_limit_is_told),
		cmocka_unit_test(plain_blocks_pass_untouched),
		cmocka_unit_test(magic_decides),
		cmocka_unit_test(start_alone_is_decoded_as_far_as_it_goes),
		cmocka_unit_test(failure_of_the_source_passes_through),
		cmocka_unit_test(aside_function_can_stop_the_stage),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
