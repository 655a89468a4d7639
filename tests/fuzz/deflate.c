/*
 * Fuzz target: a stream of deflate, by every engine there is. However it is cut, the same comes out and it ends at the same
 * byte. What zlib takes to its end the others do too, with the same bytes and the same end, and in front of damage nothing
 * is lost. The other way round they may be more patient: ISA-L takes codes that leave codes over. Of a stream that is cut
 * off it may keep two bytes to itself, for it decodes up to three symbols at once.
 */
#include "stream/deflate_engine.h"

#include "base/buffer.h"

#include <stdlib.h>

enum { ENOUGH = 4 * 1024 * 1024, ROOM = 65536 };

struct outcome {
	enum silt_deflate_step step;
	struct silt_buffer out;
	size_t end; /* bytes of the stream */
};

/* A block of bytes that nothing else has: what is kept of it must not come out again. */
static void fill(struct silt_deflate *deflate, uint8_t *space)
{
	static uint8_t block[5 + 0x7fff] = {1, 0xff, 0x7f, 0x00, 0x80};
	memset(block + 5, 0xa5, sizeof(block) - 5);
	struct silt_bytes in = silt_bytes(block, sizeof(block));
	size_t written;
	silt_deflate_begin(deflate);
	if (silt_deflate_next(deflate, &in, space, ROOM, &written) != SILT_DEFLATE_END) {
		abort();
	}
}

static struct outcome decode(const struct silt_deflate_engine *engine, struct silt_bytes in, size_t piece, size_t room,
			     bool used)
{
	static uint8_t space[ROOM];
	struct outcome outcome = {0};
	struct silt_deflate *deflate = NULL;
	if (silt_deflate_new_by(engine, SILT_DEFLATE_BARE, &deflate, NULL) != SILT_OK) {
		abort();
	}
	if (used) {
		fill(deflate, space);
	}
	silt_deflate_begin(deflate);
	size_t written;
	do {
		struct silt_bytes given = silt_bytes_slice(in, outcome.end, piece);
		size_t before = given.len;
		outcome.step = silt_deflate_next(deflate, &given, space, room, &written);
		if (outcome.step == SILT_DEFLATE_MORE && given.len > 0 && written < room) {
			abort(); /* neither all input nor all room was used */
		}
		outcome.end += before - given.len;
		silt_buffer_add(&outcome.out, silt_bytes(space, written));
	} while (outcome.step == SILT_DEFLATE_MORE && (outcome.end < in.len || written > 0) &&
		 outcome.out.len < ENOUGH);
	silt_deflate_free(deflate);
	return outcome;
}

static void need(bool ok)
{
	if (!ok) {
		abort();
	}
}

static bool is_same(const struct outcome *a, const struct outcome *b)
{
	return a->step == b->step && a->end == b->end &&
	       silt_bytes_equal(silt_buffer_bytes(&a->out), silt_buffer_bytes(&b->out));
}

static void expect_the_same(const struct silt_deflate_engine *engine, struct silt_bytes in, size_t piece, size_t room,
			    const struct outcome *whole)
{
	struct outcome cut = decode(engine, in, piece, room, true);
	need(is_same(&cut, whole) || whole->out.len >= ENOUGH);
	silt_buffer_done(&cut.out);
}

static void expect_no_less(const struct outcome *other, const struct outcome *zlib, size_t size)
{
	const bool is_cut_off = other->step == SILT_DEFLATE_MORE && other->end == size;
	const size_t kept = is_cut_off && zlib->out.len < ENOUGH ? 2 : 0;
	const struct silt_bytes known = silt_bytes_slice(silt_buffer_bytes(&zlib->out), 0, other->out.len);
	need(zlib->step != SILT_DEFLATE_END || zlib->out.len >= ENOUGH || is_same(other, zlib));
	need(known.len + kept >= zlib->out.len);
	need(silt_bytes_start_with(silt_buffer_bytes(&other->out), known));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 3) {
		return 0;
	}
	const struct silt_bytes in = silt_bytes(data + 2, size - 2);
	const size_t piece = 1 + (size_t)data[0] * 3, room = 1 + (size_t)data[1] * 11;
	struct outcome zlib = decode(&silt_deflate_zlib, in, SIZE_MAX, ROOM, false);
	for (const struct silt_deflate_engine *const *engine = silt_deflate_engines; *engine; engine++) {
		struct outcome whole = decode(*engine, in, SIZE_MAX, ROOM, false);
		expect_no_less(&whole, &zlib, in.len);
		expect_the_same(*engine, in, piece, ROOM, &whole);
		expect_the_same(*engine, in, SIZE_MAX, room, &whole);
		expect_the_same(*engine, in, piece, room, &whole);
		silt_buffer_done(&whole.out);
	}
	silt_buffer_done(&zlib.out);
	return 0;
}
