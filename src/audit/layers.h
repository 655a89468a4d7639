/*
 * The layers of a bundle, whoever surveys them. Inside the reading of a bundle (intake.h, body.h).
 */
#ifndef SILT_AUDIT_LAYERS_H
#define SILT_AUDIT_LAYERS_H

#include "audit/body.h"

/* Adds a record, or room for one that comes later (NULL); `*number` is its own. A record is taken, also on failure. */
enum silt_status silt_add_record(struct silt_result *result, struct silt_record *record, uint32_t *number,
				 struct silt_error *err);

/*
 * Takes in the layer that `blob` is, whole. What the crew gets has no more of `member` completed than its kind and the
 * number of its record: the rest follows in silt_take_crew.
 */
enum silt_status silt_take_layer(struct silt_taker *to, struct silt_source blob, struct silt_member *member,
				 struct silt_error *err);

/* Waits for the crew, and completes the members that it had, which are in the inventory. */
enum silt_status silt_take_crew(struct silt_taker *to, silt_crew_fn *fn, void *ctx, struct silt_error *err);

/*
 * True if layers were read side by side and reached a limit that they share: which of them it was depends on chance, so
 * the bundle must be read again, one after the other.
 */
bool silt_taker_was_short(const struct silt_taker *taker);

#endif
