/* The cache: what is found again, who waits for whom, and what becomes of a cache that was damaged or is not private. */
#include "layer/record_cache.h"
#include "layer/record_pack.h"
#include "secret/matcher.h"
#include "support/tar_writer.h"
#include "unit/layer/cache_kit.h"
#include "unit/layer/same_record.h"
#include "unit/layer/survey_kit.h"
#include "unit/stream/compress.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct silt_cache_use use_of(struct silt_cache *cache)
{
	struct silt_cache_use use;
	silt_cache_used(cache, &use);
	return use;
}

/* An audit that uses it. */
struct audit {
	struct silt_cache *cache;
	struct silt_cache_access access;
	struct silt_record_cache records;
};

static void begin(struct audit *audit, const struct place *place, const struct silt_matcher *rules,
		  const struct silt_limits *limits)
{
	struct silt_error err = {0};
	audit->cache = open_cache(place);
	audit->access = silt_cache_access(audit->cache);
	assert_int_equal(silt_record_cache_init(&audit->records, &audit->access, rules, limits, &err), SILT_OK);
}

/* ---- A layer --------------------------------------------------------------------------------------------------------- */

static struct silt_bytes layer_text(struct tar_writer *w, const char *text)
{
	tar_text(w, "etc/motd", 0644, text);
	tar_text(w, "app/.env", 0600, "AWS_ACCESS_KEY_ID=" KEY_ID "\n");
	tar_end(w);
	return tar_bytes(w);
}

static struct silt_layer_blob blob_of(const struct silt_record *record)
{
	return (struct silt_layer_blob){record->digest, record->blob_bytes, record->compression};
}

static struct silt_record *find(const struct audit *audit, const struct silt_layer_blob *blob)
{
	struct silt_record *record = NULL;
	struct silt_error err = {0};
	assert_int_equal(silt_cache_find(&audit->records, blob, (struct silt_pulse){0}, &record, &err), SILT_OK);
	return record;
}

static void keep(const struct audit *audit, const struct silt_record *record)
{
	const struct silt_layer_blob blob = blob_of(record);
	struct silt_error err = {0};
	assert_int_equal(silt_cache_keep(&audit->records, &blob, record, &err), SILT_OK);
}

/* Finds nothing, and keeps the record. */
static void miss_and_keep(const struct audit *audit, const struct silt_record *record)
{
	const struct silt_layer_blob blob = blob_of(record);
	assert_null(find(audit, &blob));
	keep(audit, record);
}

static bool is_found(const struct audit *audit, const struct silt_record *like)
{
	const struct silt_layer_blob blob = blob_of(like);
	struct silt_record *record = find(audit, &blob);
	if (!record) {
		silt_cache_release(&audit->records, &blob);
		return false;
	}
	assert_same_record(like, record);
	silt_record_free(record);
	return true;
}

struct layer {
	struct tar_writer w;
	struct silt_buffer gzip;
	struct silt_record *plain, *packed;
};

static struct layer make_layer(const char *text)
{
	struct layer layer = {0};
	const struct silt_bytes tar = layer_text(&layer.w, text);
	add_gzip(&layer.gzip, tar, &(struct gzip_fields){.comment = "a comment"});
	layer.plain = survey_blob(tar);
	layer.packed = survey_blob(silt_buffer_bytes(&layer.gzip));
	return layer;
}

static void layer_done(struct layer *layer)
{
	silt_record_free(layer->plain);
	silt_record_free(layer->packed);
	silt_buffer_done(&layer->gzip);
	tar_done(&layer->w);
}

/* ---- Finding --------------------------------------------------------------------------------------------------------- */

static void what_was_kept_is_found_by_the_next_audit(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct layer layer = make_layer("hello");
	struct audit first, second;
	begin(&first, &place, matcher, NULL);
	miss_and_keep(&first, layer.plain);
	assert_true(is_found(&first, layer.plain));
	silt_cache_close(first.cache);
	begin(&second, &place, matcher, NULL);
	assert_true(is_found(&second, layer.plain));
	assert_int_equal(use_of(second.cache).bad, 0);
	silt_cache_close(second.cache);
	layer_done(&layer);
	remove_place(&place);
}

