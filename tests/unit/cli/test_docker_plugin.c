/* The command lines of the docker client, as versions 20.10 and 28.2 hand them over. */
#include "cli/docker_plugin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { WORDS_MAX = 16 };

/* Words with one blank between: what is left of them, in the same form. Freed by the caller. */
static char *unwrapped(const char *line)
{
	char text[256];
	char *words[WORDS_MAX + 1] = {NULL};
	int count = 0;
	(void)snprintf(text, sizeof(text), "%s", line);
	for (char *rest = text; rest != NULL && count < WORDS_MAX;) {
		words[count++] = strsep(&rest, " ");
	}
	char **argv = words;
	char *out = NULL;
	size_t size = 0;
	cli_docker_plugin_unwrap(&count, &argv);
	FILE *file = open_memstream(&out, &size);
	assert_non_null(file);
	for (int i = 0; i < count; i++) {
		(void)fprintf(file, "%s%s", i > 0 ? " " : "", argv[i]);
	}
	assert_null(argv[count]);
	assert_int_equal(fclose(file), 0);
	return out;
}

static void becomes(const char *line, const char *wanted)
{
	char *got = unwrapped(line);
	assert_string_equal(got, wanted);
	free(got);
}

static void the_words_of_the_client_are_taken_away(void **state)
{
	(void)state;
	becomes("docker-silt silt scan x", "docker-silt scan x");
	becomes("docker-silt silt", "docker-silt");
	becomes("docker-silt --context default silt scan x", "docker-silt scan x");
	becomes("docker-silt -c default silt scan x", "docker-silt scan x");
	becomes("docker-silt -Dc default silt scan x", "docker-silt scan x");
	becomes("docker-silt -cdefault -D silt scan x", "docker-silt scan x");
	becomes("docker-silt -H unix:///x --debug --tlscacert=foo --tlskey k silt -h", "docker-silt -h");
	becomes("docker-silt --context silt silt scan silt", "docker-silt scan silt");
	becomes("docker-silt silt silt", "docker-silt silt");
}

static void help_of_the_client_is_help_of_ours(void **state)
{
	(void)state;
	becomes("docker-silt help silt", "docker-silt help");
	becomes("docker-silt help silt scan", "docker-silt help scan");
	becomes("docker-silt --help silt", "docker-silt help");
	becomes("docker-silt -D --help -D silt scan", "docker-silt help scan");
	becomes("docker-silt --context x help silt scan", "docker-silt help scan");
	becomes("docker-silt __complete silt scan --f", "docker-silt __complete scan --f");
}

static void what_no_client_says_stays_as_it_is(void **state)
{
	(void)state;
	becomes("docker-silt", "docker-silt");
	becomes("docker-silt scan silt", "docker-silt scan silt");
	becomes("docker-silt --version", "docker-silt --version");
	becomes("docker-silt --context", "docker-silt --context");
	becomes("docker-silt help scan", "docker-silt help scan");
}

static void it_is_known_by_the_name_it_is_called_by(void **state)
{
	(void)state;
	const struct {
		const char *name;
		bool called;
	} cases[] = {{"docker-silt", true},   {"/usr/libexec/docker/cli-plugins/docker-silt", true},
		     {"silt", false},         {"/usr/bin/silt", false},
		     {"docker-silt/", false}, {"my-docker-silt", false}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char name[64];
		(void)snprintf(name, sizeof(name), "%s", cases[i].name);
		assert_int_equal(cli_docker_plugin_is_called(1, (char *[]){name, NULL}), cases[i].called);
	}
	assert_false(cli_docker_plugin_is_called(0, (char *[]){NULL}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_words_of_the_client_are_taken_away),
		cmocka_unit_test(help_of_the_client_is_help_of_ours),
		cmocka_unit_test(what_no_client_says_stays_as_it_is),
		cmocka_unit_test(it_is_known_by_the_name_it_is_called_by),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
