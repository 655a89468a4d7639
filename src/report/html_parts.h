/*
 * The parts of the HTML report; html_report.c puts them together.
 *
 * What can be linked to has an id of numbers, all from 1: bundle "b1", image "b1-i2", layer "b1-i2-l3", finding
 * "b1-f7". Nothing of an image is ever part of an id or of an address.
 */
#ifndef SILT_REPORT_HTML_PARTS_H
#define SILT_REPORT_HTML_PARTS_H

#include "report/html.h"
#include "report/tally.h"
#include "silt/posture.h"

/* One bundle of the report. */
struct silt_html_bundle {
	const struct silt_judgement *judgement;
	size_t number; /* from 1 */
	const struct silt_image *images;
	size_t image_count;
};

/* The verdict over all bundles, why, and where to look first. */
void silt_html_verdict(struct silt_html *html, const struct silt_judgement *const *judgements, size_t count);

/* A form to choose findings by what occurs among them. Hidden until the script shows it. */
void silt_html_filters(struct silt_html *html, const struct silt_judgement *const *judgements, size_t count);

/* The layers of an image, what each did, and the lives of its worst findings across them. */
void silt_html_layers(struct silt_html *html, const struct silt_html_bundle *bundle, size_t image);

/* What an image is like: nothing if nobody has looked. */
void silt_html_posture(struct silt_html *html, const struct silt_html_bundle *bundle, size_t image);

/* All findings of a bundle, by their standing, worst first. */
void silt_html_findings(struct silt_html *html, const struct silt_html_bundle *bundle);

/* One finding, with its number from 1; 0: it has none. `open`: without being asked for. */
void silt_html_finding(struct silt_html *html, const struct silt_html_bundle *bundle,
		       const struct silt_finding *finding, size_t number, bool open);

/* What findings are chosen by, as attributes: severity, family, fate, standing. */
void silt_html_facets(struct silt_html *html, const struct silt_finding *finding);

/* A fate in a few words. */
const char *silt_html_fate(enum silt_fate fate);

/* What the drawings of lives in an image have in common: must stand before them. */
void silt_html_ticks(struct silt_html *html, const struct silt_html_bundle *bundle, size_t image);

/* Where it was seen, who added it, who hid it, and what is left: drawn, and in words. */
void silt_html_life(struct silt_html *html, const struct silt_html_bundle *bundle,
		    const struct silt_sighting *sighting);

/* What was looked at, what was not, and what the policy has to say beside its verdict. */
void silt_html_coverage(struct silt_html *html, const struct silt_html_bundle *bundle);

/* How a person calls an image. */
void silt_html_image_name(struct silt_html *html, const struct silt_html_bundle *bundle, size_t image);

#endif
