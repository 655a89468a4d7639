/* One stream of deflate, however it is cut, and where it ends: by every engine. */
#include "cmocka_test.h"
#include "compress.h"

#include "stream/deflate_engine.h"

#include <stdlib.h>

static struct silt_deflate *make_by(const struct silt_deflate_engine *engine, enum silt_deflate_frame frame)
{
	struct silt_deflate *deflate = NULL;
	assert_int_equal(silt_deflate_new_by(engine, frame, &deflate, NULL), SILT_OK);
	silt_deflate_begin(deflate);
	return deflate;
}

static struct silt_deflate *make(enum silt_deflate_frame frame)
{
	struct silt_deflate *deflate = NULL;
	assert_int_equal(silt_deflate_new(frame, &deflate, NULL), SILT_OK);
	silt_deflate_begin(deflate);
	return deflate;
}

/* Text of `len` bytes that deflate makes shorter, but not much. */
static struct silt_buffer content_of(size_t len)
{
	struct silt_buffer content = {0};
	for (size_t i = 0; content.len < len; i++) {
		silt_buffer_printf(&content, "%zu:%zu ", i, i * i * 7919);
	}
	assert_false(content.failed);
	content.len = len;
	return content;
}

/* Decodes all of `in`, given in pieces of `piece` bytes, with room for `room` at a time; what is left of it stays. */
static enum silt_deflate_step decode(struct silt_deflate *deflate, struct silt_bytes *in, size_t piece, size_t room,
				     struct silt_buffer *out)
{
	uint8_t *space = malloc(room);
	assert_non_null(space);
	enum silt_deflate_step step;
	size_t len;
	do {
		struct silt_bytes given = silt_bytes_slice(*in, 0, piece);
		size_t before = given.len;
		step = silt_deflate_next(deflate, &given, space, room, &len);
		assert_true(step != SILT_DEFLATE_MORE || given.len == 0 || len == room);
		*in = silt_bytes_slice(*in, before - given.len, SIZE_MAX);
		silt_buffer_add(out, silt_bytes(space, len));
	} while (step == SILT_DEFLATE_MORE && (in->len > 0 || len > 0));
	free(space);
	return step;
}

static void expect_content(const struct silt_deflate_engine *engine, enum silt_deflate_frame frame, size_t piece,
			   size_t room)
{
	struct silt_buffer content = content_of(100000), packed = {0}, out = {0};
	add_deflate(&packed, silt_buffer_bytes(&content), frame == SILT_DEFLATE_ZLIB);
	silt_buffer_add_text(&packed, "what follows");
	struct silt_deflate *deflate = make_by(engine, frame);
	struct silt_bytes in = silt_buffer_bytes(&packed);
	assert_int_equal(decode(deflate, &in, piece, room, &out), SILT_DEFLATE_END);
	assert_true(silt_bytes_equal(in, SILT_LITERAL("what follows")));
	assert_true(silt_bytes_equal(silt_buffer_bytes(&out), silt_buffer_bytes(&content)));
	silt_deflate_free(deflate);
	silt_buffer_done(&content);
	silt_buffer_done(&packed);
	silt_buffer_done(&out);
}

static void expect_content_however_cut(const struct silt_deflate_engine *engine, enum silt_deflate_frame frame)
{
	static const size_t sizes[] = {1, 7, 4096, 1000000};
	for (size_t i = 0; i < SILT_COUNT(sizes); i++) {
		for (size_t j = 0; j < SILT_COUNT(sizes); j++) {
			expect_content(engine, frame, sizes[i], sizes[j]);
		}
	}
}

static void a_stream_ends_where_it_says_however_it_is_cut(void **state)
{
	(void)state;
	for (const struct silt_deflate_engine *const *engine = silt_deflate_engines; *engine; engine++) {
		print_message("by %s\n", (*engine)->name);
		expect_content_however_cut(*engine, SILT_DEFLATE_BARE);
		if (*engine == &silt_deflate_zlib) {
			expect_content_however_cut(*engine, SILT_DEFLATE_ZLIB);
		}
	}
}

static void expect_both_blocks(const struct silt_deflate_engine *engine, size_t cut, size_t room)
{
	static const struct silt_bytes first = SILT_LITERAL_INIT("begin");
	struct silt_buffer content = content_of(600), packed = {0}, out = {0};
	add_deflate_of_two_blocks(&packed, first, silt_buffer_bytes(&content));
	struct silt_deflate *deflate = make_by(engine, SILT_DEFLATE_BARE);
	struct silt_bytes in = silt_bytes(packed.ptr, cut), rest = silt_bytes(packed.ptr + cut, packed.len - cut);
	assert_int_equal(decode(deflate, &in, SIZE_MAX, room, &out), SILT_DEFLATE_MORE);
	assert_int_equal(in.len, 0);
	assert_int_equal(decode(deflate, &rest, SIZE_MAX, room, &out), SILT_DEFLATE_END);
	assert_int_equal(rest.len, 0);
	assert_true(silt_bytes_start_with(silt_buffer_bytes(&out), first));
	assert_true(
		silt_bytes_equal(silt_bytes(out.ptr + first.len, out.len - first.len), silt_buffer_bytes(&content)));
	silt_deflate_free(deflate);
	silt_buffer_done(&content);
	silt_buffer_done(&packed);
	silt_buffer_done(&out);
}

