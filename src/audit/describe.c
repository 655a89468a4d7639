/* Public images and layers out of declared ones. */
#include "audit/describe.h"

#include "audit/base_part.h"
#include "audit/history_id.h"
#include "audit/mask.h"
#include "audit/redact.h"
#include "base/escape.h"

static enum silt_status checked(const void *memory, struct silt_error *err)
{
	return memory ? SILT_OK : silt_fail_memory(err);
}

static const char *digest_copy(struct silt_arena *arena, const struct silt_digest *digest)
{
	char text[SILT_DIGEST_TEXT_SIZE];
	silt_digest_text(digest, text);
	return (const char *)silt_arena_copy(arena, silt_bytes_text(text)).ptr;
}

/* Text of the image for people. NULL if memory ran out. */
static const char *shown(const struct silt_redactor *redactor, struct silt_bytes text, struct silt_arena *arena)
{
	struct silt_buffer redacted = {0};
	silt_redact(redactor, text, &redacted);
	const char *copy = redacted.failed ? NULL : silt_escape_copy(arena, silt_buffer_bytes(&redacted));
	silt_buffer_done(&redacted);
	return copy;
}

static const char *instruction(const struct silt_redactor *redactor, const struct silt_history *history,
			       struct silt_arena *arena)
{
	if (!history) {
		return "";
	}
	struct silt_buffer created_by = {0}, comment = {0}, text = {0};
	silt_redact(redactor, history->created_by, &created_by);
	silt_redact(redactor, history->comment, &comment);
	struct silt_history redacted = {
		.created_by = silt_buffer_bytes(&created_by),
		.comment = silt_buffer_bytes(&comment),
	};
	silt_history_instruction(&redacted, &text);
	bool failed = created_by.failed || comment.failed || text.failed;
	const char *copy = failed ? NULL : silt_escape_copy(arena, silt_buffer_bytes(&text));
	silt_buffer_done(&created_by);
	silt_buffer_done(&comment);
	silt_buffer_done(&text);
	return copy;
}

enum silt_status silt_describe_instructions(struct silt_result *result, const struct silt_declared_image *image,
					    const char *const **out, struct silt_error *err)
{
	struct silt_arena *arena = &result->arena;
	struct silt_redactor redactor;
	const char **lines = silt_arena_alloc(arena, image->layer_count * sizeof(*lines));
	enum silt_status status = silt_redactor_init(&redactor, image, silt_result_reader(result), err);
	for (size_t i = 0; lines && i < image->layer_count && status == SILT_OK; i++) {
		lines[i] =
			instruction(&redactor, silt_config_instruction(&image->config, i, image->layer_count), arena);
		status = checked(lines[i], err);
	}
	silt_redactor_done(&redactor);
	*out = lines;
	return status == SILT_OK ? checked(lines, err) : status;
}

static const char *declared_text(unsigned declared)
{
	static const struct {
		unsigned flags;
		const char *text;
	} texts[] = {
		{SILT_DECLARED_ARCHIVE | SILT_DECLARED_INDEX, "manifest.json and index.json"},
		{SILT_DECLARED_ARCHIVE, "manifest.json"},
		{SILT_DECLARED_INDEX, "index.json"},
		{SILT_DECLARED_LEGACY, "docker v1 layer json"},
		{SILT_DECLARED_LONE, "an image manifest alone"},
	};
	for (size_t i = 0; i < SILT_COUNT(texts); i++) {
		if ((declared & texts[i].flags) == texts[i].flags) {
			return texts[i].text;
		}
	}
	return "";
}

static void describe_effect(const struct silt_layer_effect *effect, struct silt_layer *layer)
{
	layer->files_added = effect->added;
	layer->files_changed = effect->changed;
	layer->files_deleted = effect->deleted;
	layer->bytes_added = effect->bytes_added;
	layer->bytes_hidden = effect->bytes_hidden;
}

static enum silt_status describe_layer(struct silt_result *result, const struct silt_record *record,
				       struct silt_layer *layer, struct silt_error *err)
{
	layer->record = record;
	layer->present = record != NULL;
	if (!record) {
		return SILT_OK;
	}
	layer->diff_id = digest_copy(&result->arena, &record->diff_id);
	layer->digest = digest_copy(&result->arena, &record->digest);
	layer->compression = silt_compression_name(record->compression);
	layer->blob_bytes = record->blob_bytes;
	layer->bytes = record->bytes;
	layer->entry_count = record->entry_count;
	return layer->diff_id && layer->digest ? SILT_OK : silt_fail_memory(err);
}

/* The name of a member, escaped and masked. NULL if memory ran out. */
static const char *member_name(const struct silt_result *result, uint32_t member, struct silt_line_matches *matches,
			       struct silt_arena *arena)
{
	struct silt_buffer text = {0};
	silt_escape(&text, result->inventory.members[member].name);
	const char *copy = text.failed ? NULL : silt_mask_copy(matches, silt_buffer_bytes(&text), arena);
	silt_buffer_done(&text);
	return copy;
}

/* Members that are files; the bundle itself is in front of them. */
enum silt_status silt_number_stored(struct silt_result *result, struct silt_error *err)
{
	const struct silt_inventory *inventory = &result->inventory;
	const bool rootfs = strcmp(result->format, "rootfs") == 0;
	const size_t most = rootfs ? 0 : inventory->count;
	result->stored = silt_arena_alloc(&result->arena, (most + 1) * sizeof(*result->stored));
	if (!result->stored) {
		return silt_fail_memory(err);
	}
	result->stored[result->stored_count++] = SILT_MEMBER_NONE;
	for (size_t i = 0; i < most; i++) {
		const enum silt_member_kind kind = inventory->members[i].kind;
		if (kind <= SILT_MEMBER_EMPTY) {
			result->stored[result->stored_count++] = (uint32_t)i;
		}
	}
	return SILT_OK;
}

