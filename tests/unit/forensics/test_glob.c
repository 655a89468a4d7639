/* Patterns of paths. */
#include "forensics/glob.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void expect(bool fits, const char *glob, const char *path)
{
	if (silt_listing_glob(silt_bytes_text(glob), silt_bytes_text(path)) != fits) {
		fail_msg("'%s' %s '%s'", glob, fits ? "does not fit" : "fits", path);
	}
}

static void a_star_stays_in_its_component(void **state)
{
	(void)state;
	expect(true, "etc/*.conf", "etc/a.conf");
	expect(true, "etc/*.conf", "etc/.conf");
	expect(false, "etc/*.conf", "etc/a/b.conf");
	expect(false, "etc/*.conf", "etc/a.config");
	expect(true, "*", "etc");
	expect(false, "*", "etc/passwd");
	expect(true, "*a*b*", "xxaxbxb");
	expect(false, "?", "/");
	expect(true, "?b", "ab");
}

static void a_double_star_crosses_components(void **state)
{
	(void)state;
	expect(true, "home/**/.ssh/*", "home/.ssh/id");
	expect(true, "home/**/.ssh/*", "home/a/b/.ssh/id");
	expect(false, "home/**/.ssh/*", "home/a/b.ssh/id");
	expect(false, "home/**/.ssh/*", "home/a/.ssh/x/y");
	expect(true, "**/passwd", "passwd");
	expect(true, "**/passwd", "etc/passwd");
	expect(false, "**/passwd", "etc/xpasswd");
	expect(true, "**", "a/b/c");
	expect(true, "a**c", "a/b/c");
	expect(true, "**/x/*.c", "x/x/y/x/z.c");
	expect(false, "**/x/*.c", "x/x/y/x/z/z.c");
}

static void a_set_is_one_byte(void **state)
{
	(void)state;
	expect(true, "lib[0-9]", "lib4");
	expect(false, "lib[0-9]", "libx");
	expect(true, "lib[!0-9]", "libx");
	expect(false, "lib[!0-9]", "lib4");
	expect(true, "lib[^0-9]", "libx");
	expect(true, "[]]", "]");
	expect(true, "[a-]", "-");
	expect(false, "a[!b]c", "a/c");
	expect(false, "a[/]c", "a/c");
}

static void what_is_no_pattern_stands_for_itself(void **state)
{
	(void)state;
	expect(true, "a[b", "a[b");
	expect(true, "a\\*b", "a*b");
	expect(false, "a\\*b", "axb");
	expect(true, "a\\", "a\\");
	expect(true, "", "");
	expect(false, "", "a");
	expect(false, "a", "");
	assert_true(silt_listing_is_glob(SILT_LITERAL("a?")));
	assert_false(silt_listing_is_glob(SILT_LITERAL("etc/a.conf")));
}

/* Every star of a pattern that does not fit goes all the way: that must not take steps without end. */
static void many_stars_come_to_an_end(void **state)
{
	(void)state;
	char path[2000];
	memset(path, 'a', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	expect(false, "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", path);
	expect(false, "**a**a**a**a**a**a**a**a**a**b", path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_star_stays_in_its_component),
		cmocka_unit_test(a_double_star_crosses_components),
		cmocka_unit_test(a_set_is_one_byte),
		cmocka_unit_test(what_is_no_pattern_stands_for_itself),
		cmocka_unit_test(many_stars_come_to_an_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
