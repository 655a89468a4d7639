/* Limits that the judgement reaches. */
#include "audit/reached.h"

#include "base/escape.h"

#include <stdlib.h>

void silt_reached_done(struct silt_reached *reached)
{
	free(reached->items);
	*reached = (struct silt_reached){0};
}

enum silt_status silt_reach(const struct silt_context *context, enum silt_limit_id limit, const char *place,
			    const char *what, const char **text, struct silt_error *err)
{
	struct silt_reached *reached = context->reached;
	char hint[SILT_LIMIT_HINT_MAX];
	*text = silt_arena_printf(context->arena, "%s%s", what, silt_limit_hint(context->limits, limit, hint));
	if (!*text || !place ||
	    !silt_grow((void **)&reached->items, reached->count, &reached->capacity, sizeof(*reached->items))) {
		return silt_fail_memory(err);
	}
	reached->items[reached->count++] =
		(struct silt_gap){.place = place, .reason = *text, .limit = silt_limit_name(limit)};
	return SILT_OK;
}

/* "history of app:1", or of the platform if it has no name, or of an image. */
static const char *place_of(const struct silt_case *of, const char *part)
{
	const struct silt_declared_image *declared = silt_case_image(of)->declared;
	struct silt_bytes name = silt_bytes_text("an image");
	if (declared && declared->name_count > 0) {
		name = declared->names[0];
	} else if (declared && declared->platform.len > 0) {
		name = declared->platform;
	}
	struct silt_arena *arena = of->context->arena;
	const char *shown = silt_escape_copy(arena, name);
	return shown ? silt_arena_printf(arena, "%s of %s", part, shown) : NULL;
}

enum silt_status silt_tell_reached(const struct silt_case *of, enum silt_limit_id limit, const char *part,
				   const char *what, struct silt_error *err)
{
	struct silt_telling telling = {
		.rule = "integrity-not-inspectable",
		.severity = SILT_SEVERITY_MEDIUM,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.title = "Image beyond a limit",
		.subject = part,
		.remedy = "Find out why an image needs so much: raise the limit if it is trusted.",
		.identity = silt_bytes_text(silt_limit_name(limit)),
	};
	enum silt_status status = silt_reach(of->context, limit, place_of(of, part), what, &telling.detail, err);
	return status == SILT_OK ? silt_tell_config(of, &telling, part, err) : status;
}

static enum silt_status tell_dropped_of(const struct silt_context *context, struct silt_findings *findings,
					const struct silt_finding_count *count, struct silt_error *err)
{
	const char *place = silt_arena_printf(context->arena, "findings of %s", count->rule);
	const char *what = silt_arena_printf(context->arena, "%llu more were counted and not kept",
					     (unsigned long long)count->dropped);
	struct silt_bytes identity = silt_bytes_text(count->rule);
	struct silt_draft draft = {
		.rule = "integrity-not-inspectable",
		.title = "More findings than are kept",
		.subject = count->rule,
		.remedy = "Mend what is told of, then look again; or raise the limit.",
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.identity = &identity,
		.identity_count = 1,
	};
	if (!what) {
		return silt_fail_memory(err);
	}
	size_t number;
	enum silt_status status = silt_reach(context, SILT_LIMIT_FINDINGS_PER_CHECK, place, what, &draft.detail, err);
	return status == SILT_OK ? silt_findings_add(findings, &draft, &number, err) : status;
}

enum silt_status silt_tell_dropped(const struct silt_context *context, struct silt_findings *findings,
				   struct silt_error *err)
{
	const struct silt_finding_counts *counts = silt_findings_counts(findings);
	enum silt_status status = SILT_OK;
	const size_t rules = counts->count; /* telling may add one */
	for (size_t i = 0; i < rules && status == SILT_OK; i++) {
		const struct silt_finding_count count = counts->items[i];
		if (count.dropped > 0) {
			status = tell_dropped_of(context, findings, &count, err);
		}
	}
	return status;
}
