/* A digest of a set of rules, and rules by their ids. */
#include "secret/rule_digest.h"

#include "base/buffer.h"
#include "base/secure.h"
#include "secret/matcher.h"

static void add_number(struct silt_buffer *to, uint64_t number)
{
	uint8_t bytes[sizeof(number)];
	for (size_t i = 0; i < sizeof(bytes); i++) {
		bytes[i] = (uint8_t)(number >> 8 * i);
	}
	silt_buffer_add(to, silt_bytes(bytes, sizeof(bytes)));
}

/* Each with its length in front, so that two sets never look the same. */
static void add_bytes(struct silt_buffer *to, struct silt_bytes bytes)
{
	add_number(to, bytes.len);
	silt_buffer_add(to, bytes);
}

static void add_text(struct silt_buffer *to, const char *text)
{
	silt_buffer_add_byte(to, text ? 1 : 0);
	add_bytes(to, silt_bytes_text(text));
}

static void add_texts(struct silt_buffer *to, const char *const *texts)
{
	for (size_t i = 0; texts && texts[i]; i++) {
		add_text(to, texts[i]);
	}
	add_text(to, NULL);
}

static void add_anchors(struct silt_buffer *to, const struct silt_bytes *anchors)
{
	for (size_t i = 0; anchors && anchors[i].ptr; i++) {
		add_bytes(to, anchors[i]);
	}
	add_text(to, NULL);
}

/* All but the words about it for people, its examples and its place. */
static void add_rule(struct silt_buffer *to, const struct silt_rule *rule)
{
	const uint64_t numbers[] = {
		rule->severity,
		rule->confidence,
		rule->back,
		rule->reach,
		rule->context,
		rule->show,
		rule->within,
		rule->limits.min_length,
		rule->limits.max_length,
		rule->limits.digits,
		rule->limits.uppers,
		rule->limits.lowers,
		rule->limits.entropy_tenths,
		rule->generic,
		rule->at_start,
		rule->public_half,
		rule->never_vendor,
	};
	add_text(to, rule->id);
	add_text(to, rule->pattern);
	add_anchors(to, rule->anchors);
	add_texts(to, rule->anchors_any_case);
	add_texts(to, rule->files);
	add_texts(to, rule->keywords);
	add_texts(to, rule->allow);
	add_text(to, rule->identity);
	add_text(to, rule->validator);
	for (size_t i = 0; i < SILT_COUNT(numbers); i++) {
		add_number(to, numbers[i]);
	}
}

bool silt_matcher_digest(const struct silt_matcher *matcher, uint8_t out[static SILT_RULE_DIGEST_SIZE])
{
	struct silt_buffer rule = {0};
	memset(out, 0, SILT_RULE_DIGEST_SIZE);
	for (size_t i = 0; i < matcher->rule_count; i++) {
		silt_buffer_clear(&rule);
		add_rule(&rule, &matcher->rules[i]);
		const struct silt_bytes parts[] = {{out, SILT_RULE_DIGEST_SIZE}, silt_buffer_bytes(&rule)};
		silt_keyed_hash("silt rule set", parts, SILT_COUNT(parts), out, SILT_RULE_DIGEST_SIZE);
	}
	const bool whole = !rule.failed;
	silt_buffer_done(&rule);
	return whole;
}

const struct silt_rule *silt_matcher_rule(const struct silt_matcher *matcher, struct silt_bytes id)
{
	for (size_t i = 0; i < matcher->rule_count; i++) {
		if (silt_bytes_equal(silt_bytes_text(matcher->rules[i].id), id)) {
			return &matcher->rules[i];
		}
	}
	return NULL;
}
