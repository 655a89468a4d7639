/* The rules of layers, naively. */
#include "unit/rootfs/model.h"

#include "base/limits.h"

#include <assert.h>
#include <stdio.h>

#define NOTHING UINT32_MAX

enum { ROUTE_MAX = 2048 };

/* ---- Lists of paths -------------------------------------------------------------------------------------------------- */

static struct thing *find(struct things *things, const char *path)
{
	for (unsigned i = 0; i < things->count; i++) {
		if (strcmp(things->list[i].path, path) == 0) {
			return &things->list[i];
		}
	}
	return NULL;
}

static void remove_thing(struct things *things, const struct thing *thing)
{
	size_t at = (size_t)(thing - things->list);
	things->count--;
	memmove(&things->list[at], &things->list[at + 1], (things->count - at) * sizeof(*thing));
}

static struct thing *add(struct things *things, const char *path)
{
	assert(things->count < MODEL_THINGS_MAX);
	struct thing *thing = &things->list[things->count++];
	*thing = (struct thing){.fresh = true};
	snprintf(thing->path, sizeof(thing->path), "%s", path);
	return thing;
}

static bool is_below(const char *path, const char *above)
{
	size_t len = strlen(above);
	return len == 0 ? path[0] != '\0' : strncmp(path, above, len) == 0 && path[len] == '/';
}

static void to_parent(char *path)
{
	char *slash = strrchr(path, '/');
	*(slash ? slash : path) = '\0';
}

static void append(char path[static MODEL_PATH_MAX], const char *name)
{
	size_t len = strlen(path);
	int wanted = snprintf(path + len, MODEL_PATH_MAX - len, "%s%s", len ? "/" : "", name);
	assert(wanted >= 0 && (size_t)wanted < MODEL_PATH_MAX - len);
}

static bool is_place(struct silt_place a, struct silt_place b)
{
	return a.layer == b.layer && a.entry == b.entry;
}

static const struct silt_place no_place = {UINT32_MAX, UINT32_MAX};

/* ---- Facts of entries -------------------------------------------------------------------------------------------------- */

static const struct silt_entry *entry_of(const struct model *model, struct silt_place place)
{
	return &model->records[place.layer]->entries[place.entry];
}

static struct silt_place place_in_layer(const struct model *model, uint32_t entry)
{
	return (struct silt_place){model->layers - 1, entry};
}

static struct silt_bytes link_of(const struct model *model, struct silt_place place)
{
	return silt_entry_link(model->records[place.layer], entry_of(model, place));
}

static void write_text(char out[static MODEL_PATH_MAX], struct silt_bytes text)
{
	snprintf(out, MODEL_PATH_MAX, "%.*s", (int)text.len, (const char *)text.ptr);
}

static bool has_body(const struct model *model, struct silt_place place)
{
	return !silt_place_none(place) && entry_of(model, place)->type == SILT_ENTRY_FILE;
}

/* ---- Fates --------------------------------------------------------------------------------------------------------------- */

static void lose(struct model *model, const struct thing *thing, enum silt_fate fate, uint32_t entry)
{
	if (silt_place_none(thing->meta)) {
		return;
	}
	const struct silt_fate_of lost = {fate, place_in_layer(model, entry), false};
	model->name_fates[thing->meta.layer][thing->meta.entry] = lost;
	if (!has_body(model, thing->meta)) {
		model->fates[thing->meta.layer][thing->meta.entry] = lost;
	}
	if (has_body(model, thing->content)) {
		model->losses[model->loss_count++] = (struct model_loss){thing->content, fate, entry};
	}
}

static bool cause_wins(const struct model *model, uint32_t a, uint32_t b)
{
	struct silt_path_room rooms[2];
	const struct silt_record *record = model->records[model->layers - 1];
	int order = silt_bytes_compare(silt_entry_path(record, &record->entries[a], &rooms[0]),
				       silt_entry_path(record, &record->entries[b], &rooms[1]));
	return order != 0 ? order > 0 : a > b;
}

static bool is_shown(const struct model *model, struct silt_place body)
{
	for (unsigned i = 0; i < model->view.count; i++) {
		if (is_place(model->view.list[i].content, body)) {
			return true;
		}
	}
	return false;
}

