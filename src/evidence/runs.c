/* Runs of bytes, cut out of a stream as it passes. */
#include "evidence/work.h"

static enum silt_status give_run(struct silt_runs *runs, struct silt_wanted_item *wanted, struct silt_bytes block,
				 struct silt_error *err)
{
	const uint64_t from = wanted->item.offset, end = runs->at + block.len;
	const uint64_t to = wanted->item.length > UINT64_MAX - from ? UINT64_MAX : from + wanted->item.length;
	const bool ended = block.len == 0 || to <= end;
	const uint64_t skip = from > runs->at ? from - runs->at : 0;
	if (wanted->done || (!ended && from >= end)) {
		return SILT_OK;
	}
	struct silt_bytes piece = silt_bytes(NULL, 0);
	if (skip < block.len) {
		const uint64_t most = to - runs->at - skip;
		piece = silt_bytes_slice(block, (size_t)skip, most < block.len ? (size_t)most : block.len);
	}
	return silt_give(runs->work, wanted,
			 (struct silt_dig_piece){.stored = runs->stored,
						 .part = runs->part,
						 .entry = SIZE_MAX,
						 .offset = runs->at + skip,
						 .bytes = piece,
						 .last = ended},
			 err);
}

static enum silt_status next_block(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct silt_runs *runs = ctx;
	enum silt_status status = silt_source_next(runs->inner, block, err);
	for (size_t i = 0; i < runs->count && status == SILT_OK; i++) {
		status = give_run(runs, &runs->items[i], *block, err);
	}
	if (status == SILT_OK && runs->whole) {
		status = silt_give(runs->work, NULL,
				   (struct silt_dig_piece){.stored = runs->stored,
							   .part = runs->part,
							   .entry = SIZE_MAX,
							   .offset = runs->at,
							   .bytes = *block,
							   .last = block->len == 0},
				   err);
	}
	runs->at += block->len;
	runs->whole = runs->whole && block->len > 0;
	return status;
}

struct silt_source silt_runs(struct silt_runs *runs, struct silt_dig_work *work, size_t stored, enum silt_dig_part part,
			     bool whole, struct silt_source inner)
{
	*runs = (struct silt_runs){.inner = inner, .work = work, .stored = stored, .part = part, .whole = whole};
	runs->items = silt_wanted_of(work, stored, part, &runs->count);
	return (struct silt_source){.next = next_block, .ctx = runs};
}
