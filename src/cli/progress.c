/* The progress line. */
#include "cli/progress.h"

#include "cli/message.h"
#include "cli/terminal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { REDRAW_MILLISECONDS = 100, COLUMNS_IF_UNKNOWN = 80 };

/* Control sequences of ECMA-48: to the start of the line; erase to its end. */
#define TO_START "\r"
#define ERASE_REST "\x1b[K"

int64_t cli_progress_now(void)
{
	struct timespec now = {0};
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct cli_progress cli_progress_start(bool shown, const char *name)
{
	struct cli_progress progress = {.name = name, .drawn_at = cli_progress_now()};
	progress.shown = shown && cli_terminal_is_smart(STDERR_FILENO);
	progress.columns = progress.shown ? cli_terminal_columns(STDERR_FILENO) : 0;
	if (progress.columns == 0) {
		progress.columns = COLUMNS_IF_UNKNOWN;
	}
	return progress;
}

const char *cli_size_text(char *text, size_t size, uint64_t bytes)
{
	static const char *const units[] = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
	size_t unit = 0;
	double value = (double)bytes;
	for (; value >= 999.5 && unit + 1 < sizeof(units) / sizeof(units[0]); unit++) {
		value /= 1000;
	}
	(void)snprintf(text, size, unit > 0 && value < 99.95 ? "%.1f %s" : "%.0f %s", value, units[unit]);
	return text;
}

/* Cuts `text` to `len` bytes or a little less, so that no character is cut in two. */
static size_t cut_text(char *text, size_t len)
{
	while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80) {
		len--;
	}
	text[len] = '\0';
	return len;
}

size_t cli_progress_text(char *text, size_t size, const char *name, const struct silt_progress *now, unsigned columns)
{
	char amount[32];
	if (now->bytes_total > 0) {
		const uint64_t done = now->bytes < now->bytes_total ? now->bytes : now->bytes_total;
		(void)snprintf(amount, sizeof(amount), "%.0f%%", 100.0 * (double)done / (double)now->bytes_total);
	} else {
		(void)cli_size_text(amount, sizeof(amount), now->bytes);
	}
	/* What matters most comes first: the end is what a narrow terminal loses. */
	(void)snprintf(text, size, "%s: %s, %" PRIu64 " %s, %" PRIu64 " %s so far, in %s", name, amount, now->layers,
		       now->layers == 1 ? "layer" : "layers", now->hits, now->hits == 1 ? "secret" : "secrets",
		       now->member);
	/* No printable character has fewer bytes than columns, so bytes are a safe measure. The last column stays free:
	 * some terminals wrap when it is written. The last byte of `text` stays free too: it may be half a character. */
	const size_t len = strlen(text);
	const size_t wide = columns > 0 ? columns - 1 : 0;
	const size_t room = wide < size - 2 ? wide : size - 2;
	return len > room ? cut_text(text, room) : len;
}

bool cli_progress_update(void *ctx, const struct silt_progress *now)
{
	struct cli_progress *progress = ctx;
	const int64_t time = progress->shown ? cli_progress_now() : 0;
	if (!progress->shown || time - progress->drawn_at < REDRAW_MILLISECONDS) {
		return true;
	}
	char text[CLI_PROGRESS_COLUMNS_MAX];
	(void)cli_progress_text(text, sizeof(text), progress->name, now, progress->columns);
	(void)fprintf(stderr, TO_START "%s" ERASE_REST, text);
	(void)fflush(stderr);
	progress->drawn_at = time;
	progress->on_screen = true;
	return true;
}

void cli_progress_sweep(void)
{
	if (cli_terminal_is_smart(STDERR_FILENO)) {
		(void)fputs(TO_START ERASE_REST, stderr);
		(void)fflush(stderr);
	}
}

void cli_progress_erase(struct cli_progress *progress)
{
	if (progress->on_screen) {
		(void)fputs(TO_START ERASE_REST, stderr);
		(void)fflush(stderr);
		progress->on_screen = false;
	}
}

void cli_progress_close(uint64_t bytes, int64_t milliseconds)
{
	const double seconds = (double)(milliseconds > 0 ? milliseconds : 1) / 1000;
	char amount[32];
	char rate[32];
	cli_say("audited %s in %.2f s (%s/s)", cli_size_text(amount, sizeof(amount), bytes), seconds,
		cli_size_text(rate, sizeof(rate), (uint64_t)((double)bytes / seconds)));
}
