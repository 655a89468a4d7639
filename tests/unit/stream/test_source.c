/* Sources: what is read, in what blocks, and what failure looks like. */
#include "chopped_source.h"
#include "cmocka_test.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "stream/source.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static struct silt_bytes pattern(size_t len)
{
	static uint8_t bytes[SILT_PEEK_MAX + SILT_BLOCK_SIZE];
	assert_true(len <= sizeof(bytes));
	for (size_t i = 0; i < len; i++) {
		bytes[i] = (uint8_t)(i * 7 + i / 1000);
	}
	return silt_bytes(bytes, len);
}

/* Reads all; every block but the last must have `block_len` bytes if that is not 0. */
static struct silt_buffer read_all(struct silt_source source, size_t block_len)
{
	struct silt_buffer all = {0};
	struct silt_bytes block;
	bool short_block = false;
	do {
		assert_int_equal(silt_source_next(source, &block, NULL), SILT_OK);
		assert_false(short_block && block.len > 0);
		short_block = block_len > 0 && block.len != block_len;
		silt_buffer_add(&all, block);
	} while (block.len > 0);
	assert_int_equal(silt_source_next(source, &block, NULL), SILT_OK);
	assert_int_equal(block.len, 0);
	return all;
}

static void expect_all(struct silt_source source, size_t block_len, struct silt_bytes expected)
{
	struct silt_buffer all = read_all(source, block_len);
	assert_int_equal(all.len, expected.len);
	assert_true(silt_bytes_equal(silt_buffer_bytes(&all), expected));
	silt_buffer_done(&all);
}

/* ---- Files and callbacks ------------------------------------------------------------------------------------------- */

static int temporary_file(struct silt_bytes content)
{
	FILE *file = tmpfile();
	assert_non_null(file);
	int fd = dup(fileno(file));
	fclose(file);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, content.ptr, content.len), (ssize_t)content.len);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

static void file_comes_in_full_blocks(void **state)
{
	(void)state;
	static const size_t lens[] = {
		0, 1, SILT_BLOCK_SIZE - 1, SILT_BLOCK_SIZE, SILT_BLOCK_SIZE + 1, 2 * SILT_BLOCK_SIZE};
	for (size_t i = 0; i < SILT_COUNT(lens); i++) {
		int fd = temporary_file(pattern(lens[i]));
		struct silt_fd_source *source = NULL;
		assert_int_equal(silt_fd_source_new(fd, &source, NULL), SILT_OK);
		expect_all(silt_fd_source(source), SILT_BLOCK_SIZE, pattern(lens[i]));
		silt_fd_source_free(source);
		close(fd);
	}
}

static void file_is_read_from_where_it_stands(void **state)
{
	(void)state;
	int fd = temporary_file(pattern(1000));
	assert_int_equal(lseek(fd, 600, SEEK_SET), 600);
	struct silt_fd_source *source = NULL;
	assert_int_equal(silt_fd_source_new(fd, &source, NULL), SILT_OK);
	expect_all(silt_fd_source(source), SILT_BLOCK_SIZE, silt_bytes_slice(pattern(1000), 600, 400));
	silt_fd_source_free(source);
	close(fd);
}

static void pipe_that_does_not_block_is_waited_for(void **state)
{
	(void)state;
	int ends[2];
	assert_int_equal(pipe2(ends, O_NONBLOCK), 0);
	pid_t writer = fork();
	assert_true(writer >= 0);
	if (writer == 0) {
		usleep(20000); /* most likely the reader has found nothing by now; if not, the test is only easier */
		_exit(write(ends[1], "late", 4) == 4 ? 0 : 1);
	}
	close(ends[1]);
	struct silt_fd_source *source = NULL;
	assert_int_equal(silt_fd_source_new(ends[0], &source, NULL), SILT_OK);
	expect_all(silt_fd_source(source), SILT_BLOCK_SIZE, SILT_LITERAL("late"));
	silt_fd_source_free(source);
	close(ends[0]);
	int status;
	assert_int_equal(waitpid(writer, &status, 0), writer);
	assert_int_equal(status, 0);
}

static void unreadable_descriptor_is_an_error_that_names_it(void **state)
{
	(void)state;
	int fd = open("/", O_RDONLY | O_DIRECTORY);
	assert_true(fd >= 0);
	struct silt_fd_source *source = NULL;
	struct silt_error err = {0};
	struct silt_bytes block;
	assert_int_equal(silt_fd_source_new(fd, &source, &err), SILT_OK);
	assert_int_equal(silt_source_next(silt_fd_source(source), &block, &err), SILT_ERR_IO);
	assert_string_equal(err.text, "cannot read it: Is a directory");
	silt_fd_source_free(source);
	close(fd);
}

