/* Writing structs by their tables. */
#include "report/fields.h"

#include <stdio.h>
#include <string.h>

static const void *at(const void *object, size_t offset)
{
	return (const char *)object + offset;
}

static size_t size_at(const void *object, size_t offset)
{
	return *(const size_t *)at(object, offset);
}

static bool bool_at(const void *object, size_t offset)
{
	return *(const bool *)at(object, offset);
}

static void write_text(struct silt_json_writer *w, const char *key, const char *text)
{
	if (text) {
		silt_json_write_text(w, key, text);
	} else {
		silt_json_write_null(w, key);
	}
}

static void write_number(struct silt_json_writer *w, const char *key, bool known, uint64_t number)
{
	if (known) {
		silt_json_write_unsigned(w, key, number);
	} else {
		silt_json_write_null(w, key);
	}
}

static void write_bytes(struct silt_json_writer *w, const char *key, bool shown, struct silt_bytes bytes)
{
	if (shown && bytes.len > 0) {
		silt_json_write_bytes(w, key, bytes);
	} else {
		silt_json_write_null(w, key);
	}
}

static void write_answer(struct silt_json_writer *w, const char *key, enum silt_answer answer)
{
	if (answer != SILT_ANSWER_UNKNOWN) {
		silt_json_write_bool(w, key, answer == SILT_ANSWER_YES);
	} else {
		silt_json_write_null(w, key);
	}
}

static void write_names(struct silt_json_writer *w, const char *key, const char *const *names, size_t count)
{
	silt_json_open_array(w, key);
	for (size_t i = 0; i < count; i++) {
		silt_json_write_text(w, NULL, names[i]);
	}
	silt_json_close(w);
}

static void write_texts(struct silt_json_writer *w, const char *key, const struct silt_texts *texts)
{
	if (!texts->known) {
		silt_json_write_null(w, key);
		return;
	}
	silt_json_open_object(w, key);
	silt_json_write_unsigned(w, "total", texts->total);
	write_names(w, "items", texts->items, texts->count);
	silt_json_close(w);
}

static void write_mode(struct silt_json_writer *w, const char *key, unsigned mode)
{
	char text[8];
	(void)snprintf(text, sizeof(text), "%04o", mode & 07777);
	silt_json_write_text(w, key, text);
}

static const char *or_null(const char *text)
{
	return *text ? text : NULL;
}

/* Those that are single values. */
static void write_value(struct silt_json_writer *w, const struct silt_field *field, const void *object, bool secrets)
{
	const void *value = at(object, field->at);
	const char *key = field->name;
	switch (field->kind) {
	case SILT_FIELD_TEXT:
	case SILT_FIELD_KNOWN_TEXT:
		write_text(w, key, *(const char *const *)value);
		break;
	case SILT_FIELD_TEXT_OR_NULL:
		write_text(w, key, or_null(*(const char *const *)value));
		break;
	case SILT_FIELD_FINGERPRINT:
		write_text(w, key, value);
		break;
	case SILT_FIELD_BYTES:
	case SILT_FIELD_SECRET:
		write_bytes(w, key, secrets || field->kind == SILT_FIELD_BYTES, *(const struct silt_bytes *)value);
		break;
	case SILT_FIELD_NUMBER:
		silt_json_write_unsigned(w, key, *(const uint64_t *)value);
		break;
	case SILT_FIELD_KNOWN_NUMBER:
		write_number(w, key, *(const uint64_t *)value != SILT_UNKNOWN, *(const uint64_t *)value);
		break;
	case SILT_FIELD_OFFSET:
		write_number(w, key, bool_at(object, field->aux), *(const uint64_t *)value);
		break;
	case SILT_FIELD_INDEX:
		write_number(w, key, *(const size_t *)value != SIZE_MAX, *(const size_t *)value);
		break;
	case SILT_FIELD_BOOL:
	case SILT_FIELD_NOT:
		silt_json_write_bool(w, key, *(const bool *)value != (field->kind == SILT_FIELD_NOT));
		break;
	case SILT_FIELD_ANSWER:
		write_answer(w, key, *(const enum silt_answer *)value);
		break;
	case SILT_FIELD_UNSIGNED:
		silt_json_write_unsigned(w, key, *(const unsigned *)value);
		break;
	case SILT_FIELD_MODE:
		write_mode(w, key, *(const unsigned *)value);
		break;
	case SILT_FIELD_NAME:
		silt_json_write_text(w, key, field->name_of(*(const int *)value));
		break;
	case SILT_FIELD_KNOWN_NAME:
		write_text(w, key, *(const int *)value != 0 ? field->name_of(*(const int *)value) : NULL);
		break;
	case SILT_FIELD_SEVERITY_OF:
		write_text(w, key,
			   *(const uint64_t *)at(object, field->aux) > 0 ? field->name_of(*(const int *)value) : NULL);
		break;
	case SILT_FIELD_TEXTS:
	case SILT_FIELD_NAMES:
	case SILT_FIELD_OBJECT:
	case SILT_FIELD_POINTER:
	case SILT_FIELD_LIST:
	case SILT_FIELD_KNOWN_LIST:
	case SILT_FIELD_DERIVED:
		break;
	}
}

static void write_pointer(struct silt_json_writer *w, const struct silt_field *field, const void *object, bool secrets)
{
	if (object) {
		silt_fields_write(w, field->name, field->of, object, secrets);
	} else {
		silt_json_write_null(w, field->name);
	}
}

static void write_field(struct silt_json_writer *w, const struct silt_field *field, const void *object, bool secrets)
{
	const void *value = at(object, field->at);
	if (field->kind == SILT_FIELD_TEXTS) {
		write_texts(w, field->name, value);
	} else if (field->kind == SILT_FIELD_NAMES) {
		write_names(w, field->name, *(const char *const *const *)value, size_at(object, field->aux));
	} else if (field->kind == SILT_FIELD_OBJECT) {
		silt_fields_write(w, field->name, field->of, value, secrets);
	} else if (field->kind == SILT_FIELD_POINTER) {
		write_pointer(w, field, *(const void *const *)value, secrets);
	} else if (field->kind == SILT_FIELD_KNOWN_LIST && !bool_at(object, field->known)) {
		silt_json_write_null(w, field->name);
	} else if (field->kind == SILT_FIELD_LIST || field->kind == SILT_FIELD_KNOWN_LIST) {
		silt_fields_write_list(w, field->name, field->of, *(const void *const *)value,
				       size_at(object, field->aux), secrets);
	} else if (field->kind == SILT_FIELD_DERIVED) {
		field->write(w, object);
	} else {
		write_value(w, field, object, secrets);
	}
}

void silt_fields_write_members(struct silt_json_writer *writer, const struct silt_fields *of, const void *object,
			       bool show_secrets, const char *without)
{
	for (size_t i = 0; i < of->count; i++) {
		if (!without || strcmp(of->fields[i].name, without) != 0) {
			write_field(writer, &of->fields[i], object, show_secrets);
		}
	}
}

void silt_fields_write(struct silt_json_writer *writer, const char *key, const struct silt_fields *of,
		       const void *object, bool show_secrets)
{
	silt_json_open_object(writer, key);
	silt_fields_write_members(writer, of, object, show_secrets, NULL);
	silt_json_close(writer);
}

void silt_fields_write_list(struct silt_json_writer *writer, const char *key, const struct silt_fields *of,
			    const void *objects, size_t count, bool show_secrets)
{
	silt_json_open_array(writer, key);
	for (size_t i = 0; i < count; i++) {
		silt_fields_write(writer, NULL, of, at(objects, i * of->size), show_secrets);
	}
	silt_json_close(writer);
}
