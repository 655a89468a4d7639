/* Hardlinks: names that show the content of another name. */
#include "unit/rootfs/stack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static void a_hardlink_shows_the_content_of_its_target(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place a = file(&s, "a");
	struct silt_place b = hardlink(&s, "d/b", "a");
	assert_string_equal(tree_of(&s), "a:0.0 d/ d/b:0.1>0.0");
	assert_string_equal(fate_of(&s, a), "visible");
	assert_string_equal(fate_of(&s, b), "visible");
	stack_done(&s);
}

static void content_stays_visible_under_its_other_name_when_the_first_is_deleted(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place a = file(&s, "a");
	struct silt_place b = hardlink(&s, "b", "a");
	next_layer(&s);
	file(&s, ".wh.a");
	assert_string_equal(tree_of(&s), "b:0.1>0.0");
	assert_string_equal(fate_of(&s, a), "visible");
	assert_string_equal(fate_of(&s, b), "visible");
	stack_done(&s);
}

static void content_goes_with_its_last_name(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place a = file(&s, "a");
	struct silt_place b = hardlink(&s, "b", "a");
	next_layer(&s);
	file(&s, ".wh.a");
	next_layer(&s);
	file(&s, "b");
	assert_string_equal(tree_of(&s), "b:2.0");
	assert_string_equal(fate_of(&s, a), "overwritten by 2.0");
	assert_string_equal(fate_of(&s, b), "overwritten by 2.0");
	stack_done(&s);
}

static void a_deleted_hardlink_leaves_the_content_under_the_first_name(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place a = file(&s, "a");
	struct silt_place b = hardlink(&s, "b", "a");
	next_layer(&s);
	file(&s, ".wh.b");
	assert_string_equal(tree_of(&s), "a:0.0");
	assert_string_equal(fate_of(&s, a), "visible");
	assert_string_equal(fate_of(&s, b), "deleted by 1.0");
	stack_done(&s);
}

static void content_that_loses_all_names_in_one_layer_has_the_most_exposed_fate(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place a = file(&s, "a");
	hardlink(&s, "b", "a");
	hardlink(&s, "d/c", "a");
	next_layer(&s);
	file(&s, ".wh.a");
	file(&s, "b");
	file(&s, "d/.wh..wh..opq");
	assert_string_equal(tree_of(&s), "b:1.1 d/");
	assert_string_equal(fate_of(&s, a), "deleted by 1.0");
	stack_done(&s);
}

static void a_hardlink_may_name_a_file_of_a_lower_layer(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place a = file(&s, "a");
	next_layer(&s);
	hardlink(&s, "b", "a");
	next_layer(&s);
	file(&s, ".wh.a");
	assert_string_equal(tree_of(&s), "b:1.0>0.0");
	assert_string_equal(fate_of(&s, a), "visible");
	assert_string_equal(notes_of(&s), "");
	stack_done(&s);
}

static void a_hardlink_to_a_name_that_its_layer_whites_out_keeps_the_content(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place a = file(&s, "a");
	next_layer(&s);
	file(&s, ".wh.a");
	hardlink(&s, "b", "a");
	assert_string_equal(tree_of(&s), "b:1.1>0.0");
	assert_string_equal(fate_of(&s, a), "visible");
	stack_done(&s);
}

static void a_hardlink_shows_the_target_of_its_moment(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place old = file(&s, "a");
	next_layer(&s);
	hardlink(&s, "before", "a");
	file(&s, "a");
	hardlink(&s, "after", "a");
	assert_string_equal(tree_of(&s), "a:1.1 after:1.2>1.1 before:1.0>0.0");
	assert_string_equal(fate_of(&s, old), "visible");
	stack_done(&s);
}

static void hardlinks_may_form_a_chain(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "a");
	hardlink(&s, "b", "a");
	hardlink(&s, "c", "b");
	next_layer(&s);
	hardlink(&s, "d", "c");
	file(&s, ".wh.a");
	assert_string_equal(tree_of(&s), "b:0.1>0.0 c:0.2>0.0 d:1.0>0.0");
	stack_done(&s);
}

