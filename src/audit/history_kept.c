/* Whether a history is whole, and whether its image was squashed. */
#include "audit/history_checks.h"

#include "audit/reached.h"
#include "audit/squash.h"

static const char *count_lines(const struct silt_config *config, size_t layers, struct silt_arena *arena)
{
	bool one = config->history_layers == 1;
	return silt_arena_printf(arena, "%zu history %s a layer; the image has %zu.", config->history_layers,
				 one ? "entry claims" : "entries claim", layers);
}

/* Why it is not whole; NULL if it is. */
static const char *describe_gap(const struct silt_case *of, const struct silt_build *build, bool *failed)
{
	const struct silt_config *config = silt_case_config(of);
	struct silt_arena *arena = of->context->arena;
	size_t layers = silt_case_image(of)->layer_count;
	const char *text = NULL;
	if (config->history_count == 0 && layers > 0) {
		return "The config keeps none: nothing tells how the layers came about.";
	}
	if (config->history_count > 0 && config->history_layers != layers) {
		text = count_lines(config, layers, arena);
		*failed = !text;
	} else if (build->cut != SILT_LIMIT_NONE) {
		return "It is longer than the limits allow; what is beyond was searched for secrets, and not looked at "
		       "otherwise.";
	}
	return text;
}

static enum silt_status check_whole(const struct silt_case *of, const struct silt_build *build, struct silt_error *err)
{
	bool failed = false;
	struct silt_telling telling = {
		.rule = "history-incomplete",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = "history",
		.detail = describe_gap(of, build, &failed),
	};
	if (failed) {
		return silt_fail_memory(err);
	}
	enum silt_status status = telling.detail ? silt_tell_config(of, &telling, "history", err) : SILT_OK;
	if (status == SILT_OK && build->cut != SILT_LIMIT_NONE) {
		status = silt_tell_reached(
			of, build->cut, "history",
			"the rest of the history was searched for secrets, and not looked at otherwise", err);
	}
	return status;
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
