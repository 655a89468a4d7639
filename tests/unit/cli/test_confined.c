/* However the work ends, somebody says how, the exit status is a documented one, and the output is whole or untouched. */
#include "cli/cache_link.h"
#include "cli/confined.h"
#include "cli/guard.h"
#include "unit/cli/child.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <cmocka.h>

static char file[64], cache_folder[80];

/* ---- Kinds of work ------------------------------------------------------------------------------------------------- */

static bool report(struct cli_handover *to, const char *text)
{
	return to->sinks[0].write(to->sinks[0].ctx, text, strlen(text));
}

static enum cli_exit find_things(void *ctx, struct cli_handover *to)
{
	(void)ctx;
	to->bytes = 4711;
	to->complete = report(to, "a ") && report(to, "report");
	return to->sandbox->enabled ? CLI_EXIT_FINDINGS : CLI_EXIT_CLEAN;
}

static enum cli_exit write_much(void *ctx, struct cli_handover *to)
{
	(void)ctx;
	static char much[1000000];
	memset(much, 'x', sizeof(much));
	to->complete = to->sinks[0].write(to->sinks[0].ctx, much, sizeof(much));
	return to->complete ? CLI_EXIT_CLEAN : CLI_EXIT_SYSTEM;
}

static enum cli_exit read_nothing(void *ctx, struct cli_handover *to)
{
	(void)ctx, (void)to;
	return CLI_EXIT_INCOMPLETE;
}

static enum cli_exit claim_a_pass(void *ctx, struct cli_handover *to)
{
	(void)ctx, (void)to;
	return CLI_EXIT_CLEAN;
}

static enum cli_exit claim_anything(void *ctx, struct cli_handover *to)
{
	to->complete = report(to, "a report");
	return *(const enum cli_exit *)ctx;
}

static enum cli_exit stop_in_the_middle(void *ctx, struct cli_handover *to)
{
	(void)ctx;
	(void)report(to, "half a rep");
	return CLI_EXIT_CLEAN;
}

static enum cli_exit crash(void *ctx, struct cli_handover *to)
{
	(void)ctx;
	(void)report(to, "half a rep");
	(void)signal(SIGSEGV, SIG_DFL);
	(void)raise(SIGSEGV);
	return CLI_EXIT_CLEAN;
}

static enum cli_exit be_ended_by_a_library(void *ctx, struct cli_handover *to)
{
	(void)ctx;
	(void)report(to, "half a rep");
	exit(1); /* as libarchive does when memory runs out */
}

static enum cli_exit get_nowhere(void *ctx, struct cli_handover *to)
{
	(void)ctx;
	volatile bool forever = report(to, "half a rep");
	while (forever) {
	}
	return CLI_EXIT_CLEAN;
}

static enum cli_exit connect_somewhere(void *ctx, struct cli_handover *to)
{
	(void)ctx;
	(void)report(to, "half a rep");
	(void)socket(AF_INET, SOCK_STREAM, 0);
	return CLI_EXIT_CLEAN;
}

/* Whoever has taken over the child writes what he likes. */
static enum cli_exit write_rubbish(void *ctx, struct cli_handover *to)
{
	(void)to;
	const uint32_t *words = ctx;
	return write(STDOUT_FILENO, words, 2 * sizeof(*words)) > 0 ? CLI_EXIT_CLEAN : CLI_EXIT_BUG;
}

/* ---- With a cache -------------------------------------------------------------------------------------------------- */

static const unsigned char layer[SILT_CACHE_KEY_SIZE] = {1}, other[SILT_CACHE_KEY_SIZE] = {2};

/* Larger than a pipe holds. */
enum { VALUE_SIZE = 1 << 20 };

static bool is_value(const unsigned char *value, size_t size)
{
	bool same = size == VALUE_SIZE;
	for (size_t i = 0; same && i < size; i++) {
		same = value[i] == (unsigned char)(i * 7);
	}
	return same;
}

