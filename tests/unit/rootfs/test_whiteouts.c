/* Whiteouts and opaque marks: what they hide. */
#include "unit/rootfs/stack.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void a_key_added_in_layer_2_and_removed_in_layer_4_is_deleted_by_layer_4(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "etc/passwd");
	next_layer(&s);
	struct silt_place key = file(&s, "root/key");
	next_layer(&s);
	file(&s, "etc/hosts");
	next_layer(&s);
	struct silt_place mark = file(&s, "root/.wh.key");
	assert_string_equal(tree_of(&s), "etc/ etc/hosts:2.0 etc/passwd:0.0 root/");
	assert_string_equal(fate_of(&s, key), "deleted by 3.0");
	assert_string_equal(fate_of(&s, mark), "mark");
	stack_done(&s);
}

static void what_comes_back_in_a_later_layer_is_visible_and_the_old_stays_deleted(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place first = file(&s, "key");
	next_layer(&s);
	file(&s, ".wh.key");
	next_layer(&s);
	struct silt_place second = file(&s, "key");
	assert_string_equal(tree_of(&s), "key:2.0");
	assert_string_equal(fate_of(&s, first), "deleted by 1.0");
	assert_string_equal(fate_of(&s, second), "visible");
	stack_done(&s);
}

static void a_whiteout_of_a_directory_deletes_all_below_it(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place d = dir(&s, "opt/d");
	struct silt_place f = file(&s, "opt/d/e/f");
	struct silt_place g = file(&s, "opt/dd");
	next_layer(&s);
	file(&s, "opt/.wh.d");
	assert_string_equal(tree_of(&s), "opt/ opt/dd:0.2");
	assert_string_equal(fate_of(&s, d), "deleted by 1.0");
	assert_string_equal(fate_of(&s, f), "deleted by 1.0");
	assert_string_equal(fate_of(&s, g), "visible");
	stack_done(&s);
}

static void a_renamed_directory_is_deleted_under_its_old_name_and_visible_under_the_new(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	dir(&s, "old");
	struct silt_place before = file(&s, "old/key");
	next_layer(&s);
	file(&s, ".wh.old");
	dir(&s, "new");
	struct silt_place after = file(&s, "new/key");
	assert_string_equal(tree_of(&s), "new:1.1 new/key:1.2");
	assert_string_equal(fate_of(&s, before), "deleted by 1.0");
	assert_string_equal(fate_of(&s, after), "visible");
	stack_done(&s);
}

static void a_whiteout_does_not_touch_its_own_layer(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place x = file(&s, "x");
	file(&s, ".wh.x");
	struct silt_place y = file(&s, "d/y");
	file(&s, ".wh.d");
	assert_string_equal(tree_of(&s), "d/ d/y:0.2 x:0.0");
	assert_string_equal(fate_of(&s, x), "visible");
	assert_string_equal(fate_of(&s, y), "visible");
	assert_string_equal(notes_of(&s), "both 0.1, both 0.3");
	stack_done(&s);
}

static void a_name_and_its_whiteout_in_one_layer_overwrite_the_lower_one_with_a_note(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place old = file(&s, "x");
	next_layer(&s);
	file(&s, ".wh.x");
	file(&s, "x");
	assert_string_equal(tree_of(&s), "x:1.1");
	assert_string_equal(fate_of(&s, old), "overwritten by 1.1");
	assert_string_equal(notes_of(&s), "both 1.0");
	stack_done(&s);
}

static void a_new_file_in_a_whited_out_directory_stays_and_the_old_ones_go(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place d = dir(&s, "a1");
	struct silt_place old = file(&s, "a1/old");
	next_layer(&s);
	file(&s, ".wh.a1");
	file(&s, "a1/newfile");
	assert_string_equal(tree_of(&s), "a1/ a1/newfile:1.1");
	assert_string_equal(fate_of(&s, d), "deleted by 1.0");
	assert_string_equal(fate_of(&s, old), "deleted by 1.0");
	assert_string_equal(notes_of(&s), "undone 1.0");
	stack_done(&s);
}