/* A body that no name shows any more: of all its losses in this layer the most exposed tells its fate. */
static void settle_bodies(struct model *model)
{
	for (unsigned i = 0; i < model->loss_count; i++) {
		const struct model_loss *loss = &model->losses[i];
		if (is_shown(model, loss->body)) {
			continue;
		}
		const struct model_loss *best = loss;
		for (unsigned k = 0; k < model->loss_count; k++) {
			const struct model_loss *other = &model->losses[k];
			if (is_place(other->body, loss->body) &&
			    (other->fate > best->fate ||
			     (other->fate == best->fate && cause_wins(model, other->entry, best->entry)))) {
				best = other;
			}
		}
		model->fates[loss->body.layer][loss->body.entry] =
			(struct silt_fate_of){best->fate, place_in_layer(model, best->entry), false};
	}
}

/* ---- Resolution ------------------------------------------------------------------------------------------------------------ */

static bool is_marked_away(const struct model *model, const char *path)
{
	for (unsigned i = 0; i < model->mark_count; i++) {
		const struct model_mark *mark = &model->marks[i];
		if (is_below(path, mark->path) || (!mark->opaque && strcmp(path, mark->path) == 0)) {
			return true;
		}
	}
	return false;
}

enum purpose { FOR_ENTRY, FOR_MARK, FOR_HARDLINK };

/* The first component of `rest`, cut off. */
static bool next_component(char *rest, char *component)
{
	size_t skip = strspn(rest, "/");
	size_t len = strcspn(rest + skip, "/");
	memcpy(component, rest + skip, len);
	component[len] = '\0';
	memmove(rest, rest + skip + len, strlen(rest + skip + len) + 1);
	return len > 0;
}

static void note_implied(struct model *model, const char *path, uint32_t entry)
{
	struct thing *lower = find(&model->before, path);
	if (lower && model->events[lower - model->before.list].implied == NOTHING) {
		model->events[lower - model->before.list].implied = entry;
	}
}

static void make_directory(struct model *model, const char *path, uint32_t entry)
{
	struct thing *thing = find(&model->view, path);
	if (thing && thing->type == SILT_ENTRY_DIRECTORY) {
		return;
	}
	if (thing && thing->fresh) {
		lose(model, thing, SILT_FATE_SHADOWED, entry);
	} else {
		note_implied(model, path, entry);
	}
	thing = thing ? thing : add(&model->view, path);
	thing->meta = thing->content = no_place;
	thing->type = SILT_ENTRY_DIRECTORY;
	thing->fresh = true;
}

/* Makes directories of a path and of all above it. */
static void make_way(struct model *model, const char *path, uint32_t entry)
{
	char made[MODEL_PATH_MAX];
	for (size_t i = 1; path[0] != '\0' && i <= strlen(path); i++) {
		if (path[i] == '/' || path[i] == '\0') {
			snprintf(made, sizeof(made), "%.*s", (int)i, path);
			make_directory(model, made, entry);
		}
	}
}

static bool is_there(struct model *model, const char *path)
{
	return path[0] == '\0' || find(&model->view, path) || find(&model->before, path);
}

/* One component: false if there is no going on. */
static bool enter(struct model *model, const char *path, enum purpose purpose, bool last)
{
	return purpose != FOR_HARDLINK || find(&model->view, path) || (!last && find(&model->before, path));
}

/* The end of a path: false if it leads nowhere. */
static bool arrive(struct model *model, const char *path, enum purpose purpose, uint32_t entry)
{
	if (purpose == FOR_ENTRY) {
		make_way(model, path, entry);
	}
	return purpose != FOR_MARK || is_there(model, path);
}

static bool is_link_to_follow(struct model *model, const char *path, enum purpose purpose)
{
	const struct thing *thing = find(&model->view, path);
	return thing && thing->type == SILT_ENTRY_SYMLINK &&
	       (thing->fresh || purpose == FOR_HARDLINK || !is_marked_away(model, path));
}

static bool is_dead_link(struct model *model, const char *path, enum purpose purpose)
{
	const struct thing *now = find(&model->view, path);
	const struct thing *lower = find(&model->before, path);
	return purpose == FOR_MARK && lower && lower->type == SILT_ENTRY_SYMLINK && !(now && now->fresh);
}

