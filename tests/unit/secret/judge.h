/* One validator, one value, one verdict, without a scanner in between. */
#ifndef SILT_TESTS_JUDGE_H
#define SILT_TESTS_JUDGE_H

#include "secret/validate.h"

struct judged {
	bool match;
	enum silt_severity severity;     /* HIGH before */
	enum silt_confidence confidence; /* LIKELY before */
	const char *note;
	const char *kind;
	char facts[SILT_FACTS_SIZE]; /* printable ASCII, or the test fails */
	int64_t expires;
	size_t identity_len;
	uint8_t identity[256]; /* its start */
};

/* The secret is `len` bytes at `start` of the window, in the file `path`. Window and room have memory of their own size. */
struct judged judge_at(silt_validate_fn *validate, struct silt_bytes window, size_t start, size_t len,
		       const char *path);

/* The same for a text in a file without a name. */
struct judged judge_part(silt_validate_fn *validate, const char *text, size_t start, size_t len);

/* The secret is its own window. */
struct judged judge(silt_validate_fn *validate, struct silt_bytes secret);
struct judged judge_text(silt_validate_fn *validate, const char *text);

/* Every cut of the text, and the text with each of its bytes changed: fails the test if a validator reads beyond. */
void judge_damaged(silt_validate_fn *validate, const char *text);

void assert_proven(const struct judged *judged);
void assert_doubtful(const struct judged *judged);
/* Matches, and stays what the rule says. */
void assert_unjudged(const struct judged *judged);

#endif