/* The input ends in a table of codes, while what was decoded in front of it is waiting for room. */
static void a_table_of_codes_may_be_cut_anywhere(void **state)
{
	(void)state;
	for (const struct silt_deflate_engine *const *engine = silt_deflate_engines; *engine; engine++) {
		print_message("by %s\n", (*engine)->name);
		for (size_t cut = 1; cut < 80; cut++) {
			for (size_t room = 1; room < 10; room++) {
				expect_both_blocks(*engine, cut, room);
			}
		}
	}
}

/* The end in any place of a word: nothing behind it may be taken. */
static void what_follows_is_left_at_any_length(void **state)
{
	(void)state;
	for (const struct silt_deflate_engine *const *engine = silt_deflate_engines; *engine; engine++) {
		for (size_t len = 0; len < 64; len++) {
			struct silt_buffer packed = {0}, content = content_of(len), out = {0};
			add_deflate(&packed, silt_buffer_bytes(&content), false);
			silt_buffer_add_text(&packed, "what follows");
			struct silt_bytes in = silt_buffer_bytes(&packed);
			struct silt_deflate *deflate = make_by(*engine, SILT_DEFLATE_BARE);
			assert_int_equal(decode(deflate, &in, SIZE_MAX, len + 1, &out), SILT_DEFLATE_END);
			assert_true(silt_bytes_equal(in, SILT_LITERAL("what follows")));
			assert_true(silt_bytes_equal(silt_buffer_bytes(&out), silt_buffer_bytes(&content)));
			silt_deflate_free(deflate);
			silt_buffer_done(&packed);
			silt_buffer_done(&content);
			silt_buffer_done(&out);
		}
	}
}

static void one_decoder_reads_many_streams(void **state)
{
	(void)state;
	struct silt_buffer packed = {0};
	add_deflate(&packed, SILT_LITERAL("one"), true);
	add_deflate(&packed, SILT_LITERAL(""), true);
	add_deflate(&packed, SILT_LITERAL("three"), true);
	static const char *const expected[] = {"one", "", "three"};
	struct silt_bytes in = silt_buffer_bytes(&packed);
	struct silt_deflate *deflate = make(SILT_DEFLATE_ZLIB);
	for (size_t i = 0; i < SILT_COUNT(expected); i++) {
		struct silt_buffer out = {0};
		silt_deflate_begin(deflate);
		assert_int_equal(decode(deflate, &in, SIZE_MAX, 64, &out), SILT_DEFLATE_END);
		assert_string_equal(silt_buffer_text(&out), expected[i]);
		silt_buffer_done(&out);
	}
	assert_int_equal(in.len, 0);
	silt_deflate_free(deflate);
	silt_deflate_free(NULL);
	silt_buffer_done(&packed);
}

static enum silt_deflate_step step_over(enum silt_deflate_frame frame, struct silt_bytes in)
{
	uint8_t out[64];
	size_t len;
	struct silt_deflate *deflate = make(frame);
	enum silt_deflate_step step = silt_deflate_next(deflate, &in, out, sizeof(out), &len);
	silt_deflate_free(deflate);
	return step;
}

static void wrong_check_value_of_the_frame_is_broken(void **state)
{
	(void)state;
	struct silt_buffer packed = {0};
	add_deflate(&packed, SILT_LITERAL("checked"), true);
	assert_int_equal(step_over(SILT_DEFLATE_ZLIB, silt_buffer_bytes(&packed)), SILT_DEFLATE_END);
	packed.ptr[packed.len - 1] ^= 1;
	assert_int_equal(step_over(SILT_DEFLATE_ZLIB, silt_buffer_bytes(&packed)), SILT_DEFLATE_BROKEN);
	silt_buffer_done(&packed);
}

