/* What was audited: the bundle, its images, their layers. */
#include "report/text.h"

#include "report/phrase.h"

#include <inttypes.h>
#include <string.h>

enum {
	/* With more images than this their layers and posture are left out: JSON has them. */
	IMAGES_IN_FULL_MAX = 4,
	/* Layers shown of one image. */
	LAYERS_SHOWN_MAX = 20,
	INSTRUCTION_SHOWN_MAX = 72,
	INSTRUCTION_SHOWN_LEAST = 24,
	/* Columns of a layer's line between its number and its instruction: diff ID, size, entries. */
	DIGEST_COLUMNS = 14,
	SIZE_COLUMNS = 8,
	ENTRIES_COLUMNS = 16,
	FACTS_COLUMNS = DIGEST_COLUMNS + SIZE_COLUMNS + ENTRIES_COLUMNS,
};

static void write_headline(struct silt_page *page, const struct silt_result *result)
{
	size_t count;
	silt_result_images(result, &count);
	const struct silt_coverage *coverage = silt_result_coverage(result);
	struct silt_buffer line = {0};
	silt_buffer_add_text(&line, SILT_MARK_BOLD);
	silt_phrase_unbroken(&line, silt_result_name(result));
	silt_buffer_printf(&line, SILT_MARK_PLAIN ": %s, ", silt_result_format(result));
	silt_phrase_count(&line, count, "image", "images");
	silt_buffer_add_text(&line, ", ");
	silt_phrase_count(&line, coverage->layer_blobs, "layer", "layers");
	silt_buffer_add_text(&line, ", ");
	silt_phrase_size(&line, coverage->layer_bytes);
	silt_buffer_add_text(&line, ", ");
	silt_phrase_count(&line, coverage->entries, "entry", "entries");
	page->outlet.out.failed |= line.failed;
	silt_page_paragraph(page, 0, SILT_TEXT_LABEL, silt_buffer_text(&line));
	silt_buffer_done(&line);
}

/* ---- One image --------------------------------------------------------------------------------------------------- */

static void add_names(struct silt_buffer *line, const struct silt_image *image)
{
	if (image->name_count == 0) {
		silt_buffer_add_text(line, "(without a name)");
	}
	for (size_t i = 0; i < image->name_count; i++) {
		silt_buffer_add_text(line, i > 0 ? ", " SILT_MARK_BOLD : SILT_MARK_BOLD);
		silt_phrase_unbroken(line, image->names[i]);
		silt_buffer_add_text(line, SILT_MARK_PLAIN);
	}
}

/* "KEY VALUE", behind a comma if it is not the first; nothing if there is no value. */
static void add_fact(struct silt_buffer *line, const char *key, const char *value)
{
	if (value[0]) {
		silt_buffer_add_text(line, line->len > 0 ? ", " : "");
		silt_buffer_add_text(line, key);
		silt_phrase_unbroken(line, value);
	}
}

static void add_digest(struct silt_buffer *line, const char *key, const char *digest)
{
	if (digest[0]) {
		silt_buffer_add_text(line, line->len > 0 ? ", " : "");
		silt_buffer_add_text(line, key);
		silt_phrase_digest(line, digest);
	}
}

static void flush_body(struct silt_page *page, struct silt_buffer *line)
{
	if (line->len > 0) {
		silt_page_paragraph(page, SILT_TEXT_BODY, SILT_TEXT_BODY, silt_buffer_text(line));
	}
	silt_buffer_clear(line);
}

static void write_image_facts(struct silt_page *page, const struct silt_image *image)
{
	struct silt_buffer line = {0};
	add_names(&line, image);
	silt_page_labelled(page, SILT_TEXT_LABEL, SILT_TEXT_BODY, SILT_TEXT_BODY, "image", silt_buffer_text(&line));
	silt_buffer_clear(&line);

	add_fact(&line, "", image->platform);
	if (image->config_digest[0]) {
		add_fact(&line, "user ", image->user[0] ? image->user : "not set (root)");
	}
	add_fact(&line, "created ", image->created);
	flush_body(page, &line);

	add_digest(&line, "config ", image->config_digest);
	add_digest(&line, "manifest ", image->manifest_digest);
	add_fact(&line, "declared by ", image->declared_by);
	flush_body(page, &line);
	page->outlet.out.failed |= line.failed;
	silt_buffer_done(&line);
}

/* Between two columns of a table. */
#define GUTTER SILT_MARK_SPACE SILT_MARK_SPACE

/* ---- Its layers -------------------------------------------------------------------------------------------------- */

