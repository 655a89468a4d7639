/*
 * Headers of a tar, one after the other (POSIX.1-2017 pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar
 * Format"). Rules are those of Go 1.23 archive/tar, reader.go.
 *
 *      0              124   136        148     156                257            482
 *     +- - - - - - - -+-----+- - - - - +-------+------+- - - - - -+-------+- - - +----------+- - -
 *     | name ...      | size|          |  sum  | type | link      | magic |      | more map |
 *     +- - - - - - - -+-----+- - - - - +-------+------+- - - - - -+-------+- - - +----------+- - -
 *                       12                 8      1                  8              1 (old GNU sparse)
 */
#include "stream/tar_walk.h"

#include "stream/tar.h"

enum {
	SIZE_AT = 124,
	SIZE_LEN = 12,
	TYPE_AT = 156,
	MORE_MAP_AT = 482,
	NEXT_MORE_MAP_AT = 504, /* in a block that goes on with the map */
	/* Go refuses more of these; a longer one is no size either. */
	RECORDS_MAX = 1024 * 1024,
};

void silt_tar_walk_done(struct silt_tar_walk *walk)
{
	silt_buffer_done(&walk->records);
}

/* ---- Numbers --------------------------------------------------------------------------------------------------------- */

/* Digits of `base`, nothing else, at least one; up to 2^63-1. */
static bool read_digits(struct silt_bytes text, unsigned base, uint64_t *number)
{
	uint64_t value = 0;
	for (size_t i = 0; i < text.len; i++) {
		unsigned digit = text.ptr[i] - (unsigned)'0';
		if (digit >= base || value > ((uint64_t)INT64_MAX - digit) / base) {
			return false;
		}
		value = value * base + digit;
	}
	*number = value;
	return text.len > 0;
}

static bool is_filling(uint8_t byte)
{
	return byte == ' ' || byte == '\0';
}

/* Octal with blanks and NULs around it, or, if the first bit is set, 95 bits of big-endian binary. Blank is 0. */
static bool read_size(const uint8_t field[static SIZE_LEN], uint64_t *size)
{
	if (field[0] & 0x80) {
		uint64_t value = field[0] & 0x7f;
		for (size_t i = 1; i < SIZE_LEN; i++) {
			if (value > (uint64_t)INT64_MAX >> 8) {
				return false;
			}
			value = value << 8 | field[i];
		}
		*size = value;
		return true;
	}
	struct silt_bytes text = silt_bytes(field, SIZE_LEN);
	while (text.len > 0 && is_filling(text.ptr[0])) {
		text = silt_bytes(text.ptr + 1, text.len - 1);
	}
	text = silt_bytes_slice(text, 0, silt_bytes_find_byte(text, '\0'));
	while (text.len > 0 && is_filling(text.ptr[text.len - 1])) {
		text.len--;
	}
	*size = 0;
	return text.len == 0 || read_digits(text, 8, size);
}

/* ---- PAX records ----------------------------------------------------------------------------------------------------- */

/* Cuts "LENGTH KEY=VALUE\n" off `*rest`; LENGTH counts all of it. */
static bool cut_record(struct silt_bytes *rest, struct silt_bytes *key, struct silt_bytes *value)
{
	uint64_t length;
	size_t blank = silt_bytes_find_byte(*rest, ' ');
	if (blank == SIZE_MAX || !read_digits(silt_bytes_slice(*rest, 0, blank), 10, &length) || length > rest->len ||
	    length < blank + 2 || rest->ptr[length - 1] != '\n') {
		return false;
	}
	*value = silt_bytes(rest->ptr + blank + 1, (size_t)length - blank - 2);
	*rest = silt_bytes(rest->ptr + length, rest->len - (size_t)length);
	size_t equals = silt_bytes_find_byte(*value, '=');
	if (equals == SIZE_MAX || equals == 0) {
		return false;
	}
	*key = silt_bytes(value->ptr, equals);
	*value = silt_bytes(value->ptr + equals + 1, value->len - equals - 1);
	return true;
}

