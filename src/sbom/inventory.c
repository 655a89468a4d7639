/* The packages of all layers, made into one list with the fate of each. */
#include "sbom/inventory.h"

#include "stream/digest.h"

#include <stdlib.h>

void silt_sbom_inventory_done(struct silt_sbom_inventory *inventory)
{
	free(inventory->files);
	free(inventory->packages);
	silt_arena_done(&inventory->arena);
}

/* ---- Adding -------------------------------------------------------------------------------------------------------- */

static bool copy(struct silt_arena *arena, struct silt_bytes *text)
{
	*text = silt_arena_copy(arena, silt_sbom_field(*text));
	return text->ptr != NULL;
}

enum silt_status silt_sbom_add(struct silt_sbom_inventory *inventory, const struct silt_sbom_file *file,
			       const struct silt_sbom_found *found, struct silt_error *err)
{
	struct silt_arena *arena = &inventory->arena;
	struct silt_sbom_package package = {.found = *found, .first = file, .last = file, .hidden_by = SIZE_MAX};
	struct silt_sbom_found *to = &package.found;
	const bool room = silt_grow((void **)&inventory->packages, inventory->package_count,
				    &inventory->package_capacity, sizeof(*inventory->packages));
	if (!room || !copy(arena, &to->group) || !copy(arena, &to->name) || !copy(arena, &to->version) ||
	    !copy(arena, &to->arch) || !copy(arena, &to->platform) || !copy(arena, &to->source) ||
	    !copy(arena, &to->inner)) {
		return silt_fail_memory(err);
	}
	inventory->packages[inventory->package_count++] = package;
	return SILT_OK;
}

/* ---- Order --------------------------------------------------------------------------------------------------------- */

