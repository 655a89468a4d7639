/* Rule files, read whole. */
#include "cli/rule_files.h"

#include "cli/message.h"
#include "cli/text_file.h"

/* More than a file of rules can be. */
enum { RULE_FILE_MAX = 4 * 1024 * 1024 };

enum silt_status cli_rules_read_files(bool shipped, const char *const *paths, size_t count, struct silt_rules **out,
				      struct silt_error *err)
{
	struct cli_text_file read[CLI_REPEATED_MAX] = {0};
	struct silt_rule_file files[CLI_REPEATED_MAX] = {0};
	struct silt_error why = {0};
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		status = cli_text_file_read(paths[i], RULE_FILE_MAX, &read[i], err);
		files[i] = (struct silt_rule_file){.name = paths[i], .text = read[i].text, .size = read[i].size};
	}
	if (status == SILT_OK) {
		status = silt_rules_new(shipped, files, count, out, &why);
		status = status != SILT_OK ? cli_fail(err, status, "%s.", why.text) : SILT_OK;
	}
	for (size_t i = 0; i < count; i++) {
		cli_text_file_done(&read[i]);
	}
	return status;
}

enum silt_status cli_rules_read(const struct cli_arguments *arguments, struct silt_rules **out, struct silt_error *err)
{
	const char *paths[CLI_REPEATED_MAX];
	const size_t count = cli_repeated_values(arguments, CLI_OPTION_RULES, paths);
	return cli_rules_read_files(!arguments->given[CLI_OPTION_NO_DEFAULT_RULES], paths, count, out, err);
}
