/*
 * The life of what was found: from the layer that added it to the one that hid it, and on to the file.
 *
 * All places in the drawing are shares of its width, so that it needs no style of its own.
 */
#include "report/html_parts.h"

#include <inttypes.h>

enum {
	TICKS_MAX = 64, /* of more layers than this only those are marked that did something */
	WHOLE = 10000,  /* hundredths of a percent */
};

/* By fate: the few words, what a layer did, what happened if no layer did it, and what is left. */
static const struct {
	const char *brief, *by_layer, *by_none, *rest;
} fates[] = {
	[SILT_FATE_UNREFERENCED] = {"unreferenced, yet in the file", NULL, "In a blob that no image uses",
				    "Still readable in the file"},
	[SILT_FATE_DISPUTED] = {"disputed", NULL, "Read by other readers of this tar, not by Docker",
				"Extracted by other tools"},
	[SILT_FATE_SHADOWED] = {"replaced, yet in the file", NULL, "Replaced by a later entry of the same layer",
				"Still readable in the file"},
	[SILT_FATE_MASKED] = {"hidden, yet in the file", "Hidden by ", "Hidden by a later layer",
			      "Still readable in the file"},
	[SILT_FATE_OVERWRITTEN] = {"overwritten, yet in the file", "Overwritten by ", "Overwritten by a later layer",
				   "Still readable in the file"},
	[SILT_FATE_DELETED] = {"deleted, yet in the file", "Deleted by ", "Deleted by a later layer",
			       "Still readable in the file"},
	[SILT_FATE_METADATA] = {"in the config", NULL, NULL, "In the config: whoever has the image can read it"},
	[SILT_FATE_VISIBLE] = {"visible", NULL, NULL, "Visible in every container"},
};

const char *silt_html_fate(enum silt_fate fate)
{
	return fates[fate].brief;
}

/* ---- The drawing --------------------------------------------------------------------------------------------------- */

/* The middle of a layer. */
static uint64_t middle_of(size_t layer, size_t layers)
{
	return (2 * (uint64_t)layer + 1) * (WHOLE / 2) / layers;
}

static void add_share(struct silt_html *html, const char *attribute, uint64_t share)
{
	silt_html_printf(html, " %s=\"%" PRIu64 ".%02" PRIu64 "%%\"", attribute, share / 100, share % 100);
}

static void draw_line(struct silt_html *html, const char *kind, uint64_t from, uint64_t to)
{
	silt_html_printf(html, "<line class=\"%s\"", kind);
	add_share(html, "x1", from);
	add_share(html, "x2", to);
	silt_html_add(html, " y1=\"9\" y2=\"9\"/>");
}

static void draw_dot(struct silt_html *html, const char *kind, uint64_t at, const char *radius)
{
	silt_html_printf(html, "<circle class=\"%s\"", kind);
	add_share(html, "cx", at);
	silt_html_printf(html, " cy=\"9\" r=\"%s\"/>", radius);
}

static void draw_cross(struct silt_html *html, uint64_t at)
{
	silt_html_add(html, "<svg class=\"cross\"");
	add_share(html, "x", at);
	silt_html_add(html, " y=\"9\" overflow=\"visible\"><path d=\"M-5-5 5 5M5-5-5 5\"/></svg>");
}

static void draw_number(struct silt_html *html, size_t layer, uint64_t at)
{
	silt_html_add(html, "<text");
	add_share(html, "x", at);
	silt_html_printf(html, " y=\"28\" text-anchor=\"middle\">%zu</text>", layer + 1);
}

/* What the drawing shows, for those who do not see it. */
static void name_drawing(struct silt_html *html, const struct silt_sighting *sighting, size_t layers, bool hidden)
{
	silt_html_printf(html, "Layer %zu of %zu added it", sighting->layer + 1, layers);
	if (hidden) {
		silt_html_printf(html, ", layer %zu hid it; it stays in the file", sighting->cause_layer + 1);
	}
}

/* All layers, drawn once for each image. */
void silt_html_ticks(struct silt_html *html, const struct silt_html_bundle *bundle, size_t image)
{
	size_t layers = bundle->images[image].layer_count;
	silt_html_printf(
		html,
		"<svg class=\"unseen\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs><g id=\"b%zu-i%zu-t\">",
		bundle->number, image + 1);
	for (size_t i = 0; layers <= TICKS_MAX && i < layers; i++) {
		draw_dot(html, "tick", middle_of(i, layers), "2.5");
	}
	silt_html_add(html, "</g></defs></svg>\n");
}

