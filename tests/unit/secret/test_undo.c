/* Values that are looked for in each way in which their bytes can be written with others, whatever stands around. */
#include "secret/wanted.h"

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/secure.h"
#include "secret/matcher.h"
#include "secret/search.h"
#include "secret/undo_read.h"
#include "tight.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { FILLER = 20000 };

struct bench {
	struct silt_matcher *matcher;
	struct silt_search *search;
	size_t found;
	uint64_t offset, length; /* of the last match */
};

static void must(enum silt_status status, const struct silt_error *err)
{
	if (status != SILT_OK) {
		fail_msg("%s", err->text);
	}
}

static void open_bench(struct bench *bench, struct silt_bytes value)
{
	struct silt_error err = {0};
	const struct silt_matcher *base;
	*bench = (struct bench){0};
	must(silt_matcher_shared(&base, &err), &err);
	must(silt_matcher_new_wanting(base, &value, 1, &bench->matcher, &err), &err);
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
	if (match->rule->wanted > 0) {
		bench->found++;
		bench->offset = match->offset;
		bench->length = match->length;
	}
	return SILT_OK;
}

/* How often the value is in the stream, which comes in blocks of `block` bytes, each in memory of its own size. */
static size_t look(struct bench *bench, struct silt_bytes text, size_t block)
{
	struct silt_error err = {0};
	bench->found = 0;
	silt_search_begin(bench->search, silt_bytes(NULL, 0), count_match, bench);
	bool last = false;
	for (size_t at = 0; !last; at += block) {
		struct silt_bytes piece = silt_bytes_slice(text, at, block);
		last = at + block >= text.len;
		uint8_t *tight = tight_copy(piece);
		must(silt_search_feed(bench->search, silt_bytes(tight, piece.len), last, &err), &err);
		free(tight);
	}
	assert_int_equal(silt_search_overflowed(bench->search), SILT_LIMIT_NONE);
	return bench->found;
}

static void add_noise(struct silt_buffer *out, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		silt_buffer_add_byte(out, (uint8_t)('a' + i * 7 % 23));
	}
}

/* ---- Every byte in every way ------------------------------------------------------------------------------------------- */

enum { WAYS = 14, SHORT_OCTAL = 9 };

static void write_in(struct silt_buffer *out, size_t way, unsigned byte)
{
	switch (way) {
	case 0:
		silt_buffer_printf(out, "%%%02X", byte);
		break;
	case 1:
		silt_buffer_printf(out, "%%%02x", byte);
		break;
	case 2:
		silt_buffer_printf(out, "\\x%02x", byte);
		break;
	case 3:
		silt_buffer_printf(out, "\\x%02X", byte);
		break;
	case 4:
		silt_buffer_printf(out, "\\u%04x", byte);
		break;
	case 5:
		silt_buffer_printf(out, "\\u%04X", byte);
		break;
	case 6:
		silt_buffer_printf(out, "\\U%08x", byte);
		break;
	case 7:
		silt_buffer_printf(out, "\\u{%x}", byte);
		break;
	case 8:
		silt_buffer_printf(out, "\\%03o", byte);
		break;
	case SHORT_OCTAL:
		silt_buffer_printf(out, "\\%o", byte);
		break;
	case 10:
		silt_buffer_printf(out, "&#%u;", byte);
		break;
	case 11:
		silt_buffer_printf(out, "&#%03u;", byte);
		break;
	case 12:
		silt_buffer_printf(out, "&#x%x;", byte);
		break;
	default:
		silt_buffer_printf(out, "&#X%02X;", byte);
	}
}

/* Writes byte number `at` in that way, or, with SIZE_MAX, all of them. */
static void spell(struct silt_buffer *out, struct silt_bytes value, size_t way, size_t at)
{
	for (size_t i = 0; i < value.len; i++) {
		if (i == at || at == SIZE_MAX) {
			write_in(out, way, value.ptr[i]);
		} else {
			silt_buffer_add_byte(out, value.ptr[i]);
		}
	}
}

/* A digit behind a short octal escape would be one of its own. */
static bool eats_the_next(struct silt_bytes value, size_t way, size_t at)
{
	return way == SHORT_OCTAL && at + 1 < value.len && value.ptr[at] < 0100 && value.ptr[at + 1] >= '0' &&
	       value.ptr[at + 1] <= '7';
}

