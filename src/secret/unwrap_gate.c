/* The gate for any CPU, and the choice between the two. */
#include "secret/unwrap_gate_group.h"

/* Every fourth of 16 bits, moved together. */
static uint32_t squeeze(uint32_t bits)
{
	return (bits & 1) | (bits >> 3 & 2) | (bits >> 6 & 4) | (bits >> 9 & 8);
}

size_t silt_gate_plain(const uint8_t *bytes, size_t count, struct silt_gate_hit *hits)
{
	size_t found = 0;
	for (uint32_t group = 0; group < count; group++, bytes += SILT_GATE_GROUP) {
		uint32_t first = gate_look(bytes);
		uint32_t second = gate_look(bytes + SILT_GATE_GROUP / 2);
		hits[found] = (struct silt_gate_hit){group, first | second << 16};
		found += (first | second) != 0;
	}
	for (size_t i = 0; i < found; i++) {
		uint32_t bits = gate_any(hits[i].windows);
		hits[i].windows = squeeze(bits) | squeeze(bits >> 16) << 4;
	}
	return found;
}

size_t silt_gate(const uint8_t *bytes, size_t count, struct silt_gate_hit *hits)
{
#ifdef SILT_GATE_AVX2
	if (__builtin_cpu_supports("avx2")) {
		return silt_gate_avx2(bytes, count, hits);
	}
#endif
	return silt_gate_plain(bytes, count, hits);
}
