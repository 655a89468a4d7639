/* Lists in sentences. */
#include "audit/name_list.h"

#include "base/escape.h"

static bool begin_item(struct silt_name_list *list)
{
	if (list->count++ >= SILT_NAME_LIST_MAX) {
		return false;
	}
	silt_buffer_add_text(&list->text, list->count > 1 ? ", " : "");
	return true;
}

void silt_name_list_add(struct silt_name_list *list, struct silt_bytes name)
{
	if (begin_item(list)) {
		silt_escape(&list->text, name);
	}
}

void silt_name_list_add_text(struct silt_name_list *list, const char *name)
{
	if (begin_item(list)) {
		silt_buffer_add_text(&list->text, name);
	}
}

void silt_name_list_done(struct silt_name_list *list)
{
	silt_buffer_done(&list->text);
	*list = (struct silt_name_list){0};
}

const char *silt_name_list_end(struct silt_name_list *list, struct silt_arena *arena)
{
	if (list->count > SILT_NAME_LIST_MAX) {
		silt_buffer_printf(&list->text, " and %zu more", list->count - SILT_NAME_LIST_MAX);
	}
	struct silt_bytes copy = silt_arena_copy(arena, silt_buffer_bytes(&list->text));
	const char *text = list->text.failed ? NULL : (const char *)copy.ptr;
	silt_name_list_done(list);
	return text;
}

const char *silt_amount_text(struct silt_arena *arena, uint64_t bytes)
{
	static const char prefixes[] = "kMGTPE";
	if (bytes < 1000) {
		return silt_arena_printf(arena, "%llu byte%s", (unsigned long long)bytes, bytes == 1 ? "" : "s");
	}
	uint64_t unit = 1000;
	size_t prefix = 0;
	while (bytes / unit >= 1000) {
		unit *= 1000;
		prefix++;
	}
	uint64_t tenths = bytes / (unit / 10);
	return silt_arena_printf(arena, "%llu.%llu %cB", (unsigned long long)(tenths / 10),
				 (unsigned long long)(tenths % 10), prefixes[prefix]);
}
