/* From the files of an image to its packages: those with metadata are dug out and read. */
#include "sbom/gather.h"

#include "base/escape.h"
#include "content/fact.h"
#include "silt/dig.h"

#include <stdlib.h>

/* Bytes of os-release; a real one has 500. */
enum { RELEASE_MAX = 64 * 1024 };

void silt_sbom_warn(struct silt_sbom_gathering *gathering, const struct silt_sbom_file *file, const char *why)
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

/* ---- Bodies -------------------------------------------------------------------------------------------------------- */

static enum silt_status take_found(void *ctx, const struct silt_sbom_found *found, struct silt_error *err)
{
	struct silt_sbom_gathering *gathering = ctx;
	if (gathering->inventory->package_count < SILT_SBOM_PACKAGES_MAX) {
		return silt_sbom_add(gathering->inventory, gathering->current, found, err);
	}
	if (!gathering->full) {
		gathering->full = true;
		gathering->current->whole = false;
		silt_sbom_warn(gathering, gathering->current,
			       "there are too many packages, and the rest of them is not told");
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

static enum silt_status read_release(struct silt_sbom_gathering *gathering, struct silt_error *err)
{
	const struct silt_bytes path = gathering->release.path, body = silt_buffer_bytes(&gathering->body);
	const silt_fact_wants wants = silt_facts_wanted(path, silt_bytes_slice(body, 0, 512));
	return wants ? silt_facts_read(wants, path, body, take_fact, gathering->inventory, err) : SILT_OK;
}

static enum silt_status read_body(struct silt_sbom_gathering *gathering, struct silt_error *err)
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
		silt_sbom_warn(gathering, file, why);
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
	struct silt_sbom_gathering *gathering;
	struct silt_sbom_file **files; /* those to read; then the first of each item, by its number */
	size_t count;
};

/* Names of one body are read one after the other. */
static enum silt_status read_names(struct silt_sbom_gathering *gathering, struct silt_error *err)
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
	struct silt_sbom_gathering *gathering = digging->gathering;
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
	struct silt_sbom_gathering *gathering = digging->gathering;
	const size_t max = file->place ? file->place->max : RELEASE_MAX;
	file->stored = gathering->image->layers[file->body.layer].stored;
	if (file->size > max || file->stored == SIZE_MAX) {
		file->whole = false;
		silt_sbom_warn(gathering, file, "it is larger than any that is read");
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
	struct silt_sbom_gathering *gathering = digging->gathering;
	for (size_t i = 0; i < gathering->inventory->file_count; i++) {
		choose(digging, gathering->inventory->files[i]);
	}
	if (gathering->has_release) {
		choose(digging, &gathering->release);
	}
	return make_items(digging, items);
}

static enum silt_status dig(struct silt_sbom_gathering *gathering, struct silt_bundle *bundle,
			    const struct silt_result *result, struct silt_error *err)
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
	struct silt_sbom_gathering gathering = {.inventory = inventory, .image = image, .options = options};
	inventory->whole = true;
	enum silt_status status = silt_sbom_find_files(&gathering, err);
	if (status == SILT_OK) {
		status = dig(&gathering, bundle, result, err);
	}
	silt_sbom_links_done(&gathering.links);
	silt_buffer_done(&gathering.body);
	return status;
}