static void a_whiteout_of_any_type_is_a_whiteout(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place a = file(&s, "a");
	struct silt_place b = file(&s, "b");
	struct silt_place c = file(&s, "c");
	next_layer(&s);
	dir(&s, ".wh.a");
	hardlink(&s, ".wh.b", ".wh..wh.plnk/1");
	entry(&s, SILT_ENTRY_CHAR_DEVICE, ".wh.c", NULL);
	assert_string_equal(tree_of(&s), "");
	assert_string_equal(fate_of(&s, a), "deleted by 1.0");
	assert_string_equal(fate_of(&s, b), "deleted by 1.1");
	assert_string_equal(fate_of(&s, c), "deleted by 1.2");
	assert_string_equal(notes_of(&s), "");
	stack_done(&s);
}

static void an_invalid_whiteout_applies_nothing(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "d/f");
	next_layer(&s);
	struct silt_place bare = file(&s, "d/.wh.");
	file(&s, "d/.wh..");
	file(&s, "d/.wh...");
	assert_string_equal(tree_of(&s), "d/ d/f:0.0");
	assert_string_equal(fate_of(&s, bare), "mark");
	stack_done(&s);
}

static void a_directory_that_is_named_like_a_whiteout_is_a_directory(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "d/a");
	next_layer(&s);
	file(&s, "d/.wh.a/k");
	assert_string_equal(tree_of(&s), "d/ d/.wh.a/ d/.wh.a/k:1.0 d/a:0.0");
	stack_done(&s);
}

static void a_whiteout_of_a_whiteout_name_deletes_the_directory_of_that_name(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place k = file(&s, "d/.wh.a/k");
	next_layer(&s);
	file(&s, "d/.wh..wh.a");
	assert_string_equal(tree_of(&s), "d/");
	assert_string_equal(fate_of(&s, k), "deleted by 1.0");
	stack_done(&s);
}

static void only_the_exact_name_is_opaque(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "d/f");
	next_layer(&s);
	file(&s, "d/.wh..wh..opqX");
	file(&s, "d/.wh..opq");
	file(&s, "d/.wh..wh..opaque");
	assert_string_equal(tree_of(&s), "d/ d/f:0.0");
	stack_done(&s);
}

static void a_whiteout_in_a_directory_that_no_layer_has_makes_nothing(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "f");
	next_layer(&s);
	file(&s, "a/.wh.f");
	file(&s, "b/.wh..wh..opq");
	file(&s, "f/.wh.g");
	assert_string_equal(tree_of(&s), "f:0.0");
	assert_string_equal(notes_of(&s), "");
	stack_done(&s);
}

static void a_whiteout_at_the_root_hides_nothing_of_that_name_further_down(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "test");
	file(&s, "d/test");
	next_layer(&s);
	file(&s, ".wh.test");
	assert_string_equal(tree_of(&s), "d/ d/test:0.1");
	stack_done(&s);
}

static void many_whiteouts_in_one_layer_each_do_their_work(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place a = file(&s, "a");
	struct silt_place b = file(&s, "b");
	struct silt_place c = file(&s, "c/d");
	next_layer(&s);
	file(&s, ".wh.a");
	file(&s, ".wh.b");
	file(&s, "c/.wh.d");
	assert_string_equal(tree_of(&s), "c/");
	assert_string_equal(fate_of(&s, a), "deleted by 1.0");
	assert_string_equal(fate_of(&s, b), "deleted by 1.1");
	assert_string_equal(fate_of(&s, c), "deleted by 1.2");
	stack_done(&s);
}

static void an_opaque_mark_masks_all_lower_children_but_not_the_directory(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place d = dir(&s, "foo");
	struct silt_place bar = file(&s, "foo/bar");
	struct silt_place deep = file(&s, "foo/x/y/z");
	next_layer(&s);
	file(&s, "foo/.wh..wh..opq");
	dir(&s, "foo/baz");
	assert_string_equal(tree_of(&s), "foo:0.0 foo/baz:1.1");
	assert_string_equal(fate_of(&s, d), "visible");
	assert_string_equal(fate_of(&s, bar), "masked by 1.0");
	assert_string_equal(fate_of(&s, deep), "masked by 1.0");
	assert_string_equal(notes_of(&s), "");
	stack_done(&s);
}

