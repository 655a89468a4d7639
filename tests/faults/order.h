/* What faults_sweep is asked for. */
#ifndef SILT_TESTS_ORDER_H
#define SILT_TESTS_ORDER_H

#include "faults/heap.h"
#include "faults/run.h"

enum { ORDER_BASE_IDS_MAX = 64, ORDER_LIMITS_MAX = 8 };

struct order_base {
	const char *ids[ORDER_BASE_IDS_MAX]; /* of the words */
	struct silt_base base;
};

struct order {
	struct run_order run; /* points into this struct: it must stay where it is */
	size_t each;
	uint64_t part, parts;
	struct heap_plan at; /* first 0: everything is swept */
	struct order_base base, allowed_base;
	struct silt_limit_setting limits[ORDER_LIMITS_MAX];
};

/* Reads the words of the command line, which are changed and must stay. False, and it was said why, if they make no sense. */
bool order_read(int argc, char **argv, struct order *order);

#endif
