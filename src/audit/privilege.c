/* Programs that give their caller more rights: setuid, setgid, file capabilities. */
#include "audit/checks.h"

#include "audit/privilege.h"

#include <stdlib.h>

struct names {
	const struct silt_context *context;
	const struct silt_audited_image *image;
	struct silt_ownership ownership;
	struct silt_linked_rights linked; /* owns */
	struct silt_privileged *items;    /* owns */
	size_t count, capacity;
};

/* ---- Collecting ---------------------------------------------------------------------------------------------------- */

static bool gives_any_right(const struct silt_privileged *name)
{
	return silt_gives_right(name, SILT_RIGHT_SETUID) || silt_gives_right(name, SILT_RIGHT_SETGID) ||
	       silt_gives_right(name, SILT_RIGHT_CAPABILITY);
}

static struct silt_bytes capability_at(const struct silt_audited_image *image, struct silt_place place)
{
	return silt_entry_capability(image->layers[place.layer], silt_entry_at(image, place));
}

static enum silt_status add_name(struct names *names, const struct silt_privileged *name, struct silt_error *err)
{
	if (!silt_grow((void **)&names->items, names->count, &names->capacity, sizeof(*name))) {
		return silt_fail_memory(err);
	}
	names->items[names->count] = *name;
	names->items[names->count].path = silt_arena_copy(names->context->arena, name->path);
	return names->items[names->count++].path.ptr ? SILT_OK : silt_fail_memory(err);
}

/* What other headers of the file give it: of those that real tools write, all say the same. */
static void add_linked(const struct names *names, struct silt_privileged *name)
{
	struct silt_linked_right linked = silt_linked_right_of(&names->linked, name->content);
	const struct silt_entry *first = silt_entry_at(names->image, name->content);
	if (silt_mode_of_right(first->mode)) {
		linked.mode |= silt_mode_of_right(first->mode);
		linked.uid = first->uid < linked.uid ? first->uid : linked.uid;
	}
	name->linked = (linked.mode & ~name->mode) != 0;
	name->mode |= linked.mode;
	name->uid = linked.uid < name->uid ? linked.uid : name->uid;
	if (name->capability.len == 0) {
		name->capability = capability_at(names->image, name->content);
	}
	if (name->capability.len == 0) {
		name->capability = linked.capability;
	}
}

static enum silt_status visit(void *ctx, struct silt_bytes path, const struct silt_node *node, struct silt_error *err)
{
	struct names *names = ctx;
	if (!silt_node_is_file(names->image, node)) {
		return SILT_OK; /* on directories the bits mean something else, on links nothing */
	}
	const struct silt_entry *entry = silt_entry_at(names->image, node->meta);
	struct silt_privileged name = {
		.path = path,
		.content = node->content,
		.meta = node->meta,
		.mode = entry->mode,
		.uid = entry->uid,
		.gid = entry->gid,
		.capability = capability_at(names->image, node->meta),
	};
	add_linked(names, &name);
	return gives_any_right(&name) ? add_name(names, &name, err) : SILT_OK;
}

static int order_names(const void *left, const void *right)
{
	const struct silt_privileged *a = left, *b = right;
	int order = silt_place_compare(a->content, b->content);
	return order != 0 ? order : silt_bytes_compare(a->path, b->path);
}

/* ---- Visible ones -------------------------------------------------------------------------------------------------- */

/* Reports the runs of equal content among the names that have this right. They are moved to the front of `picked`. */
static enum silt_status report_visible(const struct names *names, size_t image, enum silt_right right,
				       struct silt_privileged *picked, struct silt_findings *findings,
				       struct silt_error *err)
{
	size_t count = 0;
	for (size_t i = 0; i < names->count; i++) {
		if (silt_gives_right(&names->items[i], right)) {
			picked[count++] = names->items[i];
		}
	}
	enum silt_status status = SILT_OK;
	for (size_t first = 0, next; first < count && status == SILT_OK; first = next) {
		for (next = first + 1;
		     next < count && silt_place_compare(picked[first].content, picked[next].content) == 0;) {
			next++;
		}
		struct silt_privileged_group group = {names->context, image, &names->ownership, &picked[first],
						      next - first};
		status = silt_report_right(findings, right, &group, SILT_PRESENT_IN_TREE, err);
	}
	return status;
}

/* ---- Hidden ones --------------------------------------------------------------------------------------------------- */

static int order_paths(const void *left, const void *right)
{
	return silt_bytes_compare(((const struct silt_privileged *)left)->path,
				  ((const struct silt_privileged *)right)->path);
}

