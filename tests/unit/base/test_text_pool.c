/* The store of short texts. */
#include "check.h"

#include "base/text_pool.h"

static uint32_t add(struct silt_text_pool *texts, struct silt_bytes bytes)
{
	uint32_t text = UINT32_MAX;
	assert_true(silt_text_pool_add(texts, bytes, &text));
	return text;
}

static void texts_come_back_as_they_were(void **state)
{
	(void)state;
	struct silt_text_pool texts = {0};
	uint32_t one = add(&texts, SILT_LITERAL("usr/bin")), two = add(&texts, SILT_LITERAL("a\0b"));
	assert_bytes(silt_text_of(&texts, one), "usr/bin");
	assert_bytes(silt_text_of(&texts, two), "a\0b");
	silt_text_pool_done(&texts);
}

static void nothing_is_named_0_and_takes_no_room(void **state)
{
	(void)state;
	struct silt_text_pool texts = {0};
	assert_int_equal(add(&texts, silt_bytes(NULL, 0)), 0);
	assert_int_equal(silt_text_of(&texts, 0).len, 0);
	assert_int_equal(texts.total, 0);
	assert_int_not_equal(add(&texts, SILT_LITERAL("x")), 0);
	silt_text_pool_done(&texts);
}

static void texts_stay_where_they_are_while_others_come(void **state)
{
	enum { TEXTS = 20000 };
	(void)state;
	struct silt_text_pool texts = {0};
	uint32_t first = add(&texts, SILT_LITERAL("first"));
	const uint8_t *place = silt_text_of(&texts, first).ptr;
	static uint32_t names[TEXTS];
	for (uint32_t i = 0; i < TEXTS; i++) {
		names[i] = add(&texts, silt_bytes((const uint8_t *)&i, sizeof(i)));
	}
	for (uint32_t i = 0; i < TEXTS; i++) {
		struct silt_bytes text = silt_text_of(&texts, names[i]);
		assert_int_equal(text.len, sizeof(i));
		assert_memory_equal(text.ptr, &i, sizeof(i));
	}
	assert_ptr_equal(silt_text_of(&texts, first).ptr, place);
	assert_true(texts.count > 1);
	silt_text_pool_done(&texts);
}

static void the_longest_text_fits_and_a_longer_one_is_refused(void **state)
{
	(void)state;
	struct silt_text_pool texts = {0};
	static const uint8_t long_text[SILT_TEXT_POOL_MAX + 1] = {1, 2, 3};
	uint32_t text;
	for (size_t i = 0; i < 5; i++) {
		text = add(&texts, silt_bytes(long_text, SILT_TEXT_POOL_MAX));
		assert_int_equal(silt_text_of(&texts, text).len, SILT_TEXT_POOL_MAX);
		assert_memory_equal(silt_text_of(&texts, text).ptr, long_text, SILT_TEXT_POOL_MAX);
	}
	assert_false(silt_text_pool_add(&texts, silt_bytes(long_text, sizeof(long_text)), &text));
	silt_text_pool_done(&texts);
}

static void chunks_of_another_store_have_the_same_texts(void **state)
{
	(void)state;
	struct silt_text_pool texts = {0}, copy = {0};
	uint32_t names[5000];
	for (size_t i = 0; i < SILT_COUNT(names); i++) {
		const uint8_t text[] = {(uint8_t)i, (uint8_t)(i >> 8), 'x'};
		names[i] = add(&texts, silt_bytes(text, 1 + i % sizeof(text)));
	}
	assert_true(texts.count > 2);
	for (size_t i = 0; i < texts.count; i++) {
		assert_true(silt_text_pool_add_chunk(&copy, silt_bytes(texts.chunks[i].bytes, texts.chunks[i].size)));
	}
	for (size_t i = 0; i < SILT_COUNT(names); i++) {
		assert_true(silt_bytes_equal(silt_text_of(&texts, names[i]), silt_text_of(&copy, names[i])));
	}
	silt_text_pool_done(&texts);
	silt_text_pool_done(&copy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_come_back_as_they_were),
		cmocka_unit_test(nothing_is_named_0_and_takes_no_room),
		cmocka_unit_test(texts_stay_where_they_are_while_others_come),
		cmocka_unit_test(the_longest_text_fits_and_a_longer_one_is_refused),
		cmocka_unit_test(chunks_of_another_store_have_the_same_texts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
