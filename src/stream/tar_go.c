/*
 * Go's turn: the walk says what bytes are. libarchive follows: it is let go on until it stands where the walk stands, and
 * then both have read the same entry, or they have not.
 */
#include "stream/tar_reader.h"

#include <stdio.h>

/* ---- Comparing ------------------------------------------------------------------------------------------------------- */

/* The label of a volume: Go gives it as an entry, libarchive as nothing, and nobody misses anything. */
static bool is_label(const struct silt_tar_walk *walk)
{
	return walk->type == 'V' && walk->left == 0;
}

/*
 * Attributes in a spelling that Docker does not read. They do no harm, but may hold something; those that would give
 * rights make a difference, and are not alike.
 */
static void add_xattrs(struct silt_tar *tar)
{
	struct silt_tar_walk *walk = &tar->walk;
	const struct silt_tar_entry *other = &tar->other.slot.entry;
	for (size_t i = 0; i < other->xattr_count; i++) {
		silt_tar_pax_add_foreign_xattr(&walk->pax, other->xattrs[i].name, other->xattrs[i].value);
	}
	walk->failed = walk->failed || walk->pax.failed;
	walk->entry.xattrs = walk->pax.xattrs;
	walk->entry.foreign_xattr_count = walk->pax.foreign_xattr_count;
}

/* What the two make of one header. It ends, and the body begins, where the walk is; for libarchive it may be elsewhere. */
static enum silt_tar_difference compare_both(const struct silt_tar_walk *walk, const struct silt_tar_other *other)
{
	enum silt_tar_difference difference = silt_tar_compare(walk, &other->slot);
	return difference == SILT_TAR_SAME && other->entry_end != walk->at ? SILT_TAR_OTHER_BODY : difference;
}

/*
 * libarchive, too, reads an entry of that header: it ends where the walk's does, or is of that name. The label of a volume
 * is for it a part of the headers behind.
 */
static bool reads_same_header(const struct silt_tar_walk *walk, const struct silt_tar_other *other)
{
	return other->entry_end == walk->at || (!is_label(walk) && other->slot.entry.offset == walk->entry.offset &&
						silt_tar_compare(walk, &other->slot) != SILT_TAR_OTHER_PATH);
}

/* libarchive stands where the walk has an entry, or behind that. */
static void compare(struct silt_tar *tar)
{
	struct silt_tar_walk *walk = &tar->walk;
	struct silt_tar_other *other = &tar->other;
	bool both = other->has_entry && !tar->listed && reads_same_header(walk, other);
	tar->compared = true;
	tar->difference = both ? compare_both(walk, other) : SILT_TAR_SAME;
	tar->alone = !both;
	tar->dispute_due = both ? tar->difference != SILT_TAR_SAME : !is_label(walk) && !tar->over_told;
	tar->warning_due = both && !tar->dispute_due && other->warned;
	tar->oddity_due = walk->oddity != NULL;
	tar->body_refusal_due = walk->body_refusal != NULL;
	bool alike = both ? !tar->dispute_due : is_label(walk);
	walk->entry.reading = alike ? SILT_TAR_READ_ALIKE : SILT_TAR_READ_GO;
	tar->listed = tar->listed || (both && alike);
	tar->told = tar->told || both;
	if (both && alike) {
		add_xattrs(tar);
	}
}

bool silt_tar_give_over(struct silt_tar *tar, struct silt_tar_event *event)
{
	const struct silt_tar_other *other = &tar->other;
	bool limit = tar->feed.overflowed;
	char text[SILT_TAR_SENTENCE];
	tar->over_told = true;
	if (other->fatal) {
		snprintf(text, sizeof(text), "libarchive gives up here (%s); docker reads on", other->words);
	} else {
		snprintf(text, sizeof(text), "libarchive takes this for the end; docker reads on");
	}
	silt_tar_note(tar, event, limit ? SILT_TAR_NOTE_FATAL : SILT_TAR_NOTE_DISPUTED, other->place, text);
	event->limit = limit ? SILT_LIMIT_TAR_HEADER_BYTES : SILT_LIMIT_NONE;
	return true;
}

static bool give_dispute(struct silt_tar *tar, struct silt_tar_event *event)
{
	const struct silt_tar_entry *entry = &tar->walk.entry;
	char text[SILT_TAR_SENTENCE];
	if (!tar->alone) {
		silt_tar_tell_both(tar->difference, entry, &tar->other.slot.entry, text);
	} else if (tar->other.over) {
		return silt_tar_give_over(tar, event);
	} else {
		silt_tar_tell_one(entry, text);
	}
	return silt_tar_note(tar, event, SILT_TAR_NOTE_DISPUTED, entry->offset, text);
}

/* ---- Notes in front of what the walk waits with ---------------------------------------------------------------------- */

static bool give_padding(struct silt_tar *tar, struct silt_tar_event *event)
{
	uint64_t at;
	return silt_tar_walk_take_dirt(&tar->walk, &at) &&
	       silt_tar_note(tar, event, SILT_TAR_NOTE_PADDING, at,
			     "the padding that fills up the last block of a body is not zero; no reader looks at it");
}

