/* From the events of libyaml to a tree, strictly: yaml.h is included here and nowhere else. */
#include "base/yaml.h"

#include "base/escape.h"
#include "base/limits.h"

#include <assert.h>
#include <string.h>
#include <yaml.h>

/* Bytes of a key or an anchor that an error shows. */
#define SHOWN_SIZE 64

#define BINARY_TAG "tag:yaml.org,2002:binary"

/* Some editors begin a file with it. libyaml takes it for the start of a document only where it may guess the encoding. */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* A list or map that is still open. */
struct level {
	struct silt_yaml_node *container;
	const struct silt_yaml_node **end; /* where its next child goes */
	struct silt_bytes key;             /* of the child to come, in a map */
	struct silt_yaml_place at;
	bool has_key;
};

struct reader {
	yaml_parser_t parser;
	struct silt_bytes bytes;
	struct silt_arena *arena; /* borrows */
	struct silt_error *err;   /* borrows */
	const struct silt_yaml_node *root;
	struct level levels[SILT_YAML_DEPTH_MAX];
	size_t depth;
	size_t nodes;
	bool ended; /* the document is complete */
};

/* ---- Trouble ----------------------------------------------------------------------------------------------------- */

static struct silt_yaml_place place_of(yaml_mark_t mark)
{
	return (struct silt_yaml_place){(uint32_t)mark.line + 1, (uint32_t)mark.column + 1};
}

static enum silt_status refuse(struct reader *reader, struct silt_yaml_place place, const char *reason)
{
	return silt_fail(reader->err, SILT_ERR_USAGE, "%u:%u: %s", place.line, place.column, reason);
}

/* As above, about some `text` of the document. */
static enum silt_status refuse_text(struct reader *reader, struct silt_yaml_place place, const char *what,
				    struct silt_bytes text, const char *why)
{
	char shown[SHOWN_SIZE];
	silt_escape_text(text, shown, sizeof(shown));
	return silt_fail(reader->err, SILT_ERR_USAGE, "%u:%u: %s \"%s\" %s", place.line, place.column, what, shown,
			 why);
}

/* Of bytes that are no characters libyaml says the offset only. */
static struct silt_yaml_place place_of_offset(struct silt_bytes bytes, size_t offset)
{
	struct silt_yaml_place place = {1, 1};
	for (size_t i = 0; i < offset && i < bytes.len; i++) {
		place.column++;
		if (bytes.ptr[i] == '\n') {
			place = (struct silt_yaml_place){place.line + 1, 1};
		}
	}
	return place;
}

static enum silt_status fail_parser(struct reader *reader)
{
	const yaml_parser_t *parser = &reader->parser;
	if (parser->error == YAML_MEMORY_ERROR) {
		return silt_fail_memory(reader->err);
	}
	struct silt_yaml_place place = place_of(parser->problem_mark);
	if (parser->error == YAML_READER_ERROR) {
		place = place_of_offset(reader->bytes, parser->problem_offset);
	}
	return silt_fail(reader->err, SILT_ERR_USAGE, "%u:%u: no YAML%s%s: %s", place.line, place.column,
			 parser->context ? ", " : "", parser->context ? parser->context : "",
			 parser->problem ? parser->problem : "no reason given");
}

/* ---- The tree ---------------------------------------------------------------------------------------------------- */

static enum silt_status new_node(struct reader *reader, const yaml_event_t *event, struct silt_yaml_node **out)
{
	struct silt_yaml_place place = place_of(event->start_mark);
	if (reader->nodes++ >= SILT_YAML_NODES_MAX) {
		return refuse(reader, place, "more values than any file of silt needs");
	}
	struct silt_yaml_node *node = silt_arena_alloc(reader->arena, sizeof(*node));
	if (!node) {
		return silt_fail_memory(reader->err);
	}
	node->place = node->at = place;
	*out = node;
	return SILT_OK;
}

/* Hangs the node under the innermost container. */
static enum silt_status place_node(struct reader *reader, struct silt_yaml_node *node)
{
	if (reader->depth == 0) {
		reader->root = node;
		return SILT_OK;
	}
	struct level *level = &reader->levels[reader->depth - 1];
	if (level->container->kind == SILT_YAML_MAP) {
		if (!level->has_key) {
			return refuse(reader, node->place, "a key must be a text, not a list or map");
		}
		node->key = level->key;
		node->at = level->at;
		level->has_key = false;
	}
	*level->end = node;
	level->end = &node->next;
	level->container->count++;
	return SILT_OK;
}

static enum silt_status open_container(struct reader *reader, const yaml_event_t *event, enum silt_yaml_kind kind)
{
	struct silt_yaml_node *node = NULL;
	enum silt_status status = new_node(reader, event, &node);
	if (status != SILT_OK) {
		return status;
	}
	node->kind = kind;
	if (reader->depth == SILT_YAML_DEPTH_MAX) {
		return refuse(reader, node->place, "lists and maps are nested too deeply");
	}
	status = place_node(reader, node);
	if (status == SILT_OK) {
		reader->levels[reader->depth++] = (struct level){.container = node, .end = &node->first};
	}
	return status;
}

static bool expects_key(const struct reader *reader)
{
	if (reader->depth == 0) {
		return false;
	}
	const struct level *level = &reader->levels[reader->depth - 1];
	return level->container->kind == SILT_YAML_MAP && !level->has_key;
}

