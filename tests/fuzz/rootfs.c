/*
 * Fuzz target: stacking layers. The input is a list of operations; the tree and the fates must be those of the naive
 * model of the unit tests.
 *
 *     +----+------+------+
 *     | op | path | link |   op: what the entry is, or the next layer; `link` for links only
 *     +----+------+------+
 */
#include "unit/rootfs/model.h"

#include "base/secure.h"

#include <stdio.h>
#include <stdlib.h>

enum { PATH_SIZE = 64 };

static const char *const components[] = {"a", "b", "ab", "c"};

static const char *const targets[] = {"a",  "b", "c/a",    "../b",   "/a/b", "/c",     "a/./b",  "..",
				      "ab", "c", "../../", "/ab/./", "/",    "ab/b/c", "c/../b", "a/b/../../c"};

/* What an operation makes; the kinds that change most stand more than once. */
static const struct operation {
	enum silt_entry_type type;
	enum silt_whiteout whiteout;
	bool next_layer;
} operations[] = {
	{SILT_ENTRY_FILE, SILT_WHITEOUT_NONE, false},      {SILT_ENTRY_DIRECTORY, SILT_WHITEOUT_NONE, false},
	{SILT_ENTRY_HARDLINK, SILT_WHITEOUT_NONE, false},  {SILT_ENTRY_SYMLINK, SILT_WHITEOUT_NONE, false},
	{SILT_ENTRY_FILE, SILT_WHITEOUT_FILE, false},      {SILT_ENTRY_FILE, SILT_WHITEOUT_OPAQUE, false},
	{SILT_ENTRY_FIFO, SILT_WHITEOUT_NONE, false},      {SILT_ENTRY_FILE, SILT_WHITEOUT_NONE, true},
	{SILT_ENTRY_DIRECTORY, SILT_WHITEOUT_FILE, false}, {SILT_ENTRY_SYMLINK, SILT_WHITEOUT_NONE, false},
	{SILT_ENTRY_HARDLINK, SILT_WHITEOUT_NONE, false},  {SILT_ENTRY_FILE, SILT_WHITEOUT_NONE, true},
};

struct layers {
	struct silt_record *records[MODEL_LAYERS_MAX]; /* owns */
	uint32_t count;
};

static void next_layer(struct layers *layers)
{
	struct silt_record *record = calloc(1, sizeof(*record));
	if (!record) {
		abort();
	}
	record->entries = calloc(MODEL_ENTRIES_MAX, sizeof(*record->entries));
	record->extras = calloc(MODEL_ENTRIES_MAX, sizeof(*record->extras));
	if (!record->entries || !record->extras) {
		abort();
	}
	layers->records[layers->count++] = record;
}

/* One to three components of two bits each. */
static void write_path(uint8_t code, const struct operation *operation, char path[static PATH_SIZE])
{
	unsigned depth = 1 + code % 3;
	path[0] = '\0';
	for (unsigned i = 0; i < depth; i++) {
		const char *name = components[code >> (2 + 2 * i) & 3];
		const char *mark = i + 1 < depth || operation->whiteout != SILT_WHITEOUT_FILE ? "" : ".wh.";
		if (i + 1 == depth && operation->whiteout == SILT_WHITEOUT_OPAQUE) {
			name = ".wh..wh..opq";
		}
		size_t used = strlen(path);
		snprintf(path + used, PATH_SIZE - used, "%s%s%s", used > 0 ? "/" : "", mark, name);
	}
}

static void add_link(struct silt_record *record, struct silt_entry *entry, uint8_t code)
{
	static const struct operation plain = {SILT_ENTRY_FILE, SILT_WHITEOUT_NONE, false};
	char link[PATH_SIZE];
	write_path(code, &plain, link);
	const char *target = entry->type == SILT_ENTRY_SYMLINK ? targets[code % SILT_COUNT(targets)] : link;
	struct silt_extra *extra = &record->extras[record->extra_count++];
	entry->flags = SILT_ENTRY_HAS_EXTRA;
	extra->entry = (uint32_t)(entry - record->entries);
	if (!silt_text_pool_add(&record->texts, silt_bytes_text(target), &extra->link)) {
		abort();
	}
}

static bool cut(struct silt_bytes *rest, uint8_t *byte)
{
	if (rest->len == 0) {
		return false;
	}
	*byte = rest->ptr[0];
	*rest = silt_bytes_slice(*rest, 1, rest->len);
	return true;
}

