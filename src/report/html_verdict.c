/* The head of the page: the verdict, why, how many of what weight, and where to look first. */
#include "report/html_parts.h"

#include <string.h>

enum { FIRST_MAX = 5 };

struct counts {
	struct silt_tally tally;
	bool believed; /* some layer was not read */
	bool left_out; /* some image or finding was not asked for */
};

static void count_all(const struct silt_judgement *const *judgements, size_t count, size_t unread,
		      struct counts *counts)
{
	for (size_t i = 0; i < count; i++) {
		silt_tally_add(&counts->tally, judgements[i]);
		const struct silt_coverage *coverage = silt_result_coverage(judgements[i]->result);
		counts->believed |= coverage->believed_blobs > 0;
		counts->left_out |= coverage->left_out_images > 0 || coverage->left_out_findings > 0;
	}
	silt_tally_add_unread(&counts->tally, unread);
}

/* ---- Why ----------------------------------------------------------------------------------------------------------- */

static void add_threshold(struct silt_html *html, const struct silt_tally *tally, enum silt_severity threshold)
{
	if (silt_tally_is_by(tally, threshold)) {
		silt_html_printf(html, "the threshold is %s.", silt_severity_name(threshold));
	} else {
		silt_html_add(html, "the policy says what counts.");
	}
}

static void add_counting(struct silt_html *html, const struct silt_tally *tally, enum silt_severity threshold)
{
	if (tally->counting == 0) {
		silt_html_add(html, tally->findings > 0 ? "No finding counts" : "Nothing was found");
	} else {
		silt_html_count(html, tally->counting, "finding counts", "findings count");
	}
	const char *before = " (";
	for (int severity = SILT_SEVERITIES - 1; severity >= 0; severity--) {
		if (tally->counting_by_severity[severity] > 0) {
			silt_html_printf(html, "%s%zu %s", before, tally->counting_by_severity[severity],
					 silt_severity_name((enum silt_severity)severity));
			before = ", ";
		}
	}
	silt_html_add(html, tally->counting > 0 ? "): " : ": ");
	add_threshold(html, tally, threshold);
}

static void add_unseen(struct silt_html *html, const struct counts *counts)
{
	if (counts->tally.unread > 0) {
		silt_html_add(html, "<li>");
		silt_html_count(html, counts->tally.unread, "input", "inputs");
		silt_html_add(html, " could not be audited at all.</li>\n");
	}
	if (counts->tally.gaps > 0) {
		silt_html_add(html, "<li>");
		silt_html_count(html, counts->tally.gaps, "gap", "gaps");
		silt_html_add(html, " in what was looked at: what is there could be anything.</li>\n");
	} else if (counts->tally.unread == 0) {
		silt_html_add(html, counts->believed   ? "<li>Some layers were taken for what their names say.</li>\n"
				    : counts->left_out ? "<li>Images or findings were left out, as was asked.</li>\n"
						       : "<li>Everything was looked at.</li>\n");
	}
}

static void add_sandbox(struct silt_html *html, const struct silt_sandbox *sandbox)
{
	if (!sandbox || (sandbox->landlock_abi > 0 && sandbox->seccomp)) {
		return;
	}
	if (!sandbox->enabled) {
		silt_html_add(html, "<li>The sandbox was off: what read the input had all rights of its user.</li>\n");
		return;
	}
	silt_html_printf(html, "<li>The sandbox was without %s%s%s, which the kernel does not offer.</li>\n",
			 sandbox->landlock_abi == 0 ? "Landlock" : "",
			 sandbox->landlock_abi == 0 && !sandbox->seccomp ? " and " : "",
			 sandbox->seccomp ? "" : "seccomp");
}

/* ---- What to look at ------------------------------------------------------------------------------------------------- */

