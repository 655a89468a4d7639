/* One candidate of a stream: whether it is looked at, the window around it, and what becomes of the matches in it. */
#include "base/limits.h"
#include "secret/confirm.h"
#include "secret/glob.h"
#include "secret/scan.h"
#include "secret/wanted.h"

/* Bytes of the longest window that is remembered though its pattern was not even found in it. */
enum { REFUSED_MAX = 4096 };

static bool names_path(const char *const *globs, struct silt_bytes path)
{
	for (; *globs; globs++) {
		if (silt_glob_names(silt_bytes_text(*globs), path)) {
			return true;
		}
	}
	return false;
}

struct silt_progress *silt_scan_progress(struct silt_scanner *scanner, uint32_t rule)
{
	struct silt_progress *progress = &scanner->progress[rule];
	if (progress->stream != scanner->number) {
		const char *const *files = scanner->matcher->rules[rule].files;
		*progress = (struct silt_progress){.stream = scanner->number};
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
static struct silt_window window_of(struct silt_scanner *scanner, const struct silt_candidate *candidate,
				    uint64_t floor)
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

/* Something was not looked at. */
static void overflow(struct silt_scanner *scanner, uint32_t rule, enum silt_limit_id limit)
{
	if (scanner->overflowed == SILT_LIMIT_NONE && !silt_rule_tells_facts(&scanner->matcher->rules[rule])) {
		scanner->overflowed = limit;
	}
}

static enum silt_status report(struct silt_scanner *scanner, struct silt_progress *progress, uint32_t rule,
			       struct silt_match *match)
{
	if (match->rule->wanted && progress->matches == SILT_WANTED_MATCHES_MAX) {
		progress->stopped = true;
		return SILT_OK;
	}
	if (progress->matches == scanner->limits->value[SILT_LIMIT_MATCHES_PER_RULE]) {
		progress->stopped = true;
		overflow(scanner, rule, SILT_LIMIT_MATCHES_PER_RULE);
		return SILT_OK;
	}
	progress->matches++;
	return scanner->fn(scanner->ctx, match, scanner->err);
}

/* A search that gave up: what it would have found is not known. A rule that this happens to often costs too much. */
static void note_limit(struct silt_scanner *scanner, struct silt_progress *progress, uint32_t rule)
{
	overflow(scanner, rule, SILT_LIMIT_PATTERN_STEPS);
	progress->stopped = ++progress->limits >= SILT_PATTERN_LIMITS_MAX;
}

/* True if this candidate need not, or must not, be looked at. */
static bool skip(struct silt_scanner *scanner, struct silt_progress *progress, const struct silt_candidate *candidate)
{
	const struct silt_plan *plan = &scanner->matcher->plans[candidate->rule];
	if (progress->stopped || (plan->only_first && progress->end > 0)) {
		return true;
	}
	if (candidate->length == 0) {
		return false;
	}
	if (candidate->at < progress->end) {
		return true;
	}
	if (progress->candidates >= scanner->limits->value[SILT_LIMIT_ANCHORS] + candidate->at / SILT_ANCHOR_SPACING) {
		overflow(scanner, candidate->rule, SILT_LIMIT_ANCHORS);
		return true;
	}
	progress->candidates++;
	return false;
}

/* Compiles what was left for the first candidate. */
static enum silt_status make_ready(const struct silt_rule *rule, const struct silt_plan *plan, struct silt_error *err)
{
	enum silt_status status = silt_pattern_ready(plan->pattern, err);
	for (size_t i = 0; i < plan->allow_count && status == SILT_OK; i++) {
		status = silt_pattern_ready(plan->allow[i], err);
	}
	if (status != SILT_OK) {
		silt_error_at(err, "rule %s", rule->id);
	}
	return status;
}

/* ---- What comes again ------------------------------------------------------------------------------------------------ */

/* The place of a window whose candidate is an anchor: with the plan of its rule it says all but the bytes. */
static struct silt_refused place_of(const struct silt_scanner *scanner, const struct silt_candidate *candidate,
				    const struct silt_window *window)
{
	size_t before = (size_t)(window->bytes.ptr - window->around.ptr);
	return (struct silt_refused){
		.block = scanner->recent.fed,
		.at = candidate->at,
		.lead = (uint32_t)(before + window->anchor.start),
		.from = (uint32_t)(window->anchor.start - window->starts.start),
		.bytes = (uint32_t)window->around.len,
		.covered = candidate->length,
	};
}

/* Both places are in the block under way, and `at` is behind `before`: one pointer says where both of them are. */
static bool same_bytes(const struct silt_refused *before, const struct silt_refused *at, struct silt_bytes bytes)
{
	return before->lead == at->lead && before->from == at->from && before->bytes == at->bytes &&
	       before->covered == at->covered && memcmp(bytes.ptr - (at->at - before->at), bytes.ptr, bytes.len) == 0;
}

/*
 * True if the window has the bytes of one that was refused. A text that repeats itself is not looked at again and again:
 * patterns and validators are functions of these bytes, and of the path, which is that of the stream.
 */
static bool was_refused(const struct silt_scanner *scanner, const struct silt_progress *progress,
			const struct silt_candidate *candidate, const struct silt_window *window)
{
	if (candidate->length == 0) {
		return false;
	}
	struct silt_refused place = place_of(scanner, candidate, window);
	uint64_t block = scanner->recent.fed - scanner->recent.block.len;
	for (size_t i = 0; i < SILT_REFUSED_KEPT; i++) {
		const struct silt_refused *before = &progress->refused[i];
		bool here = before->block == place.block && before->at >= block + before->lead;
		if (here && same_bytes(before, &place, window->around)) {
			return true;
		}
	}
	return false;
}

/* To compare a long window costs more than a search that fails in it, which most do at the first bytes. */
static void keep_refused(const struct silt_scanner *scanner, struct silt_progress *progress,
			 const struct silt_candidate *candidate, const struct silt_window *window, bool found)
{
	if (candidate->length > 0 && (found || window->around.len <= REFUSED_MAX)) {
		progress->refused[progress->refused_next] = place_of(scanner, candidate, window);
		progress->refused_next = (uint8_t)((progress->refused_next + 1) % SILT_REFUSED_KEPT);
	}
}

/* One match covers an anchor; a piece may have many. */
enum silt_status silt_scan_confirm(struct silt_scanner *scanner, const struct silt_candidate *candidate)
{
	const struct silt_matcher *matcher = scanner->matcher;
	const struct silt_rule *rule = &matcher->rules[candidate->rule];
	const struct silt_plan *plan = &matcher->plans[candidate->rule];
	struct silt_progress *progress = silt_scan_progress(scanner, candidate->rule);
	bool more = !skip(scanner, progress, candidate);
	enum silt_status status = more ? make_ready(rule, plan, scanner->err) : SILT_OK;
	more = more && status == SILT_OK;
	uint64_t floor = progress->end;
	while (more && floor < candidate->at + plan->starts) {
		struct silt_window window = window_of(scanner, candidate, floor);
		if (was_refused(scanner, progress, candidate, &window)) {
			break;
		}
		struct silt_confirmed confirmed = {0};
		enum silt_pattern_answer answer =
			silt_confirm(rule, plan, scanner->memory, &window, scanner->room, &confirmed);
		if (answer == SILT_PATTERN_STARVED) {
			return silt_fail_memory(scanner->err);
		}
		if (answer == SILT_PATTERN_LIMIT) {
			note_limit(scanner, progress, candidate->rule);
		}
		if (answer != SILT_PATTERN_LIMIT && !confirmed.holds) {
			keep_refused(scanner, progress, candidate, &window, answer == SILT_PATTERN_FOUND);
		}
		if (answer != SILT_PATTERN_FOUND) {
			break;
		}
		floor = window.offset + confirmed.next;
		if (confirmed.holds) {
			progress->end = floor;
			confirmed.match.offset += window.offset;
			status = report(scanner, progress, candidate->rule, &confirmed.match);
		}
		more = candidate->length == 0 && status == SILT_OK && !progress->stopped;
	}
	return status;
}
