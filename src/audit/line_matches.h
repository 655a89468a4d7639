/*
 * What the pattern rules match in one string at hand: an Env pair, a build instruction, however it came about.
 */
#ifndef SILT_AUDIT_LINE_MATCHES_H
#define SILT_AUDIT_LINE_MATCHES_H

#include "base/bytes.h"
#include "secret/search.h"

struct silt_line_match {
	const struct silt_rule *rule;
	struct silt_bytes value; /* a span of the string looked at last */
	bool generic;            /* of a rule that gives way to whoever knows better */
	enum silt_severity severity;
	enum silt_confidence confidence;
};

struct silt_line_matches {
	struct silt_search *search;    /* owns */
	struct silt_line_match *items; /* owns */
	size_t count, capacity;
	struct silt_bytes line;
};

/* `matcher` must outlive it. NULL: the rules that silt ships. */
enum silt_status silt_line_matches_init(struct silt_line_matches *matches, const struct silt_matcher *matcher,
					struct silt_error *err);
void silt_line_matches_done(struct silt_line_matches *matches);

/* Looks at `line`: `items` are what matched in it. */
enum silt_status silt_line_matches_find(struct silt_line_matches *matches, struct silt_bytes line,
					struct silt_error *err);

/* The same for the text of a command: rules about scripts look at it, too. */
enum silt_status silt_line_matches_find_command(struct silt_line_matches *matches, struct silt_bytes line,
						struct silt_error *err);

/* True if the match is of the rule about passwords that only the program knows to be one: mysql -pX, curl -u a:X. */
bool silt_line_match_is_of_command(const struct silt_line_match *match);

/* True if a match of a rule that is not generic, in the line looked at last, shares a byte with `part`, a span of it. */
bool silt_line_matches_overlap(const struct silt_line_matches *matches, struct silt_bytes part);

#endif
