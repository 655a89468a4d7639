/* One finding as a person wants it: what, where, why, what to do. */
#include "report/text.h"

#include "base/escape.h"
#include "report/phrase.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIGHTINGS_SHOWN_MAX = 8 };

/* So many findings of no weight that differ in nothing but their place are a list. */
enum { LISTED_MIN = 3 };

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
		silt_text_sighting(&line, sighting, notes_differ ? sighting->note : "", images, image_count);
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
	page->outlet.out.failed |= line.failed;
	silt_buffer_done(&line);
}

/* ---- The finding ------------------------------------------------------------------------------------------------- */

/* "critical  secret-file  GitHub token (github-pat, proven)"; "suppressed" in place of the severity of one that is.
 * `count` findings have this title. */
static void write_title(struct silt_page *page, const struct silt_finding *finding, size_t count)
{
	struct silt_buffer line = {0};
	bool has_pattern = finding->pattern[0] && strcmp(finding->pattern, finding->rule) != 0;
	bool suppressed = finding->suppressed[0] != '\0', accepted = silt_is_accepted(finding);
	silt_buffer_printf(&line, "%s%s" SILT_MARK_PLAIN SILT_MARK_SPACE SILT_MARK_SPACE,
			   suppressed || accepted ? SILT_MARK_DIM : silt_phrase_severity_mark(finding->severity),
			   suppressed ? "suppressed"
			   : accepted ? silt_standing_name(finding->standing)
				      : silt_severity_name(finding->severity));
	silt_buffer_printf(&line,
			   "%s" SILT_MARK_SPACE SILT_MARK_SPACE SILT_MARK_BOLD "%s" SILT_MARK_PLAIN " (%s%s%s%s)",
			   finding->rule, finding->title, has_pattern ? finding->pattern : "", has_pattern ? ", " : "",
			   silt_confidence_name(finding->confidence),
			   finding->heritage == SILT_HERITAGE_BASE ? ", inherited from the base" : "");
	if (count > 1) {
		silt_buffer_printf(&line, ", %zu of them", count);
	}
	page->outlet.out.failed |= line.failed;
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
	page->outlet.out.failed |= line.failed;
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
	page->outlet.out.failed |= escaped.failed || line.failed;
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
	write_title(page, finding, 1);
	write_subject(page, finding);
	write_secret(page, finding);
	write_sightings(page, finding, result);
	if (finding->suppressed[0]) {
		write_field(page, "why", finding->suppressed);
	} else {
		write_detail(page, finding);
		write_remedy(page, finding, previous);
	}
	write_field(page, silt_standing_name(finding->standing), finding->standing_why);
	snprintf(id, sizeof(id), SILT_MARK_DIM "%s" SILT_MARK_PLAIN, finding->fingerprint);
	write_field(page, "id", id);
	silt_page_blank(page);
}

/* ---- Lists of findings ------------------------------------------------------------------------------------------- */

static bool may_be_listed(const struct silt_finding *finding)
{
	return finding->severity <= SILT_SEVERITY_LOW && finding->sighting_count == 1 && finding->secret.len == 0 &&
	       !finding->pattern[0] && strcmp(finding->sightings[0].place, finding->subject) == 0;
}

/* How many findings from the first on are one list. */
static size_t list_length(const struct silt_finding *findings, size_t count)
{
	size_t length = 0;
	while (length < count && may_be_listed(&findings[length]) &&
	       strcmp(findings[length].rule, findings[0].rule) == 0 &&
	       strcmp(findings[length].title, findings[0].title) == 0 &&
	       strcmp(findings[length].remedy, findings[0].remedy) == 0 &&
	       findings[length].heritage == findings[0].heritage && findings[length].severity == findings[0].severity) {
		length++;
	}
	return length >= LISTED_MIN ? length : 0;
}

