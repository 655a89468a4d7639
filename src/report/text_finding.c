/* One finding as a person wants it: what, where, why, what to do. */
#include "report/text.h"

#include "base/escape.h"
#include "report/phrase.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
	SIGHTINGS_SHOWN_MAX = 8,
	INSTRUCTION_SHOWN_MAX = 72,
};

/* ---- Where: one sighting in one sentence ------------------------------------------------------------------------- */

/* What became of it, by fate: the words in front of the layer that did it, or the words if no layer did; then the rub. */
static const struct {
	const char *by_layer;
	const char *by_none;
	const char *end;
} fates[] = {
	[SILT_FATE_UNREFERENCED] = {NULL, "in a blob that no image uses", "still readable in the file"},
	[SILT_FATE_SHADOWED] = {NULL, "replaced by a later entry of the same layer", "still readable in the file"},
	[SILT_FATE_MASKED] = {"hidden by layer", "hidden by a later layer", "still readable in the file"},
	[SILT_FATE_OVERWRITTEN] = {"overwritten by layer", "overwritten by a later layer",
				   "still readable in the file"},
	[SILT_FATE_DELETED] = {"deleted by layer", "deleted by a later layer", "still readable in the file"},
	[SILT_FATE_METADATA] = {NULL, NULL, NULL},
	[SILT_FATE_VISIBLE] = {NULL, "visible in the final filesystem", NULL},
};

struct sentence {
	struct silt_buffer text;
	bool has_clause; /* the next one needs a comma */
};

static void begin_clause(struct sentence *sentence)
{
	silt_buffer_add_text(&sentence->text, sentence->has_clause ? ", " : ": ");
	sentence->has_clause = true;
}

static void add_layer(struct sentence *sentence, const char *words, size_t layer)
{
	begin_clause(sentence);
	silt_buffer_printf(&sentence->text, "%s" SILT_MARK_SPACE "%zu", words, layer + 1);
}

static void add_instruction(struct sentence *sentence, const char *instruction)
{
	if (instruction[0]) {
		silt_buffer_add_text(&sentence->text, " \"");
		silt_phrase_instruction(&sentence->text, instruction, INSTRUCTION_SHOWN_MAX);
		silt_buffer_add_byte(&sentence->text, '"');
	}
}

/*
 * "/etc/app.conf, byte 120"; among several images "/etc/app.conf, byte 120, in example/app:1"; of no image
 * "/etc/app.conf, byte 120, in blobs/sha256/...".
 */
static void add_place(struct sentence *sentence, const struct silt_sighting *sighting, const struct silt_image *image)
{
	silt_phrase_unbroken(&sentence->text, sighting->place);
	if (sighting->has_offset && sighting->path.len > 0) {
		silt_buffer_printf(&sentence->text, ", byte" SILT_MARK_SPACE "%" PRIu64, sighting->offset);
	}
	if (image) {
		silt_buffer_add_text(&sentence->text, ", in ");
		silt_phrase_image(&sentence->text, image);
	} else if (sighting->layer == SIZE_MAX && sighting->path.len > 0 && sighting->member[0]) {
		silt_buffer_add_text(&sentence->text, ", in ");
		silt_phrase_unbroken(&sentence->text, sighting->member);
	}
}

/* Who added it. Of a layer as a whole, and of metadata, the place says all but the instruction. */
static void add_origin(struct sentence *sentence, const struct silt_sighting *sighting, size_t layer_count)
{
	bool in_layer = sighting->layer != SIZE_MAX && (sighting->path.len > 0 || sighting->fate != SILT_FATE_METADATA);
	if (in_layer && (layer_count > 1 || sighting->added_by[0])) {
		add_layer(sentence, "added by layer", sighting->layer);
		silt_buffer_printf(&sentence->text, " of %zu", layer_count);
	} else if (sighting->added_by[0]) {
		begin_clause(sentence);
		silt_buffer_add_text(&sentence->text, "made by");
	}
	add_instruction(sentence, sighting->added_by);
}

/* "its path was removed by history line 4: RUN rm /x, yet it is there" */
static void add_resurrection(struct sentence *sentence, const struct silt_sighting *sighting)
{
	begin_clause(sentence);
	silt_buffer_add_text(&sentence->text, "its path was removed by ");
	silt_phrase_instruction(&sentence->text, sighting->hidden_by, INSTRUCTION_SHOWN_MAX);
	silt_buffer_add_text(&sentence->text, ", " SILT_MARK_BOLD "yet it is there" SILT_MARK_PLAIN);
}

