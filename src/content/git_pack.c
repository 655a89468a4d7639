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
#include "content/git_pack.h"

#include "base/arena.h"
#include "base/limits.h"

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

/* Type and size. */
static bool take_type(struct silt_bytes *rest, struct silt_git_row *object)
{
	uint8_t byte;
	if (!take_byte(rest, &byte)) {
		return false;
	}
	object->type = byte >> 4 & 7;
	object->size = byte & 15;
	for (unsigned shift = 4; byte & 0x80; shift += 7) {
		if (shift > 53 || !take_byte(rest, &byte)) {
			return false;
		}
		object->size |= (uint64_t)(byte & 0x7f) << shift;
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

static bool take_base(struct silt_bytes *rest, struct silt_git_row *object)
{
	uint64_t distance;
	if (object->type == SILT_GIT_OFS_DELTA) {
		if (!take_distance(rest, &distance) || distance == 0 || distance > object->start) {
			return false;
		}
		object->base = object->start - distance;
	}
	if (object->type == SILT_GIT_REF_DELTA) {
		if (rest->len < SILT_GIT_ID_BYTES) {
			return false;
		}
		memcpy(object->id, rest->ptr, SILT_GIT_ID_BYTES);
		*rest = silt_bytes_slice(*rest, SILT_GIT_ID_BYTES, SIZE_MAX);
	}
	return object->type != 0 && object->type != 5;
}

/* ---- First pass ---------------------------------------------------------------------------------------------------- */

const char *silt_git_kind(uint8_t type)
{
	static const char *const kinds[] = {NULL, "commit", "tree", "blob", "tag"};
	return type < SILT_COUNT(kinds) ? kinds[type] : NULL;
}

/* Reads the object at the start of `*rest`, cuts it off and gives it if it is no delta. False: no further one is to be found. */
static bool take_object(struct silt_git_pack *pack, struct silt_bytes *rest, struct silt_buffer *content,
			enum silt_status *status, struct silt_error *err)
{
	struct silt_git_row *object = &pack->objects[pack->count];
	*object = (struct silt_git_row){.start = (uint64_t)(rest->ptr - pack->bytes.ptr)};
	if (!take_type(rest, object) || !take_base(rest, object)) {
		silt_git_problem(&pack->reader, object->start, false, "expected the header of an object of a git pack");
		return false;
	}
	object->data = (uint64_t)(rest->ptr - pack->bytes.ptr);
	if (!silt_git_inflate(&pack->reader, rest, object->start, SILT_GIT_OBJECT_MAX, content)) {
		*status = content->failed ? silt_fail_memory(err) : SILT_OK;
		return false;
	}
	pack->count++;
	const char *kind = silt_git_kind(object->type);
	if (kind) {
		object->given = true;
		*status = silt_git_name_and_give(&pack->reader, kind, silt_buffer_bytes(content), object->id, err);
	}
	return *status == SILT_OK;
}

static enum silt_status read_objects(struct silt_git_pack *pack, struct silt_error *err)
{
	struct silt_bytes rest = silt_bytes_slice(pack->bytes, HEADER_SIZE, SIZE_MAX);
	struct silt_buffer content = {0};
	uint32_t wanted = read_u32(pack->bytes.ptr + 8);
	if (wanted > rest.len / OBJECT_SIZE_MIN) {
		silt_git_problem(&pack->reader, 8, false, "expected the objects that the header of a git pack counts");
		wanted = (uint32_t)(rest.len / OBJECT_SIZE_MIN);
	}
	pack->objects = calloc((size_t)wanted + 1, sizeof(*pack->objects));
	if (!pack->objects) {
		return silt_fail_memory(err);
	}
	enum silt_status status = SILT_OK;
	while (pack->count < wanted && take_object(pack, &rest, &content, &status, err)) {
	}
	silt_buffer_done(&content);
	return status;
}

/* What stands on a base that is elsewhere, or on a problem that is noted already. */
static void note_orphans(struct silt_git_pack *pack)
{
	for (uint32_t i = 0; i < pack->count; i++) {
		if (!pack->objects[i].given) {
			silt_git_problem(&pack->reader, pack->objects[i].start, false,
					 "expected the base of a delta in the same git pack");
			return;
		}
	}
}

enum silt_status silt_git_read_pack(struct silt_bytes file, uint64_t *budget, silt_git_object_fn *fn, void *ctx,
				    struct silt_git_report *report, struct silt_error *err)
{
	struct silt_git_pack pack = {.bytes = file,
				     .reader = {.budget = budget, .fn = fn, .ctx = ctx, .report = report}};
	enum silt_status status = silt_git_reader_init(&pack.reader, err);
	if (status == SILT_OK) {
		status = read_objects(&pack, err);
	}
	if (status == SILT_OK) {
		status = silt_git_follow_deltas(&pack, err);
	}
	if (status == SILT_OK) {
		note_orphans(&pack);
	}
	silt_git_reader_done(&pack.reader);
	free(pack.objects);
	return status;
}
