/* The findings of a bundle: by standing, and what repeats itself as a table. */
#include "report/html_parts.h"

#include "base/attributes.h"

#include <string.h>

enum {
	OPEN_MAX = 3, /* so many findings that count are open from the start */
	GROUPED_MIN =
		4, /* so many in a row that differ in their place only are a table, if they are of little weight */
	GROUPED_ANY = 16, /* and so many of any */
	FLUSH_EVERY = 64, /* rows */
};

/* In the order of the page. */
static const struct {
	enum silt_standing standing;
	const char *title, *meaning;
} standings[] = {
	{SILT_STANDING_COUNTS, "Findings that count", "Each of them alone makes the verdict fail."},
	{SILT_STANDING_UNJUDGED, "Findings", "Nobody judged them."},
	{SILT_STANDING_BELOW, "Below the threshold", "Too light to count, worth knowing."},
	{SILT_STANDING_KNOWN, "Known from the baseline", "They were there before, and somebody accepted them."},
	{SILT_STANDING_WAIVED, "Accepted by a waiver", "Somebody accepted them, and said why."},
	{SILT_STANDING_ALLOWED, "Allowed by the policy", "The policy allows what they are about."},
};

/* ---- What repeats itself --------------------------------------------------------------------------------------------- */

static bool may_be_grouped(const struct silt_finding *finding)
{
	return finding->sighting_count == 1 && finding->secret.len == 0 && !finding->pattern[0];
}

static bool is_alike(const struct silt_finding *a, const struct silt_finding *b)
{
	return strcmp(a->rule, b->rule) == 0 && strcmp(a->title, b->title) == 0 && strcmp(a->remedy, b->remedy) == 0 &&
	       a->severity == b->severity && a->heritage == b->heritage && a->standing == b->standing;
}

/* How many findings from the first on are one table; 0: none. */
static size_t group_length(const struct silt_finding *findings, size_t count)
{
	size_t length = 0;
	while (length < count && may_be_grouped(&findings[length]) && is_alike(&findings[length], &findings[0])) {
		length++;
	}
	return length >= (findings[0].severity <= SILT_SEVERITY_MEDIUM ? GROUPED_MIN : GROUPED_ANY) ? length : 0;
}

static void add_layer(struct silt_html *html, const struct silt_html_bundle *bundle, size_t image, size_t layer)
{
	if (image < bundle->image_count && layer < bundle->images[image].layer_count) {
		silt_html_printf(html, "<a href=\"#b%zu-i%zu-l%zu\">%zu</a>", bundle->number, image + 1, layer + 1,
				 layer + 1);
	}
}

static void add_row(struct silt_html *html, const struct silt_html_bundle *bundle, const struct silt_finding *finding,
		    size_t number)
{
	const struct silt_sighting *at = &finding->sightings[0];
	silt_html_printf(html, "<tr class=\"item\" id=\"b%zu-f%zu\"", bundle->number, number);
	silt_html_facets(html, finding);
	silt_html_printf(html, "><td class=\"number\">#%zu</td><th scope=\"row\">", number);
	silt_html_code(html, at->place);
	if (finding->subject[0] && strcmp(finding->subject, at->place) != 0) {
		silt_html_add(html, " ");
		silt_html_code(html, finding->subject);
	}
	silt_html_add(html, "</th><td>");
	add_layer(html, bundle, at->image, at->layer);
	silt_html_printf(html, "</td><td>%s</td><td>", silt_html_fate(at->fate));
	add_layer(html, bundle, at->image, at->cause_layer);
	silt_html_add(html, "</td><td>");
	silt_html_text(html, finding->detail);
	silt_html_text(html, finding->standing_why[0] && finding->detail[0] ? " " : "");
	silt_html_text(html, finding->standing_why);
	silt_html_add(html, "</td><td class=\"id\">");
	silt_html_code(html, finding->fingerprint);
	silt_html_add(html, "</td></tr>\n");
}

