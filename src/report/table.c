/*
 * The report as a table, for a terminal or a log: a row for each finding, then what was not looked at and the verdict.
 *
 *     SEVERITY  RULE         SUBJECT                 PLACE                   LAYER  FATE
 *     critical  secret-file  RSA private key, 30...  /root/.ssh/id_rsa (+5)  2/4    deleted
 */
#include "report/formats.h"

#include "base/attributes.h"
#include "report/phrase.h"
#include "report/plain.h"
#include "report/text.h"

enum {
	COLUMNS = 8,
	GAP = 2,        /* blanks between two columns */
	NARROWEST = 12, /* below this a column tells nothing: rather the row runs over */
	WIDEST = 10000, /* of what is measured */
};

/* Adds the cell of a row, marked up; nothing if there is nothing to say. */
typedef void add_fn(struct silt_buffer *cell, const struct silt_finding *finding, const struct silt_result *result);

/* The place that is told of several: the first one of those that are most exposed. */
static const struct silt_sighting *main_sighting(const struct silt_finding *finding)
{
	for (size_t i = 0; i < finding->sighting_count; i++) {
		if (finding->sightings[i].fate == finding->exposure) {
			return &finding->sightings[i];
		}
	}
	return finding->sighting_count > 0 ? &finding->sightings[0] : NULL;
}

/* ---- Cells ------------------------------------------------------------------------------------------------------- */

static void add_severity(struct silt_buffer *cell, const struct silt_finding *finding, const struct silt_result *result)
{
	(void)result;
	silt_buffer_add_text(cell, silt_severity_name(finding->severity));
}

static void add_rule(struct silt_buffer *cell, const struct silt_finding *finding, const struct silt_result *result)
{
	(void)result;
	silt_buffer_add_text(cell, finding->rule);
}

static void add_subject(struct silt_buffer *cell, const struct silt_finding *finding, const struct silt_result *result)
{
	(void)result;
	silt_buffer_add_text(cell, finding->subject);
}

static void add_image(struct silt_buffer *cell, const struct silt_finding *finding, const struct silt_result *result)
{
	const struct silt_sighting *sighting = main_sighting(finding);
	size_t count;
	(void)silt_result_images(result, &count);
	if (sighting && count > 1) {
		silt_plain_image(cell, result, sighting->image);
	}
}

static void add_place(struct silt_buffer *cell, const struct silt_finding *finding, const struct silt_result *result)
{
	const struct silt_sighting *sighting = main_sighting(finding);
	(void)result;
	silt_buffer_add_text(cell, sighting ? sighting->place : "");
	if (finding->sighting_count > 1) {
		silt_buffer_printf(cell, " (+%zu)", finding->sighting_count - 1);
	}
}

/* From 1, "of" how many. */
static void add_layer(struct silt_buffer *cell, const struct silt_finding *finding, const struct silt_result *result)
{
	const struct silt_sighting *sighting = main_sighting(finding);
	size_t count;
	const struct silt_image *images = silt_result_images(result, &count);
	if (sighting && sighting->layer != SIZE_MAX && sighting->image < count) {
		silt_buffer_printf(cell, "%zu/%zu", sighting->layer + 1, images[sighting->image].layer_count);
	}
}

static void add_fate(struct silt_buffer *cell, const struct silt_finding *finding, const struct silt_result *result)
{
	const struct silt_sighting *sighting = main_sighting(finding);
	(void)result;
	silt_buffer_add_text(cell, sighting ? silt_fate_name(sighting->fate) : "");
}

/* Why it does not count, unless it is too light. */
static void add_standing(struct silt_buffer *cell, const struct silt_finding *finding, const struct silt_result *result)
{
	(void)result;
	if (finding->suppressed[0]) {
		silt_buffer_add_text(cell, "suppressed");
	} else if (silt_is_accepted(finding)) {
		silt_buffer_add_text(cell, silt_standing_name(finding->standing));
	}
}

