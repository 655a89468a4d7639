/*
 * Sealed values in SQLite. The second user of it here; the other one reads hostile files.
 *
 * One connection in WAL mode; other processes have their own. That a value was used is written down when the store is
 * closed, so that whoever only reads never waits for a writer.
 */
#include "layer/cache_store.h"

#include "base/arena.h"

#include <sqlite3.h>
#include <stdlib.h>

enum {
	STORE_VERSION = 1, /* of the tables below */
	BUSY_MS = 10000,
	TOUCHED_MAX = 4096,
};

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

struct silt_cache_store {
	const char *shown; /* borrows */
	sqlite3 *db;
	sqlite3_stmt *statements[STATEMENTS];
	struct touched *touched; /* owns */
	size_t touched_count, touched_capacity;
	char trouble[SILT_ERROR_TEXT_MAX];
	bool broken; /* SQLite says that the file is damaged: nothing is asked of it any more */
};

/* ---- SQLite ---------------------------------------------------------------------------------------------------------- */

/* Notes the first thing that went wrong. Who waited in vain for another process does not wait for it again. */
static void note_trouble(struct silt_cache_store *store, const char *what)
{
	struct silt_error why = {0};
	const int code = sqlite3_errcode(store->db) & 0xFF;
	if (code == SQLITE_BUSY) {
		sqlite3_busy_timeout(store->db, 0);
	}
	store->broken = store->broken || code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
	if (store->trouble[0] == '\0') {
		(void)silt_fail(&why, SILT_ERR_IO, "the cache %s: %s: %s%s", store->shown, what,
				sqlite3_errmsg(store->db),
				store->broken ? "; remove records.db and what begins so" : "");
		memcpy(store->trouble, why.text, sizeof(why.text));
	}
}

static enum silt_status fail(struct silt_cache_store *store, const char *what, struct silt_error *err)
{
	note_trouble(store, what);
	return silt_fail(err, SILT_ERR_IO, "%s", store->trouble);
}

/* A statement ready to be bound; NULL: there is none to be had. */
static sqlite3_stmt *statement(struct silt_cache_store *store, enum statement which)
{
	sqlite3_stmt **known = &store->statements[which];
	if (!*known && (store->broken || sqlite3_prepare_v3(store->db, sql[which], -1, SQLITE_PREPARE_PERSISTENT, known,
							    NULL) != SQLITE_OK)) {
		return NULL;
	}
	return *known;
}

static sqlite3_stmt *statement_of(struct silt_cache_store *store, enum statement which, enum silt_cache_kind kind,
				  const unsigned char *key)
{
	sqlite3_stmt *asked = statement(store, which);
	if (asked) {
		sqlite3_bind_int(asked, 1, (int)kind);
		sqlite3_bind_blob(asked, 2, key, SILT_CACHE_KEY_SIZE, SQLITE_STATIC);
	}
	return asked;
}

