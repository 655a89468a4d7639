/* The engine below the rules: windows, seams, edges, limits and errors. */
#include "check.h"
#include "scan_kit.h"

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/limits.h"

#include <stdlib.h>

#define ANCHORS(...) ((const struct silt_bytes[]){__VA_ARGS__, {0}})

/* Rules that ask for what the engine promises, and no more. */
static const struct silt_rule word = {.id = "word",
				      .anchors = ANCHORS(SILT_LITERAL_INIT("WORD")),
				      .pattern = "(?<![a-z])WORD[a-z]{3,6}(?![a-z])",
				      .reach = 10,
				      .show = 4};
static const struct silt_rule looks_back = {.id = "back",
					    .anchors = ANCHORS(SILT_LITERAL_INIT("mid#")),
					    .pattern = "(?<![a-z])[a-z]{2,8}mid#[0-9]{2}(?![0-9])",
					    .back = 8,
					    .reach = 6};
static const struct silt_rule far = {
	.id = "far", .anchors = ANCHORS(SILT_LITERAL_INIT("FAR<")), .pattern = "FAR<(?<secret>[^>]*)>", .reach = 5000};
static const struct silt_rule explosive = {.id = "explosive",
					   .anchors = ANCHORS(SILT_LITERAL_INIT("BOOM")),
					   .pattern = "BOOM(?:(?:a+)+)+[bc]",
					   .reach = 60};
static const struct silt_rule two = {.id = "two",
				     .anchors = ANCHORS(SILT_LITERAL_INIT("ONE:"), SILT_LITERAL_INIT("TWO:")),
				     .pattern = "(?:ONE|TWO):[a-z]+(?:ONE:[a-z]+)?",
				     .reach = 30};
static const struct silt_rule wrong = {
	.id = "wrong", .anchors = ANCHORS(SILT_LITERAL_INIT("WORD")), .pattern = "WORD(", .reach = 9};

static void open_with(struct kit *kit, const struct silt_rule *rule)
{
	kit_open_rules(kit, rule, 1);
}

static void assert_offsets(const struct kit *kit, const uint64_t *offsets, size_t count)
{
	assert_int_equal(kit->count, count);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(kit->matches[i].offset, offsets[i]);
	}
}

static void bytes_before_and_behind_a_match_are_looked_at(void **state)
{
	(void)state;
	struct kit kit;
	open_with(&kit, &word);
	kit_scan(&kit, SILT_LITERAL("WORDabc xWORDabc WORDabcdefg WORDabcdef"), 0);
	assert_offsets(&kit, (const uint64_t[]){0, 29}, 2);
	kit_close(&kit);
}

static void a_match_may_start_before_its_anchor(void **state)
{
	(void)state;
	struct kit kit;
	open_with(&kit, &looks_back);
	struct silt_bytes text = SILT_LITERAL("abmid#12 mid#34 abcdefghmid#56 abcdefghimid#78 xymid#90");
	for (size_t split = 0; split <= text.len; split++) {
		kit_scan_split(&kit, text, split);
		assert_offsets(&kit, (const uint64_t[]){0, 16, 47}, 3);
	}
	kit_close(&kit);
}

static void matches_across_many_blocks_are_whole(void **state)
{
	(void)state;
	struct kit kit;
	struct silt_buffer text = {0};
	open_with(&kit, &far);
	for (unsigned i = 0; i < 40; i++) {
		silt_buffer_printf(&text, "%*sFAR<%0*u>", (int)(i * 53 % 97), "", (int)(i * 811 % 4900) + 1, i);
	}
	kit_scan(&kit, silt_buffer_bytes(&text), 0);
	assert_int_equal(kit.count, 40);
	struct silt_match whole[40];
	memcpy(whole, kit.matches, sizeof(whole));
	static const size_t blocks[] = {1, 7, 64, 1000, 4096, 5001, 5002, 5003, 10003, 15007};
	for (size_t b = 0; b < SILT_COUNT(blocks); b++) {
		kit_scan(&kit, silt_buffer_bytes(&text), blocks[b]);
		assert_int_equal(kit.count, 40);
		assert_memory_equal(kit.matches, whole, sizeof(whole));
	}
	silt_buffer_done(&text);
	kit_close(&kit);
}