static void each_byte_of_a_value_may_be_written_in_each_way(void **state)
{
	(void)state;
	const struct silt_bytes value = SILT_LITERAL("p@s$/w<r>+Zq='7 7&\"x#\n");
	struct bench bench;
	open_bench(&bench, value);
	for (size_t way = 0; way < WAYS; way++) {
		for (size_t at = 0; at <= value.len; at++) {
			struct silt_buffer text = {0};
			silt_buffer_add_text(&text, "one two \"");
			spell(&text, value, way, at < value.len ? at : SIZE_MAX);
			silt_buffer_add_text(&text, "\" three");
			for (size_t block = 1; block < 64 && !eats_the_next(value, way, at); block = block * 3 + 2) {
				if (look(&bench, silt_buffer_bytes(&text), block) == 0) {
					fail_msg("%s", silt_buffer_text(&text));
				}
			}
			silt_buffer_done(&text);
		}
	}
	close_bench(&bench);
}

static void texts_as_programs_write_them(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"login?p=Tr0ub4dor%263%21horse%239\n",
		"{\"a\": \"x\\\"y\", \"p\": \"Tr0ub4dor\\u00263!horse#9\"}",
		"\"Tr0ub4dor\\0463!horse#9\"",
		"Tr0ub4dor\\&3\\!horse\\#9", /* printf %q */
		"p=Tr0ub4dor&3\\!horse\\#9", /* java.util.Properties */
		"<p>Tr0ub4dor&amp;3!horse#9</p>",
		"<p>Tr0ub4dor&#038;3&#33;horse#9</p>",
		"T\0r\0000\0u\0b\0004\0d\0o\0r\0&\0003\0!\0h\0o\0r\0s\0e\0#\0009\0",
	};
	struct bench bench;
	open_bench(&bench, SILT_LITERAL("Tr0ub4dor&3!horse#9"));
	for (size_t i = 0; i + 1 < SILT_COUNT(texts); i++) {
		if (look(&bench, silt_bytes_text(texts[i]), 1000) == 0) {
			fail_msg("%s", texts[i]);
		}
	}
	assert_int_not_equal(look(&bench, silt_bytes(texts[SILT_COUNT(texts) - 1], 38), 1000), 0);
	close_bench(&bench);
}

static void characters_beyond_ascii(void **state)
{
	(void)state;
	static const char *const texts[] = {"gr\\u00fc\\u00dfe-\\ud83d\\ude00-1", "gr%C3%BC%C3%9Fe-%F0%9F%98%80-1",
					    "gr&#252;&#xdf;e-&#128512;-1", "gr\\xc3\\xbc\\xc3\\x9fe-\\u{1F600}-1",
					    "gr\\303\\274\\303\\237e-\\U0001f600-1"};
	struct bench bench;
	open_bench(&bench, SILT_LITERAL("gr\xc3\xbc\xc3\x9f"
					"e-\xf0\x9f\x98\x80-1"));
	for (size_t i = 0; i < SILT_COUNT(texts); i++) {
		if (look(&bench, silt_bytes_text(texts[i]), 7) == 0) {
			fail_msg("%s", texts[i]);
		}
	}
	close_bench(&bench);
}

/* ---- Wherever it is ------------------------------------------------------------------------------------------------------ */

/* Signs come long before the value, and just before it: parts that are decoded end and begin anywhere around it. */
static void signs_around_a_value_hide_nothing(void **state)
{
	(void)state;
	struct silt_buffer value = {0};
	add_noise(&value, 3000);
	silt_buffer_add_text(&value, "&");
	add_noise(&value, 900);
	struct bench bench;
	open_bench(&bench, silt_buffer_bytes(&value));
	for (size_t gap = 0; gap < 9000; gap += 517) {
		struct silt_buffer text = {0};
		silt_buffer_add_text(&text, "%26");
		add_noise(&text, gap);
		const size_t at = text.len;
		add_noise(&text, 3000);
		silt_buffer_add_text(&text, "%26");
		add_noise(&text, 900);
		const size_t length = text.len - at;
		add_noise(&text, FILLER);
		assert_int_not_equal(look(&bench, silt_buffer_bytes(&text), 1 + gap), 0);
		assert_int_equal(bench.offset, at);
		assert_int_equal(bench.length, length);
		silt_buffer_done(&text);
	}
	silt_buffer_done(&value);
	close_bench(&bench);
}

