/* Threads that survey layers. */
#include "audit/crew.h"

#include "base/secure.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	/* Bytes after which whoever waits is told that there is progress. */
	NEWS_BYTES = 1024 * 1024,
	/* Jobs with a file of their own that may wait: descriptors are few. */
	FILES_WAITING_MAX = 16,
};

struct job {
	struct silt_crew_job of;
	bool taken, ended;
	struct silt_record *record; /* owns until it is handed out; NULL: not done, or failed */
	enum silt_status status;
	struct silt_error err;
};

struct silt_crew {
	struct silt_survey_wish wish;
	const struct silt_layer_cache *cache; /* borrows */
	unsigned jobs_max;
	pthread_t *threads; /* owns */
	unsigned thread_count;

	pthread_mutex_t lock; /* of what follows, but for the atomics */
	pthread_cond_t work;  /* for the crew: there is a job, or the end */
	pthread_cond_t news;  /* for who waits: a job is done, or has got on */
	struct job **jobs;    /* owns; in order */
	size_t job_count, job_capacity;
	size_t waiting, files_waiting, done;
	bool closed; /* no more jobs come */
	bool told;   /* there are news */
	struct silt_crew_progress progress;

	_Atomic uint64_t bytes;
	_Atomic bool stopped;
};

enum silt_status silt_crew_new(const struct silt_survey_wish *wish, const struct silt_layer_cache *cache, unsigned jobs,
			       struct silt_crew **out, struct silt_error *err)
{
	struct silt_crew *crew = calloc(1, sizeof(*crew));
	pthread_t *threads = calloc(jobs, sizeof(*threads));
	if (!crew || !threads) {
		free(crew);
		free(threads);
		return silt_fail_memory(err);
	}
	crew->wish = *wish;
	crew->cache = cache;
	crew->jobs_max = jobs;
	crew->threads = threads;
	pthread_mutex_init(&crew->lock, NULL);
	pthread_cond_init(&crew->work, NULL);
	pthread_cond_init(&crew->news, NULL);
	*out = crew;
	return SILT_OK;
}

/* ---- News ---------------------------------------------------------------------------------------------------------- */

/* With the lock held. */
static void tell(struct silt_crew *crew)
{
	crew->told = true;
	pthread_cond_signal(&crew->news);
}

/* The bytes of one job, as the survey reads them: counted, and ended when the crew is stopped. */
struct watched {
	struct silt_crew *crew;
	struct silt_source inner;
	bool again; /* they were counted before */
};

static enum silt_status count(const struct watched *watched, size_t len, struct silt_error *err)
{
	struct silt_crew *crew = watched->crew;
	len = watched->again ? 0 : len;
	const uint64_t before = atomic_fetch_add(&crew->bytes, len);
	if (before / NEWS_BYTES != (before + len) / NEWS_BYTES) {
		pthread_mutex_lock(&crew->lock);
		tell(crew);
		pthread_mutex_unlock(&crew->lock);
	}
	return atomic_load(&crew->stopped) ? silt_fail(err, SILT_ERR_STOPPED, "stopped by the caller") : SILT_OK;
}

static enum silt_status watched_next(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct watched *watched = ctx;
	enum silt_status status = silt_source_next(watched->inner, block, err);
	return status == SILT_OK ? count(watched, block->len, err) : status;
}

static enum silt_status watched_fill(void *ctx, uint8_t *room, size_t *len, struct silt_error *err)
{
	struct watched *watched = ctx;
	enum silt_status status = watched->inner.fill(watched->inner.ctx, room, len, err);
	return status == SILT_OK ? count(watched, *len, err) : status;
}

/* ---- The work ------------------------------------------------------------------------------------------------------ */

/* The run of a file that a layer is; the crew watches its own. */
struct reading {
	struct silt_file_range range;
	struct silt_fd_source *file; /* owns */
	struct watched watched;
};

static enum silt_status open_range(void *ctx, bool again, struct silt_source *out, struct silt_error *err)
{
	struct reading *reading = ctx;
	silt_fd_source_free(reading->file);
	reading->file = NULL;
	enum silt_status status = silt_range_source_new(reading->range, &reading->file, err);
	if (status != SILT_OK) {
		return status;
	}
	*out = silt_fd_source(reading->file);
	if (reading->watched.crew) {
		reading->watched.inner = *out;
		reading->watched.again = again;
		*out = (struct silt_source){watched_next, &reading->watched, watched_fill};
	}
	return SILT_OK;
}

