/*
 * Marvin32: two words of state, mixed once for every four bytes (little-endian) and twice at the end. The last word is
 * what is left of the bytes, with an 0x80 behind them.
 */
#include "secret/marvin.h"

struct state {
	uint32_t low;
	uint32_t high;
};

static uint32_t rotate(uint32_t word, unsigned bits)
{
	return word << bits | word >> (32 - bits);
}

static void mix(struct state *state, uint32_t word)
{
	state->low += word;
	state->high ^= state->low;
	state->low = rotate(state->low, 20) + state->high;
	state->high = rotate(state->high, 9) ^ state->low;
	state->low = rotate(state->low, 27) + state->high;
	state->high = rotate(state->high, 19);
}

uint32_t silt_marvin32(struct silt_bytes bytes, uint64_t seed)
{
	struct state state = {(uint32_t)seed, (uint32_t)(seed >> 32)};
	size_t at = 0;
	for (; bytes.len - at >= 4; at += 4) {
		mix(&state, silt_u32le(bytes.ptr + at));
	}
	uint8_t last[4] = {0};
	size_t left = bytes.len - at;
	for (size_t i = 0; i < left; i++) {
		last[i] = bytes.ptr[at + i];
	}
	last[left] = 0x80;
	mix(&state, silt_u32le(last));
	mix(&state, 0);
	return state.low ^ state.high;
}