static void an_opaque_mark_over_a_same_path_leaves_it_overwritten(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place old = file(&s, "d/key");
	next_layer(&s);
	dir(&s, "d");
	file(&s, "d/.wh..wh..opq");
	file(&s, "d/key");
	assert_string_equal(tree_of(&s), "d:1.0 d/key:1.2");
	assert_string_equal(fate_of(&s, old), "overwritten by 1.2");
	stack_done(&s);
}

static void an_opaque_mark_keeps_what_its_layer_put_below_it_before(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place b = dir(&s, "a/b");
	struct silt_place old = file(&s, "a/b/old");
	next_layer(&s);
	file(&s, "a/b/c");
	file(&s, "a/.wh..wh..opq");
	assert_string_equal(tree_of(&s), "a/ a/b/ a/b/c:1.0");
	assert_string_equal(fate_of(&s, b), "masked by 1.1");
	assert_string_equal(fate_of(&s, old), "masked by 1.1");
	assert_string_equal(notes_of(&s), "late opaque 1.1");
	stack_done(&s);
}

static void an_opaque_root_masks_everything_below(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place f = file(&s, "a/f");
	struct silt_place g = file(&s, "g");
	next_layer(&s);
	file(&s, ".wh..wh..opq");
	file(&s, "h");
	assert_string_equal(tree_of(&s), "h:1.1");
	assert_string_equal(fate_of(&s, f), "masked by 1.0");
	assert_string_equal(fate_of(&s, g), "masked by 1.0");
	assert_string_equal(notes_of(&s), "opaque root 1.0");
	stack_done(&s);
}

static void an_opaque_root_of_the_lowest_layer_has_nothing_to_hide(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, ".wh..wh..opq");
	file(&s, "x");
	assert_string_equal(tree_of(&s), "x:0.1");
	assert_string_equal(notes_of(&s), "");
	stack_done(&s);
}

static void an_opaque_mark_hides_only_layers_below_its_own(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "d/a");
	next_layer(&s);
	file(&s, "d/.wh..wh..opq");
	file(&s, "d/b");
	next_layer(&s);
	file(&s, "d/c");
	assert_string_equal(tree_of(&s), "d/ d/b:1.1 d/c:2.0");
	stack_done(&s);
}

static void of_a_whiteout_and_an_opaque_mark_the_whiteout_names_the_fate(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place x = file(&s, "d/x");
	struct silt_place y = file(&s, "d/y");
	next_layer(&s);
	file(&s, "d/.wh..wh..opq");
	file(&s, "d/.wh.x");
	assert_string_equal(fate_of(&s, x), "deleted by 1.1");
	assert_string_equal(fate_of(&s, y), "masked by 1.0");
	assert_string_equal(notes_of(&s), "");
	stack_done(&s);
}

static void of_two_whiteouts_the_nearest_is_the_cause(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place x = file(&s, "d/e/x");
	struct silt_place y = file(&s, "d/y");
	next_layer(&s);
	file(&s, ".wh.d");
	file(&s, "d/.wh.e");
	assert_string_equal(fate_of(&s, x), "deleted by 1.1");
	assert_string_equal(fate_of(&s, y), "deleted by 1.0");
	stack_done(&s);
}

static void a_directory_that_is_whited_out_and_replaced_loses_its_old_content(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place d = dir(&s, "d");
	struct silt_place bar = file(&s, "d/bar");
	next_layer(&s);
	file(&s, ".wh.d");
	dir(&s, "d");
	file(&s, "d/baz");
	assert_string_equal(tree_of(&s), "d:1.1 d/baz:1.2");
	assert_string_equal(fate_of(&s, d), "overwritten by 1.1");
	assert_string_equal(fate_of(&s, bar), "deleted by 1.0");
	stack_done(&s);
}

