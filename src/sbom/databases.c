/* The databases of dpkg, apk and rpm, by the readers that the audit has for them. */
#include "sbom/metadata.h"

#include "content/package.h"

struct reading {
	const struct silt_sbom_sink *sink; /* borrows */
	size_t count;
	enum silt_sbom_kind kind;
};

static enum silt_status take_file(void *ctx, const struct silt_package_file *file, struct silt_error *err)
{
	(void)ctx;
	(void)file;
	(void)err;
	return SILT_OK;
}

static enum silt_status take_package(void *ctx, const struct silt_package_found *package, struct silt_error *err)
{
	struct reading *reading = ctx;
	reading->count++;
	const struct silt_sbom_found found = {
		.kind = reading->kind,
		.name = package->name,
		.version = package->version,
		.arch = package->arch,
		.source = package->source,
	};
	return reading->sink->found(reading->sink->ctx, &found, err);
}

static enum silt_sbom_kind kind_of(enum silt_package_db db)
{
	const enum silt_package_db family = silt_package_db_family(db);
	return family == SILT_PACKAGE_DB_DPKG  ? SILT_SBOM_DEB
	       : family == SILT_PACKAGE_DB_APK ? SILT_SBOM_APK
					       : SILT_SBOM_RPM;
}

/* Without a package, rightly: blank, or dpkg remembers only some that were removed. rpm has keys of others in it. */
static bool is_empty(enum silt_sbom_kind kind, struct silt_bytes body)
{
	const bool removed = kind == SILT_SBOM_DEB && silt_bytes_find(body, SILT_LITERAL("Package:")) != SIZE_MAX;
	return kind == SILT_SBOM_RPM || removed || silt_bytes_trim(body).len == 0;
}

enum silt_status silt_sbom_read_database(struct silt_bytes path, struct silt_bytes body,
					 const struct silt_sbom_sink *sink, const char **why, struct silt_error *err)
{
	const enum silt_package_db db = silt_package_db_at(path);
	struct reading reading = {.sink = sink, .kind = kind_of(db)};
	const struct silt_package_sink packages = {take_file, take_package, &reading};
	struct silt_package_reader reader = {0};
	silt_package_begin(&reader, db, path, &packages);
	const enum silt_status status = silt_package_feed(&reader, body, true, err);
	if (silt_package_is_damaged(&reader)) {
		*why = "it is damaged";
	} else if (reading.count == 0 && !is_empty(reading.kind, body)) {
		*why = "it has no package, and is not empty";
	}
	silt_package_reader_done(&reader);
	return status;
}

enum silt_status silt_sbom_read_log(struct silt_bytes path, struct silt_bytes body, const struct silt_sbom_sink *sink,
				    const char **why, struct silt_error *err)
{
	(void)path;
	(void)sink;
	(void)err;
	if (body.len > 0) {
		*why = "it holds changes of the database, which are not read";
	}
	return SILT_OK;
}
