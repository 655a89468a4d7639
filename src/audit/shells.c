/* Shells: which an image has, and which it only seems to have lost. */
#include "audit/checks.h"

#include "audit/sighting.h"
#include "base/escape.h"

#include <stdlib.h>

enum { ANY_EXECUTE = 0111, SHELLS_TOLD = 16 };

/* The programs come before the names that are often links to them, so that a shell goes by its own name. */
static const char *const shell_names[] = {"busybox", "toybox", "bash", "dash", "zsh", "ksh",   "mksh",
					  "fish",    "tcsh",   "csh",  "pwsh", "ash", "rbash", "sh"};
enum { SHELL_NAMES = SILT_COUNT(shell_names) };

/* One shell of the final tree: a body, however many names it has. While they are collected, one of its names. */
struct shell {
	struct silt_place content;
	struct silt_bytes path; /* arena: the name it goes by */
	size_t rank;            /* of that name in shell_names */
	size_t names;           /* of the final tree that lead to it, of whatever name */
};

struct shells {
	const struct silt_context *context;
	const struct silt_audited_image *image;
	struct shell *items; /* owns */
	size_t count, capacity;
	bool seen[SHELL_NAMES]; /* names that an executable of the final tree has */
};

/* Number of the last component of `path` in shell_names; SHELL_NAMES if it is none. */
static size_t rank_of(struct silt_bytes path)
{
	struct silt_bytes name = silt_path_basename(path);
	size_t rank = 0;
	while (rank < SHELL_NAMES && !silt_bytes_equal(name, silt_bytes_text(shell_names[rank]))) {
		rank++;
	}
	return rank;
}

static bool is_program(const struct shells *shells, const struct silt_node *node)
{
	return silt_node_is_file(shells->image, node) && silt_entry_at(shells->image, node->meta)->mode & ANY_EXECUTE;
}

/* The target of a symlink, or the empty span for anything else. */
static struct silt_bytes link_target(const struct shells *shells, const struct silt_node *node)
{
	if (silt_place_none(node->content)) {
		return silt_bytes(NULL, 0);
	}
	const struct silt_entry *entry = silt_entry_at(shells->image, node->content);
	return entry->type == SILT_ENTRY_SYMLINK
		       ? silt_record_extra(shells->image->layers[node->content.layer], entry)->link
		       : silt_bytes(NULL, 0);
}

/* ---- Collecting ---------------------------------------------------------------------------------------------------- */

static enum silt_status add_name(struct shells *shells, struct silt_place content, struct silt_bytes path,
				 struct silt_error *err)
{
	size_t rank = rank_of(path);
	struct silt_bytes copy = silt_arena_copy(shells->context->arena, path);
	if (!copy.ptr ||
	    !silt_grow((void **)&shells->items, shells->count, &shells->capacity, sizeof(*shells->items))) {
		return silt_fail_memory(err);
	}
	shells->seen[rank] = true;
	shells->items[shells->count++] = (struct shell){.content = content, .path = copy, .rank = rank};
	return SILT_OK;
}

static enum silt_status collect(void *ctx, struct silt_bytes path, const struct silt_node *node, struct silt_error *err)
{
	struct shells *shells = ctx;
	if (rank_of(path) == SHELL_NAMES) {
		return SILT_OK;
	}
	struct silt_node target = *node;
	if (link_target(shells, node).len > 0 && !silt_rootfs_find(shells->image->rootfs, path, true, &target)) {
		return SILT_OK;
	}
	return is_program(shells, &target) ? add_name(shells, target.content, path, err) : SILT_OK;
}

static int order_contents(const void *left, const void *right)
{
	return silt_place_compare(((const struct shell *)left)->content, ((const struct shell *)right)->content);
}

/* The best name of each content first. */
static int order_names(const void *left, const void *right)
{
	const struct shell *a = left, *b = right;
	int order = order_contents(a, b);
	if (order == 0) {
		order = (a->rank > b->rank) - (a->rank < b->rank);
	}
	return order != 0 ? order : silt_bytes_compare(a->path, b->path);
}

