/*
 * Modes that a file gets from its hardlinks.
 *
 * A hardlink entry has a mode of its own, and docker and containerd give it to the file that the link shares with its
 * target. So a link may make a program setuid whose other names say nothing of it, and may be deleted afterwards.
 */
#include "audit/privilege.h"

#include <stdlib.h>

enum { SETUID_OR_SETGID = 06000 };

/* A hardlink entry with such a bit. */
struct link {
	struct silt_bytes target;
	uint16_t mode;
};

struct links {
	struct link *items; /* owns; ordered by target, each once */
	size_t count, capacity;
};

static int order_links(const void *left, const void *right)
{
	return silt_bytes_compare(((const struct link *)left)->target, ((const struct link *)right)->target);
}

static void merge_links(struct links *links)
{
	size_t kept = 0;
	if (links->count > 1) {
		qsort(links->items, links->count, sizeof(*links->items), order_links);
	}
	for (size_t i = 0; i < links->count; i++) {
		if (kept > 0 && order_links(&links->items[kept - 1], &links->items[i]) == 0) {
			links->items[kept - 1].mode |= links->items[i].mode;
		} else {
			links->items[kept++] = links->items[i];
		}
	}
	links->count = kept;
}

static enum silt_status collect_links(const struct silt_record *record, struct links *links, struct silt_error *err)
{
	for (size_t i = 0; i < record->entry_count; i++) {
		const struct silt_entry *entry = &record->entries[i];
		if (entry->type != SILT_ENTRY_HARDLINK || !(entry->mode & SETUID_OR_SETGID) ||
		    (entry->flags & SILT_ENTRY_DISPUTED)) {
			continue;
		}
		if (!silt_grow((void **)&links->items, links->count, &links->capacity, sizeof(*links->items))) {
			return silt_fail_memory(err);
		}
		links->items[links->count++] =
			(struct link){.target = silt_entry_link(record, entry), .mode = entry->mode};
	}
	merge_links(links);
	return SILT_OK;
}

static enum silt_status add_layer(struct silt_linked_modes *modes, const struct silt_record *record, uint32_t layer,
				  struct silt_error *err)
{
	struct links links = {0};
	enum silt_status status = collect_links(record, &links, err);
	for (uint32_t i = 0; links.count > 0 && i < record->entry_count && status == SILT_OK; i++) {
		struct silt_path_room room;
		const struct link key = {.target = silt_entry_path(record, &record->entries[i], &room)};
		const struct link *link = record->entries[i].type == SILT_ENTRY_FILE
						  ? bsearch(&key, links.items, links.count, sizeof(key), order_links)
						  : NULL;
		if (!link) {
			continue;
		}
		if (silt_grow((void **)&modes->items, modes->count, &modes->capacity, sizeof(*modes->items))) {
			modes->items[modes->count++] = (struct silt_linked_mode){{layer, i}, link->mode};
		} else {
			status = silt_fail_memory(err);
		}
	}
	free(links.items);
	return status;
}

enum silt_status silt_linked_modes_find(struct silt_linked_modes *modes, const struct silt_audited_image *image,
					struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	*modes = (struct silt_linked_modes){0};
	for (size_t layer = 0; layer < image->layer_count && status == SILT_OK; layer++) {
		if (image->layers[layer]) {
			status = add_layer(modes, image->layers[layer], (uint32_t)layer, err);
		}
	}
	return status;
}

static int order_contents(const void *left, const void *right)
{
	return silt_place_compare(((const struct silt_linked_mode *)left)->content,
				  ((const struct silt_linked_mode *)right)->content);
}

uint16_t silt_linked_mode_of(const struct silt_linked_modes *modes, struct silt_place content)
{
	const struct silt_linked_mode key = {.content = content};
	const struct silt_linked_mode *found =
		modes->count == 0 ? NULL : bsearch(&key, modes->items, modes->count, sizeof(key), order_contents);
	return found ? found->mode : 0;
}

void silt_linked_modes_done(struct silt_linked_modes *modes)
{
	free(modes->items);
	*modes = (struct silt_linked_modes){0};
}
