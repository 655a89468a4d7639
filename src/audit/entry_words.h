/* Command lines of programs that start other programs, taken apart: words in, the words of the other program out. */
#ifndef SILT_AUDIT_ENTRY_WORDS_H
#define SILT_AUDIT_ENTRY_WORDS_H

#include "base/arena.h"
#include "base/error.h"

struct silt_words {
	const struct silt_bytes *items; /* borrows */
	size_t count;
};

/* What a command line starts beside its own program. */
struct silt_started {
	struct silt_words words; /* count 0: nothing that can be told */
	bool by_reading;         /* a script that the program, a shell, reads */
	bool by_command;         /* of a command string */
	bool replaces;           /* the program gives up its process to it */
	bool certain;            /* false: it may be another one */
};

/* Reads the command line of a program that starts others. SILT_ERR_MEMORY is the only failure. */
enum silt_status silt_words_start(struct silt_words line, struct silt_arena *arena, struct silt_started *out,
				  struct silt_error *err);

/* True if `list`, words with one blank between, has the word. */
bool silt_word_is_listed(struct silt_bytes word, const char *list);

/* True for "sh", "/bin/bash": a shell by its name. */
bool silt_word_is_shell(struct silt_bytes word);

/* True for an init by its name: "/sbin/tini", "dumb-init", "/init". */
bool silt_word_is_init(struct silt_bytes word);

/* The command string of `sh -c STRING`, and how many words come behind it; false if the line is none. */
bool silt_words_shell_command(struct silt_words line, struct silt_bytes *command, size_t *behind);

/* Words separated by blanks. SILT_ERR_MEMORY is the only failure. */
enum silt_status silt_words_split(struct silt_bytes text, struct silt_arena *arena, struct silt_words *out,
				  struct silt_error *err);

#endif