/* One item for each content, ordered by content. */
static void merge_names(struct shells *shells)
{
	size_t kept = 0;
	if (shells->count > 0) {
		qsort(shells->items, shells->count, sizeof(*shells->items), order_names);
	}
	for (size_t i = 0; i < shells->count; i++) {
		if (kept == 0 || order_contents(&shells->items[kept - 1], &shells->items[i]) != 0) {
			shells->items[kept++] = shells->items[i];
		}
	}
	shells->count = kept;
}

static struct shell *find_shell(const struct shells *shells, struct silt_place content)
{
	const struct shell key = {.content = content};
	return bsearch(&key, shells->items, shells->count, sizeof(key), order_contents);
}

/* Counts the names of each shell. Of symlinks only those are followed whose target ends in the name of a shell. */
static enum silt_status count_name(void *ctx, struct silt_bytes path, const struct silt_node *node,
				   struct silt_error *err)
{
	(void)err;
	struct shells *shells = ctx;
	struct silt_node target = *node;
	struct silt_bytes link = link_target(shells, node);
	if (link.len > 0 && ((rank_of(link) == SHELL_NAMES && rank_of(path) == SHELL_NAMES) ||
			     !silt_rootfs_find(shells->image->rootfs, path, true, &target))) {
		return SILT_OK;
	}
	struct shell *shell = silt_place_none(target.content) ? NULL : find_shell(shells, target.content);
	if (shell) {
		shell->names++;
	}
	return SILT_OK;
}

/* ---- Telling ------------------------------------------------------------------------------------------------------- */

/* "bash, dash, sh": the names of the table that are set, in byte order. */
static void list_names(const bool seen[SHELL_NAMES], struct silt_buffer *out)
{
	const char *last = "";
	for (;;) {
		const char *next = NULL;
		for (size_t i = 0; i < SHELL_NAMES; i++) {
			if (seen[i] && strcmp(shell_names[i], last) > 0 &&
			    (!next || strcmp(shell_names[i], next) < 0)) {
				next = shell_names[i];
			}
		}
		if (!next) {
			return;
		}
		silt_buffer_printf(out, "%s%s", *last ? ", " : "", next);
		last = next;
	}
}

static int order_shells(const void *left, const void *right)
{
	return silt_bytes_compare(((const struct shell *)left)->path, ((const struct shell *)right)->path);
}

/* "/bin/busybox (397 names), /usr/bin/bash." */
static void list_shells(const struct shells *shells, struct silt_buffer *out)
{
	for (size_t i = 0; i < shells->count && i < SHELLS_TOLD; i++) {
		silt_buffer_add_text(out, i == 0 ? "/" : ", /");
		silt_escape(out, shells->items[i].path);
		if (shells->items[i].names > 1) {
			silt_buffer_printf(out, " (%zu names)", shells->items[i].names);
		}
	}
	if (shells->count > SHELLS_TOLD) {
		silt_buffer_printf(out, " and %zu more", shells->count - SHELLS_TOLD);
	}
	silt_buffer_add_text(out, ".");
}

/* The identity is the list of names: images with the same shells have the same finding. */
static enum silt_status add_finding(struct silt_findings *findings, struct silt_draft draft,
				    const bool seen[SHELL_NAMES], size_t *number, struct silt_error *err)
{
	struct silt_buffer names = {0};
	list_names(seen, &names);
	const struct silt_bytes identity = silt_buffer_bytes(&names);
	draft.subject = silt_buffer_text(&names);
	draft.severity = SILT_SEVERITY_INFO;
	draft.confidence = SILT_CONFIDENCE_LIKELY;
	draft.identity = &identity;
	draft.identity_count = 1;
	enum silt_status status = names.failed ? silt_fail_memory(err)
					       : silt_findings_add(findings, &draft, number, err);
	silt_buffer_done(&names);
	return status;
}

static enum silt_status sight(const struct shells *shells, size_t image, struct silt_place place, size_t names,
			      struct silt_findings *findings, size_t number, struct silt_error *err)
{
	struct silt_sighting sighting;
	enum silt_status status = silt_sight_entry(shells->context, image, place, &sighting, err);
	if (status == SILT_OK && names > 1) {
		sighting.note = silt_arena_printf(shells->context->arena, "%zu names", names);
		status = sighting.note ? SILT_OK : silt_fail_memory(err);
	}
	return status == SILT_OK ? silt_findings_sight(findings, number, &sighting, err) : status;
}

