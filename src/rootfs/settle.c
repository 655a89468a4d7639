/*
 * The end of a layer: what it hides goes, and gets its fate.
 *
 * One walk over the names that the layer reached, and over everything below what it hides; so the work is bounded by
 * the entries of this layer and by the names that go for good. What a lower name ends up with does not depend on the
 * order of marks: a new entry of the same path, else the nearest whiteout at or above it, else the first entry that
 * replaced a directory above it, else the nearest opaque mark above it, else a directory that had to be made of it.
 */
#include "rootfs/tree.h"

#include "base/arena.h"

static const enum silt_fate fate_of_cover[] = {
	[SILT_COVER_NONE] = SILT_FATE_VISIBLE,
	[SILT_COVER_OPAQUE] = SILT_FATE_MASKED,
	[SILT_COVER_REPLACED] = SILT_FATE_MASKED,
	[SILT_COVER_WHITEOUT] = SILT_FATE_DELETED,
};

/* Why the lower layers' name is gone; VISIBLE: it is not. */
static struct silt_removal removal_of(const struct silt_change *change, struct silt_cover cover)
{
	if (change && change->overwriter != SILT_NO_ENTRY) {
		return (struct silt_removal){SILT_FATE_OVERWRITTEN, change->overwriter};
	}
	if (cover.kind == SILT_COVER_NONE && change && change->implied != SILT_NO_ENTRY) {
		return (struct silt_removal){SILT_FATE_OVERWRITTEN, change->implied};
	}
	return (struct silt_removal){fate_of_cover[cover.kind], cover.entry};
}

static void count_effect(struct silt_rootfs *rootfs, uint32_t id, struct silt_cover cover)
{
	struct silt_layer_effect *effect = &rootfs->layers[silt_rootfs_top(rootfs)].effect;
	const struct silt_name *name = &rootfs->names[id];
	const struct silt_change *change = silt_name_change_if_any(rootfs, id);
	uint8_t before = change ? change->type : name->type;
	bool was_file = silt_name_has_lower(rootfs, id) && before != SILT_ENTRY_DIRECTORY;
	bool is_file = name->flags & SILT_NAME_FRESH && name->type != SILT_ENTRY_DIRECTORY;
	bool goes = was_file && removal_of(change, cover).fate != SILT_FATE_VISIBLE;
	effect->added += is_file && !was_file;
	effect->changed += is_file && was_file;
	effect->deleted += !is_file && goes;
	if (is_file) {
		const struct silt_entry *entry = silt_entry_of_number(rootfs, silt_name_meta(rootfs, id));
		effect->bytes_added += entry->type == SILT_ENTRY_FILE ? entry->size : 0;
	}
}

/* Returns why a lower directory of that name is gone. */
static struct silt_removal settle_lower(struct silt_rootfs *rootfs, uint32_t id, struct silt_cover cover)
{
	static const struct silt_removal nothing_gone = {SILT_FATE_VISIBLE, SILT_NO_ENTRY};
	if (!silt_name_has_lower(rootfs, id)) {
		return nothing_gone;
	}
	struct silt_name *name = &rootfs->names[id];
	const struct silt_change *change = silt_name_change_if_any(rootfs, id);
	const bool was_directory = (change ? change->type : name->type) == SILT_ENTRY_DIRECTORY;
	struct silt_removal why = removal_of(change, cover);
	if (why.fate == SILT_FATE_VISIBLE) {
		return nothing_gone;
	}
	if (change && why.entry == change->implied) {
		silt_rootfs_note(rootfs, SILT_ROOTFS_NOTE_NO_PARENT, why.entry);
	}
	silt_fate_lose(rootfs, id, change ? change->meta : silt_name_meta(rootfs, id), why);
	if (!(name->flags & SILT_NAME_FRESH)) {
		silt_name_bare(rootfs, id);
		name->type = SILT_NAME_ABSENT;
	}
	return was_directory ? why : nothing_gone;
}

/* What hides lower names below this one, given what hides it. */
static struct silt_cover cover_below(const struct silt_change *change, struct silt_cover cover)
{
	if (change->replacer != SILT_NO_ENTRY) {
		bool first = cover.kind < SILT_COVER_REPLACED ||
			     (cover.kind == SILT_COVER_REPLACED && change->replacer < cover.entry);
		return first ? (struct silt_cover){SILT_COVER_REPLACED, change->replacer} : cover;
	}
	if (change->opaque != SILT_NO_ENTRY && cover.kind <= SILT_COVER_OPAQUE) {
		return (struct silt_cover){SILT_COVER_OPAQUE, change->opaque};
	}
	return cover;
}

