#include "judge.h"

#include "tight.h"

static void assert_printable(const char facts[static SILT_FACTS_SIZE])
{
	assert_non_null(memchr(facts, '\0', SILT_FACTS_SIZE));
	for (size_t i = 0; facts[i] != '\0'; i++) {
		assert_in_range((unsigned char)facts[i], ' ', '~');
	}
}

struct judged judge_at(silt_validate_fn *validate, struct silt_bytes window, size_t start, size_t len, const char *path)
{
	struct judged judged = {0};
	uint8_t *memory = tight_copy(window);
	uint8_t *room = tight_copy(window);
	struct silt_bytes secret = silt_bytes_slice(silt_bytes(memory, window.len), start, len);
	struct silt_confirmation verdict = {
		.confidence = SILT_CONFIDENCE_LIKELY,
		.severity = SILT_SEVERITY_HIGH,
		.identity = secret,
		.window = silt_bytes(memory, window.len),
		.room = room,
		.path = silt_bytes_text(path),
		.facts = judged.facts,
	};
	judged.match = validate(secret, &verdict);
	judged.severity = verdict.severity;
	judged.confidence = verdict.confidence;
	judged.note = verdict.note;
	judged.kind = verdict.kind;
	judged.expires = verdict.expires;
	judged.identity_len = verdict.identity.len;
	struct silt_bytes start_of = silt_bytes_slice(verdict.identity, 0, sizeof(judged.identity));
	if (start_of.len > 0) {
		memcpy(judged.identity, start_of.ptr, start_of.len);
	}
	assert_printable(judged.facts);
	free(room);
	free(memory);
	return judged;
}

struct judged judge_part(silt_validate_fn *validate, const char *text, size_t start, size_t len)
{
	return judge_at(validate, silt_bytes_text(text), start, len, "");
}

struct judged judge(silt_validate_fn *validate, struct silt_bytes secret)
{
	return judge_at(validate, secret, 0, secret.len, "");
}

struct judged judge_text(silt_validate_fn *validate, const char *text)
{
	return judge(validate, silt_bytes_text(text));
}

static void judge_changed(silt_validate_fn *validate, char *text, size_t at)
{
	char was = text[at];
	static const char changes[] = {'\x01', '=', '.', ':', 'A', '~', '\xff'};
	for (size_t i = 0; i < sizeof(changes); i++) {
		text[at] = changes[i];
		judge_text(validate, text);
	}
	text[at] = was;
}

void judge_damaged(silt_validate_fn *validate, const char *text)
{
	size_t len = strlen(text);
	char *changed = (char *)tight_copy(silt_bytes(text, len + 1));
	for (size_t i = 0; i < len; i++) {
		judge_part(validate, text, 0, i);
		judge_part(validate, text, i, len - i);
		judge_changed(validate, changed, i);
	}
	free(changed);
}

void assert_proven(const struct judged *judged)
{
	assert_true(judged->match);
	assert_int_equal(judged->confidence, SILT_CONFIDENCE_PROVEN);
	assert_non_null(judged->note);
}

void assert_doubtful(const struct judged *judged)
{
	assert_true(judged->match);
	assert_int_equal(judged->confidence, SILT_CONFIDENCE_POSSIBLE);
	assert_int_equal(judged->severity, SILT_SEVERITY_LOW);
	assert_non_null(judged->note);
}

void assert_unjudged(const struct judged *judged)
{
	assert_true(judged->match);
	assert_int_equal(judged->confidence, SILT_CONFIDENCE_LIKELY);
	assert_int_equal(judged->severity, SILT_SEVERITY_HIGH);
	assert_null(judged->note);
}
