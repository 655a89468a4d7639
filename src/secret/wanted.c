/*
 * From values to rules.
 *
 *       value     ├────────── back ──────────┬── anchor ──┬──────────────┤
 *
 * The anchor is from the middle: keys of one kind begin alike, and a set of anchors that many values begin with would
 * send every one of them to its pattern. The pattern is the value itself.
 */
#include "secret/wanted.h"

#include "base/encoding.h"
#include "base/secure.h"
#include "secret/wanted_key.h"
#include "secret/wanted_rules.h"

#include <stdlib.h>

enum {
	/* A value that is not longer is its own anchor; of a longer one so many bytes are. */
	WHOLE_MAX = 128,
	PART = 32,
	/* Characters of the shortest spelling that is looked for. */
	SPELLED_MIN = 8,
	/* Base64 knows groups of so many bytes: a value may begin at each of them. */
	GROUP = 3,
};

bool silt_wanted_rules_begin(struct silt_wanted_rules *rules, const struct silt_rule *base, size_t count)
{
	*rules = (struct silt_wanted_rules){.items = calloc(count + 1, sizeof(*rules->items))};
	if (!rules->items) {
		return false;
	}
	rules->count = count;
	rules->capacity = count + 1;
	if (count > 0) {
		memcpy(rules->items, base, count * sizeof(*base));
	}
	return silt_wanted_signs_begin(&rules->signs);
}

void silt_wanted_rules_done(struct silt_wanted_rules *rules)
{
	free(rules->items);
	silt_wanted_signs_done(&rules->signs);
	silt_arena_done(&rules->arena);
	*rules = (struct silt_wanted_rules){0};
}

/* ---- One spelling -------------------------------------------------------------------------------------------------- */

/* A PCRE2 pattern that only these bytes match. NULL: memory ran out. */
static const char *pattern_of(struct silt_arena *arena, struct silt_bytes text)
{
	static const char digits[] = "0123456789abcdef";
	char *pattern = silt_arena_alloc(arena, text.len * 4 + 1);
	char *at = pattern;
	for (size_t i = 0; pattern && i < text.len; i++) {
		*at++ = '\\';
		*at++ = 'x';
		*at++ = digits[text.ptr[i] >> 4];
		*at++ = digits[text.ptr[i] & 15];
	}
	return pattern;
}

/* The list of the one anchor at `at` of the text. NULL: memory ran out. */
static const struct silt_bytes *anchors_of(struct silt_arena *arena, struct silt_bytes text, size_t at, size_t len)
{
	struct silt_bytes *anchors = silt_arena_alloc(arena, 2 * sizeof(*anchors));
	if (anchors) {
		anchors[0] = silt_bytes_slice(text, at, len);
	}
	return anchors;
}

enum silt_status silt_wanted_rules_text(struct silt_wanted_rules *rules, struct silt_bytes text, uint32_t number,
					const char *spelling, struct silt_error *err)
{
	static const char *const none[] = {NULL};
	const size_t back = text.len > WHOLE_MAX ? (text.len - PART) / 2 : 0;
	const size_t anchor = text.len > WHOLE_MAX ? PART : text.len;
	void *items = rules->items;
	struct silt_rule rule = {
		.id = "wanted",
		.title = "A wanted value",
		.remedy = "",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.anchors = anchors_of(&rules->arena, text, back, anchor),
		.anchor_texts = none,
		.pattern = pattern_of(&rules->arena, text),
		.origin = SILT_PATTERN_AT_ANY_BYTE,
		.back = (uint32_t)back,
		.reach = (uint32_t)(text.len - back),
		.wanted = number,
		.spelling = spelling,
		.source = "",
	};
	if (!rule.anchors || !rule.pattern || !silt_grow(&items, rules->count, &rules->capacity, sizeof(rule))) {
		return silt_fail_memory(err);
	}
	rules->items = items;
	rules->items[rules->count++] = rule;
	return SILT_OK;
}

/* ---- Spellings ----------------------------------------------------------------------------------------------------- */

static enum silt_status add_spelled(struct silt_wanted_rules *rules, struct silt_bytes text, uint32_t number,
				    const char *spelling, struct silt_error *err)
{
	if (text.len < SPELLED_MIN || text.len > WHOLE_MAX) {
		return SILT_OK; /* what is longer the decoders find */
	}
	struct silt_bytes own = silt_arena_copy(&rules->arena, text);
	return own.ptr ? silt_wanted_rules_text(rules, own, number, spelling, err) : silt_fail_memory(err);
}

