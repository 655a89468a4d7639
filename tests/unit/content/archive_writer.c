/* Writers of zip, ar, cpio and rpm that share nothing with the readers. */
#include "unit/content/archive_writer.h"

#include "unit/stream/compress.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static void add_le(struct silt_buffer *out, uint64_t number, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		silt_buffer_add_byte(out, (uint8_t)(number >> (8 * i)));
	}
}

static void add_be(struct silt_buffer *out, uint64_t number, size_t len)
{
	for (size_t i = len; i > 0; i--) {
		silt_buffer_add_byte(out, (uint8_t)(number >> (8 * (i - 1))));
	}
}

static void pad(struct silt_buffer *out, size_t from, size_t to_multiple_of, uint8_t with)
{
	while ((out->len - from) % to_multiple_of != 0) {
		silt_buffer_add_byte(out, with);
	}
}

static void need(const struct silt_buffer *out)
{
	if (out->failed) {
		abort();
	}
}

static uint32_t crc_of(const struct zip_member *member)
{
	uLong crc = crc32(0, Z_NULL, 0);
	if (member->content.len > 0) {
		crc = crc32(crc, member->content.ptr, (uInt)member->content.len);
	}
	return (uint32_t)crc + member->wrong_crc;
}

static void add_local_header(struct silt_buffer *out, const struct zip_member *member, size_t packed)
{
	bool stated = !member->described;
	silt_buffer_add(out, SILT_LITERAL("PK\003\004"));
	add_le(out, 20, 2);
	add_le(out, (member->encrypted ? 1U : 0U) | (member->described ? 8U : 0U), 2);
	add_le(out, member->method, 2);
	add_le(out, 0x5a21a000, 4);
	add_le(out, stated ? crc_of(member) : 0, 4);
	add_le(out, member->zip64 ? UINT32_MAX : stated ? packed : 0, 4);
	add_le(out, member->zip64 ? UINT32_MAX : stated ? member->content.len : 0, 4);
	add_le(out, strlen(member->name), 2);
	add_le(out, member->zip64 ? 26 : 0, 2);
	silt_buffer_add_text(out, member->name);
	if (member->zip64) {
		add_le(out, 0x5455, 2); /* a time, in front of the field that matters */
		add_le(out, 2, 2);
		add_le(out, 0, 2);
		add_le(out, 1, 2);
		add_le(out, 16, 2);
		add_le(out, member->content.len, 8);
		add_le(out, packed, 8);
	}
}

void add_zip(struct silt_buffer *out, const struct zip_member *member)
{
	struct silt_buffer packed = {0};
	if (member->packed.len > 0) {
		silt_buffer_add(&packed, member->packed);
	} else if (member->method == 8) {
		add_deflate(&packed, member->content, false);
	} else {
		silt_buffer_add(&packed, member->content);
	}
	add_local_header(out, member, packed.len);
	silt_buffer_add(out, silt_buffer_bytes(&packed));
	if (member->described) {
		silt_buffer_add_text(out, member->unsigned_descriptor ? "" : "PK\007\010");
		add_le(out, crc_of(member), 4);
		add_le(out, packed.len, 4);
		add_le(out, member->content.len, 4);
	}
	silt_buffer_done(&packed);
	need(out);
}

void add_zip_end(struct silt_buffer *out, const char *comment)
{
	silt_buffer_add(out, SILT_LITERAL("PK\005\006"));
	add_le(out, 0, 8);
	add_le(out, 0, 8);
	add_le(out, strlen(comment), 2);
	silt_buffer_add_text(out, comment);
	need(out);
}

void add_zip_of(struct silt_buffer *out, const char *name, struct silt_bytes content)
{
	add_zip(out, &(struct zip_member){.name = name, .content = content, .method = 8});
	add_zip_end(out, "");
}

void add_ar(struct silt_buffer *out, const char *name, struct silt_bytes content)
{
	size_t start = out->len;
	silt_buffer_printf(out, "%-16s%-12d%-6d%-6d%-8o%-10zu`\n", name, 1600000000, 0, 0, 0100644U, content.len);
	silt_buffer_add(out, content);
	pad(out, start, 2, '\n');
	need(out);
}

void add_cpio(struct silt_buffer *out, const char *magic, const char *name, struct silt_bytes content)
{
	size_t start = out->len, name_len = strlen(name) + 1;
	bool odc = strcmp(magic, "070707") == 0;
	silt_buffer_add_text(out, magic);
	if (odc) {
		silt_buffer_printf(out, "%06o%06o%06o%06o%06o%06o%06o%011o", 1U, 2U, 0100644U, 0U, 0U, 1U, 0U, 0U);
		silt_buffer_printf(out, "%06zo%011zo", name_len, content.len);
	} else {
		silt_buffer_printf(out, "%08X%08X%08X%08X%08X%08X", 1U, 0100644U, 0U, 0U, 1U, 0U);
		silt_buffer_printf(out, "%08zX%08X%08X%08X%08X%08zX%08X", content.len, 0U, 0U, 0U, 0U, name_len, 0U);
	}
	silt_buffer_add(out, silt_bytes(name, name_len));
	pad(out, start, odc ? 1 : 4, 0);
	silt_buffer_add(out, content);
	pad(out, start, odc ? 1 : 4, 0);
	need(out);
}

/* One tag whose value is `text`. */
static void add_rpm_header(struct silt_buffer *out, struct silt_bytes text)
{
	silt_buffer_add(out, SILT_LITERAL("\x8e\xad\xe8\x01\0\0\0\0"));
	add_be(out, 1, 4);
	add_be(out, text.len, 4);
	add_be(out, 1000, 4);
	add_be(out, 6, 4);
	add_be(out, 0, 4);
	add_be(out, 1, 4);
	silt_buffer_add(out, text);
}

void add_rpm(struct silt_buffer *out, struct silt_bytes payload)
{
	size_t start = out->len;
	silt_buffer_add(out, SILT_LITERAL("\xed\xab\xee\xdb\x03"));
	pad(out, start, 96, 0);
	add_rpm_header(out, SILT_LITERAL("five"));
	pad(out, start, 8, 0);
	add_rpm_header(out, SILT_LITERAL("name"));
	silt_buffer_add(out, payload);
	need(out);
}
