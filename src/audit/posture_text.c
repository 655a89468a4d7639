/* Text and lists of a posture. */
#include "audit/posture.h"

#include "audit/mask.h"
#include "base/escape.h"

/* Masked before it is escaped: an escape at the side of a token could hide it. */
static bool add_masked(const struct silt_posture_work *work, struct silt_bytes raw, struct silt_buffer *text)
{
	struct silt_buffer masked = {0};
	if (work->matches && silt_mask(work->matches, raw, &masked, NULL) != SILT_OK) {
		silt_buffer_done(&masked);
		return false;
	}
	silt_escape(text, work->matches ? silt_buffer_bytes(&masked) : raw);
	text->failed |= masked.failed;
	silt_buffer_done(&masked);
	return true;
}

static const char *shown(const struct silt_posture_work *work, const char *before, struct silt_bytes bytes)
{
	struct silt_buffer raw = {0}, text = {0};
	silt_buffer_add_text(&raw, before);
	silt_buffer_add(&raw, bytes);
	bool ok = !raw.failed && add_masked(work, silt_buffer_bytes(&raw), &text) && !text.failed;
	const char *copy = ok ? (const char *)silt_arena_copy(work->context->arena, silt_buffer_bytes(&text)).ptr
			      : NULL;
	silt_buffer_done(&raw);
	silt_buffer_done(&text);
	return copy;
}

const char *silt_posture_text(const struct silt_posture_work *work, struct silt_bytes bytes)
{
	return shown(work, "", bytes);
}

const char *silt_posture_path(const struct silt_posture_work *work, struct silt_bytes path)
{
	return shown(work, "/", path);
}

enum silt_status silt_text_list_add(struct silt_text_list *list, const struct silt_posture_work *work,
				    struct silt_bytes bytes, bool is_path, struct silt_error *err)
{
	list->total++;
	if (list->count == SILT_POSTURE_LIST_MAX) {
		return SILT_OK;
	}
	const char *text = is_path ? silt_posture_path(work, bytes) : silt_posture_text(work, bytes);
	list->items[list->count++] = text;
	return text ? SILT_OK : silt_fail_memory(err);
}

enum silt_status silt_text_list_end(const struct silt_text_list *list, const struct silt_posture_work *work,
				    struct silt_texts *out, struct silt_error *err)
{
	const char **items = silt_arena_alloc(work->context->arena, list->count * sizeof(*items));
	if (!items) {
		return silt_fail_memory(err);
	}
	for (size_t i = 0; i < list->count; i++) {
		items[i] = list->items[i];
	}
	*out = (struct silt_texts){.items = items, .count = list->count, .total = list->total, .known = true};
	return SILT_OK;
}
