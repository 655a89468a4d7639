/* Reading --limit NAME=VALUE. */
#include "cli/limits.h"

#include "cli/message.h"
#include "cli/suggest.h"

#include <inttypes.h>
#include <string.h>

enum { NAME_MAX_LEN = 48 };

static enum silt_status unknown_name(const char *name, struct silt_error *err)
{
	struct cli_suggestion suggestion = cli_suggestion(name);
	for (size_t i = 0; i < silt_limits_count(); i++) {
		cli_suggestion_offer(&suggestion, silt_limits_get(i)->name);
	}
	const struct cli_printable shown = cli_printable(name);
	if (suggestion.best == NULL) {
		return cli_fail(err, SILT_ERR_USAGE, "--limit %s: there is no such limit; silt limits lists them.",
				shown.text);
	}
	return cli_fail(err, SILT_ERR_USAGE, "--limit %s: there is no such limit; did you mean '%s'?", shown.text,
			suggestion.best);
}

bool cli_limits_number(const char *text, uint64_t *value)
{
	static const char letters[] = "KMGT";
	*value = 0;
	const char *at = text;
	for (; *at >= '0' && *at <= '9'; at++) {
		if (__builtin_mul_overflow(*value, UINT64_C(10), value) ||
		    __builtin_add_overflow(*value, (uint64_t)(*at - '0'), value)) {
			return false;
		}
	}
	if (at == text || *at == '\0') {
		return at > text;
	}
	const char *letter = strchr(letters, *at);
	if (letter == NULL || at[1] != '\0') {
		return false;
	}
	return !__builtin_mul_overflow(*value, UINT64_C(1) << (10 * (letter - letters + 1)), value);
}

static enum silt_status bad_value(const struct silt_limit *limit, const char *text, struct silt_error *err)
{
	char least[SILT_LIMIT_TEXT_MAX], most[SILT_LIMIT_TEXT_MAX];
	silt_limit_text(limit->unit, limit->least, least, sizeof(least));
	silt_limit_text(limit->unit, limit->most, most, sizeof(most));
	return cli_fail(err, SILT_ERR_USAGE,
			"--limit %s=%s: expected a whole number from %" PRIu64 " (%s) to %" PRIu64
			" (%s); K, M, G and T stand for powers of 1024.",
			limit->name, cli_printable(text).text, limit->least, least, limit->most, most);
}

static enum silt_status read_setting(const char *text, struct silt_limit_setting *out, struct silt_error *err)
{
	char name[NAME_MAX_LEN];
	const size_t len = strcspn(text, "=");
	if (text[len] == '\0') {
		return cli_fail(err, SILT_ERR_USAGE, "--limit %s: expected NAME=VALUE, such as entries=1000.",
				cli_printable(text).text);
	}
	snprintf(name, sizeof(name), "%.*s", (int)(len < sizeof(name) ? len : sizeof(name) - 1), text);
	const struct silt_limit *limit = silt_limits_find(name);
	if (limit == NULL) {
		return unknown_name(name, err);
	}
	out->name = limit->name;
	const bool read = cli_limits_number(text + len + 1, &out->value);
	return read && out->value >= limit->least && out->value <= limit->most ? SILT_OK
									       : bad_value(limit, text + len + 1, err);
}

enum silt_status cli_limits_read(struct cli_limits *limits, const struct cli_arguments *arguments,
				 struct silt_error *err)
{
	const char *texts[CLI_REPEATED_MAX];
	const size_t count = cli_repeated_values(arguments, CLI_OPTION_LIMIT, texts);
	enum silt_status status = SILT_OK;
	limits->count = 0;
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		status = read_setting(texts[i], &limits->items[i], err);
		limits->count += status == SILT_OK;
	}
	return status;
}

uint64_t cli_limits_value(const struct cli_limits *limits, const char *name)
{
	uint64_t value = silt_limits_find(name)->fallback;
	for (size_t i = 0; i < limits->count; i++) {
		value = strcmp(limits->items[i].name, name) == 0 ? limits->items[i].value : value;
	}
	return value;
}
