/* The validators by the names that rule files call them. */
#ifndef SILT_SECRET_VALIDATORS_H
#define SILT_SECRET_VALIDATORS_H

#include "secret/rule.h"

struct silt_validator {
	const char *name; /* of the function, without silt_validate_, '-' for '_' */
	silt_validate_fn *validate;
};

/* The validator of that name, or NULL. */
const struct silt_validator *silt_validator_find(struct silt_bytes name);

#endif
