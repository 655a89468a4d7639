/* cmocka, with the headers it wants before it, and comparison of spans. */
#ifndef SILT_TESTS_UNIT_BASE_CHECK_H
#define SILT_TESTS_UNIT_BASE_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/bytes.h"

#define assert_bytes(got, text) assert_span(got, SILT_LITERAL(text))

#define assert_span(got, want)                                                                                         \
	do {                                                                                                           \
		struct silt_bytes span_got = (got), span_want = (want);                                                \
		assert_int_equal(span_got.len, span_want.len);                                                         \
		if (span_want.len > 0) {                                                                               \
			assert_memory_equal(span_got.ptr, span_want.ptr, span_want.len);                               \
		}                                                                                                      \
	} while (0)

#endif
