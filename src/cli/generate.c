/*
 * A tool of the build, not installed: writes what is made from the program's tables.
 *
 *     silt-generate man docs/man
 *     silt-generate exit-status
 *     silt-generate rules > docs/rules.md
 *     silt-generate checks > docs/checks.md
 *     silt-generate limits > docs/limits.md
 *     silt-generate config > docs/config.md
 *     silt-generate ids
 *     silt-generate sandbox
 */
#include "cli/catalogue.h"
#include "cli/config.h"
#include "cli/limits.h"
#include "cli/manual.h"
#include "cli/rules.h"
#include "cli/sandbox.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	bool (*write)(FILE *out);
} documents[] = {
	{"exit-status", cli_exit_table_write}, {"rules", cli_rules_document}, {"checks", cli_catalogue_document},
	{"limits", cli_limits_document},       {"ids", cli_catalogue_ids},    {"sandbox", cli_sandbox_document},
	{"config", cli_config_document},
};

static bool write_page(const char *folder, const struct cli_command *command)
{
	char name[CLI_MANUAL_NAME_MAX];
	char path[4096];
	cli_manual_name(command, name);
	(void)snprintf(path, sizeof(path), "%s/%s.1", folder, name);
	FILE *out = fopen(path, "w");
	if (out == NULL) {
		perror(path);
		return false;
	}
	const bool written = cli_manual_write(out, command);
	return fclose(out) == 0 && written;
}

/* One page for each command, and silt(1). */
static bool write_pages(const char *folder)
{
	bool written = write_page(folder, &cli_program);
	for (size_t i = 0; i < cli_command_count; i++) {
		written = write_page(folder, &cli_commands[i]) && written;
	}
	return written;
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "man") == 0) {
		return write_pages(argv[2]) ? EXIT_SUCCESS : EXIT_FAILURE;
	}
	for (size_t i = 0; argc == 2 && i < sizeof(documents) / sizeof(documents[0]); i++) {
		if (strcmp(argv[1], documents[i].name) == 0) {
			const bool written = documents[i].write(stdout);
			return fclose(stdout) == 0 && written ? EXIT_SUCCESS : EXIT_FAILURE;
		}
	}
	(void)fputs(
		"Usage: silt-generate man FOLDER | exit-status | rules | checks | limits | config | ids | sandbox\n",
		stderr);
	return EXIT_FAILURE;
}
