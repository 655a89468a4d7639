/* Maps of sparse files in their three encodings. */
#include "stream/tar_sparse.h"

#include "base/attributes.h"
#include "base/buffer.h"
#include "cmocka_test.h"
#include "stream/tar_header.h"

#include <stdio.h>

/* "offset+length offset+length / size" */
static void expect_map(struct silt_tar_map *map, const char *expected)
{
	struct silt_buffer text = {0};
	for (size_t i = 0; i < map->count; i++) {
		silt_buffer_printf(&text, "%llu+%llu ", (unsigned long long)map->pieces[i].offset,
				   (unsigned long long)map->pieces[i].length);
	}
	silt_buffer_printf(&text, "/ %llu", (unsigned long long)map->size);
	assert_string_equal(silt_buffer_text(&text), expected);
	silt_buffer_done(&text);
	silt_tar_map_done(map);
	*map = (struct silt_tar_map){0};
}

/* ---- In PAX records -------------------------------------------------------------------------------------------------- */

static bool read_pax(struct silt_tar_map *map, int64_t size, const char *count, const char *numbers)
{
	return silt_tar_map_begin(map, size) && silt_tar_map_pax(map, silt_bytes_text(count), silt_bytes_text(numbers));
}

static void maps_of_pax_are_read(void **state)
{
	(void)state;
	struct silt_tar_map map = {0};
	assert_true(read_pax(&map, 100, "2", "0,5,50,10"));
	assert_false(silt_tar_map_is_whole(&map));
	expect_map(&map, "0+5 50+10 / 100");
	assert_true(read_pax(&map, 100, "0", ""));
	expect_map(&map, "/ 100");
	assert_true(read_pax(&map, 10, "1", "0,10"));
	assert_true(silt_tar_map_is_whole(&map));
	expect_map(&map, "0+10 / 10");
	assert_true(read_pax(&map, INT64_MAX, "2", "0,1,9223372036854775806,1"));
	expect_map(&map, "0+1 9223372036854775806+1 / 9223372036854775807");
}

static void touching_and_empty_entries_are_joined(void **state)
{
	(void)state;
	struct silt_tar_map map = {0};
	assert_true(read_pax(&map, 100, "5", "0,5,5,5,20,0,30,1,100,0"));
	expect_map(&map, "0+10 30+1 / 100");
}

static void maps_that_go_refuses_are_refused(void **state)
{
	(void)state;
	static const struct {
		int64_t size;
		const char *count, *numbers;
	} rows[] = {
		{100, "1", "0,5,50,10"},
		{100, "3", "0,5,50,10"},
		{100, "1", "0,5,50"},
		{100, "", "0,5"},
		{100, "-1", ""},
		{100, "0", "0,5"},
		{100, "1", "0,x"},
		{100, "1", ",5"},
		{100, "2", "0,10,5,10"},             /* overlap */
		{100, "2", "50,10,0,5"},             /* out of order */
		{100, "2", "50,0,40,1"},             /* also behind an empty one */
		{100, "1", "90,11"},                 /* beyond the end */
		{100, "1", "101,0"},                 /* also if it is empty */
		{100, "1", "-1,5"},                  /* negative */
		{100, "1", "0,-5"},                  /* negative */
		{100, "1", "1,9223372036854775807"}, /* overflows */
		{100, "4611686018427387904", "0,5"}, /* twice as many are too many */
		{100, "100000000000000000000", "0,5"},
		{-1, "0", ""},
	};
	for (size_t i = 0; i < SILT_COUNT(rows); i++) {
		struct silt_tar_map map = {0};
		if (read_pax(&map, rows[i].size, rows[i].count, rows[i].numbers)) {
			fail_msg("row %zu is taken", i);
		}
		silt_tar_map_done(&map);
	}
}

/* ---- As text in the body --------------------------------------------------------------------------------------------- */

static void text_says_how_many_lines_it_has(void **state)
{
	(void)state;
	assert_int_equal(silt_tar_map_lines(SILT_LITERAL("2")), 1);
	assert_int_equal(silt_tar_map_lines(SILT_LITERAL("2\n0\n")), 5);
	assert_int_equal(silt_tar_map_lines(SILT_LITERAL("0\n")), 1);
	assert_int_equal(silt_tar_map_lines(SILT_LITERAL("x\n")), 0);
	assert_int_equal(silt_tar_map_lines(SILT_LITERAL("\n")), 0);
	assert_int_equal(silt_tar_map_lines(SILT_LITERAL("-1\n")), 0);
	assert_int_equal(silt_tar_map_lines(SILT_LITERAL("4611686018427387904\n")), 0);
	assert_true(silt_tar_map_lines(SILT_LITERAL("4611686018427387903\n")) == (uint64_t)INT64_MAX);
}

static void maps_of_text_are_read(void **state)
{
	(void)state;
	struct silt_tar_map map = {0};
	assert_true(silt_tar_map_begin(&map, 2000));
	assert_true(silt_tar_map_text(&map, SILT_LITERAL("2\n0\n3\n1000\n5\n\0\0\0")));
	expect_map(&map, "0+3 1000+5 / 2000");
	assert_true(silt_tar_map_begin(&map, 2000));
	assert_false(silt_tar_map_text(&map, SILT_LITERAL("1\n0\n\n")));
	silt_tar_map_done(&map);
}

/* ---- Old GNU --------------------------------------------------------------------------------------------------------- */

static void put_octal(uint8_t *at, unsigned number)
{
	char text[13];
	snprintf(text, sizeof(text), "%011o", number);
	memcpy(at, text, 12);
}

static void old_maps_go_on_in_blocks_of_their_own(void **state)
{
	(void)state;
	uint8_t header[SILT_TAR_BLOCK] = {0}, block[SILT_TAR_BLOCK] = {0};
	for (unsigned i = 0; i < 4; i++) {
		put_octal(header + 386 + i * 24, i * 10);
		put_octal(header + 386 + i * 24 + 12, 1);
	}
	header[482] = 1;
	put_octal(header + 483, 1000);
	put_octal(block, 500);
	put_octal(block + 12, 7);
	put_octal(block + 48, 1); /* behind the end of its entries: nobody looks */
	struct silt_tar_map map = {0};
	bool more = false;
	assert_true(silt_tar_map_old_header(&map, header, &more));
	assert_true(more);
	assert_true(silt_tar_map_old_more(&map, block, &more));
	assert_false(more);
	expect_map(&map, "0+1 10+1 20+1 30+1 500+7 / 1000");
}

static void old_maps_that_are_no_numbers_are_refused(void **state)
{
	(void)state;
	uint8_t header[SILT_TAR_BLOCK] = {0};
	bool more;
	struct silt_tar_map map = {0};
	memcpy(header + 386, "9", 1);
	assert_false(silt_tar_map_old_header(&map, header, &more));
	memset(header, 0, sizeof(header));
	memcpy(header + 483, "x", 1);
	assert_false(silt_tar_map_old_header(&map, header, &more));
	memset(header + 483, 0xff, 12);
	assert_false(silt_tar_map_old_header(&map, header, &more));
	silt_tar_map_done(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(maps_of_pax_are_read),
		cmocka_unit_test(touching_and_empty_entries_are_joined),
		cmocka_unit_test(maps_that_go_refuses_are_refused),
		cmocka_unit_test(text_says_how_many_lines_it_has),
		cmocka_unit_test(maps_of_text_are_read),
		cmocka_unit_test(old_maps_go_on_in_blocks_of_their_own),
		cmocka_unit_test(old_maps_that_are_no_numbers_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
