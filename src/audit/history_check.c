/* Runs the checks of build instructions, and tells what they find. */
#include "audit/history_checks.h"

#include "audit/checks.h"
#include "base/attributes.h"

#include <assert.h>

static silt_history_fn *const checks[] = {
	silt_history_kept,     silt_history_removals, silt_history_unset,    silt_history_downloads,
	silt_history_copies,   silt_history_packages, silt_history_versions, silt_history_mismatch,
	silt_history_commands, silt_history_style,
};

static enum silt_status check_image(const struct silt_case *of, struct silt_error *err)
{
	const struct silt_context *context = of->context;
	struct silt_build build;
	enum silt_status status = silt_build_read(silt_case_image(of), context->masker, context->arena, &build, err);
	for (size_t i = 0; i < SILT_COUNT(checks) && status == SILT_OK; i++) {
		status = checks[i](of, &build, err);
	}
	silt_build_done(&build);
	return status;
}

enum silt_status silt_check_history(const struct silt_context *context, struct silt_findings *findings,
				    struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < context->image_count && status == SILT_OK; i++) {
		const struct silt_declared_image *declared = context->images[i].declared;
		struct silt_case of = {context, i, findings};
		if (declared && declared->config_member != SILT_MEMBER_NONE) {
			status = check_image(&of, err);
		}
	}
	return status;
}

/* ---- Telling ------------------------------------------------------------------------------------------------------- */

/* The words of a command, or the whole line: what stays the same when the image is built again. */
static struct silt_bytes identity_of(struct silt_history_place place, struct silt_arena *arena)
{
	if (!place.command) {
		return place.step->raw;
	}
	struct silt_buffer words = {0};
	for (size_t i = place.command->outer; i < place.command->count; i++) {
		silt_buffer_add(&words, place.command->words[i].text);
		silt_buffer_add_byte(&words, ' ');
	}
	struct silt_bytes copy = words.failed ? silt_bytes(NULL, 0) : silt_arena_copy(arena, silt_buffer_bytes(&words));
	silt_buffer_done(&words);
	return copy;
}

static const char *subject_of(const struct silt_build *build, struct silt_history_place place, struct silt_arena *arena)
{
	return place.command ? silt_quote_command(build, place.command, arena)
			     : silt_quote_line(build, place.step->raw, arena);
}

enum silt_status silt_tell_line(const struct silt_case *of, const struct silt_telling *telling,
				const struct silt_step *step, struct silt_error *err)
{
	struct silt_sighting sighting;
	enum silt_status status = silt_sight_history(of->context, of->image, step->line, NULL, &sighting, err);
	sighting.note = telling->note ? telling->note : "";
	return status == SILT_OK ? silt_tell(of, telling, &sighting, err) : status;
}

enum silt_status silt_tell_step(const struct silt_case *of, const struct silt_build *build,
				const struct silt_telling *telling, struct silt_history_place place,
				struct silt_error *err)
{
	struct silt_telling full = *telling;
	assert(!telling->subject);
	full.subject = subject_of(build, place, of->context->arena);
	full.identity = identity_of(place, of->context->arena);
	return full.identity.ptr ? silt_tell_line(of, &full, place.step, err) : silt_fail_memory(err);
}
