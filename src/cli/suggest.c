/* Distance of words, and the nearest of several. */
#include "cli/suggest.h"

#include <stdint.h>
#include <string.h>

/* Longer than every command, option and choice. */
#define WORD_MAX 32

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/*
 * Optimal string alignment: row i holds the slips between the first i letters of `a` and every start of `b`. A swap
 * looks two rows back, so three rows are kept and taken in turn.
 */
size_t cli_typing_slips(const char *a, const char *b)
{
	const size_t a_len = strlen(a);
	const size_t b_len = strlen(b);
	if (a_len > WORD_MAX || b_len > WORD_MAX) {
		return SIZE_MAX;
	}
	size_t rows[3][WORD_MAX + 1] = {{0}};
	for (size_t j = 0; j <= b_len; j++) {
		rows[0][j] = j;
	}
	for (size_t i = 1; i <= a_len; i++) {
		size_t *row = rows[i % 3];
		const size_t *above = rows[(i + 2) % 3];
		const size_t *two_above = rows[(i + 1) % 3];
		row[0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			row[j] = smaller(above[j], row[j - 1]) + 1;
			row[j] = smaller(row[j], above[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
				row[j] = smaller(row[j], two_above[j - 2] + 1);
			}
		}
	}
	return rows[a_len % 3][b_len];
}

struct cli_suggestion cli_suggestion(const char *typed)
{
	/* One slip in a short word, one more for every four letters: more would suggest words that share nothing. */
	return (struct cli_suggestion){.typed = typed, .distance = 2 + strlen(typed) / 4};
}

void cli_suggestion_offer(struct cli_suggestion *suggestion, const char *word)
{
	const size_t slips = cli_typing_slips(suggestion->typed, word);
	if (slips < suggestion->distance) {
		suggestion->distance = slips;
		suggestion->best = word;
	}
}
