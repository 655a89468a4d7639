/*
 * Actions: what the first operand of some commands says, by the words of the command table: "list | show NAME...".
 */
#ifndef SILT_CLI_ACTIONS_H
#define SILT_CLI_ACTIONS_H

#include "cli/commands.h"

/* The text behind "[OPTIONS]": one action and its operands, or what the operands are if there are no actions. */
const char *cli_actions(const struct cli_command *command);

/* True if the text begins with the name of an action. */
bool cli_actions_are(const char *text);

/* What follows the next " | ", or the end of the text. */
const char *cli_actions_next(const char *text);

/* A command was given no action, or none of its own: one sentence on those there are. */
enum silt_status cli_action_unknown(const char *command, const struct cli_arguments *arguments, struct silt_error *err);

#endif
