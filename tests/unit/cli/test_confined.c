/* However the work ends, somebody says how, the exit status is a documented one, and the output is whole or untouched. */
#include "cli/confined.h"
#include "cli/guard.h"
#include "unit/cli/child.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <cmocka.h>

static char file[64];

/* ---- Kinds of work ------------------------------------------------------------------------------------------------- */

static bool report(struct cli_handover *to, const char *text)
{
	return to->sink.write(to->sink.ctx, text, strlen(text));
}

static enum cli_exit find_things(void *ctx, struct cli_handover *to)
{
	(void)ctx;
	to->bytes = 4711;
	to->complete = report(to, "a ") && report(to, "report");
	return to->sandbox->enabled ? CLI_EXIT_FINDINGS : CLI_EXIT_CLEAN;
}

static enum cli_exit write_much(void *ctx, struct cli_handover *to)
{
	(void)ctx;
	static char much[1000000];
	memset(much, 'x', sizeof(much));
	to->complete = to->sink.write(to->sink.ctx, much, sizeof(much));
	return to->complete ? CLI_EXIT_CLEAN : CLI_EXIT_SYSTEM;
}

static enum cli_exit read_nothing(void *ctx, struct cli_handover *to)
{
	(void)ctx, (void)to;
	return CLI_EXIT_INCOMPLETE;
}

static enum cli_exit claim_a_pass(void *ctx, struct cli_handover *to)
{
	(void)ctx, (void)to;
	return CLI_EXIT_CLEAN;
}

static enum cli_exit claim_anything(void *ctx, struct cli_handover *to)
{
	to->complete = report(to, "a report");
	return *(const enum cli_exit *)ctx;
}

static enum cli_exit stop_in_the_middle(void *ctx, struct cli_handover *to)
{
	(void)ctx;
	(void)report(to, "half a rep");
	return CLI_EXIT_CLEAN;
}

static enum cli_exit crash(void *ctx, struct cli_handover *to)
{
	(void)ctx;
	(void)report(to, "half a rep");
	(void)signal(SIGSEGV, SIG_DFL);
	(void)raise(SIGSEGV);
	return CLI_EXIT_CLEAN;
}

static enum cli_exit be_ended_by_a_library(void *ctx, struct cli_handover *to)
{
	(void)ctx;
	(void)report(to, "half a rep");
	exit(1); /* as libarchive does when memory runs out */
}

static enum cli_exit get_nowhere(void *ctx, struct cli_handover *to)
{
	(void)ctx;
	volatile bool forever = report(to, "half a rep");
	while (forever) {
	}
	return CLI_EXIT_CLEAN;
}

static enum cli_exit connect_somewhere(void *ctx, struct cli_handover *to)
{
	(void)ctx;
	(void)report(to, "half a rep");
	(void)socket(AF_INET, SOCK_STREAM, 0);
	return CLI_EXIT_CLEAN;
}

/* Whoever has taken over the child writes what he likes. */
static enum cli_exit write_rubbish(void *ctx, struct cli_handover *to)
{
	(void)to;
	const uint32_t *words = ctx;
	return write(STDOUT_FILENO, words, 2 * sizeof(*words)) > 0 ? CLI_EXIT_CLEAN : CLI_EXIT_BUG;
}

/* ---- Running it ---------------------------------------------------------------------------------------------------- */

struct trial {
	enum cli_exit (*work)(void *ctx, struct cli_handover *to);
	void *ctx;
	const char *output;
	bool open;
};

static void run(void *ctx)
{
	const struct trial *trial = ctx;
	const struct cli_confined confined = {.work = trial->work,
					      .ctx = trial->ctx,
					      .output = trial->output,
					      .open = trial->open,
					      .hang_seconds = 1};
	/* As in the program: what a library ends must not read as a verdict. */
	if (cli_guard_start() == SILT_OK) {
		const struct cli_outcome outcome = cli_confined_run(&confined);
		const uint64_t bytes = trial->work == find_things ? 4711 : 0;
		const bool right = !outcome.delivered || outcome.bytes == bytes;
		_exit(right ? (int)outcome.status : CHILD_LOST);
	}
}

static enum cli_exit status_of(struct trial trial)
{
	const int end = end_of(run, &trial);
	assert_true(WIFEXITED(end));
	return (enum cli_exit)WEXITSTATUS(end);
}

static void write_old_file(void)
{
	FILE *out = fopen(file, "w");
	assert_non_null(out);
	assert_true(fputs("old", out) >= 0);
	assert_int_equal(fclose(out), 0);
}

static void assert_file(const char *text)
{
	char content[64] = "";
	FILE *in = fopen(file, "r");
	assert_non_null(in);
	(void)!fread(content, 1, sizeof(content) - 1, in);
	(void)fclose(in);
	assert_string_equal(content, text);
}

