/*
 * The databases of package managers: which packages are installed, which files they have, and which content these have.
 *
 *     dpkg    var/lib/dpkg/info/PACKAGE[:ARCH].md5sums, var/lib/dpkg/status.d/PACKAGE.md5sums    files, MD5
 *             var/lib/dpkg/info/PACKAGE[:ARCH].list                                              files
 *             var/lib/dpkg/status, var/lib/dpkg/status.d/PACKAGE                                 packages, conffiles
 *             var/lib/dpkg/diversions                                                            files moved aside
 *     apk     lib/apk/db/installed                                             packages, files, SHA-1, modes
 *     Python  any .../NAME-VERSION.dist-info/RECORD                            files, SHA-256
 *     rpm     rpmdb.sqlite, Packages.db, Packages in the folders of rpm        packages, files, MD5, SHA-1 or SHA-256, modes
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
	SILT_PACKAGE_DB_DPKG, /* its md5sums; and the family of all four */
	SILT_PACKAGE_DB_DPKG_LIST,
	SILT_PACKAGE_DB_DPKG_STATUS,
	SILT_PACKAGE_DB_DPKG_DIVERSIONS,
	SILT_PACKAGE_DB_APK,
	SILT_PACKAGE_DB_PYTHON,
	SILT_PACKAGE_DB_RPM_SQLITE, /* and the family of all three */
	SILT_PACKAGE_DB_RPM_NDB,
	SILT_PACKAGE_DB_RPM_HASH,
	SILT_PACKAGE_DB_KINDS,
};

/* Which database the file of that clean path is, by its name alone. */
enum silt_package_db silt_package_db_at(struct silt_bytes path);

/* The at-th folder in which one of them has its place, clean; some are there twice. False: there is none behind. */
bool silt_package_db_folder(size_t at, struct silt_bytes *folder);

/* "dpkg md5sums", "apk database", "Python RECORD", "rpm database"; for people. */
const char *silt_package_db_name(enum silt_package_db db);

/*
 * The one that stands for all that the same manager writes: DPKG, APK, PYTHON, RPM_SQLITE. dpkg has several files, and
 * which of its three rpm writes is a matter of its version.
 */
enum silt_package_db silt_package_db_family(enum silt_package_db db);

/* What a database says of a file beside its digest. */
enum {
	SILT_LISTED_SETUID = 1, /* its mode; dpkg keeps none */
	SILT_LISTED_SETGID = 2,
	SILT_LISTED_CAPABILITY = 4, /* rpm alone */
	SILT_LISTED_MUTABLE = 8,    /* configuration and the like: that it has another content means nothing */
};

/* One file as a database lists it. Spans are valid during the callback. */
struct silt_package_file {
	struct silt_bytes package; /* its name, raw; at most SILT_PACKAGE_NAME_MAX bytes */
	struct silt_bytes path;    /* clean, from the root of the image; never empty */
	enum silt_sum_kind kind;
	const uint8_t *digest; /* silt_sum_size(kind) bytes; NULL: none is told */
	unsigned flags;        /* SILT_LISTED_... */
};

/* One installed package. Spans are valid during the callback. */
struct silt_package_found {
	struct silt_bytes name, version; /* raw; at most SILT_PACKAGE_NAME_MAX bytes each, neither empty */
	struct silt_bytes arch;          /* as long at most; empty: it is not told */
	/* What it was built from, as the database says it: "util-linux (2.38-1)", "curl-8.0-1.src.rpm"; empty: not told. */
	struct silt_bytes source;
};

/* Who is told. Anything but SILT_OK stops the reading and is returned by the feed. */
struct silt_package_sink {
	enum silt_status (*file)(void *ctx, const struct silt_package_file *file, struct silt_error *err);
	enum silt_status (*package)(void *ctx, const struct silt_package_found *found, struct silt_error *err);
	void *ctx;
};

/*
 * Reads one database after the other as they stream by. A zeroed struct is a reader; its fields are private to the
 * package_*.c files.
 */
struct silt_package_reader {
	enum silt_package_db db;
	struct silt_package_sink sink;
	struct silt_buffer pending; /* owns: the line under way, or all of a database that has no lines */
	bool excess;                /* that one is too long and is skipped */
	bool local;
	bool by_place;              /* dpkg status: packages of this file are installed if they do not say */
	bool fresh;                 /* dpkg status: no line of a package has come */
	bool installed;             /* dpkg status: the package under way is */
	bool conffiles;             /* dpkg status: so are the lines that follow */
	unsigned flags;             /* apk: of the file under way */
	struct silt_buffer package; /* owns: name of the package under way */
	struct silt_buffer version; /* owns: its version */
	struct silt_buffer arch;    /* owns: its architecture */
	struct silt_buffer source;  /* owns: what it was built from */
	bool damaged;
	struct silt_buffer folder; /* owns: the folder that paths begin in; diversions: where a file went */
	struct silt_buffer path;   /* owns: of the file under way; Python: room to build a path in */
};

void silt_package_reader_done(struct silt_package_reader *reader);

/* Starts a database of kind `db` (not NONE) at the clean path `path`; what it needs of that is copied, and so is `sink`. */
void silt_package_begin(struct silt_package_reader *reader, enum silt_package_db db, struct silt_bytes path,
			const struct silt_package_sink *sink);

/*
 * The next bytes of it, cut anywhere; `last` ends it. SILT_ERR_MEMORY, or what the sink returned, after which only a new
 * silt_package_begin is allowed.
 */
enum silt_status silt_package_feed(struct silt_package_reader *reader, struct silt_bytes bytes, bool last,
				   struct silt_error *err);

/*
 * True, once the database has ended, if it says of itself that it was not installed from an index of packages but from
 * a folder or an address that somebody gave (PEP 610): such a "package" may be the application itself.
 */
bool silt_package_is_local(const struct silt_package_reader *reader);

/*
 * True, once the database has ended, if there are packages in it that could not be told: it ends too early, is no such
 * database at all, is too large, or has an installed package without a name or a version.
 */
bool silt_package_is_damaged(const struct silt_package_reader *reader);

#endif
