/* The final tree: looked up by path, and walked in order. */
#include "rootfs/tree.h"

#include "base/buffer.h"

#include <assert.h>
#include <stdlib.h>

static struct silt_node node_of(const struct silt_name *name)
{
	return (struct silt_node){.meta = name->meta, .content = name->content};
}

bool silt_rootfs_find(const struct silt_rootfs *rootfs, struct silt_bytes path, bool follow, struct silt_node *node)
{
	struct silt_walk walk = {.steps = rootfs->limits->value[SILT_LIMIT_LINK_STEPS]};
	uint32_t id = silt_resolve(rootfs, path, SILT_VIEW_NAMES, follow, &walk);
	if (id == SILT_NO_NAME) {
		return false;
	}
	*node = node_of(&rootfs->names[id]);
	return true;
}

/* Appends "/TEXT", or "TEXT" below the root. */
static void path_add(struct silt_buffer *path, const struct silt_name *name)
{
	if (path->len > 0) {
		silt_buffer_add_byte(path, '/');
	}
	silt_buffer_add(path, silt_bytes(name->text, name->len));
}

static void path_cut(struct silt_buffer *path, const struct silt_name *name)
{
	path->len -= name->len;
	path->len -= path->len > 0; /* the "/" */
}

/* The name after `id` in the order of the walk, or none; keeps `path` in step. */
static uint32_t walk_next(const struct silt_rootfs *rootfs, uint32_t id, struct silt_buffer *path)
{
	const struct silt_name *names = rootfs->names;
	uint32_t next = names[id].child;
	while (next == SILT_NO_NAME && id != SILT_ROOT_NAME) {
		path_cut(path, &names[id]);
		next = names[id].next;
		id = names[id].parent;
	}
	if (next != SILT_NO_NAME) {
		path_add(path, &names[next]);
	}
	return next;
}

enum silt_status silt_rootfs_walk(const struct silt_rootfs *rootfs, silt_rootfs_visit_fn *visit, void *ctx,
				  struct silt_error *err)
{
	assert(rootfs->finished);
	struct silt_buffer path = {0};
	enum silt_status status = SILT_OK;
	for (uint32_t id = SILT_ROOT_NAME; id != SILT_NO_NAME && status == SILT_OK; id = walk_next(rootfs, id, &path)) {
		struct silt_node node = node_of(&rootfs->names[id]);
		status = path.failed ? silt_fail_memory(err) : visit(ctx, silt_buffer_bytes(&path), &node, err);
	}
	silt_buffer_done(&path);
	return status;
}

/* ---- Order ------------------------------------------------------------------------------------------------------------- */

struct sibling {
	struct silt_bytes text;
	uint32_t name;
};

static int by_text(const void *a, const void *b)
{
	return silt_bytes_compare(((const struct sibling *)a)->text, ((const struct sibling *)b)->text);
}

static size_t count_children(const struct silt_rootfs *rootfs, uint32_t parent)
{
	size_t count = 0;
	for (uint32_t id = rootfs->names[parent].child; id != SILT_NO_NAME; id = rootfs->names[id].next) {
		count++;
	}
	return count;
}

static void relink(struct silt_rootfs *rootfs, uint32_t parent, const struct sibling *siblings, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct silt_name *name = &rootfs->names[siblings[i].name];
		name->prev = siblings[i > 0 ? i - 1 : count - 1].name;
		name->next = i + 1 < count ? siblings[i + 1].name : SILT_NO_NAME;
	}
	rootfs->names[parent].child = siblings[0].name;
}

static bool sort_children(struct silt_rootfs *rootfs, uint32_t parent)
{
	size_t count = count_children(rootfs, parent);
	if (count < 2) {
		return true;
	}
	struct sibling *siblings = calloc(count, sizeof(*siblings));
	if (!siblings) {
		return false;
	}
	size_t i = 0;
	for (uint32_t id = rootfs->names[parent].child; id != SILT_NO_NAME; id = rootfs->names[id].next) {
		const struct silt_name *name = &rootfs->names[id];
		siblings[i++] = (struct sibling){silt_bytes(name->text, name->len), id};
	}
	qsort(siblings, count, sizeof(*siblings), by_text);
	relink(rootfs, parent, siblings, count);
	free(siblings);
	return true;
}

static uint32_t ordinal(const struct silt_rootfs_note *note, int field)
{
	return field == 0 ? note->place.layer : field == 1 ? note->place.entry : (uint32_t)note->kind;
}

static int by_place(const void *a, const void *b)
{
	for (int field = 0; field < 3; field++) {
		uint32_t x = ordinal(a, field);
		uint32_t y = ordinal(b, field);
		if (x != y) {
			return x < y ? -1 : 1;
		}
	}
	return 0;
}

enum silt_status silt_rootfs_finish(struct silt_rootfs *rootfs, struct silt_error *err)
{
	assert(!rootfs->finished && rootfs->failure == SILT_OK);
	for (size_t i = 0; i < rootfs->name_count; i++) {
		if (!sort_children(rootfs, (uint32_t)i)) {
			return silt_fail_memory(err);
		}
	}
	if (rootfs->note_count > 1) {
		qsort(rootfs->notes, rootfs->note_count, sizeof(*rootfs->notes), by_place);
	}
	rootfs->finished = true;
	return SILT_OK;
}
