/* What was looked at, what was not, and what follows. */
#include "report/text.h"

#include "report/phrase.h"

#include <inttypes.h>

enum { GAPS_SHOWN_MAX = 20 };

/* ---- Coverage ---------------------------------------------------------------------------------------------------- */

static void write_complete(struct silt_page *page, const struct silt_coverage *coverage)
{
	struct silt_buffer line = {0};
	silt_buffer_add_text(&line, "Everything was looked at: ");
	silt_phrase_count(&line, coverage->members, "file", "files");
	silt_buffer_add_text(&line, " of the bundle (");
	silt_phrase_size(&line, coverage->member_bytes);
	silt_buffer_add_text(&line, "), ");
	silt_phrase_count(&line, coverage->documents, "document", "documents");
	silt_buffer_add_text(&line, ", ");
	silt_phrase_count(&line, coverage->layer_blobs, "layer", "layers");
	silt_buffer_add_text(&line, " (");
	silt_phrase_size(&line, coverage->layer_bytes);
	silt_buffer_add_text(&line, ").");
	page->outlet.out.failed |= line.failed;
	silt_page_paragraph(page, 0, 0, silt_buffer_text(&line));
	silt_buffer_done(&line);
}

void silt_text_gap(struct silt_buffer *out, const struct silt_gap *gap)
{
	silt_phrase_unbroken(out, gap->place);
	if (gap->has_offset) {
		silt_buffer_printf(out, ", from byte" SILT_MARK_SPACE "%" PRIu64, gap->offset);
	}
	silt_buffer_printf(out, ": %s", gap->reason);
	if (gap->bytes > 0) {
		silt_buffer_add_text(out, " (");
		silt_phrase_size(out, gap->bytes);
		silt_buffer_add_byte(out, ')');
	}
}

static void write_gap(struct silt_page *page, const struct silt_gap *gap)
{
	struct silt_buffer line = {0};
	silt_text_gap(&line, gap);
	page->outlet.out.failed |= line.failed;
	silt_page_paragraph(page, SILT_TEXT_LABEL, 2 * SILT_TEXT_LABEL, silt_buffer_text(&line));
	silt_buffer_done(&line);
}

static void write_gaps(struct silt_page *page, const struct silt_coverage *coverage)
{
	size_t shown = coverage->gap_count < GAPS_SHOWN_MAX ? coverage->gap_count : GAPS_SHOWN_MAX;
	silt_page_paragraph(page, 0, 0, SILT_MARK_BOLD_MAGENTA "Not looked at:" SILT_MARK_PLAIN);
	for (size_t i = 0; i < shown; i++) {
		write_gap(page, &coverage->gaps[i]);
	}
	if (shown < coverage->gap_count) {
		struct silt_buffer line = {0};
		silt_buffer_printf(&line, "and %zu more", coverage->gap_count - shown);
		page->outlet.out.failed |= line.failed;
		silt_page_paragraph(page, SILT_TEXT_LABEL, SILT_TEXT_LABEL, silt_buffer_text(&line));
		silt_buffer_done(&line);
	}
}

static void write_believed(struct silt_page *page, uint64_t blobs)
{
	struct silt_buffer line = {0};
	silt_buffer_add_text(&line, SILT_MARK_BOLD_MAGENTA "Not read:" SILT_MARK_PLAIN " ");
	silt_phrase_count(&line, blobs, "layer", "layers");
	silt_buffer_add_text(&line, ", taken for what the name of the blob says, as --trust-digests asks.");
	page->outlet.out.failed |= line.failed;
	silt_page_paragraph(page, 0, SILT_TEXT_LABEL, silt_buffer_text(&line));
	silt_buffer_done(&line);
}

static void write_left_out(struct silt_page *page, const struct silt_coverage *coverage)
{
	struct silt_buffer line = {0};
	silt_buffer_add_text(&line, SILT_MARK_BOLD_MAGENTA "Left out:" SILT_MARK_PLAIN " ");
	silt_phrase_left_out(&line, coverage);
	silt_buffer_add_text(&line, ".");
	page->outlet.out.failed |= line.failed;
	silt_page_paragraph(page, 0, SILT_TEXT_LABEL, silt_buffer_text(&line));
	silt_buffer_done(&line);
}

void silt_text_coverage(struct silt_page *page, const struct silt_coverage *coverage)
{
	if (coverage->left_out_images > 0 || coverage->left_out_findings > 0) {
		write_left_out(page, coverage);
	}
	if (coverage->believed_blobs > 0) {
		write_believed(page, coverage->believed_blobs);
	}
	if (coverage->complete) {
		write_complete(page, coverage);
	} else {
		write_gaps(page, coverage);
		silt_page_blank(page);
	}
}

/* ---- Sandbox ----------------------------------------------------------------------------------------------------- */

void silt_text_sandbox(struct silt_page *page, const struct silt_sandbox *sandbox)
{
	struct silt_buffer line = {0};
	if (!sandbox || (sandbox->landlock_abi > 0 && sandbox->seccomp)) {
		return;
	}
	silt_buffer_add_text(&line, SILT_MARK_BOLD_MAGENTA "Sandbox:" SILT_MARK_PLAIN " ");
	if (!sandbox->enabled) {
		silt_buffer_add_text(&line, "off. What read the input had all rights of its user.");
	} else {
		silt_buffer_printf(&line, "without %s%s%s, which this kernel does not offer.",
				   sandbox->landlock_abi == 0 ? "Landlock" : "",
				   sandbox->landlock_abi == 0 && !sandbox->seccomp ? " and " : "",
				   sandbox->seccomp ? "" : "seccomp");
	}
	page->outlet.out.failed |= line.failed;
	silt_page_paragraph(page, 0, SILT_TEXT_LABEL, silt_buffer_text(&line));
	silt_buffer_done(&line);
}

