/* How large an image is, what programs it has, and whose its files are. */
#include "audit/posture.h"

enum { ANY_EXECUTE = 0111 };

/* A body counts once, whatever names show it: its own entry is the one that has the fate. */
static void add_body(struct silt_posture_size *size, const struct silt_entry *entry, bool own)
{
	bool runs = entry->mode & ANY_EXECUTE;
	size->files++;
	size->bytes += entry->size;
	size->own_files += own;
	size->own_bytes += own ? entry->size : 0;
	size->executables += runs && (entry->program == SILT_PROGRAM_DYNAMIC || entry->program == SILT_PROGRAM_STATIC);
	size->static_executables += runs && entry->program == SILT_PROGRAM_STATIC;
	size->scripts += runs && entry->program == SILT_PROGRAM_SCRIPT;
}

static void add_owner(struct silt_posture_user *user, const struct silt_entry *entry)
{
	user->largest_uid = entry->uid > user->largest_uid ? entry->uid : user->largest_uid;
	user->largest_gid = entry->gid > user->largest_gid ? entry->gid : user->largest_gid;
}

static void add_entry(const struct silt_posture_work *work, struct silt_place place, const struct silt_entry *entry)
{
	const struct silt_audited_image *image = silt_posture_image(work);
	struct silt_fate_of fate = silt_rootfs_fate(image->rootfs, place);
	struct silt_posture_size *size = &work->posture->size;
	if (fate.is_mark) {
		return;
	}
	if (fate.fate != SILT_FATE_VISIBLE) {
		size->wasted_bytes += entry->type == SILT_ENTRY_FILE ? entry->size : 0;
		return;
	}
	add_owner(&work->posture->user, entry);
	if (entry->type == SILT_ENTRY_FILE) {
		add_body(size, entry, silt_heritage_of_layer(image, place.layer) == SILT_HERITAGE_OWN);
	}
}

/* A layer that is absent could have anything. */
static void forget(struct silt_posture *posture)
{
	struct silt_posture_size *size = &posture->size;
	uint64_t *const numbers[] = {&size->files,
				     &size->bytes,
				     &size->own_files,
				     &size->own_bytes,
				     &size->wasted_bytes,
				     &size->executables,
				     &size->static_executables,
				     &size->scripts,
				     &posture->user.largest_uid,
				     &posture->user.largest_gid};
	for (size_t i = 0; i < SILT_COUNT(numbers); i++) {
		*numbers[i] = SILT_UNKNOWN;
	}
}

void silt_posture_size(const struct silt_posture_work *work)
{
	const struct silt_audited_image *image = silt_posture_image(work);
	for (uint32_t layer = 0; layer < image->layer_count; layer++) {
		const struct silt_record *record = image->layers[layer];
		for (uint32_t i = 0; record && i < record->entry_count; i++) {
			add_entry(work, (struct silt_place){layer, i}, &record->entries[i]);
		}
	}
	if (!image->base.known) {
		work->posture->size.own_files = work->posture->size.own_bytes = SILT_UNKNOWN;
	}
	if (silt_image_is_partial(image)) {
		forget(work->posture);
	}
}
