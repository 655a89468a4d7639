/* Protection of the exit status. */
#include "cli/guard.h"

#include "cli/message.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* An exit handler is given no argument that this could be kept in. */
static bool leaving;

static void end_of_process(void)
{
	if (!leaving) {
		cli_say("internal error: a library ended the program, most likely because memory ran out.");
		_exit(CLI_EXIT_BUG);
	}
}

/* Opened the wrong way round, so that reading standard input or writing the others still fails. */
static bool fill_descriptors(void)
{
	static const int modes[] = {[STDIN_FILENO] = O_WRONLY, [STDOUT_FILENO] = O_RDONLY, [STDERR_FILENO] = O_RDONLY};
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) == -1 && errno == EBADF && open("/dev/null", modes[fd]) != fd) {
			return false;
		}
	}
	return true;
}

/* The signals of a crash. The stack may be what is broken: the handler needs next to none, and calls nothing else. */
static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

static void on_crash(int number)
{
	static const char text[] = "silt: internal error: it crashed, or a library did; memory may have run out.\n";
	(void)number;
	const ssize_t written = write(STDERR_FILENO, text, sizeof(text) - 1);
	(void)written;
	_exit(CLI_EXIT_BUG);
}

/* What somebody else handles already (a sanitizer, which says more) stays his. */
static void catch_crashes(void)
{
	for (size_t i = 0; i < sizeof(crashes) / sizeof(crashes[0]); i++) {
		struct sigaction before;
		if (sigaction(crashes[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL) {
			(void)signal(crashes[i], on_crash);
		}
	}
}

void cli_guard_start_child(void)
{
	for (size_t i = 0; i < sizeof(crashes) / sizeof(crashes[0]); i++) {
		struct sigaction before;
		if (sigaction(crashes[i], NULL, &before) == 0 && before.sa_handler == on_crash) {
			(void)signal(crashes[i], SIG_DFL);
		}
	}
}

/*
 * What glibc finds out by itself otherwise, from files that the sandbox does not let it open: how many heaps the threads
 * share, and whether a heap may shrink. None does, since the largest is no larger than what may lie free at its end.
 */
static void settle_allocator(void)
{
	enum { ARENAS_MAX = 8, MAPPED_FROM = 4 << 20, FREE_MAX = 64 << 20 };
	(void)mallopt(M_ARENA_MAX, ARENAS_MAX);
	(void)mallopt(M_MMAP_THRESHOLD, MAPPED_FROM);
	(void)mallopt(M_TRIM_THRESHOLD, FREE_MAX);
}

void cli_guard_before_input(void)
{
	(void)mallopt(M_PERTURB, 0x5a);
}

enum silt_status cli_guard_start(void)
{
	if (!fill_descriptors() || atexit(end_of_process) != 0) {
		return SILT_ERR_IO;
	}
	const struct rlimit none = {0, 0};
	(void)setrlimit(RLIMIT_CORE, &none);
	settle_allocator();
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGXFSZ, SIG_IGN);
	catch_crashes();
	return SILT_OK;
}

#ifdef SILT_COVERAGE
void __gcov_dump(void);
#endif

_Noreturn void cli_guard_end_child(enum cli_exit status)
{
#ifdef SILT_COVERAGE
	__gcov_dump(); /* is done by exit otherwise */
#endif
	_exit((int)status);
}

int cli_guard_leave(enum cli_exit status)
{
	/* fclose alone would report only what it writes itself: an earlier failure is kept in the stream. */
	const bool failed_before = ferror(stdout) != 0;
	const bool closed = fclose(stdout) == 0;
	const int reason = errno;
	if (!closed || failed_before) {
		if (status != CLI_EXIT_SYSTEM) { /* else it was told by who wrote */
			cli_say("standard output: %s", closed ? "not all of it could be written" : strerror(reason));
		}
		status = cli_exit_worse(status, CLI_EXIT_SYSTEM);
	}
	leaving = true;
	return (int)status;
}
