/*
 * The scanner: candidates as they stream by, and the window around each of them.
 *
 * A candidate is an anchor, or the start of a piece of a file that a rule about whole files names. Its window is
 * confirmed when all of it has been fed or the stream has ended, so the seams between blocks change nothing. Windows of
 * one rule become complete in the order of their candidates, which makes its matches come in order.
 */
#include "base/arena.h"
#include "base/limits.h"
#include "base/secure.h"
#include "secret/confirm.h"
#include "secret/glob.h"
#include "secret/recent.h"

#include <stdlib.h>

/* How far one rule is in the stream. What another stream left behind is put in order at the rule's first candidate. */
struct progress {
	uint64_t stream; /* number of the stream all this is about */
	uint64_t end;    /* of the last match; anchors before it belong to it */
	uint64_t candidates;
	uint16_t matches;
	uint16_t limits; /* searches that ended at a limit of PCRE2 */
	bool stopped;    /* it has had enough, or does not concern this file */
};

struct candidate {
	uint64_t at;     /* where the anchor or the piece starts in the stream */
	uint32_t rule;   /* its place in the matcher's rules */
	uint32_t length; /* of the anchor; 0: a piece */
};

struct silt_scanner {
	const struct silt_matcher *matcher;
	struct silt_literal_stream *literals; /* owns; NULL: there are no anchors */
	struct silt_pattern_memory *memory;   /* owns */
	struct progress *progress;            /* owns: one for each rule */
	uint8_t *room;                        /* owns: a validator's, as long as the longest window */

	/* The stream. */
	uint64_t number;        /* 1 the first */
	struct silt_bytes path; /* borrows */
	silt_match_fn *fn;
	void *ctx;
	bool fresh; /* no byte fed yet */
	bool overflowed;
	struct silt_recent recent;

	/* Rules about whole files that this file concerns. */
	uint32_t *about; /* owns */
	size_t about_count;
	uint64_t next_piece; /* where it starts */

	/* Candidates whose windows are not complete. A window bounds how many there can be. */
	struct candidate *waiting; /* owns */
	size_t waiting_count;
	size_t waiting_capacity;

	/* The call under way. */
	bool ended; /* with the block under way */
	enum silt_status status;
	struct silt_error *err;
};

/* ---- Life ------------------------------------------------------------------------------------------------------------ */

static bool make_room(struct silt_scanner *scanner, const struct silt_matcher *matcher)
{
	scanner->progress = calloc(matcher->rule_count + 1, sizeof(*scanner->progress));
	scanner->about = calloc(matcher->names.rule_count + 1, sizeof(*scanner->about));
	scanner->room = calloc(1, matcher->window_max + 1);
	return silt_recent_init(&scanner->recent, matcher->window_max) && scanner->progress && scanner->about &&
	       scanner->room;
}

