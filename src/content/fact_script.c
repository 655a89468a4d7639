/*
 * Scripts of a shell: how they end, whether they drop privilege, what they write below /etc, whether they start sshd.
 *
 * Entry points of images are short; in what is longer than a few pages nobody can tell what is run.
 */
#include "base/ascii.h"
#include "content/fact_parts.h"
#include "content/fact_starts.h"

enum { SCRIPT_MAX = 64 * 1024 };

/* "#!/bin/sh -e", "#!/usr/bin/env bash", "#!/usr/bin/env -S bash -e" */
bool silt_fact_is_shell_script(struct silt_bytes start)
{
	const struct silt_bytes mark = SILT_LITERAL("#!");
	struct silt_bytes line, word;
	if (!silt_bytes_start_with(start, mark) || !silt_bytes_cut(&start, '\n', &line)) {
		return false;
	}
	line = silt_bytes_slice(line, mark.len, line.len);
	if (!silt_fact_word(&line, &word)) {
		return false;
	}
	bool env = silt_bytes_equal(silt_path_basename(word), SILT_LITERAL("env"));
	while (env && silt_fact_word(&line, &word)) {
		env = word.ptr[0] == '-';
	}
	return silt_is_shell_name(silt_path_basename(word));
}

/* The first piece of a longer body is longer than that already. */
static bool wants(const struct silt_fact_file *file)
{
	return file->start.len <= SCRIPT_MAX && silt_fact_is_shell_script(file->start);
}

/* ---- Words --------------------------------------------------------------------------------------------------------- */

static struct silt_bytes text_of(const struct silt_shell_command *command, size_t index)
{
	return index < command->count ? command->words[index].text : silt_bytes(NULL, 0);
}

static bool is_option(struct silt_bytes text)
{
	return text.len > 1 && text.ptr[0] == '-';
}

static bool is_root(struct silt_bytes user)
{
	user = silt_bytes_slice(user, 0, silt_bytes_find_byte(user, ':'));
	return silt_fact_is_one(user, "root 0");
}

/* The user behind an option of `list`, as its value or the next word, from word `at` on; empty if there is none. */
static struct silt_bytes value_of(const struct silt_shell_command *command, size_t at, const char *list)
{
	for (; at < command->count; at++) {
		struct silt_bytes text = text_of(command, at), name;
		if (silt_fact_is_one(text, list)) {
			return text_of(command, at + 1);
		}
		if (is_option(text) && silt_bytes_cut(&text, '=', &name) && silt_fact_is_one(name, list)) {
			return text;
		}
	}
	return silt_bytes(NULL, 0);
}

/* The first word from `at` on that is no option. */
static struct silt_bytes operand(const struct silt_shell_command *command, size_t at)
{
	while (at < command->count && is_option(text_of(command, at))) {
		at++;
	}
	return text_of(command, at);
}

/* ---- Dropping privilege -------------------------------------------------------------------------------------------- */

/* Programs that run another one as somebody, who is named by an option or, if there is none of these, by an operand. */
static const struct dropper {
	const char *name;
	const char *options; /* "": it is the first operand */
} droppers[] = {
	{"gosu", ""},
	{"su-exec", ""},
	{"setuidgid", ""},
	{"s6-setuidgid", ""},
	{"s6-applyuidgid", "-u"},
	{"setpriv", "--reuid --ruid --euid"},
	{"runuser", "-u --user"},
	{"sudo", "-u --user"},
	{"chroot", "--userspec"},
	{"chpst", "-u -U"},
	{"start-stop-daemon", "-c --chuid"},
	{"capsh", "--user --uid"},
};

/* "su - app", "su -s /bin/sh -c 'x' app", "runuser app -c x": the operand, whatever options are around it. */
static struct silt_bytes user_of_su(const struct silt_shell_command *command, size_t at)
{
	for (; at < command->count; at++) {
		struct silt_bytes text = text_of(command, at);
		if (silt_fact_is_one(text, "-c --command -s --shell -g --group -G --supp-group -w")) {
			at++;
		} else if (text.len > 0 && text.ptr[0] != '-') {
			return text;
		}
	}
	return silt_bytes(NULL, 0);
}

