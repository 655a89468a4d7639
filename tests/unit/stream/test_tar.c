/* The tar reader: entries as written, and every byte exactly once. */
#include "chopped_source.h"
#include "cmocka_test.h"
#include "support/tar_writer.h"
#include "tar_log.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- Reading in every way of cutting ------------------------------------------------------------------------------- */

static const size_t block_lens[] = {512, 1024, 1536, 65536, 0};

/*
 * Reads `archive` in blocks of several lengths. Each time all bytes must come out, in order and once, and the events
 * must be `expected`.
 */
static void expect_events(struct silt_bytes archive, const char *expected)
{
	for (size_t i = 0; i < SILT_COUNT(block_lens); i++) {
		struct tar_log log = {0};
		tar_log_read(&log, archive, block_lens[i]);
		assert_string_equal(silt_buffer_text(&log.text), expected);
		assert_true(silt_bytes_equal(silt_buffer_bytes(&log.raw), archive));
		assert_int_equal(log.gap_offset_errors, 0);
		tar_log_done(&log);
	}
}

static void expect_written(struct tar_writer *w, const char *expected)
{
	expect_events(tar_bytes(w), expected);
	tar_done(w);
}

/* `len` bytes that differ from each other over some distance. */
static struct silt_bytes pattern(size_t len)
{
	static uint8_t bytes[3 << 20];
	assert_true(len <= sizeof(bytes));
	uint32_t state = 1;
	for (size_t i = 0; i < len; i++) {
		state = state * 1664525 + 1013904223;
		bytes[i] = (uint8_t)(state >> 24);
	}
	return silt_bytes(bytes, len);
}

/* ---- Ordinary archives --------------------------------------------------------------------------------------------- */

static void every_kind_of_entry_is_read(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_dir(&w, "etc/", 0755);
	tar_text(&w, "etc/motd", 04644, "hello\n");
	tar_text(&w, "empty", 0600, "");
	tar_symlink(&w, "l", "etc/motd");
	tar_hardlink(&w, "h", "etc/motd");
	tar_device(&w, "c", '3', 1, 3);
	tar_device(&w, "b", '4', 8, 0);
	tar_device(&w, "p", '6', 0, 0);
	tar_end(&w);
	expect_written(&w, "directory 755 etc/ 0 @0\n"
			   "file 4644 etc/motd 6 @512\ndata 0+6 last\n"
			   "file 600 empty 0 @1536\n"
			   "symlink 777 l 0 @2048 -> etc/motd\n"
			   "hardlink 644 h 0 @2560 -> etc/motd\n"
			   "char 600 c 0 @3072\n"
			   "block 600 b 0 @3584\n"
			   "fifo 600 p 0 @4096\n"
			   "end\n");
}

static void numbers_of_a_header_come_through(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_header(&w, &(struct tar_header){.name = "dev/x",
					    .type = '4',
					    .mode = 07777,
					    .uid = 4000000000,
					    .gid = 65534,
					    .mtime = -5,
					    .dev_major = 259,
					    .dev_minor = 70000});
	tar_end(&w);
	struct chopped_source source = {.rest = tar_bytes(&w), .block_len = 512};
	struct silt_tar *tar = NULL;
	struct silt_tar_event event;
	assert_int_equal(silt_tar_new(chopped_source(&source), NULL, &tar, NULL), SILT_OK);
	do {
		assert_int_equal(silt_tar_next(tar, &event, NULL), SILT_OK);
	} while (event.kind == SILT_TAR_GAP);
	assert_int_equal(event.kind, SILT_TAR_ENTRY);
	assert_int_equal(event.entry->mode, 07777);
	assert_true(event.entry->uid == 4000000000);
	assert_int_equal(event.entry->gid, 65534);
	assert_int_equal(event.entry->mtime, -5);
	assert_int_equal(event.entry->dev_major, 259);
	assert_int_equal(event.entry->dev_minor, 70000);
	silt_tar_free(tar);
	chopped_source_done(&source);
	tar_done(&w);
}

