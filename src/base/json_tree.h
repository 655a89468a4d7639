/* How a parsed document looks inside; for json_read.c and json_walk.c only. */
#ifndef SILT_BASE_JSON_TREE_H
#define SILT_BASE_JSON_TREE_H

#include "base/arena.h"
#include "base/json.h"

#include <jansson.h>

/* A `struct silt_json_value` is a json_t of a tree that has the form of json_check.h. */
struct silt_json {
	json_t *root;  /* owns */
	size_t tokens; /* values and keys of the text */
	const char **collisions;
	size_t collision_count;
	size_t collision_capacity;
	struct silt_arena arena; /* the text of the collisions */
};

/* jansson takes no const anywhere; nothing here changes a value. */
static inline json_t *silt_json_inside(const struct silt_json_value *value)
{
	return (json_t *)(uintptr_t)value;
}

static inline const struct silt_json_value *silt_json_outside(const json_t *value)
{
	return (const struct silt_json_value *)value;
}

/* Fills in the collisions. SILT_ERR_MEMORY only. */
enum silt_status silt_json_find_collisions(struct silt_json *json, struct silt_error *err);

/*
 * Takes one character of a key, as Go compares it, off `*rest`: ASCII letters small, U+017F as s, U+212A as k; any
 * other byte as it is. -1 at the end.
 */
int silt_json_next_folded(struct silt_bytes *rest);

#endif
