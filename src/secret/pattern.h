/*
 * One regular expression on a short window, by PCRE2 with its JIT: the only user of pcre2.h is pattern.c.
 */
#ifndef SILT_SECRET_PATTERN_H
#define SILT_SECRET_PATTERN_H

#include "base/attributes.h"
#include "base/bytes.h"
#include "base/error.h"

/* A compiled pattern: immutable, shared between threads. */
struct silt_pattern;

/*
 * Compiles `text` for bytes (no UTF, '.' matches every byte, '$' only the very end). `anchored`: a match can start at
 * the place where the search starts only. SILT_ERR_INTERNAL, with the place in the pattern, if it is wrong.
 */
enum silt_status silt_pattern_new(const char *text, bool anchored, struct silt_pattern **out, struct silt_error *err);
void silt_pattern_free(struct silt_pattern *pattern);

/* What is known of a pattern before it meets a text. */
struct silt_pattern_facts {
	uint32_t look_behind; /* bytes that its longest lookbehind goes back */
	uint32_t shortest;    /* no match has fewer bytes; 0: unknown */
	bool may_be_empty;    /* it matches between two bytes */
};

/* Would silt_pattern_new take it? SILT_ERR_USAGE, with the byte that is wrong, if not. */
enum silt_status silt_pattern_check(const char *text, struct silt_pattern_facts *facts, struct silt_error *err);

/* The working memory of one thread, for any pattern. */
struct silt_pattern_memory;

enum silt_status silt_pattern_memory_new(struct silt_pattern_memory **out, struct silt_error *err);
void silt_pattern_memory_free(struct silt_pattern_memory *memory);

enum silt_pattern_answer {
	SILT_PATTERN_NONE,
	SILT_PATTERN_FOUND,
	SILT_PATTERN_LIMIT, /* a limit on time or memory was reached: nobody knows */
};

/* A half-open range of the subject. */
struct silt_range {
	size_t start;
	size_t end;
};

struct silt_pattern_hit {
	struct silt_range whole;
	struct silt_range secret; /* the group named "secret"; the whole match if there is none */
};

/* Searches from `from` (at most subject.len) on; bytes before it serve lookbehinds. `*hit` is set only if FOUND. */
enum silt_pattern_answer silt_pattern_search(const struct silt_pattern *pattern, struct silt_pattern_memory *memory,
					     struct silt_bytes subject, size_t from, struct silt_pattern_hit *hit);

#endif
