/*
 * The report as one HTML page, for people who want to see what happened in which layer.
 *
 * It needs nothing but itself: its policy (CSP) lets no address be asked, and no style or script run but the two whose
 * digests it names. All of it can be read without the script, which only hides what is not asked for.
 */
#include "report/formats.h"
#include "report/html_asset.h"
#include "report/html_parts.h"
#include "silt/silt.h"

void silt_html_image_name(struct silt_html *html, const struct silt_html_bundle *bundle, size_t image)
{
	const struct silt_image *it = &bundle->images[image];
	if (it->name_count > 0) {
		silt_html_code(html, it->names[0]);
	} else if (it->config_digest[0]) {
		silt_html_digest(html, it->config_digest);
	} else {
		silt_html_add(html, "without a name");
	}
	if (it->platform[0] && bundle->image_count > 1) {
		silt_html_add(html, " ");
		silt_html_code(html, it->platform);
	}
}

/* ---- Head and foot of the page --------------------------------------------------------------------------------------- */

static void add_head(struct silt_html *html, const struct silt_judgement *const *judgements, size_t count)
{
	silt_html_add(html, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
			    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '");
	silt_html_add(html, silt_html_style.digest);
	silt_html_add(html, "'; script-src '");
	silt_html_add(html, silt_html_script.digest);
	silt_html_add(html, "'; base-uri 'none'; form-action 'none'\">\n"
			    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
			    "<meta name=\"referrer\" content=\"no-referrer\">\n"
			    "<meta name=\"color-scheme\" content=\"light dark\">\n"
			    "<title>silt: ");
	for (size_t i = 0; i < count; i++) {
		silt_html_add(html, i > 0 ? ", " : "");
		silt_html_text(html, silt_result_name(judgements[i]->result));
	}
	silt_html_add(html, "</title>\n<style>");
	silt_html_add(html, silt_html_style.text);
	silt_html_add(html, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n");
}

static void add_contents(struct silt_html *html, const struct silt_judgement *const *judgements, size_t count)
{
	silt_html_add(html, "<nav aria-label=\"Contents\">\n<ul>\n");
	for (size_t i = 0; i < count; i++) {
		silt_html_printf(html, "<li><a href=\"#b%zu\">", i + 1);
		silt_html_text(html, silt_result_name(judgements[i]->result));
		silt_html_printf(
			html,
			"</a> <span class=\"aside\">%s</span> <a href=\"#b%zu-images\">Images</a> "
			"<a href=\"#b%zu-findings\">Findings</a> <a href=\"#b%zu-coverage\">Coverage</a></li>\n",
			silt_verdict_name(judgements[i]->verdict), i + 1, i + 1, i + 1);
	}
	silt_html_add(html, "</ul>\n</nav>\n");
}

static void add_foot(struct silt_html *html)
{
	silt_html_add(html, "</main>\n<footer><p>Written by silt ");
	silt_html_text(html, silt_version());
	silt_html_add(html, ". This page is whole in itself: it loads nothing and sends nothing. Text that comes out "
			    "of an image is "
			    "shown escaped.</p></footer>\n<script>");
	silt_html_add(html, silt_html_script.text);
	silt_html_add(html, "</script>\n</body>\n</html>\n");
}

/* ---- Bundles ------------------------------------------------------------------------------------------------------- */

static void add_names(struct silt_html *html, const struct silt_image *image)
{
	for (size_t i = 1; i < image->name_count; i++) {
		silt_html_add(html, i > 1 ? ", " : "<dt>Also called</dt><dd>");
		silt_html_code(html, image->names[i]);
	}
	silt_html_add(html, image->name_count > 1 ? "</dd>\n" : "");
}

static void add_fact(struct silt_html *html, const char *term, const char *text)
{
	if (text[0]) {
		silt_html_printf(html, "<dt>%s</dt><dd>", term);
		silt_html_code(html, text);
		silt_html_add(html, "</dd>\n");
	}
}

static void add_image_facts(struct silt_html *html, const struct silt_image *image)
{
	silt_html_add(html, "<dl class=\"facts\">\n");
	add_names(html, image);
	add_fact(html, "Platform", image->platform);
	add_fact(html, "User", image->config_digest[0] && !image->user[0] ? "not set (root)" : image->user);
	add_fact(html, "Created", image->created);
	silt_html_add(html, "<dt>Size</dt><dd>");
	silt_html_size(html, image->bytes);
	silt_html_add(html, " in ");
	silt_html_count(html, image->layer_count, "layer", "layers");
	silt_html_add(html, "</dd>\n");
	add_fact(html, "Config", image->config_digest);
	add_fact(html, "Manifest", image->manifest_digest);
	add_fact(html, "Declared by", image->declared_by);
	silt_html_add(html, "</dl>\n");
}

static void add_images(struct silt_html *html, const struct silt_html_bundle *bundle)
{
	silt_html_printf(html, "<div id=\"b%zu-images\">\n", bundle->number);
	for (size_t i = 0; i < bundle->image_count && silt_outlet_flush(&html->outlet) == SILT_OK; i++) {
		silt_html_printf(
			html,
			"<section class=\"image\" aria-labelledby=\"b%zu b%zu-i%zu\">\n<h3 id=\"b%zu-i%zu\">Image ",
			bundle->number, bundle->number, i + 1, bundle->number, i + 1);
		silt_html_image_name(html, bundle, i);
		silt_html_add(html, "</h3>\n");
		add_image_facts(html, &bundle->images[i]);
		silt_html_layers(html, bundle, i);
		silt_html_add(html, "</section>\n");
	}
	silt_html_add(html, "</div>\n");
}

static void add_postures(struct silt_html *html, const struct silt_html_bundle *bundle)
{
	for (size_t i = 0; i < bundle->image_count && silt_outlet_flush(&html->outlet) == SILT_OK; i++) {
		silt_html_posture(html, bundle, i);
	}
}

static void add_bundle(struct silt_html *html, const struct silt_judgement *judgement, size_t number)
{
	const struct silt_result *result = judgement->result;
	struct silt_html_bundle bundle = {.judgement = judgement, .number = number};
	bundle.images = silt_result_images(result, &bundle.image_count);
	silt_html_printf(html, "<section class=\"bundle\" aria-labelledby=\"b%zu\">\n<h2 id=\"b%zu\">", number, number);
	silt_html_code(html, silt_result_name(result));
	silt_html_printf(html, " <span class=\"stamp %s\">%s</span></h2>\n<p class=\"meaning\">",
			 silt_verdict_name(judgement->verdict), silt_verdict_name(judgement->verdict));
	silt_html_text(html, silt_result_format(result));
	silt_html_add(html, ", ");
	silt_html_count(html, bundle.image_count, "image", "images");
	silt_html_add(html, ", ");
	silt_html_count(html, judgement->finding_count, "finding", "findings");
	silt_html_printf(html, ", %zu of them count</p>\n", judgement->counting);
	add_images(html, &bundle);
	silt_html_findings(html, &bundle);
	add_postures(html, &bundle);
	silt_html_coverage(html, &bundle);
	silt_html_add(html, "</section>\n");
}

enum silt_status silt_report_html(const struct silt_judgement *const *judgements, size_t count,
				  const struct silt_report_options *options, struct silt_sink sink,
				  struct silt_error *err)
{
	struct silt_html html = {.outlet = silt_outlet(sink, err), .options = options};
	add_head(&html, judgements, count);
	silt_html_verdict(&html, judgements, count);
	add_contents(&html, judgements, count);
	silt_html_add(&html, "<main id=\"main\">\n");
	silt_html_filters(&html, judgements, count);
	for (size_t i = 0; i < count && silt_outlet_flush(&html.outlet) == SILT_OK; i++) {
		add_bundle(&html, judgements[i], i + 1);
	}
	add_foot(&html);
	return silt_outlet_end(&html.outlet);
}
