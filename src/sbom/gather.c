/* From the entries of an image to its packages: files with metadata are found by name, dug out and read. */
#include "sbom/inventory.h"

#include "base/escape.h"
#include "content/fact.h"
#include "sbom/where.h"
#include "silt/dig.h"

#include <stdlib.h>

/* Bytes of os-release; a real one has 500. */
enum { RELEASE_MAX = 64 * 1024 };

struct gathering {
	struct silt_sbom_inventory *inventory;
	const struct silt_image *image;
	const struct silt_sbom_options *options;
	struct silt_sbom_file release; /* os-release, if there is one: place NULL */
	bool has_release;
	struct silt_sbom_file *current; /* whose bytes come; NULL: none */
	struct silt_buffer body;        /* owns: of it */
	bool full;                      /* SILT_SBOM_PACKAGES_MAX was reached, and told */
};

static void warn(struct gathering *gathering, const struct silt_sbom_file *file, const char *why)
{
	struct silt_error text = {0};
	char path[256];
	gathering->inventory->whole = false;
	silt_fail(&text, SILT_ERR_INPUT, "/%s in layer %zu (%s): packages may be missing: %s.",
		  silt_escape_text(file->path, path, sizeof(path)), file->name.layer + 1,
		  file->place ? file->place->name : "os-release", why);
	if (gathering->options->warn) {
		gathering->options->warn(gathering->options->ctx, text.text);
	}
}

/* ---- Files --------------------------------------------------------------------------------------------------------- */

/* The entry that has the bytes of a file. False: there is none. */
static bool find_body(const struct silt_image *image, struct silt_sbom_file *file, struct silt_entry_view *view)
{
	file->body = file->name;
	if (view->type == SILT_ENTRY_HARDLINK) {
		file->body = silt_tree_linked(image, file->name);
		if (file->body.layer == SIZE_MAX ||
		    !silt_image_entry(image, file->body.layer, file->body.index, view)) {
			return false;
		}
	}
	file->size = view->size;
	return view->type == SILT_ENTRY_FILE;
}

static bool copy_names(struct silt_arena *arena, const struct silt_sbom_file *from, struct silt_sbom_file *to)
{
	*to = *from;
	to->home = silt_arena_copy(arena, from->home);
	to->raw = silt_bytes_equal(from->raw, from->home) ? to->home : silt_arena_copy(arena, from->raw);
	to->path = silt_bytes_equal(from->path, from->home) ? to->home : silt_arena_copy(arena, from->path);
	return to->home.ptr && to->raw.ptr && to->path.ptr;
}

static enum silt_status keep_file(struct gathering *gathering, const struct silt_sbom_file *file,
				  struct silt_error *err)
{
	struct silt_sbom_inventory *inventory = gathering->inventory;
	if (inventory->file_count >= SILT_SBOM_FILES_MAX) {
		if (inventory->whole) {
			warn(gathering, file,
			     "there are too many files with metadata, and the rest of them is not read");
		}
		inventory->whole = false;
		return SILT_OK;
	}
	struct silt_sbom_file *kept = silt_arena_alloc(&inventory->arena, sizeof(*kept));
	if (!kept || !copy_names(&inventory->arena, file, kept) ||
	    !silt_grow((void **)&inventory->files, inventory->file_count, &inventory->file_capacity,
		       sizeof(struct silt_sbom_file *))) {
		return silt_fail_memory(err);
	}
	kept->whole = true;
	inventory->files[inventory->file_count++] = kept;
	return SILT_OK;
}

/* The entry of the file that a path of the final tree leads to. False: it leads to none. */
static bool find_file(const struct silt_image *image, struct silt_bytes path, struct silt_entry_ref *out,
		      struct silt_entry_view *view)
{
	struct silt_tree_node node;
	if (!silt_tree_find(image, path, true, &node) ||
	    !silt_image_entry(image, node.content.layer, node.content.index, view)) {
		return false;
	}
	*out = node.content;
	return view->type == SILT_ENTRY_FILE;
}

/*
 * Whether a later layer has something else than a file in place of the one at `home`. What a link led to that is gone
 * itself, nobody knows.
 */
static bool is_gone(const struct silt_image *image, struct silt_bytes home, const struct silt_entry_view *view)
{
	struct silt_entry_view cause, target;
	struct silt_entry_ref ref = {view->cause_layer, view->cause_index};
	if (view->fate != SILT_FATE_OVERWRITTEN || !silt_image_entry(image, ref.layer, ref.index, &cause)) {
		return false;
	}
	if (cause.type == SILT_ENTRY_SYMLINK) {
		return cause.fate == SILT_FATE_VISIBLE && !find_file(image, home, &ref, &target);
	}
	if (cause.type == SILT_ENTRY_HARDLINK) {
		ref = silt_tree_linked(image, ref);
		return !silt_image_entry(image, ref.layer, ref.index, &target) || target.type != SILT_ENTRY_FILE;
	}
	return cause.type != SILT_ENTRY_FILE;
}

/* Of an entry, and of what a symlink leads to. */
struct places {
	struct silt_sbom_where entry, target;
};

