/*
 * From a pack to rules. Numbers are little-endian; a text stays where it is, and a pointer to it is set.
 *
 *   pack      0         4         8
 *             +---------+---------+-----------+----------+
 *             | macros  | rules   | macros... | rules... |
 *             +---------+---------+-----------+----------+
 *
 *   macro     text name, bytes, text of its file, number of its line
 *   rule      the members of silt_pack_members, in their order
 *
 *   number    4 bytes; a flag is 0 or 1
 *   bytes     0         4
 *             +---------+--------------+---+      length 0xffffffff: no pointer, and no bytes but the NUL
 *             | length  | length bytes | 0 |
 *             +---------+--------------+---+
 *   text      bytes without a NUL
 *   list      0         4
 *             +---------+----------+              count 0xffffffff: no pointer; examples have none
 *             | count   | items... |
 *             +---------+----------+
 *   items     of texts a text, of literals bytes, of examples the text of the file's name, then bytes
 */
#include "secret/rule_pack.h"

#include "secret/validators.h"

#define NOTHING UINT32_MAX

/* No item is shorter: its length and a NUL. */
enum { NUMBER_SIZE = 4, ITEM_MIN = NUMBER_SIZE + 1 };

static void spoil(struct silt_rule_pack *pack)
{
	pack->damaged = true;
	pack->rest.len = 0;
}

static uint32_t take_number(struct silt_rule_pack *pack)
{
	if (pack->rest.len < NUMBER_SIZE) {
		spoil(pack);
		return 0;
	}
	uint32_t number = silt_u32le(pack->rest.ptr);
	pack->rest = silt_bytes(pack->rest.ptr + NUMBER_SIZE, pack->rest.len - NUMBER_SIZE);
	return number;
}

static struct silt_bytes take_bytes(struct silt_rule_pack *pack)
{
	uint32_t told = take_number(pack);
	size_t len = told == NOTHING ? 0 : told;
	if (len >= pack->rest.len || pack->rest.ptr[len] != 0) {
		spoil(pack);
		return silt_bytes(NULL, 0);
	}
	struct silt_bytes bytes = silt_bytes(told == NOTHING ? NULL : pack->rest.ptr, len);
	pack->rest = silt_bytes(pack->rest.ptr + len + 1, pack->rest.len - len - 1);
	return bytes;
}

static const char *take_text(struct silt_rule_pack *pack)
{
	struct silt_bytes bytes = take_bytes(pack);
	if (silt_bytes_find_byte(bytes, 0) != SIZE_MAX) {
		spoil(pack);
	}
	return (const char *)bytes.ptr;
}

static void *take_room(struct silt_rule_pack *pack, size_t count, size_t size)
{
	void *room = silt_arena_alloc(pack->arena, count * size);
	pack->starved = pack->starved || !room;
	return room;
}

/* The count of a list whose items are all there, as far as their least size tells; NOTHING for no list. */
static uint32_t take_count(struct silt_rule_pack *pack)
{
	uint32_t count = take_number(pack);
	if (count != NOTHING && count > pack->rest.len / ITEM_MIN) {
		spoil(pack);
		return NOTHING;
	}
	return count;
}

static const char *const *take_texts(struct silt_rule_pack *pack)
{
	uint32_t count = take_count(pack);
	const char **texts = count == NOTHING ? NULL : take_room(pack, (size_t)count + 1, sizeof(*texts));
	for (uint32_t i = 0; texts && i < count; i++) {
		texts[i] = take_text(pack);
		pack->damaged = pack->damaged || !texts[i];
	}
	return texts;
}

static const struct silt_bytes *take_literals(struct silt_rule_pack *pack)
{
	uint32_t count = take_count(pack);
	struct silt_bytes *literals = count == NOTHING ? NULL : take_room(pack, (size_t)count + 1, sizeof(*literals));
	for (uint32_t i = 0; literals && i < count; i++) {
		literals[i] = take_bytes(pack);
		pack->damaged = pack->damaged || literals[i].len == 0;
	}
	return literals;
}

static const struct silt_rule_example *take_examples(struct silt_rule_pack *pack, size_t *count)
{
	uint32_t told = take_count(pack);
	struct silt_rule_example *examples = told == NOTHING ? NULL : take_room(pack, told, sizeof(*examples));
	pack->damaged = pack->damaged || told == NOTHING;
	for (uint32_t i = 0; examples && i < told; i++) {
		examples[i].file = take_text(pack);
		examples[i].text = take_bytes(pack);
		pack->damaged = pack->damaged || !examples[i].file;
	}
	*count = examples ? told : 0;
	return examples;
}

static uint32_t take_choice(struct silt_rule_pack *pack, uint32_t max)
{
	uint32_t number = take_number(pack);
	if (number > max) {
		spoil(pack);
		return 0;
	}
	return number;
}

static void take_member(struct silt_rule_pack *pack, const struct silt_pack_member *member, struct silt_rule *rule)
{
	uint8_t *place = (uint8_t *)rule + member->offset;
	switch (member->kind) {
	case SILT_PACK_NUMBER:
		*(uint32_t *)place = take_choice(pack, member->max);
		break;
	case SILT_PACK_FLAG:
		*(bool *)place = take_choice(pack, 1) == 1;
		break;
	case SILT_PACK_TEXT:
		*(const char **)place = take_text(pack);
		break;
	case SILT_PACK_TEXTS:
		*(const char *const **)place = take_texts(pack);
		break;
	case SILT_PACK_LITERALS:
		*(const struct silt_bytes **)place = take_literals(pack);
		break;
	case SILT_PACK_EXAMPLES:
		*(const struct silt_rule_example **)place =
			take_examples(pack, (size_t *)((uint8_t *)rule + member->count_offset));
		break;
	}
}

void silt_rule_pack_open(struct silt_rule_pack *pack, struct silt_bytes bytes, struct silt_arena *arena)
{
	*pack = (struct silt_rule_pack){.rest = bytes, .arena = arena};
	pack->macros = take_number(pack);
	pack->rules = take_number(pack);
}

void silt_rule_pack_macro(struct silt_rule_pack *pack, struct silt_rule_macro *macro)
{
	macro->name = take_text(pack);
	macro->text = take_bytes(pack);
	macro->source = take_text(pack);
	macro->line = take_number(pack);
	pack->damaged = pack->damaged || !macro->name || !macro->text.ptr || !macro->source;
}

static bool has_the_needed(const struct silt_rule *rule)
{
	return rule->id && rule->title && rule->remedy && rule->pattern && rule->source;
}

void silt_rule_pack_rule(struct silt_rule_pack *pack, struct silt_rule *rule)
{
	*rule = (struct silt_rule){0};
	for (size_t i = 0; i < silt_pack_member_count && !pack->damaged && !pack->starved; i++) {
		take_member(pack, &silt_pack_members[i], rule);
	}
	const struct silt_validator *validator = silt_validator_find(silt_bytes_text(rule->validator));
	rule->validate = validator ? validator->validate : NULL;
	pack->damaged = pack->damaged || !has_the_needed(rule) || (rule->validator && !validator);
}
