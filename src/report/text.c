/* The report for people: what was audited, what was found, what was not looked at, and the verdict. */
#include "report/text.h"

#include "report/formats.h"

/* `only`: there is no summary over several, so this one has what would be said there. */
static void write_result(struct silt_page *page, const struct silt_result *result, struct silt_tally *overall,
			 const struct silt_report_options *options, bool only)
{
	enum silt_severity threshold = options->threshold;
	struct silt_tally tally = {0};
	silt_tally_add(&tally, result, threshold);
	silt_tally_add(overall, result, threshold);
	silt_text_bundle(page, result);
	silt_text_findings(page, result, threshold);
	silt_text_suppressed(page, result, options->show_suppressed);
	silt_text_coverage(page, silt_result_coverage(result));
	if (only) {
		silt_text_sandbox(page, options->sandbox);
	}
	silt_text_verdict(page, &tally, threshold);
}

enum silt_status silt_report_text(const struct silt_result *const *results, size_t count,
				  const struct silt_report_options *options, struct silt_sink sink,
				  struct silt_error *err)
{
	struct silt_page page;
	struct silt_tally overall = {0};
	/* One result by itself has said its verdict already. */
	bool needs_overall = count > 1 || options->unread > 0;
	silt_page_init(&page, options, sink, err);
	for (size_t i = 0; i < count && silt_page_flush(&page) == SILT_OK; i++) {
		write_result(&page, results[i], &overall, options, !needs_overall);
		if (needs_overall) {
			silt_page_blank(&page);
		}
	}
	silt_tally_add_unread(&overall, options->unread);
	if (needs_overall) {
		silt_text_sandbox(&page, options->sandbox);
		silt_text_overall(&page, &overall, count, options->threshold);
	}
	enum silt_status status = silt_page_flush(&page);
	silt_page_done(&page);
	return status;
}
