/* Bytes packed by zstd in memory, and what is no such frame. */
#include "cmocka_test.h"

#include "stream/pack_zstd.h"

#include <stdlib.h>

enum { SIZE = 100000 };

static const uint8_t *sample(void)
{
	static uint8_t bytes[SIZE];
	for (size_t i = 0; i < SIZE; i++) {
		bytes[i] = (uint8_t)(i / 100 * 7);
	}
	return bytes;
}

static struct silt_buffer packed(struct silt_bytes bytes)
{
	struct silt_buffer frame = {0};
	struct silt_error err = {0};
	assert_int_equal(silt_zstd_pack(bytes, &frame, &err), SILT_OK);
	return frame;
}

static enum silt_status unpack(struct silt_bytes frame, uint8_t *out, size_t size)
{
	struct silt_error err = {0};
	const enum silt_status status = silt_zstd_unpack(frame, out, size, &err);
	assert_int_equal(status, err.status);
	return status;
}

static void what_was_packed_comes_back(void **state)
{
	(void)state;
	static uint8_t out[SIZE];
	struct silt_buffer frame = packed(silt_bytes(sample(), SIZE)), empty = packed(silt_bytes(NULL, 0));
	assert_true(frame.len < SIZE / 10);
	assert_int_equal(unpack(silt_buffer_bytes(&frame), out, SIZE), SILT_OK);
	assert_memory_equal(out, sample(), SIZE);
	assert_int_equal(unpack(silt_buffer_bytes(&empty), out, 0), SILT_OK);
	silt_buffer_done(&frame);
	silt_buffer_done(&empty);
}

static void a_frame_of_another_size_is_refused(void **state)
{
	(void)state;
	static uint8_t out[SIZE + 1];
	struct silt_buffer frame = packed(silt_bytes(sample(), SIZE));
	assert_int_equal(unpack(silt_buffer_bytes(&frame), out, SIZE - 1), SILT_ERR_INPUT);
	assert_int_equal(unpack(silt_buffer_bytes(&frame), out, SIZE + 1), SILT_ERR_INPUT);
	silt_buffer_done(&frame);
}

static void what_is_cut_or_followed_by_more_is_refused(void **state)
{
	(void)state;
	static uint8_t out[2 * SIZE];
	struct silt_buffer frame = packed(silt_bytes(sample(), SIZE)), two = {0};
	for (size_t len = 0; len < frame.len; len++) {
		assert_int_equal(unpack(silt_bytes(frame.ptr, len), out, SIZE), SILT_ERR_INPUT);
	}
	silt_buffer_add(&two, silt_buffer_bytes(&frame));
	silt_buffer_add(&two, silt_buffer_bytes(&frame));
	assert_int_equal(unpack(silt_buffer_bytes(&two), out, 2 * SIZE), SILT_ERR_INPUT);
	silt_buffer_done(&frame);
	silt_buffer_done(&two);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_packed_comes_back),
		cmocka_unit_test(a_frame_of_another_size_is_refused),
		cmocka_unit_test(what_is_cut_or_followed_by_more_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
