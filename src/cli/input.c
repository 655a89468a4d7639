/* From the words of a command line to the result of an audit. */
#include "cli/input.h"

#include "cli/message.h"
#include "cli/progress.h"
#include "cli/watchdog.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_standard_input(const char *input)
{
	return strcmp(input, "-") == 0;
}

/* "OS/ARCH" or "OS/ARCH/VARIANT", no part of it empty. */
static bool is_platform(const char *text)
{
	size_t parts = 0;
	for (;; text++) {
		const size_t len = strcspn(text, "/");
		if (len == 0) {
			return false;
		}
		parts++;
		text += len;
		if (*text == '\0') {
			return parts == 2 || parts == 3;
		}
	}
}

static enum silt_status check_standard_input(const struct cli_arguments *arguments, struct silt_error *err)
{
	size_t count = 0;
	for (size_t i = 0; i < arguments->operand_count; i++) {
		count += is_standard_input(arguments->operands[i]);
	}
	if (count > 1) {
		return cli_fail(err, SILT_ERR_USAGE, "standard input (-) can be read only once.");
	}
	if (count == 1 && isatty(STDIN_FILENO)) {
		return cli_fail(err, SILT_ERR_USAGE,
				"standard input is a terminal: pipe an image into it, as in "
				"'docker save app | silt scan -'.");
	}
	return SILT_OK;
}

enum silt_status cli_input_check(const struct cli_arguments *arguments, struct silt_error *err)
{
	const char *platform = arguments->values[CLI_OPTION_PLATFORM];
	if (platform != NULL && !is_platform(platform)) {
		return cli_fail(err, SILT_ERR_USAGE, "--platform needs OS/ARCH, such as linux/amd64, not '%s'.",
				cli_printable(platform).text);
	}
	if (arguments->given[CLI_OPTION_TRUST_DIGESTS] && !arguments->given[CLI_OPTION_CACHE]) {
		return cli_fail(err, SILT_ERR_USAGE,
				"--trust-digests says what to believe of a cache: --cache names it.");
	}
	return check_standard_input(arguments, err);
}

static enum cli_progress_kind wished_progress(const struct cli_arguments *arguments)
{
	const char *when = arguments->values[CLI_OPTION_PROGRESS];
	if (arguments->given[CLI_OPTION_QUIET] || strcmp(when, "never") == 0) {
		return CLI_PROGRESS_NONE;
	}
	return strcmp(when, "plain") == 0 ? CLI_PROGRESS_LINES : CLI_PROGRESS_LINE;
}

/* ---- Opening ------------------------------------------------------------------------------------------------------- */

/* Not blocking, for the sake of pipes; what else was opened blocks again when it is read. */
static int open_path(const char *path)
{
	return open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

static bool make_blocking(int fd)
{
	const int flags = fcntl(fd, F_GETFL);
	return flags >= 0 && fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) == 0;
}

/*
 * A pipe that takes a block of silt's at once wakes its two ends less often: what writes it, `cat` of 690 MB, took 0.15 s
 * instead of 0.22. A system that refuses leaves it as it is.
 */
static void widen(int fd)
{
	enum { PIPE_BYTES = 256 * 1024 };
	if (fcntl(fd, F_GETPIPE_SZ) < PIPE_BYTES) {
		(void)fcntl(fd, F_SETPIPE_SZ, PIPE_BYTES);
	}
}

static bool look_at(struct cli_input *input)
{
	struct stat facts;
	if ((fcntl(input->fd, F_GETFL) & O_ACCMODE) == O_WRONLY) {
		errno = EBADF; /* what stands for a standard input that was closed */
		return false;
	}
	if (fstat(input->fd, &facts) != 0) {
		return false;
	}
	const bool ours = input->fd != STDIN_FILENO;
	input->folder = S_ISDIR(facts.st_mode);
	input->pipe = !input->folder && !S_ISREG(facts.st_mode) && !S_ISBLK(facts.st_mode);
	if (S_ISFIFO(facts.st_mode)) {
		widen(input->fd);
	}
	return !ours || S_ISFIFO(facts.st_mode) || make_blocking(input->fd);
}

enum silt_status cli_input_open(const char *word, struct cli_input *out, struct silt_error *err)
{
	*out = (struct cli_input){.word = word};
	out->fd = is_standard_input(word) ? STDIN_FILENO : open_path(word);
	if (out->fd >= 0 && look_at(out)) {
		return SILT_OK;
	}
	const int reason = errno;
	cli_input_close(out);
	return cli_fail(err, SILT_ERR_IO, "cannot open it: %s", strerror(reason));
}

void cli_input_close(struct cli_input *input)
{
	if (input->fd > STDERR_FILENO) {
		(void)close(input->fd);
	}
	input->fd = -1;
}

void cli_input_expect_many(void)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &limit);
	}
}

/* ---- Auditing ------------------------------------------------------------------------------------------------------ */

/* A pipe that nobody has opened for writing yet reads as if it had ended: waiting comes before reading. */
enum silt_status cli_input_bundle(const struct cli_input *input, const struct cli_limits *limits,
				  struct cli_waiting *waiting, struct silt_bundle **out, struct silt_error *err)
{
	*waiting = (struct cli_waiting){
		.fd = input->fd, .word = input->word, .seconds = cli_limits_value(limits, "stall-seconds")};
	return input->pipe ? silt_bundle_open_read(cli_waiting_read, waiting, input->word, out, err)
			   : silt_bundle_open_fd(input->fd, input->word, out, err);
}

static enum silt_status open_named(const struct cli_input *input, const struct cli_limits *limits, const char *name,
				   struct cli_waiting *waiting, struct silt_bundle **out, struct silt_error *err)
{
	struct silt_bundle *bundle = NULL;
	enum silt_status status = cli_input_bundle(input, limits, waiting, &bundle, err);
	if (status == SILT_OK && name != NULL) {
		status = silt_bundle_set_name(bundle, name, err);
	}
	if (status != SILT_OK) {
		silt_bundle_free(bundle);
		return status;
	}
	*out = bundle;
	return SILT_OK;
}

enum silt_status cli_input_read(const struct cli_arguments *arguments, const struct cli_limits *limits,
				const struct cli_input *input, struct silt_bundle *bundle, struct silt_options options,
				struct silt_result **out, struct silt_error *err)
{
	const struct cli_printable name = cli_printable(input->word);
	struct cli_progress progress = cli_progress_start(wished_progress(arguments), name.text);
	options.image = arguments->values[CLI_OPTION_IMAGE];
	options.platform = arguments->values[CLI_OPTION_PLATFORM];
	options.limits = limits->items;
	options.limit_count = limits->count;
	options.trust_digests = arguments->given[CLI_OPTION_TRUST_DIGESTS];
	options.progress = cli_progress_update;
	options.progress_ctx = &progress;
	options.pulse = cli_watchdog_beat;
	const enum silt_status status = silt_audit(bundle, &options, out, err);
	cli_progress_erase(&progress);
	return status;
}

enum silt_status cli_input_audit(const struct cli_arguments *arguments, const struct cli_limits *limits,
				 const struct cli_input *input, struct silt_options options, struct silt_result **out,
				 struct silt_error *err)
{
	struct silt_bundle *bundle = NULL;
	struct cli_waiting waiting;
	enum silt_status status = open_named(input, limits, arguments->values[CLI_OPTION_NAME], &waiting, &bundle, err);
	if (status == SILT_OK) {
		status = cli_input_read(arguments, limits, input, bundle, options, out, err);
	}
	silt_bundle_free(bundle);
	return status;
}