/* Adds spaces until the text added since `start` is `width` columns long; it has no marks but unbroken spaces. */
static void pad(struct silt_buffer *line, size_t start, size_t width, bool right)
{
	size_t len = line->len - start;
	for (size_t i = len; i < width; i++) {
		silt_buffer_add_text(line, SILT_MARK_SPACE);
	}
	if (right && len < width && !line->failed) {
		memmove(line->ptr + start + width - len, line->ptr + start, len);
		memset(line->ptr + start, SILT_MARK_SPACE[0], width - len);
	}
}

static void add_layer_facts(struct silt_buffer *line, const struct silt_layer *layer)
{
	size_t start = line->len;
	silt_phrase_digest(line, layer->diff_id);
	pad(line, start, DIGEST_COLUMNS, false);
	start = line->len;
	silt_phrase_size(line, layer->bytes);
	pad(line, start, SIZE_COLUMNS, true);
	start = line->len;
	silt_buffer_printf(line, "%" PRIu64 SILT_MARK_SPACE "%s", layer->entry_count,
			   layer->entry_count == 1 ? "entry" SILT_MARK_SPACE SILT_MARK_SPACE : "entries");
	pad(line, start, ENTRIES_COLUMNS, true);
}

/* As much of the instruction as the line has room for. */
static void add_layer_instruction(struct silt_buffer *line, const char *instruction, size_t room)
{
	if (instruction[0]) {
		silt_buffer_add_text(line, GUTTER);
		silt_phrase_instruction(line, instruction, room < INSTRUCTION_SHOWN_MAX ? room : INSTRUCTION_SHOWN_MAX);
	}
}

/* What the table has, as a sentence that can be wrapped. */
static void add_layer_in_words(struct silt_buffer *line, const struct silt_layer *layer)
{
	silt_phrase_digest(line, layer->diff_id);
	silt_buffer_add_text(line, ", ");
	silt_phrase_size(line, layer->bytes);
	silt_buffer_printf(line, ", %" PRIu64 SILT_MARK_SPACE "%s", layer->entry_count,
			   layer->entry_count == 1 ? "entry" : "entries");
	if (layer->instruction[0]) {
		silt_buffer_add_text(line, ", ");
		silt_phrase_instruction(line, layer->instruction, INSTRUCTION_SHOWN_MAX);
	}
}

/* A row of the table; on a page too narrow for one, words. `column`: where the row starts on the page. */
static void add_layer(struct silt_buffer *line, const struct silt_layer *layer, size_t column, size_t width)
{
	size_t used = column + FACTS_COLUMNS + strlen(GUTTER);
	if (!layer->present) {
		silt_buffer_add_text(line,
				     SILT_MARK_YELLOW "not in the bundle, but named by the image" SILT_MARK_PLAIN);
	} else if (width < used + INSTRUCTION_SHOWN_LEAST) {
		add_layer_in_words(line, layer);
	} else {
		add_layer_facts(line, layer);
		add_layer_instruction(line, layer->instruction, width - used);
	}
}

static void write_layer(struct silt_page *page, const struct silt_layer *layer, size_t number, size_t digits)
{
	struct silt_buffer line = {0};
	size_t column = SILT_TEXT_BODY + digits + strlen(GUTTER);
	silt_buffer_printf(&line, "%zu", number);
	pad(&line, 0, digits, true);
	silt_buffer_add_text(&line, GUTTER);
	add_layer(&line, layer, column, page->width);
	page->outlet.out.failed |= line.failed;
	if (number == 1) {
		silt_page_labelled(page, SILT_TEXT_LABEL, SILT_TEXT_BODY, (unsigned)column, "layers",
				   silt_buffer_text(&line));
	} else {
		silt_page_paragraph(page, SILT_TEXT_BODY, (unsigned)column, silt_buffer_text(&line));
	}
	silt_buffer_done(&line);
}

static void write_layers(struct silt_page *page, const struct silt_image *image)
{
	size_t shown = image->layer_count > LAYERS_SHOWN_MAX ? LAYERS_SHOWN_MAX : image->layer_count;
	size_t digits = shown > 9 ? 2 : 1;
	for (size_t i = 0; i < shown; i++) {
		write_layer(page, &image->layers[i], i + 1, digits);
	}
	if (shown < image->layer_count) {
		struct silt_buffer line = {0};
		silt_buffer_printf(&line, "and %zu more", image->layer_count - shown);
		flush_body(page, &line);
		silt_buffer_done(&line);
	}
}

void silt_text_bundle(struct silt_page *page, const struct silt_result *result)
{
	size_t count;
	const struct silt_image *images = silt_result_images(result, &count);
	write_headline(page, result);
	for (size_t i = 0; i < count; i++) {
		silt_page_blank(page);
		write_image_facts(page, &images[i]);
		if (count <= IMAGES_IN_FULL_MAX) {
			write_layers(page, &images[i]);
			silt_text_posture(page, result, i);
		}
	}
	silt_page_blank(page);
}
