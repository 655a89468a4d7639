/*
 * Oddities of archives, each kind one finding with all its places.
 */
#ifndef SILT_AUDIT_INTEGRITY_H
#define SILT_AUDIT_INTEGRITY_H

#include "audit/findings.h"
#include "audit/sighting.h"

/* A kind of oddity. */
struct silt_oddity {
	const char *rule;
	const char *title;  /* NULL: that of the catalogue */
	const char *what;   /* tells kinds of one rule apart */
	const char *remedy; /* likewise */
	enum silt_severity severity;
};

/* The places of one kind. A zeroed struct has none. At most SILT_ANOMALIES_PER_KIND_MAX are kept, all are counted. */
struct silt_odd_places {
	struct silt_sighting *kept; /* owns */
	size_t count, capacity;
	uint64_t total;
};

/* True if no more places are kept: counting the next one is enough. */
bool silt_odd_is_full(const struct silt_odd_places *places);

/* Adds a place. The sighting's note says what is odd there. */
enum silt_status silt_odd_add(struct silt_odd_places *places, const struct silt_sighting *sighting,
			      struct silt_error *err);

/*
 * Makes a finding of the places, unless there are none, and forgets them. Its identity is the kind and the set of
 * paths and members: a new one makes another finding, so that one accepted before does not hide it.
 */
enum silt_status silt_odd_report(struct silt_odd_places *places, const struct silt_oddity *oddity,
				 const struct silt_context *context, struct silt_findings *findings,
				 struct silt_error *err);

void silt_odd_done(struct silt_odd_places *places);

/* Anomalies of records. */
enum silt_status silt_integrity_of_records(const struct silt_context *context, struct silt_findings *findings,
					   struct silt_error *err);

/* What the stack of layers shows: notes of the rootfs, files twice in a layer, odd names, history that does not fit. */
enum silt_status silt_integrity_of_images(const struct silt_context *context, struct silt_findings *findings,
					  struct silt_error *err);

/* Times of the future, and histories that go back in time. */
enum silt_status silt_integrity_of_times(const struct silt_context *context, struct silt_findings *findings,
					 struct silt_error *err);

/* Images that do not say what they were built from. */
enum silt_status silt_integrity_of_provenance(const struct silt_context *context, struct silt_findings *findings,
					      struct silt_error *err);

/* What the documents of the bundle claim against what it holds. */
enum silt_status silt_integrity_of_bundle(const struct silt_context *context, struct silt_findings *findings,
					  struct silt_error *err);

#endif
