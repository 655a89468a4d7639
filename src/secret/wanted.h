/*
 * Looking for values that are known: the literal search of a comparison.
 *
 * Rules know secrets by what they look like. Whether the very bytes of one are still there is another question: a
 * password that stood behind "password=" may stand alone in a list of words. For it each value becomes rules of its own,
 * beside those of a matcher: one for the bytes as they are, some for spellings that the decoders are too careful for.
 * Their matches are no findings (silt_rule.wanted).
 */
#ifndef SILT_SECRET_WANTED_H
#define SILT_SECRET_WANTED_H

#include "secret/scanner.h"

enum {
	/* Bytes of the shortest value that is looked for: shorter ones are met by chance. */
	SILT_WANTED_MIN = 6,
	/* Bytes that are compared; of a longer value those in its middle. */
	SILT_WANTED_MAX = 4096,
	/* Matches of one spelling in one stream: more say no more. */
	SILT_WANTED_MATCHES_MAX = 8,
};

/* True if a value of that length is looked for. */
static inline bool silt_is_wanted_length(size_t len)
{
	return len >= SILT_WANTED_MIN;
}

/*
 * A matcher of all that `base` matches, and of `values`: of value number i the matches have rules with `wanted` i + 1.
 * Values are copied, and the copies wiped when the matcher is freed; what Hyperscan and PCRE2 make of them is only freed.
 * `base`, whose compiled patterns are shared, must outlive it. Makes no memory into code, so that a confined process can
 * call it.
 */
enum silt_status silt_matcher_new_wanting(const struct silt_matcher *base, const struct silt_bytes *values,
					  size_t count, struct silt_matcher **out, struct silt_error *err);

#endif
