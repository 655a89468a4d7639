/* The child that works, and the parent that waits for it. */
#include "cli/confined.h"

#include "cli/cache_link.h"
#include "cli/delivery.h"
#include "cli/guard.h"
#include "cli/message.h"
#include "cli/progress.h"
#include "cli/watchdog.h"
#include "cli/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * Messages of the child (wire.h); those of cache_link.h come the same way. That of a piece of a report has the number of
 * its target added to its kind.
 */
enum { MESSAGE_END = 2, MESSAGE_REPORT = 64, REPORT_PIECE_MAX = 64 * 1024 };

/* What the child says, and what it is answered: each has an end to read [0] and one to write [1]. */
struct pipes {
	int reports[2], answers[2];
};

static struct cli_outcome outcome_of(struct cli_deliveries *to, const struct cli_vault *vault,
				     const struct cli_handover *handover, enum cli_exit status)
{
	const enum silt_status delivered = cli_delivery_settle(to, handover->complete);
	if (vault != NULL && vault->err.status != SILT_OK) {
		cli_say("%s", vault->err.text);
		status = cli_exit_worse(status, cli_exit_of_status(vault->err.status));
	}
	return (struct cli_outcome){.status = cli_exit_worse(status, cli_exit_of_status(delivered)),
				    .delivered = handover->complete && delivered == SILT_OK,
				    .bytes = handover->bytes};
}

static bool is_file_message(uint32_t kind)
{
	return kind >= CLI_VAULT_BEGIN && kind <= CLI_VAULT_LAST;
}

/* ---- The child ----------------------------------------------------------------------------------------------------- */

static bool send(uint32_t kind, const void *bytes, size_t size)
{
	const bool sent = cli_wire_begin(STDOUT_FILENO, kind, size) && cli_wire_write(STDOUT_FILENO, bytes, size);
	if (!sent) {
		cli_say("the report could not be handed over: %s", strerror(errno));
	}
	return sent;
}

/* `ctx` is the kind of its messages. */
static bool send_report(void *ctx, const void *bytes, size_t size)
{
	const uint32_t *kind = ctx;
	bool sent = true;
	for (const char *next = bytes; size > 0 && sent;) {
		const size_t piece = size < REPORT_PIECE_MAX ? size : REPORT_PIECE_MAX;
		cli_watchdog_beat(NULL);
		sent = send(*kind, next, piece);
		next += piece;
		size -= piece;
	}
	return sent;
}

bool cli_handover_file(struct cli_handover *handover, enum cli_vault_message kind, const void *bytes, size_t size)
{
	const char *next = size > 0 ? bytes : "";
	bool sent = true;
	cli_watchdog_beat(NULL);
	if (handover->vault != NULL) {
		return cli_vault_take(handover->vault, kind, bytes, size);
	}
	do {
		const size_t piece = size < REPORT_PIECE_MAX ? size : REPORT_PIECE_MAX;
		sent = send(kind, next, piece);
		next += piece;
		size -= piece;
	} while (size > 0 && sent);
	return sent;
}

/*
 * Gives up what the child has of its parent: standard output becomes the pipe, so that nothing written there by accident
 * reaches a report unseen. If the parent dies, nobody is left to wait for.
 */
static enum silt_status enter(const struct cli_confined *what, int pipe, pid_t parent, struct silt_sandbox *state,
			      struct silt_error *err)
{
	if (dup2(pipe, STDOUT_FILENO) < 0 || prctl(PR_SET_PDEATHSIG, (unsigned long)SIGKILL, 0UL, 0UL, 0UL) != 0 ||
	    getppid() != parent) {
		return cli_fail(err, SILT_ERR_IO, "the process that audits could not be set up: %s", strerror(errno));
	}
	(void)close(pipe);
	const enum silt_status status = cli_watchdog_start(what->hang_seconds, err);
	return status == SILT_OK ? cli_sandbox_enter(&what->needs, state, err) : status;
}

