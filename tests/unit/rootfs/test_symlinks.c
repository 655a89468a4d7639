/* Symlinks: where a path leads, for entries, marks and lookups. */
#include "unit/rootfs/stack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static void an_entry_below_a_lower_symlink_lands_at_its_target_with_a_note(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place old = file(&s, "usr/lib/x");
	symlink_to(&s, "lib", "usr/lib");
	next_layer(&s);
	file(&s, "lib/x");
	file(&s, "lib/y");
	assert_string_equal(tree_of(&s), "lib:0.1 usr/ usr/lib/ usr/lib/x:1.0 usr/lib/y:1.1");
	assert_string_equal(fate_of(&s, old), "overwritten by 1.0");
	assert_string_equal(notes_of(&s), "through link 1.0, hides through link 1.0, through link 1.1");
	stack_done(&s);
}

static void an_entry_below_a_symlink_of_its_own_layer_needs_no_note(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	symlink_to(&s, "bin", "usr/bin");
	dir(&s, "usr/bin");
	file(&s, "bin/sh");
	assert_string_equal(tree_of(&s), "bin:0.0 usr/ usr/bin:0.1 usr/bin/sh:0.2");
	assert_string_equal(notes_of(&s), "");
	stack_done(&s);
}

static void a_whiteout_below_a_lower_symlink_deletes_at_its_target(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place x = file(&s, "usr/lib/x");
	symlink_to(&s, "lib", "/usr/lib");
	next_layer(&s);
	file(&s, "lib/.wh.x");
	assert_string_equal(tree_of(&s), "lib:0.1 usr/ usr/lib/");
	assert_string_equal(fate_of(&s, x), "deleted by 1.0");
	assert_string_equal(notes_of(&s), "through link 1.0, hides through link 1.0");
	stack_done(&s);
}

static void a_directory_over_one_below_a_lower_symlink_hides_nothing(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "usr/lib/d/x");
	symlink_to(&s, "lib", "usr/lib");
	next_layer(&s);
	dir(&s, "lib/d");
	file(&s, "lib/.wh.nothing");
	assert_string_equal(tree_of(&s), "lib:0.1 usr/ usr/lib/ usr/lib/d:1.0 usr/lib/d/x:0.0");
	assert_string_equal(notes_of(&s), "through link 1.0, through link 1.1");
	stack_done(&s);
}

/* Alone, the upper layer makes lib/x, and no later layer knows of it. */
static void an_entry_below_a_lower_symlink_that_is_gone_is_noted(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	symlink_to(&s, "lib", "usr/lib");
	next_layer(&s);
	file(&s, "lib/x");
	struct silt_place shadowed = file(&s, "lib/y");
	file(&s, "usr/lib/y");
	struct silt_place deleted = file(&s, "lib/z");
	next_layer(&s);
	file(&s, "usr/lib/.wh.z");
	assert_string_equal(tree_of(&s), "lib:0.0 usr/ usr/lib/ usr/lib/x:1.0 usr/lib/y:1.2");
	assert_string_equal(fate_of(&s, shadowed), "shadowed by 1.2");
	assert_string_equal(fate_of(&s, deleted), "deleted by 2.0");
	assert_string_equal(notes_of(&s), "through link 1.0, through link 1.1, hides through link 1.1, "
					  "through link 1.3, hides through link 1.3");
	stack_done(&s);
}

static void a_missing_directory_that_a_link_leaves_again_is_not_made(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	symlink_to(&s, "l", "/a/b/../../c");
	symlink_to(&s, "over", "f/../l");
	struct silt_place f = file(&s, "f");
	next_layer(&s);
	file(&s, "l/x");
	file(&s, "over/y");
	assert_string_equal(tree_of(&s), "c/ c/x:1.0 c/y:1.1 f:0.2 l:0.0 over:0.1");
	assert_string_equal(fate_of(&s, f), "visible");
	stack_done(&s);
}

/* An entry may change the way to its own folder, for those that follow. */
static void a_way_past_what_is_not_there_is_looked_for_each_time(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	symlink_to(&s, "l", "/a/b/..");
	file(&s, "l/x");
	symlink_to(&s, "l/b", "/d/e");
	file(&s, "l/y");
	assert_string_equal(tree_of(&s), "a/ a/b:0.2 a/x:0.1 d/ d/y:0.3 l:0.0");
	stack_done(&s);
}

