/* One window, one answer: is there a match, how sure is it, and what may a person see of it. */
#include "secret/confirm.h"

#include "base/ascii.h"
#include "base/secure.h"
#include "secret/known_values.h"
#include "secret/monotony.h"
#include "secret/placeholder.h"
#include "secret/plain_value.h"
#include "secret/validate.h"
#include "secret/value_limits.h"

#include <stdio.h>

/* Characters of a value that a preview shows, whatever its rule says. */
enum { SHOW_MAX = 8 };

/* Bytes of the longest value that is taken for nothing but random characters. */
enum { TOKEN_MAX = 128 };

/* Bytes of the longest window that is looked through for a run. */
enum { RUN_WINDOW_MAX = 1024 };

/* How many bytes at the start of `value` may be shown: those that no escape changes, and no more than the rule allows. */
static size_t shown(const struct silt_rule *rule, struct silt_bytes value)
{
	size_t max = rule->show < SHOW_MAX ? rule->show : SHOW_MAX;
	size_t count = 0;
	while (count < max && count < value.len && value.ptr[count] > ' ' && value.ptr[count] <= '~' &&
	       value.ptr[count] != '\\') {
		count++;
	}
	return count;
}

static void write_preview(const struct silt_rule *rule, const char *kind, struct silt_bytes value,
			  char preview[static SILT_PREVIEW_SIZE])
{
	if (kind && value.len == 1) { /* where a file begins that should not be there: its size is not known here */
		snprintf(preview, SILT_PREVIEW_SIZE, "%s", kind);
		return;
	}
	if (kind) {
		snprintf(preview, SILT_PREVIEW_SIZE, "%s (%zu bytes)", kind, value.len);
		return;
	}
	size_t count = shown(rule, value);
	snprintf(preview, SILT_PREVIEW_SIZE, "%.*s%s(%zu characters)", (int)count, (const char *)value.ptr,
		 count > 0 ? "... " : "", value.len);
}

void silt_value_id(struct silt_bytes value, uint8_t id[static SILT_VALUE_ID_SIZE])
{
	silt_keyed_hash("silt value 1", &value, 1, id, SILT_VALUE_ID_SIZE);
}

/*
 * A secret that everybody has is none: that it parses proves nothing worth knowing, and it is shown for information. What
 * only a generic rule takes for one is not even that: false.
 */
static bool allow_known(struct silt_match *match)
{
	const char *known = silt_known_value(match->value);
	if (known) {
		match->severity = SILT_SEVERITY_INFO;
		match->confidence = SILT_CONFIDENCE_POSSIBLE;
		match->note = known;
	}
	return !(known && match->rule->generic);
}

/* The token of a live service comes from a generator. A longer value may hold text or numbers that repeat themselves. */
static void doubt_typed(const struct silt_rule *rule, struct silt_bytes value, struct silt_confirmation *verdict)
{
	if (rule->never_vendor && value.len <= TOKEN_MAX && verdict->confidence == SILT_CONFIDENCE_LIKELY &&
	    (silt_is_monotonous(value) || silt_is_sequence(value))) {
		silt_verdict_doubtful(verdict, "repeats itself or counts: redacted or made up");
	}
}

/* False if the validator says that this is no match at all, or if it had no memory to say anything. */
static bool judge(const struct silt_rule *rule, const struct silt_window *window, struct silt_range secret,
		  uint8_t *room, struct silt_match *out, bool *starved)
{
	struct silt_bytes value = silt_bytes_slice(window->bytes, secret.start, secret.end - secret.start);
	char facts[SILT_FACTS_SIZE] = "";
	struct silt_confirmation verdict = {
		.confidence = rule->confidence,
		.severity = rule->severity,
		.identity = value,
		.window = window->bytes,
		.room = room,
		.path = window->path,
		.facts = facts,
	};
	bool holds = !rule->validate || rule->validate(value, &verdict);
	*starved = verdict.starved;
	if (!holds || verdict.starved) {
		return false;
	}
	doubt_typed(rule, value, &verdict);
	*out = (struct silt_match){
		.rule = rule,
		.offset = secret.start,
		.length = value.len,
		.severity = verdict.severity,
		.confidence = verdict.confidence,
		.note = verdict.note,
		.expires = verdict.expires,
		.secret = value,
	};
	memcpy(out->facts, facts, sizeof(facts));
	memcpy(out->public_id, verdict.public_id, sizeof(out->public_id));
	silt_value_id(verdict.identity, out->value);
	write_preview(rule, verdict.kind, value, out->preview);
	return allow_known(out);
}

/* ---- Is it worth a validator? ---------------------------------------------------------------------------------------- */

/* The first `mark`, in either case, from `at` on, or the end. */
static size_t find_mark(struct silt_bytes whole, size_t at, uint8_t mark)
{
	if (!silt_is_letter(mark)) {
		size_t skipped = silt_bytes_find_byte(silt_bytes_slice(whole, at, whole.len), mark);
		return skipped == SIZE_MAX ? whole.len : at + skipped;
	}
	while (at < whole.len && silt_lower(whole.ptr[at]) != mark) {
		at++;
	}
	return at;
}

static uint8_t mark_of(const struct silt_keyword *word)
{
	return word->text.ptr[word->mark];
}

/* True if one of the words, all of one mark, stands with it at `at`. */
static bool word_at_mark(struct silt_bytes whole, size_t at, const struct silt_keyword *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (words[i].mark <= at &&
		    silt_begins_with_word(silt_bytes_slice(whole, at - words[i].mark, whole.len), words[i].text)) {
			return true;
		}
	}
	return false;
}