static int compare_numbers(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int compare_files(const void *left, const void *right)
{
	const struct silt_sbom_file *a = *(struct silt_sbom_file *const *)left,
				    *b = *(struct silt_sbom_file *const *)right;
	int order = silt_bytes_compare(a->home, b->home);
	order = order ? order : compare_numbers(a->entry.layer, b->entry.layer);
	return order ? order : compare_numbers(a->entry.index, b->entry.index);
}

static void number_files(struct silt_sbom_inventory *inventory)
{
	if (inventory->file_count > 0) {
		qsort(inventory->files, inventory->file_count, sizeof(*inventory->files), compare_files);
	}
	for (size_t i = 1; i < inventory->file_count; i++) {
		struct silt_sbom_file *file = inventory->files[i], *before = inventory->files[i - 1];
		file->at = i;
		const bool same = silt_bytes_equal(file->home, before->home);
		file->number = before->number + !same;
		file->order = same ? before->order + 1 : 0;
	}
}

/* The same thing at the same place, in whatever version. */
static int compare_names(const struct silt_sbom_package *a, const struct silt_sbom_package *b)
{
	int order = compare_numbers(a->first->number, b->first->number);
	order = order ? order : silt_bytes_compare(a->found.inner, b->found.inner);
	order = order ? order : silt_bytes_compare(a->found.group, b->found.group);
	order = order ? order : silt_bytes_compare(a->found.name, b->found.name);
	order = order ? order : silt_bytes_compare(a->found.arch, b->found.arch);
	return order ? order : silt_bytes_compare(a->found.platform, b->found.platform);
}

/* As versions of a file follow each other. */
static int compare_appearances(const void *left, const void *right)
{
	const struct silt_sbom_package *a = left, *b = right;
	int order = compare_names(a, b);
	return order ? order : compare_numbers(a->first->order, b->first->order);
}

static int compare_versions(const struct silt_sbom_package *a, const struct silt_sbom_package *b)
{
	int order = compare_names(a, b);
	order = order ? order : silt_bytes_compare(a->found.version, b->found.version);
	return order ? order : silt_bytes_compare(a->found.source, b->found.source);
}

static int compare_packages(const void *left, const void *right)
{
	const struct silt_sbom_package *a = left, *b = right;
	int order = compare_versions(a, b);
	return order ? order : compare_numbers(a->first->order, b->first->order);
}

/* ---- Fates --------------------------------------------------------------------------------------------------------- */

/*
 * Whether no tree is between two versions of a file that has neither: what was hidden by a layer below that of the next one
 * was gone, and what was hidden by one above it under a name of its own was another file then, whatever links came later.
 */
static bool stays(const struct silt_sbom_file *file, const struct silt_sbom_file *next)
{
	if (file == next || file->cause_layer == next->entry.layer) {
		return true;
	}
	return (file->fate == SILT_FATE_VISIBLE || file->cause_layer > next->entry.layer) &&
	       silt_bytes_equal(file->raw, next->raw);
}

/*
 * Of a package that is in one version of a file after the other one remains, from the first to the last of them, if there
 * is no tree between them that has none of it.
 */
static void merge(struct silt_sbom_inventory *inventory)
{
	size_t count = 0;
	for (size_t i = 0; i < inventory->package_count; i++) {
		const struct silt_sbom_package *next = &inventory->packages[i];
		struct silt_sbom_package *before = count > 0 ? &inventory->packages[count - 1] : NULL;
		if (before && compare_versions(before, next) == 0 && next->first->order <= before->last->order + 1 &&
		    stays(before->last, next->first)) {
			before->last = next->first;
			before->followed = next->followed;
		} else {
			inventory->packages[count++] = *next;
		}
	}
	inventory->package_count = count;
}

/* Whether the version of the file behind the one that has a package has it, too, as whatever version of it. */
static void mark_followed(struct silt_sbom_inventory *inventory)
{
	for (size_t i = inventory->package_count; i-- > 0;) {
		struct silt_sbom_package *package = &inventory->packages[i];
		const struct silt_sbom_package *after = i + 1 < inventory->package_count ? package + 1 : NULL;
		if (after && compare_names(package, after) == 0) {
			const size_t order = package->first->order;
			package->followed = after->first->order == order + 1 ||
					    (after->first->order == order && after->followed);
		}
	}
}

static void judge(struct silt_sbom_inventory *inventory)
{
	for (size_t i = 0; i < inventory->package_count; i++) {
		struct silt_sbom_package *package = &inventory->packages[i];
		const struct silt_sbom_file *last = package->last;
		const struct silt_sbom_file *next =
			last->at + 1 < inventory->file_count ? inventory->files[last->at + 1] : NULL;
		const bool newer = next && next->number == last->number;
		package->fate = last->fate;
		package->hidden_by = last->fate == SILT_FATE_VISIBLE ? SIZE_MAX : last->cause_layer;
		/* A newer list that does not have it: it was removed. What could not be read says nothing. */
		const bool missing = newer && next->whole && !package->followed;
		if (last->fate == SILT_FATE_OVERWRITTEN && (last->gone || missing)) {
			package->fate = SILT_FATE_DELETED;
		}
	}
}

/* ---- Names of our own ---------------------------------------------------------------------------------------------- */

static void hash_text(struct silt_hasher *hasher, struct silt_bytes text)
{
	silt_hasher_add(hasher, text);
	silt_hasher_add(hasher, silt_bytes("", 1));
}

/* Of what it is, where it is told of, and the layer where it appeared: the same in every build of the same layers. */
static enum silt_status name_package(struct silt_sbom_package *package, const struct silt_image *image,
				     struct silt_error *err)
{
	const struct silt_sbom_found *found = &package->found;
	struct silt_hasher *hasher = NULL;
	struct silt_digest digest;
	const enum silt_status status = silt_hasher_new(&hasher, err);
	if (status != SILT_OK) {
		return status;
	}
	const struct silt_bytes texts[] = {package->first->path,
					   found->inner,
					   found->group,
					   found->name,
					   found->version,
					   found->arch,
					   found->platform,
					   found->source,
					   silt_bytes_text(image->layers[package->first->name.layer].diff_id)};
	for (size_t i = 0; i < SILT_COUNT(texts); i++) {
		hash_text(hasher, texts[i]);
	}
	const uint64_t place[] = {found->kind, package->first->name.layer, package->first->name.index};
	for (size_t i = 0; i < sizeof(place); i++) {
		const uint8_t byte = (uint8_t)(place[i / 8] >> (8 * (i % 8)));
		silt_hasher_add(hasher, silt_bytes(&byte, 1));
	}
	silt_hasher_end(hasher, &digest);
	silt_hasher_free(hasher);
	memcpy(package->id, digest.sha256, sizeof(package->id));
	return SILT_OK;
}

static void sort(struct silt_sbom_inventory *inventory, int (*compare)(const void *, const void *))
{
	if (inventory->package_count > 0) {
		qsort(inventory->packages, inventory->package_count, sizeof(*inventory->packages), compare);
	}
}

enum silt_status silt_sbom_settle(struct silt_sbom_inventory *inventory, const struct silt_image *image,
				  struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	number_files(inventory);
	sort(inventory, compare_appearances);
	mark_followed(inventory);
	sort(inventory, compare_packages);
	merge(inventory);
	judge(inventory);
	for (size_t i = 0; i < inventory->package_count && status == SILT_OK; i++) {
		status = name_package(&inventory->packages[i], image, err);
	}
	return status;
}
