/* Histories as tools write them, read as steps and words. */
#include "audit/history.h"
#include "base/attributes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>

enum { LINES_MAX = 8 };

/* An image that is nothing but its history. */
struct image {
	struct silt_history history[LINES_MAX];
	struct silt_declared_image declared;
	struct silt_audited_image audited;
	struct silt_arena arena;
	struct silt_build build;
};

static void add_line(struct image *image, const char *created_by, const char *comment, bool empty)
{
	struct silt_config *config = &image->declared.config;
	image->history[config->history_count++] = (struct silt_history){
		.created_by = silt_bytes_text(created_by),
		.comment = silt_bytes_text(comment),
		.empty_layer = empty,
	};
	config->history_layers += !empty;
	config->history = image->history;
	image->declared.layer_count = image->audited.layer_count = config->history_layers;
	image->audited.declared = &image->declared;
}

static void read_image(struct image *image)
{
	struct silt_error err;
	assert_int_equal(silt_build_read(&image->audited, NULL, &image->arena, &image->build, &err), SILT_OK);
}

static void done(struct image *image)
{
	silt_build_done(&image->build);
	silt_arena_done(&image->arena);
}

/* "0 apt-get update | 0 sh -c x | 1 x": the number of the script, and the words from the program on. */
static void write_commands(const struct silt_step *step, struct silt_buffer *out)
{
	for (size_t i = 0; i < step->command_count; i++) {
		const struct silt_command *command = &step->commands[i];
		silt_buffer_printf(out, "%s%zu", i > 0 ? " | " : "", command->script);
		for (size_t w = command->program; w < command->count; w++) {
			silt_buffer_add_byte(out, ' ');
			silt_buffer_add(out, command->words[w].text);
		}
	}
}

static void assert_commands(const char *created_by, const char *expected)
{
	struct image image = {0};
	struct silt_buffer text = {0};
	add_line(&image, created_by, "", false);
	read_image(&image);
	write_commands(&image.build.steps[0], &text);
	if (strcmp(silt_buffer_text(&text), expected) != 0) {
		fail_msg("%s\n  is      %s\n  not     %s", created_by, silt_buffer_text(&text), expected);
	}
	silt_buffer_done(&text);
	done(&image);
}

static void lines_of_all_builders_are_understood(void **state)
{
	(void)state;
	static const struct {
		const char *created_by, *comment, *author;
		enum silt_step_kind kind;
		enum silt_builder builder;
		const char *arguments;
	} cases[] = {
		{"/bin/sh -c #(nop) ADD file:6a87 in / ", "", "", SILT_STEP_ADD, SILT_BUILDER_CLASSIC,
		 "file:6a87 in /"},
		{"/bin/sh -c #(nop)  ENV A=b", "", "", SILT_STEP_ENV, SILT_BUILDER_CLASSIC, "A=b"},
		{"/bin/sh -c apt-get update", "", "", SILT_STEP_RUN, SILT_BUILDER_CLASSIC, "apt-get update"},
		{"|2 A=b C=d /bin/sh -c make", "", "", SILT_STEP_RUN, SILT_BUILDER_CLASSIC, "make"},
		{"RUN /bin/sh -c make # buildkit", "buildkit.dockerfile.v0", "", SILT_STEP_RUN, SILT_BUILDER_BUILDKIT,
		 "make"},
		{"RUN |1 T=x /bin/sh -c make # buildkit", "", "", SILT_STEP_RUN, SILT_BUILDER_BUILDKIT, "make"},
		{"COPY --chmod=4755 tool /bin/tool # buildkit", "", "", SILT_STEP_COPY, SILT_BUILDER_BUILDKIT,
		 "--chmod=4755 tool /bin/tool"},
		{"/bin/sh -c #(nop) COPY file:1 in /x ", "FROM localhost/tiny:1", "", SILT_STEP_COPY,
		 SILT_BUILDER_BUILDAH, "file:1 in /x"},
		{"/bin/sh -c make|unsetLabel=true|force-mtime=10", "", "", SILT_STEP_RUN, SILT_BUILDER_BUILDAH, "make"},
		{"run apk add curl", "", "kaniko", SILT_STEP_RUN, SILT_BUILDER_KANIKO, "apk add curl"},
		{"jib-maven-plugin:3.4.0", "dependencies", "", SILT_STEP_OTHER, SILT_BUILDER_JIB, NULL},
		{"bazel build ...", "", "Bazel", SILT_STEP_OTHER, SILT_BUILDER_BAZEL, NULL},
		{"", "store paths: ['/nix/store/x']", "", SILT_STEP_OTHER, SILT_BUILDER_NIX, NULL},
		{"apko", "This is an apko single-layer image", "apko", SILT_STEP_OTHER, SILT_BUILDER_APKO, NULL},
		{"ko build ko://example.org/x", "", "", SILT_STEP_OTHER, SILT_BUILDER_KO, NULL},
		{"crane flatten sha256:1", "", "", SILT_STEP_OTHER, SILT_BUILDER_CRANE, NULL},
		{"umoci repack", "", "", SILT_STEP_OTHER, SILT_BUILDER_UMOCI, NULL},
		{"", "Imported from -", "", SILT_STEP_OTHER, SILT_BUILDER_IMPORT, NULL},
		{"RUNNING x", "", "", SILT_STEP_OTHER, SILT_BUILDER_UNKNOWN, NULL},
		{"", "", "", SILT_STEP_OTHER, SILT_BUILDER_UNKNOWN, NULL},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		struct image image = {0};
		add_line(&image, cases[i].created_by, cases[i].comment, false);
		image.history[0].author = silt_bytes_text(cases[i].author);
		read_image(&image);
		const struct silt_step *step = &image.build.steps[0];
		bool same = !cases[i].arguments ||
			    silt_bytes_equal(step->arguments, silt_bytes_text(cases[i].arguments));
		if (step->kind != cases[i].kind || image.build.builder != cases[i].builder || !same) {
			fail_msg("\"%s\": kind %d, %s, \"%.*s\"", cases[i].created_by, (int)step->kind,
				 silt_builder_name(image.build.builder), (int)step->arguments.len,
				 (const char *)step->arguments.ptr);
		}
		done(&image);
	}
}

