/* What is encoded in a stream is found, at the bytes that hold it, wherever it stands and however it is cut. */
#include "check.h"
#include "tight.h"

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/limits.h"
#include "base/secure.h"
#include "secret/matcher.h"
#include "secret/search.h"
#include "secret/unwrap.h"
#include "secret/unwrap_gate.h"

#include <stdio.h>
#include <stdlib.h>

#define ANCHORS(...) ((const struct silt_bytes[]){__VA_ARGS__, {0}})
#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})
#define TOKEN "TOK_0123456789abcdef"
#define TEXT "{\"name\": \"value\", \"token\": \"" TOKEN "\", \"end\": 1}"

enum { TOKEN_AT = sizeof("{\"name\": \"value\", \"token\": \"") - 1, TOKEN_LENGTH = sizeof(TOKEN) - 1, FOUND_MAX = 64 };

static const struct silt_rule rules[] = {
	{.id = "token",
	 .anchors = ANCHORS(SILT_LITERAL_INIT("TOK_")),
	 .pattern = "(?<![A-Za-z0-9])TOK_[0-9a-f]{16}(?![A-Za-z0-9])",
	 .reach = 24},
	{.id = "pair",
	 .anchors = ANCHORS(SILT_LITERAL_INIT("secret_key")),
	 .pattern = "secret_key[\"' ]{0,3}[=:][\"' ]{0,3}(?<secret>[A-Za-z0-9/+]{20})(?![A-Za-z0-9/+])",
	 .reach = 48},
	{.id = "id", .anchors = ANCHORS(SILT_LITERAL_INIT("AKIA")), .pattern = "AKIA[A-Z2-7]{16}", .reach = 24},
	{.id = "url",
	 .anchors = ANCHORS(SILT_LITERAL_INIT("postgres://")),
	 .pattern = "postgres://[a-z]+:(?<secret>[^@/]+)@",
	 .reach = 80},
	{.id = "logins", .files = LIST("logins"), .pattern = "(?m)^login:(?<secret>[a-z]{8,40})\\r?$", .reach = 60},
	{.id = "member",
	 .anchors = ANCHORS(SILT_LITERAL_INIT("\"auth\":")),
	 .pattern = "\"auth\":\"(?<secret>[A-Za-z0-9+/=]{8,200})\"",
	 .reach = 220},
};

struct found {
	const char *rule, *via;
	uint64_t offset, length;
	char secret[32];
};

struct bench {
	struct silt_matcher *matcher;
	struct silt_search *search;
	struct found found[FOUND_MAX];
	size_t count, total;
	bool overflowed;
};

static void must(enum silt_status status, const struct silt_error *err)
{
	if (status != SILT_OK) {
		fail_msg("%s", err->text);
	}
}

static int open_rules(void **state)
{
	struct silt_error err = {0};
	struct bench *bench = calloc(1, sizeof(*bench));
	assert_non_null(bench);
	must(silt_matcher_new_of(rules, SILT_COUNT(rules), &bench->matcher, &err), &err);
	must(silt_search_new(bench->matcher, NULL, &bench->search, &err), &err);
	*state = bench;
	return 0;
}

static int open_shipped(void **state)
{
	struct silt_error err = {0};
	struct bench *bench = calloc(1, sizeof(*bench));
	assert_non_null(bench);
	must(silt_matcher_new(&bench->matcher, &err), &err);
	must(silt_search_new(bench->matcher, NULL, &bench->search, &err), &err);
	*state = bench;
	return 0;
}

static int close_bench(void **state)
{
	struct bench *bench = *state;
	silt_search_free(bench->search);
	silt_matcher_free(bench->matcher);
	free(bench);
	return 0;
}

static enum silt_status keep(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	(void)err;
	struct bench *bench = ctx;
	bench->total++;
	if (bench->count < FOUND_MAX) {
		struct found *found = &bench->found[bench->count++];
		*found = (struct found){match->rule->id, match->via, match->offset, match->length, ""};
		snprintf(found->secret, sizeof(found->secret), "%.*s", (int)match->secret.len,
			 (const char *)match->secret.ptr);
	}
	return SILT_OK;
}

static void feed(struct bench *bench, struct silt_bytes block, bool last)
{
	struct silt_error err = {0};
	uint8_t *tight = tight_copy(block);
	must(silt_search_feed(bench->search, silt_bytes(tight, block.len), last, &err), &err);
	free(tight);
}

/* The content of a file in blocks of `block` bytes; 0: in one. */
static void scan_file(struct bench *bench, struct silt_bytes path, struct silt_bytes bytes, size_t block)
{
	bench->count = 0;
	bench->total = 0;
	silt_search_begin(bench->search, path, keep, bench);
	size_t size = block > 0 ? block : bytes.len;
	size_t at = 0;
	while (bytes.len - at > size) {
		feed(bench, silt_bytes(bytes.ptr + at, size), false);
		at += size;
	}
	feed(bench, silt_bytes(bytes.ptr + at, bytes.len - at), true);
	bench->overflowed = silt_search_overflowed(bench->search);
}

