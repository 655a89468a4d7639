/* Databases by their names, and their bytes cut into what the parsers take. */
#include "content/package.h"

#include "base/limits.h"
#include "base/path.h"
#include "base/utf8.h"
#include "content/package_parse.h"

/* By enum silt_package_db. A database has lines, or is read as a whole. */
static const struct {
	const char *name;
	enum silt_package_db family;
	silt_package_line_fn *line;
	silt_package_whole_fn *whole;
} kinds[] = {
	[SILT_PACKAGE_DB_NONE] = {"no database", SILT_PACKAGE_DB_NONE, NULL, NULL},
	[SILT_PACKAGE_DB_DPKG] = {"dpkg md5sums", SILT_PACKAGE_DB_DPKG, silt_dpkg_line, NULL},
	[SILT_PACKAGE_DB_DPKG_LIST] = {"dpkg file list", SILT_PACKAGE_DB_DPKG, silt_dpkg_list_line, NULL},
	[SILT_PACKAGE_DB_DPKG_STATUS] = {"dpkg status", SILT_PACKAGE_DB_DPKG, silt_dpkg_status_line, NULL},
	[SILT_PACKAGE_DB_DPKG_DIVERSIONS] = {"dpkg diversions", SILT_PACKAGE_DB_DPKG, silt_dpkg_diversion_line, NULL},
	[SILT_PACKAGE_DB_APK] = {"apk database", SILT_PACKAGE_DB_APK, silt_apk_line, NULL},
	[SILT_PACKAGE_DB_PYTHON] = {"Python RECORD", SILT_PACKAGE_DB_PYTHON, silt_python_line, NULL},
	[SILT_PACKAGE_DB_RPM_SQLITE] = {"rpm database", SILT_PACKAGE_DB_RPM_SQLITE, NULL, silt_rpm_sqlite},
	[SILT_PACKAGE_DB_RPM_NDB] = {"rpm database", SILT_PACKAGE_DB_RPM_SQLITE, NULL, silt_rpm_ndb},
	[SILT_PACKAGE_DB_RPM_HASH] = {"rpm database", SILT_PACKAGE_DB_RPM_SQLITE, NULL, silt_rpm_hash},
};

/* One file for each package, which has no field that says that it is installed. */
#define STATUS_FOLDER "var/lib/dpkg/status.d/"

/* A path is FOLDER NAME END, where NAME has no '/'; it is not empty if FOLDER ends with one, and empty if not. */
static const struct {
	enum silt_package_db db;
	const char *folder;
	const char *end;
} places[] = {
	{SILT_PACKAGE_DB_DPKG, "var/lib/dpkg/info/", ".md5sums"},
	{SILT_PACKAGE_DB_DPKG_LIST, "var/lib/dpkg/info/", ".list"},
	{SILT_PACKAGE_DB_DPKG, "var/lib/dpkg/status.d/", ".md5sums"}, /* distroless */
	{SILT_PACKAGE_DB_DPKG_STATUS, STATUS_FOLDER, ""},
	{SILT_PACKAGE_DB_DPKG_STATUS, "var/lib/dpkg/status", ""},
	{SILT_PACKAGE_DB_DPKG_DIVERSIONS, "var/lib/dpkg/diversions", ""},
	{SILT_PACKAGE_DB_APK, "lib/apk/db/installed", ""},
	{SILT_PACKAGE_DB_APK, "usr/lib/apk/db/installed", ""},
	{SILT_PACKAGE_DB_RPM_SQLITE, "var/lib/rpm/rpmdb.sqlite", ""},
	{SILT_PACKAGE_DB_RPM_SQLITE, "usr/lib/sysimage/rpm/rpmdb.sqlite", ""},
	{SILT_PACKAGE_DB_RPM_SQLITE, "usr/share/rpm/rpmdb.sqlite", ""}, /* ostree */
	{SILT_PACKAGE_DB_RPM_NDB, "var/lib/rpm/Packages.db", ""},
	{SILT_PACKAGE_DB_RPM_NDB, "usr/lib/sysimage/rpm/Packages.db", ""},
	{SILT_PACKAGE_DB_RPM_HASH, "var/lib/rpm/Packages", ""},
	{SILT_PACKAGE_DB_RPM_HASH, "usr/lib/sysimage/rpm/Packages", ""},
};

static bool is_at(struct silt_bytes path, const char *folder, const char *end)
{
	if (!silt_bytes_begin(path, folder)) {
		return false;
	}
	struct silt_bytes head = silt_bytes_text(folder), tail = silt_bytes_text(end);
	struct silt_bytes rest = silt_bytes_slice(path, head.len, path.len);
	if (!silt_bytes_end_with(head, SILT_LITERAL("/"))) {
		return rest.len == 0;
	}
	return rest.len > tail.len && silt_bytes_end_with(rest, tail) && silt_bytes_find_byte(rest, '/') == SIZE_MAX;
}

enum silt_package_db silt_package_db_at(struct silt_bytes path)
{
	if (silt_bytes_end_with(path, SILT_LITERAL(".dist-info/RECORD"))) {
		return SILT_PACKAGE_DB_PYTHON;
	}
	for (size_t i = 0; i < SILT_COUNT(places); i++) {
		if (is_at(path, places[i].folder, places[i].end)) {
			return places[i].db;
		}
	}
	return SILT_PACKAGE_DB_NONE;
}

bool silt_package_db_folder(size_t at, struct silt_bytes *folder)
{
	if (at >= SILT_COUNT(places)) {
		return false;
	}
	*folder = silt_path_parent(silt_bytes_text(places[at].folder));
	return true;
}

const char *silt_package_db_name(enum silt_package_db db)
{
	return kinds[db].name;
}

