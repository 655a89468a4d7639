/*
 * From paths to names: links followed inside the root.
 *
 * What is left of a path is a stack of spans: the path itself, and on top of it the target of each link that is being
 * followed. So nothing is ever copied together, and the place to go back to when a link turns out to lead nowhere is
 * known: the outermost one.
 */
#include "rootfs/tree.h"

#include "base/buffer.h"

struct trail {
	struct silt_bytes rest[SILT_LINK_HOPS_MAX + 1];
	unsigned depth; /* of the span being walked; 0: the path */
	uint64_t hops, hops_max;
	uint64_t given, steps; /* components of link targets: at first, and left */
	bool spent;            /* of steps; then it is lost */
	bool lost;             /* gave up: too many hops or steps */
};

static void trail_start(const struct silt_rootfs *rootfs, struct trail *trail, struct silt_bytes path, uint64_t steps)
{
	const uint64_t most = rootfs->limits->value[SILT_LIMIT_LINK_STEPS];
	trail->rest[0] = path;
	trail->depth = 0;
	trail->hops = 0;
	trail->given = trail->steps = steps < most ? steps : most;
	trail->hops_max = rootfs->limits->value[SILT_LIMIT_LINK_HOPS];
	trail->lost = trail->spent = false;
}

static bool is_nothing(struct silt_bytes component)
{
	return component.len == 0 || (component.len == 1 && component.ptr[0] == '.');
}

static bool is_up(struct silt_bytes component)
{
	return component.len == 2 && component.ptr[0] == '.' && component.ptr[1] == '.';
}

/* Components of the path itself are free: the archive paid for them. Those of link targets come cheap again and again. */
static bool take_step(struct trail *trail)
{
	if (trail->steps == 0) {
		trail->lost = trail->spent = true;
		return false;
	}
	trail->steps--;
	return true;
}

/* The next component that is not "." or empty. False at the end, or if the trail is lost. */
static bool trail_next(struct trail *trail, struct silt_bytes *component)
{
	while (!trail->lost) {
		if (!silt_bytes_cut(&trail->rest[trail->depth], '/', component)) {
			if (trail->depth == 0) {
				return false;
			}
			trail->depth--;
			continue;
		}
		if (trail->depth > 0 && !take_step(trail)) {
			return false;
		}
		if (!is_nothing(*component)) {
			return true;
		}
	}
	return false;
}

/* True if no component follows. */
static bool trail_ended(const struct trail *trail)
{
	for (unsigned i = 0; i <= trail->depth; i++) {
		struct silt_bytes rest = trail->rest[i];
		struct silt_bytes component;
		while (silt_bytes_cut(&rest, '/', &component)) {
			if (!is_nothing(component)) {
				return false;
			}
		}
	}
	return true;
}

/* Goes on in `target` and then with what is left. False, and the trail is lost, if that is one link too many. */
static bool trail_follow(struct trail *trail, struct silt_bytes target)
{
	if (trail->hops == trail->hops_max) {
		trail->lost = true;
		return false;
	}
	trail->hops++;
	trail->rest[++trail->depth] = target;
	return true;
}

/* Goes on with the path itself, behind the outermost link; from here on no link is followed. */
static void trail_abandon_links(struct trail *trail)
{
	trail->depth = 0;
	trail->hops = trail->hops_max;
	trail->lost = false;
}

static void trail_end(const struct trail *trail, struct silt_walk *walk)
{
	walk->steps -= trail->given - trail->steps;
	walk->spent = trail->spent;
}

/* ---- Looking --------------------------------------------------------------------------------------------------------- */

static uint32_t parent_of(const struct silt_rootfs *rootfs, uint32_t id)
{
	return id == SILT_ROOT_NAME ? id : rootfs->names[id].parent;
}

static struct silt_bytes link_target(const struct silt_rootfs *rootfs, uint32_t id)
{
	uint32_t number = silt_name_content(rootfs, id, silt_name_meta(rootfs, id));
	const struct silt_stacked *layer = &rootfs->layers[silt_layer_of_number(rootfs, number)];
	return silt_entry_link(layer->record, &layer->record->entries[number - layer->first]);
}

static bool hides(const struct silt_change *change, enum silt_view view)
{
	if (view == SILT_VIEW_MARKS && (change->whiteout != SILT_NO_ENTRY || change->opaque != SILT_NO_ENTRY)) {
		return true;
	}
	return change->replacer != SILT_NO_ENTRY;
}

/*
 * True if what the layer under way did so far hides a lower name: itself or, more often, a directory above. (Opaque
 * marks and replacers hide what is below a name; but who asks about a directory does not look at marks, and a replaced
 * one is lower no more.)
 */
static bool is_hidden(const struct silt_rootfs *rootfs, uint32_t id, enum silt_view view)
{
	if (!rootfs->hides || rootfs->names[id].flags & SILT_NAME_FRESH) {
		return false;
	}
	for (uint32_t at = id; at != SILT_NO_NAME; at = rootfs->names[at].parent) {
		const struct silt_change *change = silt_name_change_if_any(rootfs, at);
		if (change && hides(change, view)) {
			return true;
		}
	}
	return false;
}

