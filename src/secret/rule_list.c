/* The values of a rule that are lists of texts. */
#include "secret/rule_read.h"

#include "base/ascii.h"
#include "base/attributes.h"
#include "base/escape.h"
#include "base/limits.h"

/* What one kind of list asks of each item: NULL if it is right, else what was expected. */
typedef const char *item_fn(struct silt_bytes text);

static bool has_upper(struct silt_bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (silt_is_upper(text.ptr[i])) {
			return true;
		}
	}
	return false;
}

/* True if one byte stands more often in a row than libhs takes. */
static bool has_long_run(struct silt_bytes text)
{
	size_t run = 1;
	for (size_t i = 1; i < text.len && run <= SILT_RULE_ANCHOR_RUN_MAX; i++) {
		run = text.ptr[i] == text.ptr[i - 1] ? run + 1 : 1;
	}
	return run > SILT_RULE_ANCHOR_RUN_MAX;
}

static const char *anchor(struct silt_bytes text)
{
	if (has_long_run(text)) {
		return "no byte more than 16 times in a row";
	}
	return text.len >= 3 && text.len <= SILT_RULE_ANCHOR_MAX ? NULL : "3 to 128 bytes";
}

/* Three bytes of a word are rare in programs, three bytes of anything are not. */
static const char *binary_anchor(struct silt_bytes bytes)
{
	return bytes.len < 4 ? "4 to 128 bytes" : anchor(bytes);
}

static const char *lower_case(struct silt_bytes text)
{
	return has_upper(text) ? "lower case (it stands for any case)" : anchor(text);
}

/* See silt_rule.files: a double star is a component of its own, and no component is empty but the first. */
static const char *file(struct silt_bytes text)
{
	struct silt_bytes rest = text;
	struct silt_bytes piece;
	if (text.len > SILT_NAME_MAX || text.ptr[text.len - 1] == '/') {
		return "the name of a file or the end of a path";
	}
	for (size_t i = 0; silt_bytes_cut(&rest, '/', &piece); i++) {
		if (piece.len == 0 && i > 0) {
			return "no empty component";
		}
		if (piece.len > 2 && silt_bytes_find(piece, SILT_LITERAL("**")) != SIZE_MAX) {
			return "** as a whole component";
		}
	}
	return NULL;
}

static const char *address(struct silt_bytes text)
{
	bool web = silt_bytes_start_with(text, SILT_LITERAL("https://")) ||
		   silt_bytes_start_with(text, SILT_LITERAL("http://"));
	return web ? NULL : "an https address";
}

static enum silt_status check_item(const struct silt_rule_reader *reader, const struct silt_rule_field *field,
				   const struct silt_yaml_node *node, item_fn *judge)
{
	if (node->kind != SILT_YAML_SCALAR || node->binary || node->text.len == 0) {
		return silt_rule_fail(reader, node, "%s: expected a text in the list, found %s", field->key,
				      silt_rule_kind(node));
	}
	const char *expected = judge(node->text);
	if (!silt_rule_is_printable(node->text)) {
		expected = "printable characters on one line";
	}
	if (expected) {
		char shown[SILT_RULE_SHOWN_SIZE];
		return silt_rule_fail(reader, node, "%s: expected %s, found \"%s\"", field->key, expected,
				      silt_rule_show(node->text, shown));
	}
	return SILT_OK;
}

static enum silt_status check_list(const struct silt_rule_reader *reader, const struct silt_rule_field *field,
				   const struct silt_yaml_node *node)
{
	const char *found = node->kind != SILT_YAML_LIST ? silt_rule_kind(node)
			    : node->count == 0           ? "an empty list"
							 : "a longer one";
	if (node->kind != SILT_YAML_LIST || node->count == 0 || node->count > SILT_RULE_ITEMS_MAX) {
		return silt_rule_fail(reader, node, "%s: expected a list of 1 to %d texts, found %s", field->key,
				      SILT_RULE_ITEMS_MAX, found);
	}
	return SILT_OK;
}

/* Room for the items of a list and the NULL behind them. NULL: `*status` says why. */
static const char **new_list(struct silt_rule_reader *reader, const struct silt_rule_field *field,
			     const struct silt_yaml_node *node, enum silt_status *status)
{
	*status = check_list(reader, field, node);
	if (*status != SILT_OK) {
		return NULL;
	}
	const char **texts = silt_arena_alloc(reader->arena, (node->count + 1) * sizeof(*texts));
	if (!texts) {
		*status = silt_fail_memory(reader->err);
	}
	return texts;
}