static void scan(struct bench *bench, struct silt_bytes bytes, size_t block)
{
	scan_file(bench, silt_bytes(NULL, 0), bytes, block);
}

static void assert_one(const struct bench *bench, const char *rule, const char *via, uint64_t offset, uint64_t length)
{
	assert_int_equal(bench->count, 1);
	assert_string_equal(bench->found[0].rule, rule);
	assert_non_null(bench->found[0].via);
	assert_string_equal(bench->found[0].via, via);
	assert_int_equal(bench->found[0].offset, offset);
	assert_int_equal(bench->found[0].length, length);
}

/* ---- Encoders ---------------------------------------------------------------------------------------------------------- */

static void add_filler(struct silt_buffer *out, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		silt_buffer_add_byte(out, (uint8_t)(i % 7 == 6 ? '\n' : '.'));
	}
}

static void add_hex(struct silt_buffer *out, struct silt_bytes bytes)
{
	for (size_t i = 0; i < bytes.len; i++) {
		silt_buffer_printf(out, "%02x", bytes.ptr[i]);
	}
}

static void add_wide(struct silt_buffer *out, struct silt_bytes bytes, bool big)
{
	for (size_t i = 0; i < bytes.len; i++) {
		silt_buffer_add_byte(out, big ? 0 : bytes.ptr[i]);
		silt_buffer_add_byte(out, big ? bytes.ptr[i] : 0);
	}
}

static void add_base64_lines(struct silt_buffer *out, struct silt_bytes bytes, size_t width, const char *gap)
{
	struct silt_buffer line = {0};
	silt_base64(&line, bytes);
	for (size_t at = 0; at < line.len; at += width) {
		silt_buffer_add_text(out, at > 0 ? gap : "");
		silt_buffer_add(out, silt_bytes_slice(silt_buffer_bytes(&line), at, width));
	}
	silt_buffer_done(&line);
}

/* Where the characters of base64 that hold [from, from + length) begin and end, on lines of `width`. */
static uint64_t base64_start(uint64_t from, size_t width, size_t gap)
{
	uint64_t character = from * 8 / 6;
	return character + character / width * gap;
}

static uint64_t base64_end(uint64_t to, size_t width, size_t gap)
{
	uint64_t character = (to * 8 + 5) / 6 - 1;
	return character + character / width * gap + 1;
}

/* ---- Base64 ------------------------------------------------------------------------------------------------------------ */

static void base64_is_found_at_every_place(void **state)
{
	struct bench *bench = *state;
	for (size_t at = 0; at < 150; at++) {
		struct silt_buffer stream = {0};
		add_filler(&stream, at);
		silt_base64(&stream, SILT_LITERAL(TEXT));
		silt_buffer_add_text(&stream, "\nrest");
		static const size_t blocks[] = {0, 1, 17, 128};
		for (size_t b = 0; b < SILT_COUNT(blocks); b++) {
			scan(bench, silt_buffer_bytes(&stream), blocks[b]);
			uint64_t start = at + base64_start(TOKEN_AT, 1000, 0);
			assert_one(bench, "token", "base64", start,
				   at + base64_end(TOKEN_AT + TOKEN_LENGTH, 1000, 0) - start);
			assert_string_equal(bench->found[0].secret, TOKEN);
		}
		silt_buffer_done(&stream);
	}
}

static void a_bare_token_in_base64_is_found_at_every_place(void **state)
{
	struct bench *bench = *state;
	for (size_t at = 0; at < 140; at++) {
		struct silt_buffer stream = {0};
		add_filler(&stream, at);
		silt_base64(&stream, SILT_LITERAL("k=" TOKEN "\n"));
		scan(bench, silt_buffer_bytes(&stream), 0);
		assert_one(bench, "token", "base64", at + 2, 28);
		silt_buffer_done(&stream);
	}
}

static void a_short_id_in_base64_is_found_at_every_place(void **state)
{
	struct bench *bench = *state;
	for (size_t at = 0; at < 140; at++) {
		struct silt_buffer stream = {0};
		add_filler(&stream, at);
		silt_base64(&stream, SILT_LITERAL("AKIAQYLPMN5HABCDEFGH"));
		scan(bench, silt_buffer_bytes(&stream), at % 50);
		assert_one(bench, "id", "base64", at, 27);
		silt_buffer_done(&stream);
	}
}

/* A sign is found before the gate sees the block: the text before it must not be passed over. */
static void a_short_id_hides_no_text_before_it(void **state)
{
	struct bench *bench = *state;
	struct silt_buffer stream = {0};
	silt_base64(&stream, SILT_LITERAL(TEXT));
	for (size_t i = 0; i < 40; i++) {
		silt_buffer_add(&stream, SILT_LITERAL("\nA line of plain words. "));
	}
	silt_base64(&stream, SILT_LITERAL("AKIAQYLPMN5HABCDEFGH"));
	for (size_t block = 0; block <= stream.len; block += 1 + block / 3) {
		scan(bench, silt_buffer_bytes(&stream), block);
		assert_int_equal(bench->count, 2);
		assert_string_equal(bench->found[0].rule, "token");
		assert_string_equal(bench->found[1].rule, "id");
	}
	silt_buffer_done(&stream);
}

