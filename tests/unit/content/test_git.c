/* Loose objects and packs of git, whole and hostile. The ids are those that git computes. */
#include "base/buffer.h"
#include "base/limits.h"
#include "content/git.h"
#include "unit/stream/compress.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ID_HELLO "ce013625030ba8dba906f756967f9e9ca394464a" /* echo hello | git hash-object --stdin */

struct seen {
	struct silt_buffer text; /* "KIND ID CONTENT|" of each object */
	struct silt_git_report report;
	uint64_t budget;
};

static void read_file(struct seen *seen, const struct silt_buffer *file)
{
	struct silt_error err = {0};
	struct silt_git *git = NULL;
	struct silt_git_object object;
	bool more = true;
	silt_buffer_clear(&seen->text);
	assert_int_equal(silt_git_new(NULL, &git, &err), SILT_OK);
	uint64_t budget = seen->budget;
	silt_git_begin(git, silt_buffer_bytes(file), &budget);
	while (more) {
		assert_int_equal(silt_git_next(git, &object, &more, &err), SILT_OK);
		if (more) {
			silt_buffer_printf(&seen->text, "%s %.8s ", object.kind, object.id);
			silt_buffer_add(&seen->text, object.content);
			silt_buffer_add_byte(&seen->text, '|');
		}
	}
	assert_int_equal(silt_git_next(git, &object, &more, &err), SILT_OK);
	assert_false(more);
	seen->report = *silt_git_report(git);
	silt_git_free(git);
}

static int begin(void **state)
{
	struct seen *seen = calloc(1, sizeof(*seen));
	seen->budget = UINT64_MAX;
	*state = seen;
	return 0;
}

static int end(void **state)
{
	struct seen *seen = *state;
	silt_buffer_done(&seen->text);
	free(seen);
	return 0;
}

/* ---- Writing packs ------------------------------------------------------------------------------------------------- */

static void pack_begin(struct silt_buffer *pack, uint8_t count)
{
	const uint8_t header[] = {'P', 'A', 'C', 'K', 0, 0, 0, 2, 0, 0, 0, count};
	silt_buffer_add(pack, silt_bytes(header, sizeof(header)));
}

/* The header of an object; the place of it in the pack. */
static size_t pack_header(struct silt_buffer *pack, unsigned type, size_t size)
{
	size_t at = pack->len;
	uint8_t byte = (uint8_t)(type << 4 | (size & 15));
	for (size >>= 4; size > 0; size >>= 7) {
		silt_buffer_add_byte(pack, byte | 0x80);
		byte = (uint8_t)(size & 0x7f);
	}
	silt_buffer_add_byte(pack, byte);
	return at;
}

static size_t pack_object(struct silt_buffer *pack, unsigned type, struct silt_bytes content)
{
	size_t at = pack_header(pack, type, content.len);
	add_deflate(pack, content, true);
	return at;
}

/* Distances below 128 only. */
static size_t pack_ofs_delta(struct silt_buffer *pack, size_t base, struct silt_bytes delta)
{
	size_t at = pack_header(pack, 6, delta.len);
	assert_true(at - base < 128);
	silt_buffer_add_byte(pack, (uint8_t)(at - base));
	add_deflate(pack, delta, true);
	return at;
}

static size_t pack_ref_delta(struct silt_buffer *pack, const char *id, struct silt_bytes delta)
{
	size_t at = pack_header(pack, 7, delta.len);
	for (size_t i = 0; i < 20; i++) {
		unsigned byte = 0;
		sscanf(id + 2 * i, "%2x", &byte);
		silt_buffer_add_byte(pack, (uint8_t)byte);
	}
	add_deflate(pack, delta, true);
	return at;
}

static void pack_end(struct silt_buffer *pack)
{
	static const uint8_t sum[20];
	silt_buffer_add(pack, silt_bytes(sum, sizeof(sum)));
}

#define BYTES(...) silt_bytes((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

/* ---- Packs ----------------------------------------------------------------------------------------------------------- */

static void objects_that_are_whole_are_given_with_their_ids(void **state)
{
	struct seen *seen = *state;
	struct silt_buffer pack = {0};
	pack_begin(&pack, 2);
	pack_object(&pack, 3, SILT_LITERAL("hello\n"));
	pack_object(&pack, 1, SILT_LITERAL("tree x\n"));
	pack_end(&pack);
	assert_true(silt_git_is_pack(silt_buffer_bytes(&pack)));
	read_file(seen, &pack);
	assert_null(seen->report.problem);
	assert_int_equal(seen->report.objects, 2);
	assert_string_equal(silt_buffer_text(&seen->text), "blob ce013625 hello\n|commit 2d16fbf7 tree x\n|");
	silt_buffer_done(&pack);
}

