/* Entries over entries: what replaces what, and what becomes of what was there. */
#include "unit/rootfs/stack.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void an_entry_alone_is_visible_and_its_parents_are_implied(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place key = file(&s, "root/.ssh/id_rsa");
	assert_string_equal(tree_of(&s), "root/ root/.ssh/ root/.ssh/id_rsa:0.0");
	assert_string_equal(fate_of(&s, key), "visible");
	stack_done(&s);
}

static void a_directory_entry_gives_an_implied_directory_its_attributes(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "a/f");
	struct silt_place a = dir(&s, "a");
	assert_string_equal(tree_of(&s), "a:0.1 a/f:0.0");
	assert_string_equal(fate_of(&s, a), "visible");
	stack_done(&s);
}

static void a_later_layer_overwrites_a_file(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place old = file(&s, "app/key");
	next_layer(&s);
	struct silt_place new = file(&s, "app/key");
	assert_string_equal(tree_of(&s), "app/ app/key:1.0");
	assert_string_equal(fate_of(&s, old), "overwritten by 1.0");
	assert_string_equal(fate_of(&s, new), "visible");
	stack_done(&s);
}

static void a_directory_over_a_directory_keeps_the_children(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place old = dir(&s, "d");
	struct silt_place child = file(&s, "d/f");
	next_layer(&s);
	dir(&s, "d");
	assert_string_equal(tree_of(&s), "d:1.0 d/f:0.1");
	assert_string_equal(fate_of(&s, old), "overwritten by 1.0");
	assert_string_equal(fate_of(&s, child), "visible");
	stack_done(&s);
}

static void a_file_over_a_directory_masks_what_was_in_it(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place d = dir(&s, "d");
	struct silt_place e = dir(&s, "d/e");
	struct silt_place f = file(&s, "d/e/f");
	next_layer(&s);
	file(&s, "d");
	assert_string_equal(tree_of(&s), "d:1.0");
	assert_string_equal(fate_of(&s, d), "overwritten by 1.0");
	assert_string_equal(fate_of(&s, e), "masked by 1.0");
	assert_string_equal(fate_of(&s, f), "masked by 1.0");
	stack_done(&s);
}

static void a_symlink_over_a_directory_masks_what_was_in_it(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place f = file(&s, "d/f");
	next_layer(&s);
	symlink_to(&s, "d", "elsewhere");
	assert_string_equal(tree_of(&s), "d:1.0");
	assert_string_equal(fate_of(&s, f), "masked by 1.0");
	stack_done(&s);
}

static void a_directory_over_a_file_overwrites_it(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place old = file(&s, "x");
	next_layer(&s);
	dir(&s, "x");
	file(&s, "x/y");
	assert_string_equal(tree_of(&s), "x:1.0 x/y:1.1");
	assert_string_equal(fate_of(&s, old), "overwritten by 1.0");
	assert_string_equal(notes_of(&s), "");
	stack_done(&s);
}

static void a_directory_over_a_symlink_replaces_the_link(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place sh = file(&s, "usr/bin/sh");
	struct silt_place bin = symlink_to(&s, "bin", "usr/bin");
	next_layer(&s);
	dir(&s, "bin");
	assert_string_equal(tree_of(&s), "bin:1.0 usr/ usr/bin/ usr/bin/sh:0.0");
	assert_string_equal(fate_of(&s, bin), "overwritten by 1.0");
	assert_string_equal(fate_of(&s, sh), "visible");
	assert_string_equal(found(&s, "bin/sh", true), "nothing");
	stack_done(&s);
}

static void a_file_turned_directory_and_back_is_overwritten_twice(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place first = file(&s, "x");
	next_layer(&s);
	struct silt_place inner = file(&s, "x/key");
	next_layer(&s);
	struct silt_place last = file(&s, "x");
	assert_string_equal(tree_of(&s), "x:2.0");
	assert_string_equal(fate_of(&s, first), "overwritten by 1.0");
	assert_string_equal(notes_of(&s), "no parent 1.0");
	assert_string_equal(fate_of(&s, inner), "masked by 2.0");
	assert_string_equal(fate_of(&s, last), "visible");
	stack_done(&s);
}

static void of_duplicates_in_a_layer_the_last_wins(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place lower = file(&s, "f");
	next_layer(&s);
	struct silt_place first = file(&s, "f");
	struct silt_place second = file(&s, "f");
	struct silt_place d = dir(&s, "d");
	dir(&s, "d");
	assert_string_equal(tree_of(&s), "d:1.3 f:1.1");
	assert_string_equal(fate_of(&s, lower), "overwritten by 1.0");
	assert_string_equal(fate_of(&s, first), "shadowed by 1.1");
	assert_string_equal(fate_of(&s, second), "visible");
	assert_string_equal(fate_of(&s, d), "shadowed by 1.3");
	assert_string_equal(notes_of(&s), "");
	stack_done(&s);
}