static void matches_of_a_rule_come_in_order(void **state)
{
	(void)state;
	struct kit kit;
	struct silt_buffer text = {0};
	open_with(&kit, &far);
	for (unsigned i = 0; i < 60; i++) {
		silt_buffer_printf(&text, "FAR<%u%*s>", i, (int)(i * 379 % 1500), "");
	}
	silt_buffer_add_text(&text, "FAR<never closed");
	kit_scan(&kit, silt_buffer_bytes(&text), 333);
	assert_int_equal(kit.count, 60);
	assert_true(kit.in_order);
	silt_buffer_done(&text);
	kit_close(&kit);
}

static void two_anchors_of_one_match_report_it_once(void **state)
{
	(void)state;
	struct kit kit;
	open_with(&kit, &two);
	struct silt_bytes text = SILT_LITERAL("TWO:abcONE:def ONE:x");
	for (size_t split = 0; split <= text.len; split++) {
		kit_scan_split(&kit, text, split);
		assert_offsets(&kit, (const uint64_t[]){0, 15}, 2);
	}
	kit_close(&kit);
}

static void streams_never_join(void **state)
{
	(void)state;
	struct kit kit;
	open_with(&kit, &word);
	struct silt_bytes text = SILT_LITERAL("WORDabc");
	for (size_t split = 1; split < text.len; split++) {
		kit_scan(&kit, silt_bytes(text.ptr, split), 0);
		kit_scan(&kit, silt_bytes(text.ptr + split, text.len - split), 0);
		assert_int_equal(kit.count, 0);
	}
	kit_close(&kit);
}

static void the_edges_of_a_stream_are_boundaries(void **state)
{
	(void)state;
	struct kit kit;
	open_with(&kit, &word);
	kit_scan(&kit, SILT_LITERAL("xyz"), 0);
	kit_scan(&kit, SILT_LITERAL("WORDabc"), 3);
	assert_offsets(&kit, (const uint64_t[]){0}, 1);
	kit_scan(&kit, SILT_LITERAL("def"), 0);
	assert_int_equal(kit.count, 0);
	kit_close(&kit);
}

static void an_empty_last_block_ends_a_stream(void **state)
{
	(void)state;
	struct kit kit;
	open_with(&kit, &word);
	struct silt_bytes text = SILT_LITERAL("WORDabc");
	kit_scan_split(&kit, text, text.len);
	assert_offsets(&kit, (const uint64_t[]){0}, 1);
	kit_scan(&kit, SILT_LITERAL(""), 0);
	assert_int_equal(kit.count, 0);
	kit_close(&kit);
}

static enum silt_status count_match(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	(void)match;
	(void)err;
	++*(size_t *)ctx;
	return SILT_OK;
}

static void a_stream_that_is_given_up_leaves_nothing(void **state)
{
	(void)state;
	struct kit kit;
	size_t count = 0;
	open_with(&kit, &word);
	silt_scanner_begin(kit.scanner, silt_bytes(NULL, 0), count_match, &count);
	assert_int_equal(silt_scanner_feed(kit.scanner, SILT_LITERAL("WORDab"), false, NULL), SILT_OK);
	kit_scan(&kit, SILT_LITERAL("cde"), 0);
	assert_int_equal(count, 0);
	assert_int_equal(kit.count, 0);
	kit_close(&kit);
}

static struct silt_buffer repeated(const char *text, size_t times)
{
	struct silt_buffer out = {0};
	for (size_t i = 0; i < times; i++) {
		silt_buffer_add_text(&out, text);
	}
	assert_false(out.failed);
	return out;
}

static void as_many_matches_as_allowed_are_no_overflow(void **state)
{
	(void)state;
	struct kit kit;
	open_with(&kit, &word);
	struct silt_buffer text = repeated("WORDabc ", silt_default_limits.value[SILT_LIMIT_MATCHES_PER_RULE]);
	kit_scan(&kit, silt_buffer_bytes(&text), 100);
	assert_int_equal(kit.count, silt_default_limits.value[SILT_LIMIT_MATCHES_PER_RULE]);
	assert_false(kit.overflowed);
	silt_buffer_add_text(&text, "WORD WORDx");
	kit_scan(&kit, silt_buffer_bytes(&text), 100);
	assert_false(kit.overflowed);
	silt_buffer_done(&text);
	kit_close(&kit);
}

