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
#include <stdlib.h>

enum {
	HEADER_SIZE = 100,
	WRITE_VERSION = 18, /* offset in the header; 1: journal, 2: write-ahead log */
	READ_VERSION = 19,
	/* Steps between two calls of the guard, and calls it allows: a row takes some ten steps and a distribution has
	 * some thousand packages. */
	STEPS = 1000,
	CALLS_MAX = 20000,
	PROBE_SIZE = 64 * 1024, /* more than any allocation of SQLite for so small a query */
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

/* One way through the rows. */
struct rows {
	struct silt_package_reader *reader;
	struct silt_error *err;
	enum silt_status status; /* of whoever takes them */
	uint64_t budget;   /* bytes: rows with more than the file has share pages, which is no database of rpm's */
	bool cut;          /* by that */
	size_t met, given; /* this time, and at all: what was given is not given again */
};

/* SQLITE_NOMEM if the row is not there; else whether to go on. */
static int give_row(struct rows *rows, sqlite3_stmt *statement)
{
	const void *blob = sqlite3_column_blob(statement, 0);
	size_t len = (size_t)sqlite3_column_bytes(statement, 0);
	if (len > rows->budget) {
		rows->cut = true;
		return SQLITE_DONE;
	}
	if (!blob && len > 0) {
		return SQLITE_NOMEM;
	}
	rows->budget -= len;
	if (++rows->met > rows->given) {
		rows->given = rows->met;
		rows->status = silt_rpm_header(rows->reader, silt_bytes(blob, len), rows->err);
	}
	return rows->status == SILT_OK ? SQLITE_ROW : SQLITE_DONE;
}

static int give_rows(struct rows *rows, sqlite3_stmt *statement)
{
	int result = sqlite3_step(statement);
	while (result == SQLITE_ROW) {
		if (sqlite3_column_type(statement, 0) == SQLITE_BLOB) {
			result = give_row(rows, statement);
		}
		if (result == SQLITE_ROW) {
			result = sqlite3_step(statement);
		}
	}
	return result;
}

static int read_table(struct rows *rows, sqlite3 *db)
{
	sqlite3_stmt *statement = NULL;
	int result = find_plain_table(db);
	if (result != SQLITE_ROW) {
		return result;
	}
	result = sqlite3_prepare_v2(db, "SELECT blob FROM Packages", -1, &statement, NULL);
	if (result == SQLITE_OK) {
		result = give_rows(rows, statement);
	}
	sqlite3_finalize(statement);
	return result;
}

/*
 * rpm writes ahead. A database in memory has no log to look for, and SQLite refuses to open one that wants it; what is
 * in the file is a database as of the last checkpoint, and is read as such.
 */
static void forget_log(uint8_t *image)
{
	image[WRITE_VERSION] = image[READ_VERSION] = 1;
}

static int read_database(struct rows *rows, uint8_t *image, size_t size)
{
	sqlite3 *db = NULL;
	unsigned calls = 0;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
	int result = sqlite3_open_v2(":memory:", &db, flags, NULL);
	rows->budget = size;
	rows->met = 0;
	if (result == SQLITE_OK) {
		confine(db, &calls);
		result = sqlite3_deserialize(db, "main", image, (sqlite3_int64)size, (sqlite3_int64)size,
					     SQLITE_DESERIALIZE_READONLY);
	}
	if (result == SQLITE_OK) {
		result = read_table(rows, db);
	}
	sqlite3_close(db);
	return result & 0xff;
}

static bool is_memory_there(void)
{
	void *volatile probe = malloc(PROBE_SIZE); /* which a compiler would do without */
	bool there = probe != NULL;
	free(probe);
	return there;
}

/*
 * What SQLite calls damage ends the rows: a database that lists less excuses less. Want of memory is an error; but SQLite
 * 3.40 says so of damaged text in a schema, too. So it is asked twice, and believed if there is no memory for us either.
 */
enum silt_status silt_rpm_sqlite(struct silt_package_reader *reader, struct silt_bytes whole, struct silt_error *err)
{
	if (whole.len < HEADER_SIZE || !silt_bytes_start_with(whole, SILT_LITERAL("SQLite format 3\0"))) {
		reader->damaged = true;
		return SILT_OK;
	}
	struct rows rows = {.reader = reader, .err = err, .status = SILT_OK};
	uint8_t *image = reader->pending.ptr; /* what `whole` is; ours to change */
	forget_log(image);
	int result = read_database(&rows, image, whole.len);
	if (result == SQLITE_NOMEM) {
		result = read_database(&rows, image, whole.len);
	}
	reader->damaged = reader->damaged || result != SQLITE_DONE || rows.cut;
	return result == SQLITE_NOMEM && !is_memory_there() ? silt_fail_memory(err) : rows.status;
}