/* Words of one mark stand together. */
static bool contains_word(struct silt_bytes whole, const struct silt_keyword *words, size_t count)
{
	size_t same = 0;
	for (size_t i = 0; i < count; i += same) {
		uint8_t mark = mark_of(&words[i]);
		for (same = 1; i + same < count && mark_of(&words[i + same]) == mark; same++) {
		}
		for (size_t at = find_mark(whole, 0, mark); at < whole.len; at = find_mark(whole, at + 1, mark)) {
			if (word_at_mark(whole, at, &words[i], same)) {
				return true;
			}
		}
	}
	return false;
}

/* A value and at most `reach` bytes on either side of it. */
struct surroundings {
	struct silt_bytes before, value, behind;
};

static struct surroundings surroundings_of(const struct silt_window *window, struct silt_range secret, size_t reach)
{
	size_t at = (size_t)(window->bytes.ptr - window->around.ptr) + secret.start;
	size_t end = at + (secret.end - secret.start);
	size_t before = at < reach ? at : reach;
	return (struct surroundings){
		.before = silt_bytes_slice(window->around, at - before, before),
		.value = silt_bytes_slice(window->around, at, end - at),
		.behind = silt_bytes_slice(window->around, end, reach),
	};
}

/* A keyword inside the value proves nothing: chance may have put it there. */
static bool has_keyword(const struct silt_plan *plan, const struct surroundings *place)
{
	return contains_word(place->before, plan->keywords, plan->keyword_count) ||
	       contains_word(place->behind, plan->keywords, plan->keyword_count);
}

static bool is_allowed(const struct silt_plan *plan, struct silt_pattern_memory *memory, struct silt_bytes value,
		       bool *starved)
{
	struct silt_pattern_hit hit;
	enum silt_pattern_answer answer = SILT_PATTERN_NONE;
	for (size_t i = 0; i < plan->allow_count && answer != SILT_PATTERN_FOUND && !*starved; i++) {
		answer = silt_pattern_search(plan->allow[i], memory, value, (struct silt_range){0, 1}, &hit);
		*starved = answer == SILT_PATTERN_STARVED;
	}
	return answer == SILT_PATTERN_FOUND;
}

/* A rule with files of its own knows where a secret stands in them: words, numbers and UUIDs are passwords there. */
static bool is_harmless(const struct silt_rule *rule, const struct surroundings *place)
{
	return silt_is_placeholder(place->value) || (!rule->files && silt_is_plain_value(place->value, place->before));
}

/* Shannon takes "0123456789abcdef" for as random as can be. The token of a service is doubted for it, and not passed over. */
static bool is_sequence(const struct silt_rule *rule, struct silt_bytes value)
{
	return rule->limits.entropy_tenths > 0 && !rule->never_vendor && silt_is_sequence(value);
}

static bool is_wanted(const struct silt_rule *rule, const struct silt_plan *plan, struct silt_pattern_memory *memory,
		      const struct silt_window *window, struct silt_range secret, bool *starved)
{
	struct surroundings place = surroundings_of(window, secret, plan->around);
	if (!silt_value_keeps(&rule->limits, place.value) || is_allowed(plan, memory, place.value, starved) ||
	    is_sequence(rule, place.value)) {
		return false;
	}
	struct surroundings near = surroundings_of(window, secret, rule->within);
	if (plan->keyword_count > 0 && !has_keyword(plan, &near)) {
		return false;
	}
	return !rule->generic || !is_harmless(rule, &place);
}

/* ---- The answer ------------------------------------------------------------------------------------------------------ */

static bool covers(struct silt_range whole, struct silt_range anchor)
{
	return anchor.end == 0 || (whole.start <= anchor.start && whole.end >= anchor.end);
}

/* False if the bytes that a match may have show that there is none. Of a long window a search looks at less than this. */
static bool may_match(const struct silt_rule *rule, const struct silt_plan *plan, const struct silt_window *window)
{
	struct silt_bytes bytes = silt_bytes_slice(window->bytes, window->starts.start, window->bytes.len);
	if (bytes.len > RUN_WINDOW_MAX) {
		return true;
	}
	return silt_has_run(bytes, plan->run) && (rule->alone == 0 || silt_has_row_alone(bytes, rule->alone));
}

/* The first match that covers the anchor: a rule that looks back may meet others before it. */
static enum silt_pattern_answer search(const struct silt_pattern *pattern, struct silt_pattern_memory *memory,
				       const struct silt_window *window, struct silt_pattern_hit *hit)
{
	struct silt_range starts = window->starts;
	while (starts.start < starts.end) {
		enum silt_pattern_answer answer = silt_pattern_search(pattern, memory, window->bytes, starts, hit);
		if (answer != SILT_PATTERN_FOUND || covers(hit->whole, window->anchor)) {
			return answer;
		}
		starts.start = hit->whole.start + 1;
	}
	return SILT_PATTERN_NONE;
}

enum silt_pattern_answer silt_confirm(const struct silt_rule *rule, const struct silt_plan *plan,
				      struct silt_pattern_memory *memory, const struct silt_window *window,
				      uint8_t *room, struct silt_confirmed *out)
{
	struct silt_pattern_hit hit;
	enum silt_pattern_answer answer = may_match(rule, plan, window) ? search(plan->pattern, memory, window, &hit)
									: SILT_PATTERN_NONE;
	if (answer != SILT_PATTERN_FOUND) {
		return answer;
	}
	out->next = hit.whole.end > hit.whole.start ? hit.whole.end : hit.whole.end + 1;
	bool starved = false;
	out->holds = is_wanted(rule, plan, memory, window, hit.secret, &starved) && !starved &&
		     judge(rule, window, hit.secret, room, &out->match, &starved);
	if (rule->validate) {
		silt_wipe(room, window->bytes.len);
	}
	return starved ? SILT_PATTERN_STARVED : SILT_PATTERN_FOUND;
}
