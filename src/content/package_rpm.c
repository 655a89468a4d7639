/*
 * The header of an rpm package, as every rpm database holds it: a blob without the magic of a package file.
 *
 *     +--------+--------+----------------------+------------------------------+
 *     | il     | dl     | il index entries     | dl bytes of data             |
 *     | 4 (BE) | 4 (BE) | 16 each              |                              |
 *     +--------+--------+----------------------+------------------------------+
 *                        tag 4, type 4, offset in data 4, count 4: all big endian
 *
 * Files are parallel arrays: a base name, the number of its folder in DIRNAMES, a digest in hex ("" for what is no
 * file, and for ghosts), and, if the header has them, a mode, flags and capabilities ("" for none). Tags and types are
 * those of rpm's rpmtag.h.
 */
#include "content/package_parse.h"

#include "base/arena.h"
#include "base/encoding.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <stdlib.h>

enum {
	TAG_NAME = 1000,
	TAG_VERSION = 1001,
	TAG_RELEASE = 1002,
	TAG_EPOCH = 1003,
	TAG_ARCH = 1022,
	TAG_FILEMODES = 1030,
	TAG_FILEDIGESTS = 1035,
	TAG_FILEFLAGS = 1037,
	TAG_SOURCERPM = 1044,
	TAG_DIRINDEXES = 1116,
	TAG_BASENAMES = 1117,
	TAG_DIRNAMES = 1118,
	TAG_FILECAPS = 5010,
	TAG_FILEDIGESTALGO = 5011,

	TYPE_INT16 = 3,
	TYPE_INT32 = 4,
	TYPE_STRING = 6,
	TYPE_STRING_ARRAY = 8,

	LENGTHS_SIZE = 8,
	INDEX_SIZE = 16,

	/* Of OpenPGP, RFC 4880 section 9.4; a package that names none has MD5. */
	ALGORITHM_MD5 = 1,
	ALGORITHM_SHA1 = 2,
	ALGORITHM_SHA256 = 8,

	MODE_TYPE = 0170000,
	MODE_FILE = 0100000,
	MODE_SETUID = 04000,
	MODE_SETGID = 02000,

	/* Of rpm's rpmfiles.h: configuration, and what a package only says may be there. */
	FLAG_CONFIG = 1,
	FLAG_GHOST = 1 << 6,
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

/* ---- Files --------------------------------------------------------------------------------------------------------- */

/* The arrays, each from its present file on. Those that a header may lack are empty then. */
struct files {
	uint32_t count;
	bool digested; /* with an algorithm that files of ours are digested with */
	enum silt_sum_kind kind;
	struct silt_bytes names, folders, digests, modes, flags, capabilities;
};

/* An array with a value for each file; empty if the header has none of that length. */
static struct silt_bytes find_array(const struct header *header, uint32_t tag, uint32_t type, uint32_t count)
{
	struct silt_bytes value;
	uint32_t have;
	return find_tag(header, tag, type, &value, &have) && have == count ? value : silt_bytes(NULL, 0);
}

static bool open_files(const struct header *header, struct files *out)
{
	struct silt_bytes names;
	uint32_t count;
	if (!find_tag(header, TAG_BASENAMES, TYPE_STRING_ARRAY, &names, &count)) {
		return false;
	}
	*out = (struct files){
		.count = count,
		.names = names,
		.folders = find_array(header, TAG_DIRINDEXES, TYPE_INT32, count),
		.digests = find_array(header, TAG_FILEDIGESTS, TYPE_STRING_ARRAY, count),
		.modes = find_array(header, TAG_FILEMODES, TYPE_INT16, count),
		.flags = find_array(header, TAG_FILEFLAGS, TYPE_INT32, count),
		.capabilities = find_array(header, TAG_FILECAPS, TYPE_STRING_ARRAY, count),
	};
	out->digested = digest_kind(header, &out->kind);
	return out->folders.len > 0 && out->digests.len > 0;
}

/* The next number of an array, 2 or 4 bytes; `none` if it has no more. */
static uint32_t next_number(struct silt_bytes *array, size_t size, uint32_t none)
{
	if (array->len < size) {
		return none;
	}
	const uint8_t *p = array->ptr;
	uint32_t number = size == 2 ? (uint32_t)p[0] << 8 | p[1] : silt_u32be(p);
	*array = silt_bytes_slice(*array, size, array->len);
	return number;
}

static unsigned flags_of(uint32_t mode, uint32_t flags, struct silt_bytes capabilities)
{
	return (mode & MODE_SETUID ? SILT_LISTED_SETUID : 0U) | (mode & MODE_SETGID ? SILT_LISTED_SETGID : 0U) |
	       (capabilities.len > 0 ? SILT_LISTED_CAPABILITY : 0U) |
	       (flags & (FLAG_CONFIG | FLAG_GHOST) ? SILT_LISTED_MUTABLE : 0U);
}

/* The next file, with what is known of it. False if there is no more. */
static bool next_file(struct files *files, struct silt_package_listing *file, uint32_t *folder, bool *regular,
		      uint8_t digest[static SILT_SUM_MAX])
{
	struct silt_bytes hex = {0}, capabilities = {0};
	if (!silt_bytes_cut(&files->names, '\0', &file->name) || !silt_bytes_cut(&files->digests, '\0', &hex)) {
		return false;
	}
	silt_bytes_cut(&files->capabilities, '\0', &capabilities);
	*folder = next_number(&files->folders, 4, UINT32_MAX);
	uint32_t mode = next_number(&files->modes, 2, 0);
	bool has_digest = files->digested && silt_hex_decode(hex, digest, silt_sum_size(files->kind));
	*regular = has_digest || (mode & MODE_TYPE) == MODE_FILE;
	file->kind = files->kind;
	file->digest = has_digest ? digest : NULL;
	file->flags = flags_of(mode, next_number(&files->flags, 4, 0), capabilities);
	return true;
}

static enum silt_status give_files(struct silt_package_reader *reader, struct files *files,
				   const struct silt_bytes *folders, size_t folder_count, struct silt_error *err)
{
	struct silt_package_listing file = {0};
	uint8_t digest[SILT_SUM_MAX];
	uint32_t folder;
	bool regular;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < files->count && status == SILT_OK; i++) {
		if (!next_file(files, &file, &folder, &regular, digest)) {
			return SILT_OK;
		}
		if (folder < folder_count && regular) {
			file.folder = folders[folder];
			status = silt_package_give(reader, &file, err);
		}
	}
	return status;
}

