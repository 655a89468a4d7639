/* libarchive follows the walk: what it reads beside it is kept, and where it parts from it noticed. */
#include "stream/tar_reader.h"

#include <stdio.h>

/* The entry of libarchive is about to be overwritten. */
static bool keep_entry(struct silt_tar *tar)
{
	bool kept = true;
	if (tar->other.has_entry && !tar->listed) {
		kept = silt_tar_backlog_add(&tar->backlog, &tar->other.slot.entry, tar->told);
		tar->listed = true;
	}
	return kept;
}

static void notice(struct silt_tar *tar, enum silt_tar_step step)
{
	if (step == SILT_TAR_STEP_ENTRY) {
		tar->listed = tar->told = tar->lost = false;
	} else if (step == SILT_TAR_STEP_LOST && !tar->lost) {
		tar->lost = tar->lost_due = true;
		tar->lost_at = tar->other.place - SILT_TAR_BLOCK;
	}
}

enum silt_status silt_tar_follow_step(struct silt_tar *tar, enum silt_tar_step *step, struct silt_error *err)
{
	if (!tar->other.in_body && !keep_entry(tar)) {
		return silt_fail_memory(err);
	}
	enum silt_status status = silt_tar_other_step(&tar->other, step, err);
	notice(tar, *step);
	if (status == SILT_OK && tar->other.over && !keep_entry(tar)) {
		return silt_fail_memory(err);
	}
	return status;
}

enum silt_status silt_tar_follow_to(struct silt_tar *tar, uint64_t place, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	enum silt_tar_step step;
	while (status == SILT_OK && !tar->other.over && tar->other.place + tar->other.data_len < place) {
		status = silt_tar_follow_step(tar, &step, err);
	}
	return status;
}

enum silt_status silt_tar_fetch(struct silt_tar *tar, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	struct silt_tar_feed *feed = &tar->feed;
	uint64_t end = feed->end;
	enum silt_tar_step step;
	while (status == SILT_OK && !tar->other.over && !feed->ended && feed->end == end) {
		status = silt_tar_follow_step(tar, &step, err);
	}
	if (status == SILT_OK && !feed->ended && feed->end == end) {
		struct silt_bytes block;
		status = silt_tar_feed_pull(feed, &block, err);
	}
	return status;
}

bool silt_tar_give_kept(struct silt_tar *tar, struct silt_tar_event *event)
{
	struct silt_tar_backlog *backlog = &tar->backlog;
	struct silt_tar_backlog_item *item = silt_tar_backlog_peek(backlog);
	char text[SILT_TAR_SENTENCE];
	if (item && !item->told) {
		item->told = true;
		silt_tar_tell_one(&item->entry, text);
		return silt_tar_note(tar, event, SILT_TAR_NOTE_DISPUTED, item->entry.offset, text);
	}
	if (item) {
		*event = (struct silt_tar_event){.kind = SILT_TAR_ENTRY, .entry = &item->entry};
		silt_tar_backlog_pop(backlog);
		return true;
	}
	if (backlog->dropped == 0) {
		return false;
	}
	snprintf(text, sizeof(text), "libarchive reads %llu more entries where docker reads none; they are not listed",
		 (unsigned long long)backlog->dropped);
	backlog->dropped = 0;
	silt_tar_note(tar, event, SILT_TAR_NOTE_LIMIT, silt_tar_feed_cursor(&tar->feed), text);
	event->limit = SILT_LIMIT_DISPUTED_ENTRIES;
	return true;
}