/* Where to go on after a link that stands in directory `at`. One link too many: the trail is lost. */
static uint32_t follow_link(const struct silt_rootfs *rootfs, struct trail *trail, uint32_t at, uint32_t link,
			    struct silt_walk *walk)
{
	struct silt_bytes target = link_target(rootfs, link);
	if (trail_follow(trail, target)) {
		walk->through |= !(rootfs->names[link].flags & SILT_NAME_FRESH);
	}
	return target.len > 0 && target.ptr[0] == '/' ? SILT_ROOT_NAME : at;
}

static uint32_t resolve(const struct silt_rootfs *rootfs, struct trail *trail, enum silt_view view, bool follow,
			struct silt_walk *walk)
{
	uint32_t at = SILT_ROOT_NAME;
	size_t missing = 0; /* components behind `at` that are not there */
	struct silt_bytes component;
	while (trail_next(trail, &component)) {
		if (missing > 0) {
			missing = is_up(component) ? missing - 1 : missing + 1;
			continue;
		}
		uint32_t child = is_up(component) ? parent_of(rootfs, at) : silt_name_find(rootfs, at, component);
		if (child == SILT_NO_NAME && view == SILT_VIEW_MARKS) {
			missing = 1; /* a link may leave it again: "a/../b" */
			continue;
		}
		if (child == SILT_NO_NAME) {
			return SILT_NO_NAME;
		}
		if (rootfs->names[child].type != SILT_ENTRY_SYMLINK || (!follow && trail_ended(trail))) {
			at = child;
		} else if (is_hidden(rootfs, child, view)) {
			return SILT_NO_NAME;
		} else {
			at = follow_link(rootfs, trail, at, child, walk);
		}
	}
	return trail->lost || missing > 0 ? SILT_NO_NAME : at;
}

uint32_t silt_resolve(const struct silt_rootfs *rootfs, struct silt_bytes path, enum silt_view view, bool follow,
		      struct silt_walk *walk)
{
	struct trail trail;
	trail_start(rootfs, &trail, path, walk->steps);
	uint32_t found = resolve(rootfs, &trail, view, follow, walk);
	walk->loop = trail.lost;
	trail_end(&trail, walk);
	if (found == SILT_NO_NAME || view == SILT_VIEW_MARKS) {
		return found;
	}
	bool seen = rootfs->names[found].type != SILT_NAME_ABSENT && !is_hidden(rootfs, found, view);
	return seen ? found : SILT_NO_NAME;
}

static bool is_link_of(const struct silt_rootfs *rootfs, uint32_t id, uint32_t layer)
{
	return rootfs->names[id].type == SILT_ENTRY_SYMLINK &&
	       silt_layer_of_number(rootfs, silt_name_meta(rootfs, id)) <= layer;
}

uint32_t silt_resolve_way(const struct silt_rootfs *rootfs, struct silt_bytes path, uint32_t layer,
			  struct silt_buffer *missing, struct silt_walk *walk)
{
	struct trail trail;
	struct silt_bytes component;
	uint32_t at = SILT_ROOT_NAME;
	trail_start(rootfs, &trail, path, walk->steps);
	silt_buffer_clear(missing);
	while (trail_next(&trail, &component)) {
		const bool is_there = missing->len == 0;
		if (is_up(component)) {
			at = is_there ? parent_of(rootfs, at) : at;
			silt_buffer_cut(missing, silt_path_parent(silt_buffer_bytes(missing)).len);
			continue;
		}
		const uint32_t child = is_there ? silt_name_find(rootfs, at, component) : SILT_NO_NAME;
		if (child != SILT_NO_NAME && is_link_of(rootfs, child, layer)) {
			at = follow_link(rootfs, &trail, at, child, walk);
		} else if (child != SILT_NO_NAME && rootfs->names[child].type != SILT_ENTRY_SYMLINK) {
			at = child;
		} else {
			silt_buffer_add_text(missing, is_there ? "" : "/");
			silt_buffer_add(missing, component);
		}
	}
	walk->loop = trail.lost;
	trail_end(&trail, walk);
	return trail.lost ? SILT_NO_NAME : at;
}

/* ---- Making ---------------------------------------------------------------------------------------------------------- */

/* Clears the way for a directory: notes what `entry` took away. */
static void displace(struct silt_rootfs *rootfs, uint32_t id, uint32_t entry)
{
	struct silt_name *name = &rootfs->names[id];
	if (name->flags & SILT_NAME_FRESH) {
		silt_fate_lose(rootfs, id, silt_name_meta(rootfs, id),
			       (struct silt_removal){SILT_FATE_SHADOWED, entry});
		silt_rootfs_note(rootfs, SILT_ROOTFS_NOTE_NO_PARENT, entry);
	} else if (silt_name_has_lower(rootfs, id)) {
		/* Whether this or a mark took the lower name is settled, and noted, at the end of the layer. */
		struct silt_change *change = silt_name_change(rootfs, id);
		if (change && change->implied == SILT_NO_ENTRY) {
			change->implied = entry;
		}
	}
}

