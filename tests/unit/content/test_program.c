/* What a file is as a program, by its first bytes: ELF files of every class and byte order, made by hand. */
#include "base/attributes.h"
#include "content/elf.h"
#include "content/program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { SEGMENTS_AT = 64, NOTES_AT = 0x200, INTERPRETER_AT = 0x300, FILE_LEN = 0x400 };

/* A file under construction. Places are those of elf(5). */
struct elf_file {
	uint8_t bytes[FILE_LEN];
	bool wide, big_endian;
	size_t segments;
};

static void put(struct elf_file *file, size_t at, size_t width, uint64_t value)
{
	for (size_t i = 0; i < width; i++) {
		file->bytes[at + (file->big_endian ? width - 1 - i : i)] = (uint8_t)(value >> 8 * i);
	}
}

static struct elf_file begin(bool wide, bool big_endian, unsigned type, uint64_t entry)
{
	struct elf_file file = {.wide = wide, .big_endian = big_endian};
	const uint8_t ident[] = {0x7f, 'E', 'L', 'F', wide ? 2 : 1, big_endian ? 2 : 1, 1};
	memcpy(file.bytes, ident, sizeof(ident));
	put(&file, 16, 2, type);
	put(&file, 24, wide ? 8 : 4, entry);
	put(&file, wide ? 32 : 28, wide ? 8 : 4, SEGMENTS_AT);
	put(&file, wide ? 54 : 42, 2, wide ? 56 : 32);
	return file;
}

static void add_segment(struct elf_file *file, uint32_t type, uint64_t offset, uint64_t len, uint64_t alignment)
{
	size_t word = file->wide ? 8 : 4, at = SEGMENTS_AT + file->segments++ * (file->wide ? 56 : 32);
	put(file, at, 4, type);
	put(file, at + (file->wide ? 8 : 4), word, offset);
	put(file, at + (file->wide ? 32 : 16), word, len);
	put(file, at + (file->wide ? 48 : 28), word, alignment);
	put(file, file->wide ? 56 : 44, 2, file->segments);
}

static void add_interpreter(struct elf_file *file)
{
	static const char path[] = "/lib/ld.so.1";
	memcpy(file->bytes + INTERPRETER_AT, path, sizeof(path));
	add_segment(file, 3, INTERPRETER_AT, sizeof(path), 1);
}

static size_t put_note(struct elf_file *file, size_t at, uint32_t type, struct silt_bytes description, size_t alignment)
{
	put(file, at, 4, 4);
	put(file, at + 4, 4, description.len);
	put(file, at + 8, 4, type);
	memcpy(file->bytes + at + 12, "GNU", 4);
	memcpy(file->bytes + at + 16, description.ptr, description.len);
	return (at + 16 + description.len + alignment - 1) & ~(alignment - 1);
}

/* A note of the ABI, and the build id behind it. */
static void add_notes(struct elf_file *file, size_t alignment)
{
	size_t end = put_note(file, NOTES_AT, 1, SILT_LITERAL("abi tag......"), alignment);
	end = put_note(file, end, 3, SILT_LITERAL("build-id"), alignment);
	add_segment(file, 4, NOTES_AT, end - NOTES_AT, alignment);
}

/* Looks at the first `len` bytes in a block of their own, so that a sanitizer sees what is read behind them. */
static struct silt_program_seen look_at(const char *path, const void *bytes, size_t len)
{
	uint8_t *copy = malloc(len + 1);
	assert_non_null(copy);
	memcpy(copy, bytes, len);
	uint8_t *exact = realloc(copy, len > 0 ? len : 1);
	assert_non_null(exact);
	struct silt_program_seen seen = silt_program_look(silt_bytes_text(path), silt_bytes(exact, len));
	static uint8_t kept[2][SILT_PROGRAM_HEAD];
	if (seen.interpreter.len > 0) {
		memcpy(kept[0], seen.interpreter.ptr, seen.interpreter.len);
	}
	if (seen.build_id.len > 0) {
		memcpy(kept[1], seen.build_id.ptr, seen.build_id.len);
	}
	seen.interpreter.ptr = kept[0];
	seen.build_id.ptr = kept[1];
	free(exact);
	return seen;
}

static enum silt_program_kind kind_of(const char *path, const struct elf_file *file)
{
	return look_at(path, file->bytes, FILE_LEN).kind;
}

