/* Variables that a later line takes back, in vain: each line is a new environment made from the config. */
#include "audit/history_checks.h"

#include "audit/credential.h"
#include "audit/line_matches.h"
#include "base/escape.h"

#include <stdlib.h>

/* Where a name has a value that lasts: in Env, or in the text of a line that exports it. */
struct holder {
	struct silt_bytes name, value;
	const struct silt_step *step; /* NULL: Env */
};

struct holders {
	struct holder *items; /* owns; by name, Env before the lines, those in their order */
	size_t count, capacity;
};

static bool add_pair(struct holders *holders, struct silt_bytes pair, const struct silt_step *step)
{
	struct holder holder = {.value = pair, .step = step};
	if (!silt_bytes_cut(&holder.value, '=', &holder.name) || holder.value.len == 0) {
		return true;
	}
	if (!silt_grow((void **)&holders->items, holders->count, &holders->capacity, sizeof(holder))) {
		return false;
	}
	holders->items[holders->count++] = holder;
	return true;
}

static bool add_exports(struct holders *holders, const struct silt_step *step)
{
	bool ok = true;
	for (size_t c = 0; c < step->command_count; c++) {
		const struct silt_command *command = &step->commands[c];
		bool exports = silt_command_is(command, "export");
		for (size_t w = command->program + 1; exports && w < command->count && ok; w++) {
			ok = add_pair(holders, command->words[w].text, step);
		}
	}
	return ok;
}

static int order_holders(const void *left, const void *right)
{
	const struct holder *a = left, *b = right;
	int order = silt_bytes_compare(a->name, b->name);
	return order != 0 ? order : (a->step > b->step) - (a->step < b->step);
}

static bool list_holders(const struct silt_config *config, const struct silt_build *build, struct holders *out)
{
	bool ok = true;
	for (size_t i = 0; i < config->env_count && ok; i++) {
		ok = add_pair(out, config->env[i], NULL);
	}
	for (size_t i = 0; i < build->count && ok; i++) {
		ok = add_exports(out, &build->steps[i]);
	}
	if (ok && out->count > 1) {
		qsort(out->items, out->count, sizeof(*out->items), order_holders);
	}
	return ok;
}

/* The first holder of a name; NULL if it has none, or only lines from `step` on. */
static const struct holder *find_holder(const struct holders *holders, struct silt_bytes name,
					const struct silt_step *step)
{
	size_t low = 0, high = holders->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (silt_bytes_compare(holders->items[middle].name, name) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	const struct holder *first = &holders->items[low];
	bool found = low < holders->count && silt_bytes_equal(first->name, name);
	return found && (!first->step || first->step < step) ? first : NULL;
}

static enum silt_status is_secret(const struct silt_case *of, const struct holder *holder, bool *out,
				  struct silt_error *err)
{
	enum silt_confidence confidence;
	*out = silt_looks_like_credential(holder->name, holder->value, &confidence);
	if (*out) {
		return SILT_OK;
	}
	struct silt_line_matches matches;
	enum silt_status status = silt_line_matches_init(&matches, of->context->matcher, err);
	if (status == SILT_OK) {
		status = silt_line_matches_find(&matches, holder->value, err);
		*out = matches.count > 0;
	}
	silt_line_matches_done(&matches);
	return status;
}

static enum silt_status tell(const struct silt_case *of, const struct silt_step *step, const struct holder *holder,
			     struct silt_error *err)
{
	struct silt_arena *arena = of->context->arena;
	bool secret = false;
	enum silt_status status = is_secret(of, holder, &secret, err);
	const char *place = holder->step ? silt_arena_printf(arena, "history line %zu", holder->step->line + 1) : "Env";
	if (status != SILT_OK || !place) {
		return status != SILT_OK ? status : silt_fail_memory(err);
	}
	struct silt_telling telling = {
		.rule = "history-unset-not-effective",
		.severity = secret ? SILT_SEVERITY_MEDIUM : SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = silt_escape_cut(arena, holder->name, SILT_QUOTE_MAX),
		.detail = silt_arena_printf(arena,
					    "History line %zu unsets it for the rest of that RUN alone; %s still "
					    "has its value.",
					    step->line + 1, place),
		.identity = holder->name,
	};
	return telling.detail ? silt_tell_line(of, &telling, step, err) : silt_fail_memory(err);
}

static enum silt_status check_command(const struct silt_case *of, const struct holders *holders,
				      struct silt_history_place place, struct silt_error *err)
{
	const struct silt_command *command = place.command;
	bool unsets = silt_command_is(command, "unset") && !command->substituted;
	enum silt_status status = SILT_OK;
	for (size_t i = command->program + 1; unsets && i < command->count && status == SILT_OK; i++) {
		const struct holder *holder = find_holder(holders, command->words[i].text, place.step);
		status = holder ? tell(of, place.step, holder, err) : SILT_OK;
	}
	return status;
}

enum silt_status silt_history_unset(const struct silt_case *of, const struct silt_build *build, struct silt_error *err)
{
	struct holders holders = {0};
	bool ok = list_holders(silt_case_config(of), build, &holders);
	enum silt_status status = ok ? SILT_OK : silt_fail_memory(err);
	for (size_t i = 0; i < build->count && status == SILT_OK; i++) {
		const struct silt_step *step = &build->steps[i];
		for (size_t c = 0; silt_step_is_own(step) && c < step->command_count && status == SILT_OK; c++) {
			struct silt_history_place place = {step, &step->commands[c]};
			status = check_command(of, &holders, place, err);
		}
	}
	free(holders.items);
	return status;
}
