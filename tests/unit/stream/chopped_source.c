/* Blocks that die as early as they may. */
#include "chopped_source.h"

#include <stdlib.h>

static enum silt_status next(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct chopped_source *source = ctx;
	free(source->block);
	source->block = NULL;
	source->calls++;
	if (source->fail_after > 0 && source->calls > source->fail_after) {
		return silt_fail(err, SILT_ERR_IO, "the disk is gone");
	}
	struct silt_bytes piece =
		silt_bytes_slice(source->rest, 0, source->block_len ? source->block_len : source->rest.len);
	if (piece.len > 0) {
		source->block = malloc(piece.len);
		if (!source->block) {
			abort();
		}
		memcpy(source->block, piece.ptr, piece.len);
	}
	source->rest = silt_bytes_slice(source->rest, piece.len, SIZE_MAX);
	*block = silt_bytes(source->block, piece.len);
	return SILT_OK;
}

struct silt_source chopped_source(struct chopped_source *source)
{
	return (struct silt_source){.next = next, .ctx = source};
}

void chopped_source_done(struct chopped_source *source)
{
	free(source->block);
	source->block = NULL;
}
