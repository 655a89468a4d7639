/*
 * Taking in the body of one member of a bundle, by what its content is.
 */
#ifndef SILT_AUDIT_BODY_H
#define SILT_AUDIT_BODY_H

#include "audit/result.h"
#include "layer/lanes.h"
#include "layer/survey.h"

/* Who takes bodies in. All but the searches is borrowed. */
struct silt_taker {
	struct silt_survey_wish wish;
	struct silt_spare_searches searches; /* of the wish; owns */
	struct silt_result *result;          /* gets records and counts */
	struct silt_survey *outer;           /* the survey of the bundle: gets what is neither layer nor document */
	bool hash_plain;                     /* digests of other members are wanted */
	uint64_t entry_bytes;                /* of memory for the entries of all layers */
	uint64_t document_bytes;             /* kept so far */
	uint64_t document_tokens;            /* the same, in values and keys */
	uint64_t decompressed;               /* bytes, of all members and archives in them */
	uint64_t decoders;                   /* bytes of memory that decoders hold */
	uint64_t layers, hits;               /* so far, for progress */
};

/*
 * Reads all of `body`, of the entry that `outer` saw last, and completes `member`: kind, digests, record, document.
 * Damage is in the records.
 */
enum silt_status silt_take_body(struct silt_taker *to, struct silt_source body, struct silt_member *member,
				struct silt_error *err);

#endif
