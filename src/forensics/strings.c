/* Matches of a query in all bytes of a bundle, each with where it is and what became of that. */
#include "silt/strings.h"

#include "base/error.h"
#include "base/escape.h"
#include "base/json.h"
#include "forensics/listed.h"
#include "forensics/query.h"
#include "report/outlet.h"

/* A run of bytes under way: the body of an entry, or something that is none. */
struct strings {
	const struct silt_result *result;
	const struct silt_strings_options *options;
	bool json;
	struct silt_outlet outlet;
	struct silt_strings_summary *summary;
	struct silt_questioned stream;
	bool open;
	struct silt_dig_piece piece; /* the last one of it, without its bytes */
	uint64_t next;               /* where the next piece should begin */
	uint64_t lost_at, lost;      /* bytes of it in a row that were not matched, and nobody was told of yet */
	struct silt_buffer path;
	struct silt_buffer sentence;
};

/* ---- Writing ------------------------------------------------------------------------------------------------------------- */

/* An image may have a file of the bundle as more than one layer: the one that shows most of an entry. */
static size_t most_exposed(const struct silt_image *image, size_t layer, size_t index)
{
	struct silt_entry_view view, other;
	size_t most = layer;
	(void)silt_image_entry(image, layer, index, &view);
	for (size_t i = layer + 1; i < image->layer_count; i++) {
		if (image->layers[i].present && image->layers[i].stored == image->layers[layer].stored &&
		    silt_image_entry(image, i, index, &other) && other.fate > view.fate) {
			view = other;
			most = i;
		}
	}
	return most;
}

/* The entry that the run is the body of. False: it is none. */
static bool entry_of(struct strings *strings, struct silt_listed *out)
{
	size_t count, image, layer;
	const struct silt_dig_piece *piece = &strings->piece;
	if (piece->part != SILT_DIG_BODY || piece->entry == SIZE_MAX) {
		return false;
	}
	silt_buffer_clear(&strings->path);
	if (silt_stored_layer(strings->result, piece->stored, &image, &layer)) {
		const struct silt_image *of = &silt_result_images(strings->result, &count)[image];
		layer = most_exposed(of, layer, piece->entry);
		/* What became of the bytes is asked, whatever became of their first name. */
		return silt_listed_entry(of, layer, piece->entry, &strings->path, out) &&
		       silt_image_entry(of, layer, piece->entry, &out->meta);
	}
	return silt_listed_stray(strings->result, piece->stored, piece->entry, &strings->path, out);
}

/* "layer 3, padding", "blobs/sha256/12ab, framing". */
static void add_place(const struct strings *strings, struct silt_buffer *out)
{
	struct silt_stored stored = {0};
	size_t image, layer;
	(void)silt_stored_get(strings->result, strings->piece.stored, &stored);
	if (silt_stored_layer(strings->result, strings->piece.stored, &image, &layer)) {
		silt_buffer_printf(out, "layer %zu", layer + 1);
	} else if (strings->piece.stored == 0) {
		silt_buffer_add_text(out, "the bundle");
	} else {
		silt_escape(out, stored.name);
	}
	silt_buffer_printf(out, ", %s", silt_dig_part_name(strings->piece.part));
}

/* Of an entry also its name. */
static void add_whole_place(const struct strings *strings, const struct silt_listed *entry, struct silt_buffer *out)
{
	if (entry) {
		silt_buffer_add_byte(out, '/');
		silt_escape(out, entry->path);
		silt_listed_add_fate(strings->result, entry, out);
	} else {
		add_place(strings, out);
	}
}

static void write_text(struct strings *strings, const struct silt_listed *entry, uint64_t offset,
		       struct silt_bytes match)
{
	struct silt_buffer *out = &strings->outlet.out;
	add_whole_place(strings, entry, out);
	silt_buffer_printf(out, ":%llu: ", (unsigned long long)offset);
	silt_escape(out, match);
	silt_buffer_add_byte(out, '\n');
}