static void a_way_past_a_file_is_looked_for_each_time(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "a/b");
	symlink_to(&s, "l", "/a/b/..");
	file(&s, "l/x");
	symlink_to(&s, "l/b", "/d/e");
	file(&s, "l/y");
	assert_string_equal(tree_of(&s), "a/ a/b:0.3 a/x:0.2 d/ d/y:0.4 l:0.1");
	stack_done(&s);
}

static void a_whiteout_passes_missing_directories_as_an_entry_does(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	symlink_to(&s, "l", "/a/b/../../c");
	struct silt_place x = file(&s, "c/x");
	next_layer(&s);
	file(&s, "l/.wh.x");
	assert_string_equal(tree_of(&s), "c/ l:0.0");
	assert_string_equal(fate_of(&s, x), "deleted by 1.0");
	stack_done(&s);
}

static void nothing_is_made_of_a_way_that_turns_out_to_be_a_loop(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	symlink_to(&s, "l", "a/../l");
	next_layer(&s);
	file(&s, "l/x");
	assert_string_equal(tree_of(&s), "l/ l/x:1.0");
	assert_string_equal(notes_of(&s), "through link 1.0, loop 1.0, no parent 1.0");
	stack_done(&s);
}

static void an_opaque_mark_below_a_lower_symlink_masks_at_its_target_and_nothing_else(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place x = file(&s, "usr/lib/x");
	struct silt_place y = file(&s, "usr/y");
	symlink_to(&s, "lib", "usr/lib");
	next_layer(&s);
	file(&s, "lib/.wh..wh..opq");
	assert_string_equal(tree_of(&s), "lib:0.2 usr/ usr/lib/ usr/y:0.1");
	assert_string_equal(fate_of(&s, x), "masked by 1.0");
	assert_string_equal(fate_of(&s, y), "visible");
	assert_string_equal(notes_of(&s), "through link 1.0, hides through link 1.0");
	stack_done(&s);
}

static void a_whiteout_of_a_symlink_deletes_the_link_only(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "usr/lib/x");
	struct silt_place link = symlink_to(&s, "lib", "usr/lib");
	next_layer(&s);
	file(&s, ".wh.lib");
	file(&s, "lib/y");
	assert_string_equal(tree_of(&s), "lib/ lib/y:1.1 usr/ usr/lib/ usr/lib/x:0.0");
	assert_string_equal(fate_of(&s, link), "deleted by 1.0");
	assert_string_equal(notes_of(&s), "both 1.0");
	stack_done(&s);
}

static void a_link_that_was_followed_before_its_whiteout_was_followed(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	symlink_to(&s, "lib", "usr/lib");
	next_layer(&s);
	file(&s, "lib/y");
	file(&s, ".wh.lib");
	assert_string_equal(tree_of(&s), "usr/ usr/lib/ usr/lib/y:1.0");
	assert_string_equal(notes_of(&s), "through link 1.0");
	stack_done(&s);
}

static void a_link_below_an_opaque_directory_is_not_followed(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	symlink_to(&s, "d/l", "/t");
	file(&s, "t/f");
	next_layer(&s);
	file(&s, "d/.wh..wh..opq");
	file(&s, "d/l/x");
	file(&s, "d/l/.wh.f");
	assert_string_equal(tree_of(&s), "d/ d/l/ d/l/x:1.1 t/ t/f:0.1");
	stack_done(&s);
}

static void a_link_that_leads_nowhere_has_its_target_made_inside_the_root(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	symlink_to(&s, "l", "../../outside/of/it");
	file(&s, "l/f");
	assert_string_equal(tree_of(&s), "l:0.0 outside/ outside/of/ outside/of/it/ outside/of/it/f:0.1");
	stack_done(&s);
}

static void a_link_to_a_file_gives_way_at_its_target(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	struct silt_place f = file(&s, "f");
	symlink_to(&s, "l", "f");
	next_layer(&s);
	file(&s, "l/x");
	assert_string_equal(tree_of(&s), "f/ f/x:1.0 l:0.1");
	assert_string_equal(fate_of(&s, f), "overwritten by 1.0");
	assert_string_equal(notes_of(&s), "through link 1.0, no parent 1.0");
	stack_done(&s);
}

