/* Reading -o FORMAT[=FILE]. */
#include "cli/targets.h"

#include "cli/key_file.h"
#include "cli/message.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/settings_keys.h"
#include "cli/settings_values.h"
#include "cli/suggest.h"

#include <stdio.h>
#include <string.h>

/* `word` is a format without "=", and none: perhaps it is the name of a file, after the habit of other programs. */
static enum silt_status refuse(const char *word, const char *name, struct silt_error *err)
{
	struct cli_suggestion suggestion = cli_suggestion(name);
	const char *dot = strrchr(name, '.');
	enum silt_format format;
	for (int i = 0; silt_format_name((enum silt_format)i); i++) {
		cli_suggestion_offer(&suggestion, silt_format_name((enum silt_format)i));
	}
	if (strchr(word, '=') == NULL && dot != NULL && silt_format_parse(dot + 1, &format)) {
		return cli_fail(err, SILT_ERR_USAGE, "--output needs a format first: did you mean %s=%s?", dot + 1,
				cli_printable(word).text);
	}
	if (suggestion.best != NULL) {
		return cli_fail(err, SILT_ERR_USAGE, "--output does not know the format '%s': did you mean '%s'?",
				cli_printable(name).text, suggestion.best);
	}
	return cli_fail(err, SILT_ERR_USAGE, "--output does not know the format '%s': silt scan --help lists them.",
			cli_printable(name).text);
}

/* "-" is standard output, as an input of that name is standard input. */
static const char *place_of(const char *path)
{
	return path != NULL && strcmp(path, "-") == 0 ? NULL : path;
}

/* Cuts FORMAT[=FILE]. False: the format is longer than any; `name` has its start. */
static bool cut_word(const char *word, char name[static CLI_FORMAT_SIZE], const char **path)
{
	const char *equals = strchr(word, '=');
	const int len = equals != NULL ? (int)(equals - word) : (int)strlen(word);
	(void)snprintf(name, CLI_FORMAT_SIZE, "%.*s", len, word);
	*path = equals != NULL ? equals + 1 : NULL;
	return len < CLI_FORMAT_SIZE;
}

static enum silt_status take_path(const char *path, const char *name, struct cli_target *out, struct silt_error *err)
{
	if (path != NULL && *path == '\0') {
		return cli_fail(err, SILT_ERR_USAGE, "--output %s= needs the name of a file.", name);
	}
	out->path = place_of(path);
	return SILT_OK;
}

static enum silt_status read_target(const char *word, struct cli_target *out, struct silt_error *err)
{
	char name[CLI_FORMAT_SIZE];
	const char *path;
	const bool fits = cut_word(word, name, &path);
	*out = (struct cli_target){0};
	return fits && silt_format_parse(name, &out->format) ? take_path(path, name, out, err)
							     : refuse(word, name, err);
}

static bool is_same_place(const struct cli_target *a, const struct cli_target *b)
{
	if (a->path == NULL || b->path == NULL) {
		const char *named = a->path != NULL ? a->path : b->path;
		return named == NULL || cli_output_is_standard(named);
	}
	return cli_output_is_same(a->path, b->path);
}

static enum silt_status add_target(struct cli_targets *targets, struct cli_target target, struct silt_error *err)
{
	if (targets->count == CLI_TARGETS_MAX) {
		return cli_fail(err, SILT_ERR_USAGE, "more than %d reports of one scan.", CLI_TARGETS_MAX);
	}
	for (size_t i = 0; i < targets->count; i++) {
		if (is_same_place(&targets->items[i], &target)) {
			return cli_fail(err, SILT_ERR_USAGE,
					"the formats %s and %s go to the same place: name a file for each but one.",
					silt_format_name(targets->items[i].format), silt_format_name(target.format));
		}
	}
	targets->items[targets->count++] = target;
	return SILT_OK;
}

static enum silt_status add_word(struct cli_targets *targets, const char *word, struct silt_error *err)
{
	struct cli_target target;
	const enum silt_status status = read_target(word, &target, err);
	return status == SILT_OK ? add_target(targets, target, err) : status;
}

/* True if a report at `path` would take the place of a file that this argument of an option names. */
static bool takes(const char *path, enum cli_option_id id, const char *argument)
{
	const struct cli_option *option = &cli_options[id];
	const char *file = argument;
	if (argument != NULL && id != CLI_OPTION_CONFIG) {
		file = option->file == CLI_FILE_AFTER_FORMAT ? NULL : cli_file_part(option, argument);
	}
	return file != NULL && cli_output_is_input(path, file);
}

