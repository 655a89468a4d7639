/* silt history of an image: its build steps and what each layer did. */
#include "silt/listing.h"

#include "base/date.h"
#include "base/error.h"
#include "forensics/entry_line.h"
#include "forensics/timeline_row.h"

#include <stdio.h>

struct history {
	const struct silt_result *result;
	const struct silt_image *image;
	size_t number; /* of the image */
	bool json;
	struct silt_outlet outlet;
	struct silt_buffer instruction; /* owns; of the line under way */
};

/* A line of the history with its layer; either may be missing. */
struct step {
	size_t number; /* from 1; 0: there is no line */
	struct silt_history_view line;
	size_t layer; /* SIZE_MAX: none */
};

/* ---- For people ---------------------------------------------------------------------------------------------------- */

static void add_counts(const struct silt_layer *layer, struct silt_buffer *out)
{
	if (!layer->present) {
		silt_buffer_printf(out, "%14s %30s", "-", "(not in the file)");
		return;
	}
	silt_buffer_printf(out, "%14llu %10llu %9llu %9llu", (unsigned long long)layer->bytes,
			   (unsigned long long)layer->files_added, (unsigned long long)layer->files_changed,
			   (unsigned long long)layer->files_deleted);
}

static const char *origin_of(const struct silt_layer *layer)
{
	return layer->heritage == SILT_HERITAGE_UNKNOWN ? "-" : silt_heritage_name(layer->heritage);
}

static void add_text(const struct history *history, const struct step *step, struct silt_buffer *out)
{
	char layer[24] = "-", moment[SILT_MOMENT_SIZE] = "-";
	int64_t seconds;
	const struct silt_layer *it = step->layer != SIZE_MAX ? &history->image->layers[step->layer] : NULL;
	if (it) {
		(void)snprintf(layer, sizeof(layer), "%zu", step->layer + 1);
	}
	silt_buffer_printf(out, "%5s %-6s ", layer, it ? origin_of(it) : "-");
	if (it) {
		add_counts(it, out);
	} else {
		silt_buffer_printf(out, "%14s %10s %9s %9s", "-", "-", "-", "-");
	}
	if (silt_moment_read(step->line.created, &seconds)) {
		silt_moment_text(seconds, moment);
	}
	silt_buffer_printf(out, "  %-20s  ", moment);
	if (step->number > 0) {
		silt_timeline_add_step(history->image, &step->line, out);
	} else {
		silt_buffer_add_text(out, "(no line of the history is known to be its)");
	}
	silt_buffer_add_byte(out, '\n');
}

/* ---- For programs -------------------------------------------------------------------------------------------------- */

static void write_layer(const struct silt_image *image, size_t number, struct silt_json_writer *writer)
{
	const struct silt_layer *layer = &image->layers[number];
	silt_json_write_unsigned(writer, "layer", number + 1);
	silt_json_write_text(writer, "diff_id", layer->diff_id);
	silt_json_write_text(writer, "digest", layer->digest);
	silt_json_write_text(writer, "instruction", layer->instruction);
	silt_json_write_bool(writer, "present", layer->present);
	silt_json_write_text(writer, "origin", silt_heritage_name(layer->heritage));
	silt_json_write_unsigned(writer, "bytes", layer->bytes);
	silt_json_write_unsigned(writer, "blob_bytes", layer->blob_bytes);
	silt_json_write_unsigned(writer, "entries", layer->entry_count);
	silt_json_write_unsigned(writer, "files_added", layer->files_added);
	silt_json_write_unsigned(writer, "files_changed", layer->files_changed);
	silt_json_write_unsigned(writer, "files_deleted", layer->files_deleted);
	silt_json_write_unsigned(writer, "bytes_added", layer->bytes_added);
	silt_json_write_unsigned(writer, "bytes_hidden", layer->bytes_hidden);
}

static void write_members(struct history *history, const struct step *step, struct silt_json_writer *writer)
{
	if (step->number > 0) {
		silt_buffer_clear(&history->instruction);
		silt_timeline_add_step(history->image, &step->line, &history->instruction);
		silt_json_write_unsigned(writer, "step", step->number);
		silt_json_write_bytes(writer, "created", step->line.created);
		silt_json_write_text(writer, "created_by", silt_buffer_text(&history->instruction));
		silt_json_write_bytes(writer, "comment", step->line.comment);
		silt_json_write_bytes(writer, "author", step->line.author);
	} else {
		silt_json_write_null(writer, "step");
	}
	if (step->layer != SIZE_MAX) {
		write_layer(history->image, step->layer, writer);
	} else {
		silt_json_write_null(writer, "layer");
	}
}

/* ---- All of it ----------------------------------------------------------------------------------------------------- */

static enum silt_status write_step(struct history *history, const struct step *step)
{
	struct silt_outlet *outlet = &history->outlet;
	struct silt_json_writer *writer = NULL;
	if (!history->json) {
		add_text(history, step, &outlet->out);
		return silt_line_end(outlet);
	}
	outlet->status = silt_json_writer_new(&writer, outlet->err);
	if (outlet->status == SILT_OK) {
		silt_json_open_object(writer, NULL);
		write_members(history, step, writer);
		silt_json_close(writer);
		outlet->status = silt_json_writer_end_line(writer, &outlet->out, outlet->err);
	}
	silt_json_writer_free(writer);
	return history->instruction.failed ? silt_fail_memory(outlet->err) : silt_line_end(outlet);
}

/* The lines in their order; then the layers, if nobody knows which line is whose. */
static enum silt_status write_steps(struct history *history)
{
	struct step step;
	enum silt_status status = SILT_OK;
	size_t known = 0;
	if (!history->json) {
		silt_buffer_printf(&history->outlet.out, "%5s %-6s %14s %10s %9s %9s  %-20s  %s\n", "layer", "from",
				   "bytes", "added", "changed", "deleted", "created", "instruction");
	}
	for (size_t i = 0; status == SILT_OK && silt_image_history(history->result, history->number, i, &step.line);
	     i++) {
		step.number = i + 1;
		step.layer = step.line.layer < history->image->layer_count ? step.line.layer : SIZE_MAX;
		known += step.layer != SIZE_MAX;
		status = write_step(history, &step);
	}
	for (size_t i = 0; status == SILT_OK && known == 0 && i < history->image->layer_count; i++) {
		step = (struct step){.layer = i};
		status = write_step(history, &step);
	}
	return status;
}

enum silt_status silt_history_write(const struct silt_result *result, size_t image, enum silt_listing_format format,
				    struct silt_sink sink, struct silt_error *err)
{
	size_t count;
	const struct silt_image *images = silt_result_images(result, &count);
	if (image >= count || (format != SILT_LISTING_TEXT && format != SILT_LISTING_JSONL)) {
		return silt_fail(err, SILT_ERR_USAGE, "there is no such image or format for a history");
	}
	struct history history = {.result = result,
				  .image = &images[image],
				  .number = image,
				  .json = format == SILT_LISTING_JSONL,
				  .outlet = silt_outlet(sink, err)};
	const enum silt_status status = write_steps(&history);
	const enum silt_status ended = silt_outlet_end(&history.outlet);
	silt_buffer_done(&history.instruction);
	return status == SILT_OK ? ended : status;
}
