/* Cutting names at commas. */
#include "cli/names.h"

#include "cli/message.h"

#include <stdlib.h>
#include <string.h>

static enum silt_status cut(struct cli_names *names, enum cli_option_id option, char *text, struct silt_error *err)
{
	for (char *name = strsep(&text, ","); name != NULL; name = strsep(&text, ",")) {
		if (*name == '\0') {
			return cli_fail(err, SILT_ERR_USAGE, "--%s has an empty name: separate names by one comma.",
					cli_options[option].name);
		}
		if (names->count == CLI_NAMES_MAX) {
			return cli_fail(err, SILT_ERR_USAGE, "--%s has more than %d names.", cli_options[option].name,
					CLI_NAMES_MAX);
		}
		names->items[names->count++] = name;
	}
	return SILT_OK;
}

enum silt_status cli_names_cut(struct cli_names *names, const struct cli_arguments *arguments,
			       enum cli_option_id option, struct silt_error *err)
{
	const char *values[CLI_REPEATED_MAX];
	const size_t count = cli_repeated_values(arguments, option, values);
	enum silt_status status = SILT_OK;
	*names = (struct cli_names){0};
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		char *text = strdup(values[i]);
		if (text == NULL) {
			return cli_fail(err, SILT_ERR_MEMORY, "memory ran out.");
		}
		names->texts[names->text_count++] = text;
		status = cut(names, option, text, err);
	}
	return status;
}

void cli_names_done(struct cli_names *names)
{
	for (size_t i = 0; i < names->text_count; i++) {
		free(names->texts[i]);
	}
}