/* Wherever the cut is, an escape may ask for all that a decoder looks back. */
static void an_escape_behind_a_long_word_is_reached_at_every_cut(void **state)
{
	enum { ESCAPE_AT = 3 * SILT_UNWRAP_BACK };
	struct bench *bench = *state;
	size_t window = bench->matcher->window_usual;
	size_t lag = window > SILT_UNWRAP_AHEAD ? window : SILT_UNWRAP_AHEAD;
	size_t size = ESCAPE_AT + 2 * lag;
	uint8_t *word = malloc(size);
	assert_non_null(word);
	memset(word, 'a', size);
	memcpy(word + ESCAPE_AT, "%3a", 3);
	for (size_t behind = 0; behind < 2 * SILT_GATE_WINDOW; behind++) {
		scan(bench, silt_bytes(word, size), ESCAPE_AT + lag + behind);
		assert_int_equal(bench->count, 0);
	}
	free(word);
}

static void base64_needs_no_padding_and_takes_either_alphabet(void **state)
{
	struct bench *bench = *state;
	/* Three tildes and three question marks have the characters 62 and 63. */
	struct silt_buffer plain = {0}, stream = {0};
	silt_base64(&plain, SILT_LITERAL("~~~\x3f\x3f\x3f" TEXT "\x3f\x3f\x3f~~~"));
	for (size_t i = 0; i < plain.len; i++) {
		uint8_t c = plain.ptr[i];
		silt_buffer_add_byte(&stream, (uint8_t)(c == '+' ? '-' : c == '/' ? '_' : c));
	}
	while (stream.ptr[stream.len - 1] == '=') {
		stream.len--;
	}
	assert_memory_not_equal(plain.ptr, stream.ptr, stream.len);
	uint64_t start = base64_start(TOKEN_AT + 6, 1000, 0);
	uint64_t length = base64_end(TOKEN_AT + 6 + TOKEN_LENGTH, 1000, 0) - start;
	scan(bench, silt_buffer_bytes(&plain), 0);
	assert_one(bench, "token", "base64", start, length);
	scan(bench, silt_buffer_bytes(&stream), 0);
	assert_one(bench, "token", "base64", start, length);
	silt_buffer_done(&plain);
	silt_buffer_done(&stream);
}

static void what_is_glued_to_base64_does_no_harm(void **state)
{
	static const char *const before[] = {"x/",     "key/",          "\\n",      "%3D",   "\\u003d", "a",
					     "abc-ef", "data:;base64,", "v1/keys/", "\\\\n", "Basic ",  "=="};
	struct bench *bench = *state;
	for (size_t i = 0; i < SILT_COUNT(before); i++) {
		struct silt_buffer stream = {0};
		silt_buffer_add_text(&stream, before[i]);
		size_t at = stream.len;
		silt_base64(&stream, SILT_LITERAL(TEXT));
		silt_buffer_add_text(&stream, "\"");
		scan(bench, silt_buffer_bytes(&stream), 0);
		if (bench->count != 1) {
			fail_msg("behind %s", before[i]);
		}
		assert_int_equal(bench->found[0].offset, at + base64_start(TOKEN_AT, 1000, 0));
		silt_buffer_done(&stream);
	}
}

static struct silt_bytes long_text(struct silt_buffer *out)
{
	for (unsigned i = 0; i < 40; i++) {
		silt_buffer_printf(out, "NAME_%u=value %u of many\n", i, i * 7919);
	}
	silt_buffer_add_text(out, "TOKEN=" TOKEN "\n");
	for (unsigned i = 0; i < 10; i++) {
		silt_buffer_printf(out, "MORE_%u=%u\n", i, i * 104729);
	}
	return silt_buffer_bytes(out);
}

static void base64_goes_on_over_lines(void **state)
{
	static const char *const gaps[] = {"\n",        "\r\n",     "\\n",           "\\\\n", "\n    ", "\\r\\n",
					   "\",\n  \"", "\" +\n\"", "\\n\" \\\n \"", "\n# ",  "\n\t"};
	static const size_t widths[] = {60, 64, 70, 75, 76, 120, 1024};
	struct bench *bench = *state;
	struct silt_buffer plain = {0};
	struct silt_bytes text = long_text(&plain);
	uint64_t token = silt_bytes_find(text, SILT_LITERAL(TOKEN));
	for (size_t g = 0; g < SILT_COUNT(gaps); g++) {
		for (size_t w = 0; w < SILT_COUNT(widths); w++) {
			struct silt_buffer stream = {0};
			silt_buffer_add_text(&stream, "data: \"");
			size_t at = stream.len;
			add_base64_lines(&stream, text, widths[w], gaps[g]);
			silt_buffer_add_text(&stream, "\"\nother: text that follows\n");
			uint64_t start = at + base64_start(token, widths[w], strlen(gaps[g]));
			uint64_t end = at + base64_end(token + TOKEN_LENGTH, widths[w], strlen(gaps[g]));
			for (size_t block = 0; block < 3; block++) {
				scan(bench, silt_buffer_bytes(&stream), block * 61);
				if (bench->count != 1) {
					fail_msg("gap %zu width %zu: %zu", g, widths[w], bench->count);
				}
				assert_one(bench, "token", "base64", start, end - start);
			}
			silt_buffer_done(&stream);
		}
	}
	silt_buffer_done(&plain);
}