static void bodies_end_anywhere_in_a_block(void **state)
{
	(void)state;
	static const size_t lens[] = {1, 511, 512, 513, 1024, 65535, 65536, 65536 + 512, 300000};
	for (size_t i = 0; i < SILT_COUNT(lens); i++) {
		struct tar_writer w = {0};
		tar_file(&w, "a", 0644, pattern(lens[i]));
		tar_text(&w, "b", 0644, "b");
		tar_end(&w);
		char expected[200];
		size_t second = 512 + (lens[i] + 511) / 512 * 512;
		snprintf(expected, sizeof(expected),
			 "file 644 a %zu @0\ndata 0+%zu last\nfile 644 b 1 @%zu\ndata 0+1 last\nend\n", lens[i],
			 lens[i], second);
		expect_written(&w, expected);
	}
}

static void body_bytes_are_those_of_the_file(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_pax(&w, "comment", SILT_LITERAL("c"));
	tar_file(&w, "a", 0644, pattern(200001));
	tar_end(&w);
	for (size_t i = 0; i < SILT_COUNT(block_lens); i++) {
		struct tar_log log = {0};
		tar_log_read(&log, tar_bytes(&w), block_lens[i]);
		assert_true(silt_bytes_equal(silt_buffer_bytes(&log.bodies), pattern(200001)));
		tar_log_done(&log);
	}
	tar_done(&w);
}

static void long_names_of_pax_and_gnu_are_read(void **state)
{
	(void)state;
	char name[301], expected[2000];
	memset(name, 'n', 300);
	name[300] = '\0';
	struct tar_writer w = {0};
	tar_text(&w, name, 0644, "x");
	tar_symlink(&w, "l", name);
	tar_gnu_long(&w, 'L', silt_bytes_text(name));
	tar_header(&w, &(struct tar_header){.name = "cut", .type = '0', .mode = 0600, .magic = TAR_MAGIC_GNU});
	tar_gnu_long(&w, 'K', silt_bytes_text(name));
	tar_header(&w,
		   &(struct tar_header){.name = "k", .type = '2', .mode = 0777, .link = "cut", .magic = TAR_MAGIC_GNU});
	tar_end(&w);
	snprintf(expected, sizeof(expected),
		 "file 644 %s 1 @0\ndata 0+1 last\nsymlink 777 l 0 @2048 -> %s\nfile 600 %s 0 @3584\nsymlink 777 k 0 "
		 "@5120 -> %s\nend\n",
		 name, name, name, name);
	expect_written(&w, expected);
}