static enum cli_exit keep_layer(void *ctx, struct cli_handover *to)
{
	(void)ctx;
	void *found = NULL;
	size_t size = 0;
	unsigned char *value = malloc(VALUE_SIZE);
	const struct silt_cache_access *cache = to->cache;
	for (size_t i = 0; value != NULL && i < VALUE_SIZE; i++) {
		value[i] = (unsigned char)(i * 7);
	}
	bool right = value != NULL && !cache->find(cache->ctx, SILT_CACHE_LAYER, layer, &found, &size) &&
		     cache->claim(cache->ctx, layer) && !cache->claim(cache->ctx, layer);
	if (right) {
		cache->keep(cache->ctx, SILT_CACHE_LAYER, layer, value, VALUE_SIZE);
		cache->keep(cache->ctx, SILT_CACHE_BLOB, other, value, 1);
		cache->refuse(cache->ctx, SILT_CACHE_BLOB, other);
		cache->release(cache->ctx, layer);
		right = cache->claim(cache->ctx, layer);
	}
	free(value);
	to->complete = report(to, "kept") && right;
	return right ? CLI_EXIT_CLEAN : CLI_EXIT_BUG;
}

static enum cli_exit find_layer(void *ctx, struct cli_handover *to)
{
	(void)ctx;
	void *value = NULL, *none = NULL;
	size_t size = 0, none_size = 0;
	const struct silt_cache_access *cache = to->cache;
	const bool right = cache->find(cache->ctx, SILT_CACHE_LAYER, layer, &value, &size) && is_value(value, size) &&
			   !cache->find(cache->ctx, SILT_CACHE_BLOB, other, &none, &none_size) &&
			   cache->claim(cache->ctx, layer); /* whose holder is gone */
	free(value);
	to->complete = report(to, "found") && right;
	return right ? CLI_EXIT_FINDINGS : CLI_EXIT_BUG;
}

static enum cli_exit have_no_cache(void *ctx, struct cli_handover *to)
{
	(void)ctx;
	to->complete = report(to, "none") && to->cache == NULL;
	return CLI_EXIT_CLEAN;
}

/* A question that is none: its kind, what it says of its length, and then as many bytes of zeros, or 16 MiB. */
static enum cli_exit ask_wrongly(void *ctx, struct cli_handover *to)
{
	(void)to;
	const uint32_t *head = ctx;
	static unsigned char zeros[1 << 16];
	bool sent = write(STDOUT_FILENO, head, 2 * sizeof(*head)) > 0;
	for (size_t left = head[1] < sizeof(zeros) * 256 ? head[1] : sizeof(zeros) * 256; sent && left > 0;) {
		const size_t piece = left < sizeof(zeros) ? left : sizeof(zeros);
		sent = write(STDOUT_FILENO, zeros, piece) == (ssize_t)piece;
		left -= piece;
	}
	return CLI_EXIT_CLEAN;
}

/* ---- Running it ---------------------------------------------------------------------------------------------------- */

struct trial {
	enum cli_exit (*work)(void *ctx, struct cli_handover *to);
	void *ctx;
	const char *output;
	bool open;
	const char *cache;
};

static void run(void *ctx)
{
	const struct trial *trial = ctx;
	const struct cli_targets targets = {.items = {{.format = SILT_FORMAT_TEXT, .path = trial->output}}, .count = 1};
	const struct cli_confined confined = {.work = trial->work,
					      .ctx = trial->ctx,
					      .targets = &targets,
					      .open = trial->open,
					      .cache = trial->cache,
					      .hang_seconds = 1};
	/* As in the program: what a library ends must not read as a verdict. */
	if (cli_guard_start() == SILT_OK) {
		const struct cli_outcome outcome = cli_confined_run(&confined);
		const uint64_t bytes = trial->work == find_things ? 4711 : 0;
		const bool right = !outcome.delivered || outcome.bytes == bytes;
		_exit(right ? (int)outcome.status : CHILD_LOST);
	}
}

static enum cli_exit status_of(struct trial trial)
{
	const int end = end_of(run, &trial);
	assert_true(WIFEXITED(end));
	return (enum cli_exit)WEXITSTATUS(end);
}

static void remove_cache(void)
{
	static const char *const names[] = {"records.db", "records.db-wal", "records.db-shm", "key", "claims"};
	(void)snprintf(cache_folder, sizeof(cache_folder), "%s.cache", file);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char path[128];
		(void)snprintf(path, sizeof(path), "%s/%s", cache_folder, names[i]);
		(void)unlink(path);
	}
	(void)rmdir(cache_folder);
}