static enum silt_status survey_range(struct silt_crew *crew, struct silt_crew_job *job, const struct silt_record *twin,
				     const struct silt_survey_wish *wish, const struct silt_layer_cache *cache,
				     struct silt_record **out, struct silt_error *err)
{
	struct reading reading = {.range = job->range, .watched.crew = crew};
	const struct silt_known_blob blob = {.cache = &cache->records,
					     .open = open_range,
					     .ctx = &reading,
					     .bytes = job->range.size,
					     .named = job->named.known ? &job->named : NULL,
					     .trust = cache->trust,
					     .twin = twin,
					     .matcher = wish->matcher};
	const enum silt_status status = silt_survey_known(&blob, wish, out, &job->believed, err);
	silt_fd_source_free(reading.file);
	if (job->owns_file) {
		close(job->range.fd);
	}
	return status;
}

enum silt_status silt_survey_range(struct silt_crew_job *job, const struct silt_survey_wish *wish,
				   const struct silt_layer_cache *cache, struct silt_record **out,
				   struct silt_error *err)
{
	return survey_range(NULL, job, NULL, wish, cache, out, err);
}

/*
 * The record of the first job of the same size, once that has ended, since both may be the same layer. It was taken
 * before: of jobs of one size the first is.
 */
static const struct silt_record *wait_for_twin(struct silt_crew *crew, const struct job *job)
{
	const struct job *twin = NULL;
	pthread_mutex_lock(&crew->lock);
	for (size_t i = 0; !twin; i++) {
		twin = crew->jobs[i]->of.range.size == job->of.range.size ? crew->jobs[i] : NULL;
	}
	while (twin != job && !twin->ended) {
		pthread_cond_wait(&crew->work, &crew->lock);
	}
	pthread_mutex_unlock(&crew->lock);
	return twin != job ? twin->record : NULL;
}

static enum silt_status survey(struct silt_crew *crew, struct job *job, bool staged)
{
	struct silt_survey_wish wish = crew->wish;
	wish.staged = staged;
	return survey_range(crew, &job->of, wait_for_twin(crew, job), &wish, crew->cache, &job->record, &job->err);
}

static struct job *largest_waiting(const struct silt_crew *crew)
{
	struct job *largest = NULL;
	for (size_t i = 0; i < crew->job_count; i++) {
		struct job *job = crew->jobs[i];
		if (!job->taken && (!largest || job->of.range.size > largest->of.range.size)) {
			largest = job;
		}
	}
	return largest;
}

/*
 * The next job, with the lock held; NULL at the end. As long as more may come, one is left: whether a layer is the last,
 * and so is to be surveyed in stages, shows only then.
 */
static struct job *take_job(struct silt_crew *crew, bool *staged)
{
	while (!crew->closed && crew->waiting < 2) {
		pthread_cond_wait(&crew->work, &crew->lock);
	}
	struct job *job = largest_waiting(crew);
	if (job) {
		job->taken = true;
		crew->waiting--;
		crew->files_waiting -= job->of.owns_file;
		*staged = crew->waiting == 0 || crew->job_count - crew->done < crew->jobs_max;
		pthread_cond_broadcast(&crew->work);
	}
	return job;
}

/* With the lock held. What fails stops the others: there will be no result. */
static void end_job(struct silt_crew *crew, struct job *job, enum silt_status status)
{
	job->status = status;
	job->ended = true;
	crew->done++;
	pthread_cond_broadcast(&crew->work);
	if (status == SILT_OK) {
		crew->progress.layers++;
		crew->progress.hits += job->record->hit_count;
	} else {
		atomic_store(&crew->stopped, true);
	}
	tell(crew);
}

static void *be_of_the_crew(void *ctx)
{
	struct silt_crew *crew = ctx;
	bool staged;
	pthread_mutex_lock(&crew->lock);
	for (struct job *job = take_job(crew, &staged); job; job = take_job(crew, &staged)) {
		pthread_mutex_unlock(&crew->lock);
		const enum silt_status status = survey(crew, job, staged);
		pthread_mutex_lock(&crew->lock);
		end_job(crew, job, status);
	}
	pthread_mutex_unlock(&crew->lock);
	silt_wipe_stack();
	return NULL;
}

/* ---- Jobs ---------------------------------------------------------------------------------------------------------- */

static enum silt_status append(struct silt_crew *crew, const struct silt_crew_job *of, struct silt_error *err)
{
	struct job *job = calloc(1, sizeof(*job));
	if (!job || !silt_grow((void **)&crew->jobs, crew->job_count, &crew->job_capacity, sizeof(struct job *))) {
		free(job);
		return silt_fail_memory(err);
	}
	job->of = *of;
	crew->jobs[crew->job_count++] = job;
	crew->waiting++;
	crew->files_waiting += of->owns_file;
	pthread_cond_broadcast(&crew->work);
	return SILT_OK;
}

