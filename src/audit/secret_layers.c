/* Secrets in file content and in raw bytes. */
#include "audit/secret_places.h"
#include "audit/secret_vendor.h"

#include "base/escape.h"

#include <stdlib.h>

/* The last step of every secret that was sighted: where in its place it is. */
static enum silt_status keep(struct silt_secret_list *list, const struct silt_hit *hit, struct silt_secret *secret,
			     struct silt_error *err)
{
	/* The strings of a header have no place of their own in the body. */
	secret->sighting.has_offset = hit->place != SILT_HIT_HEADER;
	secret->sighting.offset = secret->sighting.has_offset ? hit->offset : 0;
	enum silt_status status = silt_secret_place_hit(list->context, hit, &secret->sighting, err);
	return status == SILT_OK ? silt_secret_list_add(list, secret, err) : status;
}

/* The place of a hit that is in no entry: "bytes outside any file, at offset 512", "gzip comment". */
static const char *raw_place(const struct silt_context *context, const struct silt_hit *hit)
{
	if (hit->place == SILT_HIT_FRAMING && hit->field) {
		return hit->field;
	}
	return silt_arena_printf(context->arena, "bytes outside any file, at offset %llu",
				 (unsigned long long)hit->offset);
}

/* ---- Layers of images ---------------------------------------------------------------------------------------------- */

/* The notes of known_keys.c and known_values.c. */
static bool is_publicly_known(const struct silt_hit *hit)
{
	return silt_bytes_start_with(silt_bytes_text(hit->note), SILT_LITERAL("publicly known"));
}

/* What the file is: in an archive, what the file in it is. */
static enum silt_status set_where(const struct silt_context *context, struct silt_bytes path,
				  const struct silt_hit *hit, struct silt_secret *secret, struct silt_error *err)
{
	struct silt_bytes file = path;
	if (hit->inner.len > 0) {
		struct silt_buffer whole = {0};
		silt_buffer_add(&whole, path);
		silt_buffer_add_text(&whole, "!/");
		silt_buffer_add(&whole, hit->inner);
		file = silt_arena_copy(context->arena, silt_buffer_bytes(&whole));
		bool failed = whole.failed || !file.ptr;
		silt_buffer_done(&whole);
		if (failed) {
			return silt_fail_memory(err);
		}
	}
	secret->where = silt_secret_place_of_file(file, hit->rule->id);
	if (secret->where == SILT_SECRET_IN_HOST_KEY) {
		secret->severity = is_publicly_known(hit) ? SILT_SEVERITY_CRITICAL : SILT_SEVERITY_HIGH;
	}
	return SILT_OK;
}

static enum silt_status sight_in_file(const struct silt_context *context, size_t image, struct silt_place place,
				      const struct silt_hit *hit, struct silt_secret *secret, struct silt_error *err)
{
	const struct silt_entry *entry = silt_entry_at(&context->images[image], place);
	enum silt_status status = silt_sight_entry(context, image, place, &secret->sighting, err);
	if (status != SILT_OK) {
		return status;
	}
	if (secret->sighting.fate == SILT_FATE_VISIBLE) {
		secret->shown = place;
	}
	struct silt_bytes path = secret->sighting.path;
	const char *log = silt_log_note(entry, path), *note = secret->sighting.note;
	if (log) {
		secret->sighting.note = *note ? silt_arena_printf(context->arena, "%s; %s", note, log) : log;
	}
	return secret->sighting.note ? set_where(context, path, hit, secret, err) : silt_fail_memory(err);
}

static enum silt_status sight_in_image(const struct silt_context *context, size_t image, uint32_t layer,
				       const struct silt_hit *hit, struct silt_secret *secret, struct silt_error *err)
{
	if (silt_hit_has_entry(hit)) {
		return sight_in_file(context, image, (struct silt_place){layer, hit->entry}, hit, secret, err);
	}
	enum silt_status status = silt_sight_layer(context, image, layer, &secret->sighting, err);
	if (status == SILT_OK) {
		secret->sighting.framing = hit->place == SILT_HIT_FRAMING;
		secret->sighting.place = raw_place(context, hit);
		status = secret->sighting.place ? SILT_OK : silt_fail_memory(err);
	}
	return status;
}