static enum silt_status read_files(struct silt_package_reader *reader, const struct header *header,
				   struct silt_error *err)
{
	struct files files;
	struct silt_bytes *folders = NULL;
	size_t folder_count = 0;
	if (!open_files(header, &files)) {
		return SILT_OK;
	}
	enum silt_status status = list_folders(header, &folders, &folder_count, err);
	if (status == SILT_OK) {
		status = give_files(reader, &files, folders, folder_count, err);
	}
	free(folders);
	return status;
}

/* ---- The package --------------------------------------------------------------------------------------------------- */

static struct silt_bytes find_string(const struct header *header, uint32_t tag)
{
	struct silt_bytes value, text = {0};
	uint32_t count;
	if (find_tag(header, tag, TYPE_STRING, &value, &count)) {
		silt_bytes_cut(&value, '\0', &text);
	}
	return text;
}

/* "1:2.3-4", as rpm -q --qf '%{EVR}' says it. The keys that rpm trusts are packages in its eyes alone. */
static enum silt_status give_package(struct silt_package_reader *reader, const struct header *header,
				     struct silt_bytes name, struct silt_error *err)
{
	struct silt_bytes version = find_string(header, TAG_VERSION), release = find_string(header, TAG_RELEASE);
	uint32_t epoch;
	if (silt_bytes_equal(name, SILT_LITERAL("gpg-pubkey")) || version.len == 0) {
		reader->damaged = reader->damaged || version.len == 0;
		return SILT_OK;
	}
	silt_buffer_clear(&reader->version);
	silt_package_keep(&reader->arch, find_string(header, TAG_ARCH));
	silt_package_keep(&reader->source, find_string(header, TAG_SOURCERPM));
	if (find_number(header, TAG_EPOCH, &epoch)) {
		silt_buffer_printf(&reader->version, "%u:", epoch);
	}
	silt_buffer_add(&reader->version, silt_utf8_cut(version, SILT_PACKAGE_NAME_MAX));
	silt_buffer_add_byte(&reader->version, '-');
	silt_buffer_add(&reader->version, silt_utf8_cut(release, SILT_PACKAGE_NAME_MAX));
	return silt_package_give_package(reader, err);
}

enum silt_status silt_rpm_header(struct silt_package_reader *reader, struct silt_bytes blob, struct silt_error *err)
{
	struct header header;
	struct silt_bytes name = {0};
	if (open_header(blob, &header)) {
		name = find_string(&header, TAG_NAME);
	}
	if (name.len == 0) {
		reader->damaged = true;
		return SILT_OK;
	}
	silt_package_name(reader, name);
	enum silt_status status = give_package(reader, &header, name, err);
	return status == SILT_OK ? read_files(reader, &header, err) : status;
}
