/* The second reading: through the bundle once more, and what is wanted of it handed out. */
#include "silt/dig.h"

#include "base/error.h"
#include "evidence/work.h"
#include "layer/kept.h"
#include "stream/inflate.h"

#include <stdlib.h>

const char *silt_dig_part_name(enum silt_dig_part part)
{
	static const char *const names[] = {
		[SILT_DIG_BODY] = "body", [SILT_DIG_HEADER] = "header",   [SILT_DIG_PADDING] = "padding",
		[SILT_DIG_TAIL] = "tail", [SILT_DIG_FRAMING] = "framing", [SILT_DIG_STORED] = "stored",
		[SILT_DIG_TAR] = "tar",
	};
	return (size_t)part < SILT_COUNT(names) ? names[part] : "unknown";
}

/* ---- What is wanted ------------------------------------------------------------------------------------------------ */

static int order(const void *left, const void *right)
{
	const struct silt_wanted_item *a = left, *b = right;
	const struct silt_dig_item *x = &a->item, *y = &b->item;
	if (x->stored != y->stored) {
		return x->stored < y->stored ? -1 : 1;
	}
	if (x->part != y->part) {
		return x->part < y->part ? -1 : 1;
	}
	if (x->entry != y->entry) {
		return x->entry < y->entry ? -1 : 1;
	}
	if (x->offset != y->offset) {
		return x->offset < y->offset ? -1 : 1;
	}
	return (a->number > b->number) - (a->number < b->number);
}

/* The first item that is not in front of file `stored`, part `part`. */
static size_t first_of(const struct silt_dig_work *work, size_t stored, unsigned part)
{
	size_t low = 0, high = work->count;
	while (low < high) {
		const size_t half = low + (high - low) / 2;
		const struct silt_dig_item *item = &work->items[half].item;
		if (item->stored < stored || (item->stored == stored && (unsigned)item->part < part)) {
			low = half + 1;
		} else {
			high = half;
		}
	}
	return low;
}

struct silt_wanted_item *silt_wanted_of(const struct silt_dig_work *work, size_t stored, enum silt_dig_part part,
					size_t *count)
{
	const size_t first = first_of(work, stored, (unsigned)part);
	*count = first_of(work, stored, (unsigned)part + 1) - first;
	return *count > 0 ? &work->items[first] : NULL;
}

bool silt_wants_stored(const struct silt_dig_work *work, size_t stored)
{
	const size_t end = first_of(work, stored + 1, 0);
	bool wanted = false;
	for (size_t i = first_of(work, stored, 0); i < end && !wanted; i++) {
		wanted = !work->items[i].done;
	}
	return wanted;
}

enum silt_status silt_give(struct silt_dig_work *work, struct silt_wanted_item *item, struct silt_dig_piece piece,
			   struct silt_error *err)
{
	piece.item = item ? item->number : SIZE_MAX;
	if (item && piece.last && !item->done) {
		item->done = true;
		work->left--;
	}
	return work->fn(work->ctx, &piece, err);
}

/* An item that no file of the bundle has is a mistake of the caller. */
static enum silt_status check_item(const struct silt_dig_work *work, const struct silt_dig_item *item,
				   struct silt_error *err)
{
	const struct silt_result *result = work->result;
	if (work->bundle->folder && item->stored == 0 && item->part != SILT_DIG_BODY) {
		return silt_fail(err, SILT_ERR_USAGE, "a folder has no bytes of its own, only those of its files");
	}
	const struct silt_record *record =
		item->stored < result->stored_count ? silt_stored_record(result, item->stored) : NULL;
	const bool is_there = item->part == SILT_DIG_STORED ? item->stored < result->stored_count
			      : item->part == SILT_DIG_TAR  ? record != NULL
			      : item->part == SILT_DIG_BODY ? record && item->entry < record->entry_count
							    : false;
	return is_there ? SILT_OK
			: silt_fail(err, SILT_ERR_USAGE, "nothing of the bundle is file %zu, entry %zu, part %s",
				    item->stored, item->entry, silt_dig_part_name(item->part));
}

static enum silt_status take_items(struct silt_dig_work *work, const struct silt_dig_item *items, size_t count,
				   struct silt_error *err)
{
	work->items = calloc(count + 1, sizeof(*work->items));
	if (!work->items) {
		return silt_fail_memory(err);
	}
	for (size_t i = 0; i < count; i++) {
		const enum silt_status status = check_item(work, &items[i], err);
		if (status != SILT_OK) {
			return status;
		}
		work->items[i] = (struct silt_wanted_item){.item = items[i], .number = i};
	}
	work->count = work->left = count;
	qsort(work->items, count, sizeof(*work->items), order);
	return SILT_OK;
}

