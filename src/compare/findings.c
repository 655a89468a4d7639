/* Secrets and findings of two results, held against each other. */
#include "compare/comparing.h"

#include "base/attributes.h"
#include "base/error.h"
#include "secret/wanted.h"

#include <stdlib.h>

_Static_assert((int)SILT_WANTED_MIN == SILT_WANTED_BYTES_MIN, "what is promised is what is done");

/* ---- By fingerprint ------------------------------------------------------------------------------------------------ */

static int order_pointers(const void *left, const void *right)
{
	const struct silt_finding *a = *(const struct silt_finding *const *)left;
	const struct silt_finding *b = *(const struct silt_finding *const *)right;
	return strcmp(a->fingerprint, b->fingerprint);
}

/* Findings by fingerprint. */
struct by_fingerprint {
	const struct silt_finding **items; /* owns */
	size_t count;
};

static enum silt_status sort_findings(const struct silt_finding *findings, size_t count, struct by_fingerprint *out,
				      struct silt_error *err)
{
	*out = (struct by_fingerprint){.items = calloc(count + 1, sizeof(struct silt_finding *)), .count = count};
	if (!out->items) {
		return silt_fail_memory(err);
	}
	for (size_t i = 0; i < count; i++) {
		out->items[i] = &findings[i];
	}
	if (count > 0) {
		qsort((void *)out->items, count, sizeof(struct silt_finding *), order_pointers);
	}
	return SILT_OK;
}

static const struct silt_finding *find(const struct by_fingerprint *sorted, const struct silt_finding *like)
{
	const struct silt_finding *const *found = NULL;
	if (sorted->count > 0) {
		found = bsearch(&like, sorted->items, sorted->count, sizeof(struct silt_finding *), order_pointers);
	}
	return found ? *found : NULL;
}

/* A finding of another form of the same private key: PKCS #1, PKCS #8, OpenSSH, PEM or DER. NULL: there is none. */
static const struct silt_finding *find_key(const struct by_fingerprint *findings, const struct silt_finding *like)
{
	for (size_t i = 0; like->public_id.len > 0 && i < findings->count; i++) {
		if (silt_bytes_equal(findings->items[i]->public_id, like->public_id)) {
			return findings->items[i];
		}
	}
	return NULL;
}

/* ---- Secrets of OLD ------------------------------------------------------------------------------------------------ */

/* A value among others. Findings of one value, by different rules or names, are one secret: the worst names it. */
struct value {
	struct silt_bytes bytes;
	size_t finding; /* its place in the result */
	bool counts;    /* a finding of it does */
};

static int order_values(const void *left, const void *right)
{
	const struct value *a = left, *b = right;
	const int order = silt_bytes_compare(a->bytes, b->bytes);
	return order != 0 ? order : (a->finding > b->finding) - (a->finding < b->finding);
}

static int order_by_finding(const void *left, const void *right)
{
	const struct value *a = left, *b = right;
	return (a->finding > b->finding) - (a->finding < b->finding);
}

/* What is for information only is known to everybody: keys that are printed in the source of a program. */
static bool is_secret(const struct silt_finding *finding)
{
	return finding->secret.len > 0 && finding->severity > SILT_SEVERITY_INFO;
}

static bool counts(const struct silt_finding *finding)
{
	return finding && finding->standing == SILT_STANDING_COUNTS;
}

/* Each value once, in the order of the findings, which `judged` has as a policy sees them. NULL: memory ran out. */
static struct value *list_values(const struct silt_result *result, const struct by_fingerprint *judged, size_t *count)
{
	size_t findings, kept = 0, used = 0;
	const struct silt_finding *list = silt_result_findings(result, &findings);
	struct value *values = calloc(findings + 1, sizeof(*values));
	for (size_t i = 0; values && i < findings; i++) {
		if (is_secret(&list[i])) {
			values[used++] = (struct value){list[i].secret, i, counts(find(judged, &list[i]))};
		}
	}
	if (used > 0) {
		qsort(values, used, sizeof(*values), order_values);
	}
	for (size_t i = 0; i < used; i++) {
		if (kept == 0 || !silt_bytes_equal(values[kept - 1].bytes, values[i].bytes)) {
			values[kept++] = values[i];
		}
		values[kept - 1].counts |= values[i].counts;
	}
	if (kept > 0) {
		qsort(values, kept, sizeof(*values), order_by_finding);
	}
	*count = kept;
	return values;
}

