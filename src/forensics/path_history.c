/* silt history of one path: every state that it had, layer by layer. */
#include "silt/listing.h"

#include "audit/result.h"
#include "base/arena.h"
#include "base/encoding.h"
#include "base/error.h"
#include "base/path.h"
#include "forensics/choice.h"
#include "forensics/entry_line.h"
#include "forensics/past.h"
#include "forensics/path_state.h"
#include "rootfs/rootfs.h"
#include "silt/dig.h"
#include "stream/digest.h"

struct path_history {
	struct silt_bundle *bundle; /* borrows; NULL: it cannot be read again */
	struct silt_arena kept;     /* digests of bodies that have other names, and were read for it; places */
	const struct silt_result *result;
	const struct silt_image *image;
	struct silt_bytes path;     /* clean */
	struct silt_rootfs *so_far; /* owns; the layers up to the one under way, but for the highest */
	bool json;
	bool told;                   /* anything */
	struct silt_path_state last; /* the last in which it was there */
	struct silt_outlet outlet;
	struct silt_buffer name;  /* owns; of an entry under way */
	struct silt_buffer place; /* owns; where the path leads, as long as it is looked up */
};

/* ---- Lines --------------------------------------------------------------------------------------------------------- */

/* What did it: the mark or the entry that hid the last state. */
static void add_cause(struct path_history *history, const struct silt_entry_view *meta, struct silt_buffer *out)
{
	struct silt_listed cause;
	if (!silt_listed_entry(history->image, meta->cause_layer, meta->cause_index, &history->name, &cause)) {
		return;
	}
	silt_buffer_add_text(out, cause.opaque          ? " with all that was in "
				  : cause.meta.whiteout ? " by a mark for "
							: " by ");
	silt_listed_add_name(&cause, out);
}

static void add_text(struct path_history *history, enum silt_event event, size_t layer,
		     const struct silt_listed *listed, struct silt_buffer *out)
{
	char hex[2 * 32 + 1];
	const bool gone = event == SILT_EVENT_DELETED || event == SILT_EVENT_MASKED;
	const uint8_t *sha256 = gone ? NULL : silt_listed_digest(listed);
	silt_buffer_printf(out, "layer %zu: %s", layer + 1, silt_event_text(event));
	if (gone && listed->meta.cause_layer == layer) {
		add_cause(history, &listed->meta, out);
	}
	silt_buffer_add_byte(out, '\n');
	if (!gone) {
		silt_buffer_add_text(out, "  ");
		silt_listed_text(history->result, listed, false, true, out);
	}
	if (sha256) {
		silt_hex(silt_bytes(sha256, 32), hex);
		silt_buffer_printf(out, "  sha256:%s\n", hex);
	}
	const char *instruction = history->image->layers[layer].instruction;
	if (instruction[0] && event != SILT_EVENT_LINKED) {
		silt_buffer_printf(out, "  %s\n", instruction);
	}
}

static enum silt_status add_json(struct path_history *history, enum silt_event event, size_t layer,
				 const struct silt_listed *listed)
{
	struct silt_outlet *outlet = &history->outlet;
	struct silt_json_writer *writer = NULL;
	outlet->status = silt_json_writer_new(&writer, outlet->err);
	if (outlet->status == SILT_OK) {
		silt_json_open_object(writer, NULL);
		silt_json_write_text(writer, "event", silt_event_name(event));
		silt_json_write_unsigned(writer, "by_layer", layer + 1);
		silt_json_write_text(writer, "instruction", history->image->layers[layer].instruction);
		silt_listed_members(history->result, listed, writer);
		silt_json_close(writer);
		outlet->status = silt_json_writer_end_line(writer, &outlet->out, outlet->err);
	}
	silt_json_writer_free(writer);
	return outlet->status;
}

