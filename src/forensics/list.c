/* silt ls: which names and entries are listed, and how. */
#include "silt/listing.h"

#include "base/error.h"
#include "forensics/choice.h"
#include "forensics/entry_line.h"
#include "forensics/tree_lines.h"
#include "forensics/versions.h"
#include "rootfs/rootfs.h"

const char *silt_listing_format_name(enum silt_listing_format format)
{
	static const char *const names[] = {
		[SILT_LISTING_TEXT] = "text",         [SILT_LISTING_JSONL] = "jsonl", [SILT_LISTING_NAMES] = "names",
		[SILT_LISTING_BODYFILE] = "bodyfile", [SILT_LISTING_CSV] = "csv",     [SILT_LISTING_TREE] = "tree"};
	return (size_t)format < SILT_COUNT(names) ? names[format] : NULL;
}

/* A listing under way. */
struct list {
	const struct silt_result *result;
	const struct silt_image *image;
	const struct silt_list_options *options;
	struct silt_choice choice;    /* owns */
	struct silt_rootfs *before;   /* owns; LAYER: the tree that the layers below make */
	struct silt_tree_lines lines; /* owns; of a tree */
	struct silt_tree_order order; /* owns; of the tree of a layer */
	struct silt_outlet outlet;
	bool in_order;   /* of the tree of a layer all entries are known */
	bool skip_first; /* FINAL: the directory that is listed is not one of its children */
};

static enum silt_status write_line(struct list *list, const struct silt_listed *listed)
{
	struct silt_buffer *out = &list->outlet.out;
	if (list->options->format == SILT_LISTING_JSONL) {
		return silt_listed_json(list->result, listed, &list->outlet);
	}
	if (list->options->format == SILT_LISTING_TREE) {
		silt_tree_line(&list->lines, listed, list->options->view == SILT_LIST_LAYER, out);
	} else if (list->options->format == SILT_LISTING_NAMES) {
		silt_buffer_add_byte(out, '/');
		silt_buffer_add(out, listed->path);
		silt_buffer_add_byte(out, '\0');
	} else {
		silt_listed_text(list->result, listed, list->options->view == SILT_LIST_LAYER, list->options->details,
				 out);
	}
	return silt_line_end(&list->outlet);
}

/* The root has no name that a pattern could fit; an entry in its place that is no folder is called so, and not left out. */
static bool is_root_of_pattern(const struct list *list, struct silt_bytes path, const struct silt_entry_view *meta)
{
	const bool is_folder = !meta || meta->whiteout || meta->type == SILT_ENTRY_DIRECTORY;
	return list->choice.glob && path.len == 0 && is_folder;
}

/* ---- The final tree ------------------------------------------------------------------------------------------------ */

static enum silt_status list_name(void *ctx, struct silt_bytes path, const struct silt_node *node,
				  struct silt_error *err)
{
	struct list *list = ctx;
	struct silt_listed listed;
	struct silt_tree_node given = {{SIZE_MAX, SIZE_MAX}, {SIZE_MAX, SIZE_MAX}};
	(void)err;
	if (list->skip_first) {
		list->skip_first = false;
		return SILT_OK;
	}
	if (is_root_of_pattern(list, path, NULL) || !silt_choice_takes_path(&list->choice, path)) {
		return SILT_OK;
	}
	list->choice.met = true;
	if (!silt_place_none(node->meta)) {
		given.meta = (struct silt_entry_ref){node->meta.layer, node->meta.entry};
	}
	if (!silt_place_none(node->content)) {
		given.content = (struct silt_entry_ref){node->content.layer, node->content.entry};
	}
	silt_listed_name(list->image, path, &given, &listed);
	return silt_choice_takes_kind(list->options, &listed) ? write_line(list, &listed) : SILT_OK;
}

static enum silt_status list_final(struct list *list, struct silt_error *err)
{
	const struct silt_choice *choice = &list->choice;
	const bool tree = list->options->format == SILT_LISTING_TREE;
	bool deep = list->options->recursive || choice->glob || tree, found;
	list->skip_first = choice->is_folder && !tree;
	return silt_rootfs_walk_below(list->image->rootfs, silt_buffer_bytes(&choice->root), choice->follow, deep,
				      list_name, list, &found, err);
}

/* ---- Entries of layers --------------------------------------------------------------------------------------------- */

