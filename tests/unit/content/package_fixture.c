/* Databases of rpm made by hand, but for the one that SQLite makes. */
#include "package_fixture.h"

#include "base/attributes.h"

#include <sqlite3.h>
#include <stdlib.h>

static void demand(bool condition)
{
	if (!condition) {
		abort();
	}
}

/* ---- Reading ------------------------------------------------------------------------------------------------------- */

static const struct {
	unsigned flag;
	const char *name;
} flags[] = {
	{SILT_LISTED_SETUID, " setuid"},
	{SILT_LISTED_SETGID, " setgid"},
	{SILT_LISTED_CAPABILITY, " capability"},
	{SILT_LISTED_MUTABLE, " mutable"},
};

static enum silt_status take(void *ctx, const struct silt_package_file *file, struct silt_error *err)
{
	(void)err;
	struct silt_buffer *out = ctx;
	silt_buffer_add(out, file->package);
	silt_buffer_add_byte(out, ' ');
	silt_buffer_add(out, file->path);
	silt_buffer_add_byte(out, ' ');
	for (size_t i = 0; file->digest && i < silt_sum_size(file->kind); i++) {
		silt_buffer_printf(out, "%02x", file->digest[i]);
	}
	silt_buffer_add_text(out, file->digest ? "" : "-");
	for (size_t i = 0; i < SILT_COUNT(flags); i++) {
		silt_buffer_add_text(out, file->flags & flags[i].flag ? flags[i].name : "");
	}
	silt_buffer_add_byte(out, '\n');
	return SILT_OK;
}

static enum silt_status take_package(void *ctx, const struct silt_package_found *found, struct silt_error *err)
{
	(void)err;
	struct silt_buffer *out = ctx;
	silt_buffer_add_byte(out, '=');
	silt_buffer_add(out, found->name);
	silt_buffer_add_byte(out, ' ');
	silt_buffer_add(out, found->version);
	silt_buffer_add_byte(out, '\n');
	return SILT_OK;
}

struct silt_buffer package_read(const char *path, struct silt_bytes body, size_t piece)
{
	struct silt_package_reader reader = {0};
	struct silt_buffer out = {0};
	struct silt_error err = {0};
	const struct silt_package_sink sink = {take, take_package, &out};
	silt_package_begin(&reader, silt_package_db_at(silt_bytes_text(path)), silt_bytes_text(path), &sink);
	for (size_t at = 0; at < body.len; at += piece) {
		demand(silt_package_feed(&reader, silt_bytes_slice(body, at, piece), false, &err) == SILT_OK);
	}
	demand(silt_package_feed(&reader, silt_bytes(NULL, 0), true, &err) == SILT_OK);
	if (silt_package_is_local(&reader)) {
		silt_buffer_add_text(&out, "local\n");
	}
	silt_package_reader_done(&reader);
	return out;
}

/* ---- Numbers ------------------------------------------------------------------------------------------------------- */

static void add_be(struct silt_buffer *out, uint32_t number)
{
	for (unsigned shift = 32; shift > 0; shift -= 8) {
		silt_buffer_add_byte(out, (uint8_t)(number >> (shift - 8)));
	}
}

static void add_le(struct silt_buffer *out, uint32_t number)
{
	for (unsigned shift = 0; shift < 32; shift += 8) {
		silt_buffer_add_byte(out, (uint8_t)(number >> shift));
	}
}

static void put_le(struct silt_buffer *out, size_t at, uint32_t number, size_t size)
{
	demand(at <= out->len && size <= out->len - at);
	for (size_t i = 0; i < size; i++) {
		out->ptr[at + i] = (uint8_t)(number >> (8 * i));
	}
}

static void pad(struct silt_buffer *out, size_t len)
{
	while (out->len < len) {
		silt_buffer_add_byte(out, 0);
	}
}

/* ---- The header ---------------------------------------------------------------------------------------------------- */

enum { INT16 = 3, INT32 = 4, STRING = 6, STRING_ARRAY = 8 };

struct header {
	struct silt_buffer index, data;
};

static void add_tag(struct header *header, uint32_t tag, uint32_t type, size_t count)
{
	add_be(&header->index, tag);
	add_be(&header->index, type);
	add_be(&header->index, (uint32_t)header->data.len);
	add_be(&header->index, (uint32_t)count);
}

static void add_string(struct header *header, const char *text)
{
	silt_buffer_add_text(&header->data, text);
	silt_buffer_add_byte(&header->data, 0);
}

static void add_files(struct header *header, const struct rpm_file *files, size_t count)
{
	add_tag(header, 1117, STRING_ARRAY, count);
	for (size_t i = 0; i < count; i++) {
		add_string(header, files[i].name);
	}
	add_tag(header, 1035, STRING_ARRAY, count);
	for (size_t i = 0; i < count; i++) {
		add_string(header, files[i].hex);
	}
	add_tag(header, 1118, STRING_ARRAY, 2);
	add_string(header, "/usr/share/one/");
	add_string(header, "/etc/");
	add_tag(header, 1116, INT32, count);
	for (size_t i = 0; i < count; i++) {
		add_be(&header->data, files[i].folder);
	}
}

/* What a file is beside its content. */
static void add_rights(struct header *header, const struct rpm_file *files, size_t count)
{
	add_tag(header, 1030, INT16, count);
	for (size_t i = 0; i < count; i++) {
		silt_buffer_add_byte(&header->data, (uint8_t)(files[i].mode >> 8));
		silt_buffer_add_byte(&header->data, (uint8_t)files[i].mode);
	}
	add_tag(header, 1037, INT32, count);
	for (size_t i = 0; i < count; i++) {
		add_be(&header->data, files[i].flags);
	}
	add_tag(header, 5010, STRING_ARRAY, count);
	for (size_t i = 0; i < count; i++) {
		add_string(header, files[i].capabilities ? files[i].capabilities : "");
	}
}

