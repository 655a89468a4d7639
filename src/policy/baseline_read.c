/*
 * Baselines, as silt_baseline_write writes them:
 *
 *     {"schema": "https://silt.invalid/baseline-1", "created": "2026-11-22", "findings": [
 *         {"fingerprint": "...", "severity": "high", "exposure": "deleted", "rule": "...", "subject": "..."}, ...]}
 *
 * What a machine writes is read strictly: anything else is no baseline, and accepts nothing.
 */
#include "policy/baseline.h"

#include "base/error.h"
#include "base/escape.h"
#include "base/json.h"
#include "policy/read.h"

#include <stdlib.h>

enum { SOURCE_MAX = 200 };

struct reader {
	struct silt_policy *policy;
	struct silt_policy_baseline baseline;
	struct silt_error *err;
};

static enum silt_status refuse(const struct reader *reader, const char *reason)
{
	return silt_fail(reader->err, SILT_ERR_USAGE, "%s: %s", reader->baseline.source, reason);
}

static enum silt_status refuse_finding(const struct reader *reader, size_t number, const char *reason)
{
	return silt_fail(reader->err, SILT_ERR_USAGE, "%s: finding %zu: %s", reader->baseline.source, number + 1,
			 reason);
}

/* ---- Members ----------------------------------------------------------------------------------------------------- */

/* True if the object has these members in this order and no others. */
static bool has_members(const struct silt_json_value *object, const char *const *names, size_t count)
{
	if (silt_json_type(object) != SILT_JSON_OBJECT || silt_json_count(object) != count) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		struct silt_bytes key;
		const struct silt_json_value *value;
		if (!silt_json_member(object, i, &key, &value) || !silt_bytes_are(key, names[i])) {
			return false;
		}
	}
	return true;
}

static bool read_fate(struct silt_bytes text, enum silt_fate *out)
{
	for (int fate = SILT_FATE_UNREFERENCED; fate <= SILT_FATE_VISIBLE; fate++) {
		if (silt_bytes_are(text, silt_fate_name((enum silt_fate)fate))) {
			*out = (enum silt_fate)fate;
			return true;
		}
	}
	return false;
}

static bool read_severity(struct silt_bytes text, enum silt_severity *out)
{
	for (int severity = SILT_SEVERITY_INFO; severity <= SILT_SEVERITY_CRITICAL; severity++) {
		if (silt_bytes_are(text, silt_severity_name((enum silt_severity)severity))) {
			*out = (enum silt_severity)severity;
			return true;
		}
	}
	return false;
}

static enum silt_status read_finding(const struct reader *reader, size_t number, const struct silt_json_value *value,
				     struct silt_policy_known *known)
{
	static const char *const names[] = {"fingerprint", "severity", "exposure", "rule", "subject"};
	struct silt_bytes fingerprint = silt_json_string(silt_json_get(value, "fingerprint"));
	if (!has_members(value, names, SILT_COUNT(names))) {
		return refuse_finding(reader, number,
				      "expected fingerprint, severity, exposure, rule and subject, in this order");
	}
	if (!silt_policy_is_fingerprint(fingerprint)) {
		return refuse_finding(reader, number, "expected a fingerprint of 32 lower-case hex digits");
	}
	memcpy(known->fingerprint, fingerprint.ptr, fingerprint.len);
	if (!read_severity(silt_json_string(silt_json_get(value, "severity")), &known->severity)) {
		return refuse_finding(reader, number, "expected a severity, such as \"high\"");
	}
	if (!read_fate(silt_json_string(silt_json_get(value, "exposure")), &known->exposure)) {
		return refuse_finding(reader, number, "expected an exposure, such as \"deleted\"");
	}
	return SILT_OK;
}

/* ---- The document ------------------------------------------------------------------------------------------------ */

static int order_known(const void *left, const void *right)
{
	return strcmp(((const struct silt_policy_known *)left)->fingerprint,
		      ((const struct silt_policy_known *)right)->fingerprint);
}

