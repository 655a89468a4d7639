/*
 * The end of Go's turn: the walk is over, by the end marker, by the end of the stream, or because Go refuses to go on. What
 * does libarchive say?
 */
#include "stream/tar_reader.h"

#include <stdio.h>

static bool give_refusal(struct silt_tar *tar, struct silt_tar_event *event)
{
	char text[SILT_TAR_SENTENCE];
	const struct silt_tar_other *other = &tar->other;
	const char *after = !other->over   ? "libarchive reads on"
			    : other->fatal ? "libarchive gives up too"
					   : "libarchive ended before";
	snprintf(text, sizeof(text), "docker refuses this archive here: %s; %s%s%s%s", tar->walk.refusal, after,
		 other->fatal ? " (" : "", other->fatal ? other->words : "", other->fatal ? ")" : "");
	silt_tar_note(tar, event, SILT_TAR_NOTE_DAMAGED, tar->walk.header_at, text);
	event->limit = tar->walk.refusal_limit;
	return true;
}

static bool give_end_note(struct silt_tar *tar, struct silt_tar_event *event)
{
	const struct silt_tar_walk *walk = &tar->walk;
	uint64_t end = tar->feed.end;
	if (walk->state == SILT_TAR_WALK_REFUSED) {
		return give_refusal(tar, event);
	}
	if (walk->state == SILT_TAR_WALK_TRUNCATED) {
		return silt_tar_note(tar, event, SILT_TAR_NOTE_TRUNCATED, end, walk->refusal);
	}
	return !walk->marked &&
	       silt_tar_note(tar, event, SILT_TAR_NOTE_NO_END, end,
			     end > 0 ? "the archive has no whole end marker" : "there are no bytes at all");
}

/*
 * Old programs write the size of the file with a hardlink, and no body. libarchive sees that by the header that follows,
 * and takes the end marker for the body if none does.
 */
static bool is_in_last_hardlink(const struct silt_tar *tar)
{
	return tar->walk.marked && tar->other.in_body && tar->listed &&
	       tar->other.slot.entry.type == SILT_ENTRY_HARDLINK;
}

/* Where the walk ended well libarchive should have, too. */
static bool give_end_dispute(struct silt_tar *tar, struct silt_tar_event *event)
{
	const struct silt_tar_other *other = &tar->other;
	if (tar->walk.state != SILT_TAR_WALK_ENDED || tar->feed.ended || tar->over_told || is_in_last_hardlink(tar)) {
		return false;
	}
	if (!other->over) {
		return silt_tar_note(tar, event, SILT_TAR_NOTE_DISPUTED, tar->walk.at,
				     "docker takes this for the end of the archive; libarchive reads on");
	}
	return other->fatal && silt_tar_give_over(tar, event);
}

/* What Go refuses libarchive has a look at; before that it may have to end a body of no bytes. */
static enum silt_status look_at_refused(struct silt_tar *tar, struct silt_error *err)
{
	struct silt_tar_other *other = &tar->other;
	enum silt_status status = SILT_OK;
	enum silt_tar_step step = SILT_TAR_STEP_BODY;
	while (status == SILT_OK && step == SILT_TAR_STEP_BODY && !other->over &&
	       other->place + other->data_len == tar->walk.at) {
		status = silt_tar_follow_step(tar, &step, err);
	}
	return status;
}

/* libarchive comes to the end of the walk, as far as it will. */
static enum silt_status look_back(struct silt_tar *tar, struct silt_error *err)
{
	enum silt_tar_walk_state state = tar->walk.state;
	enum silt_status status = silt_tar_follow_to(tar, tar->feed.ended ? UINT64_MAX : tar->walk.at, err);
	if (status == SILT_OK && state == SILT_TAR_WALK_REFUSED) {
		status = look_at_refused(tar, err);
	}
	tar->compared = true;
	tar->end_due = true;
	tar->end_dispute_due = true;
	tar->lost_due = tar->lost_due && state == SILT_TAR_WALK_ENDED; /* else both lost their way in one place */
	return status;
}

enum silt_status silt_tar_leave(struct silt_tar *tar, struct silt_tar_event *event, bool *given, struct silt_error *err)
{
	enum silt_status status = tar->compared ? SILT_OK : look_back(tar, err);
	if (status != SILT_OK) {
		return status;
	}
	*given = silt_tar_give_note(tar, event) || (silt_tar_take(&tar->end_due) && give_end_note(tar, event)) ||
		 (silt_tar_take(&tar->end_dispute_due) && give_end_dispute(tar, event));
	if (*given) {
		return SILT_OK;
	}
	tar->tail_due = tar->walk.state == SILT_TAR_WALK_ENDED;
	if (tar->other.over || is_in_last_hardlink(tar)) {
		tar->other.over = true;
		silt_tar_begin_rest(tar);
	} else {
		silt_tar_begin_other(tar);
	}
	return SILT_OK;
}
