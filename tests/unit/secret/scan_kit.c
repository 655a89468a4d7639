#include "scan_kit.h"
#include "tight.h"

#include <stdlib.h>

static void must(enum silt_status status, const struct silt_error *err)
{
	if (status != SILT_OK) {
		fail_msg("%s", err->text);
	}
}

static void open_scanner(struct kit *kit)
{
	struct silt_error err = {0};
	must(silt_scanner_new(kit->matcher, NULL, &kit->scanner, &err), &err);
	kit->matches = calloc(KIT_MATCHES_MAX, sizeof(*kit->matches));
	assert_non_null(kit->matches);
}

void kit_open(struct kit *kit)
{
	struct silt_error err = {0};
	*kit = (struct kit){0};
	must(silt_matcher_new(&kit->matcher, &err), &err);
	open_scanner(kit);
}

void kit_open_rules(struct kit *kit, const struct silt_rule *rules, size_t count)
{
	struct silt_error err = {0};
	*kit = (struct kit){0};
	must(silt_matcher_new_of(rules, count, &kit->matcher, &err), &err);
	open_scanner(kit);
}

void kit_open_set(struct kit *kit, struct silt_rule_set *set)
{
	struct silt_error err = {0};
	*kit = (struct kit){0};
	must(silt_matcher_new_taking(set, &kit->matcher, &err), &err);
	open_scanner(kit);
}

void kit_close(struct kit *kit)
{
	free(kit->matches);
	silt_scanner_free(kit->scanner);
	silt_matcher_free(kit->matcher);
}

int kit_setup(void **state)
{
	static struct kit kit;
	kit_open(&kit);
	*state = &kit;
	return 0;
}

int kit_teardown(void **state)
{
	kit_close(*state);
	return 0;
}

static enum silt_status keep(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	(void)err;
	struct kit *kit = ctx;
	assert_true(kit->count < KIT_MATCHES_MAX);
	for (size_t i = 0; i < kit->count; i++) {
		if (kit->matches[i].rule == match->rule && kit->matches[i].offset >= match->offset) {
			kit->in_order = false;
		}
	}
	kit->matches[kit->count] = *match;
	kit->matches[kit->count++].secret.ptr = NULL; /* it is there during the callback only */
	return SILT_OK;
}

static int by_offset(const void *a, const void *b)
{
	const struct silt_match *left = a;
	const struct silt_match *right = b;
	if (left->offset != right->offset) {
		return left->offset < right->offset ? -1 : 1;
	}
	return strcmp(left->rule->id, right->rule->id);
}

/* A copy that ends where the block ends, so that the sanitizer sees a read beyond it. */
static void feed(struct kit *kit, struct silt_bytes block, bool last)
{
	struct silt_error err = {0};
	uint8_t *tight = tight_copy(block);
	must(silt_scanner_feed(kit->scanner, silt_bytes(tight, block.len), last, &err), &err);
	free(tight);
}

static void begin(struct kit *kit, struct silt_bytes path)
{
	kit->count = 0;
	kit->in_order = true;
	silt_scanner_begin(kit->scanner, path, keep, kit);
}

static void end(struct kit *kit)
{
	kit->overflowed = silt_scanner_overflowed(kit->scanner);
	qsort(kit->matches, kit->count, sizeof(*kit->matches), by_offset);
}

void kit_scan(struct kit *kit, struct silt_bytes bytes, size_t block)
{
	kit_scan_file(kit, silt_bytes(NULL, 0), bytes, block);
}

void kit_scan_file(struct kit *kit, struct silt_bytes path, struct silt_bytes bytes, size_t block)
{
	begin(kit, path);
	size_t size = block > 0 ? block : bytes.len;
	size_t at = 0;
	while (bytes.len - at > size) {
		feed(kit, silt_bytes(bytes.ptr + at, size), false);
		at += size;
	}
	feed(kit, silt_bytes(bytes.ptr + at, bytes.len - at), true);
	end(kit);
}

void kit_scan_split(struct kit *kit, struct silt_bytes bytes, size_t split)
{
	kit_scan_file_split(kit, silt_bytes(NULL, 0), bytes, split);
}

void kit_scan_file_split(struct kit *kit, struct silt_bytes path, struct silt_bytes bytes, size_t split)
{
	begin(kit, path);
	feed(kit, silt_bytes(bytes.ptr, split), false);
	feed(kit, silt_bytes(bytes.ptr + split, bytes.len - split), true);
	end(kit);
}

const struct silt_match *kit_find(const struct kit *kit, const char *rule)
{
	for (size_t i = 0; i < kit->count; i++) {
		if (strcmp(kit->matches[i].rule->id, rule) == 0) {
			return &kit->matches[i];
		}
	}
	return NULL;
}

size_t kit_count(const struct kit *kit, const char *rule)
{
	size_t count = 0;
	for (size_t i = 0; i < kit->count; i++) {
		count += strcmp(kit->matches[i].rule->id, rule) == 0;
	}
	return count;
}