/* One more thread, if there is work for it. The first is needed; without the others it takes longer. */
static enum silt_status hire(struct silt_crew *crew, struct silt_error *err)
{
	if (crew->thread_count == crew->jobs_max || crew->thread_count == crew->job_count) {
		return SILT_OK;
	}
	const int failure = pthread_create(&crew->threads[crew->thread_count], NULL, be_of_the_crew, crew);
	crew->thread_count += failure == 0;
	return crew->thread_count > 0 ? SILT_OK
				      : silt_fail(err, SILT_ERR_IO, "cannot start a thread: %s (--jobs 1 needs none)",
						  strerrordesc_np(failure));
}

enum silt_status silt_crew_add(struct silt_crew *crew, const struct silt_crew_job *job, struct silt_error *err)
{
	assert(!crew->closed);
	pthread_mutex_lock(&crew->lock);
	while (crew->files_waiting >= FILES_WAITING_MAX) {
		pthread_cond_wait(&crew->work, &crew->lock);
	}
	enum silt_status status = append(crew, job, err);
	if (status == SILT_OK) {
		status = hire(crew, err);
	} else if (job->owns_file) {
		close(job->range.fd);
	}
	pthread_mutex_unlock(&crew->lock);
	return status;
}

static void close_crew(struct silt_crew *crew)
{
	crew->closed = true;
	pthread_cond_broadcast(&crew->work);
}

/* Tells how far it is, without the lock, since what is called may take its time. */
static void report(struct silt_crew *crew, silt_crew_fn *fn, void *ctx)
{
	struct silt_crew_progress progress = crew->progress;
	progress.bytes = atomic_load(&crew->bytes);
	crew->told = false;
	pthread_mutex_unlock(&crew->lock);
	if (!fn(ctx, &progress)) {
		atomic_store(&crew->stopped, true);
	}
	pthread_mutex_lock(&crew->lock);
}

/* The first failure that is a reason: the jobs that it stopped have failed, too. */
static enum silt_status first_failure(const struct silt_crew *crew, struct silt_error *err)
{
	const struct job *first = NULL;
	for (size_t i = 0; i < crew->job_count; i++) {
		const struct job *job = crew->jobs[i];
		bool worse = job->status != SILT_OK && (!first || first->status == SILT_ERR_STOPPED);
		first = worse ? job : first;
	}
	return first ? silt_fail(err, first->status, "%s", first->err.text) : SILT_OK;
}

enum silt_status silt_crew_wait(struct silt_crew *crew, silt_crew_fn *fn, void *ctx, struct silt_error *err)
{
	pthread_mutex_lock(&crew->lock);
	close_crew(crew);
	while (crew->done < crew->job_count) {
		while (!crew->told) {
			pthread_cond_wait(&crew->news, &crew->lock);
		}
		report(crew, fn, ctx);
	}
	enum silt_status status = first_failure(crew, err);
	if (status == SILT_OK && atomic_load(&crew->stopped)) { /* when all was done */
		status = silt_fail(err, SILT_ERR_STOPPED, "stopped by the caller");
	}
	pthread_mutex_unlock(&crew->lock);
	return status;
}

bool silt_crew_take(struct silt_crew *crew, size_t number, struct silt_crew_job *job, struct silt_record **record)
{
	if (number >= crew->job_count) {
		return false;
	}
	*job = crew->jobs[number]->of;
	*record = crew->jobs[number]->record;
	crew->jobs[number]->record = NULL;
	return true;
}

void silt_crew_free(struct silt_crew *crew)
{
	if (!crew) {
		return;
	}
	atomic_store(&crew->stopped, true);
	pthread_mutex_lock(&crew->lock);
	close_crew(crew);
	pthread_mutex_unlock(&crew->lock);
	for (unsigned i = 0; i < crew->thread_count; i++) {
		pthread_join(crew->threads[i], NULL);
	}
	for (size_t i = 0; i < crew->job_count; i++) {
		if (crew->jobs[i]->of.owns_file && !crew->jobs[i]->taken) {
			close(crew->jobs[i]->of.range.fd);
		}
		silt_record_free(crew->jobs[i]->record);
		free(crew->jobs[i]);
	}
	pthread_cond_destroy(&crew->news);
	pthread_cond_destroy(&crew->work);
	pthread_mutex_destroy(&crew->lock);
	free(crew->jobs);
	free(crew->threads);
	free(crew);
}
