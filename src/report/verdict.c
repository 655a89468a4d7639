/*
 * One line for each input: what was decided, and where to look.
 *
 *     app.tar: PASS: no findings at or above high; 3 below (3 low).
 *     app.tar: FAIL: 1 finding at or above high (1 critical). Worst: critical private-key in /root/.ssh/id_rsa: ...
 *     app.tar: PASS: no findings. Note: policy.yaml judges own layers only, and what the base is was told by a label.
 *     app.tar: INCOMPLETE: 1 gap; no findings. First gap: blobs/sha256/eeee, from byte 512: expected ..., found the end.
 */
#include "report/formats.h"

#include "report/outlet.h"
#include "report/phrase.h"
#include "report/place.h"
#include "report/plain.h"

enum { PART_COLUMNS_MAX = 400 };

/* A sentence that ends the line or goes on in it, cut. Gives `text` back. */
static void add_part(struct silt_buffer *out, const char *label, struct silt_buffer *text)
{
	silt_buffer_add_text(out, label);
	const char *words = silt_buffer_text(text);
	silt_phrase_cut(out, words, PART_COLUMNS_MAX);
	silt_buffer_add_text(out, text->len > 0 && words[text->len - 1] == '.' ? "" : ".");
	out->failed |= text->failed;
	silt_buffer_done(text);
}

static void add_first_gap(struct silt_buffer *out, const struct silt_judgement *judgement)
{
	const struct silt_coverage *coverage = silt_result_coverage(judgement->result);
	struct silt_buffer text = {0};
	if (coverage->gap_count > 0) {
		silt_plain_gap(&text, &coverage->gaps[0]);
		add_part(out, " First gap: ", &text);
	}
}

/* The worst that counts: judgements have it in front. */
static void add_worst(struct silt_buffer *out, const struct silt_judgement *judgement)
{
	size_t i = 0;
	while (i < judgement->finding_count && judgement->findings[i].standing != SILT_STANDING_COUNTS) {
		i++;
	}
	if (i == judgement->finding_count) {
		return;
	}
	const struct silt_finding *finding = &judgement->findings[i];
	struct silt_buffer text = {0};
	silt_buffer_printf(&text, "%s %s", silt_severity_name(finding->severity), finding->rule);
	if (finding->sighting_count > 0) {
		silt_buffer_add_text(&text, " in ");
		silt_plain_sighting(&text, &finding->sightings[silt_place_worst(finding)], judgement->result);
	} else if (finding->subject[0]) {
		silt_buffer_printf(&text, ": %s", finding->subject);
	}
	add_part(out, " Worst: ", &text);
}

/* What the policy has to say beside its verdict, such as that it trusts a label of the image. */
static void add_first_note(struct silt_buffer *out, const struct silt_judgement *judgement)
{
	struct silt_buffer text = {0};
	if (judgement->note_count == 0) {
		return;
	}
	silt_buffer_add_text(&text, judgement->notes[0].text);
	if (judgement->note_count > 1) {
		silt_buffer_printf(&text, " (and %zu more)", judgement->note_count - 1);
	}
	add_part(out, " Note: ", &text);
}

enum silt_status silt_report_verdict(const struct silt_judgement *const *judgements, size_t count,
				     const struct silt_report_options *options, struct silt_sink sink,
				     struct silt_error *err)
{
	struct silt_outlet outlet = silt_outlet(sink, err);
	for (size_t i = 0; i < count && silt_outlet_flush(&outlet) == SILT_OK; i++) {
		silt_buffer_printf(&outlet.out, "%s: ", silt_result_name(judgements[i]->result));
		silt_plain_verdict(&outlet.out, judgements[i]);
		add_first_gap(&outlet.out, judgements[i]);
		add_worst(&outlet.out, judgements[i]);
		add_first_note(&outlet.out, judgements[i]);
		silt_buffer_add_byte(&outlet.out, '\n');
	}
	if (options->unread > 0) {
		silt_phrase_count(&outlet.out, options->unread, "input", "inputs");
		silt_buffer_add_text(&outlet.out, ": INCOMPLETE: could not be audited at all.\n");
	}
	return silt_outlet_end(&outlet);
}
