/* Chosen entries, handed out one after the other, each with its record. */
#include "silt/extract.h"

#include "audit/result.h"
#include "base/error.h"
#include "base/escape.h"
#include "forensics/chosen.h"
#include "stream/digest.h"

#include <stdlib.h>
#include <string.h>

struct extract {
	const struct silt_result *result;
	size_t image;
	const struct silt_extract_options *options;
	const struct silt_extract_sink *sink;
	struct silt_extract_summary *summary;
	struct silt_selection choice; /* owns */
	size_t *numbers;              /* owns; of each item, which of the choice */

	/* Of the file under way. */
	struct silt_hasher *hasher; /* owns */
	struct silt_buffer name;
	uint64_t given;
	bool open;
};

static struct silt_entry_view view_of(const struct extract *extract, const struct silt_chosen *chosen)
{
	size_t count;
	struct silt_entry_view view = {0};
	if (chosen->layer == SIZE_MAX) {
		(void)silt_stored_entry(extract->result, chosen->stored, chosen->index, &view);
	} else {
		(void)silt_image_entry(&silt_result_images(extract->result, &count)[extract->image], chosen->layer,
				       chosen->index, &view);
	}
	return view;
}

/* The name outside of the image, as a C string. NULL if memory ran out. */
static const char *name_of(const struct extract *extract, const struct silt_chosen *chosen, struct silt_buffer *name)
{
	const struct silt_entry_view view = view_of(extract, chosen);
	silt_buffer_clear(name);
	silt_chosen_name(chosen, &view, extract->options, name);
	return name->failed ? NULL : silt_buffer_text(name);
}

/* A file that is larger than its tar is so by its holes: as many as a layer may have bytes are filled. */
static bool is_hollow(const struct extract *extract, const struct silt_chosen *chosen)
{
	struct silt_entry_view body;
	struct silt_stored stored;
	const struct silt_dig_item *item = &chosen->item;
	return silt_stored_entry(extract->result, item->stored, item->entry, &body) &&
	       silt_stored_get(extract->result, item->stored, &stored) && body.size > stored.unpacked &&
	       body.size > extract->result->limits.value[SILT_LIMIT_LAYER_BYTES];
}

static bool has_bytes(const struct extract *extract, const struct silt_chosen *chosen)
{
	return chosen->is_file && chosen->same_as == SIZE_MAX && !is_hollow(extract, chosen);
}

/* The one with the same bytes that was handed out; NULL: none was. */
static const struct silt_chosen *written_as(const struct extract *extract, const struct silt_chosen *chosen)
{
	const struct silt_chosen *first = chosen->same_as == SIZE_MAX ? NULL : &extract->choice.items[chosen->same_as];
	return first && has_bytes(extract, first) ? first : NULL;
}

/* ---- Records ----------------------------------------------------------------------------------------------------------- */

static enum silt_status hand_record(const struct extract *extract, struct silt_buffer *name,
				    const struct silt_buffer *record, struct silt_error *err)
{
	const struct silt_extract_sink *sink = extract->sink;
	silt_buffer_add_text(name, ".silt.json");
	enum silt_status status = name->failed ? silt_fail_memory(err)
					       : sink->begin(sink->ctx, silt_buffer_text(name), err);
	if (status == SILT_OK) {
		status = sink->data(sink->ctx, silt_buffer_bytes(record), err);
	}
	return status == SILT_OK ? sink->end(sink->ctx, err) : status;
}

/* `sha256` NULL: nothing was handed out of it. */
static enum silt_status write_record(struct extract *extract, const struct silt_chosen *chosen, const uint8_t *sha256,
				     struct silt_error *err)
{
	struct silt_buffer record = {0}, name = {0}, same = {0};
	const struct silt_entry_view view = view_of(extract, chosen);
	const struct silt_chosen *written = written_as(extract, chosen);
	const struct silt_provenance of = {
		.result = extract->result,
		.image = extract->image,
		.options = extract->options,
		.chosen = chosen,
		.view = &view,
		.name = name_of(extract, chosen, &name),
		.same_as = written ? name_of(extract, written, &same) : NULL,
		.sha256 = sha256,
		.bytes = extract->given,
	};
	enum silt_status status = !of.name || same.failed ? silt_fail_memory(err)
							  : silt_provenance_write(&of, &record, err);
	if (status == SILT_OK) {
		status = hand_record(extract, &name, &record, err);
	}
	silt_buffer_done(&record);
	silt_buffer_done(&name);
	silt_buffer_done(&same);
	return status;
}

/* ---- Bodies ------------------------------------------------------------------------------------------------------------ */

