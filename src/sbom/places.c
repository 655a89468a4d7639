/* Which files have metadata of packages, by their paths. */
#include "sbom/metadata.h"

#include "base/ascii.h"
#include "base/limits.h"
#include "base/path.h"
#include "content/package.h"

static const struct silt_sbom_place dpkg = {"dpkg database", SILT_PACKAGE_BYTES_MAX, silt_sbom_read_database},
				    apk = {"apk database", SILT_PACKAGE_BYTES_MAX, silt_sbom_read_database},
				    rpm = {"rpm database", SILT_PACKAGE_BYTES_MAX, silt_sbom_read_database},
				    rpm_log = {"rpm database log", SILT_PACKAGE_BYTES_MAX, silt_sbom_read_log},
				    python = {"Python metadata", SILT_SBOM_TEXT_MAX, silt_sbom_read_python},
				    npm = {"npm package.json", SILT_SBOM_TEXT_MAX, silt_sbom_read_npm},
				    gem = {"gem specification", SILT_SBOM_TEXT_MAX, silt_sbom_read_gem},
				    jar = {"Java archive", SILT_SBOM_JAR_MAX, silt_sbom_read_jar};

/* What SQLite has not yet put into the database beside it. */
static bool is_log(struct silt_bytes path)
{
	static const char end[] = "-wal";
	const size_t len = path.len < sizeof(end) ? 0 : path.len - (sizeof(end) - 1);
	return silt_bytes_are(silt_bytes_slice(path, len, path.len), end) &&
	       silt_package_db_at(silt_bytes_slice(path, 0, len)) == SILT_PACKAGE_DB_RPM_SQLITE;
}

static const struct silt_sbom_place *database_at(struct silt_bytes path)
{
	const enum silt_package_db db = silt_package_db_at(path);
	if (db == SILT_PACKAGE_DB_DPKG_STATUS) {
		return &dpkg;
	}
	if (db == SILT_PACKAGE_DB_APK) {
		return &apk;
	}
	if (is_log(path)) {
		return &rpm_log;
	}
	return silt_package_db_family(db) == SILT_PACKAGE_DB_RPM_SQLITE ? &rpm : NULL;
}

static bool is_python(struct silt_bytes path, struct silt_bytes name)
{
	struct silt_bytes folder = silt_path_parent(path);
	if (silt_bytes_are(name, "METADATA")) {
		return silt_bytes_end_with(folder, SILT_LITERAL(".dist-info"));
	}
	if (silt_bytes_are(name, "PKG-INFO")) {
		return silt_bytes_end_with(folder, SILT_LITERAL(".egg-info")) ||
		       silt_bytes_are(silt_path_basename(folder), "EGG-INFO");
	}
	return silt_bytes_end_with(name, SILT_LITERAL(".egg-info"));
}

/* node_modules/NAME/package.json, node_modules/@SCOPE/NAME/package.json: what is deeper belongs to a package. */
static bool is_npm(struct silt_bytes path, struct silt_bytes name)
{
	if (!silt_bytes_are(name, "package.json")) {
		return false;
	}
	struct silt_bytes above = silt_path_parent(silt_path_parent(path));
	if (silt_bytes_begin(silt_path_basename(above), "@")) {
		above = silt_path_parent(above);
	}
	return silt_bytes_are(silt_path_basename(above), "node_modules");
}

static bool is_gem(struct silt_bytes path, struct silt_bytes name)
{
	struct silt_bytes folder = silt_path_parent(path);
	if (!silt_bytes_end_with(name, SILT_LITERAL(".gemspec"))) {
		return false;
	}
	if (silt_bytes_are(silt_path_basename(folder), "default")) {
		folder = silt_path_parent(folder);
	}
	return silt_bytes_are(silt_path_basename(folder), "specifications");
}

bool silt_sbom_is_jar(struct silt_bytes name)
{
	enum { END = 4 };
	const struct silt_bytes end = silt_bytes_slice(name, name.len < END ? 0 : name.len - END, END);
	return silt_bytes_are_nocase(end, ".jar") || silt_bytes_are_nocase(end, ".war") ||
	       silt_bytes_are_nocase(end, ".ear");
}

const struct silt_sbom_place *silt_sbom_place_at(struct silt_bytes path)
{
	struct silt_bytes name = silt_path_basename(path);
	if (silt_sbom_is_jar(name)) {
		return &jar;
	}
	if (is_npm(path, name)) {
		return &npm;
	}
	if (is_python(path, name)) {
		return &python;
	}
	if (is_gem(path, name)) {
		return &gem;
	}
	return database_at(path);
}

unsigned silt_sbom_folder_holds(struct silt_bytes folder, struct silt_buffer *room)
{
	/* One for each way in which a name below a folder makes a place of it. */
	static const struct silt_bytes probes[] = {
		SILT_LITERAL_INIT("METADATA"),          SILT_LITERAL_INIT("PKG-INFO"),
		SILT_LITERAL_INIT("x.gemspec"),         SILT_LITERAL_INIT("default/x.gemspec"),
		SILT_LITERAL_INIT("package.json"),      SILT_LITERAL_INIT("x/package.json"),
		SILT_LITERAL_INIT("@x/x/package.json"),
	};
	unsigned holds = 0;
	for (size_t i = 0; i < SILT_COUNT(probes); i++) {
		if (silt_sbom_place_at(silt_path_join(room, folder, probes[i]))) {
			holds |= 1U << i;
		}
	}
	return holds;
}

bool silt_sbom_line(struct silt_bytes line, uint8_t mark, const char *name, struct silt_bytes *value)
{
	struct silt_bytes head = silt_bytes_text(name);
	if (!silt_bytes_equal_nocase(silt_bytes_slice(line, 0, head.len), head)) {
		return false;
	}
	struct silt_bytes rest = silt_bytes_trim(silt_bytes_slice(line, head.len, line.len));
	if (rest.len == 0 || rest.ptr[0] != mark) {
		return false;
	}
	*value = silt_sbom_field(silt_bytes_trim(silt_bytes_slice(rest, 1, rest.len)));
	return true;
}
