/*
 * Fuzz target: a line of history. What is cut out of it lies within it, comes in its order, and the value of a build
 * argument ends no later than silt_line_build_args says. Read as a step (a NUL divides it from its comment), its
 * commands stand in the order that history.h promises, and can be quoted and asked for what they remove.
 */
#include "audit/credential.h"
#include "audit/history_line.h"
#include "audit/history_quote.h"
#include "audit/removal_read.h"
#include "audit/squash.h"
#include "base/limits.h"

#include <stdlib.h>

/* Offset of `part` in `line`. */
static size_t place_in(struct silt_bytes line, struct silt_bytes part)
{
	if (part.len == 0) {
		return 0;
	}
	if (part.ptr < line.ptr || part.len > line.len || (size_t)(part.ptr - line.ptr) > line.len - part.len) {
		abort();
	}
	return (size_t)(part.ptr - line.ptr);
}

static void demand(bool holds)
{
	if (!holds) {
		abort();
	}
}

static enum silt_status meet_removal(void *ctx, const struct silt_removal *removal, struct silt_error *err)
{
	(void)ctx;
	(void)err;
	demand(removal->path.len <= SILT_PATH_MAX && silt_bytes_find(removal->path, SILT_LITERAL("//")) == SIZE_MAX);
	return SILT_OK;
}

static void look_at_step(const struct silt_build *build, const struct silt_step *step, struct silt_arena *arena)
{
	for (size_t i = 0; i < step->command_count; i++) {
		const struct silt_command *command = &step->commands[i];
		demand(command->outer <= command->program && command->program <= command->count);
		demand(command->previous == SIZE_MAX ||
		       (command->previous < i && step->commands[command->previous].script == command->script));
		demand(command->depth < SILT_HISTORY_DEPTH_MAX && (command->within < i || command->depth == 0));
		demand(silt_quote_command(build, command, arena) != NULL);
	}
	demand(silt_quote_line(build, step->raw, arena) != NULL);
}

static void read_as_step(struct silt_bytes line)
{
	struct silt_arena arena = {0};
	struct silt_error err;
	struct silt_bytes comment = line;
	struct silt_history history = {0};
	silt_bytes_cut(&comment, '\0', &history.created_by);
	history.comment = comment;
	struct silt_declared_image declared = {
		.config = {.history = &history, .history_count = 1, .history_layers = 1, .diff_id_count = 1},
		.config_member = SILT_MEMBER_NONE,
	};
	struct silt_audited_image image = {.declared = &declared};
	struct silt_build build;
	demand(silt_build_read(&image, NULL, &arena, &build, &err) == SILT_OK);
	for (size_t i = 0; i < build.count; i++) {
		look_at_step(&build, &build.steps[i], &arena);
	}
	demand(silt_removals_read(&build, meet_removal, NULL, &err) == SILT_OK);
	silt_squash_of(&image);
	silt_build_done(&build);
	silt_arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct silt_bytes line = silt_bytes(data, size);
	read_as_step(line);
	size_t arguments_end = silt_line_build_args(line);
	if (arguments_end > size) {
		abort();
	}
	struct silt_assignments walk = silt_assignments_of(line);
	struct silt_assignment found;
	bool in_arguments = true;
	size_t behind = 0;
	while (silt_assignment_next(&walk, &found)) {
		size_t name = place_in(line, found.name);
		size_t value = place_in(line, found.value);
		if (found.name.len == 0 || name < behind || (found.value.len > 0 && value <= name)) {
			abort();
		}
		in_arguments = in_arguments && found.kind == SILT_ASSIGNMENT_BUILD_ARG;
		if (in_arguments && value + found.value.len > arguments_end) {
			abort();
		}
		behind = name + found.name.len;
		enum silt_confidence confidence = SILT_CONFIDENCE_LIKELY;
		if (silt_looks_like_credential(found.name, found.value, &confidence) &&
		    confidence > SILT_CONFIDENCE_LIKELY) {
			abort(); /* a name proves nothing */
		}
	}
	return 0;
}
