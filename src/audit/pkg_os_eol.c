/* Distributions that nobody mends any more. */
#include "audit/checks.h"
#include "audit/os_eol.h"
#include "audit/os_release.h"
#include "audit/tell.h"

static enum silt_status check_image(const struct silt_case *of, struct silt_error *err)
{
	struct silt_os_release release;
	struct silt_arena *arena = of->context->arena;
	const char *last_day = NULL;
	if (silt_os_release_of(silt_case_image(of), &release)) {
		last_day = silt_os_eol(release.id, release.version, release.name);
	}
	if (!last_day || !silt_day_is_over(last_day, of->context->now)) {
		return SILT_OK;
	}
	struct silt_telling telling = {
		.rule = "pkg-os-eol",
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_LIKELY,
		/* Both stand in the table, which is plain text. */
		.subject = silt_arena_printf(arena, "%.*s %.*s", (int)release.id.len, (const char *)release.id.ptr,
					     (int)release.version.len, (const char *)release.version.ptr),
		.detail = silt_arena_printf(arena,
					    "Its support ended on %s; by the table that silt has, which is of %s.",
					    last_day, silt_os_eol_as_of),
	};
	return silt_tell_entry(of, &telling, release.place, err);
}

enum silt_status silt_check_os_eol(const struct silt_context *context, struct silt_findings *findings,
				   struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t image = 0; context->now != 0 && image < context->image_count && status == SILT_OK; image++) {
		struct silt_case of = {context, image, findings};
		status = check_image(&of, err);
	}
	return status;
}
