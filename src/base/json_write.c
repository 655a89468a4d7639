/* Documents built from the outside in, as a tree of jansson's. */
#include "base/json.h"

#include "base/escape.h"
#include "base/secure.h"
#include "base/utf8.h"

#include <jansson.h>
#include <stdlib.h>

enum { WRITER_DEPTH_MAX = 64 };

struct silt_json_writer {
	json_t *root;                   /* owns; NULL before the first value */
	json_t *open[WRITER_DEPTH_MAX]; /* borrows: what is open, outermost first */
	size_t depth;
	bool misuse; /* a key missing or too many, a bracket too many, text that is not UTF-8: a bug of the caller */
	bool failed; /* no memory */
};

void silt_json_prepare(void)
{
	json_object_seed(0); /* 0: random; without effect if it was done before */
}

enum silt_status silt_json_writer_new(struct silt_json_writer **out, struct silt_error *err)
{
	struct silt_json_writer *writer = calloc(1, sizeof(*writer));
	if (!writer) {
		return silt_fail_memory(err);
	}
	*out = writer;
	return SILT_OK;
}

void silt_json_writer_free(struct silt_json_writer *writer)
{
	if (!writer) {
		return;
	}
	json_decref(writer->root);
	free(writer);
}

/* ---- Structure --------------------------------------------------------------------------------------------------- */

/* Takes `value`, which may be NULL (no memory), into what is open. False if it was not taken, and is gone. */
static bool add_value(struct silt_json_writer *writer, const char *key, json_t *value)
{
	if (!value) {
		writer->failed = true;
		return false;
	}
	json_t *parent = writer->depth > 0 ? writer->open[writer->depth - 1] : NULL;
	if (json_is_object(parent) != (key != NULL) || (!parent && writer->root)) {
		writer->misuse = true;
		json_decref(value);
		return false;
	}
	if (!parent) {
		writer->root = value;
		return true;
	}
	/* Both take the value also when they fail. */
	int result = key ? json_object_set_new(parent, key, value) : json_array_append_new(parent, value);
	writer->failed |= result != 0;
	return result == 0;
}

static void open_container(struct silt_json_writer *writer, const char *key, json_t *container)
{
	if (writer->depth == WRITER_DEPTH_MAX) {
		writer->misuse = true;
		json_decref(container);
		return;
	}
	if (add_value(writer, key, container)) {
		writer->open[writer->depth++] = container;
	}
}

void silt_json_open_object(struct silt_json_writer *writer, const char *key)
{
	open_container(writer, key, json_object());
}

void silt_json_open_array(struct silt_json_writer *writer, const char *key)
{
	open_container(writer, key, json_array());
}

void silt_json_close(struct silt_json_writer *writer)
{
	if (writer->depth == 0) {
		writer->misuse |= !writer->failed; /* what could not be opened cannot be closed */
		return;
	}
	writer->depth--;
}

/* ---- Values ------------------------------------------------------------------------------------------------------ */

void silt_json_write_text(struct silt_json_writer *writer, const char *key, const char *text)
{
	json_t *value = json_string(text);
	/* jansson gives NULL for no memory and for text that is not UTF-8 alike. */
	if (!value && !silt_is_utf8(silt_bytes_text(text))) {
		writer->misuse = true;
		return;
	}
	add_value(writer, key, value);
}

static void write_buffer(struct silt_json_writer *writer, const char *key, struct silt_buffer *text)
{
	if (text->failed) {
		writer->failed = true;
	} else {
		silt_json_write_text(writer, key, silt_buffer_text(text));
	}
	silt_buffer_done(text);
}

static void write_base64(struct silt_json_writer *writer, const char *key, struct silt_bytes bytes)
{
	struct silt_buffer base64_key = {0}, text = {0};
	silt_buffer_printf(&base64_key, "%s_base64", key);
	silt_base64(&text, bytes);
	writer->failed |= base64_key.failed;
	write_buffer(writer, silt_buffer_text(&base64_key), &text);
	silt_buffer_done(&base64_key);
}

void silt_json_write_bytes(struct silt_json_writer *writer, const char *key, struct silt_bytes bytes)
{
	struct silt_buffer text = {0};
	silt_escape(&text, bytes);
	write_buffer(writer, key, &text);
	if (key && !silt_is_plain(bytes)) {
		write_base64(writer, key, bytes);
	}
}

void silt_json_write_unsigned(struct silt_json_writer *writer, const char *key, uint64_t number)
{
	add_value(writer, key, json_integer(number > INT64_MAX ? INT64_MAX : (json_int_t)number));
}

void silt_json_write_signed(struct silt_json_writer *writer, const char *key, int64_t number)
{
	add_value(writer, key, json_integer((json_int_t)number));
}

void silt_json_write_bool(struct silt_json_writer *writer, const char *key, bool value)
{
	add_value(writer, key, json_boolean(value));
}

void silt_json_write_null(struct silt_json_writer *writer, const char *key)
{
	add_value(writer, key, json_null());
}

/* ---- The end ----------------------------------------------------------------------------------------------------- */

static int add_text(const char *text, size_t size, void *ctx)
{
	struct silt_buffer *out = ctx;
	silt_buffer_add(out, silt_bytes(text, size));
	return out->failed ? -1 : 0;
}

static enum silt_status end(struct silt_json_writer *writer, size_t layout, struct silt_buffer *out,
			    struct silt_error *err)
{
	if (writer->failed) {
		return silt_fail_memory(err);
	}
	if (writer->misuse || writer->depth > 0 || !writer->root) {
		return silt_fail(err, SILT_ERR_INTERNAL, "the JSON document was not built as one value");
	}
	if (json_dump_callback(writer->root, add_text, out, layout | JSON_ENSURE_ASCII | JSON_ENCODE_ANY) != 0) {
		return silt_fail_memory(err);
	}
	silt_buffer_add_byte(out, '\n');
	return out->failed ? silt_fail_memory(err) : SILT_OK;
}

enum silt_status silt_json_writer_end(struct silt_json_writer *writer, struct silt_buffer *out, struct silt_error *err)
{
	return end(writer, JSON_INDENT(2), out, err);
}

enum silt_status silt_json_writer_end_line(struct silt_json_writer *writer, struct silt_buffer *out,
					   struct silt_error *err)
{
	return end(writer, JSON_COMPACT, out, err);
}
