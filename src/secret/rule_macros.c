/* Macros: parts of patterns with a name, written %{name}. */
#include "secret/rule_read.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "base/limits.h"

static const struct silt_rule_macro *find(const struct silt_rule_macros *macros, struct silt_bytes name)
{
	for (size_t i = 0; i < macros->count; i++) {
		if (silt_bytes_equal(name, silt_bytes_text(macros->items[i].name))) {
			return &macros->items[i];
		}
	}
	return NULL;
}

static bool is_name(struct silt_bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		uint8_t byte = text.ptr[i];
		if (!silt_is_lower(byte) && byte != '_' && !silt_is_digit(byte)) {
			return false;
		}
	}
	return text.len > 0;
}

/* Adds what the macro whose name begins `*rest` stands for, and takes the name and its '}' off. */
static enum silt_status expand_one(struct silt_rule_reader *reader, const struct silt_yaml_node *node,
				   struct silt_bytes *rest, struct silt_buffer *out)
{
	char shown[SILT_RULE_SHOWN_SIZE];
	size_t end = silt_bytes_find_byte(*rest, '}');
	struct silt_bytes name = silt_bytes_slice(*rest, 0, end);
	if (end == SIZE_MAX || !is_name(name)) {
		return silt_rule_fail(
			reader, node,
			"expected a macro such as %%{left}, found \"%%{%s\" (the bytes are %%\\{, a count is [%%]{2})",
			silt_rule_show(*rest, shown));
	}
	const struct silt_rule_macro *macro = find(reader->macros, name);
	if (!macro) {
		return silt_rule_fail(reader, node, "no macro is called %%{%s}", silt_rule_show(name, shown));
	}
	silt_buffer_add(out, macro->text);
	*rest = silt_bytes_slice(*rest, end + 1, rest->len);
	return SILT_OK;
}

static enum silt_status expand_all(struct silt_rule_reader *reader, const struct silt_yaml_node *node,
				   struct silt_buffer *out)
{
	struct silt_bytes rest = node->text;
	while (rest.len > 0) {
		size_t plain = silt_bytes_find(rest, SILT_LITERAL("%{"));
		silt_buffer_add(out, silt_bytes_slice(rest, 0, plain));
		if (plain == SIZE_MAX) {
			break;
		}
		rest = silt_bytes_slice(rest, plain + 2, rest.len);
		enum silt_status status = expand_one(reader, node, &rest, out);
		if (status != SILT_OK) {
			return status;
		}
		if (out->len > SILT_RULE_PATTERN_MAX) {
			break;
		}
	}
	if (out->len > SILT_RULE_PATTERN_MAX) {
		return silt_rule_fail(reader, node, "expected at most %d bytes of pattern with all macros, found more",
				      SILT_RULE_PATTERN_MAX);
	}
	return SILT_OK;
}

enum silt_status silt_rule_expand(struct silt_rule_reader *reader, const struct silt_yaml_node *node, const char **out)
{
	if (node->kind != SILT_YAML_SCALAR || node->binary || node->text.len == 0) {
		return silt_rule_fail(reader, node, "expected a pattern, found %s", silt_rule_kind(node));
	}
	if (!silt_rule_is_printable(node->text)) {
		return silt_rule_fail(reader, node,
				      "expected a pattern of printable characters on one line, found others; "
				      "write \\n, \\x00");
	}
	SILT_CLEANUP(silt_buffer_done) struct silt_buffer expanded = {0};
	enum silt_status status = expand_all(reader, node, &expanded);
	if (status != SILT_OK) {
		return status;
	}
	struct silt_bytes copy = silt_arena_copy(reader->arena, silt_buffer_bytes(&expanded));
	if (expanded.failed || !copy.ptr) {
		return silt_fail_memory(reader->err);
	}
	*out = (const char *)copy.ptr;
	return SILT_OK;
}

static enum silt_status define_one(struct silt_rule_reader *reader, const struct silt_yaml_node *node)
{
	char shown[SILT_RULE_SHOWN_SIZE];
	struct silt_rule_macros *macros = reader->macros;
	if (!is_name(node->key)) {
		return silt_rule_fail(reader, node, "expected a macro's name of [a-z0-9_], found \"%s\"",
				      silt_rule_show(node->key, shown));
	}
	const struct silt_rule_macro *other = find(macros, node->key);
	if (other) {
		return silt_rule_fail(reader, node, "macro %s is already defined in %s:%u", other->name, other->source,
				      other->line);
	}
	if (macros->count == SILT_RULE_MACROS_MAX) {
		return silt_rule_fail(reader, node, "more than %d macros", SILT_RULE_MACROS_MAX);
	}
	struct silt_rule_macro macro = {(const char *)node->key.ptr, {0}, reader->source, node->at.line};
	const char *text = NULL;
	enum silt_status status = silt_rule_expand(reader, node, &text);
	if (status != SILT_OK) {
		return status;
	}
	void *items = macros->items;
	if (!silt_grow(&items, macros->count, &macros->capacity, sizeof(macro))) {
		return silt_fail_memory(reader->err);
	}
	macros->items = items;
	macro.text = silt_bytes_text(text);
	macros->items[macros->count++] = macro;
	return SILT_OK;
}

enum silt_status silt_rule_define(struct silt_rule_reader *reader, const struct silt_yaml_node *map)
{
	if (map->kind != SILT_YAML_MAP || !map->first) {
		return silt_rule_fail(reader, map, "define: expected a map of names to parts of patterns, found %s",
				      silt_rule_kind(map));
	}
	for (const struct silt_yaml_node *node = map->first; node; node = node->next) {
		enum silt_status status = define_one(reader, node);
		if (status != SILT_OK) {
			return status;
		}
	}
	return SILT_OK;
}
