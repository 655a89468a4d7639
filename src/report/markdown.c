/*
 * The report as a comment for a pull request or the summary of a job: docs/report.md.
 *
 * The verdict comes first, then for each bundle the numbers, what was not looked at, and the findings, each of which can
 * be unfolded. A comment of GitHub has 65 536 characters and no more. So the report is built of blocks, and from the
 * first one on that has no room no further one is written, and the end says how many there would be.
 */
#include "report/markdown.h"

#include "base/attributes.h"
#include "report/formats.h"
#include "report/outlet.h"
#include "report/phrase.h"
#include "report/plain.h"

enum {
	SIZE_MAX_COMMENT = 65536,
	RESERVE = 512, /* for what ends blocks and the report */
	COLUMNS_MAX = 300,
	PLACES_MAX = 5,
	GAPS_MAX = 10,
};

struct document {
	struct silt_buffer out;
	size_t left_out; /* blocks that had no room */
};

/* Adds a block if it has room, and gives it back. */
static bool add_block(struct document *document, struct silt_buffer *block)
{
	const size_t room = SIZE_MAX_COMMENT - RESERVE;
	const bool fits = document->left_out == 0 && block->len <= room - document->out.len;
	if (fits) {
		silt_buffer_add(&document->out, silt_buffer_bytes(block));
	}
	document->left_out += !fits;
	document->out.failed |= block->failed;
	silt_buffer_done(block);
	return fits;
}

static bool add_text_block(struct document *document, const char *text)
{
	struct silt_buffer block = {0};
	silt_buffer_add_text(&block, text);
	return add_block(document, &block);
}

/* ---- Lines of a block -------------------------------------------------------------------------------------------- */

/* "- where: ...", cut. Gives `plain` back. */
static void add_item(struct silt_buffer *block, const char *label, struct silt_buffer *plain)
{
	struct silt_buffer cut = {0};
	silt_phrase_cut(&cut, silt_buffer_text(plain), COLUMNS_MAX);
	silt_buffer_printf(block, "- %s", label);
	silt_markdown_words(block, silt_buffer_text(&cut));
	silt_buffer_add_byte(block, '\n');
	block->failed |= plain->failed || cut.failed;
	silt_buffer_done(&cut);
	silt_buffer_done(plain);
}

static void add_text_item(struct silt_buffer *block, const char *label, const char *text)
{
	struct silt_buffer plain = {0};
	if (text[0]) {
		silt_buffer_add_text(&plain, text);
		add_item(block, label, &plain);
	}
}

/* Text that is cut, by one of the functions of markdown.h. */
static void add_cut(struct silt_buffer *block, const char *text, void (*add)(struct silt_buffer *out, const char *text))
{
	struct silt_buffer cut = {0};
	silt_phrase_cut(&cut, text, COLUMNS_MAX);
	add(block, silt_buffer_text(&cut));
	block->failed |= cut.failed;
	silt_buffer_done(&cut);
}

/* ---- Findings ---------------------------------------------------------------------------------------------------- */

/* In HTML: "<b>critical</b> <code>secret-file</code> Private key (proven): <code>...</code>" */
static void add_summary(struct silt_buffer *block, const struct silt_finding *finding)
{
	struct silt_buffer title = {0};
	silt_plain_title(&title, finding);
	silt_buffer_printf(block, "<details><summary><b>%s</b> ", silt_severity_name(finding->severity));
	add_cut(block, finding->rule, silt_markdown_html_code);
	silt_buffer_add_byte(block, ' ');
	add_cut(block, silt_buffer_text(&title), silt_markdown_html_words);
	silt_buffer_add_text(block, ": ");
	add_cut(block, finding->subject, silt_markdown_html_code);
	silt_buffer_add_text(block, "</summary>\n\n");
	block->failed |= title.failed;
	silt_buffer_done(&title);
}

static void add_places(struct silt_buffer *block, const struct silt_finding *finding, const struct silt_result *result)
{
	for (size_t i = 0; i < finding->sighting_count && i < PLACES_MAX; i++) {
		struct silt_buffer place = {0};
		silt_plain_sighting(&place, &finding->sightings[i], result);
		add_item(block, "**where** ", &place);
	}
	if (finding->sighting_count > PLACES_MAX) {
		silt_buffer_printf(block, "- and %zu more\n", finding->sighting_count - PLACES_MAX);
	}
}

static void write_counting(struct document *document, const struct silt_finding *finding,
			   const struct silt_result *result)
{
	struct silt_buffer block = {0};
	add_summary(&block, finding);
	add_places(&block, finding, result);
	add_text_item(&block, "**why** ", finding->detail);
	add_text_item(&block, "**fix** ", finding->remedy);
	silt_buffer_add_text(&block, "- **id** ");
	silt_markdown_code(&block, finding->fingerprint);
	silt_buffer_add_text(&block, "\n\n</details>\n\n");
	(void)add_block(document, &block);
}

/* One of those that do not count, in a line: "- **medium** `priv-setuid` `/usr/bin/su`: waived: the reason". */
static void write_brief(struct document *document, const struct silt_finding *finding)
{
	struct silt_buffer block = {0};
	silt_buffer_printf(&block, "- **%s** ", silt_severity_name(finding->severity));
	add_cut(&block, finding->rule, silt_markdown_code);
	silt_buffer_add_byte(&block, ' ');
	add_cut(&block, finding->subject, silt_markdown_code);
	if (silt_is_accepted(finding)) {
		silt_buffer_printf(&block, ": %s: ", silt_standing_name(finding->standing));
		add_cut(&block, finding->standing_why, silt_markdown_words);
	}
	silt_buffer_add_byte(&block, '\n');
	(void)add_block(document, &block);
}

