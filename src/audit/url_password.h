/* Passwords in URLs, wherever they stand. */
#ifndef SILT_AUDIT_URL_PASSWORD_H
#define SILT_AUDIT_URL_PASSWORD_H

#include "base/bytes.h"

/*
 * The password of a URL (RFC 3986, 3.2.1) that continues MARK "user:password@host" at the front of `text`; empty if there
 * is none. `mark` is "://", or ":/" for what is left of it where a path was cleaned.
 */
struct silt_bytes silt_url_password(struct silt_bytes text, struct silt_bytes mark);

/* How many bytes of `text` are left of a span that began in it or before it; 0: `text` does not begin inside. */
size_t silt_bytes_left_of(struct silt_bytes span, struct silt_bytes text);

#endif
