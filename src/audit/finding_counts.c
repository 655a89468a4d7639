/* Counting findings by rule. */
#include "audit/finding_counts.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

struct silt_finding_count *silt_finding_count(struct silt_finding_counts *counts, const char *rule)
{
	for (size_t i = 0; i < counts->count; i++) {
		const size_t at = (counts->recent + i) % counts->count;
		if (strcmp(counts->items[at].rule, rule) == 0) {
			counts->recent = at;
			return &counts->items[at];
		}
	}
	if (!silt_grow((void **)&counts->items, counts->count, &counts->capacity, sizeof(*counts->items))) {
		return NULL;
	}
	counts->recent = counts->count++;
	counts->items[counts->recent] = (struct silt_finding_count){.rule = rule};
	return &counts->items[counts->recent];
}

void silt_finding_counts_done(struct silt_finding_counts *counts)
{
	free(counts->items);
	*counts = (struct silt_finding_counts){0};
}
