/* Processes of their own for what ends a process, or confines it for good. */
#ifndef TESTS_UNIT_CLI_CHILD_H
#define TESTS_UNIT_CLI_CHILD_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a child says with _exit when its test could not be made. */
enum { CHILD_LOST = 99 };

/* Runs `body` in a child that says nothing, and returns how that ended, as waitpid has it. */
static inline int end_of(void (*body)(void *ctx), void *ctx)
{
	int status = 0;
	(void)fflush(NULL);
	const pid_t child = fork();
	if (child == 0) {
		if (freopen("/dev/null", "w", stderr) != NULL) {
			body(ctx);
		}
		_exit(CHILD_LOST);
	}
	return child > 0 && waitpid(child, &status, 0) == child ? status : -1;
}

#endif