enum silt_status silt_comparison_wanted(const struct silt_result *before, struct silt_bytes **out, size_t *count,
					struct silt_error *err)
{
	const struct by_fingerprint unjudged = {0};
	struct value *values = list_values(before, &unjudged, count);
	struct silt_bytes *wanted = values ? calloc(*count + 1, sizeof(*wanted)) : NULL;
	for (size_t i = 0; wanted && i < *count; i++) {
		wanted[i] = values[i].bytes;
	}
	free(values);
	*out = wanted;
	return wanted ? SILT_OK : silt_fail_memory(err);
}

/* ---- In NEW -------------------------------------------------------------------------------------------------------- */

/* The most exposed first; among these the order they have. */
static int order_exposure(const void *left, const void *right)
{
	const struct silt_sighting *a = left, *b = right;
	int order = (a->fate < b->fate) - (a->fate > b->fate);
	order = order != 0 ? order : (a->image > b->image) - (a->image < b->image);
	order = order != 0 ? order : (a->layer > b->layer) - (a->layer < b->layer);
	order = order != 0 ? order : strcmp(a->place, b->place);
	return order != 0 ? order : (a->offset > b->offset) - (a->offset < b->offset);
}

static enum silt_status take_sightings(struct silt_comparing *comparing, struct silt_compared_secret *secret,
				       const struct silt_sighting *from, size_t count)
{
	struct silt_sighting *own = silt_arena_alloc(&comparing->arena, count * sizeof(*own));
	if (!own) {
		return silt_fail_memory(comparing->err);
	}
	if (count > 0) {
		memcpy(own, from, count * sizeof(*own));
		qsort(own, count, sizeof(*own), order_exposure);
	}
	secret->sightings = own;
	secret->sighting_count = count;
	return SILT_OK;
}

/*
 * Its bytes first; then what rules made of NEW: the same key in another spelling has the same fingerprint, and in another
 * form the same public half.
 */
static enum silt_status look_for(struct silt_comparing *comparing, size_t number, const struct by_fingerprint *in_new,
				 struct silt_compared_secret *secret)
{
	const struct silt_result *result = comparing->out.after->result;
	size_t count;
	const struct silt_sighting *literal = silt_result_wanted(result, number, &count);
	const struct silt_finding *same = find(in_new, secret->before);
	same = same ? same : find_key(in_new, secret->before);
	secret->literal = count > 0;
	if (count > 0 || same) {
		secret->survival = SILT_SURVIVAL_SURVIVED;
		return take_sightings(comparing, secret, count > 0 ? literal : same->sightings,
				      count > 0 ? count : same->sighting_count);
	}
	if (!silt_is_wanted_length(secret->before->secret.len)) {
		secret->survival = SILT_SURVIVAL_SHORT;
	} else {
		secret->survival = silt_result_coverage(result)->complete ? SILT_SURVIVAL_GONE : SILT_SURVIVAL_UNKNOWN;
	}
	return SILT_OK;
}

static int order_secrets(const void *left, const void *right)
{
	static const int weight[] = {[SILT_SURVIVAL_SURVIVED] = 0,
				     [SILT_SURVIVAL_UNKNOWN] = 1,
				     [SILT_SURVIVAL_SHORT] = 2,
				     [SILT_SURVIVAL_GONE] = 3};
	const struct silt_compared_secret *a = left, *b = right;
	int order = weight[a->survival] - weight[b->survival];
	order = order != 0 ? order : b->counts - a->counts;
	return order != 0 ? order : (a->before > b->before) - (a->before < b->before);
}

static void count_secret(struct silt_comparison *out, const struct silt_compared_secret *secret)
{
	size_t *const totals[] = {[SILT_SURVIVAL_GONE] = &out->gone,
				  [SILT_SURVIVAL_SURVIVED] = &out->survived,
				  [SILT_SURVIVAL_SHORT] = &out->too_short,
				  [SILT_SURVIVAL_UNKNOWN] = &out->unknown};
	++*totals[secret->survival];
	out->survived_counting += secret->survival == SILT_SURVIVAL_SURVIVED && secret->counts;
}

static enum silt_status compare_values(struct silt_comparing *comparing, const struct value *values, size_t count,
				       const struct by_fingerprint *in_new)
{
	struct silt_comparison *out = &comparing->out;
	struct silt_compared_secret *secrets = silt_arena_alloc(&comparing->arena, (count + 1) * sizeof(*secrets));
	if (!secrets) {
		return silt_fail_memory(comparing->err);
	}
	enum silt_status status = SILT_OK;
	size_t unused;
	const struct silt_finding *findings = silt_result_findings(out->before->result, &unused);
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		secrets[i].before = &findings[values[i].finding];
		secrets[i].counts = values[i].counts;
		status = look_for(comparing, i, in_new, &secrets[i]);
		count_secret(out, &secrets[i]);
	}
	if (count > 0 && status == SILT_OK) {
		qsort(secrets, count, sizeof(*secrets), order_secrets);
	}
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		secrets[i].before = silt_compare_masked_finding(comparing, secrets[i].before);
		status = secrets[i].before ? SILT_OK : silt_fail_memory(comparing->err);
	}
	out->secrets = secrets;
	out->secret_count = count;
	return status;
}

