/* Patterns of paths, images and ids. */
#include "kit.h"

#include "policy/glob.h"

static void check(const char *glob, const char *text, bool fits)
{
	if (silt_policy_glob(silt_bytes_text(glob), silt_bytes_text(text)) != fits) {
		fail_msg("%s %s %s", glob, fits ? "should fit" : "should not fit", text);
	}
}

static void a_text_without_stars_is_itself(void **state)
{
	(void)state;
	check("", "", true);
	check("", "a", false);
	check("etc/shadow", "etc/shadow", true);
	check("etc/shadow", "etc/Shadow", false);
	check("etc/shadow", "etc/shadow-", false);
	check("etc/shadow-", "etc/shadow", false);
}

static void a_star_stays_in_its_component(void **state)
{
	(void)state;
	check("etc/*.conf", "etc/a.conf", true);
	check("etc/*.conf", "etc/.conf", true);
	check("etc/*.conf", "etc/a.conf.conf", true);
	check("etc/*.conf", "etc/x/a.conf", false);
	check("*/*", "a/b", true);
	check("*/*", "a/b/c", false);
	check("a?c", "abc", true);
	check("a?c", "a/c", false);
	check("a?c", "ac", false);
	check("*a*b", "xaxbxb", true);
	check("*a*b", "xaxbx", false);
}

static void a_double_star_crosses_components(void **state)
{
	(void)state;
	check("**", "", true);
	check("**", "a/b/c", true);
	check("etc/**", "etc/a/b", true);
	check("etc/**", "etc", false);
	check("**/id_rsa", "root/.ssh/id_rsa", true);
	check("**/id_rsa", "root/.ssh/id_rsa.pub", false);
	check("home/**/.ssh/*", "home/a/b/.ssh/key", true);
	check("home/**/.ssh/*", "home/a/b/.ssh/key/c", false);
	check("**/a/*b/**/c", "x/a/yb/z/c", true);
	check("**/a*/**/c", "a/ab/x/a/d/c", true);
}

static void many_stars_end_soon(void **state)
{
	(void)state;
	char glob[1025], text[4097];
	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	for (size_t i = 0; i + 2 < sizeof(glob); i += 2) {
		memcpy(glob + i, "*a", 2);
	}
	memcpy(glob + sizeof(glob) - 3, "*b", 3);
	check(glob, text, false);
	for (size_t i = 0; i + 3 < sizeof(glob); i += 3) {
		memcpy(glob + i, "**a", 3);
	}
	memcpy(glob + 1020, "*b", 3);
	check(glob, text, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_without_stars_is_itself),
		cmocka_unit_test(a_star_stays_in_its_component),
		cmocka_unit_test(a_double_star_crosses_components),
		cmocka_unit_test(many_stars_end_soon),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