static void broken_streams_are_told(void **state)
{
	(void)state;
	/* A block of type 3; a stored block whose length and its complement disagree; text where zlib's header is due;
	 * a preset dictionary, which nobody has. */
	assert_int_equal(step_over(SILT_DEFLATE_BARE, SILT_LITERAL("\x07")), SILT_DEFLATE_BROKEN);
	assert_int_equal(step_over(SILT_DEFLATE_BARE, SILT_LITERAL("\x01\x01\x00\x00\x00")), SILT_DEFLATE_BROKEN);
	assert_int_equal(step_over(SILT_DEFLATE_ZLIB, SILT_LITERAL("text")), SILT_DEFLATE_BROKEN);
	assert_int_equal(step_over(SILT_DEFLATE_ZLIB, SILT_LITERAL("\x78\xbb\x00\x00\x00\x01")), SILT_DEFLATE_BROKEN);
}

static void stream_without_its_end_wants_more(void **state)
{
	(void)state;
	struct silt_buffer packed = {0};
	add_deflate(&packed, SILT_LITERAL("cut off"), false);
	assert_int_equal(step_over(SILT_DEFLATE_BARE, silt_bytes(packed.ptr, packed.len - 1)), SILT_DEFLATE_MORE);
	assert_int_equal(step_over(SILT_DEFLATE_BARE, silt_bytes(NULL, 0)), SILT_DEFLATE_MORE);
	silt_buffer_done(&packed);
}

/*
 * Codes and what becomes of them. Docker and podman read layers by Go's compress/flate (1.26 was asked), which answers as
 * zlib does in all of these: an engine may take more, never less.
 */
static const struct {
	const char *what;
	enum {
		WHOLE, /* read to its end, by all */
		LOOSE, /* leaves codes over: ISA-L does not mind */
		WRONG, /* refused by all */
	} answer;
	struct silt_bytes stream;
} codes[] = {
	{"complete codes", WHOLE,
	 SILT_LITERAL_INIT("\x05\xe1\xb7\x0d\x00\x00\x0c\xc3\x30\xdc\x4a\xfd\x7f\x84\x48\x0d")},
	{"one distance, of one bit", WHOLE,
	 SILT_LITERAL_INIT("\x0d\xe0\xb7\x0d\x00\x00\x0c\xc3\x30\xdc\x2a\xfd\x7f\x84\x44\x16")},
	{"one distance, of one bit, and the other bit used", WRONG,
	 SILT_LITERAL_INIT("\x0d\xe0\xb7\x0d\x00\x00\x0c\xc3\x30\xdc\x2a\xfd\x7f\x84\x44\x1e")},
	{"no distance", WHOLE, SILT_LITERAL_INIT("\x05\xe0\xb7\x0d\x00\x00\x0c\xc3\x30\xdc\x4a\xfd\x7f\x84\xa0\x01")},
	{"no distance, and one used", WRONG,
	 SILT_LITERAL_INIT("\x0d\xe0\xb7\x0d\x00\x00\x0c\xc3\x30\xdc\x2a\xfd\x7f\x84\x04\x16")},
	{"one distance, of two bits", LOOSE,
	 SILT_LITERAL_INIT("\x0d\xe0\xb7\x0d\x00\x00\x0c\xc3\x30\xdc\x2a\xfd\x7f\x84\x24\x26")},
	{"distances that leave codes over", LOOSE,
	 SILT_LITERAL_INIT("\x0d\xe1\xb7\x0d\x00\x00\x0c\xc3\x30\xdc\x2a\xfd\x7f\x84\x24\x31\x01")},
	{"distances that leave codes over, none used", LOOSE,
	 SILT_LITERAL_INIT("\x05\xe1\xb7\x0d\x00\x00\x0c\xc3\x30\xdc\x4a\xfd\x7f\x84\x24\x0d")},
	{"too many distances", WRONG,
	 SILT_LITERAL_INIT("\x05\xe2\xb7\x0d\x00\x00\x0c\xc3\x30\xdc\x4a\xfd\x7f\x84\x48\x6a")},
	{"literals that leave codes over", LOOSE,
	 SILT_LITERAL_INIT("\x05\xe1\xb7\x0d\x00\x00\x0c\xc3\x30\xdc\x2a\xfd\x7f\x84\x48\x0c")},
	{"one literal, the end, of one bit", WHOLE,
	 SILT_LITERAL_INIT("\x05\xe1\xb7\x0d\x00\x00\x0c\xc3\x30\xfc\xff\x35\x49")},
	{"one literal, the end, of two bits", LOOSE,
	 SILT_LITERAL_INIT("\x05\xe1\xb7\x0d\x00\x00\x0c\xc3\x30\xfc\xff\xb5\x48\x00")},
	{"too many literals", WRONG,
	 SILT_LITERAL_INIT("\x05\xe1\xb7\x0d\x00\x00\x0c\xc3\x30\xdc\x4a\xfe\x7f\x84\x48\x07")},
	{"no literal", WRONG, SILT_LITERAL_INIT("\x05\xe1\xb7\x0d\x00\x00\x0c\xc3\x30\xfc\x7f\x36\x09\x00")},
	{"287 literals stated", WRONG,
	 SILT_LITERAL_INIT("\xf5\xe1\xb7\x0d\x00\x00\x0c\xc3\x30\xdc\x4a\xfd\x7f\x84\x3e\x21\x35")},
	{"literal 286 has a code", WRONG,
	 SILT_LITERAL_INIT("\xf5\xe1\xb7\x0d\x00\x00\x0c\xc3\x30\xdc\x4a\xfd\x7f\x84\x2f\x31\xa9\x01")},
	{"31 distances stated", WRONG,
	 SILT_LITERAL_INIT("\x05\xfe\xb7\x0d\x00\x00\x0c\xc3\x30\xdc\x4a\xfd\x7f\x84\xc8\x4b\x34")},
	{"distance 30 has a code", WRONG,
	 SILT_LITERAL_INIT("\x0d\xfe\xb7\x0d\x00\x00\x0c\xc3\x30\xdc\x2a\xfd\x7f\x84\xc4\x4b\xc8\x03")},
	{"code lengths that leave codes over", LOOSE,
	 SILT_LITERAL_INIT("\x05\xe1\x81\x0d\x00\x00\x00\xc0\x30\xd8\x4a\xf9\x6f\x84\x48\x0d")},
	{"repeat in front of the first", WRONG,
	 SILT_LITERAL_INIT("\x05\xe1\xb7\x0d\x00\x00\x0c\xc3\x30\x94\xff\x9f\x16\x39")},
	{"repeat beyond the last", WRONG,
	 SILT_LITERAL_INIT("\x05\xe1\xb7\x0d\x00\x00\x0c\xc3\x30\xfc\xff\x35\xff\x1f")},
	{"repeat across literals and distances", WHOLE,
	 SILT_LITERAL_INIT("\x05\xe3\xb7\x0d\x00\x00\x0c\xc3\x30\xdc\x4a\xfd\x7f\x84\x9a\x06")},
	{"fixed: literal 286", WRONG, SILT_LITERAL_INIT("\x4b\x1c\x03\x00")},
	{"fixed: distance 30", WRONG, SILT_LITERAL_INIT("\x4b\x04\x3e\x00")},
	{"distance beyond the start", WRONG, SILT_LITERAL_INIT("\x4b\x04\x42\x00")},
	{"length 258 in two ways", WHOLE, SILT_LITERAL_INIT("\x4b\x1c\xf9\x00\x00")},
	{"stored, of no bytes", WHOLE, SILT_LITERAL_INIT("\x01\x00\x00\xff\xff")},
	{"stored: complement wrong", WRONG, SILT_LITERAL_INIT("\x01\x01\x00\xff\xff\x61")},
	{"stored: bits skipped are set", WHOLE, SILT_LITERAL_INIT("\xf9\x01\x00\xfe\xff\x61")},
	{"block of type 3", WRONG, SILT_LITERAL_INIT("\x07\x00\x00\x00")},
};