enum silt_status silt_compare_secrets(struct silt_comparing *comparing)
{
	const struct silt_judgement *before = comparing->out.before;
	const struct silt_result *after = comparing->out.after->result;
	struct by_fingerprint in_old = {0}, in_new = {0};
	size_t count = 0, findings;
	const struct silt_finding *list = silt_result_findings(after, &findings);
	enum silt_status status = sort_findings(before->findings, before->finding_count, &in_old, comparing->err);
	struct value *values = status == SILT_OK ? list_values(before->result, &in_old, &count) : NULL;
	if (status == SILT_OK && !values) {
		status = silt_fail_memory(comparing->err);
	}
	if (status == SILT_OK && count != after->wanted_count) {
		status = silt_fail(comparing->err, SILT_ERR_USAGE,
				   "OLD has %zu secrets, and %zu values were looked for in NEW", count,
				   after->wanted_count);
	}
	if (status == SILT_OK) {
		status = sort_findings(list, findings, &in_new, comparing->err);
	}
	if (status == SILT_OK && values) {
		status = compare_values(comparing, values, count, &in_new);
	}
	free((void *)in_old.items);
	free((void *)in_new.items);
	free(values);
	return status;
}

/* ---- Findings ------------------------------------------------------------------------------------------------------ */

static enum silt_change change_of(const struct silt_finding *before, const struct silt_finding *after)
{
	if (!before || !after) {
		return before ? SILT_CHANGE_REMOVED : SILT_CHANGE_ADDED;
	}
	const bool same = before->severity == after->severity && before->exposure == after->exposure &&
			  before->standing == after->standing;
	return same ? SILT_CHANGE_SAME : SILT_CHANGE_CHANGED;
}

static void add_finding(struct silt_comparison *out, struct silt_compared_finding *list,
			const struct silt_finding *before, const struct silt_finding *after)
{
	const enum silt_change change = change_of(before, after);
	const bool worse = counts(after) && !counts(before);
	size_t *const totals[] = {[SILT_CHANGE_SAME] = &out->findings_same,
				  [SILT_CHANGE_ADDED] = &out->findings_new,
				  [SILT_CHANGE_REMOVED] = &out->findings_fixed,
				  [SILT_CHANGE_CHANGED] = &out->findings_changed};
	++*totals[change];
	out->worse += worse;
	if (change != SILT_CHANGE_SAME) {
		list[out->finding_count++] = (struct silt_compared_finding){change, before, after, worse};
	}
}

static enum silt_status add_fixed(struct silt_comparing *comparing, struct silt_compared_finding *list,
				  const struct silt_finding *finding)
{
	const struct silt_finding *fixed = silt_compare_masked_finding(comparing, finding);
	if (!fixed) {
		return silt_fail_memory(comparing->err);
	}
	add_finding(&comparing->out, list, fixed, NULL);
	return SILT_OK;
}

/* Those of NEW in their order, worst first; behind them what is fixed. */
enum silt_status silt_compare_findings(struct silt_comparing *comparing)
{
	struct silt_comparison *out = &comparing->out;
	const struct silt_judgement *before = out->before, *after = out->after;
	struct by_fingerprint in_old = {0}, in_new = {0};
	struct silt_compared_finding *list =
		silt_arena_alloc(&comparing->arena, (before->finding_count + after->finding_count + 1) * sizeof(*list));
	if (!list) {
		return silt_fail_memory(comparing->err);
	}
	enum silt_status status = sort_findings(before->findings, before->finding_count, &in_old, comparing->err);
	if (status == SILT_OK) {
		status = sort_findings(after->findings, after->finding_count, &in_new, comparing->err);
	}
	for (size_t i = 0; status == SILT_OK && i < after->finding_count; i++) {
		add_finding(out, list, find(&in_old, &after->findings[i]), &after->findings[i]);
	}
	for (size_t i = 0; status == SILT_OK && i < before->finding_count; i++) {
		if (!find(&in_new, &before->findings[i])) {
			status = add_fixed(comparing, list, &before->findings[i]);
		}
	}
	out->findings = list;
	free((void *)in_old.items);
	free((void *)in_new.items);
	return status;
}