static void write_old_file(void)
{
	FILE *out = fopen(file, "w");
	assert_non_null(out);
	assert_true(fputs("old", out) >= 0);
	assert_int_equal(fclose(out), 0);
}

static void assert_file(const char *text)
{
	char content[64] = "";
	FILE *in = fopen(file, "r");
	assert_non_null(in);
	(void)!fread(content, 1, sizeof(content) - 1, in);
	(void)fclose(in);
	assert_string_equal(content, text);
}

/* The work ends with 70, and the old report stays. */
static void assert_bug(enum cli_exit (*work)(void *ctx, struct cli_handover *to), void *ctx)
{
	write_old_file();
	assert_int_equal(status_of((struct trial){.work = work, .ctx = ctx, .output = file}), CLI_EXIT_BUG);
	assert_file("old");
}

/* ---- Tests --------------------------------------------------------------------------------------------------------- */

static void a_report_is_delivered_with_its_status(void **state)
{
	(void)state;
	write_old_file();
	assert_int_equal(status_of((struct trial){.work = find_things, .output = file}), CLI_EXIT_FINDINGS);
	assert_file("a report");
}

static void without_the_sandbox_it_is_so_too(void **state)
{
	(void)state;
	write_old_file();
	assert_int_equal(status_of((struct trial){.work = find_things, .output = file, .open = true}), CLI_EXIT_CLEAN);
	assert_file("a report");
}

static void work_without_a_report_touches_no_file(void **state)
{
	(void)state;
	write_old_file();
	assert_int_equal(status_of((struct trial){.work = read_nothing, .output = file}), CLI_EXIT_INCOMPLETE);
	assert_file("old");
}

static void a_verdict_without_a_report_is_a_bug(void **state)
{
	(void)state;
	assert_bug(claim_a_pass, NULL);
	assert_bug(stop_in_the_middle, NULL);
}

static void a_status_that_nobody_knows_is_a_bug(void **state)
{
	(void)state;
	enum cli_exit unknown = (enum cli_exit)17;
	assert_int_equal(status_of((struct trial){.work = claim_anything, .ctx = &unknown, .output = file}),
			 CLI_EXIT_BUG);
}

static void a_death_is_a_bug_and_the_old_report_stays(void **state)
{
	(void)state;
	assert_bug(crash, NULL);
	assert_bug(connect_somewhere, NULL);
	assert_bug(be_ended_by_a_library, NULL);
	assert_bug(get_nowhere, NULL);
}

static void rubbish_is_no_report(void **state)
{
	(void)state;
	uint32_t messages[][2] = {{0, 0}, {1, UINT32_MAX}, {1, 64 * 1024 + 1}, {2, 0}, {2, 9}, {3, 8}};
	for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++) {
		assert_bug(write_rubbish, messages[i]);
	}
}

static void an_output_that_refuses_is_4_and_no_bug(void **state)
{
	(void)state;
	assert_int_equal(status_of((struct trial){.work = find_things, .output = "/dev/full"}), CLI_EXIT_SYSTEM);
	assert_int_equal(status_of((struct trial){.work = write_much, .output = "/dev/full"}), CLI_EXIT_SYSTEM);
	assert_int_equal(status_of((struct trial){.work = write_much, .output = "/dev/full", .open = true}),
			 CLI_EXIT_SYSTEM);
	assert_int_equal(status_of((struct trial){.work = find_things, .output = "/nowhere/report"}), CLI_EXIT_SYSTEM);
}

static void a_long_report_comes_in_pieces(void **state)
{
	(void)state;
	assert_int_equal(status_of((struct trial){.work = write_much, .output = file}), CLI_EXIT_CLEAN);
	FILE *in = fopen(file, "r");
	assert_non_null(in);
	assert_int_equal(fseek(in, 0, SEEK_END), 0);
	assert_int_equal(ftell(in), 1000000);
	(void)fclose(in);
}

static void run_without_processes(void *ctx)
{
	/* Root may have as many as it likes. */
	const struct rlimit none = {0, 0};
	if (setrlimit(RLIMIT_NPROC, &none) != 0 || (geteuid() == 0 && setuid(65534) != 0)) {
		_exit(CHILD_LOST);
	}
	run(ctx);
}

