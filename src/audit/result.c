/* The public handle of a result. */
#include "audit/result.h"

#include "audit/retold.h"
#include "base/error.h"
#include "layer/contents.h"

#include <stdlib.h>

const char *silt_result_name(const struct silt_result *result)
{
	return result->name;
}

const char *silt_result_format(const struct silt_result *result)
{
	return result->format;
}

const char *silt_result_digest(const struct silt_result *result)
{
	return result->digest ? result->digest : "";
}

const struct silt_image *silt_result_images(const struct silt_result *result, size_t *count)
{
	*count = result->image_count;
	return result->images;
}

const struct silt_finding *silt_result_findings(const struct silt_result *result, size_t *count)
{
	*count = result->finding_count;
	return result->findings;
}

const struct silt_finding *silt_result_suppressed(const struct silt_result *result, size_t *count)
{
	*count = result->suppressed_count;
	return result->suppressed;
}

const struct silt_sighting *silt_result_wanted(const struct silt_result *result, size_t index, size_t *count)
{
	*count = index < result->wanted_count ? result->wanted[index].count : 0;
	return *count > 0 ? result->wanted[index].items : NULL;
}

const struct silt_coverage *silt_result_coverage(const struct silt_result *result)
{
	return &result->coverage;
}

/* Names are compared before folders, because they differ. */
size_t silt_record_next_called(const struct silt_record *record, size_t from, struct silt_bytes path)
{
	const struct silt_bytes name = silt_path_basename(path), folder = silt_path_parent(path);
	for (; from < record->entry_count; from++) {
		const struct silt_entry *entry = &record->entries[from];
		if (silt_bytes_equal(silt_entry_name(record, entry), name) &&
		    silt_bytes_equal(silt_entry_folder(record, entry), folder)) {
			break;
		}
	}
	return from;
}

void silt_entry_describe(const struct silt_record *record, size_t index, struct silt_entry_view *view)
{
	const struct silt_entry *entry = &record->entries[index];
	const struct silt_extra *extra = silt_record_extra(record, entry);
	const struct silt_content_digest *content = silt_record_content(record, (uint32_t)index);
	const bool disputed = entry->flags & SILT_ENTRY_DISPUTED;
	*view = (struct silt_entry_view){
		.folder = silt_entry_folder(record, entry),
		.name = silt_entry_name(record, entry),
		.link = silt_entry_link(record, entry),
		.type = (enum silt_entry_type)entry->type,
		.mode = entry->mode,
		.uid = entry->uid,
		.gid = entry->gid,
		.size = entry->size,
		.mtime = silt_entry_mtime(record, entry),
		.offset = silt_entry_offset(entry),
		.whiteout = entry->whiteout == SILT_WHITEOUT_FILE || entry->whiteout == SILT_WHITEOUT_OPAQUE,
		.fate = disputed ? SILT_FATE_DISPUTED : SILT_FATE_UNREFERENCED,
		.cause_layer = SIZE_MAX,
		.cause_index = SIZE_MAX,
		.dev_major = extra->dev_major,
		.dev_minor = extra->dev_minor,
		.capability = silt_entry_capability(record, entry),
		.sha256 = content ? content->sha256 : NULL,
		.truncated = entry->flags & SILT_ENTRY_TRUNCATED,
	};
}

/* With the fate that `ask` gives. */
static bool describe(const struct silt_image *image, size_t layer, size_t index,
		     struct silt_fate_of (*ask)(const struct silt_rootfs *, struct silt_place),
		     struct silt_entry_view *view)
{
	const struct silt_record *record = layer < image->layer_count ? image->layers[layer].record : NULL;
	if (!record || index >= record->entry_count) {
		return false;
	}
	const struct silt_fate_of fate = ask(image->rootfs, (struct silt_place){(uint32_t)layer, (uint32_t)index});
	silt_entry_describe(record, index, view);
	view->whiteout = fate.is_mark;
	view->fate = fate.fate;
	if (!silt_place_none(fate.cause)) {
		view->cause_layer = fate.cause.layer;
		view->cause_index = fate.cause.entry;
	}
	return true;
}

bool silt_image_entry(const struct silt_image *image, size_t layer, size_t index, struct silt_entry_view *view)
{
	return describe(image, layer, index, silt_rootfs_fate, view);
}

bool silt_image_name(const struct silt_image *image, size_t layer, size_t index, struct silt_entry_view *view)
{
	return describe(image, layer, index, silt_rootfs_name_fate, view);
}

enum silt_status silt_result_retell(const struct silt_retold *told, struct silt_arena *arena, struct silt_result **out,
				    struct silt_error *err)
{
	struct silt_result *result = calloc(1, sizeof(*result));
	if (!result) {
		return silt_fail_memory(err);
	}
	*result = (struct silt_result){.name = told->name,
				       .format = told->format,
				       .digest = told->digest,
				       .images = told->images,
				       .image_count = told->image_count,
				       .findings = told->findings,
				       .finding_count = told->finding_count,
				       .suppressed = told->suppressed,
				       .suppressed_count = told->suppressed_count,
				       .coverage = told->coverage,
				       .arena = *arena};
	*arena = (struct silt_arena){0};
	*out = result;
	return SILT_OK;
}

void silt_result_forget(struct silt_result *result)
{
	for (size_t i = 0; i < result->record_count; i++) {
		silt_record_free(result->records[i]);
	}
	silt_record_free(result->outer);
	silt_inventory_done(&result->inventory);
	result->outer = NULL;
	result->record_count = 0;
	result->coverage = (struct silt_coverage){0};
}

void silt_result_free(struct silt_result *result)
{
	if (!result) {
		return;
	}
	for (size_t i = 0; result->trees && i < result->image_count; i++) {
		silt_rootfs_free(result->trees[i]);
	}
	free(result->trees);
	silt_reached_done(&result->reached);
	silt_images_free(result->declared);
	silt_result_forget(result);
	free(result->records);
	silt_arena_done(&result->arena);
	silt_matcher_free(result->wanting);
	free(result);
}
