/* Tars made to be read in two ways: what Docker reads comes first, what libarchive reads is told, and no file is lost. */
#include "chopped_source.h"
#include "cmocka_test.h"
#include "support/tar_writer.h"
#include "tar_log.h"

#include <stdio.h>

/* The events, and that the texts of the notes hold `sentence`, however the stream is cut. */
static void expect(struct tar_writer *w, const char *expected, const char *sentence)
{
	static const size_t block_lens[] = {0, 512, 1024, 4096};
	for (size_t i = 0; i < SILT_COUNT(block_lens); i++) {
		struct tar_log log = {0};
		tar_log_read(&log, tar_bytes(w), block_lens[i]);
		assert_string_equal(silt_buffer_text(&log.text), expected);
		if (!strstr(silt_buffer_text(&log.sentences), sentence)) {
			fail_msg("no \"%s\" in\n%s", sentence, silt_buffer_text(&log.sentences));
		}
		assert_true(silt_bytes_equal(silt_buffer_bytes(&log.raw), tar_bytes(w)));
		assert_int_equal(log.gap_offset_errors, 0);
		tar_log_done(&log);
	}
	tar_done(w);
}

static void add_header(struct tar_writer *w, char type, const char *name, uint64_t size)
{
	tar_header(w, &(struct tar_header){.name = name, .type = type, .mode = 0644, .size = size, .link = "t"});
}

/* A setuid program whose header is the body of what stands before it, for one of the two. */
static void add_hidden(struct tar_writer *w)
{
	tar_header(w, &(struct tar_header){.name = "hidden", .type = '0', .mode = 04755, .size = 6});
	tar_body(w, SILT_LITERAL("secret"));
}

static void end(struct tar_writer *w)
{
	tar_text(w, "z", 0644, "z");
	tar_end(w);
}

/* ---- Bodies that only one of them sees ------------------------------------------------------------------------------- */

static void file_named_like_a_directory_has_a_body(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	add_header(&w, '0', "dir/", 1024);
	add_hidden(&w);
	end(&w);
	expect(&w,
	       "note disputed\nfile 644 dir/ 1024 @0 (go)\ndata 0+1024 last\ndirectory 644 dir/ 1024 @0 (other)\n"
	       "note disputed\nfile 4755 hidden 6 @512 (other)\nfile 644 z 1 @1536\ndata 0+1 last\nend\n",
	       "docker reads \"dir/\" as file; libarchive reads it as directory\n"
	       "libarchive reads \"hidden\" (file, mode 4755, 6 bytes) here; docker reads no entry here\n");
}

/* The fake header swallows the next real entry. */
static void entry_that_is_swallowed_is_one_of_docker_alone(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	add_header(&w, '0', "dir/", 512);
	add_header(&w, '0', "fake", 1024);
	add_hidden(&w);
	end(&w);
	expect(&w,
	       "note disputed\nfile 644 dir/ 512 @0 (go)\ndata 0+512 last\ndirectory 644 dir/ 512 @0 (other)\n"
	       "note disputed\nfile 4755 hidden 6 @1024 (go)\ndata 0+6 last\n"
	       "note disputed\nfile 644 fake 1024 @512 (other)\nfile 644 z 1 @2048\ndata 0+1 last\nend\n",
	       "docker reads \"hidden\" (file, mode 4755, 6 bytes) here; libarchive reads no entry here\n");
}

static void links_and_directories_have_no_body_whatever_pax_says(void **state)
{
	(void)state;
	static const struct {
		char type;
		const char *words;
	} rows[] = {{'1', "hardlink 644 l 0 @1024 -> t"},
		    {'2', "symlink 644 l 0 @1024 -> t"},
		    {'5', "directory 644 l 0 @1024"}};
	for (size_t i = 0; i < SILT_COUNT(rows); i++) {
		struct tar_writer w = {0};
		char expected[300];
		tar_text(&w, "a", 0644, "a");
		tar_pax(&w, "size", SILT_LITERAL("1024"));
		add_header(&w, rows[i].type, "l", 0);
		add_hidden(&w);
		end(&w);
		snprintf(expected, sizeof(expected),
			 "file 644 a 1 @0\ndata 0+1 last\n%s\nnote disputed\nfile 4755 hidden 6 @2560 (go)\n"
			 "data 0+6 last\nfile 644 z 1 @3584\ndata 0+1 last\nend\n",
			 rows[i].words);
		expect(&w, expected, "docker reads \"hidden\"");
	}
}