enum silt_package_db silt_package_db_family(enum silt_package_db db)
{
	return kinds[db].family;
}

void silt_package_reader_done(struct silt_package_reader *reader)
{
	silt_buffer_done(&reader->pending);
	silt_buffer_done(&reader->package);
	silt_buffer_done(&reader->version);
	silt_buffer_done(&reader->arch);
	silt_buffer_done(&reader->source);
	silt_buffer_done(&reader->folder);
	silt_buffer_done(&reader->path);
}

/* ---- Names --------------------------------------------------------------------------------------------------------- */

void silt_package_keep(struct silt_buffer *buffer, struct silt_bytes value)
{
	silt_buffer_clear(buffer);
	silt_buffer_add(buffer, value);
}

void silt_package_name(struct silt_package_reader *reader, struct silt_bytes name)
{
	silt_package_keep(&reader->package, silt_utf8_cut(name, SILT_PACKAGE_NAME_MAX));
}

void silt_package_forget(struct silt_package_reader *reader)
{
	silt_buffer_clear(&reader->package);
	silt_buffer_clear(&reader->version);
	silt_buffer_clear(&reader->arch);
	silt_buffer_clear(&reader->source);
}

/* "libssl3:amd64.md5sums" gives "libssl3". */
static struct silt_bytes dpkg_package(struct silt_bytes path)
{
	struct silt_bytes name = silt_path_basename(path);
	name = silt_bytes_slice(name, 0, silt_bytes_find_last_byte(name, '.'));
	return silt_bytes_slice(name, 0, silt_bytes_find_byte(name, ':'));
}

static struct silt_bytes python_package(struct silt_bytes path)
{
	struct silt_bytes info = silt_path_basename(silt_path_parent(path));
	info.len -= strlen(".dist-info");
	return info;
}

void silt_package_begin(struct silt_package_reader *reader, enum silt_package_db db, struct silt_bytes path,
			const struct silt_package_sink *sink)
{
	silt_package_forget(reader);
	silt_buffer_clear(&reader->pending);
	silt_buffer_clear(&reader->folder);
	silt_buffer_clear(&reader->path);
	reader->db = db;
	reader->sink = *sink;
	reader->excess = reader->local = reader->conffiles = reader->damaged = false;
	reader->flags = 0;
	reader->installed = reader->by_place = silt_bytes_start_with(path, SILT_LITERAL(STATUS_FOLDER));
	reader->fresh = true;
	if (db == SILT_PACKAGE_DB_DPKG || db == SILT_PACKAGE_DB_DPKG_LIST) {
		silt_package_name(reader, dpkg_package(path));
	} else if (db == SILT_PACKAGE_DB_PYTHON) {
		silt_package_name(reader, python_package(path));
		silt_buffer_add(&reader->folder, silt_path_parent(silt_path_parent(path)));
	}
}

bool silt_package_is_local(const struct silt_package_reader *reader)
{
	return reader->local;
}

bool silt_package_is_damaged(const struct silt_package_reader *reader)
{
	return reader->damaged;
}

/* ---- Bytes --------------------------------------------------------------------------------------------------------- */

static size_t pending_max(const struct silt_package_reader *reader)
{
	return kinds[reader->db].line ? SILT_PACKAGE_LINE_MAX : SILT_PACKAGE_BYTES_MAX;
}

static void add_pending(struct silt_package_reader *reader, struct silt_bytes bytes)
{
	if (!reader->excess && bytes.len > pending_max(reader) - reader->pending.len) {
		reader->excess = true;
		silt_buffer_clear(&reader->pending);
	}
	if (!reader->excess) {
		silt_buffer_add(&reader->pending, bytes);
	}
}

static enum silt_status end_line(struct silt_package_reader *reader, struct silt_error *err)
{
	if (reader->pending.failed) {
		return silt_fail_memory(err);
	}
	enum silt_status status = SILT_OK;
	if (!reader->excess) {
		status = kinds[reader->db].line(reader, silt_buffer_bytes(&reader->pending), err);
	}
	silt_buffer_clear(&reader->pending);
	reader->excess = false;
	return status;
}

static enum silt_status feed_lines(struct silt_package_reader *reader, struct silt_bytes bytes, bool last,
				   struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	size_t newline;
	while (status == SILT_OK && (newline = silt_bytes_find_byte(bytes, '\n')) != SIZE_MAX) {
		struct silt_bytes line = silt_bytes_slice(bytes, 0, newline);
		bytes = silt_bytes_slice(bytes, newline + 1, bytes.len);
		add_pending(reader, line);
		status = end_line(reader, err);
	}
	add_pending(reader, bytes);
	if (status == SILT_OK && last) {
		status = end_line(reader, err);
	}
	return status == SILT_OK && last ? kinds[reader->db].line(reader, silt_bytes(NULL, 0), err) : status;
}

static enum silt_status feed_whole(struct silt_package_reader *reader, struct silt_bytes bytes, bool last,
				   struct silt_error *err)
{
	add_pending(reader, bytes);
	if (reader->pending.failed) {
		return silt_fail_memory(err);
	}
	if (!last) {
		return SILT_OK;
	}
	enum silt_status status = SILT_OK;
	reader->damaged = reader->excess;
	if (!reader->excess) {
		status = kinds[reader->db].whole(reader, silt_buffer_bytes(&reader->pending), err);
	}
	silt_buffer_done(&reader->pending); /* there is one in an image, and it is large */
	return status;
}

enum silt_status silt_package_feed(struct silt_package_reader *reader, struct silt_bytes bytes, bool last,
				   struct silt_error *err)
{
	return kinds[reader->db].line ? feed_lines(reader, bytes, last, err) : feed_whole(reader, bytes, last, err);
}
