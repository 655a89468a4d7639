/* One walk over the files of each image, for all checks of files. */
#include "audit/files.h"

#include "audit/checks.h"
#include "audit/file_checks.h"

#include <stdlib.h>

static const struct silt_file_check *const checks[] = {SILT_FILE_CHECKS};

enum { CHECKS = SILT_COUNT(checks) };

struct walk {
	struct silt_case of;
	void *states[CHECKS]; /* owns */
	size_t seers[CHECKS]; /* the checks that see names of the final tree */
	size_t seer_count;
	size_t asked[CHECKS]; /* the checks that see the entries of the folder under way */
	size_t asked_count;
};

static enum silt_status begin(struct walk *walk, struct silt_error *err)
{
	for (size_t i = 0; i < CHECKS; i++) {
		walk->states[i] = calloc(1, checks[i]->state_size);
		if (!walk->states[i]) {
			return silt_fail_memory(err);
		}
		memcpy(walk->states[i], &walk->of, sizeof(walk->of));
		if (checks[i]->see) {
			walk->seers[walk->seer_count++] = i;
		}
	}
	return SILT_OK;
}

static enum silt_status visit(void *ctx, struct silt_bytes path, const struct silt_node *node, struct silt_error *err)
{
	const struct walk *walk = ctx;
	const struct silt_audited_image *image = silt_case_image(&walk->of);
	struct silt_file file = {
		.path = path, .name = silt_path_basename(path), .node = *node, .type = SILT_ENTRY_DIRECTORY};
	if (!silt_place_none(node->meta)) {
		file.meta = silt_entry_at(image, node->meta);
		file.type = file.meta->type;
	}
	if (!silt_place_none(node->content)) {
		file.content = silt_entry_at(image, node->content);
		file.type = file.content->type;
	}
	if (path.len == 0) {
		file.type = SILT_ENTRY_DIRECTORY; /* whatever an entry called "." says that it is */
	}
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < walk->seer_count && status == SILT_OK; i++) {
		size_t check = walk->seers[i];
		status = checks[check]->see(walk->states[check], &file, err);
	}
	return status;
}

static enum silt_status visit_entry(const struct walk *walk, const struct silt_layer_file *file, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < walk->asked_count && status == SILT_OK; i++) {
		size_t check = walk->asked[i];
		status = checks[check]->see_any(walk->states[check], file, err);
	}
	return status;
}

static void enter(struct walk *walk, const struct silt_layer_folder *folder)
{
	walk->asked_count = 0;
	for (size_t i = 0; i < CHECKS; i++) {
		if (checks[i]->see_any && (!checks[i]->enter || checks[i]->enter(walk->states[i], folder))) {
			walk->asked[walk->asked_count++] = i;
		}
	}
}

static enum silt_status visit_layer(struct walk *walk, uint32_t layer, struct silt_error *err)
{
	const struct silt_record *record = silt_case_image(&walk->of)->layers[layer];
	const struct silt_entry *last = NULL;
	enum silt_status status = SILT_OK;
	for (uint32_t i = 0; record && i < record->entry_count && status == SILT_OK; i++) {
		const struct silt_entry *entry = &record->entries[i];
		if (entry->whiteout != SILT_WHITEOUT_NONE) {
			continue;
		}
		struct silt_path_room room;
		struct silt_layer_file file = {
			.place = {layer, i},
			.entry = entry,
			.path = silt_entry_path(record, entry, &room),
			.folder = silt_entry_folder(record, entry),
			.name = silt_entry_name(record, entry),
		};
		if (!last || last->folder != entry->folder) {
			enter(walk, &(struct silt_layer_folder){layer, file.folder});
		}
		last = entry;
		status = visit_entry(walk, &file, err);
	}
	return status;
}

static enum silt_status visit_layers(struct walk *walk, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (uint32_t layer = 0; layer < silt_case_image(&walk->of)->layer_count && status == SILT_OK; layer++) {
		status = visit_layer(walk, layer, err);
	}
	return status;
}

static enum silt_status end(const struct walk *walk, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < CHECKS && status == SILT_OK; i++) {
		if (checks[i]->end) {
			status = checks[i]->end(walk->states[i], err);
		}
		if (status != SILT_OK) {
			silt_error_at(err, "%s", checks[i]->name);
		}
	}
	return status;
}

static void done(struct walk *walk)
{
	for (size_t i = 0; i < CHECKS; i++) {
		if (checks[i]->done && walk->states[i]) {
			checks[i]->done(walk->states[i]);
		}
		free(walk->states[i]);
	}
}

enum silt_status silt_check_files(const struct silt_context *context, struct silt_findings *findings,
				  struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t image = 0; image < context->image_count && status == SILT_OK; image++) {
		struct walk walk = {.of = {context, image, findings}};
		status = begin(&walk, err);
		if (status == SILT_OK) {
			status = silt_rootfs_walk(context->images[image].rootfs, visit, &walk, err);
		}
		if (status == SILT_OK) {
			status = visit_layers(&walk, err);
		}
		if (status == SILT_OK) {
			status = end(&walk, err);
		}
		done(&walk);
	}
	return status;
}
