/* What a database says of one file or package, handed on in one spelling for all databases. */
#include "content/package_parse.h"

#include "base/limits.h"
#include "base/path.h"
#include "base/utf8.h"

/* Joins and cleans; 0 if the path is the root or too long. */
static size_t clean(const struct silt_package_listing *listing, uint8_t path[2 * SILT_PACKAGE_PATH_MAX + 1],
		    unsigned *flags)
{
	struct silt_bytes folder = listing->folder, name = listing->name;
	size_t len = 0;
	if (folder.len > SILT_PACKAGE_PATH_MAX || name.len > SILT_PACKAGE_PATH_MAX) {
		return 0;
	}
	if (folder.len > 0) {
		memcpy(path, folder.ptr, folder.len);
		path[folder.len] = '/';
		len = folder.len + 1;
	}
	if (name.len > 0) {
		memcpy(path + len, name.ptr, name.len);
	}
	len = silt_path_clean(silt_bytes(path, len + name.len), path, flags);
	return len <= SILT_PACKAGE_PATH_MAX ? len : 0;
}

enum silt_status silt_package_give(struct silt_package_reader *reader, const struct silt_package_listing *listing,
				   struct silt_error *err)
{
	uint8_t path[2 * SILT_PACKAGE_PATH_MAX + 1];
	unsigned flags;
	size_t len = clean(listing, path, &flags);
	if (len == 0) {
		return SILT_OK;
	}
	if (reader->package.failed || reader->folder.failed || reader->path.failed) {
		return silt_fail_memory(err);
	}
	if (reader->db == SILT_PACKAGE_DB_PYTHON &&
	    ((flags & SILT_PATH_ESCAPES) != 0 || !silt_python_may_list(reader, silt_bytes(path, len)))) {
		return SILT_OK;
	}
	const struct silt_package_file file = {
		.package = silt_buffer_bytes(&reader->package),
		.path = silt_bytes(path, len),
		.kind = listing->kind,
		.digest = listing->digest,
		.flags = listing->flags,
	};
	return reader->sink.file(reader->sink.ctx, &file, err);
}

enum silt_status silt_package_give_package(struct silt_package_reader *reader, struct silt_error *err)
{
	const struct silt_package_found found = {
		.name = silt_buffer_bytes(&reader->package),
		.version = silt_utf8_cut(silt_buffer_bytes(&reader->version), SILT_PACKAGE_NAME_MAX),
		.arch = silt_utf8_cut(silt_buffer_bytes(&reader->arch), SILT_PACKAGE_NAME_MAX),
		.source = silt_utf8_cut(silt_buffer_bytes(&reader->source), SILT_PACKAGE_NAME_MAX),
	};
	if (reader->package.failed || reader->version.failed || reader->arch.failed || reader->source.failed) {
		return silt_fail_memory(err);
	}
	return found.name.len > 0 && found.version.len > 0 ? reader->sink.package(reader->sink.ctx, &found, err)
							   : SILT_OK;
}
