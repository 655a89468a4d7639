#include "judge_kit.h"
#include "check.h"

#include <stdlib.h>

static uint8_t *tight(struct silt_bytes bytes)
{
	uint8_t *memory = malloc(bytes.len > 0 ? bytes.len : 1);
	assert_non_null(memory);
	if (bytes.len > 0) {
		memcpy(memory, bytes.ptr, bytes.len);
	}
	return memory;
}

struct judged judge_at(silt_validate_fn *validate, struct silt_bytes window, size_t start, size_t len, const char *path)
{
	struct judged judged = {0};
	uint8_t *memory = tight(window);
	uint8_t *room = tight(window);
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
	free(room);
	free(memory);
	return judged;
}

struct judged judge(silt_validate_fn *validate, struct silt_bytes secret)
{
	return judge_at(validate, secret, 0, secret.len, "");
}

struct judged judge_text(silt_validate_fn *validate, const char *text)
{
	return judge(validate, silt_bytes_text(text));
}
