/*
 * The header block of POSIX.1-1988 ustar (and of GNU, which differs in the magic):
 *
 *       0  100 108 116 124  136   148  156 157  257 263 265 297 329 337 345    500  512
 *     +----+---+---+---+----+-----+----+---+----+---+---+---+---+---+---+------+----+
 *     |name|mod|uid|gid|size|mtime|sum |typ|link|mag|ver|usr|grp|maj|min|prefix|    |
 *     +----+---+---+---+----+-----+----+---+----+---+---+---+---+---+---+------+----+
 */
#include "support/tar_writer.h"

#include <stdio.h>
#include <stdlib.h>

struct field {
	size_t at, len;
};

static const struct field NAME = {0, 100}, MODE = {100, 8}, UID = {108, 8}, GID = {116, 8}, SIZE = {124, 12},
			  MTIME = {136, 12}, CHECKSUM = {148, 8}, TYPE = {156, 1}, LINK = {157, 100}, MAGIC = {257, 8},
			  MAJOR = {329, 8}, MINOR = {337, 8}, PREFIX = {345, 155};

static const uint8_t zeros[TAR_BLOCK];

void tar_done(struct tar_writer *w)
{
	silt_buffer_done(&w->out);
}

struct silt_bytes tar_bytes(const struct tar_writer *w)
{
	return silt_buffer_bytes(&w->out);
}

void tar_raw(struct tar_writer *w, struct silt_bytes bytes)
{
	silt_buffer_add(&w->out, bytes);
	if (w->out.failed) {
		abort();
	}
}

void tar_body(struct tar_writer *w, struct silt_bytes body)
{
	tar_raw(w, body);
	tar_raw(w, silt_bytes(zeros, (TAR_BLOCK - body.len % TAR_BLOCK) % TAR_BLOCK));
}

void tar_end(struct tar_writer *w)
{
	tar_raw(w, silt_bytes(zeros, TAR_BLOCK));
	tar_raw(w, silt_bytes(zeros, TAR_BLOCK));
}

/* ---- One header ---------------------------------------------------------------------------------------------------- */

/* As many of the bytes as fit. */
static void put(uint8_t *block, struct field field, struct silt_bytes bytes)
{
	if (bytes.len > 0) {
		memcpy(block + field.at, bytes.ptr, bytes.len < field.len ? bytes.len : field.len);
	}
}

/* Big-endian two's complement over the whole field, with the top bit set as the mark (GNU, star). */
static void put_base256(uint8_t *block, struct field field, int64_t number)
{
	for (size_t i = 0; i < field.len; i++) {
		unsigned shift = (unsigned)(8 * i);
		uint64_t fill = number < 0 ? UINT64_MAX : 0;
		block[field.at + field.len - 1 - i] = (uint8_t)(i < 8 ? (uint64_t)number >> shift : fill);
	}
	block[field.at] |= 0x80;
}

/* Octal digits and a NUL. */
static void put_number(uint8_t *block, struct field field, int64_t number)
{
	int64_t limit = (int64_t)1 << (3 * (field.len - 1));
	if (number < 0 || number >= limit) {
		put_base256(block, field, number);
		return;
	}
	for (size_t i = 0; i < field.len - 1; i++) {
		block[field.at + field.len - 2 - i] = (uint8_t)('0' + (number >> (3 * i) & 7));
	}
}

static void put_checksum(uint8_t *block, enum tar_checksum kind)
{
	memset(block + CHECKSUM.at, ' ', CHECKSUM.len);
	int64_t sum = 0;
	for (size_t i = 0; i < TAR_BLOCK; i++) {
		sum += kind == TAR_CHECKSUM_SIGNED ? (int8_t)block[i] : block[i];
	}
	if (kind == TAR_CHECKSUM_BAD) {
		sum++;
	}
	char text[9];
	snprintf(text, sizeof(text), "%06o", (unsigned)sum & 0777777);
	memcpy(block + CHECKSUM.at, text, 7); /* six digits, NUL, and the space that is there */
}

static void put_magic(uint8_t *block, enum tar_magic magic)
{
	static const char *const magics[] = {
		[TAR_MAGIC_USTAR] = "ustar\00000", /* a NUL, then two digits */
		[TAR_MAGIC_GNU] = "ustar  ",
		[TAR_MAGIC_NONE] = "\0\0\0\0\0\0\0",
	};
	put(block, MAGIC, silt_bytes(magics[magic], MAGIC.len));
}

