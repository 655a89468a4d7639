/* Shells: which an image has, and which it only seems to have lost. */
#include "audit/checks.h"

#include "audit/ownership.h"
#include "audit/shell_kinds.h"
#include "audit/tell.h"
#include "base/escape.h"

#include <stdlib.h>

enum { SHELLS_TOLD = 16 };

/* One shell of the final tree: a body, however many names it has. While they are collected, one of its names. */
struct shell {
	struct silt_place content;
	struct silt_bytes path; /* arena: the name it goes by */
	size_t number;          /* of that shell: silt_shell_number */
	size_t names;           /* of the final tree that lead to it, of whatever name */
};

struct shells {
	struct silt_case of;
	const struct silt_audited_image *image;
	struct shell *items; /* owns */
	size_t count, capacity;
	bool seen[SILT_SHELLS]; /* names that an executable of the final tree has */
};

static bool is_program(const struct shells *shells, const struct silt_node *node)
{
	return silt_node_is_file(shells->image, node) &&
	       silt_mode_is_executable(silt_entry_at(shells->image, node->meta)->mode);
}

/* The target of a symlink, or the empty span for anything else. */
static struct silt_bytes link_target(const struct shells *shells, const struct silt_node *node)
{
	if (silt_place_none(node->content)) {
		return silt_bytes(NULL, 0);
	}
	const struct silt_entry *entry = silt_entry_at(shells->image, node->content);
	return entry->type == SILT_ENTRY_SYMLINK ? silt_entry_link(shells->image->layers[node->content.layer], entry)
						 : silt_bytes(NULL, 0);
}

/* ---- Collecting ---------------------------------------------------------------------------------------------------- */

static enum silt_status add_name(struct shells *shells, struct silt_place content, struct silt_bytes path,
				 size_t number, struct silt_error *err)
{
	struct silt_bytes copy = silt_arena_copy(shells->of.context->arena, path);
	if (!copy.ptr ||
	    !silt_grow((void **)&shells->items, shells->count, &shells->capacity, sizeof(*shells->items))) {
		return silt_fail_memory(err);
	}
	shells->seen[number] = true;
	shells->items[shells->count++] = (struct shell){.content = content, .path = copy, .number = number};
	return SILT_OK;
}

/* A shell by its text that does not hide it, such as bash-static, which is bash. */
static size_t number_by_text(const struct shells *shells, struct silt_bytes path, const struct silt_node *node)
{
	const struct silt_program *program = silt_program_at(shells->image, node);
	return program && program->shell && silt_says_shell(path) ? silt_shell_number(silt_bytes_text(program->shell))
								  : SILT_SHELLS;
}