/* "hello\n" -> copy(0, 5), insert " world\n" */
#define WORLD 6, 12, 0x90, 5, 7, ' ', 'w', 'o', 'r', 'l', 'd', '\n'

static void deltas_are_resolved_along_their_chain(void **state)
{
	struct seen *seen = *state;
	struct silt_buffer pack = {0};
	pack_begin(&pack, 4);
	size_t hello = pack_object(&pack, 3, SILT_LITERAL("hello\n"));
	size_t world = pack_ofs_delta(&pack, hello, BYTES(WORLD));
	pack_ofs_delta(&pack, world, BYTES(12, 5, 0x91, 6, 5));        /* copy(6, 5) */
	pack_ref_delta(&pack, ID_HELLO, BYTES(6, 7, 1, '-', 0x90, 6)); /* insert, copy(0, 6) */
	pack_end(&pack);
	read_file(seen, &pack);
	assert_null(seen->report.problem);
	assert_int_equal(seen->report.objects, 4);
	assert_string_equal(silt_buffer_text(&seen->text), "blob ce013625 hello\n|blob 3b18e512 hello world\n|"
							   "blob 04fea064 world|blob 6c6b1f5f -hello\n|");
	silt_buffer_done(&pack);
}

static void a_base_may_stand_behind_its_delta(void **state)
{
	struct seen *seen = *state;
	struct silt_buffer pack = {0};
	pack_begin(&pack, 2);
	pack_ref_delta(&pack, ID_HELLO, BYTES(WORLD));
	pack_object(&pack, 3, SILT_LITERAL("hello\n"));
	pack_end(&pack);
	read_file(seen, &pack);
	assert_null(seen->report.problem);
	assert_string_equal(silt_buffer_text(&seen->text), "blob ce013625 hello\n|blob 3b18e512 hello world\n|");
	silt_buffer_done(&pack);
}

static void a_delta_without_its_base_is_a_problem(void **state)
{
	struct seen *seen = *state;
	struct silt_buffer pack = {0};
	pack_begin(&pack, 2);
	pack_object(&pack, 3, SILT_LITERAL("other\n"));
	size_t thin = pack_ref_delta(&pack, ID_HELLO, BYTES(WORLD));
	pack_end(&pack);
	read_file(seen, &pack);
	assert_int_equal(seen->report.objects, 1);
	assert_int_equal(seen->report.offset, thin);
	assert_non_null(strstr(seen->report.problem, "base of a delta"));
	silt_buffer_done(&pack);
}

static void deltas_that_do_not_fit_are_a_problem_and_the_rest_is_given(void **state)
{
	struct seen *seen = *state;
	const struct silt_bytes wrong[] = {
		BYTES(0),                                 /* no size */
		BYTES(0x86),                              /* size cut */
		BYTES(7, 1, 1, 'x'),                      /* another base */
		BYTES(6, 1, 0),                           /* reserved instruction */
		BYTES(6, 4, 4, 'x', 'y'),                 /* insert cut */
		BYTES(6, 5, 0x91, 2, 5),                  /* copy beyond the base */
		BYTES(6, 5, 0x9f, 255, 255, 255, 255, 5), /* far beyond */
		BYTES(6, 1, 2, 'x', 'y'),                 /* more than it says */
		BYTES(6, 3, 2, 'x', 'y'),                 /* less */
		BYTES(6, 5, 0x91),                        /* copy cut */
		BYTES(6, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1),
	};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct silt_buffer pack = {0};
		pack_begin(&pack, 3);
		size_t hello = pack_object(&pack, 3, SILT_LITERAL("hello\n"));
		size_t bad = pack_ofs_delta(&pack, hello, wrong[i]);
		pack_ofs_delta(&pack, hello, BYTES(WORLD));
		pack_end(&pack);
		read_file(seen, &pack);
		assert_int_equal(seen->report.objects, 2);
		assert_int_equal(seen->report.offset, bad);
		assert_non_null(strstr(seen->report.problem, "fits its base"));
		silt_buffer_done(&pack);
	}
}

static void a_pack_cut_anywhere_gives_what_is_there(void **state)
{
	struct seen *seen = *state;
	struct silt_buffer pack = {0};
	pack_begin(&pack, 2);
	size_t hello = pack_object(&pack, 3, SILT_LITERAL("hello\n"));
	pack_ofs_delta(&pack, hello, BYTES(WORLD));
	for (size_t len = 12; len < pack.len; len++) {
		struct silt_buffer cut = {0};
		silt_buffer_add(&cut, silt_bytes_slice(silt_buffer_bytes(&pack), 0, len));
		read_file(seen, &cut);
		assert_non_null(seen->report.problem);
		assert_false(seen->report.limit != SILT_LIMIT_NONE);
		assert_true(seen->report.objects <= 1);
		silt_buffer_done(&cut);
	}
	silt_buffer_done(&pack);
}