static enum silt_status read_findings(struct reader *reader, const struct silt_json_value *list)
{
	struct silt_policy_baseline *baseline = &reader->baseline;
	if (silt_json_type(list) != SILT_JSON_ARRAY) {
		return refuse(reader, "expected findings to be a list");
	}
	baseline->count = silt_json_count(list);
	baseline->items = silt_arena_alloc(&reader->policy->arena, baseline->count * sizeof(*baseline->items));
	if (!baseline->items) {
		return silt_fail_memory(reader->err);
	}
	for (size_t i = 0; i < baseline->count; i++) {
		enum silt_status status = read_finding(reader, i, silt_json_at(list, i), &baseline->items[i]);
		if (status != SILT_OK) {
			return status;
		}
	}
	if (baseline->count > 0) {
		qsort(baseline->items, baseline->count, sizeof(*baseline->items), order_known);
	}
	return SILT_OK;
}

static enum silt_status read_document(struct reader *reader, const struct silt_json_value *root)
{
	static const char *const names[] = {"schema", "created", "findings"};
	int64_t end;
	if (!has_members(root, names, SILT_COUNT(names)) ||
	    !silt_bytes_are(silt_json_string(silt_json_get(root, "schema")), SILT_BASELINE_SCHEMA)) {
		return refuse(reader, "no baseline of silt, which has the members schema, created and findings");
	}
	struct silt_bytes day = silt_json_string(silt_json_get(root, "created"));
	if (silt_json_type(silt_json_get(root, "created")) != SILT_JSON_NULL && !silt_policy_day(day, &end)) {
		return refuse(reader, "expected created to be a day, such as \"2026-11-22\", or null");
	}
	day = silt_arena_copy(&reader->policy->arena, day);
	reader->baseline.day = (const char *)day.ptr;
	return day.ptr ? read_findings(reader, silt_json_get(root, "findings")) : silt_fail_memory(reader->err);
}

static enum silt_status parse(struct silt_bytes text, const char *source, struct silt_json **out,
			      struct silt_error *err)
{
	/* A baseline has as many findings as reports may have, and is no part of an image. */
	struct silt_limits limits = silt_default_limits;
	enum silt_limit_id excess;
	struct silt_error why = {0};
	if (text.len > SILT_BASELINE_BYTES_MAX) {
		return silt_fail(err, SILT_ERR_USAGE, "%s: more than %d MiB are no baseline", source,
				 SILT_BASELINE_BYTES_MAX >> 20);
	}
	limits.value[SILT_LIMIT_JSON_BYTES] = SILT_BASELINE_BYTES_MAX;
	limits.value[SILT_LIMIT_JSON_VALUES] = SILT_BASELINE_VALUES_MAX;
	enum silt_status status = silt_json_parse_within(text, &limits, out, &excess, &why);
	if (status == SILT_ERR_MEMORY) {
		return silt_fail_memory(err);
	}
	return status == SILT_OK ? SILT_OK : silt_fail(err, SILT_ERR_USAGE, "%s: %s", source, why.text);
}

enum silt_status silt_policy_add_baseline(struct silt_policy *policy, const struct silt_policy_file *file,
					  struct silt_error *err)
{
	struct reader reader = {.policy = policy, .err = err};
	struct silt_json *json = NULL;
	reader.baseline.source = silt_escape_cut(&policy->arena, silt_bytes_text(file->name), SOURCE_MAX);
	if (!reader.baseline.source) {
		return silt_fail_memory(err);
	}
	if (policy->baseline.source) {
		return refuse(&reader, "there is a baseline already, and one is enough");
	}
	enum silt_status status = parse(silt_bytes(file->text, file->size), reader.baseline.source, &json, err);
	if (status == SILT_OK) {
		status = silt_json_collision(json, 0) ? refuse(&reader, "a member is there twice")
						      : read_document(&reader, silt_json_root(json));
		silt_json_free(json);
	}
	if (status == SILT_OK) {
		policy->baseline = reader.baseline;
	}
	return status;
}
