/* Databases of lines: apk, Python. */
#include "content/package_parse.h"

#include "base/attributes.h"
#include "base/encoding.h"

/* Exactly `size` bytes, with or without padding. */
static bool decode(struct silt_bytes text, uint8_t *out, size_t size)
{
	uint8_t plain[2 * SILT_SUM_MAX];
	size_t len;
	if (text.len > sizeof(plain) || !silt_base64_decode(text, plain, &len) || len != size) {
		return false;
	}
	memcpy(out, plain, size);
	return true;
}

/* ---- apk ----------------------------------------------------------------------------------------------------------- */

/* Hands on the file under way, and forgets it. */
static enum silt_status end_apk_file(struct silt_package_reader *reader, const uint8_t *sha1, struct silt_error *err)
{
	const struct silt_package_listing listing = {
		.folder = silt_buffer_bytes(&reader->folder),
		.name = silt_buffer_bytes(&reader->path),
		.kind = SILT_SUM_SHA1,
		.digest = sha1,
		.flags = reader->flags,
	};
	enum silt_status status = listing.name.len > 0 ? silt_package_give(reader, &listing, err) : SILT_OK;
	silt_buffer_clear(&reader->path);
	reader->flags = 0;
	return status;
}

static enum silt_status end_apk_package(struct silt_package_reader *reader, struct silt_error *err)
{
	enum silt_status status = end_apk_file(reader, NULL, err);
	if (status == SILT_OK) {
		status = silt_package_give_package(reader, err);
	}
	reader->damaged = reader->damaged || (reader->package.len == 0) != (reader->version.len == 0);
	silt_package_forget(reader);
	silt_buffer_clear(&reader->folder);
	return status;
}

/* "0:0:4755", a checksum of extended attributes may follow. */
static unsigned apk_rights(struct silt_bytes owner)
{
	struct silt_bytes piece = {0};
	for (int i = 0; i < 3; i++) {
		if (!silt_bytes_cut(&owner, ':', &piece)) {
			return 0;
		}
	}
	uint8_t special = piece.len == 4 ? piece.ptr[0] : '0'; /* an octal digit: setuid 4, setgid 2, sticky 1 */
	return (special & 4 ? SILT_LISTED_SETUID : 0U) | (special & 2 ? SILT_LISTED_SETGID : 0U);
}

/*
 *     P:musl                              package
 *     V:1.2.4-r2                          its version
 *     A:x86_64                            its architecture
 *     o:musl                              the package that it was built as a part of
 *     F:lib                               folder of the files that follow
 *     R:ld-musl-x86_64.so.1               file
 *     a:0:0:755                           its owner and mode, if they are not 0:0:644
 *     Z:Q1vEJAJ+OQYHjNZGNCbmZRLmGPPcU=    its SHA-1: "Q1" and base64; of a symlink that of its target
 *                                         an empty line ends the package
 */
enum silt_status silt_apk_line(struct silt_package_reader *reader, struct silt_bytes line, struct silt_error *err)
{
	uint8_t sha1[20];
	if (line.len == 0) {
		return end_apk_package(reader, err);
	}
	if (line.len < 2 || line.ptr[1] != ':') {
		return SILT_OK;
	}
	struct silt_bytes value = silt_bytes_slice(line, 2, line.len);
	enum silt_status status = SILT_OK;
	switch (line.ptr[0]) {
	case 'P':
		silt_package_name(reader, value);
		break;
	case 'V':
		silt_package_keep(&reader->version, value);
		break;
	case 'A':
		silt_package_keep(&reader->arch, value);
		break;
	case 'o':
		silt_package_keep(&reader->source, value);
		break;
	case 'F':
		status = end_apk_file(reader, NULL, err);
		silt_package_keep(&reader->folder, value);
		break;
	case 'R':
		status = end_apk_file(reader, NULL, err);
		silt_package_keep(&reader->path, value);
		break;
	case 'a':
		reader->flags = apk_rights(value);
		break;
	case 'Z':
		if (silt_bytes_start_with(value, SILT_LITERAL("Q1")) &&
		    decode(silt_bytes_slice(value, 2, value.len), sha1, sizeof(sha1))) {
			status = end_apk_file(reader, sha1, err);
		}
		break;
	default:
		break;
	}
	return status;
}

/* ---- Python -------------------------------------------------------------------------------------------------------- */

