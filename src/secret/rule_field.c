/* How the values of a rule are written, one function for each kind. */
#include "secret/rule_read.h"

#include "base/ascii.h"
#include "base/attributes.h"
#include "base/encoding.h"
#include "base/escape.h"
#include "base/limits.h"

#include <stdio.h>

const char *silt_rule_show(struct silt_bytes text, char shown[static SILT_RULE_SHOWN_SIZE])
{
	return silt_escape_text(text, shown, SILT_RULE_SHOWN_SIZE);
}

const char *silt_rule_kind(const struct silt_yaml_node *node)
{
	static const char *const kinds[] = {
		[SILT_YAML_SCALAR] = "a text",
		[SILT_YAML_LIST] = "a list",
		[SILT_YAML_MAP] = "a map",
	};
	if (node->kind != SILT_YAML_SCALAR) {
		return kinds[node->kind];
	}
	return node->binary ? "!!binary" : node->text.len == 0 ? "nothing" : "a text";
}

bool silt_rule_is_printable(struct silt_bytes text)
{
	struct silt_bytes piece;
	while (silt_bytes_cut(&text, '\\', &piece)) {
		if (!silt_is_plain(piece)) {
			return false;
		}
	}
	return true;
}

/* "KEY: expected EXPECTED, found FOUND". */
static enum silt_status unexpected(const struct silt_rule_reader *reader, const struct silt_rule_field *field,
				   const struct silt_yaml_node *node, const char *expected)
{
	if (node->kind != SILT_YAML_SCALAR || node->binary || node->text.len == 0) {
		return silt_rule_fail(reader, node, "%s: expected %s, found %s", field->key, expected,
				      silt_rule_kind(node));
	}
	char shown[SILT_RULE_SHOWN_SIZE];
	return silt_rule_fail(reader, node, "%s: expected %s, found \"%s\"", field->key, expected,
			      silt_rule_show(node->text, shown));
}

static bool is_text(const struct silt_yaml_node *node)
{
	return node->kind == SILT_YAML_SCALAR && !node->binary && node->text.len > 0;
}

/* ---- Single values ----------------------------------------------------------------------------------------------- */

enum silt_status silt_rule_read_line(struct silt_rule_reader *reader, const struct silt_rule_field *field,
				     const struct silt_yaml_node *node, void *place)
{
	if (!is_text(node) || !silt_is_plain(node->text) || node->text.len > field->max) {
		char expected[80];
		snprintf(expected, sizeof(expected), "one printable line of at most %u bytes without backslash",
			 field->max);
		return unexpected(reader, field, node, expected);
	}
	*(const char **)place = (const char *)node->text.ptr;
	return SILT_OK;
}

static bool is_id(struct silt_bytes text)
{
	uint8_t before = '-';
	for (size_t i = 0; i < text.len; i++) {
		uint8_t byte = text.ptr[i];
		bool letter = silt_is_lower(byte) || silt_is_digit(byte);
		if (!letter && (byte != '-' || before == '-')) {
			return false;
		}
		before = byte;
	}
	return before != '-';
}

enum silt_status silt_rule_read_id(struct silt_rule_reader *reader, const struct silt_rule_field *field,
				   const struct silt_yaml_node *node, void *place)
{
	if (!is_text(node) || !is_id(node->text) || node->text.len > field->max) {
		return unexpected(reader, field, node, "lower-case words joined by '-'");
	}
	*(const char **)place = (const char *)node->text.ptr;
	return SILT_OK;
}

/* Decimal digits, and a value that fits. */
static bool parse_number(struct silt_bytes text, uint32_t *out)
{
	uint64_t number;
	if (silt_decimal(text, 10, &number) != text.len || text.len == 0 || number > UINT32_MAX) {
		return false;
	}
	*out = (uint32_t)number;
	return true;
}

enum silt_status silt_rule_read_number(struct silt_rule_reader *reader, const struct silt_rule_field *field,
				       const struct silt_yaml_node *node, void *place)
{
	uint32_t number = 0;
	if (!is_text(node) || !parse_number(node->text, &number) || number < field->min || number > field->max) {
		char expected[80];
		snprintf(expected, sizeof(expected), "a whole number from %u to %u", field->min, field->max);
		return unexpected(reader, field, node, expected);
	}
	*(uint32_t *)place = number;
	return SILT_OK;
}

/* "3" or "3.5". */
static bool parse_tenths(struct silt_bytes text, uint32_t *out)
{
	size_t point = silt_bytes_find_byte(text, '.');
	uint32_t whole = 0;
	uint32_t tenths = 0;
	if (!parse_number(silt_bytes_slice(text, 0, point), &whole) || whole > UINT32_MAX / 10 - 1) {
		return false;
	}
	if (point != SIZE_MAX &&
	    (text.len - point != 2 || !parse_number(silt_bytes_slice(text, point + 1, 1), &tenths))) {
		return false;
	}
	*out = whole * 10 + tenths;
	return true;
}

