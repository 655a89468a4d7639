/* Layers by way of a cache: what is read how often, whom is believed what, and that nothing changes about the record. */
#include "layer/survey_known.h"
#include "support/tar_writer.h"
#include "unit/layer/cache_kit.h"
#include "unit/layer/same_record.h"
#include "unit/layer/survey_kit.h"
#include "unit/stream/compress.h"

#include <stdlib.h>

/* ---- A layer that counts how often it is read ------------------------------------------------------------------------ */

struct layer {
	struct tar_writer w;
	struct silt_buffer blob;
	struct silt_record *cold; /* owns: what a survey says */
	struct silt_memory_source memory;
	unsigned opened, again;
};

static struct layer make_layer(const char *text)
{
	struct layer layer = {0};
	tar_text(&layer.w, "etc/motd", 0644, text);
	tar_text(&layer.w, "app/.env", 0600, "AWS_ACCESS_KEY_ID=" KEY_ID "\n");
	tar_end(&layer.w);
	add_gzip(&layer.blob, tar_bytes(&layer.w), &(struct gzip_fields){.name = "layer.tar"});
	layer.cold = survey_blob(silt_buffer_bytes(&layer.blob));
	return layer;
}

static void layer_done(struct layer *layer)
{
	silt_record_free(layer->cold);
	silt_buffer_done(&layer->blob);
	tar_done(&layer->w);
}

static enum silt_status open_layer(void *ctx, bool again, struct silt_source *out, struct silt_error *err)
{
	(void)err;
	struct layer *layer = ctx;
	layer->opened++;
	layer->again += again;
	layer->memory = (struct silt_memory_source){silt_buffer_bytes(&layer->blob)};
	*out = silt_memory_source(&layer->memory);
	return SILT_OK;
}

/* ---- An audit of it -------------------------------------------------------------------------------------------------- */

struct audit {
	struct silt_cache *cache;
	struct silt_cache_access access;
	struct silt_record_cache records;
	const struct silt_digest *named;
	bool trust, believed;
};

static void begin(struct audit *audit, const struct place *place, const struct silt_limits *limits)
{
	struct silt_error err = {0};
	audit->cache = open_cache(place);
	audit->access = silt_cache_access(audit->cache);
	audit->named = NULL;
	audit->trust = false;
	assert_int_equal(silt_record_cache_init(&audit->records, &audit->access, matcher, limits, &err), SILT_OK);
}

static struct silt_record *survey_with(struct audit *audit, struct layer *layer, const struct silt_survey_wish *wish)
{
	const struct silt_known_blob blob = {.cache = &audit->records,
					     .open = open_layer,
					     .ctx = layer,
					     .bytes = layer->blob.len,
					     .named = audit->named,
					     .trust = audit->trust};
	struct silt_record *record = NULL;
	struct silt_error err = {0};
	layer->opened = layer->again = 0;
	assert_int_equal(silt_survey_known(&blob, wish, &record, &audit->believed, &err), SILT_OK);
	return record;
}

/* The record is what a survey says. */
static void assert_surveyed(struct audit *audit, struct layer *layer)
{
	struct silt_record *record = survey_with(audit, layer, &(struct silt_survey_wish){.matcher = matcher});
	assert_same_record(layer->cold, record);
	silt_record_free(record);
}

static unsigned long long found(const struct audit *audit)
{
	struct silt_cache_use use;
	silt_cache_used(audit->cache, &use);
	return use.found;
}

/* ---- Tests ----------------------------------------------------------------------------------------------------------- */

static void a_blob_without_a_name_is_hashed_and_read_again_only_once(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct layer layer = make_layer("hello");
	struct audit audit;
	begin(&audit, &place, NULL);
	assert_surveyed(&audit, &layer);
	assert_int_equal(layer.opened, 2);
	assert_int_equal(layer.again, 1);
	assert_surveyed(&audit, &layer);
	assert_int_equal(layer.opened, 1);
	assert_int_equal(layer.again, 0);
	assert_false(audit.believed);
	silt_cache_close(audit.cache);
	layer_done(&layer);
	remove_place(&place);
}

static void a_blob_with_a_name_is_read_once_each_time_and_verified(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct layer layer = make_layer("hello");
	struct audit audit;
	begin(&audit, &place, NULL);
	audit.named = &layer.cold->digest;
	assert_surveyed(&audit, &layer);
	assert_int_equal(found(&audit), 0);
	assert_int_equal(layer.again, 0);
	assert_surveyed(&audit, &layer);
	assert_int_equal(found(&audit), 2); /* the blob, and its layer */
	assert_int_equal(layer.opened, 2);  /* the first bytes, and all of it */
	assert_false(audit.believed);
	silt_cache_close(audit.cache);
	layer_done(&layer);
	remove_place(&place);
}

