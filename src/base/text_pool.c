/* Texts in chunks of 64 KiB: number of the chunk and place in it make up the 32 bits. */
#include "base/text_pool.h"

#include "base/arena.h"
#include "base/secure.h"

#include <stdlib.h>

void silt_text_pool_done(struct silt_text_pool *texts)
{
	for (size_t i = 0; i < texts->count; i++) {
		bool last = i + 1 == texts->count;
		silt_wipe(texts->chunks[i], last ? texts->used : SILT_TEXT_CHUNK);
		free(texts->chunks[i]);
	}
	free(texts->chunks);
	*texts = (struct silt_text_pool){0};
}

static bool add_chunk(struct silt_text_pool *texts)
{
	if (texts->count > UINT32_MAX >> SILT_TEXT_CHUNK_BITS ||
	    !silt_grow((void **)&texts->chunks, texts->count, &texts->capacity, sizeof(*texts->chunks))) {
		return false;
	}
	uint8_t *chunk = malloc(SILT_TEXT_CHUNK);
	if (!chunk) {
		return false;
	}
	texts->chunks[texts->count++] = chunk;
	texts->used = texts->count == 1 ? 1 : 0; /* no text is at 0 */
	return true;
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
	if ((texts->count == 0 || whole > SILT_TEXT_CHUNK - texts->used) && !add_chunk(texts)) {
		return false;
	}
	uint8_t *at = texts->chunks[texts->count - 1] + texts->used;
	memcpy(at, &len, sizeof(len));
	memcpy(at + sizeof(len), bytes.ptr, len);
	*text = (uint32_t)((texts->count - 1) << SILT_TEXT_CHUNK_BITS | texts->used);
	texts->used += whole;
	return true;
}

size_t silt_text_pool_size(const struct silt_text_pool *texts)
{
	return texts->count * SILT_TEXT_CHUNK;
}
