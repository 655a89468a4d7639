/* Places in words. */
#include "audit/sighting.h"

#include "base/escape.h"

struct silt_sighting silt_sighting_nowhere(void)
{
	return (struct silt_sighting){
		.image = SIZE_MAX,
		.layer = SIZE_MAX,
		.entry = SIZE_MAX,
		.history_line = SIZE_MAX,
		.place = "",
		.member = "",
		.fate = SILT_FATE_METADATA,
		.added_by = "",
		.cause_layer = SIZE_MAX,
		.hidden_by = "",
		.note = "",
	};
}

const char *silt_place_text(struct silt_arena *arena, struct silt_bytes path)
{
	const char *text = silt_escape_copy(arena, path);
	return text ? silt_arena_printf(arena, "/%s", text) : NULL;
}

const struct silt_entry *silt_entry_at(const struct silt_audited_image *image, struct silt_place place)
{
	return &image->layers[place.layer]->entries[place.entry];
}

struct silt_bytes silt_path_at(const struct silt_audited_image *image, struct silt_place place,
			       struct silt_path_room *room)
{
	return silt_entry_path(image->layers[place.layer], silt_entry_at(image, place), room);
}

const char *silt_entry_text(struct silt_arena *arena, const struct silt_record *record, uint32_t entry)
{
	struct silt_path_room room;
	return silt_place_text(arena, silt_entry_path(record, &record->entries[entry], &room));
}

const char *silt_path_text_at(struct silt_arena *arena, const struct silt_audited_image *image, struct silt_place place)
{
	return silt_entry_text(arena, image->layers[place.layer], place.entry);
}

bool silt_node_is_file(const struct silt_audited_image *image, const struct silt_node *node)
{
	return !silt_place_none(node->meta) && !silt_place_none(node->content) &&
	       silt_entry_at(image, node->content)->type == SILT_ENTRY_FILE;
}

bool silt_image_is_bundle(const struct silt_context *context, size_t image)
{
	return !context->images[image].declared && context->images[image].layer_count > 0 &&
	       context->images[image].layers[0] == context->outer;
}

static void mark_layers(const struct silt_declared_image *image, bool *are)
{
	for (size_t layer = 0; image && layer < image->layer_count; layer++) {
		if (image->layers[layer].member != SILT_MEMBER_NONE) {
			are[image->layers[layer].member] = true;
		}
	}
}

const bool *silt_members_that_are_layers(const struct silt_context *context, bool judged)
{
	bool *are = silt_arena_alloc(context->arena, context->inventory->count * sizeof(*are));
	const size_t count = judged ? context->image_count : context->images_declared->count;
	for (size_t i = 0; are && i < count; i++) {
		mark_layers(judged ? context->images[i].declared : &context->images_declared->images[i], are);
	}
	return are;
}

static bool is_part(const struct silt_declared_image *image, uint32_t member)
{
	bool part = image->config_member == member || image->manifest_member == member;
	for (size_t i = 0; i < image->layer_count; i++) {
		part = part || image->layers[i].member == member;
	}
	return part;
}

const char *silt_unchosen_note(const struct silt_context *context, uint32_t member)
{
	enum { NAME_SHOWN_MAX = 80 };
	for (size_t i = 0; i < context->images_declared->count; i++) {
		const struct silt_declared_image *image = &context->images_declared->images[i];
		if (!is_part(image, member)) {
			continue;
		}
		if (image->name_count == 0) {
			return "of an image that was not chosen";
		}
		const char *name = silt_escape_cut(context->arena, image->names[0], NAME_SHOWN_MAX);
		return name ? silt_arena_printf(context->arena, "of %s, which was not chosen", name) : NULL;
	}
	return "";
}

int silt_place_compare(struct silt_place a, struct silt_place b)
{
	if (a.layer != b.layer) {
		return a.layer < b.layer ? -1 : 1;
	}
	return (a.entry > b.entry) - (a.entry < b.entry);
}

/* The name of a member, escaped; "" for none, which is the bundle itself. NULL if memory ran out. */
static const char *member_text(const struct silt_context *context, uint32_t member)
{
	if (member == SILT_MEMBER_NONE) {
		return "";
	}
	return silt_escape_name(context->arena, context->inventory->members[member].name);
}

enum silt_status silt_sight_layer(const struct silt_context *context, size_t image, size_t layer,
				  struct silt_sighting *out, struct silt_error *err)
{
	const struct silt_audited_image *audited = &context->images[image];
	struct silt_sighting sighting = silt_sighting_nowhere();
	sighting.image = image;
	sighting.layer = layer;
	sighting.member =
		member_text(context, audited->declared ? audited->declared->layers[layer].member : SILT_MEMBER_NONE);
	sighting.added_by = audited->instructions[layer];
	sighting.place = silt_arena_printf(context->arena, "layer %zu", layer + 1);
	if (!sighting.member || !sighting.place) {
		return silt_fail_memory(err);
	}
	*out = sighting;
	return SILT_OK;
}

