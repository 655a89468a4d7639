/*
 * rpmdb.sqlite: a table Packages(hnum INTEGER, blob BLOB), one header a row. Read by SQLite, from memory.
 *
 * The file is hostile: its schema may call a view, a virtual table or a query without end "Packages". So the connection
 * has no extensions and no attached files, the schema is not trusted, only a real table is read, and the steps of its
 * virtual machine are counted. Nothing of the process is configured: another user of SQLite keeps what it has set.
 */
#include "content/package_parse.h"

#include "base/limits.h"

#include <sqlite3.h>

enum {
	HEADER_SIZE = 100,
	WRITE_VERSION = 18, /* offset in the header; 1: journal, 2: write-ahead log */
	READ_VERSION = 19,
	/* Steps between two calls of the guard, and calls it allows: a row takes some ten steps and a distribution has
	 * some thousand packages. */
	STEPS = 1000,
	CALLS_MAX = 20000,
};

static int count_calls(void *ctx)
{
	unsigned *calls = ctx;
	return ++*calls > CALLS_MAX;
}

static void confine(sqlite3 *db, unsigned *calls)
{
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_limit(db, SQLITE_LIMIT_LENGTH, SILT_PACKAGE_BYTES_MAX);
	sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, 100000);
	sqlite3_limit(db, SQLITE_LIMIT_EXPR_DEPTH, 20);
	sqlite3_limit(db, SQLITE_LIMIT_COLUMN, 100);
	sqlite3_limit(db, SQLITE_LIMIT_FUNCTION_ARG, 8);
	sqlite3_progress_handler(db, STEPS, count_calls, calls);
}

/* SQLITE_ROW if Packages is a table and nothing else. */
static int find_plain_table(sqlite3 *db)
{
	static const char query[] =
		"SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'Packages' AND sql LIKE 'CREATE TABLE%'";
	sqlite3_stmt *statement = NULL;
	int result = sqlite3_prepare_v2(db, query, -1, &statement, NULL);
	if (result == SQLITE_OK) {
		result = sqlite3_step(statement);
	}
	sqlite3_finalize(statement);
	return result;
}

/* What SQLite calls damage ends the rows: a database that lists less excuses less. Only its lack of memory is an error. */
static enum silt_status judge(int result, struct silt_error *err)
{
	return (result & 0xff) == SQLITE_NOMEM ? silt_fail_memory(err) : SILT_OK;
}

/* Rows with more bytes than the file share pages, which is no database of rpm's. */
static enum silt_status give_rows(struct silt_package_reader *reader, sqlite3_stmt *statement, uint64_t budget,
				  struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	int result = sqlite3_step(statement);
	for (; status == SILT_OK && result == SQLITE_ROW; result = sqlite3_step(statement)) {
		if (sqlite3_column_type(statement, 0) == SQLITE_BLOB) {
			const void *blob = sqlite3_column_blob(statement, 0);
			size_t len = (size_t)sqlite3_column_bytes(statement, 0);
			if (len > budget) {
				break;
			}
			if (!blob && len > 0) {
				return silt_fail_memory(err); /* the one reason why it is not there */
			}
			budget -= len;
			status = silt_rpm_header(reader, silt_bytes(blob, len), err);
		}
	}
	return status == SILT_OK ? judge(result, err) : status;
}

static enum silt_status read_table(struct silt_package_reader *reader, sqlite3 *db, uint64_t budget,
				   struct silt_error *err)
{
	sqlite3_stmt *statement = NULL;
	int result = find_plain_table(db);
	if (result != SQLITE_ROW) {
		return judge(result, err);
	}
	result = sqlite3_prepare_v2(db, "SELECT blob FROM Packages", -1, &statement, NULL);
	enum silt_status status = result == SQLITE_OK ? give_rows(reader, statement, budget, err) : judge(result, err);
	sqlite3_finalize(statement);
	return status;
}

/*
 * rpm writes ahead. A database in memory has no log to look for, and SQLite refuses to open one that wants it; what is
 * in the file is a database as of the last checkpoint, and is read as such.
 */
static void forget_log(uint8_t *image)
{
	image[WRITE_VERSION] = image[READ_VERSION] = 1;
}

enum silt_status silt_rpm_sqlite(struct silt_package_reader *reader, struct silt_bytes whole, struct silt_error *err)
{
	if (whole.len < HEADER_SIZE || !silt_bytes_start_with(whole, SILT_LITERAL("SQLite format 3\0"))) {
		return SILT_OK;
	}
	sqlite3 *db = NULL;
	unsigned calls = 0;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
	uint8_t *image = reader->pending.ptr; /* what `whole` is; ours to change */
	forget_log(image);
	int result = sqlite3_open_v2(":memory:", &db, flags, NULL);
	if (result == SQLITE_OK) {
		confine(db, &calls);
		result = sqlite3_deserialize(db, "main", image, (sqlite3_int64)whole.len, (sqlite3_int64)whole.len,
					     SQLITE_DESERIALIZE_READONLY);
	}
	enum silt_status status = result == SQLITE_OK ? read_table(reader, db, whole.len, err) : judge(result, err);
	sqlite3_close(db);
	return status;
}