static void a_name_that_is_believed_saves_the_reading_and_is_told(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct layer layer = make_layer("hello");
	struct audit audit;
	begin(&audit, &place, NULL);
	audit.named = &layer.cold->digest;
	audit.trust = true;
	assert_surveyed(&audit, &layer);
	assert_false(audit.believed);
	assert_surveyed(&audit, &layer);
	assert_true(audit.believed);
	assert_int_equal(layer.opened, 1); /* its first bytes */
	silt_cache_close(audit.cache);
	layer_done(&layer);
	remove_place(&place);
}

static void a_name_that_lies_gives_the_record_of_the_blob_that_is_there(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct layer good = make_layer("hello"), bad = make_layer("HELLO");
	struct audit audit;
	begin(&audit, &place, NULL);
	assert_surveyed(&audit, &good);
	audit.named = &good.cold->digest; /* of a blob that is known ... */
	assert_surveyed(&audit, &bad);
	const struct silt_digest nobody = {{1}, true};
	audit.named = &nobody; /* ... and of none */
	assert_surveyed(&audit, &bad);
	audit.named = NULL;
	assert_surveyed(&audit, &bad);
	assert_int_equal(bad.opened, 1); /* it was kept under its own digest */
	assert_surveyed(&audit, &good);
	assert_int_equal(good.opened, 1);
	silt_cache_close(audit.cache);
	layer_done(&good);
	layer_done(&bad);
	remove_place(&place);
}

static void budgets_are_charged_as_a_survey_charges_them(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct layer layer = make_layer("hello");
	struct audit audit;
	uint64_t used[2][2];
	begin(&audit, &place, NULL);
	for (size_t i = 0; i < 2; i++) {
		struct silt_shared_use total = {0}, entries = {0};
		const struct silt_survey_wish wish = {.matcher = matcher, .total = &total, .entry_bytes = &entries};
		silt_record_free(survey_with(&audit, &layer, &wish));
		used[i][0] = total.used;
		used[i][1] = entries.used;
	}
	assert_int_equal(layer.opened, 1);
	assert_true(used[0][0] > 0 && used[0][1] > 0);
	assert_memory_equal(used[0], used[1], sizeof(used[0]));
	silt_cache_close(audit.cache);
	layer_done(&layer);
	remove_place(&place);
}

static void what_a_budget_forbids_is_as_incomplete_as_without_a_cache(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct layer layer = make_layer("hello");
	struct silt_limits limits = *silt_limits_or_default(NULL);
	struct audit audit;
	limits.value[SILT_LIMIT_TOTAL_BYTES] = layer.cold->bytes;
	begin(&audit, &place, &limits);
	struct silt_shared_use total = {0};
	const struct silt_survey_wish wish = {.matcher = matcher, .limits = &limits, .total = &total};
	struct silt_record *first = survey_with(&audit, &layer, &wish), *second = survey_with(&audit, &layer, &wish);
	assert_true(first->complete);
	assert_false(second->complete);
	assert_int_equal(second->anomaly_totals[SILT_ANOMALY_INFLATE_LIMIT], 1);
	silt_record_free(first);
	silt_record_free(second);
	silt_cache_close(audit.cache);
	layer_done(&layer);
	remove_place(&place);
}

static void an_audit_that_keeps_secrets_asks_no_cache(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct layer layer = make_layer("hello");
	struct audit audit;
	begin(&audit, &place, NULL);
	assert_surveyed(&audit, &layer);
	const struct silt_survey_wish wish = {.matcher = matcher, .keep_secrets = true};
	struct silt_record *record = survey_with(&audit, &layer, &wish);
	assert_true(silt_bytes_equal(record->hits[0].secret, SILT_LITERAL(KEY_ID)));
	assert_int_equal(found(&audit), 0);
	silt_record_free(record);
	silt_cache_close(audit.cache);
	layer_done(&layer);
	remove_place(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_blob_without_a_name_is_hashed_and_read_again_only_once),
		cmocka_unit_test(a_blob_with_a_name_is_read_once_each_time_and_verified),
		cmocka_unit_test(a_name_that_is_believed_saves_the_reading_and_is_told),
		cmocka_unit_test(a_name_that_lies_gives_the_record_of_the_blob_that_is_there),
		cmocka_unit_test(budgets_are_charged_as_a_survey_charges_them),
		cmocka_unit_test(what_a_budget_forbids_is_as_incomplete_as_without_a_cache),
		cmocka_unit_test(an_audit_that_keeps_secrets_asks_no_cache),
	};
	return cmocka_run_group_tests(tests, make_matcher, free_matcher);
}
