/* The sentences of the text report without their marks. */
#include "report/plain.h"

#include "report/phrase.h"
#include "report/text.h"

#include <string.h>

/* Adds marked-up text as it reads, and empties `marked`. */
static void add_unmarked(struct silt_buffer *out, struct silt_buffer *marked)
{
	silt_page_unmark(out, silt_buffer_bytes(marked));
	out->failed |= marked->failed;
	silt_buffer_done(marked);
}

void silt_plain_title(struct silt_buffer *out, const struct silt_finding *finding)
{
	bool has_pattern = finding->pattern[0] && strcmp(finding->pattern, finding->rule) != 0;
	silt_buffer_printf(out, "%s (%s%s%s%s)", finding->title, has_pattern ? finding->pattern : "",
			   has_pattern ? ", " : "", silt_confidence_name(finding->confidence),
			   finding->heritage == SILT_HERITAGE_BASE ? ", inherited from the base" : "");
}

void silt_plain_image(struct silt_buffer *out, const struct silt_result *result, size_t image)
{
	size_t count;
	const struct silt_image *images = silt_result_images(result, &count);
	struct silt_buffer marked = {0};
	if (image < count) {
		silt_phrase_image_of(&marked, images, count, image);
	}
	add_unmarked(out, &marked);
}

void silt_plain_sighting(struct silt_buffer *out, const struct silt_sighting *sighting,
			 const struct silt_result *result)
{
	size_t count;
	const struct silt_image *images = silt_result_images(result, &count);
	struct silt_buffer marked = {0};
	silt_text_sighting(&marked, sighting, sighting->note, images, count);
	add_unmarked(out, &marked);
}

void silt_plain_gap(struct silt_buffer *out, const struct silt_gap *gap)
{
	struct silt_buffer marked = {0};
	silt_text_gap(&marked, gap);
	add_unmarked(out, &marked);
}

void silt_plain_suppressed(struct silt_buffer *out, size_t count)
{
	silt_phrase_count(out, count, "secret", "secrets");
	silt_buffer_add_text(out, " only in unmodified files of packages, not counted.");
}

static void add_suppressed(struct silt_buffer *sentence, size_t count)
{
	if (count > 0) {
		silt_buffer_add_byte(sentence, ' ');
		silt_plain_suppressed(sentence, count);
	}
}

static size_t suppressed_of(const struct silt_judgement *judgement)
{
	size_t count;
	(void)silt_result_suppressed(judgement->result, &count);
	return count;
}

void silt_plain_verdict(struct silt_buffer *out, const struct silt_judgement *judgement)
{
	struct silt_buffer marked = {0};
	struct silt_tally tally = {0};
	silt_tally_add(&tally, judgement);
	silt_text_verdict_sentence(&marked, &tally, judgement->threshold);
	add_suppressed(&marked, suppressed_of(judgement));
	add_unmarked(out, &marked);
}

void silt_plain_overall(struct silt_buffer *out, const struct silt_judgement *const *judgements, size_t count,
			size_t unread)
{
	struct silt_buffer marked = {0};
	struct silt_tally tally = {0};
	size_t suppressed = 0;
	for (size_t i = 0; i < count; i++) {
		silt_tally_add(&tally, judgements[i]);
		suppressed += suppressed_of(judgements[i]);
	}
	silt_tally_add_unread(&tally, unread);
	silt_text_overall_sentence(&marked, &tally, count, count > 0 ? judgements[0]->threshold : SILT_SEVERITY_HIGH);
	add_suppressed(&marked, suppressed);
	add_unmarked(out, &marked);
}

enum silt_check_family silt_plain_family(const struct silt_finding *finding)
{
	const struct silt_check_info *check = silt_checks_find(finding->rule);
	return check ? check->family : SILT_CHECKS_SECRET;
}
