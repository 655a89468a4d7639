/*
 * The final filesystems of a pair of images: two walks in one order, side by side.
 *
 * A walk gives parents before children, siblings in byte order: names compare as if '/' came before every other byte.
 */
#include "compare/comparing.h"

#include "base/error.h"
#include "base/escape.h"
#include "layer/contents.h"

#include <stdlib.h>

/* A name of the tree, and what it shows. */
struct name {
	struct silt_bytes path; /* of the names' arena */
	struct silt_node node;
};

struct names {
	const struct silt_audited_image *image;
	struct silt_arena arena; /* owns */
	struct name *items;      /* owns */
	size_t count, capacity;
};

struct side {
	const struct silt_record *record; /* of the content; NULL: a directory that no layer has an entry for */
	const struct silt_entry *meta, *content;
	uint32_t index; /* of the content */
};

struct walk {
	struct silt_comparing *comparing;
	struct silt_compared_image *pair;
	struct names before, after;
	struct silt_compared_file *files; /* of the arena */
};

/* ---- Names --------------------------------------------------------------------------------------------------------- */

static enum silt_status take_name(void *ctx, struct silt_bytes path, const struct silt_node *node,
				  struct silt_error *err)
{
	struct names *names = ctx;
	struct name name = {.path = silt_arena_copy(&names->arena, path), .node = *node};
	if (!name.path.ptr ||
	    !silt_grow((void **)&names->items, names->count, &names->capacity, sizeof(*names->items))) {
		return silt_fail_memory(err);
	}
	names->items[names->count++] = name;
	return SILT_OK;
}

static void names_done(struct names *names)
{
	free(names->items);
	silt_arena_done(&names->arena);
}

static int compare_paths(struct silt_bytes a, struct silt_bytes b)
{
	size_t at = 0;
	while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at]) {
		at++;
	}
	if (at == a.len || at == b.len) {
		return (a.len > at) - (b.len > at);
	}
	if (a.ptr[at] == '/' || b.ptr[at] == '/') {
		return a.ptr[at] == '/' ? -1 : 1;
	}
	return a.ptr[at] < b.ptr[at] ? -1 : 1;
}

static struct side side_of(const struct silt_audited_image *image, const struct silt_node *node)
{
	struct side side = {0};
	if (!silt_place_none(node->meta)) {
		side.meta = &image->layers[node->meta.layer]->entries[node->meta.entry];
	}
	if (!silt_place_none(node->content)) {
		side.record = image->layers[node->content.layer];
		side.index = node->content.entry;
		side.content = &side.record->entries[side.index];
	}
	return side;
}

static struct silt_file_state state_of(const struct side *side)
{
	const struct silt_entry *entry = side->content ? side->content : side->meta;
	struct silt_file_state state = {.type = SILT_ENTRY_DIRECTORY, .mode = 0755};
	if (entry) {
		state.type = (enum silt_entry_type)entry->type;
		state.size = state.type == SILT_ENTRY_FILE ? entry->size : 0;
	}
	if (side->meta) {
		state.mode = side->meta->mode;
		state.uid = side->meta->uid;
		state.gid = side->meta->gid;
	}
	return state;
}

/* ---- Differences --------------------------------------------------------------------------------------------------- */

/* Whether two files have the same bytes. `*known` false: nobody can say. */
static bool same_bytes(const struct side *a, const struct side *b, bool *known)
{
	const struct silt_content_digest *left = silt_record_content(a->record, a->index);
	const struct silt_content_digest *right = silt_record_content(b->record, b->index);
	*known = (a->content->size == 0 && b->content->size == 0) || a->content->size != b->content->size ||
		 (left && right);
	if (a->content->size != b->content->size) {
		return false;
	}
	return !left || !right || memcmp(left->sha256, right->sha256, sizeof(left->sha256)) == 0;
}

static bool same_content(struct walk *walk, const struct side *a, const struct side *b)
{
	bool known = true, same = true;
	if (!a->content || !b->content) {
		return true;
	}
	if (a->content->type == SILT_ENTRY_FILE) {
		same = same_bytes(a, b, &known);
	} else if (a->content->type == SILT_ENTRY_SYMLINK) {
		same = silt_bytes_equal(silt_entry_link(a->record, a->content), silt_entry_link(b->record, b->content));
	}
	walk->pair->counts.uncompared += !known;
	return same;
}

/* Of a directory that only follows from a path below it nobody said mode or owner. */
static unsigned differences(struct walk *walk, const struct side *a, const struct side *b,
			    const struct silt_compared_file *file)
{
	const struct silt_file_state *old = &file->before, *new_state = &file->after;
	unsigned differs = 0;
	if (old->type != new_state->type) {
		differs |= SILT_DIFFERS_TYPE;
	} else if (!same_content(walk, a, b)) {
		differs |= SILT_DIFFERS_CONTENT;
	}
	if (a->meta && b->meta && old->type != SILT_ENTRY_SYMLINK && old->mode != new_state->mode) {
		differs |= SILT_DIFFERS_MODE;
	}
	if (a->meta && b->meta && (old->uid != new_state->uid || old->gid != new_state->gid)) {
		differs |= SILT_DIFFERS_OWNER;
	}
	return differs;
}

