/* What a database says of one file: a path, a digest in one of its spellings. */
#include "content/package_parse.h"

#include "base/limits.h"
#include "base/path.h"

enum silt_status silt_package_give(struct silt_package_reader *reader, struct silt_bytes folder, struct silt_bytes name,
				   enum silt_sum_kind kind, const uint8_t *digest, struct silt_error *err)
{
	uint8_t path[2 * SILT_PACKAGE_PATH_MAX + 1];
	if (folder.len > SILT_PACKAGE_PATH_MAX || name.len > SILT_PACKAGE_PATH_MAX) {
		return SILT_OK;
	}
	size_t len = 0;
	if (folder.len > 0) {
		memcpy(path, folder.ptr, folder.len);
		path[folder.len] = '/';
		len = folder.len + 1;
	}
	if (name.len > 0) {
		memcpy(path + len, name.ptr, name.len);
	}
	unsigned flags;
	len = silt_path_clean(silt_bytes(path, len + name.len), path, &flags);
	if (len == 0 || len > SILT_PACKAGE_PATH_MAX) {
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
		.kind = kind,
		.digest = digest,
	};
	return reader->fn(reader->ctx, &file, err);
}