static void a_file_over_a_directory_of_its_own_layer_shadows_what_was_in_it(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place lower = file(&s, "d/old");
	struct silt_place both = file(&s, "d/both");
	next_layer(&s);
	struct silt_place fresh = file(&s, "d/e/f");
	struct silt_place again = file(&s, "d/both");
	struct silt_place d = dir(&s, "d");
	file(&s, "d");
	assert_string_equal(tree_of(&s), "d:1.3");
	assert_string_equal(fate_of(&s, lower), "masked by 1.3");
	assert_string_equal(fate_of(&s, both), "overwritten by 1.1");
	assert_string_equal(fate_of(&s, fresh), "shadowed by 1.3");
	assert_string_equal(fate_of(&s, again), "shadowed by 1.3");
	assert_string_equal(fate_of(&s, d), "shadowed by 1.3");
	stack_done(&s);
}

static void a_directory_that_was_a_file_within_the_layer_has_lost_its_lower_children(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place old = file(&s, "d/e/f");
	next_layer(&s);
	struct silt_place d = file(&s, "d");
	struct silt_place new = file(&s, "d/e/g");
	assert_string_equal(tree_of(&s), "d/ d/e/ d/e/g:1.1");
	assert_string_equal(fate_of(&s, old), "masked by 1.0");
	assert_string_equal(fate_of(&s, d), "shadowed by 1.1");
	assert_string_equal(fate_of(&s, new), "visible");
	assert_string_equal(notes_of(&s), "no parent 1.1");
	stack_done(&s);
}

/* overlayfs shows d/old in such a case: the directory on top is an ordinary one. */
static void a_directory_that_the_layer_replaces_and_makes_again_is_noted(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	dir(&s, "d");
	struct silt_place old = file(&s, "d/old");
	next_layer(&s);
	symlink_to(&s, "d", "elsewhere");
	dir(&s, "d");
	dir(&s, "d");
	assert_string_equal(tree_of(&s), "d:1.2");
	assert_string_equal(fate_of(&s, old), "masked by 1.0");
	assert_string_equal(notes_of(&s), "made again 1.1");
	stack_done(&s);
}

static void a_directory_in_the_place_of_a_file_of_the_same_layer_needs_no_note(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "d");
	next_layer(&s);
	file(&s, "d");
	dir(&s, "d");
	assert_string_equal(tree_of(&s), "d:1.1");
	assert_string_equal(notes_of(&s), "");
	stack_done(&s);
}

static void a_file_in_the_place_of_a_parent_gives_way_with_a_note(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place old = file(&s, "a");
	next_layer(&s);
	file(&s, "a/b/c");
	file(&s, "a/b/d");
	assert_string_equal(tree_of(&s), "a/ a/b/ a/b/c:1.0 a/b/d:1.1");
	assert_string_equal(fate_of(&s, old), "overwritten by 1.0");
	assert_string_equal(notes_of(&s), "no parent 1.0");
	stack_done(&s);
}

static void a_file_that_becomes_a_directory_entry_needs_no_note_wherever_that_stands(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place old = file(&s, "a");
	next_layer(&s);
	file(&s, "a/b");
	dir(&s, "a");
	assert_string_equal(tree_of(&s), "a:1.1 a/b:1.0");
	assert_string_equal(fate_of(&s, old), "overwritten by 1.1");
	assert_string_equal(notes_of(&s), "");
	stack_done(&s);
}

static void a_name_that_is_the_start_of_another_is_another_name(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "foobar");
	file(&s, "foo/bar");
	next_layer(&s);
	file(&s, "foo");
	file(&s, ".wh.foob");
	assert_string_equal(tree_of(&s), "foo:1.0 foobar:0.0");
	stack_done(&s);
}

static void siblings_are_in_byte_order_and_parents_before_children(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "b");
	file(&s, "a-b");
	file(&s, "a/z");
	file(&s, "\xff");
	file(&s, "a/b");
	file(&s, "B");
	assert_string_equal(tree_of(&s), "B:0.5 a/ a/b:0.4 a/z:0.2 a-b:0.1 b:0.0 \xff:0.3");
	stack_done(&s);
}

static void an_entry_without_a_path_gives_the_root_its_attributes(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place first = dir(&s, "");
	file(&s, "f");
	next_layer(&s);
	struct silt_place second = dir(&s, "");
	assert_string_equal(tree_of(&s), "f:0.1");
	assert_string_equal(found(&s, "/", true), ":1.0");
	assert_string_equal(fate_of(&s, first), "overwritten by 1.0");
	assert_string_equal(fate_of(&s, second), "visible");
	stack_done(&s);
}