static void count(struct silt_file_counts *counts, const struct silt_compared_file *file)
{
	uint64_t *const totals[] = {[SILT_CHANGE_SAME] = &counts->same,
				    [SILT_CHANGE_ADDED] = &counts->added,
				    [SILT_CHANGE_REMOVED] = &counts->removed,
				    [SILT_CHANGE_CHANGED] = &counts->changed};
	++*totals[file->change];
	counts->content += (file->differs & SILT_DIFFERS_CONTENT) != 0;
	counts->mode += (file->differs & SILT_DIFFERS_MODE) != 0;
	counts->owner += (file->differs & SILT_DIFFERS_OWNER) != 0;
	counts->type += (file->differs & SILT_DIFFERS_TYPE) != 0;
	counts->bytes_added += file->change == SILT_CHANGE_ADDED ? file->after.size : 0;
	counts->bytes_removed += file->change == SILT_CHANGE_REMOVED ? file->before.size : 0;
	if (file->differs & (SILT_DIFFERS_CONTENT | SILT_DIFFERS_TYPE)) {
		counts->bytes_before += file->before.size;
		counts->bytes_after += file->after.size;
	}
}

/* "/etc/passwd", without the secrets in it. NULL: memory ran out. */
static const char *path_text(struct walk *walk, struct silt_bytes path)
{
	struct silt_arena *arena = &walk->comparing->arena;
	const char *text = silt_escape_copy(arena, path);
	const char *whole = text ? silt_arena_printf(arena, "/%s", text) : NULL;
	return whole ? silt_compare_masked(walk->comparing, whole) : NULL;
}

/* Counts it, and lists it if there is room. */
static enum silt_status note(struct walk *walk, struct silt_bytes path, struct silt_compared_file *file)
{
	struct silt_compared_image *pair = walk->pair;
	count(&pair->counts, file);
	if (file->change == SILT_CHANGE_SAME) {
		return SILT_OK;
	}
	if (pair->file_count == walk->comparing->files_max) {
		pair->files_left_out++;
		return SILT_OK;
	}
	file->path = path_text(walk, path);
	walk->files[pair->file_count++] = *file;
	return file->path ? SILT_OK : silt_fail_memory(walk->comparing->err);
}

/* ---- The walk ------------------------------------------------------------------------------------------------------ */

static enum silt_status note_one(struct walk *walk, const struct names *names, const struct name *name,
				 enum silt_change change)
{
	const struct side side = side_of(names->image, &name->node);
	const struct silt_file_state state = state_of(&side);
	struct silt_compared_file file = {.change = change};
	*(change == SILT_CHANGE_ADDED ? &file.after : &file.before) = state;
	return note(walk, name->path, &file);
}

static enum silt_status note_both(struct walk *walk, const struct name *before, const struct name *after)
{
	const struct side a = side_of(walk->before.image, &before->node);
	const struct side b = side_of(walk->after.image, &after->node);
	struct silt_compared_file file = {.before = state_of(&a), .after = state_of(&b)};
	file.differs = differences(walk, &a, &b, &file);
	file.change = file.differs ? SILT_CHANGE_CHANGED : SILT_CHANGE_SAME;
	return note(walk, before->path, &file);
}

static enum silt_status merge(struct walk *walk)
{
	const struct names *a = &walk->before, *b = &walk->after;
	enum silt_status status = SILT_OK;
	for (size_t i = 0, k = 0; (i < a->count || k < b->count) && status == SILT_OK;) {
		const int order = i == a->count   ? 1
				  : k == b->count ? -1
						  : compare_paths(a->items[i].path, b->items[k].path);
		if (order == 0) {
			status = note_both(walk, &a->items[i++], &b->items[k++]);
		} else if (order < 0) {
			status = note_one(walk, a, &a->items[i++], SILT_CHANGE_REMOVED);
		} else {
			status = note_one(walk, b, &b->items[k++], SILT_CHANGE_ADDED);
		}
	}
	return status;
}

static enum silt_status list_names(struct walk *walk)
{
	struct silt_error *err = walk->comparing->err;
	enum silt_status status = silt_rootfs_walk(walk->before.image->rootfs, take_name, &walk->before, err);
	if (status == SILT_OK) {
		status = silt_rootfs_walk(walk->after.image->rootfs, take_name, &walk->after, err);
	}
	return status;
}

enum silt_status silt_compare_files(struct silt_comparing *comparing, struct silt_compared_image *pair)
{
	struct walk walk = {
		.comparing = comparing,
		.pair = pair,
		.before.image = silt_compared_before(comparing, pair),
		.after.image = silt_compared_after(comparing, pair),
		.files = silt_arena_alloc(&comparing->arena, (comparing->files_max + 1) * sizeof(*walk.files)),
	};
	enum silt_status status = walk.files ? list_names(&walk) : silt_fail_memory(comparing->err);
	if (status == SILT_OK) {
		status = merge(&walk);
	}
	pair->files = walk.files;
	names_done(&walk.before);
	names_done(&walk.after);
	return status;
}
