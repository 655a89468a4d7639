/* Waiting for input, but not for ever. */
#include "cli/waiting.h"

#include "cli/message.h"
#include "cli/progress.h"
#include "silt/audit.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <unistd.h>

/* Milliseconds until `end`, as poll takes them. */
static int left_until(int64_t end)
{
	const int64_t left = end - cli_progress_now();
	return left < 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
}

/* True once there is something to read, or the end; false if nothing came in time, of which a sentence tells. */
static bool wait_for_input(struct cli_waiting *waiting)
{
	const int64_t end = cli_progress_now() + (int64_t)waiting->seconds * 1000;
	struct pollfd input = {.fd = waiting->fd, .events = POLLIN};
	int ready = waiting->gave_up ? 0 : poll(&input, 1, left_until(end));
	while (!waiting->gave_up && ready < 0 && errno == EINTR) {
		ready = poll(&input, 1, left_until(end));
	}
	if (ready == 0 && !waiting->gave_up) {
		waiting->gave_up = true;
		cli_say("%s: nothing came for %" PRIu64
			" s: it counts as ended here (--limit stall-seconds=VALUE waits "
			"longer).",
			cli_printable(waiting->word).text, waiting->seconds);
	}
	return ready != 0; /* what poll cannot wait for, read tells of */
}

int64_t cli_waiting_read(void *ctx, void *buffer, size_t size)
{
	struct cli_waiting *waiting = ctx;
	for (;;) {
		if (!wait_for_input(waiting)) {
			return SILT_READ_GAVE_UP;
		}
		const ssize_t got = read(waiting->fd, buffer, size);
		if (got >= 0 || (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK)) {
			return got;
		}
	}
}
