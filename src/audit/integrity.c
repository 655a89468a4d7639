/* The check of integrity, and how its findings are made. */
#include "audit/integrity.h"

#include "audit/checks.h"
#include "base/limits.h"

#include <stdlib.h>

void silt_odd_done(struct silt_odd_places *places)
{
	free(places->kept);
	*places = (struct silt_odd_places){0};
}

bool silt_odd_is_full(const struct silt_odd_places *places)
{
	return places->count >= SILT_ANOMALIES_PER_KIND_MAX;
}

enum silt_status silt_odd_add(struct silt_odd_places *places, const struct silt_sighting *sighting,
			      struct silt_error *err)
{
	places->total++;
	if (silt_odd_is_full(places)) {
		return SILT_OK;
	}
	if (!silt_grow((void **)&places->kept, places->count, &places->capacity, sizeof(*places->kept))) {
		return silt_fail_memory(err);
	}
	places->kept[places->count++] = *sighting;
	return SILT_OK;
}

/* ---- Findings ------------------------------------------------------------------------------------------------------ */

static int order_spans(const void *left, const void *right)
{
	return silt_bytes_compare(*(const struct silt_bytes *)left, *(const struct silt_bytes *)right);
}

/*
 * What stays of a place in another encoding or rebuild: the path in a layer, the name of a member. A layer or config as
 * a whole has neither.
 */
static struct silt_bytes lasting_part(const struct silt_sighting *at)
{
	if (at->path.len > 0) {
		return at->path;
	}
	bool is_member = at->member[0] && (at->image == SIZE_MAX || strcmp(at->place, at->member) == 0);
	return silt_bytes_text(is_member ? at->place : "");
}

/* The kind, then the places in order, each once. Freed by the caller; NULL if memory ran out. */
static struct silt_bytes *identity_of(const struct silt_odd_places *places, const struct silt_oddity *oddity,
				      size_t *count)
{
	struct silt_bytes *parts = calloc(places->count + 1, sizeof(*parts));
	if (!parts) {
		return NULL;
	}
	parts[0] = silt_bytes_text(oddity->what);
	for (size_t i = 0; i < places->count; i++) {
		parts[i + 1] = lasting_part(&places->kept[i]);
	}
	qsort(parts + 1, places->count, sizeof(*parts), order_spans);
	*count = 1;
	for (size_t i = 1; i <= places->count; i++) {
		if (*count == 1 || !silt_bytes_equal(parts[*count - 1], parts[i])) {
			parts[(*count)++] = parts[i];
		}
	}
	return parts;
}

/* "/etc/x", "/etc/x and 4 more places". NULL if memory ran out. */
static const char *subject_of(const struct silt_odd_places *places, struct silt_arena *arena)
{
	if (places->total == 1) {
		return places->kept[0].place;
	}
	return silt_arena_printf(arena, "%s and %llu more place%s", places->kept[0].place,
				 (unsigned long long)(places->total - 1), places->total == 2 ? "" : "s");
}

static enum silt_status report(const struct silt_odd_places *places, const struct silt_oddity *oddity,
			       const struct silt_context *context, struct silt_findings *findings,
			       struct silt_error *err)
{
	struct silt_draft draft = {
		.rule = oddity->rule,
		.title = oddity->title,
		.subject = subject_of(places, context->arena),
		.detail = places->kept[0].note,
		.remedy = oddity->remedy,
		.severity = oddity->severity,
		.confidence = SILT_CONFIDENCE_PROVEN,
	};
	struct silt_bytes *identity = identity_of(places, oddity, &draft.identity_count);
	draft.identity = identity;
	size_t number;
	enum silt_status status = !identity || !draft.subject ? silt_fail_memory(err)
							      : silt_findings_add(findings, &draft, &number, err);
	for (size_t i = 0; i < places->count && status == SILT_OK; i++) {
		status = silt_findings_sight(findings, number, &places->kept[i], err);
	}
	free(identity);
	return status;
}

enum silt_status silt_odd_report(struct silt_odd_places *places, const struct silt_oddity *oddity,
				 const struct silt_context *context, struct silt_findings *findings,
				 struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	if (places->count > 0) {
		status = report(places, oddity, context, findings, err);
	}
	places->count = 0;
	places->total = 0;
	return status;
}

enum silt_status silt_check_integrity(const struct silt_context *context, struct silt_findings *findings,
				      struct silt_error *err)
{
	static silt_check_fn *const parts[] = {
		silt_integrity_of_records, silt_integrity_of_images,     silt_integrity_of_bundle,
		silt_integrity_of_times,   silt_integrity_of_provenance,
	};
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < SILT_COUNT(parts) && status == SILT_OK; i++) {
		status = parts[i](context, findings, err);
	}
	return status;
}
