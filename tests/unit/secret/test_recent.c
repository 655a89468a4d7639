/* Runs of bytes across the seams of a stream. */
#include "check.h"

#include "base/secure.h"
#include "secret/recent.h"

enum { KEEP = 10, TOTAL = 200 };

static uint8_t stream[TOTAL];

static void assert_run(struct silt_recent *recent, uint64_t at, size_t len)
{
	struct silt_bytes run = silt_recent_bytes(recent, at, len);
	assert_int_equal(run.len, len);
	assert_memory_equal(run.ptr, stream + at, len);
}

/* Every run that may be asked for while a block is there. */
static void assert_all_runs(struct silt_recent *recent)
{
	uint64_t block_at = recent->fed - recent->block.len;
	for (uint64_t at = block_at > KEEP ? block_at - KEEP : 0; at < recent->fed; at++) {
		for (size_t len = 1; len <= KEEP && len <= recent->fed - at; len++) {
			assert_run(recent, at, len);
		}
	}
}

static void every_run_is_whole_whatever_the_blocks(void **state)
{
	(void)state;
	struct silt_recent recent;
	assert_true(silt_recent_init(&recent, KEEP));
	for (size_t size = 1; size <= 4 * KEEP; size++) {
		silt_recent_reset(&recent);
		for (size_t at = 0; at < TOTAL; at += size) {
			silt_recent_push(&recent, silt_bytes_slice(silt_bytes(stream, TOTAL), at, size));
			assert_all_runs(&recent);
			silt_recent_settle(&recent);
		}
		assert_int_equal(recent.fed, TOTAL);
	}
	silt_recent_done(&recent);
}

static void blocks_that_nobody_asks_about_are_carried_too(void **state)
{
	(void)state;
	struct silt_recent recent;
	assert_true(silt_recent_init(&recent, KEEP));
	for (size_t at = 0; at < TOTAL - KEEP; at += 3) {
		silt_recent_push(&recent, silt_bytes(stream + at, 3));
		silt_recent_settle(&recent);
		silt_recent_push(&recent, silt_bytes(NULL, 0));
		silt_recent_settle(&recent);
	}
	silt_recent_push(&recent, silt_bytes(stream + recent.fed, 2));
	assert_all_runs(&recent);
	silt_recent_done(&recent);
}

static void nothing_is_carried_where_nothing_is_kept(void **state)
{
	(void)state;
	struct silt_recent recent;
	assert_true(silt_recent_init(&recent, KEEP));
	silt_recent_begin(&recent, 0);
	silt_recent_push(&recent, silt_bytes(stream, TOTAL));
	silt_recent_settle(&recent);
	silt_recent_push(&recent, silt_bytes(NULL, 0));
	silt_recent_settle(&recent);
	assert_int_equal(recent.carry_used, 0);
	assert_int_equal(recent.fed, TOTAL);
	silt_recent_done(&recent);
}

static void a_run_in_the_block_is_not_copied(void **state)
{
	(void)state;
	struct silt_recent recent;
	assert_true(silt_recent_init(&recent, KEEP));
	silt_recent_push(&recent, silt_bytes(stream, TOTAL));
	assert_ptr_equal(silt_recent_bytes(&recent, 17, KEEP).ptr, stream + 17);
	assert_int_equal(recent.carry_used, 0);
	silt_recent_done(&recent);
}

static void nothing_of_a_stream_is_left_behind(void **state)
{
	(void)state;
	struct silt_recent recent;
	assert_true(silt_recent_init(&recent, KEEP));
	for (size_t at = 0; at < TOTAL; at += 7) {
		silt_recent_push(&recent, silt_bytes_slice(silt_bytes(stream, TOTAL), at, 7));
		assert_all_runs(&recent);
		silt_recent_settle(&recent);
	}
	assert_true(recent.carry_used > 2 * KEEP);
	silt_recent_reset(&recent);
	assert_true(silt_bytes_all(silt_bytes(recent.carry, 3 * KEEP), 0));
	silt_recent_done(&recent);
}

static int fill_stream(void **state)
{
	(void)state;
	for (size_t i = 0; i < TOTAL; i++) {
		stream[i] = (uint8_t)(i + 1);
	}
	return silt_secure_init(NULL) == SILT_OK ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_run_is_whole_whatever_the_blocks),
		cmocka_unit_test(blocks_that_nobody_asks_about_are_carried_too),
		cmocka_unit_test(nothing_is_carried_where_nothing_is_kept),
		cmocka_unit_test(a_run_in_the_block_is_not_copied),
		cmocka_unit_test(nothing_of_a_stream_is_left_behind),
	};
	return cmocka_run_group_tests(tests, fill_stream, NULL);
}
