/* Reading structs by their tables. */
#include "report/fields.h"

#include "base/error.h"
#include "base/secure.h"

#include <stdio.h>
#include <string.h>

static void *at(void *object, size_t offset)
{
	return (char *)object + offset;
}

enum silt_status silt_fields_refuse(struct silt_fields_reader *reader, const char *key, const char *expected)
{
	const char *path = silt_buffer_text(&reader->path);
	return silt_fail(reader->err, SILT_ERR_INPUT, "%s%s%s: expected %s", path, *path ? "." : "", key, expected);
}

/* ---- Single values --------------------------------------------------------------------------------------------------- */

static enum silt_status take_text(struct silt_fields_reader *reader, const char *key,
				  const struct silt_json_value *value, const char **out)
{
	if (silt_json_type(value) != SILT_JSON_STRING) {
		return silt_fields_refuse(reader, key, "a text");
	}
	const struct silt_bytes copy = silt_arena_copy(reader->arena, silt_json_string(value));
	if (!copy.ptr) {
		return silt_fail_memory(reader->err);
	}
	*out = (const char *)copy.ptr;
	/* A NUL in the middle would end it for some and not for others. */
	return strlen(*out) == copy.len ? SILT_OK : silt_fields_refuse(reader, key, "a text without NUL");
}

enum silt_status silt_fields_read_text(struct silt_fields_reader *reader, const char *key,
				       const struct silt_json_value *object, const char **out)
{
	return take_text(reader, key, silt_json_get(object, key), out);
}

static enum silt_status take_number(struct silt_fields_reader *reader, const char *key,
				    const struct silt_json_value *value, uint64_t most, uint64_t *out)
{
	return silt_json_unsigned(value, out) && *out <= most ? SILT_OK
							      : silt_fields_refuse(reader, key, "a whole number");
}

static enum silt_status take_index(struct silt_fields_reader *reader, const char *key,
				   const struct silt_json_value *value, size_t *out)
{
	uint64_t number = 0;
	*out = SIZE_MAX;
	if (silt_json_type(value) == SILT_JSON_NULL) {
		return SILT_OK;
	}
	const enum silt_status status = take_number(reader, key, value, INT32_MAX, &number);
	*out = (size_t)number;
	return status;
}

static enum silt_status take_bool(struct silt_fields_reader *reader, const char *key,
				  const struct silt_json_value *value, bool *out)
{
	*out = silt_json_true(value);
	return silt_json_type(value) == SILT_JSON_BOOL ? SILT_OK : silt_fields_refuse(reader, key, "true or false");
}

/* Bytes that were escaped have the bare ones beside. */
static enum silt_status take_bytes(struct silt_fields_reader *reader, const char *key,
				   const struct silt_json_value *object, struct silt_bytes *out)
{
	char base64_key[32];
	(void)snprintf(base64_key, sizeof(base64_key), "%s_base64", key);
	const struct silt_json_value *bare = silt_json_get(object, base64_key);
	const char *text = NULL;
	if (!bare) {
		const enum silt_status status = take_text(reader, key, silt_json_get(object, key), &text);
		*out = silt_bytes_text(text ? text : "");
		return status;
	}
	const struct silt_bytes code = silt_json_string(bare);
	uint8_t *room = silt_arena_alloc(reader->arena, code.len);
	if (!room) {
		return silt_fail_memory(reader->err);
	}
	out->ptr = room;
	return silt_unbase64(code, room, &out->len) ? SILT_OK : silt_fields_refuse(reader, base64_key, "base64");
}

static enum silt_status take_fingerprint(struct silt_fields_reader *reader, const char *key,
					 const struct silt_json_value *value, char *out)
{
	const struct silt_bytes text = silt_json_string(value);
	bool right = text.len == SILT_FINGERPRINT_SIZE - 1;
	for (size_t i = 0; right && i < text.len; i++) {
		right = strchr("0123456789abcdef", text.ptr[i]) && text.ptr[i];
	}
	if (!right) {
		return silt_fields_refuse(reader, key, "32 hex digits");
	}
	memcpy(out, text.ptr, text.len);
	return SILT_OK;
}

static enum silt_status take_mode(struct silt_fields_reader *reader, const char *key,
				  const struct silt_json_value *value, unsigned *out)
{
	const struct silt_bytes text = silt_json_string(value);
	bool right = text.len == 4;
	for (size_t i = 0; right && i < text.len; i++) {
		right = text.ptr[i] >= '0' && text.ptr[i] <= '7';
		*out = *out << 3 | (unsigned)(text.ptr[i] - '0');
	}
	return right ? SILT_OK : silt_fields_refuse(reader, key, "four octal digits");
}

