/* Applying settings. */
#include "cli/settings.h"

#include "cli/message.h"
#include "cli/settings_keys.h"
#include "cli/settings_values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool cli_settings_reach(const struct cli_option *option, unsigned scopes)
{
	const unsigned set_in = option->set_in != 0 ? option->set_in : option->scope;
	return option->setting >= CLI_SETTING_TRUSTED && (set_in & scopes) != 0;
}

static bool reach_any(unsigned scopes)
{
	for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
		if (cli_settings_reach(&cli_options[id], scopes)) {
			return true;
		}
	}
	return false;
}

/* ---- One value ------------------------------------------------------------------------------------------------------- */

/* Takes `text` over, which is NULL if memory ran out. */
static enum silt_status keep(struct cli_settings *settings, char *text, struct silt_error *err)
{
	if (text == NULL) {
		return cli_fail(err, SILT_ERR_MEMORY, "memory ran out.");
	}
	if (settings->text_count == CLI_SETTINGS_TEXTS) {
		free(text);
		return cli_fail(err, SILT_ERR_USAGE, "more than %d settings.", CLI_SETTINGS_TEXTS);
	}
	settings->texts[settings->text_count++] = text;
	return SILT_OK;
}

static enum silt_status take(enum cli_option_id id, const char *text, struct cli_arguments *arguments,
			     struct silt_error *err)
{
	bool on = false;
	if (cli_options[id].argument != NULL) {
		const enum silt_status status = cli_setting_check(id, text, err);
		return status == SILT_OK ? cli_arguments_take(id, text, arguments, err) : status;
	}
	if (!cli_setting_flag(text, &on)) {
		return cli_fail(err, SILT_ERR_USAGE, "--%s is set by true or false, not by '%s'.", cli_options[id].name,
				cli_printable(text).text);
	}
	arguments->given[id] = on;
	return SILT_OK;
}

/* ---- Variables ------------------------------------------------------------------------------------------------------- */

/* An option that may be given several times has one argument in each line of its variable. */
static enum silt_status take_variable(struct cli_settings *settings, enum cli_option_id id, const char *value,
				      struct cli_arguments *arguments, struct silt_error *err)
{
	const struct cli_option *option = &cli_options[id];
	const char *cuts = option->repeatable ? "\n" : "";
	struct silt_error why = {0};
	char *rest = strdup(value);
	enum silt_status status = keep(settings, rest, &why);
	for (const char *line = NULL; status == SILT_OK && (line = strsep(&rest, cuts)) != NULL;) {
		status = *line != '\0' ? take(id, line, arguments, &why) : SILT_OK;
	}
	settings->sources[id] = CLI_SOURCE_VARIABLE;
	return status == SILT_OK ? SILT_OK : cli_fail(err, status, "%s: %s", cli_variable_of(option).text, why.text);
}

/* ---- The file -------------------------------------------------------------------------------------------------------- */

static enum silt_status take_value(struct cli_settings *settings, enum cli_option_id id,
				   const struct silt_setting_value *value, struct cli_arguments *arguments,
				   struct silt_error *err)
{
	const struct cli_settings_file *file = &settings->file;
	struct silt_error why = {0};
	char *argument = NULL;
	enum silt_status status = cli_setting_argument(file, &cli_options[id], value->text, &argument, &why);
	if (status == SILT_OK) {
		status = keep(settings, argument, &why);
	}
	if (status == SILT_OK) {
		status = take(id, argument, arguments, &why);
	}
	return status == SILT_OK ? SILT_OK
				 : cli_fail(err, status, "%s:%u:%u: %s", cli_printable(file->path).text, value->line,
					    value->column, why.text);
}

static enum silt_status take_setting(struct cli_settings *settings, enum cli_option_id id,
				     const struct silt_setting *setting, struct cli_arguments *arguments,
				     struct silt_error *err)
{
	if (setting->list && !cli_options[id].repeatable) {
		return cli_fail(err, SILT_ERR_USAGE, "%s:%u:%u: '%s' has one value, not a list.",
				cli_printable(settings->file.path).text, setting->line, setting->column, setting->key);
	}
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < setting->count && status == SILT_OK; i++) {
		status = take_value(settings, id, &setting->values[i], arguments, err);
	}
	settings->sources[id] = CLI_SOURCE_FILE;
	settings->lines[id] = setting->line;
	return status;
}

