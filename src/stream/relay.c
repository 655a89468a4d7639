/* The ring of blocks between threads. */
#include "stream/relay.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "base/pages.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

/*
 * So that one side may be ahead while the other is busy with an archive in a file. One gzip layer on two processors was
 * 1.4 times as fast as on one with 8 slots, 1.5 with 32, 1.6 with 64, of which each takes 256 KiB.
 */
enum { SLOTS = 48 };

/* A writer that found the ring full goes on at so many slots in use: to wake it for each block cost more than the block. */
enum { SLOTS_AT_REST = SLOTS / 2 };

#define ROOMS_SIZE ((size_t)SLOTS * SILT_BLOCK_SIZE)

/* In front of the bytes of a piece aside, in `asides`. */
struct aside_head {
	enum silt_aside aside;
	uint64_t offset;
	bool start, end;
	size_t len;
};

struct slot {
	uint8_t *room;             /* SILT_BLOCK_SIZE of the rooms of the relay */
	struct silt_bytes block;   /* in `room`, or empty: there are only asides, or it is the end */
	struct silt_buffer asides; /* heads and bytes of what comes before the block */
	bool last;                 /* the source ended here, or failed: `status` */
};

struct reader {
	struct silt_relay *relay;
	uint64_t done; /* slots that it needs no more */
	bool holds;    /* the slot behind these was given to it */
	bool left;
	silt_aside_fn *aside;
	void *aside_ctx; /* borrows */
};

struct silt_relay {
	pthread_mutex_t lock;   /* of all but the slots, which belong to the writer or to the readers */
	pthread_cond_t drained; /* the writer may go on */
	pthread_cond_t filled;  /* a reader may */
	bool writer_waits;
	size_t readers_waiting;
	uint8_t *rooms; /* owns; what is never filled costs nothing */
	struct slot slots[SLOTS];
	uint64_t written; /* slots given to the readers */
	struct reader readers[SILT_RELAY_READERS];
	size_t reader_count;
	enum silt_status status; /* at the last slot */
	struct silt_error why;

	/* The writer's. */
	bool stopped;           /* reader 0 has left */
	struct silt_bytes rest; /* of a block of a source that does not fill */
};

enum silt_status silt_relay_new(size_t readers, struct silt_relay **out, struct silt_error *err)
{
	assert(readers >= 1 && readers <= SILT_RELAY_READERS);
	struct silt_relay *relay = calloc(1, sizeof(*relay));
	if (!relay) {
		return silt_fail_memory(err);
	}
	pthread_mutex_init(&relay->lock, NULL);
	pthread_cond_init(&relay->drained, NULL);
	pthread_cond_init(&relay->filled, NULL);
	relay->reader_count = readers;
	for (size_t i = 0; i < readers; i++) {
		relay->readers[i].relay = relay;
	}
	relay->rooms = silt_pages_new(ROOMS_SIZE);
	if (!relay->rooms) {
		silt_relay_free(relay);
		return silt_fail_memory(err);
	}
	for (size_t i = 0; i < SLOTS; i++) {
		relay->slots[i].room = relay->rooms + i * SILT_BLOCK_SIZE;
	}
	*out = relay;
	return SILT_OK;
}

void silt_relay_free(struct silt_relay *relay)
{
	if (!relay) {
		return;
	}
	for (size_t i = 0; i < SLOTS; i++) {
		silt_buffer_done(&relay->slots[i].asides);
	}
	silt_pages_free(relay->rooms, ROOMS_SIZE);
	pthread_cond_destroy(&relay->filled);
	pthread_cond_destroy(&relay->drained);
	pthread_mutex_destroy(&relay->lock);
	free(relay);
}

/* ---- The writer ---------------------------------------------------------------------------------------------------- */

static struct slot *slot_at(struct silt_relay *relay, uint64_t number)
{
	return &relay->slots[number % SLOTS];
}

/* Slots that some reader needs yet. */
static uint64_t slots_in_use(const struct silt_relay *relay)
{
	uint64_t most = 0;
	for (size_t i = 0; i < relay->reader_count; i++) {
		const struct reader *reader = &relay->readers[i];
		const uint64_t use = reader->left ? 0 : relay->written - reader->done;
		most = use > most ? use : most;
	}
	return most;
}