static void hardlink_with_a_size_behind_any_pax_header_has_no_body(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_pax(&w, "comment", SILT_LITERAL("x"));
	tar_text(&w, "a", 0644, "");
	add_header(&w, '1', "l", 1024);
	add_hidden(&w);
	end(&w);
	expect(&w,
	       "file 644 a 0 @0\nhardlink 644 l 0 @1536 -> t\nnote disputed\nfile 4755 hidden 6 @2048 (go)\n"
	       "data 0+6 last\nfile 644 z 1 @3072\ndata 0+1 last\nend\n",
	       "docker reads \"hidden\"");
}

static void size_in_front_of_a_global_header_is_none(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_pax(&w, "size", SILT_LITERAL("1024"));
	tar_pax_records(&w, 'g', SILT_LITERAL("13 comment=a\n"));
	add_header(&w, '0', "a", 0);
	add_hidden(&w);
	end(&w);
	expect(&w,
	       "note disputed\nfile 644 a 0 @2048 (go)\nnote disputed\nfile 4755 hidden 6 @2560 (go)\ndata 0+6 last\n"
	       "file 644 a 1024 @0 (other)\nfile 644 z 1 @3584\ndata 0+1 last\nend\n",
	       "docker reads \"a\" with 0 bytes; libarchive reads it with 1024 bytes\n");
}

static void size_behind_a_nul_is_one_for_docker(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_header(&w, &(struct tar_header){.name = "a",
					    .type = '0',
					    .mode = 0644,
					    .raw_size = SILT_LITERAL("\0"
								     "0000002000")});
	add_hidden(&w);
	end(&w);
	expect(&w,
	       "note disputed\nfile 644 a 1024 @0 (go)\ndata 0+1024 last\nfile 644 a 0 @0 (other)\n"
	       "note disputed\nfile 4755 hidden 6 @512 (other)\nfile 644 z 1 @1536\ndata 0+1 last\nend\n",
	       "docker reads \"a\" with 1024 bytes; libarchive reads it with 0 bytes\n");
}

static void size_with_a_plus_is_one_for_docker(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_pax(&w, "size", SILT_LITERAL("+1024"));
	add_header(&w, '0', "a", 0);
	add_hidden(&w);
	end(&w);
	expect(&w,
	       "note disputed\nfile 644 a 1024 @0 (go)\ndata 0+1024 last\nfile 644 a 0 @0 (other)\n"
	       "note disputed\nfile 4755 hidden 6 @1536 (other)\nfile 644 z 1 @2560\ndata 0+1 last\nend\n",
	       "docker reads \"a\" with 1024 bytes");
}

static void empty_size_falls_back_on_the_header(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_pax(&w, "size", SILT_LITERAL(""));
	add_header(&w, '0', "a", 1024);
	add_hidden(&w);
	end(&w);
	expect(&w,
	       "note disputed\nfile 644 a 1024 @0 (go)\ndata 0+1024 last\nfile 644 a 0 @0 (other)\n"
	       "note disputed\nfile 4755 hidden 6 @1536 (other)\nfile 644 z 1 @2560\ndata 0+1 last\nend\n",
	       "docker reads \"a\" with 1024 bytes");
}

static void label_of_a_volume_has_a_body_for_docker(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_header(&w, &(struct tar_header){.name = "label", .type = 'V', .size = 1024, .magic = TAR_MAGIC_GNU});
	add_hidden(&w);
	end(&w);
	expect(&w,
	       "note disputed\nother 0 label 1024 @0 (go)\ndata 0+1024 last\n"
	       "note disputed\nfile 4755 hidden 6 @0 (other)\nfile 644 z 1 @1536\ndata 0+1 last\nend\n",
	       "libarchive reads \"hidden\" (file, mode 4755, 6 bytes) here");
}

/* ---- Names and types ------------------------------------------------------------------------------------------------- */