/*
 * A symlink shows what it leads to in the final tree. False: that is no file, or one that is read under a name of its own.
 * The package came with the later of the two.
 */
static bool find_target(const struct silt_image *image, struct silt_sbom_file *file, struct silt_entry_view *view,
			struct silt_sbom_where *target, bool *failed)
{
	if (file->fate != SILT_FATE_VISIBLE || !find_file(image, file->home, &file->body, view)) {
		return false;
	}
	*failed = !silt_sbom_where_is(target, image, view);
	file->name = file->body.layer > file->name.layer ? file->body : file->name;
	file->size = view->size;
	return target->place != file->place || view->fate != SILT_FATE_VISIBLE;
}

static enum silt_status look_at(struct gathering *gathering, struct silt_entry_ref ref, struct silt_entry_view *view,
				struct places *places, struct silt_error *err)
{
	const struct silt_sbom_where *where = &places->entry;
	bool failed = false;
	if (view->whiteout || view->fate == SILT_FATE_DISPUTED) {
		return SILT_OK;
	}
	if (!silt_sbom_where_is(&places->entry, gathering->image, view)) {
		return silt_fail_memory(err);
	}
	if (!where->place) {
		return SILT_OK;
	}
	struct silt_sbom_file file = {.place = where->place,
				      .path = where->path,
				      .raw = where->raw,
				      .home = where->home,
				      .entry = ref,
				      .name = ref,
				      .fate = view->fate,
				      .cause_layer = view->cause_layer,
				      .gone = is_gone(gathering->image, where->home, view)};
	const bool found = view->type == SILT_ENTRY_SYMLINK
				   ? find_target(gathering->image, &file, view, &places->target, &failed)
				   : find_body(gathering->image, &file, view);
	if (failed) {
		return silt_fail_memory(err);
	}
	return found ? keep_file(gathering, &file, err) : SILT_OK;
}

static enum silt_status find_files(struct gathering *gathering, struct silt_error *err)
{
	struct places places = {0};
	enum silt_status status = SILT_OK;
	for (size_t layer = 0; layer < gathering->image->layer_count && status == SILT_OK; layer++) {
		struct silt_entry_view view;
		for (size_t i = 0; status == SILT_OK && silt_image_entry(gathering->image, layer, i, &view); i++) {
			status = look_at(gathering, (struct silt_entry_ref){layer, i}, &view, &places, err);
		}
	}
	silt_sbom_where_done(&places.entry);
	silt_sbom_where_done(&places.target);
	return status;
}

static void find_release(struct gathering *gathering)
{
	static const struct silt_bytes paths[] = {SILT_LITERAL_INIT("etc/os-release"),
						  SILT_LITERAL_INIT("usr/lib/os-release")};
	for (size_t i = 0; i < SILT_COUNT(paths) && !gathering->has_release; i++) {
		struct silt_entry_ref body;
		struct silt_entry_view view;
		gathering->has_release = find_file(gathering->image, paths[i], &body, &view);
		if (gathering->has_release) {
			gathering->release = (struct silt_sbom_file){
				.path = paths[i], .name = body, .body = body, .size = view.size, .whole = true};
		}
	}
}

/* ---- Bodies -------------------------------------------------------------------------------------------------------- */

static enum silt_status take_found(void *ctx, const struct silt_sbom_found *found, struct silt_error *err)
{
	struct gathering *gathering = ctx;
	if (gathering->inventory->package_count < SILT_SBOM_PACKAGES_MAX) {
		return silt_sbom_add(gathering->inventory, gathering->current, found, err);
	}
	if (!gathering->full) {
		gathering->full = true;
		gathering->current->whole = false;
		warn(gathering, gathering->current, "there are too many packages, and the rest of them is not told");
	}
	return SILT_OK;
}

static enum silt_status take_fact(void *ctx, const struct silt_fact_seen *fact, struct silt_error *err)
{
	struct silt_sbom_inventory *inventory = ctx;
	struct silt_bytes *to = fact->kind == SILT_FACT_OS_ID        ? &inventory->os_id
				: fact->kind == SILT_FACT_OS_VERSION ? &inventory->os_version
				: fact->kind == SILT_FACT_OS_NAME    ? &inventory->os_name
								     : NULL;
	if (!to) {
		return SILT_OK;
	}
	*to = silt_arena_copy(&inventory->arena, silt_sbom_field(fact->text));
	return to->ptr ? SILT_OK : silt_fail_memory(err);
}

static enum silt_status read_release(struct gathering *gathering, struct silt_error *err)
{
	const struct silt_bytes path = gathering->release.path, body = silt_buffer_bytes(&gathering->body);
	const silt_fact_wants wants = silt_facts_wanted(path, silt_bytes_slice(body, 0, 512));
	return wants ? silt_facts_read(wants, path, body, take_fact, gathering->inventory, err) : SILT_OK;
}

