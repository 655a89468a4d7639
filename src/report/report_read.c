/*
 * A JSON report, read back. It may come from anywhere: numbers that point somewhere are compared with what there is, and
 * text is as printable as silt would have written it, or the report is refused.
 */
#include "audit/retold.h"
#include "base/encoding.h"
#include "base/error.h"
#include "base/escape.h"
#include "report/fields.h"
#include "report/formats.h"

#include <stdlib.h>
#include <string.h>

/* A document and all that was read of it. */
struct held {
	struct silt_report report; /* the first member: what the caller has is the whole */
	struct silt_arena arena;
	struct silt_result **results;           /* owns */
	struct silt_judgement *judgements;      /* in the arena */
	const struct silt_judgement **pointers; /* in the arena */
};

/* ---- What must hold ---------------------------------------------------------------------------------------------------- */

/* What escaping gives: a backslash, and whatever it stands in front of, is plain on both sides. */
static bool is_escaped(struct silt_bytes text)
{
	struct silt_bytes part;
	bool plain = true;
	while (plain && silt_bytes_cut(&text, '\\', &part)) {
		plain = silt_is_plain(part);
	}
	return plain;
}

static enum silt_status check_string(void *ctx, const char *path, struct silt_bytes string, bool is_key,
				     struct silt_error *err)
{
	(void)ctx;
	(void)is_key;
	return is_escaped(string)
		       ? SILT_OK
		       : silt_fail(err, SILT_ERR_INPUT, "%s: expected printable text, escaped as silt does", path);
}

static bool is_index(size_t index, size_t count)
{
	return index == SIZE_MAX || index < count;
}

/* A sighting points to an image, and to layers of it. */
static bool points_well(const struct silt_sighting *at, const struct silt_image *images, size_t image_count)
{
	const bool has_image = at->image != SIZE_MAX && at->image < image_count;
	const size_t layers = has_image ? images[at->image].layer_count : 0;
	return is_index(at->image, image_count) && is_index(at->layer, layers) && is_index(at->cause_layer, layers);
}

static enum silt_status check_findings(struct silt_fields_reader *reader, const struct silt_retold *told,
				       const char *key, const struct silt_finding *findings, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < findings[i].sighting_count; j++) {
			if (!points_well(&findings[i].sightings[j], told->images, told->image_count)) {
				silt_buffer_printf(&reader->path, ".%s[%zu].sightings[%zu]", key, i, j);
				return silt_fields_refuse(reader, "image, layer, cause_layer",
							  "numbers of images and layers that are there");
			}
		}
	}
	return SILT_OK;
}

/* The worst is first: who shows a part of them shows those. */
static enum silt_status check_order(struct silt_fields_reader *reader, const struct silt_finding *findings,
				    size_t count)
{
	for (size_t i = 1; i < count; i++) {
		if (findings[i].severity > findings[i - 1].severity) {
			silt_buffer_printf(&reader->path, ".findings[%zu]", i);
			return silt_fields_refuse(reader, "severity", "none that is worse than the one before");
		}
	}
	return SILT_OK;
}

static enum silt_status check_coverage(struct silt_fields_reader *reader, const struct silt_coverage *coverage)
{
	const bool complete = coverage->gap_count == 0;
	return coverage->complete == complete
		       ? SILT_OK
		       : silt_fields_refuse(reader, "coverage.complete",
					    complete ? "true, as there are no gaps" : "false, as there are gaps");
}

/* ---- Bundles ----------------------------------------------------------------------------------------------------------- */

static enum silt_status read_suppressed(struct silt_fields_reader *reader, const struct silt_json_value *bundle,
					struct silt_retold *told)
{
	uint64_t count = 0;
	if (!silt_json_unsigned(silt_json_get(bundle, "suppressed_count"), &count) || count > SIZE_MAX) {
		return silt_fields_refuse(reader, "suppressed_count", "a whole number");
	}
	told->suppressed_count = (size_t)count;
	if (silt_json_type(silt_json_get(bundle, "suppressed")) == SILT_JSON_NULL) {
		return SILT_OK;
	}
	const enum silt_status status = silt_fields_read_list(reader, "suppressed", &silt_fields_finding, bundle,
							      &told->suppressed, &told->suppressed_count);
	return status == SILT_OK && told->suppressed_count != count
		       ? silt_fields_refuse(reader, "suppressed", "as many as suppressed_count says")
		       : status;
}

