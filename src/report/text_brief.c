/* Findings that nobody has to act on, in a line for each rule. */
#include "report/text.h"

#include "report/phrase.h"

#include <stdio.h>
#include <string.h>

enum {
	SUBJECTS_SHOWN_MAX = 4,
	SUBJECT_SHOWN_MAX = 60,
	RULE_COLUMNS_MAX = 32,
};

/* How many findings from the first on are of its rule. */
static size_t run_length(const struct silt_finding *findings, size_t count)
{
	size_t length = 1;
	while (length < count && strcmp(findings[length].rule, findings[0].rule) == 0) {
		length++;
	}
	return length;
}

static size_t widest_rule(const struct silt_finding *findings, size_t count)
{
	size_t widest = 0;
	for (size_t i = 0; i < count; i++) {
		size_t len = strlen(findings[i].rule);
		widest = len > widest ? len : widest;
	}
	return widest < RULE_COLUMNS_MAX ? widest : RULE_COLUMNS_MAX;
}

/* "shell-present   bash, dash, sh"; several findings of one rule: "history-unpinned  curl, git and 3 more" */
static void write_rule(struct silt_page *page, const struct silt_finding *findings, size_t count, size_t column)
{
	struct silt_buffer line = {0};
	silt_buffer_add_text(&line, findings[0].rule);
	for (size_t i = strlen(findings[0].rule); i < column; i++) {
		silt_buffer_add_text(&line, SILT_MARK_SPACE);
	}
	size_t shown = count < SUBJECTS_SHOWN_MAX ? count : SUBJECTS_SHOWN_MAX;
	for (size_t i = 0; i < shown; i++) {
		silt_buffer_add_text(&line, i > 0 ? ", " : SILT_MARK_SPACE SILT_MARK_SPACE);
		silt_phrase_cut(&line, findings[i].subject, SUBJECT_SHOWN_MAX);
	}
	if (shown < count) {
		silt_buffer_printf(&line, " and %zu more", count - shown);
	}
	page->outlet.out.failed |= line.failed;
	silt_page_paragraph(page, SILT_TEXT_LABEL, (unsigned)(SILT_TEXT_LABEL + column + 2), silt_buffer_text(&line));
	silt_buffer_done(&line);
}

void silt_text_brief(struct silt_page *page, const struct silt_finding *findings, size_t count)
{
	if (count == 0) {
		return;
	}
	struct silt_buffer line = {0};
	size_t column = widest_rule(findings, count);
	silt_buffer_printf(&line, "%s%s" SILT_MARK_PLAIN SILT_MARK_SPACE SILT_MARK_SPACE,
			   silt_phrase_severity_mark(findings[0].severity), silt_severity_name(findings[0].severity));
	silt_phrase_count(&line, count, "finding", "findings");
	silt_buffer_printf(&line, " (--fail-on %s tells all of %s; silt explain NAME says what they mean)",
			   silt_severity_name(findings[0].severity), count == 1 ? "it" : "them");
	page->outlet.out.failed |= line.failed;
	silt_page_paragraph(page, 0, SILT_TEXT_LABEL, silt_buffer_text(&line));
	silt_buffer_done(&line);
	for (size_t i = 0; i < count && silt_outlet_flush(&page->outlet) == SILT_OK;) {
		size_t length = run_length(findings + i, count - i);
		write_rule(page, findings + i, length, column);
		i += length;
	}
	silt_page_blank(page);
}