static bool give_large_header(struct silt_tar *tar, struct silt_tar_event *event)
{
	uint64_t at;
	return silt_tar_walk_take_large(&tar->walk, &at) &&
	       silt_tar_note(
		       tar, event, SILT_TAR_NOTE_LARGE_HEADER, at,
		       "a PAX header or long name has more than 64 KiB: no name needs as much, and nobody shows it");
}

static bool give_lost(struct silt_tar *tar, struct silt_tar_event *event)
{
	return silt_tar_take(&tar->lost_due) &&
	       silt_tar_note(tar, event, SILT_TAR_NOTE_DISPUTED, tar->lost_at,
			     "libarchive looks for a header here and finds none; docker reads no header here");
}

static bool give_body_refusal(struct silt_tar *tar, struct silt_tar_event *event)
{
	char text[SILT_TAR_SENTENCE];
	snprintf(text, sizeof(text), "docker refuses this archive here: %s", tar->walk.body_refusal);
	return silt_tar_note(tar, event, SILT_TAR_NOTE_DAMAGED, tar->walk.entry.offset, text);
}

bool silt_tar_give_note(struct silt_tar *tar, struct silt_tar_event *event)
{
	if (give_padding(tar, event) || give_large_header(tar, event) || silt_tar_give_kept(tar, event) ||
	    give_lost(tar, event)) {
		return true;
	}
	if (silt_tar_take(&tar->dispute_due)) {
		return give_dispute(tar, event);
	}
	if (silt_tar_take(&tar->warning_due)) {
		return silt_tar_note(tar, event, SILT_TAR_NOTE_WARNING, tar->walk.entry.offset, tar->other.words);
	}
	if (silt_tar_take(&tar->oddity_due)) {
		return silt_tar_note(tar, event, SILT_TAR_NOTE_WARNING, tar->walk.entry.offset, tar->walk.oddity);
	}
	return silt_tar_take(&tar->body_refusal_due) && give_body_refusal(tar, event);
}

/* ---- Entries and bodies ---------------------------------------------------------------------------------------------- */

static enum silt_status give_entry(struct silt_tar *tar, struct silt_tar_event *event, bool *given,
				   struct silt_error *err)
{
	if (!tar->compared) {
		enum silt_status status = silt_tar_follow_to(tar, tar->walk.at, err);
		if (status != SILT_OK) {
			return status;
		}
		compare(tar);
	}
	*given = true;
	if (!silt_tar_give_note(tar, event)) {
		*event = (struct silt_tar_event){.kind = SILT_TAR_ENTRY, .entry = &tar->walk.entry};
		silt_tar_walk_begin_body(&tar->walk);
		tar->compared = false;
	}
	return SILT_OK;
}

/* The walk's next piece of a body; an empty last one where the stream ends in it. */
static bool give_data(struct silt_tar *tar, struct silt_tar_event *event)
{
	struct silt_tar_walk_data data = silt_tar_walk_body(&tar->walk, silt_tar_feed_bytes(&tar->feed));
	silt_tar_feed_pass(&tar->feed, data.bytes.len);
	*event = (struct silt_tar_event){
		.kind = SILT_TAR_DATA,
		.bytes = data.bytes,
		.offset = data.offset,
		.last = data.last || data.bytes.len == 0,
	};
	return true;
}

/* The walk needs bytes for what comes next, there are none in hand, and there may be more. */
static bool lacks_bytes(struct silt_tar *tar)
{
	bool over = tar->walk.state == SILT_TAR_WALK_BODY && silt_tar_walk_body_is_over(&tar->walk);
	return !over && !tar->feed.ended && silt_tar_feed_bytes(&tar->feed).len == 0;
}

enum silt_status silt_tar_give_bytes(struct silt_tar *tar, struct silt_tar_event *event, bool *given,
				     struct silt_error *err)
{
	struct silt_tar_walk *walk = &tar->walk;
	if (lacks_bytes(tar)) {
		return silt_tar_fetch(tar, err);
	}
	bool any = silt_tar_feed_bytes(&tar->feed).len > 0;
	if (walk->state == SILT_TAR_WALK_BODY) {
		*given = give_data(tar, event);
	} else if (any) {
		size_t taken = silt_tar_walk_feed(walk, silt_tar_feed_bytes(&tar->feed));
		*given = taken > 0 && silt_tar_gap(tar, event, taken);
	}
	if (!any && tar->feed.ended) {
		silt_tar_walk_finish(walk);
	}
	return SILT_OK;
}

enum silt_status silt_tar_go(struct silt_tar *tar, struct silt_tar_event *event, bool *given, struct silt_error *err)
{
	if (tar->walk.state == SILT_TAR_WALK_ENTRY) {
		return give_entry(tar, event, given, err);
	}
	return silt_tar_walk_is_over(&tar->walk) ? silt_tar_leave(tar, event, given, err)
						 : silt_tar_give_bytes(tar, event, given, err);
}
