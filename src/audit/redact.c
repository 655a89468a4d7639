/* The secret values of one config, and cutting them out of text. */
#include "audit/redact.h"

#include "audit/credential.h"
#include "audit/history_line.h"
#include "audit/secret_list.h"
#include "base/limits.h"

#include <stdio.h>
#include <stdlib.h>

/* Values shorter than this are no secrets that silt reports, and cutting "a" out of a line would ruin it. */
enum { VALUE_MIN = 4, FIELD_MAX = 64 };

void silt_redactor_done(struct silt_redactor *redactor)
{
	free(redactor->values);
	*redactor = (struct silt_redactor){0};
}

static bool is_known(const struct silt_redactor *redactor, struct silt_bytes value)
{
	for (size_t i = 0; i < redactor->count; i++) {
		if (silt_bytes_equal(redactor->values[i], value)) {
			return true;
		}
	}
	return false;
}

static enum silt_status add(struct silt_redactor *redactor, struct silt_bytes value, struct silt_error *err)
{
	if (value.len < VALUE_MIN || is_known(redactor, value)) {
		return SILT_OK;
	}
	if (redactor->count == SILT_REDACTED_MAX) {
		redactor->overflowed = true;
		return SILT_OK;
	}
	if (!silt_grow((void **)&redactor->values, redactor->count, &redactor->capacity, sizeof(value))) {
		return silt_fail_memory(err);
	}
	redactor->values[redactor->count++] = value;
	return SILT_OK;
}

/* What pattern rules matched in the string of that field. */
static enum silt_status add_matches(struct silt_redactor *redactor, const char *field, struct silt_bytes text,
				    const struct silt_field_hits *fields, struct silt_error *err)
{
	size_t count;
	size_t first = silt_field_hits_find(fields, field, &count);
	enum silt_status status = SILT_OK;
	for (size_t i = first; i < first + count && status == SILT_OK; i++) {
		const struct silt_hit *hit = fields->hits[i];
		status = add(redactor, silt_bytes_slice(text, hit->offset, hit->length), err);
	}
	return status;
}

/* What only the names give away: NAME=value in Env, build arguments, exports. */
static enum silt_status add_named(struct silt_redactor *redactor, struct silt_bytes line, struct silt_error *err)
{
	struct silt_assignments walk = silt_assignments_of(line);
	struct silt_assignment assignment;
	enum silt_confidence confidence;
	enum silt_status status = SILT_OK;
	while (status == SILT_OK && silt_assignment_next(&walk, &assignment)) {
		if (silt_looks_like_credential(assignment.name, assignment.value, &confidence)) {
			status = add(redactor, assignment.value, err);
		}
	}
	return status;
}

static enum silt_status add_env(struct silt_redactor *redactor, struct silt_bytes pair, struct silt_error *err)
{
	enum silt_confidence confidence;
	struct silt_bytes value = pair, name;
	if (!silt_bytes_cut(&value, '=', &name) || !silt_looks_like_credential(name, value, &confidence)) {
		return SILT_OK;
	}
	return add(redactor, value, err);
}

static enum silt_status add_history(struct silt_redactor *redactor, const struct silt_config *config,
				    const struct silt_field_hits *fields, struct silt_error *err)
{
	char field[FIELD_MAX];
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < config->history_count && status == SILT_OK; i++) {
		const struct silt_history *entry = &config->history[i];
		snprintf(field, sizeof(field), "history[%zu].created_by", i);
		status = add_matches(redactor, field, entry->created_by, fields, err);
		if (status == SILT_OK) {
			snprintf(field, sizeof(field), "history[%zu].comment", i);
			status = add_matches(redactor, field, entry->comment, fields, err);
		}
		if (status == SILT_OK) {
			status = add_named(redactor, entry->created_by, err);
		}
	}
	return status;
}

static enum silt_status add_environment(struct silt_redactor *redactor, const struct silt_config *config,
					const struct silt_field_hits *fields, struct silt_error *err)
{
	char field[FIELD_MAX];
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < config->env_count && status == SILT_OK; i++) {
		snprintf(field, sizeof(field), "config.Env[%zu]", i);
		status = add_matches(redactor, field, config->env[i], fields, err);
		if (status == SILT_OK) {
			status = add_env(redactor, config->env[i], err);
		}
	}
	return status;
}

/* Longest first: a value that is part of another must not cut it in two. */
static int compare_lengths(const void *a, const void *b)
{
	const struct silt_bytes *left = a, *right = b;
	return (left->len < right->len) - (left->len > right->len);
}

enum silt_status silt_redactor_init(struct silt_redactor *redactor, const struct silt_config *config,
				    const struct silt_record *hits, struct silt_error *err)
{
	struct silt_field_hits fields = {0};
	*redactor = (struct silt_redactor){0};
	enum silt_status status = hits ? silt_field_hits_new(hits, &fields, err) : SILT_OK;
	if (status == SILT_OK) {
		status = add_environment(redactor, config, &fields, err);
	}
	if (status == SILT_OK) {
		status = add_history(redactor, config, &fields, err);
	}
	if (status == SILT_OK && redactor->count > 1) {
		qsort(redactor->values, redactor->count, sizeof(*redactor->values), compare_lengths);
	}
	silt_field_hits_done(&fields);
	return status;
}

/* The secret value that `text` starts with, or the empty span. */
static struct silt_bytes starting_value(const struct silt_redactor *redactor, struct silt_bytes text)
{
	for (size_t i = 0; i < redactor->count; i++) {
		if (silt_bytes_start_with(text, redactor->values[i])) {
			return redactor->values[i];
		}
	}
	return silt_bytes(NULL, 0);
}

void silt_redact(const struct silt_redactor *redactor, struct silt_bytes text, struct silt_buffer *out)
{
	if (redactor->overflowed) {
		silt_buffer_add_text(out, text.len > 0 ? "***" : "");
		return;
	}
	while (text.len > 0) {
		struct silt_bytes value = starting_value(redactor, text);
		if (value.len > 0) {
			silt_buffer_add_text(out, "***");
		} else {
			silt_buffer_add_byte(out, text.ptr[0]);
		}
		text = silt_bytes_slice(text, value.len > 0 ? value.len : 1, text.len);
	}
}
