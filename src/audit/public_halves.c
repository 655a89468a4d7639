/* From the id of a key to the places of its public half, in words. */
#include "audit/public_halves.h"

#include "base/buffer.h"
#include "base/escape.h"

#include <assert.h>
#include <stdlib.h>

struct silt_known_half {
	const struct silt_public_half *half; /* borrows */
	const struct silt_record *record;    /* borrows; the one it is of */
};

/* ---- Collecting ---------------------------------------------------------------------------------------------------- */

static struct silt_bytes path_of(const struct silt_known_half *known, struct silt_path_room *room)
{
	return silt_entry_path(known->record, &known->record->entries[known->half->entry], room);
}

static int order_places(const struct silt_known_half *a, const struct silt_known_half *b)
{
	struct silt_path_room rooms[2];
	int order = silt_bytes_compare(path_of(a, &rooms[0]), path_of(b, &rooms[1]));
	return order != 0 ? order : silt_bytes_compare(a->half->inner, b->half->inner);
}

static int order_halves(const void *left, const void *right)
{
	const struct silt_known_half *a = left, *b = right;
	int order = memcmp(a->half->id, b->half->id, SILT_PUBLIC_ID_SIZE);
	return order != 0 ? order : order_places(a, b);
}

static size_t add_record(struct silt_known_half *items, const struct silt_record *record)
{
	for (size_t i = 0; items && i < record->public_count; i++) {
		items[i] = (struct silt_known_half){&record->public_halves[i], record};
	}
	return record->public_count;
}

/* Writes the halves of all records to `items`, unless it is NULL, and returns how many there are. */
static size_t add_all(struct silt_known_half *items, const struct silt_context *context)
{
	size_t count = add_record(items, context->outer);
	for (size_t i = 0; i < context->record_count; i++) {
		count += add_record(items ? items + count : NULL, context->records[i]);
	}
	return count;
}

enum silt_status silt_public_halves_init(struct silt_public_halves *halves, const struct silt_context *context,
					 struct silt_error *err)
{
	halves->count = add_all(NULL, context);
	halves->items = calloc(halves->count + 1, sizeof(*halves->items));
	if (!halves->items) {
		return silt_fail_memory(err);
	}
	add_all(halves->items, context);
	qsort(halves->items, halves->count, sizeof(*halves->items), order_halves);
	return SILT_OK;
}

void silt_public_halves_done(struct silt_public_halves *halves)
{
	free(halves->items);
	*halves = (struct silt_public_halves){0};
}

/* ---- Telling ------------------------------------------------------------------------------------------------------- */

enum kind { OPENS, CERTIFICATE, HOST, PUBLIC, KINDS };

/* What stands before the places. */
static const char *const sentences[KINDS] = {
	[OPENS] = "It is let in by ",
	[CERTIFICATE] = "Its certificate is in ",
	[HOST] = "It is the key of a host known to ",
	[PUBLIC] = "Its public key is in ",
};

/* What a public key is for is told by where it stands. */
static enum kind kind_of(const struct silt_known_half *known)
{
	struct silt_path_room room;
	struct silt_bytes path = known->half->inner.len > 0 ? known->half->inner : path_of(known, &room);
	if (strcmp(known->half->what, "certificate") == 0) {
		return CERTIFICATE;
	}
	if (silt_bytes_find(path, SILT_LITERAL("authorized_keys")) != SIZE_MAX) {
		return OPENS;
	}
	return silt_bytes_find(path, SILT_LITERAL("known_hosts")) != SIZE_MAX ? HOST : PUBLIC;
}

static void add_place(struct silt_buffer *out, const struct silt_known_half *known)
{
	assert(known);
	struct silt_path_room room;
	silt_buffer_add_text(out, "/");
	silt_escape(out, path_of(known, &room));
	if (known->half->inner.len > 0) {
		silt_buffer_add_text(out, "!/");
		silt_escape(out, known->half->inner);
	}
}

enum {
	NAMED_MAX = 2,
	/* Places counted of one key: a bundle full of copies must not cost time for each pair of halves. */
	LOOKED_AT_MAX = 1000,
};

/* "/a, /b and 3 more" */
static void add_places(struct silt_buffer *out, const struct silt_known_half *const named[static NAMED_MAX],
		       size_t count)
{
	add_place(out, named[0]);
	if (count == 1) {
		return;
	}
	silt_buffer_add_text(out, count > NAMED_MAX ? ", " : " and ");
	add_place(out, named[1]);
	if (count > NAMED_MAX) {
		silt_buffer_printf(out, " and %zu more", count - NAMED_MAX);
	}
}

/* A sentence of one kind about the halves from `first` on, which have one id and are in the order of their places. */
static void tell_kind(const struct silt_known_half *first, size_t count, enum kind kind, struct silt_buffer *out)
{
	const struct silt_known_half *named[NAMED_MAX] = {NULL, NULL}, *last = NULL;
	size_t places = 0;
	for (size_t i = 0; i < count; i++) {
		if (kind_of(&first[i]) != kind || (last && order_places(last, &first[i]) == 0)) {
			continue;
		}
		last = &first[i];
		if (places < NAMED_MAX) {
			named[places] = last;
		}
		places++;
	}
	if (places > 0) {
		silt_buffer_add_text(out, out->len > 0 ? " " : "");
		silt_buffer_add_text(out, sentences[kind]);
		add_places(out, named, places);
		silt_buffer_add_text(out, ".");
	}
}

/* The first item whose id does not come before `id`. */
static size_t lower_bound(const struct silt_public_halves *halves, const uint8_t *id)
{
	size_t low = 0, high = halves->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (memcmp(halves->items[middle].half->id, id, SILT_PUBLIC_ID_SIZE) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

void silt_public_halves_tell(const struct silt_public_halves *halves, const uint8_t id[static SILT_PUBLIC_ID_SIZE],
			     struct silt_buffer *out)
{
	size_t first = lower_bound(halves, id), end = first;
	while (end < halves->count && end - first < LOOKED_AT_MAX &&
	       memcmp(halves->items[end].half->id, id, SILT_PUBLIC_ID_SIZE) == 0) {
		end++;
	}
	for (enum kind kind = OPENS; kind < KINDS; kind++) {
		tell_kind(&halves->items[first], end - first, kind, out);
	}
}