static void long_name_behind_a_pax_name_is_dockers(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_gnu_long(&w, 'L', SILT_LITERAL("gnu"));
	tar_pax(&w, "path", SILT_LITERAL("pax"));
	add_header(&w, '0', "ustar", 0);
	end(&w);
	expect(&w, "file 644 gnu 0 @0\nfile 644 z 1 @2560\ndata 0+1 last\nend\n", "");
	w = (struct tar_writer){0};
	tar_pax(&w, "path", SILT_LITERAL("pax"));
	tar_gnu_long(&w, 'L', SILT_LITERAL("gnu"));
	add_header(&w, '0', "ustar", 0);
	end(&w);
	expect(&w,
	       "note disputed\nfile 644 gnu 0 @0 (go)\nfile 644 pax 0 @0 (other)\nfile 644 z 1 @2560\ndata 0+1 "
	       "last\nend\n",
	       "docker reads \"gnu\" (file, mode 0644, 0 bytes); libarchive reads \"pax\" (file, mode 0644, 0 bytes) "
	       "in its "
	       "place\n");
}

static void names_in_notes_are_escaped_once(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	add_header(&w, '0', "\x1b[31m/", 0);
	tar_end(&w);
	expect(&w, "note disputed\nfile 644 \x1b[31m/ 0 @0 (go)\ndirectory 644 \x1b[31m/ 0 @0 (other)\nend\n",
	       "docker reads \"\\x1b[31m/\" as file; libarchive reads it as directory\n");
}

static void name_of_a_sparse_file_without_a_map_is_none_for_docker(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_pax(&w, "GNU.sparse.name", SILT_LITERAL("sparse"));
	add_header(&w, '0', "a", 0);
	end(&w);
	expect(&w,
	       "note disputed\nfile 644 a 0 @0 (go)\nfile 644 sparse 0 @0 (other)\nfile 644 z 1 @1536\ndata 0+1 "
	       "last\nend\n",
	       "docker reads \"a\"");
}

static void types_that_docker_refuses_are_told(void **state)
{
	(void)state;
	static const struct {
		char type;
		const char *expected;
	} rows[] = {
		{'A', "note disputed\nother 644 t 3 @0 (go)\ndata 0+3 last\nnote warning\nfile 644 z 1 @1024\n"},
		{'X', "note disputed\nother 644 t 3 @0 (go)\ndata 0+3 last\nnote warning\nfile 644 z 1 @1024\n"},
		{'N',
		 "note disputed\nother 644 t 3 @0 (go)\ndata 0+3 last\nfile 644 t 3 @0 (other)\nfile 644 z 1 @1024\n"},
		{'Z',
		 "note disputed\nother 644 t 3 @0 (go)\ndata 0+3 last\nfile 644 t 3 @0 (other)\nfile 644 z 1 @1024\n"},
	};
	for (size_t i = 0; i < SILT_COUNT(rows); i++) {
		char expected[300];
		struct tar_writer w = {0};
		add_header(&w, rows[i].type, "t", 3);
		tar_body(&w, SILT_LITERAL("abc"));
		end(&w);
		snprintf(expected, sizeof(expected), "%sdata 0+1 last\nend\n", rows[i].expected);
		expect(&w, expected, "docker reads \"t\"");
	}
}

static void owner_mode_device_and_link_are_compared(void **state)
{
	(void)state;
	static const struct {
		struct tar_header header;
		const char *pax_key, *pax_value, *sentence;
	} rows[] = {
		{{.name = "a", .type = '0'},
		 "uid",
		 "+5",
		 "docker reads \"a\" with owner 5:0; libarchive reads it with owner 0:0"},
		{{.name = "a",
		  .type = '0',
		  .raw_mode = SILT_LITERAL_INIT("\0"
						"4755")},
		 "comment",
		 "x",
		 "docker reads \"a\" with mode 4755; libarchive reads it with mode 0000"},
		{{.name = "a", .type = '3', .dev_major = 1, .dev_minor = 3},
		 "SCHILY.devmajor",
		 "8",
		 "docker reads \"a\" as device 1:3; libarchive reads it as device 8:3"},
		{{.name = "a", .type = '2', .link = "one", .patch_at = 0}, "linkpath", "", ""},
		{{.name = "a", .type = '0'},
		 "LIBARCHIVE.xattr.security.capability",
		 "AQAAAg",
		 "docker reads \"a\" with 0 bytes of capabilities; libarchive reads it with 4 bytes of capabilities"},
		{{.name = "a", .type = '0', .size = 600}, "SUN.holesdata", " 0 600", ""},
	};
	for (size_t i = 0; i < SILT_COUNT(rows); i++) {
		uint8_t body[1024] = {0};
		struct tar_writer w = {0};
		struct tar_log log = {0};
		tar_pax(&w, rows[i].pax_key, silt_bytes_text(rows[i].pax_value));
		tar_header(&w, &rows[i].header);
		tar_raw(&w, silt_bytes(body, (size_t)(rows[i].header.size + 511) / 512 * 512));
		end(&w);
		tar_log_read(&log, tar_bytes(&w), 0);
		const char *told = silt_buffer_text(&log.sentences);
		if (strncmp(told, rows[i].sentence, strlen(rows[i].sentence)) != 0) {
			fail_msg("row %zu: %s", i, told);
		}
		tar_log_done(&log);
		tar_done(&w);
	}
}

