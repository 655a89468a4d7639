/* The progress line. */
#include "cli/progress.h"

#include "cli/message.h"
#include "cli/terminal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { REDRAW_MILLISECONDS = 100, LINE_MILLISECONDS = 1000, COLUMNS_IF_UNKNOWN = 80 };

enum { AMOUNT_SIZE = 32, PACE_SIZE = 96 };

/* Control sequences of ECMA-48: to the start of the line; erase to its end. */
#define TO_START "\r"
#define ERASE_REST "\x1b[K"

int64_t cli_progress_now(void)
{
	struct timespec now = {0};
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct cli_progress cli_progress_start(enum cli_progress_kind wished, const char *name)
{
	const int64_t now = cli_progress_now();
	struct cli_progress progress = {
		.kind = wished, .name = name, .started_at = now, .drawn_at = now, .columns = CLI_PROGRESS_COLUMNS_MAX};
	if (wished == CLI_PROGRESS_LINE) {
		const bool smart = cli_terminal_is_smart(STDERR_FILENO);
		const unsigned columns = smart ? cli_terminal_columns(STDERR_FILENO) : 0;
		progress.kind = smart ? CLI_PROGRESS_LINE : CLI_PROGRESS_NONE;
		progress.columns = columns > 0 ? columns : COLUMNS_IF_UNKNOWN;
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

/* "2 s", "3 min", "1.5 h". */
static const char *time_text(char *text, size_t size, double seconds)
{
	if (seconds < 99.5) {
		(void)snprintf(text, size, "%.0f s", seconds);
	} else if (seconds < 99.5 * 60) {
		(void)snprintf(text, size, "%.0f min", seconds / 60);
	} else {
		(void)snprintf(text, size, "%.1f h", seconds / 3600);
	}
	return text;
}

/* ", 420 MB/s, 3 s left" as far as it is known; else "". */
static const char *pace_text(char text[static PACE_SIZE], const struct silt_progress *now, int64_t milliseconds)
{
	char rate[AMOUNT_SIZE], left[AMOUNT_SIZE];
	text[0] = '\0';
	if (milliseconds <= 0 || now->bytes == 0) {
		return text;
	}
	const double pace = (double)now->bytes / (double)milliseconds * 1000;
	(void)cli_size_text(rate, sizeof(rate), (uint64_t)pace);
	(void)snprintf(text, PACE_SIZE, ", %s/s", rate);
	if (now->bytes_total >= now->bytes) {
		(void)time_text(left, sizeof(left), (double)(now->bytes_total - now->bytes) / pace);
		(void)snprintf(text, PACE_SIZE, ", %s/s, %s left", rate, left);
	}
	return text;
}

/* "45% of 2.1 MB", or "900 kB". */
static const char *amount_text(char text[static PACE_SIZE], const struct silt_progress *now)
{
	char total[AMOUNT_SIZE];
	if (now->bytes_total == 0) {
		return cli_size_text(text, PACE_SIZE, now->bytes);
	}
	const uint64_t done = now->bytes < now->bytes_total ? now->bytes : now->bytes_total;
	(void)snprintf(text, PACE_SIZE, "%.0f%% of %s", 100.0 * (double)done / (double)now->bytes_total,
		       cli_size_text(total, sizeof(total), now->bytes_total));
	return text;
}

size_t cli_progress_text(char *text, size_t size, const char *name, const struct silt_progress *now,
			 int64_t milliseconds, unsigned columns)
{
	char amount[PACE_SIZE], pace[PACE_SIZE];
	/* What matters most comes first: the end is what a narrow terminal loses. */
	(void)snprintf(text, size, "%s: %s%s, %" PRIu64 " %s, %" PRIu64 " %s so far%s%s", name,
		       amount_text(amount, now), pace_text(pace, now, milliseconds), now->layers,
		       now->layers == 1 ? "layer" : "layers", now->hits, now->hits == 1 ? "secret" : "secrets",
		       now->member[0] != '\0' ? ", in " : "", now->member);
	/* No printable character has fewer bytes than columns, so bytes are a safe measure. The last column stays free:
	 * some terminals wrap when it is written. The last byte of `text` stays free too: it may be half a character. */
	const size_t len = strlen(text);
	const size_t wide = columns > 0 ? columns - 1 : 0;
	const size_t room = wide < size - 2 ? wide : size - 2;
	return len > room ? cut_text(text, room) : len;
}

static void draw(struct cli_progress *progress, const char *text)
{
	if (progress->kind == CLI_PROGRESS_LINES) {
		(void)fprintf(stderr, "%s\n", text);
	} else {
		(void)fprintf(stderr, TO_START "%s" ERASE_REST, text);
		progress->on_screen = true;
	}
	(void)fflush(stderr);
}

bool cli_progress_update(void *ctx, const struct silt_progress *now)
{
	static const int64_t pauses[] = {
		[CLI_PROGRESS_LINE] = REDRAW_MILLISECONDS, [CLI_PROGRESS_LINES] = LINE_MILLISECONDS};
	struct cli_progress *progress = ctx;
	const int64_t time = progress->kind != CLI_PROGRESS_NONE ? cli_progress_now() : 0;
	if (progress->kind == CLI_PROGRESS_NONE || time - progress->drawn_at < pauses[progress->kind]) {
		return true;
	}
	char text[CLI_PROGRESS_COLUMNS_MAX];
	(void)cli_progress_text(text, sizeof(text), progress->name, now, time - progress->started_at,
				progress->columns);
	draw(progress, text);
	progress->drawn_at = time;
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
