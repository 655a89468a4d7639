/* Something that happened at a moment: as a line for mactime, as JSON for Timesketch, as CSV. */
#include "forensics/timeline_row.h"

#include "base/escape.h"
#include "bundle/config.h"
#include "forensics/entry_line.h"

#include <stdio.h>

/* ---- Bodyfile ------------------------------------------------------------------------------------------------------ */

enum { FIRST_BODY_TIME = 1 };
#define LAST_BODY_TIME 9999999999

static int64_t body_time(int64_t seconds)
{
	return seconds < FIRST_BODY_TIME ? FIRST_BODY_TIME : seconds > LAST_BODY_TIME ? LAST_BODY_TIME : seconds;
}

/* A "|" would end the field; nobody undoes an escape of it, so it is that of everything else. */
static void add_field(struct silt_buffer *out, struct silt_bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '|') {
			silt_buffer_add_text(out, "\\x7c");
		} else {
			silt_buffer_add_byte(out, text.ptr[i]);
		}
	}
}

/* As the Sleuth Kit shows modes: "r/rrw-r--r--". */
static void add_mode(const struct silt_listed *listed, struct silt_buffer *out)
{
	char mode[SILT_MODE_SIZE];
	silt_listed_mode(listed, mode);
	if (mode[0] == '-' || mode[0] == '?') {
		memcpy(mode, mode[0] == '-' ? "r" : "-", 1);
	}
	silt_buffer_printf(out, "%c/%s", mode[0], mode);
}

/* A number for each entry: mactime takes digits and "-". */
static void add_inode(const struct silt_timeline_row *row, struct silt_buffer *out)
{
	if (!row->listed) {
		silt_buffer_add_text(out, "0");
	} else if (row->listed->layer == SIZE_MAX) {
		silt_buffer_printf(out, "0-%zu-%zu", row->listed->blob, row->listed->index);
	} else {
		silt_buffer_printf(out, "%zu-%zu", row->listed->layer + 1, row->listed->index);
	}
}

void silt_timeline_body(const struct silt_timeline_row *row, struct silt_buffer *out)
{
	const long long time = (long long)body_time(row->seconds);
	silt_buffer_add_text(out, "0|");
	add_field(out, row->message);
	silt_buffer_add_byte(out, '|');
	add_inode(row, out);
	silt_buffer_add_byte(out, '|');
	if (row->listed) {
		add_mode(row->listed, out);
		silt_buffer_printf(out, "|%u|%u|%llu|0|%lld|0|0\n", row->listed->meta.uid, row->listed->meta.gid,
				   (unsigned long long)row->listed->content.size, time);
	} else {
		silt_buffer_printf(out, "-/----------|0|0|0|0|0|0|%lld\n", time);
	}
}

/* ---- CSV ----------------------------------------------------------------------------------------------------------- */

/* Spreadsheets take what begins so for a formula; the full-width twins of these in some locales. */
static bool starts_formula(struct silt_bytes text)
{
	static const struct silt_bytes starts[] = {SILT_LITERAL_INIT("="),
						   SILT_LITERAL_INIT("+"),
						   SILT_LITERAL_INIT("-"),
						   SILT_LITERAL_INIT("@"),
						   SILT_LITERAL_INIT("\xef\xbc\x9d"),
						   SILT_LITERAL_INIT("\xef\xbc\x8b"),
						   SILT_LITERAL_INIT("\xef\xbc\x8d"),
						   SILT_LITERAL_INIT("\xef\xbc\xa0")};
	for (size_t i = 0; i < SILT_COUNT(starts); i++) {
		if (silt_bytes_start_with(text, starts[i])) {
			return true;
		}
	}
	return false;
}

