/* Lines of a .dockerignore: https://docs.docker.com/build/concepts/context/#dockerignore-files */
#include "audit/ignore_list.h"

#include "base/buffer.h"
#include "base/escape.h"

/* Files that hold keys, by the end of their name. */
static const char *const key_ends[] = {".jks", ".kdbx", ".key", ".keystore", ".p12", ".pem", ".pfx"};

static bool is_listed(const struct silt_ignore_list *list, const char *line)
{
	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->lines[i], line) == 0) {
			return true;
		}
	}
	return false;
}

/* FOLDER/STARNAME, escaped. */
static void add(struct silt_ignore_list *list, struct silt_bytes folder, const char *star, struct silt_bytes name)
{
	struct silt_buffer raw = {0};
	silt_buffer_add(&raw, folder);
	silt_buffer_add_text(&raw, folder.len > 0 ? "/" : "");
	silt_buffer_add_text(&raw, star);
	silt_buffer_add(&raw, name);
	const char *line = raw.failed ? NULL : silt_escape_copy(list->arena, silt_buffer_bytes(&raw));
	silt_buffer_done(&raw);
	if (!line) {
		list->failed = true;
	} else if (!is_listed(list, line) && list->count < SILT_IGNORE_LINES_MAX) {
		list->lines[list->count++] = line;
	} else if (!is_listed(list, line)) {
		list->more = true;
	}
}

void silt_ignore_name(struct silt_ignore_list *list, struct silt_bytes name, struct silt_bytes inside)
{
	struct silt_bytes everywhere = SILT_LITERAL("**"), here = {0};
	add(list, silt_path_parent(inside).len > 0 ? everywhere : here, "", name);
}

void silt_ignore_secret(struct silt_ignore_list *list, struct silt_bytes inside)
{
	struct silt_bytes name = silt_path_basename(inside);
	for (size_t i = 0; i < SILT_COUNT(key_ends); i++) {
		struct silt_bytes end = silt_bytes_text(key_ends[i]);
		if (silt_bytes_end_with(name, end)) {
			add(list, silt_path_parent(inside), "*", end);
			return;
		}
	}
	add(list, silt_path_parent(inside), "", name);
}

const char *silt_ignore_text(const struct silt_ignore_list *list)
{
	struct silt_buffer text = {0};
	for (size_t i = 0; i < list->count; i++) {
		silt_buffer_add_text(&text, i > 0 ? ", " : "");
		silt_buffer_add_text(&text, list->lines[i]);
	}
	silt_buffer_add_text(&text, list->more ? ", and more" : "");
	const char *copy = silt_arena_printf(list->arena, "%s", silt_buffer_text(&text));
	bool failed = list->failed || text.failed;
	silt_buffer_done(&text);
	return failed ? NULL : copy;
}
