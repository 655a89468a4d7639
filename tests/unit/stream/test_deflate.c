/* One stream of deflate, however it is cut, and where it ends. */
#include "cmocka_test.h"
#include "compress.h"

#include "stream/deflate.h"

#include <stdlib.h>

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

static void expect_content(bool zlib, size_t piece, size_t room)
{
	struct silt_buffer content = content_of(100000), packed = {0}, out = {0};
	add_deflate(&packed, silt_buffer_bytes(&content), zlib);
	silt_buffer_add_text(&packed, "what follows");
	struct silt_deflate *deflate = make(zlib ? SILT_DEFLATE_ZLIB : SILT_DEFLATE_BARE);
	struct silt_bytes in = silt_buffer_bytes(&packed);
	assert_int_equal(decode(deflate, &in, piece, room, &out), SILT_DEFLATE_END);
	assert_true(silt_bytes_equal(in, SILT_LITERAL("what follows")));
	assert_true(silt_bytes_equal(silt_buffer_bytes(&out), silt_buffer_bytes(&content)));
	silt_deflate_free(deflate);
	silt_buffer_done(&content);
	silt_buffer_done(&packed);
	silt_buffer_done(&out);
}

static void a_stream_ends_where_it_says_however_it_is_cut(void **state)
{
	(void)state;
	static const size_t sizes[] = {1, 7, 4096, 1000000};
	for (size_t i = 0; i < SILT_COUNT(sizes); i++) {
		for (size_t j = 0; j < SILT_COUNT(sizes); j++) {
			expect_content(false, sizes[i], sizes[j]);
			expect_content(true, sizes[i], sizes[j]);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stream_ends_where_it_says_however_it_is_cut),
		cmocka_unit_test(one_decoder_reads_many_streams),
		cmocka_unit_test(wrong_check_value_of_the_frame_is_broken),
		cmocka_unit_test(broken_streams_are_told),
		cmocka_unit_test(stream_without_its_end_wants_more),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
