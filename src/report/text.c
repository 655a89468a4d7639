/* The report for people: what was audited, what was found, what was not looked at, and the verdict. */
#include "report/text.h"

#include "report/formats.h"

/* `only`: there is no summary over several, so this one has what would be said there. */
static void write_judgement(struct silt_page *page, const struct silt_judgement *judgement,
			    const struct silt_report_options *options, silt_text_body *body, bool only)
{
	struct silt_tally tally = {0};
	silt_tally_add(&tally, judgement);
	body(page, judgement, options);
	silt_text_coverage(page, silt_result_coverage(judgement->result));
	if (only) {
		silt_text_sandbox(page, options->sandbox);
	}
	silt_text_verdict(page, &tally, judgement->threshold);
}

enum silt_status silt_text_report(const struct silt_judgement *const *judgements, size_t count,
				  const struct silt_report_options *options, silt_text_body *body,
				  struct silt_sink sink, struct silt_error *err)
{
	struct silt_page page;
	struct silt_tally overall = {0};
	/* One result by itself has said its verdict already. */
	bool needs_overall = count > 1 || options->unread > 0;
	silt_page_init(&page, options, sink, err);
	for (size_t i = 0; i < count && silt_outlet_flush(&page.outlet) == SILT_OK; i++) {
		silt_tally_add(&overall, judgements[i]);
		write_judgement(&page, judgements[i], options, body, !needs_overall);
		if (needs_overall) {
			silt_page_blank(&page);
		}
	}
	silt_tally_add_unread(&overall, options->unread);
	if (needs_overall) {
		silt_text_sandbox(&page, options->sandbox);
		silt_text_overall(&page, &overall, count, count > 0 ? judgements[0]->threshold : SILT_SEVERITY_HIGH);
	}
	return silt_outlet_end(&page.outlet);
}

static void write_body(struct silt_page *page, const struct silt_judgement *judgement,
		       const struct silt_report_options *options)
{
	silt_text_bundle(page, judgement->result);
	silt_text_findings(page, judgement, options->show_suppressed);
	silt_text_suppressed(page, judgement->result, options->show_suppressed);
	silt_text_accepted(page, judgement, options->show_suppressed);
	silt_text_notes(page, judgement);
}

enum silt_status silt_report_text(const struct silt_judgement *const *judgements, size_t count,
				  const struct silt_report_options *options, struct silt_sink sink,
				  struct silt_error *err)
{
	return silt_text_report(judgements, count, options, write_body, sink, err);
}