static _Noreturn void be_child(const struct cli_confined *what, const struct pipes *pipes, pid_t parent)
{
	struct silt_sandbox state;
	struct silt_error err = {0};
	struct cli_cache_link link;
	const struct silt_cache_access access = cli_cache_link_open(&link, STDOUT_FILENO, pipes->answers[0]);
	struct cli_handover handover = {.sandbox = &state, .cache = what->cache != NULL ? &access : NULL};
	uint32_t kinds[CLI_TARGETS_MAX];
	for (size_t i = 0; i < what->targets->count; i++) {
		kinds[i] = MESSAGE_REPORT + (uint32_t)i;
		handover.sinks[i] = (struct silt_sink){.write = send_report, .ctx = &kinds[i]};
	}
	cli_guard_start_child();
	const enum silt_status entered = enter(what, pipes->reports[1], parent, &state, &err);
	enum cli_exit status = cli_exit_of_status(entered);
	if (entered == SILT_OK) {
		cli_guard_before_input();
		status = what->work(what->ctx, &handover);
	} else {
		cli_say("%s", err.text);
	}
	if (handover.complete && !send(MESSAGE_END, &handover.bytes, sizeof(handover.bytes))) {
		status = cli_exit_worse(status, CLI_EXIT_SYSTEM);
	}
	cli_guard_end_child(status);
}

/* ---- The parent ---------------------------------------------------------------------------------------------------- */

/* False at the end of the pipe, also if it comes too early, and if the pipe cannot be read. */
static bool read_all(int pipe, struct cli_deliveries *to, void *bytes, size_t size)
{
	const bool read = cli_wire_read(pipe, bytes, size);
	if (!read && errno != 0) {
		to->status = cli_fail(&to->err, SILT_ERR_IO, "the report could not be taken over: %s", strerror(errno));
	}
	return read;
}

static bool take_file(int pipe, struct cli_deliveries *to, struct cli_vault *vault, const struct cli_wire_head *message)
{
	static char piece[REPORT_PIECE_MAX];
	const bool taken = vault != NULL && message->length <= sizeof(piece) &&
			   read_all(pipe, to, piece, message->length);
	(void)(taken && cli_vault_take(vault, message->kind, piece, message->length));
	return taken;
}

/* What is said of files that could not be written would not be true. */
static bool take_piece(int pipe, struct cli_deliveries *to, const struct cli_vault *vault,
		       const struct cli_wire_head *message)
{
	static char piece[REPORT_PIECE_MAX];
	const size_t target = message->kind - MESSAGE_REPORT;
	const bool taken = target < to->count && message->length <= sizeof(piece) &&
			   read_all(pipe, to, piece, message->length);
	const bool believed = vault == NULL || vault->err.status == SILT_OK;
	(void)(taken && believed && cli_deliver(&to->items[target], piece, message->length));
	return taken;
}

/*
 * Takes messages until the end. What the child sends is not believed: a message that is not one ends the delivery, as if
 * the child had died there. If the output refuses, the rest is taken all the same: the child need not know.
 */
static void receive(const struct pipes *pipes, struct cli_cache_host *host, struct cli_deliveries *to,
		    struct cli_vault *vault, struct cli_handover *handover)
{
	const int pipe = pipes->reports[0];
	struct cli_wire_head message = {0};
	bool more = read_all(pipe, to, &message, sizeof(message));
	while (more && message.kind != MESSAGE_END) {
		more = message.kind >= MESSAGE_REPORT  ? take_piece(pipe, to, vault, &message)
		       : is_file_message(message.kind) ? take_file(pipe, to, vault, &message)
						       : cli_cache_link_answer(host, &message, pipe, pipes->answers[1]);
		more = more && read_all(pipe, to, &message, sizeof(message));
	}
	handover->complete = more && message.kind == MESSAGE_END && message.length == sizeof(handover->bytes) &&
			     read_all(pipe, to, &handover->bytes, sizeof(handover->bytes));
}

static void say_signal(int number)
{
	cli_progress_sweep();
	if (number == SIGSYS) {
		cli_say("internal error: the sandbox ended the audit, which asked the system for something that no "
			"audit needs.");
	} else {
		cli_say("internal error: the audit was ended by signal %d (%s)%s.", number, strsignal(number),
			number == SIGKILL ? ", most likely because memory ran out" : "");
	}
}

/*
 * The exit status of the work, if it is one that it can have: no verdict without a report, unless it was lost here.
 * (AddressSanitizer, too, ends a process with 1.)
 */
static enum cli_exit status_of(int ended, bool reported)
{
	if (WIFSIGNALED(ended)) {
		say_signal(WTERMSIG(ended));
		return CLI_EXIT_BUG;
	}
	const enum cli_exit status = (enum cli_exit)WEXITSTATUS(ended);
	const bool verdict = status == CLI_EXIT_CLEAN || status == CLI_EXIT_FINDINGS;
	if (cli_exit_is_known(status) && (reported || !verdict)) {
		return status;
	}
	cli_say("internal error: the audit ended with %d and no report.", (int)status);
	return CLI_EXIT_BUG;
}

