/*
 * Fuzz target: databases of packages. The first byte chooses the kind, '0' the first one, and how the rest is cut. Whatever it is, the files
 * listed have clean paths, and the way it was cut makes no difference.
 */
#include "base/limits.h"
#include "base/path.h"
#include "content/package.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* By the first byte. */
static const char *const paths[] = {
	"var/lib/dpkg/info/one:amd64.md5sums",
	"lib/apk/db/installed",
	"a/one-1.dist-info/RECORD",
	"var/lib/rpm/rpmdb.sqlite",
	"var/lib/rpm/Packages.db",
	"var/lib/rpm/Packages",
	"var/lib/dpkg/info/one:amd64.list",
	"var/lib/dpkg/status",
	"var/lib/dpkg/status.d/one",
	"var/lib/dpkg/diversions",
};

/* What was listed, in numbers. */
struct tally {
	size_t files, packages;
	uint64_t sum;
};

static void demand(bool condition)
{
	if (!condition) {
		abort();
	}
}

static enum silt_status take(void *ctx, const struct silt_package_file *file, struct silt_error *err)
{
	(void)err;
	struct tally *tally = ctx;
	uint8_t again[SILT_PACKAGE_PATH_MAX];
	unsigned flags;
	demand(file->path.len > 0 && file->path.len <= sizeof(again));
	demand(file->package.len <= SILT_PACKAGE_NAME_MAX);
	demand(silt_path_clean(file->path, again, &flags) == file->path.len);
	tally->files++;
	tally->sum = tally->sum * 31 + file->flags;
	for (size_t i = 0; file->digest && i < silt_sum_size(file->kind); i++) {
		tally->sum = tally->sum * 31 + file->digest[i];
	}
	for (size_t i = 0; i < file->path.len; i++) {
		tally->sum = tally->sum * 31 + file->path.ptr[i];
	}
	return SILT_OK;
}

static enum silt_status take_package(void *ctx, const struct silt_package_found *found, struct silt_error *err)
{
	(void)err;
	struct tally *tally = ctx;
	demand(found->name.len > 0 && found->name.len <= SILT_PACKAGE_NAME_MAX);
	demand(found->version.len > 0 && found->version.len <= SILT_PACKAGE_NAME_MAX);
	tally->packages++;
	return SILT_OK;
}

static struct tally read_database(const char *path, struct silt_bytes body, size_t piece)
{
	struct silt_package_reader reader = {0};
	struct tally tally = {0};
	struct silt_error err = {0};
	const struct silt_package_sink sink = {take, take_package, &tally};
	silt_package_begin(&reader, silt_package_db_at(silt_bytes_text(path)), silt_bytes_text(path), &sink);
	for (size_t at = 0; at < body.len; at += piece) {
		demand(silt_package_feed(&reader, silt_bytes_slice(body, at, piece), false, &err) == SILT_OK);
	}
	demand(silt_package_feed(&reader, silt_bytes(NULL, 0), true, &err) == SILT_OK);
	silt_package_reader_done(&reader);
	return tally;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0) {
		return 0;
	}
	const char *path = paths[(uint8_t)(data[0] - '0') % SILT_COUNT(paths)];
	struct silt_bytes body = silt_bytes(data + 1, size - 1);
	struct tally whole = read_database(path, body, size);
	struct tally pieces = read_database(path, body, 1 + data[0] / SILT_COUNT(paths));
	demand(whole.files == pieces.files && whole.packages == pieces.packages && whole.sum == pieces.sum);
	return 0;
}
