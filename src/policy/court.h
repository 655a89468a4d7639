/*
 * One judgement in the making: what the parts of it share. judge.c has the order of the parts.
 *
 * Each part is asked about a finding that no part before it has decided, sets its standing and says true, or says false.
 * Memory that runs out is kept in `starved`, and the judgement fails in the end.
 */
#ifndef SILT_POLICY_COURT_H
#define SILT_POLICY_COURT_H

#include "policy/policy.h"
#include "silt/posture.h"

struct silt_court {
	const struct silt_policy *policy;
	const struct silt_result *result;
	const struct silt_image *images;
	size_t image_count;
	struct silt_arena *arena; /* of the judgement */
	size_t *waived;           /* findings that each waiver fits */
	size_t known, worse;      /* findings that the baseline has, and of these those that are worse now */
	struct silt_policy_note *notes;
	size_t note_count, note_capacity;
	bool starved;
};

typedef bool silt_court_fn(struct silt_court *court, struct silt_finding *finding);

/* Sets standing and reason; `why` NULL: memory ran out while it was made. Returns true. */
bool silt_court_decide(struct silt_court *court, struct silt_finding *finding, enum silt_standing standing,
		       const char *why);

/* Adds a note. */
void silt_court_note(struct silt_court *court, const char *format, ...) SILT_PRINTF(2, 3);

silt_court_fn silt_court_rate;      /* rate.c: off, or another severity */
silt_court_fn silt_court_allow;     /* allow.c: all that it is about is in a list */
silt_court_fn silt_court_waive;     /* waive.c */
silt_court_fn silt_court_know;      /* baseline.c: the baseline has it */
silt_court_fn silt_court_demand;    /* allow.c: it is about something that is in no list, and should be */
silt_court_fn silt_court_threshold; /* rate.c: below, or counts; always decides */

/*
 * What images have and no list of the policy allows, as findings of rules that only a policy has (demand.c); in the order
 * of a result, of the arena. NULL if memory ran out.
 */
const struct silt_finding *silt_court_demands(struct silt_court *court, size_t *count);

/* Whether the lists of the policy have the user, the port, the shell. */
bool silt_policy_allows_user(const struct silt_policy *policy, const struct silt_posture_user *user);
bool silt_policy_allows_port(const struct silt_policy *policy, const char *port);
bool silt_policy_allows_shell(const struct silt_policy *policy, const char *path);

/* What is to be said of the waivers when all findings were judged. */
void silt_court_note_waivers(struct silt_court *court);

/* The same of the baseline. */
void silt_court_note_baseline(struct silt_court *court);

#endif