static void one_match_more_than_allowed_is_an_overflow(void **state)
{
	(void)state;
	struct kit kit;
	open_with(&kit, &word);
	struct silt_buffer text = repeated("WORDabc ", silt_default_limits.value[SILT_LIMIT_MATCHES_PER_RULE] + 1);
	kit_scan(&kit, silt_buffer_bytes(&text), 100);
	assert_int_equal(kit.count, silt_default_limits.value[SILT_LIMIT_MATCHES_PER_RULE]);
	assert_true(kit.overflowed);
	kit_scan(&kit, SILT_LITERAL("WORDabc"), 0);
	assert_false(kit.overflowed);
	silt_buffer_done(&text);
	kit_close(&kit);
}

static void a_flood_of_anchors_is_an_overflow(void **state)
{
	(void)state;
	struct kit kit;
	open_with(&kit, &word);
	struct silt_buffer text = repeated("WORD", 20000);
	kit_scan(&kit, silt_buffer_bytes(&text), 4096);
	assert_int_equal(kit.count, 0);
	assert_true(kit.overflowed);
	silt_buffer_done(&text);
	kit_close(&kit);
}

static void anchors_far_apart_are_no_flood(void **state)
{
	(void)state;
	struct kit kit;
	open_with(&kit, &word);
	struct silt_buffer text = repeated("WORD...........................................................\n", 20000);
	silt_buffer_add_text(&text, "WORDabc");
	kit_scan(&kit, silt_buffer_bytes(&text), 65536);
	assert_int_equal(kit.count, 1);
	assert_false(kit.overflowed);
	silt_buffer_done(&text);
	kit_close(&kit);
}

static void a_match_limit_is_an_overflow_and_the_scan_goes_on(void **state)
{
	(void)state;
	struct kit kit;
	open_with(&kit, &explosive);
	kit_scan(&kit, SILT_LITERAL("BOOMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! BOOMab"), 0);
	assert_int_equal(kit.count, 1);
	assert_true(kit.overflowed);
	kit_close(&kit);
}

static enum silt_status refuse(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	(void)match;
	(void)err;
	++*(size_t *)ctx;
	return SILT_ERR_STOPPED;
}

static void what_the_callback_returns_stops_the_scan(void **state)
{
	(void)state;
	struct kit kit;
	size_t calls = 0;
	open_with(&kit, &word);
	struct silt_bytes text = SILT_LITERAL("WORDabc WORDabc WORDabc ............");
	silt_scanner_begin(kit.scanner, silt_bytes(NULL, 0), refuse, &calls);
	assert_int_equal(silt_scanner_feed(kit.scanner, text, false, NULL), SILT_ERR_STOPPED);
	assert_int_equal(calls, 1);
	assert_int_equal(silt_scanner_feed(kit.scanner, text, true, NULL), SILT_ERR_STOPPED);
	assert_int_equal(calls, 1);
	kit_scan(&kit, text, 0);
	assert_int_equal(kit.count, 3);
	kit_close(&kit);
}

static void the_callback_can_stop_a_match_that_waited(void **state)
{
	(void)state;
	struct kit kit;
	size_t calls = 0;
	open_with(&kit, &word);
	silt_scanner_begin(kit.scanner, silt_bytes(NULL, 0), refuse, &calls);
	assert_int_equal(silt_scanner_feed(kit.scanner, SILT_LITERAL("WORDabc"), false, NULL), SILT_OK);
	assert_int_equal(silt_scanner_feed(kit.scanner, SILT_LITERAL(""), true, NULL), SILT_ERR_STOPPED);
	assert_int_equal(calls, 1);
	kit_close(&kit);
}

