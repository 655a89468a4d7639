/*
 * A judgement with a finding for each of some strings that do harm where they are not escaped, each in every field that
 * could come from an image; and findings that a policy accepts.
 */
#ifndef SILT_TESTS_UNIT_REPORT_NASTY_H
#define SILT_TESTS_UNIT_REPORT_NASTY_H

#include "fake.h"

/* Printable text, as a result has it. */
extern const char *const nasty_strings[];
extern const size_t nasty_count;

/* Finding number i is about string number i; the standings take turns. Incomplete. Made once; nobody frees it. */
const struct silt_judgement *nasty_judgement(void);

/* The same with those that do not count alone, and without a gap: it passes. */
const struct silt_judgement *nasty_accepted(void);

/* The report over `count` judgements, in `out`. Fails the test if it cannot be written. */
void nasty_report(const struct silt_judgement *const *judgements, size_t count,
		  const struct silt_report_options *options, struct silt_buffer *out);

#endif
