/*
 * seccomp: which system calls may be made from now on. One table, a reason for each row; whatever is not in it ends the
 * process at once, with SIGSYS.
 *
 * What is read, and what libraries need their files for, is open before. So no row opens, makes, names or removes
 * anything by a path, except where a folder is an input. Times and random numbers tell nobody's secrets.
 */
#include "cli/sandbox.h"

#include "cli/message.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* When a row counts. */
enum when {
	ALWAYS,
	FOLDERS,      /* an input is a folder */
	INSTRUMENTED, /* sanitizers and gcov: never in a program that ships */
};

/* What an argument must be. */
enum test {
	ANY,
	BITS, /* (argument & mask) == value */
	SELF, /* the number of this process */
	LACK, /* none: the call fails as on a kernel that does not have it */
};

#define WORD 0xffffffffU
/* What makes a thread of this process, and never another process: as the C library asks for one. */
#define FLAGS_OF_A_THREAD                                                                                              \
	(CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_SETTLS |             \
	 CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID)
/* Any way to open but for reading what is there. */
#define OPEN_TO_CHANGE (O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY))

struct row {
	int call;
	const char *name;
	enum when when;
	enum test test;
	unsigned argument; /* its number, from 0 */
	uint64_t mask, value;
	const char *limit; /* the test in words; NULL: none */
	const char *reason;
};

#define CALL(call) SCMP_SYS(call), #call

static const struct row rows[] = {
	{CALL(read), .reason = "the input"},
	{CALL(pread64), .reason = "the same, by several threads"},
	{CALL(pwrite64), .reason = "what comes through a pipe is kept for a second reading, encrypted"},
	{CALL(lseek), .reason = "where in its file the input begins"},
	{CALL(write), .reason = "the report, into a pipe to the parent; sentences on standard error"},
	{CALL(writev), .reason = "the last words of the C library before it aborts"},
	{CALL(close), .reason = "descriptors that are done with"},
	{CALL(fstat), .reason = "what the input is, and how long"},
	{CALL(newfstatat), .test = BITS, .argument = 3, .mask = AT_EMPTY_PATH, .value = AT_EMPTY_PATH,
	 .limit = "AT_EMPTY_PATH", .reason = "the same, as newer C libraries ask it"},
	{CALL(poll), .reason = "waiting for a pipe"},
	{CALL(ppoll), .reason = "the same, where there is no poll"},
	{CALL(restart_syscall), .reason = "the kernel's way to go on waiting after a stop (Ctrl-Z)"},
	{CALL(ioctl), .test = BITS, .argument = 1, .mask = WORD, .value = TCGETS, .limit = "TCGETS",
	 .reason = "whether there is a terminal for the progress line; never to put words into its input"},
	{CALL(ioctl), .test = BITS, .argument = 1, .mask = WORD, .value = TIOCGWINSZ, .limit = "TIOCGWINSZ",
	 .reason = "and how wide it is"},
	{CALL(brk), .reason = "memory"},
	{CALL(mmap), .test = BITS, .argument = 2, .mask = PROT_EXEC, .limit = "without PROT_EXEC",
	 .reason = "memory, which never becomes code"},
	{CALL(mprotect), .test = BITS, .argument = 2, .mask = PROT_EXEC, .limit = "without PROT_EXEC",
	 .reason = "the same, for allocators that ask for room first and for access later"},
	{CALL(mremap), .reason = "large blocks that grow"},
	{CALL(munmap), .reason = "large blocks given back"},
	{CALL(madvise), .reason = "what must not be in a core dump; pages given back"},
	{CALL(futex), .reason = "locks, and threads that wait for each other"},
	{CALL(clone), .test = BITS, .argument = 0, .mask = WORD, .value = FLAGS_OF_A_THREAD, .limit = "as for a thread",
	 .reason = "threads, which have the same filter; never a process"},
	{CALL(clone3), .test = LACK, .limit = "fails with ENOSYS",
	 .reason = "its arguments cannot be looked at: the C library then takes clone"},
	{CALL(set_robust_list), .reason = "the start of a thread"},
	{CALL(rseq), .reason = "the same"},
	{CALL(getrandom), .reason = "seeds of hash tables, blinding of keys"},
	{CALL(getpid), .reason = "random number generators ask whether the process was forked"},
	{CALL(gettid), .reason = "abort"},
	{CALL(rt_sigprocmask), .reason = "abort"},
	{CALL(tgkill), .test = SELF, .limit = "this process", .reason = "abort: a signal to itself, to nobody else"},
	{CALL(rt_sigreturn), .reason = "the end of the watchdog's signal handler"},
	{CALL(sysinfo), .reason = "qsort asks how much memory there is"},
	{CALL(clock_gettime), .reason = "the progress line, where the clock cannot be read without the kernel"},
	{CALL(gettimeofday), .reason = "the same"},
	{CALL(exit), .reason = "the end"},
	{CALL(exit_group), .reason = "the end"},

	{CALL(openat), FOLDERS, .test = BITS, .argument = 2, .mask = OPEN_TO_CHANGE, .limit = "read-only",
	 .reason = "files of the folder; Landlock forbids all others"},
	{CALL(newfstatat), FOLDERS, .reason = "what they are"},
	{CALL(faccessat2), FOLDERS, .reason = "which layout the folder has"},
	{CALL(readlinkat), FOLDERS, .reason = "where its symlinks point"},
	{CALL(getdents64), FOLDERS, .reason = "what is in it"},
	{CALL(fcntl), FOLDERS, .test = BITS, .argument = 1, .mask = WORD, .value = F_GETFL, .limit = "F_GETFL",
	 .reason = "the C library looks at a descriptor before it lists a folder"},
	{CALL(fcntl), FOLDERS, .test = BITS, .argument = 1, .mask = WORD, .value = F_SETFD, .limit = "F_SETFD",
	 .reason = "and marks it as not for other programs"},

	{CALL(open), INSTRUMENTED, .reason = "reports of sanitizers, counts of gcov"},
	{CALL(openat), INSTRUMENTED, .reason = "the same"},
	{CALL(fcntl), INSTRUMENTED, .reason = "the same"},
	{CALL(lseek), INSTRUMENTED, .reason = "the same"},
	{CALL(ftruncate), INSTRUMENTED, .reason = "the same"},
	{CALL(mkdir), INSTRUMENTED, .reason = "the same"},
	{CALL(readlink), INSTRUMENTED, .reason = "the same"},
	{CALL(newfstatat), INSTRUMENTED, .reason = "the same"},
	{CALL(sigaltstack), INSTRUMENTED, .reason = "the same"},
	{CALL(rt_sigaction), INSTRUMENTED, .reason = "the same"},
	{CALL(sched_yield), INSTRUMENTED, .reason = "the same"},
	{CALL(sched_getaffinity), INSTRUMENTED, .reason = "stacks of threads, which sanitizers ask for"},
	{CALL(prlimit64), INSTRUMENTED, .reason = "the same"},
	{CALL(prctl), INSTRUMENTED, .reason = "the same"},
};

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

