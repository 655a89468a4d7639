/* A name or an entry as a line: for people, and as a JSON object. */
#include "forensics/entry_line.h"

#include "base/encoding.h"
#include "base/escape.h"

#include <stdio.h>

/* ---- For people ---------------------------------------------------------------------------------------------------- */

void silt_listed_add_name(const struct silt_listed *listed, struct silt_buffer *out)
{
	silt_buffer_add_byte(out, '/');
	silt_escape(out, listed->path);
	if (listed->meta.whiteout || listed->implied) {
		return;
	}
	if (silt_listed_type(listed) == SILT_ENTRY_SYMLINK) {
		silt_buffer_add_text(out, " -> ");
		silt_escape(out, listed->content.link);
	} else if (listed->meta.type == SILT_ENTRY_HARDLINK &&
		   (listed->version || listed->content.type == SILT_ENTRY_HARDLINK)) {
		silt_buffer_add_text(out, " is /");
		silt_escape(out, listed->meta.link);
	}
}

static void add_size(const struct silt_listed *listed, struct silt_buffer *out)
{
	char text[32];
	const struct silt_entry_view *content = &listed->content;
	const bool device = content->type == SILT_ENTRY_CHAR_DEVICE || content->type == SILT_ENTRY_BLOCK_DEVICE;
	if (device) {
		(void)snprintf(text, sizeof(text), "%u,%u", content->dev_major, content->dev_minor);
	} else {
		(void)snprintf(text, sizeof(text), "%llu", (unsigned long long)content->size);
	}
	silt_buffer_printf(out, " %12s ", text);
}

static void add_details(const struct silt_listed *listed, struct silt_buffer *out)
{
	char mode[SILT_MODE_SIZE], moment[SILT_MOMENT_SIZE], owner[32];
	silt_listed_mode(listed, mode);
	if (listed->implied) {
		silt_buffer_printf(out, "%s %11s %12s %20s ", mode, "-", "-", "-");
		return;
	}
	silt_moment_text(listed->meta.mtime, moment);
	(void)snprintf(owner, sizeof(owner), "%u:%u", listed->meta.uid, listed->meta.gid);
	silt_buffer_printf(out, "%s %11s", mode, owner);
	add_size(listed, out);
	silt_buffer_printf(out, "%s ", moment);
}

void silt_listed_text(const struct silt_result *result, const struct silt_listed *listed, bool marks, bool details,
		      struct silt_buffer *out)
{
	static const char *const signs[] = {[SILT_MARK_NONE] = "  ",
					    [SILT_MARK_ADDED] = "A ",
					    [SILT_MARK_CHANGED] = "C ",
					    [SILT_MARK_DELETED] = "D "};
	silt_buffer_add_text(out, marks ? signs[listed->mark] : "");
	if (details) {
		add_details(listed, out);
	}
	silt_listed_add_name(listed, out);
	if (listed->version) {
		silt_listed_add_fate(result, listed, out);
	}
	silt_buffer_add_byte(out, '\n');
}

/* ---- For programs -------------------------------------------------------------------------------------------------- */

static const char *type_name(const struct silt_listed *listed)
{
	if (listed->meta.whiteout) {
		return listed->opaque ? "opaque-mark" : listed->void_mark ? "invalid-mark" : "deletion-mark";
	}
	return silt_entry_type_name(silt_listed_type(listed));
}

static void write_number_or_null(struct silt_json_writer *writer, const char *key, size_t number)
{
	if (number == SIZE_MAX) {
		silt_json_write_null(writer, key);
	} else {
		silt_json_write_unsigned(writer, key, number + 1);
	}
}

static void write_digest(const struct silt_listed *listed, struct silt_json_writer *writer)
{
	char hex[2 * 32 + 1];
	const uint8_t *sha256 = silt_listed_digest(listed);
	if (sha256) {
		silt_hex(silt_bytes(sha256, 32), hex);
		silt_json_write_text(writer, "sha256", hex);
	} else {
		silt_json_write_null(writer, "sha256");
	}
}

static void write_facts(const struct silt_listed *listed, struct silt_json_writer *writer)
{
	const struct silt_entry_view *meta = &listed->meta, *content = &listed->content;
	char text[SILT_MOMENT_SIZE];
	(void)snprintf(text, sizeof(text), "%04o", meta->mode);
	silt_json_write_text(writer, "mode", text);
	silt_json_write_unsigned(writer, "uid", meta->uid);
	silt_json_write_unsigned(writer, "gid", meta->gid);
	silt_json_write_unsigned(writer, "size", content->size);
	silt_moment_text(meta->mtime, text);
	silt_json_write_signed(writer, "mtime", meta->mtime);
	silt_json_write_text(writer, "time", text);
	write_digest(listed, writer);
	if (content->type == SILT_ENTRY_SYMLINK) {
		silt_json_write_bytes(writer, "target", content->link);
	}
	if (meta->type == SILT_ENTRY_HARDLINK) {
		silt_json_write_bytes(writer, "hardlink_to", meta->link);
	}
	if (content->type == SILT_ENTRY_CHAR_DEVICE || content->type == SILT_ENTRY_BLOCK_DEVICE) {
		silt_json_write_unsigned(writer, "major", content->dev_major);
		silt_json_write_unsigned(writer, "minor", content->dev_minor);
	}
	if (content->capability.len > 0) {
		silt_json_write_bytes(writer, "capability", content->capability);
	}
	silt_json_write_bool(writer, "truncated", content->truncated);
}

/* Where it is, and what became of it. */
static void write_place(const struct silt_result *result, const struct silt_listed *listed,
			struct silt_json_writer *writer)
{
	static const char *const marks[] = {
		[SILT_MARK_ADDED] = "added", [SILT_MARK_CHANGED] = "changed", [SILT_MARK_DELETED] = "deleted"};
	struct silt_stored stored;
	write_number_or_null(writer, "layer", listed->layer);
	silt_json_write_text(writer, "diff_id", listed->diff_id);
	if (listed->blob != SIZE_MAX && silt_stored_get(result, listed->blob, &stored)) {
		silt_json_write_bytes(writer, "blob", stored.name);
	}
	silt_json_write_text(writer, "fate", silt_listed_fate_name(listed));
	write_number_or_null(writer, "hidden_by", listed->meta.cause_layer);
	if (listed->mark != SILT_MARK_NONE) {
		silt_json_write_text(writer, "mark", marks[listed->mark]);
	}
}

void silt_listed_members(const struct silt_result *result, const struct silt_listed *listed,
			 struct silt_json_writer *writer)
{
	silt_json_write_bytes(writer, "path", listed->path);
	silt_json_write_text(writer, "type", type_name(listed));
	if (!listed->implied) {
		write_facts(listed, writer);
		write_place(result, listed, writer);
	}
}

enum silt_status silt_listed_json(const struct silt_result *result, const struct silt_listed *listed,
				  struct silt_outlet *outlet)
{
	struct silt_json_writer *writer = NULL;
	outlet->status = silt_json_writer_new(&writer, outlet->err);
	if (outlet->status == SILT_OK) {
		silt_json_open_object(writer, NULL);
		silt_listed_members(result, listed, writer);
		silt_json_close(writer);
		outlet->status = silt_json_writer_end_line(writer, &outlet->out, outlet->err);
	}
	silt_json_writer_free(writer);
	return silt_line_end(outlet);
}