/* Opened here and not before there is a child, which would have what is open, and the key in its memory. */
static enum silt_status open_cache(const struct cli_confined *what, struct silt_cache **cache, struct silt_error *err)
{
	return what->cache != NULL ? silt_cache_open(what->cache, true, cache, err) : SILT_OK;
}

static void close_cache(const struct cli_confined *what, struct silt_cache *cache)
{
	if (cache != NULL) {
		cli_cache_say(cache, what->cache);
		silt_cache_close(cache);
	}
}

static int wait_for(pid_t child)
{
	int ended = 0;
	while (waitpid(child, &ended, 0) < 0 && errno == EINTR) {
	}
	return ended;
}

static struct cli_outcome be_parent(const struct cli_confined *what, const struct pipes *pipes, pid_t child)
{
	struct cli_deliveries to;
	struct cli_handover handover = {0};
	struct cli_cache_host host = {0};
	struct silt_error err = {0};
	cli_delivery_plan(&to, what->targets);
	if (open_cache(what, &host.cache, &err) != SILT_OK) {
		(void)kill(child, SIGKILL);
		(void)wait_for(child);
		cli_progress_sweep();
		cli_say("%s", err.text);
		return (struct cli_outcome){.status = CLI_EXIT_SYSTEM};
	}
	receive(pipes, &host, &to, what->vault, &handover);
	(void)close(pipes->reports[0]);
	(void)close(pipes->answers[1]);
	const enum cli_exit status = status_of(wait_for(child), handover.complete || cli_delivery_failed(&to));
	close_cache(what, host.cache);
	return outcome_of(&to, what->vault, &handover, status);
}

static struct cli_outcome run_in_child(const struct cli_confined *what)
{
	struct pipes pipes;
	const pid_t parent = getpid();
	const bool open = pipe2(pipes.reports, O_CLOEXEC) == 0 && pipe2(pipes.answers, O_CLOEXEC) == 0;
	const pid_t child = open ? fork() : -1;
	if (child < 0) {
		cli_say("cannot start the process that audits: %s; --no-sandbox goes without.", strerror(errno));
		return (struct cli_outcome){.status = CLI_EXIT_SYSTEM};
	}
	if (child == 0) {
		(void)close(pipes.reports[0]);
		(void)close(pipes.answers[1]);
		be_child(what, &pipes, parent);
	}
	(void)close(pipes.reports[1]);
	(void)close(pipes.answers[0]);
	return be_parent(what, &pipes, child);
}

/* ---- Either way ---------------------------------------------------------------------------------------------------- */

static struct cli_outcome run_here(const struct cli_confined *what)
{
	static const struct silt_sandbox none = {.enabled = false};
	struct cli_deliveries to;
	struct cli_handover handover = {.sandbox = &none, .vault = what->vault};
	struct silt_cache *cache = NULL;
	struct silt_cache_access access;
	struct silt_error err = {0};
	cli_delivery_plan(&to, what->targets);
	for (size_t i = 0; i < to.count; i++) {
		handover.sinks[i] = (struct silt_sink){.write = cli_deliver, .ctx = &to.items[i]};
	}
	cli_say("warning: --no-sandbox: the process that reads the input keeps all your rights.");
	if (cli_watchdog_start(what->hang_seconds, &err) != SILT_OK) {
		cli_say("%s", err.text);
		return (struct cli_outcome){.status = CLI_EXIT_SYSTEM};
	}
	cli_guard_before_input();
	if (open_cache(what, &cache, &err) != SILT_OK) {
		cli_say("%s", err.text);
		return (struct cli_outcome){.status = CLI_EXIT_SYSTEM};
	}
	if (cache != NULL) {
		access = silt_cache_access(cache);
		handover.cache = &access;
	}
	const enum cli_exit status = what->work(what->ctx, &handover);
	close_cache(what, cache);
	return outcome_of(&to, what->vault, &handover, status);
}

/* The child must know whether there is a cache before anybody may have it open: so it is opened once to see. */
static bool can_cache(const struct cli_confined *what)
{
	struct silt_cache *cache = NULL;
	struct silt_error err = {0};
	const enum silt_status status = silt_cache_open(what->cache, true, &cache, &err);
	if (status != SILT_OK) {
		cli_say("warning: no record cache is used, which is slower: %s", err.text);
	}
	silt_cache_close(cache);
	return status == SILT_OK;
}

struct cli_outcome cli_confined_run(const struct cli_confined *what)
{
	struct cli_confined settled = *what;
	if (what->cache != NULL && what->cache_optional && !can_cache(what)) {
		settled.cache = NULL;
	}
	return what->open ? run_here(&settled) : run_in_child(&settled);
}
