/* Files that the history says it removed, and that are there. */
#include "audit/history_checks.h"

#include "audit/reached.h"
#include "audit/removal.h"

/* What may not have run cannot be held against anybody: "if ...; then rm x; fi", "a || rm x". */
static bool is_conditional(const struct silt_removal *removal)
{
	struct silt_bytes text = removal->step->raw;
	return removal->command->before == SILT_SHELL_OR || silt_bytes_find(text, SILT_LITERAL("then ")) != SIZE_MAX ||
	       silt_bytes_find(text, SILT_LITERAL("then\n")) != SIZE_MAX ||
	       silt_bytes_find(text, SILT_LITERAL("esac")) != SIZE_MAX;
}

static const char *describe(const struct silt_removal *removal, struct silt_arena *arena)
{
	const char *again = removal->secret ? " One that holds a secret is back." : "";
	return removal->count == 1
		       ? silt_arena_printf(arena, "History line %zu removes it, yet it is there.%s",
					   removal->step->line + 1, removal->secret ? " It holds a secret." : "")
		       : silt_arena_printf(arena, "History line %zu removes it, yet %zu files of it are there.%s",
					   removal->step->line + 1, removal->count, again);
}

static enum silt_status tell_removal(const struct silt_case *of, const struct silt_build *build,
				     const struct silt_removal *removal, struct silt_error *err)
{
	struct silt_arena *arena = of->context->arena;
	struct silt_bytes path = removal->count == 1 ? removal->first : removal->path;
	struct silt_telling telling = {
		.rule = "history-rm-not-effective",
		.severity = removal->secret ? SILT_SEVERITY_HIGH : SILT_SEVERITY_LOW,
		.confidence = removal->secret ? SILT_CONFIDENCE_LIKELY : SILT_CONFIDENCE_POSSIBLE,
		.subject = silt_place_text(arena, path),
		.detail = describe(removal, arena),
		.identity = path,
	};
	struct silt_sighting sighting;
	enum silt_status status = silt_sight_entry(of->context, of->image, removal->place, &sighting, err);
	if (status != SILT_OK) {
		return status;
	}
	sighting.resurrected = true;
	sighting.hidden_by = silt_removal_text(build, removal, arena);
	return telling.detail && sighting.hidden_by ? silt_tell(of, &telling, &sighting, err) : silt_fail_memory(err);
}

static enum silt_status tell_cut(const struct silt_case *of, enum silt_limit_id limit, struct silt_error *err)
{
	struct silt_telling telling = {
		.rule = "history-incomplete",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = "history",
		.detail = "It removes more of what is there than the limits allow to compare with the filesystem; the "
			  "rest was not compared.",
	};
	enum silt_status status = silt_tell_config(of, &telling, "history", err);
	return status == SILT_OK ? silt_tell_reached(of, limit, "history",
						     "the rest of what the history says it removed was not compared "
						     "with the filesystem",
						     err)
				 : status;
}

enum silt_status silt_history_removals(const struct silt_case *of, const struct silt_build *build,
				       struct silt_error *err)
{
	struct silt_removals removals;
	enum silt_status status = silt_removals_find(build, of->context->arena, &removals, err);
	for (size_t i = 0; i < removals.count && status == SILT_OK; i++) {
		const struct silt_removal *removal = &removals.items[i];
		if (removal->count > 0 && (removal->secret || !is_conditional(removal))) {
			status = tell_removal(of, build, removal, err);
		}
	}
	if (status == SILT_OK && removals.cut != SILT_LIMIT_NONE) {
		status = tell_cut(of, removals.cut, err);
	}
	silt_removals_done(&removals);
	return status;
}
