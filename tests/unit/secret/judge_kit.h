/* One validator, one value, one verdict, without a scanner in between. */
#ifndef SILT_TESTS_JUDGE_KIT_H
#define SILT_TESTS_JUDGE_KIT_H

#include "secret/validate.h"

struct judged {
	bool match;
	enum silt_severity severity;
	enum silt_confidence confidence;
	const char *note;
	const char *kind;
	char facts[SILT_FACTS_SIZE];
	int64_t expires;
	size_t identity_len;
	uint8_t identity[256]; /* its start */
};

/* Judges a value that is its own window. Preset: high, likely. Value and room have memory of their own size. */
struct judged judge(silt_validate_fn *validate, struct silt_bytes secret);

/* The same for a value of a file, at that place in the window. */
struct judged judge_at(silt_validate_fn *validate, struct silt_bytes window, size_t start, size_t len,
		       const char *path);

struct judged judge_text(silt_validate_fn *validate, const char *text);

#endif