static void a_value_at_the_end_of_a_line_is_not_joined_with_the_next_line(void **state)
{
	static const char *const after[] = {"\nother: value\n", "\nEOF\n", "\n-----\n", "\ndone\n",
					    "\n  more words\n", "\n",      "\nabcd\n",  " rest"};
	struct bench *bench = *state;
	for (size_t i = 0; i < SILT_COUNT(after); i++) {
		struct silt_buffer stream = {0};
		silt_buffer_add_text(&stream, "value: ");
		silt_base64(&stream, SILT_LITERAL("some more text, and then TOKEN=" TOKEN));
		assert_int_not_equal(stream.ptr[stream.len - 1], '=');
		silt_buffer_add_text(&stream, after[i]);
		scan(bench, silt_buffer_bytes(&stream), 0);
		if (bench->count != 1) {
			fail_msg("before %s", after[i]);
		}
		silt_buffer_done(&stream);
	}
}

static void base64_of_any_length_is_decoded(void **state)
{
	struct bench *bench = *state;
	struct silt_buffer plain = {0}, stream = {0};
	for (unsigned i = 0; i < 60000; i++) {
		silt_buffer_printf(&plain, "line %u of a long text\n", i);
	}
	uint64_t token = plain.len + 1;
	silt_buffer_add_text(&plain, " " TOKEN " ");
	silt_base64(&stream, silt_buffer_bytes(&plain));
	scan(bench, silt_buffer_bytes(&stream), 65536);
	assert_one(bench, "token", "base64", base64_start(token, SIZE_MAX, 0),
		   base64_end(token + TOKEN_LENGTH, SIZE_MAX, 0) - base64_start(token, SIZE_MAX, 0));
	stream.len = 0;
	add_base64_lines(&stream, silt_buffer_bytes(&plain), 76, "\n");
	scan(bench, silt_buffer_bytes(&stream), 65536);
	assert_one(bench, "token", "base64", base64_start(token, 76, 1),
		   base64_end(token + TOKEN_LENGTH, 76, 1) - base64_start(token, 76, 1));
	silt_buffer_done(&plain);
	silt_buffer_done(&stream);
}

static void nothing_is_decoded_twice(void **state)
{
	struct bench *bench = *state;
	struct silt_buffer once = {0}, twice = {0}, wide = {0};
	silt_base64(&once, SILT_LITERAL(TEXT));
	silt_base64(&twice, silt_buffer_bytes(&once));
	scan(bench, silt_buffer_bytes(&twice), 0);
	assert_int_equal(bench->count, 0);
	add_wide(&wide, silt_buffer_bytes(&once), false);
	scan(bench, silt_buffer_bytes(&wide), 0);
	assert_int_equal(bench->count, 0);
	silt_buffer_done(&once);
	silt_buffer_done(&twice);
	silt_buffer_done(&wide);
}

static void text_in_base64_of_a_binary_is_a_stream_of_its_own(void **state)
{
	struct bench *bench = *state;
	struct silt_buffer plain = {0}, stream = {0};
	for (unsigned i = 0; i < 300; i++) {
		silt_buffer_add_byte(&plain, (uint8_t)(i * 37));
	}
	silt_buffer_add_byte(&plain, 0);
	silt_buffer_add_text(&plain, TOKEN " is a token, and here it ends");
	silt_buffer_add_byte(&plain, 1);
	silt_base64(&stream, silt_buffer_bytes(&plain));
	scan(bench, silt_buffer_bytes(&stream), 0);
	assert_one(bench, "token", "base64", base64_start(301, 9999, 0),
		   base64_end(301 + TOKEN_LENGTH, 9999, 0) - base64_start(301, 9999, 0));
	silt_buffer_done(&plain);
	silt_buffer_done(&stream);
}

/* ---- Hexadecimal -------------------------------------------------------------------------------------------------------- */

static void hex_is_found_at_every_place(void **state)
{
	struct bench *bench = *state;
	for (size_t at = 0; at < 150; at++) {
		struct silt_buffer stream = {0};
		add_filler(&stream, at);
		add_hex(&stream, SILT_LITERAL(TEXT));
		scan(bench, silt_buffer_bytes(&stream), at);
		assert_one(bench, "token", "hex", at + 2 * TOKEN_AT, 2 * TOKEN_LENGTH);
		silt_buffer_done(&stream);
	}
}

