/* The actions of a command. */
#include "cli/actions.h"

#include "cli/message.h"
#include "cli/suggest.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { ACTION_SIZE = 32, LIST_SIZE = 128 };

const char *cli_actions(const struct cli_command *command)
{
	static const char options[] = "[OPTIONS] ";
	const size_t len = strlen(options);
	return command->operands + (strncmp(command->operands, options, len) == 0 ? len : 0);
}

bool cli_actions_are(const char *text)
{
	return islower((unsigned char)*text) != 0;
}

const char *cli_actions_next(const char *text)
{
	const char *bar = strstr(text, " | ");
	return bar != NULL ? bar + 3 : text + strlen(text);
}

struct action {
	char name[ACTION_SIZE];
};

static struct action action_of(const char *text)
{
	struct action action;
	(void)snprintf(action.name, sizeof(action.name), "%.*s", (int)strcspn(text, " "), text);
	return action;
}

/* "list, show or test" */
static enum silt_status demand(const struct cli_command *command, struct silt_error *err)
{
	char list[LIST_SIZE] = "";
	size_t used = 0;
	for (const char *text = cli_actions(command); *text != '\0'; text = cli_actions_next(text)) {
		const bool last = *cli_actions_next(text) == '\0';
		const char *lead = used == 0 ? "" : last ? " or " : ", ";
		used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%s", lead, action_of(text).name);
	}
	return cli_fail(err, SILT_ERR_USAGE, "silt %s needs %s: silt %s --help tells more.", command->name, list,
			command->name);
}

static enum silt_status refuse(const struct cli_command *command, const char *word, struct silt_error *err)
{
	struct cli_suggestion suggestion = cli_suggestion(word);
	struct action best = {""};
	for (const char *text = cli_actions(command); *text != '\0'; text = cli_actions_next(text)) {
		const struct action action = action_of(text);
		cli_suggestion_offer(&suggestion, action.name);
		if (suggestion.best == action.name) {
			best = action;
			suggestion.best = best.name;
		}
	}
	const struct cli_printable shown = cli_printable(word);
	if (suggestion.best != NULL) {
		return cli_fail(err, SILT_ERR_USAGE, "silt %s has no '%s': did you mean '%s'?", command->name,
				shown.text, best.name);
	}
	return cli_fail(err, SILT_ERR_USAGE, "silt %s has no '%s': silt %s --help lists what it has.", command->name,
			shown.text, command->name);
}

enum silt_status cli_action_unknown(const char *command, const struct cli_arguments *arguments, struct silt_error *err)
{
	const struct cli_command *found = cli_command_find(command);
	return arguments->operand_count == 0 ? demand(found, err) : refuse(found, arguments->operands[0], err);
}
