/*
 * Inside the matcher: what match.c compiles and scan.c uses.
 */
#ifndef SILT_SECRET_MATCHER_H
#define SILT_SECRET_MATCHER_H

#include "secret/anchors.h"
#include "secret/file_names.h"
#include "secret/literals.h"
#include "secret/pattern.h"
#include "secret/rule_set.h"
#include "secret/scanner.h"

/*
 * How one rule is looked for. A candidate is a place that has to be looked at: an anchor, or for a rule about whole
 * files the start of every piece of the file.
 *
 *      lead                     candidate       reach              around
 *     ├────────┬───────────────┼───────────────┼──────────────────┤
 *      before    back            starts
 *     or around
 */
struct silt_keyword {
	struct silt_bytes text; /* borrows; in lower case, not empty */
	size_t mark;            /* where in it the byte stands by which it is looked for */
};

struct silt_plan {
	struct silt_pattern *pattern; /* owns */
	struct silt_pattern **allow;  /* owns, with what it holds; NULL: none */
	size_t allow_count;
	struct silt_keyword *keywords; /* owns; NULL: none */
	size_t keyword_count;
	struct silt_pattern_run run; /* without it there is no match */
	uint32_t back;               /* most bytes that a match starts before the candidate */
	uint32_t starts;             /* a match starts so many bytes behind the candidate, or fewer: 1 is "on it" */
	uint32_t reach;              /* most bytes from the candidate to the end of a match */
	uint32_t before;             /* bytes before a match for lookbehinds and the validator */
	uint32_t around;             /* bytes before and behind the value for keywords and the value's name */
	uint32_t lead;               /* bytes before the candidate that are needed in all */
	uint32_t tail;               /* bytes from the candidate on that are needed in all */
	bool only_first;             /* a match starts with byte 0 of the stream */
};

struct silt_wanted_rules;

struct silt_matcher {
	struct silt_rule_set *set;     /* owns; NULL: the rules are another's */
	const struct silt_rule *rules; /* borrows: of `set`, of `wanted`, or what silt_matcher_new_of was given */
	size_t rule_count;
	struct silt_wanted_rules *wanted; /* owns; NULL: no values are looked for (wanted.h) */
	struct silt_matcher *values;      /* owns; of the rules of these values alone, for what is undone (undo.h) */
	size_t shared;                    /* so many plans, the first, are those of another matcher */
	struct silt_plan *plans;          /* owns: one for each rule */
	struct silt_anchors anchors;      /* and the signs of silt_signs */
	struct silt_literals *literals;   /* owns; NULL: there are none */
	struct silt_file_names names;     /* of rules about whole files */
	size_t window_max;                /* bytes of the longest window of any rule ... */
	size_t window_usual;              /* ... and of any but those about the start of a file, until one is met */
};

/*
 * A matcher of other rules than those silt ships, for tests. `rules` must outlive it. No anchor of a rule may stand
 * inside another anchor of it, or its matches would not come in order: the reader of rules refuses that.
 */
enum silt_status silt_matcher_new_of(const struct silt_rule *rules, size_t count, struct silt_matcher **out,
				     struct silt_error *err);

/* A matcher of the rules in `set`, which it takes, also if it fails. */
enum silt_status silt_matcher_new_taking(struct silt_rule_set *set, struct silt_matcher **out, struct silt_error *err);

/* As silt_scanner_begin, for what is a part of the file only: rules about whole files do not look at it. */
void silt_scanner_begin_part(struct silt_scanner *scanner, struct silt_bytes path, silt_match_fn *fn, void *ctx);

/* Sign `sign` of silt_signs begins at `at` of the stream. */
typedef void silt_sign_fn(void *ctx, uint32_t sign, uint64_t at);

/* From now on the scanner tells `fn` of every sign, in order of their ends, while it is fed. */
void silt_scanner_listen(struct silt_scanner *scanner, silt_sign_fn *fn, void *ctx);

/* How much the known-answer test asks. */
enum silt_trial {
	SILT_TRIAL_SHORT, /* at every start: a microsecond for each literal; places and cases take turns */
	SILT_TRIAL_LONG,  /* every tail up to the length of a vector, many leads, many sizes of blocks */
};

/*
 * The known-answer test: each of the `count` literals must be found at the very end of a buffer and a few bytes before
 * it, in one block and in small ones, in the case it has and, if that does not count, in others. SILT_ERR_INTERNAL,
 * naming a library that does it, if one is missed.
 */
enum silt_status silt_literals_test(const struct silt_literals *literals, const struct silt_literal *list, size_t count,
				    enum silt_trial trial, struct silt_error *err);

/* As above for sets of two and three literals, where the known fault shows most. */
enum silt_status silt_literals_test_small(struct silt_error *err);

#endif