static struct silt_bytes user_of(const struct silt_shell_command *command, size_t at)
{
	struct silt_bytes name = silt_shell_name(command, at);
	for (size_t i = 0; i < SILT_COUNT(droppers); i++) {
		if (silt_bytes_equal(name, silt_bytes_text(droppers[i].name)) && droppers[i].options[0]) {
			struct silt_bytes user = value_of(command, at + 1, droppers[i].options);
			bool runuser = silt_bytes_equal(name, SILT_LITERAL("runuser"));
			return user.len == 0 && runuser ? user_of_su(command, at + 1) : user;
		}
		if (silt_bytes_equal(name, silt_bytes_text(droppers[i].name))) {
			return operand(command, at + 1);
		}
	}
	return silt_bytes_equal(name, SILT_LITERAL("su")) ? user_of_su(command, at + 1) : silt_bytes(NULL, 0);
}

static enum silt_status read_drop(const struct silt_shell_command *command, const struct silt_fact_listener *listener)
{
	size_t at = command->program, next = at;
	do {
		at = next;
		struct silt_bytes user = user_of(command, at);
		if (user.len > 0 && !is_root(user)) {
			return silt_fact_tell(listener, SILT_FACT_SCRIPT_DROPS, command->line, text_of(command, at));
		}
		next = silt_shell_wrapped_program(command, at);
	} while (next != at && next < command->count);
	return SILT_OK;
}

/* ---- Exec ---------------------------------------------------------------------------------------------------------- */

/* Without a program it only redirects. A server may drop privilege itself: "exec mysqld --user=mysql". */
static enum silt_status read_exec(const struct silt_shell_command *command, const struct silt_fact_listener *listener)
{
	size_t at = command->program;
	if (!silt_bytes_equal(text_of(command, at), SILT_LITERAL("exec"))) {
		return SILT_OK;
	}
	for (at++; at < command->count && is_option(text_of(command, at)); at++) {
		at += silt_bytes_equal(text_of(command, at), SILT_LITERAL("-a"));
	}
	struct silt_bytes program = text_of(command, at), user = value_of(command, at + 1, "--user");
	if (program.len == 0 || silt_bytes_find_byte(program, '=') != SIZE_MAX) {
		return SILT_OK;
	}
	enum silt_status status = silt_fact_tell(listener, SILT_FACT_SCRIPT_EXECS, command->line, program);
	return status == SILT_OK && user.len > 0 && !is_root(user)
		       ? silt_fact_tell(listener, SILT_FACT_SCRIPT_DROPS, command->line, program)
		       : status;
}

/* ---- Changing /etc ------------------------------------------------------------------------------------------------- */

static enum silt_status tell_etc(struct silt_bytes file, uint32_t line, const struct silt_fact_listener *listener)
{
	return silt_bytes_start_with(file, SILT_LITERAL("/etc/"))
		       ? silt_fact_tell(listener, SILT_FACT_SCRIPT_EDITS_ETC, line, file)
		       : SILT_OK;
}

/* What the options of a sed say. */
struct sed {
	bool in_place;
	bool scripted; /* the first operand is a file, and no script */
};

/* Reads an option; returns how many words it takes. "-i.bak", "-ri", "-es/a/b/", "-e SCRIPT", "--in-place" */
static size_t read_sed_option(struct sed *sed, struct silt_bytes option)
{
	if (silt_bytes_start_with(option, SILT_LITERAL("--"))) {
		bool script = silt_bytes_start_with(option, SILT_LITERAL("--expression")) ||
			      silt_bytes_start_with(option, SILT_LITERAL("--file"));
		sed->in_place = sed->in_place || silt_bytes_start_with(option, SILT_LITERAL("--in-place"));
		sed->scripted = sed->scripted || script;
		return script && silt_bytes_find_byte(option, '=') == SIZE_MAX ? 2 : 1;
	}
	for (size_t i = 1; i < option.len; i++) {
		if (option.ptr[i] == 'i') {
			sed->in_place = true;
			return 1;
		}
		if (silt_is_one_of(option.ptr[i], "ef")) {
			sed->scripted = true;
			return i + 1 == option.len ? 2 : 1;
		}
	}
	return 1;
}

