/*
 * Runs a program and writes what it took: run REPORT COMMAND [ARGUMENT]...
 *
 * REPORT gets one line: seconds on the clock, seconds of the processor, the peak of the resident set in KiB, the exit
 * status (128 and the signal if one ended it). Times of the processor and the peak are those of the program and of what
 * it waited for.
 *
 * The peak of a process begins with that of the one that forked it, so the one that forks is small: this one, and not
 * the interpreter that runs the bench.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static _Noreturn void die(const char *what)
{
	fprintf(stderr, "run: %s\n", what);
	exit(1);
}

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static double seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

int main(int argc, char **argv)
{
	FILE *report = argc > 2 ? fopen(argv[1], "we") : NULL;
	if (!report) {
		die("usage: run REPORT COMMAND [ARGUMENT]...");
	}
	const double start = now();
	const pid_t child = fork();
	if (child == 0) {
		execvp(argv[2], argv + 2);
		_exit(127);
	}
	int status = 0;
	struct rusage usage = {0};
	if (child < 0 || wait4(child, &status, 0, &usage) != child) {
		die("no process");
	}
	const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	fprintf(report, "%.6f %.6f %ld %d\n", now() - start, seconds(usage.ru_utime) + seconds(usage.ru_stime),
		usage.ru_maxrss, code);
	return fclose(report) == 0 ? 0 : 1;
}