static void add_tally(struct silt_html *html, const struct counts *counts)
{
	silt_html_add(html, "<dl class=\"tally\">\n");
	for (int severity = SILT_SEVERITIES - 1; severity >= 0; severity--) {
		const char *name = silt_severity_name((enum silt_severity)severity);
		size_t count = counts->tally.by_severity[severity];
		silt_html_printf(html, "<div class=\"%s%s\"><dt>%s</dt><dd>%zu</dd></div>\n", name,
				 count == 0 ? " zero" : "", name, count);
	}
	silt_html_add(html, "</dl>\n");
}

static void add_link(struct silt_html *html, const struct silt_finding *finding, size_t bundle, size_t number)
{
	silt_html_add(html, "<li>");
	silt_html_severity(html, finding->severity);
	silt_html_printf(html, " <a href=\"#b%zu-f%zu\">", bundle, number);
	silt_html_text(html, finding->title);
	silt_html_add(html, "</a> ");
	if (finding->subject[0]) {
		silt_html_code(html, finding->subject);
	}
	silt_html_printf(html, " <span class=\"fate\">%s</span></li>\n", silt_html_fate(finding->exposure));
}

/* True if the finding before is of the same rule: one of many is enough to look at first. */
static bool is_one_of_many(const struct silt_judgement *judgement, size_t index)
{
	const struct silt_finding *finding = &judgement->findings[index];
	const struct silt_finding *before = index > 0 ? finding - 1 : NULL;
	return before && before->standing == finding->standing && before->severity == finding->severity &&
	       strcmp(before->rule, finding->rule) == 0 && strcmp(before->title, finding->title) == 0;
}

/* The findings of a bundle that count and have this severity, one of each kind, as long as there is room for links. */
static void add_links(struct silt_html *html, const struct silt_judgement *judgement, size_t bundle,
		      enum silt_severity severity, size_t *told)
{
	for (size_t i = 0; i < judgement->finding_count && *told < FIRST_MAX; i++) {
		const struct silt_finding *finding = &judgement->findings[i];
		if (finding->severity == severity && finding->standing == SILT_STANDING_COUNTS &&
		    !is_one_of_many(judgement, i)) {
			add_link(html, finding, bundle, i + 1);
			(*told)++;
		}
	}
}

/* The worst findings that count; each bundle has its own in order. */
static void add_first(struct silt_html *html, const struct silt_judgement *const *judgements, size_t count,
		      size_t counting)
{
	size_t told = 0;
	silt_html_add(html, "<h2>Look here first</h2>\n<ol class=\"first\">\n");
	for (int severity = SILT_SEVERITIES - 1; severity >= 0; severity--) {
		for (size_t i = 0; i < count; i++) {
			add_links(html, judgements[i], i + 1, (enum silt_severity)severity, &told);
		}
	}
	silt_html_add(html, "</ol>\n");
	if (told < counting) {
		silt_html_printf(html, "<p class=\"aside\">and %zu more that count</p>\n", counting - told);
	}
}

void silt_html_verdict(struct silt_html *html, const struct silt_judgement *const *judgements, size_t count)
{
	static const char *const words[] = {
		[SILT_VERDICT_PASS] = "Pass", [SILT_VERDICT_FAIL] = "Fail", [SILT_VERDICT_INCOMPLETE] = "Incomplete"};
	struct counts counts = {0};
	count_all(judgements, count, html->options->unread, &counts);
	enum silt_verdict verdict = counts.tally.verdict;
	silt_html_printf(html, "<header class=\"verdict %s\">\n", silt_verdict_name(verdict));
	silt_html_printf(html, "<p class=\"brand\"><b>silt</b> audit of container images</p>\n<h1>%s</h1>\n",
			 words[verdict]);
	silt_html_add(html, "<ul class=\"why\">\n<li>");
	add_counting(html, &counts.tally, count > 0 ? judgements[0]->threshold : SILT_SEVERITY_HIGH);
	silt_html_add(html, "</li>\n");
	add_unseen(html, &counts);
	add_sandbox(html, html->options->sandbox);
	silt_html_add(html, "</ul>\n");
	add_tally(html, &counts);
	if (counts.tally.counting > 0) {
		add_first(html, judgements, count, counts.tally.counting);
	}
	silt_html_add(html, "</header>\n");
}
