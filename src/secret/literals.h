/*
 * Many literals at once, by Hyperscan or Vectorscan: the only user of hs.h is literals.c.
 *
 * Answers with ends only. The start of a literal follows from its length; asking the library for starts
 * (HS_FLAG_SOM_LEFTMOST) costs two thirds of the speed.
 */
#ifndef SILT_SECRET_LITERALS_H
#define SILT_SECRET_LITERALS_H

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/error.h"

struct silt_literal {
	struct silt_bytes text; /* any bytes, 1 or more */
	bool any_case;          /* the case of ASCII letters does not count */
};

/* A compiled set: immutable, shared between threads. */
struct silt_literals;

/*
 * Compiles `count` literals (1 or more), no two of them the same. Their positions in `list` are their numbers.
 * SILT_ERR_INTERNAL if the library refuses them.
 */
enum silt_status silt_literals_new(const struct silt_literal *list, size_t count, struct silt_literals **out,
				   struct silt_error *err);

/*
 * Adds to `out` what silt_literals_new would make of `list` on the least processor that silt is meant to be fast on, for
 * a program of the same kind of machine and library. Of a list, not of a set: some sets can be used here alone.
 */
enum silt_status silt_literals_pack(const struct silt_literal *list, size_t count, struct silt_buffer *out,
				    struct silt_error *err);

/* The set of `list` from what was packed of it; if the library or the processor refuses that, from `list`. */
enum silt_status silt_literals_new_packed(struct silt_bytes packed, const struct silt_literal *list, size_t count,
					  struct silt_literals **out, struct silt_error *err);
void silt_literals_free(struct silt_literals *literals);

/* One stream at a time through a set: the working memory of one thread. The set must outlive it. */
struct silt_literal_stream;

enum silt_status silt_literal_stream_new(const struct silt_literals *literals, struct silt_literal_stream **out,
					 struct silt_error *err);
void silt_literal_stream_free(struct silt_literal_stream *stream);

/*
 * Literal `number` stands before byte `end` of the stream. Called in order of `end`; literals that end at one place
 * come in no special order. False: scan no further. Must not feed the stream it is called from.
 */
typedef bool silt_literal_fn(void *ctx, uint32_t number, uint64_t end);

/* Forgets the stream so far and starts another one. SILT_ERR_INTERNAL if the library fails. */
enum silt_status silt_literal_stream_begin(struct silt_literal_stream *stream, struct silt_error *err);

/*
 * The next bytes of the stream. SILT_OK also when `fn` said stop, after which only begin may follow.
 * SILT_ERR_INTERNAL if the library fails.
 */
enum silt_status silt_literal_stream_feed(struct silt_literal_stream *stream, struct silt_bytes bytes,
					  silt_literal_fn *fn, void *ctx, struct silt_error *err);

#endif
