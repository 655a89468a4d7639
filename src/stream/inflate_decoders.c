/* The decoders of one stage, and their memory. */
#include "stream/inflate_decoders.h"

#include "base/limits.h"

static const struct silt_codec *const codecs[SILT_COMPRESSIONS] = {
	[SILT_COMPRESSION_NONE] = NULL,
	[SILT_COMPRESSION_GZIP] = &silt_codec_gzip,
	[SILT_COMPRESSION_ZSTD] = &silt_codec_zstd,
	[SILT_COMPRESSION_XZ] = &silt_codec_xz,
	[SILT_COMPRESSION_BZIP2] = &silt_codec_bzip2,
};

/* Tells the limits how much memory a decoder holds now. */
static void count_memory(struct silt_inflate_decoders *decoders, enum silt_compression of, uint64_t memory)
{
	uint64_t *all = decoders->limits->decoders;
	if (all) {
		*all += memory - decoders->held[of];
		decoders->held[of] = memory;
	}
}

/* What the decoders of other stages hold. */
static uint64_t memory_of_others(const struct silt_inflate_decoders *decoders)
{
	const uint64_t *all = decoders->limits->decoders;
	uint64_t own = 0;
	for (size_t i = 0; i < SILT_COMPRESSIONS; i++) {
		own += decoders->held[i];
	}
	return all ? *all - own : 0;
}

void silt_inflate_decoders_done(struct silt_inflate_decoders *decoders)
{
	for (size_t i = 0; i < SILT_COMPRESSIONS; i++) {
		if (codecs[i]) {
			codecs[i]->destroy(decoders->states[i]);
			count_memory(decoders, (enum silt_compression)i, 0);
		}
	}
}

enum silt_status silt_inflate_decoders_use(struct silt_inflate_decoders *decoders, enum silt_compression compression,
					   struct silt_error *err)
{
	const struct silt_codec *codec = codecs[compression];
	void **state = &decoders->states[compression];
	enum silt_status status = !codec || *state ? SILT_OK : codec->create(decoders->limits, state, err);
	if (status == SILT_OK) {
		decoders->current = compression;
	}
	return status;
}

enum silt_status silt_inflate_decoders_begin(struct silt_inflate_decoders *decoders, struct silt_error *err)
{
	return codecs[decoders->current]->begin(decoders->states[decoders->current], memory_of_others(decoders), err);
}

enum silt_status silt_inflate_decoders_decode(struct silt_inflate_decoders *decoders, struct silt_codec_io *io,
					      enum silt_codec_step *step, struct silt_error *err)
{
	const struct silt_codec *codec = codecs[decoders->current];
	void *state = decoders->states[decoders->current];
	enum silt_status status = codec->decode(state, io, step, err);
	if (codec->memory) {
		count_memory(decoders, decoders->current, codec->memory(state));
	}
	return status;
}
