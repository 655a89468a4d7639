/*
 * The names of a file: those of the entries that are it or link to it, in whatever layer, and those that it has in the
 * final tree. They differ where an entry goes through a link:
 *
 *     srv/testdata -> ../etc, srv/testdata/id        the tree has etc/id
 */
#include "audit/other_names.h"

#include "audit/mask.h"
#include "audit/sighting.h"
#include "base/attributes.h"
#include "base/buffer.h"

#include <stdlib.h>

/* So many bytes of names are kept for one image. */
enum { NAME_BYTES_MAX = 4 * 1024 * 1024 };

/* A sighting in a file, and the entry that has the content of the file. */
struct seen_file {
	size_t image;
	struct silt_place content;
	struct silt_sighting *sighting;
};

/* One content with its sightings, and its names, while they are collected. */
struct known_file {
	struct silt_place content;
	const struct seen_file *seen;
	size_t seen_count;
	struct silt_bytes *paths; /* owns; text of the arena */
	size_t count, capacity;
	bool more;
	bool shown; /* one of them is a name of the final tree */
};

/* A hardlink to the content of such a file. */
struct link {
	struct silt_place content, place;
};

struct work {
	const struct silt_context *context;
	struct silt_line_matches *matches;
	const struct silt_audited_image *image;
	struct known_file *files; /* owns; by content */
	size_t file_count;
	struct link *links; /* owns; by content, then place */
	size_t link_count, link_capacity;
	size_t name_bytes;
};

/* ---- Files and links ----------------------------------------------------------------------------------------------- */

static int order_seen(const void *left, const void *right)
{
	const struct seen_file *a = left, *b = right;
	int order = (a->image > b->image) - (a->image < b->image);
	return order != 0 ? order : silt_place_compare(a->content, b->content);
}

static struct known_file *find_file(const struct work *work, struct silt_place content)
{
	size_t low = 0, high = work->file_count;
	while (low < high) {
		size_t half = low + (high - low) / 2;
		if (silt_place_compare(work->files[half].content, content) < 0) {
			low = half + 1;
		} else {
			high = half;
		}
	}
	bool found = low < work->file_count && silt_place_compare(work->files[low].content, content) == 0;
	return found ? &work->files[low] : NULL;
}

static int order_links(const void *left, const void *right)
{
	const struct link *a = left, *b = right;
	int order = silt_place_compare(a->content, b->content);
	return order != 0 ? order : silt_place_compare(a->place, b->place);
}

/* The entry whose content a sighting is in; none if it is in no file. */
static struct silt_place content_of(const struct silt_audited_image *image, const struct silt_sighting *sighting)
{
	struct silt_place none = {.layer = UINT32_MAX}, place = none;
	if (sighting->layer < image->layer_count && image->layers[sighting->layer] &&
	    sighting->entry < image->layers[sighting->layer]->entry_count) {
		place = (struct silt_place){(uint32_t)sighting->layer, (uint32_t)sighting->entry};
	}
	if (silt_place_none(place)) {
		return none;
	}
	enum silt_entry_type type = silt_entry_at(image, place)->type;
	struct silt_place linked = type == SILT_ENTRY_HARDLINK ? silt_rootfs_linked(image->rootfs, place) : none;
	place = silt_place_none(linked) ? place : linked;
	return type == SILT_ENTRY_DIRECTORY ? none : place;
}

/* Groups what was seen in one image by content. */
static void take_files(struct work *work, const struct seen_file *seen, size_t count)
{
	work->file_count = work->link_count = work->name_bytes = 0;
	work->image = &work->context->images[seen[0].image];
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || order_seen(&seen[i - 1], &seen[i]) != 0) {
			work->files[work->file_count++] =
				(struct known_file){.content = seen[i].content, .seen = &seen[i]};
		}
		work->files[work->file_count - 1].seen_count++;
	}
}

static enum silt_status take_link(struct work *work, struct silt_place place, struct silt_error *err)
{
	struct silt_place content = silt_rootfs_linked(work->image->rootfs, place);
	if (silt_place_none(content) || !find_file(work, content)) {
		return SILT_OK;
	}
	if (!silt_grow((void **)&work->links, work->link_count, &work->link_capacity, sizeof(*work->links))) {
		return silt_fail_memory(err);
	}
	work->links[work->link_count++] = (struct link){content, place};
	return SILT_OK;
}

