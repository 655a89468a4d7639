/* Files that are not what their package installed. */
#include "audit/file_checks.h"

#include "audit/ownership.h"
#include "base/escape.h"
#include "layer/owned.h"

#include <stdlib.h>

enum {
	ANY_EXECUTE = 0111,
	FILES_TOLD = 8,    /* of one package in one finding */
	FINDINGS_MAX = 20, /* of one package: more are told in one */
};

struct modified {
	struct silt_bytes path; /* arena */
	struct silt_place place;
	struct silt_owner owner;
	bool program; /* or a library */
};

struct state {
	struct silt_case of;
	struct silt_ownership ownership;
	bool open;
	bool prelinked;
	struct modified *items; /* owns */
	size_t count, capacity;
};

/* ---- Collecting ---------------------------------------------------------------------------------------------------- */

/* prelink(8) rewrote programs and libraries in place, with rpm's blessing. */
static enum silt_status open_ownership(struct state *state, struct silt_error *err)
{
	const struct silt_audited_image *image = silt_case_image(&state->of);
	struct silt_node node;
	state->open = true;
	state->prelinked = silt_rootfs_find(image->rootfs, SILT_LITERAL("etc/prelink.cache"), true, &node);
	return silt_ownership_open(image, state->of.context->arena, &state->ownership, err);
}

static bool is_program(const struct silt_file *file)
{
	bool library = silt_bytes_find(file->name, SILT_LITERAL(".so")) != SIZE_MAX;
	return library || file->content->program != SILT_PROGRAM_NONE || (file->meta->mode & ANY_EXECUTE);
}

/* Configuration is there to be changed, whether the database says so or not. */
static bool is_judged(const struct state *state, const struct silt_file *file)
{
	const struct silt_record *const *layers = silt_case_image(&state->of)->layers;
	return file->type == SILT_ENTRY_FILE && file->meta && !state->prelinked &&
	       !silt_bytes_start_with(file->path, SILT_LITERAL("etc/")) &&
	       silt_record_digests(layers[file->node.content.layer], file->node.content.entry);
}

static enum silt_status see(void *ctx, const struct silt_file *file, struct silt_error *err)
{
	struct state *state = ctx;
	enum silt_status status = state->open ? SILT_OK : open_ownership(state, err);
	if (status != SILT_OK || !is_judged(state, file)) {
		return status;
	}
	struct modified found = {.owner = silt_owner_of(&state->ownership, file->path, file->node.content)};
	if (found.owner.state != SILT_OWNED_MODIFIED) {
		return SILT_OK;
	}
	found.path = silt_arena_copy(state->of.context->arena, file->path);
	found.place = file->node.content;
	found.program = is_program(file);
	if (!found.path.ptr ||
	    !silt_grow((void **)&state->items, state->count, &state->capacity, sizeof(*state->items))) {
		return silt_fail_memory(err);
	}
	state->items[state->count++] = found;
	return SILT_OK;
}

/* ---- Telling ------------------------------------------------------------------------------------------------------- */

static int order(const void *left, const void *right)
{
	const struct modified *a = left, *b = right;
	int result = silt_bytes_compare(a->owner.package, b->owner.package);
	return result != 0 ? result : silt_bytes_compare(a->path, b->path);
}

static enum silt_severity severity(const struct modified *files, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (files[i].program) {
			return SILT_SEVERITY_HIGH;
		}
	}
	return SILT_SEVERITY_MEDIUM;
}

static enum silt_status tell_file(const struct state *state, const struct modified *file, struct silt_error *err)
{
	struct silt_arena *arena = state->of.context->arena;
	const char *package = silt_escape_copy(arena, file->owner.package);
	struct silt_telling telling = {
		.rule = "integrity-package-modified",
		.severity = severity(file, 1),
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = package ? silt_place_text(arena, file->path) : NULL,
		.detail = package ? silt_arena_printf(arena, "Package %s installed another content (%s in layer %zu).",
						      package, silt_package_db_name(file->owner.database),
						      file->owner.layer + 1)
				  : NULL,
		.identity = file->path,
	};
	return silt_tell_entry(&state->of, &telling, file->place, err);
}

static void list_files(const struct modified *files, size_t count, struct silt_buffer *out)
{
	for (size_t i = 0; i < count && i < FILES_TOLD; i++) {
		silt_buffer_add_text(out, i == 0 ? " /" : ", /");
		silt_escape(out, files[i].path);
	}
	silt_buffer_printf(out, " and %zu more.", count - FILES_TOLD);
}

static enum silt_status tell_package(const struct state *state, const struct modified *files, size_t count,
				     struct silt_error *err)
{
	struct silt_arena *arena = state->of.context->arena;
	const char *package = silt_escape_copy(arena, files->owner.package);
	struct silt_buffer detail = {0};
	silt_buffer_printf(&detail, "%zu of its files have another content than it installed (%s in layer %zu):", count,
			   silt_package_db_name(files->owner.database), files->owner.layer + 1);
	list_files(files, count, &detail);
	struct silt_telling telling = {
		.rule = "integrity-package-modified",
		.severity = severity(files, count),
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = package && !detail.failed ? silt_arena_printf(arena, "package %s", package) : NULL,
		.detail = silt_buffer_text(&detail),
	};
	enum silt_status status = silt_tell_entry(&state->of, &telling, files->place, err);
	silt_buffer_done(&detail);
	return status;
}

static enum silt_status end(void *ctx, struct silt_error *err)
{
	struct state *state = ctx;
	enum silt_status status = SILT_OK;
	if (state->count > 0) {
		qsort(state->items, state->count, sizeof(*state->items), order);
	}
	for (size_t first = 0, next; first < state->count && status == SILT_OK; first = next) {
		const struct modified *files = &state->items[first];
		for (next = first + 1;
		     next < state->count && silt_bytes_equal(files->owner.package, state->items[next].owner.package);) {
			next++;
		}
		if (next - first > FINDINGS_MAX) {
			status = tell_package(state, files, next - first, err);
			continue;
		}
		for (size_t i = first; i < next && status == SILT_OK; i++) {
			status = tell_file(state, &state->items[i], err);
		}
	}
	return status;
}

static void done(void *ctx)
{
	struct state *state = ctx;
	free(state->items);
}

const struct silt_file_check silt_files_package_modified = {
	.name = "files of packages",
	.state_size = sizeof(struct state),
	.see = see,
	.end = end,
	.done = done,
};
