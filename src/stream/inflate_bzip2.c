/* One bzip2 stream, by libbz2. */
#include "stream/inflate_codec.h"

#include <bzlib.h>
#include <stdlib.h>

struct bzip2 {
	bz_stream z;
	bool open; /* z is initialised: libbz2 cannot start over, only end and begin again */
};

static enum silt_status create(const struct silt_limits *limits, void **state, struct silt_error *err)
{
	(void)limits;
	struct bzip2 *b = calloc(1, sizeof(*b));
	if (!b) {
		return silt_fail_memory(err);
	}
	*state = b;
	return SILT_OK;
}

static void close_stream(struct bzip2 *b)
{
	if (b->open) {
		BZ2_bzDecompressEnd(&b->z);
		b->open = false;
	}
}

static void destroy(void *state)
{
	if (state) {
		close_stream(state);
		free(state);
	}
}

static enum silt_status begin(void *state, uint64_t others, struct silt_error *err)
{
	(void)others;
	struct bzip2 *b = state;
	close_stream(b);
	b->z = (bz_stream){0};
	if (BZ2_bzDecompressInit(&b->z, 0, 0) != BZ_OK) {
		return silt_fail_memory(err);
	}
	b->open = true;
	return SILT_OK;
}

/* Lengths are at most SILT_BLOCK_SIZE: they fit libbz2's 32 bits. */
static enum silt_status decode(void *state, struct silt_codec_io *io, enum silt_codec_step *step,
			       struct silt_error *err)
{
	struct bzip2 *b = state;
	b->z.next_in = (char *)(uintptr_t)io->in.ptr; /* read only, whatever the type says */
	b->z.avail_in = (unsigned)io->in.len;
	b->z.next_out = (char *)io->out;
	b->z.avail_out = (unsigned)io->room;
	int result = BZ2_bzDecompress(&b->z);
	silt_codec_produce(io, io->room - b->z.avail_out);
	silt_codec_consume(io, io->in.len - b->z.avail_in);
	switch (result) {
	case BZ_OK:
		*step = SILT_CODEC_MORE;
		return SILT_OK;
	case BZ_STREAM_END:
		*step = SILT_CODEC_MEMBER;
		return SILT_OK;
	case BZ_MEM_ERROR:
		return silt_fail_memory(err);
	default:
		silt_codec_flaw(io->report, SILT_INFLATE_DAMAGED, io->at,
				"bzip2: the data is invalid or fails its CRC");
		*step = SILT_CODEC_BROKEN;
		return SILT_OK;
	}
}

const struct silt_codec silt_codec_bzip2 = {create, destroy, begin, decode, NULL};
