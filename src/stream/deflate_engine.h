/* Who decodes deflate: what deflate.h asks of zlib and of ISA-L. Internal to it. */
#ifndef SILT_STREAM_DEFLATE_ENGINE_H
#define SILT_STREAM_DEFLATE_ENGINE_H

#include "stream/deflate.h"

struct silt_deflate_engine {
	const char *name;
	/* NULL if memory ran out. */
	void *(*create)(enum silt_deflate_frame frame);
	void (*destroy)(void *state);
	/* The functions of deflate.h of these names. */
	void (*begin)(void *state);
	enum silt_deflate_step (*next)(void *state, struct silt_bytes *in, uint8_t *out, size_t room, size_t *len);
};

/* The fastest first, NULL behind the last. */
extern const struct silt_deflate_engine *const silt_deflate_engines[];

extern const struct silt_deflate_engine silt_deflate_zlib; /* the one that knows frames */
extern const struct silt_deflate_engine silt_deflate_isal; /* not on every platform */

/* As silt_deflate_new, by this engine, which has to know the frame. */
enum silt_status silt_deflate_new_by(const struct silt_deflate_engine *engine, enum silt_deflate_frame frame,
				     struct silt_deflate **out, struct silt_error *err);

#endif
