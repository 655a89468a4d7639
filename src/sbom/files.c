/* The files of an image that have metadata of packages, by the names of entries and of links to folders. */
#include "sbom/gather.h"

#include "sbom/where.h"

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

static enum silt_status keep_file(struct silt_sbom_gathering *gathering, const struct silt_sbom_file *file,
				  struct silt_error *err)
{
	struct silt_sbom_inventory *inventory = gathering->inventory;
	inventory->path_bytes += file->raw.len + file->home.len + file->path.len;
	if (inventory->file_count >= SILT_SBOM_FILES_MAX || inventory->path_bytes > SILT_SBOM_PATH_BYTES_MAX) {
		if (inventory->whole) {
			silt_sbom_warn(gathering, file,
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
static bool find_target(const struct silt_sbom_gathering *gathering, struct silt_sbom_file *file,
			struct silt_entry_view *view, struct silt_sbom_where *target, bool *failed)
{
	if (file->fate != SILT_FATE_VISIBLE || !find_file(gathering->image, file->home, &file->body, view)) {
		return false;
	}
	*failed = !silt_sbom_where_is(target, gathering->image, &gathering->links, view);
	file->name = file->body.layer > file->name.layer ? file->body : file->name;
	file->size = view->size;
	return target->place != file->place ||
	       !silt_image_name(gathering->image, file->body.layer, file->body.index, view) ||
	       view->fate != SILT_FATE_VISIBLE;
}

static enum silt_status look_at(struct silt_sbom_gathering *gathering, struct silt_entry_ref ref,
				struct silt_entry_view *view, struct places *places, struct silt_error *err)
{
	const struct silt_sbom_where *where = &places->entry;
	bool failed = false;
	if (view->whiteout || view->fate == SILT_FATE_DISPUTED) {
		return SILT_OK;
	}
	if (!silt_sbom_where_is(&places->entry, gathering->image, &gathering->links, view)) {
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
				   ? find_target(gathering, &file, view, &places->target, &failed)
				   : find_body(gathering->image, &file, view);
	if (failed) {
		return silt_fail_memory(err);
	}
	return found ? keep_file(gathering, &file, err) : SILT_OK;
}

static enum silt_status look_at_all(struct silt_sbom_gathering *gathering, struct silt_error *err)
{
	struct places places = {0};
	enum silt_status status = SILT_OK;
	for (size_t layer = 0; layer < gathering->image->layer_count && status == SILT_OK; layer++) {
		struct silt_entry_view view;
		for (size_t i = 0; status == SILT_OK && silt_image_name(gathering->image, layer, i, &view); i++) {
			status = look_at(gathering, (struct silt_entry_ref){layer, i}, &view, &places, err);
		}
	}
	silt_sbom_where_done(&places.entry);
	silt_sbom_where_done(&places.target);
	return status;
}

static void find_release(struct silt_sbom_gathering *gathering)
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

enum silt_status silt_sbom_find_files(struct silt_sbom_gathering *gathering, struct silt_error *err)
{
	enum silt_status status = silt_sbom_links_find(&gathering->links, gathering->image, err);
	if (status == SILT_OK) {
		status = look_at_all(gathering, err);
	}
	if (status == SILT_OK) {
		find_release(gathering);
	}
	if (status == SILT_OK && gathering->links.full) {
		gathering->inventory->whole = false;
		if (gathering->options->warn) {
			gathering->options->warn(gathering->options->ctx,
						 "there are too many links to folders with metadata, and the rest of "
						 "them is not followed: packages may be missing.");
		}
	}
	return status;
}
