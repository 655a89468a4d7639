/* "Did you mean": the known word that is nearest to a mistyped one. */
#ifndef SILT_CLI_SUGGEST_H
#define SILT_CLI_SUGGEST_H

#include <stddef.h>

struct cli_suggestion {
	const char *typed;
	const char *best; /* NULL: nothing is near enough to be worth saying */
	size_t distance;
};

/* A search for words near `typed`, which is borrowed. */
struct cli_suggestion cli_suggestion(const char *typed);

/* Compares with one more known word. Of equally near words the first one offered stays. */
void cli_suggestion_offer(struct cli_suggestion *suggestion, const char *word);

/*
 * Number of typing slips between two words: a letter too many, one too few, a wrong one, or two neighbours swapped.
 * SIZE_MAX if a word is longer than any of ours.
 */
size_t cli_typing_slips(const char *a, const char *b);

#endif