/* Null if nobody asked for it. */
static enum silt_status read_digest(struct silt_fields_reader *reader, const struct silt_json_value *bundle,
				    const char **out)
{
	static const char algorithm[] = "sha256:";
	uint8_t digest[32];
	*out = "";
	if (silt_json_type(silt_json_get(bundle, "digest")) == SILT_JSON_NULL) {
		return SILT_OK;
	}
	const enum silt_status status = silt_fields_read_text(reader, "digest", bundle, out);
	if (status != SILT_OK) {
		return status;
	}
	const struct silt_bytes text = silt_bytes_text(*out);
	return silt_bytes_begin(text, algorithm) &&
			       silt_hex_decode(silt_bytes_slice(text, sizeof(algorithm) - 1, SIZE_MAX), digest,
					       sizeof(digest))
		       ? SILT_OK
		       : silt_fields_refuse(reader, "digest", "\"sha256:\" and 64 hexadecimal digits");
}

static enum silt_status read_result(struct silt_fields_reader *reader, const struct silt_json_value *bundle,
				    struct silt_retold *told)
{
	enum silt_status status = silt_fields_read_text(reader, "name", bundle, &told->name);
	if (status == SILT_OK) {
		status = silt_fields_read_text(reader, "format", bundle, &told->format);
	}
	if (status == SILT_OK) {
		status = read_digest(reader, bundle, &told->digest);
	}
	if (status == SILT_OK) {
		status = silt_fields_read_list(reader, "images", &silt_fields_image, bundle, &told->images,
					       &told->image_count);
	}
	if (status == SILT_OK) {
		status = silt_fields_read_list(reader, "findings", &silt_fields_finding, bundle, &told->findings,
					       &told->finding_count);
	}
	if (status == SILT_OK) {
		status = read_suppressed(reader, bundle, told);
	}
	if (status == SILT_OK) {
		status = silt_fields_read(reader, &silt_fields_coverage, silt_json_get(bundle, "coverage"),
					  &told->coverage);
	}
	if (status == SILT_OK) {
		status = check_coverage(reader, &told->coverage);
	}
	if (status == SILT_OK) {
		status = check_findings(reader, told, "findings", told->findings, told->finding_count);
	}
	if (status == SILT_OK) {
		status = check_order(reader, told->findings, told->finding_count);
	}
	return status == SILT_OK && told->suppressed
		       ? check_findings(reader, told, "suppressed", told->suppressed, told->suppressed_count)
		       : status;
}

/* The verdict is what follows from the rest: a report cannot claim another one. */
static void conclude(struct silt_judgement *judgement, const struct silt_coverage *coverage)
{
	for (size_t i = 0; i < judgement->finding_count; i++) {
		judgement->counting += judgement->findings[i].standing == SILT_STANDING_COUNTS;
	}
	judgement->verdict = !coverage->complete       ? SILT_VERDICT_INCOMPLETE
			     : judgement->counting > 0 ? SILT_VERDICT_FAIL
						       : SILT_VERDICT_PASS;
}

static enum silt_status read_judgement(struct silt_fields_reader *reader, const struct silt_json_value *bundle,
				       const struct silt_retold *told, struct silt_judgement *judgement)
{
	const char *threshold = "";
	enum silt_status status = silt_fields_read_list(reader, "notes", &silt_fields_note, bundle, &judgement->notes,
							&judgement->note_count);
	if (status == SILT_OK) {
		status = silt_fields_read_text(reader, "threshold", bundle, &threshold);
	}
	if (status == SILT_OK && !silt_severity_parse(threshold, &judgement->threshold)) {
		return silt_fields_refuse(reader, "threshold", "a severity");
	}
	judgement->findings = told->findings;
	judgement->finding_count = told->finding_count;
	conclude(judgement, &told->coverage);
	return status;
}

static enum silt_status read_bundle(struct held *held, size_t number, const struct silt_json_value *bundle,
				    struct silt_error *err)
{
	struct silt_arena arena = {0}; /* the result will own it */
	struct silt_retold told = {0};
	struct silt_judgement *judgement = &held->judgements[number];
	struct silt_fields_reader reader = {.arena = &arena, .err = err};
	silt_buffer_printf(&reader.path, "bundles[%zu]", number);
	enum silt_status status = read_result(&reader, bundle, &told);
	if (status == SILT_OK) {
		status = read_judgement(&reader, bundle, &told, judgement);
	}
	if (status == SILT_OK) {
		status = silt_result_retell(&told, &arena, &held->results[number], err);
	}
	if (status == SILT_OK) {
		judgement->result = held->results[number];
		held->pointers[number] = judgement;
		held->report.count++;
	} else {
		silt_arena_done(&arena);
	}
	silt_buffer_done(&reader.path);
	return status;
}

