/* What a policy says of checks and rules, and what findings have to reach. */
#include "policy/court.h"

#include "policy/names.h"

/* ---- rules: ------------------------------------------------------------------------------------------------------ */

/* The closest of those that call the finding; of equally close ones the last. */
static const struct silt_policy_rating *rating_of(const struct silt_policy *policy, const struct silt_finding *finding)
{
	const struct silt_policy_rating *best = NULL;
	enum silt_policy_closeness close = SILT_POLICY_BY_FAMILY;
	for (const struct silt_policy_rating *rating = policy->ratings; rating; rating = rating->next) {
		enum silt_policy_closeness this = silt_policy_calls(rating->name, finding);
		if (this >= close) {
			best = rating;
			close = this;
		}
	}
	return best;
}

bool silt_court_rate(struct silt_court *court, struct silt_finding *finding)
{
	const struct silt_policy_rating *rating = rating_of(court->policy, finding);
	if (rating && rating->action == SILT_POLICY_OFF) {
		return silt_court_decide(court, finding, SILT_STANDING_ALLOWED,
					 silt_arena_printf(court->arena, "%s is off in %s, line %u", rating->name,
							   court->policy->source, (unsigned)rating->line));
	}
	if (rating && rating->action == SILT_POLICY_RATE) {
		finding->severity = rating->severity;
	}
	return false;
}

/* ---- thresholds: ------------------------------------------------------------------------------------------------- */

static bool is_in(unsigned set, unsigned value)
{
	return set == 0 || (set >> value & 1U) != 0;
}

static int threshold_of(const struct silt_policy *policy, const struct silt_finding *finding)
{
	for (const struct silt_policy_threshold *of = policy->thresholds; of; of = of->next) {
		if (is_in(of->families, silt_policy_family(finding)) && is_in(of->fates, finding->exposure) &&
		    is_in(of->confidences, finding->confidence) && is_in(of->heritages, finding->heritage)) {
			return of->severity;
		}
	}
	return (int)policy->threshold;
}

bool silt_court_threshold(struct silt_court *court, struct silt_finding *finding)
{
	bool counts = (int)finding->severity >= threshold_of(court->policy, finding);
	return silt_court_decide(court, finding, counts ? SILT_STANDING_COUNTS : SILT_STANDING_BELOW, "");
}