/* ---- The bundle ---------------------------------------------------------------------------------------------------- */

/* The tar of the bundle, or its folder, walked once more. */
struct outer {
	struct silt_dig_work *work;
	struct silt_runs stored, unpacked;
	struct silt_inflate *inflate; /* owns; NULL: a folder */
	struct silt_tar *tar;         /* owns; NULL: a folder */
	struct silt_tar_body body;
	struct silt_tar_dig dig;
	size_t next;  /* file of the bundle that comes next */
	bool is_root; /* what is in it is no file of a bundle, but of a root filesystem */
};

static enum silt_status next_event(void *ctx, struct silt_tar_event *event, struct silt_error *err)
{
	struct outer *outer = ctx;
	silt_pulse_beat(outer->work->bundle->pulse);
	return outer->tar ? silt_tar_next(outer->tar, event, err)
			  : silt_folder_next(outer->work->bundle->folder, event, err);
}

static enum silt_status take_event(void *ctx, const struct silt_tar_event *event, struct silt_error *err)
{
	struct outer *outer = ctx;
	return silt_tar_dig_event(&outer->dig, event, outer->tar ? silt_tar_position(outer->tar) : 0, err);
}

static enum silt_status take_aside(void *ctx, enum silt_aside aside, uint64_t offset, bool start, bool end,
				   struct silt_bytes bytes, struct silt_error *err)
{
	struct outer *outer = ctx;
	(void)start;
	if (!outer->work->all) {
		return SILT_OK;
	}
	return silt_give(outer->work, NULL,
			 (struct silt_dig_piece){.part = SILT_DIG_FRAMING,
						 .entry = SIZE_MAX,
						 .offset = offset,
						 .bytes = bytes,
						 .last = end,
						 .framing = silt_aside_name(aside)},
			 err);
}

/* The number of the file that the entry under way is; 0: none. */
static size_t file_of(struct outer *outer)
{
	const struct silt_result *result = outer->work->result;
	while (outer->next < result->stored_count &&
	       silt_stored_member(result, outer->next)->entry < outer->dig.entry) {
		outer->next++;
	}
	const bool is_file = outer->dig.entry != UINT32_MAX && outer->next < result->stored_count &&
			     silt_stored_member(result, outer->next)->entry == outer->dig.entry;
	return is_file ? outer->next : 0;
}

/* Where the body that comes is in a file that can be read at any place; not if bytes of the bundle itself are wanted. */
static bool find_place(struct outer *outer, uint64_t size, struct silt_file_range *range)
{
	const struct silt_fd_source *file = outer->work->bundle->file;
	const bool runs = outer->stored.count > 0 || outer->unpacked.count > 0;
	const bool plain = outer->tar && file && outer->work->result->outer->compression == SILT_COMPRESSION_NONE;
	return plain && !runs && silt_fd_source_locate(file, silt_tar_position(outer->tar), size, range);
}

/* A body that nobody wants, or that was read at its place: its bytes need not be read. */
static void pass_over(struct outer *outer, uint64_t size)
{
	struct silt_file_range range;
	if (!outer->work->all && find_place(outer, size, &range)) {
		silt_fd_source_pass_over(outer->work->bundle->file, silt_tar_position(outer->tar) + size);
	}
}

static enum silt_status dig_file(struct outer *outer, size_t number, uint64_t size, bool plain, struct silt_error *err)
{
	struct silt_dig_work *work = outer->work;
	struct silt_file_range range;
	struct silt_runs runs;
	bool served = false;
	enum silt_status status = SILT_OK;
	const bool is_tar = silt_stored_record(work->result, number) != NULL;
	if (is_tar && plain && find_place(outer, size, &range)) {
		status = silt_dig_places(work, number, range, &served, err);
	}
	if (status == SILT_OK && served) {
		pass_over(outer, size);
		return SILT_OK;
	}
	struct silt_source body = silt_tar_body_source(&outer->body);
	if (status == SILT_OK) {
		status = is_tar ? silt_dig_layer(work, number, body, err)
				: silt_source_drain(silt_runs(&runs, work, number, SILT_DIG_STORED, work->all, body),
						    err);
	}
	return status;
}

/* A file without bytes has no body to be read. */
static enum silt_status dig_empty(struct silt_dig_work *work, size_t number, struct silt_error *err)
{
	struct silt_memory_source nothing = {0};
	struct silt_runs runs;
	return silt_source_drain(
		silt_runs(&runs, work, number, SILT_DIG_STORED, work->all, silt_memory_source(&nothing)), err);
}