static void a_whiteout_inside_a_directory_that_becomes_a_symlink_still_deletes(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place a = file(&s, "a/a");
	next_layer(&s);
	file(&s, "a/.wh.a");
	symlink_to(&s, "a", "b");
	assert_string_equal(tree_of(&s), "a:1.1");
	assert_string_equal(fate_of(&s, a), "deleted by 1.0");
	stack_done(&s);
}

static void a_directory_emptied_by_whiteouts_stays(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "implied/f");
	dir(&s, "made");
	file(&s, "made/f");
	next_layer(&s);
	file(&s, "implied/.wh.f");
	file(&s, "made/.wh.f");
	assert_string_equal(tree_of(&s), "implied/ made:0.1");
	stack_done(&s);
}

static void overlay_leftovers_of_device_0_0_are_not_whiteouts(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place old = file(&s, "x");
	next_layer(&s);
	struct silt_place device = entry(&s, SILT_ENTRY_CHAR_DEVICE, "x", NULL);
	assert_string_equal(tree_of(&s), "x:1.0");
	assert_string_equal(fate_of(&s, old), "overwritten by 1.0");
	assert_string_equal(fate_of(&s, device), "visible");
	stack_done(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_added_in_layer_2_and_removed_in_layer_4_is_deleted_by_layer_4),
		cmocka_unit_test(what_comes_back_in_a_later_layer_is_visible_and_the_old_stays_deleted),
		cmocka_unit_test(a_whiteout_of_a_directory_deletes_all_below_it),
		cmocka_unit_test(a_renamed_directory_is_deleted_under_its_old_name_and_visible_under_the_new),
		cmocka_unit_test(a_whiteout_does_not_touch_its_own_layer),
		cmocka_unit_test(a_name_and_its_whiteout_in_one_layer_overwrite_the_lower_one_with_a_note),
		cmocka_unit_test(a_new_file_in_a_whited_out_directory_stays_and_the_old_ones_go),
		cmocka_unit_test(a_whiteout_of_any_type_is_a_whiteout),
		cmocka_unit_test(an_invalid_whiteout_applies_nothing),
		cmocka_unit_test(a_directory_that_is_named_like_a_whiteout_is_a_directory),
		cmocka_unit_test(a_whiteout_of_a_whiteout_name_deletes_the_directory_of_that_name),
		cmocka_unit_test(only_the_exact_name_is_opaque),
		cmocka_unit_test(a_whiteout_in_a_directory_that_no_layer_has_makes_nothing),
		cmocka_unit_test(a_whiteout_at_the_root_hides_nothing_of_that_name_further_down),
		cmocka_unit_test(many_whiteouts_in_one_layer_each_do_their_work),
		cmocka_unit_test(an_opaque_mark_masks_all_lower_children_but_not_the_directory),
		cmocka_unit_test(an_opaque_mark_over_a_same_path_leaves_it_overwritten),
		cmocka_unit_test(an_opaque_mark_keeps_what_its_layer_put_below_it_before),
		cmocka_unit_test(an_opaque_root_masks_everything_below),
		cmocka_unit_test(an_opaque_root_of_the_lowest_layer_has_nothing_to_hide),
		cmocka_unit_test(an_opaque_mark_hides_only_layers_below_its_own),
		cmocka_unit_test(of_a_whiteout_and_an_opaque_mark_the_whiteout_names_the_fate),
		cmocka_unit_test(of_two_whiteouts_the_nearest_is_the_cause),
		cmocka_unit_test(a_directory_that_is_whited_out_and_replaced_loses_its_old_content),
		cmocka_unit_test(a_whiteout_inside_a_directory_that_becomes_a_symlink_still_deletes),
		cmocka_unit_test(a_directory_emptied_by_whiteouts_stays),
		cmocka_unit_test(overlay_leftovers_of_device_0_0_are_not_whiteouts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
