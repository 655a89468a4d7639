/* One finding: closed it is a line, open it is all there is to know of it. */
#include "report/html_parts.h"

#include "silt/checks.h"

#include <string.h>

enum { SIGHTINGS_SHOWN_MAX = 50 };

void silt_html_facets(struct silt_html *html, const struct silt_finding *finding)
{
	const struct silt_check_info *check = silt_checks_find(finding->rule);
	silt_html_printf(html, " data-severity=\"%s\" data-family=\"%s\" data-fate=\"%s\" data-standing=\"%s\"",
			 silt_severity_name(finding->severity),
			 silt_check_family_name(check ? check->family : SILT_CHECKS_SECRET),
			 silt_fate_name(finding->exposure), silt_standing_name(finding->standing));
}

static void add_summary(struct silt_html *html, const struct silt_finding *finding, size_t number)
{
	silt_html_add(html, "<summary>");
	if (finding->suppressed[0]) {
		silt_html_add(html, "<span class=\"severity none\">suppressed</span>");
	} else {
		silt_html_severity(html, finding->severity);
	}
	silt_html_add(html, "<span class=\"what\"><b>");
	silt_html_text(html, finding->title);
	silt_html_add(html, "</b> ");
	if (finding->subject[0]) {
		silt_html_code(html, finding->subject);
	}
	silt_html_add(html, "</span><span class=\"fate\">");
	silt_html_add(html, silt_html_fate(finding->exposure));
	silt_html_add(html, "</span>");
	if (number > 0) {
		silt_html_printf(html, "<span class=\"number\">#%zu</span>", number);
	}
	silt_html_add(html, "</summary>\n");
}

/* ---- Facts --------------------------------------------------------------------------------------------------------- */

static void add_fact(struct silt_html *html, const char *term, const char *text)
{
	if (text[0]) {
		silt_html_printf(html, "<dt>%s</dt><dd>", term);
		silt_html_text(html, text);
		silt_html_add(html, "</dd>\n");
	}
}

static void add_rule(struct silt_html *html, const struct silt_finding *finding)
{
	silt_html_add(html, "<dt>Rule</dt><dd>");
	silt_html_code(html, finding->rule);
	if (finding->pattern[0] && strcmp(finding->pattern, finding->rule) != 0) {
		silt_html_add(html, " by the pattern ");
		silt_html_code(html, finding->pattern);
	}
	silt_html_add(html, "</dd>\n");
}

/* The value itself, for those who asked for it. */
static void add_secret(struct silt_html *html, const struct silt_finding *finding)
{
	if (html->options->show_secrets && finding->secret.len > 0) {
		silt_html_add(html, "<dt>Secret</dt><dd>");
		silt_html_code_of(html, finding->secret);
		silt_html_add(html, "</dd>\n");
	}
}

static void add_heritage(struct silt_html *html, enum silt_heritage heritage)
{
	static const char *const words[] = {
		[SILT_HERITAGE_UNKNOWN] = "",
		[SILT_HERITAGE_BASE] = "Inherited from the base image",
		[SILT_HERITAGE_OWN] = "Of the image itself, not of its base",
	};
	add_fact(html, "Whose", words[heritage]);
}

static void add_standing(struct silt_html *html, const struct silt_finding *finding)
{
	if (finding->standing_why[0]) {
		silt_html_printf(html, "<dt>Standing</dt><dd>%s: ", silt_standing_name(finding->standing));
		silt_html_text(html, finding->standing_why);
		silt_html_add(html, "</dd>\n");
	}
}

static void add_facts(struct silt_html *html, const struct silt_finding *finding)
{
	silt_html_add(html, "<dl class=\"facts\">\n");
	add_fact(html, "Suppressed", finding->suppressed);
	add_standing(html, finding);
	add_secret(html, finding);
	add_rule(html, finding);
	add_fact(html, "Confidence", silt_confidence_name(finding->confidence));
	add_heritage(html, finding->heritage);
	silt_html_add(html, "<dt>Fingerprint</dt><dd>");
	silt_html_code(html, finding->fingerprint);
	silt_html_add(html, "</dd>\n</dl>\n");
}

/* ---- The finding --------------------------------------------------------------------------------------------------- */

static void add_paragraph(struct silt_html *html, const char *kind, const char *label, const char *text)
{
	if (text[0]) {
		silt_html_printf(html, "<p class=\"%s\">%s", kind, label);
		silt_html_text(html, text);
		silt_html_add(html, "</p>\n");
	}
}

static void add_sightings(struct silt_html *html, const struct silt_html_bundle *bundle,
			  const struct silt_finding *finding)
{
	size_t shown = finding->sighting_count < SIGHTINGS_SHOWN_MAX ? finding->sighting_count : SIGHTINGS_SHOWN_MAX;
	for (size_t i = 0; i < shown; i++) {
		silt_html_life(html, bundle, &finding->sightings[i]);
	}
	if (shown < finding->sighting_count) {
		silt_html_printf(html, "<p class=\"aside\">and %zu more places; the JSON report has all of them</p>\n",
				 finding->sighting_count - shown);
	}
}

void silt_html_finding(struct silt_html *html, const struct silt_html_bundle *bundle,
		       const struct silt_finding *finding, size_t number, bool open)
{
	silt_html_add(html, "<details class=\"finding item\"");
	if (number > 0) {
		silt_html_printf(html, " id=\"b%zu-f%zu\"", bundle->number, number);
	}
	silt_html_facets(html, finding);
	silt_html_add(html, open ? " open>\n" : ">\n");
	add_summary(html, finding, number);
	silt_html_add(html, "<div class=\"body\">\n");
	add_paragraph(html, "detail", "", finding->detail);
	add_sightings(html, bundle, finding);
	add_paragraph(html, "remedy", "<b>What to do</b> ", finding->suppressed[0] ? "" : finding->remedy);
	add_facts(html, finding);
	silt_html_add(html, "</div>\n</details>\n");
}
