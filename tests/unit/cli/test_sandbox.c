/* What can still be done in the sandbox, and how a process ends that does anything else. */
#include "cli/sandbox.h"
#include "unit/cli/child.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <cmocka.h>

enum { DONE = 0, REFUSED = 42 };

static int folder = -1; /* an input, for those who want one */

static void enter(bool with_folder)
{
	const struct cli_sandbox_needs needs = {.folders = &folder, .folder_count = with_folder ? 1 : 0};
	struct silt_sandbox state;
	struct silt_error err = {0};
	if (cli_sandbox_enter(&needs, &state, &err) != SILT_OK) {
		_exit(CHILD_LOST);
	}
}

/* ---- What must not be ---------------------------------------------------------------------------------------------- */

static void open_file(void)
{
	(void)open("/etc/passwd", O_RDONLY);
}

static void make_file(void)
{
	(void)creat("/tmp/silt-sandbox-escaped", 0600);
}

static void remove_file(void)
{
	(void)unlink("/tmp/silt-sandbox-escaped");
}

static void rename_file(void)
{
	(void)rename("/tmp/silt-sandbox-escaped", "/tmp/silt-sandbox-escaped-again");
}

static void open_socket(void)
{
	(void)socket(AF_INET, SOCK_STREAM, 0);
}

static void make_socket_pair(void)
{
	int ends[2];
	(void)socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
}

static void run_program(void)
{
	char name[] = "true";
	char *words[] = {name, NULL};
	(void)execve("/bin/true", words, NULL);
}

static void fork_process(void)
{
	if (fork() == 0) {
		_exit(0);
	}
}

static void trace_process(void)
{
	(void)ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
}

static void signal_process(void)
{
	(void)kill(getppid(), 0);
}

static void type_for_the_terminal(void)
{
	(void)ioctl(STDIN_FILENO, TIOCSTI, "x");
}

static void make_code(void)
{
	(void)mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void become_dumpable(void)
{
	(void)prctl(PR_SET_DUMPABLE, 1UL, 0UL, 0UL, 0UL);
}

static void change_mode(void)
{
	(void)fchmod(STDIN_FILENO, 0777);
}

struct deed {
	const char *name;
	void (*act)(void);
	bool instruments; /* sanitizers and gcov do it, too: where they are, this is no test */
};

#ifdef SILT_INSTRUMENTED
enum { INSTRUMENTED = true };
#else
enum { INSTRUMENTED = false };
#endif

static const struct deed deeds[] = {
	{"open", open_file, true},
	{"creat", make_file, true},
	{"prctl", become_dumpable, true},
	{"unlink", remove_file, false},
	{"rename", rename_file, false},
	{"socket", open_socket, false},
	{"socketpair", make_socket_pair, false},
	{"execve", run_program, false},
	{"fork", fork_process, false},
	{"ptrace", trace_process, false},
	{"kill", signal_process, false},
	{"ioctl(TIOCSTI)", type_for_the_terminal, false},
	{"mmap(PROT_EXEC)", make_code, false},
	{"fchmod", change_mode, false},
};

static void do_confined(void *ctx)
{
	const struct deed *deed = ctx;
	enter(false);
	deed->act();
	_exit(DONE);
}

static void do_confined_with_folder(void *ctx)
{
	const struct deed *deed = ctx;
	enter(true);
	deed->act();
	_exit(DONE);
}

static void assert_killed(const struct deed *deed, int end)
{
	if (!WIFSIGNALED(end) || WTERMSIG(end) != SIGSYS) {
		fail_msg("%s: the process did not die of it (%#x)", deed->name, (unsigned)end);
	}
}

static void what_no_audit_needs_ends_the_process(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
		struct deed deed = deeds[i];
		if (deed.instruments && INSTRUMENTED) {
			continue;
		}
		assert_killed(&deed, end_of(do_confined, &deed));
		if (deed.act != open_file) {
			assert_killed(&deed, end_of(do_confined_with_folder, &deed));
		}
	}
	assert_int_equal(access("/tmp/silt-sandbox-escaped", F_OK), -1);
}

/* Ends with the version of Landlock. */
static void tell_state(void *ctx)
{
	(void)ctx;
	struct silt_sandbox state;
	struct silt_error err = {0};
	const struct cli_sandbox_needs nothing = {0};
	const bool entered = cli_sandbox_enter(&nothing, &state, &err) == SILT_OK;
	_exit(entered && state.enabled && state.no_new_privileges && state.not_dumpable && state.seccomp
		      ? (int)state.landlock_abi
		      : CHILD_LOST);
}

/* ---- What a folder allows ------------------------------------------------------------------------------------------ */

static void read_in_and_out_of_folder(void *ctx)
{
	(void)ctx;
	enter(true);
	char byte;
	const int inside = openat(folder, "inside", O_RDONLY);
	if (inside < 0 || read(inside, &byte, 1) != 1 || byte != 'x') {
		_exit(1);
	}
	if (open("/etc/passwd", O_RDONLY) >= 0 || errno != EACCES) {
		_exit(2);
	}
	_exit(openat(folder, "..", O_RDONLY) < 0 && errno == EACCES ? REFUSED : 3);
}

static void write_in_folder(void *ctx)
{
	(void)ctx;
	enter(true);
	_exit(openat(folder, "inside", O_WRONLY) >= 0 ? DONE : REFUSED);
}

static void a_folder_is_read_and_nothing_beside_it(void **state)
{
	(void)state;
	if (INSTRUMENTED || end_of(tell_state, NULL) == 0) {
		skip(); /* or this kernel has no Landlock */
	}
	assert_int_equal(end_of(read_in_and_out_of_folder, NULL), REFUSED << 8);
}