/* Some of them split lines at ";", too, and do not mind quotes: a "'" in front makes text of what follows. */
static void add_quoted(struct silt_buffer *out, struct silt_bytes text)
{
	bool begins = true;
	silt_buffer_add_byte(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		const uint8_t byte = text.ptr[i];
		if (begins && starts_formula(silt_bytes_slice(text, i, text.len))) {
			silt_buffer_add_byte(out, '\'');
		}
		silt_buffer_add_text(out, byte == '"' ? "\"" : "");
		silt_buffer_add_byte(out, byte);
		begins = byte == ';' || (begins && (byte == ' ' || byte == '"'));
	}
	silt_buffer_add_byte(out, '"');
}

void silt_timeline_csv_head(struct silt_buffer *out)
{
	silt_buffer_add_text(out, "message,datetime,timestamp_desc,layer,fate,type,mode,uid,gid,size\n");
}

static const char *kind_of(const struct silt_listed *listed)
{
	return listed->meta.whiteout ? "deletion-mark" : silt_entry_type_name(silt_listed_type(listed));
}

void silt_timeline_csv(const struct silt_timeline_row *row, struct silt_buffer *out)
{
	char moment[SILT_MOMENT_SIZE];
	const struct silt_listed *listed = row->listed;
	const size_t layer = listed ? listed->layer : row->layer;
	silt_moment_text(row->seconds, moment);
	add_quoted(out, row->message);
	silt_buffer_printf(out, ",%s,%s,", moment, row->what);
	if (layer != SIZE_MAX) {
		silt_buffer_printf(out, "%zu", layer + 1);
	}
	if (listed) {
		silt_buffer_printf(out, ",%s,%s,%04o,%u,%u,%llu\n", silt_listed_fate_name(listed), kind_of(listed),
				   listed->meta.mode, listed->meta.uid, listed->meta.gid,
				   (unsigned long long)listed->content.size);
	} else {
		silt_buffer_add_text(out, ",,build-step,,,,\n");
	}
}

/* ---- JSON ---------------------------------------------------------------------------------------------------------- */

static void write_members(const struct silt_result *result, const struct silt_timeline_row *row, const char *message,
			  struct silt_json_writer *writer)
{
	char moment[SILT_MOMENT_SIZE];
	silt_moment_text(row->seconds, moment);
	silt_json_write_text(writer, "message", message);
	silt_json_write_text(writer, "datetime", moment);
	silt_json_write_text(writer, "timestamp_desc", row->what);
	silt_json_write_text(writer, "data_type", row->listed ? "silt:layer:entry" : "silt:build:step");
	if (row->listed) {
		silt_listed_members(result, row->listed, writer);
	} else if (row->layer != SIZE_MAX) {
		silt_json_write_unsigned(writer, "layer", row->layer + 1);
	}
}

enum silt_status silt_timeline_json(const struct silt_result *result, const struct silt_timeline_row *row,
				    struct silt_buffer *out, struct silt_error *err)
{
	struct silt_json_writer *writer = NULL;
	struct silt_buffer message = {0};
	enum silt_status status = silt_json_writer_new(&writer, err);
	silt_buffer_add(&message, row->message);
	if (status == SILT_OK && message.failed) {
		status = silt_fail_memory(err);
	}
	if (status == SILT_OK) {
		silt_json_open_object(writer, NULL);
		write_members(result, row, silt_buffer_text(&message), writer);
		silt_json_close(writer);
		status = silt_json_writer_end_line(writer, out, err);
	}
	silt_json_writer_free(writer);
	silt_buffer_done(&message);
	return status;
}

/* ---- Build steps --------------------------------------------------------------------------------------------------- */

void silt_timeline_add_step(const struct silt_image *image, const struct silt_history_view *line,
			    struct silt_buffer *out)
{
	const struct silt_history history = {.created_by = line->created_by};
	const struct silt_instruction read = silt_history_read(&history);
	const char *instruction = line->layer < image->layer_count ? image->layers[line->layer].instruction : "";
	if (instruction[0]) {
		silt_buffer_add_text(out, instruction);
	} else if (read.runs) {
		silt_buffer_add_text(out, "RUN ");
		silt_escape(out, read.text);
	} else {
		silt_escape(out, line->created_by);
	}
}
