/* Pieces of sentences. */
#include "fake.h"

#include "base/attributes.h"
#include "report/page.h"
#include "report/phrase.h"

#include <string.h>

#define SP SILT_MARK_SPACE

static void sizes_are_decimal_and_rounded_half_up(void **state)
{
	(void)state;
	static const struct {
		uint64_t bytes;
		const char *text;
	} rows[] = {
		{0, "0" SP "B"},
		{1, "1" SP "B"},
		{999, "999" SP "B"},
		{1000, "1.0" SP "kB"},
		{1049, "1.0" SP "kB"},
		{1050, "1.1" SP "kB"},
		{999949, "999.9" SP "kB"},
		{999950, "1.0" SP "MB"},
		{77800123, "77.8" SP "MB"},
		{1000000000, "1.0" SP "GB"},
		{UINT64_MAX, "18.4" SP "EB"},
	};
	for (size_t i = 0; i < SILT_COUNT(rows); i++) {
		struct silt_buffer out = {0};
		silt_phrase_size(&out, rows[i].bytes);
		assert_string_equal(silt_buffer_text(&out), rows[i].text);
		silt_buffer_done(&out);
	}
}

static void counts_have_one_and_many(void **state)
{
	(void)state;
	struct silt_buffer out = {0};
	silt_phrase_count(&out, 1, "entry", "entries");
	silt_phrase_count(&out, 0, " entry", " entries");
	silt_phrase_count(&out, 2, " entry", " entries");
	assert_string_equal(silt_buffer_text(&out), "1 entry0  entries2  entries");
	silt_buffer_done(&out);
}

static void assert_cut(const char *text, size_t max, const char *want)
{
	struct silt_buffer out = {0};
	silt_phrase_cut(&out, text, max);
	assert_string_equal(silt_buffer_text(&out), want);
	silt_buffer_done(&out);
}

static void cutting_counts_characters_and_spares_escapes(void **state)
{
	(void)state;
	assert_cut("", 10, "");
	assert_cut("RUN make", 8, "RUN make");
	assert_cut("RUN make", 7, "RUN ...");
	assert_cut("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", 5, "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9");
	assert_cut("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", 4, "\xC3\xA9...");
	assert_cut("a\\x1bbcdef", 10, "a\\x1bbcdef");
	assert_cut("a\\x1bbcdef", 9, "a\\x1bb...");
	assert_cut("a\\x1bbcdef", 7, "a...");
	assert_cut("a\\x1b\\x1b", 8, "a\\x1b...");
	assert_cut("ab\\\\cdefg", 7, "ab\\\\...");
	assert_cut("ab\\\\cdefg", 6, "ab...");
}

static void assert_instruction(const char *instruction, size_t max, const char *want)
{
	struct silt_buffer out = {0};
	silt_phrase_instruction(&out, instruction, max);
	assert_string_equal(silt_buffer_text(&out), want);
	silt_buffer_done(&out);
}

#define HEX_31 "6a87263a73961234567890abcdefABC"

static void digests_in_instructions_leave_room_for_the_rest(void **state)
{
	(void)state;
	assert_instruction("COPY file:" HEX_31 "D in /root/.ssh/id_ed25519", 72,
			   "COPY file:6a87263a7396.. in /root/.ssh/id_ed25519");
	assert_instruction("COPY file:" HEX_31 " in /", 72, "COPY file:" HEX_31 " in /");
	assert_instruction("FROM a@sha256:" HEX_31 HEX_31 "Dx" HEX_31 "D", 72,
			   "FROM a@sha256:6a87263a7396..x6a87263a7396..");
	assert_instruction("COPY dir:" HEX_31 "D in /srv", 26, "COPY dir:6a87263a7396.....");
	assert_instruction("", 72, "");
}

static void digests_show_twelve_digits(void **state)
{
	(void)state;
	struct silt_buffer out = {0};
	silt_phrase_digest(&out, "sha256:0123456789abcdef");
	silt_phrase_digest(&out, "");
	silt_phrase_digest(&out, ":abc");
	assert_string_equal(silt_buffer_text(&out), "0123456789ababc");
	silt_buffer_done(&out);
}

static void unbroken_text_has_no_space_to_break_at(void **state)
{
	(void)state;
	struct silt_buffer out = {0};
	silt_phrase_unbroken(&out, "/a b/c d");
	assert_string_equal(silt_buffer_text(&out), "/a" SP "b/c" SP "d");
	silt_buffer_done(&out);
}

static void an_image_is_called_by_name_then_by_digest(void **state)
{
	(void)state;
	static const char *const names[] = {"app:1", "app:2"};
	struct silt_image image = {.names = names, .name_count = 2, .config_digest = "sha256:00112233445566"};
	struct silt_buffer out = {0};
	silt_phrase_image(&out, &image);
	image.name_count = 0;
	silt_buffer_add_byte(&out, ' ');
	silt_phrase_image(&out, &image);
	image.config_digest = "";
	silt_buffer_add_byte(&out, ' ');
	silt_phrase_image(&out, &image);
	assert_string_equal(silt_buffer_text(&out), "app:1 001122334455 the image");
	silt_buffer_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_are_decimal_and_rounded_half_up),
		cmocka_unit_test(counts_have_one_and_many),
		cmocka_unit_test(cutting_counts_characters_and_spares_escapes),
		cmocka_unit_test(digests_in_instructions_leave_room_for_the_rest),
		cmocka_unit_test(digests_show_twelve_digits),
		cmocka_unit_test(unbroken_text_has_no_space_to_break_at),
		cmocka_unit_test(an_image_is_called_by_name_then_by_digest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
