/* A comparison for people: the answer first, and no more than a screen of a list. */
#include "report/diff_text.h"

#include "report/phrase.h"
#include "report/plain.h"
#include "report/text.h"

enum {
	SECRETS_SHOWN = 20,
	PLACES_SHOWN = 3,
	FINDINGS_SHOWN = 10,
	SUBJECT_COLUMNS = 100,
};

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
	silt_diff_labelled(page, label, &line);
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
		silt_diff_line(page, SILT_DIFF_COLUMN + 2, SILT_DIFF_COLUMN + 4, &line);
	}
	if (secret->sighting_count > shown) {
		struct silt_buffer line = {0};
		silt_buffer_printf(&line, "and in %zu more places", secret->sighting_count - shown);
		silt_diff_line(page, SILT_DIFF_COLUMN + 2, SILT_DIFF_COLUMN + 4, &line);
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
	silt_diff_line(page, 2, 4, &line);
	write_places(page, secret, after);
}

static void write_secrets(struct silt_page *page, const struct silt_comparison *comparison)
{
	const size_t shown = least(comparison->secret_count, SECRETS_SHOWN);
	for (size_t i = 0; i < shown && silt_outlet_flush(&page->outlet) == SILT_OK; i++) {
		write_secret(page, &comparison->secrets[i], comparison->after->result);
	}
	silt_diff_more(page, comparison->secret_count - shown);
	if (shown > 0) {
		silt_page_blank(page);
	}
}

/* ---- Images without a partner ----------------------------------------------------------------------------------------- */

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
		silt_diff_line(page, 0, 2, &line);
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
	silt_diff_line(page, SILT_DIFF_COLUMN, SILT_DIFF_COLUMN + 2, &line);
}

static void write_findings(struct silt_page *page, const struct silt_comparison *comparison)
{
	struct silt_buffer line = {0};
	const size_t shown = least(comparison->finding_count, FINDINGS_SHOWN);
	silt_diff_findings(&line, comparison);
	silt_diff_labelled(page, "findings", &line);
	for (size_t i = 0; i < shown && silt_outlet_flush(&page->outlet) == SILT_OK; i++) {
		write_finding(page, &comparison->findings[i]);
	}
	silt_diff_more(page, comparison->finding_count - shown);
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
	silt_diff_line(page, 0, 2, &line);
}

static void write_gaps(struct silt_page *page, const struct silt_gap *gaps, size_t count)
{
	const size_t shown = least(count, PLACES_SHOWN);
	for (size_t i = 0; i < shown; i++) {
		struct silt_buffer line = {0};
		silt_text_gap(&line, &gaps[i]);
		silt_diff_labelled(page, "not read", &line);
	}
	silt_diff_more(page, count - shown);
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
		silt_diff_text_image(&page, &comparison->images[i]);
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
