/* The few compiler extensions silt uses, one macro each. */
#ifndef SILT_BASE_ATTRIBUTES_H
#define SILT_BASE_ATTRIBUTES_H

#define SILT_PRINTF(text, first) __attribute__((format(printf, text, first)))
#define SILT_MUST_USE __attribute__((warn_unused_result))
#define SILT_CLEANUP(function) __attribute__((cleanup(function)))

/* Overflow-checked arithmetic: true if the result did not fit (and `*out` must not be used). */
#define SILT_ADD_OVERFLOWS(a, b, out) __builtin_add_overflow((a), (b), (out))
#define SILT_MUL_OVERFLOWS(a, b, out) __builtin_mul_overflow((a), (b), (out))

#define SILT_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
