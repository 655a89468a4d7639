/* Every format of tar, as Go's archive/tar reads it; what real programs write is read alike by both. */
#include "cmocka_test.h"
#include "support/tar_writer.h"
#include "tar_log.h"

#include <stdio.h>

/* Also blocks that cut headers in two, which no source gives, to see that nothing depends on them. */
static const size_t block_lens[] = {0, 1, 2, 7, 511, 512, 513, 1000, 1024, 4096};

static void expect_events(struct tar_writer *w, const char *expected)
{
	for (size_t i = 0; i < SILT_COUNT(block_lens); i++) {
		struct tar_log log = {0};
		tar_log_read(&log, tar_bytes(w), block_lens[i]);
		assert_string_equal(silt_buffer_text(&log.text), expected);
		assert_true(silt_bytes_equal(silt_buffer_bytes(&log.raw), tar_bytes(w)));
		assert_int_equal(log.gap_offset_errors, 0);
		tar_log_done(&log);
	}
	tar_done(w);
}

/* ---- Headers --------------------------------------------------------------------------------------------------------- */

static void v7_has_no_magic_and_directories_end_in_a_slash(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_header(&w, &(struct tar_header){.name = "d/", .type = 0, .mode = 0755, .magic = TAR_MAGIC_NONE});
	tar_header(&w,
		   &(struct tar_header){.name = "d/f", .type = 0, .mode = 0644, .size = 3, .magic = TAR_MAGIC_NONE});
	tar_body(&w, SILT_LITERAL("old"));
	tar_header(&w, &(struct tar_header){
			       .name = "l", .type = '1', .mode = 0644, .link = "d/f", .magic = TAR_MAGIC_NONE});
	tar_end(&w);
	expect_events(
		&w, "directory 755 d/ 0 @0\nfile 644 d/f 3 @512\ndata 0+3 last\nhardlink 644 l 0 @1536 -> d/f\nend\n");
}

static void prefix_of_ustar_stands_in_front_of_the_name(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_header(&w, &(struct tar_header){.name = "f", .type = '0', .mode = 0644, .prefix = "usr/share"});
	tar_header(&w, &(struct tar_header){.name = "f", .type = '0', .mode = 0644, .prefix = "usr/share/"});
	tar_header(&w, &(struct tar_header){.name = "", .type = '5', .mode = 0755, .prefix = "usr"});
	tar_end(&w);
	expect_events(&w, "file 644 usr/share/f 0 @0\nfile 644 usr/share//f 0 @512\ndirectory 755 usr/ 0 @1024\nend\n");
}

/* star writes times behind a shorter prefix, and "tar" at the very end. */
static void prefix_of_star_is_shorter(void **state)
{
	(void)state;
	uint8_t tail[512 - 345] = "usr";
	memcpy(tail + 476 - 345, "00000000017\00000000000021\0", 24);
	memcpy(tail + 508 - 345, "tar", 4);
	struct tar_writer w = {0};
	tar_header(&w, &(struct tar_header){.name = "f",
					    .type = '0',
					    .mode = 0644,
					    .patch_at = 345,
					    .patch = silt_bytes(tail, sizeof(tail))});
	tar_end(&w);
	expect_events(&w, "file 644 usr/f 0 @0\nend\n");
}

static void gnu_headers_have_times_where_others_have_a_prefix(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_header(&w, &(struct tar_header){.name = "times",
					    .type = '0',
					    .mode = 0644,
					    .magic = TAR_MAGIC_GNU,
					    .patch_at = 345,
					    .patch = SILT_LITERAL("13600000000\00013600000000\0")});
	tar_header(&w, &(struct tar_header){.name = "no times", .type = '0', .mode = 0644, .magic = TAR_MAGIC_GNU});
	tar_end(&w);
	expect_events(&w, "file 644 times 0 @0\nfile 644 no times 0 @512\nend\n");
}

/* What Go wrote before 1.8, and still reads. Nobody else does. */
static void prefix_in_a_gnu_header_is_one_for_go(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_header(&w, &(struct tar_header){
			       .name = "f", .type = '0', .mode = 0644, .magic = TAR_MAGIC_GNU, .prefix = "usr"});
	tar_header(&w, &(struct tar_header){
			       .name = "g", .type = '0', .mode = 0644, .magic = TAR_MAGIC_GNU, .prefix = "usr\xff"});
	tar_end(&w);
	expect_events(&w, "note disputed\nfile 644 usr/f 0 @0 (go)\nfile 644 f 0 @0 (other)\nfile 644 g 0 @512\nend\n");
}

