/*
 * The survey of one layer: one pass over its bytes, and a layer record at the end.
 */
#ifndef SILT_LAYER_SURVEY_H
#define SILT_LAYER_SURVEY_H

#include "base/json.h"
#include "base/pulse.h"
#include "base/shared_use.h"
#include "layer/record.h"
#include "stream/tar.h"

struct silt_survey;
struct silt_spare_searches;

/* What is asked of a survey. */
struct silt_survey_wish {
	const struct silt_matcher *matcher;  /* borrows; NULL: nothing is searched, opened or judged, entries are all */
	const struct silt_limits *limits;    /* borrows; NULL: the defaults */
	struct silt_shared_use *entry_bytes; /* borrows: of memory for entries of all layers; NULL: nobody counts */
	struct silt_shared_use *total;       /* borrows: bytes decompressed of all layers; NULL: nobody counts */
	bool keep_secrets;                   /* the values themselves, in the hits */
	bool digests;                        /* the digest of every body, too */
	const struct silt_bytes *keep_names; /* borrows; without a matcher: bodies of these names (kept.h) */
	size_t keep_name_count;
	struct silt_spare_searches *spare; /* for this matcher and these limits; outlives the survey. NULL: none */
	struct silt_pulse pulse;           /* beats with each piece of bytes, in the thread that looks at it */
	bool staged;                       /* a layer may take two more threads; the record is the same */
};

/* Starts a record. */
enum silt_status silt_survey_new(const struct silt_survey_wish *wish, struct silt_survey **out, struct silt_error *err);
void silt_survey_free(struct silt_survey *survey);

/* The next event of the tar of this layer, in order. */
enum silt_status silt_survey_event(struct silt_survey *survey, const struct silt_tar_event *event,
				   struct silt_error *err);

/*
 * Reads the body of the entry that came last, all of it, in the place of its DATA events, and opens it if it is an
 * archive. `size`: its bytes as far as they are known beforehand, else UINT64_MAX. Bodies that are pushed as DATA are
 * matched, but not opened: those with holes are no run of bytes.
 */
enum silt_status silt_survey_body(struct silt_survey *survey, struct silt_source body, uint64_t size,
				  struct silt_error *err);

/* Index of the entry that the last ENTRY event added; UINT32_MAX if it was left out (limits). */
uint32_t silt_survey_entry(const struct silt_survey *survey);

/* An aside of the compression of this layer's blob (a silt_aside_fn with the survey as ctx). */
enum silt_status silt_survey_aside(void *survey, enum silt_aside aside, uint64_t offset, bool start, bool end,
				   struct silt_bytes bytes, struct silt_error *err);

/* How the decompression of this layer's blob went. Records damage. */
enum silt_status silt_survey_inflated(struct silt_survey *survey, const struct silt_inflate_report *report,
				      struct silt_error *err);

/* Scans every string of a JSON document, keys and values, as fields. */
enum silt_status silt_survey_document(struct silt_survey *survey, const struct silt_json *document,
				      struct silt_error *err);

/* The record as it has grown so far; arrays move when it grows. */
const struct silt_record *silt_survey_record(const struct silt_survey *survey);

/* Records an anomaly of the present entry that only the caller can see. `limit`: which was reached, if one was. */
enum silt_status silt_survey_anomaly(struct silt_survey *survey, enum silt_anomaly_kind kind, enum silt_limit_id limit,
				     struct silt_error *err, const char *text);

/* Records that nobody waited for what comes behind byte `offset` of the tar. */
enum silt_status silt_survey_given_up(struct silt_survey *survey, uint64_t offset, struct silt_error *err);

/* The record so far becomes the caller's; the survey must not be used again but for free. */
enum silt_status silt_survey_end(struct silt_survey *survey, struct silt_record **out, struct silt_error *err);

/*
 * Surveys a whole layer blob as stored: inflates it, hashes both forms, reads the tar, matches every byte. The whole
 * of `blob` is read. Damage is in the record.
 */
enum silt_status silt_survey_layer(struct silt_source blob, const struct silt_survey_wish *wish,
				   struct silt_record **out, struct silt_error *err);

#endif
