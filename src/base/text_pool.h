/*
 * A store of short texts, each named by 32 bits: for tables of millions of names, where a pointer and a length would
 * take as much room as the name itself.
 *
 * Texts stay where they are until silt_text_pool_done, which wipes them. A zeroed struct is an empty store. The same text
 * added twice is stored twice. 0 names the empty text, in every store.
 */
#ifndef SILT_BASE_TEXT_POOL_H
#define SILT_BASE_TEXT_POOL_H

#include "base/attributes.h"
#include "base/bytes.h"

enum {
	SILT_TEXT_CHUNK_BITS = 16,
	SILT_TEXT_CHUNK = 1 << SILT_TEXT_CHUNK_BITS,

	/* Bytes of one text. */
	SILT_TEXT_POOL_MAX = SILT_TEXT_CHUNK / 2,
};

struct silt_text_chunk {
	uint8_t *bytes; /* owns */
	size_t size;    /* at most SILT_TEXT_CHUNK */
};

struct silt_text_pool {
	struct silt_text_chunk *chunks; /* owns; texts do not reach from one into the next */
	size_t count, capacity;
	size_t used;  /* bytes of the last chunk */
	size_t total; /* bytes of all texts, and of their lengths */
};

/* Stores a copy of at most SILT_TEXT_POOL_MAX bytes. False if memory, or the 4 GiB that 32 bits can name, ran out. */
bool silt_text_pool_add(struct silt_text_pool *texts, struct silt_bytes bytes, uint32_t *text) SILT_MUST_USE;

/*
 * Adds a whole chunk of another store, of 1..SILT_TEXT_CHUNK bytes: texts have the names they had there, if all chunks
 * come in their order. Nothing else can be added from then on. False if memory ran out.
 */
bool silt_text_pool_add_chunk(struct silt_text_pool *texts, struct silt_bytes chunk) SILT_MUST_USE;

void silt_text_pool_done(struct silt_text_pool *texts);

/* A text is its length in two bytes, then its bytes. */
static inline struct silt_bytes silt_text_of(const struct silt_text_pool *texts, uint32_t text)
{
	if (text == 0) {
		return silt_bytes("", 0);
	}
	const uint8_t *at = texts->chunks[text >> SILT_TEXT_CHUNK_BITS].bytes + (text & (SILT_TEXT_CHUNK - 1));
	uint16_t len;
	memcpy(&len, at, sizeof(len));
	return silt_bytes(at + sizeof(len), len);
}

#endif
