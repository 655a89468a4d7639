/* Whether a history is whole, and whether its image was squashed. */
#include "audit/history_checks.h"

#include "audit/squash.h"
#include "base/limits.h"

/* NULL in `*detail` if there is nothing to tell, or memory ran out. */
static const char *describe_gap(const struct silt_config *config, const struct silt_build *build,
				struct silt_arena *arena, const char **detail)
{
	*detail = NULL;
	if (config->history_count == 0 && config->diff_id_count > 0) {
		*detail = "The config keeps no history: nothing tells how its layers came about.";
		return "no history";
	}
	if (config->history_count > 0 && config->history_layers != config->diff_id_count) {
		*detail = "Its lines cannot be told apart by layer, so nothing says which instruction made which file.";
		return silt_arena_printf(arena, "%zu history lines with a layer, %zu layers", config->history_layers,
					 config->diff_id_count);
	}
	if (build->cut) {
		*detail = silt_arena_printf(arena,
					    "It has more than %d lines, or %d words of commands; what is beyond was "
					    "searched for secrets, and not looked at otherwise.",
					    SILT_HISTORY_LINES_MAX, SILT_HISTORY_WORDS_MAX);
		return "a history too long to read";
	}
	return NULL;
}

static enum silt_status check_whole(const struct silt_case *of, const struct silt_build *build, struct silt_error *err)
{
	const char *detail;
	const char *subject = describe_gap(silt_case_config(of), build, of->context->arena, &detail);
	if (!detail && !subject) {
		return SILT_OK;
	}
	struct silt_telling telling = {
		.rule = "history-incomplete",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = subject,
		.detail = detail,
	};
	return detail ? silt_tell_config(of, &telling, "history", err) : silt_fail_memory(err);
}

static enum silt_status check_squash(const struct silt_case *of, struct silt_error *err)
{
	struct silt_squash squash = silt_squash_of(silt_case_image(of));
	if (!squash.tool) {
		return SILT_OK;
	}
	const char *count = squash.without == 1
				    ? "1 instruction that ran or copied something has"
				    : silt_arena_printf(of->context->arena,
							"%zu instructions that ran or copied something have",
							squash.without);
	struct silt_telling telling = {
		.rule = "history-squashed",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.subject = squash.tool,
	};
	if (count) {
		telling.detail = squash.without > 0 ? silt_arena_printf(of->context->arena,
									"History line %zu %s; %s no layer of its own.",
									squash.line + 1, squash.sign, count)
						    : silt_arena_printf(of->context->arena, "History line %zu %s.",
									squash.line + 1, squash.sign);
	}
	return telling.detail ? silt_tell_history(of, &telling, squash.line, err) : silt_fail_memory(err);
}

enum silt_status silt_history_kept(const struct silt_case *of, const struct silt_build *build, struct silt_error *err)
{
	enum silt_status status = check_whole(of, build, err);
	return status == SILT_OK ? check_squash(of, err) : status;
}
