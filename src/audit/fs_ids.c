/* Owners whose numbers a range of 65536 ids cannot map. */
#include "audit/file_checks.h"

#include "audit/gathering.h"

#include <stdio.h>
#include <stdlib.h>

enum { RANGE = 65536 };

struct state {
	struct silt_case of;
	struct silt_gathering files;
	uint64_t ids[SILT_NAME_LIST_MAX]; /* the first few, as they came: uid, or gid with the next bit set */
	size_t id_count;
	bool more;
};

static void add_id(struct state *state, uint64_t id)
{
	for (size_t i = 0; i < state->id_count; i++) {
		if (state->ids[i] == id) {
			return;
		}
	}
	if (state->id_count < SILT_NAME_LIST_MAX) {
		state->ids[state->id_count++] = id;
	} else {
		state->more = true;
	}
}

#define GROUP_ID (UINT64_C(1) << 32)

static enum silt_status see(void *ctx, const struct silt_file *file, struct silt_error *err)
{
	(void)err;
	struct state *state = ctx;
	if (!file->meta || (file->meta->uid < RANGE && file->meta->gid < RANGE)) {
		return SILT_OK;
	}
	if (file->meta->uid >= RANGE) {
		add_id(state, file->meta->uid);
	}
	if (file->meta->gid >= RANGE) {
		add_id(state, file->meta->gid | GROUP_ID);
	}
	silt_gather(&state->files, file->node.meta, file->meta->size);
	return SILT_OK;
}

static int by_number(const void *left, const void *right)
{
	const uint64_t *a = left, *b = right;
	return (*a > *b) - (*a < *b);
}

/* "uid 100000, gid 100000". What does not fit 32 bits was clipped when it was read. */
static const char *ids_text(const struct state *state)
{
	struct silt_name_list list = {0};
	for (size_t i = 0; i < state->id_count; i++) {
		char text[48];
		uint32_t number = (uint32_t)state->ids[i];
		snprintf(text, sizeof(text), "%s %s%u", state->ids[i] & GROUP_ID ? "gid" : "uid",
			 number == UINT32_MAX ? "of at least " : "", number);
		silt_name_list_add_text(&list, text);
	}
	const char *text = silt_name_list_end(&list, state->of.context->arena);
	return text && state->more ? silt_arena_printf(state->of.context->arena, "%s and more", text) : text;
}

static enum silt_status end(void *ctx, struct silt_error *err)
{
	struct state *state = ctx;
	struct silt_arena *arena = state->of.context->arena;
	if (state->files.count == 0) {
		return SILT_OK;
	}
	qsort(state->ids, state->id_count, sizeof(state->ids[0]), by_number);
	const char *names = silt_gathering_names(&state->files, &state->of);
	struct silt_telling telling = {
		.rule = "fs-high-uid",
		.severity = SILT_SEVERITY_LOW,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = ids_text(state),
		.detail = names ? silt_arena_printf(arena, "%zu file%s belong%s to such ids: %s.", state->files.count,
						    state->files.count == 1 ? "" : "s",
						    state->files.count == 1 ? "s" : "", names)
				: NULL,
	};
	return telling.detail ? silt_tell_gathering(&state->of, &telling, &state->files, err) : silt_fail_memory(err);
}

const struct silt_file_check silt_files_ids = {
	.name = "high ids",
	.state_size = sizeof(struct state),
	.see = see,
	.end = end,
};
