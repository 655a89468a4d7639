/*
 * What silt ships, as the build puts it into the library (compile_rules.c): its rules, and the literals of them.
 *
 * Every byte is inverted: rules are full of examples of secrets, and an image with silt in it has no findings for them.
 */
#ifndef SILT_SECRET_SHIPPED_H
#define SILT_SECRET_SHIPPED_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct silt_shipped_part {
	const uint8_t *inverted;
	size_t size;
};

extern const struct silt_shipped_part silt_shipped_rules;   /* as rule_pack.h reads them */
extern const struct silt_shipped_part silt_shipped_anchors; /* of all of them, by silt_literals_pack */

/* Writes the bytes of a part as they are to `out`, which has room for them. By words: there are 800 kB at every start. */
static inline void silt_shipped_copy(const struct silt_shipped_part *part, uint8_t *out)
{
	size_t at = 0;
	for (uint64_t word; part->size - at >= sizeof(word); at += sizeof(word)) {
		memcpy(&word, part->inverted + at, sizeof(word));
		word = ~word;
		memcpy(out + at, &word, sizeof(word));
	}
	for (; at < part->size; at++) {
		out[at] = (uint8_t)~part->inverted[at];
	}
}

#endif