static void hex_goes_on_over_lines(void **state)
{
	struct bench *bench = *state;
	struct silt_buffer plain = {0}, digits = {0}, stream = {0};
	struct silt_bytes text = long_text(&plain);
	uint64_t token = silt_bytes_find(text, SILT_LITERAL(TOKEN));
	add_hex(&digits, text);
	for (size_t at = 0; at < digits.len; at += 60) {
		silt_buffer_add(&stream, silt_bytes_slice(silt_buffer_bytes(&digits), at, 60));
		silt_buffer_add_byte(&stream, '\n');
	}
	scan(bench, silt_buffer_bytes(&stream), 100);
	uint64_t start = token * 2 + token * 2 / 60;
	uint64_t last = (token + TOKEN_LENGTH) * 2 - 1;
	assert_one(bench, "token", "hex", start, last + last / 60 + 1 - start);
	silt_buffer_done(&plain);
	silt_buffer_done(&digits);
	silt_buffer_done(&stream);
}

/* ---- UTF-16 ------------------------------------------------------------------------------------------------------------- */

static void wide_text_is_found_at_every_place(void **state)
{
	struct bench *bench = *state;
	for (size_t at = 0; at < 150; at++) {
		for (unsigned big = 0; big < 2; big++) {
			struct silt_buffer stream = {0};
			add_filler(&stream, at);
			silt_buffer_add_byte(&stream, 0xff);
			add_wide(&stream, SILT_LITERAL("a " TOKEN "\t\n"), big);
			scan(bench, silt_buffer_bytes(&stream), at % 40);
			assert_int_equal(bench->count, 1);
			assert_string_equal(bench->found[0].secret, TOKEN);
			uint64_t offset = bench->found[0].offset;
			assert_true(offset == at + 5 || offset == at + 6);
			assert_int_equal(bench->found[0].length, 2 * TOKEN_LENGTH);
			silt_buffer_done(&stream);
		}
	}
}

static void files_of_wide_text_are_named_by_their_order_of_bytes(void **state)
{
	struct bench *bench = *state;
	for (unsigned mark = 0; mark < 2; mark++) {
		for (unsigned big = 0; big < 2; big++) {
			struct silt_buffer stream = {0};
			if (mark) {
				silt_buffer_add_byte(&stream, big ? 0xfe : 0xff);
				silt_buffer_add_byte(&stream, big ? 0xff : 0xfe);
			}
			add_wide(&stream, SILT_LITERAL("[section]\r\nname=value\r\ntoken=" TOKEN "\r\n"), big);
			scan(bench, silt_buffer_bytes(&stream), 0);
			assert_one(bench, "token", big ? "UTF-16BE" : "UTF-16LE", mark * 2 + 2 * 29, 2 * TOKEN_LENGTH);
			silt_buffer_done(&stream);
		}
	}
}

static void wide_strings_between_zeros_are_found(void **state)
{
	struct bench *bench = *state;
	for (size_t zeros = 1; zeros < 40; zeros++) {
		struct silt_buffer stream = {0};
		for (size_t i = 0; i < zeros; i++) {
			silt_buffer_add_byte(&stream, 0);
		}
		add_wide(&stream, SILT_LITERAL(TOKEN), false);
		for (size_t i = 0; i < 50; i++) {
			silt_buffer_add_byte(&stream, 0);
		}
		scan(bench, silt_buffer_bytes(&stream), 0);
		assert_int_equal(bench->count, 1);
		silt_buffer_done(&stream);
	}
}

/* ---- Escapes ------------------------------------------------------------------------------------------------------------ */

struct case_of {
	const char *text, *rule, *via, *value; /* `value` is what stands in the text, as it is spelled there */
};

static void check_cases(struct bench *bench, const struct case_of *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t at = 0; at < 40; at++) {
			struct silt_buffer stream = {0};
			add_filler(&stream, at);
			silt_buffer_add_text(&stream, "\n");
			silt_buffer_add_text(&stream, cases[i].text);
			scan(bench, silt_buffer_bytes(&stream), at % 9);
			if (bench->count != 1) {
				fail_msg("%zu found in %s", bench->count, cases[i].text);
			}
			size_t offset = silt_bytes_find(silt_buffer_bytes(&stream), silt_bytes_text(cases[i].value));
			assert_one(bench, cases[i].rule, cases[i].via, offset, strlen(cases[i].value));
			silt_buffer_done(&stream);
		}
	}
}

static void percent_encoding_is_decoded(void **state)
{
	static const struct case_of cases[] = {
		{"https://a.example/?u=postgres%3A%2F%2Fuser%3Apa%24s%40db.example%2Fx", "url", "percent-encoding",
		 "pa%24s"},
		{"x=TOK%5F0123456789abcdef", "token", "percent-encoding", "TOK%5F0123456789abcdef"},
		{"secret_key%3Dab%2Fdefghij%2bbcdefghij rest", "pair", "percent-encoding", "ab%2Fdefghij%2bbcdefghij"},
		{"'secret_key%3Dab%2Fdefghij%2bbcdefghij'", "pair", "percent-encoding", "ab%2Fdefghij%2bbcdefghij"},
	};
	check_cases(*state, cases, SILT_COUNT(cases));
}

