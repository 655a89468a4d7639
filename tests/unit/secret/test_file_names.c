/* Globs over names of files, and finding the rules that name a file without asking each of them. */
#include "check.h"

#include "base/attributes.h"
#include "secret/file_names.h"
#include "secret/glob.h"

#include <stdio.h>

struct row {
	const char *glob, *path;
	bool names;
};

static const struct row rows[] = {
	/* Without a slash: the last component. */
	{"id_rsa", "id_rsa", true},
	{"id_rsa", "root/.ssh/id_rsa", true},
	{"id_rsa", "root/.ssh/id_rsa.pub", false},
	{"id_rsa", "root/id_rsa/x", false},
	{"id_rsa", "my_id_rsa", false},
	{"ID_RSA", "root/Id_rsa", true},
	{"*.tfvars", "infra/prod.tfvars", true},
	{"*.tfvars", "infra/prod.auto.TFVARS", true},
	{"*.tfvars", ".tfvars", true},
	{"*.tfvars", "prod.tfvars.json", false},
	{".env*", "app/.env.local", true},
	{".env*", "app/x.env", false},
	{"?.pem", "a.pem", true},
	{"?.pem", ".pem", false},
	{"a*b*c", "aXXbYYbZc", true},
	{"a*b*c", "aXXbYYbZcd", false},
	{"*", "x/y", true},
	{"[ab]", "[ab]", true},
	{"[ab]", "a", false},
	/* With one: the last components. */
	{"etc/shadow", "etc/shadow", true},
	{"etc/shadow", "rootfs/etc/shadow", true},
	{"etc/shadow", "myetc/shadow", false},
	{"etc/shadow", "shadow", false},
	{".aws/credentials", "home/u/.AWS/credentials", true},
	{"*/credentials", "a/b/credentials", true},
	{"*/credentials", "credentials", false},
	/* From the root on. */
	{"/etc/shadow", "etc/shadow", true},
	{"/etc/shadow", "/etc/shadow", true},
	{"/etc/shadow", "rootfs/etc/shadow", false},
	{"/etc/shadow", "lib/inner.tar!/etc/shadow", true},
	{"/etc/shadow", "a.tar!/b.tar!/etc/shadow", true},
	{"/etc/shadow", "a.tar!/x/etc/shadow", false},
	{"inner.jar!/x", "lib/inner.jar!/x", true},
	/* Double stars. */
	{"**/.netrc", ".netrc", true},
	{"**/.netrc", "a/b/.netrc", true},
	{"/home/**/.netrc", "home/.netrc", true},
	{"/home/**/.netrc", "home/a/b/.netrc", true},
	{"/home/**/.netrc", "x/home/a/.netrc", false},
	{"home/**/.netrc", "x/home/a/.netrc", true},
	{"/etc/**", "etc/a/b", true},
	{"/etc/**", "etcetera/a", false},
	{"/a/**/b/**/c", "a/x/b/b/y/c", true},
	{"/a/**/b/**/c", "a/x/c", false},
	{"a**b", "x/aXXb", true},
	{"a**b", "a/b", false},
	{"supervisor/**", "etc/supervisor/conf.d/x", true},
	{"*.git/config", "srv/x.git/config", true},
	{"*.git/config", "srv/x.gitt/config", false},
	{"modules/**/config", ".git/modules/a/b/config", true},
	{"solana/**/*.json", "root/Solana/id.json", true},
	{"/*/x?", "a/xy", true},
	{"/x/*", "inner.jar!/x/y", true},
	{"a//b", "a//b", true},
	/* No name at all. */
	{"*", "", false},
	{"**", "", false},
	/* What a rooted glob has in front of its first star. */
	{"/run/secrets/**", "RUN/Secrets/a/b", true},
	{"/run/secrets/**", "app.jar!/run/secrets/a", true},
	{"/run/secrets/**", "a!b/run/secrets/a", false},
	{"/run/secrets/**", "run/secretsa/b", false},
	{"/run/secrets/**", "run", false},
	{"/run/s?crets/*", "run/secrets/a", true},
	{"/run/s?crets/*", "rum/secrets/a", false},
	{"/run/secrets/**", "run/secrets", true},
	{"/run/secrets/**", "run/secret", false},
	{"/a/*/c", "a/*/c", true},
	{"/a/*/c", "a/*/d", false},
	{"/a?/b/*", "a?/b/c", true},
	{"/a?/b/*", "ax/c/b", false},
};

