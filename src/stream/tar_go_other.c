/*
 * libarchive's turn: Go's reader ended or refused, and libarchive goes on. Its entries are given with their bodies, so
 * that what is found in them has a name.
 */
#include "stream/tar_reader.h"

void silt_tar_begin_other(struct silt_tar *tar)
{
	tar->turn = SILT_TAR_TURN_OTHER;
	/*
	 * It may be in the middle of a body: of an entry that it reads alone, or that has no body for Go. Or be through with
	 * one of which nobody has heard.
	 */
	tar->entry_due = tar->other.in_body || (tar->other.has_entry && !tar->listed);
	tar->warning_due = tar->entry_due && tar->other.warned;
	tar->listed = true;
	tar->body_at = 0;
}

static bool give_entry(struct silt_tar *tar, struct silt_tar_event *event)
{
	const struct silt_tar_entry *entry = &tar->other.slot.entry;
	if (tar->warning_due) {
		tar->warning_due = false;
		return silt_tar_note(tar, event, SILT_TAR_NOTE_WARNING, entry->offset, tar->other.words);
	}
	*event = (struct silt_tar_event){.kind = SILT_TAR_ENTRY, .entry = entry};
	tar->entry_due = false;
	tar->body_open = entry->has_data;
	tar->body_at = 0;
	return true;
}

static bool give_last(struct silt_tar *tar, struct silt_tar_event *event)
{
	*event = (struct silt_tar_event){.kind = SILT_TAR_DATA, .offset = tar->body_at, .last = true};
	tar->body_open = tar->body_over = false;
	return true;
}

/* A piece of the body. One that comes after the last is not of the body. */
static bool give_data(struct silt_tar *tar, struct silt_tar_event *event, uint64_t at)
{
	const struct silt_tar_other *other = &tar->other;
	uint64_t done = at - other->place;
	silt_tar_gap(tar, event, other->data_len - (size_t)done);
	if (tar->body_open) {
		event->kind = SILT_TAR_DATA;
		event->offset = other->data_offset + done;
		tar->body_at = event->offset + event->bytes.len;
		event->last = !other->slot.entry.sparse && tar->body_at == other->slot.entry.size;
		tar->body_open = !event->last;
	}
	return true;
}

static enum silt_status step(struct silt_tar *tar, struct silt_error *err)
{
	enum silt_tar_step step;
	enum silt_status status = silt_tar_follow_step(tar, &step, err);
	tar->entry_due = step == SILT_TAR_STEP_ENTRY;
	tar->warning_due = tar->entry_due && tar->other.warned;
	tar->listed = true;
	tar->body_over = tar->body_open && step != SILT_TAR_STEP_DATA;
	return status;
}

enum silt_status silt_tar_go_other(struct silt_tar *tar, struct silt_tar_event *event, bool *given,
				   struct silt_error *err)
{
	struct silt_tar_other *other = &tar->other;
	uint64_t cursor = silt_tar_feed_cursor(&tar->feed);
	if (tar->body_over) {
		*given = give_last(tar, event);
	} else if (cursor < other->place) {
		*given = silt_tar_gap(tar, event, (size_t)(other->place - cursor));
	} else if (tar->entry_due) {
		*given = give_entry(tar, event);
	} else if (cursor < other->place + other->data_len) {
		*given = give_data(tar, event, cursor);
	} else if (!other->over) {
		return step(tar, err);
	} else {
		silt_tar_begin_rest(tar);
		*given = other->fatal && !tar->feed.ended &&
			 silt_tar_note(tar, event, SILT_TAR_NOTE_FATAL, other->place, other->words);
	}
	return SILT_OK;
}