static enum silt_status begin(struct extract *extract, const struct silt_chosen *chosen, struct silt_error *err)
{
	const char *name = name_of(extract, chosen, &extract->name);
	if (!name) {
		return silt_fail_memory(err);
	}
	extract->given = 0;
	extract->open = true;
	enum silt_status status = silt_hasher_new(&extract->hasher, err);
	return status == SILT_OK ? extract->sink->begin(extract->sink->ctx, name, err) : status;
}

/* A hole as long as the limit of a layer allows at most: it costs the digest its time. */
static enum silt_status fill_hole(struct extract *extract, uint64_t to, struct silt_error *err)
{
	static const uint8_t zeros[64 * 1024];
	const uint64_t hole = to - extract->given;
	enum silt_status status = hole > 0 ? extract->sink->hole(extract->sink->ctx, hole, err) : SILT_OK;
	while (extract->given < to) {
		const uint64_t left = to - extract->given;
		const size_t piece = left < sizeof(zeros) ? (size_t)left : sizeof(zeros);
		silt_hasher_add(extract->hasher, silt_bytes(zeros, piece));
		extract->given += piece;
	}
	return status;
}

static enum silt_status end(struct extract *extract, const struct silt_chosen *chosen, struct silt_error *err)
{
	struct silt_digest digest;
	struct silt_entry_view body;
	const struct silt_dig_item *item = &chosen->item;
	enum silt_status status = SILT_OK;
	if (silt_stored_entry(extract->result, item->stored, item->entry, &body)) {
		extract->summary->cut += body.truncated;
		status = body.truncated || body.size < extract->given ? SILT_OK : fill_hole(extract, body.size, err);
	}
	silt_hasher_end(extract->hasher, &digest);
	silt_hasher_free(extract->hasher);
	extract->hasher = NULL;
	extract->open = false;
	if (status == SILT_OK) {
		status = extract->sink->end(extract->sink->ctx, err);
	}
	extract->summary->files++;
	extract->summary->bytes += extract->given;
	return status == SILT_OK ? write_record(extract, chosen, digest.sha256, err) : status;
}

static enum silt_status take_piece(void *ctx, const struct silt_dig_piece *piece, struct silt_error *err)
{
	struct extract *extract = ctx;
	const struct silt_chosen *chosen = &extract->choice.items[extract->numbers[piece->item]];
	enum silt_status status = extract->open ? SILT_OK : begin(extract, chosen, err);
	if (status == SILT_OK && piece->offset > extract->given) {
		status = fill_hole(extract, piece->offset, err);
	}
	if (status == SILT_OK && piece->bytes.len > 0) {
		silt_hasher_add(extract->hasher, piece->bytes);
		extract->given += piece->bytes.len;
		status = extract->sink->data(extract->sink->ctx, piece->bytes, err);
	}
	return status == SILT_OK && piece->last ? end(extract, chosen, err) : status;
}

/* ---- The whole ---------------------------------------------------------------------------------------------------------- */

static enum silt_status dig_files(struct extract *extract, struct silt_bundle *bundle, struct silt_error *err)
{
	const size_t most = extract->choice.count;
	struct silt_dig_item *items = calloc(most + 1, sizeof(*items));
	size_t count = 0;
	extract->numbers = calloc(most + 1, sizeof(*extract->numbers));
	if (!items || !extract->numbers) {
		free(items);
		return silt_fail_memory(err);
	}
	for (size_t i = 0; i < most; i++) {
		if (has_bytes(extract, &extract->choice.items[i])) {
			extract->numbers[count] = i;
			items[count++] = extract->choice.items[i].item;
		}
	}
	const enum silt_status status = silt_dig(bundle, extract->result, items, count, take_piece, extract, err);
	free(items);
	return status;
}

static enum silt_status record_others(struct extract *extract, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < extract->choice.count && status == SILT_OK; i++) {
		if (!has_bytes(extract, &extract->choice.items[i])) {
			extract->summary->others++;
			extract->summary->hollow += extract->choice.items[i].is_file &&
						    is_hollow(extract, &extract->choice.items[i]);
			status = write_record(extract, &extract->choice.items[i], NULL, err);
		}
	}
	return status;
}

enum silt_status silt_extract(struct silt_bundle *bundle, const struct silt_result *result, size_t image,
			      const struct silt_extract_options *options, const struct silt_extract_sink *sink,
			      struct silt_extract_summary *summary, struct silt_error *err)
{
	struct extract extract = {
		.result = result, .image = image, .options = options, .sink = sink, .summary = summary};
	*summary = (struct silt_extract_summary){0};
	enum silt_status status = silt_choose(result, image, options, &extract.choice, err);
	if (status == SILT_OK) {
		status = dig_files(&extract, bundle, err);
	}
	if (status == SILT_OK) {
		status = record_others(&extract, err);
	}
	silt_hasher_free(extract.hasher);
	silt_buffer_done(&extract.name);
	silt_selection_done(&extract.choice);
	free(extract.numbers);
	return status;
}
