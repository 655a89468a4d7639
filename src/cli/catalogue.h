/* docs/checks.md, made from the catalogue. */
#ifndef SILT_CLI_CATALOGUE_H
#define SILT_CLI_CATALOGUE_H

#include <stdbool.h>
#include <stdio.h>

/* False if it could not be written. */
bool cli_catalogue_document(FILE *out);

/* The ids of all checks, one a line: what tests compare their examples with. */
bool cli_catalogue_ids(FILE *out);

#endif
