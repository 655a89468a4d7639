/* History lines of every builder, as a person would write them. */
#include "bundle/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void expect(const char *created_by, const char *expected)
{
	struct silt_history history = {.created_by = silt_bytes_text(created_by), .comment = SILT_LITERAL("note")};
	struct silt_buffer out = {0};
	silt_history_instruction(&history, &out);
	assert_string_equal(silt_buffer_text(&out), expected);
	silt_buffer_done(&out);
}

static void classic_instructions_lose_shell_and_nop(void **state)
{
	(void)state;
	expect("/bin/sh -c #(nop)  ENV A=b", "ENV A=b");
	expect("/bin/sh -c #(nop) COPY file:1 in /x ", "COPY file:1 in /x");
	expect("/bin/sh -c #(nop) COPY multi:1f2e in /srv/", "COPY multi:1f2e in /srv/");
	expect("/bin/sh -c #(nop)  CMD [\"/bin/sh\" \"-c\" \"x\"]", "CMD [\"/bin/sh\" \"-c\" \"x\"]");
	expect("/bin/sh -c #(nop) ARG TOKEN=default", "ARG TOKEN=default");
}

static void classic_commands_become_run(void **state)
{
	(void)state;
	expect("/bin/sh -c rm x", "RUN rm x");
	expect("/bin/sh -c     apt-get update && apt-get install -y curl",
	       "RUN apt-get update && apt-get install -y curl");
	expect("/bin/sh -c", "RUN");
}

static void classic_build_arguments_are_cut(void **state)
{
	(void)state;
	expect("|1 A=b /bin/sh -c c", "RUN c");
	expect("|2 TOKEN=x V=1 /bin/sh -c make all", "RUN make all");
	expect("|0 /bin/sh -c make", "RUN make");
}

static void build_arguments_with_spaces_are_cut(void **state)
{
	(void)state;
	expect("|1 FLAGS=-O2 -g -Wall /bin/sh -c make", "RUN make");
	expect("|2 A=one two B=three /bin/sh -c make", "RUN make");
}

static void build_arguments_before_a_shell_less_command_are_cut(void **state)
{
	(void)state;
	expect("|1 A=b /usr/bin/make all", "RUN /usr/bin/make all");
	expect("|1 A=b", "RUN");
}

static void a_shell_within_the_command_is_kept(void **state)
{
	(void)state;
	expect("|1 A=b /bin/sh -c echo '/bin/sh -c x'", "RUN echo '/bin/sh -c x'");
	expect("|1 A=b /bin/bash -c echo '/bin/sh -c x'", "RUN /bin/bash -c echo '/bin/sh -c x'");
	expect("/bin/sh -c echo '#(nop) FROM x'", "RUN echo '#(nop) FROM x'");
}

static void something_like_build_arguments_is_kept(void **state)
{
	(void)state;
	expect("|x A=b /bin/sh -c c", "|x A=b /bin/sh -c c");
	expect("| 1", "| 1");
	expect("|", "|");
	expect("|1", "|1");
	expect("|99999999999999999999 A=b", "|99999999999999999999 A=b");
	expect("|999999 A=b /bin/sh -c c", "RUN c");
}

static void buildkit_lines_lose_shell_and_mark(void **state)
{
	(void)state;
	expect("RUN /bin/sh -c rm x # buildkit", "RUN rm x");
	expect("COPY ./a /b # buildkit", "COPY ./a /b");
	expect("ENV A=b", "ENV A=b");
	expect("ARG TOKEN=default", "ARG TOKEN=default");
	expect("RUN |1 TOKEN=x /bin/sh -c cmd # buildkit", "RUN cmd");
	expect("COPY --chmod=4755 tool /usr/local/bin/tool # buildkit", "COPY --chmod=4755 tool /usr/local/bin/tool");
}

static void buildkit_run_without_shell_is_kept(void **state)
{
	(void)state;
	expect("RUN /bin/tool --init # buildkit", "RUN /bin/tool --init");
	expect("RUN |1 A=b /bin/tool --init # buildkit", "RUN /bin/tool --init");
}

