/* From a word of a person to bytes of a bundle. */
#include "silt/extract.h"
#include "silt/listing.h"

#include "audit/result.h"
#include "base/arena.h"
#include "base/ascii.h"
#include "base/error.h"
#include "base/escape.h"
#include "base/path.h"
#include "forensics/past.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEX_MIN = 12, SHOWN = 160 };

/* One search. */
struct find {
	const struct silt_result *result;
	const struct silt_image *image;
	size_t number; /* of the image */
	struct silt_found *out;
	struct silt_error *err;
	char shown[SHOWN]; /* the word, printable */
};

/* ---- Digests and layers -------------------------------------------------------------------------------------------- */

static bool is_hex(struct silt_bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!silt_is_digit(text.ptr[i]) && (text.ptr[i] < 'a' || text.ptr[i] > 'f')) {
			return false;
		}
	}
	return text.len >= HEX_MIN;
}

/* "sha256:HEX", or HEX, of which the first 12 digits or more are given. */
static bool is_digest(const char *digest, struct silt_bytes word)
{
	static const struct silt_bytes prefix = SILT_LITERAL_INIT("sha256:");
	const struct silt_bytes hex = silt_bytes_start_with(word, prefix) ? silt_bytes_slice(word, prefix.len, word.len)
									  : word;
	struct silt_bytes known = silt_bytes_text(digest);
	known = silt_bytes_slice(known, prefix.len, known.len);
	return is_hex(hex) && silt_bytes_start_with(known, hex);
}

/* A number from 1, of at most 9 digits. */
static bool read_number(struct silt_bytes text, uint64_t *out)
{
	if (text.len == 0 || text.len > 18 || !silt_all_digits(text)) {
		return false;
	}
	*out = 0;
	for (size_t i = 0; i < text.len; i++) {
		*out = *out * 10 + (uint64_t)(text.ptr[i] - '0');
	}
	return true;
}

/* ---- Entries ------------------------------------------------------------------------------------------------------- */

/* The last entry of a layer at a path that is no mark. */
static bool find_in_layer(const struct silt_image *image, size_t layer, struct silt_bytes path,
			  struct silt_entry_ref *out)
{
	const struct silt_record *record = image->layers[layer].record;
	struct silt_entry_view view;
	bool found = false;
	size_t i = record ? silt_record_next_called(record, 0, path) : SIZE_MAX;
	for (; silt_image_entry(image, layer, i, &view); i = silt_record_next_called(record, i + 1, path)) {
		if (!view.whiteout) {
			*out = (struct silt_entry_ref){layer, i};
			found = true;
		}
	}
	return found;
}

/* The entry whose bytes it is: of a hardlink that of the file. */
static struct silt_entry_ref body_of(const struct silt_image *image, struct silt_entry_ref entry)
{
	struct silt_entry_view view;
	(void)silt_image_entry(image, entry.layer, entry.index, &view);
	const struct silt_entry_ref body = view.type == SILT_ENTRY_HARDLINK ? silt_tree_linked(image, entry) : entry;
	return body.layer == SIZE_MAX ? entry : body;
}

static enum silt_status take_entry(struct find *find, struct silt_entry_ref at)
{
	const struct silt_entry_ref entry = body_of(find->image, at);
	struct silt_found *out = find->out;
	char target[SHOWN];
	(void)silt_image_entry(find->image, entry.layer, entry.index, &out->view);
	if (out->view.type == SILT_ENTRY_SYMLINK) {
		return silt_fail(find->err, SILT_ERR_USAGE,
				 "%s is a symbolic link to %s in layer %zu, and has no bytes", find->shown,
				 silt_escape_text(out->view.link, target, sizeof(target)), entry.layer + 1);
	}
	if (out->view.type == SILT_ENTRY_HARDLINK) {
		return silt_fail(find->err, SILT_ERR_USAGE,
				 "%s is a hardlink to %s in layer %zu, which is no file there", find->shown,
				 silt_escape_text(out->view.link, target, sizeof(target)), entry.layer + 1);
	}
	if (out->view.type != SILT_ENTRY_FILE) {
		return silt_fail(find->err, SILT_ERR_USAGE, "%s is a %s in layer %zu, and has no bytes", find->shown,
				 silt_entry_type_name(out->view.type), entry.layer + 1);
	}
	out->entry = entry;
	out->is_entry = true;
	out->item = (struct silt_dig_item){
		.stored = find->image->layers[entry.layer].stored, .part = SILT_DIG_BODY, .entry = entry.index};
	return SILT_OK;
}