static void draw(struct silt_html *html, const struct silt_html_bundle *bundle, const struct silt_sighting *sighting,
		 size_t layers)
{
	bool visible = sighting->fate == SILT_FATE_VISIBLE;
	bool hidden = !visible && sighting->cause_layer < layers && sighting->cause_layer >= sighting->layer;
	uint64_t from = middle_of(sighting->layer, layers);
	uint64_t until = hidden ? middle_of(sighting->cause_layer, layers) : visible ? WHOLE : from;
	silt_html_add(html, "<svg class=\"strip\" role=\"img\" width=\"100%\" height=\"32\" aria-label=\"");
	name_drawing(html, sighting, layers, hidden);
	silt_html_add(html, "\">");
	draw_line(html, "alive", from, until);
	if (!visible) {
		draw_line(html, "ghost", until, WHOLE);
	}
	silt_html_printf(html, "<use href=\"#b%zu-i%zu-t\"/>", bundle->number, sighting->image + 1);
	draw_dot(html, "born", from, "6");
	draw_number(html, sighting->layer, from);
	if (hidden && sighting->cause_layer != sighting->layer) {
		draw_cross(html, until);
		draw_number(html, sighting->cause_layer, until);
	}
	silt_html_add(html, "</svg>");
}

/* ---- The words ----------------------------------------------------------------------------------------------------- */

static void add_layer(struct silt_html *html, const struct silt_html_bundle *bundle,
		      const struct silt_sighting *sighting, size_t layer)
{
	if (sighting->image < bundle->image_count) {
		silt_html_printf(html, "<a href=\"#b%zu-i%zu-l%zu\">layer %zu</a>", bundle->number, sighting->image + 1,
				 layer + 1, layer + 1);
	} else {
		silt_html_printf(html, "layer %zu", layer + 1);
	}
}

static void add_instruction(struct silt_html *html, const char *instruction)
{
	if (instruction[0]) {
		silt_html_add(html, " ");
		silt_html_instruction(html, instruction);
	}
}

static void add_place(struct silt_html *html, const struct silt_html_bundle *bundle,
		      const struct silt_sighting *sighting)
{
	silt_html_add(html, "<p class=\"place\">");
	silt_html_code(html, sighting->place);
	if (sighting->has_offset) {
		silt_html_printf(html, " <span class=\"aside\">byte&#160;%" PRIu64 "</span>", sighting->offset);
	}
	if (sighting->image < bundle->image_count && bundle->image_count > 1) {
		silt_html_add(html, " <span class=\"aside\">in ");
		silt_html_image_name(html, bundle, sighting->image);
		silt_html_add(html, "</span>");
	} else if (sighting->image >= bundle->image_count && sighting->member[0]) {
		silt_html_add(html, " <span class=\"aside\">in ");
		silt_html_code(html, sighting->member);
		silt_html_add(html, "</span>");
	}
	silt_html_add(html, "</p>\n");
}

static void add_birth(struct silt_html *html, const struct silt_html_bundle *bundle,
		      const struct silt_sighting *sighting)
{
	if (sighting->layer != SIZE_MAX) {
		silt_html_add(html, "<li>Added by ");
		add_layer(html, bundle, sighting, sighting->layer);
	} else if (sighting->added_by[0]) {
		silt_html_add(html, "<li>Made by");
	} else {
		return;
	}
	add_instruction(html, sighting->added_by);
	silt_html_add(html, "</li>\n");
}

static void add_death(struct silt_html *html, const struct silt_html_bundle *bundle,
		      const struct silt_sighting *sighting)
{
	if (sighting->resurrected) {
		silt_html_add(html, "<li>Its path was removed by");
		add_instruction(html, sighting->hidden_by);
		silt_html_add(html, ", <strong>yet it is there</strong></li>\n");
	} else if (fates[sighting->fate].by_layer && sighting->cause_layer != SIZE_MAX) {
		silt_html_printf(html, "<li>%s", fates[sighting->fate].by_layer);
		add_layer(html, bundle, sighting, sighting->cause_layer);
		add_instruction(html, sighting->hidden_by);
		silt_html_add(html, "</li>\n");
	} else if (fates[sighting->fate].by_none) {
		silt_html_printf(html, "<li>%s</li>\n", fates[sighting->fate].by_none);
	}
}

void silt_html_life(struct silt_html *html, const struct silt_html_bundle *bundle, const struct silt_sighting *sighting)
{
	size_t layers = sighting->image < bundle->image_count ? bundle->images[sighting->image].layer_count : 0;
	silt_html_add(html, "<div class=\"life\">\n");
	add_place(html, bundle, sighting);
	if (layers > 1 && sighting->layer < layers && sighting->fate != SILT_FATE_METADATA) {
		draw(html, bundle, sighting, layers);
	}
	silt_html_add(html, "<ol class=\"steps\">\n");
	add_birth(html, bundle, sighting);
	add_death(html, bundle, sighting);
	silt_html_printf(html, "<li class=\"rest\"><strong>%s</strong></li>\n</ol>\n", fates[sighting->fate].rest);
	if (sighting->note[0]) {
		silt_html_add(html, "<p class=\"note\">");
		silt_html_text(html, sighting->note);
		silt_html_add(html, "</p>\n");
	}
	silt_html_add(html, "</div>\n");
}
