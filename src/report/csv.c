/*
 * The report for spreadsheets: RFC 4180, UTF-8, a row for each place where a finding was seen, and rows for what makes
 * or breaks a verdict: docs/report.md.
 *
 * A spreadsheet takes a field for a formula if it begins with one of = + - @, and some split lines at ";" as well as at
 * ",". A "'" in front makes text of it.
 */
#include "report/formats.h"

#include "base/attributes.h"
#include "base/escape.h"
#include "report/outlet.h"
#include "report/plain.h"

#include <inttypes.h>
#include <string.h>

/* ---- Fields ------------------------------------------------------------------------------------------------------ */

/* Their full-width twins do the same in some locales. */
static const char *const formula_starts[] = {"=", "+", "-", "@", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};

static bool starts_formula(const char *text)
{
	for (size_t i = 0; i < SILT_COUNT(formula_starts); i++) {
		if (strncmp(text, formula_starts[i], strlen(formula_starts[i])) == 0) {
			return true;
		}
	}
	return false;
}

static bool needs_quotes(const char *text)
{
	return strpbrk(text, "\",;\r\n") != NULL || text[0] == ' ' || (text[0] && text[strlen(text) - 1] == ' ');
}

static void add_field(struct silt_buffer *out, const char *text)
{
	const char *quote = needs_quotes(text) ? "\"" : "";
	bool begins = true; /* nothing but blanks and quotes since the field, or what could be taken for one, began */
	silt_buffer_add_text(out, quote);
	for (; *text; text++) {
		if (begins && starts_formula(text)) {
			silt_buffer_add_byte(out, '\'');
		}
		if (*text == '"') {
			silt_buffer_add_byte(out, '"');
		}
		silt_buffer_add_byte(out, (uint8_t)*text);
		begins = *text == ';' || (begins && (*text == ' ' || *text == '"'));
	}
	silt_buffer_add_text(out, quote);
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

/* What a row is about: pointers are NULL, and texts "", if there is no such thing. */
struct row {
	const char *kind;
	const struct silt_judgement *judgement; /* NULL: all of them */
	const struct silt_finding *finding;
	const struct silt_sighting *sighting;
	const char *place;
	bool has_offset;
	uint64_t offset, length;
	const char *detail;
};

/* Adds the field of a row, not escaped; nothing if it has none. */
typedef void add_fn(struct silt_buffer *field, const struct row *row);

static void add_kind(struct silt_buffer *field, const struct row *row)
{
	silt_buffer_add_text(field, row->kind);
}

static void add_bundle(struct silt_buffer *field, const struct row *row)
{
	silt_buffer_add_text(field, row->judgement ? silt_result_name(row->judgement->result) : "");
}

static void add_severity(struct silt_buffer *field, const struct row *row)
{
	silt_buffer_add_text(field, row->finding ? silt_severity_name(row->finding->severity) : "");
}

static void add_confidence(struct silt_buffer *field, const struct row *row)
{
	silt_buffer_add_text(field, row->finding ? silt_confidence_name(row->finding->confidence) : "");
}

static void add_standing(struct silt_buffer *field, const struct row *row)
{
	bool judged = row->finding && !row->finding->suppressed[0];
	silt_buffer_add_text(field, judged ? silt_standing_name(row->finding->standing) : "");
}

static void add_standing_why(struct silt_buffer *field, const struct row *row)
{
	if (row->finding) {
		silt_buffer_add_text(field, row->finding->suppressed[0] ? row->finding->suppressed
									: row->finding->standing_why);
	}
}

static void add_family(struct silt_buffer *field, const struct row *row)
{
	silt_buffer_add_text(field, row->finding ? silt_check_family_name(silt_plain_family(row->finding)) : "");
}

static void add_exposure(struct silt_buffer *field, const struct row *row)
{
	silt_buffer_add_text(field, row->finding ? silt_fate_name(row->finding->exposure) : "");
}

static void add_heritage(struct silt_buffer *field, const struct row *row)
{
	silt_buffer_add_text(field, row->finding ? silt_heritage_name(row->finding->heritage) : "");
}

static void add_fingerprint(struct silt_buffer *field, const struct row *row)
{
	silt_buffer_add_text(field, row->finding ? row->finding->fingerprint : "");
}

static void add_image(struct silt_buffer *field, const struct row *row)
{
	if (row->sighting) {
		silt_plain_image(field, row->judgement->result, row->sighting->image);
	}
}

/* From 1, as in the text report. */
static void add_layer(struct silt_buffer *field, const struct row *row)
{
	if (row->sighting && row->sighting->layer != SIZE_MAX) {
		silt_buffer_printf(field, "%zu", row->sighting->layer + 1);
	}
}

static void add_place(struct silt_buffer *field, const struct row *row)
{
	silt_buffer_add_text(field, row->place);
}

static void add_path(struct silt_buffer *field, const struct row *row)
{
	if (row->sighting) {
		silt_escape(field, row->sighting->path);
	}
}

static void add_offset(struct silt_buffer *field, const struct row *row)
{
	if (row->has_offset) {
		silt_buffer_printf(field, "%" PRIu64, row->offset);
	}
}

static void add_length(struct silt_buffer *field, const struct row *row)
{
	if (row->length > 0) {
		silt_buffer_printf(field, "%" PRIu64, row->length);
	}
}

static void add_fate(struct silt_buffer *field, const struct row *row)
{
	silt_buffer_add_text(field, row->sighting ? silt_fate_name(row->sighting->fate) : "");
}

static void add_resurrected(struct silt_buffer *field, const struct row *row)
{
	silt_buffer_add_text(field, row->sighting && row->sighting->resurrected ? "yes" : "");
}

static void add_detail(struct silt_buffer *field, const struct row *row)
{
	silt_buffer_add_text(field, row->detail);
}

/* Either `add`, or the text at an offset of the finding or of the sighting. */
static const struct column {
	const char *name;
	add_fn *add;
	enum { OF_ROW, OF_FINDING, OF_SIGHTING } of;
	size_t at;
} columns[] = {
	{"kind", .add = add_kind},
	{"bundle", .add = add_bundle},
	{"severity", .add = add_severity},
	{"confidence", .add = add_confidence},
	{"standing", .add = add_standing},
	{"standing_why", .add = add_standing_why},
	{"family", .add = add_family},
	{"rule", .of = OF_FINDING, .at = offsetof(struct silt_finding, rule)},
	{"pattern", .of = OF_FINDING, .at = offsetof(struct silt_finding, pattern)},
	{"title", .of = OF_FINDING, .at = offsetof(struct silt_finding, title)},
	{"subject", .of = OF_FINDING, .at = offsetof(struct silt_finding, subject)},
	{"exposure", .add = add_exposure},
	{"heritage", .add = add_heritage},
	{"fingerprint", .add = add_fingerprint},
	{"image", .add = add_image},
	{"layer", .add = add_layer},
	{"place", .add = add_place},
	{"path", .add = add_path},
	{"member", .of = OF_SIGHTING, .at = offsetof(struct silt_sighting, member)},
	{"offset", .add = add_offset},
	{"length", .add = add_length},
	{"fate", .add = add_fate},
	{"added_by", .of = OF_SIGHTING, .at = offsetof(struct silt_sighting, added_by)},
	{"hidden_by", .of = OF_SIGHTING, .at = offsetof(struct silt_sighting, hidden_by)},
	{"resurrected", .add = add_resurrected},
	{"note", .of = OF_SIGHTING, .at = offsetof(struct silt_sighting, note)},
	{"detail", .add = add_detail},
	{"remedy", .of = OF_FINDING, .at = offsetof(struct silt_finding, remedy)},
};

static void add_column(struct silt_buffer *field, const struct column *column, const struct row *row)
{
	const char *object = column->of == OF_FINDING ? (const char *)row->finding : (const char *)row->sighting;
	if (column->add) {
		column->add(field, row);
	} else if (object) {
		silt_buffer_add_text(field, *(const char *const *)(const void *)(object + column->at));
	}
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

static void write_row(struct silt_buffer *out, const struct row *row)
{
	struct silt_buffer field = {0};
	for (size_t i = 0; i < SILT_COUNT(columns); i++) {
		silt_buffer_clear(&field);
		add_column(&field, &columns[i], row);
		silt_buffer_add_text(out, i > 0 ? "," : "");
		add_field(out, silt_buffer_text(&field));
	}
	silt_buffer_add_text(out, "\r\n");
	out->failed |= field.failed;
	silt_buffer_done(&field);
}

static void write_header(struct silt_buffer *out)
{
	for (size_t i = 0; i < SILT_COUNT(columns); i++) {
		silt_buffer_printf(out, "%s%s", i > 0 ? "," : "", columns[i].name);
	}
	silt_buffer_add_text(out, "\r\n");
}

/* A row that is one sentence, which is given back. */
static void write_sentence(struct silt_buffer *out, const char *kind, const struct silt_judgement *judgement,
			   struct silt_buffer *sentence)
{
	struct row row = {.kind = kind, .judgement = judgement, .place = "", .detail = silt_buffer_text(sentence)};
	write_row(out, &row);
	out->failed |= sentence->failed;
	silt_buffer_done(sentence);
}

/* One that was seen nowhere in particular has a row, too. */
static void write_finding(struct silt_buffer *out, const char *kind, const struct silt_judgement *judgement,
			  const struct silt_finding *finding)
{
	struct row row = {
		.kind = kind, .judgement = judgement, .finding = finding, .place = "", .detail = finding->detail};
	if (finding->sighting_count == 0) {
		write_row(out, &row);
	}
	for (size_t i = 0; i < finding->sighting_count; i++) {
		row.sighting = &finding->sightings[i];
		row.place = row.sighting->place;
		row.has_offset = row.sighting->has_offset;
		row.offset = row.sighting->offset;
		row.length = row.sighting->length;
		write_row(out, &row);
	}
}

static void write_gap(struct silt_buffer *out, const struct silt_judgement *judgement, const struct silt_gap *gap)
{
	struct row row = {.kind = "gap",
			  .judgement = judgement,
			  .place = gap->place,
			  .has_offset = gap->has_offset,
			  .offset = gap->offset,
			  .length = gap->bytes,
			  .detail = gap->reason};
	write_row(out, &row);
}

static void write_suppressed(struct silt_outlet *outlet, const struct silt_judgement *judgement)
{
	size_t count;
	const struct silt_finding *suppressed = silt_result_suppressed(judgement->result, &count);
	for (size_t i = 0; suppressed && i < count && silt_outlet_flush(outlet) == SILT_OK; i++) {
		write_finding(&outlet->out, "suppressed", judgement, &suppressed[i]);
	}
}

static void write_judgement(struct silt_outlet *outlet, const struct silt_judgement *judgement, bool show_suppressed)
{
	const struct silt_coverage *coverage = silt_result_coverage(judgement->result);
	struct silt_buffer sentence = {0};
	silt_plain_verdict(&sentence, judgement);
	write_sentence(&outlet->out, "bundle", judgement, &sentence);
	for (size_t i = 0; i < coverage->gap_count && silt_outlet_flush(outlet) == SILT_OK; i++) {
		write_gap(&outlet->out, judgement, &coverage->gaps[i]);
	}
	for (size_t i = 0; i < judgement->finding_count && silt_outlet_flush(outlet) == SILT_OK; i++) {
		write_finding(&outlet->out, "finding", judgement, &judgement->findings[i]);
	}
	if (show_suppressed) {
		write_suppressed(outlet, judgement);
	}
	for (size_t i = 0; i < judgement->note_count && silt_outlet_flush(outlet) == SILT_OK; i++) {
		silt_buffer_add_text(&sentence, judgement->notes[i].text);
		write_sentence(&outlet->out, "note", judgement, &sentence);
	}
}

enum silt_status silt_report_csv(const struct silt_judgement *const *judgements, size_t count,
				 const struct silt_report_options *options, struct silt_sink sink,
				 struct silt_error *err)
{
	struct silt_outlet outlet = silt_outlet(sink, err);
	struct silt_buffer sentence = {0};
	write_header(&outlet.out);
	for (size_t i = 0; i < count && silt_outlet_flush(&outlet) == SILT_OK; i++) {
		write_judgement(&outlet, judgements[i], options->show_suppressed);
	}
	silt_plain_overall(&sentence, judgements, count, options->unread);
	write_sentence(&outlet.out, "summary", NULL, &sentence);
	return silt_outlet_end(&outlet);
}