static void write_entry(struct silt_json_writer *w, const struct silt_listed *entry)
{
	silt_json_write_bytes(w, "path", entry->path);
	if (entry->layer != SIZE_MAX) {
		silt_json_write_unsigned(w, "layer", entry->layer + 1);
	}
	silt_json_write_text(w, "diff_id", entry->diff_id);
	silt_json_write_text(w, "fate", silt_listed_fate_name(entry));
	if (entry->meta.cause_layer != SIZE_MAX) {
		silt_json_write_unsigned(w, "hidden_by", entry->meta.cause_layer + 1);
	}
}

static enum silt_status write_json(struct strings *strings, const struct silt_listed *entry, uint64_t offset,
				   struct silt_bytes match, struct silt_error *err)
{
	struct silt_json_writer *w = NULL;
	struct silt_stored stored = {0};
	enum silt_status status = silt_json_writer_new(&w, err);
	if (status != SILT_OK) {
		return status;
	}
	(void)silt_stored_get(strings->result, strings->piece.stored, &stored);
	silt_json_open_object(w, NULL);
	if (entry) {
		write_entry(w, entry);
	}
	silt_json_write_bytes(w, "member", stored.name);
	silt_json_write_text(w, "part", silt_dig_part_name(strings->piece.part));
	silt_json_write_unsigned(w, "offset", offset);
	silt_json_write_unsigned(w, "length", match.len);
	silt_json_write_bytes(w, "match", match);
	silt_json_close(w);
	status = silt_json_writer_end_line(w, &strings->outlet.out, err);
	silt_json_writer_free(w);
	return status;
}

static enum silt_status take_match(void *ctx, uint64_t offset, struct silt_bytes match, struct silt_error *err)
{
	struct strings *strings = ctx;
	struct silt_listed entry;
	const bool has_entry = entry_of(strings, &entry);
	enum silt_status status = SILT_OK;
	strings->summary->matches++;
	if (strings->path.failed) {
		return silt_fail_memory(err);
	}
	if (strings->json) {
		status = write_json(strings, has_entry ? &entry : NULL, offset, match, err);
	} else {
		write_text(strings, has_entry ? &entry : NULL, offset, match);
	}
	return status == SILT_OK ? silt_outlet_flush(&strings->outlet) : status;
}

/* ---- What was given up ------------------------------------------------------------------------------------------------------ */

static enum silt_status warn(struct strings *strings, struct silt_error *err)
{
	const bool failed = strings->sentence.failed || strings->path.failed;
	if (strings->options->warn && !failed) {
		strings->options->warn(strings->options->ctx, silt_buffer_text(&strings->sentence));
	}
	return failed ? silt_fail_memory(err) : SILT_OK;
}

/* The place is last: what is cut of a sentence is the end of a long name. */
static enum silt_status tell_lost(struct strings *strings, struct silt_error *err)
{
	struct silt_listed entry;
	struct silt_strings_summary *summary = strings->summary;
	const uint64_t lost = strings->lost;
	if (lost == 0) {
		return SILT_OK;
	}
	strings->lost = 0;
	summary->unknown++;
	summary->unknown_bytes += lost;
	if (summary->unknown > SILT_STRINGS_WARNINGS_MAX) {
		return SILT_OK;
	}
	silt_buffer_clear(&strings->sentence);
	silt_buffer_printf(&strings->sentence,
			   "the pattern took too long: %llu bytes from byte %llu on were not matched in ",
			   (unsigned long long)lost, (unsigned long long)strings->lost_at);
	add_whole_place(strings, entry_of(strings, &entry) ? &entry : NULL, &strings->sentence);
	return warn(strings, err);
}

/* Windows of one run that follow each other are told as one. */
static enum silt_status take_lost(void *ctx, uint64_t offset, uint64_t length, struct silt_error *err)
{
	struct strings *strings = ctx;
	enum silt_status status = SILT_OK;
	if (strings->lost == 0 || strings->lost_at + strings->lost != offset) {
		status = tell_lost(strings, err);
		strings->lost_at = offset;
	}
	strings->lost += length;
	return status;
}