/* True if one more directory may be made that no entry makes. */
static bool has_room(const struct silt_rootfs *rootfs)
{
	return rootfs->implied_count < rootfs->limits->value[SILT_LIMIT_IMPLIED_DIRECTORIES];
}

/* Makes a directory of a name, for `entry` that needs one here, if it is not one. False if it is one too many. */
static bool make_directory(struct silt_rootfs *rootfs, uint32_t id, uint32_t entry)
{
	if (rootfs->names[id].type == SILT_ENTRY_DIRECTORY) {
		return true;
	}
	if (!has_room(rootfs)) {
		return false;
	}
	rootfs->implied_count++;
	displace(rootfs, id, entry);
	struct silt_name *name = &rootfs->names[id];
	silt_name_bare(rootfs, id);
	name->type = SILT_ENTRY_DIRECTORY;
	name->flags = (uint8_t)((name->flags | SILT_NAME_FRESH) & ~(unsigned)SILT_NAME_PENDING);
	silt_name_reach(rootfs, id, SILT_NAME_REACHED | SILT_NAME_OWN);
	return true;
}

/* A child that is to be a directory; none also if that would be one too many, so that no name is made in vain. */
static uint32_t child_or_new(struct silt_rootfs *rootfs, uint32_t parent, struct silt_bytes text)
{
	return has_room(rootfs) ? silt_name_take(rootfs, parent, text, SILT_NO_ENTRY)
				: silt_name_find(rootfs, parent, text);
}

static bool is_open_link(const struct silt_rootfs *rootfs, uint32_t id)
{
	return rootfs->names[id].type == SILT_ENTRY_SYMLINK && !is_hidden(rootfs, id, SILT_VIEW_MARKS);
}

/* Makes directories of a name and of all above it that are none. False if that is one too many. */
static bool make_way(struct silt_rootfs *rootfs, uint32_t id, uint32_t entry)
{
	bool made = true;
	for (uint32_t at = id; made && at != SILT_ROOT_NAME; at = rootfs->names[at].parent) {
		made = make_directory(rootfs, at, entry);
	}
	return made;
}

/* Makes what is missing of a way, below its last name that is there. None if that failed, or is one too many. */
static uint32_t make_missing(struct silt_rootfs *rootfs, uint32_t at, uint32_t entry)
{
	bool made = make_way(rootfs, at, entry);
	for (size_t i = 0; made && i < rootfs->missing_count; i++) {
		at = child_or_new(rootfs, at, rootfs->missing[i]);
		made = at != SILT_NO_NAME && make_directory(rootfs, at, entry);
	}
	return made ? at : SILT_NO_NAME;
}

/* One more component that is not there. */
static void miss(struct silt_rootfs *rootfs, struct silt_bytes component)
{
	void *items = rootfs->missing;
	if (!silt_grow(&items, rootfs->missing_count, &rootfs->missing_capacity, sizeof(*rootfs->missing))) {
		silt_rootfs_give_up(rootfs, SILT_ERR_MEMORY);
		return;
	}
	rootfs->missing = items;
	rootfs->missing[rootfs->missing_count++] = component;
}

/*
 * A way is made at its end only: what a link leaves again by "..", as in "a/../b", is not looked at by those who extract,
 * and need not be there. Below what is missing there is no link, so the way goes on from the last name that is there.
 */
static uint32_t make_parents(struct silt_rootfs *rootfs, uint32_t at, struct trail *trail, uint32_t entry,
			     struct silt_walk *walk)
{
	uint32_t outermost = SILT_NO_NAME; /* the link of the path itself that is being followed */
	rootfs->missing_count = 0;
	while (rootfs->failure == SILT_OK) {
		struct silt_bytes component;
		bool more = trail_next(trail, &component);
		if (trail->lost) {
			walk->loop = true;
			trail_abandon_links(trail);
			rootfs->missing_count = 0;
			at = outermost;
			continue;
		}
		if (!more) {
			return make_missing(rootfs, at, entry);
		}
		if (is_up(component)) {
			walk->passing |= rootfs->missing_count > 0 || rootfs->names[at].type != SILT_ENTRY_DIRECTORY;
			at = rootfs->missing_count > 0 ? at : parent_of(rootfs, at);
			rootfs->missing_count -= rootfs->missing_count > 0;
			continue;
		}
		uint32_t child = rootfs->missing_count > 0 ? SILT_NO_NAME : silt_name_find(rootfs, at, component);
		if (child == SILT_NO_NAME) {
			miss(rootfs, component);
			continue;
		}
		if (is_open_link(rootfs, child)) {
			outermost = trail->depth == 0 ? child : outermost;
			child = follow_link(rootfs, trail, at, child, walk);
		}
		at = child;
	}
	return SILT_NO_NAME;
}

uint32_t silt_resolve_parents(struct silt_rootfs *rootfs, uint32_t at, struct silt_bytes path, uint32_t entry,
			      struct silt_walk *walk)
{
	struct trail trail;
	trail_start(rootfs, &trail, path, walk->steps);
	uint32_t found = make_parents(rootfs, at, &trail, entry, walk);
	walk->plain = trail.hops == 0;
	trail_end(&trail, walk);
	return found;
}
