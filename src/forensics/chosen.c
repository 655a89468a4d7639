/* Which entries fit the patterns. */
#include "forensics/chosen.h"
#include "base/error.h"
#include "base/escape.h"
#include "base/path.h"
#include "base/secure.h"
#include "forensics/fitting.h"
#include "forensics/places.h"
#include "forensics/stray.h"

#include <stdlib.h>
#include <string.h>

enum { PATTERN_SHOWN = 120 };

/* ---- Choosing -------------------------------------------------------------------------------------------------------- */

struct choose {
	const struct silt_result *result;
	const struct silt_image *image;
	const struct silt_extract_options *options;
	struct silt_selection *out;
	struct silt_fitting *fittings; /* owns; per pattern */
	size_t *first;                 /* owns; of each layer, where its entries begin in `named` */
	bool *named;                   /* owns; per entry: a name of the final tree stands for it */
	struct silt_stray stray;       /* owns */
	struct silt_buffer path;       /* owns */
	struct silt_places places;     /* owns */
};

static bool fits_any(const struct choose *choose, struct silt_bytes path)
{
	return silt_fits_any(choose->fittings, choose->options->pattern_count, path);
}

/* `body`: the entry whose bytes it shows; none: those of no file. */
static struct silt_chosen describe(const struct choose *choose, size_t stored, struct silt_entry_ref at,
				   struct silt_entry_ref body)
{
	struct silt_chosen chosen = {.stored = stored,
				     .index = at.index,
				     .layer = at.layer,
				     .item = {.stored = stored, .part = SILT_DIG_BODY, .entry = at.index},
				     .same_as = SIZE_MAX};
	struct silt_entry_view view;
	if (at.layer == SIZE_MAX) {
		chosen.is_file = silt_stored_entry(choose->result, stored, body.index, &view) &&
				 view.type == SILT_ENTRY_FILE;
		chosen.item.entry = chosen.is_file ? body.index : at.index;
	} else if (silt_image_entry(choose->image, body.layer, body.index, &view) && view.type == SILT_ENTRY_FILE) {
		chosen.is_file = true;
		chosen.item.stored = choose->image->layers[body.layer].stored;
		chosen.item.entry = body.index;
	}
	return chosen;
}

static enum silt_status add(struct choose *choose, const struct silt_chosen *chosen, struct silt_error *err)
{
	struct silt_selection *out = choose->out;
	if (!silt_grow((void **)&out->items, out->count, &out->capacity, sizeof(*out->items))) {
		return silt_fail_memory(err);
	}
	out->items[out->count++] = *chosen;
	return SILT_OK;
}

/* ---- Of the final tree ----------------------------------------------------------------------------------------------- */

/* A name counts, whatever became of other names of its content. */
static enum silt_status take_name(struct choose *choose, struct silt_bytes path, const struct silt_tree_node *node,
				  const struct silt_entry_view *view, struct silt_error *err)
{
	struct silt_entry_view content;
	const size_t wanted = choose->options->layer;
	const bool has_content = silt_image_entry(choose->image, node->content.layer, node->content.index, &content);
	if ((wanted != SIZE_MAX && wanted != node->meta.layer) ||
	    (has_content ? &content : view)->type == SILT_ENTRY_DIRECTORY || !fits_any(choose, path)) {
		return SILT_OK;
	}
	struct silt_chosen chosen =
		describe(choose, choose->image->layers[node->meta.layer].stored, node->meta, node->content);
	chosen.named = true;
	if (!silt_bytes_equal(silt_path_join(&choose->path, view->folder, view->name), path)) {
		chosen.path = silt_arena_copy(&choose->out->paths, path);
		choose->path.failed = choose->path.failed || !chosen.path.ptr;
	}
	return choose->path.failed ? silt_fail_memory(err) : add(choose, &chosen, err);
}

static enum silt_status see_name(void *ctx, struct silt_bytes path, const struct silt_tree_node *node,
				 struct silt_error *err)
{
	struct choose *choose = ctx;
	struct silt_entry_view view;
	if (!silt_image_entry(choose->image, node->meta.layer, node->meta.index, &view)) {
		return SILT_OK;
	}
	choose->named[choose->first[node->meta.layer] + node->meta.index] = true;
	return choose->options->from == SILT_EXTRACT_VISIBLE ? take_name(choose, path, node, &view, err) : SILT_OK;
}

/* The tree has its names in their order, and the choice those of the archives. */
static int order_entries(const void *left, const void *right)
{
	const struct silt_chosen *a = left, *b = right;
	if (a->stored != b->stored) {
		return a->stored < b->stored ? -1 : 1;
	}
	if (a->index != b->index) {
		return a->index < b->index ? -1 : 1;
	}
	return (a->layer > b->layer) - (a->layer < b->layer);
}

