/* What a baseline makes of findings. */
#include "policy/court.h"

#include <stdlib.h>
#include <string.h>

static int order_known(const void *key, const void *item)
{
	return strcmp(key, ((const struct silt_policy_known *)item)->fingerprint);
}

/* One that is heavier or more exposed than it was when it was accepted is accepted no more. */
bool silt_court_know(struct silt_court *court, struct silt_finding *finding)
{
	const struct silt_policy_baseline *baseline = &court->policy->baseline;
	const struct silt_policy_known *known = NULL;
	if (baseline->count > 0) {
		known = bsearch(finding->fingerprint, baseline->items, baseline->count, sizeof(*known), order_known);
	}
	if (!known) {
		return false;
	}
	court->known++;
	if (finding->severity > known->severity || finding->exposure > known->exposure) {
		court->worse++;
		return false;
	}
	return silt_court_decide(court, finding, SILT_STANDING_KNOWN,
				 silt_arena_printf(court->arena, "in %s%s%s", baseline->source,
						   *baseline->day ? ", since " : "", baseline->day));
}

void silt_court_note_baseline(struct silt_court *court)
{
	const struct silt_policy_baseline *baseline = &court->policy->baseline;
	if (court->worse > 0) {
		silt_court_note(court, "%zu finding%s of %s %s worse than when %s accepted, and %s no more",
				court->worse, court->worse == 1 ? "" : "s", baseline->source,
				court->worse == 1 ? "is" : "are", court->worse == 1 ? "it was" : "they were",
				court->worse == 1 ? "is so" : "are so");
	}
	if (court->known < baseline->count) {
		silt_court_note(court, "%zu of %zu findings of %s %s not here any more", baseline->count - court->known,
				baseline->count, baseline->source, baseline->count - court->known == 1 ? "is" : "are");
	}
}