static enum silt_status collect(void *ctx, struct silt_bytes path, const struct silt_node *node, struct silt_error *err)
{
	struct shells *shells = ctx;
	bool linked = link_target(shells, node).len > 0;
	if (!linked && !is_program(shells, node)) {
		return SILT_OK; /* most files, whatever their name */
	}
	size_t number = silt_shell_number(path);
	number = number < SILT_SHELLS ? number : number_by_text(shells, path, node);
	struct silt_node target = *node;
	if (number == SILT_SHELLS || (linked && !silt_rootfs_find(shells->image->rootfs, path, true, &target))) {
		return SILT_OK;
	}
	return is_program(shells, &target) ? add_name(shells, target.content, path, number, err) : SILT_OK;
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
		order = (a->number > b->number) - (a->number < b->number);
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
	if (link.len > 0 && ((silt_shell_number(link) == SILT_SHELLS && silt_shell_number(path) == SILT_SHELLS) ||
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

/* "bash, dash, sh": the names of shells that are set, in byte order. */
static void list_names(const bool seen[SILT_SHELLS], struct silt_buffer *out)
{
	const char *last = "";
	for (;;) {
		const char *next = NULL;
		for (size_t i = 0; i < SILT_SHELLS; i++) {
			const char *name = silt_shell_of_number(i);
			if (seen[i] && strcmp(name, last) > 0 && (!next || strcmp(name, next) < 0)) {
				next = name;
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

/* "/bin/busybox (397 names, package busybox)". */
static void list_shell(const struct shell *shell, const struct silt_ownership *ownership, struct silt_buffer *out)
{
	struct silt_owner owner = silt_owner_of(ownership, shell->path, shell->content);
	const char *joint = " (";
	silt_buffer_add_text(out, "/");
	silt_escape(out, shell->path);
	if (shell->names > 1) {
		silt_buffer_printf(out, "%s%zu names", joint, shell->names);
		joint = ", ";
	}
	if (owner.package.len > 0) {
		silt_buffer_printf(out, "%spackage ", joint);
		silt_escape(out, owner.package);
	}
	if (shell->names > 1 || owner.package.len > 0) {
		silt_buffer_add_text(out, ")");
	}
}

static void list_shells(const struct shells *shells, const struct silt_ownership *ownership, struct silt_buffer *out)
{
	for (size_t i = 0; i < shells->count && i < SHELLS_TOLD; i++) {
		silt_buffer_add_text(out, i == 0 ? "" : ", ");
		list_shell(&shells->items[i], ownership, out);
	}
	if (shells->count > SHELLS_TOLD) {
		silt_buffer_printf(out, " and %zu more", shells->count - SHELLS_TOLD);
	}
	silt_buffer_add_text(out, ".");
}

/* What both findings have: the list of names is subject and identity, so that images with the same shells share one. */
static struct silt_telling telling_of(const struct shells *shells, const char *rule, const bool seen[SILT_SHELLS])
{
	struct silt_buffer names = {0};
	list_names(seen, &names);
	struct silt_bytes copy = silt_arena_copy(shells->of.context->arena, silt_buffer_bytes(&names));
	struct silt_telling telling = {
		.rule = rule,
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.subject = names.failed ? NULL : (const char *)copy.ptr,
	};
	silt_buffer_done(&names);
	return telling;
}

static enum silt_status tell_shell(const struct shells *shells, struct silt_telling telling, const struct shell *shell,
				   struct silt_error *err)
{
	if (shell->names > 1) {
		telling.note = silt_arena_printf(shells->of.context->arena, "%zu names", shell->names);
		if (!telling.note) {
			return silt_fail_memory(err);
		}
	}
	return silt_tell_entry(&shells->of, &telling, shell->content, err);
}

static enum silt_status tell_present(const struct shells *shells, struct silt_error *err)
{
	struct silt_telling telling = telling_of(shells, "shell-present", shells->seen);
	struct silt_buffer detail = {0};
	struct silt_ownership ownership;
	enum silt_status status = silt_ownership_open(shells->image, shells->of.context->arena, &ownership, err);
	if (status != SILT_OK) {
		return status;
	}
	qsort(shells->items, shells->count, sizeof(*shells->items), order_shells);
	list_shells(shells, &ownership, &detail);
	silt_tell_listed_shells(shells->image, &detail);
	telling.detail = silt_buffer_text(&detail);
	status = detail.failed ? silt_fail_memory(err) : SILT_OK;
	for (size_t i = 0; i < shells->count && status == SILT_OK; i++) {
		status = tell_shell(shells, telling, &shells->items[i], err);
	}
	silt_buffer_done(&detail);
	return status;
}

/* ---- Shells of lower layers ---------------------------------------------------------------------------------------- */

/* The last place of each name that only lower layers have. */
struct lost {
	bool seen[SILT_SHELLS];
	struct silt_place places[SILT_SHELLS];
	size_t count;
};

static bool may_run(const struct silt_entry *entry)
{
	return entry->type == SILT_ENTRY_FILE && silt_mode_is_executable(entry->mode) && entry->size > 0;
}

static void see_lost(const struct shells *shells, struct silt_place place, size_t number, struct lost *lost)
{
	if (!shells->seen[number] && silt_rootfs_fate(shells->image->rootfs, place).fate != SILT_FATE_VISIBLE) {
		lost->count += !lost->seen[number];
		lost->seen[number] = true;
		lost->places[number] = place;
	}
}

static void find_lost(const struct shells *shells, struct lost *lost)
{
	for (uint32_t layer = 0; layer < shells->image->layer_count; layer++) {
		const struct silt_record *record = shells->image->layers[layer];
		for (uint32_t i = 0; record && i < record->entry_count; i++) {
			const struct silt_entry *entry = &record->entries[i];
			size_t number = may_run(entry) ? silt_shell_number(silt_entry_name(record, entry))
						       : SILT_SHELLS;
			if (number < SILT_SHELLS) {
				see_lost(shells, (struct silt_place){layer, i}, number, lost);
			}
		}
	}
}

static enum silt_status tell_lost(const struct shells *shells, struct silt_error *err)
{
	struct lost lost = {0};
	find_lost(shells, &lost);
	if (lost.count == 0) {
		return SILT_OK;
	}
	struct silt_telling telling = telling_of(shells, "shell-deleted", lost.seen);
	telling.detail = lost.count == 1 ? "It is not in the final filesystem, but can still be extracted."
					 : "They are not in the final filesystem, but can still be extracted.";
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < SILT_SHELLS && status == SILT_OK; i++) {
		if (lost.seen[i]) {
			status = silt_tell_entry(&shells->of, &telling, lost.places[i], err);
		}
	}
	return status;
}

static enum silt_status check_image(struct shells *shells, struct silt_error *err)
{
	enum silt_status status = silt_rootfs_walk(shells->image->rootfs, collect, shells, err);
	merge_names(shells);
	if (status == SILT_OK && shells->count > 0) {
		status = silt_rootfs_walk(shells->image->rootfs, count_name, shells, err);
	}
	if (status == SILT_OK && shells->count > 0) {
		status = tell_present(shells, err);
	}
	return status == SILT_OK ? tell_lost(shells, err) : status;
}

enum silt_status silt_check_shells(const struct silt_context *context, struct silt_findings *findings,
				   struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t image = 0; image < context->image_count && status == SILT_OK; image++) {
		struct shells shells = {.of = {context, image, findings}, .image = &context->images[image]};
		status = check_image(&shells, err);
		free(shells.items);
	}
	return status;
}
