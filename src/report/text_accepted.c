/* What a policy accepts, in a line, and what else it says. */
#include "report/text.h"

#include "report/phrase.h"

enum { NOTES_SHOWN_MAX = 20 };

/* "3 findings accepted: 1 allowed, 2 waived (--show-suppressed lists them)." */
void silt_text_accepted(struct silt_page *page, const struct silt_judgement *judgement, bool shown)
{
	size_t by_standing[SILT_STANDING_KNOWN + 1] = {0}, count = 0;
	for (size_t i = 0; i < judgement->finding_count; i++) {
		if (silt_is_accepted(&judgement->findings[i])) {
			by_standing[judgement->findings[i].standing]++;
			count++;
		}
	}
	if (count == 0) {
		return;
	}
	struct silt_buffer line = {0};
	const char *before = " accepted: ";
	silt_phrase_count(&line, count, "finding", "findings");
	for (int standing = SILT_STANDING_ALLOWED; standing <= SILT_STANDING_KNOWN; standing++) {
		if (by_standing[standing] > 0) {
			silt_buffer_printf(&line, "%s%zu %s", before, by_standing[standing],
					   silt_standing_name((enum silt_standing)standing));
			before = ", ";
		}
	}
	silt_buffer_add_text(&line, shown ? "; listed above." : " (--show-suppressed lists them).");
	page->outlet.out.failed |= line.failed;
	silt_page_paragraph(page, 0, SILT_TEXT_LABEL, silt_buffer_text(&line));
	silt_buffer_done(&line);
}

static void write_note(struct silt_page *page, const char *text)
{
	struct silt_buffer line = {0};
	silt_buffer_printf(&line, "Note: %s.", text);
	page->outlet.out.failed |= line.failed;
	silt_page_paragraph(page, 0, SILT_TEXT_LABEL, silt_buffer_text(&line));
	silt_buffer_done(&line);
}

void silt_text_notes(struct silt_page *page, const struct silt_judgement *judgement)
{
	for (size_t i = 0; i < judgement->note_count && i < NOTES_SHOWN_MAX; i++) {
		write_note(page, judgement->notes[i].text);
	}
	if (judgement->note_count > NOTES_SHOWN_MAX) {
		struct silt_buffer line = {0};
		silt_buffer_printf(&line, "%zu more notes are in a report in JSON",
				   judgement->note_count - NOTES_SHOWN_MAX);
		page->outlet.out.failed |= line.failed;
		write_note(page, silt_buffer_text(&line));
		silt_buffer_done(&line);
	}
}