static void add_fate(struct sentence *sentence, const struct silt_sighting *sighting)
{
	if (sighting->resurrected) {
		add_resurrection(sentence, sighting);
		return;
	}
	const char *by_layer = fates[sighting->fate].by_layer;
	const char *by_none = fates[sighting->fate].by_none;
	if (by_layer && sighting->cause_layer != SIZE_MAX) {
		add_layer(sentence, by_layer, sighting->cause_layer);
		add_instruction(sentence, sighting->hidden_by);
	} else if (by_none) {
		begin_clause(sentence);
		silt_buffer_add_text(&sentence->text, by_none);
	}
	if (fates[sighting->fate].end) {
		silt_buffer_printf(&sentence->text, ": " SILT_MARK_BOLD "%s" SILT_MARK_PLAIN,
				   fates[sighting->fate].end);
	}
}

static void add_sighting(struct silt_buffer *out, const struct silt_sighting *sighting, const char *note,
			 const struct silt_image *images, size_t image_count)
{
	struct sentence sentence = {0};
	const struct silt_image *image = sighting->image < image_count ? &images[sighting->image] : NULL;
	add_place(&sentence, sighting, image_count > 1 ? image : NULL);
	add_origin(&sentence, sighting, image ? image->layer_count : 0);
	add_fate(&sentence, sighting);
	if (note[0]) {
		silt_buffer_printf(&sentence.text, " (%s)", note);
	}
	silt_buffer_add(out, silt_buffer_bytes(&sentence.text));
	out->failed |= sentence.text.failed;
	silt_buffer_done(&sentence.text);
}

static size_t sightings_shown(const struct silt_finding *finding)
{
	return finding->sighting_count < SIGHTINGS_SHOWN_MAX ? finding->sighting_count : SIGHTINGS_SHOWN_MAX;
}

/* How many of the places shown have the detail of the finding as their note. */
static size_t notes_like_detail(const struct silt_finding *finding)
{
	size_t count = 0;
	for (size_t i = 0; i < sightings_shown(finding); i++) {
		count += strcmp(finding->sightings[i].note, finding->detail) == 0;
	}
	return count;
}

static void write_sightings(struct silt_page *page, const struct silt_finding *finding,
			    const struct silt_result *result)
{
	size_t image_count;
	const struct silt_image *images = silt_result_images(result, &image_count);
	size_t shown = sightings_shown(finding);
	const char *bullet = finding->sighting_count > 1 ? "-" SILT_MARK_SPACE : "";
	unsigned hang = finding->sighting_count > 1 ? SILT_TEXT_BODY + 2 : SILT_TEXT_BODY;
	/* What all places have in common is said once, by the detail. */
	bool notes_differ = notes_like_detail(finding) < shown;
	struct silt_buffer line = {0};
	for (size_t i = 0; i < shown; i++) {
		const struct silt_sighting *sighting = &finding->sightings[i];
		silt_buffer_clear(&line);
		silt_buffer_add_text(&line, bullet);
		add_sighting(&line, sighting, notes_differ ? sighting->note : "", images, image_count);
		if (i == 0) {
			silt_page_labelled(page, SILT_TEXT_LABEL, SILT_TEXT_BODY, hang, "where",
					   silt_buffer_text(&line));
		} else {
			silt_page_paragraph(page, SILT_TEXT_BODY, hang, silt_buffer_text(&line));
		}
	}
	if (shown < finding->sighting_count) {
		silt_buffer_clear(&line);
		silt_buffer_printf(&line, "and %zu more", finding->sighting_count - shown);
		silt_page_paragraph(page, SILT_TEXT_BODY, SILT_TEXT_BODY, silt_buffer_text(&line));
	}
	page->out.failed |= line.failed;
	silt_buffer_done(&line);
}

/* ---- The finding ------------------------------------------------------------------------------------------------- */

/* "critical  secret-file  GitHub token (github-pat, proven)"; "suppressed" in place of the severity of one that is. */
static void write_title(struct silt_page *page, const struct silt_finding *finding)
{
	struct silt_buffer line = {0};
	bool has_pattern = finding->pattern[0] && strcmp(finding->pattern, finding->rule) != 0;
	bool suppressed = finding->suppressed[0] != '\0';
	silt_buffer_printf(&line, "%s%s" SILT_MARK_PLAIN SILT_MARK_SPACE SILT_MARK_SPACE,
			   suppressed ? SILT_MARK_DIM : silt_phrase_severity_mark(finding->severity),
			   suppressed ? "suppressed" : silt_severity_name(finding->severity));
	silt_buffer_printf(&line, "%s" SILT_MARK_SPACE SILT_MARK_SPACE SILT_MARK_BOLD "%s" SILT_MARK_PLAIN " (%s%s%s)",
			   finding->rule, finding->title, has_pattern ? finding->pattern : "", has_pattern ? ", " : "",
			   silt_confidence_name(finding->confidence));
	page->out.failed |= line.failed;
	silt_page_paragraph(page, 0, SILT_TEXT_LABEL, silt_buffer_text(&line));
	silt_buffer_done(&line);
}

