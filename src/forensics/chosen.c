/* Which entries fit the patterns, and how they are called outside. */
#include "forensics/chosen.h"
#include "base/error.h"
#include "base/escape.h"
#include "base/secure.h"
#include "forensics/glob.h"
#include "stream/digest.h"

#include <stdlib.h>
#include <string.h>

enum {
	/* Bytes of a component outside: with the ending of a record and a number it must fit the 255 of file systems. */
	COMPONENT_MAX = 200,
	COMPONENT_KEPT = 180, /* of one that is cut; the rest tells it from others that begin alike */
	PATTERN_SHOWN = 120,
};

/* ---- Fitting --------------------------------------------------------------------------------------------------------- */

/* "/etc/" and "./etc" are "etc". */
static struct silt_bytes clean_pattern(const char *pattern)
{
	struct silt_bytes text = silt_bytes_text(pattern);
	while (silt_bytes_start_with(text, SILT_LITERAL("./")) || silt_bytes_start_with(text, SILT_LITERAL("/"))) {
		text = silt_bytes_slice(text, text.ptr[0] == '/' ? 1 : 2, text.len);
	}
	while (text.len > 1 && text.ptr[text.len - 1] == '/') {
		text.len--;
	}
	return text;
}

/* The path, or a folder that it is in. */
static bool fits(struct silt_bytes pattern, struct silt_bytes path)
{
	if (pattern.len == 0 || silt_bytes_equal(pattern, SILT_LITERAL(".")) || silt_listing_glob(pattern, path)) {
		return true;
	}
	for (size_t i = path.len; i-- > 0;) {
		if (path.ptr[i] == '/' && silt_listing_glob(pattern, silt_bytes_slice(path, 0, i))) {
			return true;
		}
	}
	return false;
}

static bool is_from(const struct silt_entry_view *view, enum silt_extract_from from)
{
	const bool visible = view->fate == SILT_FATE_VISIBLE;
	return !view->whiteout && (from == SILT_EXTRACT_ALL || (from == SILT_EXTRACT_VISIBLE ? visible : !visible));
}

/* ---- Choosing -------------------------------------------------------------------------------------------------------- */

struct choose {
	const struct silt_result *result;
	const struct silt_image *image;
	const struct silt_extract_options *options;
	struct silt_selection *out;
	bool *fitted; /* per pattern */
};

static void add_path(struct silt_buffer *path, const struct silt_entry_view *view)
{
	silt_buffer_clear(path);
	silt_buffer_add(path, view->folder);
	if (view->folder.len > 0) {
		silt_buffer_add_byte(path, '/');
	}
	silt_buffer_add(path, view->name);
}

static bool fits_any(const struct choose *choose, struct silt_bytes path)
{
	bool fitted = false;
	for (size_t i = 0; i < choose->options->pattern_count; i++) {
		if (fits(clean_pattern(choose->options->patterns[i]), path)) {
			choose->fitted[i] = fitted = true;
		}
	}
	return fitted;
}

/* Where the bytes of an entry are. */
static struct silt_chosen describe(const struct choose *choose, size_t stored, size_t layer, size_t index,
				   const struct silt_entry_view *view)
{
	struct silt_chosen chosen = {.stored = stored,
				     .index = index,
				     .layer = layer,
				     .item = {.stored = stored, .part = SILT_DIG_BODY, .entry = index},
				     .same_as = SIZE_MAX,
				     .is_file = view->type == SILT_ENTRY_FILE};
	if (view->type == SILT_ENTRY_HARDLINK && layer != SIZE_MAX) {
		const struct silt_entry_ref body =
			silt_tree_linked(choose->image, (struct silt_entry_ref){layer, index});
		struct silt_entry_view target;
		chosen.is_file = body.layer != SIZE_MAX &&
				 silt_image_entry(choose->image, body.layer, body.index, &target) &&
				 target.type == SILT_ENTRY_FILE;
		if (chosen.is_file) {
			chosen.item.stored = choose->image->layers[body.layer].stored;
			chosen.item.entry = body.index;
		}
	}
	return chosen;
}

static enum silt_status take(struct choose *choose, size_t stored, size_t layer, size_t index,
			     const struct silt_entry_view *view, struct silt_buffer *path, struct silt_error *err)
{
	struct silt_selection *out = choose->out;
	if (!is_from(view, choose->options->from) || view->type == SILT_ENTRY_DIRECTORY) {
		return SILT_OK;
	}
	add_path(path, view);
	if (path->failed) {
		return silt_fail_memory(err);
	}
	if (!fits_any(choose, silt_buffer_bytes(path))) {
		return SILT_OK;
	}
	if (!silt_grow((void **)&out->items, out->count, &out->capacity, sizeof(*out->items))) {
		return silt_fail_memory(err);
	}
	out->items[out->count++] = describe(choose, stored, layer, index, view);
	return SILT_OK;
}

