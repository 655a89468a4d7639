/* The lines of a history as steps of a build. */
#include "audit/history.h"

#include "audit/history_words.h"
#include "base/ascii.h"
#include "base/json.h"
#include "base/limits.h"

#include <stdlib.h>

static const struct {
	const char *word;
	enum silt_step_kind kind;
} keywords[] = {
	{"RUN", SILT_STEP_RUN},
	{"COPY", SILT_STEP_COPY},
	{"ADD", SILT_STEP_ADD},
	{"ENV", SILT_STEP_ENV},
	{"ARG", SILT_STEP_ARG},
	{"USER", SILT_STEP_USER},
	{"CMD", SILT_STEP_CMD},
	{"ENTRYPOINT", SILT_STEP_ENTRYPOINT},
	{"WORKDIR", SILT_STEP_WORKDIR},
	{"LABEL", SILT_STEP_LABEL},
	{"HEALTHCHECK", SILT_STEP_HEALTHCHECK},
	{"EXPOSE", SILT_STEP_EXPOSE},
	{"VOLUME", SILT_STEP_VOLUME},
	{"ONBUILD", SILT_STEP_ONBUILD},
	{"MAINTAINER", SILT_STEP_MAINTAINER},
	{"SHELL", SILT_STEP_SHELL},
	{"STOPSIGNAL", SILT_STEP_STOPSIGNAL},
};

/* A line as it stands in a config, or in the comment that crane flatten left. */
struct line {
	struct silt_history history;
	size_t number;
	bool embedded;
};

struct reader {
	const struct silt_audited_image *image;
	const struct silt_config *config;
	struct silt_arena *arena;
	struct silt_build *build;
	struct line *lines; /* owns */
	size_t count, capacity;
	struct silt_words_budget budget;
	bool docker;     /* some line is one of docker's */
	bool has_rootfs; /* the step that could be it has come */
	size_t layer;    /* that the next step which is not empty made */
};

/* ---- Lines --------------------------------------------------------------------------------------------------------- */

static bool add_line(struct reader *reader, const struct silt_history *history, size_t number, bool embedded)
{
	if (reader->count == silt_image_limit(reader->image, SILT_LIMIT_HISTORY_LINES)) {
		reader->build->cut = SILT_LIMIT_HISTORY_LINES;
		return true;
	}
	if (!silt_grow((void **)&reader->lines, reader->count, &reader->capacity, sizeof(*reader->lines))) {
		return false;
	}
	reader->lines[reader->count++] = (struct line){*history, number, embedded};
	return true;
}

static struct silt_bytes copy_field(struct reader *reader, const struct silt_json_value *object, const char *name,
				    bool *ok)
{
	struct silt_bytes copy = silt_arena_copy(reader->arena, silt_json_string(silt_json_get(object, name)));
	*ok = *ok && copy.ptr;
	return copy;
}

static bool add_embedded(struct reader *reader, const struct silt_json_value *list, size_t number)
{
	bool ok = true;
	for (size_t i = 0; i < silt_json_count(list) && ok; i++) {
		const struct silt_json_value *item = silt_json_at(list, i);
		struct silt_history history = {
			.created_by = copy_field(reader, item, "created_by", &ok),
			.comment = copy_field(reader, item, "comment", &ok),
			.author = copy_field(reader, item, "author", &ok),
			.empty_layer = silt_json_true(silt_json_get(item, "empty_layer")),
		};
		ok = ok && add_line(reader, &history, number, true);
	}
	return ok;
}

/* crane flatten keeps the history it replaces: as JSON, in the comment of the one line that is left. */
static enum silt_status add_old_history(struct reader *reader, struct silt_bytes comment, size_t number,
					struct silt_error *err)
{
	struct silt_json *document = NULL;
	if (comment.len == 0 || comment.ptr[0] != '[') {
		return SILT_OK;
	}
	enum silt_status status = silt_json_parse(comment, &document, NULL);
	if (status != SILT_OK) {
		return status == SILT_ERR_MEMORY ? silt_fail_memory(err) : SILT_OK;
	}
	bool ok = add_embedded(reader, silt_json_root(document), number);
	silt_json_free(document);
	return ok ? SILT_OK : silt_fail_memory(err);
}

