/* What an image claims of its config and layers, compared with the members that hold them. */
#include "bundle/resolve.h"

#include "base/limits.h"

/* moby, layer/layer_store.go: maxLayerDepth. */
enum { DOCKER_LAYERS_MAX = 125 };

/* ---- Presence and content ---------------------------------------------------------------------------------------- */

static void check_config(struct silt_resolver *resolver, const struct silt_declared_image *image)
{
	if (image->config_member != SILT_MEMBER_NONE) {
		return;
	}
	char digest[SILT_DIGEST_TEXT_SIZE];
	silt_issue_raise(resolver, SILT_ISSUE_MISSING, image->manifest_member,
			 "An image names a config%s%s that is not in the bundle: users, environment and history are "
			 "unknown.",
			 image->config_digest.known ? " " : "", silt_digest_text(&image->config_digest, digest));
}

static void tell_absent(struct silt_resolver *resolver, const struct silt_declared_layer *layer, size_t number)
{
	if (layer->foreign) {
		silt_issue_raise(
			resolver, SILT_ISSUE_MISSING_FOREIGN, SILT_MEMBER_NONE,
			"Layer %zu, \"%s\", is a foreign layer: it is downloaded from elsewhere and not in the "
			"bundle. Its files are unknown.",
			number, silt_show(resolver, layer->claim));
		return;
	}
	silt_issue_raise(resolver, SILT_ISSUE_MISSING, SILT_MEMBER_NONE,
			 "Layer %zu is named \"%s\", which leads to no file in the bundle.%s", number,
			 silt_show(resolver, layer->claim),
			 layer->has_urls ? " It is downloaded from elsewhere; its files are unknown." : "");
}

/* A layer that is no tar. Empty files are layers without entries; in-toto statements are never unpacked. */
static void check_content(struct silt_resolver *resolver, const struct silt_declared_layer *layer, size_t number)
{
	const struct silt_member *member = silt_member_at(resolver, layer->member);
	if (member->kind == SILT_MEMBER_TAR || member->kind == SILT_MEMBER_EMPTY ||
	    silt_type_is_attestation(layer->media_type)) {
		return;
	}
	if (layer->encrypted) {
		silt_issue_raise(resolver, SILT_ISSUE_OPAQUE, layer->member,
				 "Layer %zu, %s, is encrypted: nothing in it was looked at.", number,
				 silt_show_member(resolver, layer->member));
		return;
	}
	silt_issue_raise(resolver, SILT_ISSUE_OPAQUE, layer->member,
			 "Expected a tar as layer %zu in %s, found %s: its files are unknown.", number,
			 silt_show_member(resolver, layer->member), silt_show_content(resolver, member));
}

/* ---- Diff IDs ---------------------------------------------------------------------------------------------------- */

/*
 * Damaged and sealed layers are not compared: what the digest of their content would be is unknown, and is reported
 * anyway.
 */
static void check_diff_id(struct silt_resolver *resolver, const struct silt_declared_layer *layer, size_t number)
{
	struct silt_digest claimed;
	char computed[SILT_DIGEST_TEXT_SIZE];
	if (!silt_digest_parse(layer->diff_id, &claimed)) {
		silt_issue_raise(
			resolver, SILT_ISSUE_DIFF_ID, layer->member,
			"Expected \"sha256:\" and 64 lower-case hex digits as diff ID of layer %zu, found \"%s\".",
			number, silt_show(resolver, layer->diff_id));
		return;
	}
	if (layer->member == SILT_MEMBER_NONE) {
		return;
	}
	const struct silt_member *member = silt_member_at(resolver, layer->member);
	bool readable = member->kind == SILT_MEMBER_TAR || member->kind == SILT_MEMBER_EMPTY;
	if (!readable || member->damaged || !silt_member_content(member)->known) {
		return;
	}
	if (!silt_digest_equal(&claimed, silt_member_content(member))) {
		silt_issue_raise(resolver, SILT_ISSUE_DIFF_ID, layer->member,
				 "The config states the diff ID %s for layer %zu, but the content of %s has %s.",
				 silt_show(resolver, layer->diff_id), number, silt_show_member(resolver, layer->member),
				 silt_digest_text(silt_member_content(member), computed));
	}
}

/* Legacy configs have no diff IDs, and of an absent config none are known. */
static void check_diff_ids(struct silt_resolver *resolver, const struct silt_declared_image *image)
{
	if (image->config_member == SILT_MEMBER_NONE || (image->declared & SILT_DECLARED_LEGACY)) {
		return;
	}
	const struct silt_config *config = &image->config;
	size_t most = silt_limit_size(resolver->limits, SILT_LIMIT_LAYERS);
	bool cut = image->layer_count == most && config->diff_id_count > most; /* told as such */
	if (config->diff_id_count != image->layer_count && !cut) {
		silt_issue_raise(resolver, SILT_ISSUE_DIFF_ID, image->config_member,
				 "The config %s states %zu diff ID%s for an image of %zu layer%s.",
				 silt_show_member(resolver, image->config_member), config->diff_id_count,
				 config->diff_id_count == 1 ? "" : "s", image->layer_count,
				 image->layer_count == 1 ? "" : "s");
	}
	for (size_t i = 0; i < image->layer_count && i < config->diff_id_count; i++) {
		check_diff_id(resolver, &image->layers[i], i + 1);
	}
}

/* ---- The whole --------------------------------------------------------------------------------------------------- */

void silt_image_verify(struct silt_resolver *resolver, uint32_t number)
{
	const struct silt_declared_image *image = &resolver->images->images[number];
	check_config(resolver, image);
	if (image->layer_count > DOCKER_LAYERS_MAX) {
		silt_issue_raise(resolver, SILT_ISSUE_MANY_LAYERS, image->config_member,
				 "An image has %zu layers, and Docker loads none with more than %d.",
				 image->layer_count, DOCKER_LAYERS_MAX);
	}
	for (size_t i = 0; i < image->layer_count; i++) {
		if (image->layers[i].member == SILT_MEMBER_NONE) {
			tell_absent(resolver, &image->layers[i], i + 1);
		} else {
			check_content(resolver, &image->layers[i], i + 1);
		}
	}
	check_diff_ids(resolver, image);
}