static const struct {
	const char *title;
	add_fn *add;
	enum { FIXED, CUT_END, CUT_FRONT } fit; /* how it is fitted in: of a path, the end tells more */
} columns[COLUMNS] = {
	{"SEVERITY", add_severity, FIXED}, {"RULE", add_rule, CUT_END},       {"SUBJECT", add_subject, CUT_END},
	{"IMAGE", add_image, CUT_FRONT},   {"PLACE", add_place, CUT_FRONT},   {"LAYER", add_layer, FIXED},
	{"FATE", add_fate, FIXED},         {"STANDING", add_standing, FIXED},
};

/* ---- Widths ------------------------------------------------------------------------------------------------------ */

/* Those of the columns of one bundle; a column that would be empty is 0. */
struct widths {
	size_t of[COLUMNS];
};

static size_t larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

static void measure(struct silt_page *page, struct widths *widths, const struct silt_finding *findings, size_t count,
		    const struct silt_result *result)
{
	struct silt_buffer cell = {0};
	for (size_t i = 0; i < count; i++) {
		for (size_t column = 0; column < COLUMNS; column++) {
			silt_buffer_clear(&cell);
			columns[column].add(&cell, &findings[i], result);
			const size_t wide = silt_page_columns(silt_buffer_bytes(&cell));
			widths->of[column] = larger(widths->of[column], wide < WIDEST ? wide : WIDEST);
		}
	}
	page->outlet.out.failed |= cell.failed;
	silt_buffer_done(&cell);
}

/* The widest column that may be narrower; COLUMNS if none may. */
static size_t widest(const struct widths *widths)
{
	size_t best = COLUMNS;
	for (size_t column = 0; column < COLUMNS; column++) {
		if (columns[column].fit != FIXED && widths->of[column] > NARROWEST &&
		    (best == COLUMNS || widths->of[column] > widths->of[best])) {
			best = column;
		}
	}
	return best;
}