static enum silt_status list_lines(struct reader *reader, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < reader->config->history_count && status == SILT_OK; i++) {
		const struct silt_history *history = &reader->config->history[i];
		status = add_old_history(reader, silt_bytes_trim(history->comment), i, err);
		if (status == SILT_OK && !add_line(reader, history, i, false)) {
			status = silt_fail_memory(err);
		}
	}
	for (size_t i = 0; i < reader->count; i++) {
		enum silt_builder builder = silt_builder_of_line(reader->config, &reader->lines[i].history);
		reader->docker = reader->docker || builder == SILT_BUILDER_CLASSIC;
	}
	return status;
}

/* ---- Steps --------------------------------------------------------------------------------------------------------- */

static enum silt_step_kind kind_of(struct silt_bytes text, struct silt_bytes *arguments)
{
	struct silt_bytes rest = text, word = {0};
	silt_bytes_cut(&rest, ' ', &word);
	for (size_t i = 0; i < SILT_COUNT(keywords); i++) {
		if (silt_bytes_equal_nocase(word, silt_bytes_text(keywords[i].word))) {
			*arguments = silt_bytes_trim(rest);
			return keywords[i].kind;
		}
	}
	*arguments = text;
	return SILT_STEP_OTHER;
}

enum silt_step_kind silt_step_kind_of(const struct silt_history *line)
{
	struct silt_bytes arguments;
	struct silt_instruction instruction = silt_history_read(line);
	return instruction.runs ? SILT_STEP_RUN : kind_of(instruction.text, &arguments);
}

/*
 * A RUN without a shell leaves nothing but its words, and docker commit those of the container: what ran, in either
 * case.
 */
static bool is_bare_command(const struct reader *reader, const struct line *line, const struct silt_step *step)
{
	return step->kind == SILT_STEP_OTHER && step->builder == SILT_BUILDER_UNKNOWN && reader->docker &&
	       silt_bytes_trim(line->history.created_by).len > 0;
}

/*
 * The first thing that fills the image, if it goes to the root, is the base itself: "ADD file:1 in /". buildah without
 * --layers gives its layer to a later line.
 */
static bool is_rootfs(struct reader *reader, const struct silt_step *step)
{
	bool copies = step->kind == SILT_STEP_ADD || step->kind == SILT_STEP_COPY;
	bool fills = !step->empty || copies || step->kind == SILT_STEP_RUN;
	bool first = fills && !reader->has_rootfs;
	reader->has_rootfs = reader->has_rootfs || fills;
	return first && copies && silt_bytes_end_with(step->arguments, SILT_LITERAL(" /"));
}

static enum silt_status read_instruction(const struct reader *reader, const struct line *line, struct silt_step *step,
					 struct silt_error *err)
{
	struct silt_buffer buffer = {0};
	silt_history_instruction(&line->history, &buffer);
	struct silt_bytes text = silt_arena_copy(reader->arena, silt_buffer_bytes(&buffer));
	bool failed = buffer.failed || !text.ptr;
	silt_buffer_done(&buffer);
	if (failed) {
		return silt_fail_memory(err);
	}
	step->raw = text;
	step->kind = kind_of(text, &step->arguments);
	return SILT_OK;
}

static enum silt_status read_commands(struct reader *reader, struct silt_step *step, struct silt_error *err)
{
	if (step->kind != SILT_STEP_RUN || silt_bytes_equal_nocase(reader->config->os, SILT_LITERAL("windows"))) {
		return SILT_OK;
	}
	return silt_words_read(step->arguments, reader->arena, &reader->budget, step, err);
}

