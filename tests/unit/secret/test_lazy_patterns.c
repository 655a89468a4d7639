/* Patterns that are compiled at their first candidate: whoever comes first, and however, all find the same. */
#include "check.h"

#include "base/attributes.h"
#include "base/buffer.h"
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

/* ---- Long matches ---------------------------------------------------------------------------------------------------- */

/*
 * The interpreter counts steps that machine code does not, and has a limit of nesting: on a long match it may give up
 * where machine code does not. So each example is stretched, at what most likely repeats in it.
 */
typedef bool member_fn(uint8_t byte);

static bool is_of_base64(uint8_t byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
	       byte == '+' || byte == '/';
}

static bool is_of_a_line(uint8_t byte)
{
	return byte != '\n';
}

static bool is_white(uint8_t byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n';
}

static struct silt_range longest_run(struct silt_bytes text, member_fn *belongs)
{
	struct silt_range longest = {0, 0};
	for (size_t start = 0, at = 0; at < text.len; at++) {
		start = belongs(text.ptr[at]) ? start : at + 1;
		if (at + 1 - start > longest.end - longest.start) {
			longest = (struct silt_range){start, at + 1};
		}
	}
	return longest;
}

/* The text with a run of it repeated until it has `size` bytes more. */
static struct silt_buffer stretched(struct silt_bytes text, struct silt_range run, size_t size)
{
	struct silt_buffer out = {0};
	size_t length = run.end - run.start;
	silt_buffer_add(&out, silt_bytes_slice(text, 0, run.start));
	for (size_t i = 0; length > 0 && i <= size / length; i++) {
		silt_buffer_add(&out, silt_bytes_slice(text, run.start, length));
	}
	silt_buffer_add(&out, silt_bytes_slice(text, run.end, text.len));
	return out;
}

struct outcome {
	size_t hits;
	enum silt_limit_id overflowed;
};

static enum silt_status count_hit(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	(void)match;
	(void)err;
	(*(size_t *)ctx)++;
	return SILT_OK;
}

static struct outcome outcome_of(struct silt_scanner *scanner, const char *file, struct silt_bytes text)
{
	struct outcome outcome = {0};
	silt_scanner_begin(scanner, silt_bytes_text(file), count_hit, &outcome.hits);
	assert_int_equal(silt_scanner_feed(scanner, text, true, NULL), SILT_OK);
	outcome.overflowed = silt_scanner_overflowed(scanner);
	return outcome;
}

static void compare_stretched(struct silt_scanner *lazy, struct silt_scanner *eager, const struct silt_rule *rule)
{
	static member_fn *const members[] = {is_of_base64, is_of_a_line, is_white};
	/* As long as the windows of most rules, and of those that see a whole file. */
	static const size_t sizes[] = {20000, 60000, 250000};
	bool sees_files = (!rule->anchors && !rule->anchors_any_case) || rule->at_start;
	size_t count = SILT_COUNT(members) * (sees_files ? SILT_COUNT(sizes) : 1);
	const struct silt_rule_example *example = &rule->positives[rule->positive_count > 1];
	for (size_t i = 0; i < count; i++) {
		struct silt_range run = longest_run(example->text, members[i % SILT_COUNT(members)]);
		struct silt_buffer text = stretched(example->text, run, sizes[i / SILT_COUNT(members)]);
		struct outcome a = outcome_of(lazy, example->file, silt_buffer_bytes(&text));
		struct outcome b = outcome_of(eager, example->file, silt_buffer_bytes(&text));
		if (a.hits != b.hits || a.overflowed != b.overflowed) {
			fail_msg("%s: %zu hits and limit %d, with machine code %zu and %d: `ahead: true` helps",
				 rule->id, a.hits, a.overflowed, b.hits, b.overflowed);
		}
		silt_buffer_done(&text);
	}
}

static void the_interpreter_does_not_give_up_earlier(void **state)
{
	(void)state;
	struct silt_rule *rules = NULL;
	struct silt_matcher *lazy = lazy_matcher();
	struct silt_matcher *eager = eager_matcher(lazy, &rules);
	struct silt_scanner *late = NULL, *early = NULL;
	assert_int_equal(silt_scanner_new(lazy, NULL, &late, NULL), SILT_OK);
	assert_int_equal(silt_scanner_new(eager, NULL, &early, NULL), SILT_OK);
	for (size_t i = 0; i < lazy->rule_count; i++) {
		if (!lazy->rules[i].ahead) {
			compare_stretched(late, early, &lazy->rules[i]);
		}
	}
	silt_scanner_free(late);
	silt_scanner_free(early);
	silt_matcher_free(eager);
	silt_matcher_free(lazy);
	free(rules);
}

/* ---- Threads --------------------------------------------------------------------------------------------------------- */

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
		cmocka_unit_test(the_interpreter_does_not_give_up_earlier),
		cmocka_unit_test(threads_that_come_first_together_find_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
