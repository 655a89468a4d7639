/*
 * Fails the allocations of one run in turn, and looks at what becomes of it.
 *
 *     faults_sweep [OPTION...] INPUT       audits INPUT, writes all reports
 *     faults_sweep [OPTION...] --start     reads and compiles the rules
 *
 *     --each N      of every call stack the first N allocations, and one more; default 0: all allocations
 *     --part K/N    of these, every Nth from the Kth on
 *     --rules FILE  rules of a user besides those that silt ships
 *     --base IDS    diff IDs of a base image, with commas between
 *     --allowed-bases IDS  the same
 *     --limit NAME=N       a budget
 *     --threads N          works with so many; with --each 0 only, because the order of allocations is another in each run
 *     --lint        matters of style, too
 *     --at N[+]     explains one run: allocation N fails (+: and all that follow)
 *
 * Everything is compiled and loaded once; runs are made in children, many in each, so that one may crash, or be ended by
 * a library: libarchive calls exit(1) when memory runs out. Then the next child goes on behind that allocation. One line
 * says what was done; exit status 1 if anything was not as it must be.
 */
#include "faults/order.h"
#include "faults/stacks.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	EXIT_OF_LIBRARY = 99,
	SECONDS_MAX = 120, /* of one run */
	LEAK_TRIES = 24,
};

/* What children tell: memory that they share with their parent. */
struct account {
	size_t next;             /* of the chosen allocations */
	bool for_good;           /* of the run at hand */
	bool running;            /* silt is at work: whoever calls exit is not us */
	char asker[STACKS_PATH]; /* whose allocation it was that was refused */
	uint64_t runs;
	uint64_t refused;  /* ended for memory, and said so */
	uint64_t unharmed; /* as with all memory */
	uint64_t ended;    /* by a library */
	uint64_t excused;  /* see `brittle` */
	uint64_t wrong;
};

struct sweep {
	const struct order *order;
	struct stacks_choice choice;
	struct run_outcome want;
	struct account *account;
};

/* An exit handler is given no argument. */
static struct account *account_at_exit;

static void on_exit_of_library(void)
{
	if (account_at_exit && account_at_exit->running) {
		_exit(EXIT_OF_LIBRARY);
	}
}

static void run_unseen(void *order)
{
	struct run_outcome outcome;
	run_once(&((const struct order *)order)->run, &outcome);
}

/*
 * What libraries do by themselves when memory runs out, in a place where nobody can stand in front of them.
 *
 *   libhs 5.4           aligned_zmalloc clears what it did not get. Only while rules are compiled, before anything is read;
 *                       the program ends with 70 then (cli/guard.h)
 *   libarchive 3.6.2    drops an extended attribute without a word. The two readings of the tar differ then, which is told
 */
static const struct brittle {
	const char *asker;
	bool crashes;
} brittle[] = {
	{"libhs.so", true},
	{":archive_entry_xattr_add_entry", false},
};

static bool is_excused(const struct account *account, bool crashed)
{
	bool found = false;
	for (size_t i = 0; i < sizeof(brittle) / sizeof(brittle[0]); i++) {
		found = found || (brittle[i].crashes == crashed && strstr(account->asker, brittle[i].asker) != NULL);
	}
	return found;
}

/* ---- In a child ---------------------------------------------------------------------------------------------------- */

/* Returns the number of blocks that were lost. */
static int64_t run_armed(const struct sweep *sweep, struct heap_plan plan, struct run_outcome *got)
{
	const int64_t before = heap_live();
	const struct heap_watcher watcher = stacks_asker(sweep->account->asker);
	*sweep->account->asker = '\0';
	heap_watch(&watcher);
	sweep->account->running = true;
	heap_arm(plan);
	run_once(&sweep->order->run, got);
	(void)heap_disarm();
	sweep->account->running = false;
	heap_watch(NULL);
	return heap_live() - before;
}

static void complain(const struct sweep *sweep, struct heap_plan plan, const struct run_outcome *got, const char *why)
{
	(void)fprintf(stderr, "%s: allocation %llu%s: %s (%s: %s: %s)\n",
		      sweep->order->run.input ? sweep->order->run.input : "start", (unsigned long long)plan.first,
		      plan.for_good ? "+" : "", why, got->step, silt_status_name(got->status), got->err.text);
	sweep->account->wrong++;
}

static void try_plan(const struct sweep *sweep, struct heap_plan plan)
{
	struct run_outcome got;
	bool leaks = true;
	(void)alarm(SECONDS_MAX);
	/*
	 * libcrypto keeps the last 16 errors with their words, and other libraries what they make when it is first needed:
	 * a leak is what is lost every time.
	 */
	for (int i = 0; i < LEAK_TRIES && leaks; i++) {
		leaks = run_armed(sweep, plan, &got) > 0;
	}
	const char *why = run_complaint(&sweep->want, &got);
	if (why && got.verdict >= sweep->want.verdict && is_excused(sweep->account, false)) {
		sweep->account->excused++;
		why = NULL;
	}
	if (why || leaks) {
		complain(sweep, plan, &got, why ? why : "memory is lost");
	}
	sweep->account->refused += got.status == SILT_ERR_MEMORY;
	sweep->account->unharmed += got.status != SILT_ERR_MEMORY;
}