static enum silt_status read_step(struct reader *reader, const struct line *line, struct silt_step *step,
				  struct silt_error *err)
{
	bool has_layer = !line->history.empty_layer && !line->embedded;
	*step = (struct silt_step){
		.line = line->number,
		.layer = SIZE_MAX,
		.builder = silt_builder_of_line(reader->config, &line->history),
		.heritage = silt_heritage_of_line(reader->image, line->number),
		.empty = line->history.empty_layer,
		.embedded = line->embedded,
		.comment = line->history.comment,
	};
	if (has_layer && reader->build->attributed) {
		step->layer = reader->layer++;
	}
	enum silt_status status = read_instruction(reader, line, step, err);
	if (status != SILT_OK) {
		return status;
	}
	if (is_bare_command(reader, line, step)) {
		step->kind = SILT_STEP_RUN;
	}
	step->rootfs = is_rootfs(reader, step);
	if (step->builder != SILT_BUILDER_UNKNOWN) {
		reader->build->builder = step->builder;
	}
	return read_commands(reader, step, err);
}

static enum silt_status read_steps(struct reader *reader, struct silt_error *err)
{
	struct silt_step *steps = silt_arena_alloc(reader->arena, reader->count * sizeof(*steps));
	if (!steps) {
		return silt_fail_memory(err);
	}
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < reader->count && status == SILT_OK; i++) {
		status = read_step(reader, &reader->lines[i], &steps[i], err);
	}
	reader->build->steps = steps;
	reader->build->count = reader->count;
	if (reader->budget.spent && reader->build->cut == SILT_LIMIT_NONE) {
		reader->build->cut = SILT_LIMIT_HISTORY_WORDS;
	}
	return status;
}

enum silt_status silt_build_read(const struct silt_audited_image *image, const struct silt_matcher *matcher,
				 struct silt_arena *arena, struct silt_build *out, struct silt_error *err)
{
	*out = (struct silt_build){.image = image};
	if (!image->declared) {
		return SILT_OK;
	}
	struct reader reader = {
		.image = image,
		.config = &image->declared->config,
		.arena = arena,
		.build = out,
		.budget = {.left = silt_image_limit(image, SILT_LIMIT_HISTORY_WORDS)},
	};
	out->attributed = image->layer_count > 0 && reader.config->history_layers == image->layer_count;
	enum silt_status status = silt_redactor_init(&out->redactor, image->declared, matcher, err);
	if (status == SILT_OK) {
		status = list_lines(&reader, err);
	}
	if (status == SILT_OK) {
		status = read_steps(&reader, err);
	}
	free(reader.lines);
	return status;
}

void silt_build_done(struct silt_build *build)
{
	silt_redactor_done(&build->redactor);
}

/* ---- Words --------------------------------------------------------------------------------------------------------- */

struct silt_bytes silt_command_name(const struct silt_command *command)
{
	bool none = command->program >= command->count;
	return none ? silt_bytes(NULL, 0) : silt_path_basename(command->words[command->program].text);
}

bool silt_command_is(const struct silt_command *command, const char *names)
{
	return silt_is_word_of(silt_command_name(command), names);
}

struct silt_copy silt_copy_read(struct silt_bytes arguments)
{
	struct silt_bytes rest = arguments, word = {0};
	while (silt_bytes_start_with(rest, SILT_LITERAL("--")) && silt_bytes_cut(&rest, ' ', &word)) {
		arguments = rest = silt_bytes_trim(rest);
	}
	size_t blank = silt_bytes_find_last_byte(arguments, ' ');
	struct silt_copy copy = {.target = silt_bytes_slice(arguments, blank == SIZE_MAX ? 0 : blank + 1, SIZE_MAX)};
	copy.sources = silt_bytes_trim(silt_bytes_slice(arguments, 0, blank == SIZE_MAX ? 0 : blank));
	copy.hashed = silt_bytes_end_with(copy.sources, SILT_LITERAL(" in"));
	return copy;
}
