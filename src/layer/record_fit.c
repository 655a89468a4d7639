/* What must not be kept of a layer: what is not whole, and what has a byte of a secret in it. */
#include "layer/record_pack.h"

#include "content/passwd.h"
#include "layer/record_fields.h"
#include "secret/search.h"

/* Shorter ones say that there is none, or that it is elsewhere: "x", "*", "!!", "*LK*". The oldest hashes have 13. */
enum { PASSWORD_MIN = 5 };

static bool has_passwords(struct silt_bytes body)
{
	struct silt_account account;
	bool found = false;
	while (!found && silt_account_next(&body, &account)) {
		found = account.has_id && account.password.len >= PASSWORD_MIN;
	}
	return found;
}

/* True if the record has a part of the body of an entry as it is, and the hit may stand in it. */
static bool is_kept_raw(const struct silt_record *record, const struct silt_hit *hit)
{
	const struct silt_program *program = silt_record_program(record, hit->entry);
	const bool first_line = program && program->interpreter.len > 0 && hit->inner.len == 0 &&
				hit->offset < SILT_INTERPRETER_MAX + sizeof("#!");
	return first_line || silt_record_capture(record, hit->entry);
}

static const char *why_hits_forbid(const struct silt_record *record)
{
	for (size_t i = 0; i < record->hit_count; i++) {
		const struct silt_hit *hit = &record->hits[i];
		if (hit->secret.len > 0) {
			return "it holds secrets";
		}
		if (hit->place == SILT_HIT_HEADER || hit->place == SILT_HIT_FIELD) {
			return "a name in it is a secret";
		}
		if (hit->place == SILT_HIT_BODY && is_kept_raw(record, hit)) {
			return "a secret stands in what is kept of a file";
		}
	}
	for (size_t i = 0; i < record->capture_count; i++) {
		if (has_passwords(record->captures[i].body)) {
			return "a list of accounts has passwords";
		}
	}
	return NULL;
}

/* ---- All that is kept as it is, searched once more ------------------------------------------------------------------ */

static enum silt_status note_match(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	(void)err;
	bool *found = ctx;
	*found = *found || !silt_rule_tells_facts(match->rule);
	return SILT_OK;
}

/* As a line. */
static enum silt_status feed(struct silt_search *search, struct silt_bytes text, struct silt_error *err)
{
	enum silt_status status = text.len > 0 ? silt_search_feed(search, text, false, err) : SILT_OK;
	return status == SILT_OK ? silt_search_feed(search, SILT_LITERAL("\n"), false, err) : status;
}

static enum silt_status feed_spans(struct silt_search *search, const struct silt_record *record,
				   const struct silt_record_array *array, size_t at, struct silt_error *err)
{
	const uint8_t *items;
	size_t count;
	memcpy(&items, (const uint8_t *)record + array->items, sizeof(items));
	memcpy(&count, (const uint8_t *)record + array->count, sizeof(count));
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		struct silt_bytes span;
		memcpy(&span, items + i * array->size + at, sizeof(span));
		status = feed(search, span, err);
	}
	return status;
}

static enum silt_status feed_all(struct silt_search *search, const struct silt_record *record, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t a = 0; a < silt_record_array_count; a++) {
		const struct silt_record_array *array = &silt_record_arrays[a];
		for (size_t f = 0; f < array->field_count && status == SILT_OK; f++) {
			if (array->fields[f].kind == SILT_FIELD_SPAN) {
				status = feed_spans(search, record, array, array->fields[f].at, err);
			}
		}
	}
	for (size_t i = 0; i < record->anomaly_count && status == SILT_OK; i++) {
		status = feed(search, silt_bytes_text(record->anomalies[i].text), err);
	}
	return status == SILT_OK ? silt_search_feed(search, silt_bytes(NULL, 0), true, err) : status;
}

/* Facts and names inside of archives hold none, as far as those who made them know. */
static enum silt_status search_spans(const struct silt_record *record, const struct silt_matcher *matcher, bool *found,
				     struct silt_error *err)
{
	struct silt_search *search = NULL;
	enum silt_status status = silt_search_new(matcher, NULL, &search, err);
	if (status == SILT_OK) {
		silt_search_begin(search, silt_bytes(NULL, 0), note_match, found);
		status = feed_all(search, record, err);
		*found = *found || silt_search_overflowed(search) != SILT_LIMIT_NONE;
	}
	silt_search_free(search);
	return status;
}

enum silt_status silt_record_refusal(const struct silt_record *record, const struct silt_matcher *matcher,
				     const char **why, struct silt_error *err)
{
	bool found = false;
	*why = !record->complete                                 ? "it is not complete"
	       : !record->digest.known || !record->diff_id.known ? "its digest is not known"
								 : why_hits_forbid(record);
	enum silt_status status = *why ? SILT_OK : search_spans(record, matcher, &found, err);
	if (found) {
		*why = "a name in it looks like a secret";
	}
	return status;
}