static void assert_text(struct silt_bytes bytes, const char *text)
{
	assert_true(silt_bytes_equal(bytes, silt_bytes_text(text)));
}

static void both_classes_and_byte_orders_are_read(void **state)
{
	(void)state;
	for (int i = 0; i < 4; i++) {
		struct elf_file file = begin(i & 1, i & 2, SILT_ELF_EXECUTABLE, 0x400000);
		add_interpreter(&file);
		add_notes(&file, 4);
		struct silt_program_seen seen = look_at("bin/x", file.bytes, FILE_LEN);
		assert_int_equal(seen.kind, SILT_PROGRAM_DYNAMIC);
		assert_text(seen.interpreter, "/lib/ld.so.1");
		assert_text(seen.build_id, "build-id");
	}
}

static void a_build_id_behind_a_wider_aligned_note_is_found(void **state)
{
	(void)state;
	struct elf_file file = begin(true, false, SILT_ELF_EXECUTABLE, 1);
	add_notes(&file, 8);
	assert_text(look_at("x", file.bytes, FILE_LEN).build_id, "build-id");
}

static void a_program_without_interpreter_is_static(void **state)
{
	(void)state;
	struct elf_file file = begin(true, false, SILT_ELF_EXECUTABLE, 0x400000);
	add_segment(&file, 1, 0, FILE_LEN, 4096);
	assert_int_equal(kind_of("bin/x", &file), SILT_PROGRAM_STATIC);
}

static void a_static_program_loaded_anywhere_is_no_library(void **state)
{
	(void)state;
	struct elf_file program = begin(true, false, SILT_ELF_SHARED, 0x1000);
	struct elf_file library = begin(true, false, SILT_ELF_SHARED, 0);
	assert_int_equal(kind_of("bin/x", &program), SILT_PROGRAM_STATIC);
	assert_int_equal(kind_of("bin/x", &library), SILT_PROGRAM_LIBRARY);
	static const char *const names[] = {"lib/libx.so", "lib/libx.so.1.2", "lib/x.node"};
	for (size_t i = 0; i < SILT_COUNT(names); i++) {
		assert_int_equal(kind_of(names[i], &program), SILT_PROGRAM_LIBRARY);
	}
	add_interpreter(&program);
	assert_int_equal(kind_of("lib/libc.so.6", &program), SILT_PROGRAM_DYNAMIC);
}

static void objects_and_core_dumps_are_told(void **state)
{
	(void)state;
	struct elf_file object = begin(true, false, SILT_ELF_RELOCATABLE, 0),
			core = begin(false, true, SILT_ELF_CORE, 0);
	struct elf_file other = begin(true, false, 0xfe00, 1);
	assert_int_equal(kind_of("x.o", &object), SILT_PROGRAM_OBJECT);
	assert_int_equal(kind_of("core", &core), SILT_PROGRAM_CORE);
	assert_int_equal(kind_of("x", &other), SILT_PROGRAM_NONE);
}

static void what_is_no_elf_header_is_no_program(void **state)
{
	(void)state;
	struct elf_file file = begin(true, false, SILT_ELF_EXECUTABLE, 1);
	for (size_t len = 0; len < SEGMENTS_AT; len++) {
		assert_int_equal(look_at("x", file.bytes, len).kind, SILT_PROGRAM_NONE);
	}
	assert_int_equal(look_at("x", file.bytes, SEGMENTS_AT).kind, SILT_PROGRAM_STATIC);
	file.bytes[4] = 3;
	assert_int_equal(kind_of("x", &file), SILT_PROGRAM_NONE);
	file.bytes[4] = 2;
	file.bytes[5] = 0;
	assert_int_equal(kind_of("x", &file), SILT_PROGRAM_NONE);
}

/* Every number of every header, one after the other, set to what hurts most. */
static void numbers_that_lie_lead_nowhere(void **state)
{
	(void)state;
	static const uint64_t lies[] = {0,          1,         0x7fffffff,     0x80000000,
					0xffffffff, INT64_MAX, UINT64_MAX - 3, UINT64_MAX};
	for (size_t at = 16; at < INTERPRETER_AT; at++) {
		for (size_t i = 0; i < SILT_COUNT(lies); i++) {
			struct elf_file file = begin(at & 1, false, SILT_ELF_SHARED, 1);
			add_notes(&file, 4);
			add_interpreter(&file);
			put(&file, at, 8, lies[i]);
			struct silt_program_seen seen = look_at("x", file.bytes, FILE_LEN);
			assert_true(seen.interpreter.len <= FILE_LEN && seen.build_id.len <= FILE_LEN);
		}
	}
}

