/*
 * One's own question asked of all bytes: text, or what a pattern matches, in every version of every file and in what is
 * between them.
 */
#ifndef SILT_STRINGS_H
#define SILT_STRINGS_H

#include "silt/dig.h"
#include "silt/report.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is looked for. */
struct silt_query;

/* Bytes of the longest match: one that goes on is cut there, and what follows is matched anew. */
#define SILT_QUERY_MATCH_MAX (64 * 1024)

/*
 * A regular expression of PCRE2, on bytes (docs/forensics.md). NULL: runs of printable ASCII and tabs of `shortest` bytes or
 * more. It is compiled to machine code here: a process that confines itself calls this before. SILT_ERR_USAGE, with the
 * place that is wrong.
 */
SILT_API enum silt_status silt_query_new(const char *pattern, unsigned shortest, struct silt_query **out,
					 struct silt_error *err);
SILT_API void silt_query_free(struct silt_query *query);

struct silt_strings_options {
	enum silt_format format; /* TEXT or JSONL */
	/* Told of runs of bytes on which the pattern took too long; `text` is one printable sentence. May be NULL. */
	void (*warn)(void *ctx, const char *text);
	void *ctx;
};

/* So many of these runs are told one by one; how many there are in all is told in any case. */
#define SILT_STRINGS_WARNINGS_MAX 24

struct silt_strings_summary {
	uint64_t matches;
	uint64_t unknown; /* runs of bytes on which the pattern took too long: nobody knows whether it is in them */
	uint64_t unknown_bytes; /* that are in these runs */
};

/*
 * Reads the bundle again and writes each match as it is met: TEXT, "PLACE:OFFSET: MATCH", or JSONL. What is in archives
 * among the files is matched as it lies. SILT_ERR_USAGE: another format.
 */
SILT_API enum silt_status silt_strings_write(struct silt_bundle *bundle, const struct silt_result *result,
					     const struct silt_query *query, const struct silt_strings_options *options,
					     struct silt_sink sink, struct silt_strings_summary *summary,
					     struct silt_error *err);

#ifdef __cplusplus
}
#endif

#endif