static enum silt_status take_links(struct work *work, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (uint32_t layer = 0; layer < work->image->layer_count; layer++) {
		const struct silt_record *record = work->image->layers[layer];
		for (uint32_t i = 0; record && i < record->entry_count && status == SILT_OK; i++) {
			if (record->entries[i].type == SILT_ENTRY_HARDLINK) {
				status = take_link(work, (struct silt_place){layer, i}, err);
			}
		}
	}
	if (work->link_count > 0) {
		qsort(work->links, work->link_count, sizeof(*work->links), order_links);
	}
	return status;
}

/* ---- Names --------------------------------------------------------------------------------------------------------- */

static enum silt_status add_name(struct work *work, struct known_file *file, struct silt_bytes path,
				 struct silt_error *err)
{
	if (file->count > 0 && silt_bytes_equal(file->paths[file->count - 1], path)) {
		return SILT_OK;
	}
	if (path.len > NAME_BYTES_MAX - work->name_bytes) {
		file->more = true;
		return SILT_OK;
	}
	struct silt_bytes copy = silt_arena_copy(work->context->arena, path);
	if (!copy.ptr || !silt_grow((void **)&file->paths, file->count, &file->capacity, sizeof(copy))) {
		return silt_fail_memory(err);
	}
	work->name_bytes += path.len;
	file->paths[file->count++] = copy;
	return SILT_OK;
}

/* The name of an entry, and where in the tree that is, if it shows the content. */
static enum silt_status add_entry(struct work *work, struct known_file *file, struct silt_place place,
				  struct silt_error *err)
{
	const struct silt_audited_image *image = work->image;
	struct silt_path_room room;
	struct silt_bytes path = silt_path_at(image, place, &room);
	struct silt_node node;
	struct silt_buffer real = {0};
	enum silt_status status = add_name(work, file, path, err);
	if (status == SILT_OK && silt_rootfs_find(image->rootfs, path, false, &node) &&
	    silt_place_compare(node.content, file->content) == 0) {
		file->shown = true;
		if (silt_rootfs_path(image->rootfs, path, false, &real)) {
			status = real.failed ? silt_fail_memory(err)
					     : add_name(work, file, silt_buffer_bytes(&real), err);
		}
	}
	silt_buffer_done(&real);
	return status;
}

static enum silt_status add_entries(struct work *work, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < work->file_count && status == SILT_OK; i++) {
		status = add_entry(work, &work->files[i], work->files[i].content, err);
	}
	for (size_t i = 0; i < work->link_count && status == SILT_OK; i++) {
		status = add_entry(work, find_file(work, work->links[i].content), work->links[i].place, err);
	}
	return status;
}

static enum silt_status meet(void *ctx, struct silt_bytes path, const struct silt_node *node, struct silt_error *err)
{
	struct work *work = ctx;
	struct known_file *file = silt_place_none(node->content) ? NULL : find_file(work, node->content);
	return file && !file->shown ? add_name(work, file, path, err) : SILT_OK;
}

/* Visible, although no entry says by which name: one went through a link that is gone. */
static bool is_to_be_met(const struct work *work, const struct known_file *file)
{
	return !file->shown && silt_rootfs_fate(work->image->rootfs, file->content).fate == SILT_FATE_VISIBLE;
}

static int order_names(const void *left, const void *right)
{
	return silt_bytes_compare(*(const struct silt_bytes *)left, *(const struct silt_bytes *)right);
}

static void settle_names(struct known_file *file)
{
	size_t kept = 0;
	qsort(file->paths, file->count, sizeof(*file->paths), order_names);
	for (size_t i = 0; i < file->count; i++) {
		if (kept == 0 || !silt_bytes_equal(file->paths[kept - 1], file->paths[i])) {
			file->paths[kept++] = file->paths[i];
		}
	}
	file->count = kept;
}

static enum silt_status collect(struct work *work, struct silt_error *err)
{
	bool walk = false;
	enum silt_status status = add_entries(work, err);
	for (size_t i = 0; i < work->file_count && !walk; i++) {
		walk = is_to_be_met(work, &work->files[i]);
	}
	if (status == SILT_OK && walk) {
		status = silt_rootfs_walk(work->image->rootfs, meet, work, err);
	}
	for (size_t i = 0; i < work->file_count; i++) {
		if (work->files[i].count > 1) {
			settle_names(&work->files[i]);
		}
	}
	return status;
}

/* ---- Telling ------------------------------------------------------------------------------------------------------- */