static void an_entry_below_a_loop_stands_where_its_path_says(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	symlink_to(&s, "a", "b");
	symlink_to(&s, "b", "a");
	next_layer(&s);
	struct silt_place x = file(&s, "a/x");
	file(&s, "b/.wh.y");
	assert_string_equal(tree_of(&s), "a/ a/x:1.0 b:0.1");
	assert_string_equal(fate_of(&s, x), "visible");
	assert_string_equal(found(&s, "b/x", false), ":1.0");
	stack_done(&s);
}

static void a_mark_below_a_loop_hides_nothing_and_is_noted(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	symlink_to(&s, "l", "l/y");
	next_layer(&s);
	file(&s, "l/.wh.x");
	file(&s, "l/.wh..wh..opq");
	assert_string_equal(tree_of(&s), "l:0.0");
	assert_string_equal(notes_of(&s), "through link 1.0, loop 1.0, through link 1.1, loop 1.1");
	stack_done(&s);
}

static void an_entry_behind_a_link_and_a_loop_keeps_the_link_and_replaces_the_loop(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	symlink_to(&s, "ok", "real");
	symlink_to(&s, "real/loop", "loop");
	struct silt_place x = file(&s, "ok/loop/sub/x");
	assert_string_equal(tree_of(&s), "ok:0.0 real/ real/loop/ real/loop/sub/ real/loop/sub/x:0.2");
	assert_string_equal(fate_of(&s, x), "visible");
	assert_string_equal(notes_of(&s), "loop 0.2, no parent 0.2");
	stack_done(&s);
}

static void a_lookup_follows_links_in_parents_and_the_last_one_on_request(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "usr/lib/os-release");
	symlink_to(&s, "etc/os-release", "../usr/lib/os-release");
	symlink_to(&s, "e", "/etc");
	assert_string_equal(found(&s, "etc/os-release", false), ":0.1");
	assert_string_equal(found(&s, "etc/os-release", true), ":0.0");
	assert_string_equal(found(&s, "/e//./os-release/", true), ":0.0");
	assert_string_equal(found(&s, "/e/./os-release/.", false), ":0.1");
	assert_string_equal(found(&s, "../../e/../usr/lib/os-release", false), ":0.0");
	assert_string_equal(found(&s, "e", true), "/");
	assert_string_equal(found(&s, "e/nothing", true), "nothing");
	assert_string_equal(found(&s, "usr/lib/os-release/x", true), "nothing");
	stack_done(&s);
}

static void a_lookup_through_a_loop_finds_nothing(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	symlink_to(&s, "a", "b");
	symlink_to(&s, "b", "a");
	symlink_to(&s, "self", "self/self");
	assert_string_equal(found(&s, "a", false), ":0.0");
	assert_string_equal(found(&s, "a", true), "nothing");
	assert_string_equal(found(&s, "self/x", true), "nothing");
	stack_done(&s);
}

static void a_chain_of_forty_links_is_followed_and_one_more_is_not(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "l0");
	for (int i = 1; i <= 41; i++) {
		char path[32];
		char target[32];
		snprintf(path, sizeof(path), "l%d", i);
		snprintf(target, sizeof(target), "l%d", i - 1);
		symlink_to(&s, path, target);
	}
	assert_string_equal(found(&s, "l40", true), ":0.0");
	assert_string_equal(found(&s, "l41", true), "nothing");
	stack_done(&s);
}

/* Each link names the next twice: following all of them would take 2^30 steps. */
static void links_that_multiply_are_given_up_soon(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	for (int i = 0; i < 30; i++) {
		char path[32];
		char target[32];
		snprintf(path, sizeof(path), "l%d", i);
		snprintf(target, sizeof(target), "l%d/../l%d", i + 1, i + 1);
		symlink_to(&s, path, target);
	}
	dir(&s, "l30");
	struct silt_place x = file(&s, "l0/x");
	assert_string_equal(fate_of(&s, x), "visible");
	assert_string_equal(notes_of(&s), "loop 0.31, no parent 0.31");
	assert_string_equal(found(&s, "l0/x", false), ":0.31");
	stack_done(&s);
}

