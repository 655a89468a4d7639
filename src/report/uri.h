/* Names as relative references of RFC 3986. */
#ifndef SILT_REPORT_URI_H
#define SILT_REPORT_URI_H

#include "base/buffer.h"

/*
 * Adds printable text, a name or path, as a relative path: what is not unreserved is percent-encoded, so that no part of
 * it can be a scheme, a query or a fragment; empty segments, "." and ".." are left out, so that it leads nowhere else.
 * Undone by decoding the percent signs and then silt's escapes. A long one ends with "..." (readers refuse those of
 * more than 65519 characters). Never empty: "_" if nothing is left.
 */
void silt_uri_add(struct silt_buffer *out, const char *text);

#endif
