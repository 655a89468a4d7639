/*
 * Runs a program in which one system call fails.
 *
 *     faults_syscalls KIND HOW N[+] ACCOUNT PROGRAM [ARGUMENT...]
 *
 *     KIND      read write open stat directory sync close rename map: a row of the table below
 *     HOW       short (read, write: one byte), or EINTR EAGAIN EIO ENOSPC EPIPE ENOMEM EMFILE EACCES
 *     N[+]      the Nth of that kind; with a plus, and all that follow. 0: none
 *     ACCOUNT   a file that gets "CALLS REFUSED\n": calls of the kind, and how many of them were made to fail
 *
 * By ptrace, below libc: what stdio and the loader of locales call can be reached in no other way. Counting begins at
 * fcntl(0, F_GETFD), with which `silt` begins; before it the dynamic loader is at work. The exit status is that of the
 * program, 128 and the number of the signal that killed it, or 77 where this cannot be done.
 *
 * A call that is to fail is changed on its way in, so that it does nothing, and its result on the way out. It keeps its
 * number: a sandbox judges it as what it is.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_CANNOT = 77, CALLS_MAX = 6, PROCESSES_MAX = 64, STOP_OF_CALL = SIGTRAP | 0x80 };

#if defined(__x86_64__)

/* How a call of a kind is kept from doing anything. */
enum prevention {
	NO_BYTES, /* its third argument, a size, becomes 0 */
	NO_PATHS, /* its first two arguments, which have a path among them, become -1 */
	NO_SIZE,  /* its second argument, a size, becomes 0 */
	NOTHING,  /* it happens, and says that it failed */
};

static const struct kind {
	const char *name;
	enum prevention prevention;
	long calls[CALLS_MAX]; /* -1: no more */
} kinds[] = {
	{"read", NO_BYTES, {SYS_read, SYS_pread64, -1}},
	{"write", NO_BYTES, {SYS_write, SYS_pwrite64, -1}},
	{"open", NO_PATHS, {SYS_openat, SYS_open, -1}},
	{"stat", NOTHING, {SYS_newfstatat, SYS_fstat, SYS_stat, SYS_lstat, SYS_statx, -1}},
	{"directory", NOTHING, {SYS_getdents64, -1}},
	{"sync", NOTHING, {SYS_fsync, SYS_fdatasync, -1}},
	{"close", NOTHING, {SYS_close, -1}},
	{"rename", NO_PATHS, {SYS_rename, SYS_renameat, SYS_renameat2, -1}},
	{"map", NO_SIZE, {SYS_mmap, SYS_mremap, -1}},
};

static const struct how {
	const char *name;
	int error; /* 0: short */
} hows[] = {
	{"short", 0},     {"EINTR", EINTR},   {"EAGAIN", EAGAIN}, {"EIO", EIO},       {"ENOSPC", ENOSPC},
	{"EPIPE", EPIPE}, {"ENOMEM", ENOMEM}, {"EMFILE", EMFILE}, {"EACCES", EACCES},
};

struct fault {
	const struct kind *kind;
	const struct how *how;
	uint64_t first;
	bool for_good;
	bool started;
	uint64_t calls, refused;
	pid_t failing[PROCESSES_MAX]; /* processes and threads that are inside a call that is to fail */
	size_t failing_count;
};

/* ---- Calls --------------------------------------------------------------------------------------------------------- */

static bool is_of_kind(const struct kind *kind, const struct user_regs_struct *registers)
{
	for (size_t i = 0; i < CALLS_MAX && kind->calls[i] >= 0; i++) {
		if (registers->orig_rax == (unsigned long long)kind->calls[i]) {
			return true;
		}
	}
	return false;
}

static bool is_start(const struct user_regs_struct *registers)
{
	return registers->orig_rax == SYS_fcntl && registers->rdi == 0 && registers->rsi == F_GETFD;
}

static void prevent(enum prevention prevention, struct user_regs_struct *registers)
{
	switch (prevention) {
	case NO_BYTES:
		registers->rdx = 0;
		break;
	case NO_PATHS:
		registers->rdi = registers->rsi = (unsigned long long)-1;
		break;
	case NO_SIZE:
		registers->rsi = 0;
		break;
	case NOTHING:
		break;
	}
}

static void enter(struct fault *fault, pid_t process, struct user_regs_struct *registers)
{
	fault->started = fault->started || is_start(registers);
	if (!fault->started || !is_of_kind(fault->kind, registers)) {
		return;
	}
	const uint64_t number = ++fault->calls;
	if (fault->first == 0 || number < fault->first || (number > fault->first && !fault->for_good)) {
		return;
	}
	fault->refused++;
	if (fault->how->error == 0) {
		registers->rdx = registers->rdx > 1 ? 1 : registers->rdx;
	} else {
		prevent(fault->kind->prevention, registers);
		if (fault->failing_count < PROCESSES_MAX) {
			fault->failing[fault->failing_count++] = process;
		}
	}
	(void)ptrace(PTRACE_SETREGS, process, NULL, registers);
}

