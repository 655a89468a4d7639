/* Findings and places in words. */
#include "report/place.h"

#define NONE SIZE_MAX

enum {
	PLACE_COLUMNS = 200,
	IMAGE_COLUMNS = 120,
};

bool silt_is_excused(const struct silt_finding *finding)
{
	return finding->suppressed[0] != '\0' || finding->standing == SILT_STANDING_ALLOWED ||
	       finding->standing == SILT_STANDING_WAIVED || finding->standing == SILT_STANDING_KNOWN;
}

size_t silt_place_worst(const struct silt_finding *finding)
{
	for (size_t i = 0; i < finding->sighting_count; i++) {
		if (finding->sightings[i].fate == finding->exposure) {
			return i;
		}
	}
	return 0;
}

const char *silt_place_image(const struct silt_image *image)
{
	if (image->name_count > 0) {
		return image->names[0];
	}
	return image->config_digest[0] ? image->config_digest : "image";
}

size_t silt_place_cause(const struct silt_image *images, size_t count, const struct silt_sighting *sighting)
{
	bool known = sighting->image < count && sighting->cause_layer < images[sighting->image].layer_count;
	return known ? sighting->cause_layer : NONE;
}

static const char *fate_words(enum silt_fate fate)
{
	static const char *const words[] = {
		[SILT_FATE_UNREFERENCED] = "in a blob of no image",
		[SILT_FATE_DISPUTED] = "seen by some readers only",
		[SILT_FATE_SHADOWED] = "replaced within its layer",
		[SILT_FATE_MASKED] = "hidden",
		[SILT_FATE_OVERWRITTEN] = "overwritten",
		[SILT_FATE_DELETED] = "deleted",
		[SILT_FATE_METADATA] = "metadata of the image",
		[SILT_FATE_VISIBLE] = "visible",
	};
	return words[fate];
}

static void tell_container(struct silt_prose *prose, const struct silt_image *image, size_t layer)
{
	if (layer < image->layer_count) {
		silt_buffer_printf(&prose->out, " in layer %zu", layer + 1);
	}
	silt_prose_words(prose, " of ");
	silt_prose_name(prose, silt_place_image(image), IMAGE_COLUMNS);
}

void silt_place_tell(struct silt_prose *prose, const struct silt_image *images, size_t count,
		     const struct silt_sighting *sighting)
{
	size_t cause = silt_place_cause(images, count, sighting);
	silt_prose_name(prose, sighting->place, PLACE_COLUMNS);
	if (sighting->image < count) {
		tell_container(prose, &images[sighting->image], sighting->layer);
	}
	silt_prose_words(prose, ", ");
	silt_prose_words(prose, fate_words(sighting->fate));
	if (cause != NONE) {
		silt_buffer_printf(&prose->out, " by layer %zu", cause + 1);
	}
}
