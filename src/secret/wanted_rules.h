/* The rules of a matcher, and behind them those that wanted values become (wanted.h). */
#ifndef SILT_SECRET_WANTED_RULES_H
#define SILT_SECRET_WANTED_RULES_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "secret/rule.h"
#include "secret/wanted_signs.h"

struct silt_wanted_rules {
	struct silt_rule *items; /* owns */
	size_t count, capacity;
	struct silt_arena arena; /* of what the added ones point to; wipes it */
	struct silt_wanted_signs signs;
};

/* Copies `count` rules, whose texts are borrowed. False: memory ran out. */
bool silt_wanted_rules_begin(struct silt_wanted_rules *rules, const struct silt_rule *base, size_t count);

/* Adds the rules of value `number`, from 1. SILT_ERR_MEMORY. */
enum silt_status silt_wanted_rules_add(struct silt_wanted_rules *rules, struct silt_bytes value, uint32_t number,
				       struct silt_error *err);

/* Adds one rule, for value `number` as it is spelled in `text`, which must outlive the rules. SILT_ERR_MEMORY. */
enum silt_status silt_wanted_rules_text(struct silt_wanted_rules *rules, struct silt_bytes text, uint32_t number,
					const char *spelling, struct silt_error *err);

/*
 * What stands in base64 if the bytes begin `shift` bytes behind a group, whatever stands around them: the characters all
 * of whose bits are theirs. It lies in `text`, which is empty before, and whose `failed` says that memory ran out.
 */
struct silt_bytes silt_wanted_base64(struct silt_buffer *text, struct silt_bytes bytes, size_t shift);

/* Writes two digits for each byte, out of sixteen. */
void silt_wanted_digits(struct silt_bytes bytes, const char *digits, uint8_t *out);

/* All values are added: the signs are complete. SILT_ERR_MEMORY. */
enum silt_status silt_wanted_rules_end(struct silt_wanted_rules *rules, struct silt_error *err);

void silt_wanted_rules_done(struct silt_wanted_rules *rules);

#endif
