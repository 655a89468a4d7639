/* The lines of armor. */
#include "check.h"

#include "secret/armor.h"

static void every_spelling_of_armor_reads_the_same(void **state)
{
	(void)state;
	static const char *const spellings[] = {
		"\nZm9v\nYmFy\n",
		"\r\nZm9v\r\nYmFy\r\n",
		"\rZm9v\rYmFy\r",
		"\\nZm9v\\nYmFy\\n",
		"\\r\\nZm9v\\r\\nYmFy\\r\\n",
		"\\\\nZm9v\\\\nYmFy\\\\n",
		"\n    Zm9v\n    YmFy\n    ",
		"\n# Zm9v\n# YmFy\n# ",
		" Zm9v YmFy ",
		"\\n\" +\n  \"Zm9v\\n\" +\n  \"YmFy\\n\" +\n  \"",
		"\",\n\"Zm9v\",\n\"YmFy\",\n\"",
		"\nVersion: GnuPG v2\n\nZm9vYmFy\n=njUN\n",
	};
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
		uint8_t room[64];
		struct silt_armor armor;
		if (!silt_armor_read(silt_bytes_text(spellings[i]), false, room, &armor) || armor.data.len != 6 ||
		    memcmp(armor.data.ptr, "foobar", 6) != 0) {
			fail_msg("spelling %zu was not read", i);
		}
	}
}

static void armor_headers_are_read(void **state)
{
	(void)state;
	uint8_t room[128];
	struct silt_armor armor;
	assert_true(silt_armor_read(SILT_LITERAL("\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00FF\n\nZm9v\n"),
				    false, room, &armor));
	assert_true(armor.encrypted);
	assert_int_equal(armor.cipher.len, 11);
	assert_memory_equal(armor.cipher.ptr, "AES-128-CBC", 11);
}

static void armor_that_is_cut_short_loses_its_last_group(void **state)
{
	(void)state;
	uint8_t room[64];
	struct silt_armor armor;
	assert_true(silt_armor_read(SILT_LITERAL("\nZm9v\nYmF"), true, room, &armor));
	assert_int_equal(armor.data.len, 3);
}

static void armor_of_dots_is_refused(void **state)
{
	(void)state;
	uint8_t room[64];
	struct silt_armor armor;
	assert_false(silt_armor_read(SILT_LITERAL("\n...\n"), false, room, &armor));
	assert_false(silt_armor_read(SILT_LITERAL("\nZm9v\n...\nYmFy\n"), false, room, &armor));
	assert_false(silt_armor_read(SILT_LITERAL("\n\n"), false, room, &armor));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_spelling_of_armor_reads_the_same),
		cmocka_unit_test(armor_headers_are_read),
		cmocka_unit_test(armor_that_is_cut_short_loses_its_last_group),
		cmocka_unit_test(armor_of_dots_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
