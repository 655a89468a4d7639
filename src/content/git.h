/*
 * What a git repository keeps of its history: objects, each by itself ("loose") or many in a pack.
 *
 * A file that was removed in a later commit is still in them. Formats: gitformat-loose and gitformat-pack of git's own
 * documentation, with SHA-1 ids; a repository of SHA-256 ids differs in the length of ids only and is not read.
 */
#ifndef SILT_CONTENT_GIT_H
#define SILT_CONTENT_GIT_H

#include "base/attributes.h"
#include "base/bytes.h"
#include "base/error.h"

/* 40 hex digits and a NUL. */
#define SILT_GIT_ID_SIZE 41

struct silt_git_object {
	const char *kind;          /* static: "commit", "tree", "blob", "tag" */
	char id[SILT_GIT_ID_SIZE]; /* computed from the content, never read from a name */
	struct silt_bytes content; /* whole, deltas resolved; during the call only */
};

/* Anything but SILT_OK ends the reading and is returned by it. */
typedef enum silt_status silt_git_object_fn(void *ctx, const struct silt_git_object *object, struct silt_error *err);

/* How a file was read. */
struct silt_git_report {
	uint64_t objects;    /* given */
	uint64_t offset;     /* in the file, where the problem is */
	const char *problem; /* static: what was expected and what was found; NULL: all of it was read */
	bool limited;        /* the problem is a limit of limits.h or the caller's, not damage */
};

/* True for "…/objects/ab/cdef…" (2 and 38 hex digits) with a start that zlib writes. */
bool silt_git_is_loose(struct silt_bytes path, struct silt_bytes start);

/* True if a file begins as a pack does. Twelve bytes decide. */
bool silt_git_is_pack(struct silt_bytes start);

/*
 * Reads a whole loose object or a whole pack and gives its objects, the bases of deltas before what is made of them.
 * `*budget` is how many bytes may be decoded yet, and goes down with each. Damage and limits are in the report; what
 * could be read is given. Fails for memory, or as `fn` did.
 */
enum silt_status silt_git_read_loose(struct silt_bytes file, uint64_t *budget, silt_git_object_fn *fn, void *ctx,
				     struct silt_git_report *report, struct silt_error *err);
enum silt_status silt_git_read_pack(struct silt_bytes file, uint64_t *budget, silt_git_object_fn *fn, void *ctx,
				    struct silt_git_report *report, struct silt_error *err);

#endif
