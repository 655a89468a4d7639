/*
 * The scanner: anchors as they stream by, and the window around each of them.
 *
 * A window is confirmed when all of it has been fed or the stream has ended, so the seams between blocks change
 * nothing. Windows of one rule become complete in the order of their anchors, which makes its matches come in order.
 */
#include "base/arena.h"
#include "base/limits.h"
#include "base/secure.h"
#include "secret/confirm.h"
#include "secret/matcher.h"
#include "secret/recent.h"

#include <stdlib.h>

/* How far one rule is in the stream. */
struct progress {
	uint64_t end; /* of the last match; anchors before it belong to it */
	uint64_t candidates;
	uint32_t matches;
	bool stopped; /* it had its SILT_MATCHES_PER_RULE_MAX */
};

struct candidate {
	uint64_t at; /* where the anchor starts in the stream */
	uint32_t anchor;
};

struct silt_scanner {
	const struct silt_matcher *matcher;
	struct silt_literal_stream *literals; /* owns */
	struct silt_pattern_memory *memory;   /* owns */
	struct progress *progress;            /* owns: one for each rule */
	uint8_t *room;                        /* owns: a validator's, as long as the longest window */

	/* The stream. */
	struct silt_bytes path; /* borrows */
	silt_match_fn *fn;
	void *ctx;
	bool fresh; /* no byte fed yet */
	bool overflowed;
	struct silt_recent recent;

	/* Anchors whose windows are not complete. A window bounds how many there can be. */
	struct candidate *waiting; /* owns */
	size_t waiting_count;
	size_t waiting_capacity;

	/* The call under way. */
	bool ended; /* with the block under way */
	enum silt_status status;
	struct silt_error *err;
};

enum silt_status silt_scanner_new(const struct silt_matcher *matcher, struct silt_scanner **out, struct silt_error *err)
{
	struct silt_scanner *scanner = calloc(1, sizeof(*scanner));
	if (!scanner) {
		return silt_fail_memory(err);
	}
	scanner->matcher = matcher;
	scanner->progress = calloc(matcher->rule_count, sizeof(*scanner->progress));
	scanner->room = calloc(1, matcher->window_max);
	enum silt_status status = SILT_OK;
	if (!silt_recent_init(&scanner->recent, matcher->window_max) || !scanner->progress || !scanner->room) {
		status = silt_fail_memory(err);
	}
	if (status == SILT_OK) {
		status = silt_literal_stream_new(matcher->literals, &scanner->literals, err);
	}
	if (status == SILT_OK) {
		status = silt_pattern_memory_new(&scanner->memory, err);
	}
	if (status != SILT_OK) {
		silt_scanner_free(scanner);
		return status;
	}
	*out = scanner;
	return SILT_OK;
}

void silt_scanner_free(struct silt_scanner *scanner)
{
	if (!scanner) {
		return;
	}
	silt_recent_done(&scanner->recent);
	silt_literal_stream_free(scanner->literals);
	silt_pattern_memory_free(scanner->memory);
	free(scanner->progress);
	free(scanner->room);
	free(scanner->waiting);
	free(scanner);
}

void silt_scanner_begin(struct silt_scanner *scanner, struct silt_bytes path, silt_match_fn *fn, void *ctx)
{
	silt_recent_reset(&scanner->recent);
	scanner->waiting_count = 0;
	memset(scanner->progress, 0, scanner->matcher->rule_count * sizeof(*scanner->progress));
	scanner->path = path;
	scanner->fn = fn;
	scanner->ctx = ctx;
	scanner->fresh = true;
	scanner->overflowed = false;
	scanner->status = SILT_OK;
}

/* The window of an anchor that starts at `at`; no match in it may begin before `floor`. */
static struct silt_window window_of(struct silt_scanner *scanner, uint64_t at, const struct silt_anchor *anchor,
				    uint64_t floor)
{
	const struct silt_rule *rule = &scanner->matcher->rules[anchor->rule];
	uint64_t from = at > rule->back ? at - rule->back : 0;
	from = from > floor ? from : floor;
	uint64_t before = (uint64_t)rule->context + 1;
	uint64_t start = from > before ? from - before : 0;
	uint64_t left = scanner->recent.fed - at;
	uint64_t end = at + (left > rule->reach ? (uint64_t)rule->reach + 1 : left);
	return (struct silt_window){
		.bytes = silt_recent_bytes(&scanner->recent, start, (size_t)(end - start)),
		.path = scanner->path,
		.from = (size_t)(from - start),
		.anchor = {(size_t)(at - start), (size_t)(at - start) + anchor->length},
	};
}

static enum silt_status report(struct silt_scanner *scanner, struct progress *progress, struct silt_match *match)
{
	if (progress->matches == SILT_MATCHES_PER_RULE_MAX) {
		progress->stopped = true;
		scanner->overflowed = true;
		return SILT_OK;
	}
	progress->matches++;
	return scanner->fn(scanner->ctx, match, scanner->err);
}