/* ---- Where Go refuses ------------------------------------------------------------------------------------------------ */

static void sizes_that_docker_refuses_are_damage_and_the_rest_is_listed(void **state)
{
	(void)state;
	static const struct silt_bytes sizes[] = {
		SILT_LITERAL_INIT("20 garbage"),
		SILT_LITERAL_INIT("5_12"),
		SILT_LITERAL_INIT("0x10"),
		SILT_LITERAL_INIT("-1"),
		SILT_LITERAL_INIT("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"),
		SILT_LITERAL_INIT("\x80\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff"),
	};
	for (size_t i = 0; i < SILT_COUNT(sizes); i++) {
		struct tar_writer w = {0};
		struct tar_log log = {0};
		tar_text(&w, "a", 0644, "a");
		tar_header(&w, &(struct tar_header){.name = "b", .type = '0', .raw_size = sizes[i]});
		end(&w);
		tar_log_read(&log, tar_bytes(&w), 0);
		const char *text = silt_buffer_text(&log.text), *go = "file 644 a 1 @0\ndata 0+1 last\nnote damaged\n";
		assert_int_equal(strncmp(text, go, strlen(go)), 0);
		assert_null(strstr(text, "(go)"));
		tar_log_done(&log);
		tar_done(&w);
	}
}

/*
 * The map of an old sparse file, where GNU's header has one, in a file that is none: libarchive reads it whatever the type
 * is, and takes the block behind the header for more of the map. It is through with the body when Go refuses.
 */
static void add_unsparse(struct tar_writer *w, struct silt_bytes map)
{
	tar_header(w, &(struct tar_header){
			      .name = "unsparse",
			      .type = '0',
			      .mode = 0644,
			      .size = 6,
			      .magic = TAR_MAGIC_GNU,
			      .patch_at = 386,
			      .patch = map,
		      });
	tar_body(w, SILT_LITERAL("secret"));
}

static void entry_of_libarchive_whose_body_is_over_is_listed_where_go_refuses(void **state)
{
	(void)state;
	static const uint8_t map[97] = {'0', [96] = 1};
	struct tar_writer w = {0};
	add_unsparse(&w, silt_bytes(map, sizeof(map)));
	tar_body(&w, SILT_LITERAL("no header"));
	expect(&w,
	       "note disputed\nfile 644 unsparse 6 @0 (go)\ndata 0+6 last\nnote damaged\n"
	       "file 644 unsparse 6 @0 sparse (other)\ndata 0+0 last\nend\n",
	       "docker reads \"unsparse\" without holes in it; libarchive reads it with holes in it at other places\n");
}

static void body_behind_more_header_is_another_body(void **state)
{
	(void)state;
	static const uint8_t map[98] = {'0', [12] = '6', [96] = 1, '6'};
	struct tar_writer w = {0};
	add_unsparse(&w, silt_bytes(map, sizeof(map)));
	end(&w);
	expect(&w,
	       "note disputed\nfile 644 unsparse 6 @0 (go)\ndata 0+6 last\nnote disputed\nfile 644 z 1 @1024 (go)\n"
	       "data 0+1 last\nfile 644 unsparse 6 @0 (other)\nnote disputed\nend\n",
	       "docker reads \"unsparse\" with a body that begins at this byte; libarchive reads it with a body that "
	       "begins at a "
	       "later byte\n");
}