static void large_numbers_are_binary(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_header(&w, &(struct tar_header){.name = "f",
					    .type = '0',
					    .mode = 0644,
					    .uid = 1 << 21,
					    .gid = 4294967294,
					    .mtime = -1,
					    .raw_size = SILT_LITERAL("\x80\0\0\0\0\0\0\0\0\0\0\x03")});
	tar_body(&w, SILT_LITERAL("abc"));
	tar_end(&w);
	expect_events(&w, "file 644 f 3 @0\ndata 0+3 last\nend\n");
}

static void numbers_in_blanks_are_read_alike(void **state)
{
	(void)state;
	static const struct silt_bytes sizes[] = {
		SILT_LITERAL_INIT("         3 "),
		SILT_LITERAL_INIT("00000000003"),
		SILT_LITERAL_INIT("3\0\0\0\0\0\0\0\0\0\0\0"),
		SILT_LITERAL_INIT("3           "),
		SILT_LITERAL_INIT("000000000003"),
	};
	for (size_t i = 0; i < SILT_COUNT(sizes); i++) {
		struct tar_writer w = {0};
		tar_header(&w, &(struct tar_header){.name = "f", .type = '0', .mode = 0644, .raw_size = sizes[i]});
		tar_body(&w, SILT_LITERAL("abc"));
		tar_end(&w);
		expect_events(&w, "file 644 f 3 @0\ndata 0+3 last\nend\n");
	}
}

static void checksum_of_signed_bytes_is_one(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_header(&w, &(struct tar_header){
			       .name = "\xe9t\xe9", .type = '0', .mode = 0644, .checksum = TAR_CHECKSUM_SIGNED});
	tar_end(&w);
	expect_events(&w, "file 644 \xe9t\xe9 0 @0\nend\n");
}

/* ---- Headers for the next header ------------------------------------------------------------------------------------- */

static void add_plain(struct tar_writer *w, const char *name)
{
	tar_header(w, &(struct tar_header){.name = name, .type = '0', .mode = 0644, .magic = TAR_MAGIC_GNU});
}

static void pax_records_win_over_the_header(void **state)
{
	(void)state;
	struct silt_buffer records = {0};
	tar_pax_add(&records, "path", SILT_LITERAL("pax"));
	tar_pax_add(&records, "size", SILT_LITERAL("3"));
	tar_pax_add(&records, "uid", SILT_LITERAL("3000000"));
	tar_pax_add(&records, "mtime", SILT_LITERAL("-1.5"));
	tar_pax_add(&records, "hdrcharset", SILT_LITERAL("BINARY"));
	struct tar_writer w = {0};
	tar_pax_records(&w, 'x', silt_buffer_bytes(&records));
	tar_header(&w, &(struct tar_header){.name = "ustar", .type = '0', .mode = 0644});
	tar_body(&w, SILT_LITERAL("abc"));
	tar_text(&w, "next", 0644, "n");
	tar_end(&w);
	expect_events(&w, "file 644 pax 3 @0\ndata 0+3 last\nfile 644 next 1 @2048\ndata 0+1 last\nend\n");
	silt_buffer_done(&records);
}

static void nothing_leaks_into_the_next_entry(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	struct silt_buffer records = {0};
	tar_pax_add(&records, "linkpath", SILT_LITERAL("pax link"));
	tar_pax_add(&records, "SCHILY.xattr.user.a", SILT_LITERAL("v"));
	tar_pax_records(&w, 'x', silt_buffer_bytes(&records));
	tar_gnu_long(&w, 'L', SILT_LITERAL("long"));
	tar_symlink(&w, "s", "t");
	tar_symlink(&w, "s", "t");
	tar_gnu_long(&w, 'K', SILT_LITERAL("long link"));
	tar_symlink(&w, "s", "t");
	tar_hardlink(&w, "h", "t");
	tar_text(&w, "f", 0644, "");
	tar_end(&w);
	expect_events(&w, "symlink 777 long 0 @0 -> pax link\nxattr user.a=76\nsymlink 777 s 0 @2560 -> t\n"
			  "symlink 777 s 0 @3072 -> long link\nhardlink 644 h 0 @4608 -> t\nfile 644 f 0 @5120\nend\n");
	silt_buffer_done(&records);
}

