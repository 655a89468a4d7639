/* Cutting names at commas. */
#include "cli/names.h"

#include "cli/message.h"

#include <stdlib.h>
#include <string.h>

enum silt_status cli_names_cut(struct cli_names *names, const char *option, const char *argument,
			       struct silt_error *err)
{
	*names = (struct cli_names){0};
	if (argument == NULL) {
		return SILT_OK;
	}
	names->text = strdup(argument);
	if (names->text == NULL) {
		return cli_fail(err, SILT_ERR_MEMORY, "memory ran out.");
	}
	char *rest = names->text;
	for (char *name = strsep(&rest, ","); name != NULL; name = strsep(&rest, ",")) {
		if (*name == '\0') {
			return cli_fail(err, SILT_ERR_USAGE, "--%s has an empty name: separate names by one comma.",
					option);
		}
		if (names->count == CLI_NAMES_MAX) {
			return cli_fail(err, SILT_ERR_USAGE, "--%s has more than %d names.", option, CLI_NAMES_MAX);
		}
		names->items[names->count++] = name;
	}
	return SILT_OK;
}

void cli_names_done(struct cli_names *names)
{
	free(names->text);
}
