/* Comparing by the public interface: what it asks for, and what it promises. What it says is tested by check_diff.py. */
#include "silt/silt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A fixture as it was audited and judged. */
struct side {
	struct silt_result *result;
	struct silt_judgement *judgement;
};

static void must(enum silt_status status, const struct silt_error *err)
{
	if (status != SILT_OK) {
		fail_msg("%s", err->text);
	}
}

static struct side audit(const char *fixture, const struct silt_options *options)
{
	struct silt_error err = {0};
	struct silt_bundle *bundle = NULL;
	struct side side = {0};
	char path[512];
	(void)snprintf(path, sizeof(path), "%s/%s", SILT_FIXTURES, fixture);
	must(silt_bundle_open_path(path, &bundle, &err), &err);
	must(silt_audit(bundle, options, &side.result, &err), &err);
	must(silt_judge(side.result, NULL, &side.judgement, &err), &err);
	silt_bundle_free(bundle);
	return side;
}

static void side_done(struct side *side)
{
	silt_judgement_free(side->judgement);
	silt_result_free(side->result);
}

static struct side audit_old(const char *fixture)
{
	const struct silt_options options = {.keep_secrets = true, .mask_names = true, .keep_digests = true};
	return audit(fixture, &options);
}

/* NEW, with all that OLD had to look for. */
static struct side audit_new(const char *fixture, const struct side *old)
{
	struct silt_error err = {0};
	struct silt_bytes *values = NULL;
	struct silt_options options = {.keep_digests = true};
	must(silt_comparison_wanted(old->result, &values, &options.wanted_count, &err), &err);
	options.wanted = values;
	const struct side side = audit(fixture, &options);
	free(values);
	return side;
}

static struct silt_comparison *compare(const struct side *old, const struct side *after)
{
	struct silt_error err = {0};
	struct silt_comparison *comparison = NULL;
	must(silt_compare(old->judgement, after->judgement, NULL, &comparison, &err), &err);
	return comparison;
}

static void an_image_compared_with_itself_has_all_of_its_secrets(void **state)
{
	(void)state;
	struct side old = audit_old("leaky.tar");
	struct side after = audit_new("leaky.tar", &old);
	struct silt_comparison *comparison = compare(&old, &after);
	assert_int_not_equal(comparison->secret_count, 0);
	assert_int_equal(comparison->survived, comparison->secret_count);
	assert_int_equal(comparison->verdict, SILT_COMPARISON_WORSE);
	assert_int_equal(comparison->image_count, 1);
	assert_int_equal(comparison->images[0].counts.changed, 0);
	assert_int_equal(comparison->images[0].counts.uncompared, 0);
	assert_int_equal(comparison->findings_new + comparison->findings_fixed + comparison->findings_changed, 0);
	silt_comparison_free(comparison);
	side_done(&old);
	side_done(&after);
}

/* By another builder, in another layout: no layer is the same. */
static void another_build_of_an_image_has_its_secrets_too(void **state)
{
	(void)state;
	struct side old = audit_old("leaky.tar");
	struct side after = audit_new("leaky-oci.tar", &old);
	struct silt_comparison *comparison = compare(&old, &after);
	const struct silt_compared_image *pair = &comparison->images[0];
	assert_int_equal(comparison->survived, comparison->secret_count);
	assert_int_equal(pair->counts.changed, 0);
	assert_int_not_equal(pair->counts.same, 0);
	assert_int_equal(pair->common_layers, 0);
	silt_comparison_free(comparison);
	side_done(&old);
	side_done(&after);
}

static void another_image_is_free_of_them(void **state)
{
	(void)state;
	struct side old = audit_old("leaky.tar");
	struct side after = audit_new("clean.tar", &old);
	struct silt_comparison *comparison = compare(&old, &after);
	assert_int_equal(comparison->survived, 0);
	assert_int_equal(comparison->gone, comparison->secret_count);
	assert_int_equal(comparison->verdict, SILT_COMPARISON_FREE);
	for (size_t i = 0; i < comparison->secret_count; i++) {
		assert_int_equal(comparison->secrets[i].before->secret.len, 0);
	}
	silt_comparison_free(comparison);
	side_done(&old);
	side_done(&after);
}

/* What is looked for changes nothing of what a scan says, and nobody is told of it but who asks. */
static void what_is_looked_for_is_no_finding(void **state)
{
	(void)state;
	struct side old = audit_old("leaky.tar");
	struct side asked = audit_new("leaky.tar", &old);
	const struct silt_options none = {.keep_digests = true};
	struct side plain = audit("leaky.tar", &none);
	assert_int_equal(asked.judgement->finding_count, plain.judgement->finding_count);
	for (size_t i = 0; i < plain.judgement->finding_count; i++) {
		const struct silt_finding *a = &asked.judgement->findings[i], *b = &plain.judgement->findings[i];
		assert_string_equal(a->fingerprint, b->fingerprint);
		assert_string_equal(a->rule, b->rule);
		assert_int_equal(a->sighting_count, b->sighting_count);
	}
	size_t count;
	assert_non_null(silt_result_wanted(asked.result, 0, &count));
	assert_int_not_equal(count, 0);
	assert_null(silt_result_wanted(plain.result, 0, &count));
	assert_int_equal(count, 0);
	side_done(&old);
	side_done(&asked);
	side_done(&plain);
}

static void a_result_that_was_not_asked_is_refused(void **state)
{
	(void)state;
	struct silt_error err = {0};
	struct silt_comparison *comparison = NULL;
	struct side old = audit_old("leaky.tar");
	struct side after = audit("clean.tar", NULL);
	assert_int_equal(silt_compare(old.judgement, after.judgement, NULL, &comparison, &err), SILT_ERR_USAGE);
	assert_null(comparison);
	side_done(&old);
	side_done(&after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_image_compared_with_itself_has_all_of_its_secrets),
		cmocka_unit_test(another_build_of_an_image_has_its_secrets_too),
		cmocka_unit_test(another_image_is_free_of_them),
		cmocka_unit_test(what_is_looked_for_is_no_finding),
		cmocka_unit_test(a_result_that_was_not_asked_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
