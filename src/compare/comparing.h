/* A comparison while it is made: what the compare_*.c share. */
#ifndef SILT_COMPARE_COMPARING_H
#define SILT_COMPARE_COMPARING_H

#include "audit/line_matches.h"
#include "audit/result.h"
#include "base/arena.h"
#include "silt/compare.h"

struct silt_comparing {
	struct silt_comparison out;
	struct silt_arena arena; /* of all that it points to, but what the results have */
	/*
	 * Owns. What is cut out of texts: all that rules find, and every secret of OLD. The texts of OLD, made before these
	 * were known, need it, too.
	 */
	struct silt_line_matches matches;
	size_t files_max;
	struct silt_error *err;
};

/* A text of one of the results without secrets. NULL: memory ran out. */
const char *silt_compare_masked(struct silt_comparing *comparing, const char *text);

/* The images and gaps of OLD with such texts, for whoever reads the comparison. */
enum silt_status silt_compare_mask(struct silt_comparing *comparing);

/* A layer of OLD with such texts. NULL: memory ran out. */
const struct silt_layer *silt_compare_masked_layer(struct silt_comparing *comparing, const struct silt_layer *layer);

/* A finding of OLD with such texts. NULL: memory ran out. */
const struct silt_finding *silt_compare_masked_finding(struct silt_comparing *comparing,
						       const struct silt_finding *finding);

/* Every secret of OLD, and whether it is in NEW. */
enum silt_status silt_compare_secrets(struct silt_comparing *comparing);

/* Findings by fingerprint. */
enum silt_status silt_compare_findings(struct silt_comparing *comparing);

/* Which image is compared with which: the pairs, and those that have no partner. */
enum silt_status silt_compare_pairs(struct silt_comparing *comparing, struct silt_compared_image **pairs);

/* The parts of one pair. */
enum silt_status silt_compare_layers(struct silt_comparing *comparing, struct silt_compared_image *pair);
enum silt_status silt_compare_files(struct silt_comparing *comparing, struct silt_compared_image *pair);
enum silt_status silt_compare_configs(struct silt_comparing *comparing, struct silt_compared_image *pair);
enum silt_status silt_compare_packages(struct silt_comparing *comparing, struct silt_compared_image *pair);

/* The images of a pair as they were audited. */
static inline const struct silt_audited_image *silt_compared_before(const struct silt_comparing *comparing,
								    const struct silt_compared_image *pair)
{
	return &comparing->out.before->result->audited[pair->before_index];
}

static inline const struct silt_audited_image *silt_compared_after(const struct silt_comparing *comparing,
								   const struct silt_compared_image *pair)
{
	return &comparing->out.after->result->audited[pair->after_index];
}

#endif
