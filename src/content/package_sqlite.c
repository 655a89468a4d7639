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

static bool is_plain_table(sqlite3 *db)
{
	static const char query[] =
		"SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'Packages' AND sql LIKE 'CREATE TABLE%'";
	sqlite3_stmt *statement = NULL;
	bool plain = sqlite3_prepare_v2(db, query, -1, &statement, NULL) == SQLITE_OK &&
		     sqlite3_step(statement) == SQLITE_ROW;
	sqlite3_finalize(statement);
	return plain;
}

/*
 * What SQLite calls damage ends the rows, and so does its lack of memory: a database that lists less excuses less. Rows
 * with more bytes than the file share pages, which is no database of rpm's.
 */
static enum silt_status give_rows(struct silt_package_reader *reader, sqlite3 *db, uint64_t budget,
				  struct silt_error *err)
{
	sqlite3_stmt *statement = NULL;
	enum silt_status status = SILT_OK;
	if (!is_plain_table(db) ||
	    sqlite3_prepare_v2(db, "SELECT blob FROM Packages", -1, &statement, NULL) != SQLITE_OK) {
		return SILT_OK;
	}
	while (status == SILT_OK && sqlite3_step(statement) == SQLITE_ROW) {
		if (sqlite3_column_type(statement, 0) == SQLITE_BLOB) {
			const void *blob = sqlite3_column_blob(statement, 0);
			size_t len = (size_t)sqlite3_column_bytes(statement, 0);
			if (len > budget) {
				break;
			}
			budget -= len;
			status = silt_rpm_header(reader, silt_bytes(blob, blob ? len : 0), err);
		}
	}
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
	enum silt_status status = SILT_OK;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
	uint8_t *image = reader->pending.ptr; /* what `whole` is; ours to change */
	forget_log(image);
	if (sqlite3_open_v2(":memory:", &db, flags, NULL) == SQLITE_OK) {
		confine(db, &calls);
		if (sqlite3_deserialize(db, "main", image, (sqlite3_int64)whole.len, (sqlite3_int64)whole.len,
					SQLITE_DESERIALIZE_READONLY) == SQLITE_OK) {
			status = give_rows(reader, db, whole.len, err);
		}
	}
	sqlite3_close(db);
	return status;
}
