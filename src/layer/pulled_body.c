/* From a pulled body back to pushed events. */
#include "layer/pulled_body.h"

static enum silt_status see_piece(struct silt_pulled_body *body, struct silt_bytes bytes, struct silt_error *err)
{
	struct silt_tar_event event = {.kind = SILT_TAR_DATA, .bytes = bytes, .offset = body->given};
	body->given += bytes.len;
	event.last = body->given == body->size || bytes.len == 0;
	body->ended = event.last;
	return silt_survey_event(body->survey, &event, err);
}

static enum silt_status next_piece(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct silt_pulled_body *body = ctx;
	enum silt_status status = silt_source_next(body->source, block, err);
	if (status != SILT_OK || (block->len == 0 && body->ended)) {
		return status;
	}
	return see_piece(body, *block, err);
}

struct silt_source silt_pulled_body(struct silt_pulled_body *body)
{
	return (struct silt_source){.next = next_piece, .ctx = body};
}
