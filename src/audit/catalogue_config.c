/* The catalogue: the image config. */
#include "audit/catalogue.h"

const struct silt_catalogue_part silt_catalogue_config = {NULL, 0};
