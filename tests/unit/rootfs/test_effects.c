/* What a layer adds, changes, deletes and hides. */
#include "unit/rootfs/stack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

/* "+1 ~2 -3, 4 bytes more, 5 hidden": added, changed, deleted. Valid until the next answer. */
static const char *effect_of(struct stack *stack, size_t layer)
{
	const struct silt_layer_effect *effect = silt_rootfs_effect(rootfs_of(stack), layer);
	snprintf(stack->text, sizeof(stack->text), "+%d ~%d -%d, %d bytes more, %d hidden", (int)effect->added,
		 (int)effect->changed, (int)effect->deleted, (int)effect->bytes_added, (int)effect->bytes_hidden);
	return stack->text;
}

static void file_of(struct stack *stack, const char *path, uint64_t size)
{
	struct silt_place place = file(stack, path);
	stack->records[place.layer]->entries[place.entry].size = size;
}

static void a_layer_adds_changes_and_deletes_files_and_no_directories(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	dir(&s, "etc");
	file_of(&s, "etc/passwd", 100);
	file_of(&s, "etc/shadow", 30);
	symlink_to(&s, "etc/mtab", "/proc/mounts");
	next_layer(&s);
	dir(&s, "etc");
	file_of(&s, "etc/passwd", 120);
	file_of(&s, "etc/.wh.shadow", 0);
	file_of(&s, "opt/app/run", 7);
	assert_string_equal(effect_of(&s, 0), "+3 ~0 -0, 130 bytes more, 0 hidden");
	assert_string_equal(effect_of(&s, 1), "+1 ~1 -1, 127 bytes more, 130 hidden");
	stack_done(&s);
}

static void what_a_deleted_directory_held_is_deleted(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file_of(&s, "var/lib/a", 1);
	file_of(&s, "var/lib/b/c", 2);
	file_of(&s, "srv/d", 4);
	next_layer(&s);
	file(&s, "var/.wh.lib");
	file(&s, "srv/.wh..wh..opq");
	file_of(&s, "srv/d", 8);
	assert_string_equal(effect_of(&s, 1), "+0 ~1 -2, 8 bytes more, 7 hidden");
	stack_done(&s);
}

static void a_file_in_place_of_a_directory_is_added_and_a_directory_in_place_of_a_file_deletes_it(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file_of(&s, "a/b", 1);
	file_of(&s, "c", 2);
	next_layer(&s);
	file_of(&s, "a", 4);
	dir(&s, "c");
	assert_string_equal(effect_of(&s, 1), "+1 ~0 -2, 4 bytes more, 3 hidden");
	stack_done(&s);
}

static void content_that_a_hardlink_still_shows_is_not_hidden(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file_of(&s, "a", 5);
	hardlink(&s, "b", "a");
	next_layer(&s);
	file(&s, ".wh.a");
	next_layer(&s);
	file(&s, ".wh.b");
	assert_string_equal(effect_of(&s, 0), "+2 ~0 -0, 5 bytes more, 0 hidden");
	assert_string_equal(effect_of(&s, 1), "+0 ~0 -1, 0 bytes more, 0 hidden");
	assert_string_equal(effect_of(&s, 2), "+0 ~0 -1, 0 bytes more, 5 hidden");
	stack_done(&s);
}

static void what_a_layer_replaces_of_its_own_counts_once(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file_of(&s, "a", 5);
	file_of(&s, "a", 6);
	absent_layer(&s);
	assert_string_equal(effect_of(&s, 0), "+1 ~0 -0, 6 bytes more, 0 hidden");
	assert_string_equal(effect_of(&s, 1), "+0 ~0 -0, 0 bytes more, 0 hidden");
	stack_done(&s);
}

static bool is_remade(struct stack *s, const char *path, struct silt_fate_of *why)
{
	return silt_rootfs_remade(rootfs_of(s), silt_bytes_text(path), why);
}

static void a_directory_that_a_layer_takes_away_and_needs_again_is_remade(void **state)
{
	(void)state;
	struct stack s = {0};
	struct silt_fate_of why;
	next_layer(&s);
	file(&s, "a/in/x");
	file(&s, "masked/in/x");
	file(&s, "file/x");
	file(&s, "kept/x");
	dir(&s, "own");
	next_layer(&s);
	file(&s, "a/in/y");
	const struct silt_place mark = file(&s, ".wh.a");
	const struct silt_place opaque = file(&s, "masked/.wh..wh..opq");
	file(&s, "masked/in/y");
	const struct silt_place stood = file(&s, "file");
	file(&s, "file/y");
	file(&s, "kept/.wh.x");
	file(&s, "kept/y");
	file(&s, ".wh.own");
	dir(&s, "own");
	assert_true(is_remade(&s, "a", &why));
	assert_int_equal(why.fate, SILT_FATE_DELETED);
	assert_int_equal(why.cause.entry, mark.entry);
	assert_true(is_remade(&s, "a/in", &why));
	assert_int_equal(why.cause.layer, 1);
	assert_int_equal(why.cause.entry, mark.entry);
	assert_true(is_remade(&s, "masked/in", &why));
	assert_int_equal(why.fate, SILT_FATE_MASKED);
	assert_int_equal(why.cause.entry, opaque.entry);
	assert_true(is_remade(&s, "file", &why));
	assert_int_equal(why.fate, SILT_FATE_OVERWRITTEN);
	assert_int_equal(why.cause.entry, stood.entry);
	assert_false(is_remade(&s, "masked", &why));
	assert_false(is_remade(&s, "kept", &why));
	assert_false(is_remade(&s, "own", &why));
	assert_false(is_remade(&s, "a/in/y", &why));
	assert_false(is_remade(&s, "nothing", &why));
	stack_done(&s);
}

static void only_the_last_layer_remade_a_directory(void **state)
{
	(void)state;
	struct stack s = {0};
	struct silt_fate_of why;
	next_layer(&s);
	file(&s, "a/x");
	next_layer(&s);
	file(&s, ".wh.a");
	file(&s, "a/y");
	absent_layer(&s);
	assert_false(is_remade(&s, "a", &why));
	stack_done(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_layer_adds_changes_and_deletes_files_and_no_directories),
		cmocka_unit_test(what_a_deleted_directory_held_is_deleted),
		cmocka_unit_test(a_file_in_place_of_a_directory_is_added_and_a_directory_in_place_of_a_file_deletes_it),
		cmocka_unit_test(content_that_a_hardlink_still_shows_is_not_hidden),
		cmocka_unit_test(what_a_layer_replaces_of_its_own_counts_once),
		cmocka_unit_test(a_directory_that_a_layer_takes_away_and_needs_again_is_remade),
		cmocka_unit_test(only_the_last_layer_remade_a_directory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