static enum silt_status add_layer(struct silt_secret_list *list, size_t image, uint32_t layer, struct silt_error *err)
{
	const struct silt_record *record = list->context->images[image].layers[layer];
	enum silt_status status = SILT_OK;
	size_t count = 0;
	const struct silt_hit *hits = record ? silt_hits_of(list, record, &count) : NULL;
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		const struct silt_hit *hit = &hits[i];
		struct silt_secret secret = silt_secret_of_hit(hit);
		status = sight_in_image(list->context, image, layer, hit, &secret, err);
		if (status == SILT_OK) {
			status = keep(list, hit, &secret, err);
		}
		if (status == SILT_OK && !list->wanted) {
			struct silt_secret *kept = &list->items[list->count - 1];
			status = silt_vendor_judge(list->context, image, layer, hit, kept, err);
		}
	}
	return status;
}

/* ---- Other names of visible content -------------------------------------------------------------------------------- */

/* Content whose own name is gone, and the first name of the final tree that shows it. */
struct other_name {
	struct silt_place content;
	const char *name; /* NULL: not met yet */
};

struct other_names {
	struct silt_arena *arena;
	struct other_name *items; /* by content */
	size_t count;
};

static int order_names(const void *left, const void *right)
{
	return silt_place_compare(((const struct other_name *)left)->content,
				  ((const struct other_name *)right)->content);
}

static struct other_name *find_name(const struct other_names *names, struct silt_place content)
{
	const struct other_name key = {.content = content};
	return bsearch(&key, names->items, names->count, sizeof(key), order_names);
}

static enum silt_status meet_name(void *ctx, struct silt_bytes path, const struct silt_node *node,
				  struct silt_error *err)
{
	struct other_names *names = ctx;
	struct other_name *other = silt_place_none(node->content) ? NULL : find_name(names, node->content);
	if (!other || other->name) {
		return SILT_OK;
	}
	other->name = silt_place_text(names->arena, path);
	return other->name ? SILT_OK : silt_fail_memory(err);
}

/* True if the name of the entry itself does not show its content any more, although another name does. */
static bool has_other_name(const struct silt_context *context, const struct silt_secret *secret)
{
	if (silt_place_none(secret->shown)) {
		return false;
	}
	const struct silt_rootfs *rootfs = context->images[secret->sighting.image].rootfs;
	struct silt_node node;
	return !silt_rootfs_find(rootfs, secret->sighting.path, false, &node) ||
	       silt_place_compare(node.content, secret->shown) != 0;
}

static enum silt_status set_notes(struct silt_secret_list *list, size_t first, const struct other_names *names,
				  struct silt_error *err)
{
	for (size_t i = first; i < list->count; i++) {
		struct silt_sighting *sighting = &list->items[i].sighting;
		const struct other_name *other =
			silt_place_none(list->items[i].shown) ? NULL : find_name(names, list->items[i].shown);
		if (!other || !other->name) {
			continue;
		}
		sighting->note = silt_arena_printf(names->arena, "%s%svisible as %s", sighting->note,
						   *sighting->note ? "; " : "", other->name);
		if (!sighting->note) {
			return silt_fail_memory(err);
		}
	}
	return SILT_OK;
}

/* Notes the visible names of the secrets of one image, which are those of the list from `first` on. */
static enum silt_status note_names(struct silt_secret_list *list, size_t first, size_t image, struct silt_error *err)
{
	struct other_names names = {.arena = list->context->arena};
	names.items = calloc(list->count - first + 1, sizeof(*names.items));
	if (!names.items) {
		return silt_fail_memory(err);
	}
	for (size_t i = first; i < list->count; i++) {
		if (has_other_name(list->context, &list->items[i])) {
			names.items[names.count++].content = list->items[i].shown;
		} else {
			list->items[i].shown.layer = UINT32_MAX;
		}
	}
	enum silt_status status = SILT_OK;
	if (names.count > 0) {
		qsort(names.items, names.count, sizeof(*names.items), order_names);
		status = silt_rootfs_walk(list->context->images[image].rootfs, meet_name, &names, err);
	}
	if (status == SILT_OK) {
		status = set_notes(list, first, &names, err);
	}
	free(names.items);
	return status;
}

