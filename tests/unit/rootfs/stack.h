/*
 * Layers written by hand, for the tests of the rootfs.
 *
 * A stack is built layer by layer, each entry by one call that returns its place; then it is pushed into a rootfs and
 * its tree and fates are read as text, so that a test says what it expects in one line.
 */
#ifndef SILT_TESTS_ROOTFS_STACK_H
#define SILT_TESTS_ROOTFS_STACK_H

#include "rootfs/rootfs.h"

enum { STACK_LAYERS_MAX = 8 };

struct stack {
	struct silt_record *records[STACK_LAYERS_MAX]; /* owns; NULL: absent layer */
	uint32_t layers;
	size_t entry_room, extra_room; /* of the layer on top */
	struct silt_rootfs *rootfs;    /* owns; NULL until the first question */
	char text[65536];              /* of the last answer */
};

void stack_done(struct stack *stack);

void next_layer(struct stack *stack);
void absent_layer(struct stack *stack);

/* Entries of the layer on top. `path` is clean; its last component says whether it is a mark. */
struct silt_place entry(struct stack *stack, enum silt_entry_type type, const char *path, const char *link);
struct silt_place file(struct stack *stack, const char *path);
struct silt_place dir(struct stack *stack, const char *path);
struct silt_place hardlink(struct stack *stack, const char *path, const char *target);
struct silt_place symlink_to(struct stack *stack, const char *path, const char *target);

/* The rootfs of all layers; made at the first call. */
struct silt_rootfs *rootfs_of(struct stack *stack);

/*
 * The final tree, without the root: names in order of the walk, a blank between them. A name is followed by "/" if no
 * entry made it (a directory that others need), else by ":LAYER.ENTRY" of its entry, and, if its content is another's,
 * ">LAYER.ENTRY" or ">none". Valid until the next answer.
 */
const char *tree_of(struct stack *stack);

/* "visible", "mark", or the fate with its cause: "deleted by 1.0". Valid until the next answer. */
const char *fate_of(struct stack *stack, struct silt_place place);

/* The notes: "both 1.0, dangling 1.2". Valid until the next answer. */
const char *notes_of(struct stack *stack);

/* The name at a path, as in tree_of but without its path: ":0.1"; "nothing" if there is none. */
const char *found(struct stack *stack, const char *path, bool follow);

#endif
