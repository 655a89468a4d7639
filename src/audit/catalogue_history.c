/* The catalogue: build instructions. */
#include "audit/catalogue.h"

const struct silt_catalogue_part silt_catalogue_history = {NULL, 0};
