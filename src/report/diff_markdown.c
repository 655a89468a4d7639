/*
 * A comparison as a comment for a pull request: the answer, then lists. A comment of GitHub has 65 536 characters and no
 * more, so each list ends after a few lines and says how many there are.
 */
#include "report/diff.h"

#include "report/markdown.h"
#include "report/page.h"
#include "report/phrase.h"
#include "report/plain.h"

enum { LINES_MAX = 25, PLACES_MAX = 3, COLUMNS_MAX = 300 };

/* Text with the marks of a page, as words; cut. Gives `marked` back. */
static void add_words(struct silt_buffer *out, struct silt_buffer *marked)
{
	struct silt_buffer plain = {0}, cut = {0};
	silt_page_unmark(&plain, silt_buffer_bytes(marked));
	silt_phrase_cut(&cut, silt_buffer_text(&plain), COLUMNS_MAX);
	silt_markdown_words(out, silt_buffer_text(&cut));
	out->failed |= marked->failed || plain.failed || cut.failed;
	silt_buffer_done(&plain);
	silt_buffer_done(&cut);
	silt_buffer_done(marked);
}

/* "- words", of printable text that may hold anything. Gives `text` back. */
static void add_item(struct silt_buffer *out, const char *indent, const char *label, struct silt_buffer *text)
{
	silt_buffer_printf(out, "%s- %s", indent, label);
	add_words(out, text);
	silt_buffer_add_byte(out, '\n');
}

/* The end of a list, of which so many lines are left out. */
static void end_list(struct silt_buffer *out, uint64_t left)
{
	if (left > 0) {
		silt_buffer_printf(out, "- and %llu more\n", (unsigned long long)left);
	}
	silt_buffer_add_byte(out, '\n');
}

static void add_heading(struct silt_buffer *out, const char *heading, struct silt_buffer *text)
{
	silt_buffer_printf(out, "### %s\n\n", heading);
	add_words(out, text);
	silt_buffer_add_text(out, "\n\n");
}

static size_t shown_of(size_t count)
{
	return count < LINES_MAX ? count : LINES_MAX;
}

/* ---- Secrets ------------------------------------------------------------------------------------------------------- */

static void add_secret(struct silt_buffer *out, const struct silt_compared_secret *secret,
		       const struct silt_result *after)
{
	struct silt_buffer line = {0}, label = {0};
	silt_buffer_printf(&label, "**%s** ", silt_survival_name(secret->survival));
	silt_buffer_printf(&line, "%s, %s: %s", secret->before->title, secret->before->subject,
			   silt_diff_survival(secret));
	add_item(out, "", silt_buffer_text(&label), &line);
	silt_buffer_done(&label);
	for (size_t i = 0; i < secret->sighting_count && i < PLACES_MAX; i++) {
		struct silt_buffer place = {0};
		silt_plain_sighting(&place, &secret->sightings[i], after);
		add_item(out, "  ", "", &place);
	}
	if (secret->sighting_count > PLACES_MAX) {
		silt_buffer_printf(out, "  - and %zu more places\n", secret->sighting_count - PLACES_MAX);
	}
}

static void add_secrets(struct silt_buffer *out, const struct silt_comparison *comparison)
{
	const size_t shown = shown_of(comparison->secret_count);
	for (size_t i = 0; i < shown; i++) {
		add_secret(out, &comparison->secrets[i], comparison->after->result);
	}
	end_list(out, comparison->secret_count - shown);
}

/* ---- Images -------------------------------------------------------------------------------------------------------- */

static void add_files(struct silt_buffer *out, const struct silt_compared_image *image)
{
	struct silt_buffer numbers = {0};
	const size_t shown = shown_of(image->file_count);
	silt_diff_files(&numbers, &image->counts);
	add_heading(out, "Files", &numbers);
	for (size_t i = 0; i < shown; i++) {
		struct silt_buffer line = {0};
		silt_buffer_printf(&line, "%s %s", silt_change_name(image->files[i].change), image->files[i].path);
		if (image->files[i].change == SILT_CHANGE_CHANGED) {
			silt_buffer_add_text(&line, ": ");
			silt_diff_file(&line, &image->files[i]);
		}
		add_item(out, "", "", &line);
	}
	end_list(out, image->file_count - shown + image->files_left_out);
}

static const char *value_text(const char *value)
{
	return value ? value : "not set";
}

static void add_config(struct silt_buffer *out, const struct silt_compared_image *image)
{
	struct silt_buffer numbers = {0};
	const size_t shown = shown_of(image->field_count);
	silt_phrase_count(&numbers, image->field_count, "field differs.", "fields differ.");
	add_heading(out, "Config", &numbers);
	for (size_t i = 0; i < shown; i++) {
		const struct silt_compared_field *field = &image->fields[i];
		struct silt_buffer line = {0};
		silt_buffer_printf(&line, "%s: %s to %s", field->name,
				   field->before && !field->before[0] ? "set" : value_text(field->before),
				   field->after && !field->after[0] ? "set" : value_text(field->after));
		add_item(out, "", "", &line);
	}
	end_list(out, image->field_count - shown);
}

