/* The catalogue: shells, tools and packages. */
#include "audit/catalogue.h"

const struct silt_catalogue_part silt_catalogue_surface = {NULL, 0};
