/* The parts of a search: the gate, the codes, and where decoded text stands. */
#include "check.h"

#include "base/buffer.h"
#include "base/secure.h"
#include "secret/matcher.h"
#include "secret/unwrap_tips.h"

#include <stdlib.h>

enum { GROUPS = 4, SIZE = GROUPS * SILT_GATE_GROUP };

/* ---- The gate ---------------------------------------------------------------------------------------------------------- */

/* True if the gate shows some window that is a part of [start, end). */
static bool shows(const uint8_t *bytes, size_t start, size_t end)
{
	struct silt_gate_hit hits[GROUPS + 1];
	size_t count = silt_gate(bytes, GROUPS, hits);
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < 8; k++) {
			size_t at = hits[i].group * SILT_GATE_GROUP + k * SILT_GATE_WINDOW;
			if (hits[i].windows >> k & 1 && at >= start && at + SILT_GATE_WINDOW <= end) {
				return true;
			}
		}
	}
	return false;
}

/* Each run of the shortest length, at each place, makes a hit. */
static void assert_shown(struct silt_bytes run, uint8_t filler)
{
	uint8_t bytes[SIZE];
	for (size_t at = 0; at + SILT_GATE_RUN <= 2 * SILT_GATE_GROUP; at++) {
		for (size_t from = 0; from + SILT_GATE_RUN <= run.len; from++) {
			memset(bytes, filler, sizeof(bytes));
			memcpy(bytes + at, run.ptr + from, SILT_GATE_RUN);
			if (!shows(bytes, at, at + SILT_GATE_RUN)) {
				fail_msg("not seen: from %zu at %zu behind %u", from, at, filler);
			}
		}
	}
}

static void the_gate_lets_text_in_base64_pass_wherever_it_stands(void **state)
{
	(void)state;
	struct silt_buffer run = {0};
	silt_base64(&run, SILT_LITERAL("# a line\n\tkey: \"~Value{}|x\" = [1234567890] @ZYX!$%&'()*+,-./:;<>^_`\r\n"));
	run.len -= run.ptr[run.len - 1] == '=';
	run.len -= run.ptr[run.len - 1] == '=';
	assert_shown(silt_buffer_bytes(&run), ' ');
	assert_shown(silt_buffer_bytes(&run), '\0');
	assert_shown(silt_buffer_bytes(&run), 0xff);
	assert_shown(silt_buffer_bytes(&run), '"');
	silt_buffer_done(&run);
}

static void the_gate_lets_text_in_hex_pass_wherever_it_stands(void **state)
{
	(void)state;
	assert_shown(SILT_LITERAL("4b65793d2256616c75657e7a7b7d202f5f2a2b414A4B4C4d4e4f50"), '\n');
}

static void the_gate_lets_wide_text_pass_wherever_it_stands(void **state)
{
	(void)state;
	assert_shown(SILT_LITERAL("k\0e\0y\0 \0=\0 \0\"\0v\0a\0l\0~\0!\0\"\0\r\0\n\0\t\0x\0"), 0xff);
	assert_shown(SILT_LITERAL("k\0e\0y\0 \0=\0 \0\"\0v\0a\0l\0~\0!\0\"\0\r\0\n\0\t\0x\0"), 0);
}

