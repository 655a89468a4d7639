/* Shells under names that are no shell's. */
#include "audit/file_checks.h"

#include "audit/shell_kinds.h"

#include <stdlib.h>

/* A build id that a file called like a shell has, in whatever layer. */
struct known {
	const struct silt_program *program;
	const char *shell;
	struct silt_place place;
};

/* A name of the final tree whose body is a shell. */
struct named {
	struct silt_place content, meta;
	struct silt_bytes path; /* arena */
	const char *shell;
	const struct known *by; /* NULL: by its text */
};

struct state {
	struct silt_case of;
	bool ready;          /* `known` is complete */
	struct known *known; /* owns */
	size_t known_count, known_capacity;
	struct named *names; /* owns */
	size_t count, capacity;
};

static void done(void *ctx)
{
	struct state *state = ctx;
	free(state->known);
	free(state->names);
}

/* ---- Build ids ----------------------------------------------------------------------------------------------------- */

static bool is_elf(const struct silt_program *program)
{
	return program->kind == SILT_PROGRAM_DYNAMIC || program->kind == SILT_PROGRAM_STATIC;
}

static enum silt_status learn(struct state *state, const struct silt_program *program, struct silt_place place,
			      struct silt_error *err)
{
	struct silt_path_room room;
	struct silt_bytes path = silt_path_at(silt_case_image(&state->of), place, &room);
	size_t number = silt_shell_number(path);
	if (number == SILT_SHELLS || !is_elf(program) || program->build_id_len == 0) {
		return SILT_OK;
	}
	struct known known = {program, program->shell ? program->shell : silt_shell_of_number(number), place};
	if (!silt_grow((void **)&state->known, state->known_count, &state->known_capacity, sizeof(known))) {
		return silt_fail_memory(err);
	}
	state->known[state->known_count++] = known;
	return SILT_OK;
}

static enum silt_status learn_all(struct state *state, struct silt_error *err)
{
	const struct silt_audited_image *image = silt_case_image(&state->of);
	enum silt_status status = SILT_OK;
	for (uint32_t layer = 0; layer < image->layer_count; layer++) {
		const struct silt_record *record = image->layers[layer];
		for (size_t i = 0; record && i < record->program_count && status == SILT_OK; i++) {
			const struct silt_program *program = &record->programs[i];
			status = learn(state, program, (struct silt_place){layer, program->entry}, err);
		}
	}
	state->ready = true;
	return status;
}

static const struct known *find_known(const struct state *state, const struct silt_program *program)
{
	struct silt_bytes id = silt_bytes(program->build_id, program->build_id_len);
	for (size_t i = 0; i < state->known_count && id.len > 0; i++) {
		const struct silt_program *other = state->known[i].program;
		if (silt_bytes_equal(id, silt_bytes(other->build_id, other->build_id_len))) {
			return &state->known[i];
		}
	}
	return NULL;
}

/* ---- Collecting ---------------------------------------------------------------------------------------------------- */

static enum silt_status see(void *ctx, const struct silt_file *file, struct silt_error *err)
{
	struct state *state = ctx;
	const struct silt_program *program = silt_program_at(silt_case_image(&state->of), &file->node);
	enum silt_status status = state->ready ? SILT_OK : learn_all(state, err);
	if (status != SILT_OK || !program || !is_elf(program)) {
		return status;
	}
	const struct known *known = program->shell ? NULL : find_known(state, program);
	if (!program->shell && !known) {
		return SILT_OK;
	}
	struct named name = {
		.content = file->node.content,
		.meta = file->node.meta,
		.path = silt_arena_copy(state->of.context->arena, file->path),
		.shell = known ? known->shell : program->shell,
		.by = known,
	};
	if (!name.path.ptr || !silt_grow((void **)&state->names, state->count, &state->capacity, sizeof(name))) {
		return silt_fail_memory(err);
	}
	state->names[state->count++] = name;
	return SILT_OK;
}

/* ---- Telling ------------------------------------------------------------------------------------------------------- */

static int order(const void *left, const void *right)
{
	const struct named *a = left, *b = right;
	int result = silt_place_compare(a->content, b->content);
	return result != 0 ? result : silt_bytes_compare(a->path, b->path);
}

/* Of a shell that is many programs each applet is a link to it, by whatever name, and may be a copy. */
static bool is_many_links(const struct named *names, size_t count)
{
	bool many = false;
	for (size_t i = 0; i < count && silt_is_many_programs(silt_bytes_text(names[0].shell)); i++) {
		many = many || silt_says_shell(names[i].path) || silt_is_applet(silt_path_basename(names[i].path));
	}
	return many;
}

static const char *detail_of(const struct state *state, const struct named *name)
{
	struct silt_arena *arena = state->of.context->arena;
	if (!name->by) {
		return silt_arena_printf(arena, "By the text in it, this program is %s.", name->shell);
	}
	const char *twin = silt_path_text_at(arena, silt_case_image(&state->of), name->by->place);
	return twin ? silt_arena_printf(arena, "It has the build id of %s: this program is %s.", twin, name->shell)
		    : NULL;
}

/* The names of one body. */
static enum silt_status tell(const struct state *state, const struct named *names, size_t count, struct silt_error *err)
{
	const struct named *first = NULL;
	struct silt_telling telling = {
		.rule = "shell-hidden",
		.severity = SILT_SEVERITY_MEDIUM,
		.confidence = SILT_CONFIDENCE_LIKELY,
	};
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		if (silt_says_shell(names[i].path)) {
			continue;
		}
		if (!first) {
			first = &names[i];
			telling.subject = silt_place_text(state->of.context->arena, first->path);
			telling.detail = detail_of(state, first);
			telling.identity = first->path;
		}
		status = telling.detail ? silt_tell_entry(&state->of, &telling, names[i].meta, err)
					: silt_fail_memory(err);
	}
	return status;
}

static enum silt_status end(void *ctx, struct silt_error *err)
{
	const struct state *state = ctx;
	enum silt_status status = SILT_OK;
	if (state->count > 0) {
		qsort(state->names, state->count, sizeof(*state->names), order);
	}
	for (size_t i = 0, next; i < state->count && status == SILT_OK; i = next) {
		for (next = i + 1; next < state->count &&
				   silt_place_compare(state->names[i].content, state->names[next].content) == 0;
		     next++) {
		}
		if (!is_many_links(&state->names[i], next - i)) {
			status = tell(state, &state->names[i], next - i, err);
		}
	}
	return status;
}

const struct silt_file_check silt_files_shells_hidden = {
	.name = "hidden shells",
	.state_size = sizeof(struct state),
	.see = see,
	.end = end,
	.done = done,
};
