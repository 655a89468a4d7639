/*
 * Taking in the body of one member of a bundle, by what its content is.
 */
#ifndef SILT_AUDIT_BODY_H
#define SILT_AUDIT_BODY_H

#include "audit/crew.h"
#include "audit/result.h"
#include "layer/lanes.h"
#include "layer/survey.h"

/* Who takes bodies in. All but the searches and the crew is borrowed. */
struct silt_taker {
	struct silt_survey_wish wish;
	struct silt_spare_searches searches; /* of the wish; owns */
	struct silt_result *result;          /* gets records and counts */
	struct silt_survey *outer;           /* the survey of the bundle: gets what is neither layer nor document */
	bool hash_plain;                     /* digests of other members are wanted */
	struct silt_shared_use entry_bytes;  /* of memory for the entries of all layers */
	uint64_t document_bytes;             /* kept so far */
	uint64_t document_tokens;            /* the same, in values and keys */
	struct silt_shared_use decompressed; /* bytes, of all members and archives in them */
	uint64_t layers, hits;               /* so far, for progress */
	/*
	 * Who surveys layers while the bundle is read on; NULL: nobody. `hand_over` gives it the body that is being taken, as
	 * a run of a file (`range` and `owns_file` of the job), and sees to it that nobody else has to read it; false: it
	 * must be read here.
	 */
	const struct silt_layer_cache *cache; /* borrows */
	unsigned jobs;                        /* threads that may be at work; 0 and 1: this one */
	struct silt_crew *crew;               /* owns */
	bool (*hand_over)(void *ctx, const struct silt_member *member, struct silt_crew_job *job);
	void *hand_over_ctx;
};

/* Lets `wish` be what all layers of the bundle are asked for, and makes the rest ready. Start with the rest zero. */
void silt_taker_begin(struct silt_taker *taker, const struct silt_survey_wish *wish, struct silt_result *result);
void silt_taker_done(struct silt_taker *taker);

/*
 * Reads all of `body`, of the entry that `outer` saw last, and completes `member`: kind, digests, record, document.
 * Damage is in the records.
 */
enum silt_status silt_take_body(struct silt_taker *to, struct silt_source body, struct silt_member *member,
				struct silt_error *err);

#endif
