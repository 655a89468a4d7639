/* One line of a listing before it is written: made of an entry or a name, and its parts as text. */
#include "forensics/listed.h"

#include "base/date.h"
#include "base/escape.h"
#include "base/path.h"

#include <stdio.h>

static const struct silt_bytes mark_prefix = SILT_LITERAL_INIT(".wh.");
static const struct silt_bytes opaque_name = SILT_LITERAL_INIT(".wh..wh..opq");

/* OCI image-spec, "Whiteouts": what is behind the prefix must be the name of something. */
static bool is_of_nothing(struct silt_bytes name)
{
	return name.len == 0 || silt_bytes_are(name, ".") || silt_bytes_are(name, "..");
}

/* The path of an entry; of a deletion mark what it deletes. */
static void set_path(struct silt_listed *out, struct silt_buffer *path)
{
	const struct silt_entry_view *view = &out->meta;
	struct silt_bytes name = view->name;
	out->opaque = view->whiteout && silt_bytes_equal(name, opaque_name);
	if (view->whiteout && silt_bytes_start_with(name, mark_prefix)) {
		const struct silt_bytes deleted = silt_bytes_slice(name, mark_prefix.len, name.len);
		out->void_mark = is_of_nothing(deleted);
		name = out->void_mark ? name : deleted;
	}
	out->path = silt_path_join(path, view->folder, out->opaque ? silt_bytes(NULL, 0) : name);
}

bool silt_listed_entry(const struct silt_image *image, size_t layer, size_t index, struct silt_buffer *path,
		       struct silt_listed *out)
{
	*out = (struct silt_listed){.layer = layer, .index = index, .blob = SIZE_MAX, .version = true};
	if (!silt_image_name(image, layer, index, &out->meta)) {
		return false;
	}
	out->diff_id = image->layers[layer].diff_id;
	out->content = out->meta;
	if (out->meta.type == SILT_ENTRY_HARDLINK) {
		struct silt_entry_ref to = silt_tree_linked(image, (struct silt_entry_ref){layer, index});
		(void)(to.layer != SIZE_MAX && silt_image_entry(image, to.layer, to.index, &out->content));
	}
	set_path(out, path);
	return !path->failed;
}

bool silt_listed_stray(const struct silt_result *result, size_t number, size_t index, struct silt_buffer *path,
		       struct silt_listed *out)
{
	*out = (struct silt_listed){.layer = SIZE_MAX, .index = index, .blob = number, .diff_id = "", .version = true};
	if (!silt_stored_entry(result, number, index, &out->meta)) {
		return false;
	}
	out->content = out->meta;
	out->elsewhere = silt_stored_is_elsewhere(result, number);
	set_path(out, path);
	return !path->failed;
}

void silt_listed_name(const struct silt_image *image, struct silt_bytes path, const struct silt_tree_node *node,
		      struct silt_listed *out)
{
	*out = (struct silt_listed){
		.path = path, .layer = node->meta.layer, .index = node->meta.index, .blob = SIZE_MAX, .diff_id = ""};
	out->implied = !silt_image_name(image, node->meta.layer, node->meta.index, &out->meta);
	if (out->implied) {
		return;
	}
	out->diff_id = image->layers[node->meta.layer].diff_id;
	if (!silt_image_entry(image, node->content.layer, node->content.index, &out->content)) {
		out->content = out->meta;
	}
}

const uint8_t *silt_listed_digest(const struct silt_listed *listed)
{
	/* Of no bytes: such files have no body that anybody could have looked at. */
	static const uint8_t of_nothing[] = {0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4,
					     0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b,
					     0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55};
	const struct silt_entry_view *content = &listed->content;
	if (listed->implied || listed->meta.whiteout || content->type != SILT_ENTRY_FILE) {
		return NULL;
	}
	return content->size == 0 && !content->truncated ? of_nothing : content->sha256;
}

/* ---- Parts as text ------------------------------------------------------------------------------------------------- */

