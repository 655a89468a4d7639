/*
 * The commands of a shell script, as words: who runs what with which arguments, as far as text tells.
 *
 * A walk gives one simple command after the other, in the order of the text, from inside of lists, pipes, groups, loops
 * and conditions alike. Quotes are taken off, comments, patterns of `case`, tests in [[ ]] and the text of here-documents
 * are passed over (that of one which a shell reads is commands too). Nothing is expanded: what a variable or a
 * substitution holds is not known, and "$(...)" stays in its word as it is written. It reads sh, bash and what is near
 * them; text that is neither gives some commands or none, and never an error. The grammar is that of
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
 *
 * Nothing is allocated: what does not fit below is cut, and says so.
 */
#ifndef SILT_BASE_SHELL_WORDS_H
#define SILT_BASE_SHELL_WORDS_H

#include "base/bytes.h"

enum {
	SILT_SHELL_WORDS_MAX = 512,      /* words kept of one command; "apt-get install" of a large image has 200 */
	SILT_SHELL_REDIRECTIONS_MAX = 8, /* redirections kept of one command */
	SILT_SHELL_TEXT_MAX = 8192,      /* bytes kept of the words of a command that are put together from pieces */
	SILT_SHELL_HERE_MAX = 4,         /* here-documents of one line */
	SILT_SHELL_HERE_END_MAX = 64,    /* bytes of the word that ends one */
};

enum {
	SILT_SHELL_QUOTED = 1,      /* some of it was in quotes or behind a backslash */
	SILT_SHELL_EXPANDED = 2,    /* has a $ or ` that the shell replaces: what it really says is not known */
	SILT_SHELL_SUBSTITUTED = 4, /* has a $(...), `...`, <(...) or >(...): see silt_shell_substitution */
	SILT_SHELL_PATTERN = 8,     /* has a * ? or [ outside of quotes */
	SILT_SHELL_CUT = 16,        /* is longer than its text, or its quotes do not end */
};

struct silt_shell_word {
	struct silt_bytes text; /* without its quotes. Of the script or of the walk: valid until its next step. */
	unsigned flags;
};

enum silt_shell_direction {
	SILT_SHELL_READS,      /* < file, <> file */
	SILT_SHELL_WRITES,     /* > file, >| file, &> file, >& file */
	SILT_SHELL_APPENDS,    /* >> file, &>> file */
	SILT_SHELL_DUPLICATES, /* >&2, <&3, >&- */
	SILT_SHELL_HERE,       /* << word: the word that ends the text */
	SILT_SHELL_HERE_WORD,  /* <<< word */
};

struct silt_shell_redirection {
	enum silt_shell_direction direction;
	struct silt_shell_word target;
};

/* What stands between two commands. Of several (")", "|", a line end) it is the last of this list. */
enum silt_shell_joint {
	SILT_SHELL_START,      /* there is no command before */
	SILT_SHELL_SEQUENCE,   /* ; a line end, ( ) { } then do and the like */
	SILT_SHELL_BACKGROUND, /* & */
	SILT_SHELL_AND,
	SILT_SHELL_OR,
	SILT_SHELL_PIPE,
};

/* A simple command. It has a word, an assignment or a redirection; reserved words (if, then, {, !) are not of it. */
struct silt_shell_command {
	uint32_t line; /* from 1; where it begins */
	enum silt_shell_joint before;
	bool whole;     /* false: it has more words or redirections than these */
	size_t program; /* index of its command word; assignments (A=b) come before it. `count` if it has none. */
	size_t count;
	size_t redirection_count;
	struct silt_shell_word words[SILT_SHELL_WORDS_MAX];
	struct silt_shell_redirection redirections[SILT_SHELL_REDIRECTIONS_MAX];
};

/* A here-document whose text begins behind the line. */
struct silt_shell_here {
	bool tabs;     /* <<-: tabs before its last line do not count */
	bool commands; /* a shell reads it */
	size_t len;
	uint8_t end[SILT_SHELL_HERE_END_MAX];
};

/* A walk over a script. Only `command` is for others. Some 25 KiB: one at a time on a stack is enough. */
struct silt_shell {
	struct silt_shell_command command;
	struct silt_bytes rest;
	uint32_t line;
	enum silt_shell_joint joint; /* met since the last command */
	bool found;                  /* a command, before */
	bool in_patterns;            /* the next words are patterns of a case */
	size_t here_count;
	struct silt_shell_here here[SILT_SHELL_HERE_MAX];
	size_t text_len;
	uint8_t text[SILT_SHELL_TEXT_MAX];
};

/* Begins a walk. `script` is borrowed for all of it. */
void silt_shell_begin(struct silt_shell *shell, struct silt_bytes script);

/* The next command, in `shell->command`. False at the end of the script. */
bool silt_shell_next(struct silt_shell *shell);

/*
 * The word that names the program which the command really runs, seen from word `from` (mostly command->program):
 * "sudo -u app env A=b nice node x" gives the index of "node". Looks through what runs another program and has done
 * with it: sudo, env, exec, nice, gosu, tini, timeout ... `count` if there is none.
 */
size_t silt_shell_inner_program(const struct silt_shell_command *command, size_t from);

/*
 * One step of that: the word which names what word `at` runs. `at` itself if it is a program of its own, `count` if it
 * runs nothing, as "command -v gosu".
 */
size_t silt_shell_wrapped_program(const struct silt_shell_command *command, size_t at);

/* What word `index` names, without the folders before it: "/usr/bin/apt-get" gives "apt-get". Empty beyond the last. */
struct silt_bytes silt_shell_name(const struct silt_shell_command *command, size_t index);

/*
 * Cuts the next substitution off `*rest`, which begins as the text of a word with SILT_SHELL_SUBSTITUTED: the script
 * inside of $(...), `...`, <(...) or >(...). That has a walk of its own; what is inside of it is in there.
 */
bool silt_shell_substitution(struct silt_bytes *rest, struct silt_bytes *inside);

/* True if it is the name of a shell that reads scripts like these: sh, bash, dash ... */
bool silt_is_shell_name(struct silt_bytes name);

#endif