static void a_compressed_blob_is_found_by_its_own_digest_and_serves_the_plain_layer(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct layer layer = make_layer("hello");
	struct audit audit;
	begin(&audit, &place, matcher, NULL);
	miss_and_keep(&audit, layer.packed);
	assert_true(is_found(&audit, layer.packed));
	assert_true(is_found(&audit, layer.plain));
	silt_cache_close(audit.cache);
	layer_done(&layer);
	remove_place(&place);
}

static void a_plain_layer_says_nothing_of_a_blob_that_is_compressed(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct layer layer = make_layer("hello");
	struct audit audit;
	begin(&audit, &place, matcher, NULL);
	miss_and_keep(&audit, layer.plain);
	assert_false(is_found(&audit, layer.packed));
	silt_cache_close(audit.cache);
	layer_done(&layer);
	remove_place(&place);
}

static void a_blob_of_another_size_or_compression_is_another_one(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct layer layer = make_layer("hello");
	struct audit audit;
	begin(&audit, &place, matcher, NULL);
	miss_and_keep(&audit, layer.packed);
	struct silt_layer_blob larger = blob_of(layer.packed), other = larger, any = larger;
	larger.bytes++;
	other.compression = SILT_COMPRESSION_ZSTD;
	any.bytes = UINT64_MAX;
	assert_null(find(&audit, &larger));
	silt_cache_release(&audit.records, &larger);
	assert_null(find(&audit, &other));
	silt_cache_release(&audit.records, &other);
	struct silt_record *found = find(&audit, &any);
	assert_non_null(found);
	silt_record_free(found);
	silt_cache_close(audit.cache);
	layer_done(&layer);
	remove_place(&place);
}

static void other_rules_and_other_limits_are_other_keys(void **state)
{
	(void)state;
	static const struct silt_bytes anchors[] = {SILT_LITERAL_INIT("zzzzzz"), {NULL, 0}};
	static const struct silt_rule rules[] = {{.id = "a", .anchors = anchors, .pattern = "zzzzzz", .reach = 6},
						 {.id = "a", .anchors = anchors, .pattern = "zzzzzz", .reach = 7}};
	const struct place place = make_place();
	struct silt_matcher *matchers[2] = {NULL, NULL};
	struct audit audits[4];
	struct silt_error err = {0};
	struct silt_limits limits = *silt_limits_or_default(NULL);
	limits.value[SILT_LIMIT_ENTRIES]--;
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(silt_matcher_new_of(&rules[i], 1, &matchers[i], &err), SILT_OK);
		begin(&audits[i], &place, matchers[i], NULL);
	}
	begin(&audits[2], &place, matcher, NULL);
	begin(&audits[3], &place, matcher, &limits);
	for (size_t a = 0; a < SILT_COUNT(audits); a++) {
		for (size_t b = 0; b < a; b++) {
			assert_memory_not_equal(audits[a].records.circumstances, audits[b].records.circumstances,
						sizeof(audits[a].records.circumstances));
		}
	}
	for (size_t i = 0; i < SILT_COUNT(audits); i++) {
		silt_cache_close(audits[i].cache);
	}
	silt_matcher_free(matchers[0]);
	silt_matcher_free(matchers[1]);
	remove_place(&place);
}

static void what_may_not_be_kept_is_not(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct tar_writer w = {0};
	struct audit audit;
	tar_text(&w, "srv/" KEY_ID, 0644, "x");
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	begin(&audit, &place, matcher, NULL);
	miss_and_keep(&audit, record);
	assert_int_equal(use_of(audit.cache).kept, 0);
	assert_false(is_found(&audit, record));
	silt_cache_close(audit.cache);
	silt_record_free(record);
	tar_done(&w);
	remove_place(&place);
}

static void without_a_cache_every_find_is_a_miss(void **state)
{
	(void)state;
	struct layer layer = make_layer("hello");
	struct audit audit = {0};
	struct silt_error err = {0};
	assert_int_equal(silt_record_cache_init(&audit.records, NULL, matcher, NULL, &err), SILT_OK);
	miss_and_keep(&audit, layer.plain);
	assert_false(is_found(&audit, layer.plain));
	layer_done(&layer);
}

