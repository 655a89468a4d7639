/* Which rules a matcher has: for what is kept beyond the life of one. */
#ifndef SILT_SECRET_RULE_DIGEST_H
#define SILT_SECRET_RULE_DIGEST_H

#include "secret/scanner.h"

#define SILT_RULE_DIGEST_SIZE 32

/* A hash of all that decides what the rules of a matcher find, and of their order. False if memory ran out. */
bool silt_matcher_digest(const struct silt_matcher *matcher, uint8_t out[static SILT_RULE_DIGEST_SIZE]) SILT_MUST_USE;

/* The rule of that id, or NULL. Valid as long as the matcher. */
const struct silt_rule *silt_matcher_rule(const struct silt_matcher *matcher, struct silt_bytes id);

#endif
