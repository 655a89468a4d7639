/* What happened to one name between two layers. */
#include "forensics/path_state.h"

static const struct {
	const char *name, *text;
} events[] = {
	[SILT_EVENT_NONE] = {"none", "nothing"},
	[SILT_EVENT_ADDED] = {"added", "added"},
	[SILT_EVENT_BACK] = {"back-again", "back again"},
	[SILT_EVENT_CHANGED] = {"changed", "content changed"},
	[SILT_EVENT_REWRITTEN] = {"rewritten", "written again, not compared"},
	[SILT_EVENT_RETYPED] = {"retyped", "became another type"},
	[SILT_EVENT_METADATA] = {"metadata", "only mode or owner changed"},
	[SILT_EVENT_REPEATED] = {"repeated", "written again, the same"},
	[SILT_EVENT_ELSEWHERE] = {"elsewhere", "leads elsewhere"},
	[SILT_EVENT_DELETED] = {"deleted", "deleted"},
	[SILT_EVENT_MASKED] = {"masked", "masked"},
	[SILT_EVENT_SHADOWED] = {"shadowed", "replaced within the layer"},
	[SILT_EVENT_DISPUTED] = {"disputed", "seen by other readers only"},
	[SILT_EVENT_LINKED] = {"other-name", "another name of it"},
};

const char *silt_event_name(enum silt_event event)
{
	return events[event].name;
}

const char *silt_event_text(enum silt_event event)
{
	return events[event].text;
}

static bool same_ref(struct silt_entry_ref a, struct silt_entry_ref b)
{
	return a.layer == b.layer && a.index == b.index;
}

/* Files of one size, and one of them without a digest, as what is sparse. */
static bool cannot_compare(const struct silt_path_state *old, const struct silt_path_state *now)
{
	const struct silt_entry_view *a = &old->listed.content, *b = &now->listed.content;
	return silt_listed_type(&now->listed) == SILT_ENTRY_FILE && a->size == b->size &&
	       !(silt_listed_digest(&old->listed) && silt_listed_digest(&now->listed));
}

/* Of two names of one type. What is not known to be the same is not. */
static bool same_content(const struct silt_path_state *old, const struct silt_path_state *now)
{
	const struct silt_entry_view *a = &old->listed.content, *b = &now->listed.content;
	if (same_ref(old->node.content, now->node.content)) {
		return true;
	}
	switch (silt_listed_type(&now->listed)) {
	case SILT_ENTRY_FILE: {
		const uint8_t *first = silt_listed_digest(&old->listed), *second = silt_listed_digest(&now->listed);
		return first && second && memcmp(first, second, 32) == 0;
	}
	case SILT_ENTRY_SYMLINK:
	case SILT_ENTRY_HARDLINK:
		return silt_bytes_equal(a->link, b->link);
	case SILT_ENTRY_CHAR_DEVICE:
	case SILT_ENTRY_BLOCK_DEVICE:
		return a->dev_major == b->dev_major && a->dev_minor == b->dev_minor;
	case SILT_ENTRY_DIRECTORY:
	case SILT_ENTRY_FIFO:
	case SILT_ENTRY_OTHER:
		break;
	}
	return true;
}

static bool same_metadata(const struct silt_listed *old, const struct silt_listed *now)
{
	const struct silt_entry_view *a = &old->meta, *b = &now->meta;
	return old->implied == now->implied && a->mode == b->mode && a->uid == b->uid && a->gid == b->gid &&
	       silt_bytes_equal(old->content.capability, now->content.capability);
}

enum silt_event silt_event_between(const struct silt_path_state *old, const struct silt_path_state *now, bool was_ever)
{
	if (!now->is_there) {
		return old->is_there ? SILT_EVENT_DELETED : SILT_EVENT_NONE;
	}
	if (!old->is_there) {
		return was_ever ? SILT_EVENT_BACK : SILT_EVENT_ADDED;
	}
	const bool same_place = silt_bytes_equal(old->listed.path, now->listed.path);
	if (same_place && same_ref(old->node.meta, now->node.meta) && same_ref(old->node.content, now->node.content)) {
		return SILT_EVENT_NONE;
	}
	if (silt_listed_type(&old->listed) != silt_listed_type(&now->listed)) {
		return SILT_EVENT_RETYPED;
	}
	if (!same_content(old, now)) {
		return cannot_compare(old, now) ? SILT_EVENT_REWRITTEN : SILT_EVENT_CHANGED;
	}
	if (!same_place) {
		return SILT_EVENT_ELSEWHERE;
	}
	return same_metadata(&old->listed, &now->listed) ? SILT_EVENT_REPEATED : SILT_EVENT_METADATA;
}
