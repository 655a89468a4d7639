/* From a YAML tree of one level to settings. */
#include "silt/settings.h"

#include "base/error.h"
#include "base/escape.h"
#include "base/yaml.h"

#include <stdlib.h>

/* Bytes of a name that an error shows. */
#define SHOWN_SIZE 80

struct silt_settings {
	struct silt_arena arena;
	struct silt_setting *items;
	size_t count;
};

/* ---- Values ------------------------------------------------------------------------------------------------------ */

static enum silt_status refuse(struct silt_yaml_place place, const char *reason, struct silt_error *err)
{
	return silt_fail(err, SILT_ERR_USAGE, "%u:%u: %s", place.line, place.column, reason);
}

static enum silt_status read_value(struct silt_settings *settings, const struct silt_yaml_node *node,
				   struct silt_setting_value *out, struct silt_error *err)
{
	if (node->kind != SILT_YAML_SCALAR || node->binary) {
		return refuse(node->place, "expected a text, or a list of texts", err);
	}
	if (node->text.len > 0 && memchr(node->text.ptr, '\0', node->text.len)) {
		return refuse(node->place, "a NUL is in this text", err);
	}
	*out = (struct silt_setting_value){.line = node->place.line, .column = node->place.column};
	out->text = (const char *)silt_arena_copy(&settings->arena, node->text).ptr;
	return out->text ? SILT_OK : silt_fail_memory(err);
}

static enum silt_status read_key(struct silt_settings *settings, const struct silt_yaml_node *node,
				 struct silt_setting *out, struct silt_error *err)
{
	if (memchr(node->key.ptr, '\0', node->key.len)) {
		return refuse(node->at, "a NUL is in this key", err);
	}
	out->key = (const char *)silt_arena_copy(&settings->arena, node->key).ptr;
	out->line = node->at.line;
	out->column = node->at.column;
	out->list = node->kind == SILT_YAML_LIST;
	out->count = out->list ? node->count : 1;
	return out->key ? SILT_OK : silt_fail_memory(err);
}

static enum silt_status read_setting(struct silt_settings *settings, const struct silt_yaml_node *node,
				     struct silt_setting *out, struct silt_error *err)
{
	enum silt_status status = read_key(settings, node, out, err);
	struct silt_setting_value *values = silt_arena_alloc(&settings->arena, out->count * sizeof(*values));
	if (!values) {
		return silt_fail_memory(err);
	}
	const struct silt_yaml_node *value = out->list ? node->first : node;
	for (size_t i = 0; i < out->count && status == SILT_OK; i++) {
		status = read_value(settings, value, &values[i], err);
		value = value->next;
	}
	out->values = values;
	return status;
}

static enum silt_status read_map(struct silt_settings *settings, const struct silt_yaml_node *root,
				 struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	if (root->kind == SILT_YAML_SCALAR && root->text.len == 0) {
		return SILT_OK; /* a line of "---", and comments behind it */
	}
	if (root->kind != SILT_YAML_MAP) {
		return refuse(root->place, "expected settings, which are a map of names to values", err);
	}
	settings->items = silt_arena_alloc(&settings->arena, root->count * sizeof(*settings->items));
	if (!settings->items) {
		return silt_fail_memory(err);
	}
	for (const struct silt_yaml_node *node = root->first; node && status == SILT_OK; node = node->next) {
		status = read_setting(settings, node, &settings->items[settings->count++], err);
	}
	return status;
}

/* ---- The file ---------------------------------------------------------------------------------------------------- */

/* True for blank lines and comments only: no document for YAML, and a file that one may have. */
static bool says_nothing(struct silt_bytes text)
{
	bool comment = false;
	for (size_t i = 0; i < text.len; i++) {
		const uint8_t byte = text.ptr[i];
		comment = byte == '#' || (comment && byte != '\n');
		if (!comment && byte != ' ' && byte != '\n' && byte != '\r') {
			return false;
		}
	}
	return true;
}

static enum silt_status read_text(struct silt_settings *settings, struct silt_bytes text, struct silt_error *err)
{
	struct silt_arena arena = {0};
	const struct silt_yaml_node *root = NULL;
	if (says_nothing(text)) {
		return SILT_OK;
	}
	enum silt_status status = silt_yaml_read(text, &arena, &root, err);
	if (status == SILT_OK) {
		status = read_map(settings, root, err);
	}
	silt_arena_done(&arena);
	return status;
}

enum silt_status silt_settings_read(const struct silt_settings_file *file, struct silt_settings **out,
				    struct silt_error *err)
{
	struct silt_error why = {0};
	char name[SHOWN_SIZE];
	struct silt_settings *settings = calloc(1, sizeof(*settings));
	if (!settings) {
		return silt_fail_memory(err);
	}
	const enum silt_status status = read_text(settings, silt_bytes(file->text, file->size), &why);
	if (status == SILT_OK) {
		*out = settings;
		return SILT_OK;
	}
	silt_settings_free(settings);
	if (status == SILT_ERR_MEMORY) {
		return silt_fail_memory(err);
	}
	return silt_fail(err, status, "%s:%s", silt_escape_text(silt_bytes_text(file->name), name, sizeof(name)),
			 why.text);
}

void silt_settings_free(struct silt_settings *settings)
{
	if (settings) {
		silt_arena_done(&settings->arena);
		free(settings);
	}
}

const struct silt_setting *silt_settings_get(const struct silt_settings *settings, size_t *count)
{
	*count = settings->count;
	return settings->items;
}
