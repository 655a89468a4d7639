/* Values that are looked for: literally, in every spelling, beside what rules find. */
#include "secret/wanted.h"

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/secure.h"
#include "secret/matcher.h"
#include "secret/search.h"
#include "tight.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { VALUES_MAX = 1000, FILLER = 70000 };

struct bench {
	const struct silt_matcher *base;
	struct silt_matcher *matcher;
	struct silt_search *search;
	size_t found[VALUES_MAX + 1]; /* matches of each value; of none: what rules found */
	uint64_t offset;              /* of the last match of a value */
};

static void must(enum silt_status status, const struct silt_error *err)
{
	if (status != SILT_OK) {
		fail_msg("%s", err->text);
	}
}

static void open_bench(struct bench *bench, const struct silt_bytes *values, size_t count)
{
	struct silt_error err = {0};
	*bench = (struct bench){0};
	must(silt_matcher_shared(&bench->base, &err), &err);
	must(silt_matcher_new_wanting(bench->base, values, count, &bench->matcher, &err), &err);
	must(silt_search_new(bench->matcher, NULL, &bench->search, &err), &err);
}

static void close_bench(struct bench *bench)
{
	silt_search_free(bench->search);
	silt_matcher_free(bench->matcher);
}

static enum silt_status count_match(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	(void)err;
	struct bench *bench = ctx;
	if (!silt_rule_tells_facts(match->rule)) {
		bench->found[match->rule->wanted]++;
		bench->offset = match->rule->wanted > 0 ? match->offset : bench->offset;
	}
	return SILT_OK;
}

/* One stream in blocks of `block` bytes, the last one of what is left; each in memory of its own size. */
static void look(struct bench *bench, struct silt_bytes text, size_t block)
{
	struct silt_error err = {0};
	memset(bench->found, 0, sizeof(bench->found));
	silt_search_begin(bench->search, silt_bytes(NULL, 0), count_match, bench);
	bool last = false;
	for (size_t at = 0; !last; at += block) {
		struct silt_bytes piece = silt_bytes_slice(text, at, block);
		last = at + block >= text.len;
		uint8_t *tight = tight_copy(piece);
		must(silt_search_feed(bench->search, silt_bytes(tight, piece.len), last, &err), &err);
		free(tight);
	}
}

static void add_noise(struct silt_buffer *out, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		silt_buffer_add_byte(out, (uint8_t)('a' + i * 7 % 23));
	}
}

/* Bytes of all kinds, in no order that repeats within `count`. */
static void add_binary(struct silt_buffer *out, size_t count)
{
	uint32_t state = 12345;
	for (size_t i = 0; i < count; i++) {
		state = state * 1664525 + 1013904223;
		silt_buffer_add_byte(out, (uint8_t)(state >> 24));
	}
}

/* ---- As it is -------------------------------------------------------------------------------------------------------- */

static void a_value_is_found_however_its_stream_is_cut(void **state)
{
	(void)state;
	const struct silt_bytes value = SILT_LITERAL("kf8 Zt-11x");
	struct silt_buffer text = {0};
	struct bench bench;
	open_bench(&bench, &value, 1);
	add_noise(&text, 40);
	silt_buffer_add(&text, value);
	add_noise(&text, 40);
	for (size_t block = 1; block <= text.len; block++) {
		look(&bench, silt_buffer_bytes(&text), block);
		assert_int_equal(bench.found[1], 1);
		assert_int_equal(bench.offset, 40);
	}
	silt_buffer_done(&text);
	close_bench(&bench);
}

static void a_long_binary_value_is_found_and_one_that_differs_in_its_middle_is_not(void **state)
{
	(void)state;
	struct silt_buffer value = {0}, text = {0};
	struct bench bench;
	add_binary(&value, 9000);
	struct silt_bytes wanted = silt_buffer_bytes(&value);
	open_bench(&bench, &wanted, 1);
	add_noise(&text, FILLER);
	const size_t at = text.len;
	silt_buffer_add(&text, wanted);
	add_noise(&text, FILLER);
	for (size_t block = 1000; block < text.len; block = block * 5 + 3) {
		look(&bench, silt_buffer_bytes(&text), block);
		assert_int_equal(bench.found[1], 1);
	}
	text.ptr[at + 9000 / 2 - SILT_WANTED_MAX / 2 + 1] ^= 1;
	look(&bench, silt_buffer_bytes(&text), 4096);
	assert_int_equal(bench.found[1], 0);
	silt_buffer_done(&value);
	silt_buffer_done(&text);
	close_bench(&bench);
}