static void expect_answers(const struct silt_deflate_engine *engine)
{
	struct silt_deflate *deflate = make_by(engine, SILT_DEFLATE_BARE); /* one for all: nothing stays of the last */
	for (size_t i = 0; i < SILT_COUNT(codes); i++) {
		struct silt_bytes in = codes[i].stream;
		uint8_t out[512];
		size_t len;
		silt_deflate_begin(deflate);
		enum silt_deflate_step step = silt_deflate_next(deflate, &in, out, sizeof(out), &len);
		print_message("%s: %s\n", engine->name, codes[i].what);
		if (codes[i].answer == WHOLE) {
			assert_int_equal(step, SILT_DEFLATE_END);
		} else if (codes[i].answer == WRONG || engine == &silt_deflate_zlib) {
			assert_int_equal(step, SILT_DEFLATE_BROKEN);
		}
	}
	silt_deflate_free(deflate);
}

static void what_others_read_is_read_by_every_engine(void **state)
{
	(void)state;
	for (const struct silt_deflate_engine *const *engine = silt_deflate_engines; *engine; engine++) {
		expect_answers(*engine);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stream_ends_where_it_says_however_it_is_cut),
		cmocka_unit_test(a_table_of_codes_may_be_cut_anywhere),
		cmocka_unit_test(what_follows_is_left_at_any_length),
		cmocka_unit_test(one_decoder_reads_many_streams),
		cmocka_unit_test(wrong_check_value_of_the_frame_is_broken),
		cmocka_unit_test(broken_streams_are_told),
		cmocka_unit_test(stream_without_its_end_wants_more),
		cmocka_unit_test(what_others_read_is_read_by_every_engine),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
