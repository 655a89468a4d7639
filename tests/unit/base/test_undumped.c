/* What may hold a secret is not part of a core dump, by what the kernel says of its mapping. */
#include "check.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/secure.h"

#include <stdio.h>
#include <stdlib.h>

enum { LARGE = 1 << 20 };

/* True if the kernel would leave the mapping of `address` out ("dd" among its VmFlags, proc(5)). */
static bool is_undumped(const void *address)
{
	char line[512];
	unsigned long start, end;
	bool inside = false, found = false;
	FILE *maps = fopen("/proc/self/smaps", "r");
	assert_non_null(maps);
	while (!found && fgets(line, sizeof(line), maps)) {
		if (sscanf(line, "%lx-%lx ", &start, &end) == 2) {
			inside = (unsigned long)address >= start && (unsigned long)address < end;
		}
		found = inside && strncmp(line, "VmFlags:", 8) == 0;
	}
	fclose(maps);
	assert_true(found);
	return strstr(line, " dd") != NULL;
}

static void large_buffers_are_left_out_as_a_whole(void **state)
{
	(void)state;
	struct silt_buffer buffer = {0};
	for (size_t i = 0; i < LARGE; i++) {
		silt_buffer_add_byte(&buffer, 'x');
	}
	assert_true(is_undumped(buffer.ptr));
	assert_true(is_undumped(buffer.ptr + buffer.len / 2));
	assert_true(is_undumped(buffer.ptr + buffer.len));
	silt_buffer_done(&buffer);
}

static void large_pieces_of_an_arena_are_left_out(void **state)
{
	(void)state;
	struct silt_arena arena = {0};
	uint8_t *small = silt_arena_alloc(&arena, 64);
	uint8_t *large = silt_arena_alloc(&arena, LARGE);
	assert_non_null(small);
	assert_non_null(large);
	assert_true(is_undumped(large));
	assert_true(is_undumped(large + LARGE - 1));
	silt_arena_done(&arena);
}

static void nothing_is_no_mistake(void **state)
{
	(void)state;
	uint8_t small[16];
	silt_leave_undumped(NULL, LARGE);
	silt_leave_undumped(small, sizeof(small));
	assert_false(is_undumped(small));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(large_buffers_are_left_out_as_a_whole),
		cmocka_unit_test(large_pieces_of_an_arena_are_left_out),
		cmocka_unit_test(nothing_is_no_mistake),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