/* The note of `sighting`: "also /root/.ssh/id and 2 more names". */
static enum silt_status note(const struct work *work, const struct silt_other_names *names,
			     struct silt_sighting *sighting, struct silt_error *err)
{
	const struct silt_bytes *other = NULL;
	size_t count = 0;
	for (size_t i = 0; i < names->count; i++) {
		bool own = silt_bytes_equal(names->paths[i], sighting->path);
		other = own || other ? other : &names->paths[i];
		count += !own;
	}
	if (!other) {
		return SILT_OK;
	}
	struct silt_arena *arena = work->context->arena;
	const char *raw = silt_place_text(arena, *other);
	const char *shown = raw ? silt_mask_copy(work->matches, silt_bytes_text(raw), arena) : NULL;
	const char *more =
		count > 1 ? silt_arena_printf(arena, " and %zu more name%s", count - 1, count == 2 ? "" : "s") : "";
	sighting->note = shown && more ? silt_arena_printf(arena, "%s%salso %s%s", sighting->note,
							   *sighting->note ? "; " : "", shown, more)
				       : NULL;
	return sighting->note ? SILT_OK : silt_fail_memory(err);
}

/* The names to the sightings. One whose own name is gone is told by its visible one already. */
static enum silt_status tell(const struct work *work, const struct known_file *file, struct silt_error *err)
{
	struct silt_arena *arena = work->context->arena;
	struct silt_other_names *all = silt_arena_alloc(arena, sizeof(*all));
	struct silt_bytes *paths = silt_arena_alloc(arena, file->count * sizeof(*paths));
	if (!all || !paths) {
		return silt_fail_memory(err);
	}
	memcpy(paths, file->paths, file->count * sizeof(*paths));
	*all = (struct silt_other_names){paths, file->count, file->more};
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < file->seen_count && status == SILT_OK; i++) {
		struct silt_sighting *sighting = file->seen[i].sighting;
		bool told = sighting->file || (sighting->fate == SILT_FATE_VISIBLE && !file->shown);
		sighting->other_names = all;
		status = told ? SILT_OK : note(work, all, sighting, err);
	}
	return status;
}

static enum silt_status tell_image(struct work *work, struct silt_error *err)
{
	enum silt_status status = take_links(work, err);
	if (status == SILT_OK) {
		status = collect(work, err);
	}
	for (size_t i = 0; i < work->file_count; i++) {
		struct known_file *file = &work->files[i];
		if (status == SILT_OK && (file->count > 1 || file->more)) {
			status = tell(work, file, err);
		}
		free(file->paths);
	}
	return status;
}

static enum silt_status tell_images(struct work *work, const struct seen_file *seen, size_t count,
				    struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t first = 0, next; first < count && status == SILT_OK; first = next) {
		for (next = first + 1; next < count && seen[next].image == seen[first].image;) {
			next++;
		}
		take_files(work, &seen[first], next - first);
		status = tell_image(work, err);
	}
	return status;
}

/* Those in files, in order. The findings own their sightings; nobody else has them yet. */
static size_t list_seen(const struct silt_context *context, const struct silt_finding *findings, size_t count,
			struct seen_file *seen)
{
	size_t seen_count = 0;
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < findings[i].sighting_count; j++) {
			struct silt_sighting *sighting = (struct silt_sighting *)(uintptr_t)&findings[i].sightings[j];
			struct silt_place content = {.layer = UINT32_MAX};
			if (sighting->image < context->image_count) {
				content = content_of(&context->images[sighting->image], sighting);
			}
			if (!silt_place_none(content)) {
				seen[seen_count++] = (struct seen_file){sighting->image, content, sighting};
			}
		}
	}
	if (seen_count > 0) {
		qsort(seen, seen_count, sizeof(*seen), order_seen);
	}
	return seen_count;
}

enum silt_status silt_other_names_tell(const struct silt_context *context, struct silt_line_matches *matches,
				       struct silt_finding *findings, size_t count, struct silt_error *err)
{
	size_t sightings = 0;
	for (size_t i = 0; i < count; i++) {
		sightings += findings[i].sighting_count;
	}
	struct work work = {
		.context = context, .matches = matches, .files = calloc(sightings + 1, sizeof(*work.files))};
	struct seen_file *seen = calloc(sightings + 1, sizeof(*seen));
	enum silt_status status = work.files && seen ? SILT_OK : silt_fail_memory(err);
	if (status == SILT_OK) {
		status = tell_images(&work, seen, list_seen(context, findings, count, seen), err);
	}
	free(seen);
	free(work.files);
	free(work.links);
	return status;
}
