/*
 * Base64 between BEGIN and END lines, in the many spellings in which keys travel: LF, CRLF and CR, line ends written
 * as `\n` (in JSON, .env files and string literals, escaped once or more), indentation, quotes around every line,
 * comment signs in front of it, spaces in place of line ends.
 */
#ifndef SILT_SECRET_ARMOR_H
#define SILT_SECRET_ARMOR_H

#include "base/bytes.h"

/*
 * Cuts the next line off `*rest`, without the white space, quotes, commas, comment signs and joining operators around
 * it. False when nothing is left. Lines may be empty.
 */
bool silt_armor_line(struct silt_bytes *rest, struct silt_bytes *line);

/* Adds the base64 characters of a line, '=' included, to `room`. False if there is anything else in it. */
bool silt_armor_collect(struct silt_bytes line, uint8_t *room, size_t *len);

struct silt_armor {
	struct silt_bytes data;   /* decoded; in `room` */
	bool encrypted;           /* "Proc-Type: 4,ENCRYPTED" (RFC 1421) stood before it */
	struct silt_bytes cipher; /* "AES-128-CBC" of "DEK-Info: AES-128-CBC,..." */
};

/*
 * Reads headers and base64. `room` has body.len bytes. False if it is not base64, and with `cut_short` false also if
 * a part of the last group of four characters is missing.
 */
bool silt_armor_read(struct silt_bytes body, bool cut_short, uint8_t *room, struct silt_armor *out);

#endif
