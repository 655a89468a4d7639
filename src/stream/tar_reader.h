/*
 * The tar reader from inside. Three files take turns in saying what the bytes at the cursor are; tar.c calls the one
 * whose turn it is.
 *
 *     GO ──► OTHER ──► REST ──► OVER        GO: the walk gives entries and bodies; libarchive follows
 *      └────────────────▲                   OTHER: the walk is over, libarchive is not
 *        (both are over)                    REST: both are; the walk looks for headers in what is left
 */
#ifndef SILT_STREAM_TAR_READER_H
#define SILT_STREAM_TAR_READER_H

#include "stream/tar_backlog.h"
#include "stream/tar_compare.h"
#include "stream/tar_other.h"
#include "stream/tar_walk.h"

enum silt_tar_turn { SILT_TAR_TURN_GO, SILT_TAR_TURN_OTHER, SILT_TAR_TURN_REST, SILT_TAR_TURN_OVER };

struct silt_tar {
	struct silt_tar_feed feed;
	struct silt_tar_walk walk;
	struct silt_tar_other other;
	enum silt_tar_turn turn;
	char text[SILT_TAR_SENTENCE]; /* of the last note */

	/* What libarchive did that the walk has not looked at (tar_follow.c). */
	struct silt_tar_backlog backlog;
	bool listed;   /* its last entry was given, as one of the walk's */
	bool told;     /* that its last entry is in dispute */
	bool lost;     /* it is looking for a header */
	bool lost_due; /* ... which is to be told, if the walk goes on */
	uint64_t lost_at;
	bool over_told; /* that it ended before the walk */

	/* The entry or the end that the walk waits with (tar_go.c). */
	bool compared;
	bool dispute_due, body_refusal_due, oddity_due, warning_due, end_due, end_dispute_due;
	enum silt_tar_difference difference;
	bool alone; /* libarchive has no entry there */

	/* The entry that libarchive is at (tar_go_other.c). */
	bool entry_due;
	bool body_open;   /* DATA was promised, and the last piece was not given */
	bool body_over;   /* an empty last piece is due */
	uint64_t body_at; /* bytes of the body given so far */

	bool tail_due; /* the first byte that is not zero is to be told */
};

/* The next event of that turn, if `*given` becomes true. If not: the state changed, ask again. */
typedef enum silt_status silt_tar_turn_fn(struct silt_tar *tar, struct silt_tar_event *event, bool *given,
					  struct silt_error *err);
silt_tar_turn_fn silt_tar_go, silt_tar_go_other, silt_tar_go_rest;

/* Of Go's turn, when the walk is over: what is to be told about that, and then gives the turn away. */
silt_tar_turn_fn silt_tar_leave;

/* The next note about what the walk waits with. False if there is none. */
bool silt_tar_give_note(struct silt_tar *tar, struct silt_tar_event *event);

/* The note that libarchive ended before the walk; once. Returns true. */
bool silt_tar_give_over(struct silt_tar *tar, struct silt_tar_event *event);

static inline bool silt_tar_take(bool *due)
{
	bool was = *due;
	*due = false;
	return was;
}

/* Gives the turn away. */
void silt_tar_begin_other(struct silt_tar *tar);
void silt_tar_begin_rest(struct silt_tar *tar);

/* The bytes at the cursor, as the walk takes them: a gap or a piece of a body. Fetches some first, if it needs any. */
silt_tar_turn_fn silt_tar_give_bytes;

/* Makes `*event` a note. `text` is printable: what it quotes of the archive is escaped. Returns true. */
bool silt_tar_note(struct silt_tar *tar, struct silt_tar_event *event, enum silt_tar_note note, uint64_t offset,
		   const char *text);

/* Makes `*event` a gap of the next bytes, up to `len`. Returns true. */
bool silt_tar_gap(struct silt_tar *tar, struct silt_tar_event *event, size_t len);

/* ---- tar_follow.c: libarchive follows the walk ------------------------------------------------------------------------ */

/* One step of libarchive. An entry of it that was not given yet is kept for later. */
enum silt_status silt_tar_follow_step(struct silt_tar *tar, enum silt_tar_step *step, struct silt_error *err);

/* Steps until libarchive has come to `place`, or to a piece of a body that reaches it, or is over. */
enum silt_status silt_tar_follow_to(struct silt_tar *tar, uint64_t place, struct silt_error *err);

/* More bytes at the cursor, by letting libarchive go on until it wants some; or the feed has `ended`. */
enum silt_status silt_tar_fetch(struct silt_tar *tar, struct silt_error *err);

/* The next of the entries that were kept, or a note about them. False if there are none. */
bool silt_tar_give_kept(struct silt_tar *tar, struct silt_tar_event *event);

#endif