static void body_behind_a_size_with_garbage_is_libarchives(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "a", 0644, "");
	tar_header(&w,
		   &(struct tar_header){.name = "b", .type = '0', .mode = 0600, .raw_size = SILT_LITERAL("6 garbage")});
	tar_body(&w, SILT_LITERAL("secret"));
	end(&w);
	expect(&w,
	       "file 644 a 0 @0\nnote damaged\nfile 600 b 6 @512 (other)\ndata 0+6 last\nfile 644 z 1 @1536 (other)\n"
	       "data 0+1 last\nend\n",
	       "docker refuses this archive here: the size in a header is no number; libarchive reads on\n");
}

static void records_that_docker_refuses_are_damage(void **state)
{
	(void)state;
	static const struct silt_bytes records[] = {
		SILT_LITERAL_INIT("9999 path=a\n"),  SILT_LITERAL_INIT("9 path a\n"), SILT_LITERAL_INIT("11 path=abX"),
		SILT_LITERAL_INIT("12 path=a\0b\n"), SILT_LITERAL_INIT("6 =bc\n"),
	};
	for (size_t i = 0; i < SILT_COUNT(records); i++) {
		struct tar_writer w = {0};
		struct tar_log log = {0};
		tar_pax_records(&w, 'x', records[i]);
		end(&w);
		tar_log_read(&log, tar_bytes(&w), 512);
		const char *text = silt_buffer_text(&log.text);
		assert_int_equal(strncmp(text, "note damaged\n", 13), 0);
		assert_non_null(strstr(text, " (other)\ndata 0+1 last\n"));
		tar_log_done(&log);
		tar_done(&w);
	}
}

static void half_an_end_marker_is_damage_and_what_follows_is_listed(void **state)
{
	(void)state;
	static const uint8_t zeros[TAR_BLOCK];
	struct tar_writer w = {0};
	tar_text(&w, "a", 0644, "");
	tar_raw(&w, silt_bytes(zeros, sizeof(zeros)));
	add_hidden(&w);
	end(&w);
	expect(&w,
	       "file 644 a 0 @0\nnote damaged\nfile 4755 hidden 6 @1024 (other)\ndata 0+6 last\n"
	       "file 644 z 1 @2048 (other)\ndata 0+1 last\nend\n",
	       "docker refuses this archive here: only the first half of an end marker is there; libarchive ended "
	       "before\n");
}

static void many_special_headers_are_lost_on_libarchive_only(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	for (unsigned i = 0; i < 32; i++) {
		tar_pax(&w, "comment", SILT_LITERAL("x"));
	}
	add_hidden(&w);
	end(&w);
	struct tar_log log = {0};
	tar_log_read(&log, tar_bytes(&w), 0);
	const char *text = silt_buffer_text(&log.text);
	assert_non_null(strstr(text, "note disputed\n"));
	assert_non_null(strstr(text, "note warning\n"));
	assert_non_null(strstr(text, "file 4755 hidden 6 @0 (go)\ndata 0+6 last\n"));
	tar_log_done(&log);
	tar_done(&w);
}

/* ---- Ends ------------------------------------------------------------------------------------------------------------ */

static void end_in_a_body_of_libarchive_is_told_and_what_follows_given_its_name(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_pax(&w, "size", SILT_LITERAL("2048"));
	add_header(&w, '2', "l", 0);
	tar_end(&w);
	tar_raw(&w, SILT_LITERAL("behind the end"));
	tar_raw(&w, silt_bytes((const uint8_t[1024 - 14]){0}, 1024 - 14));
	end(&w);
	expect(&w,
	       "symlink 644 l 0 @0 -> t\nnote disputed\nsymlink 644 l 2048 @0 -> t (other)\ndata 1024+1024 last\n"
	       "file 644 z 1 @3584 (other)\ndata 0+1 last\nend\n",
	       "docker takes this for the end of the archive; libarchive reads on\n");
}

