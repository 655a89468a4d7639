/* Fuzz target: the search. Where a stream is cut makes no difference to what is found, also in what is encoded in it. */
#include "secret/search.h"
#include "base/attributes.h"
#include "base/buffer.h"
#include "base/secure.h"
#include "secret/matcher.h"

#include <stdlib.h>

#define ANCHORS(...) ((const struct silt_bytes[]){__VA_ARGS__, {0}})

/* Few and simple rules: a seed and its mutations meet them often. */
static const struct silt_rule rules[] = {
	{.id = "token",
	 .anchors = ANCHORS(SILT_LITERAL_INIT("TOK_")),
	 .pattern = "(?<![A-Za-z0-9])TOK_[0-9a-f]{4,16}",
	 .reach = 24},
	{.id = "pair",
	 .anchors = ANCHORS(SILT_LITERAL_INIT("secret_key")),
	 .pattern = "secret_key=(?<secret>[a-z/+]{8,20})",
	 .reach = 48},
	{.id = "url",
	 .anchors = ANCHORS(SILT_LITERAL_INIT("postgres://")),
	 .pattern = "postgres://[a-z]+:(?<secret>[^@/]+)@",
	 .reach = 80},
	{.id = "member",
	 .anchors = ANCHORS(SILT_LITERAL_INIT("\"auth\":")),
	 .pattern = "\"auth\":\"(?<secret>[^\"]+)\"",
	 .reach = 220},
};

enum { STREAM_LEAST = 10000 };

struct found {
	uint64_t sum, count, size;
};

/* Order-independent, so that only the set of matches counts. */
static enum silt_status see_match(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	(void)err;
	struct found *found = ctx;
	if (match->length == 0 || match->offset > found->size || match->length > found->size - match->offset) {
		abort();
	}
	struct silt_bytes parts[] = {
		silt_bytes_text(match->rule->id),
		silt_bytes_text(match->via),
		silt_bytes(&match->offset, sizeof(match->offset)),
		silt_bytes(&match->length, sizeof(match->length)),
		silt_bytes(match->value, sizeof(match->value)),
	};
	uint64_t hash;
	uint8_t bytes[16];
	silt_keyed_hash("fuzz", parts, SILT_COUNT(parts), bytes, sizeof(bytes));
	memcpy(&hash, bytes, sizeof(hash));
	found->sum += hash;
	found->count++;
	return SILT_OK;
}

static struct found search_in(struct silt_search *search, struct silt_bytes bytes, size_t piece)
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
	return found;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct silt_matcher *matcher;
	static struct silt_search *search;
	struct silt_error err = {0};
	if (!matcher && (silt_secure_init(&err) != SILT_OK ||
			 silt_matcher_new_of(rules, SILT_COUNT(rules), &matcher, &err) != SILT_OK ||
			 silt_search_new(matcher, NULL, &search, &err) != SILT_OK)) {
		abort();
	}
	struct silt_buffer stream = {0};
	do { /* longer than what the decoders stay behind */
		silt_buffer_add(&stream, silt_bytes(data, size));
	} while (size > 0 && stream.len < STREAM_LEAST);
	struct found whole = search_in(search, silt_buffer_bytes(&stream), stream.len + 1);
	bool flood = silt_search_overflowed(search);
	size_t piece = 1 + stream.len / (7 + size % 60);
	struct found pieces = search_in(search, silt_buffer_bytes(&stream), piece);
	if (!flood && (whole.sum != pieces.sum || whole.count != pieces.count)) {
		abort();
	}
	silt_buffer_done(&stream);
	return 0;
}
