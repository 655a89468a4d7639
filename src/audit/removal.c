/*
 * Removals against the tree. Most name what is gone, and cost one look each; the others are compared with every name.
 */
#include "audit/removal.h"

#include "audit/history_quote.h"
#include "audit/removal_again.h"
#include "audit/removal_read.h"
#include "audit/sighting.h"
#include "base/attributes.h"
#include "base/escape.h"
#include "base/limits.h"
#include "secret/glob.h"

#include <stdlib.h>

/* What a removal is measured by: the layers that came after it. */
struct moment {
	size_t layer; /* the first that its step, or a later one, made */
	size_t end;   /* the step that made that one; `count` of the build if there is none */
};

struct finder {
	const struct silt_build *build;
	struct silt_arena *arena;
	struct silt_removals *out;
	struct moment *moments; /* owns; by step */
	struct silt_squash squash;
	size_t looks;       /* at the rest of the history, for a file */
	size_t comparisons; /* of a name with a removal */
};

/* ---- Before and after ---------------------------------------------------------------------------------------------- */

static bool list_moments(struct finder *finder)
{
	const struct silt_build *build = finder->build;
	finder->moments = calloc(build->count + 1, sizeof(*finder->moments));
	size_t layer = 0;
	for (size_t i = 0; finder->moments && i < build->count; i++) {
		finder->moments[i].layer = layer;
		layer += !build->steps[i].empty && !build->steps[i].embedded;
	}
	size_t end = build->count;
	for (size_t i = build->count; finder->moments && i > 0; i--) {
		end = build->steps[i - 1].empty || build->steps[i - 1].embedded ? end : i - 1;
		finder->moments[i - 1].end = end;
	}
	return finder->moments != NULL;
}

static void cut_off(struct finder *finder, enum silt_limit_id limit)
{
	if (finder->out->cut == SILT_LIMIT_NONE) {
		finder->out->cut = limit;
	}
}

/* Whether what comes after the removal, up to the step whose layer has it all, may have made the file again. */
static bool is_made_again(struct finder *finder, const struct silt_removal *removal, struct silt_bytes path)
{
	if (finder->looks++ >= silt_image_limit(finder->build->image, SILT_LIMIT_REMOVAL_LOOKS)) {
		cut_off(finder, SILT_LIMIT_REMOVAL_LOOKS);
		return true;
	}
	const struct silt_step *last = &finder->build->steps[finder->build->count - 1];
	size_t end = finder->moments[removal->step - finder->build->steps].end;
	if (end < finder->build->count) {
		last = &finder->build->steps[end];
	}
	if (silt_step_may_make(removal->step, removal->command + 1, removal, path)) {
		return true;
	}
	for (const struct silt_step *step = removal->step + 1; step <= last; step++) {
		if (silt_step_may_make(step, step->commands, removal, path)) {
			return true;
		}
	}
	return false;
}

/* Whether content of layer `layer` may have come after the removal. */
static bool is_excused(struct finder *finder, const struct silt_removal *removal, size_t layer, struct silt_bytes path)
{
	struct moment moment = finder->moments[removal->step - finder->build->steps];
	if (layer != moment.layer) {
		return layer > moment.layer;
	}
	bool merged = finder->squash.tool && finder->squash.layer == layer;
	return !merged || is_made_again(finder, removal, path);
}

/* ---- Keeping what is there ----------------------------------------------------------------------------------------- */

/* Builders and runtimes put these over those of the image: they cannot be removed. */
static bool is_mounted(struct silt_bytes path)
{
	static const char *const paths[] = {"proc",       "sys", "dev", "etc/hosts", "etc/hostname", "etc/resolv.conf",
					    "run/secrets"};
	for (size_t i = 0; i < SILT_COUNT(paths); i++) {
		if (silt_path_is_within(path, silt_bytes_text(paths[i]))) {
			return true;
		}
	}
	return false;
}

/* The part of a path before its first component with a star. */
static struct silt_bytes literal_part(const struct silt_removal *removal)
{
	struct silt_bytes path = removal->path;
	size_t len = 0;
	while (removal->pattern && len < path.len && path.ptr[len] != '*' && path.ptr[len] != '?') {
		len++;
	}
	if (!removal->pattern) {
		return path;
	}
	size_t slash = silt_bytes_find_last_byte(silt_bytes_slice(path, 0, len), '/');
	return silt_bytes_slice(path, 0, slash == SIZE_MAX ? 0 : slash);
}