static bool is_name(struct silt_bytes key)
{
	return silt_bytes_equal(key, SILT_LITERAL("path")) || silt_bytes_equal(key, SILT_LITERAL("linkpath"));
}

/* The size that the records give the next entry, if any; an empty value takes one back. False if Go refuses them. */
static bool read_records(struct silt_tar_walk *walk)
{
	struct silt_bytes rest = silt_buffer_bytes(&walk->records), key, value;
	walk->has_pax_size = false;
	while (rest.len > 0) {
		if (!cut_record(&rest, &key, &value) ||
		    (is_name(key) && silt_bytes_find_byte(value, '\0') != SIZE_MAX)) {
			return false;
		}
		if (silt_bytes_equal(key, SILT_LITERAL("size"))) {
			walk->has_pax_size = value.len > 0;
			if (value.len > 0 && !read_digits(value, 10, &walk->pax_size)) {
				return false;
			}
		}
	}
	return true;
}

/* ---- Headers --------------------------------------------------------------------------------------------------------- */

static size_t padding_of(uint64_t size)
{
	return (size_t)((SILT_TAR_BLOCK - size % SILT_TAR_BLOCK) % SILT_TAR_BLOCK);
}

/* To the header behind a body. What a size of 2^63-1 needs is never there. */
static void skip_body(struct silt_tar_walk *walk, uint64_t size)
{
	walk->padding = padding_of(size);
	walk->left = size + walk->padding;
	walk->state = walk->left > 0 ? SILT_TAR_WALK_SKIP : SILT_TAR_WALK_HEADER;
}

static void begin_records(struct silt_tar_walk *walk, uint64_t size)
{
	walk->state = size <= RECORDS_MAX ? SILT_TAR_WALK_PAX : SILT_TAR_WALK_STOPPED;
	walk->left = size;
	walk->padding = padding_of(size);
	silt_buffer_clear(&walk->records);
}

static void end_records(struct silt_tar_walk *walk)
{
	walk->left = walk->padding;
	walk->state = walk->left > 0 ? SILT_TAR_WALK_SKIP : SILT_TAR_WALK_HEADER;
	if (!read_records(walk)) {
		walk->state = SILT_TAR_WALK_STOPPED;
	}
}

/* Links, devices, directories and fifos have no body, whatever their size says. */
static bool has_body(uint8_t type)
{
	return type < '1' || type > '6';
}

static void find_entry(struct silt_tar_walk *walk, uint8_t type, uint64_t size)
{
	walk->found++;
	walk->found_start = walk->start;
	walk->started = false;
	size = walk->has_pax_size ? walk->pax_size : size;
	walk->has_pax_size = false;
	walk->size = has_body(type) ? size : 0;
	if (type == 'S' && walk->block[MORE_MAP_AT] != 0) {
		walk->state = SILT_TAR_WALK_SPARSE;
	} else {
		skip_body(walk, walk->size);
	}
}

static void take_header(struct silt_tar_walk *walk)
{
	uint64_t size;
	if (silt_tar_sniff(silt_bytes(walk->block, sizeof(walk->block))) != SILT_TAR_START_YES ||
	    !read_size(walk->block + SIZE_AT, &size)) {
		walk->state = SILT_TAR_WALK_STOPPED;
		return;
	}
	if (!walk->started) {
		walk->started = true;
		walk->start = walk->at - SILT_TAR_BLOCK;
	}
	uint8_t type = walk->block[TYPE_AT];
	switch (type) {
	case 'x':
		begin_records(walk, size);
		if (size == 0) {
			end_records(walk);
		}
		break;
	case 'g': /* an entry of its own for Go, which forgets an 'x' in front of it */
		walk->has_pax_size = false;
		skip_body(walk, size);
		break;
	case 'L':
	case 'K':
	case 'V': /* a label of the volume, which libarchive does not give as an entry */
		skip_body(walk, size);
		break;
	default:
		find_entry(walk, type, size);
	}
}

