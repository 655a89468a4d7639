/* Fuzz target: the inflate stage. What comes out may not depend on how the input is cut into blocks. */
#include "stream/inflate.h"

#include <stdlib.h>

struct cut_source {
	struct silt_bytes rest;
	size_t block;
};

static enum silt_status next_cut(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	(void)err;
	struct cut_source *source = ctx;
	*block = silt_bytes_slice(source->rest, 0, source->block);
	source->rest = silt_bytes_slice(source->rest, source->block, source->rest.len);
	return SILT_OK;
}

struct outcome {
	uint64_t bytes, sum, asides;
	enum silt_inflate_end end;
};

static enum silt_status see_aside(void *ctx, enum silt_aside aside, uint64_t offset, bool start, bool end,
				  struct silt_bytes bytes, struct silt_error *err)
{
	(void)offset;
	(void)start;
	(void)end;
	(void)err;
	struct outcome *outcome = ctx;
	if (aside != SILT_ASIDE_UNDECODED) {
		outcome->asides += bytes.len;
	}
	return SILT_OK;
}

/* A bomb is a matter of budgets, not of this target. */
enum { ENOUGH = 16 * 1024 * 1024 };

static struct outcome inflate(const uint8_t *data, size_t size, size_t block)
{
	struct cut_source cut = {silt_bytes(data, size), block};
	struct outcome outcome = {0};
	struct silt_error err = {0};
	struct silt_inflate *inflate = NULL;
	if (silt_inflate_new((struct silt_source){.next = next_cut, .ctx = &cut}, see_aside, &outcome, NULL, &inflate,
			     &err) != SILT_OK) {
		abort();
	}
	struct silt_bytes out;
	do {
		if (silt_source_next(silt_inflate_source(inflate), &out, &err) != SILT_OK) {
			abort();
		}
		for (size_t i = 0; i < out.len; i++) {
			outcome.sum = outcome.sum * 31 + out.ptr[i];
		}
		outcome.bytes += out.len;
	} while (out.len > 0 && outcome.bytes < ENOUGH);
	outcome.end = silt_inflate_report(inflate)->end;
	silt_inflate_free(inflate);
	return outcome;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct outcome whole = inflate(data, size, size + 512 - size % 512);
	struct outcome pieces = inflate(data, size, 512);
	if (whole.bytes < ENOUGH && (whole.bytes != pieces.bytes || whole.sum != pieces.sum ||
				     whole.end != pieces.end || whole.asides != pieces.asides)) {
		abort();
	}
	return 0;
}