static void a_count_that_cannot_be_is_a_problem(void **state)
{
	struct seen *seen = *state;
	struct silt_buffer pack = {0};
	const uint8_t header[] = {'P', 'A', 'C', 'K', 0, 0, 0, 2, 255, 255, 255, 255};
	silt_buffer_add(&pack, silt_bytes(header, sizeof(header)));
	pack_object(&pack, 3, SILT_LITERAL("hello\n"));
	pack_end(&pack);
	read_file(seen, &pack);
	assert_int_equal(seen->report.objects, 1);
	assert_non_null(seen->report.problem);
	silt_buffer_done(&pack);
}

static void the_budget_ends_the_reading(void **state)
{
	struct seen *seen = *state;
	struct silt_buffer pack = {0};
	pack_begin(&pack, 3);
	size_t hello = pack_object(&pack, 3, SILT_LITERAL("hello\n"));
	pack_object(&pack, 3, SILT_LITERAL("other\n"));
	pack_ofs_delta(&pack, hello, BYTES(WORLD));
	pack_end(&pack);
	seen->budget = 11;
	read_file(seen, &pack);
	assert_true(seen->report.limit != SILT_LIMIT_NONE);
	assert_int_equal(seen->report.objects, 1);
	silt_buffer_done(&pack);
}

static void work_that_comes_to_nothing_is_charged(void **state)
{
	(void)state;
	struct silt_error err = {0};
	struct silt_git *git = NULL;
	struct silt_git_object object;
	struct silt_buffer pack = {0};
	bool more = true;
	uint64_t budget = 1000;
	pack_begin(&pack, 2);
	size_t hello = pack_object(&pack, 3, SILT_LITERAL("hello\n"));
	pack_ofs_delta(&pack, hello, BYTES(6, 12, 0x90, 6, 0x90, 6, 0)); /* copy, copy, and then what does not exist */
	pack_end(&pack);
	assert_int_equal(silt_git_new(NULL, &git, &err), SILT_OK);
	silt_git_begin(git, silt_buffer_bytes(&pack), &budget);
	while (more) {
		assert_int_equal(silt_git_next(git, &object, &more, &err), SILT_OK);
	}
	/* The base twice, the delta twice, and the twelve bytes that it made. */
	assert_int_equal(budget, 1000 - 2 * 6 - 2 * 7 - 12);
	silt_git_free(git);
	silt_buffer_done(&pack);
}

/* Every delta doubles; the chain says it makes 2^40 bytes. */
static void a_chain_of_doublings_is_bounded(void **state)
{
	struct seen *seen = *state;
	struct silt_buffer pack = {0}, first = {0};
	for (size_t i = 0; i < 65536; i++) {
		silt_buffer_add_byte(&first, 'x');
	}
	pack_begin(&pack, 1);
	size_t at = pack_object(&pack, 3, silt_buffer_bytes(&first));
	assert_true(pack.len < 128);
	uint64_t size = 65536;
	for (int i = 0; i < 24; i++) {
		struct silt_buffer delta = {0};
		for (int which = 0; which < 2; which++) {
			uint64_t left = size << which;
			for (; left > 0x7f; left >>= 7) {
				silt_buffer_add_byte(&delta, (uint8_t)(left | 0x80));
			}
			silt_buffer_add_byte(&delta, (uint8_t)left);
		}
		for (uint64_t copied = 0; copied < 2 * size; copied += 65536) {
			silt_buffer_add_byte(&delta, 0x80); /* copy(0, 65536) */
		}
		at = pack_ofs_delta(&pack, at, silt_buffer_bytes(&delta));
		silt_buffer_done(&delta);
		pack.ptr[11]++;
		size *= 2;
		if (size > silt_default_limits.value[SILT_LIMIT_GIT_OBJECT_BYTES]) {
			break;
		}
	}
	pack_end(&pack);
	seen->budget = 64 * 1024 * 1024;
	read_file(seen, &pack);
	assert_true(seen->report.limit != SILT_LIMIT_NONE);
	assert_true(seen->text.len <= seen->budget + 4096);
	silt_buffer_done(&pack);
	silt_buffer_done(&first);
}

/* ---- Loose objects ---------------------------------------------------------------------------------------------------- */

