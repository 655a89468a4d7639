/* A search over single strings. */
#include "audit/line_matches.h"

#include "base/arena.h"

#include <stdlib.h>

enum silt_status silt_line_matches_init(struct silt_line_matches *matches, const struct silt_matcher *matcher,
					struct silt_error *err)
{
	*matches = (struct silt_line_matches){0};
	enum silt_status status = matcher ? SILT_OK : silt_matcher_shared(&matcher, err);
	return status == SILT_OK ? silt_search_new(matcher, NULL, &matches->search, err) : status;
}

void silt_line_matches_done(struct silt_line_matches *matches)
{
	silt_search_free(matches->search);
	free(matches->items);
	*matches = (struct silt_line_matches){0};
}

static enum silt_status keep(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	struct silt_line_matches *matches = ctx;
	if (silt_rule_tells_facts(match->rule)) {
		return SILT_OK;
	}
	if (!silt_grow((void **)&matches->items, matches->count, &matches->capacity, sizeof(*matches->items))) {
		return silt_fail_memory(err);
	}
	matches->items[matches->count++] = (struct silt_line_match){
		.rule = match->rule,
		.value = silt_bytes_slice(matches->line, match->offset, match->length),
		.generic = match->rule->generic,
		.severity = match->severity,
		.confidence = match->confidence,
	};
	return SILT_OK;
}

static enum silt_status find(struct silt_line_matches *matches, struct silt_bytes path, struct silt_bytes line,
			     struct silt_error *err)
{
	matches->count = 0;
	matches->line = line;
	silt_search_begin(matches->search, path, keep, matches);
	return silt_search_feed(matches->search, line, true, err);
}

enum silt_status silt_line_matches_find(struct silt_line_matches *matches, struct silt_bytes line,
					struct silt_error *err)
{
	return find(matches, silt_bytes(NULL, 0), line, err);
}

/* Rules about scripts know them by their names. */
enum silt_status silt_line_matches_find_command(struct silt_line_matches *matches, struct silt_bytes line,
						struct silt_error *err)
{
	return find(matches, SILT_LITERAL("command.sh"), line, err);
}

bool silt_line_match_is_of_command(const struct silt_line_match *match)
{
	return strcmp(match->rule->id, "command-line-password") == 0;
}

bool silt_line_matches_overlap(const struct silt_line_matches *matches, struct silt_bytes part)
{
	for (size_t i = 0; i < matches->count; i++) {
		struct silt_bytes value = matches->items[i].value;
		if (!matches->items[i].generic && value.ptr < part.ptr + part.len && part.ptr < value.ptr + value.len) {
			return true;
		}
	}
	return false;
}