/* Gives a byte, then two, then three ... as a slow pipe does. */
struct trickle {
	struct silt_bytes rest;
	size_t step;
	size_t fail_at; /* fails when no more bytes than this are left */
};

static int64_t read_trickle(void *ctx, void *buffer, size_t size)
{
	struct trickle *trickle = ctx;
	if (trickle->rest.len <= trickle->fail_at) {
		return -1;
	}
	trickle->step = trickle->step % 1000 + 1;
	size_t wanted = trickle->step < size ? trickle->step : size;
	struct silt_bytes piece = silt_bytes_slice(trickle->rest, 0, wanted);
	if (piece.len > 0) {
		memcpy(buffer, piece.ptr, piece.len);
	}
	trickle->rest = silt_bytes_slice(trickle->rest, piece.len, SIZE_MAX);
	return (int64_t)piece.len;
}

static void short_reads_are_gathered_into_full_blocks(void **state)
{
	(void)state;
	struct trickle trickle = {.rest = pattern(SILT_BLOCK_SIZE + 12345)};
	struct silt_callback_source *source = NULL;
	assert_int_equal(silt_callback_source_new(read_trickle, &trickle, &source, NULL), SILT_OK);
	struct silt_bytes block;
	assert_int_equal(silt_source_next(silt_callback_source(source), &block, NULL), SILT_OK);
	assert_int_equal(block.len, SILT_BLOCK_SIZE);
	assert_memory_equal(block.ptr, pattern(SILT_BLOCK_SIZE).ptr, SILT_BLOCK_SIZE);
	silt_callback_source_free(source);
}

static void failing_callback_is_an_error(void **state)
{
	(void)state;
	struct trickle trickle = {.rest = pattern(5000), .fail_at = 1000};
	struct silt_callback_source *source = NULL;
	struct silt_error err = {0};
	assert_int_equal(silt_callback_source_new(read_trickle, &trickle, &source, &err), SILT_OK);
	assert_int_equal(silt_source_drain(silt_callback_source(source), &err), SILT_ERR_IO);
	assert_string_equal(err.text, "the read callback failed");
	silt_callback_source_free(source);
}

static int64_t read_too_much(void *ctx, void *buffer, size_t size)
{
	(void)ctx, (void)buffer;
	return (int64_t)size + 1;
}

static void callback_that_claims_too_much_is_an_error(void **state)
{
	(void)state;
	struct silt_callback_source *source = NULL;
	assert_int_equal(silt_callback_source_new(read_too_much, NULL, &source, NULL), SILT_OK);
	assert_int_equal(silt_source_drain(silt_callback_source(source), NULL), SILT_ERR_IO);
	silt_callback_source_free(source);
}

static int64_t read_file(void *ctx, void *buffer, size_t size)
{
	return read(*(int *)ctx, buffer, size);
}

static void callback_source_ends_and_stays_at_the_end(void **state)
{
	(void)state;
	int fd = temporary_file(pattern(1234));
	struct silt_callback_source *source = NULL;
	assert_int_equal(silt_callback_source_new(read_file, &fd, &source, NULL), SILT_OK);
	expect_all(silt_callback_source(source), SILT_BLOCK_SIZE, pattern(1234));
	silt_callback_source_free(source);
	close(fd);
}

/* ---- Memory and taps ----------------------------------------------------------------------------------------------- */

static void memory_is_one_block(void **state)
{
	(void)state;
	struct silt_memory_source memory = {pattern(700000)};
	expect_all(silt_memory_source(&memory), 700000, pattern(700000));
}

static void see(void *ctx, struct silt_bytes block)
{
	silt_buffer_add(ctx, block);
}

static void tap_lets_see_and_counts_what_it_passes(void **state)
{
	(void)state;
	struct chopped_source inner = {.rest = pattern(5000), .block_len = 512};
	struct silt_buffer seen = {0};
	struct silt_tap tap = {.inner = chopped_source(&inner), .see = see, .ctx = &seen};
	expect_all(silt_tap(&tap), 512, pattern(5000));
	assert_true(tap.total == 5000);
	assert_true(silt_bytes_equal(silt_buffer_bytes(&seen), pattern(5000)));
	silt_buffer_done(&seen);
	chopped_source_done(&inner);
}

/* ---- Peeks --------------------------------------------------------------------------------------------------------- */