/* What a scan judges by is not written over by what it says: policies, rules, baselines, bases and settings. */
static enum silt_status spare_files(const struct cli_arguments *arguments, const char *path, struct silt_error *err)
{
	for (size_t id = 0; path != NULL && id < CLI_OPTION_COUNT; id++) {
		const char *values[CLI_REPEATED_MAX];
		const size_t count = cli_repeated_values(arguments, (enum cli_option_id)id, values);
		const bool unsaid = id == CLI_OPTION_CONFIG && !arguments->given[id];
		const char *value = unsaid ? cli_variable_value(&cli_options[id]) : arguments->values[id];
		bool taken = takes(path, (enum cli_option_id)id, value);
		for (size_t i = 0; i < count; i++) {
			taken = taken || takes(path, (enum cli_option_id)id, values[i]);
		}
		if (taken) {
			return cli_fail(err, SILT_ERR_USAGE,
					"%s is the file of --%s: what is written would take its place.",
					cli_printable(path).text, cli_options[id].name);
		}
	}
	return SILT_OK;
}

/* Before minutes go into a report. */
static enum silt_status check_target(const struct cli_arguments *arguments, const struct cli_target *target,
				     bool private, struct silt_error *err)
{
	for (size_t i = 0; target->path != NULL && i < arguments->operand_count; i++) {
		const char *input = arguments->operands[i];
		if (cli_output_is_input(target->path, input)) {
			return cli_fail(err, SILT_ERR_USAGE,
					"--output %s is the input %s: the report would take its place.",
					cli_printable(target->path).text, cli_printable(input).text);
		}
	}
	enum silt_status status = cli_key_spare(arguments, target->path, err);
	if (status == SILT_OK) {
		status = spare_files(arguments, target->path, err);
	}
	if (status == SILT_OK) {
		status = cli_output_check(target->path, err);
	}
	return status == SILT_OK && private ? cli_output_demand_private(target->path, err) : status;
}

enum silt_status cli_targets_read(const struct cli_arguments *arguments, enum silt_format usual, bool always,
				  struct cli_targets *out, struct silt_error *err)
{
	const char *words[CLI_REPEATED_MAX];
	const size_t count = cli_repeated_values(arguments, CLI_OPTION_OUTPUT, words);
	enum silt_status status = SILT_OK;
	*out = (struct cli_targets){.private = arguments->given[CLI_OPTION_SHOW_SECRETS]};
	if (count == 0 || always) {
		status = add_target(out, (struct cli_target){.format = usual}, err);
	}
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		status = add_word(out, words[i], err);
	}
	if (status == SILT_OK && arguments->given[CLI_OPTION_REPORT]) {
		const struct cli_target report = {.format = SILT_FORMAT_JSON,
						  .path = place_of(arguments->values[CLI_OPTION_REPORT])};
		status = add_target(out, report, err);
	}
	for (size_t i = 0; i < out->count && status == SILT_OK; i++) {
		status = check_target(arguments, &out->items[i], out->private, err);
	}
	return status;
}

/* ---- One of a command that writes no reports ----------------------------------------------------------------------- */

static enum silt_status read_one(const char *word, const char *command, const char *formats, struct cli_target *out,
				 char format[static CLI_FORMAT_SIZE], struct silt_error *err)
{
	const char *path;
	const bool fits = cut_word(word, format, &path);
	if (!fits || !cli_is_choice(formats, format)) {
		return cli_fail(err, SILT_ERR_USAGE, "%s writes %s, and --output asks for '%s'.", command, formats,
				cli_printable(format).text);
	}
	return take_path(path, format, out, err);
}

enum silt_status cli_target_read_one(const struct cli_arguments *arguments, const char *command, const char *formats,
				     struct cli_targets *out, char format[static CLI_FORMAT_SIZE],
				     struct silt_error *err)
{
	const char *words[CLI_REPEATED_MAX];
	const size_t count = cli_repeated_values(arguments, CLI_OPTION_OUTPUT, words);
	*out = (struct cli_targets){.count = 1};
	if (count > 1) {
		return cli_fail(err, SILT_ERR_USAGE, "%s has one --output: %s.", command, formats);
	}
	(void)snprintf(format, CLI_FORMAT_SIZE, "%.*s", (int)strcspn(formats, ","), formats);
	enum silt_status status = count == 0 ? SILT_OK
					     : read_one(words[0], command, formats, &out->items[0], format, err);
	return status == SILT_OK ? check_target(arguments, &out->items[0], false, err) : status;
}

bool cli_format_shows_secrets(enum silt_format format)
{
	return format == SILT_FORMAT_TEXT || format == SILT_FORMAT_JSON || format == SILT_FORMAT_JSONL ||
	       format == SILT_FORMAT_HTML;
}

bool cli_targets_show_secrets(const struct cli_targets *targets)
{
	for (size_t i = 0; i < targets->count; i++) {
		if (!cli_format_shows_secrets(targets->items[i].format)) {
			return false;
		}
	}
	return targets->private;
}

const struct cli_target *cli_targets_standard(const struct cli_targets *targets)
{
	for (size_t i = 0; i < targets->count; i++) {
		if (targets->items[i].path == NULL && targets->items[i].capture == NULL) {
			return &targets->items[i];
		}
	}
	return NULL;
}
