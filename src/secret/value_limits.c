/* Lengths, kinds of characters and entropy; in integers, so that every machine comes to the same answer. */
#include "secret/value_limits.h"

#include "base/ascii.h"

enum {
	FRACTION_BITS = SILT_LOG2_FRACTION_BITS,
};

uint64_t silt_log2(uint64_t number)
{
	uint64_t result = 0;
	uint64_t scaled = number; /* to 2^31 and up to 2^32: the mantissa, as 1.31 bits */
	uint64_t whole = 31;
	for (; scaled < UINT64_C(1) << 31; scaled <<= 1) {
		whole--;
	}
	for (; scaled >= UINT64_C(1) << 32; scaled >>= 1) {
		whole++;
	}
	for (int bit = 0; bit < FRACTION_BITS; bit++) {
		scaled = scaled * scaled >> 31;
		result <<= 1;
		if (scaled >= UINT64_C(1) << 32) {
			scaled >>= 1;
			result |= 1;
		}
	}
	return whole << FRACTION_BITS | result;
}

/* With c_i times byte i in n bytes, the entropy is log2(n) - sum(c_i * log2(c_i)) / n. */
bool silt_value_has_entropy(struct silt_bytes value, uint32_t tenths)
{
	if (value.len == 0) {
		return tenths == 0;
	}
	uint32_t counts[256] = {0};
	for (size_t i = 0; i < value.len; i++) {
		counts[value.ptr[i]]++;
	}
	uint64_t total = value.len * silt_log2(value.len);
	uint64_t known = 0;
	for (size_t i = 0; i < 256; i++) {
		known += counts[i] > 1 ? counts[i] * silt_log2(counts[i]) : 0;
	}
	uint64_t wanted = (uint64_t)tenths * value.len << FRACTION_BITS;
	return total >= known && (total - known) * 10 >= wanted;
}

bool silt_value_keeps(const struct silt_rule_limits *limits, struct silt_bytes value)
{
	if (value.len < limits->min_length || (limits->max_length > 0 && value.len > limits->max_length)) {
		return false;
	}
	uint32_t digits = 0, uppers = 0, lowers = 0;
	for (size_t i = 0; i < value.len; i++) {
		digits += silt_is_digit(value.ptr[i]);
		uppers += silt_is_upper(value.ptr[i]);
		lowers += silt_is_lower(value.ptr[i]);
	}
	if (digits < limits->digits || uppers < limits->uppers || lowers < limits->lowers) {
		return false;
	}
	return limits->entropy_tenths == 0 || silt_value_has_entropy(value, limits->entropy_tenths);
}
