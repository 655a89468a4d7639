/* From pushed events to a pulled body. */
#include "stream/tar_body.h"

static const uint8_t hole[512];

enum silt_status silt_tar_body_event(struct silt_tar_body *body, struct silt_tar_event *event, struct silt_error *err)
{
	if (body->has_stashed) {
		body->has_stashed = false;
		*event = body->stashed;
		return SILT_OK;
	}
	return body->next(body->ctx, event, err);
}

static void stash(struct silt_tar_body *body, const struct silt_tar_event *event)
{
	body->stashed = *event;
	body->has_stashed = true;
}

static struct silt_bytes take_piece(struct silt_tar_body *body, const struct silt_tar_event *event)
{
	if (event->offset != body->at && event->bytes.len > 0) {
		body->at = event->offset;
		stash(body, event);
		return silt_bytes(hole, sizeof(hole));
	}
	body->open = !event->last;
	body->at += event->bytes.len;
	return event->bytes;
}

static enum silt_status next_block(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct silt_tar_body *body = ctx;
	enum silt_status status = SILT_OK;
	*block = silt_bytes(NULL, 0);
	while (status == SILT_OK && body->open && block->len == 0) {
		struct silt_tar_event event;
		status = silt_tar_body_event(body, &event, err);
		if (status != SILT_OK) {
			return status;
		}
		if (event.kind == SILT_TAR_DATA) {
			*block = take_piece(body, &event);
		} else if (event.kind == SILT_TAR_ENTRY || event.kind == SILT_TAR_END) {
			stash(body, &event);
			body->open = false;
		} else {
			status = body->take(body->ctx, &event, err);
		}
	}
	return status;
}

struct silt_source silt_tar_body_source(struct silt_tar_body *body)
{
	body->open = true;
	body->at = 0;
	return (struct silt_source){.next = next_block, .ctx = body};
}
