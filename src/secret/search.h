/*
 * Finding secrets in a stream as it is, and in what is encoded in it.
 *
 * The stream goes through a scanner untouched. Beside it, text that is encoded in the stream is decoded and goes through
 * scanners of its own: base64 (either alphabet, on one line or many), hexadecimal, UTF-16 without a byte of more than
 * ASCII in it, percent-encoding, and the escapes of C and JSON. Each decoded text is a stream with edges. Nothing is
 * decoded twice: base64 of base64 is not looked into.
 *
 * A match in decoded text is reported at the bytes of the stream that hold the value, however they are spelled there,
 * with `via` naming the encoding: "base64", "hex", "UTF-16LE", "UTF-16BE", "percent-encoding", "escapes". What was found
 * in the stream as it is is not reported again where decoded text shows it: neither the same value, unless only a
 * generic rule knew it, nor another value of the same rule on the same bytes, unless the rule is surer of it.
 */
#ifndef SILT_SECRET_SEARCH_H
#define SILT_SECRET_SEARCH_H

#include "secret/scanner.h"

/*
 * A search: the working memory of one thread. `matcher` and `limits` (NULL: the defaults) must
 * outlive it.
 */
struct silt_search;

enum silt_status silt_search_new(const struct silt_matcher *matcher, const struct silt_limits *limits,
				 struct silt_search **out, struct silt_error *err);
void silt_search_free(struct silt_search *search);

/*
 * Starts a stream, as silt_scanner_begin does. Matches with `via` NULL come in order of offset per rule; the others
 * come when their encoding ends, or when enough of it has been decoded.
 */
void silt_search_begin(struct silt_search *search, struct silt_bytes path, silt_match_fn *fn, void *ctx);

/* The next bytes of the stream, with the contract of silt_scanner_feed. */
enum silt_status silt_search_feed(struct silt_search *search, struct silt_bytes bytes, bool last,
				  struct silt_error *err);

/*
 * The limit for which something in the stream just ended was not looked at: silt_scanner_overflowed of the stream or of
 * a decoded text, or one of decoded texts and the matches in them.
 */
enum silt_limit_id silt_search_overflowed(const struct silt_search *search);

#endif
