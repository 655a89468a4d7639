/*
 * A cache in a folder: values in SQLite, sealed. The second user of SQLite here; the other one reads hostile files.
 *
 * One connection in WAL mode for all threads of the process, under a lock; other processes have their own. That a value
 * was used is written down when the cache is closed, so that whoever only reads never waits for a writer.
 */
#include "silt/cache.h"

#include "base/arena.h"
#include "base/escape.h"
#include "base/secure.h"
#include "layer/cache_claims.h"
#include "layer/cache_folder.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>

enum {
	STORE_VERSION = 1, /* of the tables below */
	BUSY_MS = 10000,
	FILE_FORBIDDEN = 022,
	TOUCHED_MAX = 4096,
	SHOWN_SIZE = 160,
};

static const char records_name[] = "records.db";

enum statement {
	FIND,
	KEEP,
	FORGET,
	TOUCH,
	MEASURE,
	PRUNE,
	STATEMENTS,
};

/* `used` is an order and no time: the library has no clock. */
static const char *const sql[STATEMENTS] = {
	[FIND] = "SELECT value FROM records WHERE kind = ?1 AND key = ?2",
	[KEEP] = "INSERT INTO records (kind, key, value, size) VALUES (?1, ?2, ?3, length(?3)) "
		 "ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value, size = excluded.size",
	[FORGET] = "DELETE FROM records WHERE kind = ?1 AND key = ?2",
	[TOUCH] = "INSERT OR REPLACE INTO uses (id, used) SELECT id, (SELECT coalesce(max(used), 0) + 1 FROM uses) "
		  "FROM records WHERE kind = ?1 AND key = ?2",
	[MEASURE] = "SELECT count(*), coalesce(sum(size), 0) FROM records WHERE kind = ?1",
	/* From the one used last on: what does not fit any more. */
	[PRUNE] = "DELETE FROM records WHERE id IN (SELECT id FROM (SELECT id, sum(size) OVER (ORDER BY used DESC, id "
		  "DESC ROWS UNBOUNDED PRECEDING) AS up_to FROM records LEFT JOIN uses USING (id)) WHERE up_to > ?1)",
};

/* Uses have a table of their own: to change a row of SQLite is to write all of it. */
static const char schema[] =
	"CREATE TABLE IF NOT EXISTS records (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, key BLOB NOT NULL, "
	"value BLOB NOT NULL, size INTEGER NOT NULL, UNIQUE (kind, key));"
	"CREATE TABLE IF NOT EXISTS uses (id INTEGER PRIMARY KEY REFERENCES records ON DELETE CASCADE, "
	"used INTEGER NOT NULL);"
	"CREATE INDEX IF NOT EXISTS by_use ON uses (used);";

/* A value that was used. */
struct touched {
	enum silt_cache_kind kind;
	unsigned char key[SILT_CACHE_KEY_SIZE];
};

struct silt_cache {
	struct silt_cache_folder folder;
	struct silt_cache_claims claims;
	char shown[SHOWN_SIZE];
	char *path; /* owns; of records.db */
	uint8_t key[SILT_SEAL_KEY_SIZE];
	pthread_mutex_t mutex; /* of all that follows */
	sqlite3 *db;
	sqlite3_stmt *statements[STATEMENTS];
	struct touched *touched; /* owns */
	size_t touched_count, touched_capacity;
	struct silt_cache_use use;
	bool broken; /* SQLite says that the file is damaged: nothing is asked of it any more */
};

/* ---- SQLite ---------------------------------------------------------------------------------------------------------- */

/* Notes the first thing that went wrong. */
static void note_trouble(struct silt_cache *cache, const char *what)
{
	struct silt_error why = {0};
	const int code = sqlite3_errcode(cache->db) & 0xFF;
	cache->broken = cache->broken || code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
	if (cache->use.trouble[0] == '\0') {
		(void)silt_fail(&why, SILT_ERR_IO, "the cache %s: %s: %s%s", cache->shown, what,
				sqlite3_errmsg(cache->db),
				cache->broken ? "; remove records.db and what begins so" : "");
		memcpy(cache->use.trouble, why.text, sizeof(why.text));
	}
}