static void headers_of_another_size_are_not_believed(void **state)
{
	(void)state;
	struct elf_file file = begin(true, false, SILT_ELF_EXECUTABLE, 1);
	add_interpreter(&file);
	put(&file, 54, 2, 55);
	assert_int_equal(kind_of("x", &file), SILT_PROGRAM_STATIC);
}

static void an_interpreter_beyond_the_start_is_still_one(void **state)
{
	(void)state;
	struct elf_file file = begin(true, false, SILT_ELF_SHARED, 1);
	add_segment(&file, 3, 1 << 20, 28, 1);
	struct silt_program_seen seen = look_at("x", file.bytes, FILE_LEN);
	assert_int_equal(seen.kind, SILT_PROGRAM_DYNAMIC);
	assert_int_equal(seen.interpreter.len, 0);
}

static void a_script_names_its_interpreter(void **state)
{
	(void)state;
	static const struct {
		struct silt_bytes body;
		const char *interpreter;
	} cases[] = {
		{SILT_LITERAL_INIT("#!/bin/sh\nx"), "/bin/sh"},
		{SILT_LITERAL_INIT("#! /usr/bin/env  -S python3 \n"), "/usr/bin/env  -S python3"},
		{SILT_LITERAL_INIT("#!/bin/sh\r\n"), "/bin/sh\r"},
		{SILT_LITERAL_INIT("#!/bin/sh"), "/bin/sh"},
		{SILT_LITERAL_INIT("#!\n/bin/sh"), ""},
		{SILT_LITERAL_INIT("#!"), ""},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		struct silt_program_seen seen = look_at("x", cases[i].body.ptr, cases[i].body.len);
		assert_int_equal(seen.kind, SILT_PROGRAM_SCRIPT);
		assert_text(seen.interpreter, cases[i].interpreter);
	}
	assert_int_equal(look_at("x", " #!/bin/sh", 10).kind, SILT_PROGRAM_NONE);
	assert_int_equal(look_at("x", "#", 1).kind, SILT_PROGRAM_NONE);
}

static void a_first_line_without_end_is_cut_where_linux_cuts(void **state)
{
	(void)state;
	size_t len = 1 << 20;
	uint8_t *body = malloc(len);
	assert_non_null(body);
	memset(body, 'a', len);
	memcpy(body, "#!", 2);
	assert_int_equal(look_at("x", body, len).interpreter.len, 254);
	free(body);
}

static void what_cannot_be_a_program_any_more_is_told(void **state)
{
	(void)state;
	assert_true(silt_program_may_be(SILT_LITERAL("")));
	assert_true(silt_program_may_be(SILT_LITERAL("\177E")));
	assert_true(silt_program_may_be(SILT_LITERAL("#")));
	assert_true(silt_program_may_be(SILT_LITERAL("#!/bin/sh")));
	assert_false(silt_program_may_be(SILT_LITERAL("# comment")));
	assert_false(silt_program_may_be(SILT_LITERAL("\177ELG")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_classes_and_byte_orders_are_read),
		cmocka_unit_test(a_build_id_behind_a_wider_aligned_note_is_found),
		cmocka_unit_test(a_program_without_interpreter_is_static),
		cmocka_unit_test(a_static_program_loaded_anywhere_is_no_library),
		cmocka_unit_test(objects_and_core_dumps_are_told),
		cmocka_unit_test(what_is_no_elf_header_is_no_program),
		cmocka_unit_test(numbers_that_lie_lead_nowhere),
		cmocka_unit_test(headers_of_another_size_are_not_believed),
		cmocka_unit_test(an_interpreter_beyond_the_start_is_still_one),
		cmocka_unit_test(a_script_names_its_interpreter),
		cmocka_unit_test(a_first_line_without_end_is_cut_where_linux_cuts),
		cmocka_unit_test(what_cannot_be_a_program_any_more_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