static bool is_directory(const struct silt_audited_image *image, const struct silt_node *node)
{
	return silt_place_none(node->content) || silt_entry_at(image, node->content)->type == SILT_ENTRY_DIRECTORY;
}

/* The path with links in its parents followed, as the tree has it; as it is if the tree says nothing of them. */
static enum silt_status set_true_path(const struct finder *finder, struct silt_removal *removal, struct silt_error *err)
{
	const struct silt_audited_image *image = finder->build->image;
	struct silt_bytes parent = removal->pattern ? literal_part(removal) : removal->path;
	size_t slash = silt_bytes_find_last_byte(parent, '/');
	parent = removal->pattern ? parent : silt_bytes_slice(parent, 0, slash == SIZE_MAX ? 0 : slash);
	struct silt_bytes rest = silt_bytes_slice(removal->path, parent.len, removal->path.len);
	struct silt_node node;
	struct silt_path_room room;
	struct silt_buffer path = {0};
	bool known = parent.len > 0 && silt_rootfs_find(image->rootfs, parent, true, &node) &&
		     !silt_place_none(node.meta);
	silt_buffer_add(&path, known ? silt_path_at(image, node.meta, &room) : parent);
	silt_buffer_add(&path, rest);
	removal->path = silt_arena_copy(finder->arena, silt_buffer_bytes(&path));
	bool failed = path.failed || !removal->path.ptr;
	silt_buffer_done(&path);
	return failed ? silt_fail_memory(err) : SILT_OK;
}

/* Keeps a removal if there is anything in the tree that it could be about. */
static enum silt_status keep(void *ctx, const struct silt_removal *removal, struct silt_error *err)
{
	struct finder *finder = ctx;
	const struct silt_audited_image *image = finder->build->image;
	struct silt_node node;
	if (is_mounted(removal->path) ||
	    !silt_rootfs_find(image->rootfs, literal_part(removal), removal->pattern || removal->only_below, &node) ||
	    (!removal->pattern && !removal->below && is_directory(image, &node))) {
		return SILT_OK;
	}
	struct silt_removals *out = finder->out;
	if (out->count == silt_image_limit(image, SILT_LIMIT_REMOVALS)) {
		cut_off(finder, SILT_LIMIT_REMOVALS);
		return SILT_OK;
	}
	struct silt_removal kept = *removal;
	enum silt_status status = set_true_path(finder, &kept, err);
	if (status == SILT_OK && !silt_grow((void **)&out->items, out->count, &out->capacity, sizeof(kept))) {
		status = silt_fail_memory(err);
	}
	if (status == SILT_OK) {
		out->items[out->count++] = kept;
	}
	return status;
}

/* ---- The tree -------------------------------------------------------------------------------------------------------- */

/* A star takes no name that begins with a dot. */
static bool fits_component(struct silt_bytes pattern, struct silt_bytes name)
{
	bool hidden = name.len > 0 && name.ptr[0] == '.' && (pattern.len == 0 || pattern.ptr[0] != '.');
	return !hidden && silt_glob_fits(pattern, name);
}

static bool fits(const struct silt_removal *removal, struct silt_bytes path)
{
	struct silt_bytes pattern = removal->path, rest = path, wanted, name;
	while (silt_bytes_cut(&pattern, '/', &wanted)) {
		bool there = silt_bytes_cut(&rest, '/', &name);
		if (!there || !(removal->pattern ? fits_component(wanted, name) : silt_bytes_equal(wanted, name))) {
			return false;
		}
	}
	bool deep = rest.len > 0;
	return (deep ? removal->below : !removal->only_below) &&
	       (removal->named.len == 0 || silt_glob_fits(removal->named, silt_path_basename(path)));
}

static enum silt_status add_survivor(struct finder *finder, size_t number, struct silt_bytes path,
				     const struct silt_node *node, struct silt_error *err)
{
	struct silt_removals *out = finder->out;
	struct silt_survivor survivor = {silt_arena_copy(finder->arena, path), number, node->content};
	if (!survivor.path.ptr ||
	    !silt_grow((void **)&out->survivors, out->survivor_count, &out->survivor_capacity, sizeof(survivor))) {
		return silt_fail_memory(err);
	}
	struct silt_removal *removal = &out->items[number];
	removal->place = removal->count++ == 0 ? node->meta : removal->place;
	removal->first = removal->count == 1 ? survivor.path : removal->first;
	out->survivors[out->survivor_count++] = survivor;
	return SILT_OK;
}