/* ---- Several at once ------------------------------------------------------------------------------------------------- */

static void one_surveys_a_layer_while_another_process_waits(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct layer layer = make_layer("hello");
	const struct silt_layer_blob blob = blob_of(layer.packed);
	int ready[2];
	assert_int_equal(pipe(ready), 0);
	const pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct audit audit;
		begin(&audit, &place, matcher, NULL);
		const bool missed = find(&audit, &blob) == NULL;
		(void)!write(ready[1], "x", 1);
		(void)usleep(200000);
		keep(&audit, layer.packed);
		silt_cache_close(audit.cache);
		_exit(missed ? 0 : 1);
	}
	char byte;
	assert_int_equal(read(ready[0], &byte, 1), 1);
	struct audit audit;
	begin(&audit, &place, matcher, NULL);
	struct silt_record *found = find(&audit, &blob);
	assert_non_null(found);
	assert_same_record(layer.packed, found);
	silt_record_free(found);
	silt_cache_close(audit.cache);
	int ended = 0;
	assert_int_equal(waitpid(child, &ended, 0), child);
	assert_int_equal(ended, 0);
	(void)close(ready[0]);
	(void)close(ready[1]);
	layer_done(&layer);
	remove_place(&place);
}

static void the_claim_of_a_process_that_dies_is_free(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct layer layer = make_layer("hello");
	const struct silt_layer_blob blob = blob_of(layer.packed);
	silt_cache_close(open_cache(&place));
	const pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct audit audit;
		begin(&audit, &place, matcher, NULL);
		(void)find(&audit, &blob);
		(void)raise(SIGKILL);
	}
	int ended = 0;
	assert_int_equal(waitpid(child, &ended, 0), child);
	struct audit audit;
	begin(&audit, &place, matcher, NULL);
	miss_and_keep(&audit, layer.packed);
	silt_cache_close(audit.cache);
	layer_done(&layer);
	remove_place(&place);
}

struct worker {
	const struct audit *audit;
	const struct silt_record *like;
	pthread_mutex_t *mutex;
	unsigned *surveys;
};

static void *work(void *ctx)
{
	const struct worker *worker = ctx;
	const struct silt_layer_blob blob = blob_of(worker->like);
	struct silt_record *record = NULL;
	struct silt_error err = {0};
	if (silt_cache_find(&worker->audit->records, &blob, (struct silt_pulse){0}, &record, &err) != SILT_OK) {
		return NULL;
	}
	if (!record) {
		(void)usleep(50000);
		(void)pthread_mutex_lock(worker->mutex);
		(*worker->surveys)++;
		(void)pthread_mutex_unlock(worker->mutex);
		(void)silt_cache_keep(&worker->audit->records, &blob, worker->like, &err);
	}
	silt_record_free(record);
	return NULL;
}

static void one_thread_surveys_a_layer_for_all(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct layer layer = make_layer("hello");
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	pthread_t threads[6];
	unsigned surveys = 0;
	struct audit audit;
	begin(&audit, &place, matcher, NULL);
	struct worker worker = {&audit, layer.packed, &mutex, &surveys};
	for (size_t i = 0; i < SILT_COUNT(threads); i++) {
		assert_int_equal(pthread_create(&threads[i], NULL, work, &worker), 0);
	}
	for (size_t i = 0; i < SILT_COUNT(threads); i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	}
	assert_int_equal(surveys, 1);
	silt_cache_close(audit.cache);
	layer_done(&layer);
	remove_place(&place);
}

