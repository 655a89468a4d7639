/*
 * What is left when both readers are done. Nobody lists entries there but "tar -i" and whoever unpacks a second archive
 * that was put behind the first; but what is there was put there.
 */
#include "stream/tar_reader.h"

void silt_tar_begin_rest(struct silt_tar *tar)
{
	tar->turn = SILT_TAR_TURN_REST;
	tar->walk.at = silt_tar_feed_cursor(&tar->feed);
	silt_tar_walk_salvage(&tar->walk);
}

/* The first byte behind the end marker that is not zero. */
static bool give_tail(struct silt_tar *tar, struct silt_tar_event *event)
{
	struct silt_bytes bytes = silt_tar_feed_bytes(&tar->feed);
	size_t zeros = 0;
	while (zeros < bytes.len && bytes.ptr[zeros] == 0) {
		zeros++;
	}
	if (zeros == bytes.len) {
		return false;
	}
	tar->tail_due = false;
	return silt_tar_note(tar, event, SILT_TAR_NOTE_TAIL, silt_tar_feed_cursor(&tar->feed) + zeros,
			     "bytes follow the end marker");
}

enum silt_status silt_tar_go_rest(struct silt_tar *tar, struct silt_tar_event *event, bool *given,
				  struct silt_error *err)
{
	if (silt_tar_walk_is_over(&tar->walk)) {
		tar->turn = SILT_TAR_TURN_OVER;
		return SILT_OK;
	}
	if (tar->walk.state == SILT_TAR_WALK_ENTRY) {
		*given = true;
		*event = (struct silt_tar_event){.kind = SILT_TAR_ENTRY, .entry = &tar->walk.entry};
		silt_tar_walk_begin_body(&tar->walk);
		return SILT_OK;
	}
	*given = tar->tail_due && give_tail(tar, event);
	return *given ? SILT_OK : silt_tar_give_bytes(tar, event, given, err);
}
