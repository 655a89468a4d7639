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

struct silt_tips {
	struct silt_row_filter filter;
	uint8_t group[SILT_GATE_GROUP]; /* the start of a group that is not complete; the bytes are wiped behind it */
	struct silt_tip *list;          /* owns; in order of `at` for each kind */
	size_t count, capacity;
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

/* Forgets the tips before `limit`. */
void silt_tips_drop(struct silt_tips *tips, uint64_t limit);

#endif
