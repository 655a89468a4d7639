/* The exit status of whole processes, each a child of the test. */
#include "cli/guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* Runs `body` in a child that says nothing, and returns its exit status, or -1 if a signal ended it. */
static int exit_status_of(int (*body)(void))
{
	(void)fflush(NULL);
	const pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		exit(freopen("/dev/null", "w", stderr) != NULL ? body() : 98);
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* The same for a child that must say one line. */
static int exit_status_with_a_sentence(int (*body)(void))
{
	int ends[2];
	(void)fflush(NULL);
	assert_int_equal(pipe(ends), 0);
	const pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		exit(dup2(ends[1], STDERR_FILENO) >= 0 && close(ends[1]) == 0 ? body() : 98);
	}
	char said[1024] = "";
	size_t len = 0;
	(void)close(ends[1]);
	for (ssize_t more; (more = read(ends[0], said + len, sizeof(said) - 1 - len)) > 0;) {
		len += (size_t)more;
	}
	(void)close(ends[0]);
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_memory_equal(said, "silt: standard output: ", 23);
	assert_ptr_equal(strchr(said, '\n'), said + len - 1);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int leaves_as_told(void)
{
	return cli_guard_start() == SILT_OK ? cli_guard_leave(CLI_EXIT_FINDINGS) : 99;
}

static int is_ended_by_a_library(void)
{
	if (cli_guard_start() != SILT_OK) {
		return 99;
	}
	exit(1); /* as libarchive does */
}

static int crashes(void)
{
	if (cli_guard_start() != SILT_OK) {
		return 99;
	}
	(void)raise(SIGSEGV);
	return 98;
}

static int aborts_in_a_child(void)
{
	if (cli_guard_start() != SILT_OK) {
		return 99;
	}
	cli_guard_start_child();
	abort();
}

static int writes_to_a_full_disk(void)
{
	if (cli_guard_start() != SILT_OK || freopen("/dev/full", "w", stdout) == NULL) {
		return 99;
	}
	(void)puts("a report");
	return cli_guard_leave(CLI_EXIT_CLEAN);
}

static int writes_more_than_the_buffer_to_a_full_disk(void)
{
	if (cli_guard_start() != SILT_OK || freopen("/dev/full", "w", stdout) == NULL) {
		return 99;
	}
	for (int i = 0; i < 100000; i++) {
		(void)puts("a long report");
	}
	(void)fflush(stdout); /* the failure is behind us when stdout is closed */
	return cli_guard_leave(CLI_EXIT_FINDINGS);
}

static int writes_into_a_closed_pipe(void)
{
	int ends[2];
	if (cli_guard_start() != SILT_OK || pipe(ends) != 0 || close(ends[0]) != 0 ||
	    dup2(ends[1], STDOUT_FILENO) < 0) {
		return 99;
	}
	(void)puts("a report");
	return cli_guard_leave(CLI_EXIT_CLEAN);
}

static int starts_with_closed_descriptors(void)
{
	(void)close(STDIN_FILENO);
	(void)close(STDOUT_FILENO);
	if (cli_guard_start() != SILT_OK) {
		return 99;
	}
	/* The next descriptor must not be one of the standard three, and those must refuse to work. */
	char byte = 'x';
	const bool usable = write(STDOUT_FILENO, &byte, 1) == 1 || read(STDIN_FILENO, &byte, 1) >= 0;
	return cli_guard_leave(usable || dup(STDERR_FILENO) <= STDERR_FILENO ? CLI_EXIT_BUG : CLI_EXIT_CLEAN);
}

static int may_not_dump_core(void)
{
	struct rlimit limit = {1, 1};
	if (cli_guard_start() != SILT_OK || getrlimit(RLIMIT_CORE, &limit) != 0) {
		return 99;
	}
	return cli_guard_leave(limit.rlim_cur == 0 && limit.rlim_max == 0 ? CLI_EXIT_CLEAN : CLI_EXIT_BUG);
}

static void a_run_ends_with_its_own_status(void **state)
{
	(void)state;
	assert_int_equal(exit_status_of(leaves_as_told), 1);
}

static void an_exit_that_nobody_asked_for_is_70(void **state)
{
	(void)state;
	assert_int_equal(exit_status_of(is_ended_by_a_library), 70);
}

static void a_crash_is_70(void **state)
{
	(void)state;
	assert_int_equal(exit_status_of(crashes), 70);
}

static void a_child_keeps_its_crashes(void **state)
{
	(void)state;
	assert_int_equal(exit_status_of(aborts_in_a_child), -1);
}

static void a_full_disk_is_4(void **state)
{
	(void)state;
	assert_int_equal(exit_status_with_a_sentence(writes_to_a_full_disk), 4);
	assert_int_equal(exit_status_with_a_sentence(writes_more_than_the_buffer_to_a_full_disk), 4);
}

static void a_closed_pipe_is_4_and_no_signal(void **state)
{
	(void)state;
	assert_int_equal(exit_status_with_a_sentence(writes_into_a_closed_pipe), 4);
}

static void closed_descriptors_are_filled_and_refuse(void **state)
{
	(void)state;
	assert_int_equal(exit_status_of(starts_with_closed_descriptors), 0);
}

static void no_core_is_dumped(void **state)
{
	(void)state;
	assert_int_equal(exit_status_of(may_not_dump_core), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_ends_with_its_own_status),
		cmocka_unit_test(an_exit_that_nobody_asked_for_is_70),
		cmocka_unit_test(a_crash_is_70),
		cmocka_unit_test(a_child_keeps_its_crashes),
		cmocka_unit_test(a_full_disk_is_4),
		cmocka_unit_test(a_closed_pipe_is_4_and_no_signal),
		cmocka_unit_test(closed_descriptors_are_filled_and_refuse),
		cmocka_unit_test(no_core_is_dumped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