/* False at the end of the input, or when no more layers fit. */
static bool apply(struct layers *layers, struct silt_bytes *rest)
{
	uint8_t op, path_code, link_code = 0;
	if (!cut(rest, &op)) {
		return false;
	}
	const struct operation *operation = &operations[op % SILT_COUNT(operations)];
	struct silt_record *record = layers->records[layers->count - 1];
	if (operation->next_layer || record->entry_count == MODEL_ENTRIES_MAX) {
		if (layers->count == MODEL_LAYERS_MAX) {
			return false;
		}
		next_layer(layers);
		return true;
	}
	bool is_link = operation->type == SILT_ENTRY_HARDLINK || operation->type == SILT_ENTRY_SYMLINK;
	if (!cut(rest, &path_code) || (is_link && !cut(rest, &link_code))) {
		return false;
	}
	char text[PATH_SIZE];
	write_path(path_code, operation, text);
	struct silt_entry *entry = &record->entries[record->entry_count++];
	if (!silt_entry_set_path(&record->texts, entry, silt_bytes_text(text))) {
		abort();
	}
	entry->type = (uint8_t)operation->type;
	entry->whiteout = (uint8_t)operation->whiteout;
	if (is_link) {
		add_link(record, entry, link_code);
	}
	return true;
}

/* ---- Comparison ------------------------------------------------------------------------------------------------------ */

struct comparison {
	const struct model *model;
	const struct silt_rootfs *rootfs;
	unsigned names;
};

static void demand_same(struct silt_place a, struct silt_place b)
{
	if (a.layer != b.layer || a.entry != b.entry) {
		abort();
	}
}

static enum silt_status compare_name(void *ctx, struct silt_bytes path, const struct silt_node *node,
				     struct silt_error *err)
{
	(void)err;
	struct comparison *comparison = ctx;
	struct silt_node found;
	if (!silt_rootfs_find(comparison->rootfs, path, false, &found)) {
		abort();
	}
	demand_same(found.meta, node->meta);
	demand_same(found.content, node->content);
	silt_rootfs_find(comparison->rootfs, path, true, &found); /* it may be a link to nowhere */
	if (path.len > 0) {
		const struct thing *thing = model_find(comparison->model, path);
		if (!thing) {
			abort();
		}
		demand_same(thing->meta, node->meta);
		demand_same(thing->content, node->content);
		comparison->names++;
	}
	return SILT_OK;
}

static void compare_fates(const struct comparison *comparison)
{
	const struct model *model = comparison->model;
	for (uint32_t layer = 0; layer < model->layers; layer++) {
		for (uint32_t i = 0; i < model->records[layer]->entry_count; i++) {
			struct silt_fate_of is = silt_rootfs_fate(comparison->rootfs, (struct silt_place){layer, i});
			const struct silt_fate_of *should = &model->fates[layer][i];
			demand_same(is.cause, should->cause);
			if (is.fate != should->fate || is.is_mark != should->is_mark) {
				abort();
			}
			is = silt_rootfs_name_fate(comparison->rootfs, (struct silt_place){layer, i});
			should = &model->name_fates[layer][i];
			demand_same(is.cause, should->cause);
			if (is.fate != should->fate || is.is_mark != should->is_mark) {
				abort();
			}
		}
	}
}

static void compare(const struct layers *layers, struct model *model)
{
	struct silt_rootfs *rootfs = NULL;
	struct silt_error err = {0};
	model->layers = 0;
	model->view.count = 0;
	if (silt_rootfs_new(NULL, &rootfs, &err) != SILT_OK) {
		abort();
	}
	for (uint32_t i = 0; i < layers->count; i++) {
		model_push(model, layers->records[i]);
		if (silt_rootfs_push(rootfs, layers->records[i], &err) != SILT_OK) {
			abort();
		}
	}
	struct comparison comparison = {model, rootfs, 0};
	if (silt_rootfs_finish(rootfs, &err) != SILT_OK ||
	    silt_rootfs_walk(rootfs, compare_name, &comparison, &err) != SILT_OK ||
	    comparison.names != model->view.count) {
		abort();
	}
	compare_fates(&comparison);
	silt_rootfs_free(rootfs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct model model; /* a megabyte; emptied for every stack */
	struct layers layers = {0};
	struct silt_bytes rest = silt_bytes(data, size);
	next_layer(&layers);
	while (apply(&layers, &rest)) {
	}
	compare(&layers, &model);
	for (uint32_t i = 0; i < layers.count; i++) {
		silt_record_free(layers.records[i]);
	}
	return 0;
}
