/* The audit from end to end: read, resolve, stack, check, describe. */
#include "silt/audit.h"

#include "audit/base_part.h"
#include "audit/checks.h"
#include "audit/choice.h"
#include "audit/describe.h"
#include "audit/intake.h"
#include "audit/mask.h"
#include "audit/posture.h"
#include "audit/rules.h"
#include "audit/select.h"
#include "audit/wanted.h"
#include "base/escape.h"
#include "base/secure.h"
#include "secret/wanted.h"

#include <stdlib.h>

/* The images to be judged, while their result is made. */
struct work {
	struct silt_result *result;
	struct silt_audited_image *images;    /* of the arena */
	const struct silt_posture **postures; /* of the arena */
	size_t count;
	bool *stacked;                     /* of the arena; for each record, whether some image has it as a layer */
	uint64_t stacked_again;            /* entries of layers that were */
	struct silt_line_matches search;   /* owns */
	struct silt_line_matches *matches; /* masks names: `search`; NULL: secrets are wanted */
};

static enum silt_status push_layers(struct silt_rootfs *tree, const struct silt_audited_image *image,
				    struct silt_pulse pulse, struct silt_error *err)
{
	size_t entries = 0;
	for (size_t i = 0; i < image->layer_count; i++) {
		entries += image->layers[i] ? image->layers[i]->entry_count : 0;
	}
	enum silt_status status = silt_rootfs_expect(tree, entries, err);
	for (size_t i = 0; i < image->layer_count && status == SILT_OK; i++) {
		silt_pulse_beat(pulse);
		status = silt_rootfs_push(tree, image->layers[i], err);
	}
	return status == SILT_OK ? silt_rootfs_finish(tree, err) : status;
}

/* Stacks the layers of image `number` into the tree that the result owns. */
static enum silt_status stack(struct silt_result *result, size_t number, struct silt_audited_image *image,
			      struct silt_pulse pulse, struct silt_error *err)
{
	enum silt_status status = silt_rootfs_new(&result->limits, &result->trees[number], err);
	if (status == SILT_OK) {
		status = push_layers(result->trees[number], image, pulse, err);
	}
	image->rootfs = result->trees[number];
	return status;
}

/*
 * Layer `number` of an image; NULL if it is not in the bundle, or if trees have grown enough by layers that were stacked
 * before. The first time is free: what a layer costs was counted when it was read.
 */
static const struct silt_record *take_layer(struct work *work, const struct silt_declared_image *declared,
					    size_t number, struct silt_audited_image *image)
{
	const struct silt_result *result = work->result;
	const uint32_t member = declared->layers[number].member;
	const struct silt_member *members = result->inventory.members;
	if (member == SILT_MEMBER_NONE || members[member].kind != SILT_MEMBER_TAR) {
		return NULL;
	}
	const uint32_t record = members[member].record;
	const uint64_t more = work->stacked[record] ? result->records[record]->entry_count : 0;
	if (more > result->limits.value[SILT_LIMIT_STACKED_ENTRIES] - work->stacked_again) {
		image->left_out++;
		return NULL;
	}
	work->stacked[record] = true;
	work->stacked_again += more;
	return result->records[record];
}

static enum silt_status take_declared(struct work *work, const struct silt_declared_image *declared,
				      struct silt_audited_image *image, struct silt_error *err)
{
	struct silt_result *result = work->result;
	const struct silt_record **layers = silt_arena_alloc(&result->arena, declared->layer_count * sizeof(*layers));
	if (!layers) {
		return silt_fail_memory(err);
	}
	*image = (struct silt_audited_image){
		.limits = &result->limits,
		.declared = declared,
		.layers = layers,
		.layer_count = declared->layer_count,
	};
	for (size_t i = 0; i < declared->layer_count; i++) {
		layers[i] = take_layer(work, declared, i, image);
	}
	const struct silt_member *members = result->inventory.members;
	uint32_t config = declared->config_member;
	if (config != SILT_MEMBER_NONE && members[config].record != UINT32_MAX) {
		image->config = result->records[members[config].record];
	}
	return silt_describe_instructions(result, declared, &image->instructions, err);
}

/* A bare rootfs is one image of one layer: the bundle itself. */
static enum silt_status take_rootfs(struct silt_result *result, struct silt_audited_image *image,
				    struct silt_error *err)
{
	const struct silt_record **layers = silt_arena_alloc(&result->arena, sizeof(*layers));
	const char **instructions = silt_arena_alloc(&result->arena, sizeof(*instructions));
	if (!layers || !instructions) {
		return silt_fail_memory(err);
	}
	layers[0] = result->outer;
	instructions[0] = "";
	*image = (struct silt_audited_image){
		.limits = &result->limits, .layers = layers, .instructions = instructions, .layer_count = 1};
	return SILT_OK;
}