static void xattrs_of_both_spellings_come_raw(void **state)
{
	(void)state;
	static const uint8_t capability[] = {1, 0, 0, 2, 0, 32, 0, '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
	struct tar_writer w = {0};
	tar_pax(&w, "SCHILY.xattr.security.capability", silt_bytes(capability, sizeof(capability)));
	tar_text(&w, "ping", 0755, "");
	tar_pax(&w, "LIBARCHIVE.xattr.user.a", SILT_LITERAL("AQAAAg"));
	tar_text(&w, "b64", 0755, "");
	tar_text(&w, "none", 0755, "");
	tar_end(&w);
	expect_written(&w, "file 755 ping 0 @0\nxattr security.capability=010000020020000a000000000000000000000000\n"
			   "file 755 b64 0 @1536\nforeign xattr user.a=01000002\n"
			   "file 755 none 0 @3072\nend\n");
}

static void pax_header_larger_than_a_block_is_one_gap_run(void **state)
{
	(void)state;
	struct silt_buffer comment = {0};
	for (size_t i = 0; i < 900000; i++) {
		silt_buffer_add_byte(&comment, (uint8_t)('a' + i % 26));
	}
	struct tar_writer w = {0};
	tar_text(&w, "before", 0644, "b");
	tar_pax(&w, "comment", silt_buffer_bytes(&comment));
	tar_text(&w, "after", 0644, "a");
	tar_end(&w);
	expect_written(
		&w,
		"file 644 before 1 @0\ndata 0+1 last\nnote large-header\nfile 644 after 1 @1024\ndata 0+1 last\nend\n");
	silt_buffer_done(&comment);
}

static void sparse_body_has_a_jump_and_an_empty_last_piece(void **state)
{
	(void)state;
	/* PAX 1.0: the map is in front of the data: two pieces, 3 bytes at 0 and 5 at 1000; the file is 2000 long. */
	struct silt_buffer body = {0}, records = {0};
	silt_buffer_add_text(&body, "2\n0\n3\n1000\n5\n");
	while (body.len < 512) {
		silt_buffer_add_byte(&body, 0);
	}
	silt_buffer_add_text(&body, "abcdefgh");
	tar_pax_add(&records, "GNU.sparse.major", SILT_LITERAL("1"));
	tar_pax_add(&records, "GNU.sparse.minor", SILT_LITERAL("0"));
	tar_pax_add(&records, "GNU.sparse.name", SILT_LITERAL("holes"));
	tar_pax_add(&records, "GNU.sparse.realsize", SILT_LITERAL("2000"));
	struct tar_writer w = {0};
	tar_pax_records(&w, 'x', silt_buffer_bytes(&records));
	tar_file(&w, "GNUSparseFile.0/holes", 0644, silt_buffer_bytes(&body));
	tar_text(&w, "next", 0644, "n");
	tar_end(&w);
	expect_written(&w, "file 644 holes 2000 @0 sparse\ndata 0+3\ndata 1000+5 last\n"
			   "file 644 next 1 @2560\ndata 0+1 last\nend\n");
	silt_buffer_done(&body);
	silt_buffer_done(&records);
}

static void body_of_a_hardlink_is_damage_and_given_all_the_same(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_pax(&w, "comment", SILT_LITERAL("pax lets a hardlink have a body"));
	tar_header(&w, &(struct tar_header){.name = "h", .type = '1', .mode = 0644, .size = 4, .link = "x"});
	tar_body(&w, SILT_LITERAL("body"));
	tar_end(&w);
	expect_written(&w, "hardlink 644 h 0 @0 -> x\nnote damaged\nhardlink 644 h 4 @0 -> x (other)\ndata 0+4 last\n"
			   "end\n");
}

/* ---- Names --------------------------------------------------------------------------------------------------------- */

static void names_are_bytes_and_charset_is_no_note(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_pax(&w, "path", SILT_LITERAL("caf\xc3\xa9"));
	tar_text(&w, "x", 0644, "");
	tar_pax(&w, "path", SILT_LITERAL("bad\xff\xfe"));
	tar_text(&w, "x", 0644, "");
	tar_text(&w, "raw\xff\x1b[31m", 0644, "");
	tar_end(&w);
	expect_written(
		&w, "file 644 caf\xc3\xa9 0 @0\nfile 644 bad\xff\xfe 0 @1536\nfile 644 raw\xff\x1b[31m 0 @3072\nend\n");
}

static void locale_of_the_caller_is_left_alone(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "a", 0644, "");
	tar_end(&w);
	locale_t before = uselocale((locale_t)0);
	expect_written(&w, "file 644 a 0 @0\nend\n");
	assert_ptr_equal(uselocale((locale_t)0), before);
}

static void hardlink_without_target_is_read(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_hardlink(&w, "h", NULL);
	tar_end(&w);
	expect_written(&w, "hardlink 644 h 0 @0\nend\n");
}

/* ---- Ends ---------------------------------------------------------------------------------------------------------- */

static void empty_tar_has_no_events_but_its_end(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_end(&w);
	expect_written(&w, "end\n");
}

static void no_bytes_at_all_is_no_end_marker(void **state)
{
	(void)state;
	expect_events(silt_bytes(NULL, 0), "note no-end\nend\n");
}

