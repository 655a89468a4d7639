/* Names of settings. A name that sets nothing is told and left out: a newer silt may know it. */
#include "cli/settings_keys.h"

#include "cli/message.h"
#include "cli/suggest.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char prefix[] = "SILT_";

/* ---- Options by name ------------------------------------------------------------------------------------------------- */

/* `c` of the name of an option as it is in that of its variable. */
static char variable_letter(char c)
{
	return (char)(c == '-' ? '_' : toupper((unsigned char)c));
}

struct cli_variable cli_variable_of(const struct cli_option *option)
{
	struct cli_variable variable;
	size_t used = sizeof(prefix) - 1;
	memcpy(variable.text, prefix, used);
	for (const char *c = option->name; *c != '\0' && used < sizeof(variable.text) - 1; c++) {
		variable.text[used++] = variable_letter(*c);
	}
	variable.text[used] = '\0';
	return variable;
}

const char *cli_variable_value(const struct cli_option *option)
{
	const char *value = getenv(cli_variable_of(option).text);
	return value != NULL && *value != '\0' ? value : NULL;
}

static const struct cli_option *find_option(const char *key)
{
	for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
		if (strcmp(cli_options[id].name, key) == 0) {
			return &cli_options[id];
		}
	}
	return NULL;
}

/* The option that can be set from `from` and that was perhaps meant, or NULL. */
static const struct cli_option *near_option(const char *key, enum cli_setting from)
{
	struct cli_suggestion suggestion = cli_suggestion(key);
	for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
		if (cli_options[id].setting >= from) {
			cli_suggestion_offer(&suggestion, cli_options[id].name);
		}
	}
	return suggestion.best != NULL ? find_option(suggestion.best) : NULL;
}

/* ---- Variables ------------------------------------------------------------------------------------------------------- */

/* The name of the option that a variable would be of, in its own spelling. */
static void key_of_variable(const char *name, size_t len, char key[static CLI_VARIABLE_SIZE])
{
	size_t used = 0;
	for (size_t i = sizeof(prefix) - 1; i < len && used < CLI_VARIABLE_SIZE - 1; i++) {
		const char c = name[i];
		key[used++] = (char)(c == '_' ? '-' : c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
	}
	key[used] = '\0';
}

static void check_variable(const char *name, size_t len)
{
	char key[CLI_VARIABLE_SIZE], word[CLI_PRINTABLE_MAX];
	(void)snprintf(word, sizeof(word), "%.*s", (int)len, name);
	key_of_variable(name, len, key);
	const struct cli_option *option = find_option(key);
	if (option != NULL && option->setting >= CLI_SETTING_VARIABLE &&
	    strcmp(cli_variable_of(option).text, word) == 0) {
		return;
	}
	const struct cli_option *meant = near_option(key, CLI_SETTING_VARIABLE);
	if (option != NULL && option->setting == CLI_SETTING_NEVER) {
		cli_say("%s sets nothing: --%s is for the command line only.", word, option->name);
	} else if (meant != NULL) {
		cli_say("%s sets nothing: did you mean %s?", cli_printable(word).text, cli_variable_of(meant).text);
	} else {
		cli_say("%s sets nothing: silt config show lists what can be set.", cli_printable(word).text);
	}
}

void cli_variables_check(void)
{
	for (char *const *variable = environ; variable != NULL && *variable != NULL; variable++) {
		if (strncmp(*variable, prefix, sizeof(prefix) - 1) == 0) {
			const size_t len = strcspn(*variable, "=");
			check_variable(*variable, len < CLI_PRINTABLE_MAX ? len : CLI_PRINTABLE_MAX - 1);
		}
	}
}

/* ---- Keys of a file -------------------------------------------------------------------------------------------------- */

static void say_unknown(const char *path, const struct silt_setting *setting)
{
	const struct cli_option *meant = near_option(setting->key, CLI_SETTING_TRUSTED);
	cli_say("%s:%u:%u: '%s' sets nothing: %s%s%s", cli_printable(path).text, setting->line, setting->column,
		cli_printable(setting->key).text,
		meant != NULL ? "did you mean '" : "silt config show lists what can be",
		meant != NULL ? meant->name : " set", meant != NULL ? "'?" : ".");
}

static enum silt_status check_key(const struct cli_settings_file *file, const struct silt_setting *setting,
				  struct silt_error *err)
{
	const struct cli_option *option = find_option(setting->key);
	if (option == NULL) {
		say_unknown(file->path, setting);
	} else if (option->setting < CLI_SETTING_TRUSTED) {
		cli_say("%s:%u:%u: '%s' sets nothing: it is for the command line%s only.",
			cli_printable(file->path).text, setting->line, setting->column, option->name,
			option->setting == CLI_SETTING_VARIABLE ? " and the environment" : "");
	} else if (option->setting == CLI_SETTING_TRUSTED && file->local) {
		return cli_fail(err, SILT_ERR_USAGE,
				"%s:%u:%u: '%s' is not for a file that comes with what is reviewed: use a file of your "
				"own, %s or --%s.",
				file->path, setting->line, setting->column, option->name, cli_variable_of(option).text,
				option->name);
	}
	return SILT_OK;
}

enum silt_status cli_settings_check_keys(const struct cli_settings_file *file, struct silt_error *err)
{
	size_t count = 0;
	const struct silt_setting *items = silt_settings_get(file->settings, &count);
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		status = check_key(file, &items[i], err);
	}
	return status;
}