/* ---- What belongs to no image -------------------------------------------------------------------------------------- */

/* A place within a member: "layer.tar: /etc/key". */
static enum silt_status place_in_member(const struct silt_context *context, const struct silt_record *record,
					const struct silt_hit *hit, struct silt_sighting *sighting,
					struct silt_error *err)
{
	const char *inner;
	if (silt_hit_has_entry(hit)) {
		inner = silt_entry_text(context->arena, record, hit->entry);
	} else {
		inner = raw_place(context, hit);
	}
	sighting->place = inner ? silt_arena_printf(context->arena, "%s: %s", sighting->place, inner) : NULL;
	return sighting->place ? SILT_OK : silt_fail_memory(err);
}

/* A tar that no image uses, or none that is judged; in a bare rootfs, a file with files in it. */
static enum silt_status add_stray_tar(struct silt_secret_list *list, uint32_t member, struct silt_error *err)
{
	const struct silt_context *context = list->context;
	const struct silt_record *record = context->records[context->inventory->members[member].record];
	const char *note = silt_unchosen_note(context, member);
	enum silt_status status = note ? SILT_OK : silt_fail_memory(err);
	size_t count;
	const struct silt_hit *hits = silt_hits_of(list, record, &count);
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		const struct silt_hit *hit = &hits[i];
		struct silt_secret secret = silt_secret_of_hit(hit);
		status = silt_sight_member(context, member, &secret.sighting, err);
		if (status == SILT_OK) {
			secret.sighting.note = note;
			status = place_in_member(context, record, hit, &secret.sighting, err);
		}
		if (status == SILT_OK) {
			status = keep(list, hit, &secret, err);
		}
	}
	return status;
}

/* Hits in the bundle's own bytes: in members that are neither layer nor document, and between members. */
static enum silt_status add_outer(struct silt_secret_list *list, struct silt_error *err)
{
	const struct silt_context *context = list->context;
	enum silt_status status = SILT_OK;
	size_t count;
	const struct silt_hit *hits = silt_hits_of(list, context->outer, &count);
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		const struct silt_hit *hit = &hits[i];
		struct silt_secret secret = silt_secret_of_hit(hit);
		if (silt_hit_has_entry(hit)) {
			status = silt_sight_outer(context, hit->entry, &secret.sighting, err);
		} else {
			secret.sighting.fate = SILT_FATE_UNREFERENCED;
			secret.sighting.place = raw_place(context, hit);
			status = secret.sighting.place ? SILT_OK : silt_fail_memory(err);
		}
		if (status == SILT_OK) {
			status = keep(list, hit, &secret, err);
		}
	}
	return status;
}

/* Values that are looked for are looked for in all of the input: also in layers of images that are not judged. */
static enum silt_status add_strays(struct silt_secret_list *list, struct silt_error *err)
{
	const struct silt_inventory *inventory = list->context->inventory;
	const bool *layers = silt_members_that_are_layers(list->context, list->wanted);
	if (!layers) {
		return silt_fail_memory(err);
	}
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < inventory->count && status == SILT_OK; i++) {
		bool stray = inventory->members[i].kind == SILT_MEMBER_TAR && !layers[i];
		if (stray && inventory->members[i].record != UINT32_MAX) {
			status = add_stray_tar(list, (uint32_t)i, err);
		}
	}
	return status;
}

enum silt_status silt_secrets_in_layers(struct silt_secret_list *list, struct silt_error *err)
{
	const struct silt_context *context = list->context;
	enum silt_status status = SILT_OK;
	bool outer_is_layer = false;
	for (size_t image = 0; image < context->image_count && status == SILT_OK; image++) {
		size_t first = list->count;
		for (size_t layer = 0; layer < context->images[image].layer_count && status == SILT_OK; layer++) {
			status = add_layer(list, image, (uint32_t)layer, err);
		}
		if (status == SILT_OK) {
			status = note_names(list, first, image, err);
		}
		outer_is_layer = outer_is_layer || silt_image_is_bundle(context, image);
	}
	if (status == SILT_OK && !outer_is_layer) {
		status = add_outer(list, err);
	}
	return status == SILT_OK ? add_strays(list, err) : status;
}
