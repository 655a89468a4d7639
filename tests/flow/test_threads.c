/*
 * Audits that run side by side, as in a program that embeds the library, know nothing of each other: each report is that
 * of the same audit alone. The first of them all meet where the process has something that is made once. It is
 * ThreadSanitizer that proves that they meet nowhere else.
 */
#include "silt/silt.h"

#include "base/buffer.h"

#include "support/judged.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

enum { THREADS = 4, ROUNDS = 3 };

static const char *const fixtures[] = {"leaky.tar", "clean.tar", "leaky-oci.tar"};

enum { FIXTURES = sizeof(fixtures) / sizeof(fixtures[0]) };

struct worker {
	pthread_t thread;
	size_t first;                         /* fixture that it begins with: all are met in each order */
	struct silt_buffer reports[FIXTURES]; /* of the last round */
	bool failed;
};

static bool collect(void *ctx, const void *bytes, size_t size)
{
	struct silt_buffer *out = ctx;
	silt_buffer_add(out, silt_bytes(bytes, size));
	return !out->failed;
}

/* cmocka is one thread's: nothing is asserted here. */
static bool audit(const char *name, struct silt_buffer *report)
{
	char path[512];
	(void)snprintf(path, sizeof(path), "%s/%s", FIXTURE_FOLDER, name);
	struct silt_bundle *bundle = NULL;
	struct silt_result *result = NULL;
	struct silt_error err = {0};
	struct silt_report_options options = {.format = SILT_FORMAT_JSON};
	report->len = 0;
	bool done = silt_bundle_open_path(path, &bundle, &err) == SILT_OK &&
		    silt_audit(bundle, NULL, &result, &err) == SILT_OK &&
		    judged_report((const struct silt_result *const *)&result, 1, SILT_SEVERITY_HIGH, &options,
				  (struct silt_sink){collect, report}, &err) == SILT_OK;
	silt_result_free(result);
	silt_bundle_free(bundle);
	return done;
}

static void *work(void *ctx)
{
	struct worker *worker = ctx;
	for (size_t i = 0; i < (size_t)ROUNDS * FIXTURES && !worker->failed; i++) {
		size_t which = (worker->first + i) % FIXTURES;
		worker->failed = !audit(fixtures[which], &worker->reports[which]);
	}
	return NULL;
}

static void audits_side_by_side_give_the_same_reports(void **state)
{
	(void)state;
	struct worker workers[THREADS] = {0};
	for (size_t i = 0; i < THREADS; i++) {
		workers[i].first = i % FIXTURES;
		assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
	}
	for (size_t i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
		assert_false(workers[i].failed);
	}
	for (size_t which = 0; which < FIXTURES; which++) {
		struct silt_buffer alone = {0};
		assert_true(audit(fixtures[which], &alone));
		for (size_t i = 0; i < THREADS; i++) {
			assert_int_equal(workers[i].reports[which].len, alone.len);
			assert_memory_equal(workers[i].reports[which].ptr, alone.ptr, alone.len);
			silt_buffer_done(&workers[i].reports[which]);
		}
		silt_buffer_done(&alone);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(audits_side_by_side_give_the_same_reports),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
