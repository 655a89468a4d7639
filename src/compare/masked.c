/* Texts of OLD without any secret of OLD: when they were made, only those were cut out that rules know wherever they are. */
#include "audit/mask.h"
#include "base/error.h"
#include "compare/comparing.h"

const char *silt_compare_masked(struct silt_comparing *comparing, const char *text)
{
	return silt_mask_copy(&comparing->matches, silt_bytes_text(text), &comparing->arena);
}

const struct silt_finding *silt_compare_masked_finding(struct silt_comparing *comparing,
						       const struct silt_finding *finding)
{
	struct silt_finding *copy = silt_arena_alloc(&comparing->arena, sizeof(*copy));
	if (!copy) {
		return NULL;
	}
	*copy = *finding;
	copy->secret = (struct silt_bytes){0};
	copy->subject = silt_compare_masked(comparing, finding->subject);
	copy->detail = silt_compare_masked(comparing, finding->detail);
	return copy->subject && copy->detail ? copy : NULL;
}

const struct silt_layer *silt_compare_masked_layer(struct silt_comparing *comparing, const struct silt_layer *layer)
{
	struct silt_layer *copy = silt_arena_alloc(&comparing->arena, sizeof(*copy));
	if (copy) {
		*copy = *layer;
		copy->instruction = silt_compare_masked(comparing, layer->instruction);
	}
	return copy && copy->instruction ? copy : NULL;
}

/* ---- Images and gaps ----------------------------------------------------------------------------------------------- */

/* NULL: memory ran out. */
static const char *const *masked_names(struct silt_comparing *comparing, const struct silt_image *image)
{
	const char **names = silt_arena_alloc(&comparing->arena, image->name_count * sizeof(*names));
	for (size_t i = 0; names && i < image->name_count; i++) {
		names[i] = silt_compare_masked(comparing, image->names[i]);
		if (!names[i]) {
			return NULL;
		}
	}
	return names;
}

static enum silt_status mask_images(struct silt_comparing *comparing)
{
	size_t count;
	const struct silt_image *images = silt_result_images(comparing->out.before->result, &count);
	struct silt_image *copies = silt_arena_alloc(&comparing->arena, count * sizeof(*copies));
	for (size_t i = 0; copies && i < count; i++) {
		copies[i] = images[i];
		copies[i].names = masked_names(comparing, &images[i]);
		if (!copies[i].names) {
			return silt_fail_memory(comparing->err);
		}
	}
	comparing->out.before_images = copies;
	return copies ? SILT_OK : silt_fail_memory(comparing->err);
}

static enum silt_status mask_gaps(struct silt_comparing *comparing)
{
	const struct silt_coverage *coverage = silt_result_coverage(comparing->out.before->result);
	struct silt_gap *copies = silt_arena_alloc(&comparing->arena, coverage->gap_count * sizeof(*copies));
	for (size_t i = 0; copies && i < coverage->gap_count; i++) {
		copies[i] = coverage->gaps[i];
		copies[i].place = silt_compare_masked(comparing, coverage->gaps[i].place);
		copies[i].reason = silt_compare_masked(comparing, coverage->gaps[i].reason);
		if (!copies[i].place || !copies[i].reason) {
			return silt_fail_memory(comparing->err);
		}
	}
	comparing->out.before_gaps = copies;
	return copies ? SILT_OK : silt_fail_memory(comparing->err);
}

enum silt_status silt_compare_mask(struct silt_comparing *comparing)
{
	const enum silt_status status = mask_images(comparing);
	return status == SILT_OK ? mask_gaps(comparing) : status;
}