static void a_folder_is_not_written(void **state)
{
	(void)state;
	if (INSTRUMENTED) {
		skip();
	}
	const struct deed deed = {.name = "open for writing"};
	assert_killed(&deed, end_of(write_in_folder, NULL));
}

/* ---- What must still be -------------------------------------------------------------------------------------------- */

static void work(void *ctx)
{
	int *ends = ctx;
	char text[6] = "";
	enter(false);
	struct stat facts;
	char *memory = malloc(64 << 20);
	if (memory == NULL || fstat(ends[0], &facts) != 0 || write(ends[1], "hello", 5) != 5 ||
	    read(ends[0], text, 5) != 5) {
		_exit(1);
	}
	memset(memory, 1, 64 << 20);
	char *more = realloc(memory, 128 << 20);
	free(more != NULL ? more : memory);
	_exit(more != NULL && strcmp(text, "hello") == 0 ? DONE : 2);
}

static void what_is_open_is_read_and_written(void **state)
{
	(void)state;
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(end_of(work, ends), DONE);
	(void)close(ends[0]);
	(void)close(ends[1]);
}

static void fail_assertion(void *ctx)
{
	(void)ctx;
	enter(false);
	abort();
}

static void an_assertion_still_aborts(void **state)
{
	(void)state;
	const int end = end_of(fail_assertion, NULL);
	assert_true(WIFSIGNALED(end) && WTERMSIG(end) == SIGABRT);
}

/* ---- What others see ----------------------------------------------------------------------------------------------- */

/* A user that is not root and, as no program was set for it, would be dumpable. */
static void become_nobody(void)
{
	if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) {
		_exit(CHILD_LOST);
	}
	(void)prctl(PR_SET_DUMPABLE, 1UL, 0UL, 0UL, 0UL);
}

/* Enters when it is told to, and says when it has. */
static pid_t start_confined(const int from[2], const int to[2])
{
	const pid_t child = fork();
	if (child == 0) {
		char byte;
		become_nobody();
		(void)(write(to[1], "1", 1) + read(from[0], &byte, 1));
		enter(false);
		(void)(write(to[1], "2", 1) + read(from[0], &byte, 1));
		_exit(DONE);
	}
	return child;
}

static uid_t owner_of(pid_t process)
{
	char path[64];
	struct stat facts;
	(void)snprintf(path, sizeof(path), "/proc/%d/mem", (int)process);
	assert_int_equal(stat(path, &facts), 0);
	return facts.st_uid;
}

static void assert_status(pid_t process, const char *line)
{
	char path[64], text[8192] = "";
	(void)snprintf(path, sizeof(path), "/proc/%d/status", (int)process);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	assert_true(fread(text, 1, sizeof(text) - 1, file) > 0);
	(void)fclose(file);
	assert_non_null(strstr(text, line));
}

static void proc_shows_a_process_that_is_confined(void **state)
{
	(void)state;
	int from[2], to[2], end;
	char byte;
	assert_int_equal(pipe(from), 0);
	assert_int_equal(pipe(to), 0);
	const pid_t child = start_confined(from, to);
	assert_int_equal(read(to[0], &byte, 1), 1);
	assert_int_not_equal(owner_of(child), 0);
	assert_int_equal(write(from[1], "x", 1), 1);
	assert_int_equal(read(to[0], &byte, 1), 1);
	assert_int_equal(owner_of(child), 0);
	assert_status(child, "\nNoNewPrivs:\t1\n");
	assert_status(child, "\nSeccomp:\t2\n");
	assert_int_equal(write(from[1], "x", 1), 1);
	assert_int_equal(waitpid(child, &end, 0), child);
	assert_int_equal(end, DONE);
}

static void the_state_says_what_is_in_force(void **state)
{
	(void)state;
	const int end = end_of(tell_state, NULL);
	assert_true(WIFEXITED(end));
	assert_in_range(WEXITSTATUS(end), 0, 40);
}

static void every_row_has_a_reason(void **state)
{
	(void)state;
	char text[16384] = "";
	FILE *file = fmemopen(text, sizeof(text), "w");
	assert_non_null(file);
	assert_true(cli_sandbox_document(file));
	(void)fclose(file);
	assert_null(strstr(text, "(null)"));
	assert_null(strstr(text, "|  |"));
	assert_non_null(strstr(text, "| `read` | any | always |"));
}

/* ---- A folder for all ---------------------------------------------------------------------------------------------- */

static char place[64];

static int make_folder(void **state)
{
	(void)state;
	char file[96];
	(void)snprintf(place, sizeof(place), "/tmp/silt-sandbox-XXXXXX");
	if (mkdtemp(place) == NULL) {
		return -1;
	}
	(void)snprintf(file, sizeof(file), "%s/inside", place);
	FILE *out = fopen(file, "w");
	folder = open(place, O_RDONLY | O_DIRECTORY);
	return out != NULL && fputs("x", out) >= 0 && fclose(out) == 0 && folder >= 0 ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	return unlinkat(folder, "inside", 0) == 0 && close(folder) == 0 ? rmdir(place) : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_no_audit_needs_ends_the_process),
		cmocka_unit_test(a_folder_is_read_and_nothing_beside_it),
		cmocka_unit_test(a_folder_is_not_written),
		cmocka_unit_test(what_is_open_is_read_and_written),
		cmocka_unit_test(an_assertion_still_aborts),
		cmocka_unit_test(proc_shows_a_process_that_is_confined),
		cmocka_unit_test(the_state_says_what_is_in_force),
		cmocka_unit_test(every_row_has_a_reason),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
