/* How ENTRYPOINT and CMD are written. */
#include "audit/config_checks.h"

#include "audit/entry_command.h"
#include "audit/entrypoint.h"
#include "base/ascii.h"
#include "base/escape.h"

/* Bytes of a program's name that are told. */
enum { PROGRAM_TOLD_MAX = 80 };

/* ---- Forms --------------------------------------------------------------------------------------------------------- */

static bool is_test_end(struct silt_bytes text, size_t at)
{
	return text.ptr[at] == ']' && at + 1 < text.len && silt_is_one_of(text.ptr[at + 1], " \t\n;&|");
}

/*
 * What was meant as a JSON list begins with "[" and so does a test, "[ -f x ] && run". A test that does not end with
 * the command has its "]" inside.
 */
static bool is_broken_list(struct silt_bytes command)
{
	command = silt_bytes_trim(command);
	if (command.len == 0 || command.ptr[0] != '[') {
		return false;
	}
	bool like_test = command.len > 1 && silt_is_one_of(command.ptr[1], " \t[");
	for (size_t i = 1; i < command.len && like_test; i++) {
		if (is_test_end(command, i)) {
			return false;
		}
	}
	return true;
}

static enum silt_status tell_broken(const struct silt_case *of, const char *instruction, struct silt_error *err)
{
	struct silt_telling telling = {
		.rule = "config-broken-exec-form",
		.severity = SILT_SEVERITY_MEDIUM,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = instruction,
		.detail = "It was meant as a JSON list but is none, so a shell is given the text with its brackets "
			  "and commas as a command.",
	};
	return silt_tell_config(of, &telling, instruction, err);
}

static enum silt_status tell_shell_form(const struct silt_case *of, const char *instruction, struct silt_bytes command,
					struct silt_error *err)
{
	struct silt_arena *arena = of->context->arena;
	struct silt_started started;
	enum silt_status status = silt_command_start(command, arena, &started, err);
	if (status != SILT_OK) {
		return status;
	}
	const char *program = started.words.count > 0 ? silt_escape_cut(arena, started.words.items[0], PROGRAM_TOLD_MAX)
						      : "the program";
	struct silt_telling telling = {
		.rule = "config-shell-form",
		.severity = SILT_SEVERITY_LOW,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = instruction,
		.detail = program ? silt_arena_printf(arena,
						      "A shell runs %s and stays in front of it: the signal to stop "
						      "reaches the shell only.",
						      program)
				  : NULL,
	};
	return telling.detail ? silt_tell_config(of, &telling, instruction, err) : silt_fail_memory(err);
}

/* ---- Shells alone -------------------------------------------------------------------------------------------------- */

/* What an image starts when all those are looked through that only start something else. */
struct innermost {
	struct silt_words words;
	bool shell; /* a shell with nothing to run */
};

static bool is_shell_alone(struct silt_words words)
{
	struct silt_bytes command;
	size_t behind;
	return words.count > 0 && silt_word_is_shell(words.items[0]) &&
	       !silt_words_shell_command(words, &command, &behind);
}

static enum silt_status find_innermost(const struct silt_case *of, struct silt_words words, struct innermost *out,
				       struct silt_error *err)
{
	enum { STEPS_MAX = 8 };
	*out = (struct innermost){.words = words};
	for (size_t i = 0; i < STEPS_MAX; i++) {
		struct silt_started started;
		enum silt_status status = silt_words_start(out->words, of->context->arena, &started, err);
		if (status != SILT_OK || started.words.count == 0) {
			out->shell = is_shell_alone(out->words);
			return status;
		}
		out->words = started.words;
		if (started.by_reading || (started.by_command && !started.certain)) {
			return SILT_OK;
		}
	}
	return SILT_OK;
}

static enum silt_status check_form(const struct silt_case *of, const char *instruction, struct silt_words words,
				   struct silt_error *err)
{
	struct silt_bytes command;
	size_t behind;
	struct innermost innermost;
	if (!silt_words_shell_command(words, &command, &behind) || behind > 0) {
		return SILT_OK;
	}
	if (is_broken_list(command)) {
		return tell_broken(of, instruction, err);
	}
	enum silt_status status = find_innermost(of, words, &innermost, err);
	bool fine = status != SILT_OK || innermost.shell || silt_command_executes(command);
	return fine ? status : tell_shell_form(of, instruction, command, err);
}

enum silt_status silt_config_forms(const struct silt_case *of, struct silt_error *err)
{
	const struct silt_config *config = silt_case_config(of);
	struct silt_words entrypoint = {config->entrypoint, config->entrypoint_count};
	struct silt_words cmd = {config->cmd, config->cmd_count};
	if (!silt_config_is_for_linux(config)) {
		return SILT_OK;
	}
	enum silt_status status = check_form(of, "ENTRYPOINT", entrypoint, err);
	return status == SILT_OK ? check_form(of, "CMD", cmd, err) : status;
}

/* ---- CMD ----------------------------------------------------------------------------------------------------------- */

static enum silt_status tell_program(const struct silt_case *of, struct silt_telling *telling,
				     struct silt_bytes program, const char *part, struct silt_error *err)
{
	telling->subject = silt_escape_cut(of->context->arena, program, PROGRAM_TOLD_MAX);
	telling->confidence = SILT_CONFIDENCE_PROVEN;
	return silt_tell_config(of, telling, part, err);
}

static enum silt_status tell_shell(const struct silt_case *of, struct silt_bytes shell, struct silt_error *err)
{
	bool entrypoint = silt_case_config(of)->entrypoint_count > 0;
	struct silt_telling telling = {
		.rule = "config-cmd-is-shell",
		.severity = SILT_SEVERITY_LOW,
		.detail = "A container of this image starts a shell without anything to run: it ends at once, or "
			  "waits for a terminal.",
	};
	return tell_program(of, &telling, shell, entrypoint ? "Entrypoint" : "Cmd", err);
}

static enum silt_status tell_cmd_only(const struct silt_case *of, struct silt_bytes program, struct silt_error *err)
{
	struct silt_telling telling = {
		.rule = "config-cmd-only",
		.severity = SILT_SEVERITY_INFO,
		.detail = "There is no ENTRYPOINT: any argument of docker run takes the place of the program instead "
			  "of being given to it.",
	};
	return tell_program(of, &telling, program, "Cmd", err);
}

enum silt_status silt_config_cmd(const struct silt_case *of, struct silt_error *err)
{
	const struct silt_config *config = silt_case_config(of);
	struct silt_words words, cmd = {config->cmd, config->cmd_count};
	struct silt_bytes command;
	size_t behind;
	struct innermost innermost;
	if (!silt_config_is_for_linux(config)) {
		return SILT_OK;
	}
	words.items = silt_entry_words(config, of->context->arena, &words.count);
	if (!words.items) {
		return silt_fail_memory(err);
	}
	enum silt_status status = find_innermost(of, words, &innermost, err);
	if (status == SILT_OK && innermost.shell) {
		return tell_shell(of, innermost.words.items[0], err);
	}
	bool program = cmd.count > 0 && config->entrypoint_count == 0 &&
		       !silt_words_shell_command(cmd, &command, &behind);
	return status == SILT_OK && program ? tell_cmd_only(of, cmd.items[0], err) : status;
}
