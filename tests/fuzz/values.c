/* Fuzz target: what generic rules think of values, and globs of names. The answers stay the same, and nobody reads on. */
#include "secret/glob.h"
#include "secret/placeholder.h"
#include "secret/plain_value.h"
#include "secret/value_limits.h"

#include <stdlib.h>

/* In memory of its own size, so that the sanitizer sees a read beyond it. */
static struct silt_bytes tight_copy(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size > 0 ? size : 1);
	if (!copy) {
		abort();
	}
	if (size > 0) {
		memcpy(copy, data, size);
	}
	return silt_bytes(copy, size);
}

static void judge(struct silt_bytes first, struct silt_bytes second)
{
	bool placeholder = silt_is_placeholder(first);
	bool plain = silt_is_plain_value(first, second);
	if (placeholder != silt_is_placeholder(first) || plain != silt_is_plain_value(first, second)) {
		abort();
	}
	if (silt_value_has_entropy(first, 81) || (first.len > 0 && !silt_value_has_entropy(first, 0))) {
		abort(); /* eight bits to a byte, and no fewer than none */
	}
	bool names = silt_bytes_find_byte(first, '/') == SIZE_MAX && silt_bytes_find_byte(second, '/') == SIZE_MAX;
	if (names && second.len > 0 && silt_glob_fits(first, second) && !silt_glob_names(first, second)) {
		abort(); /* a name is a path of one component */
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t half = size > 0 ? data[0] % size : 0;
	struct silt_bytes first = tight_copy(data, half), second = tight_copy(data + half, size - half);
	judge(first, second);
	judge(second, first);
	free((void *)(uintptr_t)first.ptr);
	free((void *)(uintptr_t)second.ptr);
	return 0;
}
