/* Comparing two judged results: the whole, and the pairs of images. */
#include "compare/comparing.h"

#include "base/error.h"

#include <stdlib.h>

enum { FILES_MAX = 200 };

/* ---- Pairs --------------------------------------------------------------------------------------------------------- */

struct pairing {
	const struct silt_image *before, *after;
	size_t before_count, after_count;
	struct silt_compared_image *pairs;
	size_t count;
	bool *taken; /* of the images of NEW */
};

/* The first name that both have, of the same platform; NULL: none. */
static const char *shared_name(const struct silt_image *a, const struct silt_image *b)
{
	if (strcmp(a->platform, b->platform) != 0) {
		return NULL;
	}
	for (size_t i = 0; i < a->name_count; i++) {
		for (size_t k = 0; k < b->name_count; k++) {
			if (strcmp(a->names[i], b->names[k]) == 0) {
				return a->names[i];
			}
		}
	}
	return NULL;
}

static void add_pair(struct pairing *pairing, size_t before, size_t after, const char *name)
{
	pairing->taken[after] = true;
	pairing->pairs[pairing->count++] =
		(struct silt_compared_image){.before_index = before, .after_index = after, .name = name};
}

/* False: it has no partner. */
static bool pair_up(struct pairing *pairing, size_t before)
{
	for (size_t i = 0; i < pairing->after_count; i++) {
		const char *name = pairing->taken[i] ? NULL : shared_name(&pairing->before[before], &pairing->after[i]);
		if (name) {
			add_pair(pairing, before, i, name);
			return true;
		}
	}
	return false;
}

static void pair_all(struct pairing *pairing, struct silt_comparing *comparing, size_t *before_alone,
		     size_t *after_alone)
{
	struct silt_comparison *out = &comparing->out;
	for (size_t i = 0; i < pairing->before_count; i++) {
		if (pairing->before_count == 1 && pairing->after_count == 1) {
			add_pair(pairing, 0, 0, "");
		} else if (!pair_up(pairing, i)) {
			before_alone[out->before_alone_count++] = i;
		}
	}
	for (size_t i = 0; i < pairing->after_count; i++) {
		if (!pairing->taken[i]) {
			after_alone[out->after_alone_count++] = i;
		}
	}
	out->before_alone = before_alone;
	out->after_alone = after_alone;
}

enum silt_status silt_compare_pairs(struct silt_comparing *comparing, struct silt_compared_image **pairs)
{
	struct silt_arena *arena = &comparing->arena;
	struct pairing pairing = {0};
	(void)silt_result_images(comparing->out.before->result, &pairing.before_count);
	pairing.before = comparing->out.before_images;
	pairing.after = silt_result_images(comparing->out.after->result, &pairing.after_count);
	pairing.pairs = silt_arena_alloc(arena, (pairing.before_count + 1) * sizeof(*pairing.pairs));
	pairing.taken = silt_arena_alloc(arena, pairing.after_count + 1);
	size_t *before_alone = silt_arena_alloc(arena, (pairing.before_count + 1) * sizeof(*before_alone));
	size_t *after_alone = silt_arena_alloc(arena, (pairing.after_count + 1) * sizeof(*after_alone));
	if (!pairing.pairs || !pairing.taken || !before_alone || !after_alone) {
		return silt_fail_memory(comparing->err);
	}
	pair_all(&pairing, comparing, before_alone, after_alone);
	*pairs = pairing.pairs;
	comparing->out.images = pairing.pairs;
	comparing->out.image_count = pairing.count;
	return SILT_OK;
}

/* ---- Layers -------------------------------------------------------------------------------------------------------- */

static size_t find_layer(const struct silt_image *image, const char *diff_id)
{
	for (size_t i = 0; *diff_id && i < image->layer_count; i++) {
		if (strcmp(image->layers[i].diff_id, diff_id) == 0) {
			return i;
		}
	}
	return SIZE_MAX;
}