static enum silt_status report_present(const struct shells *shells, size_t image, struct silt_findings *findings,
				       struct silt_error *err)
{
	if (shells->count == 0) {
		return SILT_OK;
	}
	qsort(shells->items, shells->count, sizeof(*shells->items), order_shells);
	struct silt_buffer detail = {0};
	list_shells(shells, &detail);
	struct silt_draft draft = {
		.rule = "shell-present",
		.title = "Shells in the image",
		.detail = silt_buffer_text(&detail),
		.remedy = "A program that needs no shell can live in an image without one: build the final stage from "
			  "scratch or a distroless base.",
	};
	size_t number;
	enum silt_status status = detail.failed ? silt_fail_memory(err)
						: add_finding(findings, draft, shells->seen, &number, err);
	for (size_t i = 0; i < shells->count && status == SILT_OK; i++) {
		status = sight(shells, image, shells->items[i].content, shells->items[i].names, findings, number, err);
	}
	silt_buffer_done(&detail);
	return status;
}

/* ---- Shells of lower layers ---------------------------------------------------------------------------------------- */

/* The last place of each name that only lower layers have. */
struct lost {
	bool seen[SHELL_NAMES];
	struct silt_place places[SHELL_NAMES];
};

static void find_lost(const struct shells *shells, struct lost *lost)
{
	for (uint32_t layer = 0; layer < shells->image->layer_count; layer++) {
		const struct silt_record *record = shells->image->layers[layer];
		for (uint32_t i = 0; record && i < record->entry_count; i++) {
			const struct silt_entry *entry = &record->entries[i];
			if (entry->type != SILT_ENTRY_FILE || !(entry->mode & ANY_EXECUTE) || entry->size == 0) {
				continue;
			}
			size_t rank = rank_of(silt_entry_path(entry));
			struct silt_place place = {layer, i};
			if (rank < SHELL_NAMES && !shells->seen[rank] &&
			    silt_rootfs_fate(shells->image->rootfs, place).fate != SILT_FATE_VISIBLE) {
				lost->seen[rank] = true;
				lost->places[rank] = place;
			}
		}
	}
}

static enum silt_status report_lost(const struct shells *shells, size_t image, struct silt_findings *findings,
				    struct silt_error *err)
{
	struct lost lost = {0};
	find_lost(shells, &lost);
	bool any = false;
	for (size_t i = 0; i < SHELL_NAMES; i++) {
		any = any || lost.seen[i];
	}
	if (!any) {
		return SILT_OK;
	}
	struct silt_draft draft = {
		.rule = "shell-deleted",
		.title = "Shells in lower layers only",
		.detail = "They are not in the final filesystem and cannot be run there, but can still be extracted.",
		.remedy = "Build the final stage from scratch or a distroless base instead of deleting.",
	};
	size_t number;
	enum silt_status status = add_finding(findings, draft, lost.seen, &number, err);
	for (size_t i = 0; i < SHELL_NAMES && status == SILT_OK; i++) {
		if (lost.seen[i]) {
			status = sight(shells, image, lost.places[i], 0, findings, number, err);
		}
	}
	return status;
}

static enum silt_status check_image(struct shells *shells, size_t image, struct silt_findings *findings,
				    struct silt_error *err)
{
	enum silt_status status = silt_rootfs_walk(shells->image->rootfs, collect, shells, err);
	merge_names(shells);
	if (status == SILT_OK && shells->count > 0) {
		status = silt_rootfs_walk(shells->image->rootfs, count_name, shells, err);
	}
	if (status == SILT_OK) {
		status = report_present(shells, image, findings, err);
	}
	return status == SILT_OK ? report_lost(shells, image, findings, err) : status;
}

enum silt_status silt_check_shells(const struct silt_context *context, struct silt_findings *findings,
				   struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t image = 0; image < context->image_count && status == SILT_OK; image++) {
		struct shells shells = {.context = context, .image = &context->images[image]};
		status = check_image(&shells, image, findings, err);
		free(shells.items);
	}
	return status;
}
