/* Where: one sighting in one sentence. */
#include "report/text.h"

#include "report/phrase.h"

#include <inttypes.h>

enum { INSTRUCTION_SHOWN_MAX = 72 };

/* What became of it, by fate: the words in front of the layer that did it, or the words if no layer did; then the rub. */
static const struct {
	const char *by_layer;
	const char *by_none;
	const char *end;
} fates[] = {
	[SILT_FATE_UNREFERENCED] = {NULL, "in a blob that no image uses", "still readable in the file"},
	[SILT_FATE_DISPUTED] = {NULL, "listed by other readers of this tar than docker's", "extracted by other tools"},
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
static void add_place(struct sentence *sentence, const struct silt_sighting *sighting, const struct silt_image *images,
		      size_t image_count)
{
	silt_phrase_unbroken(&sentence->text, sighting->place);
	if (sighting->has_offset && sighting->path.len > 0) {
		silt_buffer_printf(&sentence->text, ", byte" SILT_MARK_SPACE "%" PRIu64, sighting->offset);
	}
	if (sighting->image < image_count && image_count > 1) {
		silt_buffer_add_text(&sentence->text, ", in ");
		silt_phrase_image_of(&sentence->text, images, image_count, sighting->image);
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

void silt_text_sighting(struct silt_buffer *out, const struct silt_sighting *sighting, const char *note,
			const struct silt_image *images, size_t image_count)
{
	struct sentence sentence = {0};
	const struct silt_image *image = sighting->image < image_count ? &images[sighting->image] : NULL;
	add_place(&sentence, sighting, images, image_count);
	add_origin(&sentence, sighting, image ? image->layer_count : 0);
	add_fate(&sentence, sighting);
	if (note[0]) {
		silt_buffer_printf(&sentence.text, " (%s)", note);
	}
	silt_buffer_add(out, silt_buffer_bytes(&sentence.text));
	out->failed |= sentence.text.failed;
	silt_buffer_done(&sentence.text);
}
