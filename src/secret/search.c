/*
 * The search: the stream through its scanner first, then the decoders a little behind it.
 *
 *                      limit                             fed
 *     ──────────────────┬─────────────────────────────────┬───────────────
 *        decoded        │   lag: tips wait here           │   to come
 *     ──────────────────┴─────────────────────────────────┴───────────────
 *
 * What the gate and the signs say of new bytes are tips: places where an encoding may be. They wait until the scanner
 * has told all it finds around them. That is how a value is known to stand in the stream as it is, and it leaves the
 * decoders enough to look ahead. What they may look at is kept here, beside what the scanner keeps for itself.
 */
#include "secret/search.h"

#include "base/arena.h"
#include "base/limits.h"
#include "base/secure.h"
#include "secret/matcher.h"
#include "secret/undo.h"
#include "secret/unwrap_tips.h"
#include "secret/wanted_rules.h"

#include <stdlib.h>

/* Bytes by which a value in decoded text may lie behind what is decoded, at most: six for each of a long window. */
enum { SEEN_BEHIND = 512 * 1024 };

/* A match that was reported. */
struct seen {
	const struct silt_rule *rule;
	bool decoded;
	enum silt_confidence confidence;
	uint64_t from, to;
	uint8_t value[SILT_VALUE_ID_SIZE];
};

/* Texts under way at the same time: rows and wide strings never meet the same bytes. */
enum { PLAIN_ROWS, PLAIN_PERCENT, PLAIN_BACKSLASH, PLAINS };

struct silt_search {
	const struct silt_limits *limits; /* borrows */
	struct silt_scanner *scanner;     /* owns */
	struct silt_plain plains[PLAINS];
	const struct silt_wanted_signs *wanted; /* borrows; NULL: no values are looked for */
	struct silt_undo *undo;                 /* owns; decodes for them; NULL as above */
	size_t lag;                             /* bytes that the decoders stay behind */

	/* The stream. */
	struct silt_bytes path; /* borrows */
	silt_match_fn *fn;
	void *ctx;
	struct silt_recent recent;
	struct silt_tips tips;         /* all of them in the lag */
	enum silt_limit_id overflowed; /* the first limit that was reached */
	struct silt_rows rows;
	struct silt_wide wide;
	struct silt_escapes percent, backslash;
	size_t unwrapped;  /* matches in decoded texts */
	struct seen *seen; /* owns; what a match in decoded text may still be the same as */
	size_t seen_count, seen_capacity;

	/* The call under way. */
	struct silt_view view;
	enum silt_status status;
};

/* ---- Matches --------------------------------------------------------------------------------------------------------- */

static enum silt_status report(struct silt_search *search, const struct silt_match *match, struct silt_error *err)
{
	void *seen = search->seen;
	if (!silt_grow(&seen, search->seen_count, &search->seen_capacity, sizeof(*search->seen))) {
		return silt_fail_memory(err);
	}
	search->seen = seen;
	struct seen *added = &search->seen[search->seen_count++];
	*added = (struct seen){
		.rule = match->rule,
		.decoded = match->via != NULL,
		.confidence = match->confidence,
		.from = match->offset,
		.to = match->offset + match->length,
	};
	memcpy(added->value, match->value, sizeof(added->value));
	return search->fn(search->ctx, match, err);
}

static enum silt_status on_match(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	return report(ctx, match, err);
}

/*
 * True if what was seen already tells of the match. Rules that know one value are sorted out where all hits of a file
 * are: in decoded text each of them tells, as in the stream. What one that is not generic found in the stream as it is
 * need not be told again by others. A rule that took for doubtful what it can prove decoded, such as a key in the place
 * of a key, tells both. A value that is looked for has nothing to say of what rules find, nor they of it.
 */
static bool tells_of(const struct seen *seen, const struct silt_match *match)
{
	if (seen->rule == match->rule) {
		return seen->confidence >= match->confidence;
	}
	bool speaks = !seen->decoded && (!seen->rule->generic || match->rule->generic);
	bool apart = seen->rule->wanted || match->rule->wanted;
	return speaks && !apart && memcmp(seen->value, match->value, SILT_VALUE_ID_SIZE) == 0;
}

/* True if it is a match that was reported, spelled otherwise. */
static bool is_seen(const struct silt_search *search, const struct silt_match *match)
{
	for (size_t i = 0; i < search->seen_count; i++) {
		const struct seen *seen = &search->seen[i];
		bool overlap = seen->from < match->offset + match->length && match->offset < seen->to;
		if (overlap && tells_of(seen, match)) {
			return true;
		}
	}
	return false;
}

static void overflow(struct silt_search *search, enum silt_limit_id limit)
{
	if (search->overflowed == SILT_LIMIT_NONE) {
		search->overflowed = limit;
	}
}

