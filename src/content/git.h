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
#include "base/limits.h"

/* 40 hex digits and a NUL. */
#define SILT_GIT_ID_SIZE 41

struct silt_git_object {
	const char *kind;          /* static: "commit", "tree", "blob", "tag" */
	char id[SILT_GIT_ID_SIZE]; /* computed from the content, never read from a name */
	struct silt_bytes content; /* whole, deltas resolved; until the next one is asked for */
};

/* How a file was read. */
struct silt_git_report {
	uint64_t objects;         /* given */
	uint64_t offset;          /* in the file, where the problem is */
	const char *problem;      /* static: what was expected and what was found; NULL: all of it was read */
	enum silt_limit_id limit; /* which one the problem is; none: it is damage */
};

/* True if a file that begins so (512 bytes, or all of it) is a pack. */
bool silt_git_is_pack(struct silt_bytes start);
/* True if it is a loose object: zlib data that holds the header of one. */
bool silt_git_is_loose(struct silt_bytes start);

/* A reader of one file after the other. */
struct silt_git;

/* `limits` (NULL: the defaults) must outlive it. */
enum silt_status silt_git_new(const struct silt_limits *limits, struct silt_git **out, struct silt_error *err);
void silt_git_free(struct silt_git *git); /* accepts NULL */

/*
 * Begins with a pack or a loose object that is all of `file`, which must stay until the last object was asked for, as
 * must `*budget`: the bytes that may be decoded yet, bases of deltas twice. It goes down with each, also with what comes
 * to nothing.
 */
void silt_git_begin(struct silt_git *git, struct silt_bytes file, uint64_t *budget);

/*
 * The next object; bases of deltas come before what is made of them. `*more` false: there is none. Damage and limits are
 * in the report; what could be read is given. Fails for memory, or SILT_ERR_INTERNAL if libcrypto does.
 */
enum silt_status silt_git_next(struct silt_git *git, struct silt_git_object *object, bool *more,
			       struct silt_error *err);

/* Complete once silt_git_next said that there is no more. */
const struct silt_git_report *silt_git_report(const struct silt_git *git);

#endif
