/*
 * Tips: places of a stream where text in some encoding may be. They come from the gate, which runs over every byte, and
 * from the signs of escapes, which are found together with the anchors of the rules; they are kept until the decoders
 * may go there.
 */
#ifndef SILT_SECRET_UNWRAP_TIPS_H
#define SILT_SECRET_UNWRAP_TIPS_H

#include "secret/literals.h"
#include "secret/unwrap.h"
#include "secret/unwrap_gate.h"

enum silt_tip_kind { SILT_TIP_ROWS, SILT_TIP_WIDE, SILT_TIP_PERCENT, SILT_TIP_BACKSLASH };

struct silt_tip {
	uint64_t at;
	enum silt_tip_kind kind;
};

/* The literals that are tips. The matcher looks for them together with the anchors of the rules. */
extern const struct silt_literal silt_signs[];
extern const size_t silt_sign_count;

/* Tips of one origin, in order of `at`. */
struct silt_tip_queue {
	struct silt_tip *list; /* owns */
	size_t next, count, capacity;
};

struct silt_tips {
	struct silt_row_filter filter;
	uint8_t group[SILT_GATE_GROUP]; /* the start of a group that is not complete; the bytes are wiped behind it */
	struct silt_tip_queue windows, signs;
	bool failed; /* memory ran out: tips are missing */
};

void silt_tips_init(struct silt_tips *tips);
void silt_tips_done(struct silt_tips *tips);

/* Forgets the stream. */
void silt_tips_reset(struct silt_tips *tips);

/* The gate looks at the next block, which begins at `at` of the stream; `last` ends the stream. */
void silt_tips_look(struct silt_tips *tips, struct silt_bytes block, uint64_t at, bool last);

/* Sign number `sign` begins at `at`. */
void silt_tips_sign(struct silt_tips *tips, uint32_t sign, uint64_t at);

/*
 * Takes the next tip if it is before `limit`: in the order of the stream, whoever gave it, as a decoder does not go back
 * behind what it has decoded. Nothing that comes later may be before it: `limit` is a group and a sign behind what was
 * looked at, or the end of the stream.
 */
bool silt_tips_take(struct silt_tips *tips, uint64_t limit, struct silt_tip *tip);

/* Lets go of the room of what was taken. */
void silt_tips_settle(struct silt_tips *tips);

#endif