static enum silt_status write_event(struct path_history *history, enum silt_event event, size_t layer,
				    const struct silt_listed *listed)
{
	struct silt_outlet *outlet = &history->outlet;
	history->told = true;
	if (history->json) {
		(void)add_json(history, event, layer, listed);
	} else {
		add_text(history, event, layer, listed, &outlet->out);
	}
	return history->name.failed ? silt_fail_memory(outlet->err) : silt_line_end(outlet);
}

/* ---- States -------------------------------------------------------------------------------------------------------- */

static struct silt_entry_ref ref_of(struct silt_place place)
{
	return silt_place_none(place) ? (struct silt_entry_ref){SIZE_MAX, SIZE_MAX}
				      : (struct silt_entry_ref){place.layer, place.entry};
}

/* A body on its way to its digest. Of one with holes there is none. */
struct body {
	struct silt_hasher *hasher; /* owns */
	uint64_t bytes;
	bool has_holes;
};

static enum silt_status hash_piece(void *ctx, const struct silt_dig_piece *piece, struct silt_error *err)
{
	struct body *body = ctx;
	(void)err;
	body->has_holes = body->has_holes || piece->offset != body->bytes;
	body->bytes += piece->bytes.len;
	silt_hasher_add(body->hasher, piece->bytes);
	return SILT_OK;
}

static enum silt_status read_body(struct path_history *history, struct silt_entry_ref ref, uint64_t size,
				  struct silt_digest *digest, struct silt_error *err)
{
	const struct silt_dig_item item = {
		.stored = history->image->layers[ref.layer].stored, .part = SILT_DIG_BODY, .entry = ref.index};
	struct body body = {0};
	enum silt_status status = silt_hasher_new(&body.hasher, err);
	if (status == SILT_OK) {
		status = silt_dig(history->bundle, history->result, &item, 1, hash_piece, &body, err);
	}
	if (status == SILT_OK) {
		silt_hasher_end(body.hasher, digest);
		digest->known = digest->known && !body.has_holes && body.bytes == size;
	}
	silt_hasher_free(body.hasher);
	return status;
}

/* Digests were taken of files that are called as the path is: of a hardlink the file may have another name. */
static enum silt_status learn_digest(struct path_history *history, struct silt_path_state *state,
				     struct silt_error *err)
{
	struct silt_entry_view *content = &state->listed.content;
	struct silt_digest digest = {0};
	const bool other_name = state->node.content.layer != state->node.meta.layer ||
				state->node.content.index != state->node.meta.index;
	if (!history->bundle || !other_name || content->type != SILT_ENTRY_FILE || content->sha256 ||
	    content->size == 0 || content->truncated) {
		return SILT_OK;
	}
	enum silt_status status = read_body(history, state->node.content, content->size, &digest, err);
	if (status == SILT_OK && digest.known) {
		content->sha256 = silt_arena_copy(&history->kept, silt_bytes(digest.sha256, 32)).ptr;
		status = content->sha256 ? SILT_OK : silt_fail_memory(err);
	}
	return status;
}

/* Called by the name where the path leads: that is the one that others know. */
static enum silt_status describe(struct path_history *history, const struct silt_rootfs *rootfs,
				 struct silt_path_state *state, struct silt_error *err)
{
	(void)silt_rootfs_path(rootfs, history->path, false, &history->place);
	const struct silt_bytes place = silt_buffer_bytes(&history->place);
	const struct silt_bytes kept = silt_arena_copy(&history->kept, place);
	if (history->place.failed || !kept.ptr) {
		return silt_fail_memory(err);
	}
	silt_listed_name(history->image, kept, &state->node, &state->listed);
	return learn_digest(history, state, err);
}

static const struct silt_rootfs *tree_after(const struct path_history *history, size_t layer)
{
	return layer + 1 == history->image->layer_count ? history->image->rootfs : history->so_far;
}

