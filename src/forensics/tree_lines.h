/* Inside the forensics floor: paths drawn as a tree, by indentation. */
#ifndef SILT_FORENSICS_TREE_LINES_H
#define SILT_FORENSICS_TREE_LINES_H

#include "base/error.h"
#include "forensics/listed.h"

/* A zeroed struct is a tree without lines. */
struct silt_tree_lines {
	struct silt_buffer above; /* owns; the path of the line above */
	bool begun;
};

void silt_tree_lines_done(struct silt_tree_lines *lines);

/*
 * Adds the line of a name, and before it those of the folders that lead to it, as far as they have none. Names come so that
 * what is in a folder stands behind it, with nothing else in between. `marks`: what a layer did begins the line.
 */
void silt_tree_line(struct silt_tree_lines *lines, const struct silt_listed *listed, bool marks,
		    struct silt_buffer *out);

/* Entries of a layer that are gathered to be sorted: the numbers of their entries, by path. */
struct silt_tree_order {
	struct silt_buffer paths; /* owns */
	struct silt_tree_place {
		const uint8_t *path; /* set when all is known */
		size_t at, len, index;
	} * places; /* owns */
	size_t count, capacity;
};

enum silt_status silt_tree_order_add(struct silt_tree_order *order, struct silt_bytes path, size_t index,
				     struct silt_error *err);
/* After the last; the entries of one path stay in their order. */
void silt_tree_order_sort(struct silt_tree_order *order);
void silt_tree_order_done(struct silt_tree_order *order);

#endif
