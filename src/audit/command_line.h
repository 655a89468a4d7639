/*
 * Names and values in the words of a command: what a program is given on its command line, and what a shell sets.
 *
 *     export A=b            A=b cmd             env A=b cmd            docker run -e A=b
 *     cmd --password=b      cmd --password b    java -Dapp.password=b  aws configure set name b
 *
 * Text is read as a shell reads it, as far as words go: quotes hold a word together, and a quoted word with blanks in
 * it is looked into, as what `sh -c` is given. Nothing is expanded. Passwords that stand where only the program knows
 * that they are one (mysql -pX, curl -u a:X) are the business of a pattern rule (line_matches.h).
 */
#ifndef SILT_AUDIT_COMMAND_LINE_H
#define SILT_AUDIT_COMMAND_LINE_H

#include "base/bytes.h"

enum silt_command_awaits {
	SILT_COMMAND_AWAITS_NOTHING,
	SILT_COMMAND_AWAITS_NAME,  /* behind "configure set" */
	SILT_COMMAND_AWAITS_VALUE, /* behind a name */
};

/* A walk over one command line. Its fields are private. */
struct silt_command_line {
	const struct silt_bytes *words; /* of a list; NULL: `text` is the command */
	size_t word_count;
	struct silt_bytes text, inner; /* what is left of the text; of the quoted word that is looked into */
	struct silt_bytes name;        /* whose value is awaited */
	struct silt_bytes last;        /* the word before */
	enum silt_command_awaits awaits;
};

/* Over the text of a script, such as the instruction of a RUN. */
struct silt_command_line silt_command_line_of_text(struct silt_bytes text);

/* Over the words of an exec form: Entrypoint, Cmd, the test of a health check. `words` is borrowed. */
struct silt_command_line silt_command_line_of_words(const struct silt_bytes *words, size_t count);

/* The next name with a value, both spans of what the walk is over, without quotes. False at the end. */
bool silt_command_line_next(struct silt_command_line *walk, struct silt_bytes *name, struct silt_bytes *value);

/* How many bytes at the start of `text` may be the name of a variable or an option. */
size_t silt_assigned_name_length(struct silt_bytes text);

#endif