/* The value of an enumeration that has this name; every one ends with "unknown" or begins with it. */
static enum silt_status take_name(struct silt_fields_reader *reader, const struct silt_field *field,
				  const struct silt_json_value *value, int *out)
{
	enum { NAMES_MAX = 32 };
	const struct silt_bytes text = silt_json_string(value);
	for (int i = 0; i < NAMES_MAX && text.len > 0; i++) {
		if (silt_bytes_equal(text, silt_bytes_text(field->name_of(i)))) {
			*out = i;
			return i > 0 && strcmp(field->name_of(i), "unknown") == 0
				       ? silt_fields_refuse(reader, field->name, "a name that is known")
				       : SILT_OK;
		}
	}
	return silt_fields_refuse(reader, field->name, "a name that is known");
}

/* ---- Lists ------------------------------------------------------------------------------------------------------------- */

static enum silt_status take_names(struct silt_fields_reader *reader, const char *key,
				   const struct silt_json_value *array, const char *const **out, size_t *count)
{
	if (silt_json_type(array) != SILT_JSON_ARRAY) {
		return silt_fields_refuse(reader, key, "a list");
	}
	*count = silt_json_count(array);
	const char **names = silt_arena_alloc(reader->arena, *count * sizeof(*names));
	if (!names) {
		return silt_fail_memory(reader->err);
	}
	*out = names;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < *count && status == SILT_OK; i++) {
		status = take_text(reader, key, silt_json_at(array, i), &names[i]);
	}
	return status;
}

static enum silt_status take_texts(struct silt_fields_reader *reader, const char *key,
				   const struct silt_json_value *value, struct silt_texts *out)
{
	if (silt_json_type(value) == SILT_JSON_NULL) {
		return SILT_OK;
	}
	out->known = true;
	const enum silt_status status =
		take_number(reader, key, silt_json_get(value, "total"), UINT64_MAX, &out->total);
	return status == SILT_OK ? take_names(reader, key, silt_json_get(value, "items"), &out->items, &out->count)
				 : status;
}

/* Adds ".key" or "[3]" to the path, reads, and takes it off again. */
static enum silt_status read_at(struct silt_fields_reader *reader, const char *key, size_t index,
				const struct silt_fields *of, const struct silt_json_value *value, void *object)
{
	const size_t len = reader->path.len;
	silt_buffer_add_text(&reader->path, len > 0 ? "." : "");
	silt_buffer_add_text(&reader->path, key);
	if (index != SIZE_MAX) {
		silt_buffer_printf(&reader->path, "[%zu]", index);
	}
	const enum silt_status status = silt_fields_read(reader, of, value, object);
	silt_buffer_cut(&reader->path, len);
	return status;
}

static enum silt_status take_list(struct silt_fields_reader *reader, const char *key, const struct silt_fields *of,
				  const struct silt_json_value *array, void *items, size_t *count)
{
	if (silt_json_type(array) != SILT_JSON_ARRAY) {
		return silt_fields_refuse(reader, key, "a list");
	}
	*count = silt_json_count(array);
	void *structs = silt_arena_alloc(reader->arena, *count * of->size);
	if (!structs) {
		return silt_fail_memory(reader->err);
	}
	*(void **)items = structs;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < *count && status == SILT_OK; i++) {
		status = read_at(reader, key, i, of, silt_json_at(array, i), at(structs, i * of->size));
	}
	return status;
}

enum silt_status silt_fields_read_list(struct silt_fields_reader *reader, const char *key, const struct silt_fields *of,
				       const struct silt_json_value *object, void *items, size_t *count)
{
	return take_list(reader, key, of, silt_json_get(object, key), items, count);
}

static enum silt_status take_pointer(struct silt_fields_reader *reader, const struct silt_field *field,
				     const struct silt_json_value *value, void **out)
{
	*out = silt_arena_alloc(reader->arena, field->of->size);
	return *out ? read_at(reader, field->name, SIZE_MAX, field->of, value, *out) : silt_fail_memory(reader->err);
}

/* ---- Structs ----------------------------------------------------------------------------------------------------------- */

/* What null stands for; false: it may not be null. */
static bool take_null(const struct silt_field *field, void *object)
{
	void *value = at(object, field->at);
	switch (field->kind) {
	case SILT_FIELD_TEXT_OR_NULL:
		*(const char **)value = "";
		return true;
	case SILT_FIELD_KNOWN_NUMBER:
		*(uint64_t *)value = SILT_UNKNOWN;
		return true;
	case SILT_FIELD_KNOWN_TEXT:
	case SILT_FIELD_BYTES:
	case SILT_FIELD_SECRET:
	case SILT_FIELD_OFFSET:
	case SILT_FIELD_ANSWER:
	case SILT_FIELD_KNOWN_NAME:
	case SILT_FIELD_SEVERITY_OF:
	case SILT_FIELD_POINTER:
	case SILT_FIELD_KNOWN_LIST:
		return true; /* it came zeroed */
	case SILT_FIELD_INDEX:
	case SILT_FIELD_TEXTS:
		return false; /* they know by themselves */
	case SILT_FIELD_TEXT:
	case SILT_FIELD_FINGERPRINT:
	case SILT_FIELD_NUMBER:
	case SILT_FIELD_BOOL:
	case SILT_FIELD_NOT:
	case SILT_FIELD_UNSIGNED:
	case SILT_FIELD_MODE:
	case SILT_FIELD_NAME:
	case SILT_FIELD_NAMES:
	case SILT_FIELD_OBJECT:
	case SILT_FIELD_LIST:
	case SILT_FIELD_DERIVED:
		break;
	}
	return false;
}