static void size_of_a_pax_header_is_not_one_of_a_long_name(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_pax(&w, "size", SILT_LITERAL("3"));
	tar_gnu_long(&w, 'L', SILT_LITERAL("a name that is longer than the size"));
	add_plain(&w, "f");
	tar_body(&w, SILT_LITERAL("abc"));
	tar_end(&w);
	expect_events(&w, "file 644 a name that is longer than the size 3 @0\ndata 0+3 last\nend\n");
}

static void global_headers_are_no_entries_and_change_nothing(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_pax_records(&w, 'g', SILT_LITERAL("13 comment=a\n15 path=global\n"));
	tar_text(&w, "f", 0644, "f");
	tar_end(&w);
	expect_events(&w, "file 644 f 1 @1024\ndata 0+1 last\nend\n");
}

static void several_headers_of_a_kind_are_a_warning(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_gnu_long(&w, 'L', SILT_LITERAL("first"));
	tar_gnu_long(&w, 'L', SILT_LITERAL("second"));
	add_plain(&w, "f");
	tar_end(&w);
	expect_events(&w, "note warning\nfile 644 second 0 @0\nend\n");
}

/* ---- Types ----------------------------------------------------------------------------------------------------------- */

static void label_of_a_volume_is_of_no_type_and_no_dispute(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_header(&w, &(struct tar_header){.name = "label", .type = 'V', .magic = TAR_MAGIC_GNU});
	tar_text(&w, "f", 0644, "f");
	tar_end(&w);
	expect_events(&w, "other 0 label 0 @0\nfile 644 f 1 @512\ndata 0+1 last\nend\n");
}

/* libarchive takes the label for a part of the headers of what follows it. */
static void label_called_like_the_next_file_is_no_dispute(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_header(&w, &(struct tar_header){.name = "f", .type = 'V', .magic = TAR_MAGIC_GNU});
	tar_text(&w, "f", 0644, "f");
	tar_end(&w);
	expect_events(&w, "other 0 f 0 @0\nfile 644 f 1 @512\ndata 0+1 last\nend\n");
}

static void what_dumps_say_of_folders_is_no_dispute(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_header(&w,
		   &(struct tar_header){.name = "d/", .type = 'D', .mode = 0755, .size = 3, .magic = TAR_MAGIC_GNU});
	tar_body(&w, SILT_LITERAL("Yf\0"));
	tar_header(&w, &(struct tar_header){.name = "m", .type = 'M', .mode = 0644, .size = 1, .magic = TAR_MAGIC_GNU});
	tar_body(&w, SILT_LITERAL("m"));
	tar_end(&w);
	expect_events(&w, "other 755 d/ 3 @0\ndata 0+3 last\nother 644 m 1 @1024\ndata 0+1 last\nend\n");
}

static void contiguous_files_are_files(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_header(&w, &(struct tar_header){.name = "f", .type = '7', .mode = 0644, .size = 1});
	tar_body(&w, SILT_LITERAL("f"));
	tar_end(&w);
	expect_events(&w, "file 644 f 1 @0\ndata 0+1 last\nend\n");
}

/* Old programs write the size of the file there, and no body. */
static void hardlinks_with_a_size_have_no_body(void **state)
{
	(void)state;
	static const enum tar_magic magics[] = {TAR_MAGIC_NONE, TAR_MAGIC_GNU, TAR_MAGIC_USTAR};
	for (size_t i = 0; i < SILT_COUNT(magics); i++) {
		struct tar_writer w = {0};
		struct tar_header link = {
			.name = "h", .type = '1', .mode = 0644, .size = 700, .link = "f", .magic = magics[i]};
		tar_header(&w, &link);
		tar_header(&w, &(struct tar_header){.name = "f", .type = '0', .mode = 0600, .magic = magics[i]});
		tar_header(&w, &link);
		tar_end(&w);
		expect_events(&w, "hardlink 644 h 0 @0 -> f\nfile 600 f 0 @512\nhardlink 644 h 0 @1024 -> f\nend\n");
	}
}

/* ---- Sparse files ---------------------------------------------------------------------------------------------------- */