static void one_header_of_512_bytes_is_an_entry(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "etc/.wh.shadow", 0, "");
	assert_int_equal(tar_bytes(&w).len, 512);
	expect_written(&w, "file 0 etc/.wh.shadow 0 @0\nnote no-end\nend\n");
}

static void archive_without_end_marker_is_noted(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "zeros", 0644, "");
	tar_file(&w, "z", 0644, silt_bytes((const uint8_t[512]){0}, 512)); /* a body that looks like the marker */
	expect_written(&w, "file 644 zeros 0 @0\nfile 644 z 512 @512\ndata 0+512 last\nnote no-end\nend\n");
}

static void layer_cut_in_its_last_padding_keeps_all_entries(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_dir(&w, "root/", 0755);
	tar_dir(&w, "root/d/", 0755);
	tar_header(&w, &(struct tar_header){.name = "root/d/f", .type = '0', .mode = 0644, .size = 4});
	tar_raw(&w, SILT_LITERAL("abc\n"));
	assert_int_equal(tar_bytes(&w).len, 1540);
	expect_written(&w, "directory 755 root/ 0 @0\ndirectory 755 root/d/ 0 @512\nfile 644 root/d/f 4 @1024\n"
			   "data 0+4 last\nnote no-end\nend\n");
}

static void zeros_behind_the_end_marker_are_no_tail(void **state)
{
	(void)state;
	static const uint8_t zeros[10240];
	struct tar_writer w = {0};
	tar_text(&w, "a", 0644, "a");
	tar_end(&w);
	tar_raw(&w, silt_bytes(zeros, sizeof(zeros)));
	expect_written(&w, "file 644 a 1 @0\ndata 0+1 last\nend\n");
}

static void entries_of_a_second_tar_behind_the_end_marker_are_given(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "a", 0644, "a");
	tar_end(&w);
	tar_text(&w, "hidden", 0644, "secret");
	tar_end(&w);
	expect_written(&w, "file 644 a 1 @0\ndata 0+1 last\nnote tail\nfile 644 hidden 6 @2048 (other)\n"
			   "data 0+6 last\nend\n");
}

static void entries_behind_one_zero_block_are_damage_and_given(void **state)
{
	(void)state;
	static const uint8_t zeros[512];
	struct tar_writer w = {0};
	tar_text(&w, "a", 0644, "");
	tar_raw(&w, silt_bytes(zeros, sizeof(zeros)));
	tar_text(&w, "hidden", 0644, "secret");
	tar_end(&w);
	expect_written(&w, "file 644 a 0 @0\nnote damaged\nfile 644 hidden 6 @1024 (other)\ndata 0+6 last\nend\n");
}

static void tail_note_names_the_first_byte_that_is_not_zero(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_end(&w);
	tar_end(&w);
	tar_raw(&w, SILT_LITERAL("\0\0x"));
	struct chopped_source source = {.rest = tar_bytes(&w), .block_len = 512};
	struct silt_tar *tar = NULL;
	struct silt_tar_event event;
	assert_int_equal(silt_tar_new(chopped_source(&source), NULL, &tar, NULL), SILT_OK);
	do {
		assert_int_equal(silt_tar_next(tar, &event, NULL), SILT_OK);
	} while (event.kind == SILT_TAR_GAP);
	assert_int_equal(event.kind, SILT_TAR_NOTE);
	assert_int_equal(event.note, SILT_TAR_NOTE_TAIL);
	assert_int_equal(event.offset, 2050);
	silt_tar_free(tar);
	chopped_source_done(&source);
	tar_done(&w);
}

/* ---- Damage -------------------------------------------------------------------------------------------------------- */