static enum silt_status fail(struct silt_cache *cache, const char *what, struct silt_error *err)
{
	note_trouble(cache, what);
	return silt_fail(err, SILT_ERR_IO, "%s", cache->use.trouble);
}

/* A statement ready to be bound; NULL: there is none to be had. */
static sqlite3_stmt *statement(struct silt_cache *cache, enum statement which)
{
	sqlite3_stmt **known = &cache->statements[which];
	if (!*known && (cache->broken || sqlite3_prepare_v3(cache->db, sql[which], -1, SQLITE_PREPARE_PERSISTENT, known,
							    NULL) != SQLITE_OK)) {
		return NULL;
	}
	return *known;
}

static sqlite3_stmt *statement_of(struct silt_cache *cache, enum statement which, enum silt_cache_kind kind,
				  const unsigned char *key)
{
	sqlite3_stmt *asked = statement(cache, which);
	if (asked) {
		sqlite3_bind_int(asked, 1, (int)kind);
		sqlite3_bind_blob(asked, 2, key, SILT_CACHE_KEY_SIZE, SQLITE_STATIC);
	}
	return asked;
}

/* Runs a statement that gives no rows. */
static bool run(struct silt_cache *cache, sqlite3_stmt *asked, const char *what)
{
	const bool done = asked && sqlite3_step(asked) == SQLITE_DONE;
	if (!done) {
		note_trouble(cache, what);
	}
	sqlite3_reset(asked);
	return done;
}

static bool read_version(sqlite3 *db, int *version)
{
	sqlite3_stmt *asked = NULL;
	const bool read = sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &asked, NULL) == SQLITE_OK &&
			  sqlite3_step(asked) == SQLITE_ROW;
	*version = read ? sqlite3_column_int(asked, 0) : 0;
	sqlite3_finalize(asked);
	return read;
}

/*
 * Makes the tables unless they are there. Processes that come at the same time wait for each other; the mode of the
 * journal is of the file, and to ask for it while another process does can fail for that alone.
 */