static void equal_values_have_equal_ids_wherever_they_stand(void **state)
{
	(void)state;
	struct kit kit;
	open_with(&kit, &word);
	kit_scan(&kit, SILT_LITERAL("WORDabc ... WORDabc ... WORDabd"), 5);
	assert_int_equal(kit.count, 3);
	assert_memory_equal(kit.matches[0].value, kit.matches[1].value, SILT_VALUE_ID_SIZE);
	assert_memory_not_equal(kit.matches[0].value, kit.matches[2].value, SILT_VALUE_ID_SIZE);
	assert_string_equal(kit.matches[0].preview, "WORD... (7 characters)");
	kit_close(&kit);
}

static void a_wrong_pattern_is_refused_with_its_rule(void **state)
{
	(void)state;
	struct silt_matcher *matcher = NULL;
	struct silt_error err = {0};
	assert_int_equal(silt_matcher_new_of(&wrong, 1, &matcher, &err), SILT_ERR_INTERNAL);
	assert_null(matcher);
	assert_non_null(strstr(err.text, "rule wrong"));
}

static void an_engine_that_misses_a_literal_fails_the_known_answer_test(void **state)
{
	(void)state;
	static const struct silt_literal compiled[] = {{SILT_LITERAL_INIT("AKIA"), false},
						       {SILT_LITERAL_INIT("ghq_"), true}};
	static const struct silt_literal asked[] = {{SILT_LITERAL_INIT("AKIA"), false},
						    {SILT_LITERAL_INIT("ghp_"), true}};
	struct silt_literals *literals = NULL;
	struct silt_error err = {0};
	assert_int_equal(silt_literals_new(compiled, 2, &literals, &err), SILT_OK);
	assert_int_equal(silt_literals_test(literals, compiled, 2, SILT_TRIAL_SHORT, &err), SILT_OK);
	assert_int_equal(silt_literals_test(literals, asked, 2, SILT_TRIAL_SHORT, &err), SILT_ERR_INTERNAL);
	assert_non_null(strstr(err.text, "libhyperscan-dev"));
	silt_literals_free(literals);
}

static void the_shared_matcher_is_one_for_all(void **state)
{
	(void)state;
	const struct silt_matcher *first = NULL, *second = NULL;
	struct silt_error err = {0};
	assert_int_equal(silt_matcher_shared(&first, &err), SILT_OK);
	assert_int_equal(silt_matcher_shared(&second, &err), SILT_OK);
	assert_non_null(first);
	assert_ptr_equal(first, second);
}

static void nothing_is_freed_without_harm(void **state)
{
	(void)state;
	silt_matcher_free(NULL);
	silt_scanner_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_before_and_behind_a_match_are_looked_at),
		cmocka_unit_test(a_match_may_start_before_its_anchor),
		cmocka_unit_test(matches_across_many_blocks_are_whole),
		cmocka_unit_test(matches_of_a_rule_come_in_order),
		cmocka_unit_test(two_anchors_of_one_match_report_it_once),
		cmocka_unit_test(streams_never_join),
		cmocka_unit_test(the_edges_of_a_stream_are_boundaries),
		cmocka_unit_test(an_empty_last_block_ends_a_stream),
		cmocka_unit_test(a_stream_that_is_given_up_leaves_nothing),
		cmocka_unit_test(as_many_matches_as_allowed_are_no_overflow),
		cmocka_unit_test(one_match_more_than_allowed_is_an_overflow),
		cmocka_unit_test(a_flood_of_anchors_is_an_overflow),
		cmocka_unit_test(anchors_far_apart_are_no_flood),
		cmocka_unit_test(a_match_limit_is_an_overflow_and_the_scan_goes_on),
		cmocka_unit_test(what_the_callback_returns_stops_the_scan),
		cmocka_unit_test(the_callback_can_stop_a_match_that_waited),
		cmocka_unit_test(equal_values_have_equal_ids_wherever_they_stand),
		cmocka_unit_test(a_wrong_pattern_is_refused_with_its_rule),
		cmocka_unit_test(an_engine_that_misses_a_literal_fails_the_known_answer_test),
		cmocka_unit_test(the_shared_matcher_is_one_for_all),
		cmocka_unit_test(nothing_is_freed_without_harm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
