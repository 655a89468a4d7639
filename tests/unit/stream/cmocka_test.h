/* cmocka, with what it wants included before it. */
#ifndef SILT_TESTS_CMOCKA_TEST_H
#define SILT_TESTS_CMOCKA_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