static void add_packages(struct silt_buffer *out, const struct silt_compared_image *image)
{
	struct silt_buffer numbers = {0};
	const size_t shown = shown_of(image->package_count);
	silt_phrase_count(&numbers, image->package_count, "package differs.", "packages differ.");
	add_heading(out, "Packages", &numbers);
	for (size_t i = 0; i < shown; i++) {
		const struct silt_compared_package *package = &image->packages[i];
		struct silt_buffer line = {0};
		silt_buffer_printf(&line, "%s %s: %s to %s", silt_change_name(package->change), package->name,
				   value_text(package->before), value_text(package->after));
		add_item(out, "", "", &line);
	}
	end_list(out, image->package_count - shown);
}

static void add_layers(struct silt_buffer *out, const struct silt_compared_image *image)
{
	struct silt_buffer numbers = {0};
	size_t listed = 0, differ = 0;
	silt_buffer_printf(&numbers, "%zu at the bottom are the same.", image->common_layers);
	add_heading(out, "Layers", &numbers);
	for (size_t i = 0; i < image->layer_count; i++) {
		const struct silt_compared_layer *layer = &image->layers[i];
		differ += layer->change != SILT_CHANGE_SAME;
		if (layer->change != SILT_CHANGE_SAME && listed < LINES_MAX) {
			struct silt_buffer line = {0};
			silt_buffer_printf(&line, "%s ", silt_change_name(layer->change));
			silt_phrase_size(&line, layer->layer->bytes);
			silt_buffer_printf(&line, ": %s", layer->layer->instruction);
			add_item(out, "", "", &line);
			listed++;
		}
	}
	end_list(out, differ - listed);
}

static void add_image(struct silt_buffer *out, const struct silt_compared_image *image)
{
	if (image->name[0]) {
		silt_buffer_add_text(out, "## ");
		silt_markdown_code(out, image->name);
		silt_buffer_add_text(out, "\n\n");
	}
	add_layers(out, image);
	add_files(out, image);
	add_config(out, image);
	add_packages(out, image);
}

/* ---- Findings ------------------------------------------------------------------------------------------------------ */

static void add_findings(struct silt_buffer *out, const struct silt_comparison *comparison)
{
	struct silt_buffer numbers = {0};
	const size_t shown = shown_of(comparison->finding_count);
	silt_diff_findings(&numbers, comparison);
	add_heading(out, "Findings", &numbers);
	for (size_t i = 0; i < shown; i++) {
		static const char *const words[] = {
			[SILT_CHANGE_SAME] = "same",
			[SILT_CHANGE_ADDED] = "new",
			[SILT_CHANGE_REMOVED] = "fixed",
			[SILT_CHANGE_CHANGED] = "changed",
		};
		const struct silt_compared_finding *finding = &comparison->findings[i];
		const struct silt_finding *any = finding->after ? finding->after : finding->before;
		struct silt_buffer line = {0};
		silt_buffer_printf(&line, "%s, %s, %s: %s%s", words[finding->change], silt_severity_name(any->severity),
				   any->rule, any->subject, finding->worse ? " (counts)" : "");
		add_item(out, "", "", &line);
	}
	end_list(out, comparison->finding_count - shown);
}

static void add_alone(struct silt_buffer *out, const char *side, size_t count)
{
	if (count > 0) {
		silt_buffer_printf(out, "%s alone has ", side);
		silt_phrase_count(out, count, "image", "images");
		silt_buffer_add_text(out, " by name, which were compared with none.\n\n");
	}
}

enum silt_status silt_diff_markdown(const struct silt_comparison *comparison, const struct silt_report_options *options,
				    struct silt_sink sink, struct silt_error *err)
{
	(void)options;
	struct silt_outlet outlet = silt_outlet(sink, err);
	struct silt_buffer answer = {0};
	silt_diff_answer(&answer, comparison);
	add_heading(&outlet.out, "silt diff", &answer);
	add_secrets(&outlet.out, comparison);
	for (size_t i = 0; i < comparison->image_count && silt_outlet_flush(&outlet) == SILT_OK; i++) {
		add_image(&outlet.out, &comparison->images[i]);
	}
	add_alone(&outlet.out, "OLD", comparison->before_alone_count);
	add_alone(&outlet.out, "NEW", comparison->after_alone_count);
	add_findings(&outlet.out, comparison);
	return silt_outlet_end(&outlet);
}