static enum silt_status take_images(struct work *work, const struct silt_options *options, struct silt_error *err)
{
	struct silt_result *result = work->result;
	const struct silt_images *declared = result->declared;
	bool rootfs = strcmp(declared->format, "rootfs") == 0;
	work->images = silt_arena_alloc(&result->arena, (declared->count + 1) * sizeof(*work->images));
	result->audited = work->images;
	work->stacked = silt_arena_alloc(&result->arena, result->record_count * sizeof(*work->stacked));
	result->trees = calloc(declared->count + 1, sizeof(struct silt_rootfs *));
	if (!work->images || !work->stacked || !result->trees) {
		return silt_fail_memory(err);
	}
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < declared->count && status == SILT_OK; i++) {
		if (silt_image_selected(&declared->images[i], options)) {
			status = take_declared(work, &declared->images[i], &work->images[work->count++], err);
		}
	}
	result->coverage.left_out_images = declared->count - work->count;
	if (rootfs && status == SILT_OK) {
		status = take_rootfs(result, &work->images[work->count++], err);
	}
	for (size_t i = 0; i < work->count && status == SILT_OK; i++) {
		result->image_count = i + 1;
		status = stack(result, i, &work->images[i], silt_pulse_of(options), err);
		work->images[i].base = silt_base_part_of(options, declared, &work->images[i], &result->inventory);
	}
	return status;
}

/* The first image by its name or platform, for people. NULL if memory ran out. */
static const char *first_image(const struct work *work)
{
	const struct silt_images *declared = work->result->declared;
	if (declared->count == 0) {
		return "none";
	}
	const struct silt_declared_image *image = &declared->images[0];
	struct silt_buffer text = {0};
	silt_escape(&text, image->name_count > 0 ? image->names[0] : image->platform);
	const char *copy = text.failed ? NULL
				       : silt_mask_copy(work->matches, silt_buffer_bytes(&text), &work->result->arena);
	silt_buffer_done(&text);
	return copy;
}

/* A reference that fits nothing is the caller's mistake; what there is helps to mend it. */
static enum silt_status demand_selection(const struct work *work, const struct silt_options *options,
					 struct silt_error *err)
{
	bool asked = options && (options->image || options->platform);
	if (!asked || work->count > 0) {
		return SILT_OK;
	}
	char reference[128], platform[64];
	const char *first = first_image(work);
	if (!first) {
		return silt_fail_memory(err);
	}
	return silt_fail(err, SILT_ERR_INPUT, "no image in it fits %s%s%s; it holds %zu, the first is %s",
			 silt_escape_text(silt_bytes_text(options->image), reference, sizeof(reference)),
			 options->image && options->platform ? " and " : "",
			 silt_escape_text(silt_bytes_text(options->platform), platform, sizeof(platform)),
			 work->result->declared->count, first);
}

static enum silt_status make_postures(struct work *work, const struct silt_context *context, struct silt_error *err)
{
	const struct silt_result *result = work->result;
	work->postures = silt_arena_alloc(context->arena, work->count * sizeof(*work->postures));
	enum silt_status status = work->postures ? SILT_OK : silt_fail_memory(err);
	for (size_t i = 0; i < work->count && status == SILT_OK; i++) {
		silt_pulse_beat(silt_pulse_of(context->options));
		status = silt_posture_make(context, i, work->matches, result->findings, result->finding_count,
					   &work->postures[i], err);
	}
	return status;
}

static enum silt_status run_checks(struct work *work, const struct silt_options *options, struct silt_error *err)
{
	struct silt_result *result = work->result;
	struct silt_context context = {
		.inventory = &result->inventory,
		.images_declared = result->declared,
		.records = (const struct silt_record *const *)result->records,
		.record_count = result->record_count,
		.outer = result->outer,
		.images = work->images,
		.image_count = work->count,
		.limits = &result->limits,
		.reached = &result->reached,
		.arena = &result->arena,
		.options = options,
		.matcher = result->matcher,
		.masker = silt_result_reader(result),
		.keep_secrets = options && options->keep_secrets,
		.now = options ? options->now : 0,
	};
	struct silt_findings *findings = NULL;
	enum silt_status status = silt_findings_new(&result->arena, &findings, err);
	if (status == SILT_OK) {
		silt_findings_judge(findings, &context);
		silt_findings_mask(findings, work->matches);
		status = silt_checks_run(&context, findings, err);
	}
	if (status == SILT_OK) {
		status = silt_tell_dropped(&context, findings, err);
	}
	if (status == SILT_OK) {
		status = silt_findings_end(findings, &result->findings, &result->finding_count,
					   &result->suppressed_count, err);
		result->suppressed = result->findings + result->finding_count;
		result->coverage.left_out_findings = silt_findings_left_out(findings);
	}
	if (status == SILT_OK) {
		status = make_postures(work, &context, err);
	}
	if (status == SILT_OK && result->wanting) {
		status = silt_sight_wanted(&context, options->wanted_count, work->matches, &result->wanted, err);
		result->wanted_count = status == SILT_OK ? options->wanted_count : 0;
	}
	silt_findings_free(findings);
	return status;
}

