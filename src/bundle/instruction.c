/*
 * History lines as their authors wrote them.
 *
 *     /bin/sh -c #(nop)  ENV A=b                            ENV A=b            classic, buildah
 *     /bin/sh -c apt-get update                             RUN apt-get update
 *     |1 TOKEN=x /bin/sh -c make                            RUN make           with build arguments
 *     RUN |1 TOKEN=x /bin/sh -c make # buildkit             RUN make           BuildKit
 *     COPY a /b # buildkit                                  COPY a /b
 *     /bin/sh -c make|unsetLabel=true|force-mtime=10        RUN make           buildah
 *     RUN make                                              RUN make           kaniko
 */
#include "bundle/config.h"

#include "base/ascii.h"

/* The shells that stand for themselves: RUN means them. Another shell is part of what the author chose. */
static const char *const default_shells[] = {"/bin/sh -c", "cmd /S /C", "cmd /s /c"};

/* How other shells begin; a line that begins so and has a flag for a command was run, not declared. */
static const char *const other_shells[] = {
	"/bin/bash ",     "/bin/ash ",    "/bin/dash ", "/bin/zsh ", "/usr/bin/bash ", "/usr/bin/env ", "/usr/bin/zsh ",
	"/bin/sh -",      "/busybox/sh ", "bash ",      "sh ",       "powershell ",    "pwsh ",         "/bin/ksh ",
	"/usr/bin/pwsh ", "/usr/bin/sh "};
static const char *const command_flags[] = {" -c ",  " -ec ",   " -ceu ",     " -exc ",
					    " -lc ", " -euxc ", " -Command ", " /C "};

/* What buildah appends to tell its cache entries apart. */
static const char *const buildah_notes[] = {
	"unsetLabel=", "inheritLabels=", "force-mtime=", "unsetAnnotation=", "inheritAnnotations="};

static struct silt_bytes after(struct silt_bytes text, size_t len)
{
	return silt_bytes_trim(silt_bytes_slice(text, len, SIZE_MAX));
}

static bool starts_with_one_of(struct silt_bytes text, const char *const *starts_list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (silt_bytes_begin(text, starts_list[i])) {
			return true;
		}
	}
	return false;
}

static struct silt_bytes without_buildah_notes(struct silt_bytes line)
{
	for (;;) {
		size_t bar = silt_bytes_find_last_byte(line, '|');
		if (bar == SIZE_MAX || bar == 0) {
			return line;
		}
		struct silt_bytes note = silt_bytes_slice(line, bar + 1, SIZE_MAX);
		if (!starts_with_one_of(note, buildah_notes, SILT_COUNT(buildah_notes)) ||
		    silt_bytes_find_byte(note, ' ') != SIZE_MAX) {
			return line;
		}
		line.len = bar;
	}
}

/* Cuts "/bin/sh -c" off. False if the line does not begin with a default shell. */
static bool cut_shell(struct silt_bytes *line)
{
	for (size_t i = 0; i < SILT_COUNT(default_shells); i++) {
		struct silt_bytes shell = silt_bytes_text(default_shells[i]);
		bool whole = line->len == shell.len || (line->len > shell.len && line->ptr[shell.len] == ' ');
		if (silt_bytes_start_with(*line, shell) && whole) {
			*line = after(*line, shell.len);
			return true;
		}
	}
	return false;
}

static bool is_other_shell(struct silt_bytes line)
{
	if (!starts_with_one_of(line, other_shells, SILT_COUNT(other_shells))) {
		return false;
	}
	for (size_t i = 0; i < SILT_COUNT(command_flags); i++) {
		if (silt_bytes_find(line, silt_bytes_text(command_flags[i])) != SIZE_MAX) {
			return true;
		}
	}
	return false;
}

/*
 * Cuts "|2 A=b C=d " off. The number counts arguments, whose values may hold spaces: if no shell follows that many
 * words, the command begins at the first shell that does follow.
 */
static bool cut_arguments(struct silt_bytes *line)
{
	uint64_t count;
	size_t digits = silt_decimal(silt_bytes_slice(*line, 1, SIZE_MAX), 6, &count);
	if (!silt_bytes_begin(*line, "|") || digits == 0 || digits + 1 >= line->len || line->ptr[digits + 1] != ' ') {
		return false;
	}
	struct silt_bytes rest = silt_bytes_slice(*line, digits + 2, SIZE_MAX);
	struct silt_bytes words = rest, word;
	while (count > 0 && silt_bytes_cut(&words, ' ', &word)) {
		count--;
	}
	size_t shell = silt_bytes_find(rest, SILT_LITERAL(" /bin/sh -c "));
	bool shell_here = silt_bytes_begin(words, "/bin/sh -c ") || is_other_shell(words);
	*line = shell_here || shell == SIZE_MAX ? silt_bytes_trim(words) : after(rest, shell);
	return true;
}

/* "#(nop)", which marks an instruction that runs nothing, behind whatever shell the image has. */
static bool cut_nop(struct silt_bytes *line)
{
	struct silt_bytes nop = SILT_LITERAL("#(nop)");
	size_t at = silt_bytes_find(*line, nop);
	struct silt_bytes before = silt_bytes_slice(*line, 0, at);
	if (at == SIZE_MAX || !(at == 0 || is_other_shell(before))) {
		return false;
	}
	*line = after(*line, at + nop.len);
	return true;
}

/* A line of BuildKit or kaniko that begins with RUN: the arguments and the shell come after it. */
static struct silt_instruction written_run(struct silt_bytes command)
{
	cut_arguments(&command);
	cut_shell(&command);
	return (struct silt_instruction){.runs = true, .text = command};
}

static struct silt_instruction read_line(struct silt_bytes line)
{
	if (silt_bytes_begin(line, "RUN ")) {
		return written_run(after(line, strlen("RUN ")));
	}
	bool ran = cut_arguments(&line);
	ran |= cut_shell(&line);
	bool runs = !cut_nop(&line) && (ran || is_other_shell(line));
	return (struct silt_instruction){.runs = runs, .text = line};
}

struct silt_instruction silt_history_read(const struct silt_history *history)
{
	struct silt_bytes buildkit = SILT_LITERAL("# buildkit");
	struct silt_bytes line = silt_bytes_trim(history->created_by);
	if (line.len == 0) {
		return (struct silt_instruction){.text = silt_bytes_trim(history->comment)};
	}
	if (silt_bytes_end_with(line, buildkit)) {
		line = silt_bytes_trim(silt_bytes_slice(line, 0, line.len - buildkit.len));
	}
	return read_line(without_buildah_notes(line));
}

bool silt_instruction_begins(struct silt_instruction instruction, const char *start)
{
	return instruction.runs ? instruction.text.len > 0 && strcmp(start, "RUN ") == 0
				: silt_bytes_begin(instruction.text, start);
}

void silt_history_instruction(const struct silt_history *history, struct silt_buffer *out)
{
	struct silt_instruction instruction = silt_history_read(history);
	if (instruction.runs) {
		silt_buffer_add_text(out, instruction.text.len > 0 ? "RUN " : "RUN");
	}
	silt_buffer_add(out, instruction.text);
}
