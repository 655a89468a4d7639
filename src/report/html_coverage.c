/* What was looked at, what was not, by which limits; and the notes of the policy. */
#include "report/html_parts.h"
#include "report/phrase.h"

#include <inttypes.h>

enum { GAPS_SHOWN_MAX = 500 };

static void add_row(struct silt_html *html, const char *title, uint64_t count, uint64_t bytes)
{
	silt_html_printf(html, "<tr><th scope=\"row\">%s</th><td class=\"n\">%" PRIu64 "</td><td class=\"n\">", title,
			 count);
	if (bytes > 0) {
		silt_html_size(html, bytes);
	}
	silt_html_add(html, "</td></tr>\n");
}

static void add_counts(struct silt_html *html, const struct silt_coverage *coverage)
{
	silt_html_add(html, "<table class=\"rows\"><caption>Counted</caption>\n<thead><tr><th scope=\"col\">What</th>"
			    "<th scope=\"col\" class=\"n\">How many</th><th scope=\"col\" class=\"n\">Bytes</th></tr>"
			    "</thead>\n<tbody>\n");
	add_row(html, "Files of the bundle", coverage->members, coverage->member_bytes);
	add_row(html, "Layers, unpacked", coverage->layer_blobs, coverage->layer_bytes);
	add_row(html, "Entries of layers", coverage->entries, 0);
	add_row(html, "JSON documents", coverage->documents, 0);
	silt_html_add(html, "</tbody></table>\n");
}

static void add_gap(struct silt_html *html, const struct silt_gap *gap)
{
	silt_html_add(html, "<tr><th scope=\"row\">");
	silt_html_code(html, gap->place);
	silt_html_add(html, "</th><td>");
	silt_html_text(html, gap->reason);
	silt_html_add(html, "</td><td class=\"n\">");
	if (gap->has_offset) {
		silt_html_printf(html, "%" PRIu64, gap->offset);
	}
	silt_html_add(html, "</td><td class=\"n\">");
	if (gap->bytes > 0) {
		silt_html_size(html, gap->bytes);
	}
	silt_html_add(html, "</td><td>");
	silt_html_text(html, gap->limit ? gap->limit : "");
	silt_html_add(html, "</td></tr>\n");
}

static void add_gaps(struct silt_html *html, const struct silt_coverage *coverage)
{
	size_t shown = coverage->gap_count < GAPS_SHOWN_MAX ? coverage->gap_count : GAPS_SHOWN_MAX;
	silt_html_add(html, "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table of gaps\">"
			    "<table class=\"rows\"><caption>Not looked at</caption>\n<thead><tr>"
			    "<th scope=\"col\">Where</th><th scope=\"col\">Why</th>"
			    "<th scope=\"col\" class=\"n\">From byte</th><th scope=\"col\" class=\"n\">Bytes</th>"
			    "<th scope=\"col\">Limit</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < shown && silt_outlet_flush(&html->outlet) == SILT_OK; i++) {
		add_gap(html, &coverage->gaps[i]);
	}
	silt_html_add(html, "</tbody></table></div>\n");
	if (shown < coverage->gap_count) {
		silt_html_printf(html, "<p class=\"aside\">and %zu more</p>\n", coverage->gap_count - shown);
	}
}

static void add_limits(struct silt_html *html, const struct silt_coverage *coverage)
{
	if (coverage->limit_count == 0) {
		return;
	}
	silt_html_add(html, "<p class=\"meaning\">Limits that were set:");
	for (size_t i = 0; i < coverage->limit_count; i++) {
		silt_html_add(html, i > 0 ? ", " : " ");
		silt_html_code(html, coverage->limits[i].name);
		silt_html_printf(html, " %" PRIu64, coverage->limits[i].value);
	}
	silt_html_add(html, ".</p>\n");
}

static void add_notes(struct silt_html *html, const struct silt_html_bundle *bundle)
{
	const struct silt_judgement *judgement = bundle->judgement;
	if (judgement->note_count == 0) {
		return;
	}
	silt_html_printf(
		html,
		"<section aria-labelledby=\"b%zu b%zu-notes\">\n<h3 id=\"b%zu-notes\">Notes of the policy</h3>\n"
		"<ul class=\"notes\">\n",
		bundle->number, bundle->number, bundle->number);
	for (size_t i = 0; i < judgement->note_count; i++) {
		silt_html_add(html, "<li>");
		silt_html_text(html, judgement->notes[i].text);
		silt_html_add(html, "</li>\n");
	}
	silt_html_add(html, "</ul>\n</section>\n");
}

static void add_left_out(struct silt_html *html, const struct silt_coverage *coverage)
{
	struct silt_buffer words = {0};
	silt_phrase_left_out(&words, coverage);
	if (words.len > 0) {
		silt_html_printf(html, " <strong>Left out: %s.</strong>", silt_buffer_text(&words));
	}
	silt_buffer_done(&words);
}

void silt_html_coverage(struct silt_html *html, const struct silt_html_bundle *bundle)
{
	const struct silt_coverage *coverage = silt_result_coverage(bundle->judgement->result);
	add_notes(html, bundle);
	silt_html_printf(html,
			 "<section class=\"coverage\" aria-labelledby=\"b%zu b%zu-coverage\">\n"
			 "<h3 id=\"b%zu-coverage\">Coverage</h3>\n<p class=\"meaning\">",
			 bundle->number, bundle->number, bundle->number);
	silt_html_add(html, coverage->complete
				    ? "Everything was looked at."
				    : "What was not looked at could hide anything: this result is incomplete.");
	if (coverage->believed_blobs > 0) {
		silt_html_add(html, " <strong>Not read: ");
		silt_html_count(html, coverage->believed_blobs, "layer", "layers");
		silt_html_add(html, ", taken for what the name of the blob says, as --trust-digests asks.</strong>");
	}
	add_left_out(html, coverage);
	silt_html_add(html, "</p>\n");
	if (coverage->gap_count > 0) {
		add_gaps(html, coverage);
	}
	add_counts(html, coverage);
	add_limits(html, coverage);
	silt_html_add(html, "</section>\n");
}
