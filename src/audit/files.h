/*
 * Checks that look at every file of an image share one walk over it.
 */
#ifndef SILT_AUDIT_FILES_H
#define SILT_AUDIT_FILES_H

#include "audit/tell.h"

/* A name of the final tree. */
struct silt_file {
	struct silt_bytes path; /* clean, raw; valid during the call */
	struct silt_bytes name; /* its last component; empty: the root */
	struct silt_node node;
	const struct silt_entry *meta;    /* mode and owner; NULL: a directory that no layer has an entry for */
	const struct silt_entry *content; /* body, link target or device; NULL: none */
	enum silt_entry_type type;        /* what the name is: never HARDLINK, unless its target is not there */
};

/* An entry of a layer, whatever became of it. */
struct silt_layer_file {
	struct silt_place place;
	const struct silt_entry *entry;
	struct silt_bytes path;         /* clean, raw; valid during the call */
	struct silt_bytes folder, name; /* the path in two; of the record */
};

/* A folder that entries of a layer are in. */
struct silt_layer_folder {
	uint32_t layer;
	struct silt_bytes path; /* clean, raw; of the record */
};

/*
 * One check. `state` is zeroed memory of `state_size` bytes that begins with a struct silt_case, which is set. All but
 * state_size may be NULL. For each image: `see` for every name of the final tree, parents first; `see_any` for every
 * entry of every layer, lowest first, in archive order, deletion marks left out; `end` when both are through; `done`
 * in any case. `enter` comes before the entries of one folder that follow each other: false if none of them, whatever
 * it is, is one for see_any. What a folder can tell is asked there, and not of each of its files.
 */
struct silt_file_check {
	const char *name;
	size_t state_size;
	enum silt_status (*see)(void *state, const struct silt_file *file, struct silt_error *err);
	bool (*enter)(void *state, const struct silt_layer_folder *folder);
	enum silt_status (*see_any)(void *state, const struct silt_layer_file *file, struct silt_error *err);
	enum silt_status (*end)(void *state, struct silt_error *err);
	void (*done)(void *state);
};

#endif