static void names_deeper_than_any_path_are_walked_without_recursion(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	static char deep[2 * 2000];
	for (size_t i = 0; i + 1 < sizeof(deep); i++) {
		deep[i] = i % 2 ? '/' : 'd';
	}
	deep[sizeof(deep) - 3] = '\0'; /* no "/" at the end */
	struct silt_place top = dir(&s, "d");
	struct silt_place bottom = file(&s, deep);
	next_layer(&s);
	file(&s, ".wh.d");
	assert_string_equal(tree_of(&s), "");
	assert_string_equal(fate_of(&s, top), "deleted by 1.0");
	assert_string_equal(fate_of(&s, bottom), "deleted by 1.0");
	stack_done(&s);
}

static void a_link_is_followed_until_its_whiteout_and_not_after_it(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	symlink_to(&s, "lib", "usr/lib");
	next_layer(&s);
	file(&s, "lib/before");
	file(&s, ".wh.lib");
	file(&s, "lib/after");
	assert_string_equal(tree_of(&s), "lib/ lib/after:1.2 usr/ usr/lib/ usr/lib/before:1.0");
	assert_string_equal(notes_of(&s), "through link 1.0, both 1.1");
	stack_done(&s);
}

/* Longer than any path Linux takes, but an archive can say it again and again for a few bytes each. */
static void a_link_with_thousands_of_components_is_given_up(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	static char target[2 * 5000];
	for (size_t i = 0; i + 1 < sizeof(target); i++) {
		target[i] = i % 2 ? '/' : '.';
	}
	symlink_to(&s, "long", target);
	file(&s, "f");
	assert_string_equal(found(&s, "long/f", false), "nothing");
	assert_string_equal(found(&s, "long", true), "nothing");
	assert_string_equal(found(&s, "long", false), ":0.0");
	stack_done(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_entry_below_a_lower_symlink_lands_at_its_target_with_a_note),
		cmocka_unit_test(an_entry_below_a_symlink_of_its_own_layer_needs_no_note),
		cmocka_unit_test(a_whiteout_below_a_lower_symlink_deletes_at_its_target),
		cmocka_unit_test(a_directory_over_one_below_a_lower_symlink_hides_nothing),
		cmocka_unit_test(an_entry_below_a_lower_symlink_that_is_gone_is_noted),
		cmocka_unit_test(a_missing_directory_that_a_link_leaves_again_is_not_made),
		cmocka_unit_test(a_way_past_what_is_not_there_is_looked_for_each_time),
		cmocka_unit_test(a_way_past_a_file_is_looked_for_each_time),
		cmocka_unit_test(a_whiteout_passes_missing_directories_as_an_entry_does),
		cmocka_unit_test(nothing_is_made_of_a_way_that_turns_out_to_be_a_loop),
		cmocka_unit_test(an_opaque_mark_below_a_lower_symlink_masks_at_its_target_and_nothing_else),
		cmocka_unit_test(a_whiteout_of_a_symlink_deletes_the_link_only),
		cmocka_unit_test(a_link_that_was_followed_before_its_whiteout_was_followed),
		cmocka_unit_test(a_link_below_an_opaque_directory_is_not_followed),
		cmocka_unit_test(a_link_that_leads_nowhere_has_its_target_made_inside_the_root),
		cmocka_unit_test(a_link_to_a_file_gives_way_at_its_target),
		cmocka_unit_test(an_entry_below_a_loop_stands_where_its_path_says),
		cmocka_unit_test(a_mark_below_a_loop_hides_nothing_and_is_noted),
		cmocka_unit_test(an_entry_behind_a_link_and_a_loop_keeps_the_link_and_replaces_the_loop),
		cmocka_unit_test(a_lookup_follows_links_in_parents_and_the_last_one_on_request),
		cmocka_unit_test(a_lookup_through_a_loop_finds_nothing),
		cmocka_unit_test(a_chain_of_forty_links_is_followed_and_one_more_is_not),
		cmocka_unit_test(links_that_multiply_are_given_up_soon),
		cmocka_unit_test(names_deeper_than_any_path_are_walked_without_recursion),
		cmocka_unit_test(a_link_is_followed_until_its_whiteout_and_not_after_it),
		cmocka_unit_test(a_link_with_thousands_of_components_is_given_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