static void escapes_are_decoded(void **state)
{
	static const struct case_of cases[] = {
		{"{\"secret_key\": \"x\", \"a\": \"secret_key=ab\\/defghij\\/bcdefghij\"}", "pair", "escapes",
		 "ab\\/defghij\\/bcdefghij"},
		{"u = \"secret_key\\u003dabcdefghij\\u002bbcdefghij\"", "pair", "escapes",
		 "abcdefghij\\u002bbcdefghij"},
		{"u = 'TOK\\x5f0123456789abcdef'", "token", "escapes", "TOK\\x5f0123456789abcdef"},
		{"u = \"TOK\\1370123456789abcdef\"", "token", "escapes", "TOK\\1370123456789abcdef"},
		{"{\"c\": \"{\\\"auths\\\":{\\\"h\\\":{\\\"auth\\\":\\\"dXNlcjpwdw==\\\"}}}\"}", "member", "escapes",
		 "dXNlcjpwdw=="},
	};
	check_cases(*state, cases, SILT_COUNT(cases));
}

static void a_string_ends_where_its_quote_is(void **state)
{
	struct bench *bench = *state;
	scan(bench, SILT_LITERAL("\"x\\u002d secret_key=\" + \"abcdefghijabcdefghij\""), 0);
	assert_int_equal(bench->count, 0);
	scan(bench, SILT_LITERAL("\"secret_key=\" + \"\\u002dabcdefghijabcdefghij\""), 0);
	assert_int_equal(bench->count, 0);
}

static void unfinished_escapes_are_read_as_they_are(void **state)
{
	static const char *const texts[] = {"\"\\u00",       "\"\\u002", "\\",        "a\\x2",      "%2",
					    "a%2F%",         "a%2F%2",   "\\u002d\\", "\\u002d\\u", "\\/\\x",
					    "\\/\\12345678", "%2F%zz"};
	struct bench *bench = *state;
	for (size_t i = 0; i < SILT_COUNT(texts); i++) {
		for (size_t block = 0; block < 3; block++) {
			scan(bench, silt_bytes_text(texts[i]), block);
			assert_int_equal(bench->count, 0);
			assert_false(bench->overflowed);
		}
	}
}

/* ---- Once --------------------------------------------------------------------------------------------------------------- */

static void what_stands_there_as_it_is_is_not_reported_again(void **state)
{
	static const char *const texts[] = {
		"https://a.example/?x=%2F&t=" TOKEN "&y=%2F",
		"\"a\\/b " TOKEN " c\\/d\"",
		"\"a\\/b secret_key=abcdefghij/bcdefghij \\/\"",
	};
	struct bench *bench = *state;
	for (size_t i = 0; i < SILT_COUNT(texts); i++) {
		for (size_t block = 0; block < 20; block++) {
			scan(bench, silt_bytes_text(texts[i]), block);
			assert_int_equal(bench->count, 1);
			assert_null(bench->found[0].via);
		}
	}
}

/* The generic rule is first to report: its anchor stands before the token. It must not silence the one that knows more. */
static void a_generic_rule_does_not_speak_for_a_rule_that_knows_the_token(void **state)
{
	static const char text[] = "token = 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\n";
	struct bench *bench = *state;
	for (unsigned way = 0; way < 4; way++) {
		struct silt_buffer stream = {0};
		if (way == 0) {
			add_hex(&stream, silt_bytes_text(text));
		} else if (way == 1) {
			add_base64_lines(&stream, silt_bytes_text(text), 76, "\n");
		} else {
			add_wide(&stream, silt_bytes_text(text), way == 2);
		}
		scan(bench, silt_buffer_bytes(&stream), 0);
		bool known = false;
		for (size_t i = 0; i < bench->count; i++) {
			known = known || strcmp(bench->found[i].rule, "github-pat") == 0;
		}
		assert_true(known);
		silt_buffer_done(&stream);
	}
}

static void a_key_on_escaped_lines_is_one_match(void **state)
{
	struct bench *bench = *state;
	struct silt_buffer stream = {0};
	silt_buffer_add_text(&stream, "{\"k\":\"-----BEGIN PRIVATE KEY-----");
	for (unsigned i = 0; i < 20; i++) {
		silt_buffer_add_text(&stream, "\\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cK\\/");
	}
	silt_buffer_add_text(&stream, "\\n-----END PRIVATE KEY-----\\n\"}");
	scan(bench, silt_buffer_bytes(&stream), 0);
	assert_int_equal(bench->count, 1);
	assert_string_equal(bench->found[0].rule, "private-key");
	assert_null(bench->found[0].via);
	silt_buffer_done(&stream);
}

static void a_key_in_base64_is_found(void **state)
{
	struct bench *bench = *state;
	struct silt_buffer plain = {0}, stream = {0};
	silt_buffer_add_text(&plain, "-----BEGIN PRIVATE KEY-----\n");
	for (unsigned i = 0; i < 20; i++) {
		silt_buffer_add_text(&plain, "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n");
	}
	silt_buffer_add_text(&plain, "-----END PRIVATE KEY-----\n");
	silt_buffer_add_text(&stream, "users:\n- user:\n    client-key-data: ");
	size_t at = stream.len;
	silt_base64(&stream, silt_buffer_bytes(&plain));
	scan(bench, silt_buffer_bytes(&stream), 0);
	assert_one(bench, "private-key", "base64", at, base64_end(plain.len - 1, 1 << 20, 0));
	silt_buffer_done(&plain);
	silt_buffer_done(&stream);
}

