/* Texts in chunks of at most 64 KiB: number of the chunk and place in it make up the 32 bits. */
#include "base/text_pool.h"

#include "base/arena.h"
#include "base/secure.h"

#include <stdlib.h>

enum { FIRST_CHUNK = 1024 };

void silt_text_pool_done(struct silt_text_pool *texts)
{
	for (size_t i = 0; i < texts->count; i++) {
		bool last = i + 1 == texts->count;
		silt_wipe(texts->chunks[i].bytes, last ? texts->used : texts->chunks[i].size);
		free(texts->chunks[i].bytes);
	}
	free(texts->chunks);
	*texts = (struct silt_text_pool){0};
}

/* There may be many pools with few texts in each: chunks grow from a small one. */
static size_t next_size(const struct silt_text_pool *texts, size_t wanted)
{
	size_t size = texts->count > 0 ? texts->chunks[texts->count - 1].size * 2 : FIRST_CHUNK;
	while (size < wanted) {
		size *= 2;
	}
	return size < SILT_TEXT_CHUNK ? size : SILT_TEXT_CHUNK;
}

static bool add_chunk(struct silt_text_pool *texts, size_t wanted)
{
	if (texts->count > UINT32_MAX >> SILT_TEXT_CHUNK_BITS ||
	    !silt_grow((void **)&texts->chunks, texts->count, &texts->capacity, sizeof(*texts->chunks))) {
		return false;
	}
	size_t size = next_size(texts, wanted);
	uint8_t *bytes = calloc(1, size);
	if (!bytes) {
		return false;
	}
	texts->chunks[texts->count++] = (struct silt_text_chunk){bytes, size};
	texts->used = texts->count == 1 ? 1 : 0; /* no text is at 0 */
	return true;
}

static bool fits(const struct silt_text_pool *texts, size_t wanted)
{
	return texts->count > 0 && wanted <= texts->chunks[texts->count - 1].size - texts->used;
}

bool silt_text_pool_add(struct silt_text_pool *texts, struct silt_bytes bytes, uint32_t *text)
{
	uint16_t len = (uint16_t)bytes.len;
	if (bytes.len == 0) {
		*text = 0;
		return true;
	}
	if (bytes.len > SILT_TEXT_POOL_MAX) {
		return false;
	}
	size_t whole = sizeof(len) + len;
	if (!fits(texts, whole) && !add_chunk(texts, 1 + whole)) {
		return false;
	}
	uint8_t *at = texts->chunks[texts->count - 1].bytes + texts->used;
	memcpy(at, &len, sizeof(len));
	memcpy(at + sizeof(len), bytes.ptr, len);
	*text = (uint32_t)((texts->count - 1) << SILT_TEXT_CHUNK_BITS | texts->used);
	texts->used += whole;
	texts->total += whole;
	return true;
}

bool silt_text_pool_add_chunk(struct silt_text_pool *texts, struct silt_bytes chunk)
{
	uint8_t *bytes = malloc(chunk.len);
	if (!bytes || !silt_grow((void **)&texts->chunks, texts->count, &texts->capacity, sizeof(*texts->chunks))) {
		free(bytes);
		return false;
	}
	memcpy(bytes, chunk.ptr, chunk.len);
	texts->chunks[texts->count++] = (struct silt_text_chunk){bytes, chunk.len};
	texts->used = chunk.len;
	return true;
}