/* ---- Verdict ----------------------------------------------------------------------------------------------------- */

static const struct {
	const char *mark;
	const char *word;
} verdicts[] = {
	[SILT_VERDICT_PASS] = {SILT_MARK_BOLD_GREEN, "PASS"},
	[SILT_VERDICT_FAIL] = {SILT_MARK_BOLD_RED, "FAIL"},
	[SILT_VERDICT_INCOMPLETE] = {SILT_MARK_BOLD_MAGENTA, "INCOMPLETE"},
};

static void add_verdict(struct silt_buffer *line, enum silt_verdict verdict)
{
	silt_buffer_printf(line, "%s%s" SILT_MARK_PLAIN ": ", verdicts[verdict].mark, verdicts[verdict].word);
}

/* " (1 critical, 2 high)": the severities that occur, worst first. */
static void add_severities(struct silt_buffer *line, const size_t by_severity[SILT_SEVERITIES])
{
	const char *before = " (";
	for (int severity = SILT_SEVERITIES - 1; severity >= 0; severity--) {
		if (by_severity[severity] > 0) {
			silt_buffer_printf(line, "%s%zu %s", before, by_severity[severity],
					   silt_severity_name((enum silt_severity)severity));
			before = ", ";
		}
	}
	silt_buffer_add_byte(line, ')');
}

/*
 * "2 findings at or above high (1 critical, 1 high); 3 below (3 low)."
 * "2 findings counted by the policy (1 high, 1 low); 1 accepted; 4 below (4 high)."
 */
static void add_findings(struct silt_buffer *line, const struct silt_tally *tally, enum silt_severity threshold)
{
	size_t below = tally->findings - tally->counting - tally->accepted;
	if (tally->findings == 0) {
		silt_buffer_add_text(line, "no findings.");
		return;
	}
	if (tally->counting > 0) {
		silt_phrase_count(line, tally->counting, "finding", "findings");
	} else {
		silt_buffer_add_text(line, "no findings");
	}
	if (silt_tally_is_by(tally, threshold)) {
		silt_buffer_printf(line, " at or above %s", silt_severity_name(threshold));
	} else {
		silt_buffer_add_text(line, " counted by the policy");
	}
	if (tally->counting > 0) {
		add_severities(line, tally->counting_by_severity);
	}
	if (tally->accepted > 0) {
		silt_buffer_printf(line, "; %zu accepted", tally->accepted);
	}
	if (below > 0) {
		silt_buffer_printf(line, "; %zu below", below);
		add_severities(line, tally->below_by_severity);
	}
	silt_buffer_add_byte(line, '.');
}

static void add_gaps(struct silt_buffer *line, const struct silt_tally *tally)
{
	if (tally->gaps > 0) {
		silt_phrase_count(line, tally->gaps, "gap", "gaps");
		silt_buffer_add_text(line, " in what was looked at; ");
	}
}

void silt_text_verdict_sentence(struct silt_buffer *out, const struct silt_tally *tally, enum silt_severity threshold)
{
	add_verdict(out, tally->verdict);
	add_gaps(out, tally);
	add_findings(out, tally, threshold);
}

void silt_text_verdict(struct silt_page *page, const struct silt_tally *tally, enum silt_severity threshold)
{
	struct silt_buffer line = {0};
	silt_text_verdict_sentence(&line, tally, threshold);
	page->outlet.out.failed |= line.failed;
	silt_page_paragraph(page, 0, SILT_TEXT_LABEL, silt_buffer_text(&line));
	silt_buffer_done(&line);
}

/* "3 bundles (1 fail, 2 pass): " */
static void add_bundles(struct silt_buffer *line, const struct silt_tally *tally, size_t count)
{
	const char *before = " (";
	silt_phrase_count(line, count, "bundle", "bundles");
	for (int verdict = SILT_VERDICTS - 1; verdict >= 0; verdict--) {
		if (tally->by_verdict[verdict] > 0) {
			silt_buffer_printf(line, "%s%zu %s", before, tally->by_verdict[verdict],
					   silt_verdict_name((enum silt_verdict)verdict));
			before = ", ";
		}
	}
	silt_buffer_add_text(line, "): ");
}

/* "1 input could not be audited", and how the sentence goes on. */
static void add_unread(struct silt_buffer *line, const struct silt_tally *tally, size_t count)
{
	if (tally->unread > 0) {
		silt_phrase_count(line, tally->unread, "input", "inputs");
		silt_buffer_add_text(line, " could not be audited");
		silt_buffer_add_text(line, count > 0 ? "; " : ".");
	}
}

/*
 * "FAIL: 3 bundles (1 fail, 2 pass): 2 findings at or above high (2 high)."
 * "INCOMPLETE: 1 input could not be audited; 1 bundle (1 pass): no findings."
 */
void silt_text_overall_sentence(struct silt_buffer *out, const struct silt_tally *tally, size_t count,
				enum silt_severity threshold)
{
	add_verdict(out, tally->verdict);
	add_unread(out, tally, count);
	if (count > 0) {
		add_bundles(out, tally, count);
		add_gaps(out, tally);
		add_findings(out, tally, threshold);
	}
}

void silt_text_overall(struct silt_page *page, const struct silt_tally *tally, size_t count,
		       enum silt_severity threshold)
{
	struct silt_buffer line = {0};
	silt_text_overall_sentence(&line, tally, count, threshold);
	page->outlet.out.failed |= line.failed;
	silt_page_paragraph(page, 0, SILT_TEXT_LABEL, silt_buffer_text(&line));
	silt_buffer_done(&line);
}
