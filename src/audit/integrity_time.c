/* Times that cannot be: of the config, of its history, of files. */
#include "audit/integrity.h"

#include "audit/gathering.h"
#include "base/date.h"

enum {
	/* Clocks of builders differ, and times are written with and without a zone. */
	TOLERANCE = 24 * 60 * 60,
};

/* Reproducible builds write 0 or 1980-01-01, the first day that zip files know. */
#define YEAR_1981 INT64_C(347155200)

/* A moment of the config. False if it says nothing: null, not a date, or one of a reproducible build. */
static bool read_moment(struct silt_bytes text, int64_t *seconds)
{
	return silt_date_read(text, seconds) && *seconds >= YEAR_1981;
}

static const char *day_text(struct silt_arena *arena, int64_t seconds)
{
	char day[SILT_DATE_SIZE];
	return silt_arena_printf(arena, "%s", silt_date_text(seconds, day));
}

/* ---- The future ---------------------------------------------------------------------------------------------------- */

static bool is_future(const struct silt_context *context, int64_t seconds)
{
	return context->now > 0 && seconds > context->now && seconds - context->now > TOLERANCE;
}

static enum silt_status tell_created(const struct silt_case *of, int64_t created, struct silt_error *err)
{
	struct silt_arena *arena = of->context->arena;
	const char *day = day_text(arena, created), *today = day_text(arena, of->context->now);
	struct silt_telling telling = {
		.rule = "integrity-time",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.subject = "image of the future",
		.detail = day && today
				  ? silt_arena_printf(arena, "The config says that it was created on %s; today is %s.",
						      day, today)
				  : NULL,
	};
	return telling.detail ? silt_tell_config(of, &telling, "created", err) : silt_fail_memory(err);
}

/* Files of the future, in any layer. */
static enum silt_status check_files(const struct silt_case *of, struct silt_error *err)
{
	const struct silt_audited_image *image = silt_case_image(of);
	struct silt_arena *arena = of->context->arena;
	struct silt_gathering files = {0};
	for (uint32_t layer = 0; layer < image->layer_count; layer++) {
		const struct silt_record *record = image->layers[layer];
		for (uint32_t i = 0; record && i < record->entry_count; i++) {
			if (is_future(of->context, silt_entry_mtime(record, &record->entries[i]))) {
				silt_gather(&files, (struct silt_place){layer, i}, 0);
			}
		}
	}
	if (files.count == 0) {
		return SILT_OK;
	}
	const struct silt_record *first = image->layers[files.places[0].layer];
	const char *day = day_text(arena, silt_entry_mtime(first, silt_entry_at(image, files.places[0])));
	const char *today = day_text(arena, of->context->now);
	struct silt_telling telling = {
		.rule = "integrity-time",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.subject = silt_gathering_subject(&files, of),
		.detail = day && today ? silt_arena_printf(arena, "It was last changed on %s; today is %s.", day, today)
				       : NULL,
		.identity = SILT_LITERAL("files of the future"),
	};
	return telling.detail ? silt_tell_gathering(of, &telling, &files, err) : silt_fail_memory(err);
}

/* ---- History ------------------------------------------------------------------------------------------------------- */

static enum silt_status tell_back(const struct silt_case *of, size_t line, int64_t before, int64_t moment,
				  struct silt_error *err)
{
	struct silt_arena *arena = of->context->arena;
	const char *earlier = day_text(arena, before), *day = day_text(arena, moment);
	struct silt_telling telling = {
		.rule = "integrity-time",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.subject = "history goes back in time",
		.detail = earlier && day
				  ? silt_arena_printf(arena,
						      "Line %zu of the history is of %s, a line before it of %s: "
						      "a layer came from a cache, or lines were put together.",
						      line + 1, day, earlier)
				  : NULL,
	};
	return telling.detail ? silt_tell_history(of, &telling, line, err) : silt_fail_memory(err);
}

static enum silt_status check_history(const struct silt_case *of, struct silt_error *err)
{
	const struct silt_config *config = silt_case_config(of);
	int64_t latest = 0;
	for (size_t line = 0; line < config->history_count; line++) {
		int64_t moment;
		if (!read_moment(config->history[line].created, &moment)) {
			continue;
		}
		if (latest - moment > TOLERANCE) {
			return tell_back(of, line, latest, moment, err);
		}
		latest = moment > latest ? moment : latest;
	}
	return SILT_OK;
}

/* ---- All of them --------------------------------------------------------------------------------------------------- */

enum silt_status silt_integrity_of_times(const struct silt_context *context, struct silt_findings *findings,
					 struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t image = 0; image < context->image_count && status == SILT_OK; image++) {
		struct silt_case of = {context, image, findings};
		int64_t created;
		if (read_moment(silt_case_config(&of)->created, &created) && is_future(context, created)) {
			status = tell_created(&of, created, err);
		}
		if (status == SILT_OK) {
			status = check_files(&of, err);
		}
		if (status == SILT_OK) {
			status = check_history(&of, err);
		}
	}
	return status;
}
