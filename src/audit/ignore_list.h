/* Lines of a .dockerignore, made from what a layer has that should not have come into it. */
#ifndef SILT_AUDIT_IGNORE_LIST_H
#define SILT_AUDIT_IGNORE_LIST_H

#include "base/arena.h"

/* A longer list is cut, and says so. */
enum { SILT_IGNORE_LINES_MAX = 24 };

/* Zeroed but for the arena: empty. */
struct silt_ignore_list {
	struct silt_arena *arena;
	const char *lines[SILT_IGNORE_LINES_MAX]; /* escaped, each once. Arena. */
	size_t count;
	bool more, failed;
};

/* Ignores a name in every folder; in the top one only if that is where it was found. `inside`: its path in the context. */
void silt_ignore_name(struct silt_ignore_list *list, struct silt_bytes name, struct silt_bytes inside);

/* Ignores a file with a secret: all keys of its folder, if it is called like one. */
void silt_ignore_secret(struct silt_ignore_list *list, struct silt_bytes inside);

/* "A, B, C". NULL if memory ran out. */
const char *silt_ignore_text(const struct silt_ignore_list *list);

#endif
