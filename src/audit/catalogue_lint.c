/* The catalogue: style of build instructions, told only if asked for. */
#include "audit/catalogue.h"

const struct silt_catalogue_part silt_catalogue_lint = {NULL, 0};