static void many_processes_can_make_a_cache_at_once(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct layer layer = make_layer("hello");
	pid_t children[8];
	for (size_t i = 0; i < SILT_COUNT(children); i++) {
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (children[i] == 0) {
			struct silt_cache *cache = NULL;
			struct silt_error err = {0};
			const unsigned char key[SILT_CACHE_KEY_SIZE] = {(unsigned char)i};
			const bool opened = silt_cache_open(place.folder, true, &cache, &err) == SILT_OK;
			if (opened) {
				const struct silt_cache_access access = silt_cache_access(cache);
				access.keep(access.ctx, SILT_CACHE_LAYER, key, "value", 5);
			}
			const bool kept = opened && use_of(cache).kept == 1;
			silt_cache_close(cache);
			_exit(kept ? 0 : 1);
		}
	}
	for (size_t i = 0; i < SILT_COUNT(children); i++) {
		int ended = 1;
		assert_int_equal(waitpid(children[i], &ended, 0), children[i]);
		assert_int_equal(ended, 0);
	}
	struct silt_cache *cache = open_cache(&place);
	struct silt_cache_stats stats;
	struct silt_error err = {0};
	assert_int_equal(silt_cache_measure(cache, &stats, &err), SILT_OK);
	assert_int_equal(stats.count[SILT_CACHE_LAYER], SILT_COUNT(children));
	silt_cache_close(cache);
	layer_done(&layer);
	remove_place(&place);
}

/* ---- Damage ---------------------------------------------------------------------------------------------------------- */

/* Overwrites `size` bytes at `at`. */
static void overwrite(const struct place *place, const char *name, off_t at, const char *bytes, size_t size)
{
	char path[160];
	path_in(place, name, path, sizeof(path));
	const int fd = open(path, O_WRONLY);
	assert_true(fd >= 0);
	assert_true(lseek(fd, at, SEEK_SET) == at);
	assert_int_equal(write(fd, bytes, size), size);
	assert_int_equal(close(fd), 0);
}

static void keep_one(const struct place *place, const struct layer *layer)
{
	struct audit audit;
	begin(&audit, place, matcher, NULL);
	miss_and_keep(&audit, layer->plain);
	silt_cache_close(audit.cache);
}

static bool has(struct silt_cache *cache, unsigned char number)
{
	const struct silt_cache_access access = silt_cache_access(cache);
	const unsigned char key[SILT_CACHE_KEY_SIZE] = {number};
	void *value = NULL;
	size_t size = 0;
	const bool found = access.find(access.ctx, SILT_CACHE_LAYER, key, &value, &size);
	free(value);
	return found;
}

enum { LARGE = 100000 };

static void keep_large(struct silt_cache *cache, unsigned char number)
{
	static const unsigned char value[LARGE];
	const struct silt_cache_access access = silt_cache_access(cache);
	const unsigned char key[SILT_CACHE_KEY_SIZE] = {number};
	access.keep(access.ctx, SILT_CACHE_LAYER, key, value, sizeof(value));
}

static void a_value_that_was_changed_is_a_miss_and_counted(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct silt_cache *cache = open_cache(&place);
	keep_large(cache, 1);
	assert_true(has(cache, 1));
	silt_cache_close(cache);
	overwrite(&place, "records.db", LARGE / 2, "changed!", 8); /* nearly all of the file is the value */
	cache = open_cache(&place);
	assert_false(has(cache, 1));
	assert_int_equal(use_of(cache).bad, 1);
	assert_false(has(cache, 1));
	assert_int_equal(use_of(cache).bad, 1); /* it is gone */
	silt_cache_close(cache);
	remove_place(&place);
}

static void a_value_under_another_key_or_of_another_kind_is_a_miss(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct silt_cache *cache = open_cache(&place);
	const struct silt_cache_access access = silt_cache_access(cache);
	const unsigned char one[SILT_CACHE_KEY_SIZE] = {1}, two[SILT_CACHE_KEY_SIZE] = {2};
	void *value = NULL;
	size_t size = 0;
	access.keep(access.ctx, SILT_CACHE_LAYER, one, "value", 5);
	assert_true(access.find(access.ctx, SILT_CACHE_LAYER, one, &value, &size));
	assert_int_equal(size, 5);
	assert_memory_equal(value, "value", 5);
	free(value);
	assert_false(access.find(access.ctx, SILT_CACHE_LAYER, two, &value, &size));
	assert_false(access.find(access.ctx, SILT_CACHE_BLOB, one, &value, &size));
	silt_cache_close(cache);
	remove_place(&place);
}

