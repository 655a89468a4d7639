/*
 * YAML files that people write for silt: rules, later policies. The only user of yaml.h (libyaml) is yaml.c.
 *
 * One document of lists, maps and scalars becomes a tree with the place of everything in it. Whatever could mean
 * something else to another reader, or cost more than its own size, is refused: anchors and aliases, merge keys, tags
 * but !!binary, keys given twice, several documents. A scalar is the text that is written, never a number or a date.
 */
#ifndef SILT_BASE_YAML_H
#define SILT_BASE_YAML_H

#include "base/arena.h"
#include "base/error.h"
#include "silt/result.h"

enum silt_yaml_kind {
	SILT_YAML_SCALAR,
	SILT_YAML_LIST,
	SILT_YAML_MAP,
};

/* Where something stands in its document; the first line is 1, the first column (in characters) is 1. */
struct silt_yaml_place {
	uint32_t line;
	uint32_t column;
};

struct silt_yaml_node {
	enum silt_yaml_kind kind;
	bool binary; /* a scalar tagged !!binary: its text is base64 as it was written, line ends and all */
	struct silt_yaml_place place;
	struct silt_bytes text; /* of a scalar; UTF-8, or anything behind escapes; a NUL that is not counted follows */
	struct silt_bytes key;  /* of a value in a map; never empty */
	struct silt_yaml_place at;          /* where the key stands; elsewhere the same as `place` */
	const struct silt_yaml_node *first; /* child of a list or map, NULL: it is empty */
	const struct silt_yaml_node *next;  /* sibling, NULL: the last one */
	size_t count;                       /* children */
};

/*
 * Reads the one document in `bytes` (UTF-8). The tree is the arena's. SILT_ERR_USAGE, with "LINE:COLUMN: " before the
 * reason, if it is not one, has something that is refused (see above) or exceeds a limit of base/limits.h;
 * SILT_ERR_MEMORY.
 */
enum silt_status silt_yaml_read(struct silt_bytes bytes, struct silt_arena *arena, const struct silt_yaml_node **root,
				struct silt_error *err);

/* The value of a key of a map, or NULL. */
const struct silt_yaml_node *silt_yaml_member(const struct silt_yaml_node *map, struct silt_bytes key);

/* False: it is not the name of a severity, and nothing else. */
bool silt_yaml_severity(const struct silt_yaml_node *node, enum silt_severity *out);

#endif