static void add_version(struct header *header)
{
	add_tag(header, 1001, STRING, 1);
	add_string(header, "2.3");
	add_tag(header, 1002, STRING, 1);
	add_string(header, "4");
	add_tag(header, 1003, INT32, 1);
	add_be(&header->data, 1);
}

struct silt_buffer rpm_header(const char *package, uint32_t algorithm, const struct rpm_file *files, size_t count)
{
	struct header header = {0};
	struct silt_buffer out = {0};
	add_tag(&header, 1000, STRING, 1);
	add_string(&header, package);
	add_version(&header);
	add_files(&header, files, count);
	add_rights(&header, files, count);
	if (algorithm != 0) {
		add_tag(&header, 5011, INT32, 1);
		add_be(&header.data, algorithm);
	}
	add_be(&out, (uint32_t)(header.index.len / 16));
	add_be(&out, (uint32_t)header.data.len);
	silt_buffer_add(&out, silt_buffer_bytes(&header.index));
	silt_buffer_add(&out, silt_buffer_bytes(&header.data));
	demand(!out.failed && !header.index.failed && !header.data.failed);
	silt_buffer_done(&header.index);
	silt_buffer_done(&header.data);
	return out;
}

/* ---- The databases ------------------------------------------------------------------------------------------------- */

static void add_slot(struct silt_buffer *out, uint32_t package, uint32_t block, uint32_t blocks)
{
	silt_buffer_add_text(out, "Slot");
	add_le(out, package);
	add_le(out, block);
	add_le(out, blocks);
}

struct silt_buffer rpm_ndb(struct silt_bytes header)
{
	struct silt_buffer out = {0};
	silt_buffer_add_text(&out, "RpmP");
	add_le(&out, 0); /* version */
	add_le(&out, 1); /* generation */
	add_le(&out, 1); /* pages of slots */
	pad(&out, 32);
	add_slot(&out, 0, 0, 0); /* a free one */
	add_slot(&out, 7, 4096 / 16, (uint32_t)(header.len / 16 + 3));
	while (out.len < 4096) {
		add_slot(&out, 0, 0, 0);
	}
	silt_buffer_add_text(&out, "BlbS");
	add_le(&out, 7);
	add_le(&out, 1);
	add_le(&out, (uint32_t)header.len);
	silt_buffer_add(&out, header);
	demand(!out.failed);
	return out;
}

enum { PAGE = 512 };

/* A chain of overflow pages, from page `first` on. */
static void add_chain(struct silt_buffer *out, uint32_t first, struct silt_bytes value)
{
	for (uint32_t number = first; value.len > 0; number++) {
		struct silt_bytes part = silt_bytes_slice(value, 0, PAGE - 26);
		size_t start = out->len;
		value = silt_bytes_slice(value, part.len, value.len);
		pad(out, start + 26);
		put_le(out, start + 16, value.len > 0 ? number + 1 : 0, 4);
		put_le(out, start + 22, (uint32_t)part.len, 2);
		put_le(out, start + 25, 7, 1);
		silt_buffer_add(out, part);
		pad(out, start + PAGE);
	}
}

/* Page 0: what it is. Page 1: one pair of key and value. From page 2 on: the value, if it is not in page 1. */
struct silt_buffer rpm_hash(struct silt_bytes header, bool off_page)
{
	struct silt_buffer out = {0};
	pad(&out, PAGE + 26 + 4);
	put_le(&out, 12, 0x061561, 4);
	put_le(&out, 20, PAGE, 4);
	put_le(&out, 25, 8, 1);
	put_le(&out, PAGE + 20, 2, 2);
	put_le(&out, PAGE + 25, 13, 1);
	size_t value_len = off_page ? 12 : header.len + 1;
	size_t key_at = PAGE - 5, value_at = key_at - value_len;
	put_le(&out, PAGE + 26, (uint32_t)key_at, 2);
	put_le(&out, PAGE + 28, (uint32_t)value_at, 2);
	pad(&out, PAGE + value_at);
	silt_buffer_add_byte(&out, off_page ? 3 : 1);
	if (off_page) {
		pad(&out, out.len + 3);
		add_le(&out, 2);
		add_le(&out, (uint32_t)header.len);
	} else {
		silt_buffer_add(&out, header);
	}
	silt_buffer_add_byte(&out, 1);
	add_le(&out, 7);
	demand(!out.failed && out.len == 2 * PAGE);
	if (off_page) {
		add_chain(&out, 2, header);
	}
	return out;
}

struct silt_buffer rpm_sqlite(const char *schema, struct silt_bytes header)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *statement = NULL;
	struct silt_buffer out = {0};
	demand(sqlite3_open(":memory:", &db) == SQLITE_OK);
	demand(sqlite3_exec(db, schema, NULL, NULL, NULL) == SQLITE_OK);
	if (sqlite3_prepare_v2(db, "INSERT INTO Packages(blob) VALUES (?)", -1, &statement, NULL) == SQLITE_OK) {
		demand(sqlite3_bind_blob(statement, 1, header.ptr, (int)header.len, SQLITE_STATIC) == SQLITE_OK);
		demand(sqlite3_step(statement) == SQLITE_DONE);
	}
	sqlite3_finalize(statement);
	sqlite3_int64 len = 0;
	uint8_t *image = sqlite3_serialize(db, "main", &len, 0);
	demand(image != NULL && len >= 100);
	image[18] = image[19] = 2; /* as rpm leaves it: with a log */
	silt_buffer_add(&out, silt_bytes(image, (size_t)len));
	sqlite3_free(image);
	sqlite3_close(db);
	demand(!out.failed);
	return out;
}