static void truncation_anywhere_loses_no_byte(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_dir(&w, "d/", 0755);
	tar_pax(&w, "comment", SILT_LITERAL("x"));
	tar_file(&w, "d/f", 0644, pattern(700));
	tar_end(&w);
	struct silt_bytes whole = tar_bytes(&w);
	for (size_t len = 0; len < whole.len; len += len % 512 < 3 || len % 512 > 508 ? 1 : 97) {
		struct tar_log log = {0};
		struct silt_bytes part = silt_bytes_slice(whole, 0, len);
		tar_log_read(&log, part, 512);
		assert_true(silt_bytes_equal(silt_buffer_bytes(&log.raw), part));
		assert_non_null(strstr(silt_buffer_text(&log.text), "note")); /* also in the end marker */
		tar_log_done(&log);
	}
	tar_done(&w);
}

static void truncated_body_is_closed_before_the_note(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_header(&w, &(struct tar_header){.name = "f", .type = '0', .mode = 0644, .size = 5000});
	tar_raw(&w, pattern(700));
	expect_written(&w, "file 644 f 5000 @0\ndata 0+700 last\nnote truncated\nend\n");
}

static void body_that_never_came_is_closed_too(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_header(&w, &(struct tar_header){.name = "f", .type = '0', .mode = 0644, .size = 5000});
	expect_written(&w, "file 644 f 5000 @0\ndata 0+0 last\nnote truncated\nend\n");
}

static void run_of_bad_headers_is_one_note_and_entries_behind_it_come(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "a", 0644, "a");
	tar_header(&w, &(struct tar_header){.name = "b", .type = '0', .size = 2000, .checksum = TAR_CHECKSUM_BAD});
	tar_body(&w, pattern(2000));
	tar_text(&w, "c", 0644, "c");
	tar_end(&w);
	expect_written(
		&w, "file 644 a 1 @0\ndata 0+1 last\nnote damaged\nfile 644 c 1 @3584 (other)\ndata 0+1 last\nend\n");
}

static void entries_behind_a_special_header_that_is_too_large_are_given(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "a", 0644, "a");
	tar_header(&w, &(struct tar_header){.name = "x", .type = 'x', .size = 2 << 20});
	tar_raw(&w, pattern(2 << 20));
	tar_text(&w, "b", 0644, "b");
	tar_end(&w);
	expect_written(&w, "file 644 a 1 @0\ndata 0+1 last\nnote damaged\nfile 644 b 1 @2098688 (other)\n"
			   "data 0+1 last\nend\n");
}

static void malformed_pax_record_is_damage_before_its_entry(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_pax_records(&w, 'x', SILT_LITERAL("11 path=abc garbage\n"));
	tar_text(&w, "f", 0644, "f");
	tar_end(&w);
	expect_written(&w, "note damaged\nnote warning\nfile 644 f 1 @0 (other)\ndata 0+1 last\nend\n");
}

static void what_is_no_tar_is_a_gap_with_a_note(void **state)
{
	(void)state;
	expect_events(pattern(5000), "note damaged\nend\n");
	expect_events(SILT_LITERAL("short"), "note truncated\nend\n");
}

/* libarchive steps over stored holes in one call: what it swallows there is kept up to a bound, and then it is over with it. */
static void endless_stored_holes_do_not_eat_memory(void **state)
{
	(void)state;
	size_t hole = 12 << 20;
	struct silt_buffer body = {0};
	silt_buffer_add_text(&body, "data");
	for (size_t len = 4; len < hole; len += 1 << 20) {
		silt_buffer_add(&body, pattern(1 << 20));
	}
	char map[64], size[32];
	snprintf(map, sizeof(map), " 0 4 %zu", hole);
	snprintf(size, sizeof(size), "%zu", hole);
	struct tar_writer w = {0};
	struct silt_buffer records = {0};
	tar_pax_add(&records, "SUN.holesdata", silt_bytes_text(map));
	tar_pax_records(&w, 'x', silt_buffer_bytes(&records));
	tar_file(&w, "sun", 0644, silt_bytes_slice(silt_buffer_bytes(&body), 0, hole));
	tar_end(&w);
	struct tar_log log = {0};
	tar_log_read(&log, tar_bytes(&w), 65536);
	assert_true(silt_bytes_equal(silt_buffer_bytes(&log.raw), tar_bytes(&w)));
	assert_string_equal(silt_buffer_text(&log.text), "note disputed\nfile 644 sun 12582912 @0 (go)\n"
							 "data 0+12582912 last\n"
							 "file 644 sun 12582912 @0 sparse (other)\nnote fatal\nend\n");
	tar_log_done(&log);
	silt_buffer_done(&body);
	silt_buffer_done(&records);
	tar_done(&w);
}