static void values_of_another_key_file_are_bad(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct layer layer = make_layer("hello");
	struct audit audit;
	char path[160];
	keep_one(&place, &layer);
	path_in(&place, "key", path, sizeof(path));
	assert_int_equal(unlink(path), 0);
	begin(&audit, &place, matcher, NULL);
	assert_false(is_found(&audit, layer.plain));
	assert_int_equal(use_of(audit.cache).bad, 1);
	keep(&audit, layer.plain);
	assert_true(is_found(&audit, layer.plain));
	silt_cache_close(audit.cache);
	layer_done(&layer);
	remove_place(&place);
}

/* A cache that gives something else, as one would that a process wrote to which had been taken over. */
struct liar {
	struct silt_cache_access honest;
	const char *answer;
};

static bool lie(void *ctx, enum silt_cache_kind kind, const unsigned char *key, void **value, size_t *size)
{
	const struct liar *liar = ctx;
	(void)kind;
	(void)key;
	*size = strlen(liar->answer);
	*value = strdup(liar->answer);
	return true;
}

static void refuse_for(void *ctx, enum silt_cache_kind kind, const unsigned char *key)
{
	const struct liar *liar = ctx;
	liar->honest.refuse(liar->honest.ctx, kind, key);
}

static bool claim_for(void *ctx, const unsigned char *key)
{
	const struct liar *liar = ctx;
	return liar->honest.claim(liar->honest.ctx, key);
}

static void a_sealed_value_that_is_no_record_is_refused_and_counted(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct layer layer = make_layer("hello");
	struct audit audit;
	begin(&audit, &place, matcher, NULL);
	struct liar liar = {audit.access, "no record"};
	audit.access = (struct silt_cache_access){&liar, lie, claim_for, NULL, NULL, refuse_for};
	const struct silt_layer_blob plain = blob_of(layer.plain), packed = blob_of(layer.packed);
	assert_null(find(&audit, &plain));
	assert_null(find(&audit, &packed));
	assert_int_equal(use_of(audit.cache).bad, 4); /* one look before each claim, one behind it */
	silt_cache_close(audit.cache);
	layer_done(&layer);
	remove_place(&place);
}

static void a_file_that_is_no_database_is_said_and_nothing_is_kept(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct layer layer = make_layer("hello");
	struct audit audit;
	keep_one(&place, &layer);
	overwrite(&place, "records.db", 0, "this is no database at all", 26);
	begin(&audit, &place, matcher, NULL);
	miss_and_keep(&audit, layer.plain);
	assert_false(is_found(&audit, layer.plain));
	assert_int_equal(use_of(audit.cache).kept, 0);
	assert_non_null(strstr(use_of(audit.cache).trouble, "remove records.db"));
	silt_cache_close(audit.cache);
	layer_done(&layer);
	remove_place(&place);
}

static time_t seconds(void)
{
	struct timespec now;
	assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &now), 0);
	return now.tv_sec;
}

/* The lock is the one that SQLite's writers take, in the file that WAL shares. */
static void who_waited_in_vain_for_another_process_does_not_wait_again(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct silt_cache *cache = open_cache(&place);
	struct flock writer = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 120, .l_len = 1};
	char path[160];
	keep_large(cache, 0);
	path_in(&place, "records.db-shm", path, sizeof(path));
	const int fd = open(path, O_RDWR | O_CLOEXEC);
	assert_int_equal(fcntl(fd, F_OFD_SETLK, &writer), 0);
	const time_t start = seconds();
	for (unsigned char number = 1; number < 5; number++) {
		keep_large(cache, number);
	}
	assert_in_range(seconds() - start, 9, 15); /* one wait of ten seconds */
	assert_int_equal(use_of(cache).kept, 1);
	assert_non_null(strstr(use_of(cache).trouble, "locked"));
	silt_cache_close(cache);
	close(fd);
	remove_place(&place);
}

/* ---- Whose it is ----------------------------------------------------------------------------------------------------- */

static void assert_refused(const struct place *place, const char *why)
{
	struct silt_cache *cache = NULL;
	struct silt_error err = {0};
	assert_int_equal(silt_cache_open(place->folder, true, &cache, &err), SILT_ERR_IO);
	assert_null(cache);
	assert_non_null(strstr(err.text, why));
}