/* The last entry of the layers `first` to `last` at a path: by names as they have them, or as links in folders lead. */
static enum silt_status find_in_layers(const struct find *find, size_t first, size_t last, struct silt_bytes path,
				       struct silt_entry_ref *out)
{
	struct silt_entry_ref raw;
	const enum silt_status status = silt_past_find(find->image, first, last, path, out, find->err);
	const size_t least = out->layer == SIZE_MAX ? first : out->layer + 1;
	for (size_t layer = last + 1; status == SILT_OK && layer-- > least;) {
		if (find_in_layer(find->image, layer, path, &raw)) {
			*out = raw;
			break;
		}
	}
	return status;
}

/* ---- Names that are gone ------------------------------------------------------------------------------------------- */

/* A name of the final tree that shows this content. */
struct survivor {
	struct silt_entry_ref content;
	char *shown; /* printable, SHOWN bytes; "" none yet */
};

static enum silt_status see_name(void *ctx, struct silt_bytes path, const struct silt_tree_node *node,
				 struct silt_error *err)
{
	struct survivor *survivor = ctx;
	(void)err;
	if (survivor->shown[0] == '\0' && node->content.layer == survivor->content.layer &&
	    node->content.index == survivor->content.index) {
		survivor->shown[0] = '/';
		(void)silt_escape_text(path, survivor->shown + 1, SHOWN - 1);
	}
	return SILT_OK;
}

/* A name of the final tree that has the content of an entry; "" if there is none. */
static enum silt_status find_survivor(const struct find *find, struct silt_entry_ref entry, char shown[static SHOWN])
{
	struct survivor survivor = {body_of(find->image, entry), shown};
	struct silt_entry_view body;
	const bool lives = silt_image_entry(find->image, survivor.content.layer, survivor.content.index, &body) &&
			   body.fate == SILT_FATE_VISIBLE && body.type == SILT_ENTRY_FILE;
	shown[0] = '\0';
	return lives ? silt_tree_walk(find->image, see_name, &survivor, find->err) : SILT_OK;
}

/* What became of a version whose name is gone: its content may have another one. */
static enum silt_status describe_hidden(const struct find *find, struct silt_entry_ref entry, char *out, size_t size)
{
	char shown[SHOWN], layer[sizeof(" by layer 18446744073709551615")] = "";
	struct silt_entry_view name;
	const enum silt_status status = find_survivor(find, entry, shown);
	(void)silt_image_name(find->image, entry.layer, entry.index, &name);
	if (name.cause_layer != SIZE_MAX) {
		(void)snprintf(layer, sizeof(layer), " by layer %zu", name.cause_layer + 1);
	}
	if (name.fate != SILT_FATE_VISIBLE) {
		(void)snprintf(out, size, "%s%s%s%s", silt_fate_name(name.fate), layer,
			       shown[0] ? "; its content lives on as " : "", shown);
	} else {
		(void)snprintf(out, size, "%s%s", shown[0] ? "whose content lives on as " : "which has no name there",
			       shown);
	}
	return status;
}

/* The last version of what the final tree does not show. */
static enum silt_status take_hidden(struct find *find, struct silt_bytes path, bool *found)
{
	struct silt_entry_ref entry;
	char fate[SHOWN + 96];
	if (find->image->layer_count == 0) {
		return SILT_OK;
	}
	enum silt_status status = find_in_layers(find, 0, find->image->layer_count - 1, path, &entry);
	if (status != SILT_OK || entry.layer == SIZE_MAX) {
		return status;
	}
	status = describe_hidden(find, entry, fate, sizeof(fate));
	(void)snprintf(find->out->note, sizeof(find->out->note),
		       "not in the final tree: this is the version of layer %zu, %s", entry.layer + 1, fate);
	*found = true;
	return status == SILT_OK ? take_entry(find, entry) : status;
}

/* ---- Paths --------------------------------------------------------------------------------------------------------- */