static bool make_tables(struct silt_cache *cache, bool *foreign)
{
	int version = 0;
	char text[64];
	*foreign = false;
	if (!read_version(cache->db, &version)) {
		return false;
	}
	*foreign = version != 0 && version != STORE_VERSION;
	if (*foreign) {
		return false;
	}
	(void)sqlite3_exec(cache->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
	if (version == STORE_VERSION) {
		return true;
	}
	(void)sqlite3_snprintf((int)sizeof(text), text, "PRAGMA user_version = %d", (int)STORE_VERSION);
	return sqlite3_exec(cache->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK &&
	       sqlite3_exec(cache->db, schema, NULL, NULL, NULL) == SQLITE_OK &&
	       sqlite3_exec(cache->db, text, NULL, NULL, NULL) == SQLITE_OK &&
	       sqlite3_exec(cache->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
}

/* A file that is damaged leaves a cache that knows nothing, and says so: an audit goes on without. */
static enum silt_status open_tables(struct silt_cache *cache, struct silt_error *err)
{
	bool foreign = false;
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
	if (sqlite3_open_v2(cache->path, &cache->db, flags, NULL) != SQLITE_OK) {
		return fail(cache, "it cannot be opened", err);
	}
	sqlite3_busy_timeout(cache->db, BUSY_MS);
	sqlite3_db_config(cache->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(cache->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	(void)sqlite3_exec(cache->db,
			   "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA cell_size_check = ON", NULL,
			   NULL, NULL);
	if (make_tables(cache, &foreign)) {
		return SILT_OK;
	}
	if (foreign) {
		return silt_fail(err, SILT_ERR_IO,
				 "the cache %s: another version of silt made it: remove it, or name "
				 "another folder",
				 cache->shown);
	}
	note_trouble(cache, "it cannot be read");
	return cache->broken ? SILT_OK : fail(cache, "it cannot be used", err);
}

/* ---- Opening --------------------------------------------------------------------------------------------------------- */

/* SQLite makes its files with the mode of the first one; so that one is made here. */
static enum silt_status open_files(struct silt_cache *cache, bool create, struct silt_error *err)
{
	enum silt_status status = silt_cache_folder_check(&cache->folder, records_name, create, FILE_FORBIDDEN, err);
	return status == SILT_OK
		       ? silt_cache_folder_file(&cache->folder, "claims", true, FILE_FORBIDDEN, &cache->claims.fd, err)
		       : status;
}

static enum silt_status open_all(struct silt_cache *cache, const char *folder, bool create, struct silt_error *err)
{
	struct silt_buffer path = {0};
	enum silt_status status = silt_secure_init(err);
	if (status == SILT_OK) {
		status = silt_cache_folder_open(folder, create, &cache->folder, err);
	}
	if (status == SILT_OK) {
		status = silt_cache_folder_key(&cache->folder, create, cache->key, err);
	}
	if (status == SILT_OK) {
		status = open_files(cache, create, err);
	}
	if (status != SILT_OK) {
		return status;
	}
	char *real = realpath(folder, NULL); /* SQLite is told to follow no symlink, and looks at all of a path */
	silt_buffer_printf(&path, "%s/%s", real ? real : folder, records_name);
	free(real);
	cache->path = (char *)path.ptr;
	return path.failed ? silt_fail_memory(err) : open_tables(cache, err);
}

enum silt_status silt_cache_open(const char *folder, bool create, struct silt_cache **out, struct silt_error *err)
{
	struct silt_cache *cache = calloc(1, sizeof(*cache));
	if (!cache) {
		return silt_fail_memory(err);
	}
	(void)silt_escape_text(silt_bytes_text(folder), cache->shown, sizeof(cache->shown));
	cache->folder = (struct silt_cache_folder){.fd = -1, .shown = cache->shown};
	silt_cache_claims_init(&cache->claims);
	(void)pthread_mutex_init(&cache->mutex, NULL);
	enum silt_status status = open_all(cache, folder, create, err);
	if (status != SILT_OK) {
		silt_cache_close(cache);
		return status;
	}
	*out = cache;
	return SILT_OK;
}

/* Not worth a word if it fails: what was used is then taken for older than it is. */
static void write_down_use(struct silt_cache *cache)
{
	const bool begun = cache->touched_count > 0 && !cache->broken &&
			   sqlite3_exec(cache->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;
	for (size_t i = 0; begun && i < cache->touched_count; i++) {
		const struct touched *touched = &cache->touched[i];
		sqlite3_stmt *asked = statement_of(cache, TOUCH, touched->kind, touched->key);
		if (asked) {
			(void)sqlite3_step(asked);
			sqlite3_reset(asked);
		}
	}
	if (begun) {
		(void)sqlite3_exec(cache->db, "COMMIT", NULL, NULL, NULL);
	}
	cache->touched_count = 0;
}

void silt_cache_close(struct silt_cache *cache)
{
	if (!cache) {
		return;
	}
	write_down_use(cache);
	for (size_t i = 0; i < STATEMENTS; i++) {
		sqlite3_finalize(cache->statements[i]);
	}
	sqlite3_close(cache->db);
	silt_cache_claims_done(&cache->claims);
	silt_cache_folder_done(&cache->folder);
	(void)pthread_mutex_destroy(&cache->mutex);
	silt_wipe(cache->key, sizeof(cache->key));
	free(cache->touched);
	free(cache->path);
	free(cache);
}

/* ---- Values ---------------------------------------------------------------------------------------------------------- */

/* What a value is sealed with beside the key: it cannot be put under another one. */
struct about {
	uint8_t bytes[1 + SILT_CACHE_KEY_SIZE];
};

static struct about about(enum silt_cache_kind kind, const unsigned char *key)
{
	struct about about = {{(uint8_t)kind}};
	memcpy(about.bytes + 1, key, SILT_CACHE_KEY_SIZE);
	return about;
}

/* Opens what is in the row. False: it was not sealed here. */
static bool open_value(const struct silt_cache *cache, struct silt_bytes sealed, const struct about *about,
		       void **value, size_t *size)
{
	if (sealed.len <= SILT_SEAL_OVERHEAD || sealed.len - SILT_SEAL_OVERHEAD > SILT_CACHE_VALUE_MAX) {
		return false;
	}
	uint8_t *room = malloc(sealed.len - SILT_SEAL_OVERHEAD);
	if (!room || !silt_unseal(cache->key, silt_bytes(about->bytes, sizeof(about->bytes)), sealed, room)) {
		free(room);
		return false;
	}
	*value = room;
	*size = sealed.len - SILT_SEAL_OVERHEAD;
	return true;
}

static void touch(struct silt_cache *cache, enum silt_cache_kind kind, const unsigned char *key)
{
	struct touched touched = {.kind = kind};
	memcpy(touched.key, key, sizeof(touched.key));
	if (cache->touched_count < TOUCHED_MAX &&
	    silt_grow((void **)&cache->touched, cache->touched_count, &cache->touched_capacity, sizeof(touched))) {
		cache->touched[cache->touched_count++] = touched;
	}
}

static void forget(struct silt_cache *cache, enum silt_cache_kind kind, const unsigned char *key)
{
	cache->use.bad++;
	(void)run(cache, statement_of(cache, FORGET, kind, key), "a value cannot be removed");
}

static bool look_up(struct silt_cache *cache, enum silt_cache_kind kind, const unsigned char *key, void **value,
		    size_t *size)
{
	const struct about what = about(kind, key);
	if (cache->broken) {
		return false;
	}
	sqlite3_stmt *asked = statement_of(cache, FIND, kind, key);
	const int step = asked ? sqlite3_step(asked) : SQLITE_ERROR;
	bool found = false;
	if (step == SQLITE_ROW) {
		const int length = sqlite3_column_bytes(asked, 0);
		const struct silt_bytes sealed = silt_bytes(sqlite3_column_blob(asked, 0), (size_t)length);
		found = open_value(cache, sealed, &what, value, size);
	} else if (step != SQLITE_DONE) {
		note_trouble(cache, "it cannot be read");
	}
	sqlite3_reset(asked);
	if (step == SQLITE_ROW && !found) {
		forget(cache, kind, key);
	}
	return found;
}

static bool find_value(void *ctx, enum silt_cache_kind kind, const unsigned char *key, void **value, size_t *size)
{
	struct silt_cache *cache = ctx;
	(void)pthread_mutex_lock(&cache->mutex);
	const bool found = look_up(cache, kind, key, value, size);
	cache->use.found += found;
	cache->use.missed += !found;
	if (found) {
		touch(cache, kind, key);
	}
	(void)pthread_mutex_unlock(&cache->mutex);
	return found;
}

static void store(struct silt_cache *cache, enum silt_cache_kind kind, const unsigned char *key,
		  struct silt_bytes sealed)
{
	sqlite3_stmt *asked = statement_of(cache, KEEP, kind, key);
	if (asked) {
		sqlite3_bind_blob(asked, 3, sealed.ptr, (int)sealed.len, SQLITE_STATIC);
	}
	cache->use.kept += run(cache, asked, "a value cannot be kept");
	sqlite3_clear_bindings(asked);
	touch(cache, kind, key);
}

static void keep_value(void *ctx, enum silt_cache_kind kind, const unsigned char *key, const void *value, size_t size)
{
	struct silt_cache *cache = ctx;
	struct silt_buffer sealed = {0};
	const struct about what = about(kind, key);
	if (size == 0 || size > SILT_CACHE_VALUE_MAX) {
		return;
	}
	silt_seal(cache->key, silt_bytes(what.bytes, sizeof(what.bytes)), silt_bytes(value, size), &sealed);
	(void)pthread_mutex_lock(&cache->mutex);
	if (!sealed.failed && !cache->broken) {
		store(cache, kind, key, silt_buffer_bytes(&sealed));
	}
	(void)pthread_mutex_unlock(&cache->mutex);
	silt_buffer_done(&sealed);
}

static void refuse_value(void *ctx, enum silt_cache_kind kind, const unsigned char *key)
{
	struct silt_cache *cache = ctx;
	(void)pthread_mutex_lock(&cache->mutex);
	if (!cache->broken) {
		forget(cache, kind, key);
	}
	(void)pthread_mutex_unlock(&cache->mutex);
}

static bool claim_key(void *ctx, const unsigned char *key)
{
	struct silt_cache *cache = ctx;
	return silt_cache_claims_take(&cache->claims, key);
}

static void release_key(void *ctx, const unsigned char *key)
{
	struct silt_cache *cache = ctx;
	silt_cache_claims_give(&cache->claims, key);
}

struct silt_cache_access silt_cache_access(struct silt_cache *cache)
{
	return (struct silt_cache_access){.ctx = cache,
					  .find = find_value,
					  .claim = claim_key,
					  .release = release_key,
					  .keep = keep_value,
					  .refuse = refuse_value};
}

/* ---- The whole ------------------------------------------------------------------------------------------------------- */

void silt_cache_used(struct silt_cache *cache, struct silt_cache_use *use)
{
	(void)pthread_mutex_lock(&cache->mutex);
	*use = cache->use;
	(void)pthread_mutex_unlock(&cache->mutex);
}

static unsigned long long file_bytes(const struct silt_cache *cache)
{
	static const char *const names[] = {"records.db", "records.db-wal", "records.db-shm", "key", "claims"};
	unsigned long long bytes = 0;
	for (size_t i = 0; i < SILT_COUNT(names); i++) {
		struct stat facts;
		bytes += fstatat(cache->folder.fd, names[i], &facts, AT_SYMLINK_NOFOLLOW) == 0
				 ? (unsigned long long)facts.st_size
				 : 0;
	}
	return bytes;
}

static enum silt_status measure(struct silt_cache *cache, struct silt_cache_stats *stats, struct silt_error *err)
{
	for (size_t kind = 0; kind < SILT_CACHE_KINDS; kind++) {
		sqlite3_stmt *asked = statement(cache, MEASURE);
		if (!asked || sqlite3_bind_int(asked, 1, (int)kind) != SQLITE_OK || sqlite3_step(asked) != SQLITE_ROW) {
			return fail(cache, "it cannot be measured", err);
		}
		stats->count[kind] = (unsigned long long)sqlite3_column_int64(asked, 0);
		stats->bytes[kind] = (unsigned long long)sqlite3_column_int64(asked, 1);
		sqlite3_reset(asked);
	}
	stats->file_bytes = file_bytes(cache);
	return SILT_OK;
}

enum silt_status silt_cache_measure(struct silt_cache *cache, struct silt_cache_stats *stats, struct silt_error *err)
{
	(void)pthread_mutex_lock(&cache->mutex);
	const enum silt_status status = measure(cache, stats, err);
	(void)pthread_mutex_unlock(&cache->mutex);
	return status;
}

static enum silt_status prune(struct silt_cache *cache, unsigned long long bytes, unsigned long long *forgotten,
			      struct silt_error *err)
{
	write_down_use(cache);
	sqlite3_stmt *asked = statement(cache, PRUNE);
	const sqlite3_int64 most = bytes > INT64_MAX ? INT64_MAX : (sqlite3_int64)bytes;
	if (!asked || sqlite3_bind_int64(asked, 1, most) != SQLITE_OK || !run(cache, asked, "it cannot be pruned")) {
		return fail(cache, "it cannot be pruned", err);
	}
	*forgotten = (unsigned long long)sqlite3_changes64(cache->db);
	if (sqlite3_exec(cache->db, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL) != SQLITE_OK) {
		return fail(cache, "its room cannot be given back", err);
	}
	return SILT_OK;
}

enum silt_status silt_cache_prune(struct silt_cache *cache, unsigned long long bytes, unsigned long long *forgotten,
				  struct silt_error *err)
{
	(void)pthread_mutex_lock(&cache->mutex);
	const enum silt_status status = prune(cache, bytes, forgotten, err);
	(void)pthread_mutex_unlock(&cache->mutex);
	return status;
}
