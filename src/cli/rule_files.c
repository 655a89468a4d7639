/* Rule files, read whole. */
#include "cli/rule_files.h"

#include "cli/message.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More than a file of rules can be: the library says what is wrong with so long a one. */
enum { RULE_FILE_MAX = 4 * 1024 * 1024 };

static enum silt_status read_whole(const char *path, struct silt_rule_file *out, struct silt_error *err)
{
	FILE *file = fopen(path, "re");
	if (file == NULL) {
		return cli_fail(err, SILT_ERR_IO, "%s: %s", cli_printable(path).text, strerror(errno));
	}
	char *text = malloc(RULE_FILE_MAX);
	const size_t size = text != NULL ? fread(text, 1, RULE_FILE_MAX, file) : 0;
	const bool failed = ferror(file) != 0;
	const int why = errno;
	(void)fclose(file);
	if (text == NULL) {
		return cli_fail(err, SILT_ERR_MEMORY, "memory ran out.");
	}
	if (failed) {
		free(text);
		return cli_fail(err, SILT_ERR_IO, "%s: %s", cli_printable(path).text, strerror(why));
	}
	*out = (struct silt_rule_file){.name = path, .text = text, .size = size};
	return SILT_OK;
}

enum silt_status cli_rules_read_files(bool shipped, const char *const *paths, size_t count, struct silt_rules **out,
				      struct silt_error *err)
{
	struct silt_rule_file files[CLI_REPEATED_MAX] = {0};
	struct silt_error why = {0};
	size_t read = 0;
	enum silt_status status = SILT_OK;
	for (; read < count && status == SILT_OK; read++) {
		status = read_whole(paths[read], &files[read], err);
	}
	if (status == SILT_OK) {
		status = silt_rules_new(shipped, files, count, out, &why);
		status = status != SILT_OK ? cli_fail(err, status, "%s.", why.text) : SILT_OK;
	}
	for (size_t i = 0; i < read; i++) {
		free((void *)(uintptr_t)files[i].text);
	}
	return status;
}

enum silt_status cli_rules_read(const struct cli_arguments *arguments, struct silt_rules **out, struct silt_error *err)
{
	const char *paths[CLI_REPEATED_MAX];
	const size_t count = cli_repeated_values(arguments, CLI_OPTION_RULES, paths);
	return cli_rules_read_files(!arguments->given[CLI_OPTION_NO_DEFAULT_RULES], paths, count, out, err);
}