struct silt_bytes silt_wanted_base64(struct silt_buffer *text, struct silt_bytes bytes, size_t shift)
{
	struct silt_buffer padded = {0};
	silt_buffer_add(&padded, silt_bytes("\0\0", shift));
	silt_buffer_add(&padded, bytes);
	silt_base64(text, silt_buffer_bytes(&padded));
	const size_t first = (shift * 8 + 5) / 6, len = padded.len * 8 / 6 - first;
	text->failed = text->failed || padded.failed;
	silt_buffer_done(&padded);
	return silt_bytes_slice(silt_buffer_bytes(text), first, len);
}

void silt_wanted_digits(struct silt_bytes bytes, const char *digits, uint8_t *out)
{
	for (size_t i = 0; i < bytes.len; i++) {
		out[2 * i] = (uint8_t)digits[bytes.ptr[i] >> 4];
		out[2 * i + 1] = (uint8_t)digits[bytes.ptr[i] & 15];
	}
}

/* Turns base64 into its alphabet for addresses. True if that changed a character of `sure`, a part of it. */
static bool turn(struct silt_buffer *text, struct silt_bytes sure)
{
	bool differs = false;
	for (size_t i = 0; text->ptr && i < text->len; i++) {
		const uint8_t byte = text->ptr[i], *at = &text->ptr[i];
		text->ptr[i] = byte == '+' ? '-' : byte == '/' ? '_' : byte;
		differs = differs || (text->ptr[i] != byte && at >= sure.ptr && at < sure.ptr + sure.len);
	}
	return differs;
}

/* In both alphabets, where it matters. */
static enum silt_status add_base64(struct silt_wanted_rules *rules, struct silt_bytes value, size_t shift,
				   uint32_t number, struct silt_error *err)
{
	struct silt_buffer text = {0};
	const struct silt_bytes sure = silt_wanted_base64(&text, value, shift);
	enum silt_status status = text.failed ? silt_fail_memory(err) : add_spelled(rules, sure, number, "base64", err);
	if (status == SILT_OK && turn(&text, sure)) {
		status = add_spelled(rules, sure, number, "base64url", err);
	}
	silt_buffer_done(&text);
	return status;
}

static enum silt_status add_hexadecimal(struct silt_wanted_rules *rules, struct silt_bytes value, const char *digits,
					uint32_t number, struct silt_error *err)
{
	uint8_t text[WHOLE_MAX + 1];
	if (value.len > WHOLE_MAX / 2) {
		return SILT_OK;
	}
	silt_wanted_digits(value, digits, text);
	enum silt_status status = add_spelled(rules, silt_bytes(text, 2 * value.len), number, "hexadecimal", err);
	silt_wipe(text, sizeof(text));
	return status;
}

/* UTF-16 of either order of bytes: what they have in common is characters with zeros between them. */
static enum silt_status add_wide(struct silt_wanted_rules *rules, struct silt_bytes value, uint32_t number,
				 struct silt_error *err)
{
	uint8_t text[WHOLE_MAX + 1] = {0};
	if (value.len > WHOLE_MAX / 2 || !silt_is_text(value)) {
		return SILT_OK;
	}
	for (size_t i = 0; i < value.len; i++) {
		text[2 * i] = value.ptr[i];
	}
	enum silt_status status = add_spelled(rules, silt_bytes(text, 2 * value.len - 1), number, "UTF-16", err);
	silt_wipe(text, sizeof(text));
	return status;
}

enum silt_status silt_wanted_rules_add(struct silt_wanted_rules *rules, struct silt_bytes value, uint32_t number,
				       struct silt_error *err)
{
	if (!silt_is_wanted_length(value.len)) {
		return SILT_OK;
	}
	const size_t over = value.len > SILT_WANTED_MAX ? value.len - SILT_WANTED_MAX : 0;
	struct silt_bytes text = silt_arena_copy(&rules->arena, silt_bytes_slice(value, over / 2, SILT_WANTED_MAX));
	if (!text.ptr) {
		return silt_fail_memory(err);
	}
	silt_wanted_signs_of(&rules->signs, text);
	enum silt_status status = silt_wanted_rules_text(rules, text, number, NULL, err);
	if (status == SILT_OK) {
		status = silt_wanted_key_add(rules, value, number, err);
	}
	for (size_t shift = 0; shift < GROUP && value.len <= WHOLE_MAX && status == SILT_OK; shift++) {
		status = add_base64(rules, text, shift, number, err);
	}
	if (status == SILT_OK) {
		status = add_hexadecimal(rules, text, "0123456789abcdef", number, err);
	}
	if (status == SILT_OK) {
		status = add_hexadecimal(rules, text, "0123456789ABCDEF", number, err);
	}
	return status == SILT_OK ? add_wide(rules, text, number, err) : status;
}

enum silt_status silt_wanted_rules_end(struct silt_wanted_rules *rules, struct silt_error *err)
{
	return silt_wanted_signs_end(&rules->signs, &rules->arena) ? SILT_OK : silt_fail_memory(err);
}
