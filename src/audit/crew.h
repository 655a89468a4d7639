/*
 * The crew: threads that survey layers of a file side by side, while the bundle around them is read on.
 *
 * A layer is a job: a run of bytes of a file, which needs nothing of any other. The largest that waits is taken first, and
 * a layer that is alone is surveyed in stages, so that the last one leaves no processor idle.
 */
#ifndef SILT_AUDIT_CREW_H
#define SILT_AUDIT_CREW_H

#include "layer/survey_known.h"

struct silt_crew;

/* What is known of layers beforehand, and whether names of blobs are believed. */
struct silt_layer_cache {
	struct silt_record_cache records;
	bool trust;
};

/* A layer to be surveyed. */
struct silt_crew_job {
	struct silt_file_range range;
	bool owns_file;           /* it is closed when it has been read */
	uint32_t entry;           /* of the bundle */
	uint32_t record;          /* the number that its record will have */
	struct silt_digest named; /* what its name says of its digest */
	bool believed;            /* set by the survey: it was taken for that */
};

/* Layers that are done, and how far all of them are. */
struct silt_crew_progress {
	uint64_t layers, hits;
	uint64_t bytes; /* of the file */
};

/* Surveys a layer in this thread, or takes it from the cache. The file is closed if the job owns it. */
enum silt_status silt_survey_range(struct silt_crew_job *job, const struct silt_survey_wish *wish,
				   const struct silt_layer_cache *cache, struct silt_record **out,
				   struct silt_error *err);

/*
 * `jobs`: how many layers are read at the same time; no thread is started before there are layers. The wish holds for all
 * of them; what it borrows outlives the crew.
 */
enum silt_status silt_crew_new(const struct silt_survey_wish *wish, const struct silt_layer_cache *cache, unsigned jobs,
			       struct silt_crew **out, struct silt_error *err);

/* Ends what is at work, and frees the records that were not taken. */
void silt_crew_free(struct silt_crew *crew);

/* Adds a job, and takes its file if it owns it, also on failure. SILT_ERR_IO if no thread can be started at all. */
enum silt_status silt_crew_add(struct silt_crew *crew, const struct silt_crew_job *job, struct silt_error *err);

/* Called now and then in the thread that waits; false stops the crew. */
typedef bool silt_crew_fn(void *ctx, const struct silt_crew_progress *progress);

/* Waits until all jobs are done; none may be added any more. The first failure of a job, in their order, if one failed. */
enum silt_status silt_crew_wait(struct silt_crew *crew, silt_crew_fn *fn, void *ctx, struct silt_error *err);

/* The job of this number, from 0, and its record, which becomes the caller's. False: there are no more jobs. */
bool silt_crew_take(struct silt_crew *crew, size_t number, struct silt_crew_job *job, struct silt_record **record);

#endif
