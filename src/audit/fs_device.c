/* Device nodes in layers. */
#include "audit/file_checks.h"

#include "base/attributes.h"

/* Linux, Documentation/admin-guide/devices.txt: what every container has anyway. */
static const struct {
	uint32_t major, minor;
} harmless[] = {
	{1, 3}, /* null */
	{1, 5}, /* zero */
	{1, 7}, /* full */
	{1, 8}, /* random */
	{1, 9}, /* urandom */
	{5, 0}, /* tty */
	{5, 1}, /* console */
	{5, 2}, /* ptmx */
	{0, 0}, /* the deletion mark of overlayfs: a matter of integrity */
};

struct state {
	struct silt_case of;
};

static bool is_harmless(const struct silt_extra *extra, enum silt_entry_type type)
{
	for (size_t i = 0; i < SILT_COUNT(harmless); i++) {
		if (type == SILT_ENTRY_CHAR_DEVICE && extra->dev_major == harmless[i].major &&
		    extra->dev_minor == harmless[i].minor) {
			return true;
		}
	}
	return false;
}

static enum silt_status see_any(void *ctx, const struct silt_layer_file *file, struct silt_error *err)
{
	const struct state *state = ctx;
	enum silt_entry_type type = file->entry->type;
	if (type != SILT_ENTRY_CHAR_DEVICE && type != SILT_ENTRY_BLOCK_DEVICE) {
		return SILT_OK;
	}
	const struct silt_record *record = silt_case_image(&state->of)->layers[file->place.layer];
	const struct silt_extra *extra = silt_record_extra(record, file->entry);
	if (is_harmless(extra, type)) {
		return SILT_OK;
	}
	struct silt_arena *arena = state->of.context->arena;
	struct silt_telling telling = {
		.rule = "fs-device-node",
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = silt_place_text(arena, file->path),
		.detail = silt_arena_printf(arena, "A %s device, %u:%u.",
					    type == SILT_ENTRY_CHAR_DEVICE ? "character" : "block", extra->dev_major,
					    extra->dev_minor),
		.identity = file->path,
	};
	return silt_tell_entry(&state->of, &telling, file->place, err);
}

const struct silt_file_check silt_files_device = {
	.name = "device nodes",
	.state_size = sizeof(struct state),
	.see_any = see_any,
};
