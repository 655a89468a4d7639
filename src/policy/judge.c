/* From the findings of a result, its coverage and a policy to a judgement. */
#include "policy/court.h"

#include "base/attributes.h"
#include "base/error.h"
#include "base/finding_order.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const verdict_names[] = {
	[SILT_VERDICT_PASS] = "pass",
	[SILT_VERDICT_FAIL] = "fail",
	[SILT_VERDICT_INCOMPLETE] = "incomplete",
};

const char *silt_verdict_name(enum silt_verdict verdict)
{
	return verdict_names[verdict];
}

/* The judgement and all it points to, but for the result. */
struct held {
	struct silt_judgement judgement; /* the first member: what the caller has is the whole */
	struct silt_arena arena;
};

/* ---- What the parts share ---------------------------------------------------------------------------------------- */

bool silt_court_decide(struct silt_court *court, struct silt_finding *finding, enum silt_standing standing,
		       const char *why)
{
	court->starved = court->starved || !why;
	finding->standing = standing;
	finding->standing_why = why ? why : "";
	return true;
}

void silt_court_note(struct silt_court *court, const char *format, ...)
{
	char text[SILT_ERROR_TEXT_MAX];
	va_list arguments;
	va_start(arguments, format);
	(void)vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	void *notes = court->notes;
	const char *kept = silt_arena_printf(court->arena, "%s", text);
	if (!kept || !silt_grow(&notes, court->note_count, &court->note_capacity, sizeof(*court->notes))) {
		court->starved = true;
		return;
	}
	court->notes = notes;
	court->notes[court->note_count++] = (struct silt_policy_note){.text = kept};
}

/* ---- The order of the parts -------------------------------------------------------------------------------------- */

static bool is_inherited(struct silt_court *court, struct silt_finding *finding)
{
	return court->policy->own_layers_only && finding->heritage == SILT_HERITAGE_BASE &&
	       silt_court_decide(court, finding, SILT_STANDING_ALLOWED,
				 silt_arena_printf(court->arena, "of the base image, and %s judges own layers only",
						   court->policy->source));
}

static bool has_base(const struct silt_posture_base *base)
{
	return base->layers != SILT_UNKNOWN && base->layers > 0;
}

/* How a policy stands on what is the base; NULL if it does not. */
static const char *heritage_clause(const struct silt_policy *policy)
{
	const char *clause = policy->own_layers_only ? "judges own layers only" : NULL;
	for (const struct silt_policy_threshold *of = policy->thresholds; of && !clause; of = of->next) {
		clause = of->heritages != 0 ? "judges by heritage" : NULL;
	}
	return clause;
}

/* Whoever built the image wrote what it says of its base: somebody else's layers may be one's own. */
static void note_heritage(struct silt_court *court)
{
	const char *clause = heritage_clause(court->policy);
	for (size_t i = 0; clause && i < court->image_count; i++) {
		const struct silt_posture *posture = court->images[i].posture;
		if (posture && !posture->base.named && (posture->base.guessed || has_base(&posture->base))) {
			silt_court_note(court, "%s %s, and what the base of image %zu is was %s: --base tells it",
					court->policy->source, clause, i + 1,
					posture->base.guessed ? "guessed by its history" : "told by its own label");
		}
	}
}

static void judge_finding(struct silt_court *court, struct silt_finding *finding)
{
	static silt_court_fn *const parts[] = {silt_court_rate,     is_inherited,    silt_court_allow,
					       silt_court_waive,    silt_court_know, silt_court_demand,
					       silt_court_threshold};
	for (size_t i = 0; i < SILT_COUNT(parts) && !parts[i](court, finding); i++) {
	}
}

/* As a result orders them (silt_result_findings), by the severities that they have now. */
static int order_findings(const void *left, const void *right)
{
	return silt_finding_order(left, right);
}

/* ---- The judgement ----------------------------------------------------------------------------------------------- */

