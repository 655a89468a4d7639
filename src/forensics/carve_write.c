/* Scraps as lines: for people, or JSON. */
#include "base/error.h"
#include "base/escape.h"
#include "base/json.h"
#include "report/outlet.h"
#include "silt/carve.h"

struct writing {
	struct silt_outlet outlet;
	const struct silt_result *result;
	bool json;
};

static const char *about(const struct silt_scrap *scrap, const struct silt_stored *stored)
{
	return scrap->framing[0] != '\0'         ? scrap->framing
	       : scrap->part == SILT_DIG_PADDING ? "slack behind a file"
	       : scrap->part == SILT_DIG_TAIL    ? "behind the end of a tar"
	       : scrap->part == SILT_DIG_FRAMING ? "beside what is compressed"
	       : stored->referenced              ? "a file of an image that could not be decoded"
						 : "a file that no image uses";
}

/* "layer 3", or the name of the member; of the bundle itself "the bundle". */
static void add_place(const struct writing *writing, size_t number, const struct silt_stored *stored,
		      struct silt_buffer *out)
{
	size_t image, layer;
	if (silt_stored_layer(writing->result, number, &image, &layer)) {
		silt_buffer_printf(out, "layer %zu", layer + 1);
	} else if (number == 0) {
		silt_buffer_add_text(out, "the bundle");
	} else {
		silt_escape(out, stored->name);
	}
}

static void write_text(struct writing *writing, const struct silt_scrap *scrap)
{
	struct silt_stored stored = {0};
	struct silt_buffer *out = &writing->outlet.out;
	(void)silt_stored_get(writing->result, scrap->item.stored, &stored);
	silt_buffer_printf(out, "%-24s %9llu bytes, %u.%02u bits each: %s", scrap->address,
			   (unsigned long long)scrap->length, scrap->entropy_hundredths / 100,
			   scrap->entropy_hundredths % 100, scrap->type);
	silt_buffer_printf(out, ", %s, ", about(scrap, &stored));
	add_place(writing, scrap->item.stored, &stored, out);
	silt_buffer_add_byte(out, '\n');
}

static enum silt_status write_json(struct writing *writing, const struct silt_scrap *scrap, struct silt_error *err)
{
	struct silt_json_writer *w = NULL;
	struct silt_buffer place = {0};
	struct silt_stored stored = {0};
	size_t image, layer;
	enum silt_status status = silt_json_writer_new(&w, err);
	if (status != SILT_OK) {
		return status;
	}
	(void)silt_stored_get(writing->result, scrap->item.stored, &stored);
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "address", scrap->address);
	silt_json_write_text(w, "part", silt_dig_part_name(scrap->part));
	silt_json_write_unsigned(w, "offset", scrap->offset);
	silt_json_write_unsigned(w, "length", scrap->length);
	silt_json_write_unsigned(w, "entropy_hundredths", scrap->entropy_hundredths);
	silt_json_write_text(w, "type", scrap->type);
	silt_json_write_text(w, "framing", scrap->framing);
	silt_json_write_bytes(w, "member", stored.name);
	silt_json_write_text(w, "digest", stored.digest);
	silt_json_write_bool(w, "referenced", stored.referenced);
	if (silt_stored_layer(writing->result, scrap->item.stored, &image, &layer)) {
		silt_json_write_unsigned(w, "layer", layer + 1);
	}
	silt_json_close(w);
	status = silt_json_writer_end_line(w, &writing->outlet.out, err);
	silt_json_writer_free(w);
	silt_buffer_done(&place);
	return status;
}

static enum silt_status take_scrap(void *ctx, const struct silt_scrap *scrap, struct silt_error *err)
{
	struct writing *writing = ctx;
	enum silt_status status = SILT_OK;
	if (writing->json) {
		status = write_json(writing, scrap, err);
	} else {
		write_text(writing, scrap);
	}
	return status == SILT_OK ? silt_outlet_flush(&writing->outlet) : status;
}

enum silt_status silt_carve_write(struct silt_bundle *bundle, const struct silt_result *result, enum silt_format format,
				  struct silt_sink sink, struct silt_error *err)
{
	struct writing writing = {
		.outlet = silt_outlet(sink, err), .result = result, .json = format == SILT_FORMAT_JSONL};
	if (format != SILT_FORMAT_JSONL && format != SILT_FORMAT_TEXT) {
		return silt_fail(err, SILT_ERR_USAGE, "scraps are written as text or JSON lines");
	}
	const enum silt_status status = silt_carve(bundle, result, take_scrap, &writing, err);
	const enum silt_status ended = silt_outlet_end(&writing.outlet);
	return status != SILT_OK ? status : ended;
}
