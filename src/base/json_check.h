/*
 * The strict pass over a JSON text that comes before jansson.
 *
 * jansson keeps one value for a key, so it loses what has to be told: that there were two. Its arrays lose nothing, so
 * the text it gets has arrays only. An array starts with `false`, an object with `true`, and then come the keys and
 * values in turn:
 *
 *     {"Env": ["A=1"], "env": null}      as given
 *     [true,"Env",[false,"A=1"],"env",null]      as jansson gets it
 *
 * Numbers that are not written as a whole number of 0..2^63-1 become 0.5: nobody asks for their value, and jansson
 * would refuse some that are good JSON (1e999). A surrogate that is not one of a pair ("\ud800") becomes U+FFFD, as Go
 * reads it, which accepts such a document; jansson would not.
 */
#ifndef SILT_BASE_JSON_CHECK_H
#define SILT_BASE_JSON_CHECK_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/limits.h"

/*
 * Checks that `text` is one object or array of strict JSON (RFC 8259) in valid UTF-8, without a NUL in a key, and
 * within `limits` (those of JSON); writes it to `out` in the form above, and the number of its values and keys to
 * `*tokens`. SILT_ERR_INPUT with line, column and what was expected otherwise; `out` then holds
 * rubbish, and `*excess` the limit that the text exceeds, if that is why. Else it is left as it is.
 */
enum silt_status silt_json_check(struct silt_bytes text, const struct silt_limits *limits, struct silt_buffer *out,
				 size_t *tokens, enum silt_limit_id *excess, struct silt_error *err);

#endif