static enum silt_status on_plain_match(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	struct silt_search *search = ctx;
	if (is_seen(search, match)) {
		return SILT_OK;
	}
	if (search->unwrapped == search->limits->value[SILT_LIMIT_DECODED_MATCHES]) {
		overflow(search, SILT_LIMIT_DECODED_MATCHES);
		return SILT_OK;
	}
	search->unwrapped++;
	return report(search, match, err);
}

/* Lets go of the block, and forgets matches that no match to come can overlap. */
static void settle(struct silt_search *search)
{
	size_t kept = 0;
	for (size_t i = 0; i < search->seen_count; i++) {
		if (search->seen[i].to + SEEN_BEHIND > search->view.limit) {
			search->seen[kept++] = search->seen[i];
		}
	}
	search->seen_count = kept;
	silt_recent_settle(&search->recent);
}

/* ---- Making and ending ------------------------------------------------------------------------------------------------ */

static void on_sign(void *ctx, uint32_t sign, uint64_t at)
{
	struct silt_search *search = ctx;
	if (sign < silt_sign_count) {
		silt_tips_sign(&search->tips, sign, at);
	} else {
		silt_undo_meet(search->undo, (enum silt_undo_kind)search->wanted->kinds[sign], at);
	}
}

static enum silt_status want(struct silt_search *search, const struct silt_matcher *matcher, struct silt_error *err)
{
	struct silt_plain_sink sink = {on_plain_match, search};
	search->wanted = &matcher->wanted->signs;
	return silt_undo_new(matcher->values, search->limits, sink, &search->undo, err);
}

enum silt_status silt_search_new(const struct silt_matcher *matcher, const struct silt_limits *limits,
				 struct silt_search **out, struct silt_error *err)
{
	struct silt_search *search = calloc(1, sizeof(*search));
	if (!search) {
		return silt_fail_memory(err);
	}
	search->limits = silt_limits_or_default(limits);
	struct silt_plain_sink sink = {on_plain_match, search};
	for (size_t i = 0; i < PLAINS; i++) {
		silt_plain_init(&search->plains[i], matcher, search->limits, matcher->window_usual, sink);
	}
	silt_tips_init(&search->tips);
	search->lag = matcher->window_usual > SILT_UNWRAP_AHEAD ? matcher->window_usual : SILT_UNWRAP_AHEAD;
	enum silt_status status = silt_scanner_new(matcher, search->limits, &search->scanner, err);
	if (status == SILT_OK && matcher->wanted) {
		status = want(search, matcher, err);
	}
	/* The oldest tip that waits may be a window before what is decoded. */
	size_t keep = search->lag + SILT_GATE_WINDOW + SILT_UNWRAP_BACK;
	if (!silt_recent_init(&search->recent, keep) && status == SILT_OK) {
		status = silt_fail_memory(err);
	}
	if (status != SILT_OK) {
		silt_search_free(search);
		return status;
	}
	silt_scanner_listen(search->scanner, on_sign, search);
	*out = search;
	return SILT_OK;
}

void silt_search_free(struct silt_search *search)
{
	if (!search) {
		return;
	}
	for (size_t i = 0; i < PLAINS; i++) {
		silt_plain_done(&search->plains[i]);
	}
	silt_undo_free(search->undo);
	silt_recent_done(&search->recent);
	silt_scanner_free(search->scanner);
	silt_tips_done(&search->tips);
	free(search->seen);
	free(search);
}

static void reset(struct silt_search *search)
{
	silt_recent_reset(&search->recent);
	for (size_t i = 0; i < PLAINS; i++) {
		silt_plain_reset(&search->plains[i]);
	}
	if (search->undo) {
		silt_undo_reset(search->undo);
	}
	silt_tips_reset(&search->tips);
	search->seen_count = 0;
}

void silt_search_begin(struct silt_search *search, struct silt_bytes path, silt_match_fn *fn, void *ctx)
{
	reset(search);
	search->path = path;
	search->fn = fn;
	search->ctx = ctx;
	search->overflowed = SILT_LIMIT_NONE;
	search->rows = (struct silt_rows){.plain = &search->plains[PLAIN_ROWS]};
	search->wide = (struct silt_wide){.plain = &search->plains[PLAIN_ROWS]};
	search->percent = (struct silt_escapes){.plain = &search->plains[PLAIN_PERCENT], .kind = &silt_escapes_percent};
	search->backslash =
		(struct silt_escapes){.plain = &search->plains[PLAIN_BACKSLASH], .kind = &silt_escapes_backslash};
	search->unwrapped = 0;
	search->status = SILT_OK;
	silt_scanner_begin(search->scanner, path, on_match, search);
}

