/* Fuzz target: the scanner. Where a stream is cut into feeds makes no difference to what is found. */
#include "base/secure.h"
#include "secret/matcher.h"

#include <stdlib.h>

struct found {
	uint64_t sum, count;
};

/* Order-independent, so that only the set of matches counts. */
static enum silt_status see_match(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	(void)err;
	struct found *found = ctx;
	struct silt_bytes parts[] = {
		silt_bytes_text(match->rule->id),
		silt_bytes(&match->offset, sizeof(match->offset)),
		silt_bytes(&match->length, sizeof(match->length)),
		silt_bytes(match->value, sizeof(match->value)),
	};
	uint64_t hash;
	uint8_t bytes[16];
	silt_keyed_hash("fuzz", parts, 4, bytes, sizeof(bytes));
	memcpy(&hash, bytes, sizeof(hash));
	found->sum += hash;
	found->count++;
	return SILT_OK;
}

static struct found scan(struct silt_scanner *scanner, struct silt_bytes path, struct silt_bytes bytes, size_t piece)
{
	struct found found = {0};
	struct silt_error err = {0};
	silt_scanner_begin(scanner, path, see_match, &found);
	do {
		struct silt_bytes head = silt_bytes_slice(bytes, 0, piece);
		bytes = silt_bytes_slice(bytes, piece, bytes.len);
		if (silt_scanner_feed(scanner, head, bytes.len == 0, &err) != SILT_OK) {
			abort();
		}
	} while (bytes.len > 0);
	return found;
}

/* A name from the examples of the rules, so that those about files take part; the length of the input chooses. */
static struct silt_bytes path_for(const struct silt_matcher *matcher, size_t size)
{
	const struct silt_rule *rule = &matcher->rules[size % matcher->rule_count];
	return silt_bytes_text(rule->positive_count > 0 ? rule->positives[0].file : "");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct silt_matcher *matcher;
	static struct silt_scanner *scanner;
	struct silt_error err = {0};
	if (!matcher && (silt_secure_init(&err) != SILT_OK || silt_matcher_new(&matcher, &err) != SILT_OK ||
			 silt_scanner_new(matcher, NULL, &scanner, &err) != SILT_OK)) {
		abort();
	}
	struct silt_bytes path = path_for(matcher, size);
	struct found whole = scan(scanner, path, silt_bytes(data, size), size + 1);
	bool flood = silt_scanner_overflowed(scanner);
	struct found pieces = scan(scanner, path, silt_bytes(data, size), 1 + size / 7);
	if (!flood && (whole.sum != pieces.sum || whole.count != pieces.count)) {
		abort();
	}
	return 0;
}
