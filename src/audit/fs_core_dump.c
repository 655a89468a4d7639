/* Core dumps: the memory of a program that crashed. */
#include "audit/file_checks.h"

#include "audit/name_list.h"

struct state {
	struct silt_case of;
};

static enum silt_status see_any(void *ctx, const struct silt_layer_file *file, struct silt_error *err)
{
	const struct state *state = ctx;
	if (file->entry->type != SILT_ENTRY_FILE || file->entry->program != SILT_PROGRAM_CORE) {
		return SILT_OK;
	}
	struct silt_arena *arena = state->of.context->arena;
	const struct silt_rootfs *rootfs = silt_case_image(&state->of)->rootfs;
	bool visible = silt_rootfs_fate(rootfs, file->place).fate == SILT_FATE_VISIBLE;
	const char *amount = silt_amount_text(arena, file->entry->size);
	struct silt_telling telling = {
		.rule = "fs-core-dump",
		.severity = visible ? SILT_SEVERITY_MEDIUM : SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = silt_place_text(arena, file->path),
		.detail = amount ? silt_arena_printf(arena, "%s of what a program had in memory.", amount) : NULL,
		.identity = file->path,
	};
	return telling.detail ? silt_tell_entry(&state->of, &telling, file->place, err) : silt_fail_memory(err);
}

const struct silt_file_check silt_files_core_dump = {
	.name = "core dumps",
	.state_size = sizeof(struct state),
	.see_any = see_any,
};