static void sparse_file_of_old_gnu_is_read(void **state)
{
	(void)state;
	uint8_t map[24 * 4 + 1 + 12] = {0}, more[TAR_BLOCK] = {0};
	for (unsigned i = 0; i < 4; i++) {
		snprintf((char *)map + i * 24, 12, "%011o", i * 1000);
		snprintf((char *)map + i * 24 + 12, 12, "%011o", 1);
	}
	map[96] = 1;
	snprintf((char *)map + 97, 12, "%011o", 9000);
	snprintf((char *)more, 12, "%011o", 8000);
	snprintf((char *)more + 12, 12, "%011o", 2);
	struct tar_writer w = {0};
	tar_header(&w, &(struct tar_header){.name = "s",
					    .type = 'S',
					    .mode = 0644,
					    .size = 6,
					    .magic = TAR_MAGIC_GNU,
					    .patch_at = 386,
					    .patch = silt_bytes(map, sizeof(map))});
	tar_raw(&w, silt_bytes(more, sizeof(more)));
	tar_body(&w, SILT_LITERAL("abcdef"));
	tar_text(&w, "next", 0644, "");
	tar_end(&w);
	expect_events(&w, "file 644 s 9000 @0 sparse\ndata 0+1\ndata 1000+1\ndata 2000+1\ndata 3000+1\n"
			  "data 8000+2 last\nfile 644 next 0 @1536\nend\n");
}

static void add_sparse(struct tar_writer *w, const char *const keys[][2], size_t count, struct silt_bytes body)
{
	struct silt_buffer records = {0};
	for (size_t i = 0; i < count; i++) {
		tar_pax_add(&records, keys[i][0], silt_bytes_text(keys[i][1]));
	}
	tar_pax_records(w, 'x', silt_buffer_bytes(&records));
	tar_file(w, "GNUSparseFile.0/s", 0644, body);
	tar_text(w, "next", 0644, "");
	tar_end(w);
	silt_buffer_done(&records);
}

static void sparse_files_in_pax_records_are_read(void **state)
{
	(void)state;
	static const char *const zero[][2] = {
		{"GNU.sparse.size", "2000"},  {"GNU.sparse.numblocks", "2"}, {"GNU.sparse.offset", "0"},
		{"GNU.sparse.numbytes", "3"}, {"GNU.sparse.offset", "1000"}, {"GNU.sparse.numbytes", "5"},
	};
	static const char *const one[][2] = {
		{"GNU.sparse.size", "2000"},
		{"GNU.sparse.numblocks", "2"},
		{"GNU.sparse.name", "s"},
		{"GNU.sparse.map", "0,3,1000,5"},
	};
	struct tar_writer w = {0};
	add_sparse(&w, zero, SILT_COUNT(zero), SILT_LITERAL("abcdefgh"));
	expect_events(&w,
		      "file 644 GNUSparseFile.0/s 2000 @0 sparse\ndata 0+3\ndata 1000+5 last\nfile 644 next 0 @2048\n"
		      "end\n");
	w = (struct tar_writer){0};
	add_sparse(&w, one, SILT_COUNT(one), SILT_LITERAL("abcdefgh"));
	expect_events(&w, "file 644 s 2000 @0 sparse\ndata 0+3\ndata 1000+5 last\nfile 644 next 0 @2048\nend\n");
}

static void sparse_file_that_is_all_hole_has_an_empty_body(void **state)
{
	(void)state;
	static const char *const keys[][2] = {
		{"GNU.sparse.major", "1"},
		{"GNU.sparse.minor", "0"},
		{"GNU.sparse.name", "s"},
		{"GNU.sparse.realsize", "2000"},
	};
	struct tar_writer w = {0};
	uint8_t map[TAR_BLOCK] = "1\n2000\n0\n";
	add_sparse(&w, keys, SILT_COUNT(keys), silt_bytes(map, sizeof(map)));
	expect_events(&w, "file 644 s 2000 @0 sparse\ndata 0+0 last\nfile 644 next 0 @2048\nend\n");
}

/* Go gives the entry, and fails when its body is read. */
static void body_that_is_not_what_the_map_says_is_damage(void **state)
{
	(void)state;
	static const char *const keys[][2] = {
		{"GNU.sparse.size", "2000"},
		{"GNU.sparse.numblocks", "1"},
		{"GNU.sparse.name", "s"},
		{"GNU.sparse.map", "0,3"},
	};
	struct tar_writer w = {0};
	add_sparse(&w, keys, SILT_COUNT(keys), SILT_LITERAL("ab"));
	expect_events(&w, "note damaged\nfile 644 s 2000 @0 sparse\ndata 0+2 last\nfile 644 next 0 @2048\nend\n");
	w = (struct tar_writer){0};
	add_sparse(&w, keys, SILT_COUNT(keys), SILT_LITERAL("abcd"));
	/* libarchive steps over the padding before the rest of the body, and is lost. */
	/* libarchive steps over the padding before the rest of the body, and is lost. */
	expect_events(&w, "note damaged\nfile 644 s 2000 @0 sparse\ndata 0+3 last\nnote disputed\nnote disputed\n"
			  "file 644 next 0 @2048 (go)\nend\n");
}

