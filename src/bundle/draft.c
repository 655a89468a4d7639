/* Drafts of images, and folding equal ones into one. */
#include "bundle/resolve.h"

#include "base/limits.h"

#include <stdlib.h>

/* ---- Filling ----------------------------------------------------------------------------------------------------- */

void silt_draft_start(struct silt_resolver *resolver, struct silt_draft *draft, unsigned declared)
{
	*draft = (struct silt_draft){
		.image = {.config_member = SILT_MEMBER_NONE, .manifest_member = SILT_MEMBER_NONE, .declared = declared},
		.group = SILT_MEMBER_NONE,
		.first_issue = resolver->images->issue_count,
		.first_name = resolver->name_count,
	};
}

void silt_draft_layers(struct silt_resolver *resolver, struct silt_draft *draft, size_t count, uint32_t document)
{
	const size_t most = silt_limit_size(resolver->limits, SILT_LIMIT_LAYERS);
	if (count > most) {
		silt_issue_limit(resolver, SILT_LIMIT_LAYERS, document,
				 "%s gives an image %zu layers; silt stacks the first %zu of them",
				 silt_show_member(resolver, document), count, most);
		count = most;
	}
	draft->image.layers = silt_arena_alloc(resolver->arena, count * sizeof(*draft->image.layers));
	draft->image.layer_count = draft->image.layers ? count : 0;
	resolver->failed |= !draft->image.layers;
	for (size_t i = 0; i < draft->image.layer_count; i++) {
		draft->image.layers[i].member = SILT_MEMBER_NONE;
	}
}

static void add_name(struct silt_resolver *resolver, struct silt_bytes name, bool platform)
{
	if (name.len == 0) {
		return;
	}
	void *names = resolver->names;
	if (!silt_grow(&names, resolver->name_count, &resolver->name_capacity, sizeof(*resolver->names))) {
		resolver->failed = true;
		return;
	}
	resolver->names = names;
	resolver->names[resolver->name_count++] = (struct silt_image_name){SILT_IMAGE_NONE, platform, name};
}

void silt_draft_name(struct silt_resolver *resolver, struct silt_bytes name)
{
	add_name(resolver, name, false);
}

/* "os/architecture[/variant]"; empty if neither is known. */
static struct silt_bytes platform_text(struct silt_resolver *resolver, struct silt_bytes os,
				       struct silt_bytes architecture, struct silt_bytes variant)
{
	if (os.len == 0 && architecture.len == 0) {
		return silt_bytes(NULL, 0);
	}
	struct silt_buffer text = {0};
	silt_buffer_add(&text, os);
	silt_buffer_add_byte(&text, '/');
	silt_buffer_add(&text, architecture);
	if (variant.len > 0) {
		silt_buffer_add_byte(&text, '/');
		silt_buffer_add(&text, variant);
	}
	struct silt_bytes copy = silt_arena_copy(resolver->arena, silt_buffer_bytes(&text));
	resolver->failed |= text.failed || !copy.ptr;
	silt_buffer_done(&text);
	return copy;
}

void silt_draft_stated(struct silt_resolver *resolver, const struct silt_json_value *platform)
{
	add_name(resolver,
		 platform_text(resolver, silt_json_string(silt_json_get(platform, "os")),
			       silt_json_string(silt_json_get(platform, "architecture")),
			       silt_json_string(silt_json_get(platform, "variant"))),
		 true);
}

void silt_draft_platform(struct silt_resolver *resolver, struct silt_draft *draft, struct silt_bytes os,
			 struct silt_bytes architecture, struct silt_bytes variant)
{
	struct silt_bytes text = platform_text(resolver, os, architecture, variant);
	draft->image.platform = text.len > 0 ? text : draft->image.platform;
}

/* ---- Equal images ------------------------------------------------------------------------------------------------ */

/* Absent layers are the same if their documents state the same digest, whatever path they put around it. */
static bool same_claim(struct silt_bytes a, struct silt_bytes b)
{
	struct silt_digest of_a, of_b;
	if (silt_name_digest(a, &of_a) && silt_name_digest(b, &of_b)) {
		return silt_digest_equal(&of_a, &of_b);
	}
	return silt_bytes_equal(a, b);
}

static bool same_layer(const struct silt_resolver *resolver, const struct silt_declared_layer *a,
		       const struct silt_declared_layer *b)
{
	if (a->member == SILT_MEMBER_NONE || b->member == SILT_MEMBER_NONE) {
		return a->member == b->member && same_claim(a->claim, b->claim);
	}
	return a->member == b->member || silt_digest_equal(silt_member_content(silt_member_at(resolver, a->member)),
							   silt_member_content(silt_member_at(resolver, b->member)));
}