static void leave(struct fault *fault, pid_t process, struct user_regs_struct *registers)
{
	for (size_t i = 0; i < fault->failing_count; i++) {
		if (fault->failing[i] == process) {
			fault->failing[i] = fault->failing[--fault->failing_count];
			registers->rax = (unsigned long long)-fault->how->error;
			(void)ptrace(PTRACE_SETREGS, process, NULL, registers);
			return;
		}
	}
}

static void see_call(struct fault *fault, pid_t process)
{
	struct user_regs_struct registers;
	struct __ptrace_syscall_info info = {0};
	if (ptrace(PTRACE_GETREGS, process, NULL, &registers) != 0 ||
	    ptrace(PTRACE_GET_SYSCALL_INFO, process, sizeof(info), &info) <= 0) {
		return;
	}
	if (info.op == PTRACE_SYSCALL_INFO_ENTRY) {
		enter(fault, process, &registers);
	} else if (info.op == PTRACE_SYSCALL_INFO_EXIT) {
		leave(fault, process, &registers);
	}
}

/* ---- Processes ----------------------------------------------------------------------------------------------------- */

/* Until the program has ended. Returns its status, as of waitpid. */
static int follow(struct fault *fault, pid_t program)
{
	for (;;) {
		int status = 0;
		const pid_t process = waitpid(-1, &status, __WALL);
		if (process < 0) {
			return EXIT_CANNOT << 8;
		}
		if (!WIFSTOPPED(status)) {
			if (process == program) {
				return status;
			}
			continue;
		}
		const int stop = WSTOPSIG(status);
		if (stop == STOP_OF_CALL) {
			see_call(fault, process);
		}
		/* Stops of ptrace's own are no signals for the program. */
		const bool ours = stop == STOP_OF_CALL || stop == SIGTRAP || stop == SIGSTOP;
		(void)ptrace(PTRACE_SYSCALL, process, NULL, (void *)(intptr_t)(ours ? 0 : stop));
	}
}

static pid_t start(char **words)
{
	const pid_t program = fork();
	if (program == 0) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0) {
			_exit(EXIT_CANNOT);
		}
		(void)raise(SIGSTOP);
		(void)execv(words[0], words);
		_exit(EXIT_CANNOT);
	}
	return program;
}

static int run(struct fault *fault, char **words)
{
	const long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
			     PTRACE_O_TRACECLONE;
	const pid_t program = start(words);
	int status = 0;
	if (program < 0 || waitpid(program, &status, 0) != program || !WIFSTOPPED(status) ||
	    ptrace(PTRACE_SETOPTIONS, program, NULL, (void *)options) != 0 ||
	    ptrace(PTRACE_SYSCALL, program, NULL, NULL) != 0) {
		return EXIT_CANNOT;
	}
	status = follow(fault, program);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* ---- The command line ---------------------------------------------------------------------------------------------- */

static bool read_words(char **argv, struct fault *fault)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		fault->kind = strcmp(kinds[i].name, argv[1]) == 0 ? &kinds[i] : fault->kind;
	}
	for (size_t i = 0; i < sizeof(hows) / sizeof(hows[0]); i++) {
		fault->how = strcmp(hows[i].name, argv[2]) == 0 ? &hows[i] : fault->how;
	}
	char *end = NULL;
	fault->first = strtoull(argv[3], &end, 10);
	fault->for_good = *end == '+';
	return fault->kind && fault->how;
}

int main(int argc, char **argv)
{
	struct fault fault = {0};
	if (argc < 6 || !read_words(argv, &fault)) {
		(void)fputs("usage: faults_syscalls KIND HOW N[+] ACCOUNT PROGRAM [ARGUMENT...]\n", stderr);
		return EXIT_CANNOT;
	}
	const int status = run(&fault, argv + 5);
	FILE *account = fopen(argv[4], "we");
	if (!account) {
		return EXIT_CANNOT;
	}
	(void)fprintf(account, "%llu %llu\n", (unsigned long long)fault.calls, (unsigned long long)fault.refused);
	return fclose(account) == 0 ? status : EXIT_CANNOT;
}

#else

int main(void)
{
	(void)fputs("skipped: the registers of this machine are not known here\n", stderr);
	return EXIT_CANNOT;
}

#endif
