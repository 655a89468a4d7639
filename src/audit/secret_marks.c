/* Marks on the places of secrets. */
#include "audit/secret_marks.h"

#include <stdlib.h>

static enum silt_status read_image(const struct silt_context *context, size_t image, struct silt_image_marks *out,
				   struct silt_error *err)
{
	enum silt_status status =
		silt_build_read(&context->images[image], context->masker, context->arena, &out->build, err);
	return status == SILT_OK ? silt_removals_find(&out->build, context->arena, &out->removals, err) : status;
}

enum silt_status silt_secret_marks_init(struct silt_secret_marks *marks, const struct silt_context *context,
					struct silt_error *err)
{
	*marks = (struct silt_secret_marks){.context = context, .squashes = silt_squashes_of(context)};
	marks->images = calloc(context->image_count + 1, sizeof(*marks->images));
	enum silt_status status = marks->squashes && marks->images ? SILT_OK : silt_fail_memory(err);
	for (size_t i = 0; i < context->image_count && status == SILT_OK; i++) {
		status = read_image(context, i, &marks->images[i], err);
	}
	return status;
}

void silt_secret_marks_done(struct silt_secret_marks *marks)
{
	for (size_t i = 0; marks->images && i < marks->context->image_count; i++) {
		silt_removals_done(&marks->images[i].removals);
		silt_build_done(&marks->images[i].build);
	}
	free(marks->images);
}

static enum silt_status mark_removal(const struct silt_secret_marks *marks, struct silt_sighting *sighting,
				     struct silt_error *err)
{
	if (sighting->image >= marks->context->image_count || sighting->fate != SILT_FATE_VISIBLE) {
		return SILT_OK;
	}
	const struct silt_image_marks *image = &marks->images[sighting->image];
	const struct silt_survivor *survivor = silt_survivor_find(&image->removals, sighting->path);
	if (!survivor || survivor->content.layer != sighting->layer) {
		return SILT_OK;
	}
	sighting->resurrected = true;
	sighting->hidden_by =
		silt_removal_text(&image->build, &image->removals.items[survivor->removal], marks->context->arena);
	return sighting->hidden_by ? SILT_OK : silt_fail_memory(err);
}

static enum silt_status mark_squash(const struct silt_secret_marks *marks, struct silt_sighting *sighting,
				    struct silt_error *err)
{
	const char *tool;
	const char *why = silt_squash_survivor(marks->context, marks->squashes, sighting, &tool);
	if (!why) {
		return SILT_OK;
	}
	sighting->note = silt_arena_printf(marks->context->arena, "%s%ssurvived the squash (%s): %s", sighting->note,
					   *sighting->note ? "; " : "", tool, why);
	return sighting->note ? SILT_OK : silt_fail_memory(err);
}

enum silt_status silt_secret_mark(const struct silt_secret_marks *marks, struct silt_sighting *sighting,
				  struct silt_error *err)
{
	enum silt_status status = mark_removal(marks, sighting, err);
	return status == SILT_OK ? mark_squash(marks, sighting, err) : status;
}
