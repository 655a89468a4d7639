/* A command line taken apart by getopt_long, driven by the option table. */
#include "cli/parse.h"

#include "cli/message.h"
#include "cli/suggest.h"

#include <getopt.h>
#include <string.h>

/* What getopt_long gives back for option `id`: beyond every character, so that letters and '?', ':' stay apart. */
enum { FIRST_CODE = 256 };

struct getopt_tables {
	struct option longs[CLI_OPTION_COUNT + 1];
	char letters[2 * CLI_OPTION_COUNT + 2];
};

static struct getopt_tables make_tables(enum cli_scope scope)
{
	struct getopt_tables tables = {
		.letters = ":"}; /* a leading colon: say nothing, tell a missing argument apart */
	size_t letters = 1;
	size_t longs = 0;
	for (int id = 0; id < CLI_OPTION_COUNT; id++) {
		const struct cli_option *option = &cli_options[id];
		if ((option->scope & (unsigned)scope) == 0) {
			continue;
		}
		const int has_argument = option->argument != NULL ? required_argument : no_argument;
		tables.longs[longs++] = (struct option){option->name, has_argument, NULL, FIRST_CODE + id};
		if (option->letter != 0) {
			tables.letters[letters++] = option->letter;
			if (option->argument != NULL) {
				tables.letters[letters++] = ':';
			}
		}
	}
	return tables;
}

/* The option of a code of getopt_long, or CLI_OPTION_COUNT. */
static enum cli_option_id option_of(enum cli_scope scope, int code)
{
	int id = code - FIRST_CODE;
	if (id < 0) {
		for (id = 0; id < CLI_OPTION_COUNT; id++) {
			if (cli_options[id].letter == code && (cli_options[id].scope & (unsigned)scope) != 0) {
				break;
			}
		}
	}
	return (enum cli_option_id)id;
}

static enum silt_status unknown_option(enum cli_scope scope, const char *word, struct silt_error *err)
{
	if (word[0] == '-' && word[1] == '-') {
		char name[CLI_PRINTABLE_MAX] = "";
		memcpy(name, word + 2, strnlen(word + 2, sizeof(name) - 1));
		name[strcspn(name, "=")] = '\0';
		struct cli_suggestion suggestion = cli_suggestion(name);
		for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
			if ((cli_options[id].scope & (unsigned)scope) != 0) {
				cli_suggestion_offer(&suggestion, cli_options[id].name);
			}
		}
		if (suggestion.best != NULL) {
			return cli_fail(err, SILT_ERR_USAGE, "unknown option --%s: did you mean --%s?",
					cli_printable(name).text, suggestion.best);
		}
	}
	return cli_fail(err, SILT_ERR_USAGE, "unknown option %s: --help lists the options.", cli_printable(word).text);
}

bool cli_is_choice(const char *choices, const char *word)
{
	const size_t len = strlen(word);
	while (*choices != '\0') {
		const size_t choice_len = strcspn(choices, ",");
		if (choice_len == len && memcmp(choices, word, len) == 0) {
			return true;
		}
		choices += choice_len;
		choices += strspn(choices, ", ");
	}
	return false;
}

/* "a NAME", "an OS/ARCH": the placeholder of an option's argument. */
static const char *article(const char *word)
{
	return strchr("AEIO", word[0]) != NULL ? "an" : "a";
}

enum silt_status cli_arguments_take(enum cli_option_id id, const char *value, struct cli_arguments *out,
				    struct silt_error *err)
{
	const struct cli_option *option = &cli_options[id];
	out->given[id] = true;
	if (option->argument == NULL) {
		return SILT_OK;
	}
	if (value[0] == '\0') {
		return cli_fail(err, SILT_ERR_USAGE, "--%s needs %s %s that is not empty.", option->name,
				article(option->argument), option->argument);
	}
	if (option->choices != NULL && !cli_is_choice(option->choices, value)) {
		return cli_fail(err, SILT_ERR_USAGE, "--%s does not know '%s': choose one of %s.", option->name,
				cli_printable(value).text, option->choices);
	}
	if (option->repeatable && out->repeated_count == CLI_REPEATED_MAX) {
		return cli_fail(err, SILT_ERR_USAGE, "more than %d arguments of --%s and its like.", CLI_REPEATED_MAX,
				option->name);
	}
	if (option->repeatable) {
		out->repeated[out->repeated_count++] = (struct cli_repeated){id, value};
	}
	out->values[id] = value;
	return SILT_OK;
}

size_t cli_repeated_values(const struct cli_arguments *arguments, enum cli_option_id option,
			   const char *out[static CLI_REPEATED_MAX])
{
	size_t count = 0;
	for (size_t i = 0; i < arguments->repeated_count; i++) {
		if (arguments->repeated[i].option == option) {
			out[count++] = arguments->repeated[i].value;
		}
	}
	return count;
}

/* The word of the command line that getopt_long has just refused. */
static enum silt_status refuse(enum cli_scope scope, int code, char *const *argv, struct silt_error *err)
{
	const enum cli_option_id id = optopt != 0 ? option_of(scope, optopt) : CLI_OPTION_COUNT;
	if (code == ':') {
		return cli_fail(err, SILT_ERR_USAGE, "--%s needs %s %s after it.", cli_options[id].name,
				article(cli_options[id].argument), cli_options[id].argument);
	}
	if (optopt >= FIRST_CODE) {
		return cli_fail(err, SILT_ERR_USAGE, "--%s takes no argument.", cli_options[id].name);
	}
	if (optopt != 0) {
		const char letter[] = {'-', (char)optopt, '\0'};
		return unknown_option(scope, letter, err);
	}
	return unknown_option(scope, argv[optind - 1], err);
}

enum silt_status cli_parse(enum cli_scope scope, int argc, char **argv, struct cli_arguments *out,
			   struct silt_error *err)
{
	const struct getopt_tables tables = make_tables(scope);
	struct cli_arguments arguments = {.scope = scope};
	for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
		arguments.values[id] = cli_options[id].fallback;
	}
	optind = 0; /* glibc and musl: start over, whatever was parsed before */
	int code = 0;
	while ((code = getopt_long(argc, argv, tables.letters, tables.longs, NULL)) != -1) {
		if (code == '?' || code == ':') {
			return refuse(scope, code, argv, err);
		}
		const enum silt_status status = cli_arguments_take(option_of(scope, code), optarg, &arguments, err);
		if (status != SILT_OK) {
			return status;
		}
	}
	arguments.operands = argv + optind;
	arguments.operand_count = (size_t)(argc - optind);
	*out = arguments;
	return SILT_OK;
}
