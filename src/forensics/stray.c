/* Layers that no image has, each as an image of its own. */
#include "forensics/stray.h"

#include "evidence/stored.h"
#include "rootfs/rootfs.h"

static enum silt_status stack(struct silt_stray *stray, size_t stored, struct silt_error *err)
{
	const struct silt_record *record = silt_stored_record(stray->result, stored);
	silt_stray_done(stray);
	enum silt_status status = silt_rootfs_new(NULL, &stray->tree, err);
	if (status == SILT_OK && record) {
		status = silt_rootfs_expect(stray->tree, record->entry_count, err);
	}
	if (status == SILT_OK) {
		status = silt_rootfs_push(stray->tree, record, err);
	}
	stray->stored = stored;
	return status;
}

enum silt_status silt_stray_linked(struct silt_stray *stray, size_t stored, size_t index, size_t *out,
				   struct silt_error *err)
{
	const bool is_there = stray->tree && stray->stored == stored;
	const enum silt_status status = is_there ? SILT_OK : stack(stray, stored, err);
	if (status == SILT_OK) {
		const struct silt_place to = silt_rootfs_linked(stray->tree, (struct silt_place){0, (uint32_t)index});
		*out = silt_place_none(to) ? SIZE_MAX : to.entry;
	}
	return status;
}

void silt_stray_done(struct silt_stray *stray)
{
	silt_rootfs_free(stray->tree);
	stray->tree = NULL;
}
