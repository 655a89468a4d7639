/*
 * The layers of an image as a timeline: a row for each, lowest first, and beside them a lane for each of the worst
 * findings. A lane begins in the layer that added it and ends in the one that hid it, but for the file: there it goes on.
 */
#include "report/html_parts.h"

#include "base/attributes.h"

#include <inttypes.h>
#include <string.h>

enum {
	LANES_MAX = 12,
	LANE_ROWS_MAX = 400, /* with more layers there are no lanes: nobody could follow them */
	PERMILLE = 1000,
};

/* What a lane is in a layer. */
enum lane_cell { LANE_BEFORE, LANE_BORN, LANE_ALIVE, LANE_HIDDEN, LANE_GHOST };

struct lane {
	const struct silt_finding *finding;
	const struct silt_sighting *at;
	size_t number; /* of the finding, from 1 */
};

struct lanes {
	struct lane of[LANES_MAX];
	size_t count;
	size_t more; /* findings that have none */
};

static const struct silt_sighting *sighting_in(const struct silt_finding *finding, size_t image, size_t layers)
{
	for (size_t i = 0; i < finding->sighting_count; i++) {
		const struct silt_sighting *at = &finding->sightings[i];
		if (at->image == image && at->layer < layers && at->fate != SILT_FATE_METADATA) {
			return at;
		}
	}
	return NULL;
}

/* True if some lane looks the same already: the same rule, from the same layer to the same end. */
static bool has_twin(const struct lanes *lanes, const struct silt_finding *finding, const struct silt_sighting *at)
{
	for (size_t i = 0; i < lanes->count; i++) {
		const struct lane *lane = &lanes->of[i];
		if (strcmp(lane->finding->rule, finding->rule) == 0 && lane->at->layer == at->layer &&
		    lane->at->fate == at->fate && lane->at->cause_layer == at->cause_layer) {
			return true;
		}
	}
	return false;
}

static void choose_lanes(const struct silt_html_bundle *bundle, size_t image, struct lanes *lanes)
{
	const struct silt_judgement *judgement = bundle->judgement;
	size_t layers = bundle->images[image].layer_count;
	for (size_t i = 0; layers <= LANE_ROWS_MAX && i < judgement->finding_count; i++) {
		const struct silt_finding *finding = &judgement->findings[i];
		const struct silt_sighting *at = sighting_in(finding, image, layers);
		if (!at || finding->severity == SILT_SEVERITY_INFO) {
			continue;
		}
		if (lanes->count < LANES_MAX && !has_twin(lanes, finding, at)) {
			lanes->of[lanes->count++] = (struct lane){finding, at, i + 1};
		} else {
			lanes->more++;
		}
	}
}

static enum lane_cell cell_of(const struct silt_sighting *at, size_t layer)
{
	bool visible = at->fate == SILT_FATE_VISIBLE;
	size_t end = visible ? SIZE_MAX : at->cause_layer != SIZE_MAX ? at->cause_layer : at->layer;
	if (layer < at->layer) {
		return LANE_BEFORE;
	}
	if (layer == at->layer) {
		return LANE_BORN;
	}
	return layer < end ? LANE_ALIVE : layer == end ? LANE_HIDDEN : LANE_GHOST;
}

static void add_lanes(struct silt_html *html, const struct lanes *lanes, size_t layer)
{
	static const struct {
		const char *kind, *words;
	} cells[] = {
		[LANE_BEFORE] = {"", ""},
		[LANE_BORN] = {" born", "added"},
		[LANE_ALIVE] = {" alive", "there"},
		[LANE_HIDDEN] = {" hidden", "hidden"},
		[LANE_GHOST] = {" ghost", "in the file only"},
	};
	for (size_t i = 0; i < lanes->count; i++) {
		enum lane_cell cell = cell_of(lanes->of[i].at, layer);
		silt_html_printf(html, "<td class=\"lane%s %s\"><span>%s</span></td>", cells[cell].kind,
				 silt_severity_name(lanes->of[i].finding->severity), cells[cell].words);
	}
}

/* ---- Rows ---------------------------------------------------------------------------------------------------------- */

static void add_bar(struct silt_html *html, uint64_t bytes, uint64_t most)
{
	bool huge = most > UINT64_MAX / PERMILLE;
	uint64_t share = most == 0 ? 0 : huge ? bytes / (most / PERMILLE) : bytes * PERMILLE / most;
	silt_html_printf(html,
			 "<svg class=\"bar\" width=\"100%%\" height=\"6\" aria-hidden=\"true\"><rect width=\"%" PRIu64
			 ".%" PRIu64 "%%\" height=\"6\"/></svg>",
			 share / 10, share % 10);
}

/* A number with its sign, which says as much as its colour; nothing for 0. */
static void add_change(struct silt_html *html, const char *kind, const char *sign, const char *word, uint64_t count)
{
	silt_html_printf(html, "<td class=\"n %s\">", kind);
	if (count > 0) {
		silt_html_printf(html, "%s%" PRIu64 "<span class=\"unseen\"> %s</span>", sign, count, word);
	}
	silt_html_add(html, "</td>");
}

static void add_maker(struct silt_html *html, const struct silt_layer *layer)
{
	silt_html_add(html, "<td class=\"maker\">");
	if (layer->heritage == SILT_HERITAGE_BASE) {
		silt_html_add(html, "<span class=\"tag\">base</span> ");
	}
	if (layer->instruction[0]) {
		silt_html_instruction(html, layer->instruction);
	} else {
		silt_html_add(html, "<span class=\"aside\">instruction not known</span>");
	}
	if (layer->present) {
		silt_html_add(html, " <span class=\"aside\">");
		silt_html_digest(html, layer->diff_id);
		if (strcmp(layer->compression, "none") != 0) {
			silt_html_add(html, ", ");
			silt_html_text(html, layer->compression);
		}
		silt_html_add(html, "</span></td>");
	} else {
		silt_html_add(html, " <strong>not in the bundle</strong></td>");
	}
}

