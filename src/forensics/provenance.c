/* Where a file that was extracted comes from, as JSON. */
#include "base/encoding.h"
#include "base/json.h"
#include "base/path.h"
#include "forensics/chosen.h"
#include "silt/silt.h"

#include <stdio.h>

static void write_hex(struct silt_json_writer *w, const char *key, const uint8_t hash[static 32])
{
	static const char digits[] = "0123456789abcdef";
	char text[SILT_DIGEST_CHARS] = "sha256:";
	char *at = text + strlen(text);
	for (size_t i = 0; i < 32; i++) {
		*at++ = digits[hash[i] / 16];
		*at++ = digits[hash[i] % 16];
	}
	silt_json_write_text(w, key, text);
}

static void write_time(struct silt_json_writer *w, int64_t time)
{
	char text[32];
	(void)snprintf(text, sizeof(text), "%lld", (long long)time);
	silt_json_write_text(w, "mtime", text);
}

/* The header of the entry, as it was read. */
static void write_header(struct silt_json_writer *w, const struct silt_entry_view *view)
{
	char mode[8];
	(void)snprintf(mode, sizeof(mode), "%04o", (unsigned)view->mode);
	silt_json_open_object(w, "header");
	silt_json_write_unsigned(w, "offset", view->offset);
	silt_json_write_text(w, "type", silt_entry_type_name(view->type));
	silt_json_write_text(w, "mode", mode);
	silt_json_write_unsigned(w, "uid", view->uid);
	silt_json_write_unsigned(w, "gid", view->gid);
	silt_json_write_unsigned(w, "size", view->size);
	write_time(w, view->mtime);
	if (view->link.len > 0) {
		silt_json_write_bytes(w, "link", view->link);
	}
	if (view->type == SILT_ENTRY_CHAR_DEVICE || view->type == SILT_ENTRY_BLOCK_DEVICE) {
		silt_json_write_unsigned(w, "major", view->dev_major);
		silt_json_write_unsigned(w, "minor", view->dev_minor);
	}
	silt_json_close(w);
}

static void write_layer(struct silt_json_writer *w, const struct silt_provenance *of)
{
	struct silt_stored stored;
	(void)silt_stored_get(of->result, of->chosen->stored, &stored);
	silt_json_open_object(w, "layer");
	if (of->chosen->layer != SIZE_MAX) {
		silt_json_write_unsigned(w, "number", of->chosen->layer + 1);
	}
	silt_json_write_text(w, "diff_id", stored.diff_id);
	silt_json_write_text(w, "digest", stored.digest);
	silt_json_write_bytes(w, "member", stored.name);
	silt_json_close(w);
}

/* The entry whose body it is, if that is another one. */
static void write_body(struct silt_json_writer *w, const struct silt_provenance *of)
{
	const struct silt_dig_item *item = &of->chosen->item;
	struct silt_entry_view body;
	if ((item->stored == of->chosen->stored && item->entry == of->chosen->index) ||
	    !silt_stored_entry(of->result, item->stored, item->entry, &body)) {
		return;
	}
	silt_json_open_object(w, "body");
	silt_json_write_unsigned(w, "stored", item->stored);
	silt_json_write_unsigned(w, "offset", body.offset);
	silt_json_close(w);
}

static void write_image(struct silt_json_writer *w, const struct silt_provenance *of)
{
	size_t count;
	const struct silt_image *image = &silt_result_images(of->result, &count)[of->image];
	silt_json_open_object(w, "image");
	silt_json_write_text(w, "name", image->name_count > 0 ? image->names[0] : "");
	silt_json_write_text(w, "config_digest", image->config_digest);
	silt_json_write_text(w, "manifest_digest", image->manifest_digest);
	silt_json_close(w);
}

static void write_path(struct silt_json_writer *w, const struct silt_entry_view *view, struct silt_buffer *path)
{
	silt_json_write_bytes(w, "path", silt_path_join(path, view->folder, view->name));
}

static void write_record(struct silt_json_writer *w, const struct silt_provenance *of, struct silt_buffer *path)
{
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "schema", "silt-provenance-1");
	silt_json_open_object(w, "tool");
	silt_json_write_text(w, "name", "silt");
	silt_json_write_text(w, "version", silt_version());
	silt_json_close(w);
	silt_json_open_object(w, "bundle");
	silt_json_write_text(w, "name", of->options->bundle);
	silt_json_write_text(w, "digest", silt_result_digest(of->result));
	silt_json_close(w);
	write_image(w, of);
	write_layer(w, of);
	write_path(w, of->view, path);
	silt_json_write_text(w, "fate", silt_fate_name(of->view->fate));
	silt_json_write_bool(w, "in_final_tree", of->chosen->named);
	if (of->view->cause_layer != SIZE_MAX) {
		silt_json_write_unsigned(w, "hidden_by_layer", of->view->cause_layer + 1);
	}
	write_header(w, of->view);
	write_body(w, of);
	silt_json_write_text(w, "written_as", of->sha256 ? of->name : "");
	if (of->same_as) {
		silt_json_write_text(w, "same_as", of->same_as);
	}
	if (of->sha256) {
		silt_json_write_unsigned(w, "bytes", of->bytes);
		write_hex(w, "sha256", of->sha256);
		silt_json_write_bool(w, "cut_off", of->view->truncated);
	}
	silt_json_close(w);
}

enum silt_status silt_provenance_write(const struct silt_provenance *of, struct silt_buffer *out,
				       struct silt_error *err)
{
	struct silt_json_writer *w = NULL;
	struct silt_buffer path = {0};
	enum silt_status status = silt_json_writer_new(&w, err);
	if (status == SILT_OK) {
		write_record(w, of, &path);
		status = path.failed ? silt_fail_memory(err) : silt_json_writer_end(w, out, err);
	}
	silt_json_writer_free(w);
	silt_buffer_done(&path);
	return status;
}
