/* `silt completion bash`, `zsh`, `fish`. */
#include "cli/completion.h"

#include "cli/message.h"
#include "cli/suggest.h"

#include <stdio.h>
#include <string.h>

static enum silt_status unknown_shell(const char *name, struct silt_error *err)
{
	struct cli_suggestion suggestion = cli_suggestion(name);
	for (const struct cli_completion_script *script = cli_completion_scripts; script->shell != NULL; script++) {
		cli_suggestion_offer(&suggestion, script->shell);
	}
	const struct cli_printable shown = cli_printable(name);
	if (suggestion.best != NULL) {
		return cli_fail(err, SILT_ERR_USAGE, "silt has no completion for the shell '%s': did you mean '%s'?",
				shown.text, suggestion.best);
	}
	return cli_fail(err, SILT_ERR_USAGE, "silt has no completion for the shell '%s': it has bash, zsh and fish.",
			shown.text);
}

static enum silt_status write_script(const struct cli_arguments *arguments, struct silt_error *err)
{
	if (arguments->operand_count != 1) {
		return cli_fail(err, SILT_ERR_USAGE, "silt completion needs one shell: bash, zsh or fish.");
	}
	const char *name = arguments->operands[0];
	for (const struct cli_completion_script *script = cli_completion_scripts; script->shell != NULL; script++) {
		if (strcmp(script->shell, name) == 0) {
			(void)fwrite(script->text, 1, script->size, stdout);
			return SILT_OK;
		}
	}
	return unknown_shell(name, err);
}

enum cli_exit cli_completion(const struct cli_arguments *arguments)
{
	struct silt_error err = {0};
	const enum silt_status status = write_script(arguments, &err);
	if (status != SILT_OK) {
		cli_say("%s", err.text);
	}
	return cli_exit_of_status(status);
}
