/* Who gets nowhere ends with 70; who gets on, or waits, does not. The watchdog counts processor time, and so do we. */
#include "cli/sandbox.h"
#include "cli/watchdog.h"
#include "unit/cli/child.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { DONE = 0, BUG = 70 };

static void start(void)
{
	struct silt_error err = {0};
	if (cli_watchdog_start(1, &err) != SILT_OK) {
		_exit(CHILD_LOST);
	}
}

static void spin(clock_t seconds, bool beating)
{
	while (clock() < seconds * CLOCKS_PER_SEC) {
		if (beating) {
			cli_watchdog_beat(NULL);
		}
	}
}

static void get_nowhere(void *ctx)
{
	(void)ctx;
	start();
	spin(10, false);
	_exit(DONE);
}

static void get_nowhere_confined(void *ctx)
{
	(void)ctx;
	const struct cli_sandbox_needs nothing = {0};
	struct silt_sandbox state;
	struct silt_error err = {0};
	start();
	if (cli_sandbox_enter(&nothing, &state, &err) != SILT_OK) {
		_exit(CHILD_LOST);
	}
	for (;;) {
	}
}

static void get_on(void *ctx)
{
	(void)ctx;
	start();
	spin(3, true);
	_exit(DONE);
}

static void wait_long(void *ctx)
{
	(void)ctx;
	const struct timespec nap = {.tv_sec = 4};
	start();
	_exit(nanosleep(&nap, NULL) == 0 ? DONE : CHILD_LOST);
}

static void say_last_words(void *ctx)
{
	if (dup2(*(const int *)ctx, STDERR_FILENO) >= 0) {
		get_nowhere(NULL);
	}
}

static void who_gets_nowhere_ends_with_70(void **state)
{
	(void)state;
	assert_int_equal(end_of(get_nowhere, NULL), BUG << 8);
}

static void the_sandbox_lets_the_watchdog_bite(void **state)
{
	(void)state;
	assert_int_equal(end_of(get_nowhere_confined, NULL), BUG << 8);
}

static void who_gets_on_is_left_alone(void **state)
{
	(void)state;
	assert_int_equal(end_of(get_on, NULL), DONE);
}

static void waiting_is_no_hang(void **state)
{
	(void)state;
	assert_int_equal(end_of(wait_long, NULL), DONE);
}

static void it_says_one_sentence(void **state)
{
	(void)state;
	int ends[2];
	char text[256] = "";
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(end_of(say_last_words, &ends[1]), BUG << 8);
	(void)close(ends[1]);
	assert_true(read(ends[0], text, sizeof(text) - 1) > 0);
	(void)close(ends[0]);
	assert_string_equal(text,
			    "silt: internal error: the audit got nowhere in 1 s of processor time and was given up.\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_gets_nowhere_ends_with_70), cmocka_unit_test(the_sandbox_lets_the_watchdog_bite),
		cmocka_unit_test(who_gets_on_is_left_alone),     cmocka_unit_test(waiting_is_no_hang),
		cmocka_unit_test(it_says_one_sentence),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