static void failure_of_the_source_is_the_status(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_file(&w, "f", 0644, pattern(5000));
	tar_end(&w);
	for (size_t blocks = 1; blocks < 11; blocks++) {
		struct chopped_source source = {.rest = tar_bytes(&w), .block_len = 512, .fail_after = blocks};
		struct silt_error err = {0};
		struct silt_tar *tar = NULL;
		struct silt_tar_event event;
		assert_int_equal(silt_tar_new(chopped_source(&source), NULL, &tar, &err), SILT_OK);
		enum silt_status status;
		do {
			status = silt_tar_next(tar, &event, &err);
		} while (status == SILT_OK && event.kind != SILT_TAR_END);
		assert_int_equal(status, SILT_ERR_IO);
		assert_string_equal(err.text, "the disk is gone");
		silt_tar_free(tar);
		chopped_source_done(&source);
	}
	tar_done(&w);
}

/* Random damage: whatever libarchive makes of it, no byte is lost or given twice, and it ends. */
static void flipped_bytes_never_break_the_account(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_dir(&w, "d/", 0755);
	tar_pax(&w, "SCHILY.xattr.user.a", SILT_LITERAL("v"));
	tar_file(&w, "d/f", 0644, pattern(1500));
	tar_gnu_long(&w, 'L', SILT_LITERAL("long"));
	tar_hardlink(&w, "h", "d/f");
	tar_text(&w, "t", 0644, "t");
	tar_end(&w);
	uint32_t random = 7;
	for (unsigned round = 0; round < 2000; round++) {
		struct silt_buffer bad = {0};
		silt_buffer_add(&bad, tar_bytes(&w));
		for (unsigned i = 0; i < 1 + round % 3; i++) {
			random = random * 1664525 + 1013904223;
			bad.ptr[(random >> 8) % bad.len] = (uint8_t)(random >> 3);
		}
		struct tar_log log = {0};
		tar_log_read(&log, silt_buffer_bytes(&bad), (size_t)512 << round % 4);
		assert_true(silt_bytes_equal(silt_buffer_bytes(&log.raw), silt_buffer_bytes(&bad)));
		tar_log_done(&log);
		silt_buffer_done(&bad);
	}
	tar_done(&w);
}

/* ---- Sniffing ------------------------------------------------------------------------------------------------------ */

static enum silt_tar_start sniff_header(enum tar_checksum checksum)
{
	struct tar_writer w = {0};
	tar_header(&w, &(struct tar_header){
			       .name = "\xff\xfe", .type = '0', .magic = TAR_MAGIC_NONE, .checksum = checksum});
	enum silt_tar_start start = silt_tar_sniff(tar_bytes(&w));
	tar_done(&w);
	return start;
}

static void sniff_goes_by_the_checksum_signed_or_not(void **state)
{
	(void)state;
	assert_int_equal(sniff_header(TAR_CHECKSUM_UNSIGNED), SILT_TAR_START_YES);
	assert_int_equal(sniff_header(TAR_CHECKSUM_SIGNED), SILT_TAR_START_YES);
	assert_int_equal(sniff_header(TAR_CHECKSUM_BAD), SILT_TAR_START_NO);
}