enum silt_status silt_rule_read_tenths(struct silt_rule_reader *reader, const struct silt_rule_field *field,
				       const struct silt_yaml_node *node, void *place)
{
	uint32_t tenths = 0;
	if (!is_text(node) || !parse_tenths(node->text, &tenths) || tenths < field->min || tenths > field->max) {
		char expected[80];
		snprintf(expected, sizeof(expected), "a number such as 3.5, from %u.%u to %u.%u", field->min / 10,
			 field->min % 10, field->max / 10, field->max % 10);
		return unexpected(reader, field, node, expected);
	}
	*(uint32_t *)place = tenths;
	return SILT_OK;
}

enum silt_status silt_rule_read_flag(struct silt_rule_reader *reader, const struct silt_rule_field *field,
				     const struct silt_yaml_node *node, void *place)
{
	bool yes = is_text(node) && silt_bytes_equal(node->text, SILT_LITERAL("true"));
	bool no = is_text(node) && silt_bytes_equal(node->text, SILT_LITERAL("false"));
	if (!yes && !no) {
		return unexpected(reader, field, node, "true or false");
	}
	*(bool *)place = yes;
	return SILT_OK;
}

enum silt_status silt_rule_read_severity(struct silt_rule_reader *reader, const struct silt_rule_field *field,
					 const struct silt_yaml_node *node, void *place)
{
	if (!silt_yaml_severity(node, place)) {
		return unexpected(reader, field, node, "critical, high, medium, low or info");
	}
	return SILT_OK;
}

enum silt_status silt_rule_read_confidence(struct silt_rule_reader *reader, const struct silt_rule_field *field,
					   const struct silt_yaml_node *node, void *place)
{
	for (int i = SILT_CONFIDENCE_POSSIBLE; is_text(node) && i <= SILT_CONFIDENCE_PROVEN; i++) {
		const char *name = silt_confidence_name((enum silt_confidence)i);
		if (silt_bytes_equal(node->text, silt_bytes_text(name))) {
			*(enum silt_confidence *)place = (enum silt_confidence)i;
			return SILT_OK;
		}
	}
	return unexpected(reader, field, node, "proven, likely or possible");
}

enum silt_status silt_rule_read_pattern(struct silt_rule_reader *reader, const struct silt_rule_field *field,
					const struct silt_yaml_node *node, void *place)
{
	(void)field;
	return silt_rule_expand(reader, node, place);
}

/* Base64 as YAML writes it: with line ends and spaces anywhere. */
static enum silt_status decode_binary(struct silt_rule_reader *reader, const struct silt_rule_field *field,
				      const struct silt_yaml_node *node, struct silt_bytes *out)
{
	uint8_t *bytes = silt_arena_alloc(reader->arena, node->text.len);
	if (!bytes) {
		return silt_fail_memory(reader->err);
	}
	size_t len = 0;
	for (size_t i = 0; i < node->text.len; i++) {
		if (!strchr(" \t\r\n", node->text.ptr[i])) {
			bytes[len++] = node->text.ptr[i];
		}
	}
	if (!silt_base64_decode(silt_bytes(bytes, len), bytes, &len)) {
		return silt_rule_fail(reader, node, "%s: expected base64 behind !!binary", field->key);
	}
	*out = silt_bytes(bytes, len);
	return SILT_OK;
}

enum silt_status silt_rule_read_bytes(struct silt_rule_reader *reader, const struct silt_rule_field *field,
				      const struct silt_yaml_node *node, void *place)
{
	if (node->kind != SILT_YAML_SCALAR) {
		return unexpected(reader, field, node, "a text");
	}
	if (node->binary) {
		return decode_binary(reader, field, node, place);
	}
	*(struct silt_bytes *)place = node->text;
	return SILT_OK;
}

/* ---- Maps -------------------------------------------------------------------------------------------------------- */

static enum silt_status refuse_key(const struct silt_rule_reader *reader, const struct silt_rule_field *fields,
				   size_t count, const struct silt_yaml_node *node)
{
	char known[384];
	size_t len = 0;
	for (size_t i = 0; i < count && len < sizeof(known); i++) {
		len += (size_t)snprintf(known + len, sizeof(known) - len, "%s%s", i > 0 ? ", " : "", fields[i].key);
	}
	char shown[SILT_RULE_SHOWN_SIZE];
	return silt_rule_fail(reader, node, "unknown key \"%s\"; known are %s", silt_rule_show(node->key, shown),
			      known);
}

enum silt_status silt_rule_read_map(struct silt_rule_reader *reader, const struct silt_rule_field *fields, size_t count,
				    const struct silt_yaml_node *map, void *target, uint64_t *seen)
{
	*seen = 0;
	for (const struct silt_yaml_node *node = map->first; node; node = node->next) {
		size_t i = 0;
		while (i < count && !silt_bytes_equal(node->key, silt_bytes_text(fields[i].key))) {
			i++;
		}
		if (i == count) {
			return refuse_key(reader, fields, count, node);
		}
		enum silt_status status =
			fields[i].read(reader, &fields[i], node, (uint8_t *)target + fields[i].offset);
		if (status != SILT_OK) {
			return status;
		}
		*seen |= UINT64_C(1) << i;
	}
	return SILT_OK;
}
