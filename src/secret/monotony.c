/* Two questions for every byte: does it equal one shortly before it, and is it the next one? */
#include "secret/monotony.h"

enum {
	/* Units up to so many bytes are seen to repeat. */
	UNIT_MAX = 4,
	/* So many bytes in a row that only repeat: in random hexadecimal digits once in four thousand million places. */
	REPEATED_MIN = 8,
	/* So many in a row of which each follows on the one before. */
	COUNTED_MIN = 8,
};

/* Zero bytes are AAAA in base64, and binary data is full of them. */
static bool repeats(struct silt_bytes value, size_t unit)
{
	size_t run = 0;
	for (size_t i = unit; i < value.len && run < REPEATED_MIN; i++) {
		run = value.ptr[i] == value.ptr[i - unit] && value.ptr[i] != 'A' ? run + 1 : 0;
	}
	return run == REPEATED_MIN;
}

static bool counts(struct silt_bytes value)
{
	size_t run = 0;
	for (size_t i = 1; i < value.len && run < COUNTED_MIN; i++) {
		run = value.ptr[i] == value.ptr[i - 1] + 1 ? run + 1 : 0;
	}
	return run == COUNTED_MIN;
}

bool silt_is_monotonous(struct silt_bytes value)
{
	for (size_t unit = 1; unit <= UNIT_MAX; unit++) {
		if (repeats(value, unit)) {
			return true;
		}
	}
	return counts(value);
}