static enum silt_status read_body(struct gathering *gathering, struct silt_error *err)
{
	struct silt_sbom_file *file = gathering->current;
	const struct silt_sbom_sink sink = {take_found, gathering};
	const char *why = NULL;
	if (gathering->body.failed) {
		return silt_fail_memory(err);
	}
	if (gathering->body.len != file->size) {
		why = "the archive ends inside of it";
	}
	if (!file->place) {
		return read_release(gathering, err);
	}
	const enum silt_status status =
		file->place->read(file->path, silt_buffer_bytes(&gathering->body), &sink, &why, err);
	if (why) {
		file->whole = false;
		warn(gathering, file, why);
	}
	return status;
}

/* A hole of a sparse file is zeros. */
static void fill_hole(struct silt_buffer *body, uint64_t to)
{
	if (to > body->len) {
		const size_t size = (size_t)to - body->len;
		uint8_t *hole = silt_buffer_extend(body, size);
		if (hole) {
			memset(hole, 0, size);
		}
	}
}

struct digging {
	struct gathering *gathering;
	struct silt_sbom_file **files; /* those to read; then the first of each item, by its number */
	size_t count;
};

/* Names of one body are read one after the other. */
static enum silt_status read_names(struct gathering *gathering, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (; gathering->current && status == SILT_OK; gathering->current = gathering->current->same) {
		status = read_body(gathering, err);
	}
	return status;
}

static enum silt_status take_piece(void *ctx, const struct silt_dig_piece *piece, struct silt_error *err)
{
	struct digging *digging = ctx;
	struct gathering *gathering = digging->gathering;
	struct silt_sbom_file *file = digging->files[piece->item];
	if (gathering->current != file) {
		gathering->current = file;
		silt_buffer_clear(&gathering->body);
	}
	const uint64_t end = piece->offset + piece->bytes.len;
	if (end <= file->size) {
		fill_hole(&gathering->body, piece->offset);
		silt_buffer_add(&gathering->body, piece->bytes);
	}
	return piece->last ? read_names(gathering, err) : SILT_OK;
}

static void choose(struct digging *digging, struct silt_sbom_file *file)
{
	struct gathering *gathering = digging->gathering;
	const size_t max = file->place ? file->place->max : RELEASE_MAX;
	file->stored = gathering->image->layers[file->body.layer].stored;
	if (file->size > max || file->stored == SIZE_MAX) {
		file->whole = false;
		warn(gathering, file, "it is larger than any that is read");
		return;
	}
	digging->files[digging->count++] = file;
}

static int compare_bodies(const void *left, const void *right)
{
	const struct silt_sbom_file *a = *(struct silt_sbom_file *const *)left,
				    *b = *(struct silt_sbom_file *const *)right;
	const int order = (a->stored > b->stored) - (a->stored < b->stored);
	return order ? order : (a->body.index > b->body.index) - (a->body.index < b->body.index);
}

/* One for each body: hardlinks, symlinks and a layer that is there twice share it. Returns how many. */
static size_t make_items(struct digging *digging, struct silt_dig_item *items)
{
	struct silt_sbom_file *before = NULL;
	size_t count = 0;
	if (digging->count > 0) {
		qsort(digging->files, digging->count, sizeof(struct silt_sbom_file *), compare_bodies);
	}
	for (size_t i = 0; i < digging->count; i++) {
		struct silt_sbom_file *file = digging->files[i];
		if (before && compare_bodies(&before, &file) == 0) {
			before->same = file;
		} else {
			digging->files[count] = file;
			items[count++] = (struct silt_dig_item){
				.stored = file->stored, .part = SILT_DIG_BODY, .entry = file->body.index};
		}
		before = file;
	}
	return count;
}

static size_t choose_all(struct digging *digging, struct silt_dig_item *items)
{
	struct gathering *gathering = digging->gathering;
	for (size_t i = 0; i < gathering->inventory->file_count; i++) {
		choose(digging, gathering->inventory->files[i]);
	}
	if (gathering->has_release) {
		choose(digging, &gathering->release);
	}
	return make_items(digging, items);
}

static enum silt_status dig(struct gathering *gathering, struct silt_bundle *bundle, const struct silt_result *result,
			    struct silt_error *err)
{
	const size_t room = gathering->inventory->file_count + 1;
	struct silt_dig_item *items = calloc(room, sizeof(*items));
	struct digging digging = {gathering, calloc(room, sizeof(*digging.files)), 0};
	enum silt_status status = SILT_OK;
	if (!items || !digging.files) {
		status = silt_fail_memory(err);
	} else {
		const size_t count = choose_all(&digging, items);
		status = count > 0 ? silt_dig(bundle, result, items, count, take_piece, &digging, err) : SILT_OK;
	}
	free(items);
	free(digging.files);
	return status;
}

enum silt_status silt_sbom_gather(struct silt_sbom_inventory *inventory, struct silt_bundle *bundle,
				  const struct silt_result *result, const struct silt_image *image,
				  const struct silt_sbom_options *options, struct silt_error *err)
{
	struct gathering gathering = {.inventory = inventory, .image = image, .options = options};
	inventory->whole = true;
	enum silt_status status = find_files(&gathering, err);
	if (status == SILT_OK) {
		find_release(&gathering);
		status = dig(&gathering, bundle, result, err);
	}
	silt_buffer_done(&gathering.body);
	return status;
}