static bool is_below(const struct silt_finding *finding)
{
	return finding->standing != SILT_STANDING_COUNTS && !silt_is_accepted(finding);
}

/* The findings that `is_one_of`, folded under one line; nothing if there is none. */
static void write_others(struct document *document, const struct silt_judgement *judgement,
			 bool (*is_one_of)(const struct silt_finding *finding), const char *which)
{
	struct silt_buffer block = {0};
	size_t count = 0;
	for (size_t i = 0; i < judgement->finding_count; i++) {
		count += is_one_of(&judgement->findings[i]);
	}
	if (count == 0) {
		return;
	}
	silt_buffer_add_text(&block, "<details><summary>");
	silt_phrase_count(&block, count, "finding", "findings");
	silt_buffer_printf(&block, " %s</summary>\n\n", which);
	if (!add_block(document, &block)) {
		document->left_out += count;
		return;
	}
	for (size_t i = 0; i < judgement->finding_count; i++) {
		if (is_one_of(&judgement->findings[i])) {
			write_brief(document, &judgement->findings[i]);
		}
	}
	silt_buffer_add_text(&document->out, "\n</details>\n\n");
}

static void write_findings(struct document *document, const struct silt_judgement *judgement)
{
	for (size_t i = 0; i < judgement->finding_count; i++) {
		if (judgement->findings[i].standing == SILT_STANDING_COUNTS) {
			write_counting(document, &judgement->findings[i], judgement->result);
		}
	}
	write_others(document, judgement, is_below, "too light to count");
	write_others(document, judgement, silt_is_accepted, "accepted by the policy");
}

/* ---- Bundles ----------------------------------------------------------------------------------------------------- */

/* "| critical | 1 | 0 | 0 |" for each severity that occurs. */
static void write_counts(struct document *document, const struct silt_judgement *judgement)
{
	struct silt_buffer block = {0};
	size_t counts[SILT_SEVERITIES][3] = {0};
	if (judgement->finding_count == 0) {
		return;
	}
	for (size_t i = 0; i < judgement->finding_count; i++) {
		const struct silt_finding *finding = &judgement->findings[i];
		counts[finding->severity][silt_is_accepted(finding) ? 2 : is_below(finding)]++;
	}
	silt_buffer_add_text(&block, "| severity | counts | too light | accepted |\n| --- | ---: | ---: | ---: |\n");
	for (int severity = SILT_SEVERITIES - 1; severity >= 0; severity--) {
		const size_t *of = counts[severity];
		if (of[0] + of[1] + of[2] > 0) {
			silt_buffer_printf(&block, "| %s | %zu | %zu | %zu |\n",
					   silt_severity_name((enum silt_severity)severity), of[0], of[1], of[2]);
		}
	}
	silt_buffer_add_byte(&block, '\n');
	(void)add_block(document, &block);
}

static void write_gaps(struct document *document, const struct silt_coverage *coverage)
{
	if (coverage->complete || !add_text_block(document, "**Not looked at:**\n\n")) {
		return;
	}
	for (size_t i = 0; i < coverage->gap_count && i < GAPS_MAX; i++) {
		struct silt_buffer block = {0}, gap = {0};
		silt_plain_gap(&gap, &coverage->gaps[i]);
		add_item(&block, "", &gap);
		(void)add_block(document, &block);
	}
	if (coverage->gap_count > GAPS_MAX) {
		struct silt_buffer block = {0};
		silt_buffer_printf(&block, "- and %zu more\n", coverage->gap_count - GAPS_MAX);
		(void)add_block(document, &block);
	}
	(void)add_text_block(document, "\n");
}

static void write_notes(struct document *document, const struct silt_judgement *judgement)
{
	for (size_t i = 0; i < judgement->note_count; i++) {
		struct silt_buffer block = {0};
		add_text_item(&block, "**policy** ", judgement->notes[i].text);
		(void)add_block(document, &block);
	}
	if (judgement->note_count > 0) {
		(void)add_text_block(document, "\n");
	}
}

static void write_judgement(struct document *document, const struct silt_judgement *judgement)
{
	struct silt_buffer block = {0}, verdict = {0};
	silt_plain_verdict(&verdict, judgement);
	silt_buffer_add_text(&block, "### ");
	add_cut(&block, silt_result_name(judgement->result), silt_markdown_code);
	silt_buffer_printf(&block, "\n\n%s\n\n", silt_buffer_text(&verdict));
	block.failed |= verdict.failed;
	silt_buffer_done(&verdict);
	(void)add_block(document, &block);
	write_counts(document, judgement);
	write_gaps(document, silt_result_coverage(judgement->result));
	write_findings(document, judgement);
	write_notes(document, judgement);
}

static void write_document(struct document *document, const struct silt_judgement *const *judgements, size_t count,
			   size_t unread)
{
	struct silt_buffer block = {0};
	silt_buffer_add_text(&block, "## silt\n\n");
	silt_plain_overall(&block, judgements, count, unread);
	silt_buffer_add_text(&block, "\n\n");
	(void)add_block(document, &block);
	for (size_t i = 0; i < count; i++) {
		write_judgement(document, judgements[i]);
	}
	if (document->left_out > 0) {
		silt_buffer_printf(
			&document->out,
			"\n**Cut here:** %zu more entries have no room in a comment of 64 KiB. Another format of silt "
			"has them all.\n",
			document->left_out);
	}
}

enum silt_status silt_report_markdown(const struct silt_judgement *const *judgements, size_t count,
				      const struct silt_report_options *options, struct silt_sink sink,
				      struct silt_error *err)
{
	struct silt_outlet outlet = silt_outlet(sink, err);
	struct document document = {0};
	write_document(&document, judgements, count, options->unread);
	outlet.out = document.out;
	return silt_outlet_end(&outlet);
}
