/* A body that is read as a source and seen by its survey, as DATA events, on its way. Internal to this folder. */
#ifndef SILT_LAYER_PULLED_BODY_H
#define SILT_LAYER_PULLED_BODY_H

#include "layer/survey.h"

/* Start with the first three set and the rest zero. */
struct silt_pulled_body {
	struct silt_survey *survey; /* borrows */
	struct silt_source source;
	uint64_t
		size; /* of the body, as far as it is known: a body that is seen in one piece is matched without a copy */
	uint64_t given;
	bool ended; /* the last piece was seen */
};

struct silt_source silt_pulled_body(struct silt_pulled_body *body);

#endif
