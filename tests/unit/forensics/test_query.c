/* A query finds the same in a stream, however it is cut, and on both sides of the edge of a window. */
#include "forensics/query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { WINDOW = 1024 * 1024 };

/* Matches as text: "OFFSET+LENGTH ". */
static enum silt_status note(void *ctx, uint64_t offset, struct silt_bytes match, struct silt_error *err)
{
	(void)err;
	silt_buffer_printf(ctx, "%llu+%zu ", (unsigned long long)offset, match.len);
	return SILT_OK;
}

/* What was given up: "!OFFSET+LENGTH ". */
static enum silt_status note_loss(void *ctx, uint64_t offset, uint64_t length, struct silt_error *err)
{
	(void)err;
	silt_buffer_printf(ctx, "!%llu+%llu ", (unsigned long long)offset, (unsigned long long)length);
	return SILT_OK;
}

static char *ask(const char *pattern, struct silt_bytes stream, size_t piece)
{
	struct silt_query *query = NULL;
	struct silt_questioned asked;
	struct silt_error err = {0};
	struct silt_buffer found = {0};
	const struct silt_query_taker taker = {note, note_loss, &found};
	assert_int_equal(silt_query_new(pattern, 4, &query, &err), SILT_OK);
	assert_int_equal(silt_questioned_init(&asked, query, &err), SILT_OK);
	silt_questioned_begin(&asked, 0);
	for (size_t at = 0; at < stream.len; at += piece) {
		assert_int_equal(silt_questioned_feed(&asked, silt_bytes_slice(stream, at, piece), false, &taker, &err),
				 SILT_OK);
	}
	assert_int_equal(silt_questioned_feed(&asked, silt_bytes(NULL, 0), true, &taker, &err), SILT_OK);
	silt_questioned_done(&asked);
	silt_query_free(query);
	char *text = strdup(silt_buffer_text(&found));
	silt_buffer_done(&found);
	assert_non_null(text);
	return text;
}

static void demand(const char *pattern, const char *text, const char *wanted)
{
	for (size_t piece = 1; piece <= strlen(text) + 1; piece++) {
		char *found = ask(pattern, silt_bytes_text(text), piece);
		assert_string_equal(found, wanted);
		free(found);
	}
}

static void matches_are_found_in_pieces(void **state)
{
	(void)state;
	demand("b+", "abbabbb", "1+2 4+3 ");
	demand("(?m)^b", "b\nab\nb", "0+1 5+1 ");
	demand("\\Ab", "bb", "0+1 ");
	demand("(?<=a)b", "abcb", "1+1 ");
	demand("b*", "abb", "1+2 ");
	demand("x", "abb", "");
	demand(NULL, "abc\ndefgh\x01ijkl", "4+5 10+4 ");
}

/* A stream of three windows, with matches of several lengths across the places where windows end. */
static void the_edge_of_a_window_hides_nothing(void **state)
{
	(void)state;
	static const size_t lengths[] = {3, 100, 5000, SILT_QUERY_MATCH_MAX - 1};
	const size_t size = 3 * WINDOW;
	uint8_t *stream = malloc(size);
	assert_non_null(stream);
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		const size_t len = lengths[i];
		for (size_t at = WINDOW - SILT_QUERY_MATCH_MAX - len; at < WINDOW + 2; at += len / 2 + 1) {
			memset(stream, '.', size);
			memset(stream + at, 'k', len);
			char wanted[64];
			(void)snprintf(wanted, sizeof(wanted), "%zu+%zu ", at, len);
			char *found = ask("k+", silt_bytes(stream, size), 256 * 1024);
			assert_string_equal(found, wanted);
			free(found);
			at += len * 20; /* not every place: a window is matched for each */
		}
	}
	free(stream);
}

static void a_pattern_that_is_wrong_is_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = {"(", "[a", "a{2,1}", "(?<x>a)(?<x>b)"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct silt_query *query = NULL;
		struct silt_error err = {0};
		assert_int_equal(silt_query_new(wrong[i], 4, &query, &err), SILT_ERR_USAGE);
		assert_true(err.text[0] != '\0');
	}
}

/* Nobody knows whether it matches: that is told with the place, and the stream goes on in the next window. */
static void a_pattern_that_takes_too_long_is_told_with_the_place(void **state)
{
	(void)state;
	const size_t size = WINDOW + 4096, first = 70000, second = WINDOW + 2000;
	uint8_t *stream = malloc(size);
	char wanted[128];
	assert_non_null(stream);
	memset(stream, '.', size);
	memcpy(stream + 5, "ac", 2);
	memset(stream + first, 'a', 1000);
	memcpy(stream + second, "ac", 2);
	(void)snprintf(wanted, sizeof(wanted), "5+2 !7+%d %zu+2 ", WINDOW - SILT_QUERY_MATCH_MAX - 7, second);
	char *found = ask("(a|aa|a+)+c", silt_bytes(stream, size), WINDOW);
	assert_string_equal(found, wanted);
	free(found);
	free(stream);
}

/* However much of it a window has. */
static void a_long_match_is_cut_and_what_follows_is_matched_anew(void **state)
{
	(void)state;
	static const size_t pieces[] = {256 * 1024, 256 * 1024 - 1, 100 * 1000, WINDOW, 3 * WINDOW};
	const size_t at = 1000, len = 2 * WINDOW + 77, size = 3 * WINDOW;
	struct silt_buffer wanted = {0};
	uint8_t *stream = malloc(size);
	assert_non_null(stream);
	memset(stream, '.', size);
	memset(stream + at, 'k', len);
	for (size_t i = 0; i < len; i += SILT_QUERY_MATCH_MAX) {
		const size_t rest = len - i;
		silt_buffer_printf(&wanted, "%zu+%zu ", at + i,
				   rest < SILT_QUERY_MATCH_MAX ? rest : SILT_QUERY_MATCH_MAX);
	}
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		char *found = ask("k+", silt_bytes(stream, size), pieces[i]);
		assert_string_equal(found, silt_buffer_text(&wanted));
		free(found);
	}
	silt_buffer_done(&wanted);
	free(stream);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(matches_are_found_in_pieces),
		cmocka_unit_test(the_edge_of_a_window_hides_nothing),
		cmocka_unit_test(a_pattern_that_is_wrong_is_refused),
		cmocka_unit_test(a_pattern_that_takes_too_long_is_told_with_the_place),
		cmocka_unit_test(a_long_match_is_cut_and_what_follows_is_matched_anew),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
