/* One window, one answer: is there a match, how sure is it, and what may a person see of it. */
#include "secret/confirm.h"

#include "base/secure.h"
#include "secret/known_values.h"

#include <stdio.h>

/* Characters of a value that a preview shows, whatever its rule says. */
enum { SHOW_MAX = 8 };

/* How many bytes at the start of `value` may be shown: printable ones, and no more than the rule allows. */
static size_t shown(const struct silt_rule *rule, struct silt_bytes value)
{
	size_t max = rule->show < SHOW_MAX ? rule->show : SHOW_MAX;
	size_t count = 0;
	while (count < max && count < value.len && value.ptr[count] > ' ' && value.ptr[count] <= '~') {
		count++;
	}
	return count;
}

static void write_preview(const struct silt_rule *rule, const char *kind, struct silt_bytes value,
			  char preview[static SILT_PREVIEW_SIZE])
{
	if (kind) {
		snprintf(preview, SILT_PREVIEW_SIZE, "%s (%zu bytes)", kind, value.len);
		return;
	}
	size_t count = shown(rule, value);
	snprintf(preview, SILT_PREVIEW_SIZE, "%.*s%s(%zu characters)", (int)count, (const char *)value.ptr,
		 count > 0 ? "... " : "", value.len);
}

/* A secret that everybody has is none: it stays what it was proven to be, and is shown for information. */
static void allow_known(struct silt_match *match)
{
	const char *known = silt_known_value(match->value);
	if (known) {
		match->severity = SILT_SEVERITY_INFO;
		match->note = known;
	}
}

/* False if the validator says that this is no match at all. */
static bool judge(const struct silt_rule *rule, const struct silt_window *window, struct silt_range secret,
		  uint8_t *room, struct silt_match *out)
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
	if (rule->validate && !rule->validate(value, &verdict)) {
		return false;
	}
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
	silt_keyed_hash("silt value 1", &verdict.identity, 1, out->value, sizeof(out->value));
	allow_known(out);
	write_preview(rule, verdict.kind, value, out->preview);
	return true;
}

/* The first match that covers the anchor: a rule that looks back may meet others before it. */
static enum silt_pattern_answer search(const struct silt_pattern *pattern, struct silt_pattern_memory *memory,
				       const struct silt_window *window, struct silt_pattern_hit *hit)
{
	size_t from = window->from;
	while (from <= window->anchor.start) {
		enum silt_pattern_answer answer = silt_pattern_search(pattern, memory, window->bytes, from, hit);
		if (answer != SILT_PATTERN_FOUND) {
			return answer;
		}
		if (hit->whole.start <= window->anchor.start && hit->whole.end >= window->anchor.end) {
			return SILT_PATTERN_FOUND;
		}
		from = hit->whole.start + 1;
	}
	return SILT_PATTERN_NONE;
}

enum silt_pattern_answer silt_confirm(const struct silt_rule *rule, const struct silt_pattern *pattern,
				      struct silt_pattern_memory *memory, const struct silt_window *window,
				      uint8_t *room, struct silt_confirmed *out)
{
	struct silt_pattern_hit hit;
	enum silt_pattern_answer answer = search(pattern, memory, window, &hit);
	if (answer != SILT_PATTERN_FOUND) {
		return answer;
	}
	bool holds = judge(rule, window, hit.secret, room, &out->match);
	if (rule->validate) {
		silt_wipe(room, window->bytes.len);
	}
	out->end = hit.whole.end;
	return holds ? SILT_PATTERN_FOUND : SILT_PATTERN_NONE;
}
