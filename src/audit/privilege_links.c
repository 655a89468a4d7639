/*
 * Rights that a file gets from the headers of its names.
 *
 * A hardlink entry has a mode of its own, and attributes; docker and containerd give them to the file that the link
 * shares with its target, umoci leaves those of the first header. So one name may make a program setuid whose other
 * names say nothing of it, and may be deleted afterwards.
 */
#include "audit/privilege.h"

#include <stdlib.h>

uint16_t silt_mode_of_right(uint16_t mode)
{
	enum { SETUID_OR_SETGID = 06000, EXECUTE = 0111 };
	return mode & SETUID_OR_SETGID ? mode & (SETUID_OR_SETGID | EXECUTE) : 0;
}

static int order_contents(const void *left, const void *right)
{
	return silt_place_compare(((const struct silt_linked_right *)left)->content,
				  ((const struct silt_linked_right *)right)->content);
}

/* Makes one of all that are about one file. */
static void merge(struct silt_linked_rights *rights)
{
	size_t kept = 0;
	if (rights->count > 1) {
		qsort(rights->items, rights->count, sizeof(*rights->items), order_contents);
	}
	for (size_t i = 0; i < rights->count; i++) {
		const struct silt_linked_right *next = &rights->items[i];
		struct silt_linked_right *last = kept > 0 ? &rights->items[kept - 1] : NULL;
		if (!last || order_contents(last, next) != 0) {
			rights->items[kept++] = *next;
			continue;
		}
		last->mode |= next->mode;
		last->uid = last->uid < next->uid ? last->uid : next->uid;
		last->capability = last->capability.len > 0 ? last->capability : next->capability;
	}
	rights->count = kept;
}

static enum silt_status add_layer(struct silt_linked_rights *rights, const struct silt_audited_image *image,
				  uint32_t layer, struct silt_error *err)
{
	const struct silt_record *record = image->layers[layer];
	for (uint32_t i = 0; i < record->entry_count; i++) {
		const struct silt_entry *entry = &record->entries[i];
		if (entry->type != SILT_ENTRY_HARDLINK || entry->flags & SILT_ENTRY_DISPUTED) {
			continue;
		}
		struct silt_linked_right right = {
			.content = silt_rootfs_linked(image->rootfs, (struct silt_place){layer, i}),
			.mode = silt_mode_of_right(entry->mode),
			.uid = silt_mode_of_right(entry->mode) ? entry->uid : UINT32_MAX,
			.capability = silt_entry_capability(record, entry),
		};
		if (silt_place_none(right.content) || (right.mode == 0 && right.capability.len == 0)) {
			continue;
		}
		if (!silt_grow((void **)&rights->items, rights->count, &rights->capacity, sizeof(right))) {
			return silt_fail_memory(err);
		}
		rights->items[rights->count++] = right;
	}
	return SILT_OK;
}

enum silt_status silt_linked_rights_find(struct silt_linked_rights *rights, const struct silt_audited_image *image,
					 struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	*rights = (struct silt_linked_rights){0};
	for (size_t layer = 0; layer < image->layer_count && status == SILT_OK; layer++) {
		if (image->layers[layer]) {
			status = add_layer(rights, image, (uint32_t)layer, err);
		}
	}
	merge(rights);
	return status;
}

struct silt_linked_right silt_linked_right_of(const struct silt_linked_rights *rights, struct silt_place content)
{
	const struct silt_linked_right key = {.content = content, .uid = UINT32_MAX};
	const struct silt_linked_right *found =
		rights->count == 0 ? NULL : bsearch(&key, rights->items, rights->count, sizeof(key), order_contents);
	return found ? *found : key;
}

void silt_linked_rights_done(struct silt_linked_rights *rights)
{
	free(rights->items);
	*rights = (struct silt_linked_rights){0};
}