static void the_label_of_buildah_tells_its_lines_from_those_of_docker(void **state)
{
	(void)state;
	struct image image = {0};
	struct silt_pair label = {SILT_LITERAL("io.buildah.version"), SILT_LITERAL("1.43.2")};
	image.declared.config.labels = &label;
	image.declared.config.label_count = 1;
	add_line(&image, "/bin/sh -c make", "", false);
	add_line(&image, "COPY a /a # buildkit", "", false);
	read_image(&image);
	assert_int_equal(image.build.steps[0].builder, SILT_BUILDER_BUILDAH);
	assert_int_equal(image.build.steps[1].builder, SILT_BUILDER_BUILDKIT);
	done(&image);
}

static void words_are_those_of_a_shell(void **state)
{
	(void)state;
	assert_commands("/bin/sh -c apt-get update && apt-get install -y 'a b'",
			"0 apt-get update | 0 apt-get install -y a b");
	assert_commands("RUN /bin/sh -c A=b sudo -u x make; echo \"a; b\" # buildkit", "0 make | 0 echo a; b");
	assert_commands("RUN /bin/sh -c set -e\nmake\n # buildkit", "0 set -e | 0 make");
	assert_commands("|1 A=b /bin/bash -o pipefail -c make | tee log", "0 make | 0 tee log");
	assert_commands("RUN /bin/bash -eux -c make && true # buildkit", "0 make | 0 true");
	assert_commands("RUN --mount=type=cache,target=/c --network=none make", "0 make");
	assert_commands("/bin/sh -c true|unsetLabel=true", "0 true");
}

static void scripts_in_words_follow_their_command(void **state)
{
	(void)state;
	assert_commands("/bin/sh -c sh -c \"a && b\"; c", "0 sh -c a && b | 1 a | 1 b | 0 c");
	assert_commands("/bin/sh -c a $(b $(c)) `d`; e", "0 a $(b $(c)) `d` | 1 b $(c) | 2 c | 3 d | 0 e");
	assert_commands("/bin/sh -c eval \"a\" b; su x -c 'c d'", "0 eval a b | 1 a b | 0 su x -c c d | 2 c d");
	assert_commands("/bin/sh -c bash -exo pipefail -c 'a'", "0 bash -exo pipefail -c a | 1 a");
	assert_commands("/bin/sh -c sh -c \"sh -c 'sh -c \\\"sh -c x\\\"'\"",
			"0 sh -c sh -c 'sh -c \"sh -c x\"' | 1 sh -c sh -c \"sh -c x\" | 2 sh -c sh -c x | 3 sh -c x");
}

