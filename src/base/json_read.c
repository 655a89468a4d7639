/* Parsed documents, and the values in them. */
#include "base/json_tree.h"

#include "base/ascii.h"
#include "base/json_build.h"
#include "base/json_check.h"
#include "base/secure.h"

#include <stdlib.h>

/* ---- The document ------------------------------------------------------------------------------------------------ */

static enum silt_status parse_into(struct silt_json *json, struct silt_bytes text, const struct silt_limits *limits,
				   enum silt_limit_id *excess, struct silt_error *err)
{
	struct silt_buffer checked = {0};
	enum silt_status status = silt_json_check(text, limits, &checked, &json->tokens, excess, err);
	if (status == SILT_OK) {
		json->root = silt_json_build(silt_buffer_bytes(&checked));
		status = json->root ? SILT_OK : silt_fail_memory(err);
	}
	silt_buffer_done(&checked);
	return status == SILT_OK ? silt_json_find_collisions(json, err) : status;
}

enum silt_status silt_json_parse_within(struct silt_bytes text, const struct silt_limits *limits,
					struct silt_json **out, enum silt_limit_id *excess, struct silt_error *err)
{
	struct silt_json *json = calloc(1, sizeof(*json));
	if (!json) {
		return silt_fail_memory(err);
	}
	enum silt_status status = parse_into(json, text, limits, excess, err);
	if (status != SILT_OK) {
		silt_json_free(json);
		return status;
	}
	*out = json;
	return SILT_OK;
}

enum silt_status silt_json_parse(struct silt_bytes text, struct silt_json **out, struct silt_error *err)
{
	enum silt_limit_id excess;
	return silt_json_parse_within(text, &silt_default_limits, out, &excess, err);
}

/*
 * jansson gives its strings back as they are. They belong to this document alone (nothing in it is shared), so they
 * may be overwritten before. The tree is made of arrays (json_tree.h), and as deep as json_check allows.
 */
static void wipe_strings(json_t *value)
{
	size_t index;
	json_t *item;
	if (json_is_string(value)) {
		silt_wipe((char *)(uintptr_t)json_string_value(value), json_string_length(value));
	}
	json_array_foreach(value, index, item)
	{
		wipe_strings(item);
	}
}

void silt_json_free(struct silt_json *json)
{
	if (!json) {
		return;
	}
	wipe_strings(json->root);
	json_decref(json->root);
	free(json->collisions);
	silt_arena_done(&json->arena);
	free(json);
}

const struct silt_json_value *silt_json_root(const struct silt_json *json)
{
	return silt_json_outside(json->root);
}

size_t silt_json_tokens(const struct silt_json *json)
{
	return json->tokens;
}

const char *silt_json_collision(const struct silt_json *json, size_t index)
{
	return index < json->collision_count ? json->collisions[index] : NULL;
}

/* ---- Values ------------------------------------------------------------------------------------------------------ */

static enum silt_json_type container_type(const json_t *array)
{
	return json_is_true(json_array_get(array, 0)) ? SILT_JSON_OBJECT : SILT_JSON_ARRAY;
}

enum silt_json_type silt_json_type(const struct silt_json_value *value)
{
	const json_t *inside = silt_json_inside(value);
	if (json_is_array(inside)) {
		return container_type(inside);
	}
	if (json_is_string(inside)) {
		return SILT_JSON_STRING;
	}
	if (json_is_number(inside)) {
		return SILT_JSON_NUMBER;
	}
	return json_is_boolean(inside) ? SILT_JSON_BOOL : SILT_JSON_NULL;
}

size_t silt_json_count(const struct silt_json_value *value)
{
	const json_t *inside = silt_json_inside(value);
	if (!json_is_array(inside)) {
		return 0;
	}
	size_t items = json_array_size(inside) - 1; /* without the mark */
	return container_type(inside) == SILT_JSON_OBJECT ? items / 2 : items;
}

const struct silt_json_value *silt_json_at(const struct silt_json_value *array, size_t index)
{
	if (silt_json_type(array) != SILT_JSON_ARRAY || index >= silt_json_count(array)) {
		return NULL;
	}
	return silt_json_outside(json_array_get(silt_json_inside(array), 1 + index));
}

bool silt_json_member(const struct silt_json_value *object, size_t index, struct silt_bytes *key,
		      const struct silt_json_value **value)
{
	if (silt_json_type(object) != SILT_JSON_OBJECT || index >= silt_json_count(object)) {
		return false;
	}
	const json_t *items = silt_json_inside(object);
	*key = silt_json_string(silt_json_outside(json_array_get(items, 1 + 2 * index)));
	*value = silt_json_outside(json_array_get(items, 2 + 2 * index));
	return true;
}

/* U+017F and U+212A are the only characters beyond ASCII that Go (bytes.EqualFold) folds into it. */
int silt_json_next_folded(struct silt_bytes *rest)
{
	struct silt_bytes long_s = SILT_LITERAL("\xC5\xBF");
	struct silt_bytes kelvin = SILT_LITERAL("\xE2\x84\xAA");
	if (rest->len == 0) {
		return -1;
	}
	int folded = silt_lower(rest->ptr[0]);
	size_t taken = 1;
	if (silt_bytes_start_with(*rest, long_s)) {
		folded = 's';
		taken = long_s.len;
	} else if (silt_bytes_start_with(*rest, kelvin)) {
		folded = 'k';
		taken = kelvin.len;
	}
	*rest = silt_bytes_slice(*rest, taken, SIZE_MAX);
	return folded;
}

static bool equal_folded(struct silt_bytes a, struct silt_bytes b)
{
	int of_a, of_b;
	do {
		of_a = silt_json_next_folded(&a);
		of_b = silt_json_next_folded(&b);
	} while (of_a == of_b && of_a >= 0);
	return of_a == of_b;
}

const struct silt_json_value *silt_json_get(const struct silt_json_value *object, const char *name)
{
	struct silt_bytes key;
	const struct silt_json_value *value;
	for (size_t i = silt_json_type(object) == SILT_JSON_OBJECT ? silt_json_count(object) : 0; i > 0; i--) {
		if (silt_json_member(object, i - 1, &key, &value) && equal_folded(key, silt_bytes_text(name))) {
			return value;
		}
	}
	return NULL;
}

struct silt_bytes silt_json_string(const struct silt_json_value *value)
{
	const json_t *inside = silt_json_inside(value);
	return json_is_string(inside) ? silt_bytes(json_string_value(inside), json_string_length(inside))
				      : silt_bytes(NULL, 0);
}

bool silt_json_true(const struct silt_json_value *value)
{
	return json_is_true(silt_json_inside(value));
}

bool silt_json_unsigned(const struct silt_json_value *value, uint64_t *out)
{
	const json_t *inside = silt_json_inside(value);
	if (!json_is_integer(inside)) {
		return false;
	}
	*out = (uint64_t)json_integer_value(inside);
	return true;
}
