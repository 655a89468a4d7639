/* Whether two records say the same, member by member; written by hand, and not by the rows that records are packed by. */
#ifndef SILT_TESTS_SAME_RECORD_H
#define SILT_TESTS_SAME_RECORD_H

#include "layer/record.h"

/* Fails the test, naming the member, if they differ. */
void assert_same_record(const struct silt_record *a, const struct silt_record *b);

#endif
