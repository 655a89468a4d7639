/* Reading passwords, without buffers that would keep them. */
#include "cli/password.h"

#include "cli/message.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

void cli_password_done(struct cli_password *password)
{
	explicit_bzero(password, sizeof(*password));
}

/* The newline at its end is no part of it. */
static void cut_newline(struct cli_password *password)
{
	if (password->size > 0 && password->text[password->size - 1] == '\n') {
		password->size--;
	}
}

/* Reads until the end. False: it could not be read. */
static bool read_text(int fd, struct cli_password *out)
{
	ssize_t got = 1;
	while (got != 0 && out->size < sizeof(out->text)) {
		got = read(fd, out->text + out->size, sizeof(out->text) - out->size);
		if (got < 0 && errno != EINTR) {
			return false;
		}
		out->size += got > 0 ? (size_t)got : 0;
	}
	cut_newline(out);
	return true;
}

static enum silt_status read_file(const char *path, struct cli_password *out, struct silt_error *err)
{
	const bool standard = strcmp(path, "-") == 0;
	const int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	const bool taken = fd >= 0 && read_text(fd, out);
	const int reason = errno;
	if (fd >= 0 && !standard) {
		(void)close(fd);
	}
	return taken ? SILT_OK : cli_fail(err, SILT_ERR_IO, "%s: %s", cli_printable(path).text, strerror(reason));
}

/* ---- The terminal -------------------------------------------------------------------------------------------------- */

/* The signals that end the process, and those that stop it. */
static const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
static const int stops[] = {SIGTSTP, SIGTTIN, SIGTTOU};

enum { ENDS = sizeof(ends) / sizeof(ends[0]), STOPS = sizeof(stops) / sizeof(stops[0]) };

/* Number of the one that came while a password was asked for; 0: none did. */
static volatile sig_atomic_t ended_by;

/* Signals wait until the terminal shows again what is typed. */
struct hold {
	sigset_t before, asking; /* what is blocked: by others; also while nothing is typed */
	struct sigaction actions[ENDS];
};

static void on_end(int number)
{
	ended_by = number;
}

static void hold_signals(struct hold *hold)
{
	const struct sigaction action = {.sa_handler = on_end};
	sigset_t held;
	(void)sigprocmask(SIG_BLOCK, NULL, &hold->asking);
	(void)sigemptyset(&held);
	for (size_t i = 0; i < STOPS; i++) {
		(void)sigaddset(&held, stops[i]);
		(void)sigaddset(&hold->asking, stops[i]);
	}
	for (size_t i = 0; i < ENDS; i++) {
		(void)sigaddset(&held, ends[i]);
	}
	(void)sigprocmask(SIG_BLOCK, &held, &hold->before);
	ended_by = 0;
	for (size_t i = 0; i < ENDS; i++) {
		(void)sigaction(ends[i], NULL, &hold->actions[i]);
		if (hold->actions[i].sa_handler != SIG_IGN) {
			(void)sigaction(ends[i], &action, NULL);
		}
	}
}

/* What came meanwhile happens now: the signal that ended the question ends the process. */
static void release_signals(const struct hold *hold)
{
	for (size_t i = 0; i < ENDS; i++) {
		(void)sigaction(ends[i], &hold->actions[i], NULL);
	}
	if (ended_by != 0) {
		(void)raise(ended_by);
	}
	(void)sigprocmask(SIG_SETMASK, &hold->before, NULL);
}

static void say(int terminal, const char *text)
{
	(void)!write(terminal, text, strlen(text));
}

/* Reads until the newline. Signals come only while nothing is there to be read. False: one did, or errno says why. */
static bool read_line(int terminal, const struct hold *hold, struct cli_password *out)
{
	struct pollfd asked = {.fd = terminal, .events = POLLIN};
	while (out->size < sizeof(out->text)) {
		const bool typed = ppoll(&asked, 1, NULL, &hold->asking) > 0;
		const ssize_t got = typed ? read(terminal, out->text + out->size, 1) : -1;
		if (ended_by != 0 || (got < 0 && errno != EINTR)) {
			return false;
		}
		out->size += got > 0 ? (size_t)got : 0;
		if (got == 0 || (got > 0 && out->text[out->size - 1] == '\n')) {
			break;
		}
	}
	cut_newline(out);
	return true;
}

static enum silt_status ask(int terminal, const char *question, const char *of, struct cli_password *out,
			    struct silt_error *err)
{
	struct termios shown, hidden;
	struct hold hold;
	if (tcgetattr(terminal, &shown) != 0) {
		return cli_fail(err, SILT_ERR_IO, "the terminal: %s", strerror(errno));
	}
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	hidden.c_lflag |= ICANON;
	hold_signals(&hold);
	if (tcsetattr(terminal, TCSAFLUSH, &hidden) != 0) {
		release_signals(&hold);
		return cli_fail(err, SILT_ERR_IO, "the terminal: %s", strerror(errno));
	}
	say(terminal, question);
	say(terminal, cli_printable(of).text);
	say(terminal, ": ");
	const bool taken = read_line(terminal, &hold, out);
	const int reason = errno;
	(void)tcsetattr(terminal, TCSAFLUSH, &shown);
	say(terminal, "\n");
	release_signals(&hold);
	return taken ? SILT_OK : cli_fail(err, SILT_ERR_IO, "the terminal: %s", strerror(reason));
}

static enum silt_status ask_again(int terminal, const char *of, const struct cli_password *first,
				  struct silt_error *err)
{
	struct cli_password second = {.size = 0};
	enum silt_status status = ask(terminal, "Again, password for ", of, &second, err);
	if (status == SILT_OK && (second.size != first->size || memcmp(second.text, first->text, first->size) != 0)) {
		status = cli_fail(err, SILT_ERR_USAGE, "the two passwords are not the same.");
	}
	cli_password_done(&second);
	return status;
}

static enum silt_status ask_terminal(const char *of, bool new, struct cli_password *out, struct silt_error *err)
{
	const int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	if (terminal < 0) {
		return cli_fail(err, SILT_ERR_USAGE,
				"there is no terminal to ask for the password of %s: --password-file names a file.",
				cli_printable(of).text);
	}
	enum silt_status status = ask(terminal, new ? "New password for " : "Password for ", of, out, err);
	if (status == SILT_OK && new && out->size > 0) {
		status = ask_again(terminal, of, out, err);
	}
	(void)close(terminal);
	return status;
}

/* ---- Either way ---------------------------------------------------------------------------------------------------- */

static enum silt_status check(const struct cli_password *password, const char *of, bool new, struct silt_error *err)
{
	if (password->size == 0 && new) {
		return cli_fail(err, SILT_ERR_USAGE,
				"the password is empty: silt key new --no-password makes a key without one.");
	}
	if (password->size == 0) {
		return cli_fail(err, SILT_ERR_USAGE, "the password is empty, and the key %s has one.",
				cli_printable(of).text);
	}
	return password->size <= SILT_PASSWORD_MAX
		       ? SILT_OK
		       : cli_fail(err, SILT_ERR_USAGE, "the password has more than %d bytes.", SILT_PASSWORD_MAX);
}

enum silt_status cli_password_take(const struct cli_arguments *arguments, const char *of, bool new,
				   struct cli_password *out, struct silt_error *err)
{
	const char *path = arguments->values[CLI_OPTION_PASSWORD_FILE];
	out->size = 0;
	const enum silt_status status = path != NULL ? read_file(path, out, err) : ask_terminal(of, new, out, err);
	return status == SILT_OK ? check(out, of, new, err) : status;
}
