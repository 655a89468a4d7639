/*
 * A pattern rule: what bytes of one kind of secret look like, and what a person should know about it.
 */
#ifndef SILT_SECRET_RULE_H
#define SILT_SECRET_RULE_H

#include "base/bytes.h"
#include "silt/result.h" /* enum silt_severity, enum silt_confidence */

struct silt_confirmation;

/*
 * Judges a match beyond its pattern: checksums, structure, encryption. Receives the captured secret and its window;
 * sets confidence, severity and note in `*verdict` (preset from the rule). False: not a match at all.
 */
typedef bool silt_validate_fn(struct silt_bytes secret, struct silt_confirmation *verdict);

struct silt_confirmation {
	enum silt_confidence confidence;
	enum silt_severity severity;
	const char *note; /* static text: "checksum holds", "encrypted with aes256-ctr", ... or NULL */
};

struct silt_rule {
	const char *id;     /* "github-pat": lower-case words joined by '-' */
	const char *title;  /* "GitHub personal access token" */
	const char *remedy; /* how to revoke or rotate, one sentence */
	enum silt_severity severity;
	enum silt_confidence confidence;
	const char *const *anchors; /* literals, NULL-terminated; at least one stands in every match; 4 bytes or more */
	const char *pattern;        /* PCRE2; the named group "secret" is the value, or the whole match is */
	uint32_t back;              /* most bytes a match may start before its anchor */
	uint32_t reach;             /* most bytes a match may go on after the start of its anchor */
	uint32_t show; /* bytes of the value's start that a redacted preview may show (never more than 8) */
	silt_validate_fn *validate; /* may be NULL */
};

/* The rules silt ships, in a fixed order. */
const struct silt_rule *silt_rules(size_t *count);

/* The rule with that id, or NULL. */
const struct silt_rule *silt_rule_find(struct silt_bytes id);

#endif