/* As /home is on some systems. What is in the folder may be none. */
static void a_folder_behind_a_symlink_is_the_folder(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct silt_cache *cache = open_cache(&place);
	struct silt_error err = {0};
	char link[160];
	silt_cache_close(cache);
	(void)snprintf(link, sizeof(link), "%s/link", place.base);
	assert_int_equal(symlink("of/mine", link), 0);
	assert_int_equal(silt_cache_open(link, true, &cache, &err), SILT_OK);
	silt_cache_close(cache);
	assert_int_equal(unlink(link), 0);
	remove_place(&place);
}

static void what_others_may_write_to_or_read_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		mode_t bad, good;
		const char *why;
	} cases[] = {
		{"", 0770, 0700, "others may write to the folder"},
		{"", 0702, 0755, "others may write to the folder"},
		{"key", 0640, 0600, "others may use key"},
		{"key", 0604, 0400, "key"}, /* it is opened for writing, too, if only by root */
		{"records.db", 0620, 0600, "others may write to records.db"},
		{"claims", 0602, 0600, "others may write to claims"},
	};
	const struct place place = make_place();
	silt_cache_close(open_cache(&place));
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		char path[160];
		path_in(&place, cases[i].name, path, sizeof(path));
		assert_int_equal(chmod(path, cases[i].bad), 0);
		assert_refused(&place, cases[i].why);
		assert_int_equal(chmod(path, cases[i].good), 0);
	}
	remove_place(&place);
}

static void files_that_are_none_are_refused(void **state)
{
	(void)state;
	static const char *const names[] = {"key", "claims", "records.db"};
	const struct place place = make_place();
	silt_cache_close(open_cache(&place));
	for (size_t i = 0; i < SILT_COUNT(names); i++) {
		char path[160], aside[160];
		path_in(&place, names[i], path, sizeof(path));
		path_in(&place, "aside", aside, sizeof(aside));
		assert_int_equal(rename(path, aside), 0);
		assert_int_equal(symlink("aside", path), 0);
		assert_refused(&place, names[i]);
		assert_int_equal(unlink(path), 0);
		assert_int_equal(rename(aside, path), 0);
	}
	remove_place(&place);
}

static void a_key_that_was_cut_is_refused(void **state)
{
	(void)state;
	const struct place place = make_place();
	char path[160];
	silt_cache_close(open_cache(&place));
	path_in(&place, "key", path, sizeof(path));
	assert_int_equal(truncate(path, SILT_CACHE_KEY_SIZE - 1), 0);
	assert_refused(&place, "its key is damaged");
	assert_int_equal(truncate(path, SILT_CACHE_KEY_SIZE + 1), 0);
	assert_refused(&place, "its key is damaged");
	remove_place(&place);
}

static void a_cache_that_is_not_there_is_made_only_if_asked_for(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct silt_cache *cache = NULL;
	struct silt_error err = {0};
	assert_int_equal(silt_cache_open(place.folder, false, &cache, &err), SILT_ERR_IO);
	silt_cache_close(open_cache(&place));
	struct stat facts;
	assert_int_equal(stat(place.folder, &facts), 0);
	assert_int_equal(facts.st_mode & 07777, 0700);
	char path[160];
	static const char *const names[] = {"key", "claims", "records.db"};
	for (size_t i = 0; i < SILT_COUNT(names); i++) {
		path_in(&place, names[i], path, sizeof(path));
		assert_int_equal(stat(path, &facts), 0);
		assert_int_equal(facts.st_mode & 07777, 0600);
	}
	assert_int_equal(silt_cache_open(place.folder, false, &cache, &(struct silt_error){0}), SILT_OK);
	silt_cache_close(cache);
	remove_place(&place);
}

/* ---- Pruning --------------------------------------------------------------------------------------------------------- */