static enum silt_status take_key(struct reader *reader, const struct silt_yaml_node *node)
{
	struct level *level = &reader->levels[reader->depth - 1];
	if (node->binary || node->text.len == 0) {
		return refuse(reader, node->place, node->binary ? "a key must not be !!binary" : "a key is empty");
	}
	if (level->container->count >= SILT_YAML_KEYS_MAX) {
		return refuse(reader, node->place, "more keys in one map than any file of silt needs");
	}
	if (silt_yaml_member(level->container, node->text)) {
		return refuse_text(reader, node->place, "key", node->text, "is given twice");
	}
	level->key = node->text;
	level->at = node->place;
	level->has_key = true;
	return SILT_OK;
}

static enum silt_status add_scalar(struct reader *reader, const yaml_event_t *event)
{
	struct silt_yaml_node *node = NULL;
	enum silt_status status = new_node(reader, event, &node);
	if (status != SILT_OK) {
		return status;
	}
	node->kind = SILT_YAML_SCALAR;
	node->binary = event->data.scalar.tag != NULL;
	node->text = silt_arena_copy(reader->arena, silt_bytes(event->data.scalar.value, event->data.scalar.length));
	if (!node->text.ptr) {
		return silt_fail_memory(reader->err);
	}
	return expects_key(reader) ? take_key(reader, node) : place_node(reader, node);
}

/* ---- The events -------------------------------------------------------------------------------------------------- */

static enum silt_status check_names(struct reader *reader, const yaml_event_t *event, const yaml_char_t *anchor,
				    const yaml_char_t *tag)
{
	struct silt_yaml_place place = place_of(event->start_mark);
	if (anchor) {
		return refuse_text(reader, place, "anchor", silt_bytes_text((const char *)anchor),
				   "is refused: nothing may be said by reference");
	}
	bool known = event->type == YAML_SCALAR_EVENT && tag && strcmp((const char *)tag, BINARY_TAG) == 0;
	if (tag && !known) {
		return refuse_text(reader, place, "tag", silt_bytes_text((const char *)tag),
				   "is refused: only !!binary before a text is known");
	}
	return SILT_OK;
}

static enum silt_status take_event(struct reader *reader, const yaml_event_t *event)
{
	enum silt_status status = SILT_OK;
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		return reader->ended ? refuse(reader, place_of(event->start_mark), "a second document begins")
				     : SILT_OK;
	case YAML_ALIAS_EVENT:
		return refuse_text(reader, place_of(event->start_mark), "alias",
				   silt_bytes_text((const char *)event->data.alias.anchor),
				   "is refused: nothing may be said by reference");
	case YAML_SCALAR_EVENT:
		status = check_names(reader, event, event->data.scalar.anchor, event->data.scalar.tag);
		return status == SILT_OK ? add_scalar(reader, event) : status;
	case YAML_SEQUENCE_START_EVENT:
		status = check_names(reader, event, event->data.sequence_start.anchor, event->data.sequence_start.tag);
		return status == SILT_OK ? open_container(reader, event, SILT_YAML_LIST) : status;
	case YAML_MAPPING_START_EVENT:
		status = check_names(reader, event, event->data.mapping_start.anchor, event->data.mapping_start.tag);
		return status == SILT_OK ? open_container(reader, event, SILT_YAML_MAP) : status;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		assert(reader->depth > 0);
		reader->depth--;
		return SILT_OK;
	case YAML_DOCUMENT_END_EVENT:
		reader->ended = true;
		return SILT_OK;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
		break;
	}
	return SILT_OK;
}

static enum silt_status read_all(struct reader *reader)
{
	bool more = true;
	while (more) {
		yaml_event_t event;
		if (!yaml_parser_parse(&reader->parser, &event)) {
			return fail_parser(reader);
		}
		enum silt_status status = take_event(reader, &event);
		more = event.type != YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
		if (status != SILT_OK) {
			return status;
		}
	}
	return reader->root ? SILT_OK : refuse(reader, (struct silt_yaml_place){1, 1}, "there is nothing in it");
}

enum silt_status silt_yaml_read(struct silt_bytes bytes, struct silt_arena *arena, const struct silt_yaml_node **root,
				struct silt_error *err)
{
	struct reader reader = {.arena = arena, .err = err};
	if (bytes.len > SILT_YAML_BYTES_MAX) {
		return silt_fail(err, SILT_ERR_USAGE, "1:1: %zu bytes, and %d are the most a file of silt may have",
				 bytes.len, SILT_YAML_BYTES_MAX);
	}
	if (!yaml_parser_initialize(&reader.parser)) {
		return silt_fail_memory(err);
	}
	if (silt_bytes_start_with(bytes, SILT_LITERAL(BYTE_ORDER_MARK))) {
		bytes = silt_bytes_slice(bytes, strlen(BYTE_ORDER_MARK), SIZE_MAX);
	}
	reader.bytes = bytes;
	yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&reader.parser, bytes.len > 0 ? bytes.ptr : (const uint8_t *)"", bytes.len);
	enum silt_status status = read_all(&reader);
	yaml_parser_delete(&reader.parser);
	if (status == SILT_OK) {
		*root = reader.root;
	}
	return status;
}

const struct silt_yaml_node *silt_yaml_member(const struct silt_yaml_node *map, struct silt_bytes key)
{
	for (const struct silt_yaml_node *child = map->first; child; child = child->next) {
		if (silt_bytes_equal(child->key, key)) {
			return child;
		}
	}
	return NULL;
}

bool silt_yaml_severity(const struct silt_yaml_node *node, enum silt_severity *out)
{
	return node->kind == SILT_YAML_SCALAR && !node->binary && node->text.len > 0 &&
	       !memchr(node->text.ptr, '\0', node->text.len) && silt_severity_parse((const char *)node->text.ptr, out);
}
