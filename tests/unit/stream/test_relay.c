/* The relay: what one thread reads comes to the others whole, in order, with what is aside of it, and so do failures. */
#include "chopped_source.h"
#include "cmocka_test.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "stream/relay.h"

#include <pthread.h>
#include <stdlib.h>

enum { STREAM_LEN = 100 * SILT_BLOCK_SIZE + 1000 }; /* the ring is used more than twice */

static struct silt_bytes stream(void)
{
	static uint8_t bytes[STREAM_LEN];
	for (size_t i = 0; bytes[1] == 0 && i < sizeof(bytes); i++) {
		bytes[i] = (uint8_t)(i * 7 + i / 1000);
	}
	return silt_bytes(bytes, sizeof(bytes));
}

/* cmocka is one thread's: readers note, the test asserts. */
struct reader {
	pthread_t thread;
	struct silt_relay *relay;
	size_t number;
	size_t stop_after; /* blocks until it leaves; 0: at the end */
	struct silt_buffer got, asides;
	size_t aside_ends;
	uint64_t aside_place; /* bytes of the stream that came before the last one */
	enum silt_status status, again;
	struct silt_error err;
};

static enum silt_status see_aside(void *ctx, enum silt_aside aside, uint64_t offset, bool start, bool end,
				  struct silt_bytes bytes, struct silt_error *err)
{
	struct reader *reader = ctx;
	(void)start;
	(void)err;
	if (aside == SILT_ASIDE_TRAILER && offset == reader->asides.len) {
		silt_buffer_add(&reader->asides, bytes);
	}
	reader->aside_ends += end;
	reader->aside_place = reader->got.len;
	return SILT_OK;
}

static void *read_all(void *ctx)
{
	struct reader *reader = ctx;
	struct silt_source source = silt_relay_source(reader->relay, reader->number, see_aside, reader);
	struct silt_bytes block;
	size_t blocks = 0;
	do {
		reader->status = silt_source_next(source, &block, &reader->err);
		silt_buffer_add(&reader->got, block);
		blocks++;
	} while (reader->status == SILT_OK && block.len > 0 && blocks != reader->stop_after);
	if (blocks == reader->stop_after) {
		silt_relay_leave(reader->relay, reader->number);
	} else {
		reader->again = silt_source_next(source, &block, NULL);
	}
	return NULL;
}

struct race {
	struct silt_relay *relay;
	struct reader readers[SILT_RELAY_READERS];
};

static void start(struct race *race)
{
	assert_int_equal(silt_relay_new(SILT_RELAY_READERS, &race->relay, NULL), SILT_OK);
	for (size_t i = 0; i < SILT_RELAY_READERS; i++) {
		race->readers[i].relay = race->relay;
		race->readers[i].number = i;
		assert_int_equal(pthread_create(&race->readers[i].thread, NULL, read_all, &race->readers[i]), 0);
	}
}

static void join(struct race *race)
{
	for (size_t i = 0; i < SILT_RELAY_READERS; i++) {
		assert_int_equal(pthread_join(race->readers[i].thread, NULL), 0);
	}
}

static void done(struct race *race)
{
	for (size_t i = 0; i < SILT_RELAY_READERS; i++) {
		silt_buffer_done(&race->readers[i].got);
		silt_buffer_done(&race->readers[i].asides);
	}
	silt_relay_free(race->relay);
}

static void assert_got_all(const struct race *race)
{
	for (size_t i = 0; i < SILT_RELAY_READERS; i++) {
		assert_int_equal(race->readers[i].status, SILT_OK);
		assert_int_equal(race->readers[i].again, SILT_OK);
		assert_int_equal(race->readers[i].got.len, STREAM_LEN);
		assert_memory_equal(race->readers[i].got.ptr, stream().ptr, STREAM_LEN);
	}
}

static void every_reader_gets_the_stream_whatever_its_blocks(void **state)
{
	(void)state;
	const size_t lens[] = {512, 64 * 1024, SILT_BLOCK_SIZE, 3 * SILT_BLOCK_SIZE + 512, 0};
	for (size_t i = 0; i < SILT_COUNT(lens); i++) {
		struct chopped_source source = {.rest = stream(), .block_len = lens[i]};
		struct race race = {0};
		start(&race);
		assert_int_equal(silt_relay_pump(race.relay, chopped_source(&source), NULL), SILT_OK);
		join(&race);
		assert_got_all(&race);
		chopped_source_done(&source);
		done(&race);
	}
}

/* A source that makes its blocks in the room that it is given, with pieces aside of `aside_len` bytes in each block. */
struct filling {
	struct silt_relay *relay;
	struct silt_bytes rest;
	size_t aside_len;
	uint64_t aside_at;
	size_t fail_after; /* blocks; 0: never */
};

static void give_asides(struct filling *filling)
{
	/* More than one slot takes, in the middle of a block. */
	const size_t pieces = filling->aside_len > 0 ? 3 : 0;
	for (size_t i = 0; i < pieces; i++) {
		struct silt_bytes piece = silt_bytes_slice(stream(), (size_t)filling->aside_at, filling->aside_len);
		enum silt_status status = silt_relay_aside(filling->relay, SILT_ASIDE_TRAILER, filling->aside_at,
							   i == 0, i == pieces - 1, piece, NULL);
		assert_int_equal(status, SILT_OK);
		filling->aside_at += piece.len;
	}
}