enum silt_status silt_scanner_new(const struct silt_matcher *matcher, struct silt_scanner **out, struct silt_error *err)
{
	struct silt_scanner *scanner = calloc(1, sizeof(*scanner));
	if (!scanner) {
		return silt_fail_memory(err);
	}
	scanner->matcher = matcher;
	enum silt_status status = make_room(scanner, matcher) ? SILT_OK : silt_fail_memory(err);
	if (status == SILT_OK && matcher->literals) {
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
	free(scanner->about);
	free(scanner->room);
	free(scanner->waiting);
	free(scanner);
}

/* Most files concern no rule about the start of a file, and need only a short memory of their bytes. */
static size_t window_needed(const struct silt_scanner *scanner)
{
	size_t needed = scanner->matcher->window_usual;
	for (size_t i = 0; i < scanner->about_count; i++) {
		const struct silt_plan *plan = &scanner->matcher->plans[scanner->about[i]];
		size_t window = (size_t)plan->lead + plan->tail;
		needed = window > needed ? window : needed;
	}
	return needed;
}

void silt_scanner_begin(struct silt_scanner *scanner, struct silt_bytes path, silt_match_fn *fn, void *ctx)
{
	scanner->number++;
	scanner->path = path;
	scanner->fn = fn;
	scanner->ctx = ctx;
	scanner->fresh = true;
	scanner->overflowed = false;
	scanner->waiting_count = 0;
	scanner->about_count = silt_file_names_find(&scanner->matcher->names, path, scanner->about);
	scanner->next_piece = 0;
	scanner->status = SILT_OK;
	silt_recent_begin(&scanner->recent, window_needed(scanner));
}

static bool names_path(const char *const *globs, struct silt_bytes path)
{
	for (; *globs; globs++) {
		if (silt_glob_names(silt_bytes_text(*globs), path)) {
			return true;
		}
	}
	return false;
}

/* What is known of the rule in this stream. Which files it is about is asked once, and only if it meets an anchor. */
static struct progress *progress_of(struct silt_scanner *scanner, uint32_t rule)
{
	struct progress *progress = &scanner->progress[rule];
	if (progress->stream != scanner->number) {
		const char *const *files = scanner->matcher->rules[rule].files;
		*progress = (struct progress){.stream = scanner->number};
		progress->stopped = files && !names_path(files, scanner->path);
	}
	return progress;
}

/* ---- Confirmation ---------------------------------------------------------------------------------------------------- */

static uint64_t minus(uint64_t a, uint64_t b)
{
	return a > b ? a - b : 0;
}

/* The window of a candidate. No match in it may begin before `floor`, which is not behind the last place to begin. */
static struct silt_window window_of(struct silt_scanner *scanner, const struct candidate *candidate, uint64_t floor)
{
	const struct silt_plan *plan = &scanner->matcher->plans[candidate->rule];
	uint64_t at = candidate->at, fed = scanner->recent.fed;
	uint64_t from = minus(at, plan->back) > floor ? minus(at, plan->back) : floor;
	uint64_t start = minus(from, plan->before);
	uint64_t end = fed - at > plan->reach ? at + plan->reach + 1 : fed;
	uint64_t first = plan->around > plan->before ? minus(from, plan->around) : start;
	uint64_t last = fed - at > plan->tail ? at + plan->tail : fed;
	struct silt_bytes around = silt_recent_bytes(&scanner->recent, first, (size_t)(last - first));
	uint64_t behind = at + plan->starts < fed ? at + plan->starts : fed;
	struct silt_window window = {
		.bytes = silt_bytes(around.ptr + (start - first), (size_t)(end - start)),
		.around = around,
		.path = scanner->path,
		.offset = start,
		.starts = {(size_t)(from - start), (size_t)(behind - start)},
	};
	if (candidate->length > 0) {
		window.anchor = (struct silt_range){(size_t)(at - start), (size_t)(at - start) + candidate->length};
	}
	return window;
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

/* A search that gave up: what it would have found is not known. A rule that this happens to often costs too much. */
static void note_limit(struct silt_scanner *scanner, struct progress *progress)
{
	scanner->overflowed = true;
	progress->stopped = ++progress->limits >= SILT_PATTERN_LIMITS_MAX;
}

/* True if this candidate need not, or must not, be looked at. */
static bool skip(struct silt_scanner *scanner, struct progress *progress, const struct candidate *candidate)
{
	const struct silt_plan *plan = &scanner->matcher->plans[candidate->rule];
	if (progress->stopped || (plan->only_first && (candidate->at > plan->back || progress->end > 0))) {
		return true;
	}
	if (candidate->length == 0) {
		return false;
	}
	if (candidate->at < progress->end) {
		return true;
	}
	if (progress->candidates >= SILT_ANCHORS_FREE + candidate->at / SILT_ANCHOR_SPACING) {
		scanner->overflowed = true;
		return true;
	}
	progress->candidates++;
	return false;
}

/* One match covers an anchor; a piece may have many. */
static enum silt_status confirm(struct silt_scanner *scanner, const struct candidate *candidate)
{
	const struct silt_matcher *matcher = scanner->matcher;
	const struct silt_rule *rule = &matcher->rules[candidate->rule];
	const struct silt_plan *plan = &matcher->plans[candidate->rule];
	struct progress *progress = progress_of(scanner, candidate->rule);
	enum silt_status status = SILT_OK;
	bool more = !skip(scanner, progress, candidate);
	uint64_t floor = progress->end;
	while (more && floor < candidate->at + plan->starts) {
		struct silt_window window = window_of(scanner, candidate, floor);
		struct silt_confirmed confirmed;
		enum silt_pattern_answer answer =
			silt_confirm(rule, plan, scanner->memory, &window, scanner->room, &confirmed);
		if (answer == SILT_PATTERN_LIMIT) {
			note_limit(scanner, progress);
		}
		if (answer != SILT_PATTERN_FOUND) {
			break;
		}
		floor = window.offset + confirmed.next;
		if (confirmed.holds) {
			progress->end = floor;
			confirmed.match.offset += window.offset;
			status = report(scanner, progress, &confirmed.match);
		}
		more = candidate->length == 0 && status == SILT_OK && !progress->stopped;
	}
	return status;
}

/* ---- Candidates ------------------------------------------------------------------------------------------------------ */

/* True if no byte that is still to come could change the answer. */
static bool is_complete(const struct silt_scanner *scanner, const struct candidate *candidate)
{
	return scanner->ended || scanner->recent.fed - candidate->at >= scanner->matcher->plans[candidate->rule].tail;
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

static enum silt_status meet(struct silt_scanner *scanner, const struct candidate *candidate)
{
	if (progress_of(scanner, candidate->rule)->stopped) {
		return SILT_OK;
	}
	return is_complete(scanner, candidate) ? confirm(scanner, candidate) : wait(scanner, candidate);
}

static bool on_literal(void *ctx, uint32_t number, uint64_t end)
{
	struct silt_scanner *scanner = ctx;
	const struct silt_anchors *anchors = &scanner->matcher->anchors;
	const struct silt_fan *fan = &anchors->fans[number];
	for (uint32_t i = 0; i < fan->count && scanner->status == SILT_OK; i++) {
		struct candidate candidate = {end - fan->length, anchors->rules[fan->first + i], fan->length};
		scanner->status = meet(scanner, &candidate);
	}
	return scanner->status == SILT_OK;
}

/* The pieces of the file that have begun. */
static enum silt_status meet_pieces(struct silt_scanner *scanner)
{
	enum silt_status status = SILT_OK;
	for (; scanner->about_count > 0 && scanner->next_piece < scanner->recent.fed && status == SILT_OK;
	     scanner->next_piece += SILT_FILE_PIECE) {
		for (size_t i = 0; i < scanner->about_count && status == SILT_OK; i++) {
			struct candidate candidate = {scanner->next_piece, scanner->about[i], 0};
			status = meet(scanner, &candidate);
		}
	}
	return status;
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

static enum silt_status meet_anchors(struct silt_scanner *scanner)
{
	enum silt_status status = SILT_OK;
	if (scanner->fresh) {
		scanner->fresh = false;
		status = silt_literal_stream_begin(scanner->literals, scanner->err);
	}
	if (status == SILT_OK) {
		status = silt_literal_stream_feed(scanner->literals, scanner->recent.block, on_literal, scanner,
						  scanner->err);
	}
	return status == SILT_OK ? scanner->status : status;
}

static enum silt_status feed(struct silt_scanner *scanner)
{
	enum silt_status status = confirm_waiting(scanner);
	if (status == SILT_OK && scanner->literals) {
		status = meet_anchors(scanner);
	}
	return status == SILT_OK ? meet_pieces(scanner) : status;
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
