/* Packages that are installed in whatever version is current: one finding for all of an image. */
#include "audit/history_checks.h"

#include "audit/manager.h"
#include "base/ascii.h"
#include "base/limits.h"

#include <stdlib.h>

enum { LISTED_MAX = 8 };

static bool has_one_of(struct silt_bytes word, const char *set)
{
	for (size_t i = 0; i < word.len; i++) {
		if (silt_is_one_of(word.ptr[i], set)) {
			return true;
		}
	}
	return false;
}

/* "curl-7.61.1", not "java-headless". */
static bool has_version_behind_dash(struct silt_bytes word)
{
	for (size_t i = 1; i + 1 < word.len; i++) {
		if (word.ptr[i] == '-' && silt_is_digit(word.ptr[i + 1]) &&
		    silt_bytes_find_byte(silt_bytes_slice(word, i, word.len), '.') != SIZE_MAX) {
			return true;
		}
	}
	return word.len > 0 && word.ptr[0] == '@'; /* a group of packages */
}

static bool is_pinned(enum silt_pin pin, struct silt_bytes word)
{
	switch (pin) {
	case SILT_PIN_NONE:
		return true;
	case SILT_PIN_EQUALS:
		return has_one_of(word, "=/");
	case SILT_PIN_APK:
		return has_one_of(word, "=<>~/@");
	case SILT_PIN_RPM:
		return has_one_of(word, "=/") || has_version_behind_dash(word);
	case SILT_PIN_ZYPPER:
		return has_one_of(word, "=<>/");
	case SILT_PIN_PYTHON:
		return has_one_of(word, "=<>~!@/");
	case SILT_PIN_NPM:
		return silt_bytes_find_byte(silt_bytes_slice(word, 1, word.len), '@') != SIZE_MAX;
	case SILT_PIN_GEM:
		return has_one_of(word, ":");
	case SILT_PIN_GO:
		return silt_bytes_begin(word, ".") || (silt_bytes_find_byte(word, '@') != SIZE_MAX &&
						       !silt_bytes_end_with(word, SILT_LITERAL("@latest")));
	}
	return true;
}

/* A scope of npm ("@angular/cli") and the path of a module of Go have slashes, and are no files. */
static bool is_file(enum silt_pin pin, struct silt_bytes word)
{
	bool named = pin == SILT_PIN_GO || (pin == SILT_PIN_NPM && silt_bytes_begin(word, "@"));
	return !named && silt_package_is_from_elsewhere(word);
}

static bool is_unpinned(const struct silt_managing *managing, const struct silt_shell_word *word)
{
	enum silt_pin pin = managing->manager->pin;
	return word->text.len > 0 && (word->flags & (SILT_SHELL_EXPANDED | SILT_SHELL_SUBSTITUTED)) == 0 &&
	       !is_pinned(pin, word->text) && !is_file(pin, word->text);
}

/* Packages without a version, each once, in the order of the history. */
struct unpinned {
	struct silt_bytes *names; /* owns */
	size_t count, capacity;
};

static bool is_known(const struct unpinned *unpinned, struct silt_bytes name)
{
	for (size_t i = 0; i < unpinned->count; i++) {
		if (silt_bytes_equal(unpinned->names[i], name)) {
			return true;
		}
	}
	return false;
}

static bool add_name(struct unpinned *unpinned, struct silt_bytes name)
{
	if (unpinned->count == SILT_UNPINNED_MAX || is_known(unpinned, name)) {
		return true;
	}
	if (!silt_grow((void **)&unpinned->names, unpinned->count, &unpinned->capacity, sizeof(name))) {
		return false;
	}
	unpinned->names[unpinned->count++] = name;
	return true;
}

static bool add_names(struct unpinned *unpinned, const struct silt_command *command)
{
	struct silt_managing managing;
	bool installs = silt_managing_read(command->words, command->count, command->program, &managing) &&
			managing.task == SILT_TASK_INSTALL && !silt_managing_has(&managing, managing.manager->listed);
	bool ok = true;
	for (size_t at = installs ? managing.verb + 1 : 0; installs && ok && silt_managing_operand(&managing, &at);
	     at++) {
		if (is_unpinned(&managing, &managing.words[at])) {
			ok = add_name(unpinned, managing.words[at].text);
		}
	}
	return ok;
}

/* "curl, git" of the names from `first` on. */
static void list_names(const struct unpinned *unpinned, size_t first, struct silt_buffer *out)
{
	for (size_t i = first; i < unpinned->count && i < first + LISTED_MAX; i++) {
		silt_buffer_add_text(out, i > first ? ", " : "");
		silt_buffer_add(out, unpinned->names[i]);
	}
	if (unpinned->count - first > LISTED_MAX) {
		silt_buffer_printf(out, " and %zu more", unpinned->count - first - LISTED_MAX);
	}
}

/* Packages whose line is told: their subject is that of all of them. */
struct unpinned_line {
	const struct silt_step *step;
	size_t first, end; /* of the names */
};

static enum silt_status tell_unpinned(const struct silt_case *of, const struct unpinned *unpinned,
				      const struct unpinned_line *line, struct silt_error *err)
{
	struct silt_arena *arena = of->context->arena;
	struct silt_buffer names = {0}, note = {0}, identity = {0};
	silt_buffer_printf(&names, "%s%zu %s: ", unpinned->count == SILT_UNPINNED_MAX ? "at least " : "",
			   unpinned->count, unpinned->count == 1 ? "package" : "packages");
	list_names(unpinned, 0, &names);
	struct unpinned own = {.names = unpinned->names, .count = line->end};
	list_names(&own, line->first, &note);
	for (size_t i = 0; i < unpinned->count; i++) {
		silt_buffer_add(&identity, unpinned->names[i]);
		silt_buffer_add_byte(&identity, ' ');
	}
	struct silt_telling telling = {
		.rule = "history-unpinned",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.subject = silt_quote_text(&names, arena),
		.detail = "They are installed in whatever version is current at the time of the build.",
		.identity = silt_arena_copy(arena, silt_buffer_bytes(&identity)),
		.note = silt_quote_text(&note, arena),
	};
	bool failed = identity.failed || !telling.identity.ptr || !telling.note;
	silt_buffer_done(&identity);
	return failed ? silt_fail_memory(err) : silt_tell_line(of, &telling, line->step, err);
}

/* Collects the names of each own line; `lines` has room for all steps. */
static bool collect(const struct silt_build *build, struct unpinned *unpinned, struct unpinned_line *lines,
		    size_t *line_count)
{
	bool ok = true;
	for (size_t i = 0; i < build->count && ok; i++) {
		const struct silt_step *step = &build->steps[i];
		size_t first = unpinned->count;
		for (size_t c = 0; silt_step_is_own(step) && c < step->command_count && ok; c++) {
			ok = add_names(unpinned, &step->commands[c]);
		}
		if (unpinned->count > first) {
			lines[(*line_count)++] = (struct unpinned_line){step, first, unpinned->count};
		}
	}
	return ok;
}

enum silt_status silt_history_versions(const struct silt_case *of, const struct silt_build *build,
				       struct silt_error *err)
{
	struct unpinned unpinned = {0};
	size_t count = 0;
	struct unpinned_line *lines = calloc(build->count + 1, sizeof(*lines));
	bool ok = lines && collect(build, &unpinned, lines, &count);
	enum silt_status status = ok ? SILT_OK : silt_fail_memory(err);
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		status = tell_unpinned(of, &unpinned, &lines[i], err);
	}
	free(lines);
	free(unpinned.names);
	return status;
}
