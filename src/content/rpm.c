/*
 * rpm packages: two headers of tags, and a compressed cpio.
 *
 *     +----------------+----------------------+---------+-------------+---------+
 *     | lead (96)      | signature header     | padding | main header | payload |
 *     | ED AB EE DB .. |                      | to 8    |             |         |
 *     +----------------+----------------------+---------+-------------+---------+
 *
 * A header, numbers big-endian:
 *
 *     +-------------+----------+-----------+----------+-------------------+----------------+
 *     | 8E AD E8 01 | 00000000 | count (4) | size (4) | index (16 x count) | store (size)  |
 *     +-------------+----------+-----------+----------+-------------------+----------------+
 */
#include "content/archive.h"
#include "content/cursor.h"

#include <stdlib.h>

enum { LEAD_LEN = 96, INTRO_LEN = 16, INDEX_LEN = 16, SIGNATURE_PADDING = 8 };

static const uint8_t lead_magic[] = {0xED, 0xAB, 0xEE, 0xDB};
static const uint8_t header_magic[] = {0x8E, 0xAD, 0xE8, 0x01};

struct rpm {
	struct silt_cursor in;
	bool given;
	struct silt_archive_flaw flaw;
};

static bool starts_with(struct silt_bytes bytes, const uint8_t magic[static 4])
{
	return silt_bytes_start_with(bytes, silt_bytes(magic, 4));
}

static bool sniff(struct silt_bytes start)
{
	return starts_with(start, lead_magic) && starts_with(silt_bytes_slice(start, LEAD_LEN, 4), header_magic);
}

static enum silt_status create(const struct silt_limits *limits, void **state, struct silt_error *err)
{
	(void)limits;
	*state = calloc(1, sizeof(struct rpm));
	return *state ? SILT_OK : silt_fail_memory(err);
}

static void destroy(void *state)
{
	struct rpm *rpm = state;
	if (rpm) {
		silt_cursor_done(&rpm->in);
		free(rpm);
	}
}

static enum silt_status begin(void *state, struct silt_source file, struct silt_error *err)
{
	(void)err;
	struct rpm *rpm = state;
	silt_cursor_begin(&rpm->in, file);
	rpm->given = false;
	silt_archive_take_flaw(&rpm->flaw);
	return SILT_OK;
}

/* Steps over `len` bytes; `*whole` becomes false if they are not all there. */
static enum silt_status skip(struct rpm *rpm, uint64_t len, bool *whole, struct silt_error *err)
{
	enum silt_status status = silt_cursor_skip(&rpm->in, &len, err);
	*whole = *whole && len == 0;
	return status;
}

static enum silt_status skip_header(struct rpm *rpm, uint64_t alignment, bool *whole, struct silt_error *err)
{
	struct silt_bytes intro;
	enum silt_status status = silt_cursor_look(&rpm->in, INTRO_LEN, &intro, err);
	*whole = *whole && status == SILT_OK && intro.len >= INTRO_LEN && starts_with(intro, header_magic);
	if (!*whole) {
		return status;
	}
	uint64_t count = silt_u32be(intro.ptr + 8), size = silt_u32be(intro.ptr + 12);
	uint64_t padding = (alignment - size % alignment) % alignment;
	return skip(rpm, INTRO_LEN + count * INDEX_LEN + size + padding, whole, err);
}

static enum silt_status next_block(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct rpm *rpm = ctx;
	return silt_cursor_piece(&rpm->in, UINT64_MAX, block, err);
}

static enum silt_status next(void *state, struct silt_archive_member *member, bool *more, struct silt_error *err)
{
	struct rpm *rpm = state;
	bool whole = true;
	*more = false;
	if (rpm->given) {
		return SILT_OK;
	}
	rpm->given = true;
	enum silt_status status = skip(rpm, LEAD_LEN, &whole, err);
	if (status == SILT_OK) {
		status = skip_header(rpm, SIGNATURE_PADDING, &whole, err);
	}
	if (status == SILT_OK) {
		status = skip_header(rpm, 1, &whole, err);
	}
	if (status == SILT_OK && !whole) {
		silt_archive_blame(&rpm->flaw, SILT_ARCHIVE_DAMAGED,
				   "expected a header of an rpm package, found other bytes");
	}
	*more = status == SILT_OK && whole;
	*member = (struct silt_archive_member){.content = {.next = next_block, .ctx = rpm},
					       .size = SILT_ARCHIVE_SIZE_UNKNOWN};
	return status;
}

static struct silt_archive_flaw flaw(void *state)
{
	struct rpm *rpm = state;
	return silt_archive_take_flaw(&rpm->flaw);
}

const struct silt_archive_format silt_archive_rpm = {
	.name = "rpm package",
	.packed = true,
	.holds_archive = true,
	.sniff = sniff,
	.create = create,
	.destroy = destroy,
	.begin = begin,
	.next = next,
	.flaw = flaw,
};
