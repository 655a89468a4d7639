/* Cleaning of archive names. */
#include "check.h"

#include "base/attributes.h"
#include "base/path.h"

struct row {
	struct silt_bytes raw, clean;
	unsigned flags;
};

#define ROW(raw, clean, flags)                                                                                         \
	{                                                                                                              \
		{(const uint8_t *)(raw), sizeof(raw) - 1}, {(const uint8_t *)(clean), sizeof(clean) - 1}, flags        \
	}

static const struct row rows[] = {
	ROW("", "", 0),
	ROW(".", "", 0),
	ROW("./", "", 0),
	ROW("/", "", SILT_PATH_ABSOLUTE),
	ROW("a", "a", 0),
	ROW("./a/b/", "a/b", 0),
	ROW("/a//b/./c", "a/b/c", SILT_PATH_ABSOLUTE),
	ROW("a/../b", "b", SILT_PATH_DOTDOT),
	ROW("a/b/..", "a", SILT_PATH_DOTDOT),
	ROW("a/..", "", SILT_PATH_DOTDOT),
	ROW("..", "", SILT_PATH_DOTDOT | SILT_PATH_ESCAPES),
	ROW("../../etc/passwd", "etc/passwd", SILT_PATH_DOTDOT | SILT_PATH_ESCAPES),
	ROW("a/../../b", "b", SILT_PATH_DOTDOT | SILT_PATH_ESCAPES),
	ROW("/../b", "b", SILT_PATH_ABSOLUTE | SILT_PATH_DOTDOT | SILT_PATH_ESCAPES),
	ROW("a...", "a...", 0),
	ROW("..a/.b/...", "..a/.b/...", 0),
	ROW("a\0b/c", "a\0b/c", SILT_PATH_NUL),
	ROW("usr/share/d\0c/file", "usr/share/d\0c/file", SILT_PATH_NUL),
	ROW("usr/share/doc/file\0", "usr/share/doc/file\0", SILT_PATH_NUL),
	ROW("a\\..\\b", "a\\..\\b", 0),
	ROW("\xFF/\n", "\xFF/\n", 0),
};

static void names_are_cleaned_as_docker_does(void **state)
{
	(void)state;
	for (size_t i = 0; i < SILT_COUNT(rows); i++) {
		uint8_t out[64];
		unsigned flags = 0xFFFF;
		assert_span(silt_bytes(out, silt_path_clean(rows[i].raw, out, &flags)), rows[i].clean);
		assert_int_equal(flags, rows[i].flags);
	}
}

static void cleaning_in_place_gives_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < SILT_COUNT(rows); i++) {
		uint8_t out[64];
		unsigned flags;
		if (rows[i].raw.len > 0) {
			memcpy(out, rows[i].raw.ptr, rows[i].raw.len);
		}
		struct silt_bytes raw = silt_bytes(out, rows[i].raw.len);
		assert_span(silt_bytes(out, silt_path_clean(raw, out, &flags)), rows[i].clean);
		assert_int_equal(flags, rows[i].flags);
	}
}

static void a_clean_name_stays_as_it_is(void **state)
{
	(void)state;
	for (size_t i = 0; i < SILT_COUNT(rows); i++) {
		uint8_t out[64];
		unsigned flags;
		assert_span(silt_bytes(out, silt_path_clean(rows[i].clean, out, &flags)), rows[i].clean);
		assert_int_equal(flags & ~(unsigned)SILT_PATH_NUL, 0);
	}
}

/* Component by component, as the specification of silt_path_clean says. */
static size_t clean_naively(struct silt_bytes raw, uint8_t *out)
{
	size_t len = 0;
	struct silt_bytes component;
	while (silt_bytes_cut(&raw, '/', &component)) {
		if (silt_bytes_equal(component, SILT_LITERAL(".."))) {
			while (len > 0 && out[--len] != '/') {
			}
		} else if (component.len > 0 && !silt_bytes_equal(component, SILT_LITERAL("."))) {
			out[len] = '/';
			len += len > 0;
			memcpy(out + len, component.ptr, component.len);
			len += component.len;
		}
	}
	return len;
}