/* What the name is after a layer. Of the highest the final tree tells. */
static enum silt_status state_after(struct path_history *history, size_t layer, struct silt_path_state *state,
				    struct silt_error *err)
{
	struct silt_node node;
	const struct silt_rootfs *rootfs = tree_after(history, layer);
	enum silt_status status = rootfs == history->so_far
					  ? silt_rootfs_push(history->so_far, history->image->layers[layer].record, err)
					  : SILT_OK;
	if (status != SILT_OK) {
		return status;
	}
	*state = (struct silt_path_state){.is_there = silt_rootfs_find(rootfs, history->path, false, &node)};
	if (state->is_there) {
		state->node = (struct silt_tree_node){.meta = ref_of(node.meta), .content = ref_of(node.content)};
		status = describe(history, rootfs, state, err);
	}
	return status;
}

/* Entries of the layer that are called so, and that its state does not show. */
static enum silt_status write_hidden(struct path_history *history, size_t layer, struct silt_bytes path)
{
	struct silt_entry_view view;
	struct silt_listed listed;
	enum silt_status status = SILT_OK;
	const struct silt_record *record = history->image->layers[layer].record;
	size_t i = record ? silt_record_next_called(record, 0, path) : SIZE_MAX;
	for (; status == SILT_OK && silt_image_name(history->image, layer, i, &view);
	     i = silt_record_next_called(record, i + 1, path)) {
		const bool hidden = view.fate == SILT_FATE_SHADOWED || view.fate == SILT_FATE_DISPUTED;
		if (hidden && silt_listed_entry(history->image, layer, i, &history->name, &listed)) {
			listed.version = false;
			status = write_event(
				history, view.fate == SILT_FATE_SHADOWED ? SILT_EVENT_SHADOWED : SILT_EVENT_DISPUTED,
				layer, &listed);
		}
	}
	return status;
}

/* By the path as it was asked for, and by where it leads. */
static enum silt_status write_all_hidden(struct path_history *history, size_t layer,
					 const struct silt_path_state *state)
{
	enum silt_status status = write_hidden(history, layer, history->path);
	if (status == SILT_OK && state->is_there && !silt_bytes_equal(state->listed.path, history->path)) {
		status = write_hidden(history, layer, state->listed.path);
	}
	return status;
}

/* A folder that the layer took away, and that is there again without an entry: two folders without one look the same. */
static enum silt_status write_remade(struct path_history *history, size_t layer, const struct silt_path_state *old,
				     const struct silt_path_state *now, bool *remade)
{
	struct silt_fate_of why;
	*remade = old->is_there && now->is_there && silt_bytes_equal(old->listed.path, now->listed.path) &&
		  silt_rootfs_remade(tree_after(history, layer), now->listed.path, &why);
	if (!*remade) {
		return SILT_OK;
	}
	struct silt_listed gone = old->listed;
	gone.meta.cause_layer = why.cause.layer;
	gone.meta.cause_index = why.cause.entry;
	const bool deleted = why.fate == SILT_FATE_DELETED;
	return write_event(history, deleted ? SILT_EVENT_DELETED : SILT_EVENT_MASKED, layer, &gone);
}

static enum silt_status write_change(struct path_history *history, size_t layer, const struct silt_path_state *old,
				     const struct silt_path_state *now)
{
	bool remade;
	const enum silt_status status = write_remade(history, layer, old, now, &remade);
	enum silt_event event = remade ? SILT_EVENT_BACK : silt_event_between(old, now, history->last.is_there);
	if (event == SILT_EVENT_DELETED && old->listed.meta.fate == SILT_FATE_MASKED) {
		event = SILT_EVENT_MASKED;
	}
	return status == SILT_OK && event != SILT_EVENT_NONE
		       ? write_event(history, event, layer, now->is_there ? &now->listed : &old->listed)
		       : status;
}

static enum silt_status write_states(struct path_history *history, struct silt_error *err)
{
	struct silt_path_state old = {0}, now;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < history->image->layer_count && status == SILT_OK; i++) {
		status = state_after(history, i, &now, err);
		if (status == SILT_OK) {
			status = write_all_hidden(history, i, now.is_there ? &now : &history->last);
		}
		if (status != SILT_OK) {
			break;
		}
		status = write_change(history, i, &old, &now);
		history->last = now.is_there ? now : history->last;
		old = now;
	}
	return status;
}