/* Puts where a link leads in the place of it. False: there is none. */
static bool follow_one(const struct silt_image *image, struct silt_buffer *path)
{
	struct silt_tree_node node;
	struct silt_entry_view view;
	struct silt_buffer next = {0};
	if (!silt_tree_find(image, silt_buffer_bytes(path), false, &node) ||
	    !silt_image_entry(image, node.content.layer, node.content.index, &view) ||
	    view.type != SILT_ENTRY_SYMLINK) {
		return false;
	}
	if (!silt_bytes_start_with(view.link, SILT_LITERAL("/"))) {
		(void)silt_place_of(image, silt_buffer_bytes(path), false, &next);
		const size_t slash = silt_bytes_find_last_byte(silt_buffer_bytes(&next), '/');
		silt_buffer_cut(&next, slash == SIZE_MAX ? 0 : slash + 1);
	}
	silt_buffer_add(&next, view.link);
	silt_buffer_done(path);
	*path = next;
	return !next.failed;
}

/* Whether a path is a link to a link, and so on, more often than anybody follows, or in a circle. */
static bool is_endless(const struct find *find, struct silt_bytes path)
{
	const uint64_t most = find->result->limits.value[SILT_LIMIT_LINK_HOPS];
	uint64_t hops = 0;
	struct silt_buffer at = {0};
	silt_buffer_add(&at, path);
	while (hops <= most && follow_one(find->image, &at)) {
		hops++;
	}
	silt_buffer_done(&at);
	return hops > most;
}

static enum silt_status take_path(struct find *find, struct silt_bytes path, bool *found)
{
	struct silt_tree_node node;
	*found = false;
	if (silt_tree_find(find->image, path, true, &node) && node.content.layer != SIZE_MAX) {
		*found = true;
		return take_entry(find, node.content);
	}
	if (is_endless(find, path)) {
		return silt_fail(find->err, SILT_ERR_USAGE,
				 "%s leads through more links than are followed, or through links in a circle",
				 find->shown);
	}
	return take_hidden(find, path, found);
}

/* PATH@LAYER: where the last "@" stands. */
static enum silt_status take_version(struct find *find, const char *word, struct silt_bytes path, bool *found)
{
	const char *at = strrchr(word, '@');
	struct silt_entry_ref entry;
	size_t layer;
	*found = false;
	if (!at || strchr(at, '/') || silt_bytes_find_last_byte(path, '@') == SIZE_MAX) {
		return SILT_OK;
	}
	enum silt_status status = silt_list_find_layer(find->image, at + 1, &layer, find->err);
	if (status != SILT_OK) {
		return status;
	}
	path.len = silt_bytes_find_last_byte(path, '@');
	status = find_in_layers(find, layer, layer, path, &entry);
	*found = status == SILT_OK && entry.layer != SIZE_MAX;
	return *found ? take_entry(find, entry) : status;
}

/* A name with "@" in it is a name first: with a zero in front of the number it is one no more. */
static enum silt_status find_path(struct find *find, const char *word)
{
	const struct silt_bytes raw = silt_bytes_text(word);
	uint8_t *room = malloc(raw.len + 1);
	unsigned flags;
	bool found = false;
	if (!room) {
		return silt_fail_memory(find->err);
	}
	const struct silt_bytes path = silt_bytes(room, silt_path_clean(raw, room, &flags));
	enum silt_status status = take_path(find, path, &found);
	if (status == SILT_OK && !found) {
		status = take_version(find, word, path, &found);
	}
	free(room);
	if (status == SILT_OK && !found) {
		return silt_fail(
			find->err, SILT_ERR_USAGE, "no layer%s has a file %s: silt ls --all lists what there is",
			silt_result_coverage(find->result)->complete ? "" : " that could be read", find->shown);
	}
	return status;
}

/* ---- What is stored ------------------------------------------------------------------------------------------------ */

static enum silt_status take_stored(struct find *find, size_t number, const char *what)
{
	if (number == SIZE_MAX) {
		return silt_fail(find->err, SILT_ERR_USAGE, "%s: the bundle has no %s", find->shown, what);
	}
	find->out->item = (struct silt_dig_item){.stored = number, .part = SILT_DIG_STORED, .length = UINT64_MAX};
	return SILT_OK;
}