static bool same_config(const struct silt_declared_image *a, const struct silt_declared_image *b)
{
	if (a->config_digest.known || b->config_digest.known) {
		return silt_digest_equal(&a->config_digest, &b->config_digest);
	}
	return a->config_member == b->config_member;
}

static bool same_image(const struct silt_resolver *resolver, const struct silt_declared_image *a,
		       const struct silt_declared_image *b)
{
	if (a->layer_count != b->layer_count || !same_config(a, b)) {
		return false;
	}
	for (size_t i = 0; i < a->layer_count; i++) {
		if (!same_layer(resolver, &a->layers[i], &b->layers[i])) {
			return false;
		}
	}
	return true;
}

static uint32_t find_equal(const struct silt_resolver *resolver, const struct silt_declared_image *image)
{
	for (size_t i = 0; i < resolver->images->count; i++) {
		if (same_image(resolver, &resolver->images->images[i], image)) {
			return (uint32_t)i;
		}
	}
	return SILT_IMAGE_NONE;
}

/* ---- Placing ----------------------------------------------------------------------------------------------------- */

/* What only the other document knew: media types, the manifest, the platform. */
static void fold(struct silt_declared_image *image, const struct silt_declared_image *other)
{
	if (image->manifest_member == SILT_MEMBER_NONE) {
		image->manifest_member = other->manifest_member;
		image->manifest_digest = other->manifest_digest;
	}
	if (image->platform.len == 0) {
		image->platform = other->platform;
	}
	for (size_t i = 0; i < image->layer_count; i++) {
		struct silt_declared_layer *layer = &image->layers[i];
		const struct silt_declared_layer *more = &other->layers[i];
		if (layer->media_type.len == 0) {
			layer->media_type = more->media_type;
		}
		layer->foreign |= more->foreign;
		layer->has_urls |= more->has_urls;
		layer->encrypted |= more->encrypted;
	}
}

void silt_draft_give(struct silt_resolver *resolver, struct silt_draft *draft, uint32_t image)
{
	struct silt_images *images = resolver->images;
	for (size_t i = draft->first_issue; i < images->issue_count; i++) {
		images->issues[i].image = image;
	}
	for (size_t i = draft->first_name; i < resolver->name_count; i++) {
		resolver->names[i].image = image;
	}
	if (image == SILT_IMAGE_NONE) {
		resolver->name_count = draft->first_name;
		return;
	}
	images->images[image].declared |= draft->image.declared;
	if (resolver->groups[image] == SILT_MEMBER_NONE) {
		resolver->groups[image] = draft->group;
	}
}

static uint32_t append(struct silt_resolver *resolver, const struct silt_draft *draft)
{
	struct silt_images *images = resolver->images;
	void *list = images->images;
	bool ok = silt_grow(&list, images->count, &resolver->image_capacity, sizeof(*images->images));
	images->images = list;
	void *groups = resolver->groups;
	ok = ok && silt_grow(&groups, images->count, &resolver->group_capacity, sizeof(*resolver->groups));
	resolver->groups = groups;
	if (!ok) {
		resolver->failed = true;
		return SILT_IMAGE_NONE;
	}
	resolver->groups[images->count] = SILT_MEMBER_NONE;
	images->images[images->count] = draft->image;
	return (uint32_t)images->count++;
}

static void use_members(struct silt_resolver *resolver, const struct silt_declared_image *image)
{
	silt_member_use(resolver, image->config_member);
	silt_member_use(resolver, image->manifest_member);
	for (size_t i = 0; i < image->layer_count; i++) {
		silt_member_use(resolver, image->layers[i].member);
	}
}

static uint32_t add_new(struct silt_resolver *resolver, struct silt_draft *draft)
{
	if (resolver->images->count >= resolver->limits->value[SILT_LIMIT_IMAGES]) {
		silt_issue_limit(resolver, SILT_LIMIT_IMAGES, SILT_MEMBER_NONE,
				 "The bundle declares more images; the rest was not audited as images");
		silt_draft_give(resolver, draft, SILT_IMAGE_NONE);
		return SILT_IMAGE_NONE;
	}
	uint32_t image = append(resolver, draft);
	if (image != SILT_IMAGE_NONE) {
		silt_image_verify(resolver, image);
	}
	silt_draft_give(resolver, draft, image);
	return image;
}

uint32_t silt_draft_place(struct silt_resolver *resolver, struct silt_draft *draft)
{
	if (resolver->failed) {
		return SILT_IMAGE_NONE;
	}
	use_members(resolver, &draft->image);
	uint32_t known = find_equal(resolver, &draft->image);
	if (known == SILT_IMAGE_NONE) {
		return add_new(resolver, draft);
	}
	fold(&resolver->images->images[known], &draft->image);
	silt_draft_give(resolver, draft, known);
	return known;
}
