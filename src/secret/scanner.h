/*
 * Finding secrets in bytes that stream by.
 *
 * All anchors of all rules are one literal database (Hyperscan); each anchor hit is confirmed by the rule's PCRE2
 * pattern on a bounded window, held against the rule's limits and words, then judged by its validator. Rules about
 * whole files have no anchors and are searched piece by piece in the files they name.
 *
 * A stream is one thing with edges: a file body, one string of a config, one run of unclaimed bytes. Matches never cross
 * streams; where blocks of one stream are cut makes no difference to what is found, only to when.
 *
 * hs.h is used in this folder's literals.c only, pcre2.h in pattern.c only. Blocks are scanned where they are: the
 * engine never reads beyond a block's `len`, as far as its makers say; 64 bytes of slack behind a caller's buffer guard
 * against a fault in it (intel/hyperscan #457).
 */
#ifndef SILT_SECRET_SCANNER_H
#define SILT_SECRET_SCANNER_H

#include "base/attributes.h"
#include "base/error.h"
#include "base/limits.h"
#include "secret/rule.h"

/* Bytes of a redacted preview, with its NUL. */
#define SILT_PREVIEW_SIZE 64
/* Bytes of the keyed hash that identifies a value. */
#define SILT_VALUE_ID_SIZE 16

/*
 * Of a rule that tells facts (rule.h) it is no secret, and may be left out where there are very many.
 *
 * One (rule, offset) is reported once, and matches of one rule never overlap. Matches of two rules may: a Google
 * service account and the private key in it are two matches with one value id.
 */
struct silt_match {
	const struct silt_rule *rule;
	uint64_t offset; /* of the value in the stream */
	uint64_t length; /* of the value */
	enum silt_severity severity;
	enum silt_confidence confidence;
	const char *note;                  /* static text or NULL */
	const char *via;                   /* static: the encoding it was written in ("base64"); NULL: as it is */
	int64_t expires;                   /* seconds since 1970; 0: never or unknown */
	struct silt_bytes secret;          /* the value itself, during the callback only */
	uint8_t value[SILT_VALUE_ID_SIZE]; /* keyed BLAKE2b of the value: equal values, equal ids; cannot be undone */
	uint8_t public_id[SILT_PUBLIC_ID_SIZE]; /* of a half of a key; zeros: not known */
	char preview[SILT_PREVIEW_SIZE];        /* printable ASCII: a short start of the value and its length */
	char facts[SILT_FACTS_SIZE]; /* printable ASCII: what is known of it that is no secret; "" if nothing */
};

/* The id of a value that is written as it is, for those who have one from elsewhere. */
void silt_value_id(struct silt_bytes value, uint8_t id[static SILT_VALUE_ID_SIZE]);

/* Anything but SILT_OK stops the scan and is returned by the feed. */
typedef enum silt_status silt_match_fn(void *ctx, const struct silt_match *match, struct silt_error *err);

/* The compiled database: immutable, shared between threads. */
struct silt_matcher;

/*
 * Compiles all rules and runs a known-answer test of the literal engine. SILT_ERR_INTERNAL if the engine misses a
 * match it must find (Vectorscan 5.4.9 does): the text says which library to install instead.
 */
enum silt_status silt_matcher_new(struct silt_matcher **out, struct silt_error *err);
void silt_matcher_free(struct silt_matcher *matcher);

/*
 * The matcher of the process: compiled by the first call that works, the same for all callers and threads, never freed.
 * Fails as silt_matcher_new does; the next call tries again.
 */
enum silt_status silt_matcher_shared(const struct silt_matcher **out, struct silt_error *err);

/* A scanner: the working memory of one thread. `matcher` and `limits` (NULL: the defaults) must outlive it. */
struct silt_scanner;

enum silt_status silt_scanner_new(const struct silt_matcher *matcher, const struct silt_limits *limits,
				  struct silt_scanner **out, struct silt_error *err);
void silt_scanner_free(struct silt_scanner *scanner);

/*
 * Starts a stream. `path` (borrowed until the stream ends; empty: it is no file) is what rules that ask for names of
 * files look at. `fn` is called for each match, in order of offset per rule, until the stream ends.
 */
void silt_scanner_begin(struct silt_scanner *scanner, struct silt_bytes path, silt_match_fn *fn, void *ctx);

/*
 * The next bytes of the stream; `last` ends it (the bytes may be empty then). A stream fed in one piece is not copied;
 * of longer ones the last few KiB are kept until the next feed, and wiped when the stream ends. Of a file whose start a
 * rule about whole files wants to see it may be 3 MiB.
 *
 * Returns what `fn` returned if that was not SILT_OK, SILT_ERR_MEMORY, or SILT_ERR_INTERNAL if the literal engine
 * fails. The stream is over then, and every further feed of it returns the same.
 */
enum silt_status silt_scanner_feed(struct silt_scanner *scanner, struct silt_bytes bytes, bool last,
				   struct silt_error *err);

/*
 * The limit for which something in the stream just ended was not looked at, the first of several: a rule had too many
 * matches, its anchors stood as close as in a flood, or a confirmation ran into a limit of PCRE2; after
 * SILT_PATTERN_LIMITS_MAX of those the rule is given up in the stream.
 */
enum silt_limit_id silt_scanner_overflowed(const struct silt_scanner *scanner);

#endif