static enum silt_status read_number(struct silt_fields_reader *reader, const struct silt_field *field,
				    const struct silt_json_value *value, void *object)
{
	uint64_t number = 0;
	const uint64_t most = field->kind == SILT_FIELD_UNSIGNED ? UINT32_MAX : UINT64_MAX;
	const enum silt_status status = take_number(reader, field->name, value, most, &number);
	if (field->kind == SILT_FIELD_UNSIGNED) {
		*(unsigned *)at(object, field->at) = (unsigned)number;
	} else {
		*(uint64_t *)at(object, field->at) = number;
	}
	if (field->kind == SILT_FIELD_OFFSET) {
		*(bool *)at(object, field->aux) = true;
	}
	return status;
}

static enum silt_status read_switch(struct silt_fields_reader *reader, const struct silt_field *field,
				    const struct silt_json_value *value, void *object)
{
	bool is_true = false;
	const enum silt_status status = take_bool(reader, field->name, value, &is_true);
	if (field->kind == SILT_FIELD_ANSWER) {
		*(enum silt_answer *)at(object, field->at) = is_true ? SILT_ANSWER_YES : SILT_ANSWER_NO;
	} else {
		*(bool *)at(object, field->at) = is_true != (field->kind == SILT_FIELD_NOT);
	}
	return status;
}

static enum silt_status read_many(struct silt_fields_reader *reader, const struct silt_field *field,
				  const struct silt_json_value *value, void *object)
{
	void *to = at(object, field->at);
	size_t *count = at(object, field->aux);
	if (field->kind == SILT_FIELD_NAMES) {
		return take_names(reader, field->name, value, to, count);
	}
	if (field->kind == SILT_FIELD_KNOWN_LIST) {
		*(bool *)at(object, field->known) = true;
	}
	return take_list(reader, field->name, field->of, value, to, count);
}

static enum silt_status read_field(struct silt_fields_reader *reader, const struct silt_field *field,
				   const struct silt_json_value *parent, void *object)
{
	const struct silt_json_value *value = silt_json_get(parent, field->name);
	void *to = at(object, field->at);
	if (field->kind == SILT_FIELD_DERIVED) {
		return SILT_OK;
	}
	if (!value) {
		return silt_fields_refuse(reader, field->name, "to be there");
	}
	if (silt_json_type(value) == SILT_JSON_NULL && take_null(field, object)) {
		return SILT_OK;
	}
	switch (field->kind) {
	case SILT_FIELD_TEXT:
	case SILT_FIELD_TEXT_OR_NULL:
	case SILT_FIELD_KNOWN_TEXT:
		return take_text(reader, field->name, value, to);
	case SILT_FIELD_FINGERPRINT:
		return take_fingerprint(reader, field->name, value, to);
	case SILT_FIELD_BYTES:
	case SILT_FIELD_SECRET:
		return take_bytes(reader, field->name, parent, to);
	case SILT_FIELD_NUMBER:
	case SILT_FIELD_KNOWN_NUMBER:
	case SILT_FIELD_OFFSET:
	case SILT_FIELD_UNSIGNED:
		return read_number(reader, field, value, object);
	case SILT_FIELD_INDEX:
		return take_index(reader, field->name, value, to);
	case SILT_FIELD_BOOL:
	case SILT_FIELD_NOT:
	case SILT_FIELD_ANSWER:
		return read_switch(reader, field, value, object);
	case SILT_FIELD_MODE:
		return take_mode(reader, field->name, value, to);
	case SILT_FIELD_NAME:
	case SILT_FIELD_KNOWN_NAME:
	case SILT_FIELD_SEVERITY_OF:
		return take_name(reader, field, value, to);
	case SILT_FIELD_TEXTS:
		return take_texts(reader, field->name, value, to);
	case SILT_FIELD_OBJECT:
		return read_at(reader, field->name, SIZE_MAX, field->of, value, to);
	case SILT_FIELD_POINTER:
		return take_pointer(reader, field, value, to);
	case SILT_FIELD_NAMES:
	case SILT_FIELD_LIST:
	case SILT_FIELD_KNOWN_LIST:
		return read_many(reader, field, value, object);
	case SILT_FIELD_DERIVED:
		break;
	}
	return SILT_OK;
}

enum silt_status silt_fields_read(struct silt_fields_reader *reader, const struct silt_fields *of,
				  const struct silt_json_value *value, void *object)
{
	enum silt_status status = SILT_OK;
	if (silt_json_type(value) != SILT_JSON_OBJECT) {
		return silt_fields_refuse(reader, "", "an object");
	}
	for (size_t i = 0; i < of->count && status == SILT_OK; i++) {
		status = read_field(reader, &of->fields[i], value, object);
	}
	return status;
}