/* The work ends with 70, and the old report stays. */
static void assert_bug(enum cli_exit (*work)(void *ctx, struct cli_handover *to), void *ctx)
{
	write_old_file();
	assert_int_equal(status_of((struct trial){.work = work, .ctx = ctx, .output = file}), CLI_EXIT_BUG);
	assert_file("old");
}

/* ---- Tests --------------------------------------------------------------------------------------------------------- */

static void a_report_is_delivered_with_its_status(void **state)
{
	(void)state;
	write_old_file();
	assert_int_equal(status_of((struct trial){.work = find_things, .output = file}), CLI_EXIT_FINDINGS);
	assert_file("a report");
}

static void without_the_sandbox_it_is_so_too(void **state)
{
	(void)state;
	write_old_file();
	assert_int_equal(status_of((struct trial){.work = find_things, .output = file, .open = true}), CLI_EXIT_CLEAN);
	assert_file("a report");
}

static void work_without_a_report_touches_no_file(void **state)
{
	(void)state;
	write_old_file();
	assert_int_equal(status_of((struct trial){.work = read_nothing, .output = file}), CLI_EXIT_INCOMPLETE);
	assert_file("old");
}

static void a_verdict_without_a_report_is_a_bug(void **state)
{
	(void)state;
	assert_bug(claim_a_pass, NULL);
	assert_bug(stop_in_the_middle, NULL);
}

static void a_status_that_nobody_knows_is_a_bug(void **state)
{
	(void)state;
	enum cli_exit unknown = (enum cli_exit)17;
	assert_int_equal(status_of((struct trial){.work = claim_anything, .ctx = &unknown, .output = file}),
			 CLI_EXIT_BUG);
}

static void a_death_is_a_bug_and_the_old_report_stays(void **state)
{
	(void)state;
	assert_bug(crash, NULL);
	assert_bug(connect_somewhere, NULL);
	assert_bug(be_ended_by_a_library, NULL);
	assert_bug(get_nowhere, NULL);
}

static void rubbish_is_no_report(void **state)
{
	(void)state;
	uint32_t messages[][2] = {{0, 0}, {1, UINT32_MAX}, {1, 64 * 1024 + 1}, {2, 0}, {2, 9}, {3, 8}};
	for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++) {
		assert_bug(write_rubbish, messages[i]);
	}
}

static void an_output_that_refuses_is_4_and_no_bug(void **state)
{
	(void)state;
	assert_int_equal(status_of((struct trial){.work = find_things, .output = "/dev/full"}), CLI_EXIT_SYSTEM);
	assert_int_equal(status_of((struct trial){.work = write_much, .output = "/dev/full"}), CLI_EXIT_SYSTEM);
	assert_int_equal(status_of((struct trial){.work = write_much, .output = "/dev/full", .open = true}),
			 CLI_EXIT_SYSTEM);
	assert_int_equal(status_of((struct trial){.work = find_things, .output = "/nowhere/report"}), CLI_EXIT_SYSTEM);
}

static void a_long_report_comes_in_pieces(void **state)
{
	(void)state;
	assert_int_equal(status_of((struct trial){.work = write_much, .output = file}), CLI_EXIT_CLEAN);
	FILE *in = fopen(file, "r");
	assert_non_null(in);
	assert_int_equal(fseek(in, 0, SEEK_END), 0);
	assert_int_equal(ftell(in), 1000000);
	(void)fclose(in);
}

static void run_without_processes(void *ctx)
{
	/* Root may have as many as it likes. */
	const struct rlimit none = {0, 0};
	if (setrlimit(RLIMIT_NPROC, &none) != 0 || (geteuid() == 0 && setuid(65534) != 0)) {
		_exit(CHILD_LOST);
	}
	run(ctx);
}

static void without_a_process_to_confine_nothing_is_read(void **state)
{
	(void)state;
	struct trial trial = {.work = find_things, .output = "/dev/null"};
	assert_int_equal(end_of(run_without_processes, &trial), CLI_EXIT_SYSTEM << 8);
}

static int make_file(void **state)
{
	(void)state;
	(void)snprintf(file, sizeof(file), "/tmp/silt-confined-XXXXXX");
	const int fd = mkstemp(file);
	return fd >= 0 ? close(fd) : -1;
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_report_is_delivered_with_its_status),
		cmocka_unit_test(without_the_sandbox_it_is_so_too),
		cmocka_unit_test(work_without_a_report_touches_no_file),
		cmocka_unit_test(a_verdict_without_a_report_is_a_bug),
		cmocka_unit_test(a_status_that_nobody_knows_is_a_bug),
		cmocka_unit_test(a_death_is_a_bug_and_the_old_report_stays),
		cmocka_unit_test(rubbish_is_no_report),
		cmocka_unit_test(an_output_that_refuses_is_4_and_no_bug),
		cmocka_unit_test(a_long_report_comes_in_pieces),
		cmocka_unit_test(without_a_process_to_confine_nothing_is_read),
	};
	return cmocka_run_group_tests(tests, make_file, remove_file);
}