/* Waits for the slot behind the written ones. NULL: nobody reads any more. */
static struct slot *free_slot(struct silt_relay *relay)
{
	pthread_mutex_lock(&relay->lock);
	relay->writer_waits = slots_in_use(relay) == SLOTS;
	while (relay->writer_waits && slots_in_use(relay) > SLOTS_AT_REST) {
		pthread_cond_wait(&relay->drained, &relay->lock);
	}
	relay->writer_waits = false;
	relay->stopped = relay->readers[0].left;
	pthread_mutex_unlock(&relay->lock);
	if (relay->stopped) {
		return NULL;
	}
	struct slot *slot = slot_at(relay, relay->written);
	silt_buffer_clear(&slot->asides);
	slot->block = silt_bytes(NULL, 0);
	slot->last = false;
	return slot;
}

static void publish(struct silt_relay *relay)
{
	pthread_mutex_lock(&relay->lock);
	relay->written++;
	if (relay->readers_waiting > 0) {
		pthread_cond_broadcast(&relay->filled);
	}
	pthread_mutex_unlock(&relay->lock);
}

/* Asides without end must not become a buffer without end: what there is goes on, and the block is made in another slot. */
static void pass_asides_on(struct silt_relay *relay)
{
	struct slot *full = slot_at(relay, relay->written);
	uint8_t *room = full->room; /* the source is writing to it */
	full->room = NULL;
	publish(relay);
	struct slot *next = free_slot(relay);
	/* Readers do not touch the room of a slot without a block. */
	struct slot *owner = next ? next : full;
	if (owner != full) {
		full->room = owner->room;
	}
	owner->room = room;
}

enum silt_status silt_relay_aside(void *ctx, enum silt_aside aside, uint64_t offset, bool start, bool end,
				  struct silt_bytes bytes, struct silt_error *err)
{
	struct silt_relay *relay = ctx;
	if (relay->stopped) {
		return SILT_OK;
	}
	if (slot_at(relay, relay->written)->asides.len >= SILT_BLOCK_SIZE) {
		pass_asides_on(relay);
		if (relay->stopped) {
			return SILT_OK;
		}
	}
	struct silt_buffer *asides = &slot_at(relay, relay->written)->asides;
	const struct aside_head head = {aside, offset, start, end, bytes.len};
	silt_buffer_add(asides, silt_bytes(&head, sizeof(head)));
	silt_buffer_add(asides, bytes);
	return asides->failed ? silt_fail_memory(err) : SILT_OK;
}

/* The next block of a source that gives blocks of others, as much of it as one slot holds. */
static enum silt_status copy_block(struct silt_relay *relay, struct silt_source source, struct slot **slot, size_t *len,
				   struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	if (relay->rest.len == 0) {
		status = silt_source_next(source, &relay->rest, err);
	}
	*slot = slot_at(relay, relay->written); /* asides may have moved it */
	*len = status == SILT_OK && relay->rest.len < SILT_BLOCK_SIZE ? relay->rest.len : SILT_BLOCK_SIZE;
	if (status == SILT_OK && *len > 0) {
		memcpy((*slot)->room, relay->rest.ptr, *len);
		relay->rest = silt_bytes_slice(relay->rest, *len, SIZE_MAX);
	}
	return status;
}

static enum silt_status make_block(struct silt_relay *relay, struct silt_source source, bool *ended,
				   struct silt_error *err)
{
	struct slot *slot = free_slot(relay);
	if (!slot) {
		*ended = true;
		return SILT_OK;
	}
	size_t len = 0;
	enum silt_status status;
	if (source.fill) {
		status = source.fill(source.ctx, slot->room, &len, err);
		slot = slot_at(relay, relay->written);
	} else {
		status = copy_block(relay, source, &slot, &len, err);
	}
	if (relay->stopped) {
		*ended = true;
		return status;
	}
	*ended = status != SILT_OK || len == 0;
	slot->block = silt_bytes(slot->room, status == SILT_OK ? len : 0);
	slot->last = *ended;
	relay->status = status;
	if (status != SILT_OK && err) {
		relay->why = *err;
	}
	publish(relay);
	return status;
}