static void peeking_changes_nothing_of_what_is_read(void **state)
{
	(void)state;
	static const size_t lens[] = {0, 1, 511, 512, 513, 5000, 300000};
	static const size_t wanted[] = {0, 1, 512, 513, 4000, 262144, 290000};
	for (size_t i = 0; i < SILT_COUNT(lens); i++) {
		for (size_t j = 0; j < SILT_COUNT(wanted); j++) {
			struct chopped_source inner = {.rest = pattern(lens[i]), .block_len = 512};
			struct silt_peek *peek = NULL;
			struct silt_bytes start;
			assert_int_equal(silt_peek_new(chopped_source(&inner), &peek, NULL), SILT_OK);
			assert_int_equal(silt_peek_bytes(peek, wanted[j], &start, NULL), SILT_OK);
			assert_true(start.len >= wanted[j] || start.len == lens[i]);
			assert_true(silt_bytes_start_with(pattern(lens[i]), start));
			expect_all(silt_peek_source(peek), 0, pattern(lens[i]));
			silt_peek_free(peek);
			chopped_source_done(&inner);
		}
	}
}

static void peek_grows_from_call_to_call(void **state)
{
	(void)state;
	struct silt_bytes all = pattern(SILT_PEEK_MAX + SILT_BLOCK_SIZE);
	struct chopped_source inner = {.rest = all, .block_len = SILT_BLOCK_SIZE};
	struct silt_peek *peek = NULL;
	struct silt_bytes start;
	assert_int_equal(silt_peek_new(chopped_source(&inner), &peek, NULL), SILT_OK);
	for (size_t wanted = 1; wanted <= SILT_PEEK_MAX; wanted *= 2) {
		assert_int_equal(silt_peek_bytes(peek, wanted, &start, NULL), SILT_OK);
		assert_true(start.len >= wanted);
		assert_true(silt_bytes_start_with(all, start));
	}
	expect_all(silt_peek_source(peek), SILT_BLOCK_SIZE, all);
	silt_peek_free(peek);
	chopped_source_done(&inner);
}

static void peek_into_the_first_block_does_not_copy(void **state)
{
	(void)state;
	struct silt_memory_source memory = {pattern(5000)};
	struct silt_peek *peek = NULL;
	struct silt_bytes start;
	assert_int_equal(silt_peek_new(silt_memory_source(&memory), &peek, NULL), SILT_OK);
	assert_int_equal(silt_peek_bytes(peek, 512, &start, NULL), SILT_OK);
	assert_ptr_equal(start.ptr, pattern(5000).ptr);
	silt_peek_free(peek);
}

static void peek_keeps_blocks_a_multiple_of_512(void **state)
{
	(void)state;
	struct chopped_source inner = {.rest = pattern(400000), .block_len = 1536};
	struct silt_peek *peek = NULL;
	struct silt_bytes block;
	assert_int_equal(silt_peek_new(chopped_source(&inner), &peek, NULL), SILT_OK);
	assert_int_equal(silt_peek_bytes(peek, 300000, &block, NULL), SILT_OK);
	uint64_t total = 0;
	do {
		assert_int_equal(silt_source_next(silt_peek_source(peek), &block, NULL), SILT_OK);
		total += block.len;
		assert_true(block.len % 512 == 0 || total == 400000);
	} while (block.len > 0);
	assert_true(total == 400000);
	silt_peek_free(peek);
	chopped_source_done(&inner);
}

static void failure_of_the_inner_source_passes_through(void **state)
{
	(void)state;
	struct chopped_source inner = {.rest = pattern(5000), .block_len = 512, .fail_after = 3};
	struct silt_peek *peek = NULL;
	struct silt_bytes start;
	struct silt_error err = {0};
	assert_int_equal(silt_peek_new(chopped_source(&inner), &peek, &err), SILT_OK);
	assert_int_equal(silt_peek_bytes(peek, 1024, &start, &err), SILT_OK);
	assert_int_equal(silt_source_drain(silt_peek_source(peek), &err), SILT_ERR_IO);
	silt_peek_free(peek);
	chopped_source_done(&inner);
}

/* ---- Runs of files ------------------------------------------------------------------------------------------------- */

static void a_range_is_read_whatever_others_read(void **state)
{
	(void)state;
	enum { LEN = 3 * SILT_BLOCK_SIZE + 5000 };
	int fd = temporary_file(pattern(LEN));
	const struct {
		uint64_t offset, size;
		size_t read; /* of it, since the file may end before */
	} ranges[] = {
		{0, LEN, LEN},
		{512, 1000, 1000},
		{512, SILT_BLOCK_SIZE, SILT_BLOCK_SIZE},
		{1000, 2 * SILT_BLOCK_SIZE + 1, 2 * SILT_BLOCK_SIZE + 1},
		{LEN - 10, 10, 10},
		{LEN - 10, 20, 10},
		{LEN, 10, 0},
		{LEN + 10, 10, 0},
		{0, 0, 0},
	};
	for (size_t i = 0; i < SILT_COUNT(ranges); i++) {
		struct silt_file_range range = {fd, ranges[i].offset, ranges[i].size};
		struct silt_fd_source *source = NULL;
		assert_int_equal(lseek(fd, (off_t)(i * 100), SEEK_SET), (off_t)(i * 100));
		assert_int_equal(silt_range_source_new(range, &source, NULL), SILT_OK);
		expect_all(silt_fd_source(source), SILT_BLOCK_SIZE,
			   silt_bytes_slice(pattern(LEN), (size_t)ranges[i].offset, ranges[i].read));
		silt_fd_source_free(source);
	}
	close(fd);
}