static void an_entry_that_says_the_root_is_a_file_changes_nothing_below(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "f");
	next_layer(&s);
	struct silt_place odd = file(&s, "");
	struct silt_place link = symlink_to(&s, "", "elsewhere");
	assert_string_equal(tree_of(&s), "f:0.0");
	assert_string_equal(found(&s, "", true), ":1.1>none");
	assert_string_equal(fate_of(&s, odd), "shadowed by 1.1");
	assert_string_equal(fate_of(&s, link), "visible");
	stack_done(&s);
}

static void the_root_without_an_entry_is_implied(void **state)
{
	(void)state;
	struct stack s = {0};
	assert_string_equal(found(&s, "/", true), "/");
	assert_string_equal(tree_of(&s), "");
	stack_done(&s);
}

static void an_absent_layer_counts_and_changes_nothing(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place old = file(&s, "f");
	absent_layer(&s);
	next_layer(&s);
	file(&s, "f");
	assert_string_equal(tree_of(&s), "f:2.0");
	assert_string_equal(fate_of(&s, old), "overwritten by 2.0");
	stack_done(&s);
}

static enum silt_status stop(void *ctx, struct silt_bytes path, const struct silt_node *node, struct silt_error *err)
{
	(void)node;
	(void)err;
	unsigned *calls = ctx;
	(*calls)++;
	return path.len > 0 ? SILT_ERR_STOPPED : SILT_OK;
}

static void a_walk_begins_with_the_root_and_stops_when_asked(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "a");
	file(&s, "b");
	unsigned calls = 0;
	assert_int_equal(silt_rootfs_walk(rootfs_of(&s), stop, &calls, NULL), SILT_ERR_STOPPED);
	assert_int_equal(calls, 2);
	stack_done(&s);
}

static void a_device_or_fifo_is_as_visible_as_its_name(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place null = entry(&s, SILT_ENTRY_CHAR_DEVICE, "dev/null", NULL);
	struct silt_place fifo = entry(&s, SILT_ENTRY_FIFO, "run/fifo", NULL);
	next_layer(&s);
	file(&s, "dev/.wh.null");
	assert_string_equal(fate_of(&s, null), "deleted by 1.0");
	assert_string_equal(fate_of(&s, fifo), "visible");
	assert_string_equal(tree_of(&s), "dev/ run/ run/fifo:0.1");
	stack_done(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_entry_alone_is_visible_and_its_parents_are_implied),
		cmocka_unit_test(a_directory_entry_gives_an_implied_directory_its_attributes),
		cmocka_unit_test(a_later_layer_overwrites_a_file),
		cmocka_unit_test(a_directory_over_a_directory_keeps_the_children),
		cmocka_unit_test(a_file_over_a_directory_masks_what_was_in_it),
		cmocka_unit_test(a_symlink_over_a_directory_masks_what_was_in_it),
		cmocka_unit_test(a_directory_over_a_file_overwrites_it),
		cmocka_unit_test(a_directory_over_a_symlink_replaces_the_link),
		cmocka_unit_test(a_file_turned_directory_and_back_is_overwritten_twice),
		cmocka_unit_test(of_duplicates_in_a_layer_the_last_wins),
		cmocka_unit_test(a_file_over_a_directory_of_its_own_layer_shadows_what_was_in_it),
		cmocka_unit_test(a_directory_that_was_a_file_within_the_layer_has_lost_its_lower_children),
		cmocka_unit_test(a_directory_that_the_layer_replaces_and_makes_again_is_noted),
		cmocka_unit_test(a_directory_in_the_place_of_a_file_of_the_same_layer_needs_no_note),
		cmocka_unit_test(a_file_in_the_place_of_a_parent_gives_way_with_a_note),
		cmocka_unit_test(a_file_that_becomes_a_directory_entry_needs_no_note_wherever_that_stands),
		cmocka_unit_test(a_name_that_is_the_start_of_another_is_another_name),
		cmocka_unit_test(siblings_are_in_byte_order_and_parents_before_children),
		cmocka_unit_test(an_entry_without_a_path_gives_the_root_its_attributes),
		cmocka_unit_test(an_entry_that_says_the_root_is_a_file_changes_nothing_below),
		cmocka_unit_test(the_root_without_an_entry_is_implied),
		cmocka_unit_test(an_absent_layer_counts_and_changes_nothing),
		cmocka_unit_test(a_walk_begins_with_the_root_and_stops_when_asked),
		cmocka_unit_test(a_device_or_fifo_is_as_visible_as_its_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