static void the_gate_is_shut_for_prose_names_and_zeros(void **state)
{
	static const char *const texts[] = {
		"It was the best of times, it was the worst of times, it was the age of wisdom. ",
		"usr/share/locale/zh_TW/messages/something_with_underscores_in_it/",
		"int main(int argc, char **argv) { return argc > 1 ? run(argv[1]) : 2; }\n",
	};
	(void)state;
	uint8_t bytes[SIZE] = {0};
	assert_false(shows(bytes, 0, SIZE));
	for (size_t t = 0; t < sizeof(texts) / sizeof(texts[0]); t++) {
		size_t length = strlen(texts[t]);
		for (size_t i = 0; i < SIZE; i++) {
			bytes[i] = (uint8_t)texts[t][i % length];
		}
		assert_false(shows(bytes, 0, SIZE));
	}
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static void both_gates_say_the_same(void **state)
{
	(void)state;
#if defined(__x86_64__)
	if (!__builtin_cpu_supports("avx2")) {
		skip();
	}
	static const char mix[] = "ABCDIZafghz019+/-_=%\\ \n\"\0\0\0\xff\x80";
	uint32_t seed = 7;
	for (unsigned round = 0; round < 3000; round++) {
		uint8_t bytes[SIZE];
		struct silt_gate_hit plain[GROUPS + 1], avx2[GROUPS + 1];
		size_t kinds = 1 + next_random(&seed) % (sizeof(mix) - 1);
		for (size_t i = 0; i < SIZE; i++) {
			bytes[i] = (uint8_t)mix[next_random(&seed) % kinds];
			bytes[i] = round % 3 == 0 && i % 2 == round % 2 ? 0 : bytes[i];
		}
		size_t count = silt_gate_plain(bytes, GROUPS, plain);
		assert_int_equal(silt_gate_avx2(bytes, GROUPS, avx2), count);
		assert_memory_equal(plain, avx2, count * sizeof(*plain));
	}
#else
	skip();
#endif
}

/* ---- Rows -------------------------------------------------------------------------------------------------------------- */

static void the_filter_passes_every_piece_of_text(void **state)
{
	(void)state;
	struct silt_row_filter filter;
	silt_row_filter_init(&filter);
	uint32_t seed = 11;
	for (unsigned round = 0; round < 500; round++) {
		static const char special[] = "\t\n\r";
		uint8_t text[24];
		for (size_t i = 0; i < sizeof(text); i++) {
			uint32_t random = next_random(&seed);
			text[i] = (uint8_t)(random % 8 == 0 ? special[random / 8 % 3] : ' ' + (int)(random % 95));
		}
		struct silt_buffer row = {0};
		silt_base64(&row, silt_bytes(text, sizeof(text)));
		for (size_t from = 0; from < 16; from++) {
			assert_true(silt_row_filter_passes(&filter, row.ptr + from));
		}
		row.len = 0;
		for (size_t i = 0; i < sizeof(text); i++) {
			silt_buffer_printf(&row, round % 2 ? "%02x" : "%02X", text[i]);
		}
		for (size_t from = 0; from < 32; from++) {
			assert_true(silt_row_filter_passes(&filter, row.ptr + from));
		}
		silt_buffer_done(&row);
	}
}

static void the_filter_stops_names_and_hashes(void **state)
{
	(void)state;
	struct silt_row_filter filter;
	silt_row_filter_init(&filter);
	static const char *const names[] = {"AAAAAAAAAAAAAAAA", "std_vector_alloc", "da39a3ee5e6b4b0d",
					    "usr/share/locale", "................", "BN3foo3barEvPKci"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_false(silt_row_filter_passes(&filter, (const uint8_t *)names[i]));
	}
}

static size_t find(const struct silt_row_code *code, const char *text, size_t floor, size_t at)
{
	return silt_row_find(code, silt_bytes_text(text), floor, at, SILT_GATE_WINDOW);
}

static void text_is_found_from_its_first_group_on(void **state)
{
	(void)state;
	/* "the quick brown fox jumps" */
	const char *row = "....dGhlIHF1aWNrIGJyb3duIGZveCBqdW1wcw";
	for (size_t at = 4; at < 20; at++) {
		assert_int_equal(find(&silt_row_base64, row, 0, at), 4);
	}
	assert_int_equal(find(&silt_row_base64, row, 6, 10), 8);
	assert_int_equal(find(&silt_row_base64, row, 17, 17), SIZE_MAX); /* less than `least` is left */
	assert_int_equal(find(&silt_row_base64, "....dGhlIHF1aWNrIGJyb3duIA.......", 0, 4), SIZE_MAX);
	assert_int_equal(find(&silt_row_hex, "x6120717569636b2062726f776e20666f78", 0, 8), 1);
	assert_int_equal(find(&silt_row_hex, "x6120717569636b2062726f776e20666", 0, 8), SIZE_MAX);
	assert_int_equal(find(&silt_row_base64, "", 0, 0), SIZE_MAX);
}

/* ---- Traces ------------------------------------------------------------------------------------------------------------ */

static void units_of_one_line_follow_each_other(void **state)
{
	(void)state;
	struct silt_trace trace = {0};
	assert_true(silt_trace_start(&trace, 100, 4));
	assert_int_equal(silt_trace_find(&trace, 0), 100);
	assert_int_equal(silt_trace_find(&trace, 1000000), 1000100);
	silt_trace_done(&trace);
}

static void lines_of_one_width_are_one_piece(void **state)
{
	(void)state;
	struct silt_trace trace = {0};
	assert_true(silt_trace_start(&trace, 5, 4));
	for (uint64_t line = 1; line < 1000; line++) {
		assert_true(silt_trace_line(&trace, line * 64, 5 + line * 66));
	}
	assert_int_equal(trace.count, 1);
	for (uint64_t unit = 0; unit < 64000 + 500; unit++) {
		uint64_t line = unit / 64 < 999 ? unit / 64 : 999; /* the last line has no end */
		assert_int_equal(silt_trace_find(&trace, unit), 5 + unit + line * 2);
	}
	silt_trace_done(&trace);
}

static void lines_of_any_width_are_found(void **state)
{
	(void)state;
	struct silt_trace trace = {0};
	uint64_t units[200], places[200], unit = 0, at = 7;
	uint32_t seed = 3;
	assert_true(silt_trace_start(&trace, at, 200));
	units[0] = 0;
	places[0] = at;
	for (size_t i = 1; i < 200; i++) {
		uint64_t width = 1 + next_random(&seed) % 3;
		unit += width;
		at += width + 1 + next_random(&seed) % 2;
		units[i] = unit;
		places[i] = at;
		assert_true(silt_trace_line(&trace, unit, at));
	}
	for (size_t i = 0; i < 200; i++) {
		uint64_t next = i + 1 < 200 ? units[i + 1] : units[i] + 10;
		for (uint64_t u = units[i]; u < next; u++) {
			assert_int_equal(silt_trace_find(&trace, u), places[i] + (u - units[i]));
		}
	}
	silt_trace_done(&trace);
}

static void a_trace_remembers_its_start_and_its_latest_pieces(void **state)
{
	(void)state;
	struct silt_trace trace = {0};
	uint64_t at = 0;
	assert_true(silt_trace_start(&trace, 0, 10));
	for (uint64_t unit = 1; unit < 5000; unit++) {
		at += 1 + (unit * unit) % 7 + 1;
		assert_true(silt_trace_line(&trace, unit, at));
		assert_int_equal(silt_trace_find(&trace, unit), at);
	}
	assert_true(trace.count <= 22);
	assert_int_equal(silt_trace_find(&trace, 0), 0);
	silt_trace_done(&trace);
	silt_trace_done(&trace);
}

/* ---- Nothing is left behind --------------------------------------------------------------------------------------------- */

static enum silt_status ignore(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	(void)match;
	(void)err;
	++*(size_t *)ctx;
	return SILT_OK;
}

static void a_text_is_wiped_when_it_ends_or_is_given_up(void **state)
{
	(void)state;
	const struct silt_rule rule = {.id = "word",
				       .anchors = (const struct silt_bytes[]){SILT_LITERAL("WORD"), {0}},
				       .pattern = "WORD[a-z]+",
				       .reach = 20};
	struct silt_matcher *matcher = NULL;
	struct silt_error err = {0};
	size_t matches = 0;
	assert_int_equal(silt_matcher_new_of(&rule, 1, &matcher, &err), SILT_OK);
	struct silt_plain *plain = calloc(1, sizeof(*plain));
	assert_non_null(plain);
	silt_plain_init(plain, matcher, &silt_default_limits, 100, (struct silt_plain_sink){ignore, &matches});
	for (size_t round = 0; round < 4; round++) {
		size_t length = round < 2 ? 100 : SILT_PLAIN_ROOM + 100;
		assert_int_equal(silt_plain_open(plain, &silt_row_base64.code, 0, silt_bytes(NULL, 0), &err), SILT_OK);
		for (size_t i = 0; i < length; i++) {
			silt_plain_put(plain, (uint8_t) "WORDabc "[i % 8]);
		}
		if (round % 2 == 0) {
			assert_int_equal(silt_plain_close(plain, &err), SILT_OK);
			assert_true(matches > 0);
		} else {
			silt_plain_reset(plain);
		}
		assert_true(silt_bytes_all(silt_bytes(plain->room, sizeof(plain->room)), 0));
	}
	silt_plain_done(plain);
	free(plain);
	silt_matcher_free(matcher);
}

static void bytes_kept_for_the_gate_are_wiped(void **state)
{
	(void)state;
	struct silt_tips tips;
	silt_tips_init(&tips);
	for (size_t length = 1; length < 3 * SILT_GATE_GROUP; length += 31) {
		uint8_t bytes[3 * SILT_GATE_GROUP];
		memset(bytes, 'Q', sizeof(bytes));
		silt_tips_look(&tips, silt_bytes(bytes, length), 0, false);
		silt_tips_look(&tips, silt_bytes(bytes, sizeof(bytes) - length), length, false);
		assert_true(silt_bytes_all(silt_bytes(tips.group, sizeof(tips.group)), 0));
		silt_tips_look(&tips, silt_bytes(bytes, length), sizeof(bytes), true);
		silt_tips_reset(&tips);
		assert_true(silt_bytes_all(silt_bytes(tips.group, sizeof(tips.group)), 0));
	}
	silt_tips_done(&tips);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_gate_lets_text_in_base64_pass_wherever_it_stands),
		cmocka_unit_test(the_gate_lets_text_in_hex_pass_wherever_it_stands),
		cmocka_unit_test(the_gate_lets_wide_text_pass_wherever_it_stands),
		cmocka_unit_test(the_gate_is_shut_for_prose_names_and_zeros),
		cmocka_unit_test(both_gates_say_the_same),
		cmocka_unit_test(the_filter_passes_every_piece_of_text),
		cmocka_unit_test(the_filter_stops_names_and_hashes),
		cmocka_unit_test(text_is_found_from_its_first_group_on),
		cmocka_unit_test(units_of_one_line_follow_each_other),
		cmocka_unit_test(lines_of_one_width_are_one_piece),
		cmocka_unit_test(lines_of_any_width_are_found),
		cmocka_unit_test(a_trace_remembers_its_start_and_its_latest_pieces),
		cmocka_unit_test(a_text_is_wiped_when_it_ends_or_is_given_up),
		cmocka_unit_test(bytes_kept_for_the_gate_are_wiped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