static void sniff_knows_the_empty_tar_from_zeros_before_something(void **state)
{
	(void)state;
	uint8_t bytes[1024] = {0};
	assert_int_equal(silt_tar_sniff(silt_bytes(bytes, 512)), SILT_TAR_START_EMPTY);
	assert_int_equal(silt_tar_sniff(silt_bytes(bytes, 1024)), SILT_TAR_START_EMPTY);
	assert_int_equal(silt_tar_sniff(silt_bytes(bytes, 511)), SILT_TAR_START_NO);
	assert_int_equal(silt_tar_sniff(silt_bytes(NULL, 0)), SILT_TAR_START_NO);
	bytes[1000] = 1;
	assert_int_equal(silt_tar_sniff(silt_bytes(bytes, 1024)), SILT_TAR_START_NO);
}

static void sniff_refuses_a_checksum_field_that_is_no_number(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "a", 0644, "");
	uint8_t block[512];
	memcpy(block, tar_bytes(&w).ptr, sizeof(block));
	assert_int_equal(silt_tar_sniff(silt_bytes(block, 512)), SILT_TAR_START_YES);
	block[148] = 'x';
	assert_int_equal(silt_tar_sniff(silt_bytes(block, 512)), SILT_TAR_START_NO);
	memset(block + 148, ' ', 8);
	assert_int_equal(silt_tar_sniff(silt_bytes(block, 512)), SILT_TAR_START_NO);
	tar_done(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_entry_is_read),
		cmocka_unit_test(numbers_of_a_header_come_through),
		cmocka_unit_test(bodies_end_anywhere_in_a_block),
		cmocka_unit_test(body_bytes_are_those_of_the_file),
		cmocka_unit_test(long_names_of_pax_and_gnu_are_read),
		cmocka_unit_test(xattrs_of_both_spellings_come_raw),
		cmocka_unit_test(pax_header_larger_than_a_block_is_one_gap_run),
		cmocka_unit_test(sparse_body_has_a_jump_and_an_empty_last_piece),
		cmocka_unit_test(body_of_a_hardlink_is_damage_and_given_all_the_same),
		cmocka_unit_test(names_are_bytes_and_charset_is_no_note),
		cmocka_unit_test(locale_of_the_caller_is_left_alone),
		cmocka_unit_test(hardlink_without_target_is_read),
		cmocka_unit_test(empty_tar_has_no_events_but_its_end),
		cmocka_unit_test(no_bytes_at_all_is_no_end_marker),
		cmocka_unit_test(one_header_of_512_bytes_is_an_entry),
		cmocka_unit_test(archive_without_end_marker_is_noted),
		cmocka_unit_test(layer_cut_in_its_last_padding_keeps_all_entries),
		cmocka_unit_test(zeros_behind_the_end_marker_are_no_tail),
		cmocka_unit_test(entries_of_a_second_tar_behind_the_end_marker_are_given),
		cmocka_unit_test(entries_behind_one_zero_block_are_damage_and_given),
		cmocka_unit_test(tail_note_names_the_first_byte_that_is_not_zero),
		cmocka_unit_test(truncation_anywhere_loses_no_byte),
		cmocka_unit_test(truncated_body_is_closed_before_the_note),
		cmocka_unit_test(body_that_never_came_is_closed_too),
		cmocka_unit_test(run_of_bad_headers_is_one_note_and_entries_behind_it_come),
		cmocka_unit_test(entries_behind_a_special_header_that_is_too_large_are_given),
		cmocka_unit_test(malformed_pax_record_is_damage_before_its_entry),
		cmocka_unit_test(what_is_no_tar_is_a_gap_with_a_note),
		cmocka_unit_test(endless_stored_holes_do_not_eat_memory),
		cmocka_unit_test(failure_of_the_source_is_the_status),
		cmocka_unit_test(flipped_bytes_never_break_the_account),
		cmocka_unit_test(sniff_goes_by_the_checksum_signed_or_not),
		cmocka_unit_test(sniff_knows_the_empty_tar_from_zeros_before_something),
		cmocka_unit_test(sniff_refuses_a_checksum_field_that_is_no_number),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