/* Those of the result, and those that the lists of the policy make. NULL if memory ran out. */
static struct silt_finding *all_findings(struct silt_court *court, size_t *count)
{
	size_t given_count, demand_count = 0;
	const struct silt_finding *given = silt_result_findings(court->result, &given_count);
	const struct silt_finding *demands = silt_court_demands(court, &demand_count);
	struct silt_finding *findings =
		demands ? silt_arena_alloc(court->arena, (given_count + demand_count) * sizeof(*findings)) : NULL;
	if (!findings) {
		return NULL;
	}
	if (given_count > 0) {
		memcpy(findings, given, given_count * sizeof(*findings));
	}
	if (demand_count > 0) {
		memcpy(findings + given_count, demands, demand_count * sizeof(*findings));
	}
	*count = given_count + demand_count;
	return findings;
}

static bool has_more(const struct silt_court *court, size_t count)
{
	size_t given;
	(void)silt_result_findings(court->result, &given);
	return count > given;
}

static void take_findings(struct silt_court *court, struct silt_judgement *judgement)
{
	struct silt_finding *findings = all_findings(court, &judgement->finding_count);
	if (!findings) {
		court->starved = true;
		return;
	}
	for (size_t i = 0; i < judgement->finding_count; i++) {
		judge_finding(court, &findings[i]);
		judgement->counting += findings[i].standing == SILT_STANDING_COUNTS;
	}
	/* A result is in order already. */
	if (judgement->finding_count > 0 && (court->policy->ratings || has_more(court, judgement->finding_count))) {
		qsort(findings, judgement->finding_count, sizeof(*findings), order_findings);
	}
	judgement->findings = findings;
}

static void note_reading(struct silt_court *court)
{
	for (const struct silt_policy_text *note = court->policy->notes; note; note = note->next) {
		silt_court_note(court, "%s", note->text);
	}
}

static void take_notes(struct silt_court *court, struct silt_judgement *judgement)
{
	struct silt_policy_note *notes = silt_arena_alloc(court->arena, court->note_count * sizeof(*notes));
	if (!notes) {
		court->starved = true;
		return;
	}
	if (court->note_count > 0) {
		memcpy(notes, court->notes, court->note_count * sizeof(*notes));
	}
	judgement->notes = notes;
	judgement->note_count = court->note_count;
}

static enum silt_status judge(struct held *held, const struct silt_policy *policy, struct silt_error *err)
{
	struct silt_judgement *judgement = &held->judgement;
	struct silt_court court = {.policy = policy, .result = judgement->result, .arena = &held->arena};
	court.images = silt_result_images(judgement->result, &court.image_count);
	court.waived = silt_arena_alloc(court.arena, policy->waiver_count * sizeof(*court.waived));
	judgement->threshold = policy->threshold;
	if (!court.waived) {
		return silt_fail_memory(err);
	}
	note_heritage(&court); /* first: it may be what lets pass */
	note_reading(&court);
	take_findings(&court, judgement);
	silt_court_note_waivers(&court);
	silt_court_note_baseline(&court);
	take_notes(&court, judgement);
	free(court.notes);
	judgement->verdict = !silt_result_coverage(judgement->result)->complete ? SILT_VERDICT_INCOMPLETE
			     : judgement->counting > 0                          ? SILT_VERDICT_FAIL
										: SILT_VERDICT_PASS;
	return court.starved ? silt_fail_memory(err) : SILT_OK;
}

enum silt_status silt_judge(const struct silt_result *result, const struct silt_policy *policy,
			    struct silt_judgement **out, struct silt_error *err)
{
	static const struct silt_policy by_default = {.threshold = SILT_SEVERITY_HIGH, .source = ""};
	struct held *held = calloc(1, sizeof(*held));
	if (!held) {
		return silt_fail_memory(err);
	}
	held->judgement.result = result;
	const enum silt_status status = judge(held, policy ? policy : &by_default, err);
	if (status != SILT_OK) {
		silt_judgement_free(&held->judgement);
		return status;
	}
	*out = &held->judgement;
	return SILT_OK;
}

void silt_judgement_free(struct silt_judgement *judgement)
{
	struct held *held = (struct held *)judgement;
	if (held) {
		silt_arena_done(&held->arena);
		free(held);
	}
}
