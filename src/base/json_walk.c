/* Going through a whole document in order of the text: its strings, and its colliding keys. */
#include "base/json_tree.h"

#include "base/ascii.h"
#include "base/escape.h"
#include "base/limits.h"

#include <stdio.h>
#include <stdlib.h>

enum {
	/* Bytes of one key in a path: nesting times this bounds the path, whatever the keys are. */
	KEY_SHOWN_MAX = 80,
	/* Collisions kept; a document made to collide says no more with a million of them. */
	COLLISIONS_MAX = SILT_ANOMALIES_PER_KIND_MAX,
};

/* ---- The walk ---------------------------------------------------------------------------------------------------- */

struct level {
	const struct silt_json_value *container;
	size_t next;     /* its child to go to */
	size_t path_len; /* of the container */
};

struct walk {
	struct level levels[SILT_JSON_DEPTH_MAX];
	size_t depth;
	struct silt_buffer path; /* of what the last step went to */
	struct silt_bytes key;
	bool has_key;
	const struct silt_json_value *value;
};

static bool is_container(const struct silt_json_value *value)
{
	enum silt_json_type type = silt_json_type(value);
	return type == SILT_JSON_ARRAY || type == SILT_JSON_OBJECT;
}

static void enter(struct walk *walk, const struct silt_json_value *container)
{
	walk->levels[walk->depth++] = (struct level){.container = container, .path_len = walk->path.len};
}

static bool is_word(struct silt_bytes key)
{
	for (size_t i = 0; i < key.len; i++) {
		uint8_t byte = key.ptr[i];
		if (!silt_is_letter(byte) && byte != '_' && !(silt_is_digit(byte) && i > 0)) {
			return false;
		}
	}
	return key.len > 0 && key.len <= KEY_SHOWN_MAX;
}

/* ".Env" if the key is a word, "[\"org.example/key\"]" if it is not. */
static void add_key(struct silt_buffer *path, struct silt_bytes key)
{
	if (is_word(key)) {
		silt_buffer_printf(path, "%s%.*s", path->len > 0 ? "." : "", (int)key.len, (const char *)key.ptr);
		return;
	}
	char shown[KEY_SHOWN_MAX + 1];
	silt_buffer_printf(path, "[\"%s\"]", silt_escape_text(key, shown, sizeof(shown)));
}

/* The next child of the innermost container. False if it has no more. */
static bool take_child(struct walk *walk)
{
	struct level *level = &walk->levels[walk->depth - 1];
	size_t index = level->next++;
	walk->path.len = level->path_len;
	walk->has_key = silt_json_member(level->container, index, &walk->key, &walk->value);
	if (walk->has_key) {
		add_key(&walk->path, walk->key);
		return true;
	}
	walk->value = silt_json_at(level->container, index);
	silt_buffer_printf(&walk->path, "[%zu]", index);
	return walk->value;
}

/* To the next value: down into a container just visited, else on, else up. False at the end of the document. */
static bool step(struct walk *walk)
{
	if (is_container(walk->value)) {
		enter(walk, walk->value);
	}
	while (walk->depth > 0) {
		if (take_child(walk)) {
			return true;
		}
		walk->depth--;
	}
	return false;
}

static void start(struct walk *walk, const struct silt_json *json)
{
	*walk = (struct walk){.value = silt_json_root(json)};
}

/* ---- Strings ----------------------------------------------------------------------------------------------------- */

static enum silt_status visit_here(const struct walk *walk, silt_json_visit_fn *visit, void *ctx,
				   struct silt_error *err)
{
	const char *path = silt_buffer_text(&walk->path);
	if (walk->path.failed) {
		return silt_fail_memory(err);
	}
	if (walk->has_key) {
		enum silt_status status = visit(ctx, path, walk->key, true, err);
		if (status != SILT_OK) {
			return status;
		}
	}
	if (silt_json_type(walk->value) != SILT_JSON_STRING) {
		return SILT_OK;
	}
	return visit(ctx, path, silt_json_string(walk->value), false, err);
}

enum silt_status silt_json_each_string(const struct silt_json *json, silt_json_visit_fn *visit, void *ctx,
				       struct silt_error *err)
{
	struct walk walk;
	enum silt_status status = SILT_OK;
	start(&walk, json);
	while (status == SILT_OK && step(&walk)) {
		status = visit_here(&walk, visit, ctx, err);
	}
	silt_buffer_done(&walk.path);
	return status;
}

/* ---- Collisions -------------------------------------------------------------------------------------------------- */

struct key_at {
	struct silt_bytes key;
	size_t index;
};

static int compare_folded(struct silt_bytes a, struct silt_bytes b)
{
	int of_a, of_b;
	do {
		of_a = silt_json_next_folded(&a);
		of_b = silt_json_next_folded(&b);
	} while (of_a == of_b && of_a >= 0);
	return of_a - of_b;
}

static int by_folded_key(const void *left, const void *right)
{
	const struct key_at *a = left, *b = right;
	int order = compare_folded(a->key, b->key);
	return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

/* One line for all members of an object that fold to one key: the first, and the last, which wins. */
static bool add_collision(struct silt_json *json, const char *path, const struct key_at *keys, size_t count)
{
	if (json->collision_count == COLLISIONS_MAX) {
		return true;
	}
	char first[KEY_SHOWN_MAX + 1], last[KEY_SHOWN_MAX + 1], more[40] = "";
	silt_escape_text(keys[0].key, first, sizeof(first));
	silt_escape_text(keys[count - 1].key, last, sizeof(last));
	if (count > 2) {
		snprintf(more, sizeof(more), " (%zu in all)", count);
	}
	const char *text = silt_arena_printf(&json->arena, "%s%s\"%s\" and \"%s\"%s", path, path[0] ? ": " : "", first,
					     last, more);
	void *items = json->collisions;
	if (!text || !silt_grow(&items, json->collision_count, &json->collision_capacity, sizeof(char *))) {
		return false;
	}
	json->collisions = items;
	json->collisions[json->collision_count++] = text;
	return true;
}

static bool add_collisions(struct silt_json *json, const char *path, struct key_at *keys, size_t count)
{
	qsort(keys, count, sizeof(*keys), by_folded_key);
	size_t group = 0;
	for (size_t i = 1; i <= count; i++) {
		if (i < count && compare_folded(keys[group].key, keys[i].key) == 0) {
			continue;
		}
		if (i - group > 1 && !add_collision(json, path, keys + group, i - group)) {
			return false;
		}
		group = i;
	}
	return true;
}

static bool look_for_collisions(struct silt_json *json, const char *path, const struct silt_json_value *object)
{
	size_t count = silt_json_count(object);
	if (silt_json_type(object) != SILT_JSON_OBJECT || count < 2) {
		return true;
	}
	struct key_at *keys = calloc(count, sizeof(*keys));
	const struct silt_json_value *value;
	for (size_t i = 0; keys && i < count; i++) {
		keys[i].index = i;
		silt_json_member(object, i, &keys[i].key, &value);
	}
	bool ok = keys && add_collisions(json, path, keys, count);
	free(keys);
	return ok;
}

enum silt_status silt_json_find_collisions(struct silt_json *json, struct silt_error *err)
{
	struct walk walk;
	start(&walk, json);
	bool ok;
	do {
		ok = look_for_collisions(json, silt_buffer_text(&walk.path), walk.value) && !walk.path.failed;
	} while (ok && step(&walk));
	silt_buffer_done(&walk.path);
	return ok ? SILT_OK : silt_fail_memory(err);
}