/* Place, layer, reason and id of one in a paragraph. Its instruction is that of the layer, which is listed above. */
static void write_listed(struct silt_page *page, const struct silt_finding *finding, const struct silt_result *result)
{
	size_t image_count;
	const struct silt_image *images = silt_result_images(result, &image_count);
	const struct silt_sighting *at = &finding->sightings[0];
	struct silt_buffer line = {0};
	silt_buffer_add_text(&line, "-" SILT_MARK_SPACE);
	silt_phrase_unbroken(&line, at->place);
	if (at->image < image_count && image_count > 1) {
		silt_buffer_add_text(&line, ", in ");
		silt_phrase_image_of(&line, images, image_count, at->image);
	}
	if (at->image < image_count && at->layer != SIZE_MAX && images[at->image].layer_count > 1) {
		silt_buffer_printf(&line, ", layer" SILT_MARK_SPACE "%zu", at->layer + 1);
	}
	silt_buffer_printf(&line, ": %s " SILT_MARK_DIM "%s" SILT_MARK_PLAIN, finding->detail, finding->fingerprint);
	page->outlet.out.failed |= line.failed;
	silt_page_paragraph(page, SILT_TEXT_LABEL, SILT_TEXT_LABEL + 2, silt_buffer_text(&line));
	silt_buffer_done(&line);
}

static void write_list(struct silt_page *page, const struct silt_finding *findings, size_t count,
		       const struct silt_result *result)
{
	write_title(page, &findings[0], count);
	for (size_t i = 0; i < count && silt_outlet_flush(&page->outlet) == SILT_OK; i++) {
		write_listed(page, &findings[i], result);
	}
	write_remedy(page, &findings[0], NULL);
	silt_page_blank(page);
}

/* Those that somebody should read: in full, but for those of severity info that do not count. */
static void write_open(struct silt_page *page, const struct silt_finding *findings, size_t count,
		       const struct silt_result *result)
{
	size_t told = count;
	while (told > 0 && findings[told - 1].severity == SILT_SEVERITY_INFO &&
	       findings[told - 1].standing != SILT_STANDING_COUNTS) {
		told--;
	}
	for (size_t i = 0, listed; i < told && silt_outlet_flush(&page->outlet) == SILT_OK;
	     i += listed > 0 ? listed : 1) {
		listed = list_length(findings + i, told - i);
		if (listed > 0) {
			write_list(page, findings + i, listed, result);
		} else {
			write_finding(page, &findings[i], i > 0 ? &findings[i - 1] : NULL, result);
		}
	}
	silt_text_brief(page, findings + told, count - told);
}

/* The findings that are accepted, or those that are not, in their order; returns their number. */
static size_t pick(const struct silt_judgement *judgement, bool accepted, struct silt_finding *out)
{
	size_t count = 0;
	for (size_t i = 0; i < judgement->finding_count; i++) {
		if (silt_is_accepted(&judgement->findings[i]) == accepted) {
			out[count++] = judgement->findings[i];
		}
	}
	return count;
}

void silt_text_findings(struct silt_page *page, const struct silt_judgement *judgement, bool show_accepted)
{
	struct silt_finding *picked = calloc(judgement->finding_count + 1, sizeof(*picked));
	if (!picked) {
		page->outlet.out.failed = true;
		return;
	}
	write_open(page, picked, pick(judgement, false, picked), judgement->result);
	size_t accepted = show_accepted ? pick(judgement, true, picked) : 0;
	for (size_t i = 0; i < accepted && silt_outlet_flush(&page->outlet) == SILT_OK; i++) {
		write_finding(page, &picked[i], NULL, judgement->result);
	}
	free(picked);
}

void silt_text_suppressed(struct silt_page *page, const struct silt_result *result, bool show)
{
	size_t count;
	const struct silt_finding *suppressed = silt_result_suppressed(result, &count);
	for (size_t i = 0; show && suppressed && i < count && silt_outlet_flush(&page->outlet) == SILT_OK; i++) {
		write_finding(page, &suppressed[i], NULL, result);
	}
	if (count == 0) {
		return;
	}
	struct silt_buffer line = {0};
	silt_phrase_count(&line, count, "secret", "secrets");
	silt_buffer_printf(&line, " only in unmodified files of packages, not counted%s",
			   show && suppressed ? ": listed above as suppressed." : " (--show-suppressed lists them).");
	page->outlet.out.failed |= line.failed;
	silt_page_paragraph(page, 0, SILT_TEXT_LABEL, silt_buffer_text(&line));
	silt_buffer_done(&line);
}
