/* Fuzz target: values that are looked for. Where a stream is cut makes no difference to which of them are found. */
#include "secret/wanted.h"

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/secure.h"
#include "secret/matcher.h"
#include "secret/search.h"

#include <stdlib.h>

/* A key in PKCS #8, made up; the others are spelled in the seeds in all the ways that are undone. */
static const struct silt_bytes values[] = {
	SILT_LITERAL_INIT("Tr0ub4dor&3!h"),
	SILT_LITERAL_INIT("gr\xc3\xbc\xc3\x9f-<1>"),
	SILT_LITERAL_INIT("-----BEGIN PRIVATE KEY-----\n"
			  "MC4CAQAwBQYDK2VwBCIEIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g\n"
			  "-----END PRIVATE KEY-----\n"),
};

enum { STREAM_LEAST = 10000 };

struct found {
	uint64_t size;
	unsigned values; /* a bit for each that was met */
};

static enum silt_status see_match(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	(void)err;
	struct found *found = ctx;
	if (match->length == 0 || match->offset > found->size || match->length > found->size - match->offset) {
		abort();
	}
	found->values |= match->rule->wanted > 0 ? 1U << match->rule->wanted : 0;
	return SILT_OK;
}

static unsigned search_in(struct silt_search *search, struct silt_bytes bytes, size_t piece)
{
	struct found found = {.size = bytes.len};
	struct silt_error err = {0};
	silt_search_begin(search, silt_bytes(NULL, 0), see_match, &found);
	do {
		struct silt_bytes head = silt_bytes_slice(bytes, 0, piece);
		bytes = silt_bytes_slice(bytes, piece, bytes.len);
		if (silt_search_feed(search, head, bytes.len == 0, &err) != SILT_OK) {
			abort();
		}
	} while (bytes.len > 0);
	return found.values;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct silt_matcher *base;
	static struct silt_matcher *matcher;
	static struct silt_search *search;
	struct silt_error err = {0};
	if (!matcher && (silt_matcher_shared(&base, &err) != SILT_OK ||
			 silt_matcher_new_wanting(base, values, SILT_COUNT(values), &matcher, &err) != SILT_OK ||
			 silt_search_new(matcher, NULL, &search, &err) != SILT_OK)) {
		abort();
	}
	struct silt_buffer stream = {0};
	do { /* longer than what the decoders stay behind */
		silt_buffer_add(&stream, silt_bytes(data, size));
	} while (size > 0 && stream.len < STREAM_LEAST);
	const unsigned whole = search_in(search, silt_buffer_bytes(&stream), stream.len + 1);
	const bool flood = silt_search_overflowed(search);
	const unsigned pieces = search_in(search, silt_buffer_bytes(&stream), 1 + stream.len / (7 + size % 60));
	if (!flood && whole != pieces) {
		abort();
	}
	silt_buffer_done(&stream);
	return 0;
}