static void what_was_not_used_for_longest_is_forgotten_first(void **state)
{
	(void)state;
	enum { SEALED = LARGE + 40 };
	const struct place place = make_place();
	struct silt_cache *cache = open_cache(&place);
	struct silt_cache_stats before, after;
	struct silt_error err = {0};
	unsigned long long forgotten = 0;
	for (unsigned char i = 1; i <= 4; i++) {
		keep_large(cache, i);
	}
	assert_true(has(cache, 1)); /* used: now 2 is the oldest */
	assert_int_equal(silt_cache_measure(cache, &before, &err), SILT_OK);
	assert_int_equal(before.count[SILT_CACHE_LAYER], 4);
	assert_int_equal(before.bytes[SILT_CACHE_LAYER], 4 * SEALED);
	assert_int_equal(silt_cache_prune(cache, 2 * SEALED + 1, &forgotten, &err), SILT_OK);
	assert_int_equal(forgotten, 2);
	assert_true(has(cache, 1) && !has(cache, 2) && !has(cache, 3) && has(cache, 4));
	assert_int_equal(silt_cache_measure(cache, &after, &err), SILT_OK);
	assert_true(after.file_bytes < before.file_bytes);
	assert_int_equal(silt_cache_prune(cache, 0, &forgotten, &err), SILT_OK);
	assert_int_equal(forgotten, 2);
	silt_cache_close(cache);
	remove_place(&place);
}

static void values_that_are_too_large_are_not_kept(void **state)
{
	(void)state;
	const struct place place = make_place();
	struct silt_cache *cache = open_cache(&place);
	const struct silt_cache_access access = silt_cache_access(cache);
	const unsigned char key[SILT_CACHE_KEY_SIZE] = {1};
	unsigned char *value = calloc(1, (size_t)SILT_CACHE_VALUE_MAX + 1);
	assert_non_null(value);
	access.keep(access.ctx, SILT_CACHE_LAYER, key, value, (size_t)SILT_CACHE_VALUE_MAX + 1);
	assert_int_equal(use_of(cache).kept, 0);
	access.keep(access.ctx, SILT_CACHE_LAYER, key, value, SILT_CACHE_VALUE_MAX);
	assert_int_equal(use_of(cache).kept, 1);
	assert_true(has(cache, 1));
	free(value);
	silt_cache_close(cache);
	remove_place(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_kept_is_found_by_the_next_audit),
		cmocka_unit_test(a_compressed_blob_is_found_by_its_own_digest_and_serves_the_plain_layer),
		cmocka_unit_test(a_plain_layer_says_nothing_of_a_blob_that_is_compressed),
		cmocka_unit_test(a_blob_of_another_size_or_compression_is_another_one),
		cmocka_unit_test(other_rules_and_other_limits_are_other_keys),
		cmocka_unit_test(what_may_not_be_kept_is_not),
		cmocka_unit_test(without_a_cache_every_find_is_a_miss),
		cmocka_unit_test(one_surveys_a_layer_while_another_process_waits),
		cmocka_unit_test(the_claim_of_a_process_that_dies_is_free),
		cmocka_unit_test(one_thread_surveys_a_layer_for_all),
		cmocka_unit_test(many_processes_can_make_a_cache_at_once),
		cmocka_unit_test(a_value_that_was_changed_is_a_miss_and_counted),
		cmocka_unit_test(a_value_under_another_key_or_of_another_kind_is_a_miss),
		cmocka_unit_test(values_of_another_key_file_are_bad),
		cmocka_unit_test(a_sealed_value_that_is_no_record_is_refused_and_counted),
		cmocka_unit_test(a_file_that_is_no_database_is_said_and_nothing_is_kept),
		cmocka_unit_test(who_waited_in_vain_for_another_process_does_not_wait_again),
		cmocka_unit_test(a_folder_behind_a_symlink_is_the_folder),
		cmocka_unit_test(what_others_may_write_to_or_read_is_refused),
		cmocka_unit_test(files_that_are_none_are_refused),
		cmocka_unit_test(a_key_that_was_cut_is_refused),
		cmocka_unit_test(a_cache_that_is_not_there_is_made_only_if_asked_for),
		cmocka_unit_test(what_was_not_used_for_longest_is_forgotten_first),
		cmocka_unit_test(values_that_are_too_large_are_not_kept),
	};
	return cmocka_run_group_tests(tests, make_matcher, free_matcher);
}
