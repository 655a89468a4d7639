/* Arenas, and arrays that grow. */
#include "check.h"

#include "base/arena.h"

#include <stdlib.h>

static bool is_aligned(const void *memory)
{
	return (uintptr_t)memory % _Alignof(max_align_t) == 0;
}

static void memory_is_aligned_zeroed_and_its_own(void **state)
{
	(void)state;
	struct silt_arena arena = {0};
	uint8_t *blocks[200];
	for (size_t i = 0; i < 200; i++) {
		blocks[i] = silt_arena_alloc(&arena, i + 1);
		assert_true(is_aligned(blocks[i]));
		assert_true(silt_bytes_all(silt_bytes(blocks[i], i + 1), 0));
		memset(blocks[i], (int)i, i + 1);
	}
	for (size_t i = 0; i < 200; i++) {
		assert_true(silt_bytes_all(silt_bytes(blocks[i], i + 1), (uint8_t)i));
	}
	silt_arena_done(&arena);
}

static void alignment_holds_behind_a_copy(void **state)
{
	(void)state;
	struct silt_arena arena = {0};
	struct silt_bytes copy = silt_arena_copy(&arena, SILT_LITERAL("abc"));
	assert_non_null(copy.ptr);
	assert_true(is_aligned(silt_arena_alloc(&arena, 1)));
	silt_arena_done(&arena);
}

static void size_zero_gives_a_pointer(void **state)
{
	(void)state;
	struct silt_arena arena = {0};
	void *first = silt_arena_alloc(&arena, 0), *second = silt_arena_alloc(&arena, 0);
	assert_non_null(first);
	assert_non_null(second);
	assert_ptr_not_equal(first, second);
	silt_arena_done(&arena);
}

static void a_block_larger_than_any_chunk_is_possible(void **state)
{
	(void)state;
	struct silt_arena arena = {0};
	uint8_t *small = silt_arena_alloc(&arena, 10);
	uint8_t *large = silt_arena_alloc(&arena, 5u << 20);
	uint8_t *after = silt_arena_alloc(&arena, 10);
	assert_true(small && large && after);
	memset(large, 1, 5u << 20);
	assert_true(silt_bytes_all(silt_bytes(small, 10), 0));
	assert_true(silt_bytes_all(silt_bytes(after, 10), 0));
	silt_arena_done(&arena);
}

static void sizes_beyond_memory_fail_and_leave_the_arena_usable(void **state)
{
	(void)state;
	struct silt_arena arena = {0};
	assert_null(silt_arena_alloc(&arena, SIZE_MAX));
	assert_null(silt_arena_alloc(&arena, SIZE_MAX - 8));
	assert_non_null(silt_arena_alloc(&arena, 8));
	assert_null(silt_arena_alloc(&arena, SIZE_MAX));
	assert_null(silt_arena_copy(&arena, silt_bytes("", SIZE_MAX)).ptr);
	assert_non_null(silt_arena_alloc(&arena, 8));
	silt_arena_done(&arena);
}

static void copies_end_with_an_uncounted_nul(void **state)
{
	(void)state;
	struct silt_arena arena = {0};
	struct silt_bytes copy = silt_arena_copy(&arena, SILT_LITERAL("a\0b"));
	assert_bytes(copy, "a\0b");
	assert_int_equal(copy.ptr[3], 0);
	copy = silt_arena_copy(&arena, silt_bytes(NULL, 0));
	assert_non_null(copy.ptr);
	assert_int_equal(copy.ptr[0], 0);
	silt_arena_done(&arena);
}

static void text_is_formatted(void **state)
{
	(void)state;
	struct silt_arena arena = {0};
	assert_string_equal(silt_arena_printf(&arena, "layer %d of %s", 3, "seven"), "layer 3 of seven");
	assert_string_equal(silt_arena_printf(&arena, "%s", ""), "");
	silt_arena_done(&arena);
}

static void a_finished_arena_can_be_used_again(void **state)
{
	(void)state;
	struct silt_arena arena = {0};
	silt_arena_done(&arena);
	assert_non_null(silt_arena_alloc(&arena, 100));
	silt_arena_done(&arena);
	assert_null(arena.chunks);
	assert_non_null(silt_arena_alloc(&arena, 100));
	silt_arena_done(&arena);
}

static void growing_keeps_the_items(void **state)
{
	(void)state;
	void *items = NULL;
	size_t capacity = 0;
	for (size_t i = 0; i < 100; i++) {
		assert_true(silt_grow(&items, i, &capacity, sizeof(size_t)));
		assert_true(capacity > i);
		((size_t *)items)[i] = i;
	}
	for (size_t i = 0; i < 100; i++) {
		assert_int_equal(((size_t *)items)[i], i);
	}
	free(items);
}

static void growing_beyond_memory_changes_nothing(void **state)
{
	(void)state;
	void *items = NULL;
	size_t capacity = 0;
	assert_false(silt_grow(&items, 0, &capacity, SIZE_MAX / 2));
	assert_null(items);
	assert_int_equal(capacity, 0);
	capacity = SIZE_MAX / 2 + 1;
	assert_false(silt_grow(&items, capacity, &capacity, 1));
	assert_int_equal(capacity, SIZE_MAX / 2 + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_aligned_zeroed_and_its_own),
		cmocka_unit_test(alignment_holds_behind_a_copy),
		cmocka_unit_test(size_zero_gives_a_pointer),
		cmocka_unit_test(a_block_larger_than_any_chunk_is_possible),
		cmocka_unit_test(sizes_beyond_memory_fail_and_leave_the_arena_usable),
		cmocka_unit_test(copies_end_with_an_uncounted_nul),
		cmocka_unit_test(text_is_formatted),
		cmocka_unit_test(a_finished_arena_can_be_used_again),
		cmocka_unit_test(growing_keeps_the_items),
		cmocka_unit_test(growing_beyond_memory_changes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
