/* cmocka.h and what it wants before it; blank lines keep the order. */
#ifndef SILT_TESTS_UNIT_SECRET_CHECK_H
#define SILT_TESTS_UNIT_SECRET_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
