/* Where the two readings of a tar part. */
#include "stream/tar_compare.h"

void silt_tar_compare_done(struct silt_tar_compare *compare)
{
	silt_tar_walk_done(&compare->walk);
}

/* Where a tar is damaged the readings part by nature, and it is told already. */
static bool is_damage(enum silt_tar_note note)
{
	return note == SILT_TAR_NOTE_DAMAGED || note == SILT_TAR_NOTE_TRUNCATED || note == SILT_TAR_NOTE_FATAL;
}

enum silt_status silt_tar_compare_follow(struct silt_tar_compare *compare, const struct silt_tar_event *event,
					 struct silt_error *err)
{
	if (compare->over) {
		return SILT_OK;
	}
	if (event->kind == SILT_TAR_GAP || event->kind == SILT_TAR_DATA) {
		silt_tar_walk_feed(&compare->walk, event->bytes);
	} else if (event->kind == SILT_TAR_NOTE) {
		compare->over = is_damage(event->note);
	}
	return silt_tar_walk_failed(&compare->walk) ? silt_fail_memory(err) : SILT_OK;
}

static bool is_between_bodies(const struct silt_tar_event *event)
{
	return event->kind == SILT_TAR_ENTRY || event->kind == SILT_TAR_END;
}

bool silt_tar_compare_note(struct silt_tar_compare *compare, const struct silt_tar_event *next, uint64_t at,
			   struct silt_tar_event *note)
{
	uint64_t dirt_at;
	if (is_between_bodies(next) && !compare->over && silt_tar_walk_take_dirt(&compare->walk, &dirt_at)) {
		*note = (struct silt_tar_event){
			.kind = SILT_TAR_NOTE,
			.note = SILT_TAR_NOTE_PADDING,
			.offset = dirt_at,
			.text = "the padding that fills up the last block of a body is not zero; no reader looks at it",
		};
		return true;
	}
	bool same = true;
	if (next->kind == SILT_TAR_ENTRY) {
		same = silt_tar_walk_take(&compare->walk, next->entry->offset);
	} else if (next->kind == SILT_TAR_END) {
		same = silt_tar_walk_is_empty(&compare->walk);
	}
	if (same || compare->over) {
		return false;
	}
	compare->over = true;
	*note = (struct silt_tar_event){
		.kind = SILT_TAR_NOTE,
		.note = SILT_TAR_NOTE_DISPUTED,
		.offset = at,
		.text = "the headers before this place can be read in two ways: docker, containerd and podman find "
			"other entries than are listed here",
	};
	return true;
}
