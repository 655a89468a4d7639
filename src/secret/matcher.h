/*
 * Inside the matcher: what match.c compiles and scan.c uses.
 */
#ifndef SILT_SECRET_MATCHER_H
#define SILT_SECRET_MATCHER_H

#include "secret/literals.h"
#include "secret/pattern.h"
#include "secret/rule_set.h"
#include "secret/scanner.h"

/* One literal of one rule. Its place in the matcher's array is its number in the literal set. */
struct silt_anchor {
	uint32_t rule; /* place of its rule in the matcher's rules */
	uint32_t length;
};

struct silt_matcher {
	struct silt_rule_set *set;     /* owns; NULL: the rules are another's */
	const struct silt_rule *rules; /* borrows: of `set`, or what silt_matcher_new_of was given */
	size_t rule_count;
	struct silt_pattern **patterns; /* owns: one for each rule */
	struct silt_anchor *anchors;    /* owns */
	size_t anchor_count;
	struct silt_literals *literals; /* owns */
	size_t window_max;              /* bytes of the longest window of any rule */
};

/*
 * A matcher of other rules than those silt ships, for tests. `rules` must outlive it. No anchor of a rule may stand
 * inside another anchor of it, or its matches would not come in order.
 */
enum silt_status silt_matcher_new_of(const struct silt_rule *rules, size_t count, struct silt_matcher **out,
				     struct silt_error *err);

/* A matcher of the rules in `set`, which it takes, also if it fails. */
enum silt_status silt_matcher_new_taking(struct silt_rule_set *set, struct silt_matcher **out, struct silt_error *err);

/*
 * The known-answer test: each of the `count` texts must be found at the very end of a buffer and a few bytes before
 * it, in one block and in small ones. SILT_ERR_INTERNAL, naming a library that does it, if one is missed.
 */
enum silt_status silt_literals_test(const struct silt_literals *literals, const char *const *texts, size_t count,
				    struct silt_error *err);

/* As above for sets of two and three literals, where the known fault shows most. */
enum silt_status silt_literals_test_small(struct silt_error *err);

#endif
