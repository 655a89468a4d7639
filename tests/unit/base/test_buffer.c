/* Buffers that grow. */
#include "check.h"

#include "base/buffer.h"

static void pieces_are_joined_and_end_with_a_nul(void **state)
{
	(void)state;
	struct silt_buffer buffer = {0};
	silt_buffer_add(&buffer, SILT_LITERAL("a\0b"));
	silt_buffer_add_text(&buffer, "text");
	silt_buffer_add_byte(&buffer, '!');
	silt_buffer_printf(&buffer, "%d/%s", 7, "x");
	assert_bytes(silt_buffer_bytes(&buffer), "a\0btext!7/x");
	assert_int_equal(buffer.ptr[buffer.len], 0);
	silt_buffer_done(&buffer);
}

static void an_empty_buffer_is_empty_text(void **state)
{
	(void)state;
	struct silt_buffer buffer = {0};
	assert_string_equal(silt_buffer_text(&buffer), "");
	assert_int_equal(silt_buffer_bytes(&buffer).len, 0);
	silt_buffer_add(&buffer, silt_bytes(NULL, 0));
	silt_buffer_add_text(&buffer, NULL);
	assert_string_equal(silt_buffer_text(&buffer), "");
	silt_buffer_done(&buffer);
	assert_string_equal(silt_buffer_text(&buffer), "");
}

static void growth_keeps_the_bytes(void **state)
{
	(void)state;
	struct silt_buffer buffer = {0};
	for (unsigned i = 0; i < 10000; i++) {
		silt_buffer_printf(&buffer, "%04u", i);
	}
	assert_int_equal(buffer.len, 40000);
	assert_memory_equal(buffer.ptr + 39996, "9999", 5);
	assert_memory_equal(buffer.ptr, "00000001", 8);
	silt_buffer_done(&buffer);
}

static void a_text_longer_than_the_first_allocation_fits(void **state)
{
	(void)state;
	struct silt_buffer buffer = {0};
	silt_buffer_printf(&buffer, "%1000d", 5);
	assert_int_equal(buffer.len, 1000);
	assert_int_equal(buffer.ptr[999], '5');
	assert_int_equal(buffer.ptr[1000], 0);
	silt_buffer_done(&buffer);
}

static void clearing_keeps_the_memory(void **state)
{
	(void)state;
	struct silt_buffer buffer = {0};
	silt_buffer_clear(&buffer);
	silt_buffer_add_text(&buffer, "abc");
	uint8_t *memory = buffer.ptr;
	silt_buffer_clear(&buffer);
	assert_string_equal(silt_buffer_text(&buffer), "");
	silt_buffer_add_text(&buffer, "x");
	assert_ptr_equal(buffer.ptr, memory);
	assert_string_equal(silt_buffer_text(&buffer), "x");
	silt_buffer_done(&buffer);
}

static void failure_sticks(void **state)
{
	(void)state;
	struct silt_buffer buffer = {0};
	silt_buffer_add_text(&buffer, "abc");
	silt_buffer_add(&buffer, silt_bytes("", SIZE_MAX)); /* no such memory: nothing is read */
	assert_true(buffer.failed);
	silt_buffer_add_text(&buffer, "def");
	silt_buffer_printf(&buffer, "%d", 1);
	silt_buffer_clear(&buffer);
	assert_true(buffer.failed);
	assert_string_equal(silt_buffer_text(&buffer), "");
	silt_buffer_done(&buffer);
	assert_false(buffer.failed);
}

static void what_is_extended_is_written_by_the_caller(void **state)
{
	(void)state;
	struct silt_buffer buffer = {0};
	silt_buffer_add_text(&buffer, "a");
	uint8_t *room = silt_buffer_extend(&buffer, 300);
	assert_non_null(room);
	memset(room, 'b', 300);
	silt_buffer_add_text(&buffer, "c");
	assert_int_equal(buffer.len, 302);
	assert_int_equal(strlen(silt_buffer_text(&buffer)), 302);
	assert_int_equal(buffer.ptr[0], 'a');
	assert_int_equal(buffer.ptr[301], 'c');
	assert_null(silt_buffer_extend(&buffer, SIZE_MAX));
	assert_true(buffer.failed);
	silt_buffer_done(&buffer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_joined_and_end_with_a_nul),
		cmocka_unit_test(an_empty_buffer_is_empty_text),
		cmocka_unit_test(growth_keeps_the_bytes),
		cmocka_unit_test(a_text_longer_than_the_first_allocation_fits),
		cmocka_unit_test(clearing_keeps_the_memory),
		cmocka_unit_test(failure_sticks),
		cmocka_unit_test(what_is_extended_is_written_by_the_caller),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
