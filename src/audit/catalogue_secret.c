/* The catalogue: secrets by their place. */
#include "audit/catalogue.h"

const struct silt_catalogue_part silt_catalogue_secret = {NULL, 0};