enum silt_status silt_compare_layers(struct silt_comparing *comparing, struct silt_compared_image *pair)
{
	size_t count;
	const struct silt_image *before =
		&silt_result_images(comparing->out.before->result, &count)[pair->before_index];
	const struct silt_image *after = &silt_result_images(comparing->out.after->result, &count)[pair->after_index];
	struct silt_compared_layer *layers =
		silt_arena_alloc(&comparing->arena, (before->layer_count + after->layer_count + 1) * sizeof(*layers));
	if (!layers) {
		return silt_fail_memory(comparing->err);
	}
	bool starved = false;
	for (size_t i = 0; i < before->layer_count; i++) {
		const size_t other = find_layer(after, before->layers[i].diff_id);
		const bool gone = other == SIZE_MAX;
		pair->common_layers += i == other && i == pair->common_layers;
		layers[pair->layer_count++] = (struct silt_compared_layer){
			gone ? SILT_CHANGE_REMOVED : SILT_CHANGE_SAME, i, other,
			gone ? silt_compare_masked_layer(comparing, &before->layers[i]) : &after->layers[other]};
		starved = starved || !layers[i].layer;
	}
	for (size_t i = 0; i < after->layer_count; i++) {
		if (find_layer(before, after->layers[i].diff_id) == SIZE_MAX) {
			layers[pair->layer_count++] =
				(struct silt_compared_layer){SILT_CHANGE_ADDED, SIZE_MAX, i, &after->layers[i]};
		}
	}
	pair->layers = layers;
	return starved ? silt_fail_memory(comparing->err) : SILT_OK;
}

/* ---- The whole ----------------------------------------------------------------------------------------------------- */

static enum silt_status compare_pair(struct silt_comparing *comparing, struct silt_compared_image *pair)
{
	enum silt_status status = silt_compare_layers(comparing, pair);
	if (status == SILT_OK) {
		status = silt_compare_files(comparing, pair);
	}
	if (status == SILT_OK) {
		status = silt_compare_configs(comparing, pair);
	}
	return status == SILT_OK ? silt_compare_packages(comparing, pair) : status;
}

static enum silt_status compare_all(struct silt_comparing *comparing)
{
	struct silt_compared_image *pairs = NULL;
	enum silt_status status = silt_line_matches_init(
		&comparing->matches, silt_result_reader(comparing->out.after->result), comparing->err);
	if (status == SILT_OK) {
		status = silt_compare_mask(comparing);
	}
	if (status == SILT_OK) {
		status = silt_compare_secrets(comparing);
	}
	if (status == SILT_OK) {
		status = silt_compare_findings(comparing);
	}
	if (status == SILT_OK) {
		status = silt_compare_pairs(comparing, &pairs);
	}
	for (size_t i = 0; pairs && i < comparing->out.image_count && status == SILT_OK; i++) {
		status = compare_pair(comparing, &pairs[i]);
	}
	return status;
}

static bool is_complete(const struct silt_judgement *judgement)
{
	return silt_result_coverage(judgement->result)->complete;
}

static enum silt_comparison_verdict verdict_of(const struct silt_comparison *comparison)
{
	if (!is_complete(comparison->before) || !is_complete(comparison->after)) {
		return SILT_COMPARISON_INCOMPLETE;
	}
	return comparison->survived_counting > 0 || comparison->worse > 0 ? SILT_COMPARISON_WORSE
									  : SILT_COMPARISON_FREE;
}

enum silt_status silt_compare(const struct silt_judgement *before, const struct silt_judgement *after,
			      const struct silt_compare_options *options, struct silt_comparison **out,
			      struct silt_error *err)
{
	const size_t files_max = options ? options->files_max : 0;
	if (!before->result->audited || !after->result->audited) {
		return silt_fail(err, SILT_ERR_USAGE, "a report that was read back has no files to compare");
	}
	struct silt_comparing *comparing = calloc(1, sizeof(*comparing));
	if (!comparing) {
		return silt_fail_memory(err);
	}
	*comparing = (struct silt_comparing){.out = {.before = before, .after = after},
					     .files_max = files_max > 0 ? files_max : FILES_MAX,
					     .err = err};
	const enum silt_status status = compare_all(comparing);
	comparing->out.verdict = verdict_of(&comparing->out);
	comparing->err = NULL;
	*out = &comparing->out;
	if (status != SILT_OK) {
		silt_comparison_free(*out);
		*out = NULL;
	}
	return status;
}

/* It is the first member of what was allocated. */
void silt_comparison_free(struct silt_comparison *comparison)
{
	struct silt_comparing *comparing = (struct silt_comparing *)(void *)comparison;
	if (comparing) {
		silt_line_matches_done(&comparing->matches);
		silt_arena_done(&comparing->arena);
		free(comparing);
	}
}
