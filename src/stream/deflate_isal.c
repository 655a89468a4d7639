/* Bare deflate by ISA-L: twice as fast as zlib. */
#include "stream/deflate_engine.h"

#include "base/limits.h"
#include "base/secure.h"

#include <isa-l/igzip_lib.h>
#include <stddef.h>
#include <stdlib.h>

/* Bytes in front of a place where ISA-L saw damage that are looked at one by one: more than the header of a block has. */
enum { NEAR = 512 };

struct isal {
	struct inflate_state z; /* 87 kB: tables, and the window */
	bool fresh;             /* nothing of the stream was decoded yet */
	bool broken;
	bool copied;                 /* `before` has held something */
	struct inflate_state before; /* `z` in front of the last call, unless that was the first */
};

static void *create(enum silt_deflate_frame frame)
{
	(void)frame;
	struct isal *isal = malloc(sizeof(*isal)); /* clearing it would cost more than a small file does */
	if (isal) {
		isal->copied = false;
		isal_inflate_init(&isal->z);
		isal->z.crc_flag = ISAL_DEFLATE; /* no frame */
	}
	return isal;
}

static void destroy(void *state)
{
	struct isal *isal = state;
	silt_wipe(&isal->z, sizeof(isal->z));
	silt_wipe(&isal->before, isal->copied ? sizeof(isal->before) : 0);
	free(isal);
}

static void begin(void *state)
{
	struct isal *isal = state;
	isal_inflate_reset(&isal->z);
	isal->fresh = true;
	isal->broken = false;
}

/* ISA-L counts in 32 bits: pieces of a block at most. */
static uint32_t piece_of(size_t len)
{
	return len < SILT_BLOCK_SIZE ? (uint32_t)len : SILT_BLOCK_SIZE;
}

/*
 * Gives back the whole bytes that were taken and are not decoded yet: it takes input in words. Where it stopped for want
 * of room, at the end or at damage, all of them are of the last input: what it held before was a part of a symbol.
 *
 *     read_in   63            8n+k         k        0     8n+k = read_in_length
 *               |  not taken  |  n bytes   | k bits |
 *
 * When the input ends in the header of a block it keeps all of that, and what follows these words elsewhere: then none.
 */
static size_t give_back(struct inflate_state *z, size_t taken)
{
	const bool keeps = z->tmp_in_size > 0;
	size_t whole = z->read_in_length > 0 && !keeps ? (size_t)z->read_in_length / 8 : 0;
	whole = whole < taken ? whole : taken;
	if (whole > 0) {
		z->read_in_length -= (int32_t)(8 * whole);
		z->read_in &= (UINT64_C(1) << z->read_in_length) - 1;
	}
	return whole;
}

/* One call of ISA-L, for a block at most; the result is how much it wrote. */
static size_t run(struct isal *isal, struct silt_bytes *in, uint8_t *out, size_t room)
{
	struct inflate_state *z = &isal->z;
	const uint32_t given = piece_of(in->len), space = piece_of(room);
	uint8_t none;
	z->next_in = (uint8_t *)(uintptr_t)in->ptr; /* only read, but not const in its interface */
	z->avail_in = given;
	z->next_out = space > 0 ? out : &none;
	z->avail_out = space;
	isal->broken = isal_inflate(z) != ISAL_DECOMP_OK;
	size_t taken = given - z->avail_in;
	if (isal->broken || z->block_state == ISAL_BLOCK_FINISH || z->avail_out == 0) {
		taken -= give_back(z, taken);
	}
	*in = silt_bytes_slice(*in, taken, SIZE_MAX);
	return space - z->avail_out;
}

/* The last member is the buffer of output, which is filled for the smaller part. */
static void copy_state(struct inflate_state *to, const struct inflate_state *from)
{
	memcpy(to, from, offsetof(struct inflate_state, tmp_out_buffer) + (size_t)from->tmp_out_valid);
}

/*
 * How far it has read when it sees damage depends on how the input was cut, and some of what it then says to have written
 * may be what lay there before, of another file. So the last call is made again, and the last bytes are given one by one,
 * which it takes without haste: the place of damage is the first byte that cannot be.
 */
static size_t run_to_damage(struct isal *isal, struct silt_bytes *in, size_t taken, uint8_t *out, size_t room)
{
	size_t piece = taken > NEAR ? taken - NEAR : 1, used, written, len = 0;
	if (isal->fresh) {
		isal_inflate_reset(&isal->z);
	} else {
		copy_state(&isal->z, &isal->before);
	}
	do {
		struct silt_bytes given = silt_bytes_slice(*in, 0, piece);
		written = run(isal, &given, out + len, room - len);
		used = piece - given.len;
		*in = silt_bytes_slice(*in, used, SIZE_MAX);
		len += written;
		piece = 1;
	} while (!isal->broken && in->len > 0 && (used > 0 || written > 0));
	return len;
}

static size_t run_once(struct isal *isal, struct silt_bytes *in, uint8_t *out, size_t room)
{
	const struct silt_bytes start = *in;
	if (!isal->fresh) {
		copy_state(&isal->before, &isal->z);
		isal->copied = true;
	}
	size_t len = run(isal, in, out, room);
	if (isal->broken) {
		const size_t taken = start.len - in->len;
		*in = start;
		len = run_to_damage(isal, in, taken, out, room);
	}
	isal->fresh = false;
	return len;
}

/*
 * It decodes ahead of a small room, and when it comes to damage it keeps what it has. Gives that; the result is how much it
 * wrote.
 */
static size_t give_rest(struct inflate_state *z, uint8_t *out, size_t room)
{
	size_t len = (size_t)(z->tmp_out_valid - z->tmp_out_processed);
	len = len < room ? len : room;
	if (len > 0) {
		memcpy(out, z->tmp_out_buffer + z->tmp_out_processed, len);
		z->tmp_out_processed += (int32_t)len;
	}
	return len;
}

static enum silt_deflate_step next(void *state, struct silt_bytes *in, uint8_t *out, size_t room, size_t *len)
{
	struct isal *isal = state;
	struct inflate_state *z = &isal->z;
	*len = 0;
	while (!isal->broken) {
		*len += run_once(isal, in, out + *len, room - *len);
		if (z->block_state == ISAL_BLOCK_FINISH) {
			return SILT_DEFLATE_END;
		}
		if (!isal->broken && (in->len == 0 || *len == room)) {
			return SILT_DEFLATE_MORE;
		}
	}
	*len += give_rest(z, out + *len, room - *len);
	return z->tmp_out_processed < z->tmp_out_valid ? SILT_DEFLATE_MORE : SILT_DEFLATE_BROKEN;
}

const struct silt_deflate_engine silt_deflate_isal = {
	.name = "ISA-L",
	.create = create,
	.destroy = destroy,
	.begin = begin,
	.next = next,
};
