/* Inside the reading of git objects: what git_loose.c and git_pack.c share. */
#ifndef SILT_CONTENT_GIT_OBJECT_H
#define SILT_CONTENT_GIT_OBJECT_H

#include "base/buffer.h"
#include "content/git.h"
#include "stream/deflate.h"
#include "stream/digest.h"

enum { SILT_GIT_ID_BYTES = 20 };

/* Who reads, and for whom. */
struct silt_git_reader {
	struct silt_deflate *deflate; /* owns */
	struct silt_summer *sha1;     /* owns */
	uint64_t *budget;             /* borrows: bytes that may be decoded yet */
	silt_git_object_fn *fn;
	void *ctx;
	struct silt_git_report *report;
};

enum silt_status silt_git_reader_init(struct silt_git_reader *reader, struct silt_error *err);
void silt_git_reader_done(struct silt_git_reader *reader);

/* Notes a problem unless there is one already. `what` is static. */
void silt_git_problem(struct silt_git_reader *reader, uint64_t offset, bool limited, const char *what);

/*
 * Inflates one zlib stream from the start of `*in`, cutting it off, into `out`, whose old content goes. False, with a
 * problem noted, if it is damaged, cut off, or longer than `most` or the budget; out->failed tells that memory ran out.
 */
bool silt_git_inflate(struct silt_git_reader *reader, struct silt_bytes *in, uint64_t offset, uint64_t most,
		      struct silt_buffer *out);

/*
 * Names an object, SHA-1 of "KIND LENGTH", NUL and the content, and hands it to the caller. SILT_ERR_INTERNAL if
 * libcrypto fails; or what the caller returned.
 */
enum silt_status silt_git_name_and_give(struct silt_git_reader *reader, const char *kind, struct silt_bytes content,
					uint8_t id[static SILT_GIT_ID_BYTES], struct silt_error *err);

#endif