static char type_letter(enum silt_entry_type type)
{
	static const char letters[] = {
		[SILT_ENTRY_FILE] = '-',      [SILT_ENTRY_HARDLINK] = 'h',    [SILT_ENTRY_SYMLINK] = 'l',
		[SILT_ENTRY_DIRECTORY] = 'd', [SILT_ENTRY_CHAR_DEVICE] = 'c', [SILT_ENTRY_BLOCK_DEVICE] = 'b',
		[SILT_ENTRY_FIFO] = 'p',      [SILT_ENTRY_OTHER] = '?'};
	return letters[(size_t)type < sizeof(letters) ? type : SILT_ENTRY_OTHER];
}

/* A bit that is shown in the place of "x": the letters are for one who may not run it, and who may. */
static void mark_bit(char *place, unsigned bit, const char letters[static 2])
{
	if (bit) {
		*place = letters[*place == 'x'];
	}
}

void silt_listed_mode(const struct silt_listed *listed, char out[static SILT_MODE_SIZE])
{
	unsigned mode = listed->meta.mode;
	if (listed->meta.whiteout || listed->implied) {
		(void)snprintf(out, SILT_MODE_SIZE, "%c---------", listed->implied ? 'd' : '-');
		return;
	}
	out[0] = type_letter(silt_listed_type(listed));
	memcpy(out + 1, "rwxrwxrwx", sizeof("rwxrwxrwx"));
	for (unsigned i = 0; i < 9; i++) {
		if (!(mode & (0400U >> i))) {
			out[i + 1] = '-';
		}
	}
	mark_bit(&out[3], mode & 04000, "Ss");
	mark_bit(&out[6], mode & 02000, "Ss");
	mark_bit(&out[9], mode & 01000, "Tt");
}

/* The first second of the year 0, the last of the year 9999. */
#define FIRST_MOMENT (-62167219200)
#define LAST_MOMENT 253402300799

void silt_moment_text(int64_t seconds, char out[static SILT_MOMENT_SIZE])
{
	enum { DAY = 24 * 60 * 60 };
	char day[SILT_DATE_SIZE];
	seconds = seconds < FIRST_MOMENT ? FIRST_MOMENT : seconds > LAST_MOMENT ? LAST_MOMENT : seconds;
	unsigned rest = (unsigned)(((seconds % DAY) + DAY) % DAY);
	(void)snprintf(out, SILT_MOMENT_SIZE, "%sT%02u:%02u:%02uZ", silt_date_text(seconds, day), rest / 3600,
		       rest / 60 % 60, rest % 60);
}

const char *silt_listed_fate_name(const struct silt_listed *listed)
{
	return listed->elsewhere ? "other-image" : silt_fate_name(listed->meta.fate);
}

static void add_blob(const struct silt_result *result, const struct silt_listed *listed, struct silt_buffer *out)
{
	struct silt_stored stored;
	silt_buffer_add_text(out, listed->elsewhere ? " (in another image: " : " (in no layer: ");
	if (silt_stored_get(result, listed->blob, &stored)) {
		silt_escape(out, stored.name);
	}
	silt_buffer_add_text(out, ")");
}

void silt_listed_add_fate(const struct silt_result *result, const struct silt_listed *listed, struct silt_buffer *out)
{
	const struct silt_entry_view *meta = &listed->meta;
	if (listed->layer == SIZE_MAX) {
		add_blob(result, listed, out);
		return;
	}
	silt_buffer_printf(out, " (layer %zu, ", listed->layer + 1);
	if (meta->whiteout) {
		silt_buffer_add_text(out, listed->opaque      ? "a mark that deletes all that was in it"
					  : listed->void_mark ? "a mark that deletes nothing"
							      : "a mark that deletes it");
	} else {
		silt_buffer_add_text(out, silt_fate_name(meta->fate));
	}
	if (!meta->whiteout && meta->cause_layer != SIZE_MAX) {
		silt_buffer_printf(out, " by layer %zu", meta->cause_layer + 1);
	}
	silt_buffer_add_text(out, ")");
}