enum silt_status silt_relay_pump(struct silt_relay *relay, struct silt_source source, struct silt_error *err)
{
	bool ended = false;
	enum silt_status status = SILT_OK;
	while (!ended) {
		status = make_block(relay, source, &ended, err);
	}
	return status;
}

void silt_relay_give_up(struct silt_relay *relay, enum silt_status status, const struct silt_error *why)
{
	struct slot *slot = free_slot(relay);
	if (slot) {
		slot->last = true;
		relay->status = status;
		relay->why = *why;
		publish(relay);
	}
}

/* ---- The readers --------------------------------------------------------------------------------------------------- */

/* Gives back the slot that the reader has, and waits for the next. NULL: reader 0 has left. */
static struct slot *take_slot(struct reader *reader)
{
	struct silt_relay *relay = reader->relay;
	pthread_mutex_lock(&relay->lock);
	if (reader->holds) {
		reader->done++;
		if (relay->writer_waits && slots_in_use(relay) <= SLOTS_AT_REST) {
			pthread_cond_signal(&relay->drained);
		}
	}
	relay->readers_waiting++;
	while (relay->written == reader->done && !reader->left) {
		pthread_cond_wait(&relay->filled, &relay->lock);
	}
	relay->readers_waiting--;
	reader->holds = !reader->left;
	pthread_mutex_unlock(&relay->lock);
	return reader->holds ? slot_at(relay, reader->done) : NULL;
}

static enum silt_status give_asides(const struct reader *reader, const struct slot *slot, struct silt_error *err)
{
	struct silt_bytes left = silt_buffer_bytes(&slot->asides);
	enum silt_status status = SILT_OK;
	while (reader->aside && left.len > 0 && status == SILT_OK) {
		struct aside_head head;
		memcpy(&head, left.ptr, sizeof(head));
		status = reader->aside(reader->aside_ctx, head.aside, head.offset, head.start, head.end,
				       silt_bytes_slice(left, sizeof(head), head.len), err);
		left = silt_bytes_slice(left, sizeof(head) + head.len, SIZE_MAX);
	}
	return status;
}

/* How the source ended. */
static enum silt_status end_of(const struct silt_relay *relay, struct silt_error *err)
{
	if (relay->status != SILT_OK && err) {
		*err = relay->why;
	}
	return relay->status;
}

static enum silt_status next_block(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct reader *reader = ctx;
	*block = silt_bytes(NULL, 0);
	if (reader->holds && slot_at(reader->relay, reader->done)->last) {
		return end_of(reader->relay, err); /* and stays there */
	}
	enum silt_status status = SILT_OK;
	const struct slot *slot;
	do {
		slot = take_slot(reader);
		if (!slot) {
			return silt_fail(err, SILT_ERR_STOPPED, "nobody needs the rest");
		}
		status = give_asides(reader, slot, err);
		*block = slot->block;
	} while (status == SILT_OK && block->len == 0 && !slot->last);
	return status == SILT_OK && slot->last ? end_of(reader->relay, err) : status;
}

struct silt_source silt_relay_source(struct silt_relay *relay, size_t reader, silt_aside_fn *aside, void *aside_ctx)
{
	struct reader *of = &relay->readers[reader];
	of->aside = reader == 0 ? aside : NULL;
	of->aside_ctx = aside_ctx;
	return (struct silt_source){.next = next_block, .ctx = of};
}

void silt_relay_leave(struct silt_relay *relay, size_t reader)
{
	pthread_mutex_lock(&relay->lock);
	for (size_t i = reader; i < (reader == 0 ? relay->reader_count : reader + 1); i++) {
		relay->readers[i].left = true;
	}
	pthread_cond_signal(&relay->drained);
	pthread_cond_broadcast(&relay->filled);
	pthread_mutex_unlock(&relay->lock);
}
