/*
 * The header of an rpm package, as every rpm database holds it: a blob without the magic of a package file.
 *
 *     +--------+--------+----------------------+------------------------------+
 *     | il     | dl     | il index entries     | dl bytes of data             |
 *     | 4 (BE) | 4 (BE) | 16 each              |                              |
 *     +--------+--------+----------------------+------------------------------+
 *                        tag 4, type 4, offset in data 4, count 4: all big endian
 *
 * Files are three parallel arrays: a base name, the number of its folder in DIRNAMES, a digest in hex ("" for what is
 * no file). Tags and types are those of rpm's rpmtag.h.
 */
#include "content/package_parse.h"

#include "base/arena.h"
#include "base/encoding.h"
#include "base/limits.h"

#include <stdlib.h>

enum {
	TAG_NAME = 1000,
	TAG_FILEDIGESTS = 1035,
	TAG_DIRINDEXES = 1116,
	TAG_BASENAMES = 1117,
	TAG_DIRNAMES = 1118,
	TAG_FILEDIGESTALGO = 5011,

	TYPE_INT32 = 4,
	TYPE_STRING = 6,
	TYPE_STRING_ARRAY = 8,

	LENGTHS_SIZE = 8,
	INDEX_SIZE = 16,

	/* Of OpenPGP, RFC 4880 section 9.4; a package that names none has MD5. */
	ALGORITHM_MD5 = 1,
	ALGORITHM_SHA1 = 2,
	ALGORITHM_SHA256 = 8,
};

struct header {
	struct silt_bytes index; /* whole entries */
	struct silt_bytes data;
};

static bool open_header(struct silt_bytes blob, struct header *out)
{
	if (blob.len < LENGTHS_SIZE) {
		return false;
	}
	uint64_t entries = silt_u32be(blob.ptr), data = silt_u32be(blob.ptr + 4);
	uint64_t left = blob.len - LENGTHS_SIZE;
	if (entries > left / INDEX_SIZE || data > left - entries * INDEX_SIZE) {
		return false;
	}
	size_t index_len = (size_t)entries * INDEX_SIZE;
	*out = (struct header){.index = silt_bytes_slice(blob, LENGTHS_SIZE, index_len),
			       .data = silt_bytes_slice(blob, LENGTHS_SIZE + index_len, (size_t)data)};
	return true;
}

/* The data from the start of a tag's value on, and the number of values. False: no such tag of that type. */
static bool find_tag(const struct header *header, uint32_t tag, uint32_t type, struct silt_bytes *value,
		     uint32_t *count)
{
	for (size_t at = 0; at < header->index.len; at += INDEX_SIZE) {
		const uint8_t *entry = header->index.ptr + at;
		if (silt_u32be(entry) == tag && silt_u32be(entry + 4) == type) {
			*value = silt_bytes_slice(header->data, silt_u32be(entry + 8), SIZE_MAX);
			*count = silt_u32be(entry + 12);
			return value->len > 0;
		}
	}
	return false;
}

static bool find_number(const struct header *header, uint32_t tag, uint32_t *out)
{
	struct silt_bytes value;
	uint32_t count;
	if (!find_tag(header, tag, TYPE_INT32, &value, &count) || count == 0 || value.len < 4) {
		return false;
	}
	*out = silt_u32be(value.ptr);
	return true;
}

/* False for an algorithm that no file of ours is digested with. */
static bool digest_kind(const struct header *header, enum silt_sum_kind *out)
{
	uint32_t algorithm = ALGORITHM_MD5;
	find_number(header, TAG_FILEDIGESTALGO, &algorithm);
	switch (algorithm) {
	case ALGORITHM_MD5:
		*out = SILT_SUM_MD5;
		return true;
	case ALGORITHM_SHA1:
		*out = SILT_SUM_SHA1;
		return true;
	case ALGORITHM_SHA256:
		*out = SILT_SUM_SHA256;
		return true;
	default:
		return false;
	}
}

/* The folders in order of their numbers: a table, since files name them in any order. */
static enum silt_status list_folders(const struct header *header, struct silt_bytes **out, size_t *count,
				     struct silt_error *err)
{
	struct silt_bytes value, folder;
	uint32_t stated;
	size_t capacity = 0;
	if (!find_tag(header, TAG_DIRNAMES, TYPE_STRING_ARRAY, &value, &stated)) {
		return SILT_OK;
	}
	while (*count < stated && *count < SILT_PACKAGE_FOLDERS_MAX && silt_bytes_cut(&value, '\0', &folder)) {
		if (!silt_grow((void **)out, *count, &capacity, sizeof(**out))) {
			return silt_fail_memory(err);
		}
		(*out)[(*count)++] = folder;
	}
	return SILT_OK;
}

static enum silt_status give_files(struct silt_package_reader *reader, const struct header *header,
				   const struct silt_bytes *folders, size_t folder_count, enum silt_sum_kind kind,
				   struct silt_error *err)
{
	struct silt_bytes names, digests, numbers, name, hex;
	uint32_t name_count, digest_count, number_count;
	if (!find_tag(header, TAG_BASENAMES, TYPE_STRING_ARRAY, &names, &name_count) ||
	    !find_tag(header, TAG_FILEDIGESTS, TYPE_STRING_ARRAY, &digests, &digest_count) ||
	    !find_tag(header, TAG_DIRINDEXES, TYPE_INT32, &numbers, &number_count) || name_count != digest_count ||
	    name_count != number_count) {
		return SILT_OK;
	}
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < name_count && status == SILT_OK; i++) {
		uint8_t digest[SILT_SUM_MAX];
		if (!silt_bytes_cut(&names, '\0', &name) || !silt_bytes_cut(&digests, '\0', &hex) || numbers.len < 4) {
			return SILT_OK;
		}
		uint32_t folder = silt_u32be(numbers.ptr);
		numbers = silt_bytes_slice(numbers, 4, SIZE_MAX);
		if (folder < folder_count && silt_hex_decode(hex, digest, silt_sum_size(kind))) {
			status = silt_package_give(reader, folders[folder], name, kind, digest, err);
		}
	}
	return status;
}

enum silt_status silt_rpm_header(struct silt_package_reader *reader, struct silt_bytes blob, struct silt_error *err)
{
	struct header header;
	struct silt_bytes name, value;
	enum silt_sum_kind kind;
	uint32_t count;
	if (!open_header(blob, &header) || !digest_kind(&header, &kind) ||
	    !find_tag(&header, TAG_NAME, TYPE_STRING, &value, &count) || !silt_bytes_cut(&value, '\0', &name)) {
		return SILT_OK;
	}
	silt_package_name(reader, name);
	struct silt_bytes *folders = NULL;
	size_t folder_count = 0;
	enum silt_status status = list_folders(&header, &folders, &folder_count, err);
	if (status == SILT_OK) {
		status = give_files(reader, &header, folders, folder_count, kind, err);
	}
	free(folders);
	return status;
}
