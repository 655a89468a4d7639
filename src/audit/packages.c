/* Facts of package databases, put together for one filesystem. */
#include "audit/packages.h"

#include <stdlib.h>

/* True if the entry is a part of the filesystem that the lowest `layers` layers make. */
static bool is_there(const struct silt_audited_image *image, struct silt_place place, size_t layers)
{
	struct silt_fate_of fate = silt_rootfs_fate(image->rootfs, place);
	return fate.fate == SILT_FATE_VISIBLE || (!silt_place_none(fate.cause) && fate.cause.layer >= layers);
}

static enum silt_status add(struct silt_packages *packages, const struct silt_record *record, struct silt_place place,
			    const struct silt_fact *fact, struct silt_error *err)
{
	struct silt_installed package = {.version = fact->text, .database = place};
	struct silt_path_room room;
	enum silt_package_db db = silt_package_db_at(silt_entry_path(record, &record->entries[place.entry], &room));
	package.manager = silt_package_db_family(db);
	if (!silt_bytes_cut(&package.version, ' ', &package.name)) {
		return SILT_OK;
	}
	if (!silt_grow((void **)&packages->items, packages->count, &packages->capacity, sizeof(package))) {
		return silt_fail_memory(err);
	}
	packages->items[packages->count++] = package;
	return SILT_OK;
}

static enum silt_status add_layer(struct silt_packages *packages, const struct silt_audited_image *image,
				  uint32_t layer, size_t layers, struct silt_error *err)
{
	const struct silt_record *record = image->layers[layer];
	enum silt_status status = SILT_OK;
	for (size_t i = 0; record && i < record->fact_count && status == SILT_OK; i++) {
		const struct silt_fact *fact = &record->facts[i];
		struct silt_place place = {layer, fact->entry};
		if (fact->kind == SILT_FACT_PACKAGE && is_there(image, place, layers)) {
			status = add(packages, record, place, fact, err);
		}
	}
	return status;
}

static int order(const void *left, const void *right)
{
	const struct silt_installed *a = left, *b = right;
	int result = silt_bytes_compare(a->name, b->name);
	result = result != 0 ? result : silt_bytes_compare(a->version, b->version);
	return result != 0 ? result : (int)a->manager - (int)b->manager;
}

/* The same package for two architectures, or in two copies of one database. */
static void drop_repeats(struct silt_packages *packages)
{
	size_t kept = 0;
	for (size_t i = 0; i < packages->count; i++) {
		if (kept == 0 || order(&packages->items[kept - 1], &packages->items[i]) != 0) {
			packages->items[kept++] = packages->items[i];
		}
	}
	packages->count = kept;
}

enum silt_status silt_packages_list(const struct silt_audited_image *image, size_t layers, struct silt_packages *out,
				    struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	*out = (struct silt_packages){0};
	for (size_t layer = 0; layer < layers && status == SILT_OK; layer++) {
		status = add_layer(out, image, (uint32_t)layer, layers, err);
	}
	if (status == SILT_OK && out->count > 0) {
		qsort(out->items, out->count, sizeof(*out->items), order);
		drop_repeats(out);
	}
	return status;
}

void silt_packages_done(struct silt_packages *packages)
{
	free(packages->items);
	*packages = (struct silt_packages){0};
}

const struct silt_installed *silt_packages_find(const struct silt_packages *packages, struct silt_bytes name)
{
	size_t low = 0, high = packages->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (silt_bytes_compare(packages->items[middle].name, name) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	bool found = low < packages->count && silt_bytes_equal(packages->items[low].name, name);
	return found ? &packages->items[low] : NULL;
}