static enum silt_status read_bundles(struct held *held, const struct silt_json_value *root, struct silt_error *err)
{
	const struct silt_json_value *bundles = silt_json_get(root, "bundles");
	if (silt_json_type(bundles) != SILT_JSON_ARRAY) {
		return silt_fail(err, SILT_ERR_INPUT, "bundles: expected a list");
	}
	const size_t count = silt_json_count(bundles);
	if (count == 0) { /* nothing was judged, and nothing passes */
		return silt_fail(err, SILT_ERR_INPUT, "bundles: expected one at least");
	}
	held->results = calloc(count + 1, sizeof(struct silt_result *));
	held->judgements = silt_arena_alloc(&held->arena, count * sizeof(*held->judgements));
	held->pointers = silt_arena_alloc(&held->arena, count * sizeof(*held->pointers));
	if (!held->results || !held->judgements || !held->pointers) {
		return silt_fail_memory(err);
	}
	held->report.judgements = held->pointers;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		status = read_bundle(held, i, silt_json_at(bundles, i), err);
	}
	return status;
}

/* ---- The document ------------------------------------------------------------------------------------------------------ */

static enum silt_status check_version(const struct silt_json_value *root, struct silt_error *err)
{
	uint64_t version = 0;
	if (!silt_bytes_equal(silt_json_string(silt_json_get(root, "schema")), SILT_LITERAL(SILT_REPORT_SCHEMA))) {
		return silt_fail(err, SILT_ERR_INPUT, "expected a report that silt wrote with -o json");
	}
	if (!silt_json_unsigned(silt_json_get(root, "version"), &version) || version != SILT_REPORT_VERSION) {
		return silt_fail(err, SILT_ERR_INPUT, "version: expected %d, the one that this silt writes",
				 SILT_REPORT_VERSION);
	}
	return SILT_OK;
}

static enum silt_status read_rest(struct held *held, const struct silt_json_value *root, struct silt_error *err)
{
	struct silt_fields_reader reader = {.arena = &held->arena, .err = err};
	const struct silt_json_value *sandbox = silt_json_get(root, "sandbox");
	uint64_t unread = 0;
	enum silt_status status = SILT_OK;
	if (!silt_json_unsigned(silt_json_get(silt_json_get(root, "summary"), "unread_inputs"), &unread) ||
	    unread > INT32_MAX) {
		return silt_fields_refuse(&reader, "summary.unread_inputs", "a whole number");
	}
	held->report.unread = (size_t)unread;
	if (silt_json_type(sandbox) != SILT_JSON_NULL) {
		struct silt_sandbox *copy = silt_arena_alloc(&held->arena, sizeof(*copy));
		if (!copy) {
			return silt_fail_memory(err);
		}
		silt_buffer_add_text(&reader.path, "sandbox");
		status = silt_fields_read(&reader, &silt_fields_sandbox, sandbox, copy);
		held->report.sandbox = copy;
		silt_buffer_done(&reader.path);
	}
	return status;
}

static enum silt_status read_document(struct held *held, const struct silt_json *json, struct silt_error *err)
{
	const struct silt_json_value *root = silt_json_root(json);
	enum silt_status status = check_version(root, err);
	if (status == SILT_OK) {
		status = silt_json_each_string(json, check_string, NULL, err);
	}
	if (status == SILT_OK) {
		status = read_bundles(held, root, err);
	}
	return status == SILT_OK ? read_rest(held, root, err) : status;
}

enum silt_status silt_report_read(const void *text, size_t size, struct silt_report **out, struct silt_error *err)
{
	struct silt_limits limits = silt_default_limits;
	struct silt_json *json = NULL;
	enum silt_limit_id excess;
	struct held *held = calloc(1, sizeof(*held));
	if (!held) {
		return silt_fail_memory(err);
	}
	limits.value[SILT_LIMIT_JSON_BYTES] = SILT_REPORT_MAX;
	limits.value[SILT_LIMIT_JSON_VALUES] = SILT_REPORT_MAX;
	enum silt_status status = silt_json_parse_within(silt_bytes(text, size), &limits, &json, &excess, err);
	if (status == SILT_OK) {
		status = read_document(held, json, err);
	}
	silt_json_free(json);
	if (status != SILT_OK) {
		silt_report_free(&held->report);
		return status;
	}
	*out = &held->report;
	return SILT_OK;
}

void silt_report_free(struct silt_report *report)
{
	struct held *held = (struct held *)report;
	if (!held) {
		return;
	}
	for (size_t i = 0; i < report->count; i++) {
		silt_result_free(held->results[i]);
	}
	free(held->results);
	silt_arena_done(&held->arena);
	free(held);
}