static enum silt_status no_next(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	(void)ctx;
	(void)block;
	return silt_fail(err, SILT_ERR_INTERNAL, "blocks are to be filled");
}

static enum silt_status fill(void *ctx, uint8_t *room, size_t *len, struct silt_error *err)
{
	struct filling *filling = ctx;
	if (filling->fail_after == 1) {
		return silt_fail(err, SILT_ERR_IO, "the disk is gone");
	}
	filling->fail_after -= filling->fail_after > 0;
	struct silt_bytes piece = silt_bytes_slice(filling->rest, 0, SILT_BLOCK_SIZE);
	const size_t half = piece.len / 2;
	if (piece.len > 0) {
		memcpy(room, piece.ptr, half);
		give_asides(filling);
		memcpy(room + half, piece.ptr + half, piece.len - half);
	}
	filling->rest = silt_bytes_slice(filling->rest, piece.len, SIZE_MAX);
	*len = piece.len;
	return SILT_OK;
}

static void what_is_aside_comes_in_its_place_however_much_it_is(void **state)
{
	(void)state;
	const size_t lens[] = {0, 10, 60 * 1024, 70 * 1024};
	for (size_t i = 0; i < SILT_COUNT(lens); i++) {
		struct race race = {0};
		start(&race);
		struct filling filling = {.relay = race.relay, .rest = stream(), .aside_len = lens[i]};
		struct silt_source source = {no_next, &filling, fill};
		assert_int_equal(silt_relay_pump(race.relay, source, NULL), SILT_OK);
		join(&race);
		assert_got_all(&race);
		assert_int_equal(race.readers[0].asides.len, filling.aside_at);
		assert_true(lens[i] == 0 || memcmp(race.readers[0].asides.ptr, stream().ptr, filling.aside_at) == 0);
		assert_int_equal(race.readers[0].aside_ends, lens[i] > 0 ? 101 : 0); /* one for each block */
		assert_int_equal(race.readers[0].aside_place, lens[i] > 0 ? 100 * SILT_BLOCK_SIZE : 0);
		assert_int_equal(race.readers[1].asides.len, 0);
		done(&race);
	}
}

static void what_stops_the_source_stops_the_readers_with_its_words(void **state)
{
	(void)state;
	struct race race = {0};
	struct silt_error err = {0};
	start(&race);
	struct filling filling = {.relay = race.relay, .rest = stream(), .fail_after = 72};
	assert_int_equal(silt_relay_pump(race.relay, (struct silt_source){no_next, &filling, fill}, &err), SILT_ERR_IO);
	join(&race);
	for (size_t i = 0; i < SILT_RELAY_READERS; i++) {
		assert_int_equal(race.readers[i].status, SILT_ERR_IO);
		assert_int_equal(race.readers[i].again, SILT_ERR_IO);
		assert_string_equal(race.readers[i].err.text, "the disk is gone");
		assert_int_equal(race.readers[i].got.len, 71 * SILT_BLOCK_SIZE);
	}
	done(&race);
}

static void nobody_waits_when_the_first_reader_leaves(void **state)
{
	(void)state;
	struct race race = {.readers = {{.stop_after = 3}}};
	start(&race);
	struct chopped_source source = {.rest = stream(), .block_len = SILT_BLOCK_SIZE};
	assert_int_equal(silt_relay_pump(race.relay, chopped_source(&source), NULL), SILT_OK);
	join(&race);
	assert_true(source.rest.len > 0);
	assert_int_equal(race.readers[0].got.len, 3 * SILT_BLOCK_SIZE);
	assert_int_equal(race.readers[1].status, SILT_ERR_STOPPED);
	chopped_source_done(&source);
	done(&race);
}

static void the_second_reader_may_leave_and_the_first_gets_all(void **state)
{
	(void)state;
	struct race race = {.readers = {[1] = {.stop_after = 3}}};
	start(&race);
	struct chopped_source source = {.rest = stream(), .block_len = SILT_BLOCK_SIZE};
	assert_int_equal(silt_relay_pump(race.relay, chopped_source(&source), NULL), SILT_OK);
	join(&race);
	assert_int_equal(race.readers[0].got.len, STREAM_LEN);
	assert_int_equal(race.readers[1].got.len, 3 * SILT_BLOCK_SIZE);
	chopped_source_done(&source);
	done(&race);
}

static void giving_up_reaches_the_readers(void **state)
{
	(void)state;
	struct race race = {0};
	struct silt_error why = {0};
	(void)silt_fail(&why, SILT_ERR_MEMORY, "memory ran out");
	start(&race);
	silt_relay_give_up(race.relay, SILT_ERR_MEMORY, &why);
	join(&race);
	for (size_t i = 0; i < SILT_RELAY_READERS; i++) {
		assert_int_equal(race.readers[i].status, SILT_ERR_MEMORY);
		assert_string_equal(race.readers[i].err.text, "memory ran out");
	}
	done(&race);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_reader_gets_the_stream_whatever_its_blocks),
		cmocka_unit_test(what_is_aside_comes_in_its_place_however_much_it_is),
		cmocka_unit_test(what_stops_the_source_stops_the_readers_with_its_words),
		cmocka_unit_test(nobody_waits_when_the_first_reader_leaves),
		cmocka_unit_test(the_second_reader_may_leave_and_the_first_gets_all),
		cmocka_unit_test(giving_up_reaches_the_readers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
