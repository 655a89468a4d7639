/* `silt completion`: the scripts that make a shell ask (complete.h). They lie in src/cli/completion. */
#ifndef SILT_CLI_COMPLETION_H
#define SILT_CLI_COMPLETION_H

#include "cli/exit_status.h"
#include "cli/parse.h"

#include <stddef.h>

struct cli_completion_script {
	const char *shell;
	const unsigned char *text;
	size_t size;
};

/* The last one has no shell. */
extern const struct cli_completion_script cli_completion_scripts[];

enum cli_exit cli_completion(const struct cli_arguments *arguments);

#endif
