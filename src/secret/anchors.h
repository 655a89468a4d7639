/*
 * The anchors of all rules as one set of literals: each literal once, with the rules it is an anchor of.
 */
#ifndef SILT_SECRET_ANCHORS_H
#define SILT_SECRET_ANCHORS_H

#include "base/attributes.h"
#include "secret/literals.h"
#include "secret/rule.h"

/* The rules that a literal concerns: `count` places from `first` on in the anchors' `rules`. */
struct silt_fan {
	uint32_t length; /* of the literal */
	uint32_t first, count;
};

struct silt_anchors {
	struct silt_literal *literals; /* owns; sorted, no two the same; the texts are the rules' */
	struct silt_fan *fans;         /* owns; one for each literal */
	size_t count;
	uint32_t *rules; /* owns; places of rules and signs, ascending for each literal */
};

/*
 * Literals that belong to no rule can be looked for at the same time: `signs`, whose places come behind those of the
 * rules: `count` is the first. False if memory ran out; done is due all the same.
 */
bool silt_anchors_init(struct silt_anchors *anchors, const struct silt_rule *rules, size_t count,
		       const struct silt_literal *signs, size_t sign_count) SILT_MUST_USE;
void silt_anchors_done(struct silt_anchors *anchors);

#endif