static void enter(struct silt_rootfs *rootfs, uint32_t id, struct silt_cover cover)
{
	const struct silt_change *change = silt_name_change_if_any(rootfs, id);
	if (change && change->whiteout != SILT_NO_ENTRY) {
		cover = (struct silt_cover){SILT_COVER_WHITEOUT, change->whiteout};
	}
	count_effect(rootfs, id, cover);
	const struct silt_removal gone = settle_lower(rootfs, id, cover);
	if (change) {
		cover = cover_below(change, cover);
	}
	void *items = rootfs->frames;
	if (!silt_grow(&items, rootfs->frame_count, &rootfs->frame_capacity, sizeof(*rootfs->frames))) {
		silt_rootfs_give_up(rootfs, SILT_ERR_MEMORY);
		return;
	}
	rootfs->frames = items;
	rootfs->frames[rootfs->frame_count++] =
		(struct silt_frame){.name = id, .next = rootfs->names[id].child, .cover = cover, .gone = gone};
}

/* overlayfs sees a directory without a mark, and shows what lower layers have in it. */
static enum silt_rootfs_note_kind note_of_both(const struct silt_name *name, const struct silt_change *change)
{
	bool undone = name->type == SILT_ENTRY_DIRECTORY && change->type == SILT_ENTRY_DIRECTORY;
	return undone ? SILT_ROOTFS_NOTE_UNDONE : SILT_ROOTFS_NOTE_BOTH;
}

static void remember_remade(struct silt_rootfs *rootfs, uint32_t id, struct silt_removal why)
{
	void *items = rootfs->remade;
	if (!silt_grow(&items, rootfs->remade_count, &rootfs->remade_capacity, sizeof(*rootfs->remade))) {
		silt_rootfs_give_up(rootfs, SILT_ERR_MEMORY);
		return;
	}
	rootfs->remade = items;
	rootfs->remade[rootfs->remade_count++] = (struct silt_remade){id, why};
}

/* All below is settled: what stands for nothing goes, or is the directory that fresh names below it need. */
static void leave(struct silt_rootfs *rootfs, uint32_t id, struct silt_removal gone)
{
	struct silt_name *name = &rootfs->names[id];
	const struct silt_change *change = silt_name_change_if_any(rootfs, id);
	if (name->type == SILT_NAME_ABSENT && name->child == SILT_NO_NAME) {
		silt_name_remove(rootfs, id);
		return;
	}
	if (name->type == SILT_NAME_ABSENT) {
		name->type = SILT_ENTRY_DIRECTORY;
	}
	if (change && change->whiteout != SILT_NO_ENTRY) {
		silt_rootfs_note(rootfs, note_of_both(name, change), change->whiteout);
	}
	name->flags &= SILT_NAME_BARE | SILT_NAME_APART;
	if (gone.fate != SILT_FATE_VISIBLE && name->flags != 0) {
		remember_remade(rootfs, id, gone);
	}
}

static void settle_names(struct silt_rootfs *rootfs)
{
	enter(rootfs, SILT_ROOT_NAME, (struct silt_cover){SILT_COVER_NONE, SILT_NO_ENTRY});
	while (rootfs->frame_count > 0 && rootfs->failure == SILT_OK) {
		struct silt_frame *frame = &rootfs->frames[rootfs->frame_count - 1];
		uint32_t child = frame->next;
		if (child != SILT_NO_NAME &&
		    (frame->cover.kind != SILT_COVER_NONE || rootfs->names[child].flags & SILT_NAME_REACHED)) {
			frame->next = rootfs->names[child].next;
			enter(rootfs, child, frame->cover);
		} else {
			rootfs->frame_count--;
			leave(rootfs, frame->name, frame->gone);
		}
	}
}

void silt_rootfs_settle(struct silt_rootfs *rootfs)
{
	settle_names(rootfs);
	silt_fates_settle(rootfs);
	silt_changes_done(rootfs);
	rootfs->hides = false;
	rootfs->cache.name = SILT_NO_NAME;
}