static void a_hardlink_may_come_before_its_target(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	hardlink(&s, "b", "a");
	hardlink(&s, "c", "b");
	struct silt_place a = file(&s, "a");
	next_layer(&s);
	file(&s, ".wh.a");
	assert_string_equal(tree_of(&s), "b:0.0>0.2 c:0.1>0.2");
	assert_string_equal(fate_of(&s, a), "visible");
	assert_string_equal(notes_of(&s), "late target 0.0, late target 0.1");
	stack_done(&s);
}

static void a_hardlink_that_came_too_early_and_was_replaced_is_no_name_of_the_target(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place early = hardlink(&s, "b", "a");
	file(&s, "b");
	struct silt_place a = file(&s, "a");
	next_layer(&s);
	file(&s, ".wh.a");
	assert_string_equal(tree_of(&s), "b:0.1");
	assert_string_equal(fate_of(&s, early), "shadowed by 0.1");
	assert_string_equal(fate_of(&s, a), "deleted by 1.0");
	assert_string_equal(notes_of(&s), "");
	stack_done(&s);
}

static void a_hardlink_without_a_target_is_a_name_without_content(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place b = hardlink(&s, "b", "nothing/here");
	hardlink(&s, "c", "b");
	assert_string_equal(tree_of(&s), "b:0.0>none c:0.1>none");
	assert_string_equal(fate_of(&s, b), "visible");
	assert_string_equal(notes_of(&s), "dangling 0.0, dangling 0.1");
	stack_done(&s);
}

static void hardlinks_in_a_ring_have_no_content(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	hardlink(&s, "a", "b");
	hardlink(&s, "b", "c");
	hardlink(&s, "c", "a");
	hardlink(&s, "self", "self");
	assert_string_equal(tree_of(&s), "a:0.0>none b:0.1>none c:0.2>none self:0.3>none");
	assert_string_equal(notes_of(&s), "dangling 0.0, dangling 0.1, dangling 0.2, dangling 0.3");
	stack_done(&s);
}

static void a_hardlink_to_a_directory_has_no_content(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	dir(&s, "d");
	hardlink(&s, "h", "d");
	hardlink(&s, "root", "");
	assert_string_equal(tree_of(&s), "d:0.0 h:0.1>none root:0.2>none");
	assert_string_equal(notes_of(&s), "dangling 0.1, dangling 0.2");
	stack_done(&s);
}

static void a_hardlink_to_itself_keeps_the_content_that_was_there(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place a = file(&s, "a");
	next_layer(&s);
	hardlink(&s, "a", "a");
	assert_string_equal(tree_of(&s), "a:1.0>0.0");
	assert_string_equal(fate_of(&s, a), "visible");
	stack_done(&s);
}

static void a_hardlink_below_its_target_keeps_the_content(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place x = file(&s, "x");
	hardlink(&s, "x/y", "x");
	assert_string_equal(tree_of(&s), "x/ x/y:0.1>0.0");
	assert_string_equal(fate_of(&s, x), "visible");
	assert_string_equal(notes_of(&s), "no parent 0.1");
	stack_done(&s);
}

static void a_hardlink_over_the_directory_of_its_target_keeps_the_content(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place f = file(&s, "d/f");
	hardlink(&s, "d", "d/f");
	next_layer(&s);
	struct silt_place g = file(&s, "e/g");
	next_layer(&s);
	hardlink(&s, "e", "e/g");
	assert_string_equal(tree_of(&s), "d:0.1>0.0 e:2.0>1.0");
	assert_string_equal(fate_of(&s, f), "visible");
	assert_string_equal(fate_of(&s, g), "visible");
	stack_done(&s);
}

static void a_hardlink_to_a_symlink_is_that_symlink(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "usr/bin/sh");
	struct silt_place link = symlink_to(&s, "bin", "usr/bin");
	hardlink(&s, "binaries", "bin");
	next_layer(&s);
	file(&s, ".wh.bin");
	file(&s, "binaries/ls");
	assert_string_equal(tree_of(&s), "binaries:0.2>0.1 usr/ usr/bin/ usr/bin/ls:1.1 usr/bin/sh:0.0");
	assert_string_equal(fate_of(&s, link), "deleted by 1.0");
	assert_string_equal(found(&s, "binaries/sh", false), ":0.0");
	stack_done(&s);
}

