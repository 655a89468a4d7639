/* Ordinary tars are read in silence; but padding that holds something is noted. */
#include "chopped_source.h"
#include "cmocka_test.h"
#include "support/tar_writer.h"
#include "tar_log.h"

#include <stdio.h>

static unsigned count_lines(const struct tar_log *log, const char *wanted)
{
	struct silt_bytes rest = silt_buffer_bytes(&log->text), line;
	unsigned found = 0;
	while (silt_bytes_cut(&rest, '\n', &line)) {
		found += silt_bytes_equal(line, silt_bytes_text(wanted));
	}
	return found;
}

/* Nothing is noted, however the stream is cut. */
static void expect_quiet(struct tar_writer *w)
{
	static const size_t block_lens[] = {512, 1024, 0};
	for (size_t i = 0; i < SILT_COUNT(block_lens); i++) {
		struct tar_log log = {0};
		tar_log_read(&log, tar_bytes(w), block_lens[i]);
		assert_string_equal(silt_buffer_text(&log.sentences), "");
		tar_log_done(&log);
	}
	tar_done(w);
}

static void ordinary_archives_of_every_kind_are_not_disputed(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	char name[300];
	memset(name, 'n', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	tar_dir(&w, "d/", 0755);
	tar_text(&w, "a", 0644, "body\n");
	tar_text(&w, name, 0644, "with a PAX header\n");
	tar_hardlink(&w, "h", name);
	tar_symlink(&w, "s", "a");
	tar_gnu_long(&w, 'L', silt_bytes_text(name));
	tar_gnu_long(&w, 'K', silt_bytes_text(name));
	tar_header(&w, &(struct tar_header){.name = "short", .type = '2', .link = "t", .magic = TAR_MAGIC_GNU});
	tar_device(&w, "dev", '3', 1, 3);
	tar_pax_records(&w, 'g', SILT_LITERAL("13 comment=a\n"));
	tar_text(&w, "b", 0644, "body\n");
	tar_header(&w, &(struct tar_header){.name = "label", .type = 'V', .magic = TAR_MAGIC_GNU});
	tar_header(&w, &(struct tar_header){.name = "old", .size = 3, .magic = TAR_MAGIC_NONE});
	tar_body(&w, SILT_LITERAL("old"));
	tar_end(&w);
	expect_quiet(&w);
}

static void size_of_pax_counts_for_both(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_pax(&w, "size", SILT_LITERAL("5"));
	tar_header(&w, &(struct tar_header){.name = "a", .type = '0', .mode = 0644});
	tar_body(&w, SILT_LITERAL("12345"));
	tar_text(&w, "b", 0644, "x");
	tar_end(&w);
	expect_quiet(&w);
}

static void map_of_a_gnu_sparse_file_is_no_body(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	uint8_t map[TAR_BLOCK] = {0};
	struct tar_writer head = {0};
	tar_header(&head, &(struct tar_header){.name = "s", .type = 'S', .size = 3, .magic = TAR_MAGIC_GNU});
	/* One more block of map; the checksum counts the mark as well. */
	struct silt_bytes plain = tar_bytes(&head);
	uint8_t block[TAR_BLOCK];
	memcpy(block, plain.ptr, sizeof(block));
	memcpy(block + 386, "00000000000\00000000000003\000", 24);
	memcpy(block + 483, "00000000003\0", 12);
	block[482] = 1;
	unsigned sum = 8 * ' ';
	for (size_t i = 0; i < sizeof(block); i++) {
		sum += i >= 148 && i < 156 ? 0 : block[i];
	}
	snprintf((char *)block + 148, 8, "%06o", sum);
	tar_raw(&w, silt_bytes(block, sizeof(block)));
	tar_raw(&w, silt_bytes(map, sizeof(map)));
	tar_body(&w, SILT_LITERAL("abc"));
	tar_text(&w, "b", 0644, "x");
	tar_end(&w);
	expect_quiet(&w);
	tar_done(&head);
}

/* ---- Padding ------------------------------------------------------------------------------------------------------- */

/* A file of one byte whose block ends in `last`. */
static void add_padded(struct tar_writer *w, const char *name, uint8_t last)
{
	uint8_t block[TAR_BLOCK] = {'x'};
	block[TAR_BLOCK - 1] = last;
	tar_header(w, &(struct tar_header){.name = name, .type = '0', .mode = 0644, .size = 1});
	tar_raw(w, silt_bytes(block, sizeof(block)));
}

/* How often padding is noted, however the stream is cut. */
static void expect_padding(struct tar_writer *w, unsigned expected)
{
	static const size_t block_lens[] = {7, 512, 1024, 0};
	for (size_t i = 0; i < SILT_COUNT(block_lens); i++) {
		struct tar_log log = {0};
		tar_log_read(&log, tar_bytes(w), block_lens[i]);
		assert_int_equal(count_lines(&log, "note padding"), expected);
		assert_int_equal(count_lines(&log, "note disputed"), 0);
		assert_int_equal(log.raw.len, tar_bytes(w).len);
		tar_log_done(&log);
	}
	tar_done(w);
}

static void padding_that_is_not_zero_is_noted_for_each_body(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	add_padded(&w, "a", 'h');
	add_padded(&w, "b", 0);
	add_padded(&w, "c", 'h');
	tar_end(&w);
	expect_padding(&w, 2);
}

static void padding_of_a_pax_header_is_noted_too(void **state)
{
	(void)state;
	uint8_t block[TAR_BLOCK] = "13 comment=a\n";
	block[100] = 'h';
	struct tar_writer w = {0};
	tar_header(&w, &(struct tar_header){.name = "pax", .type = 'x', .mode = 0644, .size = 13});
	tar_raw(&w, silt_bytes(block, sizeof(block)));
	tar_text(&w, "a", 0644, "body\n");
	tar_end(&w);
	expect_padding(&w, 1);
}

static void bodies_and_zeros_are_no_padding(void **state)
{
	(void)state;
	uint8_t block[TAR_BLOCK];
	memset(block, 'x', sizeof(block));
	struct tar_writer w = {0};
	tar_file(&w, "whole", 0644, silt_bytes(block, sizeof(block)));
	tar_file(&w, "less", 0644, silt_bytes(block, sizeof(block) - 1));
	tar_file(&w, "empty", 0644, silt_bytes(NULL, 0));
	tar_text(&w, "/a/long/name/in/PAX", 0644, "x");
	tar_end(&w);
	expect_padding(&w, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ordinary_archives_of_every_kind_are_not_disputed),
		cmocka_unit_test(size_of_pax_counts_for_both),
		cmocka_unit_test(map_of_a_gnu_sparse_file_is_no_body),
		cmocka_unit_test(padding_that_is_not_zero_is_noted_for_each_body),
		cmocka_unit_test(padding_of_a_pax_header_is_noted_too),
		cmocka_unit_test(bodies_and_zeros_are_no_padding),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
