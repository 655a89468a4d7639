/* A layer as it is stored: unpacked, and its tar walked; or, of one that is not packed, bodies read at their places. */
#include "evidence/work.h"
#include "stream/inflate.h"

/* ---- From its start on --------------------------------------------------------------------------------------------- */

/*
 * blob ─► runs (STORED) ─► inflate ─► runs (TAR) ─► tar ─► entries
 *                             └─ asides: FRAMING
 */
struct layer {
	struct silt_runs stored, unpacked;
	struct silt_inflate *inflate; /* owns */
	struct silt_tar *tar;         /* owns */
	struct silt_tar_dig dig;
};

static enum silt_status take_aside(void *ctx, enum silt_aside aside, uint64_t offset, bool start, bool end,
				   struct silt_bytes bytes, struct silt_error *err)
{
	struct layer *layer = ctx;
	(void)start;
	if (!layer->dig.work->all) {
		return SILT_OK;
	}
	return silt_give(layer->dig.work, NULL,
			 (struct silt_dig_piece){.stored = layer->dig.stored,
						 .part = SILT_DIG_FRAMING,
						 .entry = SIZE_MAX,
						 .offset = offset,
						 .bytes = bytes,
						 .last = end,
						 .framing = silt_aside_name(aside)},
			 err);
}

/* True if nothing more of this file is wanted. */
static bool is_done(const struct silt_dig_work *work, size_t stored)
{
	return !work->all && !silt_wants_stored(work, stored);
}

static enum silt_status walk(struct layer *layer, struct silt_error *err)
{
	struct silt_dig_work *work = layer->dig.work;
	struct silt_tar_event event = {0};
	enum silt_status status = SILT_OK;
	do {
		silt_pulse_beat(work->bundle->pulse);
		status = silt_tar_next(layer->tar, &event, err);
		if (status == SILT_OK) {
			status = event.kind == SILT_TAR_ENTRY
					 ? silt_tar_dig_entry(&layer->dig, event.entry, err)
					 : silt_tar_dig_event(&layer->dig, &event, silt_tar_position(layer->tar), err);
		}
		if (status != SILT_OK || is_done(work, layer->dig.stored)) {
			return status;
		}
	} while (event.kind != SILT_TAR_END);
	return silt_tar_dig_end(&layer->dig, err);
}

enum silt_status silt_dig_layer(struct silt_dig_work *work, size_t stored, struct silt_source blob,
				struct silt_error *err)
{
	const struct silt_limits *limits = &work->result->limits;
	struct layer layer = {0};
	silt_tar_dig_begin(&layer.dig, work, stored);
	enum silt_status status = silt_inflate_new(silt_runs(&layer.stored, work, stored, SILT_DIG_STORED, false, blob),
						   take_aside, &layer, limits, &layer.inflate, err);
	if (status == SILT_OK) {
		silt_inflate_set_budget(layer.inflate, (struct silt_inflate_budget){.own = SILT_LIMIT_LAYER_BYTES});
		status = silt_tar_new(silt_runs(&layer.unpacked, work, stored, SILT_DIG_TAR, false,
						silt_inflate_source(layer.inflate)),
				      limits, &layer.tar, err);
	}
	if (status == SILT_OK) {
		status = walk(&layer, err);
	}
	silt_tar_free(layer.tar);
	silt_inflate_free(layer.inflate);
	return status;
}

/* ---- At their places ----------------------------------------------------------------------------------------------- */

/* Bodies that are worth it: each costs a reader of its own. */
enum { PLACES_MAX = 16 };

/* The events of one entry, whose headers the range begins with. `*found` false: another entry is there. */
static enum silt_status dig_one(struct silt_tar_dig *dig, uint32_t entry, struct silt_tar *tar, uint64_t base,
				bool *found, struct silt_error *err)
{
	struct silt_tar_event event = {0};
	enum silt_status status = SILT_OK;
	bool ended = false;
	*found = false;
	while (status == SILT_OK && !ended) {
		status = silt_tar_next(tar, &event, err);
		if (status == SILT_OK && event.kind == SILT_TAR_ENTRY) {
			if (*found) {
				return SILT_OK;
			}
			struct silt_tar_entry here = *event.entry;
			here.offset += base;
			dig->next = entry;
			status = silt_tar_dig_entry(dig, &here, err);
			*found = dig->entry == entry;
			ended = !*found || !here.has_data;
		} else if (status == SILT_OK && event.kind == SILT_TAR_DATA && *found) {
			status = silt_tar_dig_event(dig, &event, 0, err);
			ended = event.last;
		} else {
			ended = event.kind == SILT_TAR_END;
		}
	}
	return status;
}

static enum silt_status dig_at(struct silt_tar_dig *dig, uint32_t entry, struct silt_file_range range, bool *found,
			       struct silt_error *err)
{
	const uint64_t base = silt_entry_offset(&dig->record->entries[entry]);
	const struct silt_file_range rest = {range.fd, range.offset + base, range.size - base};
	struct silt_fd_source *source = NULL;
	struct silt_tar *tar = NULL;
	enum silt_status status = silt_range_source_new(rest, &source, err);
	if (status == SILT_OK) {
		status = silt_tar_new(silt_fd_source(source), &dig->work->result->limits, &tar, err);
	}
	if (status == SILT_OK) {
		status = dig_one(dig, entry, tar, base, found, err);
	}
	silt_tar_free(tar);
	silt_fd_source_free(source);
	return status;
}

/* What Go's reader does not read is where it is by what stands in front of it. */
static bool has_place(const struct silt_record *record, const struct silt_wanted_item *item,
		      struct silt_file_range range)
{
	const struct silt_entry *entry = &record->entries[item->item.entry];
	return !(entry->flags & SILT_ENTRY_DISPUTED) && silt_entry_offset(entry) < range.size;
}

enum silt_status silt_dig_places(struct silt_dig_work *work, size_t stored, struct silt_file_range range, bool *served,
				 struct silt_error *err)
{
	struct silt_tar_dig dig;
	size_t runs, of_tar;
	silt_tar_dig_begin(&dig, work, stored);
	(void)silt_wanted_of(work, stored, SILT_DIG_STORED, &runs);
	(void)silt_wanted_of(work, stored, SILT_DIG_TAR, &of_tar);
	*served = !work->all && runs == 0 && of_tar == 0 && dig.count <= PLACES_MAX &&
		  dig.record->compression == SILT_COMPRESSION_NONE && dig.record->complete;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < dig.count && *served && status == SILT_OK; i++) {
		if (!has_place(dig.record, &dig.items[i], range)) {
			*served = false;
		} else if (!dig.items[i].done) {
			status = dig_at(&dig, (uint32_t)dig.items[i].item.entry, range, served, err);
		}
	}
	return status;
}
