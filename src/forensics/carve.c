/* Runs of bytes that nobody claims, put together out of the pieces of a second reading. */
#include "silt/carve.h"

#include "base/attributes.h"
#include "base/bytes.h"
#include "content/guess.h"
#include "secret/value_limits.h"
#include "stream/tar.h"

#include <stdio.h>
#include <string.h>

enum { START_MAX = 512 };

/* A run under way. Of one tar there is one at a time, and of what it is packed in another. */
struct run {
	bool open, has_bytes;
	enum silt_dig_part part;
	size_t stored;
	const char *framing;
	uint64_t next;        /* where the piece that goes on with it begins */
	uint64_t first, last; /* the first byte that is not zero, and the last */
	uint64_t zeros;       /* behind the last one */
	uint64_t counts[256]; /* of the bytes from the first to the last */
	uint8_t start[START_MAX];
	size_t start_len;
};

struct carve {
	const struct silt_result *result;
	silt_carve_fn *fn;
	void *ctx;
	struct run tar, framing, stored;
};

/* ---- One run ----------------------------------------------------------------------------------------------------------- */

/* Shannon entropy, log2(n) - sum(c_i log2(c_i)) / n, in hundredths of a bit for a byte. */
static unsigned entropy_of(const struct run *run, uint64_t length)
{
	uint64_t bits = length * silt_log2(length);
	for (size_t i = 0; i < SILT_COUNT(run->counts); i++) {
		const uint64_t known = run->counts[i] > 1 ? run->counts[i] * silt_log2(run->counts[i]) : 0;
		bits -= known < bits ? known : bits;
	}
	return (unsigned)(bits / length * 100 >> SILT_LOG2_FRACTION_BITS);
}

static bool is_of_tar(enum silt_dig_part part)
{
	return part == SILT_DIG_PADDING || part == SILT_DIG_TAIL;
}

/* The zeros behind it fill up the header of a tar, and are nothing of a text. */
static const char *type_of(const struct run *run, uint64_t length)
{
	const struct silt_bytes start = silt_bytes(run->start, run->start_len);
	return silt_tar_sniff(start) == SILT_TAR_START_YES
		       ? "a tar archive"
		       : silt_guess_file(silt_bytes_slice(start, 0, length < START_MAX ? (size_t)length : START_MAX));
}

static enum silt_status end_run(struct carve *carve, struct run *run, struct silt_error *err)
{
	const bool told = run->open && run->has_bytes;
	run->open = false;
	if (!told) {
		return SILT_OK;
	}
	const uint64_t length = run->last - run->first + 1;
	struct silt_scrap scrap = {
		.item = {.stored = run->stored,
			 .part = is_of_tar(run->part) ? SILT_DIG_TAR : SILT_DIG_STORED,
			 .offset = run->first,
			 .length = length},
		.part = run->part,
		.offset = run->first,
		.length = length,
		.entropy_hundredths = entropy_of(run, length),
		.type = type_of(run, length),
		.framing = run->framing ? run->framing : "",
	};
	(void)snprintf(scrap.address, sizeof(scrap.address), "%s:%zu+%llu+%llu",
		       is_of_tar(run->part) ? "tar" : "stored", run->stored, (unsigned long long)run->first,
		       (unsigned long long)length);
	return carve->fn(carve->ctx, &scrap, err);
}

static void begin_run(struct run *run, const struct silt_dig_piece *piece)
{
	*run = (struct run){.open = true,
			    .part = piece->part,
			    .stored = piece->stored,
			    .framing = piece->framing,
			    .next = piece->offset};
}

static void add_byte(struct run *run, uint64_t at, uint8_t byte)
{
	if (byte == 0) {
		run->zeros += run->has_bytes;
		return;
	}
	if (!run->has_bytes) {
		run->has_bytes = true;
		run->first = at;
	}
	run->counts[0] += run->zeros;
	run->zeros = 0;
	run->counts[byte]++;
	run->last = at;
}

/* From its first byte that is not zero on. */
static void add_start(struct run *run, uint64_t at, uint8_t byte)
{
	if (run->has_bytes && run->start_len < START_MAX && at - run->first == run->start_len) {
		run->start[run->start_len++] = byte;
	}
}

static void add_bytes(struct run *run, const struct silt_dig_piece *piece)
{
	for (size_t i = 0; i < piece->bytes.len; i++) {
		add_byte(run, piece->offset + i, piece->bytes.ptr[i]);
		add_start(run, piece->offset + i, piece->bytes.ptr[i]);
	}
	run->next = piece->offset + piece->bytes.len;
}

/* ---- Pieces ------------------------------------------------------------------------------------------------------------- */

static enum silt_status continue_run(struct carve *carve, struct run *run, const struct silt_dig_piece *piece,
				     struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	if (!run->open || run->part != piece->part || run->stored != piece->stored || run->next != piece->offset) {
		status = end_run(carve, run, err);
		begin_run(run, piece);
	}
	add_bytes(run, piece);
	return status;
}

/* Docker before OCI: "VERSION" beside each layer, with the three bytes "1.0". */
static bool is_version(const struct silt_stored *stored)
{
	static const struct silt_bytes name = SILT_LITERAL_INIT("/VERSION");
	return stored->bytes == 3 && stored->name.len > name.len &&
	       silt_bytes_equal(silt_bytes_slice(stored->name, stored->name.len - name.len, name.len), name);
}

/* What an image uses and somebody could read, and documents. What is referenced and no tar is a layer that is none. */
static bool is_claimed(const struct silt_result *result, size_t number)
{
	struct silt_stored stored;
	return !silt_stored_get(result, number, &stored) || stored.kind == SILT_STORED_DOCUMENT ||
	       (stored.referenced && stored.kind != SILT_STORED_OTHER) || is_version(&stored);
}

static enum silt_status take_piece(void *ctx, const struct silt_dig_piece *piece, struct silt_error *err)
{
	struct carve *carve = ctx;
	enum silt_status status = SILT_OK;
	switch (piece->part) {
	case SILT_DIG_PADDING:
	case SILT_DIG_TAIL:
		return continue_run(carve, &carve->tar, piece, err);
	case SILT_DIG_FRAMING:
		status = continue_run(carve, &carve->framing, piece, err);
		return status == SILT_OK && piece->last ? end_run(carve, &carve->framing, err) : status;
	case SILT_DIG_STORED:
		if (is_claimed(carve->result, piece->stored)) {
			return SILT_OK;
		}
		status = continue_run(carve, &carve->stored, piece, err);
		return status == SILT_OK && piece->last ? end_run(carve, &carve->stored, err) : status;
	case SILT_DIG_BODY:
	case SILT_DIG_HEADER:
		return end_run(carve, &carve->tar, err);
	case SILT_DIG_TAR:
		break;
	}
	return SILT_OK;
}

enum silt_status silt_carve(struct silt_bundle *bundle, const struct silt_result *result, silt_carve_fn *fn, void *ctx,
			    struct silt_error *err)
{
	struct carve carve = {.result = result, .fn = fn, .ctx = ctx};
	enum silt_status status = silt_dig_all(bundle, result, take_piece, &carve, err);
	if (status == SILT_OK) {
		status = end_run(&carve, &carve.tar, err);
	}
	if (status == SILT_OK) {
		status = end_run(&carve, &carve.framing, err);
	}
	return status == SILT_OK ? end_run(&carve, &carve.stored, err) : status;
}