static enum silt_status read_list(struct silt_rule_reader *reader, const struct silt_rule_field *field,
				  const struct silt_yaml_node *node, void *place, item_fn *judge)
{
	enum silt_status status = SILT_OK;
	const char **texts = new_list(reader, field, node, &status);
	if (!texts) {
		return status;
	}
	size_t count = 0;
	for (const struct silt_yaml_node *item = node->first; item; item = item->next) {
		status = check_item(reader, field, item, judge);
		if (status != SILT_OK) {
			return status;
		}
		texts[count++] = (const char *)item->text.ptr;
	}
	*(const char *const **)place = texts;
	return SILT_OK;
}

/* A text, or bytes that no text has. */
static enum silt_status read_anchor(struct silt_rule_reader *reader, const struct silt_rule_field *field,
				    const struct silt_yaml_node *node, struct silt_bytes *out)
{
	if (node->kind != SILT_YAML_SCALAR || !node->binary) {
		*out = node->text;
		return check_item(reader, field, node, anchor);
	}
	enum silt_status status = silt_rule_read_bytes(reader, field, node, out);
	const char *expected = status == SILT_OK ? binary_anchor(*out) : NULL;
	if (expected) {
		char shown[SILT_RULE_SHOWN_SIZE];
		return silt_rule_fail(reader, node, "%s: expected %s behind !!binary, found \"%s\"", field->key,
				      expected, silt_rule_show(*out, shown));
	}
	return status;
}

enum silt_status silt_rule_read_anchors(struct silt_rule_reader *reader, const struct silt_rule_field *field,
					const struct silt_yaml_node *node, void *place)
{
	struct silt_rule *rule = place;
	enum silt_status status = SILT_OK;
	const char **texts = new_list(reader, field, node, &status);
	if (!texts) {
		return status;
	}
	struct silt_bytes *anchors = silt_arena_alloc(reader->arena, (node->count + 1) * sizeof(*anchors));
	if (!anchors) {
		return silt_fail_memory(reader->err);
	}
	size_t count = 0;
	for (const struct silt_yaml_node *item = node->first; item; item = item->next, count++) {
		status = read_anchor(reader, field, item, &anchors[count]);
		if (status != SILT_OK) {
			return status;
		}
		texts[count] = silt_escape_copy(reader->arena, anchors[count]);
		if (!texts[count]) {
			return silt_fail_memory(reader->err);
		}
	}
	rule->anchors = anchors;
	rule->anchor_texts = texts;
	return SILT_OK;
}

enum silt_status silt_rule_read_anchors_any_case(struct silt_rule_reader *reader, const struct silt_rule_field *field,
						 const struct silt_yaml_node *node, void *place)
{
	return read_list(reader, field, node, place, lower_case);
}

enum silt_status silt_rule_read_keywords(struct silt_rule_reader *reader, const struct silt_rule_field *field,
					 const struct silt_yaml_node *node, void *place)
{
	return read_list(reader, field, node, place, lower_case);
}

enum silt_status silt_rule_read_files(struct silt_rule_reader *reader, const struct silt_rule_field *field,
				      const struct silt_yaml_node *node, void *place)
{
	return read_list(reader, field, node, place, file);
}

enum silt_status silt_rule_read_addresses(struct silt_rule_reader *reader, const struct silt_rule_field *field,
					  const struct silt_yaml_node *node, void *place)
{
	return read_list(reader, field, node, place, address);
}

enum silt_status silt_rule_read_patterns(struct silt_rule_reader *reader, const struct silt_rule_field *field,
					 const struct silt_yaml_node *node, void *place)
{
	enum silt_status status = SILT_OK;
	const char **texts = new_list(reader, field, node, &status);
	if (!texts) {
		return status;
	}
	const char **next = texts;
	for (const struct silt_yaml_node *item = node->first; item; item = item->next) {
		status = silt_rule_expand(reader, item, next++);
		if (status != SILT_OK) {
			return status;
		}
	}
	*(const char *const **)place = texts;
	return SILT_OK;
}
