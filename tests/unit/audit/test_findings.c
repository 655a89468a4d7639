/* Collecting, merging and ordering of findings. */
#include "audit/findings.h"
#include "audit/sighting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

struct collection {
	struct silt_arena arena;
	struct silt_findings *findings;
	const struct silt_finding *all;
	size_t count;
	size_t suppressed;
};

static int begin(void **state)
{
	static struct collection collection;
	collection = (struct collection){0};
	*state = &collection;
	return silt_findings_new(&collection.arena, &collection.findings, NULL) == SILT_OK ? 0 : -1;
}

static int end(void **state)
{
	struct collection *collection = *state;
	silt_findings_free(collection->findings);
	silt_arena_done(&collection->arena);
	return 0;
}

static size_t add(struct collection *to, const char *rule, const char *id, enum silt_severity severity)
{
	const struct silt_bytes identity = silt_bytes_text(id);
	struct silt_draft draft = {
		.rule = rule,
		.title = "title",
		.subject = id,
		.remedy = "remedy",
		.severity = severity,
		.identity = &identity,
		.identity_count = 1,
	};
	size_t number = SIZE_MAX;
	assert_int_equal(silt_findings_add(to->findings, &draft, &number, NULL), SILT_OK);
	return number;
}

static void sight(struct collection *to, size_t number, size_t layer, const char *place, enum silt_fate fate)
{
	struct silt_sighting sighting = silt_sighting_nowhere();
	sighting.image = 0;
	sighting.layer = layer;
	sighting.place = place;
	sighting.fate = fate;
	assert_int_equal(silt_findings_sight(to->findings, number, &sighting, NULL), SILT_OK);
}

static void finish(struct collection *collection)
{
	assert_int_equal(silt_findings_end(collection->findings, &collection->all, &collection->count,
					   &collection->suppressed, NULL),
			 SILT_OK);
}

static void no_findings_are_an_empty_array(void **state)
{
	finish(*state);
	assert_int_equal(((struct collection *)*state)->count, 0);
}

static void the_same_identity_is_one_finding_with_the_worse_severity(void **state)
{
	struct collection *collection = *state;
	size_t first = add(collection, "rule", "a", SILT_SEVERITY_LOW);
	assert_int_equal(add(collection, "rule", "a", SILT_SEVERITY_HIGH), first);
	assert_int_equal(add(collection, "rule", "a", SILT_SEVERITY_INFO), first);
	assert_int_not_equal(add(collection, "other", "a", SILT_SEVERITY_INFO), first);
	finish(collection);
	assert_int_equal(collection->count, 2);
	assert_int_equal(collection->all[0].severity, SILT_SEVERITY_HIGH);
}

static void a_domain_merges_over_rules(void **state)
{
	struct collection *collection = *state;
	const struct silt_bytes identity = SILT_LITERAL("value");
	struct silt_draft draft = {.rule = "one", .domain = "secret", .identity = &identity, .identity_count = 1};
	size_t a, b;
	assert_int_equal(silt_findings_add(collection->findings, &draft, &a, NULL), SILT_OK);
	draft.rule = "two";
	assert_int_equal(silt_findings_add(collection->findings, &draft, &b, NULL), SILT_OK);
	assert_int_equal(a, b);
}

static void findings_are_ordered_by_severity_rule_and_subject(void **state)
{
	struct collection *collection = *state;
	add(collection, "b", "x", SILT_SEVERITY_LOW);
	add(collection, "a", "z", SILT_SEVERITY_LOW);
	add(collection, "a", "y", SILT_SEVERITY_LOW);
	add(collection, "z", "x", SILT_SEVERITY_CRITICAL);
	finish(collection);
	assert_string_equal(collection->all[0].rule, "z");
	assert_string_equal(collection->all[1].subject, "y");
	assert_string_equal(collection->all[2].subject, "z");
	assert_string_equal(collection->all[3].rule, "b");
}

static void sightings_are_ordered_and_each_counts_once(void **state)
{
	struct collection *collection = *state;
	size_t number = add(collection, "rule", "a", SILT_SEVERITY_LOW);
	sight(collection, number, 2, "/b", SILT_FATE_DELETED);
	sight(collection, number, 1, "/c", SILT_FATE_SHADOWED);
	sight(collection, number, 2, "/a", SILT_FATE_MASKED);
	sight(collection, number, 2, "/b", SILT_FATE_DELETED);
	finish(collection);
	const struct silt_finding *finding = &collection->all[0];
	assert_int_equal(finding->sighting_count, 3);
	assert_string_equal(finding->sightings[0].place, "/c");
	assert_string_equal(finding->sightings[1].place, "/a");
	assert_string_equal(finding->sightings[2].place, "/b");
	assert_int_equal(finding->exposure, SILT_FATE_DELETED);
}

static void the_fingerprint_depends_on_rule_and_identity_only(void **state)
{
	struct collection *collection = *state;
	size_t number = add(collection, "rule", "a", SILT_SEVERITY_LOW);
	sight(collection, number, 2, "/b", SILT_FATE_DELETED);
	add(collection, "rule", "b", SILT_SEVERITY_LOW);
	finish(collection);
	assert_int_equal(strlen(collection->all[0].fingerprint), 32);
	assert_int_equal(strspn(collection->all[0].fingerprint, "0123456789abcdef"), 32);
	assert_string_not_equal(collection->all[0].fingerprint, collection->all[1].fingerprint);

	struct collection again = {0};
	assert_int_equal(silt_findings_new(&again.arena, &again.findings, NULL), SILT_OK);
	add(&again, "rule", "a", SILT_SEVERITY_HIGH);
	finish(&again);
	assert_string_equal(again.all[0].fingerprint, collection->all[0].fingerprint);
	silt_findings_free(again.findings);
	silt_arena_done(&again.arena);
}

static void text_is_copied_and_what_is_missing_is_empty(void **state)
{
	struct collection *collection = *state;
	char subject[] = "before";
	struct silt_draft draft = {.rule = "rule", .subject = subject};
	size_t number;
	assert_int_equal(silt_findings_add(collection->findings, &draft, &number, NULL), SILT_OK);
	memcpy(subject, "after!", sizeof(subject));
	finish(collection);
	assert_string_equal(collection->all[0].subject, "before");
	assert_string_equal(collection->all[0].detail, "");
	assert_string_equal(collection->all[0].pattern, "");
}

static void many_findings_are_found_again(void **state)
{
	struct collection *collection = *state;
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 3000; i++) {
			char id[16];
			snprintf(id, sizeof(id), "%d", i);
			assert_int_equal(add(collection, "rule", id, SILT_SEVERITY_LOW), i);
		}
	}
	finish(collection);
	assert_int_equal(collection->count, 3000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(no_findings_are_an_empty_array, begin, end),
		cmocka_unit_test_setup_teardown(the_same_identity_is_one_finding_with_the_worse_severity, begin, end),
		cmocka_unit_test_setup_teardown(a_domain_merges_over_rules, begin, end),
		cmocka_unit_test_setup_teardown(findings_are_ordered_by_severity_rule_and_subject, begin, end),
		cmocka_unit_test_setup_teardown(sightings_are_ordered_and_each_counts_once, begin, end),
		cmocka_unit_test_setup_teardown(the_fingerprint_depends_on_rule_and_identity_only, begin, end),
		cmocka_unit_test_setup_teardown(text_is_copied_and_what_is_missing_is_empty, begin, end),
		cmocka_unit_test_setup_teardown(many_findings_are_found_again, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
