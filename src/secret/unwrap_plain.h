/*
 * Decoded text on its way to a scanner.
 *
 * A decoder opens a text, puts its bytes and closes it; matches come back at the place in the stream that the encoded
 * value has. One text at a time.
 */
#ifndef SILT_SECRET_UNWRAP_PLAIN_H
#define SILT_SECRET_UNWRAP_PLAIN_H

#include "secret/scanner.h"
#include "secret/unwrap_trace.h"

/* What is told of a code: `via`, and how many bits of text a unit of it holds (base64 6, hex 4, an escape 8). */
struct silt_code {
	const char *via;
	unsigned bits;
	bool whole_files; /* files are kept in this code as a whole, so that rules about whole files hold for them */
};

/* Gets the matches, with offset, length and `via` as a search reports them. */
struct silt_plain_sink {
	silt_match_fn *fn;
	void *ctx;
};

enum { SILT_PLAIN_ROOM = 4096 };

struct silt_plain {
	const struct silt_matcher *matcher; /* borrows */
	const struct silt_limits *limits;   /* borrows */
	struct silt_plain_sink sink;
	size_t trace_keep;
	struct silt_scanner *scanner; /* owns; made for the first text */

	uint64_t texts; /* opened since the last reset */

	/* The text. */
	bool open;
	const struct silt_code *code;
	uint64_t start; /* in the stream */
	unsigned lead;  /* bytes of the first units that are no text and were not put; set by who opened it */
	uint64_t end;   /* in the stream, of the last unit that was put; kept by the decoders of codes with 8 bits */
	uint64_t length;
	struct silt_trace trace;
	enum silt_status status;       /* the first failure of the text; nothing is done after it */
	enum silt_limit_id overflowed; /* for which a text of this stream was not looked at in full */
	size_t used;
	uint8_t room[SILT_PLAIN_ROOM];
	struct silt_error *err; /* of the call under way */
};

/* `window` is the longest distance, in bytes, at which the scanner looks back. */
void silt_plain_init(struct silt_plain *plain, const struct silt_matcher *matcher, const struct silt_limits *limits,
		     size_t window, struct silt_plain_sink sink);
void silt_plain_done(struct silt_plain *plain);

/* Gives up the text, if one is open, and wipes it. */
void silt_plain_reset(struct silt_plain *plain);

/* Starts a text whose unit 0 stands at `start` of the stream; `path` is borrowed until the text is closed. */
enum silt_status silt_plain_open(struct silt_plain *plain, const struct silt_code *code, uint64_t start,
				 struct silt_bytes path, struct silt_error *err);

/* Unit `unit` does not stand right behind the unit before, but at `at`. */
void silt_plain_line(struct silt_plain *plain, uint64_t unit, uint64_t at);

/* Scans what is in `room`. Called by silt_plain_put. */
void silt_plain_flush(struct silt_plain *plain);

/* The next byte of the text. A failure shows in silt_plain_status and silt_plain_close. */
static inline void silt_plain_put(struct silt_plain *plain, uint8_t byte)
{
	if (plain->used == SILT_PLAIN_ROOM) {
		silt_plain_flush(plain);
	}
	plain->room[plain->used++] = byte;
}

/* Ends the text, scans the rest of it and wipes it. Returns what the sink or the scanner returned. */
enum silt_status silt_plain_close(struct silt_plain *plain, struct silt_error *err);

#endif