static bool is_instrumented(void)
{
#ifdef SILT_INSTRUMENTED
	return true;
#else
	return false;
#endif
}

static bool counts(const struct row *row, bool folders)
{
	return row->when == ALWAYS || (row->when == FOLDERS && folders) ||
	       (row->when == INSTRUMENTED && is_instrumented());
}

static int add_row(scmp_filter_ctx filter, const struct row *row)
{
	if (row->test == LACK) {
		return seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(ENOSYS), row->call, 0, NULL);
	}
	struct scmp_arg_cmp test = {.arg = row->argument, .op = SCMP_CMP_MASKED_EQ};
	test.datum_a = row->test == SELF ? WORD : row->mask;
	test.datum_b = row->test == SELF ? (uint64_t)getpid() : row->value;
	return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, row->call, row->test == ANY ? 0 : 1, &test);
}

/* 0, or a negative errno. */
static int load(scmp_filter_ctx filter, bool folders)
{
	/* Calls of another architecture (32 bits on 64) are not looked up in the table: they end the process, too. */
	int failure = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
	for (size_t i = 0; i < ROWS && failure == 0; i++) {
		failure = counts(&rows[i], folders) ? add_row(filter, &rows[i]) : 0;
	}
	return failure == 0 ? seccomp_load(filter) : failure;
}

enum silt_status cli_sandbox_seccomp(bool folders, bool *active, struct silt_error *err)
{
	*active = false;
	/* A filter at no address is refused as such by a kernel that has filters. */
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL, 0UL, 0UL) != -1 || errno != EFAULT) {
		return SILT_OK;
	}
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	const int failure = filter != NULL ? load(filter, folders) : -ENOMEM;
	seccomp_release(filter);
	*active = failure == 0;
	return failure == 0 ? SILT_OK
			    : cli_fail(err, SILT_ERR_IO, "sandbox: seccomp refuses: %s; --no-sandbox goes without.",
				       strerror(-failure));
}

bool cli_sandbox_document(FILE *out)
{
	static const char *const when[] = {[ALWAYS] = "always", [FOLDERS] = "an input is a folder"};
	fputs("| system call | arguments | when | for |\n| --- | --- | --- | --- |\n", out);
	for (size_t i = 0; i < ROWS; i++) {
		const struct row *row = &rows[i];
		if (row->when != INSTRUMENTED) {
			fprintf(out, "| `%s` | %s | %s | %s |\n", row->name, row->limit != NULL ? row->limit : "any",
				when[row->when], row->reason);
		}
	}
	return ferror(out) == 0;
}