static void take_block(struct silt_tar_walk *walk)
{
	bool zero = silt_bytes_all(silt_bytes(walk->block, sizeof(walk->block)), 0);
	if (walk->state == SILT_TAR_WALK_SPARSE) {
		if (walk->block[NEXT_MORE_MAP_AT] == 0) {
			skip_body(walk, walk->size);
		}
	} else if (zero && walk->state == SILT_TAR_WALK_HEADER) {
		walk->state = SILT_TAR_WALK_ZERO;
	} else if (walk->state == SILT_TAR_WALK_ZERO) {
		walk->state = SILT_TAR_WALK_STOPPED; /* the end; or half of one, which Go refuses */
	} else {
		take_header(walk);
	}
}

/* ---- The stream ------------------------------------------------------------------------------------------------------ */

/* `bytes` end where `at` is, and are the first of `left`. */
static void look_at_padding(struct silt_tar_walk *walk, struct silt_bytes bytes)
{
	uint64_t body = walk->left > walk->padding ? walk->left - walk->padding : 0;
	if (body >= bytes.len || walk->dirty) {
		return;
	}
	struct silt_bytes padding = silt_bytes_slice(bytes, (size_t)body, SIZE_MAX);
	if (silt_bytes_all(padding, 0)) {
		return;
	}
	size_t clean = 0;
	while (padding.ptr[clean] == 0) {
		clean++;
	}
	walk->dirty = true;
	walk->dirt_at = walk->at - padding.len + clean;
}

static void step_over(struct silt_tar_walk *walk, struct silt_bytes bytes)
{
	look_at_padding(walk, bytes);
	walk->left -= bytes.len;
	if (walk->left == 0) {
		walk->state = SILT_TAR_WALK_HEADER;
	}
}

static void collect_records(struct silt_tar_walk *walk, struct silt_bytes bytes)
{
	silt_buffer_add(&walk->records, bytes);
	walk->left -= bytes.len;
	if (walk->left == 0) {
		end_records(walk);
	}
}

static void collect_block(struct silt_tar_walk *walk, struct silt_bytes bytes)
{
	memcpy(walk->block + walk->have, bytes.ptr, bytes.len);
	walk->have += bytes.len;
	if (walk->have == SILT_TAR_BLOCK) {
		walk->have = 0;
		take_block(walk);
	}
}

void silt_tar_walk_feed(struct silt_tar_walk *walk, struct silt_bytes bytes)
{
	while (bytes.len > 0 && walk->state != SILT_TAR_WALK_STOPPED) {
		bool in_body = walk->state == SILT_TAR_WALK_SKIP || walk->state == SILT_TAR_WALK_PAX;
		uint64_t wanted = in_body ? walk->left : SILT_TAR_BLOCK - walk->have;
		struct silt_bytes piece = silt_bytes_slice(bytes, 0, wanted < bytes.len ? (size_t)wanted : bytes.len);
		walk->at += piece.len;
		if (walk->state == SILT_TAR_WALK_SKIP) {
			step_over(walk, piece);
		} else if (walk->state == SILT_TAR_WALK_PAX) {
			collect_records(walk, piece);
		} else {
			collect_block(walk, piece);
		}
		bytes = silt_bytes(bytes.ptr + piece.len, bytes.len - piece.len);
	}
}

bool silt_tar_walk_take(struct silt_tar_walk *walk, uint64_t start)
{
	bool same = walk->found == 1 && walk->found_start == start;
	walk->found = 0;
	return same;
}

bool silt_tar_walk_is_empty(const struct silt_tar_walk *walk)
{
	return walk->found == 0;
}

bool silt_tar_walk_take_dirt(struct silt_tar_walk *walk, uint64_t *at)
{
	bool dirty = walk->dirty;
	*at = walk->dirt_at;
	walk->dirty = false;
	return dirty;
}

bool silt_tar_walk_failed(const struct silt_tar_walk *walk)
{
	return walk->records.failed;
}