/* Clean names take a shorter way, eight bytes at a time: every name of these letters, at every place of the eight. */
static void every_short_name_is_cleaned_as_its_components_say(void **state)
{
	(void)state;
	enum { LETTERS = 7, FRONT = 9 };
	size_t names = 1;
	for (size_t i = 0; i < LETTERS; i++) {
		names *= 3;
	}
	for (size_t name = 0; name < names; name++) {
		for (size_t front = 0; front <= FRONT; front++) {
			uint8_t raw[FRONT + LETTERS], out[FRONT + LETTERS], naive[FRONT + LETTERS];
			memset(raw, 'x', front);
			for (size_t i = 0, rest = name; i < LETTERS; i++, rest /= 3) {
				raw[front + i] = (uint8_t) "a./"[rest % 3];
			}
			const struct silt_bytes whole = silt_bytes(raw, front + LETTERS);
			unsigned flags;
			assert_span(silt_bytes(out, silt_path_clean(whole, out, &flags)),
				    silt_bytes(naive, clean_naively(whole, naive)));
		}
	}
}

static void components_come_one_by_one(void **state)
{
	(void)state;
	struct silt_bytes rest = SILT_LITERAL("a/bc/d"), component;
	assert_true(silt_path_next(&rest, &component));
	assert_bytes(component, "a");
	assert_true(silt_path_next(&rest, &component));
	assert_bytes(component, "bc");
	assert_true(silt_path_next(&rest, &component));
	assert_bytes(component, "d");
	assert_false(silt_path_next(&rest, &component));
	rest = silt_bytes(NULL, 0);
	assert_false(silt_path_next(&rest, &component));
}

static void components_that_begin_with_a_dot_are_found_alone(void **state)
{
	(void)state;
	struct silt_bytes path = SILT_LITERAL(".a/b.c/..d/e./.f"), component;
	static const struct {
		const char *component;
		size_t end;
	} hidden[] = {{".a", 2}, {"..d", 10}, {".f", 16}};
	size_t at = 0;
	for (size_t i = 0; i < SILT_COUNT(hidden); i++) {
		assert_true(silt_path_next_hidden(path, &at, &component));
		assert_span(component, silt_bytes_text(hidden[i].component));
		assert_int_equal(at, hidden[i].end);
	}
	assert_false(silt_path_next_hidden(path, &at, &component));
	at = 0;
	assert_false(silt_path_next_hidden(SILT_LITERAL("a.b/c."), &at, &component));
	at = 0;
	assert_false(silt_path_next_hidden(silt_bytes(NULL, 0), &at, &component));
}

static void a_name_is_joined_to_a_folder(void **state)
{
	(void)state;
	static const char *joined[][3] = {{"a/b", "c", "a/b/c"}, {"", "c", "c"}, {"a", "", "a"}, {"", "", ""}};
	struct silt_buffer out = {0};
	for (size_t i = 0; i < SILT_COUNT(joined); i++) {
		struct silt_bytes path =
			silt_path_join(&out, silt_bytes_text(joined[i][0]), silt_bytes_text(joined[i][1]));
		assert_span(path, silt_bytes_text(joined[i][2]));
	}
	silt_buffer_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_cleaned_as_docker_does),
		cmocka_unit_test(cleaning_in_place_gives_the_same),
		cmocka_unit_test(a_clean_name_stays_as_it_is),
		cmocka_unit_test(every_short_name_is_cleaned_as_its_components_say),
		cmocka_unit_test(components_come_one_by_one),
		cmocka_unit_test(components_that_begin_with_a_dot_are_found_alone),
		cmocka_unit_test(a_name_is_joined_to_a_folder),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
