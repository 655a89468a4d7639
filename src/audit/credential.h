/*
 * Telling by its name that a variable holds a secret. Precision first: a name says little, so the value must not look
 * like one of the many things that are no secret.
 */
#ifndef SILT_AUDIT_CREDENTIAL_H
#define SILT_AUDIT_CREDENTIAL_H

#include "base/bytes.h"
#include "silt/result.h"

/*
 * True if NAME=value looks like a secret. A word such as PASSWORD needs any value that is no placeholder, path, URL,
 * number or switch; KEY, AUTH and TOKEN, which name much else, need one that looks random. `*confidence` is LIKELY for a
 * random-looking value, else POSSIBLE.
 */
bool silt_looks_like_credential(struct silt_bytes name, struct silt_bytes value, enum silt_confidence *confidence);

#endif
