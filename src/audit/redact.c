/* The secret values of one config, and cutting them out of text. */
#include "audit/redact.h"

#include "audit/credential.h"
#include "audit/history_line.h"
#include "audit/line_matches.h"
#include "base/limits.h"

#include <stdlib.h>

/* Values shorter than this are no secrets that silt reports, and cutting "a" out of a line would ruin it. */
enum { VALUE_MIN = 4 };

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

/* What pattern rules match in a string. */
static enum silt_status add_matches(struct silt_redactor *redactor, struct silt_line_matches *matches,
				    struct silt_bytes text, struct silt_error *err)
{
	enum silt_status status = silt_line_matches_find(matches, text, err);
	for (size_t i = 0; i < matches->count && status == SILT_OK; i++) {
		status = add(redactor, matches->items[i].value, err);
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

static enum silt_status add_history(struct silt_redactor *redactor, struct silt_line_matches *matches,
				    const struct silt_config *config, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < config->history_count && status == SILT_OK; i++) {
		const struct silt_history *entry = &config->history[i];
		status = add_matches(redactor, matches, entry->created_by, err);
		if (status == SILT_OK) {
			status = add_matches(redactor, matches, entry->comment, err);
		}
		if (status == SILT_OK) {
			status = add_named(redactor, entry->created_by, err);
		}
	}
	return status;
}

static enum silt_status add_environment(struct silt_redactor *redactor, struct silt_line_matches *matches,
					const struct silt_config *config, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < config->env_count && status == SILT_OK; i++) {
		status = add_matches(redactor, matches, config->env[i], err);
		if (status == SILT_OK) {
			status = add_env(redactor, config->env[i], err);
		}
	}
	return status;
}

/* What silt shows of an image besides its history. */
static enum silt_status add_shown(struct silt_redactor *redactor, struct silt_line_matches *matches,
				  const struct silt_declared_image *image, struct silt_error *err)
{
	const struct silt_bytes fields[] = {image->config.user, image->config.created, image->platform};
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < SILT_COUNT(fields) && status == SILT_OK; i++) {
		status = add_matches(redactor, matches, fields[i], err);
	}
	for (size_t i = 0; i < image->name_count && status == SILT_OK; i++) {
		status = add_matches(redactor, matches, image->names[i], err);
	}
	return status;
}

/* Longest first: a value that is part of another must not cut it in two. */
static int compare_lengths(const void *a, const void *b)
{
	const struct silt_bytes *left = a, *right = b;
	return (left->len < right->len) - (left->len > right->len);
}

/* Everything that the rules of one matcher, and names, give away. */
static enum silt_status collect(struct silt_redactor *redactor, const struct silt_declared_image *image,
				const struct silt_matcher *matcher, struct silt_error *err)
{
	struct silt_line_matches matches;
	enum silt_status status = silt_line_matches_init(&matches, matcher, err);
	if (status == SILT_OK) {
		status = add_environment(redactor, &matches, &image->config, err);
	}
	if (status == SILT_OK) {
		status = add_history(redactor, &matches, &image->config, err);
	}
	if (status == SILT_OK) {
		status = add_shown(redactor, &matches, image, err);
	}
	silt_line_matches_done(&matches);
	return status;
}

enum silt_status silt_redactor_init(struct silt_redactor *redactor, const struct silt_declared_image *image,
				    const struct silt_matcher *matcher, struct silt_error *err)
{
	const struct silt_matcher *shipped = NULL;
	*redactor = (struct silt_redactor){0};
	enum silt_status status = silt_matcher_shared(&shipped, err);
	if (status == SILT_OK) {
		status = collect(redactor, image, shipped, err);
	}
	if (status == SILT_OK && matcher && matcher != shipped) {
		status = collect(redactor, image, matcher, err);
	}
	if (status == SILT_OK && redactor->count > 1) {
		qsort(redactor->values, redactor->count, sizeof(*redactor->values), compare_lengths);
	}
	return status;
}

/* ---- Cutting ------------------------------------------------------------------------------------------------------- */

/* How many bytes of a secret value `text` starts with. */
static size_t starting_value(const struct silt_redactor *redactor, struct silt_bytes text)
{
	for (size_t i = 0; i < redactor->count; i++) {
		if (silt_bytes_start_with(text, redactor->values[i])) {
			return redactor->values[i].len;
		}
	}
	return 0;
}

static bool ends_authority(uint8_t byte)
{
	return byte <= ' ' || byte == '/' || byte == '?' || byte == '#' || byte == '"' || byte == '\'';
}

/* The password of a URL (RFC 3986, 3.2.1) that continues "://user:password@host" here; empty if it has none. */
static struct silt_bytes url_password(struct silt_bytes text)
{
	const struct silt_bytes mark = SILT_LITERAL("://");
	if (!silt_bytes_start_with(text, mark)) {
		return silt_bytes(NULL, 0);
	}
	struct silt_bytes authority = silt_bytes_slice(text, mark.len, text.len);
	size_t len = 0;
	while (len < authority.len && !ends_authority(authority.ptr[len])) {
		len++;
	}
	authority.len = len;
	size_t at = silt_bytes_find_last_byte(authority, '@');
	struct silt_bytes password = silt_bytes_slice(authority, 0, at == SIZE_MAX ? 0 : at), user;
	return silt_bytes_cut(&password, ':', &user) ? password : silt_bytes(NULL, 0);
}

/* How many bytes of `text` are left of a span that began in it or before it. */
static size_t left_of(struct silt_bytes span, struct silt_bytes text)
{
	bool inside = span.len > 0 && text.ptr >= span.ptr && text.ptr < span.ptr + span.len;
	return inside ? (size_t)(span.ptr + span.len - text.ptr) : 0;
}

void silt_redact(const struct silt_redactor *redactor, struct silt_bytes text, struct silt_buffer *out)
{
	if (redactor->overflowed) {
		silt_buffer_add_text(out, text.len > 0 ? "***" : "");
		return;
	}
	struct silt_bytes password = {0};
	while (text.len > 0) {
		struct silt_bytes next = url_password(text);
		password = next.len > 0 ? next : password;
		size_t of_url = left_of(password, text);
		size_t len = starting_value(redactor, text);
		len = len > of_url ? len : of_url;
		if (len > 0) {
			silt_buffer_add_text(out, "***");
		} else {
			silt_buffer_add_byte(out, text.ptr[0]);
		}
		text = silt_bytes_slice(text, len > 0 ? len : 1, text.len);
	}
}