/*
 * Reports a file of a lower layer if no visible name at the same path has this right, one that is disputed in any case.
 * `visible` is ordered by path.
 */
static enum silt_status report_hidden(const struct names *visible, size_t image, const struct silt_privileged *hidden,
				      enum silt_presence presence, struct silt_findings *findings,
				      struct silt_error *err)
{
	const struct silt_privileged *covered =
		visible->count == 0 || presence == SILT_PRESENT_DISPUTED
			? NULL
			: bsearch(hidden, visible->items, visible->count, sizeof(*hidden), order_paths);
	enum silt_status status = SILT_OK;
	for (enum silt_right right = 0; right < SILT_RIGHTS && status == SILT_OK; right++) {
		bool told = covered && silt_gives_right(covered, right);
		if (silt_gives_right(hidden, right) && !told) {
			struct silt_privileged_group group = {visible->context, image, &visible->ownership, hidden, 1};
			status = silt_report_right(findings, right, &group, presence, err);
		}
	}
	return status;
}

/* A disputed hardlink gives its bits to a file that is there, for those who read it. */
static bool may_be_program(const struct silt_entry *entry)
{
	return entry->type == SILT_ENTRY_FILE ||
	       (entry->type == SILT_ENTRY_HARDLINK && (entry->flags & SILT_ENTRY_DISPUTED));
}

static enum silt_status look_below(const struct names *visible, size_t image, uint32_t layer,
				   struct silt_findings *findings, struct silt_error *err)
{
	const struct silt_record *record = visible->image->layers[layer];
	enum silt_status status = SILT_OK;
	for (size_t i = 0; record && i < record->entry_count && status == SILT_OK; i++) {
		const struct silt_entry *entry = &record->entries[i];
		struct silt_place place = {layer, (uint32_t)i};
		struct silt_privileged name = {
			.content = place,
			.meta = place,
			.mode = entry->mode,
			.uid = entry->uid,
			.gid = entry->gid,
			.capability = silt_entry_capability(record, entry),
		};
		if (!may_be_program(entry) || !gives_any_right(&name)) {
			continue;
		}
		enum silt_fate fate = silt_rootfs_fate(visible->image->rootfs, place).fate;
		if (fate == SILT_FATE_VISIBLE) {
			continue;
		}
		struct silt_path_room room;
		name.path = silt_entry_path(record, entry, &room);
		enum silt_presence presence = fate == SILT_FATE_DISPUTED ? SILT_PRESENT_DISPUTED : SILT_PRESENT_BELOW;
		status = report_hidden(visible, image, &name, presence, findings, err);
	}
	return status;
}

/* ---- The check ----------------------------------------------------------------------------------------------------- */

static enum silt_status check_image(struct names *names, size_t image, struct silt_findings *findings,
				    struct silt_error *err)
{
	enum silt_status status = silt_linked_rights_find(&names->linked, names->image, err);
	if (status == SILT_OK) {
		status = silt_ownership_open(names->image, names->context->arena, &names->ownership, err);
	}
	if (status == SILT_OK) {
		status = silt_rootfs_walk(names->image->rootfs, visit, names, err);
	}
	struct silt_privileged *picked = calloc(names->count + 1, sizeof(*picked));
	if (!picked) {
		return status == SILT_OK ? silt_fail_memory(err) : status;
	}
	if (status == SILT_OK && names->count > 0) {
		qsort(names->items, names->count, sizeof(*names->items), order_names);
	}
	for (enum silt_right right = 0; right < SILT_RIGHTS && status == SILT_OK; right++) {
		status = report_visible(names, image, right, picked, findings, err);
	}
	free(picked);
	if (status == SILT_OK && names->count > 0) {
		qsort(names->items, names->count, sizeof(*names->items), order_paths);
	}
	for (size_t layer = 0; layer < names->image->layer_count && status == SILT_OK; layer++) {
		status = look_below(names, image, (uint32_t)layer, findings, err);
	}
	return status;
}

enum silt_status silt_check_privilege(const struct silt_context *context, struct silt_findings *findings,
				      struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t image = 0; image < context->image_count && status == SILT_OK; image++) {
		struct names names = {.context = context, .image = &context->images[image]};
		status = check_image(&names, image, findings, err);
		silt_linked_rights_done(&names.linked);
		free(names.items);
	}
	return status == SILT_OK ? silt_privilege_of_strays(context, findings, err) : status;
}
