/* Text and lists of a posture. */
#include "audit/posture.h"

#include "audit/mask.h"
#include "base/escape.h"

static const char *masked(const struct silt_posture_work *work, const struct silt_buffer *text)
{
	struct silt_arena *arena = work->context->arena;
	if (text->failed) {
		return NULL;
	}
	if (!work->matches) {
		return (const char *)silt_arena_copy(arena, silt_buffer_bytes(text)).ptr;
	}
	struct silt_buffer out = {0};
	bool ok = silt_mask(work->matches, silt_buffer_bytes(text), &out, NULL) == SILT_OK && !out.failed;
	const char *copy = ok ? (const char *)silt_arena_copy(arena, silt_buffer_bytes(&out)).ptr : NULL;
	silt_buffer_done(&out);
	return copy;
}

static const char *shown(const struct silt_posture_work *work, const char *before, struct silt_bytes bytes)
{
	struct silt_buffer text = {0};
	silt_buffer_add_text(&text, before);
	silt_escape(&text, bytes);
	const char *copy = masked(work, &text);
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