static void newlines_of_a_heredoc_are_kept(void **state)
{
	(void)state;
	expect("RUN /bin/sh -c echo a > /t\nrm /t\n # buildkit", "RUN echo a > /t\nrm /t");
	expect("RUN |1 A=b /bin/sh -c <<EOF\nset -e\n  make\nEOF # buildkit", "RUN <<EOF\nset -e\n  make\nEOF");
	expect("COPY <<EOT /etc/x # buildkit", "COPY <<EOT /etc/x");
}

static void another_shell_is_part_of_the_line(void **state)
{
	(void)state;
	expect("RUN /bin/bash -o pipefail -c a | b # buildkit", "RUN /bin/bash -o pipefail -c a | b");
	expect("/bin/bash -o pipefail -c a | b", "RUN /bin/bash -o pipefail -c a | b");
	expect("/bin/bash -o pipefail -c #(nop)  CMD [\"x\"]", "CMD [\"x\"]");
	expect("|1 A=b /bin/bash -o pipefail -c a", "RUN /bin/bash -o pipefail -c a");
	expect("powershell -Command Remove-Item x", "RUN powershell -Command Remove-Item x");
}

static void the_shell_of_windows_is_cut(void **state)
{
	(void)state;
	expect("cmd /S /C del x", "RUN del x");
	expect("cmd /S /C #(nop)  USER app", "USER app");
}

static void marks_of_buildah_are_cut(void **state)
{
	(void)state;
	expect("/bin/sh -c make|unsetLabel=true|inheritLabels=false|force-mtime=10", "RUN make");
	expect("/bin/sh -c #(nop) ENV A=b|unsetLabel=true|force-mtime=10", "ENV A=b");
	expect("|1 A=b /bin/sh -c make|force-mtime=10", "RUN make");
	expect("/bin/sh -c a | b", "RUN a | b");
	expect("/bin/sh -c a|force-mtime=10 b", "RUN a|force-mtime=10 b");
}

static void a_dockerfile_line_of_kaniko_is_kept(void **state)
{
	(void)state;
	expect("RUN apt-get update", "RUN apt-get update");
	expect("COPY --from=build /a /b", "COPY --from=build /a /b");
}

static void lines_of_other_builders_are_kept(void **state)
{
	(void)state;
	expect("jib-maven-plugin:3.4.0", "jib-maven-plugin:3.4.0");
	expect("bazel build ...", "bazel build ...");
	expect("crane flatten sha256:12", "crane flatten sha256:12");
	expect("/bin/bash", "/bin/bash");
	expect("apt-get install curl", "apt-get install curl");
}

static void without_a_line_the_comment_is_used(void **state)
{
	(void)state;
	expect("", "note");
	expect("  ", "note");
}

static void bytes_are_not_changed(void **state)
{
	(void)state;
	expect("/bin/sh -c printf '\x1b[2J\xff'", "RUN printf '\x1b[2J\xff'");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(classic_instructions_lose_shell_and_nop),
		cmocka_unit_test(classic_commands_become_run),
		cmocka_unit_test(classic_build_arguments_are_cut),
		cmocka_unit_test(build_arguments_with_spaces_are_cut),
		cmocka_unit_test(build_arguments_before_a_shell_less_command_are_cut),
		cmocka_unit_test(a_shell_within_the_command_is_kept),
		cmocka_unit_test(something_like_build_arguments_is_kept),
		cmocka_unit_test(buildkit_lines_lose_shell_and_mark),
		cmocka_unit_test(buildkit_run_without_shell_is_kept),
		cmocka_unit_test(newlines_of_a_heredoc_are_kept),
		cmocka_unit_test(another_shell_is_part_of_the_line),
		cmocka_unit_test(the_shell_of_windows_is_cut),
		cmocka_unit_test(marks_of_buildah_are_cut),
		cmocka_unit_test(a_dockerfile_line_of_kaniko_is_kept),
		cmocka_unit_test(lines_of_other_builders_are_kept),
		cmocka_unit_test(without_a_line_the_comment_is_used),
		cmocka_unit_test(bytes_are_not_changed),
	};
	return cmocka_run_group_tests_name("instruction", tests, NULL, NULL);
}