static void second_tar_is_listed_with_its_bodies(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "a", 0644, "a");
	tar_end(&w);
	tar_body(&w, SILT_LITERAL("odd"));
	add_hidden(&w);
	tar_pax(&w, "path", SILT_LITERAL("by pax"));
	end(&w);
	expect(&w,
	       "file 644 a 1 @0\ndata 0+1 last\nnote tail\nfile 4755 hidden 6 @2560 (other)\ndata 0+6 last\n"
	       "file 644 by pax 1 @3584 (other)\ndata 0+1 last\nend\n",
	       "bytes follow the end marker");
}

/* ---- Limits ---------------------------------------------------------------------------------------------------------- */

/* So many entries inside of a body, and a limit of three. */
static void expect_in_body(unsigned entries, unsigned listed)
{
	struct tar_writer w = {0};
	struct silt_limits limits;
	struct silt_error err = {0};
	const struct silt_limit_setting setting = {"disputed-entries", 3};
	assert_int_equal(silt_limits_set(&limits, &setting, 1, &err), SILT_OK);
	add_header(&w, '0', "dir/", entries * 512);
	for (unsigned i = 0; i < entries; i++) {
		add_header(&w, '0', "in", 0);
	}
	end(&w);
	struct silt_memory_source source = {tar_bytes(&w)};
	struct silt_tar *tar = NULL;
	struct silt_tar_event event;
	unsigned found = 0, limited = 0;
	assert_int_equal(silt_tar_new(silt_memory_source(&source), &limits, &tar, &err), SILT_OK);
	do {
		assert_int_equal(silt_tar_next(tar, &event, &err), SILT_OK);
		found += event.kind == SILT_TAR_ENTRY && silt_bytes_equal(event.entry->path, SILT_LITERAL("in"));
		limited += event.kind == SILT_TAR_NOTE && event.note == SILT_TAR_NOTE_LIMIT &&
			   event.limit == SILT_LIMIT_DISPUTED_ENTRIES;
	} while (event.kind != SILT_TAR_END);
	assert_int_equal(found, listed);
	assert_int_equal(limited, entries > listed);
	silt_tar_free(tar);
	tar_done(&w);
}

static void entries_beyond_the_limit_are_told_and_not_listed(void **state)
{
	(void)state;
	/* The directory itself is one of them. */
	expect_in_body(1, 1);
	expect_in_body(2, 2);
	expect_in_body(3, 2);
	expect_in_body(2000, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(file_named_like_a_directory_has_a_body),
		cmocka_unit_test(entry_that_is_swallowed_is_one_of_docker_alone),
		cmocka_unit_test(links_and_directories_have_no_body_whatever_pax_says),
		cmocka_unit_test(hardlink_with_a_size_behind_any_pax_header_has_no_body),
		cmocka_unit_test(size_in_front_of_a_global_header_is_none),
		cmocka_unit_test(size_behind_a_nul_is_one_for_docker),
		cmocka_unit_test(size_with_a_plus_is_one_for_docker),
		cmocka_unit_test(empty_size_falls_back_on_the_header),
		cmocka_unit_test(label_of_a_volume_has_a_body_for_docker),
		cmocka_unit_test(long_name_behind_a_pax_name_is_dockers),
		cmocka_unit_test(names_in_notes_are_escaped_once),
		cmocka_unit_test(name_of_a_sparse_file_without_a_map_is_none_for_docker),
		cmocka_unit_test(types_that_docker_refuses_are_told),
		cmocka_unit_test(owner_mode_device_and_link_are_compared),
		cmocka_unit_test(sizes_that_docker_refuses_are_damage_and_the_rest_is_listed),
		cmocka_unit_test(entry_of_libarchive_whose_body_is_over_is_listed_where_go_refuses),
		cmocka_unit_test(body_behind_more_header_is_another_body),
		cmocka_unit_test(body_behind_a_size_with_garbage_is_libarchives),
		cmocka_unit_test(records_that_docker_refuses_are_damage),
		cmocka_unit_test(half_an_end_marker_is_damage_and_what_follows_is_listed),
		cmocka_unit_test(many_special_headers_are_lost_on_libarchive_only),
		cmocka_unit_test(end_in_a_body_of_libarchive_is_told_and_what_follows_given_its_name),
		cmocka_unit_test(second_tar_is_listed_with_its_bodies),
		cmocka_unit_test(entries_beyond_the_limit_are_told_and_not_listed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
