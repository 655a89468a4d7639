/* The final tree: looked up by path, and walked in order. */
#include "rootfs/tree.h"

#include "base/buffer.h"

#include <assert.h>
#include <stdlib.h>

static struct silt_node node_of(const struct silt_rootfs *rootfs, uint32_t id)
{
	uint32_t meta = silt_name_meta(rootfs, id), content = silt_name_content(rootfs, id, meta);
	struct silt_node node = {.meta = silt_place_of_number(rootfs, meta)};
	node.content = content == meta ? node.meta : silt_place_of_number(rootfs, content);
	return node;
}

bool silt_rootfs_find(const struct silt_rootfs *rootfs, struct silt_bytes path, bool follow, struct silt_node *node)
{
	struct silt_walk walk = {.steps = rootfs->limits->value[SILT_LIMIT_LINK_STEPS]};
	uint32_t id = silt_resolve(rootfs, path, SILT_VIEW_NAMES, follow, &walk);
	if (id == SILT_NO_NAME) {
		return false;
	}
	*node = node_of(rootfs, id);
	return true;
}

bool silt_rootfs_remade(const struct silt_rootfs *rootfs, struct silt_bytes path, struct silt_fate_of *why)
{
	struct silt_walk walk = {.steps = rootfs->limits->value[SILT_LIMIT_LINK_STEPS]};
	const uint32_t id = silt_resolve(rootfs, path, SILT_VIEW_NAMES, false, &walk);
	for (size_t i = 0; i < rootfs->remade_count && id != SILT_NO_NAME; i++) {
		const struct silt_remade *remade = &rootfs->remade[i];
		if (remade->name == id) {
			*why = (struct silt_fate_of){.fate = remade->why.fate,
						     .cause = {silt_rootfs_top(rootfs), remade->why.entry}};
			return true;
		}
	}
	return false;
}

/* Appends "/TEXT", or "TEXT" below the root. */
static void path_add(struct silt_buffer *path, struct silt_bytes text)
{
	size_t joint = path->len > 0;
	uint8_t *end = silt_buffer_extend(path, joint + text.len);
	if (end) {
		end[0] = '/';
		memcpy(end + joint, text.ptr, text.len);
	}
}

/* The path of a name, from the root. */
static void path_of(const struct silt_rootfs *rootfs, uint32_t id, struct silt_buffer *path)
{
	size_t len = 0;
	for (uint32_t at = id; at != SILT_ROOT_NAME; at = rootfs->names[at].parent) {
		len += silt_name_text(rootfs, at).len + 1;
	}
	uint8_t *end = len > 0 ? silt_buffer_extend(path, len - 1) : NULL;
	if (!end) {
		return;
	}
	for (end += len - 1; id != SILT_ROOT_NAME; id = rootfs->names[id].parent) {
		struct silt_bytes text = silt_name_text(rootfs, id);
		end -= text.len;
		memcpy(end, text.ptr, text.len);
		if (end > path->ptr) {
			*--end = '/';
		}
	}
}

bool silt_rootfs_path(const struct silt_rootfs *rootfs, struct silt_bytes path, bool follow, struct silt_buffer *out)
{
	struct silt_walk walk = {.steps = rootfs->limits->value[SILT_LIMIT_LINK_STEPS]};
	const uint32_t id = silt_resolve(rootfs, path, SILT_VIEW_NAMES, follow, &walk);
	silt_buffer_clear(out);
	if (id != SILT_NO_NAME) {
		path_of(rootfs, id, out);
	}
	return id != SILT_NO_NAME;
}

bool silt_rootfs_way(const struct silt_rootfs *rootfs, struct silt_bytes path, uint32_t layer, uint64_t *steps,
		     struct silt_buffer *out)
{
	struct silt_walk walk = {.steps = *steps};
	struct silt_buffer missing = {0};
	const uint32_t id = silt_resolve_way(rootfs, path, layer, &missing, &walk);
	*steps = walk.steps;
	silt_buffer_clear(out);
	if (id != SILT_NO_NAME) {
		path_of(rootfs, id, out);
	}
	if (id != SILT_NO_NAME && missing.len > 0) {
		path_add(out, silt_buffer_bytes(&missing));
	}
	out->failed = out->failed || missing.failed;
	silt_buffer_done(&missing);
	return id != SILT_NO_NAME;
}

/* The name after `id` in the order of a walk that began at `start`, or none; keeps `path` in step. */
static uint32_t walk_next(const struct silt_rootfs *rootfs, uint32_t id, uint32_t start, bool deep,
			  struct silt_buffer *path)
{
	const struct silt_name *names = rootfs->names;
	uint32_t next = deep || id == start ? names[id].child : SILT_NO_NAME;
	while (next == SILT_NO_NAME && id != start) {
		path->len = silt_path_parent(silt_buffer_bytes(path)).len;
		next = names[id].next;
		id = names[id].parent;
	}
	if (next != SILT_NO_NAME) {
		path_add(path, silt_name_text(rootfs, next));
	}
	return next;
}

static enum silt_status walk(const struct silt_rootfs *rootfs, uint32_t start, bool deep, silt_rootfs_visit_fn *visit,
			     void *ctx, struct silt_error *err)
{
	assert(rootfs->finished);
	struct silt_buffer path = {0};
	enum silt_status status = SILT_OK;
	path_of(rootfs, start, &path);
	for (uint32_t id = start; id != SILT_NO_NAME && status == SILT_OK;
	     id = walk_next(rootfs, id, start, deep, &path)) {
		struct silt_node node = node_of(rootfs, id);
		status = path.failed ? silt_fail_memory(err) : visit(ctx, silt_buffer_bytes(&path), &node, err);
	}
	silt_buffer_done(&path);
	return status;
}

enum silt_status silt_rootfs_walk(const struct silt_rootfs *rootfs, silt_rootfs_visit_fn *visit, void *ctx,
				  struct silt_error *err)
{
	return walk(rootfs, SILT_ROOT_NAME, true, visit, ctx, err);
}

enum silt_status silt_rootfs_walk_below(const struct silt_rootfs *rootfs, struct silt_bytes path, bool follow,
					bool deep, silt_rootfs_visit_fn *visit, void *ctx, bool *found,
					struct silt_error *err)
{
	struct silt_walk way = {.steps = rootfs->limits->value[SILT_LIMIT_LINK_STEPS]};
	uint32_t start = silt_resolve(rootfs, path, SILT_VIEW_NAMES, follow, &way);
	*found = start != SILT_NO_NAME;
	return *found ? walk(rootfs, start, deep, visit, ctx, err) : SILT_OK;
}
