/* What a shell can offer for a word that is being typed: candidates by kind, each with a few words about it. */
#ifndef SILT_CLI_OFFERS_H
#define SILT_CLI_OFFERS_H

#include "cli/commands.h"

#include <stdio.h>

/*
 * Bits of the last line of an answer, ":4". The numbers are those of the library cobra, which the docker client is made
 * with: it hands our answers to a shell as they are.
 */
enum cli_offers_bit {
	CLI_OFFERS_NO_SPACE = 1 << 1, /* the word may go on */
	CLI_OFFERS_NO_FILES = 1 << 2, /* the shell shall not offer files by itself */
	CLI_OFFERS_FOLDERS = 1 << 4,  /* of files, only folders */
};

struct cli_offers {
	FILE *out;
	const char *word; /* as far as it is typed */
	size_t kept;      /* bytes of it that stay as they are: of "--only=user-root,co" all but "co" */
	unsigned bits;    /* of enum cli_offers_bit */
};

/* Offers `name` (`len` bytes), if what is typed begins so. `about` may be "". */
void cli_offers_add(struct cli_offers *offers, const char *name, size_t len, const char *about);

void cli_offers_commands(struct cli_offers *offers);

/* The options of a command, all of them. */
void cli_offers_options(struct cli_offers *offers, const struct cli_command *command);

/* What may be an argument of an option of `command`: its placeholder or its choices tell. */
void cli_offers_argument(struct cli_offers *offers, const struct cli_command *command, const struct cli_option *option);

/* What may stand for the placeholder of an operand: "INPUT", "CHECK". */
void cli_offers_operand(struct cli_offers *offers, const char *placeholder, size_t len);

#endif