/* What stands between the outer lines is no key, so the rule has its doubts; they must not silence what is encoded there. */
static void a_key_in_the_place_of_a_key_is_found(void **state)
{
	static const char key[] = "-----BEGIN EC PRIVATE KEY-----\n"
				  "MDECAQEEIC1xFkK3JrBEAWJ8qfusMvXIUw+xkDzE2wIlhxeSGkiBoAoGCCqGSM49\n"
				  "AwEH\n"
				  "-----END EC PRIVATE KEY-----\n";
	struct bench *bench = *state;
	struct silt_buffer stream = {0};
	silt_buffer_add_text(&stream, "-----BEGIN EC PRIVATE KEY-----\n");
	add_base64_lines(&stream, silt_bytes_text(key), 76, "\n");
	silt_buffer_add_text(&stream, "\n-----END EC PRIVATE KEY-----\n");
	scan(bench, silt_buffer_bytes(&stream), 0);
	assert_int_equal(bench->count, 2);
	assert_string_equal(bench->found[1].rule, "private-key");
	assert_string_equal(bench->found[1].via, "base64");
	silt_buffer_done(&stream);
}

static void rules_about_files_hold_for_files_that_are_encoded_as_a_whole(void **state)
{
	struct bench *bench = *state;
	struct silt_bytes text = SILT_LITERAL("name:somebody\nlogin:abcdefghijkl\nlast:abcdefghijkl\n");
	struct silt_buffer wide = {0}, row = {0}, inside = {0};
	silt_buffer_add_text(&wide, "\xff\xfe");
	add_wide(&wide, text, false);
	silt_base64(&row, text);
	silt_buffer_add_text(&inside, "value: ");
	silt_base64(&inside, text);
	for (size_t block = 0; block < 30; block += 7) {
		scan_file(bench, SILT_LITERAL("a/logins"), silt_buffer_bytes(&wide), block);
		assert_one(bench, "logins", "UTF-16LE", 2 + 2 * 20, 24);
		scan_file(bench, SILT_LITERAL("a/logins"), silt_buffer_bytes(&row), block);
		assert_one(bench, "logins", "base64", base64_start(20, 999, 0),
			   base64_end(32, 999, 0) - base64_start(20, 999, 0));
		scan_file(bench, SILT_LITERAL("a/others"), silt_buffer_bytes(&row), block);
		assert_int_equal(bench->count, 0);
		scan_file(bench, SILT_LITERAL("a/logins"), silt_buffer_bytes(&inside), block);
		assert_int_equal(bench->count, 0);
	}
	silt_buffer_done(&wide);
	silt_buffer_done(&row);
	silt_buffer_done(&inside);
}

static void streams_do_not_join(void **state)
{
	struct bench *bench = *state;
	struct silt_buffer stream = {0};
	silt_base64(&stream, SILT_LITERAL(TEXT));
	for (size_t cut = 1; cut < stream.len; cut += 5) {
		bench->total = 0;
		bench->count = 0;
		silt_search_begin(bench->search, silt_bytes(NULL, 0), keep, bench);
		feed(bench, silt_bytes(stream.ptr, cut), false);
		silt_search_begin(bench->search, silt_bytes(NULL, 0), keep, bench);
		feed(bench, silt_bytes(stream.ptr + cut, stream.len - cut), true);
		size_t end = (size_t)base64_end(TOKEN_AT + TOKEN_LENGTH, 1000, 0);
		size_t start = (size_t)base64_start(TOKEN_AT, 1000, 0);
		if (cut > start && cut < end) {
			assert_int_equal(bench->count, 0);
		}
	}
	silt_buffer_done(&stream);
}

static enum silt_status refuse(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	(void)err;
	assert_non_null(match->via);
	++*(size_t *)ctx;
	return SILT_ERR_STOPPED;
}

static void the_callback_can_stop_a_search(void **state)
{
	struct bench *bench = *state;
	size_t calls = 0;
	struct silt_buffer stream = {0};
	silt_base64(&stream, SILT_LITERAL(TEXT TEXT TEXT));
	silt_search_begin(bench->search, silt_bytes(NULL, 0), refuse, &calls);
	assert_int_equal(silt_search_feed(bench->search, silt_buffer_bytes(&stream), true, NULL), SILT_ERR_STOPPED);
	assert_int_equal(silt_search_feed(bench->search, silt_bytes(NULL, 0), true, NULL), SILT_ERR_STOPPED);
	assert_int_equal(calls, 1);
	scan(bench, silt_buffer_bytes(&stream), 0);
	assert_int_equal(bench->count, 3);
	silt_buffer_done(&stream);
}

/* ---- Floods ------------------------------------------------------------------------------------------------------------- */

