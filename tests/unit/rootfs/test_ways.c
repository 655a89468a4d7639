/* Ways: where a path leads, whether or not it is there. */
#include "base/buffer.h"
#include "base/limits.h"
#include "unit/rootfs/stack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const uint32_t ANY_LAYER = UINT32_MAX;

/* Says where it leads: a path, or "nowhere". */
static void expect_way(struct stack *s, uint32_t layer, const char *path, const char *expected)
{
	struct silt_buffer way = {0};
	uint64_t steps = SILT_LINK_STEPS_BASE;
	if (silt_rootfs_way(rootfs_of(s), silt_bytes_text(path), layer, &steps, &way)) {
		silt_buffer_add_byte(&way, '\0');
		assert_string_equal((const char *)way.ptr, expected);
	} else {
		assert_string_equal("nowhere", expected);
	}
	silt_buffer_done(&way);
}

static void what_is_missing_behind_a_link_is_where_the_link_leads(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	symlink_to(&s, "lib", "usr/lib");
	symlink_to(&s, "usr/lib/to", "../../gone/deep");
	symlink_to(&s, "top", "/");
	file(&s, "file");
	expect_way(&s, ANY_LAYER, "", "");
	expect_way(&s, ANY_LAYER, "lib", "usr/lib");
	expect_way(&s, ANY_LAYER, "lib/a/b", "usr/lib/a/b");
	expect_way(&s, ANY_LAYER, "lib/to/x", "gone/deep/x");
	expect_way(&s, ANY_LAYER, "lib/to/../x", "gone/x");
	expect_way(&s, ANY_LAYER, "lib/to/../../x/..", "");
	expect_way(&s, ANY_LAYER, "lib/to/../../../lib/x", "usr/lib/x");
	expect_way(&s, ANY_LAYER, "top", "");
	expect_way(&s, ANY_LAYER, "top/top/none", "none");
	expect_way(&s, ANY_LAYER, "file/x", "file/x");
	expect_way(&s, ANY_LAYER, "nothing/here", "nothing/here");
	stack_done(&s);
}

static void links_of_higher_layers_are_not_there(void **state)
{
	(void)state;
	struct stack s = {0};
	next_layer(&s);
	file(&s, "d/x");
	file(&s, "e/y");
	next_layer(&s);
	symlink_to(&s, "d", "e");
	expect_way(&s, 0, "d", "d");
	expect_way(&s, 0, "d/in", "d/in");
	expect_way(&s, 1, "d/in", "e/in");
	expect_way(&s, ANY_LAYER, "d", "e");
	stack_done(&s);
}

static void a_loop_leads_nowhere_and_steps_are_counted(void **state)
{
	(void)state;
	struct stack s = {0};
	struct silt_buffer way = {0};
	uint64_t steps = 3;
	next_layer(&s);
	symlink_to(&s, "loop", "loop");
	symlink_to(&s, "to", "a/b");
	expect_way(&s, ANY_LAYER, "loop/x", "nowhere");
	assert_true(silt_rootfs_way(rootfs_of(&s), silt_bytes_text("to/x"), ANY_LAYER, &steps, &way));
	assert_int_equal(steps, 1);
	assert_false(silt_rootfs_way(rootfs_of(&s), silt_bytes_text("to/x"), ANY_LAYER, &steps, &way));
	assert_int_equal(steps, 0);
	silt_buffer_done(&way);
	stack_done(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_missing_behind_a_link_is_where_the_link_leads),
		cmocka_unit_test(links_of_higher_layers_are_not_there),
		cmocka_unit_test(a_loop_leads_nowhere_and_steps_are_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