/* What an entry does to the tree below its layer. */
static enum silt_mark mark_of(const struct list *list, const struct silt_listed *listed)
{
	struct silt_node node;
	struct silt_entry_view old;
	const struct silt_entry_view *meta = &listed->meta;
	bool was = silt_rootfs_find(list->before, listed->path, false, &node);
	if (meta->whiteout) {
		return was && !listed->void_mark ? SILT_MARK_DELETED : SILT_MARK_NONE;
	}
	bool known = was && !silt_place_none(node.meta) &&
		     silt_image_entry(list->image, node.meta.layer, node.meta.entry, &old);
	/* Builders repeat the directories that lead to what they change. */
	bool same = known && old.type == SILT_ENTRY_DIRECTORY && meta->type == old.type && meta->mode == old.mode &&
		    meta->uid == old.uid && meta->gid == old.gid;
	return same ? SILT_MARK_NONE : was ? SILT_MARK_CHANGED : SILT_MARK_ADDED;
}

static enum silt_status list_entry(void *ctx, const struct silt_listed *listed, struct silt_error *err)
{
	struct list *list = ctx;
	const enum silt_fate fate = listed->meta.fate;
	bool gone = !listed->meta.whiteout && (fate == SILT_FATE_DELETED || fate == SILT_FATE_MASKED);
	bool takes = false;
	const enum silt_status status = is_root_of_pattern(list, listed->path, &listed->meta)
						? SILT_OK
						: silt_choice_takes_entry(&list->choice, listed, &takes, err);
	if (!takes) {
		return status;
	}
	list->choice.met = true;
	if ((list->options->view == SILT_LIST_DELETED && !gone) || !silt_choice_takes_kind(list->options, listed)) {
		return SILT_OK;
	}
	if (list->options->format == SILT_LISTING_TREE && !list->in_order) {
		return silt_tree_order_add(&list->order, listed->path, listed->index, err);
	}
	struct silt_listed told = *listed;
	told.mark = list->before ? mark_of(list, listed) : SILT_MARK_NONE;
	return write_line(list, &told);
}

/* The entries of a layer that were gathered, as a tree. */
static enum silt_status list_in_order(struct list *list, struct silt_error *err)
{
	struct silt_buffer path = {0};
	struct silt_listed listed;
	enum silt_status status = SILT_OK;
	list->in_order = true;
	silt_tree_order_sort(&list->order);
	for (size_t i = 0; i < list->order.count && status == SILT_OK; i++) {
		status = silt_listed_entry(list->image, list->options->layer, list->order.places[i].index, &path,
					   &listed)
				 ? list_entry(list, &listed, err)
				 : silt_fail_memory(err);
	}
	silt_buffer_done(&path);
	return status;
}

static enum silt_status list_layer(struct list *list, struct silt_error *err)
{
	enum silt_status status = silt_rootfs_new(NULL, &list->before, err);
	for (size_t i = 0; i < list->options->layer && status == SILT_OK; i++) {
		status = silt_rootfs_push(list->before, list->image->layers[i].record, err);
	}
	if (status == SILT_OK) {
		status = silt_versions_of_layer(list->image, list->options->layer, list_entry, list, err);
	}
	return status == SILT_OK && list->options->format == SILT_LISTING_TREE ? list_in_order(list, err) : status;
}

/* ---- The whole ----------------------------------------------------------------------------------------------------- */

static enum silt_status run(struct list *list, struct silt_error *err)
{
	const enum silt_list_view view = list->options->view;
	const enum silt_status status = view == SILT_LIST_FINAL   ? list_final(list, err)
					: view == SILT_LIST_LAYER ? list_layer(list, err)
								  : silt_versions_of_image(list->result, list->image,
											   true, list_entry, list, err);
	return status == SILT_OK && !list->choice.met ? silt_choice_none(&list->choice, list->result, list->image, err)
						      : status;
}

enum silt_status silt_list_write(const struct silt_result *result, size_t image,
				 const struct silt_list_options *options, struct silt_sink sink, struct silt_error *err)
{
	size_t count;
	const struct silt_image *images = silt_result_images(result, &count);
	const bool tree = options->format == SILT_LISTING_TREE;
	const bool is_format = options->format <= SILT_LISTING_NAMES ||
			       (tree && (options->view == SILT_LIST_FINAL || options->view == SILT_LIST_LAYER));
	const bool fits = image < count && images[image].rootfs && is_format &&
			  (options->view != SILT_LIST_LAYER || options->layer < images[image].layer_count);
	if (!fits) {
		return silt_fail(err, SILT_ERR_USAGE, "there is no such image, layer or format to list");
	}
	struct list list = {.result = result, .image = &images[image], .options = options};
	list.outlet = silt_outlet(sink, err);
	enum silt_status status = silt_choice_make(options, result, list.image, &list.choice, err);
	if (status == SILT_OK) {
		status = run(&list, err);
	}
	enum silt_status ended = silt_outlet_end(&list.outlet);
	silt_rootfs_free(list.before);
	silt_tree_lines_done(&list.lines);
	silt_tree_order_done(&list.order);
	silt_choice_done(&list.choice);
	return status == SILT_OK ? ended : status;
}