static void keys_that_begin_and_end_alike_are_told_apart(void **state)
{
	(void)state;
	static const char head[] =
		"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAAB";
	struct silt_buffer keys[2] = {{0}, {0}};
	struct silt_bytes values[2];
	struct bench bench;
	for (size_t i = 0; i < SILT_COUNT(keys); i++) {
		silt_buffer_add_text(&keys[i], head);
		for (size_t line = 0; line < 5; line++) {
			silt_buffer_printf(&keys[i], "%zu%zuQyNTUxOQAAACBmNwZ5\n", i + 3, line);
		}
		silt_buffer_add_text(&keys[i], "-----END OPENSSH PRIVATE KEY-----\n");
		values[i] = silt_buffer_bytes(&keys[i]);
	}
	open_bench(&bench, values, SILT_COUNT(values));
	look(&bench, values[1], 64);
	assert_int_equal(bench.found[1], 0);
	assert_int_not_equal(bench.found[2], 0);
	for (size_t i = 0; i < SILT_COUNT(keys); i++) {
		silt_buffer_done(&keys[i]);
	}
	close_bench(&bench);
}

static void a_value_that_is_too_short_is_not_looked_for(void **state)
{
	(void)state;
	const struct silt_bytes values[] = {SILT_LITERAL("12345"), SILT_LITERAL("123456")};
	struct bench bench;
	open_bench(&bench, values, SILT_COUNT(values));
	look(&bench, SILT_LITERAL("x 12345 y 123456 z"), 5);
	assert_int_equal(bench.found[1], 0);
	assert_int_equal(bench.found[2], 1);
	close_bench(&bench);
}

static void a_thousand_values_are_each_found(void **state)
{
	(void)state;
	struct silt_buffer texts[VALUES_MAX] = {0}, all = {0};
	struct silt_bytes values[VALUES_MAX];
	struct bench bench;
	for (size_t i = 0; i < VALUES_MAX; i++) {
		silt_buffer_printf(&texts[i], "pw-%zx!%zu", i * 2654435761U % 1000003U, i);
		values[i] = silt_buffer_bytes(&texts[i]);
		silt_buffer_printf(&all, "%s\n", silt_buffer_text(&texts[i]));
	}
	open_bench(&bench, values, VALUES_MAX);
	look(&bench, silt_buffer_bytes(&all), 4096);
	for (size_t i = 0; i < VALUES_MAX; i++) {
		assert_int_not_equal(bench.found[i + 1], 0);
		silt_buffer_done(&texts[i]);
	}
	silt_buffer_done(&all);
	close_bench(&bench);
}

static void many_matches_of_a_value_are_no_overflow(void **state)
{
	(void)state;
	const struct silt_bytes value = SILT_LITERAL("again and again");
	struct silt_buffer text = {0};
	struct bench bench;
	open_bench(&bench, &value, 1);
	for (size_t i = 0; i < 5000; i++) {
		silt_buffer_add(&text, value);
		add_noise(&text, 100);
	}
	look(&bench, silt_buffer_bytes(&text), FILLER);
	assert_int_equal(bench.found[1], SILT_WANTED_MATCHES_MAX);
	assert_int_equal(silt_search_overflowed(bench.search), SILT_LIMIT_NONE);
	silt_buffer_done(&text);
	close_bench(&bench);
}

/* ---- Spelled ----------------------------------------------------------------------------------------------------------- */

