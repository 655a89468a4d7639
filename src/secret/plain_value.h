/*
 * Values that programs and their settings are full of, and that are no secrets: paths, addresses, names of things,
 * calls, numbers, digests.
 *
 * For generic rules only: they meet `password = get_password()` a thousand times for each password.
 */
#ifndef SILT_SECRET_PLAIN_VALUE_H
#define SILT_SECRET_PLAIN_VALUE_H

#include "base/bytes.h"

/* `before`: what stands before the value, for the name it has; only the end of it is looked at. */
bool silt_is_plain_value(struct silt_bytes value, struct silt_bytes before);

/* ---- Its parts ----------------------------------------------------------------------------------------------------- */

/* "scheme://host/path" and the like without a user and password. */
bool silt_is_bare_url(struct silt_bytes value);

/* "user@example.com" */
bool silt_is_email(struct silt_bytes value);

/* "./x", "../x", "~/x", "C:\x", names of resources ("arn:...", "urn:..."), and what consists of names between slashes. */
bool silt_is_path(struct silt_bytes value);

/*
 * Words only, as programmers join them: "getPassword", "secret_key_base", "config.auth.token", "text/plain". A single
 * word counts if it has no digit: "hunter2" is a password, "oauth2_token" is a name.
 */
bool silt_is_identifier(struct silt_bytes value);

/* "getenv("X")", "os.environ['X']": a name of words and something in brackets. */
bool silt_is_call(struct silt_bytes value);

/* Eight, four, four, four and twelve hexadecimal digits. */
bool silt_is_uuid(struct silt_bytes value);

/* "0x1f", "#00ff00", "1.2.3", "2024-05-01T12:00:00Z", "10.0.0.1:80": numbers with something between or before them. */
bool silt_is_number(struct silt_bytes value);

/* "sha256:...", "sha512-...", or digits of the length of a digest behind a name such as "sha1" or "checksum". */
bool silt_is_named_digest(struct silt_bytes value, struct silt_bytes before);

#endif
