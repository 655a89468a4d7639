/* One call from a text with a secret in it to what a validator says. */
#ifndef SILT_TESTS_JUDGE_H
#define SILT_TESTS_JUDGE_H

#include "secret/validate.h"

struct judged {
	bool matches;
	enum silt_confidence confidence; /* LIKELY before */
	enum silt_severity severity;     /* MEDIUM before */
	const char *note;
	char facts[SILT_FACTS_SIZE];
	int64_t expires;
	size_t identity; /* bytes of it */
};

/* The secret is the part of `text` from `start` on, `len` bytes; the text lies in memory of its own size. */
struct judged judge_part(silt_validate_fn *validate, const char *text, size_t start, size_t len);

/* The text is the secret. */
struct judged judge(silt_validate_fn *validate, const char *text);

/* Every cut of the text, and the text with each of its bytes changed: fails the test if a validator reads beyond. */
void judge_damaged(silt_validate_fn *validate, const char *text);

void assert_proven(const struct judged *judged);
void assert_doubtful(const struct judged *judged);
/* Matches, and stays what the rule says. */
void assert_unjudged(const struct judged *judged);

#endif