/* ---- Other names --------------------------------------------------------------------------------------------------- */

/* An entry of it is no other name, whatever links its path goes through. */
static enum silt_status write_name(struct path_history *history, struct silt_entry_ref ref)
{
	struct silt_listed listed;
	const struct silt_entry_ref own = history->last.node.meta;
	if (ref.layer == own.layer && ref.index == own.index) {
		return SILT_OK;
	}
	if (!silt_listed_entry(history->image, ref.layer, ref.index, &history->name, &listed) ||
	    silt_bytes_equal(listed.path, history->path) || silt_bytes_equal(listed.path, history->last.listed.path)) {
		return history->name.failed ? silt_fail_memory(history->outlet.err) : SILT_OK;
	}
	listed.content.sha256 = history->last.listed.content.sha256;
	return write_event(history, SILT_EVENT_LINKED, ref.layer, &listed);
}

/* The first name of the content that was there last, and all hardlinks to it. */
static enum silt_status write_names(struct path_history *history)
{
	const struct silt_entry_ref content = history->last.node.content;
	if (!history->last.is_there || content.layer == SIZE_MAX ||
	    history->last.listed.content.type != SILT_ENTRY_FILE) {
		return SILT_OK;
	}
	enum silt_status status = write_name(history, content);
	for (size_t layer = content.layer; layer < history->image->layer_count; layer++) {
		const struct silt_record *record = history->image->layers[layer].record;
		for (size_t i = 0; status == SILT_OK && record && i < record->entry_count; i++) {
			const struct silt_entry_ref ref = {layer, i};
			if (record->entries[i].type != SILT_ENTRY_HARDLINK) {
				continue;
			}
			const struct silt_entry_ref to = silt_tree_linked(history->image, ref);
			if (to.layer == content.layer && to.index == content.index) {
				status = write_name(history, ref);
			}
		}
	}
	return status;
}

/* ---- The whole ----------------------------------------------------------------------------------------------------- */

static enum silt_status write_all(struct path_history *history, struct silt_choice *choice, struct silt_error *err)
{
	const size_t layers = history->image->layer_count;
	enum silt_status status = silt_past_begin(history->image, layers > 0 ? layers - 1 : 0, &history->so_far, err);
	if (status == SILT_OK) {
		status = write_states(history, err);
	}
	if (status == SILT_OK) {
		status = write_names(history);
	}
	return status == SILT_OK && !history->told ? silt_choice_none(choice, history->result, history->image, err)
						   : status;
}

enum silt_status silt_path_history_write(struct silt_bundle *bundle, const struct silt_result *result, size_t image,
					 const char *path, enum silt_listing_format format, struct silt_sink sink,
					 struct silt_error *err)
{
	size_t count;
	const struct silt_image *images = silt_result_images(result, &count);
	if (image >= count || !images[image].rootfs || (format != SILT_LISTING_TEXT && format != SILT_LISTING_JSONL)) {
		return silt_fail(err, SILT_ERR_USAGE, "there is no such image or format for a history");
	}
	struct silt_choice choice;
	enum silt_status status = silt_choice_of_path(silt_bytes_text(path), &images[image], &choice, err);
	struct path_history history = {.bundle = bundle,
				       .result = result,
				       .image = &images[image],
				       .path = silt_buffer_bytes(&choice.root),
				       .json = format == SILT_LISTING_JSONL,
				       .outlet = silt_outlet(sink, err)};
	if (status == SILT_OK) {
		status = write_all(&history, &choice, err);
	}
	const enum silt_status ended = silt_outlet_end(&history.outlet);
	silt_rootfs_free(history.so_far);
	silt_buffer_done(&history.name);
	silt_buffer_done(&history.place);
	silt_arena_done(&history.kept);
	silt_choice_done(&choice);
	return status == SILT_OK ? ended : status;
}
