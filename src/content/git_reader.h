/* Inside the reading of git objects: what the files git*.c share. */
#ifndef SILT_CONTENT_GIT_READER_H
#define SILT_CONTENT_GIT_READER_H

#include "base/buffer.h"
#include "content/git.h"
#include "stream/deflate.h"
#include "stream/digest.h"

enum { SILT_GIT_ID_BYTES = 20 };

/* Types of objects in a pack that are made from others. */
enum { SILT_GIT_OFS_DELTA = 6, SILT_GIT_REF_DELTA = 7 };

/* One object of a pack. */
struct silt_git_row {
	uint64_t start;                /* where its header is */
	uint64_t data;                 /* where its zlib stream is */
	uint64_t base;                 /* OFS_DELTA: where the header of the base is */
	uint8_t id[SILT_GIT_ID_BYTES]; /* REF_DELTA: of the base; of what is no delta: its own */
	uint8_t type;
	bool given; /* or tried, and its problem noted */
};

/* The deltas of a pack, by what they stand on: places in the rows. */
struct silt_git_forest {
	uint32_t *by_offset; /* owns: OFS_DELTA, by base and then start */
	uint32_t by_offset_count;
	uint32_t *by_id; /* owns: REF_DELTA, by id of the base and then start */
	uint32_t by_id_count;
};

/* The way from an object that is whole down to the delta under way. */
struct silt_git_step;
struct silt_git_way {
	struct silt_git_step *steps; /* owns */
	size_t depth, capacity;
	uint64_t bytes;           /* of all contents on it */
	const char *kind;         /* of the first, and so of all */
	struct silt_buffer delta; /* owns */
};

enum silt_git_phase { SILT_GIT_LOOSE, SILT_GIT_WHOLE, SILT_GIT_DELTAS, SILT_GIT_END };

struct silt_git {
	const struct silt_limits *limits; /* borrows */
	struct silt_deflate *deflate;     /* owns */
	struct silt_summer *sha1;         /* owns */
	struct silt_bytes file;           /* borrows */
	uint64_t *budget;                 /* borrows: bytes that may be decoded yet */
	struct silt_git_report report;
	enum silt_git_phase phase;
	struct silt_buffer content; /* owns: of the last object that is whole */

	struct silt_git_row *rows; /* owns; by start */
	uint32_t count, wanted;
	struct silt_bytes rest; /* of the file, not read yet */
	struct silt_git_forest forest;
	struct silt_git_way way;
	uint32_t root; /* the next row whose deltas are to be followed */
};

/* Notes a problem unless there is one already: that limit, or damage if it is none. `what` is static. */
void silt_git_problem(struct silt_git *git, uint64_t offset, enum silt_limit_id limit, const char *what);

/*
 * Inflates one zlib stream from the start of `*in`, cutting it off, into `out`, whose old content goes. False, with a
 * problem noted, if it is damaged, cut off, or longer than an object or the budget; out->failed tells that memory ran
 * out.
 */
bool silt_git_inflate(struct silt_git *git, struct silt_bytes *in, uint64_t offset, struct silt_buffer *out);

/* Names an object: SHA-1 of "KIND LENGTH", NUL and the content. SILT_ERR_INTERNAL if libcrypto fails. */
enum silt_status silt_git_name(struct silt_git *git, const char *kind, struct silt_bytes content,
			       uint8_t id[static SILT_GIT_ID_BYTES], struct silt_git_object *object,
			       struct silt_error *err);

/* "commit", "tree", "blob", "tag"; NULL for deltas and for types that git has none of. */
const char *silt_git_kind(uint8_t type);

/*
 * The next object of one phase. `*more` false: the phase is over. Fails for memory, or if libcrypto does.
 */
enum silt_status silt_git_next_loose(struct silt_git *git, struct silt_git_object *object, bool *more,
				     struct silt_error *err);
enum silt_status silt_git_next_whole(struct silt_git *git, struct silt_git_object *object, bool *more,
				     struct silt_error *err);
enum silt_status silt_git_next_delta(struct silt_git *git, struct silt_git_object *object, bool *more,
				     struct silt_error *err);

/* Prepares the second and third. */
enum silt_status silt_git_begin_whole(struct silt_git *git, struct silt_error *err);
enum silt_status silt_git_begin_deltas(struct silt_git *git, struct silt_error *err);
/* Frees what the deltas took. */
void silt_git_end_deltas(struct silt_git *git);

/*
 * Makes `content` out of a base and a delta; its old content goes. Its size is bounded by that of an object, by `left`,
 * and by the budget. False, with a problem noted at `offset`, if the delta is damaged or does not fit its base;
 * content->failed tells that memory ran out.
 */
bool silt_git_apply_delta(struct silt_git *git, uint64_t offset, struct silt_bytes base, struct silt_bytes delta,
			  uint64_t left, struct silt_buffer *content);

#endif