static void a_short_value_is_found_in_base64_wherever_it_begins(void **state)
{
	(void)state;
	const struct silt_bytes value = SILT_LITERAL("s3cr?t~");
	struct bench bench;
	open_bench(&bench, &value, 1);
	for (size_t before = 0; before < 7; before++) {
		struct silt_buffer plain = {0}, text = {0};
		add_noise(&plain, before);
		silt_buffer_add(&plain, value);
		add_noise(&plain, before % 3);
		silt_buffer_add_text(&text, "k: ");
		silt_base64(&text, silt_buffer_bytes(&plain));
		look(&bench, silt_buffer_bytes(&text), 4);
		assert_int_not_equal(bench.found[1], 0);
		for (size_t i = 0; i < text.len; i++) {
			text.ptr[i] = text.ptr[i] == '+' ? '-' : text.ptr[i] == '/' ? '_' : text.ptr[i];
		}
		look(&bench, silt_buffer_bytes(&text), 4);
		assert_int_not_equal(bench.found[1], 0);
		silt_buffer_done(&plain);
		silt_buffer_done(&text);
	}
	close_bench(&bench);
}

static void a_long_value_is_found_in_base64_and_hexadecimal(void **state)
{
	(void)state;
	struct silt_buffer value = {0}, base64 = {0}, digits = {0};
	struct bench bench;
	add_noise(&value, 300);
	struct silt_bytes wanted = silt_buffer_bytes(&value);
	open_bench(&bench, &wanted, 1);
	silt_base64(&base64, wanted);
	for (size_t i = 0; i < wanted.len; i++) {
		silt_buffer_printf(&digits, "%02X", wanted.ptr[i]);
	}
	look(&bench, silt_buffer_bytes(&base64), 100);
	assert_int_not_equal(bench.found[1], 0);
	look(&bench, silt_buffer_bytes(&digits), 100);
	assert_int_not_equal(bench.found[1], 0);
	silt_buffer_done(&value);
	silt_buffer_done(&base64);
	silt_buffer_done(&digits);
	close_bench(&bench);
}

static void a_short_value_is_found_in_hexadecimal_of_either_case(void **state)
{
	(void)state;
	const struct silt_bytes value = SILT_LITERAL("jkl-mno");
	struct bench bench;
	open_bench(&bench, &value, 1);
	look(&bench, SILT_LITERAL("key=6a6b6c2d6d6e6f;"), 3);
	assert_int_not_equal(bench.found[1], 0);
	look(&bench, SILT_LITERAL("key=6A6B6C2D6D6E6F;"), 3);
	assert_int_not_equal(bench.found[1], 0);
	close_bench(&bench);
}

/* ---- Beside rules ------------------------------------------------------------------------------------------------------ */

/* Neither hides the other: what is looked for is a token that a rule knows, and a part of one. */
static void rules_find_what_they_find_without_it(void **state)
{
	(void)state;
	const struct silt_bytes text = SILT_LITERAL("password = Xq9vRt2mLw8z\nAKIA2E0A8F3B244C9986\n");
	const struct silt_bytes values[] = {SILT_LITERAL("Xq9vRt2mLw8z"), SILT_LITERAL("AKIA2E0A8F3B244C9986"),
					    SILT_LITERAL("q9vRt2")};
	struct bench with, without;
	open_bench(&without, NULL, 0);
	open_bench(&with, values, SILT_COUNT(values));
	for (size_t block = 1; block < text.len; block += 7) {
		look(&without, text, block);
		look(&with, text, block);
		assert_int_not_equal(without.found[0], 0);
		assert_int_equal(with.found[0], without.found[0]);
		for (size_t i = 1; i <= SILT_COUNT(values); i++) {
			assert_int_equal(with.found[i], 1);
		}
	}
	close_bench(&with);
	close_bench(&without);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_is_found_however_its_stream_is_cut),
		cmocka_unit_test(a_long_binary_value_is_found_and_one_that_differs_in_its_middle_is_not),
		cmocka_unit_test(keys_that_begin_and_end_alike_are_told_apart),
		cmocka_unit_test(a_value_that_is_too_short_is_not_looked_for),
		cmocka_unit_test(a_thousand_values_are_each_found),
		cmocka_unit_test(many_matches_of_a_value_are_no_overflow),
		cmocka_unit_test(a_short_value_is_found_in_base64_wherever_it_begins),
		cmocka_unit_test(a_long_value_is_found_in_base64_and_hexadecimal),
		cmocka_unit_test(a_short_value_is_found_in_hexadecimal_of_either_case),
		cmocka_unit_test(rules_find_what_they_find_without_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