static enum silt_status walk_tree(struct choose *choose, struct silt_error *err)
{
	size_t count = 0;
	choose->first = calloc(choose->image->layer_count + 1, sizeof(*choose->first));
	for (size_t i = 0; choose->first && i < choose->image->layer_count; i++) {
		choose->first[i] = count;
		count += (size_t)choose->image->layers[i].entry_count;
	}
	choose->named = calloc(count + 1, sizeof(*choose->named));
	if (!choose->first || !choose->named) {
		return silt_fail_memory(err);
	}
	const enum silt_status status = silt_tree_walk(choose->image, see_name, choose, err);
	if (choose->out->count > 0) {
		qsort(choose->out->items, choose->out->count, sizeof(*choose->out->items), order_entries);
	}
	return status;
}

/* ---- Of layers ------------------------------------------------------------------------------------------------------- */

/* By its name in the layer, or by the one that links in its folder made of it when the layer came. */
static bool fits_entry(struct choose *choose, size_t layer, const struct silt_entry_view *view)
{
	struct silt_bytes place;
	bool fitted = fits_any(choose, silt_path_join(&choose->path, view->folder, view->name));
	if (layer != SIZE_MAX && silt_places_lead(&choose->places, view->folder, view->name, &place)) {
		fitted = fits_any(choose, place) || fitted;
	}
	return fitted;
}

static enum silt_status take_entry(struct choose *choose, size_t stored, struct silt_entry_ref at,
				   const struct silt_entry_view *view, struct silt_error *err)
{
	const bool named = at.layer != SIZE_MAX && choose->named[choose->first[at.layer] + at.index];
	if (view->whiteout || view->type == SILT_ENTRY_DIRECTORY ||
	    (named && choose->options->from == SILT_EXTRACT_HIDDEN)) {
		return SILT_OK;
	}
	const bool fitted = fits_entry(choose, at.layer, view);
	if (choose->path.failed || silt_places_failed(&choose->places)) {
		return silt_fail_memory(err);
	}
	if (!fitted) {
		return SILT_OK;
	}
	struct silt_entry_ref body = at;
	enum silt_status status = SILT_OK;
	if (view->type == SILT_ENTRY_HARDLINK && at.layer != SIZE_MAX) {
		body = silt_tree_linked(choose->image, at);
	} else if (view->type == SILT_ENTRY_HARDLINK) {
		status = silt_stray_linked(&choose->stray, stored, at.index, &body.index, err);
	}
	struct silt_chosen chosen = describe(choose, stored, at, body);
	chosen.named = named;
	return status == SILT_OK ? add(choose, &chosen, err) : status;
}

/* All entries of a file of the bundle, as the layer that it is; SIZE_MAX: as one of no image. */
static enum silt_status take_layer(struct choose *choose, size_t stored, size_t layer, struct silt_error *err)
{
	struct silt_stored facts;
	struct silt_entry_view view;
	const size_t wanted = choose->options->layer;
	enum silt_status status = SILT_OK;
	if ((wanted != SIZE_MAX && wanted != layer) || !silt_stored_get(choose->result, stored, &facts)) {
		return SILT_OK;
	}
	for (size_t i = 0; i < facts.entry_count && status == SILT_OK; i++) {
		const bool is_there = layer != SIZE_MAX ? silt_image_entry(choose->image, layer, i, &view)
							: silt_stored_entry(choose->result, stored, i, &view);
		status = is_there ? take_entry(choose, stored, (struct silt_entry_ref){layer, i}, &view, err) : SILT_OK;
	}
	return status;
}

/* An image may have a file of the bundle as more than one of its layers. */
static enum silt_status take_layers(struct choose *choose, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < choose->image->layer_count && status == SILT_OK; i++) {
		if (choose->image->layers[i].present) {
			status = silt_places_of_layer(&choose->places, i, err);
		}
		if (status == SILT_OK && choose->image->layers[i].present) {
			status = take_layer(choose, choose->image->layers[i].stored, i, err);
		}
	}
	return status;
}

/* Files of the bundle that could be layers, and are of no image. */
static enum silt_status take_strays(struct choose *choose, struct silt_error *err)
{
	struct silt_stored facts;
	enum silt_status status = SILT_OK;
	size_t image, of;
	for (size_t i = 0; status == SILT_OK && silt_stored_get(choose->result, i, &facts); i++) {
		if (facts.kind == SILT_STORED_TAR && !silt_stored_layer(choose->result, i, &image, &of) &&
		    !silt_stored_is_elsewhere(choose->result, i)) {
			status = take_layer(choose, i, SIZE_MAX, err);
		}
	}
	return status;
}

