/*
 * A pack (gitformat-pack):
 *
 *      +--------+---------+---------+----------+----------+ ... +----------+
 *      | "PACK" | version | objects | object 1 | object 2 |     | checksum |
 *      +--------+---------+---------+----------+----------+ ... +----------+
 *        4        4, BE     4, BE                                 20, SHA-1
 *
 *      object:  +-+-----+------+ +-+---------+     +----------------+-------------+
 *               |C|type | size | |C|  size   | ... | base of delta  | zlib stream |
 *               +-+-----+------+ +-+---------+     +----------------+-------------+
 *                1  3     4       1  7              see below
 *
 * C: another byte of the size follows. Types: 1 commit, 2 tree, 3 blob, 4 tag; 6 is a delta whose base stands a
 * distance (base-128 number) before it, 7 one whose base has the id (20 bytes) that follows.
 *
 * Two passes over the bytes in memory. The first finds where each object begins, which only inflating the one before it
 * tells, and gives those that are no deltas. The second walks the trees of deltas from their roots down, so that each
 * delta is applied once to a base that is at hand; a path of the tree is in memory, never a level of it.
 */
#include "content/git_reader.h"

#include <stdlib.h>

enum {
	HEADER_SIZE = 12,
	OBJECT_SIZE_MIN = 9, /* a byte of type and size, and the 8 of an empty zlib stream */
};

/* ---- Headers ------------------------------------------------------------------------------------------------------- */

static uint32_t read_u32(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

bool silt_git_is_pack(struct silt_bytes start)
{
	if (!silt_bytes_start_with(start, SILT_LITERAL("PACK")) || start.len < HEADER_SIZE) {
		return false;
	}
	uint32_t version = read_u32(start.ptr + 4);
	return version == 2 || version == 3;
}

static bool take_byte(struct silt_bytes *rest, uint8_t *byte)
{
	if (rest->len == 0) {
		return false;
	}
	*byte = rest->ptr[0];
	*rest = silt_bytes_slice(*rest, 1, SIZE_MAX);
	return true;
}

/* Type and size. The size is that of the inflated bytes, which say themselves where they end. */
static bool take_type(struct silt_bytes *rest, struct silt_git_row *row)
{
	uint8_t byte;
	if (!take_byte(rest, &byte)) {
		return false;
	}
	row->type = byte >> 4 & 7;
	for (unsigned shift = 4; byte & 0x80; shift += 7) {
		if (shift > 53 || !take_byte(rest, &byte)) {
			return false;
		}
	}
	return true;
}

/* The distance to the base: base-128, most significant first, where each further byte adds one to what it shifts. */
static bool take_distance(struct silt_bytes *rest, uint64_t *distance)
{
	uint8_t byte;
	if (!take_byte(rest, &byte)) {
		return false;
	}
	*distance = byte & 0x7f;
	while (byte & 0x80) {
		if (*distance > UINT64_MAX >> 8 || !take_byte(rest, &byte)) {
			return false;
		}
		*distance = (*distance + 1) << 7 | (byte & 0x7f);
	}
	return true;
}

static bool take_base(struct silt_bytes *rest, struct silt_git_row *row)
{
	uint64_t distance;
	if (row->type == SILT_GIT_OFS_DELTA) {
		if (!take_distance(rest, &distance) || distance == 0 || distance > row->start) {
			return false;
		}
		row->base = row->start - distance;
	}
	if (row->type == SILT_GIT_REF_DELTA) {
		if (rest->len < SILT_GIT_ID_BYTES) {
			return false;
		}
		memcpy(row->id, rest->ptr, SILT_GIT_ID_BYTES);
		*rest = silt_bytes_slice(*rest, SILT_GIT_ID_BYTES, SIZE_MAX);
	}
	return row->type != 0 && row->type != 5;
}

/* ---- First pass ---------------------------------------------------------------------------------------------------- */

const char *silt_git_kind(uint8_t type)
{
	static const char *const kinds[] = {NULL, "commit", "tree", "blob", "tag"};
	return type < SILT_COUNT(kinds) ? kinds[type] : NULL;
}

/* Reads the header of the object at the start of what is left. False, with a problem noted, if there is none. */
static bool take_header(struct silt_git *git, struct silt_git_row *row)
{
	*row = (struct silt_git_row){.start = (uint64_t)(git->rest.ptr - git->file.ptr)};
	if (!take_type(&git->rest, row) || !take_base(&git->rest, row)) {
		silt_git_problem(git, row->start, SILT_LIMIT_NONE, "expected the header of an object of a git pack");
		return false;
	}
	row->data = (uint64_t)(git->rest.ptr - git->file.ptr);
	return true;
}

enum silt_status silt_git_begin_whole(struct silt_git *git, struct silt_error *err)
{
	git->rest = silt_bytes_slice(git->file, HEADER_SIZE, SIZE_MAX);
	git->wanted = read_u32(git->file.ptr + 8);
	if (git->wanted > git->rest.len / OBJECT_SIZE_MIN) {
		silt_git_problem(git, 8, SILT_LIMIT_NONE, "expected the objects that the header of a git pack counts");
		git->wanted = (uint32_t)(git->rest.len / OBJECT_SIZE_MIN);
	}
	git->rows = calloc((size_t)git->wanted + 1, sizeof(*git->rows));
	return git->rows ? SILT_OK : silt_fail_memory(err);
}

enum silt_status silt_git_next_whole(struct silt_git *git, struct silt_git_object *object, bool *more,
				     struct silt_error *err)
{
	while (git->count < git->wanted) {
		struct silt_git_row *row = &git->rows[git->count];
		if (!take_header(git, row)) {
			return SILT_OK;
		}
		if (!silt_git_inflate(git, &git->rest, row->start, &git->content)) {
			return git->content.failed ? silt_fail_memory(err) : SILT_OK;
		}
		git->count++;
		const char *kind = silt_git_kind(row->type);
		if (kind) {
			row->given = *more = true;
			return silt_git_name(git, kind, silt_buffer_bytes(&git->content), row->id, object, err);
		}
	}
	return SILT_OK;
}