/* Makes room for titles, then takes from the widest until all fit in. */
static void fit(struct widths *widths, size_t page_width)
{
	size_t all = 0;
	for (size_t column = 0; column < COLUMNS; column++) {
		if (widths->of[column] > 0) {
			widths->of[column] = larger(widths->of[column], strlen(columns[column].title));
			all += widths->of[column] + GAP;
		}
	}
	for (size_t column; all > page_width + GAP && (column = widest(widths)) < COLUMNS; all--) {
		widths->of[column]--;
	}
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

/* A row being written. */
struct row {
	struct silt_buffer line;
	size_t pending; /* blanks that go in front of the next text, if there is any */
};

static void add_cell(struct row *row, const struct widths *widths, size_t column, const char *mark, const char *text)
{
	struct silt_buffer cell = {0};
	if (columns[column].fit == CUT_FRONT) {
		silt_phrase_cut_front(&cell, text, widths->of[column]);
	} else {
		silt_phrase_cut(&cell, text, widths->of[column]);
	}
	for (; cell.len > 0 && row->pending > 0; row->pending--) {
		silt_buffer_add_text(&row->line, SILT_MARK_SPACE);
	}
	silt_buffer_add_text(&row->line, mark);
	silt_phrase_unbroken(&row->line, silt_buffer_text(&cell));
	silt_buffer_add_text(&row->line, mark[0] ? SILT_MARK_PLAIN : "");
	row->pending += widths->of[column] + GAP - silt_page_columns(silt_buffer_bytes(&cell));
	row->line.failed |= cell.failed;
	silt_buffer_done(&cell);
}

static void write_line(struct silt_page *page, struct silt_buffer *line)
{
	page->outlet.out.failed |= line->failed;
	silt_page_paragraph(page, 0, 0, silt_buffer_text(line));
	silt_buffer_done(line);
}

static void write_header(struct silt_page *page, const struct widths *widths)
{
	struct row row = {0};
	for (size_t column = 0; column < COLUMNS; column++) {
		if (widths->of[column] > 0) {
			add_cell(&row, widths, column, SILT_MARK_BOLD, columns[column].title);
		}
	}
	write_line(page, &row.line);
}

/* The severity of what counts has its colour; what does not is dimmed. */
static const char *mark_of(const struct silt_finding *finding, size_t column)
{
	if (finding->suppressed[0] || silt_is_accepted(finding)) {
		return SILT_MARK_DIM;
	}
	return column == 0 ? silt_phrase_severity_mark(finding->severity) : "";
}

static void write_row(struct silt_page *page, const struct widths *widths, const struct silt_finding *finding,
		      const struct silt_result *result)
{
	struct silt_buffer cell = {0};
	struct row row = {0};
	for (size_t column = 0; column < COLUMNS; column++) {
		if (widths->of[column] > 0) {
			silt_buffer_clear(&cell);
			columns[column].add(&cell, finding, result);
			add_cell(&row, widths, column, mark_of(finding, column), silt_buffer_text(&cell));
		}
	}
	row.line.failed |= cell.failed;
	silt_buffer_done(&cell);
	write_line(page, &row.line);
}

static void write_rows(struct silt_page *page, const struct widths *widths, const struct silt_finding *findings,
		       size_t count, const struct silt_result *result)
{
	for (size_t i = 0; i < count && silt_outlet_flush(&page->outlet) == SILT_OK; i++) {
		write_row(page, widths, &findings[i], result);
	}
}

/* ---- The report -------------------------------------------------------------------------------------------------- */

static void write_title(struct silt_page *page, const struct silt_result *result)
{
	struct silt_buffer line = {0};
	silt_buffer_add_text(&line, SILT_MARK_BOLD);
	silt_phrase_unbroken(&line, silt_result_name(result));
	silt_buffer_printf(&line, SILT_MARK_PLAIN " (%s)", silt_result_format(result));
	write_line(page, &line);
}

static void write_findings(struct silt_page *page, const struct silt_judgement *judgement, bool show_suppressed)
{
	const struct silt_result *result = judgement->result;
	size_t count;
	const struct silt_finding *suppressed = silt_result_suppressed(result, &count);
	struct widths widths = {0};
	count = suppressed && show_suppressed ? count : 0;
	if (judgement->finding_count + count == 0) {
		return;
	}
	measure(page, &widths, judgement->findings, judgement->finding_count, result);
	measure(page, &widths, suppressed, count, result);
	fit(&widths, page->width);
	write_header(page, &widths);
	write_rows(page, &widths, judgement->findings, judgement->finding_count, result);
	write_rows(page, &widths, suppressed, count, result);
	silt_page_blank(page);
}

static void write_notes(struct silt_page *page, const struct silt_judgement *judgement)
{
	for (size_t i = 0; i < judgement->note_count; i++) {
		silt_page_labelled(page, 0, SILT_TEXT_BODY, SILT_TEXT_BODY, "policy:", judgement->notes[i].text);
	}
}

static void write_suppressed(struct silt_page *page, const struct silt_result *result)
{
	struct silt_buffer line = {0};
	size_t count;
	(void)silt_result_suppressed(result, &count);
	if (count > 0) {
		silt_plain_suppressed(&line, count);
		write_line(page, &line);
	}
}

static void write_body(struct silt_page *page, const struct silt_judgement *judgement,
		       const struct silt_report_options *options)
{
	write_title(page, judgement->result);
	write_findings(page, judgement, options->show_suppressed);
	write_suppressed(page, judgement->result);
	write_notes(page, judgement);
}

enum silt_status silt_report_table(const struct silt_judgement *const *judgements, size_t count,
				   const struct silt_report_options *options, struct silt_sink sink,
				   struct silt_error *err)
{
	return silt_text_report(judgements, count, options, write_body, sink, err);
}
