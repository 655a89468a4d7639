/* One xz stream, by liblzma. Streams that follow each other, and the padding between them, are the stage's. */
#include "stream/inflate_codec.h"

#include <lzma.h>
#include <stdlib.h>

struct xz {
	lzma_stream stream;
	uint64_t memory; /* bytes that decoding may take */
};

static enum silt_status create(const struct silt_limits *limits, void **state, struct silt_error *err)
{
	struct xz *xz = malloc(sizeof(*xz));
	if (!xz) {
		return silt_fail_memory(err);
	}
	*xz = (struct xz){.stream = LZMA_STREAM_INIT, .memory = limits->value[SILT_LIMIT_XZ_MEMORY]};
	*state = xz;
	return SILT_OK;
}

static void destroy(void *state)
{
	struct xz *xz = state;
	if (xz) {
		lzma_end(&xz->stream);
		free(xz);
	}
}

static enum silt_status begin(void *state, uint64_t others, struct silt_error *err)
{
	struct xz *xz = state;
	const uint64_t left = xz->memory > others ? xz->memory - others : 1; /* 0 is none in later versions */
	lzma_ret result = lzma_stream_decoder(&xz->stream, left, LZMA_TELL_UNSUPPORTED_CHECK);
	return result == LZMA_OK ? SILT_OK : silt_fail_memory(err);
}

/* What a result means that ends the decoding; anything not listed is damage. */
static const struct verdict {
	lzma_ret result;
	const char *what;
} verdicts[] = {
	{LZMA_OPTIONS_ERROR, "xz: unknown filter or flag"},
	{LZMA_DATA_ERROR, "xz: the data is invalid or fails its check"},
};

static void record_damage(lzma_ret result, struct silt_codec_io *io)
{
	const struct verdict *verdict = verdicts;
	if (result == LZMA_MEMLIMIT_ERROR) {
		silt_codec_limit(io->report, SILT_LIMIT_XZ_MEMORY, io->at, "xz: decoding needs more memory");
		return;
	}
	while (verdict->result != result && verdict->result != LZMA_DATA_ERROR) {
		verdict++;
	}
	silt_codec_flaw(io->report, SILT_INFLATE_DAMAGED, io->at, verdict->what);
}

static enum silt_status take_result(lzma_ret result, struct silt_codec_io *io, enum silt_codec_step *step,
				    struct silt_error *err)
{
	if (result == LZMA_OK || result == LZMA_BUF_ERROR) { /* the latter: no input, or no room */
		*step = SILT_CODEC_MORE;
	} else if (result == LZMA_STREAM_END) {
		*step = SILT_CODEC_MEMBER;
	} else if (result == LZMA_MEM_ERROR) {
		return silt_fail_memory(err);
	} else {
		record_damage(result, io);
		*step = SILT_CODEC_BROKEN;
	}
	return SILT_OK;
}

static enum silt_status decode(void *state, struct silt_codec_io *io, enum silt_codec_step *step,
			       struct silt_error *err)
{
	lzma_stream *xz = &((struct xz *)state)->stream;
	xz->next_in = io->in.ptr;
	xz->avail_in = io->in.len;
	xz->next_out = io->out;
	xz->avail_out = io->room;
	lzma_ret result = lzma_code(xz, LZMA_RUN);
	if (result == LZMA_UNSUPPORTED_CHECK) {
		/* Told once, at the head of the stream: it can be decoded, but not verified. */
		silt_codec_flaw(io->report, SILT_INFLATE_DAMAGED, io->at, "xz: unknown kind of check");
		result = lzma_code(xz, LZMA_RUN);
	}
	silt_codec_produce(io, io->room - xz->avail_out);
	silt_codec_consume(io, io->in.len - xz->avail_in);
	return take_result(result, io, step, err);
}

static uint64_t memory(const void *state)
{
	return lzma_memusage(&((const struct xz *)state)->stream);
}

const struct silt_codec silt_codec_xz = {create, destroy, begin, decode, memory};
