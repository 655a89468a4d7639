/* The few compiler extensions silt uses, one macro each. */
#ifndef SILT_BASE_ATTRIBUTES_H
#define SILT_BASE_ATTRIBUTES_H

#define SILT_PRINTF(text, first) __attribute__((format(printf, text, first)))
#define SILT_MUST_USE __attribute__((warn_unused_result))
#define SILT_CLEANUP(function) __attribute__((cleanup(function)))
/* For a loop over every byte: a call in it would cost more than what it does. */
#define SILT_INLINE static inline __attribute__((always_inline))
/* Number of the lowest bit of `bits` (an unsigned int, not 0) that is set. */
#define SILT_LOWEST_BIT(bits) ((unsigned)__builtin_ctz(bits))
/* A type of so many bytes whose elements are worked on all at once: + & | < and so on go by element. */
#define SILT_VECTOR(bytes) __attribute__((vector_size(bytes)))

/* Overflow-checked arithmetic: true if the result did not fit (and `*out` must not be used). */
#define SILT_ADD_OVERFLOWS(a, b, out) __builtin_add_overflow((a), (b), (out))
#define SILT_MUL_OVERFLOWS(a, b, out) __builtin_mul_overflow((a), (b), (out))

#define SILT_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
