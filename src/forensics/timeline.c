/* silt timeline: when every entry of every layer was changed, and when each layer was built. */
#include "silt/listing.h"

#include "base/date.h"
#include "base/error.h"
#include "base/escape.h"
#include "forensics/entry_line.h"
#include "forensics/timeline_row.h"
#include "forensics/versions.h"

struct timeline {
	const struct silt_result *result;
	enum silt_listing_format format;
	struct silt_outlet outlet;
	struct silt_buffer message; /* owns; of the row under way */
};

static enum silt_status write_row(struct timeline *timeline, struct silt_timeline_row *row)
{
	struct silt_outlet *outlet = &timeline->outlet;
	if (timeline->message.failed) {
		return silt_fail_memory(outlet->err);
	}
	row->message = silt_buffer_bytes(&timeline->message);
	switch (timeline->format) {
	case SILT_LISTING_BODYFILE:
		silt_timeline_body(row, &outlet->out);
		break;
	case SILT_LISTING_CSV:
		silt_timeline_csv(row, &outlet->out);
		break;
	case SILT_LISTING_TEXT:
	case SILT_LISTING_NAMES:
	case SILT_LISTING_TREE:
	case SILT_LISTING_JSONL:
		outlet->status = silt_timeline_json(timeline->result, row, &outlet->out, outlet->err);
		break;
	}
	return silt_line_end(outlet);
}

static enum silt_status write_entry(void *ctx, const struct silt_listed *listed, struct silt_error *err)
{
	struct timeline *timeline = ctx;
	struct silt_timeline_row row = {
		.listed = listed, .seconds = listed->meta.mtime, .what = "Content Modification Time"};
	(void)err;
	silt_buffer_clear(&timeline->message);
	silt_listed_add_name(listed, &timeline->message);
	silt_listed_add_fate(timeline->result, listed, &timeline->message);
	return write_row(timeline, &row);
}

/* ---- Build steps --------------------------------------------------------------------------------------------------- */

static enum silt_status write_step(struct timeline *timeline, const struct silt_image *image, size_t line,
				   const struct silt_history_view *history)
{
	struct silt_timeline_row row = {.step = line + 1, .layer = history->layer, .what = "Creation Time"};
	if (!silt_moment_read(history->created, &row.seconds)) {
		return SILT_OK;
	}
	silt_buffer_clear(&timeline->message);
	silt_buffer_printf(&timeline->message, "build step %zu ", line + 1);
	if (history->layer != SIZE_MAX) {
		silt_buffer_printf(&timeline->message, "(layer %zu): ", history->layer + 1);
	} else {
		silt_buffer_add_text(&timeline->message, "(no layer): ");
	}
	silt_timeline_add_step(image, history, &timeline->message);
	return write_row(timeline, &row);
}

static enum silt_status write_all(struct timeline *timeline, size_t image, struct silt_error *err)
{
	size_t count;
	struct silt_history_view history;
	const struct silt_image *images = silt_result_images(timeline->result, &count);
	enum silt_status status = SILT_OK;
	if (timeline->format == SILT_LISTING_CSV) {
		silt_timeline_csv_head(&timeline->outlet.out);
	}
	for (size_t i = 0; status == SILT_OK && silt_image_history(timeline->result, image, i, &history); i++) {
		status = write_step(timeline, &images[image], i, &history);
	}
	return status == SILT_OK
		       ? silt_versions_of_image(timeline->result, &images[image], true, write_entry, timeline, err)
		       : status;
}

enum silt_status silt_timeline_write(const struct silt_result *result, size_t image, enum silt_listing_format format,
				     struct silt_sink sink, struct silt_error *err)
{
	size_t count;
	(void)silt_result_images(result, &count);
	if (image >= count ||
	    (format != SILT_LISTING_BODYFILE && format != SILT_LISTING_CSV && format != SILT_LISTING_JSONL)) {
		return silt_fail(err, SILT_ERR_USAGE, "there is no such image or format for a timeline");
	}
	struct timeline timeline = {.result = result, .format = format, .outlet = silt_outlet(sink, err)};
	const enum silt_status status = write_all(&timeline, image, err);
	const enum silt_status ended = silt_outlet_end(&timeline.outlet);
	silt_buffer_done(&timeline.message);
	return status == SILT_OK ? ended : status;
}
