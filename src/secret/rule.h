/*
 * A pattern rule: what bytes of one kind of secret look like, and what a person should know about it.
 */
#ifndef SILT_SECRET_RULE_H
#define SILT_SECRET_RULE_H

#include "base/bytes.h"
#include "silt/result.h" /* enum silt_severity, enum silt_confidence */

struct silt_confirmation;

/*
 * Judges a match beyond its pattern: checksums, structure, encryption. Receives the captured secret; sets what it
 * knows better in `*verdict`. False: not a match at all.
 */
typedef bool silt_validate_fn(struct silt_bytes secret, struct silt_confirmation *verdict);

struct silt_confirmation {
	/* Preset from the rule. */
	enum silt_confidence confidence;
	enum silt_severity severity;
	const char *note; /* static text: "checksum holds", "encrypted (aes256-ctr, bcrypt)", ... or NULL */
	const char *kind; /* static text that a preview shows instead of the value: "RSA PRIVATE KEY"; NULL: none */
	/*
	 * What the value's id is made of; preset to the secret as it stands. A validator that undoes a spelling (line
	 * ends, escapes, indentation, base64) puts the bare value here, so that every spelling has one id.
	 */
	struct silt_bytes identity;
	struct silt_bytes window; /* the bytes around the secret that were looked at; the secret is a part of it */
	uint8_t *room;            /* as many bytes as the window has, to work in; `identity` may point into it */
};

struct silt_rule {
	const char *id;     /* "github-pat": lower-case words joined by '-' */
	const char *title;  /* "GitHub personal access token" */
	const char *remedy; /* how to revoke or rotate, one sentence */
	enum silt_severity severity;
	enum silt_confidence confidence;
	const char *const *anchors; /* literals, NULL-terminated; at least one stands in every match; 4 bytes or more */
	const char *pattern;        /* PCRE2; the named group "secret" is the value, or the whole match is */
	uint32_t back;              /* most bytes a match may start before its anchor; 0: it starts with the anchor */
	uint32_t reach;             /* most bytes a match may go on after the start of its anchor */
	uint32_t context;           /* bytes before all that which the validator may look at */
	uint32_t show; /* bytes of the value's start that a redacted preview may show (never more than 8) */
	silt_validate_fn *validate; /* may be NULL */
};

/* The rules silt ships, in a fixed order. */
const struct silt_rule *silt_rules(size_t *count);

/* The rule with that id, or NULL. */
const struct silt_rule *silt_rule_find(struct silt_bytes id);

#endif