static enum silt_status describe(struct work *work, struct silt_error *err)
{
	struct silt_result *result = work->result;
	struct silt_image *images = silt_arena_alloc(&result->arena, work->count * sizeof(*images));
	if (!images) {
		return silt_fail_memory(err);
	}
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < work->count && status == SILT_OK; i++) {
		status = silt_describe_image(result, &work->images[i], work->matches, &images[i], err);
		images[i].posture = work->postures ? work->postures[i] : NULL;
	}
	result->images = images;
	return status == SILT_OK ? silt_describe_coverage(result, work->matches, err) : status;
}

static enum silt_status start_masking(struct work *work, const struct silt_options *options, struct silt_error *err)
{
	if (options && options->keep_secrets && !options->mask_names) {
		return SILT_OK;
	}
	work->matches = &work->search;
	return silt_line_matches_init(&work->search, silt_result_reader(work->result), err);
}

static enum silt_status judge(struct silt_result *result, const struct silt_options *options, struct silt_error *err)
{
	struct work work = {.result = result};
	enum silt_status status = silt_images_resolve(&result->inventory, &result->limits, &result->declared, err);
	if (status == SILT_OK) {
		result->format = result->declared->format;
		status = take_images(&work, options, err);
	}
	if (status == SILT_OK) {
		status = start_masking(&work, options, err);
	}
	if (status == SILT_OK) {
		status = demand_selection(&work, options, err);
	}
	if (status == SILT_OK && !(options && options->entries_only)) {
		status = run_checks(&work, options, err);
	}
	if (status == SILT_OK) {
		status = silt_number_stored(result, err);
	}
	if (status == SILT_OK) {
		status = describe(&work, err);
	}
	silt_line_matches_done(&work.search);
	return status;
}

static enum silt_status read_bundle(struct silt_bundle *bundle, const struct silt_options *options,
				    struct silt_result *result, struct silt_error *err)
{
	result->name = silt_escape_copy(&result->arena, silt_bytes_text(bundle->name));
	if (!result->name) {
		return silt_fail_memory(err);
	}
	enum silt_status status = SILT_OK;
	if (options && options->rules) {
		result->matcher = silt_rules_matcher(options->rules);
	} else {
		status = silt_matcher_shared(&result->matcher, err);
	}
	if (status == SILT_OK) {
		status = silt_choice_check(options, result->matcher, err);
	}
	if (status == SILT_OK && options && options->wanted_count > 0) {
		status = silt_matcher_new_wanting(result->matcher, options->wanted, options->wanted_count,
						  &result->wanting, err);
	}
	return status == SILT_OK ? silt_intake(bundle, silt_result_reader(result), options, result, err) : status;
}

/* What can be said of the options before anything is read. `*limits` becomes what they ask for. */
static enum silt_status demand_options(const struct silt_options *options, struct silt_limits *limits,
				       struct silt_error *err)
{
	if (options && options->image && !*options->image) {
		return silt_fail(err, SILT_ERR_USAGE, "the image to choose has an empty name");
	}
	if (options && options->platform && !strchr(options->platform, '/')) {
		return silt_fail(err, SILT_ERR_USAGE, "expected a platform OS/ARCH, such as linux/amd64");
	}
	return silt_limits_set(limits, options ? options->limits : NULL, options ? options->limit_count : 0, err);
}

enum silt_status silt_audit(struct silt_bundle *bundle, const struct silt_options *options, struct silt_result **out,
			    struct silt_error *err)
{
	if (bundle->used) {
		return silt_fail(err, SILT_ERR_USAGE, "a bundle can be audited once; open it again");
	}
	struct silt_limits limits;
	enum silt_status status = demand_options(options, &limits, err);
	if (status == SILT_OK) {
		status = silt_secure_init(err);
	}
	bundle->used = true;
	bundle->pulse = silt_pulse_of(options);
	if (status != SILT_OK) {
		return status;
	}
	struct silt_result *result = calloc(1, sizeof(*result));
	if (!result) {
		return silt_fail_memory(err);
	}
	result->limits = limits;
	status = read_bundle(bundle, options, result, err);
	if (status == SILT_OK) {
		status = judge(result, options, err);
	}
	silt_wipe_stack();
	if (status != SILT_OK) {
		silt_result_free(result);
		return status;
	}
	*out = result;
	return SILT_OK;
}
