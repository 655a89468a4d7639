/* The gate for x86 with AVX2: compiled for it, and called only there. Takes half the time. */
#define SILT_GATE_WIDTH 32
#include "secret/unwrap_gate_group.h"

/* The first four words of the folded vector are the even windows, the others the odd ones. */
static uint32_t order(uint32_t bits)
{
	uint32_t windows = 0;
	for (unsigned k = 0; k < 4; k++) {
		windows |= (bits >> (4 * k) & 1) << (2 * k) | (bits >> (16 + 4 * k) & 1) << (2 * k + 1);
	}
	return windows;
}

/* A hit is written in any case and counted if it is one: a branch here would be guessed wrong too often. */
size_t silt_gate_avx2(const uint8_t *bytes, size_t count, struct silt_gate_hit *hits)
{
	size_t found = 0;
	for (uint32_t group = 0; group < count; group++, bytes += SILT_GATE_GROUP) {
		uint32_t bits = gate_look(bytes);
		hits[found] = (struct silt_gate_hit){group, bits};
		found += bits != 0;
	}
	for (size_t i = 0; i < found; i++) {
		hits[i].windows = order(gate_any(hits[i].windows));
	}
	return found;
}