/* ---- All of them ------------------------------------------------------------------------------------------------------ */

static enum silt_status take_option(struct cli_settings *settings, enum cli_option_id id,
				    struct cli_arguments *arguments, struct silt_error *err)
{
	const struct cli_option *option = &cli_options[id];
	if (arguments->given[id]) {
		settings->sources[id] = CLI_SOURCE_FLAG;
		return SILT_OK;
	}
	const char *value = cli_variable_value(option);
	if (value != NULL) {
		return take_variable(settings, id, value, arguments, err);
	}
	const struct silt_setting *setting = cli_settings_file_get(&settings->file, option->name);
	return setting != NULL ? take_setting(settings, id, setting, arguments, err) : SILT_OK;
}

/*
 * What one option takes the place of may be said by another of a higher source: who names a policy on the command line
 * is not to have its threshold changed by a file.
 */
static void prefer_higher(struct cli_settings *settings, struct cli_arguments *arguments)
{
	static const struct {
		enum cli_option_id part, whole;
	} pairs[] = {{CLI_OPTION_FAIL_ON, CLI_OPTION_POLICY},
		     {CLI_OPTION_ALLOWED_BASES, CLI_OPTION_POLICY},
		     {CLI_OPTION_CACHE, CLI_OPTION_NO_CACHE}};
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		const enum cli_option_id part = pairs[i].part, whole = pairs[i].whole;
		if (arguments->given[whole] && settings->sources[part] < settings->sources[whole]) {
			settings->sources[part] = CLI_SOURCE_DEFAULT;
			arguments->given[part] = false;
			arguments->values[part] = cli_options[part].fallback;
		}
	}
}

enum silt_status cli_settings_apply(const struct cli_settings_request *request, struct cli_arguments *arguments,
				    struct cli_settings *settings, struct silt_error *err)
{
	const struct cli_option *config = &cli_options[CLI_OPTION_CONFIG];
	if (!reach_any(request->scopes)) {
		return SILT_OK;
	}
	cli_variables_check();
	const bool given = arguments->given[CLI_OPTION_CONFIG];
	const char *named = given ? arguments->values[CLI_OPTION_CONFIG] : cli_variable_value(config);
	enum silt_status status = cli_settings_file_find(named, request->wary, &settings->file, err);
	for (size_t id = 0; id < CLI_OPTION_COUNT && status == SILT_OK; id++) {
		if (cli_settings_reach(&cli_options[id], request->scopes)) {
			status = take_option(settings, (enum cli_option_id)id, arguments, err);
		}
	}
	prefer_higher(settings, arguments);
	return status;
}

void cli_settings_done(struct cli_settings *settings)
{
	cli_settings_file_done(&settings->file);
	for (size_t i = 0; i < settings->text_count; i++) {
		free(settings->texts[i]);
	}
	settings->text_count = 0;
}

/* The names of what has one of these sources, of which bit N is that of source N. */
struct names {
	char text[SILT_ERROR_TEXT_MAX];
};

static struct names names_from(const struct cli_settings *settings, unsigned sources)
{
	struct names names = {""};
	size_t used = 0;
	for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
		if (((sources >> settings->sources[id]) & 1U) != 0) {
			used += (size_t)snprintf(names.text + used, sizeof(names.text) - used, "%s%s",
						 used > 0 ? ", " : "", cli_options[id].name);
		}
	}
	return names;
}

void cli_settings_tell(const struct cli_settings *settings)
{
	const struct names names = names_from(settings, 1U << CLI_SOURCE_FILE);
	if (settings->file.local && names.text[0] != '\0') {
		cli_say("%s sets %s; --config none leaves it out.", settings->file.path, names.text);
	}
}

void cli_settings_blame(const struct cli_settings *settings)
{
	const struct names names = names_from(settings, 1U << CLI_SOURCE_FILE | 1U << CLI_SOURCE_VARIABLE);
	if (names.text[0] != '\0') {
		cli_say("set without a word on the command line: %s; silt config show tells by what.", names.text);
	}
}
