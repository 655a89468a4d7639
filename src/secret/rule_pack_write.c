/* From rules to a pack: rule_pack_read.c has how it is laid out. */
#include "secret/rule_pack.h"

/* The length of what has no pointer. */
#define NOTHING UINT32_MAX

static void add_number(struct silt_buffer *out, uint32_t number)
{
	for (unsigned shift = 0; shift < 32; shift += 8) {
		silt_buffer_add_byte(out, (uint8_t)(number >> shift));
	}
}

static void add_bytes(struct silt_buffer *out, struct silt_bytes bytes)
{
	add_number(out, bytes.ptr ? (uint32_t)bytes.len : NOTHING);
	silt_buffer_add(out, bytes);
	silt_buffer_add_byte(out, 0);
}

static void add_text(struct silt_buffer *out, const char *text)
{
	add_bytes(out, silt_bytes_text(text));
}

static void add_texts(struct silt_buffer *out, const char *const *texts)
{
	uint32_t count = 0;
	while (texts && texts[count]) {
		count++;
	}
	add_number(out, texts ? count : NOTHING);
	for (uint32_t i = 0; texts && i < count; i++) {
		add_text(out, texts[i]);
	}
}

static void add_literals(struct silt_buffer *out, const struct silt_bytes *literals)
{
	uint32_t count = 0;
	while (literals && literals[count].ptr) {
		count++;
	}
	add_number(out, literals ? count : NOTHING);
	for (uint32_t i = 0; literals && i < count; i++) {
		add_bytes(out, literals[i]);
	}
}

static void add_examples(struct silt_buffer *out, const struct silt_rule_example *examples, size_t count)
{
	add_number(out, (uint32_t)count);
	for (size_t i = 0; i < count; i++) {
		add_text(out, examples[i].file);
		add_bytes(out, examples[i].text);
	}
}

static void add_member(struct silt_buffer *out, const struct silt_rule *rule, const struct silt_pack_member *member)
{
	const uint8_t *place = (const uint8_t *)rule + member->offset;
	switch (member->kind) {
	case SILT_PACK_NUMBER:
		add_number(out, *(const uint32_t *)place);
		break;
	case SILT_PACK_FLAG:
		add_number(out, *(const bool *)place);
		break;
	case SILT_PACK_TEXT:
		add_text(out, *(const char *const *)place);
		break;
	case SILT_PACK_TEXTS:
		add_texts(out, *(const char *const *const *)place);
		break;
	case SILT_PACK_LITERALS:
		add_literals(out, *(const struct silt_bytes *const *)place);
		break;
	case SILT_PACK_EXAMPLES:
		add_examples(out, *(const struct silt_rule_example *const *)place,
			     *(const size_t *)((const uint8_t *)rule + member->count_offset));
		break;
	}
}

static void add_macro(struct silt_buffer *out, const struct silt_rule_macro *macro)
{
	add_text(out, macro->name);
	add_bytes(out, macro->text);
	add_text(out, macro->source);
	add_number(out, macro->line);
}

static enum silt_status add_rule(struct silt_buffer *out, const struct silt_rule *rule, struct silt_error *err)
{
	struct silt_pattern_facts facts;
	enum silt_status status = silt_pattern_check(rule->pattern, &facts, err);
	if (status != SILT_OK) {
		return status;
	}
	struct silt_rule known = *rule;
	known.origin = facts.origin;
	known.run = silt_pattern_run(rule->pattern);
	for (size_t i = 0; i < silt_pack_member_count; i++) {
		add_member(out, &known, &silt_pack_members[i]);
	}
	return SILT_OK;
}

enum silt_status silt_rule_pack_write(const struct silt_rule *rules, size_t count,
				      const struct silt_rule_macros *macros, struct silt_buffer *out,
				      struct silt_error *err)
{
	add_number(out, (uint32_t)macros->count);
	add_number(out, (uint32_t)count);
	for (size_t i = 0; i < macros->count; i++) {
		add_macro(out, &macros->items[i]);
	}
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		status = add_rule(out, &rules[i], err);
	}
	return status;
}
