/*
 * A tool of the build, not installed: prints a document that is made from the program's tables.
 *
 *     silt-generate man > docs/silt.1
 *     silt-generate exit-status
 */
#include "cli/manual.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	void (*write)(FILE *out);
} documents[] = {
	{"man", cli_manual_write},
	{"exit-status", cli_exit_table_write},
};

int main(int argc, char **argv)
{
	for (size_t i = 0; argc == 2 && i < sizeof(documents) / sizeof(documents[0]); i++) {
		if (strcmp(argv[1], documents[i].name) == 0) {
			documents[i].write(stdout);
			return fclose(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
		}
	}
	(void)fputs("Usage: silt-generate man | exit-status\n", stderr);
	return EXIT_FAILURE;
}