size_t silt_stored_of_member(const struct silt_result *result, const struct silt_declared_image *declared,
			     uint32_t member)
{
	if (!declared) {
		return 0; /* the bundle is the layer */
	}
	size_t low = 1, high = member == SILT_MEMBER_NONE ? 1 : result->stored_count;
	while (low < high) {
		const size_t half = low + (high - low) / 2;
		if (result->stored[half] < member) {
			low = half + 1;
		} else {
			high = half;
		}
	}
	return low < result->stored_count && result->stored[low] == member ? low : SIZE_MAX;
}

static enum silt_status describe_layers(struct silt_result *result, const struct silt_audited_image *image,
					struct silt_line_matches *matches, struct silt_image *out,
					struct silt_error *err)
{
	struct silt_layer *layers = silt_arena_alloc(&result->arena, image->layer_count * sizeof(*layers));
	if (!layers) {
		return silt_fail_memory(err);
	}
	for (size_t i = 0; i < image->layer_count; i++) {
		layers[i] = (struct silt_layer){.diff_id = "",
						.digest = "",
						.compression = "",
						.member = "",
						.instruction = image->instructions[i],
						.heritage = silt_heritage_of_layer(image, i)};
		uint32_t member = image->declared ? image->declared->layers[i].member : SILT_MEMBER_NONE;
		layers[i].stored = silt_stored_of_member(result, image->declared, member);
		if (member != SILT_MEMBER_NONE) {
			layers[i].member = member_name(result, member, matches, &result->arena);
		}
		enum silt_status status = checked(layers[i].member, err);
		if (status == SILT_OK) {
			describe_effect(silt_rootfs_effect(image->rootfs, i), &layers[i]);
			status = describe_layer(result, image->layers[i], &layers[i], err);
		}
		if (status != SILT_OK) {
			return status;
		}
		out->bytes += layers[i].bytes;
	}
	out->layers = layers;
	out->layer_count = image->layer_count;
	return SILT_OK;
}

static enum silt_status describe_names(struct silt_arena *arena, const struct silt_declared_image *declared,
				       const struct silt_redactor *redactor, struct silt_image *out,
				       struct silt_error *err)
{
	const char **names = silt_arena_alloc(arena, declared->name_count * sizeof(*names));
	if (!names) {
		return silt_fail_memory(err);
	}
	for (size_t i = 0; i < declared->name_count; i++) {
		names[i] = shown(redactor, declared->names[i], arena);
		if (!names[i]) {
			return silt_fail_memory(err);
		}
	}
	out->names = names;
	out->name_count = declared->name_count;
	return SILT_OK;
}

static enum silt_status describe_text(struct silt_result *result, const struct silt_declared_image *declared,
				      struct silt_image *out, struct silt_error *err)
{
	struct silt_arena *arena = &result->arena;
	struct silt_redactor redactor;
	enum silt_status status = silt_redactor_init(&redactor, declared, silt_result_reader(result), err);
	if (status == SILT_OK) {
		out->platform = shown(&redactor, declared->platform, arena);
		out->created = shown(&redactor, declared->config.created, arena);
		out->user = shown(&redactor, declared->config.user, arena);
		status = out->platform && out->created && out->user
				 ? describe_names(arena, declared, &redactor, out, err)
				 : silt_fail_memory(err);
	}
	silt_redactor_done(&redactor);
	return status;
}

static enum silt_status describe_history(struct silt_result *result, const struct silt_declared_image *declared,
					 struct silt_image *out, struct silt_error *err)
{
	size_t count = silt_history_is_plain(declared, &result->inventory) ? declared->config.history_count : 0;
	const char **ids = silt_arena_alloc(&result->arena, count * sizeof(*ids));
	if (!ids) {
		return silt_fail_memory(err);
	}
	for (size_t i = 0; i < count; i++) {
		char id[SILT_HISTORY_ID_SIZE];
		silt_history_id(&declared->config.history[i], id);
		ids[i] = (const char *)silt_arena_copy(&result->arena, silt_bytes_text(id)).ptr;
		if (!ids[i]) {
			return silt_fail_memory(err);
		}
	}
	out->history_ids = ids;
	out->history_id_count = count;
	return SILT_OK;
}

static enum silt_status describe_declared(struct silt_result *result, const struct silt_declared_image *declared,
					  struct silt_image *out, struct silt_error *err)
{
	struct silt_arena *arena = &result->arena;
	out->config_digest = digest_copy(arena, &declared->config_digest);
	out->manifest_digest = digest_copy(arena, &declared->manifest_digest);
	out->declared_by = declared_text(declared->declared);
	out->history_attributed = declared->layer_count > 0 &&
				  silt_config_instruction(&declared->config, 0, declared->layer_count) != NULL;
	bool ok = out->config_digest && out->manifest_digest;
	enum silt_status status = ok ? describe_history(result, declared, out, err) : silt_fail_memory(err);
	return status == SILT_OK ? describe_text(result, declared, out, err) : status;
}

enum silt_status silt_describe_image(struct silt_result *result, const struct silt_audited_image *image,
				     struct silt_line_matches *matches, struct silt_image *out, struct silt_error *err)
{
	*out = (struct silt_image){
		.config_digest = "",
		.manifest_digest = "",
		.platform = "",
		.created = "",
		.user = "",
		.declared_by = "",
		.rootfs = image->rootfs,
	};
	enum silt_status status = SILT_OK;
	if (image->declared) {
		status = describe_declared(result, image->declared, out, err);
	}
	return status == SILT_OK ? describe_layers(result, image, matches, out, err) : status;
}
