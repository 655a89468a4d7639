/*
 * One regular expression on a short window, by PCRE2 with its JIT: the only user of pcre2.h is pattern.c.
 */
#ifndef SILT_SECRET_PATTERN_H
#define SILT_SECRET_PATTERN_H

#include "base/attributes.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/limits.h"

/* A pattern, shared between threads. Compiled, it never changes any more. */
struct silt_pattern;

/* Where a match may be. */
enum silt_pattern_reach {
	SILT_PATTERN_ANYWHERE,
	SILT_PATTERN_HERE,  /* it starts where the search starts */
	SILT_PATTERN_WHOLE, /* it is the whole subject, or nothing; for patterns that are rarely asked */
};

/* Where any match of a pattern must start, by its own words. */
enum silt_pattern_origin {
	SILT_PATTERN_ORIGIN_UNKNOWN, /* nobody asked */
	SILT_PATTERN_AT_ANY_BYTE,
	SILT_PATTERN_AT_A_LINE, /* (?m)^ */
	SILT_PATTERN_AT_START,  /* \A, or ^ without (?m) */
};

/*
 * Compiles `text` for bytes (no UTF, '.' matches every byte, '$' only the very end). SILT_ERR_INTERNAL, with the place
 * in the pattern, if it is wrong, or if its group "secret" is ambiguous.
 */
enum silt_status silt_pattern_new(const char *text, enum silt_pattern_reach reach, struct silt_pattern **out,
				  struct silt_error *err);
void silt_pattern_free(struct silt_pattern *pattern);

/*
 * The same later, by the first silt_pattern_ready, and never to machine code: when that is called the process may be
 * where no memory becomes code any more. `text` must outlive the pattern. SILT_ERR_MEMORY.
 */
enum silt_status silt_pattern_new_later(const char *text, enum silt_pattern_reach reach, struct silt_pattern **out,
					struct silt_error *err);

/* Compiles a pattern that is not compiled yet. Any thread may, several at once too. Fails as silt_pattern_new does. */
enum silt_status silt_pattern_ready(struct silt_pattern *pattern, struct silt_error *err);

/* Of a pattern that is compiled. */
enum silt_pattern_origin silt_pattern_origin(const struct silt_pattern *pattern);

/* What is known of a pattern before it meets a text. */
struct silt_pattern_facts {
	uint32_t look_behind; /* bytes that its longest lookbehind goes back */
	uint32_t shortest;    /* no match has fewer bytes; 0: unknown */
	bool may_be_empty;    /* it matches between two bytes */
	enum silt_pattern_origin origin;
};

/* Would silt_pattern_new take it? SILT_ERR_USAGE, with the byte that is wrong, if not. */
enum silt_status silt_pattern_check(const char *text, struct silt_pattern_facts *facts, struct silt_error *err);

/* The working memory of one thread, for any pattern. */
struct silt_pattern_memory;

enum silt_status silt_pattern_memory_new(const struct silt_limits *limits, struct silt_pattern_memory **out,
					 struct silt_error *err);
void silt_pattern_memory_free(struct silt_pattern_memory *memory);

enum silt_pattern_answer {
	SILT_PATTERN_NONE,
	SILT_PATTERN_FOUND,
	SILT_PATTERN_LIMIT,   /* a limit on time or memory was reached: nobody knows */
	SILT_PATTERN_STARVED, /* there is no more memory at all */
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

/*
 * The first match that starts at `starts.start` (at most subject.len) or later, and before `starts.end`; bytes before
 * serve lookbehinds. `*hit` is set only if FOUND. The pattern is ready.
 */
enum silt_pattern_answer silt_pattern_search(const struct silt_pattern *pattern, struct silt_pattern_memory *memory,
					     struct silt_bytes subject, struct silt_range starts,
					     struct silt_pattern_hit *hit);

#endif
