/*
 * The scanner: candidates as they stream by, and the window around each of them.
 *
 * A candidate is an anchor, or the start of a piece of a file that a rule about whole files names. Its window is
 * confirmed when all of it has been fed or the stream has ended, so the seams between blocks change nothing. Windows of
 * one rule become complete in the order of their candidates, which makes its matches come in order.
 */
#include "secret/scan.h"
#include "base/arena.h"
#include "base/limits.h"
#include "base/pages.h"

#include <stdlib.h>

/* ---- Life ------------------------------------------------------------------------------------------------------------ */

static bool make_room(struct silt_scanner *scanner, const struct silt_matcher *matcher)
{
	scanner->progress = calloc(matcher->rule_count + 1, sizeof(*scanner->progress));
	scanner->about = calloc(matcher->names.rule_count + 1, sizeof(*scanner->about));
	scanner->room = silt_pages_new(matcher->window_max + 1);
	return silt_recent_init(&scanner->recent, matcher->window_max) && scanner->progress && scanner->about &&
	       scanner->room;
}

enum silt_status silt_scanner_new(const struct silt_matcher *matcher, const struct silt_limits *limits,
				  struct silt_scanner **out, struct silt_error *err)
{
	struct silt_scanner *scanner = calloc(1, sizeof(*scanner));
	if (!scanner) {
		return silt_fail_memory(err);
	}
	scanner->matcher = matcher;
	scanner->limits = silt_limits_or_default(limits);
	enum silt_status status = make_room(scanner, matcher) ? SILT_OK : silt_fail_memory(err);
	if (status == SILT_OK && matcher->literals) {
		status = silt_literal_stream_new(matcher->literals, &scanner->literals, err);
	}
	if (status == SILT_OK) {
		status = silt_pattern_memory_new(scanner->limits, &scanner->memory, err);
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
	silt_pages_free(scanner->room, scanner->matcher->window_max + 1);
	free(scanner->waiting);
	free(scanner);
}

void silt_scanner_begin_part(struct silt_scanner *scanner, struct silt_bytes path, silt_match_fn *fn, void *ctx)
{
	scanner->number++;
	scanner->path = path;
	scanner->fn = fn;
	scanner->ctx = ctx;
	scanner->fresh = true;
	scanner->overflowed = SILT_LIMIT_NONE;
	scanner->waiting_count = 0;
	scanner->about_count = 0;
	scanner->next_piece = 0;
	scanner->status = SILT_OK;
	silt_recent_begin(&scanner->recent, scanner->matcher->window_usual);
}

void silt_scanner_begin(struct silt_scanner *scanner, struct silt_bytes path, silt_match_fn *fn, void *ctx)
{
	silt_scanner_begin_part(scanner, path, fn, ctx);
	scanner->about_count = silt_file_names_find(&scanner->matcher->names, path, scanner->about);
}

/* ---- Candidates ------------------------------------------------------------------------------------------------------ */

/* True if no byte that is still to come could change the answer. */
static bool is_complete(const struct silt_scanner *scanner, const struct silt_candidate *candidate)
{
	return scanner->ended || scanner->recent.fed - candidate->at >= scanner->matcher->plans[candidate->rule].tail;
}

static enum silt_status wait(struct silt_scanner *scanner, const struct silt_candidate *candidate)
{
	void *items = scanner->waiting;
	if (!silt_grow(&items, scanner->waiting_count, &scanner->waiting_capacity, sizeof(*scanner->waiting))) {
		return silt_fail_memory(scanner->err);
	}
	scanner->waiting = items;
	scanner->waiting[scanner->waiting_count++] = *candidate;
	return SILT_OK;
}

/* Few files concern a rule about the start of a file: only those need a long memory of their bytes. */
static enum silt_status meet(struct silt_scanner *scanner, const struct silt_candidate *candidate)
{
	const struct silt_plan *plan = &scanner->matcher->plans[candidate->rule];
	bool too_late = plan->only_first && candidate->at > plan->back;
	if (too_late || silt_scan_progress(scanner, candidate->rule)->stopped) {
		return SILT_OK;
	}
	if (plan->only_first) {
		silt_recent_widen(&scanner->recent, (size_t)plan->lead + plan->tail);
	}
	return is_complete(scanner, candidate) ? silt_scan_confirm(scanner, candidate) : wait(scanner, candidate);
}

void silt_scanner_listen(struct silt_scanner *scanner, silt_sign_fn *fn, void *ctx)
{
	scanner->sign_fn = fn;
	scanner->sign_ctx = ctx;
}

/* A literal that belongs to no rule. */
static void meet_sign(struct silt_scanner *scanner, const struct silt_candidate *candidate)
{
	if (scanner->sign_fn) {
		uint32_t sign = candidate->rule - (uint32_t)scanner->matcher->rule_count;
		scanner->sign_fn(scanner->sign_ctx, sign, candidate->at);
	}
}

static bool on_literal(void *ctx, uint32_t number, uint64_t end)
{
	struct silt_scanner *scanner = ctx;
	const struct silt_anchors *anchors = &scanner->matcher->anchors;
	const struct silt_fan *fan = &anchors->fans[number];
	for (uint32_t i = 0; i < fan->count && scanner->status == SILT_OK; i++) {
		struct silt_candidate candidate = {end - fan->length, anchors->rules[fan->first + i], fan->length};
		if (candidate.rule < scanner->matcher->rule_count) {
			scanner->status = meet(scanner, &candidate);
		} else {
			meet_sign(scanner, &candidate);
		}
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
			struct silt_candidate candidate = {scanner->next_piece, scanner->about[i], 0};
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
		struct silt_candidate candidate = scanner->waiting[i];
		if (!is_complete(scanner, &candidate)) {
			scanner->waiting[kept++] = candidate;
			continue;
		}
		enum silt_status status = silt_scan_confirm(scanner, &candidate);
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

enum silt_limit_id silt_scanner_overflowed(const struct silt_scanner *scanner)
{
	return scanner->overflowed;
}