static void add_group(struct silt_html *html, const struct silt_html_bundle *bundle, size_t first, size_t count)
{
	const struct silt_finding *findings = &bundle->judgement->findings[first];
	silt_html_add(html, "<details class=\"finding group\"><summary>");
	silt_html_severity(html, findings->severity);
	silt_html_add(html, "<span class=\"what\"><b>");
	silt_html_text(html, findings->title);
	silt_html_printf(html, "</b> in %zu places</span><span class=\"number\">#%zu&#8211;%zu</span></summary>\n",
			 count, first + 1, first + count);
	silt_html_add(html, "<div class=\"body\">\n<p class=\"remedy\"><b>What to do</b> ");
	silt_html_text(html, findings->remedy);
	silt_html_add(html, "</p>\n<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table of places\">"
			    "<table class=\"places\"><caption>");
	silt_html_code(html, findings->rule);
	silt_html_add(html, "</caption>\n<thead><tr><th scope=\"col\">No.</th><th scope=\"col\">What</th>"
			    "<th scope=\"col\">Layer</th><th scope=\"col\">Fate</th><th scope=\"col\">By layer</th>"
			    "<th scope=\"col\">Why</th>"
			    "<th scope=\"col\">Fingerprint</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < count; i++) {
		add_row(html, bundle, &findings[i], first + i + 1);
		if (i % FLUSH_EVERY == 0 && silt_outlet_flush(&html->outlet) != SILT_OK) {
			return;
		}
	}
	silt_html_add(html, "</tbody></table></div>\n</div></details>\n");
}

/* ---- By standing ----------------------------------------------------------------------------------------------------- */

static size_t count_standing(const struct silt_judgement *judgement, enum silt_standing standing)
{
	size_t count = 0;
	for (size_t i = 0; i < judgement->finding_count; i++) {
		count += judgement->findings[i].standing == standing;
	}
	return count;
}

static void add_standing(struct silt_html *html, const struct silt_html_bundle *bundle, enum silt_standing standing)
{
	const struct silt_judgement *judgement = bundle->judgement;
	size_t told = 0;
	for (size_t i = 0; i < judgement->finding_count && silt_outlet_flush(&html->outlet) == SILT_OK;) {
		const struct silt_finding *finding = &judgement->findings[i];
		if (finding->standing != standing) {
			i++;
			continue;
		}
		size_t length = group_length(finding, judgement->finding_count - i);
		if (length > 0) {
			add_group(html, bundle, i, length);
		} else {
			bool open = standing == SILT_STANDING_COUNTS && told < OPEN_MAX && bundle->number == 1;
			silt_html_finding(html, bundle, finding, i + 1, open);
		}
		told++;
		i += length > 0 ? length : 1;
	}
}

static void add_suppressed(struct silt_html *html, const struct silt_html_bundle *bundle)
{
	size_t count;
	const struct silt_finding *suppressed = silt_result_suppressed(bundle->judgement->result, &count);
	if (count == 0) {
		return;
	}
	silt_html_add(html, "<section class=\"standing\"><h4>Suppressed</h4>\n<p class=\"meaning\">");
	silt_html_count(html, count, "secret that was", "secrets that were");
	silt_html_add(html, " seen only in unmodified files of packages: no findings.");
	bool show = html->options->show_suppressed && suppressed;
	silt_html_add(html, show ? "</p>\n" : " --show-suppressed lists them.</p>\n");
	for (size_t i = 0; show && i < count && silt_outlet_flush(&html->outlet) == SILT_OK; i++) {
		silt_html_finding(html, bundle, &suppressed[i], 0, false);
	}
	silt_html_add(html, "</section>\n");
}

void silt_html_findings(struct silt_html *html, const struct silt_html_bundle *bundle)
{
	silt_html_printf(html,
			 "<section class=\"findings\" aria-labelledby=\"b%zu b%zu-findings\">\n"
			 "<h3 id=\"b%zu-findings\">Findings</h3>\n",
			 bundle->number, bundle->number, bundle->number);
	if (bundle->judgement->finding_count == 0) {
		silt_html_add(html, "<p class=\"meaning\">There are none.</p>\n");
	}
	for (size_t i = 0; i < SILT_COUNT(standings); i++) {
		size_t count = count_standing(bundle->judgement, standings[i].standing);
		if (count > 0) {
			silt_html_printf(html,
					 "<section class=\"standing\"><h4>%s <span class=\"count\">%zu</span></h4>\n",
					 standings[i].title, count);
			silt_html_printf(html, "<p class=\"meaning\">%s</p>\n", standings[i].meaning);
			add_standing(html, bundle, standings[i].standing);
			silt_html_add(html, "</section>\n");
		}
	}
	add_suppressed(html, bundle);
	silt_html_add(html, "</section>\n");
}