static void every_glob_names_what_it_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < SILT_COUNT(rows); i++) {
		if (silt_glob_names(silt_bytes_text(rows[i].glob), silt_bytes_text(rows[i].path)) != rows[i].names) {
			fail_msg("glob %s, path %s", rows[i].glob, rows[i].path);
		}
	}
}

static void stars_are_not_tried_in_all_combinations(void **state)
{
	(void)state;
	char name[4000], glob[200];
	memset(name, 'a', sizeof(name));
	for (size_t i = 0; i < sizeof(glob); i++) {
		glob[i] = i % 2 == 0 ? '*' : 'a';
	}
	glob[sizeof(glob) - 1] = 'b';
	assert_false(silt_glob_names(silt_bytes(glob, sizeof(glob)), silt_bytes(name, sizeof(name))));
}

#define GLOBS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define ANCHORS(...) ((const struct silt_bytes[]){__VA_ARGS__, {0}})

static void the_table_finds_what_asking_each_glob_finds(void **state)
{
	(void)state;
	static const char *files[SILT_COUNT(rows)][2];
	static struct silt_rule rules[SILT_COUNT(rows)];
	uint32_t found[SILT_COUNT(rows)];
	for (size_t i = 0; i < SILT_COUNT(rows); i++) {
		files[i][0] = rows[i].glob;
		rules[i] = (struct silt_rule){.id = "x", .files = files[i]};
	}
	struct silt_file_names names;
	assert_true(silt_file_names_init(&names, rules, SILT_COUNT(rules)));
	for (size_t p = 0; p < SILT_COUNT(rows); p++) {
		struct silt_bytes path = silt_bytes_text(rows[p].path);
		size_t count = silt_file_names_find(&names, path, found);
		size_t next = 0;
		for (size_t r = 0; r < SILT_COUNT(rows); r++) {
			if (silt_glob_names(silt_bytes_text(rows[r].glob), path)) {
				assert_true(next < count);
				assert_int_equal(found[next++], r);
			}
		}
		assert_int_equal(next, count);
	}
	silt_file_names_done(&names);
}

static void a_rule_with_many_names_is_found_once_and_one_with_anchors_never(void **state)
{
	(void)state;
	const struct silt_rule rules[] = {
		{.id = "anchored", .anchors = ANCHORS(SILT_LITERAL_INIT("xxxx")), .files = GLOBS("*.pem")},
		{.id = "second", .files = GLOBS("*.pem", "*.*", "key*", "key.pem", "*")},
		{.id = "none"},
		{.id = "third", .files = GLOBS("k*", "*m")},
	};
	uint32_t found[2];
	struct silt_file_names names;
	assert_true(silt_file_names_init(&names, rules, SILT_COUNT(rules)));
	assert_int_equal(names.rule_count, 2);
	assert_int_equal(silt_file_names_find(&names, SILT_LITERAL("a/KEY.pem"), found), 2);
	assert_int_equal(found[0], 1);
	assert_int_equal(found[1], 3);
	assert_int_equal(silt_file_names_find(&names, SILT_LITERAL("a/b"), found), 1);
	assert_int_equal(silt_file_names_find(&names, SILT_LITERAL(""), found), 0);
	silt_file_names_done(&names);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_glob_names_what_it_says),
		cmocka_unit_test(stars_are_not_tried_in_all_combinations),
		cmocka_unit_test(the_table_finds_what_asking_each_glob_finds),
		cmocka_unit_test(a_rule_with_many_names_is_found_once_and_one_with_anchors_never),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