static void write_field(struct silt_page *page, const char *label, const char *text)
{
	if (text[0]) {
		silt_page_labelled(page, SILT_TEXT_LABEL, SILT_TEXT_BODY, SILT_TEXT_BODY, label, text);
	}
}

/* What it is about, unless the one place where it was seen says the same. */
static void write_subject(struct silt_page *page, const struct silt_finding *finding)
{
	if (finding->sighting_count == 1 && strcmp(finding->sightings[0].place, finding->subject) == 0) {
		return;
	}
	struct silt_buffer line = {0};
	silt_phrase_unbroken(&line, finding->subject);
	page->out.failed |= line.failed;
	write_field(page, "what", silt_buffer_text(&line));
	silt_buffer_done(&line);
}

/* The value itself, for those who asked for it. */
static void write_secret(struct silt_page *page, const struct silt_finding *finding)
{
	if (!page->show_secrets || finding->secret.len == 0) {
		return;
	}
	struct silt_buffer escaped = {0}, line = {0};
	silt_escape(&escaped, finding->secret);
	silt_phrase_unbroken(&line, silt_buffer_text(&escaped));
	page->out.failed |= escaped.failed || line.failed;
	write_field(page, "secret", silt_buffer_text(&line));
	silt_buffer_done(&escaped);
	silt_buffer_done(&line);
}

/* The reason, unless the notes of the places differ and one of them has said it. */
static void write_detail(struct silt_page *page, const struct silt_finding *finding)
{
	size_t alike = notes_like_detail(finding);
	if (alike == 0 || alike == sightings_shown(finding)) {
		write_field(page, "why", finding->detail);
	}
}

/* One remedy for many findings is read once. */
static void write_remedy(struct silt_page *page, const struct silt_finding *finding,
			 const struct silt_finding *previous)
{
	bool same = previous && strcmp(previous->rule, finding->rule) == 0 &&
		    strcmp(previous->remedy, finding->remedy) == 0 && finding->remedy[0];
	write_field(page, "fix", same ? "as above" : finding->remedy);
}

static void write_finding(struct silt_page *page, const struct silt_finding *finding,
			  const struct silt_finding *previous, const struct silt_result *result)
{
	char id[SILT_FINGERPRINT_SIZE + 2];
	write_title(page, finding);
	write_subject(page, finding);
	write_secret(page, finding);
	write_sightings(page, finding, result);
	if (finding->suppressed[0]) {
		write_field(page, "why", finding->suppressed);
	} else {
		write_detail(page, finding);
		write_remedy(page, finding, previous);
	}
	snprintf(id, sizeof(id), SILT_MARK_DIM "%s" SILT_MARK_PLAIN, finding->fingerprint);
	write_field(page, "id", id);
	silt_page_blank(page);
}

void silt_text_findings(struct silt_page *page, const struct silt_result *result, enum silt_severity threshold)
{
	size_t count;
	const struct silt_finding *findings = silt_result_findings(result, &count);
	size_t told = count;
	while (threshold > SILT_SEVERITY_INFO && told > 0 && findings[told - 1].severity == SILT_SEVERITY_INFO) {
		told--;
	}
	for (size_t i = 0; i < told && silt_page_flush(page) == SILT_OK; i++) {
		write_finding(page, &findings[i], i > 0 ? &findings[i - 1] : NULL, result);
	}
	silt_text_brief(page, findings + told, count - told);
}

void silt_text_suppressed(struct silt_page *page, const struct silt_result *result, bool show)
{
	size_t count;
	const struct silt_finding *suppressed = silt_result_suppressed(result, &count);
	for (size_t i = 0; show && i < count && silt_page_flush(page) == SILT_OK; i++) {
		write_finding(page, &suppressed[i], NULL, result);
	}
	if (count == 0) {
		return;
	}
	struct silt_buffer line = {0};
	silt_phrase_count(&line, count, "secret", "secrets");
	silt_buffer_printf(&line, " only in unmodified files of packages, not counted%s",
			   show ? ": listed above as suppressed." : " (--show-suppressed lists them).");
	page->out.failed |= line.failed;
	silt_page_paragraph(page, 0, SILT_TEXT_LABEL, silt_buffer_text(&line));
	silt_buffer_done(&line);
}
