/* The catalogue: archives that lie. */
#include "audit/catalogue.h"

const struct silt_catalogue_part silt_catalogue_integrity = {NULL, 0};