void tar_header(struct tar_writer *w, const struct tar_header *header)
{
	uint8_t block[TAR_BLOCK] = {0};
	put(block, NAME, header->name_len ? silt_bytes(header->name, header->name_len) : silt_bytes_text(header->name));
	put_number(block, MODE, header->mode);
	put_number(block, UID, (int64_t)header->uid);
	put_number(block, GID, (int64_t)header->gid);
	put_number(block, SIZE, (int64_t)header->size);
	put_number(block, MTIME, header->mtime);
	put(block, TYPE, silt_bytes(&header->type, 1));
	put(block, LINK, silt_bytes_text(header->link));
	put_magic(block, header->magic);
	if (header->magic != TAR_MAGIC_NONE) {
		put_number(block, MAJOR, (int64_t)header->dev_major);
		put_number(block, MINOR, (int64_t)header->dev_minor);
		put(block, PREFIX, silt_bytes_text(header->prefix));
	}
	if (header->raw_mode.len > 0) {
		memset(block + MODE.at, 0, MODE.len);
		put(block, MODE, header->raw_mode);
	}
	if (header->raw_size.len > 0) {
		memset(block + SIZE.at, 0, SIZE.len);
		put(block, SIZE, header->raw_size);
	}
	put(block, (struct field){header->patch_at, TAR_BLOCK - header->patch_at}, header->patch);
	put_checksum(block, header->checksum);
	tar_raw(w, silt_bytes(block, sizeof(block)));
}

/* ---- Headers in front of a header ---------------------------------------------------------------------------------- */

static size_t count_digits(size_t number)
{
	size_t digits = 1;
	for (; number >= 10; number /= 10) {
		digits++;
	}
	return digits;
}

void tar_pax_add(struct silt_buffer *records, const char *key, struct silt_bytes value)
{
	/* The length counts its own digits: with one digit more it may grow by one once again, then it is stable. */
	size_t rest = 1 + strlen(key) + 1 + value.len + 1;
	size_t length = rest + count_digits(rest);
	length = rest + count_digits(length);
	silt_buffer_printf(records, "%zu %s=", length, key);
	silt_buffer_add(records, value);
	silt_buffer_add_byte(records, '\n');
	if (records->failed) {
		abort();
	}
}

void tar_pax_records(struct tar_writer *w, char type, struct silt_bytes records)
{
	tar_header(
		w,
		&(struct tar_header){
			.name = "PaxHeaders/0", .type = type, .mode = 0644, .size = records.len, .mtime = TAR_MTIME});
	tar_body(w, records);
}

void tar_pax(struct tar_writer *w, const char *key, struct silt_bytes value)
{
	struct silt_buffer records = {0};
	tar_pax_add(&records, key, value);
	tar_pax_records(w, 'x', silt_buffer_bytes(&records));
	silt_buffer_done(&records);
}

void tar_gnu_long(struct tar_writer *w, char type, struct silt_bytes name)
{
	struct silt_buffer body = {0};
	silt_buffer_add(&body, name);
	silt_buffer_add_byte(&body, '\0');
	tar_header(w, &(struct tar_header){
			      .name = "././@LongLink", .type = type, .size = body.len, .magic = TAR_MAGIC_GNU});
	tar_body(w, silt_buffer_bytes(&body));
	silt_buffer_done(&body);
}

/* ---- Whole entries ------------------------------------------------------------------------------------------------- */

static void put_entry(struct tar_writer *w, struct tar_header header, struct silt_bytes body)
{
	struct silt_bytes name = silt_bytes_text(header.name);
	struct silt_bytes link = silt_bytes_text(header.link);
	struct silt_buffer records = {0};
	if (name.len > NAME.len) {
		tar_pax_add(&records, "path", name);
	}
	if (link.len > LINK.len) {
		tar_pax_add(&records, "linkpath", link);
	}
	if (records.len > 0) {
		tar_pax_records(w, 'x', silt_buffer_bytes(&records));
	}
	silt_buffer_done(&records);
	header.mtime = TAR_MTIME;
	header.size = body.len;
	tar_header(w, &header);
	tar_body(w, body);
}

void tar_file(struct tar_writer *w, const char *name, unsigned mode, struct silt_bytes body)
{
	put_entry(w, (struct tar_header){.name = name, .type = '0', .mode = mode}, body);
}

void tar_text(struct tar_writer *w, const char *name, unsigned mode, const char *text)
{
	tar_file(w, name, mode, silt_bytes_text(text));
}

void tar_dir(struct tar_writer *w, const char *name, unsigned mode)
{
	put_entry(w, (struct tar_header){.name = name, .type = '5', .mode = mode}, silt_bytes(NULL, 0));
}

void tar_symlink(struct tar_writer *w, const char *name, const char *target)
{
	put_entry(w, (struct tar_header){.name = name, .type = '2', .mode = 0777, .link = target}, silt_bytes(NULL, 0));
}

void tar_hardlink(struct tar_writer *w, const char *name, const char *target)
{
	put_entry(w, (struct tar_header){.name = name, .type = '1', .mode = 0644, .link = target}, silt_bytes(NULL, 0));
}

void tar_device(struct tar_writer *w, const char *name, char type, uint64_t major, uint64_t minor)
{
	struct tar_header header = {.name = name, .type = type, .mode = 0600, .dev_major = major, .dev_minor = minor};
	put_entry(w, header, silt_bytes(NULL, 0));
}
