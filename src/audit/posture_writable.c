/* The directories that the user of an image can write to: what a container with a read-only root has to give back. */
#include "audit/posture.h"

#include "audit/sighting.h"
#include "base/escape.h"

#include <stdlib.h>

/* What the runtime puts there itself. */
static const char *const mounted_anyway[] = {"dev", "proc", "sys"};

/*
 * What a distribution gives to users and groups of its own for work that nobody does in a container: installing, mail
 * for people, programs that a group of administrators adds.
 */
static const char *const not_of_services[] = {"usr", "var/cache/apt", "var/lib/apt", "var/local", "var/mail"};

static bool is_below_one_of(struct silt_bytes path, const char *const *folders, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (silt_path_is_within(path, silt_bytes_text(folders[i]))) {
			return true;
		}
	}
	return false;
}

/* Volumes are compared as they stand, but for slashes around them: nobody writes one in two ways. */
static bool is_volume(const struct silt_posture_work *work, struct silt_bytes path)
{
	const struct silt_declared_image *declared = silt_posture_image(work)->declared;
	for (size_t i = 0; declared && i < declared->config.volume_count; i++) {
		struct silt_bytes volume = declared->config.volumes[i];
		while (volume.len > 0 && volume.ptr[0] == '/') {
			volume = silt_bytes_slice(volume, 1, volume.len);
		}
		while (volume.len > 0 && volume.ptr[volume.len - 1] == '/') {
			volume.len--;
		}
		if (volume.len > 0 && silt_path_is_within(path, volume)) {
			return true;
		}
	}
	return false;
}

static bool is_mountable(struct silt_bytes path, const char *shown)
{
	return silt_is_plain(path) && silt_bytes_find_byte(path, ':') == SIZE_MAX &&
	       silt_bytes_find_byte(path, ',') == SIZE_MAX &&
	       silt_bytes_equal(silt_bytes_text(shown + 1), path); /* not masked */
}

static enum silt_status add(struct silt_writable_walk *walk, struct silt_bytes path, const struct silt_entry *meta,
			    struct silt_error *err)
{
	const struct silt_posture_work *work = walk->work;
	const char *shown = silt_posture_path(work, path);
	walk->top = silt_arena_copy(work->context->arena, path);
	if (!shown || !walk->top.ptr ||
	    !silt_grow((void **)&walk->items, walk->count, &walk->capacity, sizeof(*walk->items))) {
		return silt_fail_memory(err);
	}
	walk->items[walk->count++] = (struct silt_posture_writable){
		.path = shown,
		.uid = meta->uid,
		.gid = meta->gid,
		.mode = meta->mode,
		.volume = is_volume(work, path),
		.mountable = is_mountable(path, shown),
	};
	return SILT_OK;
}

/*
 * Root can write anywhere, which says nothing. So of an image that runs as root, or as nobody knows whom, those
 * directories count that are given to somebody else: what a service writes to when it has dropped root.
 */
static bool is_given(const struct silt_writable_walk *walk, struct silt_bytes path, const struct silt_node *node)
{
	enum { OWNER_WRITES = 0200, GROUP_WRITES = 0020, OTHERS_WRITE = 0002 };
	const struct silt_entry *meta = silt_entry_at(silt_posture_image(walk->work), node->meta);
	if (walk->access->known && walk->access->uid != 0) {
		return silt_access_may_write(walk->access, node) && silt_access_may_reach(walk->access, path);
	}
	if (is_below_one_of(path, not_of_services, SILT_COUNT(not_of_services))) {
		return false;
	}
	return (meta->uid != 0 && meta->mode & OWNER_WRITES) || (meta->gid != 0 && meta->mode & GROUP_WRITES) ||
	       meta->mode & OTHERS_WRITE;
}

enum silt_status silt_writable_see(struct silt_writable_walk *walk, struct silt_bytes path,
				   const struct silt_node *node, enum silt_entry_type type, struct silt_error *err)
{
	if (walk->top.ptr && silt_path_is_within(path, walk->top)) {
		struct silt_posture_writable *top = &walk->items[walk->count - 1];
		top->files += type != SILT_ENTRY_DIRECTORY;
		top->directories += type == SILT_ENTRY_DIRECTORY && path.len > walk->top.len;
		return SILT_OK;
	}
	bool candidate = type == SILT_ENTRY_DIRECTORY && path.len > 0 && !silt_place_none(node->meta) &&
			 !is_below_one_of(path, mounted_anyway, SILT_COUNT(mounted_anyway)) &&
			 walk->count < SILT_POSTURE_LIST_MAX;
	if (!candidate || !is_given(walk, path, node)) {
		return SILT_OK;
	}
	return add(walk, path, silt_entry_at(silt_posture_image(walk->work), node->meta), err);
}

enum silt_status silt_writable_end(struct silt_writable_walk *walk, struct silt_error *err)
{
	struct silt_posture *posture = walk->work->posture;
	struct silt_posture_writable *items =
		silt_arena_alloc(walk->work->context->arena, walk->count * sizeof(*items));
	if (!items) {
		return silt_fail_memory(err);
	}
	for (size_t i = 0; i < walk->count; i++) {
		items[i] = walk->items[i];
	}
	posture->writable = items;
	posture->writable_count = walk->count;
	return SILT_OK;
}

void silt_writable_done(struct silt_writable_walk *walk)
{
	free(walk->items);
}