static void add_layer(struct silt_html *html, const struct silt_layer *layer, uint64_t most)
{
	add_maker(html, layer);
	silt_html_add(html, "<td class=\"n size\">");
	silt_html_size(html, layer->bytes);
	add_bar(html, layer->bytes, most);
	silt_html_add(html, "</td>");
	add_change(html, "added", "+", "added", layer->files_added);
	add_change(html, "changed", "~", "changed", layer->files_changed);
	add_change(html, "deleted", "&#8722;", "deleted", layer->files_deleted);
	silt_html_add(html, "<td class=\"n kept\">");
	if (layer->bytes_hidden > 0) {
		silt_html_size(html, layer->bytes_hidden);
	}
	silt_html_add(html, "</td>");
}

static void add_rows(struct silt_html *html, const struct silt_html_bundle *bundle, size_t number,
		     const struct lanes *lanes)
{
	const struct silt_image *image = &bundle->images[number];
	uint64_t most = 0;
	for (size_t i = 0; i < image->layer_count; i++) {
		most = image->layers[i].bytes > most ? image->layers[i].bytes : most;
	}
	silt_html_add(html, "<tbody>\n");
	for (size_t i = 0; i < image->layer_count && silt_outlet_flush(&html->outlet) == SILT_OK; i++) {
		silt_html_printf(html, "<tr id=\"b%zu-i%zu-l%zu\"><th scope=\"row\">%zu</th>", bundle->number,
				 number + 1, i + 1, i + 1);
		add_layer(html, &image->layers[i], most);
		add_lanes(html, lanes, i);
		silt_html_add(html, "</tr>\n");
	}
	silt_html_add(html, "</tbody>\n");
}

/* ---- Head and foot ------------------------------------------------------------------------------------------------- */

static void add_head(struct silt_html *html, const struct silt_html_bundle *bundle, const struct lanes *lanes)
{
	static const char *const columns[] = {"Layer", "Made by", "Size", "Added", "Changed", "Deleted", "Hides"};
	silt_html_add(html, "<thead><tr>");
	for (size_t i = 0; i < SILT_COUNT(columns); i++) {
		silt_html_printf(html, "<th scope=\"col\"%s>%s</th>", i > 1 ? " class=\"n\"" : "", columns[i]);
	}
	for (size_t i = 0; i < lanes->count; i++) {
		silt_html_printf(html,
				 "<th scope=\"col\" class=\"lane\"><a href=\"#b%zu-f%zu\" aria-label=\"Finding %zu, ",
				 bundle->number, lanes->of[i].number, lanes->of[i].number);
		silt_html_attribute(html, lanes->of[i].finding->title);
		silt_html_printf(html, "\">#%zu</a></th>", lanes->of[i].number);
	}
	silt_html_add(html, "</tr></thead>\n");
}

static void add_foot_row(struct silt_html *html, const struct lanes *lanes, const char *title, bool of_file)
{
	silt_html_printf(html, "<tr><th scope=\"row\" colspan=\"7\">%s</th>", title);
	for (size_t i = 0; i < lanes->count; i++) {
		bool yes = of_file || lanes->of[i].at->fate == SILT_FATE_VISIBLE;
		silt_html_printf(html, "<td class=\"%s\">%s</td>", yes ? "yes" : "no", yes ? "yes" : "no");
	}
	silt_html_add(html, "</tr>\n");
}

static void add_foot(struct silt_html *html, const struct lanes *lanes)
{
	if (lanes->count > 0) {
		silt_html_add(html, "<tfoot>\n");
		add_foot_row(html, lanes, "Seen in a container", false);
		add_foot_row(html, lanes, "Readable by whoever has the file", true);
		silt_html_add(html, "</tfoot>\n");
	}
}

static void add_legend(struct silt_html *html, const struct lanes *lanes)
{
	silt_html_add(html,
		      "<p class=\"legend\">Files are all names that are no directories. A layer <b>hides</b> bytes of "
		      "files below it that no name shows since: they stay in the image file.");
	if (lanes->count > 0) {
		silt_html_add(html, " Each column on the right is a finding: <span class=\"key born\">added</span> "
				    "<span class=\"key hidden\">hidden by this layer</span> "
				    "<span class=\"key ghost\">in the file only</span>.");
	}
	if (lanes->more > 0) {
		silt_html_add(html, " ");
		silt_html_count(html, lanes->more, "finding more has", "findings more have");
		silt_html_add(html, " no such column.");
	}
	silt_html_add(html, "</p>\n");
}

void silt_html_layers(struct silt_html *html, const struct silt_html_bundle *bundle, size_t image)
{
	struct lanes lanes = {0};
	choose_lanes(bundle, image, &lanes);
	silt_html_add(html, "<h4>Layers</h4>\n<div class=\"scroll\" role=\"group\" tabindex=\"0\" "
			    "aria-label=\"Table of layers\"><table class=\"layers\">\n"
			    "<caption>What each layer did, the lowest first</caption>\n");
	add_head(html, bundle, &lanes);
	add_rows(html, bundle, image, &lanes);
	add_foot(html, &lanes);
	silt_html_add(html, "</table></div>\n");
	silt_html_ticks(html, bundle, image);
	add_legend(html, &lanes);
}