enum silt_limit_id silt_search_overflowed(const struct silt_search *search)
{
	return search->overflowed;
}

/* ---- The decoders ------------------------------------------------------------------------------------------------------ */

/* True if one more text may be decoded at `at`, if there is one. */
static bool has_budget(struct silt_search *search, uint64_t at)
{
	uint64_t texts = 0;
	for (size_t i = 0; i < PLAINS; i++) {
		texts += search->plains[i].texts;
	}
	if (texts < search->limits->value[SILT_LIMIT_DECODED_TEXTS] + at / SILT_UNWRAP_SPACING) {
		return true;
	}
	overflow(search, SILT_LIMIT_DECODED_TEXTS);
	return false;
}

static enum silt_status follow(struct silt_search *search, const struct silt_tip *tip)
{
	if (!has_budget(search, tip->at)) {
		return SILT_OK;
	}
	switch (tip->kind) {
	case SILT_TIP_ROWS:
		return silt_rows_meet(&search->rows, &search->view, tip->at);
	case SILT_TIP_WIDE:
		return silt_wide_meet(&search->wide, &search->view, tip->at);
	case SILT_TIP_PERCENT:
		return silt_escapes_meet(&search->percent, &search->view, tip->at);
	case SILT_TIP_BACKSLASH:
		break;
	}
	return silt_escapes_meet(&search->backslash, &search->view, tip->at);
}

/*
 * A window must be before the limit as a whole: a row that is open at the limit may end before the window does, and
 * what is behind it in the window is for the next row.
 */
static enum silt_status follow_tips(struct silt_search *search)
{
	uint64_t limit = search->view.limit;
	if (!search->view.last) {
		limit -= limit < SILT_GATE_WINDOW ? limit : SILT_GATE_WINDOW;
	}
	enum silt_status status = SILT_OK;
	struct silt_tip tip;
	while (status == SILT_OK && silt_tips_take(&search->tips, limit, &tip)) {
		status = follow(search, &tip);
	}
	silt_tips_settle(&search->tips);
	return status;
}

/* What was begun with the bytes before. */
static enum silt_status go_on(struct silt_search *search)
{
	for (size_t i = 0; i < PLAINS; i++) {
		search->plains[i].err = search->view.err;
	}
	enum silt_status status = silt_rows_go_on(&search->rows, &search->view);
	if (status == SILT_OK) {
		status = silt_wide_go_on(&search->wide, &search->view);
	}
	if (status == SILT_OK) {
		status = silt_escapes_go_on(&search->percent, &search->view);
	}
	return status == SILT_OK ? silt_escapes_go_on(&search->backslash, &search->view) : status;
}

static void finish(struct silt_search *search)
{
	overflow(search, silt_scanner_overflowed(search->scanner));
	for (size_t i = 0; i < PLAINS; i++) {
		overflow(search, search->plains[i].overflowed);
	}
	if (search->undo) {
		overflow(search, silt_undo_overflowed(search->undo));
	}
	reset(search);
}

static enum silt_status take(struct silt_search *search, struct silt_bytes block, bool last, struct silt_error *err)
{
	uint64_t at = search->recent.fed;
	silt_recent_push(&search->recent, block);
	uint64_t fed = search->recent.fed;
	search->view = (struct silt_view){
		.recent = &search->recent,
		.path = search->path,
		.limit = last ? fed : fed - (fed < search->lag ? fed : search->lag),
		.last = last,
		.err = err,
	};
	enum silt_status status = silt_scanner_feed(search->scanner, block, last, err);
	if (status != SILT_OK) {
		return status;
	}
	silt_tips_look(&search->tips, block, at, last);
	if (search->tips.failed) {
		return silt_fail_memory(err);
	}
	status = go_on(search);
	if (status == SILT_OK) {
		status = follow_tips(search);
	}
	return status == SILT_OK && search->undo ? silt_undo_go_on(search->undo, &search->view) : status;
}

/* In blocks of a size that bounds how many tips there can be. */
enum silt_status silt_search_feed(struct silt_search *search, struct silt_bytes bytes, bool last,
				  struct silt_error *err)
{
	if (search->status != SILT_OK) {
		return silt_fail(err, search->status, "the search of this stream has failed before");
	}
	bool more = true;
	while (more && search->status == SILT_OK) {
		struct silt_bytes block = silt_bytes_slice(bytes, 0, SILT_BLOCK_SIZE);
		bytes = silt_bytes_slice(bytes, block.len, bytes.len);
		more = bytes.len > 0;
		search->status = take(search, block, last && !more, err);
		if (search->status != SILT_OK || (last && !more)) {
			finish(search);
		} else {
			settle(search);
		}
	}
	return search->status;
}
