/*
 * The gate: runs over every byte of a stream and says where base64, hexadecimal or UTF-16 of text may stand.
 *
 * It lets nothing pass that a decoder would take, and it is fast; what it lets through by chance costs time only. It
 * looks at windows of 16 bytes, each at a multiple of 16. A run of 31 bytes has a whole window in it wherever it starts.
 */
#ifndef SILT_SECRET_UNWRAP_GATE_H
#define SILT_SECRET_UNWRAP_GATE_H

#include "base/bytes.h"

enum {
	SILT_GATE_WINDOW = 16,
	SILT_GATE_RUN = 2 * SILT_GATE_WINDOW - 1, /* bytes of the shortest run that is sure to be seen */
	SILT_GATE_GROUP = 128,                    /* bytes looked at together: 8 windows */
	SILT_GATE_GROUPS_MAX = 128,               /* in one call: 16 KiB, a part of the nearest cache */
};

/* A group that has windows to look at: bit k of `windows` stands for the one at 16 * k of it. */
struct silt_gate_hit {
	uint32_t group, windows;
};

/*
 * Looks at `count` (SILT_GATE_GROUPS_MAX or fewer) groups from `bytes` on. Fills `hits`, which has room for one more
 * than there are groups, and returns how many there are.
 *
 * Windows are: base64 or hexadecimal characters (and what lies between them in ASCII) that may be of text, and bytes
 * other than zero with zeros between them.
 */
size_t silt_gate(const uint8_t *bytes, size_t count, struct silt_gate_hit *hits);

/* The two of which the above is one: for any CPU, and for those with AVX2. */
typedef size_t silt_gate_fn(const uint8_t *bytes, size_t count, struct silt_gate_hit *hits);
silt_gate_fn silt_gate_plain;
silt_gate_fn silt_gate_avx2;

#endif