static enum silt_status tell_all_lost(struct strings *strings, struct silt_error *err)
{
	const struct silt_strings_summary *summary = strings->summary;
	if (summary->unknown == 0) {
		return SILT_OK;
	}
	silt_buffer_clear(&strings->sentence);
	silt_buffer_printf(&strings->sentence,
			   "not matched in all: %llu bytes in %llu %s. A pattern without repetitions in repetitions, "
			   "such as (a+)+, takes less time",
			   (unsigned long long)summary->unknown_bytes, (unsigned long long)summary->unknown,
			   summary->unknown == 1 ? "place" : "places");
	return warn(strings, err);
}

/* ---- Runs ---------------------------------------------------------------------------------------------------------------- */

static enum silt_status feed(struct strings *strings, struct silt_bytes bytes, bool last, struct silt_error *err)
{
	const struct silt_query_taker taker = {take_match, take_lost, strings};
	return silt_questioned_feed(&strings->stream, bytes, last, &taker, err);
}

static enum silt_status end_run(struct strings *strings, struct silt_error *err)
{
	if (!strings->open) {
		return SILT_OK;
	}
	strings->open = false;
	const enum silt_status status = feed(strings, silt_bytes(NULL, 0), true, err);
	return status == SILT_OK ? tell_lost(strings, err) : status;
}

static bool goes_on(const struct strings *strings, const struct silt_dig_piece *piece)
{
	const struct silt_dig_piece *last = &strings->piece;
	return strings->open && last->part == piece->part && last->stored == piece->stored &&
	       last->entry == piece->entry && strings->next == piece->offset;
}

/* What stands on the two sides of a hole, or of something else, is not side by side. */
static enum silt_status take_piece(void *ctx, const struct silt_dig_piece *piece, struct silt_error *err)
{
	struct strings *strings = ctx;
	enum silt_status status = SILT_OK;
	if (!goes_on(strings, piece)) {
		status = end_run(strings, err);
		silt_questioned_begin(&strings->stream, piece->offset);
		strings->open = true;
	}
	strings->piece = *piece;
	strings->piece.bytes = silt_bytes(NULL, 0);
	strings->next = piece->offset + piece->bytes.len;
	if (status == SILT_OK) {
		status = feed(strings, piece->bytes, false, err);
	}
	return status == SILT_OK && piece->last ? end_run(strings, err) : status;
}

enum silt_status silt_strings_write(struct silt_bundle *bundle, const struct silt_result *result,
				    const struct silt_query *query, const struct silt_strings_options *options,
				    struct silt_sink sink, struct silt_strings_summary *summary, struct silt_error *err)
{
	const enum silt_format format = options->format;
	struct strings strings = {.result = result,
				  .options = options,
				  .json = format == SILT_FORMAT_JSONL,
				  .outlet = silt_outlet(sink, err),
				  .summary = summary};
	*summary = (struct silt_strings_summary){0};
	if (format != SILT_FORMAT_JSONL && format != SILT_FORMAT_TEXT) {
		return silt_fail(err, SILT_ERR_USAGE, "strings are written as text or JSON lines");
	}
	enum silt_status status = silt_questioned_init(&strings.stream, query, err);
	if (status == SILT_OK) {
		status = silt_dig_all(bundle, result, take_piece, &strings, err);
	}
	if (status == SILT_OK) {
		status = end_run(&strings, err);
	}
	if (status == SILT_OK) {
		status = tell_all_lost(&strings, err);
	}
	const enum silt_status ended = silt_outlet_end(&strings.outlet);
	silt_questioned_done(&strings.stream);
	silt_buffer_done(&strings.path);
	silt_buffer_done(&strings.sentence);
	return status != SILT_OK ? status : ended;
}
