/* A comparison for people: the answer first, and no more than a screen of a list. */
#include "report/diff.h"

#include "report/page.h"
#include "report/phrase.h"
#include "report/plain.h"
#include "report/text.h"

enum {
	COLUMN = 10,
	SECRETS_SHOWN = 20,
	PLACES_SHOWN = 3,
	FILES_SHOWN = 10,
	FIELDS_SHOWN = 12,
	PACKAGES_SHOWN = 10,
	FINDINGS_SHOWN = 10,
	VALUE_COLUMNS = 60,
	SUBJECT_COLUMNS = 100,
};

/* ---- Lines --------------------------------------------------------------------------------------------------------- */

/* Gives `line` back. */
static void write_line(struct silt_page *page, unsigned first, unsigned rest, struct silt_buffer *line)
{
	page->outlet.out.failed |= line->failed;
	silt_page_paragraph(page, first, rest, silt_buffer_text(line));
	silt_buffer_done(line);
}

static void write_labelled(struct silt_page *page, const char *label, struct silt_buffer *text)
{
	page->outlet.out.failed |= text->failed;
	silt_page_labelled(page, 0, COLUMN, COLUMN, label, silt_buffer_text(text));
	silt_buffer_done(text);
}

static void write_more(struct silt_page *page, uint64_t left)
{
	struct silt_buffer line = {0};
	if (left > 0) {
		silt_buffer_printf(&line, "and %llu more (-o json lists them)", (unsigned long long)left);
		write_line(page, COLUMN, COLUMN, &line);
	}
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* ---- What is compared ---------------------------------------------------------------------------------------------- */

static void write_side(struct silt_page *page, const char *label, const struct silt_judgement *judgement,
		       const struct silt_image *images)
{
	struct silt_buffer line = {0};
	size_t count;
	(void)silt_result_images(judgement->result, &count);
	silt_phrase_unbroken(&line, silt_result_name(judgement->result));
	silt_buffer_printf(&line, " (%s): ", silt_result_format(judgement->result));
	if (count == 1) {
		silt_phrase_image(&line, &images[0]);
		silt_buffer_add_text(&line, ", ");
		silt_phrase_count(&line, images[0].layer_count, "layer", "layers");
		silt_buffer_add_text(&line, ", ");
		silt_phrase_size(&line, images[0].bytes);
	} else {
		silt_phrase_count(&line, count, "image", "images");
	}
	write_labelled(page, label, &line);
}

/* ---- Secrets ------------------------------------------------------------------------------------------------------- */

static const char *mark_of(enum silt_survival survival)
{
	static const char *const marks[] = {
		[SILT_SURVIVAL_GONE] = SILT_MARK_BOLD_GREEN,
		[SILT_SURVIVAL_SURVIVED] = SILT_MARK_BOLD_RED,
		[SILT_SURVIVAL_SHORT] = SILT_MARK_YELLOW,
		[SILT_SURVIVAL_UNKNOWN] = SILT_MARK_BOLD_MAGENTA,
	};
	return marks[survival];
}

static void write_places(struct silt_page *page, const struct silt_compared_secret *secret,
			 const struct silt_result *result)
{
	size_t count;
	const struct silt_image *images = silt_result_images(result, &count);
	const size_t shown = least(secret->sighting_count, PLACES_SHOWN);
	for (size_t i = 0; i < shown; i++) {
		struct silt_buffer line = {0};
		silt_text_sighting(&line, &secret->sightings[i], secret->sightings[i].note, images, count);
		write_line(page, COLUMN + 2, COLUMN + 4, &line);
	}
	if (secret->sighting_count > shown) {
		struct silt_buffer line = {0};
		silt_buffer_printf(&line, "and in %zu more places", secret->sighting_count - shown);
		write_line(page, COLUMN + 2, COLUMN + 4, &line);
	}
}

static void write_secret(struct silt_page *page, const struct silt_compared_secret *secret,
			 const struct silt_result *after)
{
	struct silt_buffer line = {0};
	silt_buffer_printf(&line, "%s%s" SILT_MARK_PLAIN " ", mark_of(secret->survival),
			   silt_survival_name(secret->survival));
	silt_buffer_printf(&line, "%s, ", secret->before->title);
	silt_phrase_cut(&line, secret->before->subject, SUBJECT_COLUMNS);
	silt_buffer_printf(&line, " (%s): %s", silt_fate_name(secret->before->exposure), silt_diff_survival(secret));
	write_line(page, 2, 4, &line);
	write_places(page, secret, after);
}

static void write_secrets(struct silt_page *page, const struct silt_comparison *comparison)
{
	const size_t shown = least(comparison->secret_count, SECRETS_SHOWN);
	for (size_t i = 0; i < shown && silt_outlet_flush(&page->outlet) == SILT_OK; i++) {
		write_secret(page, &comparison->secrets[i], comparison->after->result);
	}
	write_more(page, comparison->secret_count - shown);
	if (shown > 0) {
		silt_page_blank(page);
	}
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
	write_line(page, COLUMN, COLUMN + 2, &line);
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
	write_labelled(page, "layers", &line);
	const size_t differ = counts[SILT_CHANGE_ADDED] + counts[SILT_CHANGE_REMOVED];
	for (size_t i = 0; i < image->layer_count && shown < FILES_SHOWN; i++) {
		if (image->layers[i].change != SILT_CHANGE_SAME) {
			write_layer(page, &image->layers[i]);
			shown++;
		}
	}
	write_more(page, differ - shown);
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
	write_line(page, COLUMN, COLUMN + 2, &line);
}

static void write_files(struct silt_page *page, const struct silt_compared_image *image)
{
	struct silt_buffer line = {0};
	const size_t shown = least(image->file_count, FILES_SHOWN);
	silt_diff_files(&line, &image->counts);
	write_labelled(page, "files", &line);
	for (size_t i = 0; i < shown; i++) {
		write_file(page, &image->files[i]);
	}
	write_more(page, image->file_count - shown + image->files_left_out);
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
	write_line(page, COLUMN, COLUMN + 2, &line);
}

static void write_config(struct silt_page *page, const struct silt_compared_image *image)
{
	struct silt_buffer line = {0};
	const size_t shown = least(image->field_count, FIELDS_SHOWN);
	silt_phrase_count(&line, image->field_count, "field differs.", "fields differ.");
	write_labelled(page, "config", &line);
	for (size_t i = 0; i < shown; i++) {
		write_field(page, &image->fields[i]);
	}
	write_more(page, image->field_count - shown);
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
	write_line(page, COLUMN, COLUMN + 2, &line);
}

static void write_packages(struct silt_page *page, const struct silt_compared_image *image)
{
	struct silt_buffer line = {0};
	const size_t shown = least(image->package_count, PACKAGES_SHOWN);
	silt_phrase_count(&line, image->package_count, "package differs.", "packages differ.");
	write_labelled(page, "packages", &line);
	for (size_t i = 0; i < shown; i++) {
		write_package(page, &image->packages[i]);
	}
	write_more(page, image->package_count - shown);
}

/* ---- Images -------------------------------------------------------------------------------------------------------- */

static void write_image(struct silt_page *page, const struct silt_comparison *comparison,
			const struct silt_compared_image *image)
{
	if (image->name[0]) {
		struct silt_buffer line = {0};
		silt_buffer_add_text(&line, SILT_MARK_BOLD);
		silt_phrase_unbroken(&line, image->name);
		silt_buffer_add_text(&line, SILT_MARK_PLAIN ", compared by this name");
		write_line(page, 0, 2, &line);
	}
	(void)comparison;
	write_layers(page, image);
	write_files(page, image);
	write_config(page, image);
	write_packages(page, image);
}

static void write_alone(struct silt_page *page, const struct silt_result *result, const struct silt_image *all,
			const char *side, const char *other, const size_t *alone, size_t count)
{
	size_t images;
	(void)silt_result_images(result, &images);
	for (size_t i = 0; i < count; i++) {
		struct silt_buffer line = {0};
		silt_buffer_printf(&line, "%s alone has ", side);
		silt_phrase_image_of(&line, all, images, alone[i]);
		silt_buffer_printf(&line,
				   ": no image of %s has its name, so its layers, files and config are compared "
				   "with none.",
				   other);
		write_line(page, 0, 2, &line);
	}
}

/* ---- Findings ------------------------------------------------------------------------------------------------------ */

static void write_finding(struct silt_page *page, const struct silt_compared_finding *finding)
{
	const struct silt_finding *any = finding->after ? finding->after : finding->before;
	struct silt_buffer line = {0};
	silt_buffer_printf(&line, "%c" SILT_MARK_SPACE "%s%s" SILT_MARK_PLAIN " %s: ", silt_diff_sign(finding->change),
			   silt_phrase_severity_mark(any->severity), silt_severity_name(any->severity), any->rule);
	silt_phrase_cut(&line, any->subject, SUBJECT_COLUMNS);
	if (finding->before && finding->after) {
		silt_buffer_printf(&line, " (was %s, %s; is %s, %s)", silt_severity_name(finding->before->severity),
				   silt_fate_name(finding->before->exposure),
				   silt_severity_name(finding->after->severity),
				   silt_fate_name(finding->after->exposure));
	}
	silt_buffer_add_text(&line, finding->worse ? ": counts" : "");
	write_line(page, COLUMN, COLUMN + 2, &line);
}

static void write_findings(struct silt_page *page, const struct silt_comparison *comparison)
{
	struct silt_buffer line = {0};
	const size_t shown = least(comparison->finding_count, FINDINGS_SHOWN);
	silt_diff_findings(&line, comparison);
	write_labelled(page, "findings", &line);
	for (size_t i = 0; i < shown && silt_outlet_flush(&page->outlet) == SILT_OK; i++) {
		write_finding(page, &comparison->findings[i]);
	}
	write_more(page, comparison->finding_count - shown);
}

/* ---- The whole ----------------------------------------------------------------------------------------------------- */

static void write_answer(struct silt_page *page, const struct silt_comparison *comparison)
{
	static const char *const marks[] = {
		[SILT_COMPARISON_FREE] = SILT_MARK_BOLD_GREEN,
		[SILT_COMPARISON_WORSE] = SILT_MARK_BOLD_RED,
		[SILT_COMPARISON_INCOMPLETE] = SILT_MARK_BOLD_MAGENTA,
	};
	struct silt_buffer line = {0};
	silt_buffer_add_text(&line, marks[comparison->verdict]);
	silt_diff_answer(&line, comparison);
	silt_buffer_add_text(&line, SILT_MARK_PLAIN);
	write_line(page, 0, 2, &line);
}

static void write_gaps(struct silt_page *page, const struct silt_gap *gaps, size_t count)
{
	const size_t shown = least(count, PLACES_SHOWN);
	for (size_t i = 0; i < shown; i++) {
		struct silt_buffer line = {0};
		silt_text_gap(&line, &gaps[i]);
		write_labelled(page, "not read", &line);
	}
	write_more(page, count - shown);
}

enum silt_status silt_diff_text(const struct silt_comparison *comparison, const struct silt_report_options *options,
				struct silt_sink sink, struct silt_error *err)
{
	const struct silt_coverage *before = silt_result_coverage(comparison->before->result);
	const struct silt_coverage *after = silt_result_coverage(comparison->after->result);
	struct silt_page page;
	size_t images;
	silt_page_init(&page, options, sink, err);
	write_answer(&page, comparison);
	silt_page_blank(&page);
	write_secrets(&page, comparison);
	write_side(&page, "OLD", comparison->before, comparison->before_images);
	write_side(&page, "NEW", comparison->after, silt_result_images(comparison->after->result, &images));
	for (size_t i = 0; i < comparison->image_count && silt_outlet_flush(&page.outlet) == SILT_OK; i++) {
		write_image(&page, comparison, &comparison->images[i]);
	}
	write_alone(&page, comparison->before->result, comparison->before_images, "OLD", "NEW",
		    comparison->before_alone, comparison->before_alone_count);
	write_alone(&page, comparison->after->result, silt_result_images(comparison->after->result, &images), "NEW",
		    "OLD", comparison->after_alone, comparison->after_alone_count);
	write_findings(&page, comparison);
	write_gaps(&page, comparison->before_gaps, before->gap_count);
	write_gaps(&page, after->gaps, after->gap_count);
	return silt_outlet_end(&page.outlet);
}