/* What is left of a path, and where one is. */
struct route {
	char rest[ROUTE_MAX];
	size_t own; /* so much of `rest`, at its end, is of the path itself; the start is of links */
	unsigned hops;
	char at[MODEL_PATH_MAX];
	char outermost[MODEL_PATH_MAX]; /* link of the path itself that is being followed */
	char behind[ROUTE_MAX];         /* `rest` behind it */
};

/* The next component; `*of_path` if the path itself has it. */
static bool advance(struct route *route, char component[static MODEL_PATH_MAX], bool *of_path)
{
	bool more = next_component(route->rest, component);
	*of_path = strlen(component) + strlen(route->rest) <= route->own;
	route->own = strlen(route->rest) < route->own ? strlen(route->rest) : route->own;
	return more;
}

static void follow(const struct model *model, struct route *route, const struct thing *link)
{
	struct silt_bytes target = link_of(model, link->content);
	char rest[ROUTE_MAX];
	memcpy(rest, route->rest, sizeof(rest));
	assert(target.len + 1 + strlen(rest) < sizeof(rest));
	memcpy(route->rest, target.ptr, target.len);
	route->rest[target.len] = '/';
	memcpy(route->rest + target.len + 1, rest, sizeof(rest) - target.len - 1);
	route->hops++;
	to_parent(route->at);
	if (silt_bytes_start_with(target, SILT_LITERAL("/"))) {
		route->at[0] = '\0';
	}
}

/* A link at which the route has come: followed, or, if it is one too many, made a directory. */
static bool pass_link(struct model *model, struct route *route, enum purpose purpose, uint32_t entry, bool of_path)
{
	if (of_path) {
		memcpy(route->outermost, route->at, sizeof(route->at));
		memcpy(route->behind, route->rest, sizeof(route->rest));
	}
	if (route->hops < SILT_LINK_HOPS_MAX) {
		const struct thing *link = find(&model->view, route->at);
		assert(link);
		follow(model, route, link);
		return true;
	}
	if (purpose != FOR_ENTRY) {
		return false;
	}
	make_way(model, route->outermost, entry);
	memcpy(route->at, route->outermost, sizeof(route->at));
	memcpy(route->rest, route->behind, sizeof(route->rest));
	route->own = strlen(route->rest);
	return true;
}

static bool is_last(const struct route *route)
{
	return strspn(route->rest, "/.") == strlen(route->rest) && !strstr(route->rest, "..");
}

/* Resolves `given`; writes the path without links to `at`. For a hardlink the last component is not followed. */
static bool resolve(struct model *model, const char *given, enum purpose purpose, uint32_t entry,
		    char at[static MODEL_PATH_MAX])
{
	struct route route = {0};
	snprintf(route.rest, sizeof(route.rest), "%s", given);
	route.own = strlen(route.rest);
	char component[MODEL_PATH_MAX];
	bool of_path;
	bool open = true;
	while (open && advance(&route, component, &of_path)) {
		if (strcmp(component, ".") == 0) {
			continue;
		}
		if (strcmp(component, "..") == 0) {
			to_parent(route.at);
			continue;
		}
		append(route.at, component);
		bool last = is_last(&route);
		if (!(purpose == FOR_HARDLINK && last) && is_link_to_follow(model, route.at, purpose)) {
			open = pass_link(model, &route, purpose, entry, of_path);
		} else {
			open = !is_dead_link(model, route.at, purpose) && enter(model, route.at, purpose, last);
		}
	}
	memcpy(at, route.at, sizeof(route.at));
	return open && arrive(model, at, purpose, entry);
}

/* ---- Entries ------------------------------------------------------------------------------------------------------------------- */

/* Takes away all below a directory that is one no more. */
static void clear_below(struct model *model, const char *path, uint32_t entry)
{
	for (unsigned i = model->view.count; i-- > 0;) {
		const struct thing *thing = &model->view.list[i];
		if (!is_below(thing->path, path)) {
			continue;
		}
		if (thing->fresh) {
			lose(model, thing, SILT_FATE_SHADOWED, entry);
		}
		remove_thing(&model->view, thing);
	}
	for (unsigned i = 0; i < model->before.count; i++) {
		if (is_below(model->before.list[i].path, path) && model->events[i].replaced == NOTHING) {
			model->events[i].replaced = entry;
		}
	}
}

