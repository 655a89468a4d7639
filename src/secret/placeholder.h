/*
 * Values that stand where a secret will be put: "changeme", "<your-token>", "${DB_PASSWORD}", "xxxx-xxxx", "12345678".
 *
 * For generic rules only. A token that its own shape gives away is a token, whatever words chance put into it.
 */
#ifndef SILT_SECRET_PLACEHOLDER_H
#define SILT_SECRET_PLACEHOLDER_H

#include "base/bytes.h"

bool silt_is_placeholder(struct silt_bytes value);

/* ---- Its parts ----------------------------------------------------------------------------------------------------- */

/* A hole that a program fills, and nothing but it: ${..} {{..}} <..> %(..)s $VAR %VAR% @VAR@ #{..} $(..) ... */
bool silt_is_template(struct silt_bytes value);

/* Nothing but words of placeholders, joined or not: "your-api-key", "changeme", "mysecretpassword", "none". */
bool silt_is_placeholder_words(struct silt_bytes value);

/* Something that people put into examples stands in it: "example", "your_", "...", a run of 'x' or '*'. */
bool silt_has_placeholder_part(struct silt_bytes value);

/* One character again and again, an ascending or descending sequence, or a short unit that is repeated. */
bool silt_is_sequence(struct silt_bytes value);

#endif
