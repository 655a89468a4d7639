/*
 * The gate over one group, in vectors of SILT_GATE_WIDTH bytes: for the two files that make a gate of it.
 *
 * A window of 16 bytes is four words of 4. Folded, they become one word, whose byte j stands for the bytes j, j + 4,
 * j + 8 and j + 12 of the window: the same place in each group of four characters of base64.
 *
 *     window   LS0t LS1C RUdJ TiBS      four vectors hold the windows of a group, with 32 bytes two in each
 *     folded   L R  S U  0 1 d i ...    one vector: a word for each window
 *
 * Written with the vector types of gcc and clang, which every CPU has in some form.
 */
#ifndef SILT_SECRET_UNWRAP_GATE_GROUP_H
#define SILT_SECRET_UNWRAP_GATE_GROUP_H

#include "base/attributes.h"
#include "secret/unwrap_gate.h"

#ifndef SILT_GATE_WIDTH
#define SILT_GATE_WIDTH 16
#endif

typedef int8_t gate_bytes SILT_VECTOR(SILT_GATE_WIDTH);
typedef uint8_t gate_numbers SILT_VECTOR(SILT_GATE_WIDTH);
typedef uint32_t gate_words SILT_VECTOR(SILT_GATE_WIDTH);
typedef uint64_t gate_pairs SILT_VECTOR(SILT_GATE_WIDTH);

/*
 * The characters of base64 are among those from '+' to DEL: taken from GATE_WORD_TOP, nothing else in ASCII gives more
 * than INT8_MAX, a negative number.
 * The first character of each four holds the upper six bits of a byte. If that is a printable character, a tab or a
 * line end, it is one of C, D, I to Z, a to f: from C to f. The names and paths of a system rarely have four such in a
 * row at a distance of four. HEAD_SHIFT moves the range to the end of the numbers with a sign: one comparison is enough.
 */
enum {
	GATE_WORD_TOP = '+' + INT8_MAX,
	GATE_HEAD_FIRST = 'C',
	GATE_HEAD_LAST = 'f',
	GATE_HEAD_SHIFT = INT8_MAX - GATE_HEAD_LAST,
};

SILT_INLINE gate_bytes gate_load(const uint8_t *p)
{
	gate_bytes v;
	memcpy(&v, p, sizeof(v));
	return v;
}

/* 0: what could come first of four; negative: no character of base64; else one. Of ASCII only. */
SILT_INLINE gate_bytes gate_classes(gate_bytes v)
{
	gate_bytes moved = (gate_bytes)((gate_numbers)v + (uint8_t)GATE_HEAD_SHIFT);
	gate_bytes rest = (gate_bytes)((uint8_t)GATE_WORD_TOP - (gate_numbers)v);
	return rest & (moved < (int8_t)(GATE_HEAD_FIRST + GATE_HEAD_SHIFT));
}

/* One bit for each byte: its highest. */
SILT_INLINE uint32_t gate_signs(gate_bytes v)
{
#if SILT_GATE_WIDTH == 32
	typedef char chars SILT_VECTOR(32);
	return (uint32_t)__builtin_ia32_pmovmskb256((chars)v);
#elif defined(__SSE2__)
	typedef char chars SILT_VECTOR(16);
	return (uint32_t)__builtin_ia32_pmovmskb128((chars)v);
#else
	uint32_t bits = 0;
	for (unsigned i = 0; i < SILT_GATE_WIDTH; i++) {
		bits |= (uint32_t)(v[i] < 0) << i;
	}
	return bits;
#endif
}

/* Four vectors to one: each word of it is the OR of the four words of one window. */
SILT_INLINE gate_bytes gate_fold(gate_bytes a, gate_bytes b, gate_bytes c, gate_bytes d)
{
	gate_words v[4] = {(gate_words)a, (gate_words)b, (gate_words)c, (gate_words)d};
#if SILT_GATE_WIDTH == 32
	gate_words ab = __builtin_shufflevector(v[0], v[1], 0, 8, 1, 9, 4, 12, 5, 13) |
			__builtin_shufflevector(v[0], v[1], 2, 10, 3, 11, 6, 14, 7, 15);
	gate_words cd = __builtin_shufflevector(v[2], v[3], 0, 8, 1, 9, 4, 12, 5, 13) |
			__builtin_shufflevector(v[2], v[3], 2, 10, 3, 11, 6, 14, 7, 15);
	gate_pairs low = __builtin_shufflevector((gate_pairs)ab, (gate_pairs)cd, 0, 4, 2, 6);
	gate_pairs high = __builtin_shufflevector((gate_pairs)ab, (gate_pairs)cd, 1, 5, 3, 7);
#else
	gate_words ab = __builtin_shufflevector(v[0], v[1], 0, 4, 1, 5) |
			__builtin_shufflevector(v[0], v[1], 2, 6, 3, 7);
	gate_words cd = __builtin_shufflevector(v[2], v[3], 0, 4, 1, 5) |
			__builtin_shufflevector(v[2], v[3], 2, 6, 3, 7);
	gate_pairs low = __builtin_shufflevector((gate_pairs)ab, (gate_pairs)cd, 0, 2);
	gate_pairs high = __builtin_shufflevector((gate_pairs)ab, (gate_pairs)cd, 1, 3);
#endif
	return (gate_bytes)(low | high);
}

/*
 * The four windows of 4 * 16 bytes, or eight of 4 * 32: a bit or more of the four from 4 * k on for the k-th word of the
 * folded vector, which is window k; with 32 bytes, word k is window 2 * k, and word 4 + k is window 2 * k + 1.
 */
SILT_INLINE uint32_t gate_look(const uint8_t *p)
{
	gate_bytes a = gate_load(p);
	gate_bytes b = gate_load(p + SILT_GATE_WIDTH);
	gate_bytes c = gate_load(p + 2 * SILT_GATE_WIDTH);
	gate_bytes d = gate_load(p + 3 * SILT_GATE_WIDTH);
	gate_bytes all = gate_fold(gate_classes(a), gate_classes(b), gate_classes(c), gate_classes(d));
	gate_bytes bits = gate_fold(a, b, c, d);

	gate_words native = (gate_words)(((gate_words)(all | bits) & 0x80808080U) == 0);
	gate_words heads = (gate_words)(all == 0);
	/* Digits from 0 to 7, at every other place, are the first digits of ASCII in hexadecimal. */
	gate_words digits = (gate_words)((bits & (int8_t)0xf8) == '0');
	digits &= digits >> 16;
	gate_words zeros = (gate_words)(bits == 0);
	gate_words wide = (gate_words)(zeros == 0xff00ff00U) | (gate_words)(zeros == 0x00ff00ffU);
	return gate_signs((gate_bytes)((native & (heads | digits)) | wide));
}

/* One bit for each four of which some are set: bit 4 * k. */
SILT_INLINE uint32_t gate_any(uint32_t bits)
{
	bits |= bits >> 1;
	return (bits | bits >> 2) & 0x11111111U;
}

#endif
