/*
 * A result out of arbitrary bytes, for what writes results. Every text of it is what the escape makes of some of the
 * bytes, as the contract of silt/result.h wants it; everything else takes any value that its type has.
 */
#ifndef SILT_TESTS_FUZZ_MADE_RESULT_H
#define SILT_TESTS_FUZZ_MADE_RESULT_H

#include "audit/result.h"

/* Made in the result's own arena, which silt_arena_done ends. Aborts if memory runs out. */
void make_result(struct silt_bytes bytes, struct silt_result *result);

#endif
