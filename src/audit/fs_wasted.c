/* Bytes that layers carry though nobody can see them: files that later layers overwrite or delete. */
#include "audit/file_checks.h"

#include "audit/gathering.h"

enum {
	LEAST = 1000000, /* bytes that are worth a word */
	SHARE = 10,      /* one part in so many */
};

struct state {
	struct silt_case of;
	struct silt_place largest[SILT_NAME_LIST_MAX]; /* the largest first */
	size_t kept, count;
	uint64_t wasted, own;
};

static uint64_t size_at(const struct state *state, size_t i)
{
	return silt_entry_at(silt_case_image(&state->of), state->largest[i])->size;
}

/* Among equal ones the first stays in front. */
static void keep_if_large(struct state *state, const struct silt_layer_file *file)
{
	size_t at = state->kept;
	while (at > 0 && size_at(state, at - 1) < file->entry->size) {
		at--;
	}
	if (at == SILT_NAME_LIST_MAX) {
		return;
	}
	state->kept += state->kept < SILT_NAME_LIST_MAX;
	memmove(state->largest + at + 1, state->largest + at, (state->kept - at - 1) * sizeof(state->largest[0]));
	state->largest[at] = file->place;
}

static enum silt_status see_any(void *ctx, const struct silt_layer_file *file, struct silt_error *err)
{
	(void)err;
	struct state *state = ctx;
	const struct silt_audited_image *image = silt_case_image(&state->of);
	if (file->entry->type != SILT_ENTRY_FILE || file->entry->size == 0) {
		return SILT_OK;
	}
	if (silt_heritage_of_layer(image, file->place.layer) != SILT_HERITAGE_BASE) {
		state->own += file->entry->size;
	}
	/* What the base wastes by itself is not the matter of whoever builds on it. */
	struct silt_fate_of fate = silt_rootfs_fate(image->rootfs, file->place);
	if (fate.fate != SILT_FATE_VISIBLE && !silt_place_none(fate.cause) &&
	    silt_heritage_of_layer(image, fate.cause.layer) != SILT_HERITAGE_BASE) {
		state->wasted += file->entry->size;
		state->count++;
		keep_if_large(state, file);
	}
	return SILT_OK;
}

static const char *detail_of(const struct state *state)
{
	struct silt_arena *arena = state->of.context->arena;
	struct silt_name_list list = {0};
	bool ok = true;
	for (size_t i = 0; i < state->kept && ok; i++) {
		const struct silt_entry *entry = silt_entry_at(silt_case_image(&state->of), state->largest[i]);
		const char *path = silt_path_text_at(arena, silt_case_image(&state->of), state->largest[i]);
		const char *amount = silt_amount_text(arena, entry->size);
		const char *item = path && amount ? silt_arena_printf(arena, "%s (%s)", path, amount) : NULL;
		ok = item != NULL;
		silt_name_list_add_text(&list, ok ? item : "");
	}
	list.count = state->count;
	const char *names = silt_name_list_end(&list, arena);
	const char *own = silt_amount_text(arena, state->own);
	return ok && names && own ? silt_arena_printf(arena,
						      "%zu file%s that later layers overwrite or delete, beside %s of "
						      "files in all of the image's own layers: %s.",
						      state->count, state->count == 1 ? "" : "s", own, names)
				  : NULL;
}

static enum silt_status end(void *ctx, struct silt_error *err)
{
	const struct state *state = ctx;
	struct silt_arena *arena = state->of.context->arena;
	if (state->wasted <= LEAST || state->wasted <= state->own / SHARE) {
		return SILT_OK;
	}
	const char *amount = silt_amount_text(arena, state->wasted);
	struct silt_telling telling = {
		.rule = "fs-wasted",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = amount ? silt_arena_printf(arena, "%s that nobody sees", amount) : NULL,
		.detail = detail_of(state),
		.identity = SILT_LITERAL("layers"),
	};
	enum silt_status status = telling.detail ? SILT_OK : silt_fail_memory(err);
	for (size_t i = 0; i < state->kept && status == SILT_OK; i++) {
		status = silt_tell_entry(&state->of, &telling, state->largest[i], err);
	}
	return status;
}

const struct silt_file_check silt_files_wasted = {
	.name = "wasted bytes",
	.state_size = sizeof(struct state),
	.see_any = see_any,
	.end = end,
};
