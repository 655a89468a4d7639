/* Patterns that are compiled at their first candidate: whoever comes first, and however, all find the same. */
#include "check.h"

#include "secret/matcher.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 4, HITS_MAX = 16384 };

struct hit {
	const char *rule;
	uint64_t offset, length;
	uint8_t value[SILT_VALUE_ID_SIZE];
	enum silt_confidence confidence;
};

/* What one thread found in all examples of all rules. */
struct harvest {
	const struct silt_matcher *matcher;
	pthread_barrier_t *start; /* NULL: alone */
	struct hit *hits;         /* owns */
	size_t count;
	enum silt_status status;
};

static enum silt_status note(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	(void)err;
	struct harvest *harvest = ctx;
	if (harvest->count < HITS_MAX) {
		struct hit *hit = &harvest->hits[harvest->count++];
		hit->rule = match->rule->id;
		hit->offset = match->offset;
		hit->length = match->length;
		hit->confidence = match->confidence;
		memcpy(hit->value, match->value, sizeof(hit->value));
	}
	return SILT_OK;
}

static enum silt_status scan(struct silt_scanner *scanner, struct harvest *harvest,
			     const struct silt_rule_example *examples, size_t count)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		silt_scanner_begin(scanner, silt_bytes_text(examples[i].file), note, harvest);
		status = silt_scanner_feed(scanner, examples[i].text, true, NULL);
	}
	return status;
}

static void *reap(void *ctx)
{
	struct harvest *harvest = ctx;
	struct silt_scanner *scanner = NULL;
	enum silt_status status = silt_scanner_new(harvest->matcher, NULL, &scanner, NULL);
	if (harvest->start) {
		pthread_barrier_wait(harvest->start);
	}
	for (size_t i = 0; i < harvest->matcher->rule_count && status == SILT_OK; i++) {
		const struct silt_rule *rule = &harvest->matcher->rules[i];
		status = scan(scanner, harvest, rule->positives, rule->positive_count);
		if (status == SILT_OK) {
			status = scan(scanner, harvest, rule->negatives, rule->negative_count);
		}
	}
	silt_scanner_free(scanner);
	harvest->status = status;
	return NULL;
}

static struct harvest harvest_of(const struct silt_matcher *matcher, pthread_barrier_t *start)
{
	struct harvest harvest = {.matcher = matcher, .start = start, .hits = calloc(HITS_MAX, sizeof(struct hit))};
	assert_non_null(harvest.hits);
	return harvest;
}

static void assert_same(const struct harvest *a, const struct harvest *b)
{
	assert_int_equal(a->status, SILT_OK);
	assert_int_equal(b->status, SILT_OK);
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++) {
		assert_string_equal(a->hits[i].rule, b->hits[i].rule);
		assert_int_equal(a->hits[i].offset, b->hits[i].offset);
		assert_int_equal(a->hits[i].length, b->hits[i].length);
		assert_int_equal(a->hits[i].confidence, b->hits[i].confidence);
		assert_memory_equal(a->hits[i].value, b->hits[i].value, SILT_VALUE_ID_SIZE);
	}
}

static struct silt_matcher *lazy_matcher(void)
{
	struct silt_matcher *matcher = NULL;
	struct silt_error err = {0};
	if (silt_matcher_new(&matcher, &err) != SILT_OK) {
		fail_msg("%s", err.text);
	}
	return matcher;
}

/* Of the same rules, all of whose patterns are compiled when it is made. `*rules` are the caller's to free. */
static struct silt_matcher *eager_matcher(const struct silt_matcher *lazy, struct silt_rule **rules)
{
	struct silt_matcher *matcher = NULL;
	*rules = calloc(lazy->rule_count, sizeof(struct silt_rule));
	assert_non_null(*rules);
	for (size_t i = 0; i < lazy->rule_count; i++) {
		(*rules)[i] = lazy->rules[i];
		(*rules)[i].origin = SILT_PATTERN_ORIGIN_UNKNOWN;
	}
	assert_int_equal(silt_matcher_new_of(*rules, lazy->rule_count, &matcher, NULL), SILT_OK);
	return matcher;
}

static void patterns_compiled_late_find_what_machine_code_finds(void **state)
{
	(void)state;
	struct silt_rule *rules = NULL;
	struct silt_matcher *lazy = lazy_matcher();
	struct silt_matcher *eager = eager_matcher(lazy, &rules);
	struct harvest late = harvest_of(lazy, NULL), early = harvest_of(eager, NULL);
	reap(&late);
	reap(&early);
	assert_true(late.count > lazy->rule_count / 2 && late.count < HITS_MAX);
	assert_same(&late, &early);
	free(late.hits);
	free(early.hits);
	silt_matcher_free(eager);
	silt_matcher_free(lazy);
	free(rules);
}

static void threads_that_come_first_together_find_the_same(void **state)
{
	(void)state;
	struct silt_matcher *matcher = lazy_matcher();
	pthread_barrier_t start;
	pthread_t threads[THREADS];
	struct harvest harvests[THREADS];
	assert_int_equal(pthread_barrier_init(&start, NULL, THREADS), 0);
	for (size_t i = 0; i < THREADS; i++) {
		harvests[i] = harvest_of(matcher, &start);
		assert_int_equal(pthread_create(&threads[i], NULL, reap, &harvests[i]), 0);
	}
	for (size_t i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	}
	for (size_t i = 0; i < THREADS; i++) {
		assert_same(&harvests[0], &harvests[i]);
	}
	for (size_t i = 0; i < THREADS; i++) {
		free(harvests[i].hits);
	}
	pthread_barrier_destroy(&start);
	silt_matcher_free(matcher);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_compiled_late_find_what_machine_code_finds),
		cmocka_unit_test(threads_that_come_first_together_find_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
