/* Large memory that costs what is written of it. */
#include "check.h"

#include "base/bytes.h"
#include "base/pages.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { SIZE = 4 * 1024 * 1024 + 1 };

/* Bytes of a mapping that are in memory; 0 where it is none. */
#ifndef __SANITIZE_ADDRESS__
static size_t resident(void *pages, size_t size)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE), count = (size + page - 1) / page;
	unsigned char *present = calloc(count, 1);
	size_t sum = 0;
	assert_non_null(present);
	if (mincore(pages, size, present) == 0) {
		for (size_t i = 0; i < count; i++) {
			sum += present[i] & 1 ? page : 0;
		}
	}
	free(present);
	return sum;
}
#endif

static void pages_cost_what_is_written(void **state)
{
	(void)state;
	uint8_t *pages = silt_pages_new(SIZE);
	assert_non_null(pages);
#ifndef __SANITIZE_ADDRESS__
	assert_int_equal(resident(pages, SIZE), 0);
	pages[0] = pages[SIZE - 1] = 1;
	assert_in_range(resident(pages, SIZE), 1, SIZE / 2);
#endif
	silt_pages_free(pages, SIZE);
	silt_pages_free(NULL, SIZE);
}

static void pages_are_zeros_when_new_and_when_cleared(void **state)
{
	(void)state;
	uint8_t *pages = silt_pages_new(SIZE);
	assert_non_null(pages);
	assert_true(silt_bytes_all(silt_bytes(pages, SIZE), 0));
	memset(pages, 'x', SIZE);
	silt_pages_clear(pages, SIZE);
	assert_true(silt_bytes_all(silt_bytes(pages, SIZE), 0));
	silt_pages_free(pages, SIZE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_cost_what_is_written),
		cmocka_unit_test(pages_are_zeros_when_new_and_when_cleared),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
