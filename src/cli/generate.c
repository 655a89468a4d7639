/*
 * A tool of the build, not installed: prints a document that is made from the program's tables.
 *
 *     silt-generate man > docs/silt.1
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
	{"man", cli_manual_write},          {"exit-status", cli_exit_table_write}, {"rules", cli_rules_document},
	{"checks", cli_catalogue_document}, {"limits", cli_limits_document},       {"ids", cli_catalogue_ids},
	{"sandbox", cli_sandbox_document},  {"config", cli_config_document},
};

int main(int argc, char **argv)
{
	for (size_t i = 0; argc == 2 && i < sizeof(documents) / sizeof(documents[0]); i++) {
		if (strcmp(argv[1], documents[i].name) == 0) {
			const bool written = documents[i].write(stdout);
			return fclose(stdout) == 0 && written ? EXIT_SUCCESS : EXIT_FAILURE;
		}
	}
	(void)fputs("Usage: silt-generate man | exit-status | rules | checks | limits | config | ids | sandbox\n",
		    stderr);
	return EXIT_FAILURE;
}
