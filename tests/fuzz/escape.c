/*
 * Fuzz target: the escape of text and the strings of JSON. Both can be undone, cuts keep what is whole, and nothing that
 * was escaped is escaped again for its own sake.
 */
#include "base/escape.h"
#include "base/json.h"
#include "base/utf8.h"

#include <stdlib.h>

static void must(bool holds)
{
	if (!holds) {
		abort();
	}
}

static void check_back(struct silt_bytes bytes, struct silt_bytes text)
{
	struct silt_buffer back = {0};
	silt_unescape(&back, text);
	must(silt_bytes_equal(silt_buffer_bytes(&back), bytes));
	silt_buffer_done(&back);
}

/* UTF-8 in which no byte steers anything, and the backslashes are those of escapes. */
static void check_text(struct silt_bytes text)
{
	struct silt_bytes part, rest = text;
	must(silt_is_utf8(text));
	while (silt_bytes_cut(&rest, '\\', &part)) {
		must(silt_is_plain(part));
	}
}

/* What was cut is the front of the whole, and dots. */
static void check_cut(struct silt_bytes bytes, struct silt_bytes whole, size_t size)
{
	char *cut = malloc(size);
	must(cut);
	struct silt_bytes text = silt_bytes_text(silt_escape_text(bytes, cut, size));
	must(text.len < size && silt_is_utf8(text));
	if (!silt_bytes_equal(text, whole)) {
		size_t front = text.len < 3 ? 0 : text.len - 3;
		struct silt_buffer raw = {0};
		must(whole.len >= size && silt_bytes_start_with(whole, silt_bytes_slice(text, 0, front)));
		silt_unescape(&raw, silt_bytes_slice(text, 0, front));
		must(silt_bytes_start_with(bytes, silt_buffer_bytes(&raw)));
		silt_buffer_done(&raw);
	}
	free(cut);
}

static void check_json(struct silt_bytes bytes, struct silt_bytes escaped)
{
	struct silt_json_writer *writer = NULL;
	struct silt_buffer out = {0};
	struct silt_json *json = NULL;
	struct silt_error err = {0};
	must(silt_json_writer_new(&writer, &err) == SILT_OK);
	silt_json_open_object(writer, NULL);
	silt_json_write_bytes(writer, "bytes", bytes);
	silt_json_close(writer);
	must(silt_json_writer_end(writer, &out, &err) == SILT_OK);
	must(silt_json_parse(silt_buffer_bytes(&out), &json, &err) == SILT_OK);
	const struct silt_json_value *root = silt_json_root(json);
	must(silt_bytes_equal(silt_json_string(silt_json_get(root, "bytes")), escaped));
	must(!silt_json_get(root, "bytes_base64") == silt_is_plain(bytes));
	silt_json_free(json);
	silt_buffer_done(&out);
	silt_json_writer_free(writer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct silt_bytes bytes = silt_bytes(data, size);
	struct silt_buffer whole = {0};
	silt_escape(&whole, bytes);
	struct silt_bytes text = silt_buffer_bytes(&whole);
	check_text(text);
	check_back(bytes, text);
	must(silt_is_plain(bytes) == silt_bytes_equal(bytes, text));
	check_cut(bytes, text, size > 0 ? (size_t)data[0] + 1 : 1);
	check_cut(bytes, text, text.len + 1);
	check_json(bytes, text);
	silt_buffer_done(&whole);
	return 0;
}