/* Cuts the first field of a line of CSV; a quoted one, where "" is a quote, is undone in `room`. */
static struct silt_bytes cut_field(struct silt_bytes *line, struct silt_buffer *room)
{
	struct silt_bytes field = {0};
	if (line->len == 0 || line->ptr[0] != '"') {
		silt_bytes_cut(line, ',', &field);
		return field;
	}
	size_t at = 1;
	silt_buffer_clear(room);
	while (at < line->len) {
		bool quote = line->ptr[at] == '"';
		if (quote && (at + 1 == line->len || line->ptr[at + 1] != '"')) {
			break;
		}
		silt_buffer_add_byte(room, line->ptr[at]);
		at += quote ? 2 : 1;
	}
	*line = silt_bytes_slice(*line, at + 2, line->len); /* the quote and the comma */
	return silt_buffer_bytes(room);
}

/* The folder that the path of a RECORD begins in: that of the RECORD's own folder; the root for an absolute one. */
static struct silt_bytes python_folder(const struct silt_package_reader *reader, struct silt_bytes path)
{
	bool absolute = path.len > 0 && path.ptr[0] == '/';
	return absolute ? silt_bytes(NULL, 0) : silt_buffer_bytes(&reader->folder);
}

/* Cuts the last component of a path off. */
static struct silt_bytes cut_last(struct silt_bytes *path)
{
	struct silt_bytes last = silt_path_basename(*path);
	path->len -= last.len;
	path->len -= path->len > 0 ? strlen("/") : 0;
	return last;
}

/* "opt/venv/lib/python3.11/site-packages" gives "opt/venv". False if the folder is not of that form. */
static bool python_prefix(struct silt_bytes folder, struct silt_bytes *prefix)
{
	struct silt_bytes last = cut_last(&folder);
	if (!silt_bytes_equal(last, SILT_LITERAL("site-packages")) &&
	    !silt_bytes_equal(last, SILT_LITERAL("dist-packages"))) {
		return false;
	}
	last = cut_last(&folder);
	if (silt_bytes_start_with(last, SILT_LITERAL("python")) || silt_bytes_start_with(last, SILT_LITERAL("pypy"))) {
		last = cut_last(&folder);
	}
	*prefix = folder;
	return silt_bytes_start_with(last, SILT_LITERAL("lib"));
}

/* Cuts a folder and its '/' off the start of a path; false if the path is not inside. The root is the empty folder. */
static bool cut_folder(struct silt_bytes *path, struct silt_bytes folder)
{
	bool inside = folder.len == 0 ||
		      (path->len > folder.len && silt_bytes_start_with(*path, folder) && path->ptr[folder.len] == '/');
	if (inside) {
		*path = silt_bytes_slice(*path, folder.len + (folder.len > 0), path->len);
	}
	return inside;
}

bool silt_python_may_list(const struct silt_package_reader *reader, struct silt_bytes path)
{
	static const char *const folders[] = {"bin", "share", "etc", "include"};
	struct silt_bytes folder = silt_buffer_bytes(&reader->folder), prefix, first;
	if (cut_folder(&path, folder)) {
		return true;
	}
	if (!python_prefix(folder, &prefix) || !cut_folder(&path, prefix)) {
		return false;
	}
	silt_bytes_cut(&path, '/', &first);
	for (size_t i = 0; i < SILT_COUNT(folders); i++) {
		if (silt_bytes_equal(first, silt_bytes_text(folders[i]))) {
			return path.len > 0;
		}
	}
	return path.len > 0 && silt_bytes_start_with(first, SILT_LITERAL("lib"));
}

/* "requests/api.py,sha256=q61xcXsiRKSUEhCWcwWZbBeDHPYmCDaDcwqYHdbHPbc,6449", by PEP 376 and PEP 427. */
enum silt_status silt_python_line(struct silt_package_reader *reader, struct silt_bytes line, struct silt_error *err)
{
	struct silt_bytes kind, digest;
	uint8_t sha256[32];
	struct silt_bytes path = cut_field(&line, &reader->path);
	if (silt_bytes_end_with(path, SILT_LITERAL(".dist-info/direct_url.json"))) {
		reader->local = true;
	}
	if (!silt_bytes_cut(&line, ',', &digest) || !silt_bytes_cut(&digest, '=', &kind) ||
	    !silt_bytes_equal(kind, SILT_LITERAL("sha256")) || !decode(digest, sha256, sizeof(sha256))) {
		return SILT_OK;
	}
	const struct silt_package_listing listing = {
		.folder = python_folder(reader, path), .name = path, .kind = SILT_SUM_SHA256, .digest = sha256};
	return silt_package_give(reader, &listing, err);
}
