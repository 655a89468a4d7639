/*
 * What silt ships, as the build puts it into the library (compile_rules.c): its rules, and the literals of them.
 *
 * Every byte is inverted: rules are full of examples of secrets, and an image with silt in it has no findings for them.
 */
#ifndef SILT_SECRET_SHIPPED_H
#define SILT_SECRET_SHIPPED_H

#include <stddef.h>
#include <stdint.h>

struct silt_shipped_part {
	const uint8_t *inverted;
	size_t size;
};

extern const struct silt_shipped_part silt_shipped_rules;   /* as rule_pack.h reads them */
extern const struct silt_shipped_part silt_shipped_anchors; /* of all of them, by silt_literals_pack */

/* Writes the bytes of a part as they are to `out`, which has room for them. */
static inline void silt_shipped_copy(const struct silt_shipped_part *part, uint8_t *out)
{
	for (size_t i = 0; i < part->size; i++) {
		out[i] = (uint8_t)~part->inverted[i];
	}
}

#endif