/* Nothing that happened may change what comes later. */
static void try_in_peace(const struct sweep *sweep)
{
	struct run_outcome got;
	run_once(&sweep->order->run, &got);
	const char *why = got.status == SILT_ERR_MEMORY ? "memory is missing" : run_complaint(&sweep->want, &got);
	if (why) {
		complain(sweep, (struct heap_plan){0}, &got, why);
	}
}

static bool next_plan(struct account *account)
{
	account->for_good = !account->for_good;
	account->next += !account->for_good;
	return true;
}

static void work(const struct sweep *sweep)
{
	struct account *account = sweep->account;
	while (account->next < sweep->choice.count) {
		account->runs++;
		try_plan(sweep, (struct heap_plan){sweep->choice.numbers[account->next], account->for_good});
		(void)next_plan(account);
	}
	try_in_peace(sweep);
}

/* ---- In the parent ------------------------------------------------------------------------------------------------- */

static void judge_end(const struct sweep *sweep, int status)
{
	struct account *account = sweep->account;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
		return;
	}
	account->running = false;
	const bool start = sweep->order->run.input == NULL;
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_OF_LIBRARY) {
		account->ended++;
	} else if (WIFSIGNALED(status) && start && is_excused(account, true)) {
		account->excused++;
	} else {
		const struct heap_plan plan = {sweep->choice.numbers[account->next], account->for_good};
		const struct run_outcome nothing = {.step = WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "exit"};
		complain(sweep, plan, &nothing, "CRASH");
	}
	(void)next_plan(account);
}

static bool go_on(const struct sweep *sweep)
{
	const pid_t child = fork();
	int status = 0;
	if (child == 0) {
		work(sweep);
		_exit(0);
	}
	if (child < 0 || waitpid(child, &status, 0) != child) {
		perror("fork");
		return false;
	}
	judge_end(sweep, status);
	return sweep->account->next < sweep->choice.count;
}

static void keep_part(struct stacks_choice *choice, uint64_t part, uint64_t parts)
{
	size_t kept = 0;
	for (size_t i = 0; i < choice->count; i++) {
		if (i % parts == part) {
			choice->numbers[kept++] = choice->numbers[i];
		}
	}
	choice->count = kept;
}

static void print_account(const struct sweep *sweep)
{
	const struct account *account = sweep->account;
	(void)printf("%s: %llu allocations of %zu stacks, %zu chosen; %llu runs: %llu refused, %llu unharmed, "
		     "%llu ended by a library, %llu excused, %llu wrong\n",
		     sweep->order->run.input ? sweep->order->run.input : "start",
		     (unsigned long long)sweep->choice.last, sweep->choice.stacks, sweep->choice.count,
		     (unsigned long long)account->runs, (unsigned long long)account->refused,
		     (unsigned long long)account->unharmed, (unsigned long long)account->ended,
		     (unsigned long long)account->excused, (unsigned long long)account->wrong);
}

static int sweep_all(struct order *order)
{
	struct sweep sweep = {.order = order};
	run_once(&order->run, &sweep.want); /* whatever is made once is made now */
	run_unseen(order);
	sweep.account = mmap(NULL, sizeof(*sweep.account), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (sweep.account == MAP_FAILED) {
		perror("mmap");
		return 2;
	}
	account_at_exit = sweep.account;
	sweep.choice = stacks_choose(order->each, run_unseen, order);
	keep_part(&sweep.choice, order->part, order->parts);
	while (go_on(&sweep)) {
	}
	print_account(&sweep);
	free(sweep.choice.numbers);
	return sweep.account->wrong > 0;
}

/* ---- The program ----------------------------------------------------------------------------------------------------- */

/* Rules of a user are compiled once; the run that is swept uses them. */
static bool compile_rules(struct order *order, struct silt_rules **rules)
{
	struct silt_error err = {0};
	if (order->run.input && order->run.rule_file.text &&
	    silt_rules_new(true, &order->run.rule_file, 1, rules, &err) != SILT_OK) {
		(void)fprintf(stderr, "%s\n", err.text);
		return false;
	}
	order->run.options.rules = *rules;
	return true;
}

int main(int argc, char **argv)
{
	struct order order;
	struct silt_rules *rules = NULL;
	if (!order_read(argc, argv, &order)) {
		return 2;
	}
	/* Large blocks stay with the process, else most of the time goes into getting them from the kernel again. */
	(void)mallopt(M_MMAP_THRESHOLD, 64 << 20);
	(void)mallopt(M_TRIM_THRESHOLD, 256 << 20);
	if (atexit(on_exit_of_library) != 0 || !compile_rules(&order, &rules)) {
		return 2;
	}
	int status = 0;
	if (order.at.first > 0) {
		run_unseen(&order);
		run_unseen(&order);
		stacks_explain(order.at, run_unseen, &order);
	} else {
		status = sweep_all(&order);
	}
	silt_rules_free(rules);
	return status;
}