static void without_a_process_to_confine_nothing_is_read(void **state)
{
	(void)state;
	struct trial trial = {.work = find_things, .output = "/dev/null"};
	assert_int_equal(end_of(run_without_processes, &trial), CLI_EXIT_SYSTEM << 8);
}

static int make_file(void **state)
{
	(void)state;
	(void)snprintf(file, sizeof(file), "/tmp/silt-confined-XXXXXX");
	const int fd = mkstemp(file);
	return fd >= 0 ? close(fd) : -1;
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(file);
}

static void a_child_that_can_open_nothing_has_a_cache_by_its_parent(void **state)
{
	(void)state;
	for (unsigned open = 0; open < 2; open++) {
		remove_cache();
		const struct trial keeping = {.work = keep_layer, .output = file, .open = open, .cache = cache_folder};
		const struct trial finding = {.work = find_layer, .output = file, .open = !open, .cache = cache_folder};
		assert_int_equal(status_of(keeping), CLI_EXIT_CLEAN);
		assert_int_equal(status_of(finding), CLI_EXIT_FINDINGS);
	}
	remove_cache();
}

static void without_a_folder_there_is_no_cache(void **state)
{
	(void)state;
	assert_int_equal(status_of((struct trial){.work = have_no_cache, .output = file}), CLI_EXIT_CLEAN);
}

static void a_cache_that_cannot_be_opened_ends_with_4_and_without_a_report(void **state)
{
	(void)state;
	write_old_file();
	for (unsigned open = 0; open < 2; open++) {
		const struct trial trial = {
			.work = find_things, .output = file, .open = open, .cache = "/dev/null/cache"};
		assert_int_equal(status_of(trial), CLI_EXIT_SYSTEM);
		assert_file("old");
	}
}

static void a_child_that_asks_wrongly_has_no_report_and_harms_no_cache(void **state)
{
	(void)state;
	const uint32_t keep = CLI_CACHE_KEEP, whole = 1 + SILT_CACHE_KEY_SIZE;
	uint32_t cases[][2] = {{CLI_CACHE_FIND, whole - 1},
			       {CLI_CACHE_FIND, whole + 1},
			       {CLI_CACHE_END, whole},
			       {keep, whole},
			       {keep, 0},
			       {keep, UINT32_MAX},
			       {keep, whole + SILT_CACHE_VALUE_MAX + 1},
			       {keep, whole + 1000}};
	remove_cache();
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		write_old_file();
		const struct trial trial = {
			.work = ask_wrongly, .ctx = cases[i], .output = file, .cache = cache_folder};
		assert_int_equal(status_of(trial), CLI_EXIT_BUG);
		assert_file("old");
	}
	remove_cache();
}

static void a_question_without_a_cache_is_none(void **state)
{
	(void)state;
	uint32_t head[] = {CLI_CACHE_FIND, 1 + SILT_CACHE_KEY_SIZE};
	assert_bug(ask_wrongly, head);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_report_is_delivered_with_its_status),
		cmocka_unit_test(without_the_sandbox_it_is_so_too),
		cmocka_unit_test(work_without_a_report_touches_no_file),
		cmocka_unit_test(a_verdict_without_a_report_is_a_bug),
		cmocka_unit_test(a_status_that_nobody_knows_is_a_bug),
		cmocka_unit_test(a_death_is_a_bug_and_the_old_report_stays),
		cmocka_unit_test(rubbish_is_no_report),
		cmocka_unit_test(an_output_that_refuses_is_4_and_no_bug),
		cmocka_unit_test(a_long_report_comes_in_pieces),
		cmocka_unit_test(without_a_process_to_confine_nothing_is_read),
		cmocka_unit_test(a_child_that_can_open_nothing_has_a_cache_by_its_parent),
		cmocka_unit_test(without_a_folder_there_is_no_cache),
		cmocka_unit_test(a_cache_that_cannot_be_opened_ends_with_4_and_without_a_report),
		cmocka_unit_test(a_child_that_asks_wrongly_has_no_report_and_harms_no_cache),
		cmocka_unit_test(a_question_without_a_cache_is_none),
	};
	return cmocka_run_group_tests(tests, make_file, remove_file);
}
