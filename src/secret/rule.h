/*
 * A pattern rule: what bytes of one kind of secret look like, and what a person should know about it.
 */
#ifndef SILT_SECRET_RULE_H
#define SILT_SECRET_RULE_H

#include "base/bytes.h"
#include "secret/pattern.h"
#include "secret/pattern_run.h"
#include "silt/result.h" /* enum silt_severity, enum silt_confidence */

struct silt_confirmation;

/*
 * Judges a match beyond its pattern: checksums, structure, encryption. Receives the captured secret; sets what it
 * knows better in `*verdict`. False: not a match at all.
 */
typedef bool silt_validate_fn(struct silt_bytes secret, struct silt_confirmation *verdict);

/* Bytes of a printable line about a secret, with its NUL. */
#define SILT_FACTS_SIZE 192

/* Bytes of what the two halves of a key have in common: the start of the SHA-256 of its SubjectPublicKeyInfo. */
#define SILT_PUBLIC_ID_SIZE 16

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
	struct silt_bytes path;   /* of the file, as the scanner was told; empty: no file */
	/*
	 * Facts that are no secret, for people: "RSA, 2048 bits, public key SHA256:...", "account 123456789012". Printable
	 * ASCII, SILT_FACTS_SIZE bytes with the NUL; preset to "".
	 */
	char *facts;
	int64_t expires; /* seconds since 1970, as the value itself says; preset to 0: never or unknown */
	uint8_t public_id[SILT_PUBLIC_ID_SIZE]; /* of either half of a key; preset to zeros: not known */
	bool starved; /* memory ran out: whatever the answer is, it stands for nothing; preset to false */
};

/* What the value must be made of, beyond its pattern. All zero: nothing is asked. */
struct silt_rule_limits {
	uint32_t min_length, max_length; /* bytes; 0: any */
	uint32_t digits, uppers, lowers; /* at least so many of each */
	uint32_t entropy_tenths; /* Shannon entropy per byte in tenths of a bit, at least; 35 is 3.5; and no sequence */
};

/* A text that the rule must find, or must not, and the name of the file it is in. */
struct silt_rule_example {
	struct silt_bytes text;
	const char *file; /* "" for rules that need no name */
};

struct silt_rule {
	const char *id;                /* "github-pat": lower-case words joined by '-' */
	const char *title;             /* "GitHub personal access token" */
	const char *provider;          /* "GitHub"; NULL: nobody's */
	const char *remedy;            /* how to revoke or rotate, one sentence */
	const char *const *references; /* addresses of the vendor's words on the format, NULL-terminated; NULL: none */
	enum silt_severity severity;
	enum silt_confidence confidence;
	/*
	 * Literals, of any bytes, one without `ptr` behind the last; at least one stands in every match; 3 bytes or more, 4
	 * and more are much better. NULL for both: a rule about whole files, whose pattern is searched from the start of
	 * every file that `files` names to its end. How long a match of it may be depends on how the pattern begins:
	 * SILT_FILE_..._MAX in limits.h.
	 */
	const struct silt_bytes *anchors;
	const char *const *anchor_texts; /* the same, escaped, for people; NULL-terminated */
	const char *const
		*anchors_any_case;       /* the same, whatever the case of their ASCII letters; written in lower case */
	const char *pattern;             /* PCRE2; the named group "secret" is the value, or the whole match is */
	enum silt_pattern_origin origin; /* of a rule that silt ships: known since it was built */
	struct silt_pattern_run run;     /* of such a rule: what its pattern demands */
	uint32_t back;    /* most bytes a match may start before its anchor; 0: it starts with the anchor */
	uint32_t reach;   /* most bytes a match may go on after the start of its anchor */
	uint32_t context; /* bytes before all that which the validator may look at */
	uint32_t show;    /* bytes of the value's start that a redacted preview may show (never more than 8) */
	/*
	 * Names of files, NULL-terminated; NULL: anything that streams. ASCII case does not count. Without a '/': the last
	 * component of the path; with one: the last components, or all of them after a leading '/'. '*' and '?' match
	 * within a component, a double star as a whole component matches any number of them. In an archive the path
	 * begins behind the last "!/".
	 */
	const char *const *files;
	const char *const
		*keywords;        /* one of them must stand near the value, whatever its case; NULL: none is needed */
	uint32_t within;          /* bytes before and behind the value in which a keyword counts; in it, none does */
	const char *const *allow; /* PCRE2, each on the whole value: what is no secret; NULL: none */
	struct silt_rule_limits limits;
	/*
	 * A shape that anything may have: gives way to every other rule on the same bytes, and placeholder words
	 * ("changeme", "<your-token>", "xxxx") and templates ("${VAR}", "{{ .Values.x }}") are no secrets.
	 */
	bool generic;
	bool at_start; /* the match must begin with the first byte of the stream, and may be as long as a whole file */
	bool public_half; /* no secret, and never a finding: the public half of a key, whose id the validator tells */
	bool never_vendor; /* once proven, a finding also in a file that a package proves to be unmodified: a live service's */
	/*
	 * Of a rule that silt ships: its pattern is compiled, to machine code, before anything is read. The interpreter would
	 * cost too much, in ordinary files or in one that was made for it, or run into its limits in long matches.
	 */
	bool ahead;
	/*
	 * Of a rule that silt ships and whose pattern is a long search: in every match there is a row of just so many letters,
	 * digits, '+' and '/', or one more if its first stands behind a backslash; no others stand around it. 0: not known.
	 */
	uint32_t alone;
	/*
	 * No secret, and never a finding: an ELF program with this text in it is the program of that name ("bash"). Only
	 * silt's own files can say so. NULL: a rule like any other.
	 */
	const char *identity;
	/*
	 * No rule of a file, and never a finding: it stands for value `wanted` - 1 of those that are looked for (wanted.h), as
	 * it is spelled in `spelling` (static; NULL: as it is). 0: it is a rule.
	 */
	uint32_t wanted;
	const char *spelling;
	const char *validator;                     /* name of `validate`, for people; NULL: none */
	silt_validate_fn *validate;                /* may be NULL */
	const struct silt_rule_example *positives; /* texts in which the rule must find something ... */
	size_t positive_count;
	const struct silt_rule_example *negatives; /* ... and in which it must not */
	size_t negative_count;
	const char *source; /* file the rule comes from */
	uint32_t line;      /* in that file, 1 the first */
};

/* True if its matches are facts, which nobody promises to tell all of, and no secrets. */
static inline bool silt_rule_tells_facts(const struct silt_rule *rule)
{
	return rule->public_half || rule->identity;
}

#endif