/* The last removal that fits, and does not excuse the file, is the one that counts. */
static enum silt_status meet_name(void *ctx, struct silt_bytes path, const struct silt_node *node,
				  struct silt_error *err)
{
	struct finder *finder = ctx;
	if (silt_place_none(node->meta) || is_directory(finder->build->image, node)) {
		return SILT_OK;
	}
	finder->comparisons += finder->out->count;
	if (finder->comparisons > silt_image_limit(finder->build->image, SILT_LIMIT_REMOVAL_COMPARISONS)) {
		cut_off(finder, SILT_LIMIT_REMOVAL_COMPARISONS);
		return SILT_OK;
	}
	size_t layer = node->meta.layer > node->content.layer ? node->meta.layer : node->content.layer;
	for (size_t i = finder->out->count; i > 0; i--) {
		const struct silt_removal *removal = &finder->out->items[i - 1];
		if (fits(removal, path) && !is_excused(finder, removal, layer, path)) {
			return add_survivor(finder, i - 1, path, node, err);
		}
	}
	return SILT_OK;
}

/* A later layer may have brought the content of a deleted name back under the same one: its place must be the same. */
static void mark_secret(struct silt_removals *removals, const struct silt_record *record, size_t layer,
			const struct silt_hit *hit)
{
	if (!silt_hit_has_entry(hit)) {
		return;
	}
	struct silt_path_room room;
	struct silt_bytes path = silt_entry_path(record, &record->entries[hit->entry], &room);
	const struct silt_survivor *survivor = silt_survivor_find(removals, path);
	if (survivor && survivor->content.layer == layer && survivor->content.entry == hit->entry) {
		removals->items[survivor->removal].secret = true;
	}
}

static void mark_secrets(const struct silt_audited_image *image, struct silt_removals *removals)
{
	for (size_t layer = 0; layer < image->layer_count && removals->survivor_count > 0; layer++) {
		const struct silt_record *record = image->layers[layer];
		for (size_t i = 0; record && i < record->hit_count; i++) {
			mark_secret(removals, record, layer, &record->hits[i]);
		}
	}
}

static int order_survivors(const void *left, const void *right)
{
	return silt_bytes_compare(((const struct silt_survivor *)left)->path,
				  ((const struct silt_survivor *)right)->path);
}

static enum silt_status find(struct finder *finder, struct silt_error *err)
{
	const struct silt_audited_image *image = finder->build->image;
	struct silt_removals *out = finder->out;
	enum silt_status status = silt_removals_read(finder->build, keep, finder, err);
	if (status == SILT_OK && out->count > 0) {
		status = silt_rootfs_walk(image->rootfs, meet_name, finder, err);
	}
	if (status == SILT_OK && out->survivor_count > 0) {
		qsort(out->survivors, out->survivor_count, sizeof(*out->survivors), order_survivors);
		mark_secrets(image, out);
	}
	return status;
}

enum silt_status silt_removals_find(const struct silt_build *build, struct silt_arena *arena, struct silt_removals *out,
				    struct silt_error *err)
{
	*out = (struct silt_removals){0};
	struct finder finder = {.build = build, .arena = arena, .out = out, .squash = silt_squash_of(build->image)};
	/* What nobody can order in time proves nothing; of one layer all lines are. */
	if (build->count == 0 || !(build->attributed || build->image->layer_count == 1)) {
		return SILT_OK;
	}
	enum silt_status status = list_moments(&finder) ? find(&finder, err) : silt_fail_memory(err);
	free(finder.moments);
	return status;
}

void silt_removals_done(struct silt_removals *removals)
{
	free(removals->items);
	free(removals->survivors);
	*removals = (struct silt_removals){0};
}

const struct silt_survivor *silt_survivor_find(const struct silt_removals *removals, struct silt_bytes path)
{
	const struct silt_survivor key = {.path = path};
	return removals->survivor_count == 0
		       ? NULL
		       : bsearch(&key, removals->survivors, removals->survivor_count, sizeof(key), order_survivors);
}

const char *silt_removal_text(const struct silt_build *build, const struct silt_removal *removal,
			      struct silt_arena *arena)
{
	const char *command = silt_quote_command(build, removal->command, arena);
	return command ? silt_arena_printf(arena, "history line %zu: RUN %s", removal->step->line + 1, command) : NULL;
}
