/* The literal engine behind a handful of functions: hs.h is included here and nowhere else. */
#include "secret/literals.h"

#include <assert.h>
#include <hs/hs.h>
#include <stdlib.h>

/* Lengths are 32-bit there, so a long block is fed in pieces. A stream has no seams: any size will do. */
enum { PIECE_MAX = 1 << 30 };

struct silt_literals {
	hs_database_t *database; /* owns */
};

struct silt_literal_stream {
	hs_scratch_t *scratch; /* owns */
	hs_stream_t *stream;   /* owns */
};

static enum silt_status fail(struct silt_error *err, const char *action, hs_error_t code)
{
	if (code == HS_NOMEM) {
		return silt_fail_memory(err);
	}
	return silt_fail(err, SILT_ERR_INTERNAL, "the literal engine (libhs) could not %s: error %d", action, code);
}

/* What hs_compile_lit_multi wants to know of each literal, in four arrays. */
struct plan {
	const char **texts;
	unsigned *flags;
	unsigned *numbers;
	size_t *lengths;
};

static void plan_done(struct plan *plan)
{
	free(plan->texts);
	free(plan->flags);
	free(plan->numbers);
	free(plan->lengths);
}

static bool plan_init(struct plan *plan, const struct silt_literal *list, size_t count)
{
	plan->texts = calloc(count, sizeof(*plan->texts));
	plan->flags = calloc(count, sizeof(*plan->flags));
	plan->numbers = calloc(count, sizeof(*plan->numbers));
	plan->lengths = calloc(count, sizeof(*plan->lengths));
	if (!plan->texts || !plan->flags || !plan->numbers || !plan->lengths) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		plan->texts[i] = (const char *)list[i].text.ptr;
		plan->flags[i] = list[i].any_case ? HS_FLAG_CASELESS : 0;
		plan->numbers[i] = (unsigned)i;
		plan->lengths[i] = list[i].text.len;
	}
	return true;
}

/* libhs says it in words only: its code is that of any refusal. */
static enum silt_status refuse(const hs_compile_error_t *why, struct silt_error *err)
{
	if (!why || strcmp(why->message, "Unable to allocate memory.") == 0) {
		return silt_fail_memory(err);
	}
	return silt_fail(err, SILT_ERR_INTERNAL, "the literal engine (libhs) refused the anchors: %s", why->message);
}

/* For `platform`; NULL: this machine. */
static enum silt_status compile(const struct silt_literal *list, size_t count, const hs_platform_info_t *platform,
				hs_database_t **out, struct silt_error *err)
{
	SILT_CLEANUP(plan_done) struct plan plan = {0};
	if (!plan_init(&plan, list, count)) {
		return silt_fail_memory(err);
	}
	hs_compile_error_t *why = NULL;
	hs_error_t code = hs_compile_lit_multi(plan.texts, plan.flags, plan.numbers, plan.lengths, (unsigned)count,
					       HS_MODE_STREAM, platform, out, &why);
	if (code == HS_SUCCESS) {
		return SILT_OK;
	}
	enum silt_status status = refuse(why, err);
	hs_free_compile_error(why);
	return status;
}

enum silt_status silt_literals_new(const struct silt_literal *list, size_t count, struct silt_literals **out,
				   struct silt_error *err)
{
	assert(count > 0 && count <= UINT32_MAX);
	struct silt_literals *literals = calloc(1, sizeof(*literals));
	if (!literals) {
		return silt_fail_memory(err);
	}
	enum silt_status status = compile(list, count, NULL, &literals->database, err);
	if (status != SILT_OK) {
		silt_literals_free(literals);
		return status;
	}
	*out = literals;
	return SILT_OK;
}

/* ---- Packed -------------------------------------------------------------------------------------------------------- */

/*
 * What is packed:
 *
 *   0                    4
 *   +--------------------+---------------------------+
 *   | number of literals | of hs_serialize_database  |
 *   +--------------------+---------------------------+
 *
 * The number is little-endian. The library checks its own part, with a checksum.
 */
enum { COUNT_SIZE = 4 };

/*
 * AVX2, no more: a database for AVX-512 is no faster and useless elsewhere. On another kind of machine: for
 * the one that builds.
 */
#if defined(__x86_64__)
static const hs_platform_info_t common = {.tune = HS_TUNE_FAMILY_GENERIC, .cpu_features = HS_CPU_FEATURES_AVX2};
static const hs_platform_info_t *const platform = &common;
#else
static const hs_platform_info_t *const platform = NULL;
#endif

enum silt_status silt_literals_pack(const struct silt_literal *list, size_t count, struct silt_buffer *out,
				    struct silt_error *err)
{
	hs_database_t *database = NULL;
	char *bytes = NULL;
	size_t size = 0;
	enum silt_status status = compile(list, count, platform, &database, err);
	if (status != SILT_OK) {
		return status;
	}
	hs_error_t code = hs_serialize_database(database, &bytes, &size);
	if (code == HS_SUCCESS) {
		for (unsigned shift = 0; shift < 32; shift += 8) {
			silt_buffer_add_byte(out, (uint8_t)(count >> shift));
		}
		silt_buffer_add(out, silt_bytes(bytes, size));
		free(bytes);
	}
	hs_free_database(database);
	return code == HS_SUCCESS ? SILT_OK : fail(err, "pack a database", code);
}