static void what_differs_is_not_found(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"Tr0ub4dor%273!horse#9",           "Tr0ub4dor%26%203!horse#9",  "Tr0ub4dor\\x273!horse#9",
		"Tr0ub4dor&amp3!horse#9",          "Tr0ub4dor&#39;3!horse#9",   "Tr0ub4dor&#99999999;3!horse#9",
		"Tr0ub4dor\\u{11000026}3!horse#9", "Tr0ub4dor\\ud8003!horse#9", "Tr0ub4dor%2"};
	struct bench bench;
	open_bench(&bench, SILT_LITERAL("Tr0ub4dor&3!horse#9"));
	for (size_t i = 0; i < SILT_COUNT(texts); i++) {
		assert_int_equal(look(&bench, silt_bytes_text(texts[i]), 5), 0);
	}
	close_bench(&bench);
}

/* ---- Keys ------------------------------------------------------------------------------------------------------------------ */

/* Bytes of all kinds, and the same between BEGIN and END. */
static void make_key(struct silt_buffer *binary, struct silt_buffer *base64, struct silt_buffer *armored)
{
	uint32_t number = 12345;
	for (size_t i = 0; i < 1000; i++) {
		number = number * 1664525 + 1013904223;
		silt_buffer_add_byte(binary, (uint8_t)(number >> 24));
	}
	silt_base64(base64, silt_buffer_bytes(binary));
	silt_buffer_add_text(armored, "-----BEGIN RSA PRIVATE KEY-----\n");
	for (size_t at = 0; at < base64->len; at += 64) {
		silt_buffer_add(armored, silt_bytes_slice(silt_buffer_bytes(base64), at, 64));
		silt_buffer_add_text(armored, "\n");
	}
	silt_buffer_add_text(armored, "-----END RSA PRIVATE KEY-----\n");
}

/* In lines of `width`, behind `before` other bytes; `between` stands for their ends. */
static void add_lines(struct silt_buffer *out, struct silt_bytes binary, size_t before, size_t width,
		      const char *between)
{
	struct silt_buffer padded = {0}, base64 = {0};
	add_noise(&padded, before);
	silt_buffer_add(&padded, binary);
	silt_base64(&base64, silt_buffer_bytes(&padded));
	for (size_t at = 0; at < base64.len; at += width) {
		silt_buffer_add(out, silt_bytes_slice(silt_buffer_bytes(&base64), at, width));
		silt_buffer_add_text(out, between);
	}
	silt_buffer_done(&padded);
	silt_buffer_done(&base64);
}

static void a_key_is_found_without_its_armor(void **state)
{
	(void)state;
	static const char *const ends[] = {"\n", "\r\n", "\\n", "\",\n    \"", " "};
	struct silt_buffer binary = {0}, base64 = {0}, armored = {0};
	struct bench bench;
	make_key(&binary, &base64, &armored);
	open_bench(&bench, silt_buffer_bytes(&armored));
	for (size_t before = 0; before < 6; before++) {
		for (size_t width = 23; width < 2000; width += width < 80 ? 1 : 333) {
			struct silt_buffer text = {0};
			silt_buffer_add_text(&text, "k: \"");
			const char *const end = ends[width % SILT_COUNT(ends)];
			add_lines(&text, silt_buffer_bytes(&binary), before, width, end);
			if (look(&bench, silt_buffer_bytes(&text), 100 + width) == 0) {
				fail_msg("%zu before, lines of %zu", before, width);
			}
			silt_buffer_done(&text);
		}
	}
	assert_int_not_equal(look(&bench, silt_buffer_bytes(&binary), 100), 0);
	binary.ptr[500] ^= 1;
	assert_int_equal(look(&bench, silt_buffer_bytes(&binary), 100), 0);
	struct silt_buffer other = {0};
	add_lines(&other, silt_buffer_bytes(&binary), 0, 64, "\n");
	assert_int_equal(look(&bench, silt_buffer_bytes(&other), 100), 0);
	silt_buffer_done(&other);
	silt_buffer_done(&binary);
	silt_buffer_done(&base64);
	silt_buffer_done(&armored);
	close_bench(&bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_byte_of_a_value_may_be_written_in_each_way),
		cmocka_unit_test(texts_as_programs_write_them),
		cmocka_unit_test(characters_beyond_ascii),
		cmocka_unit_test(signs_around_a_value_hide_nothing),
		cmocka_unit_test(what_differs_is_not_found),
		cmocka_unit_test(a_key_is_found_without_its_armor),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
