/* What a value consists of says more than how it is distributed: entropy comes last. */
#include "secret/random_value.h"

#include "base/ascii.h"
#include "secret/plain_value.h"
#include "secret/value_limits.h"

enum {
	RANDOM_MIN = 8, /* shorter ones cannot be told from words */
	RANDOM_MAX = 150,
	HEX_ENTROPY = 30, /* tenths of a bit */
	ANY_ENTROPY = 35,
};

/* How many bytes of each kind. */
struct kinds {
	size_t digits, uppers, lowers;
	size_t signs; /* that join no words */
	size_t hex;
};

static struct kinds count_kinds(struct silt_bytes value)
{
	struct kinds kinds = {0};
	for (size_t i = 0; i < value.len; i++) {
		uint8_t c = value.ptr[i];
		bool digit = silt_is_digit(c);
		bool upper = silt_is_upper(c);
		bool lower = silt_is_lower(c);
		kinds.digits += digit;
		kinds.uppers += upper;
		kinds.lowers += lower;
		kinds.signs += !digit && !upper && !lower && !strchr("_-.", c);
		kinds.hex += silt_is_hex(c);
	}
	return kinds;
}

bool silt_looks_random(struct silt_bytes value)
{
	struct kinds kinds = count_kinds(value);
	if (value.len < RANDOM_MIN || value.len > RANDOM_MAX || kinds.digits == 0 || silt_is_uuid(value) ||
	    silt_is_identifier(value)) {
		return false;
	}
	return silt_value_has_entropy(value, kinds.hex == value.len ? HEX_ENTROPY : ANY_ENTROPY);
}

bool silt_looks_strong(struct silt_bytes value)
{
	struct kinds kinds = count_kinds(value);
	bool mixed = (kinds.uppers > 0 && kinds.lowers > 0) || kinds.signs > 0;
	return silt_looks_random(value) || (value.len >= RANDOM_MIN && kinds.digits > 0 &&
					    kinds.uppers + kinds.lowers > 0 && mixed && !silt_is_identifier(value));
}