static void forms_other_than_that_of_a_shell_are_known(void **state)
{
	(void)state;
	assert_commands("RUN [\"apt-get\", \"install\", \"a b\"]", "0 apt-get install a b");
	assert_commands("RUN [\"bash\", \"-c\", \"a | b\"]", "0 bash -c a | b | 1 a | 1 b");
	assert_commands("RUN /bin/sh -c [ -f x ] && make # buildkit", "0 [ -f x ] | 0 make");
	assert_commands("RUN [", "0 [");
	assert_commands("RUN powershell -Command Remove-Item x; rm y", "");
	assert_commands("RUN /bin/sh -c #!/usr/bin/env python3\nimport os\nrm = 1\n # buildkit", "");
	assert_commands("RUN /bin/sh -c #!/bin/bash\nmake\n # buildkit", "0 make");
}

static void text_of_here_documents_is_no_command_unless_a_shell_reads_it(void **state)
{
	(void)state;
	assert_commands("RUN /bin/sh -c cat >x <<EOF\nrm y\nEOF\nmake # buildkit", "0 cat | 0 make");
	/* Its last line passes for a command: nobody asks for one of that name. */
	assert_commands("RUN <<EOF\nmake\nrm x\nEOF", "0 | 0 make | 0 rm x | 0 EOF");
	assert_commands("RUN <<EOF\n#!/usr/bin/python3\nmake\nEOF", "");
}

static void lines_are_those_of_layers_only_if_they_are_as_many(void **state)
{
	(void)state;
	struct image image = {0};
	add_line(&image, "/bin/sh -c #(nop) ADD file:1 in / ", "", false);
	add_line(&image, "/bin/sh -c #(nop)  CMD [\"sh\"]", "", true);
	add_line(&image, "ADD x.tar / # buildkit", "", false);
	read_image(&image);
	assert_true(image.build.attributed);
	assert_true(image.build.steps[0].rootfs);
	assert_int_equal(image.build.steps[1].layer, SIZE_MAX);
	assert_int_equal(image.build.steps[2].layer, 1);
	assert_false(image.build.steps[2].rootfs);
	silt_build_done(&image.build);
	image.audited.layer_count = 3;
	read_image(&image);
	assert_false(image.build.attributed);
	assert_int_equal(image.build.steps[2].layer, SIZE_MAX);
	done(&image);
}

static void the_history_that_crane_flatten_keeps_is_read(void **state)
{
	(void)state;
	struct image image = {0};
	add_line(
		&image, "crane flatten sha256:1",
		"[{\"created_by\":\"ADD file:1 in /\"},{\"created_by\":\"RUN rm /x # buildkit\",\"empty_layer\":true}]",
		false);
	read_image(&image);
	assert_int_equal(image.build.count, 3);
	assert_true(image.build.steps[0].embedded && image.build.steps[0].rootfs);
	assert_int_equal(image.build.steps[1].kind, SILT_STEP_RUN);
	assert_int_equal(image.build.steps[1].layer, SIZE_MAX);
	assert_int_equal(image.build.steps[2].layer, 0);
	assert_false(image.build.steps[2].embedded);
	done(&image);
}

static void words_without_a_shell_are_what_ran(void **state)
{
	(void)state;
	struct image image = {0};
	add_line(&image, "/bin/sh -c #(nop) ADD file:1 in / ", "", false);
	add_line(&image, "apt-get update", "", false);
	read_image(&image);
	assert_int_equal(image.build.steps[1].kind, SILT_STEP_RUN);
	assert_true(silt_command_is(&image.build.steps[1].commands[0], "apt-get"));
	done(&image);
}

static void a_flood_of_words_is_cut_and_said(void **state)
{
	(void)state;
	enum { WORDS = 300000 };
	struct image image = {0};
	char *line = malloc(2 * WORDS + 1);
	assert_non_null(line);
	for (size_t i = 0; i < WORDS; i++) {
		memcpy(line + 2 * i, "a\n", 2);
	}
	line[2 * WORDS] = '\0';
	memcpy(line, "RUN ", 4);
	add_line(&image, line, "", false);
	read_image(&image);
	assert_true(image.build.cut);
	assert_true(image.build.steps[0].command_count > 100000);
	done(&image);
	free(line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_of_all_builders_are_understood),
		cmocka_unit_test(the_label_of_buildah_tells_its_lines_from_those_of_docker),
		cmocka_unit_test(words_are_those_of_a_shell),
		cmocka_unit_test(scripts_in_words_follow_their_command),
		cmocka_unit_test(forms_other_than_that_of_a_shell_are_known),
		cmocka_unit_test(text_of_here_documents_is_no_command_unless_a_shell_reads_it),
		cmocka_unit_test(lines_are_those_of_layers_only_if_they_are_as_many),
		cmocka_unit_test(the_history_that_crane_flatten_keeps_is_read),
		cmocka_unit_test(words_without_a_shell_are_what_ran),
		cmocka_unit_test(a_flood_of_words_is_cut_and_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