/* True if this anchor need not, or must not, be looked at. */
static bool skip(struct silt_scanner *scanner, struct progress *progress, uint64_t at)
{
	if (progress->stopped || at < progress->end) {
		return true;
	}
	if (progress->candidates >= SILT_ANCHORS_FREE + at / SILT_ANCHOR_SPACING) {
		scanner->overflowed = true;
		return true;
	}
	progress->candidates++;
	return false;
}

static enum silt_status confirm(struct silt_scanner *scanner, const struct candidate *candidate)
{
	const struct silt_matcher *matcher = scanner->matcher;
	const struct silt_anchor *anchor = &matcher->anchors[candidate->anchor];
	struct progress *progress = &scanner->progress[anchor->rule];
	if (skip(scanner, progress, candidate->at)) {
		return SILT_OK;
	}
	struct silt_window window = window_of(scanner, candidate->at, anchor, progress->end);
	struct silt_confirmed confirmed;
	enum silt_pattern_answer answer = silt_confirm(&matcher->rules[anchor->rule], matcher->patterns[anchor->rule],
						       scanner->memory, &window, scanner->room, &confirmed);
	if (answer == SILT_PATTERN_LIMIT) {
		scanner->overflowed = true;
	}
	if (answer != SILT_PATTERN_FOUND) {
		return SILT_OK;
	}
	uint64_t start = candidate->at - window.anchor.start;
	confirmed.match.offset += start;
	progress->end = start + confirmed.end;
	return report(scanner, progress, &confirmed.match);
}

/* True if no byte that is still to come could change the answer. */
static bool is_complete(const struct silt_scanner *scanner, const struct candidate *candidate)
{
	const struct silt_anchor *anchor = &scanner->matcher->anchors[candidate->anchor];
	return scanner->ended || scanner->recent.fed - candidate->at > scanner->matcher->rules[anchor->rule].reach;
}

static enum silt_status wait(struct silt_scanner *scanner, const struct candidate *candidate)
{
	void *items = scanner->waiting;
	if (!silt_grow(&items, scanner->waiting_count, &scanner->waiting_capacity, sizeof(*scanner->waiting))) {
		return silt_fail_memory(scanner->err);
	}
	scanner->waiting = items;
	scanner->waiting[scanner->waiting_count++] = *candidate;
	return SILT_OK;
}

static bool on_literal(void *ctx, uint32_t number, uint64_t end)
{
	struct silt_scanner *scanner = ctx;
	struct candidate candidate = {end - scanner->matcher->anchors[number].length, number};
	if (is_complete(scanner, &candidate)) {
		scanner->status = confirm(scanner, &candidate);
	} else {
		scanner->status = wait(scanner, &candidate);
	}
	return scanner->status == SILT_OK;
}

/* Confirms what waited for the bytes of this block. */
static enum silt_status confirm_waiting(struct silt_scanner *scanner)
{
	size_t kept = 0;
	for (size_t i = 0; i < scanner->waiting_count; i++) {
		struct candidate candidate = scanner->waiting[i];
		if (!is_complete(scanner, &candidate)) {
			scanner->waiting[kept++] = candidate;
			continue;
		}
		enum silt_status status = confirm(scanner, &candidate);
		if (status != SILT_OK) {
			return status;
		}
	}
	scanner->waiting_count = kept;
	return SILT_OK;
}

static enum silt_status feed(struct silt_scanner *scanner)
{
	enum silt_status status = SILT_OK;
	if (scanner->fresh) {
		scanner->fresh = false;
		status = silt_literal_stream_begin(scanner->literals, scanner->err);
	}
	if (status == SILT_OK) {
		status = confirm_waiting(scanner);
	}
	if (status == SILT_OK) {
		status = silt_literal_stream_feed(scanner->literals, scanner->recent.block, on_literal, scanner,
						  scanner->err);
	}
	return status == SILT_OK ? scanner->status : status;
}

enum silt_status silt_scanner_feed(struct silt_scanner *scanner, struct silt_bytes bytes, bool last,
				   struct silt_error *err)
{
	if (scanner->status != SILT_OK) {
		return silt_fail(err, scanner->status, "the scan of this stream has failed before");
	}
	silt_recent_push(&scanner->recent, bytes);
	scanner->ended = last;
	scanner->err = err;
	scanner->status = feed(scanner);
	scanner->err = NULL;
	if (last || scanner->status != SILT_OK) {
		silt_recent_reset(&scanner->recent);
		scanner->waiting_count = 0;
	} else {
		silt_recent_settle(&scanner->recent);
	}
	return scanner->status;
}

bool silt_scanner_overflowed(const struct silt_scanner *scanner)
{
	return scanner->overflowed;
}