static void flood(struct bench *bench, struct silt_bytes pattern, size_t total)
{
	struct silt_error err = {0};
	size_t size = 65536 / pattern.len * pattern.len;
	uint8_t *block = malloc(size);
	assert_non_null(block);
	for (size_t at = 0; at < size; at += pattern.len) {
		memcpy(block + at, pattern.ptr, pattern.len);
	}
	bench->count = 0;
	bench->total = 0;
	silt_search_begin(bench->search, silt_bytes(NULL, 0), keep, bench);
	for (size_t fed = 0; fed < total; fed += size) {
		must(silt_search_feed(bench->search, silt_bytes(block, size), false, &err), &err);
	}
	must(silt_search_feed(bench->search, silt_bytes(NULL, 0), true, &err), &err);
	bench->overflowed = silt_search_overflowed(bench->search);
	free(block);
}

static void floods_without_a_secret_are_looked_at_in_full(void **state)
{
	const struct silt_bytes patterns[] = {
		SILT_LITERAL("A"),       SILT_LITERAL("%41"),  SILT_LITERAL("%2F"),  SILT_LITERAL("\0"),
		SILT_LITERAL("a\0"),     SILT_LITERAL("\\/"),  SILT_LITERAL("YWFh"), SILT_LITERAL("61"),
		SILT_LITERAL("\\u0041"), SILT_LITERAL("a%2F"), SILT_LITERAL("\0a"),  SILT_LITERAL("\\\\"),
	};
	for (size_t i = 0; i < SILT_COUNT(patterns); i++) {
		flood(*state, patterns[i], (size_t)4 << 20);
		assert_int_equal(((struct bench *)*state)->count, 0);
		assert_false(((struct bench *)*state)->overflowed);
	}
}

static void a_flood_of_texts_is_an_overflow(void **state)
{
	struct bench *bench = *state;
	flood(bench, SILT_LITERAL("%2F "), (size_t)1 << 19);
	assert_true(bench->overflowed);
	flood(bench, SILT_LITERAL("A"), 4096);
	assert_false(bench->overflowed);
}

static void a_flood_of_matches_is_an_overflow(void **state)
{
	struct bench *bench = *state;
	flood(bench, SILT_LITERAL("TOK%5F0123456789abcdef                                            "),
	      (size_t)2 << 20);
	assert_int_equal(bench->total, silt_default_limits.value[SILT_LIMIT_DECODED_MATCHES]);
	assert_true(bench->overflowed);
}

static void nothing_is_freed_without_harm(void **state)
{
	(void)state;
	silt_search_free(NULL);
}

#define WITH(setup, test) cmocka_unit_test_setup_teardown(test, setup, close_bench)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(open_rules, base64_is_found_at_every_place),
		WITH(open_rules, a_bare_token_in_base64_is_found_at_every_place),
		WITH(open_rules, a_short_id_in_base64_is_found_at_every_place),
		WITH(open_rules, a_short_id_hides_no_text_before_it),
		WITH(open_rules, an_escape_behind_a_long_word_is_reached_at_every_cut),
		WITH(open_rules, base64_needs_no_padding_and_takes_either_alphabet),
		WITH(open_rules, what_is_glued_to_base64_does_no_harm),
		WITH(open_rules, base64_goes_on_over_lines),
		WITH(open_rules, a_value_at_the_end_of_a_line_is_not_joined_with_the_next_line),
		WITH(open_rules, base64_of_any_length_is_decoded),
		WITH(open_rules, nothing_is_decoded_twice),
		WITH(open_rules, text_in_base64_of_a_binary_is_a_stream_of_its_own),
		WITH(open_rules, hex_is_found_at_every_place),
		WITH(open_rules, hex_goes_on_over_lines),
		WITH(open_rules, wide_text_is_found_at_every_place),
		WITH(open_rules, files_of_wide_text_are_named_by_their_order_of_bytes),
		WITH(open_rules, wide_strings_between_zeros_are_found),
		WITH(open_rules, percent_encoding_is_decoded),
		WITH(open_rules, escapes_are_decoded),
		WITH(open_rules, a_string_ends_where_its_quote_is),
		WITH(open_rules, unfinished_escapes_are_read_as_they_are),
		WITH(open_rules, what_stands_there_as_it_is_is_not_reported_again),
		WITH(open_shipped, a_generic_rule_does_not_speak_for_a_rule_that_knows_the_token),
		WITH(open_shipped, a_key_on_escaped_lines_is_one_match),
		WITH(open_shipped, a_key_in_base64_is_found),
		WITH(open_shipped, a_key_in_the_place_of_a_key_is_found),
		WITH(open_rules, rules_about_files_hold_for_files_that_are_encoded_as_a_whole),
		WITH(open_rules, streams_do_not_join),
		WITH(open_rules, the_callback_can_stop_a_search),
		WITH(open_rules, floods_without_a_secret_are_looked_at_in_full),
		WITH(open_rules, a_flood_of_texts_is_an_overflow),
		WITH(open_rules, a_flood_of_matches_is_an_overflow),
		cmocka_unit_test(nothing_is_freed_without_harm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
