#include "judge.h"

#include "check.h"

#include <stdlib.h>

static void *copy_of(const char *bytes, size_t len)
{
	char *copy = malloc(len > 0 ? len : 1);
	assert_non_null(copy);
	memcpy(copy, bytes, len);
	return copy;
}

struct judged judge_part(silt_validate_fn *validate, const char *text, size_t start, size_t len)
{
	struct silt_bytes window = {copy_of(text, strlen(text)), strlen(text)};
	uint8_t *room = copy_of(text, window.len);
	char facts[SILT_FACTS_SIZE] = "";
	struct silt_bytes secret = silt_bytes_slice(window, start, len);
	struct silt_confirmation verdict = {
		.confidence = SILT_CONFIDENCE_LIKELY,
		.severity = SILT_SEVERITY_MEDIUM,
		.identity = secret,
		.window = window,
		.room = room,
		.facts = facts,
	};
	struct judged judged = {.matches = validate(secret, &verdict)};
	judged.confidence = verdict.confidence;
	judged.severity = verdict.severity;
	judged.note = verdict.note;
	judged.expires = verdict.expires;
	judged.identity = verdict.identity.len;
	assert_non_null(memchr(facts, '\0', sizeof(facts)));
	for (size_t i = 0; facts[i] != '\0'; i++) {
		assert_in_range((unsigned char)facts[i], ' ', '~');
	}
	memcpy(judged.facts, facts, sizeof(facts));
	free(room);
	free((void *)(uintptr_t)window.ptr);
	return judged;
}

struct judged judge(silt_validate_fn *validate, const char *text)
{
	return judge_part(validate, text, 0, strlen(text));
}

static void judge_changed(silt_validate_fn *validate, char *text, size_t at)
{
	char was = text[at];
	static const char changes[] = {'\x01', '=', '.', ':', 'A', '~', '\xff'};
	for (size_t i = 0; i < sizeof(changes); i++) {
		text[at] = changes[i];
		judge(validate, text);
	}
	text[at] = was;
}

void judge_damaged(silt_validate_fn *validate, const char *text)
{
	size_t len = strlen(text);
	char *changed = copy_of(text, len + 1);
	for (size_t i = 0; i < len; i++) {
		judge_part(validate, text, 0, i);
		judge_part(validate, text, i, len - i);
		judge_changed(validate, changed, i);
	}
	free(changed);
}

void assert_proven(const struct judged *judged)
{
	assert_true(judged->matches);
	assert_int_equal(judged->confidence, SILT_CONFIDENCE_PROVEN);
	assert_non_null(judged->note);
}

void assert_doubtful(const struct judged *judged)
{
	assert_true(judged->matches);
	assert_int_equal(judged->confidence, SILT_CONFIDENCE_POSSIBLE);
	assert_int_equal(judged->severity, SILT_SEVERITY_LOW);
	assert_non_null(judged->note);
}

void assert_unjudged(const struct judged *judged)
{
	assert_true(judged->matches);
	assert_int_equal(judged->confidence, SILT_CONFIDENCE_LIKELY);
	assert_int_equal(judged->severity, SILT_SEVERITY_MEDIUM);
	assert_null(judged->note);
}
