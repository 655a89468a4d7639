/* How many findings each rule has: a table of rules, which are some hundreds at most. */
#ifndef SILT_AUDIT_FINDING_COUNTS_H
#define SILT_AUDIT_FINDING_COUNTS_H

#include "base/attributes.h"

#include <stddef.h>
#include <stdint.h>

struct silt_finding_count {
	const char *rule; /* borrows */
	uint64_t kept, dropped;
};

/* Zeroed: none. */
struct silt_finding_counts {
	struct silt_finding_count *items; /* owns */
	size_t count, capacity;
	size_t recent; /* the one asked for last: findings of one rule mostly follow each other */
};

/* The count of a rule, made if it is new; `rule` is borrowed then. NULL if memory ran out. Valid until the next call. */
struct silt_finding_count *silt_finding_count(struct silt_finding_counts *counts, const char *rule);

void silt_finding_counts_done(struct silt_finding_counts *counts);

#endif