static void read_loose(struct seen *seen, struct silt_bytes text)
{
	struct silt_buffer file = {0};
	add_deflate(&file, text, true);
	read_file(seen, &file);
	silt_buffer_done(&file);
}

static void a_loose_object_is_given(void **state)
{
	struct seen *seen = *state;
	read_loose(seen, SILT_LITERAL("blob 6\0hello\n"));
	assert_null(seen->report.problem);
	assert_string_equal(silt_buffer_text(&seen->text), "blob ce013625 hello\n|");
}

static void what_has_no_header_of_an_object_is_none(void **state)
{
	struct seen *seen = *state;
	const struct silt_bytes wrong[] = {
		SILT_LITERAL("hello"),
		SILT_LITERAL("blob 5\0hello\n"),
		SILT_LITERAL("blob \0hello\n"),
		SILT_LITERAL("blob x6\0hello\n"),
		SILT_LITERAL("bulb 6\0hello\n"),
		SILT_LITERAL("blob6\0hello\n"),
		SILT_LITERAL("blob 99999999999999999999\0hello\n"),
	};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		read_loose(seen, wrong[i]);
		assert_non_null(seen->report.problem);
		assert_int_equal(seen->report.objects, 0);
	}
}

static void loose_objects_are_known_by_what_is_in_them(void **state)
{
	(void)state;
	struct silt_buffer object = {0}, other = {0};
	add_deflate(&object, SILT_LITERAL("tree 0\0"), true);
	add_deflate(&other, SILT_LITERAL("anything else"), true);
	assert_true(silt_git_is_loose(silt_buffer_bytes(&object)));
	assert_false(silt_git_is_loose(silt_buffer_bytes(&other)));
	assert_false(silt_git_is_loose(silt_bytes_slice(silt_buffer_bytes(&object), 0, 3)));
	assert_false(silt_git_is_loose(BYTES(0x78, 0x02, 0)));
	assert_false(silt_git_is_loose(BYTES(0x1f, 0x8b)));
	assert_false(silt_git_is_loose(SILT_LITERAL("")));
	silt_buffer_done(&object);
	silt_buffer_done(&other);
}

static void a_reader_reads_one_file_after_the_other(void **state)
{
	(void)state;
	struct silt_error err = {0};
	struct silt_git *git = NULL;
	struct silt_buffer pack = {0};
	pack_begin(&pack, 2);
	size_t hello = pack_object(&pack, 3, SILT_LITERAL("hello\n"));
	pack_ofs_delta(&pack, hello, BYTES(WORLD));
	pack_end(&pack);
	assert_int_equal(silt_git_new(NULL, &git, &err), SILT_OK);
	for (size_t asked = 1; asked < 5; asked++) {
		struct silt_git_object object = {0};
		bool more = true;
		uint64_t budget = UINT64_MAX;
		silt_git_begin(git, silt_buffer_bytes(&pack), &budget);
		for (size_t i = 0; i < asked && more; i++) {
			assert_int_equal(silt_git_next(git, &object, &more, &err), SILT_OK);
		}
		assert_int_equal(more, asked <= 2);
		assert_int_equal(silt_git_report(git)->objects, asked < 2 ? asked : 2);
	}
	silt_git_free(git);
	silt_buffer_done(&pack);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(objects_that_are_whole_are_given_with_their_ids, begin, end),
		cmocka_unit_test_setup_teardown(deltas_are_resolved_along_their_chain, begin, end),
		cmocka_unit_test_setup_teardown(a_base_may_stand_behind_its_delta, begin, end),
		cmocka_unit_test_setup_teardown(a_delta_without_its_base_is_a_problem, begin, end),
		cmocka_unit_test_setup_teardown(deltas_that_do_not_fit_are_a_problem_and_the_rest_is_given, begin, end),
		cmocka_unit_test_setup_teardown(a_pack_cut_anywhere_gives_what_is_there, begin, end),
		cmocka_unit_test_setup_teardown(a_count_that_cannot_be_is_a_problem, begin, end),
		cmocka_unit_test_setup_teardown(the_budget_ends_the_reading, begin, end),
		cmocka_unit_test(work_that_comes_to_nothing_is_charged),
		cmocka_unit_test_setup_teardown(a_chain_of_doublings_is_bounded, begin, end),
		cmocka_unit_test_setup_teardown(a_loose_object_is_given, begin, end),
		cmocka_unit_test_setup_teardown(what_has_no_header_of_an_object_is_none, begin, end),
		cmocka_unit_test(loose_objects_are_known_by_what_is_in_them),
		cmocka_unit_test(a_reader_reads_one_file_after_the_other),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