/* The layer of the image that file `stored` is; SIZE_MAX: none. */
static size_t layer_of(const struct silt_image *image, size_t stored)
{
	size_t layer = SIZE_MAX;
	for (size_t i = 0; i < image->layer_count && layer == SIZE_MAX; i++) {
		layer = image->layers[i].present && image->layers[i].stored == stored ? i : SIZE_MAX;
	}
	return layer;
}

static enum silt_status take_file(struct choose *choose, size_t stored, struct silt_buffer *path,
				  struct silt_error *err)
{
	const size_t layer = layer_of(choose->image, stored), wanted = choose->options->layer;
	struct silt_stored facts;
	enum silt_status status = SILT_OK;
	size_t image, of;
	(void)silt_stored_get(choose->result, stored, &facts);
	const bool is_stray = layer == SIZE_MAX && facts.kind == SILT_STORED_TAR &&
			      !silt_stored_layer(choose->result, stored, &image, &of) &&
			      !silt_stored_is_elsewhere(choose->result, stored);
	if ((layer == SIZE_MAX && !is_stray) || (wanted != SIZE_MAX && wanted != layer)) {
		return SILT_OK;
	}
	for (size_t i = 0; i < facts.entry_count && status == SILT_OK; i++) {
		struct silt_entry_view view;
		const bool is_there = layer != SIZE_MAX ? silt_image_entry(choose->image, layer, i, &view)
							: silt_stored_entry(choose->result, stored, i, &view);
		status = is_there ? take(choose, stored, layer, i, &view, path, err) : SILT_OK;
	}
	return status;
}

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
			order[i]->same_as = (size_t)(order[first] - choice->items);
		} else {
			first = i;
		}
	}
	free(order);
	return SILT_OK;
}

static enum silt_status demand_fits(const struct choose *choose, struct silt_error *err)
{
	for (size_t i = 0; i < choose->options->pattern_count; i++) {
		char shown[PATTERN_SHOWN];
		if (!choose->fitted[i]) {
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

enum silt_status silt_choose(const struct silt_result *result, size_t image, const struct silt_extract_options *options,
			     struct silt_selection *out, struct silt_error *err)
{
	size_t count;
	struct choose choose = {.result = result,
				.image = &silt_result_images(result, &count)[image],
				.options = options,
				.out = out,
				.fitted = calloc(options->pattern_count + 1, sizeof(bool))};
	struct silt_buffer path = {0};
	enum silt_status status = choose.fitted ? SILT_OK : silt_fail_memory(err);
	for (size_t i = 0; i < silt_stored_count(result) && status == SILT_OK; i++) {
		status = take_file(&choose, i, &path, err);
	}
	if (status == SILT_OK) {
		status = demand_fits(&choose, err);
	}
	if (status == SILT_OK) {
		status = mark_same(out, err);
	}
	silt_buffer_done(&path);
	free(choose.fitted);
	return status;
}

void silt_selection_done(struct silt_selection *choice)
{
	free(choice->items);
	*choice = (struct silt_selection){0};
}

/* ---- Names ----------------------------------------------------------------------------------------------------------- */

/* A component that is too long is cut where no escape is, and told apart by a hash of all of it. */
static void add_component(struct silt_buffer *out, struct silt_bytes component)
{
	struct silt_buffer text = {0};
	silt_escape(&text, component);
	if (text.failed || text.len <= COMPONENT_MAX) {
		silt_buffer_add(out, silt_buffer_bytes(&text));
	} else {
		char cut[COMPONENT_KEPT];
		uint8_t hash[32];
		silt_sha256(component, hash);
		silt_buffer_add_text(out, silt_escape_text(component, cut, sizeof(cut)));
		silt_buffer_printf(out, "~%02x%02x%02x%02x", hash[0], hash[1], hash[2], hash[3]);
	}
	out->failed = out->failed || text.failed;
	silt_buffer_done(&text);
}

void silt_chosen_name(const struct silt_chosen *chosen, const struct silt_entry_view *view,
		      const struct silt_extract_options *options, struct silt_buffer *out)
{
	struct silt_bytes rest = view->folder, component;
	if (chosen->layer == SIZE_MAX) {
		silt_buffer_printf(out, "stored-%03zu/", chosen->stored);
	} else if (options->from != SILT_EXTRACT_VISIBLE || options->layer != SIZE_MAX) {
		silt_buffer_printf(out, "layer-%03zu/", chosen->layer + 1);
	}
	while (silt_bytes_cut(&rest, '/', &component)) {
		add_component(out, component);
		silt_buffer_add_byte(out, '/');
	}
	if (view->name.len > 0) {
		add_component(out, view->name);
	} else {
		silt_buffer_add_text(out, "root");
	}
}