static void bytes_of_a_source_are_located_in_its_file(void **state)
{
	(void)state;
	int fd = temporary_file(pattern(5000));
	struct silt_fd_source *source = NULL;
	struct silt_file_range range;
	assert_int_equal(lseek(fd, 600, SEEK_SET), 600);
	assert_int_equal(silt_fd_source_new(fd, &source, NULL), SILT_OK);
	assert_true(silt_fd_source_locate(source, 1000, 3400, &range));
	assert_int_equal(range.fd, fd);
	assert_int_equal(range.offset, 1600);
	assert_int_equal(range.size, 3400);
	assert_false(silt_fd_source_locate(source, 1000, 3401, &range));
	assert_false(silt_fd_source_locate(source, 4401, 0, &range));
	assert_false(silt_fd_source_locate(source, 1, UINT64_MAX, &range));
	silt_fd_source_free(source);
	close(fd);
}

static void nothing_of_a_pipe_is_located(void **state)
{
	(void)state;
	int ends[2];
	struct silt_fd_source *source = NULL;
	struct silt_file_range range;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(silt_fd_source_new(ends[0], &source, NULL), SILT_OK);
	assert_false(silt_fd_source_locate(source, 0, 0, &range));
	assert_false(silt_fd_source_rewind(source));
	silt_fd_source_free(source);
	close(ends[0]);
	close(ends[1]);
}

/* What others read is given as blocks all the same, and what stands around it as it is. */
static void whole_blocks_that_are_passed_over_are_not_read(void **state)
{
	(void)state;
	enum { LEN = 4 * SILT_BLOCK_SIZE + 100, END = 3 * SILT_BLOCK_SIZE + 50 };
	int fd = temporary_file(pattern(LEN));
	struct silt_fd_source *source = NULL;
	struct silt_bytes block;
	assert_int_equal(silt_fd_source_new(fd, &source, NULL), SILT_OK);
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(silt_source_next(silt_fd_source(source), &block, NULL), SILT_OK);
		struct silt_bytes real = silt_bytes_slice(pattern(LEN), i * SILT_BLOCK_SIZE, SILT_BLOCK_SIZE);
		assert_int_equal(block.len, real.len);
		assert_true(silt_bytes_equal(block, real) == (i == 0 || i > 2));
		if (i == 0) {
			silt_fd_source_pass_over(source, END);
		}
	}
	assert_int_equal(silt_fd_source_passed(source), 2 * SILT_BLOCK_SIZE);
	assert_true(silt_fd_source_rewind(source));
	assert_int_equal(silt_fd_source_passed(source), 0);
	expect_all(silt_fd_source(source), SILT_BLOCK_SIZE, pattern(LEN));
	silt_fd_source_free(source);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_range_is_read_whatever_others_read),
		cmocka_unit_test(bytes_of_a_source_are_located_in_its_file),
		cmocka_unit_test(nothing_of_a_pipe_is_located),
		cmocka_unit_test(whole_blocks_that_are_passed_over_are_not_read),
		cmocka_unit_test(file_comes_in_full_blocks),
		cmocka_unit_test(file_is_read_from_where_it_stands),
		cmocka_unit_test(pipe_that_does_not_block_is_waited_for),
		cmocka_unit_test(unreadable_descriptor_is_an_error_that_names_it),
		cmocka_unit_test(short_reads_are_gathered_into_full_blocks),
		cmocka_unit_test(failing_callback_is_an_error),
		cmocka_unit_test(callback_that_claims_too_much_is_an_error),
		cmocka_unit_test(callback_source_ends_and_stays_at_the_end),
		cmocka_unit_test(memory_is_one_block),
		cmocka_unit_test(tap_lets_see_and_counts_what_it_passes),
		cmocka_unit_test(peeking_changes_nothing_of_what_is_read),
		cmocka_unit_test(peek_grows_from_call_to_call),
		cmocka_unit_test(peek_into_the_first_block_does_not_copy),
		cmocka_unit_test(peek_keeps_blocks_a_multiple_of_512),
		cmocka_unit_test(failure_of_the_inner_source_passes_through),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