/* NULL: the library refuses, or memory ran out. */
static hs_database_t *unpack(struct silt_bytes packed, size_t count)
{
	hs_database_t *database = NULL;
	if (packed.len < COUNT_SIZE || silt_u32le(packed.ptr) != count) {
		return NULL;
	}
	struct silt_bytes own = silt_bytes_slice(packed, COUNT_SIZE, packed.len - COUNT_SIZE);
	return hs_deserialize_database((const char *)own.ptr, own.len, &database) == HS_SUCCESS ? database : NULL;
}

enum silt_status silt_literals_new_packed(struct silt_bytes packed, const struct silt_literal *list, size_t count,
					  struct silt_literals **out, struct silt_error *err)
{
	hs_database_t *database = unpack(packed, count);
	if (!database) {
		return silt_literals_new(list, count, out, err);
	}
	struct silt_literals *literals = calloc(1, sizeof(*literals));
	if (!literals) {
		hs_free_database(database);
		return silt_fail_memory(err);
	}
	literals->database = database;
	*out = literals;
	return SILT_OK;
}

void silt_literals_free(struct silt_literals *literals)
{
	if (literals) {
		hs_free_database(literals->database);
		free(literals);
	}
}

enum silt_status silt_literal_stream_new(const struct silt_literals *literals, struct silt_literal_stream **out,
					 struct silt_error *err)
{
	struct silt_literal_stream *stream = calloc(1, sizeof(*stream));
	if (!stream) {
		return silt_fail_memory(err);
	}
	hs_error_t code = hs_alloc_scratch(literals->database, &stream->scratch);
	if (code == HS_SUCCESS) {
		code = hs_open_stream(literals->database, 0, &stream->stream);
	}
	if (code != HS_SUCCESS) {
		silt_literal_stream_free(stream);
		return fail(err, "open a stream", code);
	}
	*out = stream;
	return SILT_OK;
}

static int ignore_match(unsigned int number, unsigned long long from, unsigned long long to, unsigned int flags,
			void *ctx)
{
	(void)number;
	(void)from;
	(void)to;
	(void)flags;
	(void)ctx;
	return 0;
}

/*
 * The engine keeps the ends of what it scanned: in the state of the stream, and beside short pieces in its scratch. It
 * frees both as they are, so zeros are scanned over them.
 */
static void forget(struct silt_literal_stream *stream)
{
	static const char zeros[256];
	hs_reset_stream(stream->stream, 0, NULL, NULL, NULL);
	for (unsigned len = sizeof(zeros); len > 0; len /= 2) {
		hs_scan_stream(stream->stream, zeros, len, 0, stream->scratch, ignore_match, NULL);
	}
}

void silt_literal_stream_free(struct silt_literal_stream *stream)
{
	if (!stream) {
		return;
	}
	if (stream->stream) {
		forget(stream);
		hs_close_stream(stream->stream, NULL, NULL, NULL); /* without a callback nothing is reported */
	}
	hs_free_scratch(stream->scratch);
	free(stream);
}

enum silt_status silt_literal_stream_begin(struct silt_literal_stream *stream, struct silt_error *err)
{
	hs_error_t code = hs_reset_stream(stream->stream, 0, NULL, NULL, NULL);
	return code == HS_SUCCESS ? SILT_OK : fail(err, "start a stream", code);
}

struct listener {
	silt_literal_fn *fn;
	void *ctx;
};

static int on_match(unsigned int number, unsigned long long from, unsigned long long to, unsigned int flags, void *ctx)
{
	(void)from; /* always 0 without HS_FLAG_SOM_LEFTMOST */
	(void)flags;
	struct listener *listener = ctx;
	return listener->fn(listener->ctx, number, to) ? 0 : 1;
}

enum silt_status silt_literal_stream_feed(struct silt_literal_stream *stream, struct silt_bytes bytes,
					  silt_literal_fn *fn, void *ctx, struct silt_error *err)
{
	struct listener listener = {fn, ctx};
	while (bytes.len > 0) {
		struct silt_bytes piece = silt_bytes_slice(bytes, 0, PIECE_MAX);
		hs_error_t code = hs_scan_stream(stream->stream, (const char *)piece.ptr, (unsigned)piece.len, 0,
						 stream->scratch, on_match, &listener);
		if (code == HS_SCAN_TERMINATED) {
			return SILT_OK;
		}
		if (code != HS_SUCCESS) {
			return fail(err, "scan", code);
		}
		bytes = silt_bytes_slice(bytes, piece.len, bytes.len - piece.len);
	}
	return SILT_OK;
}