static enum silt_status take_entry(struct outer *outer, const struct silt_tar_event *event, struct silt_error *err)
{
	const uint64_t size = event->entry->size;
	const bool has_body = event->entry->has_data;
	const bool plain = !event->entry->sparse && event->entry->reading == SILT_TAR_READ_ALIKE;
	enum silt_status status = silt_tar_dig_entry(&outer->dig, event->entry, err);
	const size_t number = outer->is_root ? 0 : file_of(outer);
	const bool wanted = number > 0 && (outer->work->all || silt_wants_stored(outer->work, number));
	if (status != SILT_OK) {
		return status;
	}
	if (wanted && has_body) {
		outer->dig.open = outer->dig.open && !outer->work->all; /* in place of its body */
		return dig_file(outer, number, size, plain, err);
	}
	if (wanted) {
		return dig_empty(outer->work, number, err);
	}
	if (plain && has_body && !outer->dig.open) {
		pass_over(outer, size);
	}
	return SILT_OK;
}

static enum silt_status walk(struct outer *outer, struct silt_error *err)
{
	struct silt_tar_event event = {0};
	do {
		enum silt_status status = silt_tar_body_event(&outer->body, &event, err);
		if (status == SILT_OK) {
			status = event.kind == SILT_TAR_ENTRY ? take_entry(outer, &event, err)
							      : take_event(outer, &event, err);
		}
		if (status != SILT_OK || (!outer->work->all && outer->work->left == 0)) {
			return status;
		}
	} while (event.kind != SILT_TAR_END);
	return silt_tar_dig_end(&outer->dig, err);
}

static enum silt_status open_tar(struct outer *outer, struct silt_error *err)
{
	const struct silt_limits *limits = &outer->work->result->limits;
	struct silt_source bytes = silt_bundle_source(outer->work->bundle);
	enum silt_status status =
		silt_inflate_new(silt_runs(&outer->stored, outer->work, 0, SILT_DIG_STORED, false, bytes), take_aside,
				 outer, limits, &outer->inflate, err);
	return status == SILT_OK ? silt_tar_new(silt_runs(&outer->unpacked, outer->work, 0, SILT_DIG_TAR, false,
							  silt_inflate_source(outer->inflate)),
						limits, &outer->tar, err)
				 : status;
}

static enum silt_status read_again(struct silt_dig_work *work, struct silt_error *err)
{
	struct outer outer = {.work = work, .next = 1, .is_root = strcmp(work->result->format, "rootfs") == 0};
	outer.body = (struct silt_tar_body){.next = next_event, .take = take_event, .ctx = &outer};
	silt_tar_dig_begin(&outer.dig, work, 0);
	enum silt_status status = silt_bundle_rewind(work->bundle, err);
	if (status == SILT_OK && !work->bundle->folder) {
		status = open_tar(&outer, err);
	}
	if (status == SILT_OK) {
		status = walk(&outer, err);
	}
	silt_tar_free(outer.tar);
	silt_inflate_free(outer.inflate);
	return status;
}

/* What the first reading kept. */
static enum silt_status give_known(struct silt_dig_work *work, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < work->count && status == SILT_OK; i++) {
		struct silt_wanted_item *item = &work->items[i];
		if (item->item.part != SILT_DIG_BODY) {
			continue;
		}
		const struct silt_record *record = silt_stored_record(work->result, item->item.stored);
		struct silt_bytes body;
		if (silt_record_kept(record, (uint32_t)item->item.entry, &body)) {
			const struct silt_dig_piece piece = {.stored = item->item.stored,
							     .part = SILT_DIG_BODY,
							     .entry = item->item.entry,
							     .bytes = body,
							     .last = true};
			status = silt_give(work, item, piece, err);
		}
	}
	return status;
}

/* ---- The two ways of asking ---------------------------------------------------------------------------------------- */

enum silt_status silt_dig(struct silt_bundle *bundle, const struct silt_result *result,
			  const struct silt_dig_item *items, size_t count, silt_dig_fn *fn, void *ctx,
			  struct silt_error *err)
{
	struct silt_dig_work work = {.bundle = bundle, .result = result, .fn = fn, .ctx = ctx};
	enum silt_status status = take_items(&work, items, count, err);
	if (status == SILT_OK) {
		status = give_known(&work, err);
	}
	if (status == SILT_OK && work.left > 0) {
		status = read_again(&work, err);
	}
	if (status == SILT_OK && work.left > 0) {
		status = silt_fail(err, SILT_ERR_INPUT,
				   "it was changed while it was read: %zu of what was found at first is gone",
				   work.left);
	}
	free(work.items);
	return status;
}

enum silt_status silt_dig_all(struct silt_bundle *bundle, const struct silt_result *result, silt_dig_fn *fn, void *ctx,
			      struct silt_error *err)
{
	struct silt_dig_work work = {.bundle = bundle, .result = result, .fn = fn, .ctx = ctx, .all = true};
	return read_again(&work, err);
}