/* ---- Cuts ------------------------------------------------------------------------------------------------------------ */

static void add_everything(struct tar_writer *w)
{
	uint8_t map[TAR_BLOCK] = "1\n1000\n3\n";
	struct silt_buffer body = {0};
	static const char *const keys[][2] = {
		{"GNU.sparse.major", "1"},
		{"GNU.sparse.minor", "0"},
		{"GNU.sparse.name", "s"},
		{"GNU.sparse.realsize", "2000"},
	};
	tar_dir(w, "d/", 0755);
	tar_gnu_long(w, 'L', SILT_LITERAL("long"));
	tar_text(w, "f", 0644, "body");
	tar_pax_records(w, 'g', SILT_LITERAL("13 comment=a\n"));
	silt_buffer_add(&body, silt_bytes(map, sizeof(map)));
	silt_buffer_add_text(&body, "abc");
	add_sparse(w, keys, SILT_COUNT(keys), silt_buffer_bytes(&body));
	silt_buffer_done(&body);
}

static void cut_anywhere_gives_the_entries_before_and_a_note(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	add_everything(&w);
	struct tar_log whole = {0};
	tar_log_read(&whole, tar_bytes(&w), 0);
	for (size_t len = 0; len < tar_bytes(&w).len; len++) {
		struct tar_log log = {0};
		struct silt_bytes part = silt_bytes_slice(tar_bytes(&w), 0, len);
		tar_log_read(&log, part, 1024);
		assert_true(silt_bytes_equal(silt_buffer_bytes(&log.raw), part));
		const char *text = silt_buffer_text(&log.text);
		const char *note = strstr(text, "note ");
		assert_non_null(note);
		if (strcmp(note, "note no-end\nend\n") != 0 && strcmp(note, "note truncated\nend\n") != 0) {
			fail_msg("%zu: %s", len, text);
		}
		assert_null(strstr(text, "(go)"));
		assert_null(strstr(text, "(other)"));
		tar_log_done(&log);
	}
	tar_log_done(&whole);
	tar_done(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(v7_has_no_magic_and_directories_end_in_a_slash),
		cmocka_unit_test(prefix_of_ustar_stands_in_front_of_the_name),
		cmocka_unit_test(prefix_of_star_is_shorter),
		cmocka_unit_test(gnu_headers_have_times_where_others_have_a_prefix),
		cmocka_unit_test(prefix_in_a_gnu_header_is_one_for_go),
		cmocka_unit_test(large_numbers_are_binary),
		cmocka_unit_test(numbers_in_blanks_are_read_alike),
		cmocka_unit_test(checksum_of_signed_bytes_is_one),
		cmocka_unit_test(pax_records_win_over_the_header),
		cmocka_unit_test(nothing_leaks_into_the_next_entry),
		cmocka_unit_test(size_of_a_pax_header_is_not_one_of_a_long_name),
		cmocka_unit_test(global_headers_are_no_entries_and_change_nothing),
		cmocka_unit_test(several_headers_of_a_kind_are_a_warning),
		cmocka_unit_test(label_of_a_volume_is_of_no_type_and_no_dispute),
		cmocka_unit_test(label_called_like_the_next_file_is_no_dispute),
		cmocka_unit_test(what_dumps_say_of_folders_is_no_dispute),
		cmocka_unit_test(contiguous_files_are_files),
		cmocka_unit_test(hardlinks_with_a_size_have_no_body),
		cmocka_unit_test(sparse_file_of_old_gnu_is_read),
		cmocka_unit_test(sparse_files_in_pax_records_are_read),
		cmocka_unit_test(sparse_file_that_is_all_hole_has_an_empty_body),
		cmocka_unit_test(body_that_is_not_what_the_map_says_is_damage),
		cmocka_unit_test(cut_anywhere_gives_the_entries_before_and_a_note),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