static void the_target_of_a_hardlink_is_found_through_links_in_its_parents(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "usr/lib/x");
	symlink_to(&s, "lib", "usr/lib");
	hardlink(&s, "y", "lib/x");
	assert_string_equal(found(&s, "y", false), ":0.2>0.0");
	stack_done(&s);
}

static void a_hardlink_into_a_directory_that_a_file_replaced_finds_nothing(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "d/x");
	next_layer(&s);
	file(&s, "d");
	hardlink(&s, "y", "d/x");
	assert_string_equal(tree_of(&s), "d:1.0 y:1.1>none");
	assert_string_equal(notes_of(&s), "dangling 1.1");
	stack_done(&s);
}

static void both_names_written_again_overwrite_the_content(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place a = file(&s, "a");
	hardlink(&s, "b", "a");
	next_layer(&s);
	struct silt_place again = file(&s, "a");
	hardlink(&s, "b", "a");
	assert_string_equal(tree_of(&s), "a:1.0 b:1.1>1.0");
	assert_string_equal(fate_of(&s, a), "overwritten by 1.1");
	assert_string_equal(fate_of(&s, again), "visible");
	stack_done(&s);
}

static void duplicates_shadow_content_only_when_no_name_is_left(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place first = file(&s, "a");
	struct silt_place link = hardlink(&s, "b", "a");
	file(&s, "a");
	assert_string_equal(tree_of(&s), "a:0.2 b:0.1>0.0");
	assert_string_equal(fate_of(&s, first), "visible");
	assert_string_equal(fate_of(&s, link), "visible");
	stack_done(&s);
}

static void four_hundred_hardlinks_are_one_content(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place busybox = file(&s, "bin/[");
	for (int i = 0; i < 400; i++) {
		char path[32];
		snprintf(path, sizeof(path), "bin/%d", i);
		hardlink(&s, path, "bin/[");
	}
	next_layer(&s);
	file(&s, "bin/.wh.[");
	for (int i = 0; i < 399; i++) {
		char path[32];
		snprintf(path, sizeof(path), "bin/.wh.%d", i);
		file(&s, path);
	}
	assert_string_equal(tree_of(&s), "bin/ bin/399:0.400>0.0");
	assert_string_equal(fate_of(&s, busybox), "visible");
	stack_done(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hardlink_shows_the_content_of_its_target),
		cmocka_unit_test(content_stays_visible_under_its_other_name_when_the_first_is_deleted),
		cmocka_unit_test(content_goes_with_its_last_name),
		cmocka_unit_test(a_deleted_hardlink_leaves_the_content_under_the_first_name),
		cmocka_unit_test(content_that_loses_all_names_in_one_layer_has_the_most_exposed_fate),
		cmocka_unit_test(a_hardlink_may_name_a_file_of_a_lower_layer),
		cmocka_unit_test(a_hardlink_to_a_name_that_its_layer_whites_out_keeps_the_content),
		cmocka_unit_test(a_hardlink_shows_the_target_of_its_moment),
		cmocka_unit_test(hardlinks_may_form_a_chain),
		cmocka_unit_test(a_hardlink_may_come_before_its_target),
		cmocka_unit_test(a_hardlink_that_came_too_early_and_was_replaced_is_no_name_of_the_target),
		cmocka_unit_test(a_hardlink_without_a_target_is_a_name_without_content),
		cmocka_unit_test(hardlinks_in_a_ring_have_no_content),
		cmocka_unit_test(a_hardlink_to_a_directory_has_no_content),
		cmocka_unit_test(a_hardlink_to_itself_keeps_the_content_that_was_there),
		cmocka_unit_test(a_hardlink_below_its_target_keeps_the_content),
		cmocka_unit_test(a_hardlink_over_the_directory_of_its_target_keeps_the_content),
		cmocka_unit_test(a_hardlink_to_a_symlink_is_that_symlink),
		cmocka_unit_test(the_target_of_a_hardlink_is_found_through_links_in_its_parents),
		cmocka_unit_test(a_hardlink_into_a_directory_that_a_file_replaced_finds_nothing),
		cmocka_unit_test(both_names_written_again_overwrite_the_content),
		cmocka_unit_test(duplicates_shadow_content_only_when_no_name_is_left),
		cmocka_unit_test(four_hundred_hardlinks_are_one_content),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
