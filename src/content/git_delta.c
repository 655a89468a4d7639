/*
 * A delta (gitformat-pack, "Deltified representation"):
 *
 *      +----------------+------------------+---------------+---------------+ ...
 *      | size of base   | size of content  | instruction 1 | instruction 2 |
 *      +----------------+------------------+---------------+---------------+ ...
 *       base 128, least significant byte first
 *
 *      insert:  +-+-------+--------------+      copy:  +-+-+-+-+-+-+-+-+ +--------+ ... +------+ ...
 *               |0| count | count bytes  |             |1|s s s|o o o o| | offset |     | size |
 *               +-+-------+--------------+             +-+-+-+-+-+-+-+-+ +--------+ ... +------+ ...
 *
 * A copy takes bytes from the base. Each bit of its first byte says whether that byte of the offset (4) or size (3)
 * follows; those left out are 0, and a size of 0 is 0x10000. An insert of 0 bytes is reserved.
 */
#include "content/git_reader.h"

static bool take_byte(struct silt_bytes *rest, uint8_t *byte)
{
	if (rest->len == 0) {
		return false;
	}
	*byte = rest->ptr[0];
	*rest = silt_bytes_slice(*rest, 1, SIZE_MAX);
	return true;
}

static bool take_size(struct silt_bytes *rest, uint64_t *size)
{
	uint8_t byte;
	unsigned shift = 0;
	*size = 0;
	do {
		if (shift > 56 || !take_byte(rest, &byte)) {
			return false;
		}
		*size |= (uint64_t)(byte & 0x7f) << shift;
		shift += 7;
	} while (byte & 0x80);
	return true;
}

/* `count` bytes of a number, of which `bits` says which are there. */
static bool take_sparse(struct silt_bytes *rest, unsigned bits, unsigned count, size_t *number)
{
	*number = 0;
	for (unsigned i = 0; i < count; i++) {
		uint8_t byte = 0;
		if (bits >> i & 1 && !take_byte(rest, &byte)) {
			return false;
		}
		*number |= (size_t)byte << 8 * i;
	}
	return true;
}

/* The bytes that the next instruction adds. */
static bool take_instruction(struct silt_bytes *rest, struct silt_bytes base, struct silt_bytes *piece)
{
	uint8_t first;
	size_t offset, size;
	if (!take_byte(rest, &first) || first == 0) {
		return false;
	}
	if (!(first & 0x80)) {
		*piece = silt_bytes_slice(*rest, 0, first);
		*rest = silt_bytes_slice(*rest, first, SIZE_MAX);
		return piece->len == first;
	}
	if (!take_sparse(rest, first & 15u, 4, &offset) || !take_sparse(rest, first >> 4 & 7u, 3, &size)) {
		return false;
	}
	size = size == 0 ? 0x10000 : size;
	if (offset > base.len || size > base.len - offset) {
		return false;
	}
	*piece = silt_bytes_slice(base, offset, size);
	return true;
}

bool silt_git_apply_delta(struct silt_git *git, uint64_t offset, struct silt_bytes base, struct silt_bytes delta,
			  uint64_t left, struct silt_buffer *content)
{
	static const char broken[] = "expected a delta that fits its base";
	uint64_t base_size, size;
	silt_buffer_clear(content);
	if (!take_size(&delta, &base_size) || !take_size(&delta, &size) || base_size != base.len) {
		silt_git_problem(git, offset, SILT_LIMIT_NONE, broken);
		return false;
	}
	enum silt_limit_id limit = size > git->limits->value[SILT_LIMIT_GIT_OBJECT_BYTES] ? SILT_LIMIT_GIT_OBJECT_BYTES
				   : size > left                                          ? SILT_LIMIT_GIT_CHAIN_BYTES
				   : size > *git->budget                                  ? SILT_LIMIT_NESTED_BYTES
											  : SILT_LIMIT_NONE;
	if (limit != SILT_LIMIT_NONE) {
		silt_git_problem(git, offset, limit, "an object is larger than may be decoded");
		return false;
	}
	bool fits = true;
	while (delta.len > 0 && fits) {
		struct silt_bytes piece;
		fits = take_instruction(&delta, base, &piece) && piece.len <= size - content->len;
		silt_buffer_add(content, fits ? piece : silt_bytes(NULL, 0));
	}
	*git->budget -= content->len; /* also of what comes to nothing: it was work */
	if (!content->failed && (!fits || content->len != size)) {
		silt_git_problem(git, offset, SILT_LIMIT_NONE, broken);
	}
	return !content->failed && fits && content->len == size;
}
