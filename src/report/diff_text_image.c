/* A pair of images for people: a number for each kind of thing, and the first of those that differ. */
#include "report/diff_text.h"

#include "report/phrase.h"

enum {
	LAYERS_SHOWN = 10,
	FILES_SHOWN = 10,
	FIELDS_SHOWN = 12,
	PACKAGES_SHOWN = 10,
	VALUE_COLUMNS = 60,
};

/* ---- Lines --------------------------------------------------------------------------------------------------------- */

/* Gives `line` back. */
void silt_diff_line(struct silt_page *page, unsigned first, unsigned rest, struct silt_buffer *line)
{
	page->outlet.out.failed |= line->failed;
	silt_page_paragraph(page, first, rest, silt_buffer_text(line));
	silt_buffer_done(line);
}

void silt_diff_labelled(struct silt_page *page, const char *label, struct silt_buffer *text)
{
	page->outlet.out.failed |= text->failed;
	silt_page_labelled(page, 0, SILT_DIFF_COLUMN, SILT_DIFF_COLUMN, label, silt_buffer_text(text));
	silt_buffer_done(text);
}

void silt_diff_more(struct silt_page *page, uint64_t left)
{
	struct silt_buffer line = {0};
	if (left > 0) {
		silt_buffer_printf(&line, "and %llu more (-o json lists them)", (unsigned long long)left);
		silt_diff_line(page, SILT_DIFF_COLUMN, SILT_DIFF_COLUMN, &line);
	}
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* ---- Layers -------------------------------------------------------------------------------------------------------- */

static void write_layer(struct silt_page *page, const struct silt_compared_layer *layer)
{
	struct silt_buffer line = {0};
	const size_t index = layer->change == SILT_CHANGE_REMOVED ? layer->before_index : layer->after_index;
	silt_buffer_printf(&line, "%c" SILT_MARK_SPACE "layer" SILT_MARK_SPACE "%zu, ", silt_diff_sign(layer->change),
			   index + 1);
	silt_phrase_size(&line, layer->layer->bytes);
	if (layer->layer->instruction[0]) {
		silt_buffer_add_text(&line, ": ");
		silt_phrase_instruction(&line, layer->layer->instruction, VALUE_COLUMNS);
	}
	silt_diff_line(page, SILT_DIFF_COLUMN, SILT_DIFF_COLUMN + 2, &line);
}

static void write_layers(struct silt_page *page, const struct silt_compared_image *image)
{
	struct silt_buffer line = {0};
	size_t counts[4] = {0}, shown = 0;
	for (size_t i = 0; i < image->layer_count; i++) {
		counts[image->layers[i].change]++;
	}
	silt_buffer_printf(&line, "%zu added, %zu removed, %zu the same, %zu of them at the bottom.",
			   counts[SILT_CHANGE_ADDED], counts[SILT_CHANGE_REMOVED], counts[SILT_CHANGE_SAME],
			   image->common_layers);
	silt_diff_labelled(page, "layers", &line);
	const size_t differ = counts[SILT_CHANGE_ADDED] + counts[SILT_CHANGE_REMOVED];
	for (size_t i = 0; i < image->layer_count && shown < LAYERS_SHOWN; i++) {
		if (image->layers[i].change != SILT_CHANGE_SAME) {
			write_layer(page, &image->layers[i]);
			shown++;
		}
	}
	silt_diff_more(page, differ - shown);
}

/* ---- Files --------------------------------------------------------------------------------------------------------- */

static void write_file(struct silt_page *page, const struct silt_compared_file *file)
{
	struct silt_buffer line = {0};
	silt_buffer_printf(&line, "%c" SILT_MARK_SPACE, silt_diff_sign(file->change));
	silt_phrase_unbroken(&line, file->path);
	if (file->change == SILT_CHANGE_CHANGED) {
		silt_buffer_add_text(&line, " (");
		silt_diff_file(&line, file);
		silt_buffer_add_text(&line, ")");
	}
	silt_diff_line(page, SILT_DIFF_COLUMN, SILT_DIFF_COLUMN + 2, &line);
}

static void write_files(struct silt_page *page, const struct silt_compared_image *image)
{
	struct silt_buffer line = {0};
	const size_t shown = least(image->file_count, FILES_SHOWN);
	silt_diff_files(&line, &image->counts);
	silt_diff_labelled(page, "files", &line);
	for (size_t i = 0; i < shown; i++) {
		write_file(page, &image->files[i]);
	}
	silt_diff_more(page, image->file_count - shown + image->files_left_out);
}

/* ---- Config and packages --------------------------------------------------------------------------------------------- */

static void add_value(struct silt_buffer *line, const char *value)
{
	if (value) {
		silt_buffer_add_byte(line, '"');
		silt_phrase_cut(line, value, VALUE_COLUMNS);
		silt_buffer_add_byte(line, '"');
	} else {
		silt_buffer_add_text(line, "not set");
	}
}

/* A field that is told by name alone: "" stands for a value. */
static bool is_name_only(const struct silt_compared_field *field)
{
	return (!field->before || !field->before[0]) && (!field->after || !field->after[0]);
}

static void write_field(struct silt_page *page, const struct silt_compared_field *field)
{
	const enum silt_change change = !field->before  ? SILT_CHANGE_ADDED
					: !field->after ? SILT_CHANGE_REMOVED
							: SILT_CHANGE_CHANGED;
	struct silt_buffer line = {0};
	silt_buffer_printf(&line, "%c" SILT_MARK_SPACE, silt_diff_sign(change));
	silt_phrase_cut(&line, field->name, VALUE_COLUMNS);
	if (is_name_only(field)) {
		silt_buffer_add_text(&line, change == SILT_CHANGE_CHANGED ? " has another value" : "");
	} else {
		silt_buffer_add_text(&line, ": ");
		add_value(&line, field->before);
		silt_buffer_add_text(&line, " to ");
		add_value(&line, field->after);
	}
	silt_diff_line(page, SILT_DIFF_COLUMN, SILT_DIFF_COLUMN + 2, &line);
}

static void write_config(struct silt_page *page, const struct silt_compared_image *image)
{
	struct silt_buffer line = {0};
	const size_t shown = least(image->field_count, FIELDS_SHOWN);
	silt_phrase_count(&line, image->field_count, "field differs.", "fields differ.");
	silt_diff_labelled(page, "config", &line);
	for (size_t i = 0; i < shown; i++) {
		write_field(page, &image->fields[i]);
	}
	silt_diff_more(page, image->field_count - shown);
}

static void write_package(struct silt_page *page, const struct silt_compared_package *package)
{
	struct silt_buffer line = {0};
	silt_buffer_printf(&line, "%c" SILT_MARK_SPACE, silt_diff_sign(package->change));
	silt_phrase_cut(&line, package->name, VALUE_COLUMNS);
	silt_buffer_add_byte(&line, ' ');
	silt_phrase_cut(&line, package->before ? package->before : package->after, VALUE_COLUMNS);
	if (package->before && package->after) {
		silt_buffer_add_text(&line, " to ");
		silt_phrase_cut(&line, package->after, VALUE_COLUMNS);
	}
	silt_buffer_printf(&line, " (%s)", package->manager);
	silt_diff_line(page, SILT_DIFF_COLUMN, SILT_DIFF_COLUMN + 2, &line);
}

static void write_packages(struct silt_page *page, const struct silt_compared_image *image)
{
	struct silt_buffer line = {0};
	const size_t shown = least(image->package_count, PACKAGES_SHOWN);
	silt_phrase_count(&line, image->package_count, "package differs.", "packages differ.");
	silt_diff_labelled(page, "packages", &line);
	for (size_t i = 0; i < shown; i++) {
		write_package(page, &image->packages[i]);
	}
	silt_diff_more(page, image->package_count - shown);
}

/* ---- The whole ----------------------------------------------------------------------------------------------------- */

void silt_diff_text_image(struct silt_page *page, const struct silt_compared_image *image)
{
	if (image->name[0]) {
		struct silt_buffer line = {0};
		silt_buffer_add_text(&line, SILT_MARK_BOLD);
		silt_phrase_unbroken(&line, image->name);
		silt_buffer_add_text(&line, SILT_MARK_PLAIN ", compared by this name");
		silt_diff_line(page, 0, 2, &line);
	}
	write_layers(page, image);
	write_files(page, image);
	write_config(page, image);
	write_packages(page, image);
}
