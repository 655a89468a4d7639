/* The catalogue: users and privilege. */
#include "audit/catalogue.h"

const struct silt_catalogue_part silt_catalogue_user = {NULL, 0};
