/* A watchdog that counts seconds of processor time. */
#include "cli/watchdog.h"

#include "cli/exit_status.h"
#include "cli/message.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

/* A signal handler is given no argument that these could be kept in. */
static atomic_int silent; /* seconds since the last beat, of any thread */
static volatile sig_atomic_t allowed;
static char last_words[128];

static void on_second(int signal_number)
{
	(void)signal_number;
	if (++silent <= allowed) {
		return;
	}
	const ssize_t written = write(STDERR_FILENO, last_words, strlen(last_words));
	(void)written;
	_exit(CLI_EXIT_BUG);
}

void cli_watchdog_beat(void *ctx)
{
	(void)ctx;
	/* All threads beat, and often: a look leaves them the line of cache, an exchange would not. */
	if (atomic_load_explicit(&silent, memory_order_relaxed) != 0) {
		silent = 0;
	}
}

enum silt_status cli_watchdog_start(uint64_t seconds, struct silt_error *err)
{
	const struct itimerval every_second = {{1, 0}, {1, 0}};
	struct sigaction action = {.sa_handler = on_second, .sa_flags = SA_RESTART};
	(void)snprintf(last_words, sizeof(last_words),
		       "silt: internal error: the audit got nowhere in %" PRIu64
		       " s of processor time and was given up.\n",
		       seconds);
	silent = 0;
	allowed = (sig_atomic_t)seconds;
	if (sigaction(SIGPROF, &action, NULL) != 0 || setitimer(ITIMER_PROF, &every_second, NULL) != 0) {
		return cli_fail(err, SILT_ERR_IO, "cannot start the watchdog: %s", strerror(errno));
	}
	return SILT_OK;
}
