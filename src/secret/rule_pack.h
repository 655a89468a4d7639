/*
 * Rules that were read and checked when silt was built, packed so that reading them again is little more than setting
 * pointers.
 *
 * Written and read by programs of one build. What is read is all the same held against the end of what there is.
 */
#ifndef SILT_SECRET_RULE_PACK_H
#define SILT_SECRET_RULE_PACK_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "secret/rule_read.h"

/*
 * Adds the pack of a set to `out`: its shared macros, its rules in their order, and of each rule how its pattern begins.
 * What has no memory is told by out->failed; anything else is a pattern that PCRE2 refuses.
 */
enum silt_status silt_rule_pack_write(const struct silt_rule *rules, size_t count,
				      const struct silt_rule_macros *macros, struct silt_buffer *out,
				      struct silt_error *err);

struct silt_rule_pack {
	struct silt_bytes rest;   /* of the pack, not read yet */
	struct silt_arena *arena; /* borrows: for lists */
	size_t macros, rules;     /* how many there are */
	bool damaged, starved;    /* stay; what is read then stands for nothing */
};

/* Begins to read. Texts stay where they are: `bytes` must live as long as what is read. */
void silt_rule_pack_open(struct silt_rule_pack *pack, struct silt_bytes bytes, struct silt_arena *arena);

/* The next macro, pack->macros times; then the next rule, pack->rules times. */
void silt_rule_pack_macro(struct silt_rule_pack *pack, struct silt_rule_macro *macro);
void silt_rule_pack_rule(struct silt_rule_pack *pack, struct silt_rule *rule);

/* ---- Inside ------------------------------------------------------------------------------------------------------ */

enum silt_pack_kind {
	SILT_PACK_NUMBER,   /* uint32_t, or an enumeration */
	SILT_PACK_FLAG,     /* bool */
	SILT_PACK_TEXT,     /* const char *, may be NULL */
	SILT_PACK_TEXTS,    /* const char *const *, NULL-terminated, may be NULL */
	SILT_PACK_LITERALS, /* const struct silt_bytes *, the last one without `ptr`, may be NULL */
	SILT_PACK_EXAMPLES, /* const struct silt_rule_example *, and their number in another member */
};

/* A member of struct silt_rule that is packed. */
struct silt_pack_member {
	enum silt_pack_kind kind;
	size_t offset;
	size_t count_offset; /* of the number of examples */
	uint32_t max;        /* of a number */
};

/* In the order in which they are packed. */
extern const struct silt_pack_member silt_pack_members[];
extern const size_t silt_pack_member_count;

#endif
