/*
 * The databases of package managers, as far as they say which content a file has.
 *
 *     dpkg    var/lib/dpkg/info/PACKAGE[:ARCH].md5sums, var/lib/dpkg/status.d/PACKAGE.md5sums    MD5
 *     apk     lib/apk/db/installed                                                               SHA-1
 *     Python  any .../NAME-VERSION.dist-info/RECORD                                              SHA-256
 *     rpm     rpmdb.sqlite, Packages.db, Packages in the folders of rpm                          MD5, SHA-1, SHA-256
 *
 * They are content of an image like any other: damage, lies and megabytes without a newline are normal. What cannot be
 * read lists nothing. Whether a database is to be believed is for others to decide.
 */
#ifndef SILT_CONTENT_PACKAGE_H
#define SILT_CONTENT_PACKAGE_H

#include "base/buffer.h"
#include "base/error.h"
#include "stream/digest.h"

enum silt_package_db {
	SILT_PACKAGE_DB_NONE,
	SILT_PACKAGE_DB_DPKG,
	SILT_PACKAGE_DB_APK,
	SILT_PACKAGE_DB_PYTHON,
	SILT_PACKAGE_DB_RPM_SQLITE,
	SILT_PACKAGE_DB_RPM_NDB,
	SILT_PACKAGE_DB_RPM_HASH,
};

/* Which database the file of that clean path is, by its name alone. */
enum silt_package_db silt_package_db_at(struct silt_bytes path);

/* "dpkg md5sums", "apk database", "Python RECORD", "rpm database"; for people. */
const char *silt_package_db_name(enum silt_package_db db);

/* One file as a database lists it. Spans are valid during the callback. */
struct silt_package_file {
	struct silt_bytes package; /* its name, raw; at most SILT_PACKAGE_NAME_MAX bytes */
	struct silt_bytes path;    /* clean, from the root of the image; never empty */
	enum silt_sum_kind kind;
	const uint8_t *digest; /* silt_sum_size(kind) bytes */
};

/* Anything but SILT_OK stops the reading and is returned by the feed. */
typedef enum silt_status silt_package_file_fn(void *ctx, const struct silt_package_file *file, struct silt_error *err);

/*
 * Reads one database after the other as they stream by. A zeroed struct is a reader; its fields are private to the
 * package_*.c files.
 */
struct silt_package_reader {
	enum silt_package_db db;
	silt_package_file_fn *fn;
	void *ctx;
	struct silt_buffer pending; /* owns: the line under way, or all of a database that has no lines */
	bool excess;                /* that one is too long and is skipped */
	bool local;
	struct silt_buffer package; /* owns: name of the package under way */
	struct silt_buffer folder;  /* owns: the folder that paths begin in */
	struct silt_buffer path;    /* owns: apk: of the file under way; else room to build a path in */
};

void silt_package_reader_done(struct silt_package_reader *reader);

/* Starts a database of kind `db` (not NONE) at the clean path `path`, which is copied. */
void silt_package_begin(struct silt_package_reader *reader, enum silt_package_db db, struct silt_bytes path,
			silt_package_file_fn *fn, void *ctx);

/*
 * The next bytes of it, cut anywhere; `last` ends it. SILT_ERR_MEMORY, or what `fn` returned, after which only a new
 * silt_package_begin is allowed.
 */
enum silt_status silt_package_feed(struct silt_package_reader *reader, struct silt_bytes bytes, bool last,
				   struct silt_error *err);

/*
 * True, once the database has ended, if it says of itself that it was not installed from an index of packages but from
 * a folder or an address that somebody gave (PEP 610): such a "package" may be the application itself.
 */
bool silt_package_is_local(const struct silt_package_reader *reader);

#endif
