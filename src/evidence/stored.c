/* What is stored in a bundle, whether an image has it or not. */
#include "evidence/stored.h"

#include "audit/describe.h"
#include "base/attributes.h"

const char *silt_stored_kind_name(enum silt_stored_kind kind)
{
	static const char *const names[] = {[SILT_STORED_BUNDLE] = "bundle",
					    [SILT_STORED_TAR] = "tar",
					    [SILT_STORED_DOCUMENT] = "document",
					    [SILT_STORED_OTHER] = "other"};
	return (size_t)kind < SILT_COUNT(names) ? names[kind] : "unknown";
}

size_t silt_stored_count(const struct silt_result *result)
{
	return result->stored_count;
}

const struct silt_member *silt_stored_member(const struct silt_result *result, size_t number)
{
	return number == 0 ? NULL : &result->inventory.members[result->stored[number]];
}

const struct silt_record *silt_stored_record(const struct silt_result *result, size_t number)
{
	const struct silt_member *member = silt_stored_member(result, number);
	if (!member) {
		return result->outer;
	}
	return member->kind == SILT_MEMBER_TAR && member->record != UINT32_MAX ? result->records[member->record] : NULL;
}

/* ---- One of them ------------------------------------------------------------------------------------------------------ */

static void describe_tar(const struct silt_record *record, struct silt_stored *out)
{
	out->entry_count = record->entry_count;
	out->compression = silt_compression_name(record->compression);
	out->bytes = record->blob_bytes;
	out->unpacked = record->bytes;
	silt_digest_text(&record->digest, out->digest);
	silt_digest_text(&record->diff_id, out->diff_id);
}

static enum silt_stored_kind kind_of(enum silt_member_kind kind)
{
	return kind == SILT_MEMBER_TAR        ? SILT_STORED_TAR
	       : kind == SILT_MEMBER_DOCUMENT ? SILT_STORED_DOCUMENT
					      : SILT_STORED_OTHER;
}

bool silt_stored_get(const struct silt_result *result, size_t number, struct silt_stored *out)
{
	if (number >= result->stored_count) {
		return false;
	}
	const struct silt_member *member = silt_stored_member(result, number);
	const struct silt_record *record = silt_stored_record(result, number);
	*out = (struct silt_stored){.compression = "none", .referenced = true};
	if (member) {
		out->kind = kind_of(member->kind);
		out->name = member->name;
		out->bytes = member->bytes;
		out->compression = silt_compression_name(member->compression);
		out->referenced = result->declared->referenced[result->stored[number]];
		silt_digest_text(&member->digest, out->digest);
	}
	if (record) {
		describe_tar(record, out);
	}
	return true;
}

/* ---- Entries and images -------------------------------------------------------------------------------------------- */

bool silt_stored_layer(const struct silt_result *result, size_t number, size_t *image, size_t *layer)
{
	for (size_t i = 0; i < result->image_count; i++) {
		for (size_t at = 0; at < result->images[i].layer_count; at++) {
			if (result->images[i].layers[at].record && result->images[i].layers[at].stored == number) {
				*image = i;
				*layer = at;
				return true;
			}
		}
	}
	return false;
}

/* A blob is its bytes: a copy under another name is the same layer. */
static bool is_layer_of(const struct silt_result *result, const struct silt_declared_image *image, uint32_t member)
{
	const struct silt_member *members = result->inventory.members;
	bool found = false;
	for (size_t i = 0; i < image->layer_count && !found; i++) {
		const uint32_t layer = image->layers[i].member;
		found = layer == member || (layer != SILT_MEMBER_NONE && members[member].digest.known &&
					    silt_digest_equal(&members[layer].digest, &members[member].digest));
	}
	return found;
}

/* All images that are declared: of those in the result silt_stored_layer knows the layers. */
bool silt_stored_is_elsewhere(const struct silt_result *result, size_t number)
{
	size_t image, layer;
	bool found = false;
	if (number == 0 || number >= result->stored_count || result->image_count == result->declared->count ||
	    silt_stored_layer(result, number, &image, &layer)) {
		return false;
	}
	for (size_t i = 0; i < result->declared->count && !found; i++) {
		found = is_layer_of(result, &result->declared->images[i], result->stored[number]);
	}
	return found;
}

bool silt_stored_entry(const struct silt_result *result, size_t number, size_t index, struct silt_entry_view *view)
{
	size_t image, layer;
	const struct silt_record *record = number < result->stored_count ? silt_stored_record(result, number) : NULL;
	if (!record || index >= record->entry_count) {
		return false;
	}
	if (silt_stored_layer(result, number, &image, &layer)) {
		return silt_image_entry(&result->images[image], layer, index, view);
	}
	silt_entry_describe(record, index, view);
	return true;
}

static const struct silt_declared_image *declared_of(const struct silt_result *result, size_t image)
{
	return result->audited && image < result->image_count ? result->audited[image].declared : NULL;
}

static size_t document_of(const struct silt_result *result, const struct silt_declared_image *declared, uint32_t member)
{
	return declared && member != SILT_MEMBER_NONE ? silt_stored_of_member(result, declared, member) : SIZE_MAX;
}

size_t silt_image_config_stored(const struct silt_result *result, size_t image)
{
	const struct silt_declared_image *declared = declared_of(result, image);
	return document_of(result, declared, declared ? declared->config_member : SILT_MEMBER_NONE);
}

size_t silt_image_manifest_stored(const struct silt_result *result, size_t image)
{
	const struct silt_declared_image *declared = declared_of(result, image);
	return document_of(result, declared, declared ? declared->manifest_member : SILT_MEMBER_NONE);
}

/* ---- History ------------------------------------------------------------------------------------------------------- */

size_t silt_image_history_count(const struct silt_result *result, size_t image)
{
	const struct silt_declared_image *declared = declared_of(result, image);
	return declared ? declared->config.history_count : 0;
}

/* The layer of a line, if lines and layers can be matched one to one. */
static size_t layer_of_line(const struct silt_declared_image *declared, size_t line)
{
	const struct silt_config *config = &declared->config;
	size_t layer = 0;
	for (size_t i = 0; i < line; i++) {
		layer += !config->history[i].empty_layer;
	}
	return config->history_layers == declared->layer_count && !config->history[line].empty_layer ? layer : SIZE_MAX;
}

bool silt_image_history(const struct silt_result *result, size_t image, size_t line, struct silt_history_view *out)
{
	const struct silt_declared_image *declared = declared_of(result, image);
	if (!declared || line >= declared->config.history_count) {
		return false;
	}
	const struct silt_history *history = &declared->config.history[line];
	*out = (struct silt_history_view){.created = history->created,
					  .created_by = history->created_by,
					  .comment = history->comment,
					  .author = history->author,
					  .layer = layer_of_line(declared, line)};
	return true;
}