static bool hardlink_target(struct model *model, uint32_t entry, struct thing *target)
{
	char at[MODEL_PATH_MAX], link[MODEL_PATH_MAX];
	write_text(link, link_of(model, place_in_layer(model, entry)));
	const struct thing *found = resolve(model, link, FOR_HARDLINK, entry, at) ? find(&model->view, at) : NULL;
	if (!found || silt_place_none(found->content) || found->type == SILT_ENTRY_DIRECTORY) {
		return false;
	}
	*target = *found;
	return true;
}

/* What an entry makes of its name, wherever that is. */
static struct thing thing_of(struct model *model, uint32_t entry)
{
	struct thing made = {.meta = place_in_layer(model, entry), .fresh = true};
	made.content = made.meta;
	made.type = entry_of(model, made.meta)->type;
	if (made.type == SILT_ENTRY_HARDLINK) {
		struct thing target = {.content = no_place, .type = SILT_ENTRY_HARDLINK};
		if (!hardlink_target(model, entry, &target)) {
			model->pending[model->pending_count++] = entry;
		}
		made.content = target.content;
		made.type = target.type;
	}
	return made;
}

/* The parent of an entry, resolved; false if there is none (never for FOR_ENTRY: then it is made). */
static bool resolve_parent(struct model *model, uint32_t entry, enum purpose purpose, char at[static MODEL_PATH_MAX])
{
	char parent[MODEL_PATH_MAX];
	struct silt_place own = place_in_layer(model, entry);
	write_text(parent, silt_entry_folder(model->records[own.layer], entry_of(model, own)));
	return resolve(model, parent, purpose, entry, at);
}

static void append_name(const struct model *model, uint32_t entry, size_t skipped, char path[static MODEL_PATH_MAX])
{
	char name[MODEL_PATH_MAX];
	struct silt_place own = place_in_layer(model, entry);
	write_text(name, silt_entry_name(model->records[own.layer], entry_of(model, own)));
	append(path, name + skipped);
}

static void place(struct model *model, uint32_t entry)
{
	struct thing made = thing_of(model, entry);
	bool resolved = resolve_parent(model, entry, FOR_ENTRY, made.path);
	assert(resolved);
	(void)resolved;
	append_name(model, entry, 0, made.path);

	const struct thing *lower = find(&model->before, made.path);
	if (lower && model->events[lower - model->before.list].overwritten == NOTHING) {
		model->events[lower - model->before.list].overwritten = entry;
	}
	struct thing *old = find(&model->view, made.path);
	if (old && old->fresh) {
		lose(model, old, SILT_FATE_SHADOWED, entry);
	}
	bool was_directory = old && old->type == SILT_ENTRY_DIRECTORY;
	if (!old) {
		old = add(&model->view, made.path);
	}
	*old = made;
	if (was_directory && made.type != SILT_ENTRY_DIRECTORY) {
		clear_below(model, made.path, entry);
	}
}

static void mark(struct model *model, uint32_t entry)
{
	struct model_mark *made = &model->marks[model->mark_count];
	if (!resolve_parent(model, entry, FOR_MARK, made->path)) {
		return;
	}
	made->opaque = entry_of(model, place_in_layer(model, entry))->whiteout == SILT_WHITEOUT_OPAQUE;
	made->entry = entry;
	if (!made->opaque) {
		append_name(model, entry, strlen(".wh."), made->path);
	}
	model->mark_count++;
}

/* Again and again, until no hardlink finds a target any more. What they are is known to others only behind that. */
static void settle_hardlinks(struct model *model)
{
	for (bool again = true; again;) {
		again = false;
		for (unsigned i = 0; i < model->pending_count; i++) {
			struct thing target;
			struct silt_place place = place_in_layer(model, model->pending[i]);
			for (unsigned k = 0; k < model->view.count; k++) {
				struct thing *thing = &model->view.list[k];
				if (is_place(thing->meta, place) && silt_place_none(thing->content) &&
				    hardlink_target(model, place.entry, &target)) {
					thing->content = target.content;
					again = true;
				}
			}
		}
	}
	for (unsigned k = 0; k < model->view.count; k++) {
		struct thing *thing = &model->view.list[k];
		if (thing->type == SILT_ENTRY_HARDLINK && !silt_place_none(thing->content)) {
			thing->type = entry_of(model, thing->content)->type;
		}
	}
}

