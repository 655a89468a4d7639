/* Marks of entries with hits. */
#include "audit/hit_marks.h"

#include <stdlib.h>

static void mark_layer(uint8_t *marks, const struct silt_record *record)
{
	for (size_t i = 0; i < record->hit_count; i++) {
		const struct silt_hit *hit = &record->hits[i];
		uint8_t mark = (uint8_t)(hit->severity + 1);
		if (silt_hit_has_entry(hit) && marks[hit->entry] < mark) {
			marks[hit->entry] = mark;
		}
	}
}

enum silt_status silt_hit_marks_init(struct silt_hit_marks *marks, const struct silt_audited_image *image,
				     struct silt_error *err)
{
	*marks = (struct silt_hit_marks){.layers = calloc(image->layer_count + 1, sizeof(*marks->layers))};
	if (!marks->layers) {
		return silt_fail_memory(err);
	}
	marks->count = image->layer_count;
	for (size_t layer = 0; layer < image->layer_count; layer++) {
		const struct silt_record *record = image->layers[layer];
		if (!record) {
			continue;
		}
		marks->layers[layer] = calloc(record->entry_count + 1, 1);
		if (!marks->layers[layer]) {
			return silt_fail_memory(err);
		}
		mark_layer(marks->layers[layer], record);
	}
	return SILT_OK;
}

void silt_hit_marks_done(struct silt_hit_marks *marks)
{
	for (size_t layer = 0; layer < marks->count; layer++) {
		free(marks->layers[layer]);
	}
	free(marks->layers);
	*marks = (struct silt_hit_marks){0};
}

bool silt_hit_marks_has(const struct silt_hit_marks *marks, struct silt_place place, enum silt_severity least)
{
	return place.layer < marks->count && marks->layers[place.layer] &&
	       marks->layers[place.layer][place.entry] > (uint8_t)least;
}
