/*
 * One whole use of the library, as the program makes it: open, audit, judge, write every report, free; or read rules and
 * compile them. And what came of it, so that two runs can be compared.
 */
#ifndef SILT_TESTS_RUN_H
#define SILT_TESTS_RUN_H

#include "silt/silt.h"

struct run_order {
	const char *input; /* NULL: read and compile the rules, nothing else */
	struct silt_options options;
	struct silt_rule_file rule_file; /* of the caller of silt_rules_new; `text` NULL: none */
};

enum {
	RUN_FORMATS_MAX = 16,
	RUN_REPORTS = RUN_FORMATS_MAX + 2, /* and two of run-args */
};

struct run_outcome {
	const char *step; /* that failed; or the last */
	enum silt_status status;
	struct silt_error err;
	enum silt_verdict verdict;
	uint64_t reports[RUN_REPORTS]; /* a hash of each */
};

void run_once(const struct run_order *order, struct run_outcome *outcome);

/*
 * Why `got`, of a run in which memory ran out, is not what it must be; NULL if all is well. `want` is the outcome of the
 * same run with all the memory it asked for. A run either fails for memory and says so, or what it lacked was not
 * needed: then all is as without.
 */
const char *run_complaint(const struct run_outcome *want, const struct run_outcome *got);

#endif
