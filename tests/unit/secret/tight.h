/* Memory that ends where the bytes end, so that the sanitizer sees a read beyond them. */
#ifndef SILT_TESTS_TIGHT_H
#define SILT_TESTS_TIGHT_H

#include "check.h"

#include "base/bytes.h"

#include <stdlib.h>

/* A copy; the caller frees it. */
static inline uint8_t *tight_copy(struct silt_bytes bytes)
{
	uint8_t *copy = malloc(bytes.len > 0 ? bytes.len : 1);
	assert_non_null(copy);
	if (bytes.len > 0) {
		memcpy(copy, bytes.ptr, bytes.len);
	}
	return copy;
}

#endif
