/* Assignments in lines of history as builders write them. */
#include "audit/history_line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct expected {
	enum silt_assignment_kind kind;
	const char *name, *value;
};

static void expect(const char *line, const struct expected *all, size_t count)
{
	struct silt_assignments walk = silt_assignments_of(silt_bytes_text(line));
	struct silt_assignment found;
	for (size_t i = 0; i < count; i++) {
		assert_true(silt_assignment_next(&walk, &found));
		assert_int_equal(found.kind, all[i].kind);
		if (!silt_bytes_equal(found.name, silt_bytes_text(all[i].name)) ||
		    !silt_bytes_equal(found.value, silt_bytes_text(all[i].value))) {
			fail_msg("%s: found %.*s=%.*s", line, (int)found.name.len, (const char *)found.name.ptr,
				 (int)found.value.len, (const char *)found.value.ptr);
		}
	}
	assert_false(silt_assignment_next(&walk, &found));
}

#define EXPECT(line, ...)                                                                                              \
	expect(line, (const struct expected[]){__VA_ARGS__},                                                           \
	       sizeof((const struct expected[]){__VA_ARGS__}) / sizeof(struct expected))
#define ENV(name, value)                                                                                               \
	{                                                                                                              \
		SILT_ASSIGNMENT_ENV, name, value                                                                       \
	}
#define ARG(name, value)                                                                                               \
	{                                                                                                              \
		SILT_ASSIGNMENT_BUILD_ARG, name, value                                                                 \
	}
#define COMMAND(name, value)                                                                                           \
	{                                                                                                              \
		SILT_ASSIGNMENT_COMMAND, name, value                                                                   \
	}

static void env_of_every_builder_is_read(void **state)
{
	(void)state;
	EXPECT("/bin/sh -c #(nop)  ENV A=b", ENV("A", "b"));
	EXPECT("/bin/sh -c #(nop) ENV A=b c|unsetLabel=true|force-mtime=10", ENV("A", "b c"));
	EXPECT("ENV A=b", ENV("A", "b"));
	EXPECT("ENV A=\"b c\" D='e'", ENV("A", "b c"), ENV("D", "e"));
	EXPECT("ENV A=", ENV("A", ""));
}

static void build_arguments_of_every_builder_are_read(void **state)
{
	(void)state;
	EXPECT("ARG TOKEN=x", ARG("TOKEN", "x"));
	EXPECT("|2 TOKEN=x V=1 /bin/sh -c make", ARG("TOKEN", "x"), ARG("V", "1"));
	EXPECT("RUN |2 TOKEN=x V=1 2 3 /bin/sh -c make # buildkit", ARG("TOKEN", "x"), ARG("V", "1 2 3"));
	expect("/bin/sh -c #(nop)  ARG TOKEN", NULL, 0);
}

static void words_of_the_command_are_no_build_arguments(void **state)
{
	(void)state;
	EXPECT("RUN |1 A=b /bin/sh -c C=d make", ARG("A", "b"), COMMAND("C", "d"));
}

static void exports_are_read_with_their_quotes(void **state)
{
	(void)state;
	EXPECT("RUN /bin/sh -c export A=\"b c\" D=e && export F='g;h'; x", COMMAND("A", "b c"), COMMAND("D", "e"),
	       COMMAND("F", "g;h"));
	EXPECT("|1 T=x /bin/sh -c true;export A=b", ARG("T", "x"), COMMAND("A", "b"));
}

static void lines_that_end_early_are_read(void **state)
{
	(void)state;
	static const char *const lines[] = {"",          "|",    "|1",    "|1 ",     "|99999999999 A",    "ENV ",
					    "ENV",       "RUN ", "RUN |", "export ", "/bin/sh -c #(nop)", "ENV =b",
					    "|0 /bin/sh"};
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		expect(lines[i], NULL, 0);
	}
}

static void the_build_arguments_end_before_the_command(void **state)
{
	(void)state;
	assert_int_equal(silt_line_build_args(SILT_LITERAL("|2 TOKEN=x V=1 /bin/sh -c export A=b")), 14);
	assert_int_equal(silt_line_build_args(SILT_LITERAL("ARG TOKEN=x")), 11);
	assert_int_equal(silt_line_build_args(SILT_LITERAL("ARG TOKEN=")), 10);
	assert_int_equal(silt_line_build_args(SILT_LITERAL("|2 A=x B=|force-mtime=1")), 9);
	assert_int_equal(silt_line_build_args(SILT_LITERAL("ENV A=b")), 0);
	assert_int_equal(silt_line_build_args(SILT_LITERAL("RUN /bin/sh -c curl -u a:b")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(env_of_every_builder_is_read),
		cmocka_unit_test(build_arguments_of_every_builder_are_read),
		cmocka_unit_test(words_of_the_command_are_no_build_arguments),
		cmocka_unit_test(exports_are_read_with_their_quotes),
		cmocka_unit_test(lines_that_end_early_are_read),
		cmocka_unit_test(the_build_arguments_end_before_the_command),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