/* Runs a statement that gives no rows. */
static bool run(struct silt_cache_store *store, sqlite3_stmt *asked, const char *what)
{
	const bool done = asked && sqlite3_step(asked) == SQLITE_DONE;
	if (!done) {
		note_trouble(store, what);
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
static bool make_tables(struct silt_cache_store *store, bool *foreign)
{
	int version = 0;
	char text[64];
	*foreign = false;
	if (!read_version(store->db, &version)) {
		return false;
	}
	*foreign = version != 0 && version != STORE_VERSION;
	if (*foreign) {
		return false;
	}
	(void)sqlite3_exec(store->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
	if (version == STORE_VERSION) {
		return true;
	}
	(void)sqlite3_snprintf((int)sizeof(text), text, "PRAGMA user_version = %d", (int)STORE_VERSION);
	return sqlite3_exec(store->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK &&
	       sqlite3_exec(store->db, schema, NULL, NULL, NULL) == SQLITE_OK &&
	       sqlite3_exec(store->db, text, NULL, NULL, NULL) == SQLITE_OK &&
	       sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
}

/* A file that is damaged leaves a store that knows nothing, and says so: an audit goes on without. */
static enum silt_status open_tables(struct silt_cache_store *store, const char *path, struct silt_error *err)
{
	bool foreign = false;
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
	if (sqlite3_open_v2(path, &store->db, flags, NULL) != SQLITE_OK) {
		return fail(store, "it cannot be opened", err);
	}
	sqlite3_busy_timeout(store->db, BUSY_MS);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	(void)sqlite3_exec(store->db,
			   "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA cell_size_check = ON", NULL,
			   NULL, NULL);
	if (make_tables(store, &foreign)) {
		return SILT_OK;
	}
	if (foreign) {
		return silt_fail(err, SILT_ERR_IO,
				 "the cache %s: another version of silt made it: remove it, or name "
				 "another folder",
				 store->shown);
	}
	note_trouble(store, "it cannot be read");
	return store->broken ? SILT_OK : fail(store, "it cannot be used", err);
}

enum silt_status silt_cache_store_open(const char *path, const char *shown, struct silt_cache_store **out,
				       struct silt_error *err)
{
	struct silt_cache_store *store = calloc(1, sizeof(*store));
	if (!store) {
		return silt_fail_memory(err);
	}
	store->shown = shown;
	const enum silt_status status = open_tables(store, path, err);
	if (status != SILT_OK) {
		silt_cache_store_close(store);
		return status;
	}
	*out = store;
	return SILT_OK;
}

/* Not worth a word if it fails: what was used is then taken for older than it is. */
static void write_down_use(struct silt_cache_store *store)
{
	const bool begun = store->touched_count > 0 && !store->broken &&
			   sqlite3_exec(store->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;
	for (size_t i = 0; begun && i < store->touched_count; i++) {
		const struct touched *touched = &store->touched[i];
		sqlite3_stmt *asked = statement_of(store, TOUCH, touched->kind, touched->key);
		if (asked) {
			(void)sqlite3_step(asked);
			sqlite3_reset(asked);
		}
	}
	if (begun) {
		(void)sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL);
	}
	store->touched_count = 0;
}

void silt_cache_store_close(struct silt_cache_store *store)
{
	if (!store) {
		return;
	}
	write_down_use(store);
	for (size_t i = 0; i < STATEMENTS; i++) {
		sqlite3_finalize(store->statements[i]);
	}
	sqlite3_close(store->db);
	free(store->touched);
	free(store);
}

const char *silt_cache_store_trouble(const struct silt_cache_store *store)
{
	return store->trouble;
}

/* ---- Values ---------------------------------------------------------------------------------------------------------- */

bool silt_cache_store_find(struct silt_cache_store *store, enum silt_cache_kind kind, const unsigned char *key,
			   struct silt_buffer *out)
{
	if (store->broken) {
		return false;
	}
	sqlite3_stmt *asked = statement_of(store, FIND, kind, key);
	const int step = asked ? sqlite3_step(asked) : SQLITE_ERROR;
	if (step == SQLITE_ROW) {
		const int length = sqlite3_column_bytes(asked, 0);
		silt_buffer_add(out, silt_bytes(sqlite3_column_blob(asked, 0), (size_t)length));
	} else if (step != SQLITE_DONE) {
		note_trouble(store, "it cannot be read");
	}
	sqlite3_reset(asked);
	return step == SQLITE_ROW && !out->failed;
}

bool silt_cache_store_keep(struct silt_cache_store *store, enum silt_cache_kind kind, const unsigned char *key,
			   struct silt_bytes value)
{
	if (store->broken) {
		return false;
	}
	sqlite3_stmt *asked = statement_of(store, KEEP, kind, key);
	if (asked) {
		sqlite3_bind_blob64(asked, 3, value.ptr, value.len, SQLITE_STATIC);
	}
	const bool kept = run(store, asked, "a value cannot be kept");
	sqlite3_clear_bindings(asked);
	silt_cache_store_touch(store, kind, key);
	return kept;
}

void silt_cache_store_forget(struct silt_cache_store *store, enum silt_cache_kind kind, const unsigned char *key)
{
	if (!store->broken) {
		(void)run(store, statement_of(store, FORGET, kind, key), "a value cannot be removed");
	}
}

void silt_cache_store_touch(struct silt_cache_store *store, enum silt_cache_kind kind, const unsigned char *key)
{
	struct touched touched = {.kind = kind};
	memcpy(touched.key, key, sizeof(touched.key));
	if (store->touched_count < TOUCHED_MAX &&
	    silt_grow((void **)&store->touched, store->touched_count, &store->touched_capacity, sizeof(touched))) {
		store->touched[store->touched_count++] = touched;
	}
}

/* ---- The whole ------------------------------------------------------------------------------------------------------- */

enum silt_status silt_cache_store_measure(struct silt_cache_store *store, struct silt_cache_stats *stats,
					  struct silt_error *err)
{
	for (size_t kind = 0; kind < SILT_CACHE_KINDS; kind++) {
		sqlite3_stmt *asked = statement(store, MEASURE);
		if (!asked || sqlite3_bind_int(asked, 1, (int)kind) != SQLITE_OK || sqlite3_step(asked) != SQLITE_ROW) {
			return fail(store, "it cannot be measured", err);
		}
		stats->count[kind] = (unsigned long long)sqlite3_column_int64(asked, 0);
		stats->bytes[kind] = (unsigned long long)sqlite3_column_int64(asked, 1);
		sqlite3_reset(asked);
	}
	return SILT_OK;
}

enum silt_status silt_cache_store_prune(struct silt_cache_store *store, unsigned long long bytes,
					unsigned long long *forgotten, struct silt_error *err)
{
	write_down_use(store);
	sqlite3_stmt *asked = statement(store, PRUNE);
	const sqlite3_int64 most = bytes > INT64_MAX ? INT64_MAX : (sqlite3_int64)bytes;
	if (!asked || sqlite3_bind_int64(asked, 1, most) != SQLITE_OK || !run(store, asked, "it cannot be pruned")) {
		return fail(store, "it cannot be pruned", err);
	}
	*forgotten = (unsigned long long)sqlite3_changes64(store->db);
	if (sqlite3_exec(store->db, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL) != SQLITE_OK) {
		return fail(store, "its room cannot be given back", err);
	}
	return SILT_OK;
}
