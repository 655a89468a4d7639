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

/* ---- Kinds --------------------------------------------------------------------------------------------------------- */

struct place {
	struct silt_json_writer *writer;
	bool show_secrets;
};

typedef void write_fn(const struct place *to, const struct silt_field *field, const void *object);

static void put_text(const struct place *to, const struct silt_field *field, const void *object)
{
	write_text(to->writer, field->name, *(const char *const *)at(object, field->at));
}

static void put_text_or_null(const struct place *to, const struct silt_field *field, const void *object)
{
	const char *text = *(const char *const *)at(object, field->at);
	write_text(to->writer, field->name, *text ? text : NULL);
}

static void put_fingerprint(const struct place *to, const struct silt_field *field, const void *object)
{
	write_text(to->writer, field->name, at(object, field->at));
}

static void put_bytes(const struct place *to, const struct silt_field *field, const void *object)
{
	const bool shown = to->show_secrets || field->kind == SILT_FIELD_BYTES;
	write_bytes(to->writer, field->name, shown, *(const struct silt_bytes *)at(object, field->at));
}

static void put_number(const struct place *to, const struct silt_field *field, const void *object)
{
	const uint64_t number = *(const uint64_t *)at(object, field->at);
	const bool known = field->kind == SILT_FIELD_KNOWN_NUMBER ? number != SILT_UNKNOWN
			   : field->kind == SILT_FIELD_OFFSET     ? bool_at(object, field->aux)
								  : true;
	write_number(to->writer, field->name, known, number);
}

static void put_index(const struct place *to, const struct silt_field *field, const void *object)
{
	const size_t index = size_at(object, field->at);
	write_number(to->writer, field->name, index != SIZE_MAX, index);
}

static void put_bool(const struct place *to, const struct silt_field *field, const void *object)
{
	silt_json_write_bool(to->writer, field->name, bool_at(object, field->at) != (field->kind == SILT_FIELD_NOT));
}

static void put_answer(const struct place *to, const struct silt_field *field, const void *object)
{
	write_answer(to->writer, field->name, *(const enum silt_answer *)at(object, field->at));
}

static void put_unsigned(const struct place *to, const struct silt_field *field, const void *object)
{
	silt_json_write_unsigned(to->writer, field->name, *(const unsigned *)at(object, field->at));
}

static void put_mode(const struct place *to, const struct silt_field *field, const void *object)
{
	write_mode(to->writer, field->name, *(const unsigned *)at(object, field->at));
}

static void put_name(const struct place *to, const struct silt_field *field, const void *object)
{
	const int value = *(const int *)at(object, field->at);
	const bool known = field->kind == SILT_FIELD_KNOWN_NAME    ? value != 0
			   : field->kind == SILT_FIELD_SEVERITY_OF ? *(const uint64_t *)at(object, field->aux) > 0
								   : true;
	write_text(to->writer, field->name, known ? field->name_of(value) : NULL);
}

static void put_texts(const struct place *to, const struct silt_field *field, const void *object)
{
	write_texts(to->writer, field->name, at(object, field->at));
}

static void put_names(const struct place *to, const struct silt_field *field, const void *object)
{
	write_names(to->writer, field->name, *(const char *const *const *)at(object, field->at),
		    size_at(object, field->aux));
}

static void put_object(const struct place *to, const struct silt_field *field, const void *object)
{
	silt_fields_write(to->writer, field->name, field->of, at(object, field->at), to->show_secrets);
}

static void put_pointer(const struct place *to, const struct silt_field *field, const void *object)
{
	const void *pointed = *(const void *const *)at(object, field->at);
	if (pointed) {
		silt_fields_write(to->writer, field->name, field->of, pointed, to->show_secrets);
	} else {
		silt_json_write_null(to->writer, field->name);
	}
}

static void put_list(const struct place *to, const struct silt_field *field, const void *object)
{
	if (field->kind == SILT_FIELD_KNOWN_LIST && !bool_at(object, field->known)) {
		silt_json_write_null(to->writer, field->name);
		return;
	}
	silt_fields_write_list(to->writer, field->name, field->of, *(const void *const *)at(object, field->at),
			       size_at(object, field->aux), to->show_secrets);
}

static void put_derived(const struct place *to, const struct silt_field *field, const void *object)
{
	field->write(to->writer, object);
}

static write_fn *const writers[] = {
	[SILT_FIELD_TEXT] = put_text,       [SILT_FIELD_TEXT_OR_NULL] = put_text_or_null,
	[SILT_FIELD_KNOWN_TEXT] = put_text, [SILT_FIELD_FINGERPRINT] = put_fingerprint,
	[SILT_FIELD_BYTES] = put_bytes,     [SILT_FIELD_SECRET] = put_bytes,
	[SILT_FIELD_NUMBER] = put_number,   [SILT_FIELD_KNOWN_NUMBER] = put_number,
	[SILT_FIELD_OFFSET] = put_number,   [SILT_FIELD_INDEX] = put_index,
	[SILT_FIELD_BOOL] = put_bool,       [SILT_FIELD_NOT] = put_bool,
	[SILT_FIELD_ANSWER] = put_answer,   [SILT_FIELD_UNSIGNED] = put_unsigned,
	[SILT_FIELD_MODE] = put_mode,       [SILT_FIELD_NAME] = put_name,
	[SILT_FIELD_KNOWN_NAME] = put_name, [SILT_FIELD_SEVERITY_OF] = put_name,
	[SILT_FIELD_TEXTS] = put_texts,     [SILT_FIELD_NAMES] = put_names,
	[SILT_FIELD_OBJECT] = put_object,   [SILT_FIELD_POINTER] = put_pointer,
	[SILT_FIELD_LIST] = put_list,       [SILT_FIELD_KNOWN_LIST] = put_list,
	[SILT_FIELD_DERIVED] = put_derived,
};

/* ---- Structs --------------------------------------------------------------------------------------------------------- */

void silt_fields_write_members(struct silt_json_writer *writer, const struct silt_fields *of, const void *object,
			       bool show_secrets, const char *without)
{
	const struct place to = {writer, show_secrets};
	for (size_t i = 0; i < of->count; i++) {
		if (!without || strcmp(of->fields[i].name, without) != 0) {
			writers[of->fields[i].kind](&to, &of->fields[i], object);
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