/* ---- The end of a layer ---------------------------------------------------------------------------------------------------------- */

/* The mark nearest above (or at, if it is no opaque one) a path, or NULL. */
static const struct model_mark *nearest_mark(const struct model *model, const char *path, bool opaque)
{
	const struct model_mark *best = NULL;
	for (unsigned i = 0; i < model->mark_count; i++) {
		const struct model_mark *other = &model->marks[i];
		if (other->opaque != opaque ||
		    !(is_below(path, other->path) || (!opaque && strcmp(path, other->path) == 0))) {
			continue;
		}
		size_t depth = strlen(other->path);
		if (!best || depth > strlen(best->path) ||
		    (depth == strlen(best->path) && cause_wins(model, other->entry, best->entry))) {
			best = other;
		}
	}
	return best;
}

static void settle_lower(struct model *model, const struct thing *lower, const struct event *event)
{
	const struct model_mark *whiteout = nearest_mark(model, lower->path, false);
	const struct model_mark *opaque = nearest_mark(model, lower->path, true);
	if (event->overwritten != NOTHING) {
		lose(model, lower, SILT_FATE_OVERWRITTEN, event->overwritten);
	} else if (whiteout) {
		lose(model, lower, SILT_FATE_DELETED, whiteout->entry);
	} else if (event->replaced != NOTHING) {
		lose(model, lower, SILT_FATE_MASKED, event->replaced);
	} else if (opaque) {
		lose(model, lower, SILT_FATE_MASKED, opaque->entry);
	} else if (event->implied != NOTHING) {
		lose(model, lower, SILT_FATE_OVERWRITTEN, event->implied);
	} else {
		return;
	}
	const struct thing *now = find(&model->view, lower->path);
	if (now && !now->fresh) {
		remove_thing(&model->view, now);
	}
}

/* Every name has its parents. */
static void add_parents(struct model *model)
{
	for (unsigned i = 0; i < model->view.count; i++) {
		char path[MODEL_PATH_MAX];
		memcpy(path, model->view.list[i].path, sizeof(path));
		to_parent(path);
		if (path[0] && !find(&model->view, path)) {
			struct thing *parent = add(&model->view, path);
			parent->meta = parent->content = no_place;
			parent->type = SILT_ENTRY_DIRECTORY;
		}
	}
}

static void begin_layer(struct model *model, const struct silt_record *record)
{
	assert(model->layers < MODEL_LAYERS_MAX && record->entry_count <= MODEL_ENTRIES_MAX);
	model->records[model->layers++] = record;
	for (size_t i = 0; i < record->entry_count; i++) {
		model->fates[model->layers - 1][i] = (struct silt_fate_of){
			SILT_FATE_VISIBLE, no_place, record->entries[i].whiteout != SILT_WHITEOUT_NONE};
		model->name_fates[model->layers - 1][i] = model->fates[model->layers - 1][i];
	}
	model->before.count = model->view.count;
	for (unsigned i = 0; i < model->view.count; i++) {
		model->view.list[i].fresh = false;
		model->before.list[i] = model->view.list[i];
		model->events[i] = (struct event){NOTHING, NOTHING, NOTHING};
	}
	model->mark_count = model->loss_count = model->pending_count = 0;
}

void model_push(struct model *model, const struct silt_record *record)
{
	begin_layer(model, record);
	for (uint32_t i = 0; i < record->entry_count; i++) {
		if (record->entries[i].whiteout == SILT_WHITEOUT_NONE) {
			place(model, i);
		} else if (record->entries[i].whiteout != SILT_WHITEOUT_INVALID) {
			mark(model, i);
		}
	}
	settle_hardlinks(model);
	for (unsigned i = 0; i < model->before.count; i++) {
		settle_lower(model, &model->before.list[i], &model->events[i]);
	}
	add_parents(model);
	settle_bodies(model);
}

const struct thing *model_find(const struct model *model, struct silt_bytes path)
{
	for (unsigned i = 0; i < model->view.count; i++) {
		if (silt_bytes_equal(silt_bytes_text(model->view.list[i].path), path)) {
			return &model->view.list[i];
		}
	}
	return NULL;
}
