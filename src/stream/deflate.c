/* Streams of deflate: bare ones by the fastest engine there is. */
#include "stream/deflate_engine.h"

#include <assert.h>
#include <stdlib.h>

struct silt_deflate {
	const struct silt_deflate_engine *engine;
	void *state; /* owns */
	bool begun;
};

const struct silt_deflate_engine *const silt_deflate_engines[] = {
#ifdef SILT_ISAL
	&silt_deflate_isal,
#endif
	&silt_deflate_zlib,
	NULL,
};

enum silt_status silt_deflate_new_by(const struct silt_deflate_engine *engine, enum silt_deflate_frame frame,
				     struct silt_deflate **out, struct silt_error *err)
{
	struct silt_deflate *deflate = calloc(1, sizeof(*deflate));
	if (deflate) {
		deflate->engine = engine;
		deflate->state = engine->create(frame);
	}
	if (!deflate || !deflate->state) {
		free(deflate);
		return silt_fail_memory(err);
	}
	*out = deflate;
	return SILT_OK;
}

enum silt_status silt_deflate_new(enum silt_deflate_frame frame, struct silt_deflate **out, struct silt_error *err)
{
	/* Frames are zlib's own: what has them, objects of git, is small. */
	return silt_deflate_new_by(frame == SILT_DEFLATE_BARE ? silt_deflate_engines[0] : &silt_deflate_zlib, frame,
				   out, err);
}

void silt_deflate_free(struct silt_deflate *deflate)
{
	if (deflate) {
		deflate->engine->destroy(deflate->state);
		free(deflate);
	}
}

void silt_deflate_begin(struct silt_deflate *deflate)
{
	deflate->engine->begin(deflate->state);
	deflate->begun = true;
}

enum silt_deflate_step silt_deflate_next(struct silt_deflate *deflate, struct silt_bytes *in, uint8_t *out, size_t room,
					 size_t *len)
{
	assert(deflate->begun);
	return deflate->engine->next(deflate->state, in, out, room, len);
}
