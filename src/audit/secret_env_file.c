/* Variables that name a file of the image in which a secret may be. */
#include "audit/file_checks.h"

#include "audit/hit_marks.h"
#include "base/escape.h"
#include "base/path.h"
#include "secret/secret_name.h"

#include <stdlib.h>

enum { SHOWN_MAX = 120 };

/* A variable whose value is a path. */
struct named_file {
	struct silt_bytes name; /* of the config */
	struct silt_bytes path; /* clean; of the arena */
	struct silt_place at;   /* none: no layer has it */
	bool telling;           /* the name says that the file holds a secret */
};

struct state {
	struct silt_case of;
	bool ready;
	struct silt_hit_marks marks;
	struct named_file *items; /* owns; by path */
	size_t count, capacity;
};

/* ---- Variables ----------------------------------------------------------------------------------------------------- */

/* Set by custom, whatever their words say. */
static bool is_well_known(struct silt_bytes name)
{
	return silt_bytes_equal(name, SILT_LITERAL("GOOGLE_APPLICATION_CREDENTIALS")) ||
	       silt_bytes_equal(name, SILT_LITERAL("AWS_CONFIG_FILE")) ||
	       silt_bytes_equal(name, SILT_LITERAL("AWS_SHARED_CREDENTIALS_FILE")) ||
	       silt_bytes_equal(name, SILT_LITERAL("HF_TOKEN_PATH"));
}

static enum silt_status add(struct state *state, struct silt_bytes name, struct silt_bytes value,
			    struct silt_error *err)
{
	const struct silt_bytes end = SILT_LITERAL("_FILE");
	bool known = is_well_known(name);
	if (value.len == 0 || value.ptr[0] != '/' || (!known && !silt_bytes_end_with(name, end))) {
		return SILT_OK;
	}
	uint8_t *path = silt_arena_alloc(state->of.context->arena, value.len);
	if (!path || !silt_grow((void **)&state->items, state->count, &state->capacity, sizeof(*state->items))) {
		return silt_fail_memory(err);
	}
	unsigned flags;
	size_t len = silt_path_clean(value, path, &flags);
	struct silt_bytes stem = known ? name : silt_bytes_slice(name, 0, name.len - end.len);
	state->items[state->count++] = (struct named_file){
		.name = name,
		.path = silt_bytes(path, len),
		.at = {.layer = UINT32_MAX},
		.telling = known || silt_read_name(stem) != SILT_NAME_SAYS_NOTHING,
	};
	return SILT_OK;
}

static int order_files(const void *left, const void *right)
{
	return silt_bytes_compare(((const struct named_file *)left)->path, ((const struct named_file *)right)->path);
}

static enum silt_status begin(struct state *state, struct silt_error *err)
{
	const struct silt_config *config = silt_case_config(&state->of);
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < config->env_count && status == SILT_OK; i++) {
		struct silt_bytes value = config->env[i], name;
		status = silt_bytes_cut(&value, '=', &name) ? add(state, name, value, err) : SILT_OK;
	}
	if (state->count > 1) {
		qsort(state->items, state->count, sizeof(*state->items), order_files);
	}
	state->ready = true;
	return status;
}

/* ---- Their files --------------------------------------------------------------------------------------------------- */

static enum silt_status see_any(void *ctx, const struct silt_layer_file *file, struct silt_error *err)
{
	struct state *state = ctx;
	enum silt_status status = state->ready ? SILT_OK : begin(state, err);
	const struct named_file key = {.path = file->path};
	if (status != SILT_OK || state->count == 0 || file->entry->type != SILT_ENTRY_FILE) {
		return status;
	}
	struct named_file *found = bsearch(&key, state->items, state->count, sizeof(key), order_files);
	while (found && found > state->items && order_files(found - 1, &key) == 0) {
		found--;
	}
	for (; found && found < state->items + state->count && order_files(found, &key) == 0; found++) {
		found->at = file->place;
	}
	return SILT_OK;
}

/* What the final tree shows under that name, by whatever link, before what a layer had. */
static void resolve(const struct state *state, struct named_file *file)
{
	const struct silt_audited_image *image = silt_case_image(&state->of);
	struct silt_node node;
	if (silt_rootfs_find(image->rootfs, file->path, true, &node) && silt_node_is_file(image, &node)) {
		file->at = node.content;
	}
}

static enum silt_status tell(const struct state *state, const struct named_file *file, bool holds,
			     struct silt_error *err)
{
	struct silt_arena *arena = state->of.context->arena;
	const char *name = silt_escape_cut(arena, file->name, SHOWN_MAX);
	const char *path = silt_escape_cut(arena, file->path, SHOWN_MAX);
	const char *place = name ? silt_arena_printf(arena, "Env %s", name) : NULL;
	if (!place || !path) {
		return silt_fail_memory(err);
	}
	struct silt_telling telling = {
		.rule = "secret-env-file",
		.severity = holds ? SILT_SEVERITY_HIGH : SILT_SEVERITY_INFO,
		.confidence = holds ? SILT_CONFIDENCE_LIKELY : SILT_CONFIDENCE_POSSIBLE,
		.subject = silt_arena_printf(arena, "%s names /%s", name, path),
		.detail = holds ? "A layer has this file, with a secret in it."
				: "A layer has this file; no pattern rule found a secret in it.",
	};
	return silt_tell_config(&state->of, &telling, place, err);
}

static enum silt_status end(void *ctx, struct silt_error *err)
{
	struct state *state = ctx;
	if (state->count == 0) {
		return SILT_OK;
	}
	enum silt_status status = silt_hit_marks_init(&state->marks, silt_case_image(&state->of), err);
	for (size_t i = 0; i < state->count && status == SILT_OK; i++) {
		struct named_file *file = &state->items[i];
		resolve(state, file);
		bool holds = silt_hit_marks_has(&state->marks, file->at, SILT_SEVERITY_MEDIUM);
		if (!silt_place_none(file->at) && (holds || file->telling)) {
			status = tell(state, file, holds, err);
		}
	}
	return status;
}

static void done(void *ctx)
{
	struct state *state = ctx;
	silt_hit_marks_done(&state->marks);
	free(state->items);
}

const struct silt_file_check silt_files_env_file = {
	.name = "files that variables name",
	.state_size = sizeof(struct state),
	.see_any = see_any,
	.end = end,
	.done = done,
};