static size_t stored_of_digest(const struct silt_result *result, struct silt_bytes text)
{
	struct silt_stored stored;
	for (size_t i = 1; silt_stored_get(result, i, &stored); i++) {
		if (stored.digest[0] != '\0' && (is_digest(stored.digest, text))) {
			return i;
		}
	}
	return SIZE_MAX;
}

static size_t stored_of_name(const struct silt_result *result, struct silt_bytes name)
{
	struct silt_stored stored;
	for (size_t i = 1; silt_stored_get(result, i, &stored); i++) {
		if (silt_bytes_equal(stored.name, name)) {
			return i;
		}
	}
	return SIZE_MAX;
}

/* FILE+OFFSET+LENGTH. `of_tar`: a run of the tar in the file. */
static enum silt_status find_run(struct find *find, struct silt_bytes text, bool of_tar)
{
	struct silt_bytes where, offset;
	struct silt_dig_item item = {.part = of_tar ? SILT_DIG_TAR : SILT_DIG_STORED};
	struct silt_stored stored;
	uint64_t number = 0;
	bool good = silt_bytes_cut(&text, '+', &where) && silt_bytes_cut(&text, '+', &offset) &&
		    read_number(where, &number) && read_number(offset, &item.offset) &&
		    read_number(text, &item.length) && silt_stored_get(find->result, (size_t)number, &stored);
	good = good && (!of_tar || stored.kind == SILT_STORED_TAR || stored.kind == SILT_STORED_BUNDLE);
	if (!good) {
		return silt_fail(find->err, SILT_ERR_USAGE,
				 "%s is no run: expected %s:FILE+OFFSET+LENGTH, as silt carve prints it", find->shown,
				 of_tar ? "tar" : "stored");
	}
	const uint64_t size = of_tar ? stored.unpacked : stored.bytes;
	const bool unknown = number == 0 && size == 0; /* nobody counts the bytes of a bundle */
	if (!unknown && (item.offset > size || item.length > size - item.offset)) {
		return silt_fail(find->err, SILT_ERR_USAGE, "%s: the %s has only %llu bytes", find->shown,
				 of_tar ? "tar" : "file", (unsigned long long)size);
	}
	item.stored = (size_t)number;
	find->out->item = item;
	return SILT_OK;
}

enum silt_status silt_find(const struct silt_result *result, size_t image, const char *word, struct silt_found *out,
			   struct silt_error *err)
{
	size_t count;
	const struct silt_image *images = silt_result_images(result, &count);
	struct find find = {.result = result, .number = image, .out = out, .err = err};
	find.image = image < count ? &images[image] : NULL;
	silt_escape_text(silt_bytes_text(word), find.shown, sizeof(find.shown));
	*out = (struct silt_found){0};
	if (strcmp(word, "config:") == 0) {
		return take_stored(&find, silt_image_config_stored(result, image), "config for this image");
	}
	if (strcmp(word, "manifest:") == 0) {
		return take_stored(&find, silt_image_manifest_stored(result, image), "OCI manifest for this image");
	}
	if (strcmp(word, "bundle:") == 0) {
		return take_stored(&find, 0, "");
	}
	struct silt_bytes rest = silt_bytes_text(word), kind;
	const bool has_kind = strchr(word, ':') != NULL && silt_bytes_cut(&rest, ':', &kind);
	if (has_kind && silt_bytes_equal(kind, SILT_LITERAL("blob"))) {
		return take_stored(&find, stored_of_digest(result, rest), "file with this digest");
	}
	if (has_kind && silt_bytes_equal(kind, SILT_LITERAL("member"))) {
		return take_stored(&find, stored_of_name(result, rest), "file of this name");
	}
	if (has_kind && silt_bytes_equal(kind, SILT_LITERAL("tar"))) {
		return find_run(&find, rest, true);
	}
	if (has_kind && silt_bytes_equal(kind, SILT_LITERAL("stored"))) {
		return find_run(&find, rest, false);
	}
	return find.image ? find_path(&find, word)
			  : silt_fail(err, SILT_ERR_USAGE, "%s: there is no image to look into", find.shown);
}
