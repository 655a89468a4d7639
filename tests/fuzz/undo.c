/*
 * Fuzz target: the search for values that are known, however their bytes are written. One character at a time is read
 * within its bounds, and where a stream is cut makes no difference to what is found.
 */
#include "base/attributes.h"
#include "base/buffer.h"
#include "base/secure.h"
#include "secret/matcher.h"
#include "secret/search.h"
#include "secret/undo_read.h"
#include "secret/wanted.h"

#include <stdlib.h>

static const struct silt_rule rules[] = {
	{.id = "token",
	 .anchors = (const struct silt_bytes[]){SILT_LITERAL_INIT("TOK_"), {0}},
	 .pattern = "(?<![A-Za-z0-9])TOK_[0-9a-f]{4,16}",
	 .reach = 24},
};

static const struct silt_bytes values[] = {
	SILT_LITERAL_INIT("Tr0ub4dor&3!horse#9"),
	SILT_LITERAL_INIT("p@ss/w0rd+Zq=77\"x"),
	SILT_LITERAL_INIT("Tr0ub4dor&3!h"),
	SILT_LITERAL_INIT("gr\xc3\xbc\xc3\x9f-<1>"),
	SILT_LITERAL_INIT("-----BEGIN PRIVATE KEY-----\n"
			  "MC4CAQAwBQYDK2VwBCIEIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g\n"
			  "-----END PRIVATE KEY-----\n"),
};

enum { STREAM_LEAST = 20000 };

struct found {
	uint64_t sum, count, size;
};

static void need(bool ok)
{
	if (!ok) {
		abort();
	}
}

/* Whatever their order. */
static enum silt_status see_match(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	(void)err;
	struct found *found = ctx;
	need(match->length > 0 && match->offset <= found->size && match->length <= found->size - match->offset);
	const uint64_t place = match->offset * 1000003 + match->length * 31 + match->rule->wanted;
	found->sum += place * place + silt_bytes_text(match->via).len;
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
		need(silt_search_feed(search, head, bytes.len == 0, &err) == SILT_OK);
	} while (bytes.len > 0);
	return found;
}

static void read_each(struct silt_bytes text)
{
	static silt_undo_read_fn *const readers[] = {silt_undo_percent, silt_undo_backslash, silt_undo_entity,
						     silt_undo_breaks};
	for (size_t i = 0; i < SILT_COUNT(readers); i++) {
		for (size_t at = 0; at < text.len;) {
			uint8_t bytes[SILT_UTF8_MAX];
			size_t count = 0;
			const struct silt_bytes rest = silt_bytes_slice(text, at, SILT_UNDO_LONGEST);
			const size_t length = readers[i](rest, bytes, &count);
			need(length > 0 && length <= rest.len && count > 0 && count <= sizeof(bytes));
			at += length;
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct silt_matcher *base, *matcher;
	static struct silt_search *search;
	struct silt_error err = {0};
	if (!search) {
		need(silt_secure_init(&err) == SILT_OK &&
		     silt_matcher_new_of(rules, SILT_COUNT(rules), &base, &err) == SILT_OK &&
		     silt_matcher_new_wanting(base, values, SILT_COUNT(values), &matcher, &err) == SILT_OK &&
		     silt_search_new(matcher, NULL, &search, &err) == SILT_OK);
	}
	read_each(silt_bytes(data, size));
	struct silt_buffer stream = {0};
	do { /* longer than what the decoders stay behind */
		silt_buffer_add(&stream, silt_bytes(data, size));
	} while (size > 0 && stream.len < STREAM_LEAST);
	const struct found whole = search_in(search, silt_buffer_bytes(&stream), stream.len + 1);
	const bool flood = silt_search_overflowed(search) != SILT_LIMIT_NONE;
	const struct found pieces = search_in(search, silt_buffer_bytes(&stream), 1 + stream.len / (7 + size % 60));
	need(flood || (whole.sum == pieces.sum && whole.count == pieces.count));
	silt_buffer_done(&stream);
	return 0;
}