/* In the order of the files, and of what they are layers of. */
static int order_versions(const void *left, const void *right)
{
	const struct silt_chosen *a = left, *b = right;
	if (a->stored == b->stored && a->layer != b->layer) {
		return a->layer < b->layer ? -1 : 1;
	}
	return order_entries(left, right);
}

static enum silt_status take_versions(struct choose *choose, struct silt_error *err)
{
	enum silt_status status = take_layers(choose, err);
	if (status == SILT_OK) {
		status = take_strays(choose, err);
	}
	if (choose->out->count > 0) {
		qsort(choose->out->items, choose->out->count, sizeof(*choose->out->items), order_versions);
	}
	return status;
}

/* ---- The same bytes -------------------------------------------------------------------------------------------------- */

static int order_bodies(const void *left, const void *right)
{
	const struct silt_chosen *a = *(const struct silt_chosen *const *)left;
	const struct silt_chosen *b = *(const struct silt_chosen *const *)right;
	if (a->item.stored != b->item.stored) {
		return a->item.stored < b->item.stored ? -1 : 1;
	}
	if (a->item.entry != b->item.entry) {
		return a->item.entry < b->item.entry ? -1 : 1;
	}
	return (a > b) - (a < b);
}

/* Of those that show the same bytes, the first has them. */
static enum silt_status mark_same(struct silt_selection *choice, struct silt_error *err)
{
	struct silt_chosen **order = calloc(choice->count + 1, sizeof(struct silt_chosen *));
	if (!order) {
		return silt_fail_memory(err);
	}
	for (size_t i = 0; i < choice->count; i++) {
		order[i] = &choice->items[i];
	}
	qsort(order, choice->count, sizeof(*order), order_bodies);
	for (size_t i = 1, first = 0; i < choice->count; i++) {
		const struct silt_dig_item *a = &order[first]->item, *b = &order[i]->item;
		if (a->stored == b->stored && a->entry == b->entry) {
			order[i]->same_as = order[i]->is_file ? (size_t)(order[first] - choice->items) : SIZE_MAX;
		} else {
			first = i;
		}
	}
	free(order);
	return SILT_OK;
}

/* ---- The whole ------------------------------------------------------------------------------------------------------- */

static enum silt_status demand_fits(const struct choose *choose, struct silt_error *err)
{
	for (size_t i = 0; i < choose->options->pattern_count; i++) {
		char shown[PATTERN_SHOWN];
		if (!choose->fittings[i].met) {
			return silt_fail(
				err, SILT_ERR_USAGE, "nothing in it%s is called %s%s",
				silt_result_coverage(choose->result)->complete ? "" : " that could be read",
				silt_escape_text(silt_bytes_text(choose->options->patterns[i]), shown, sizeof(shown)),
				choose->options->from == SILT_EXTRACT_VISIBLE
					? " in the final tree: --all looks at every version"
					: "");
		}
	}
	return SILT_OK;
}

static enum silt_status choose_all(struct choose *choose, struct silt_error *err)
{
	const struct silt_extract_options *options = choose->options;
	enum silt_status status = silt_fittings_new(choose->image, options->patterns, options->pattern_count,
						    options->from != SILT_EXTRACT_VISIBLE, &choose->fittings, err);
	if (status == SILT_OK) {
		status = walk_tree(choose, err);
	}
	if (status == SILT_OK && options->from != SILT_EXTRACT_VISIBLE) {
		status = take_versions(choose, err);
	}
	if (status == SILT_OK) {
		status = demand_fits(choose, err);
	}
	return status == SILT_OK ? mark_same(choose->out, err) : status;
}

enum silt_status silt_choose(const struct silt_result *result, size_t image, const struct silt_extract_options *options,
			     struct silt_selection *out, struct silt_error *err)
{
	size_t count;
	struct choose choose = {.result = result,
				.image = &silt_result_images(result, &count)[image],
				.options = options,
				.out = out,
				.stray = {.result = result}};
	silt_places_begin(&choose.places, choose.image);
	const enum silt_status status = choose_all(&choose, err);
	silt_fittings_free(choose.fittings, options->pattern_count);
	silt_buffer_done(&choose.path);
	silt_places_done(&choose.places);
	silt_stray_done(&choose.stray);
	free(choose.first);
	free(choose.named);
	return status;
}

void silt_selection_done(struct silt_selection *choice)
{
	silt_arena_done(&choice->paths);
	free(choice->items);
	*choice = (struct silt_selection){0};
}
