/* The secret values of one config, and cutting them out of text. */
#include "audit/redact.h"

#include "audit/credential.h"
#include "audit/history_line.h"
#include "audit/line_matches.h"
#include "audit/url_password.h"
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

/* What only the names give away: NAME=value in build arguments and on command lines. */
static enum silt_status add_named(struct silt_redactor *redactor, const struct silt_config_command *command,
				  struct silt_error *err)
{
	struct silt_assignments walk = silt_assignments_of_command(command);
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

/* What pattern rules match in a command, also those that know where programs take their passwords. */
static enum silt_status add_command_matches(struct silt_redactor *redactor, struct silt_line_matches *matches,
					    const struct silt_config_command *command, struct silt_error *err)
{
	struct silt_buffer text = {0};
	silt_config_command_text(command, &text);
	struct silt_bytes whole = silt_buffer_bytes(&text);
	enum silt_status status = text.failed ? silt_fail_memory(err)
					      : silt_line_matches_find_command(matches, whole, err);
	for (size_t i = 0; i < matches->count && status == SILT_OK; i++) {
		struct silt_bytes value = matches->items[i].value;
		status = add(redactor, silt_config_command_span(command, (size_t)(value.ptr - whole.ptr), value.len),
			     err);
	}
	silt_buffer_done(&text);
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

static enum silt_status add_commands(struct silt_redactor *redactor, struct silt_line_matches *matches,
				     const struct silt_config *config, struct silt_error *err)
{
	struct silt_config_command command;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; status == SILT_OK && silt_config_command(config, i, &command); i++) {
		status = add_command_matches(redactor, matches, &command, err);
		if (status == SILT_OK) {
			status = add_named(redactor, &command, err);
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

/* What silt shows of an image besides its commands. */
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
		status = add_commands(redactor, &matches, &image->config, err);
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

/* Byte by byte: a value may begin in another one, and end behind it. */
void silt_redact(const struct silt_redactor *redactor, struct silt_bytes text, struct silt_buffer *out)
{
	if (redactor->overflowed) {
		silt_buffer_add_text(out, text.len > 0 ? "***" : "");
		return;
	}
	struct silt_bytes password = {0};
	size_t hidden = 0; /* bytes from here on that are not shown */
	for (; text.len > 0; text = silt_bytes_slice(text, 1, SIZE_MAX)) {
		struct silt_bytes next = silt_url_password(text, SILT_LITERAL("://"));
		password = next.len > 0 ? next : password;
		size_t of_url = silt_bytes_left_of(password, text);
		size_t len = starting_value(redactor, text);
		len = len > of_url ? len : of_url;
		if (hidden == 0 && len > 0) {
			silt_buffer_add_text(out, "***");
		} else if (hidden == 0) {
			silt_buffer_add_byte(out, text.ptr[0]);
		}
		hidden = len > hidden ? len : hidden;
		hidden -= hidden > 0;
	}
}