/* Options may stand behind operands, of which the first is the script if no option has one. */
static enum silt_status read_sed(const struct silt_shell_command *command, size_t from,
				 const struct silt_fact_listener *listener)
{
	struct sed sed = {0};
	enum silt_status status = SILT_OK;
	for (size_t at = from; at < command->count;) {
		at += is_option(text_of(command, at)) ? read_sed_option(&sed, text_of(command, at)) : 1;
	}
	bool script = !sed.scripted;
	for (size_t at = from; at < command->count && sed.in_place && status == SILT_OK;) {
		if (is_option(text_of(command, at))) {
			at += read_sed_option(&sed, text_of(command, at));
			continue;
		}
		status = script ? SILT_OK : tell_etc(text_of(command, at), command->line, listener);
		script = false;
		at++;
	}
	return status;
}

static enum silt_status read_tee(const struct silt_shell_command *command, size_t at,
				 const struct silt_fact_listener *listener)
{
	enum silt_status status = SILT_OK;
	for (; at < command->count && status == SILT_OK; at++) {
		status = tell_etc(text_of(command, at), command->line, listener);
	}
	return status;
}

static enum silt_status read_edits(const struct silt_shell_command *command, const struct silt_fact_listener *listener)
{
	size_t at = silt_shell_inner_program(command, command->program);
	struct silt_bytes name = silt_shell_name(command, at);
	enum silt_status status = SILT_OK;
	if (silt_bytes_equal(name, SILT_LITERAL("sed"))) {
		status = read_sed(command, at + 1, listener);
	} else if (silt_bytes_equal(name, SILT_LITERAL("tee"))) {
		status = read_tee(command, at + 1, listener);
	}
	for (size_t i = 0; i < command->redirection_count && status == SILT_OK; i++) {
		enum silt_shell_direction direction = command->redirections[i].direction;
		if (direction == SILT_SHELL_WRITES || direction == SILT_SHELL_APPENDS) {
			status = tell_etc(command->redirections[i].target.text, command->line, listener);
		}
	}
	return status;
}

/* ---- Scripts ------------------------------------------------------------------------------------------------------- */

/* Scripts that only an init or a package manager runs start a server on machines, and in no container. */
static bool is_of_init(struct silt_bytes path)
{
	static const struct silt_fact_place places[] = {
		SILT_PLACE("etc/init.d", "*"),
		SILT_PLACE("etc/rc.d/**", "*"),
		SILT_PLACE("var/lib/dpkg/**", "*"),
		SILT_PLACE("lib/apk/**", "*"),
	};
	struct silt_fact_file file = silt_fact_file_at(path);
	return silt_fact_is_at(&file, places, SILT_COUNT(places));
}

static enum silt_status read_start(const struct silt_shell_command *command, const struct silt_fact_listener *listener)
{
	struct silt_bytes program;
	return silt_fact_starts_sshd(command, &program)
		       ? silt_fact_tell(listener, SILT_FACT_STARTS_SSHD, command->line, program)
		       : SILT_OK;
}

static enum silt_status read_command(const struct silt_shell_command *command, bool of_init,
				     const struct silt_fact_listener *listener)
{
	enum silt_status status = read_exec(command, listener);
	if (status == SILT_OK) {
		status = read_drop(command, listener);
	}
	if (status == SILT_OK) {
		status = read_edits(command, listener);
	}
	return status == SILT_OK && !of_init ? read_start(command, listener) : status;
}

static enum silt_status read(struct silt_bytes path, struct silt_bytes body, silt_fact_fn *fn, void *ctx,
			     struct silt_error *err)
{
	struct silt_fact_listener listener = {fn, ctx, err};
	struct silt_shell shell;
	bool of_init = is_of_init(path);
	enum silt_status status = SILT_OK;
	if (body.len > SCRIPT_MAX) {
		return SILT_OK;
	}
	silt_shell_begin(&shell, body);
	while (status == SILT_OK && silt_shell_next(&shell)) {
		status = read_command(&shell.command, of_init, &listener);
	}
	return status;
}

const struct silt_fact_reader silt_facts_of_script = {.wants = wants, .read = read};