static void set_fate(const struct silt_audited_image *image, struct silt_place place, struct silt_sighting *sighting)
{
	struct silt_fate_of what = silt_rootfs_fate(image->rootfs, place);
	if (what.is_mark && what.fate != SILT_FATE_DISPUTED) {
		sighting->fate = SILT_FATE_METADATA;
		sighting->note = "a deletion mark, which no runtime shows";
		return;
	}
	sighting->fate = what.fate;
	if (!silt_place_none(what.cause)) {
		sighting->cause_layer = what.cause.layer;
		sighting->hidden_by = image->instructions[what.cause.layer];
	}
}

enum silt_status silt_sight_entry(const struct silt_context *context, size_t image, struct silt_place place,
				  struct silt_sighting *out, struct silt_error *err)
{
	const struct silt_audited_image *audited = &context->images[image];
	struct silt_sighting sighting;
	enum silt_status status = silt_sight_layer(context, image, place.layer, &sighting, err);
	if (status != SILT_OK) {
		return status;
	}
	struct silt_path_room room;
	sighting.entry = place.entry;
	sighting.path = silt_arena_copy(context->arena, silt_path_at(audited, place, &room));
	sighting.place = silt_place_text(context->arena, sighting.path);
	if (!sighting.path.ptr || !sighting.place) {
		return silt_fail_memory(err);
	}
	set_fate(audited, place, &sighting);
	*out = sighting;
	return SILT_OK;
}

enum silt_status silt_sight_member(const struct silt_context *context, uint32_t member, struct silt_sighting *out,
				   struct silt_error *err)
{
	if (context->image_count == 1 && silt_image_is_bundle(context, 0)) {
		return silt_sight_outer(context, context->inventory->members[member].entry, out, err);
	}
	struct silt_sighting sighting = silt_sighting_nowhere();
	sighting.fate = context->images_declared->referenced[member] ? SILT_FATE_METADATA : SILT_FATE_UNREFERENCED;
	sighting.member = sighting.place = member_text(context, member);
	if (!sighting.member) {
		return silt_fail_memory(err);
	}
	*out = sighting;
	return SILT_OK;
}

enum silt_status silt_sight_outer(const struct silt_context *context, uint32_t entry, struct silt_sighting *out,
				  struct silt_error *err)
{
	if (context->image_count == 1 && silt_image_is_bundle(context, 0)) {
		return silt_sight_entry(context, 0, (struct silt_place){0, entry}, out, err);
	}
	uint32_t member = silt_inventory_find(context->inventory, entry);
	if (member != SILT_MEMBER_NONE) {
		return silt_sight_member(context, member, out, err);
	}
	struct silt_path_room room;
	struct silt_sighting sighting = silt_sighting_nowhere();
	sighting.fate = SILT_FATE_UNREFERENCED;
	sighting.member = sighting.place = silt_escape_name(
		context->arena, silt_entry_path(context->outer, &context->outer->entries[entry], &room));
	if (!sighting.member) {
		return silt_fail_memory(err);
	}
	*out = sighting;
	return SILT_OK;
}

enum silt_status silt_sight_config(const struct silt_context *context, size_t image, const char *place,
				   struct silt_sighting *out, struct silt_error *err)
{
	const struct silt_declared_image *declared = context->images[image].declared;
	struct silt_sighting sighting = silt_sighting_nowhere();
	sighting.image = image;
	sighting.place = place;
	sighting.member = member_text(context, declared ? declared->config_member : SILT_MEMBER_NONE);
	if (!sighting.member) {
		return silt_fail_memory(err);
	}
	*out = sighting;
	return SILT_OK;
}

/* The instruction of the layer that a line of history made; "" if it made none, or nobody knows which. */
static const char *instruction_of_line(const struct silt_audited_image *image, size_t line)
{
	const struct silt_config *config = &image->declared->config;
	if (line >= config->history_count || config->history[line].empty_layer ||
	    config->history_layers != image->layer_count) {
		return "";
	}
	size_t layer = 0;
	for (size_t i = 0; i < line; i++) {
		layer += config->history[i].empty_layer ? 0 : 1;
	}
	return image->instructions[layer];
}

enum silt_status silt_sight_history(const struct silt_context *context, size_t image, size_t line, const char *place,
				    struct silt_sighting *out, struct silt_error *err)
{
	const char *text = place ? place : silt_arena_printf(context->arena, "history line %zu", line + 1);
	if (!text) {
		return silt_fail_memory(err);
	}
	enum silt_status status = silt_sight_config(context, image, text, out, err);
	if (status == SILT_OK) {
		out->history_line = line;
		out->added_by = instruction_of_line(&context->images[image], line);
	}
	return status;
}
