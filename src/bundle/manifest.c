/* OCI and Docker image manifests (image-spec manifest.md). */
#include "bundle/resolve.h"

/* A manifest while it is read. */
struct reading {
	uint32_t member;
	const struct silt_found *found;
	const struct silt_json_value *layers;
	struct silt_descriptor config;
	uint32_t config_member;
};

static const struct silt_descriptor *innermost(const struct silt_found *found)
{
	return found->way_count > 0 ? found->way[found->way_count - 1] : NULL;
}

/* What is made of a manifest depends on how it was come upon, in no more ways than these. */
static enum silt_manifest_claim claim_of(const struct silt_found *found)
{
	if (innermost(found) && innermost(found)->attestation) {
		return SILT_CLAIM_ATTESTATION;
	}
	return found->group != SILT_MEMBER_NONE ? SILT_CLAIM_NESTED : SILT_CLAIM_DIRECT;
}

/* ---- What it is -------------------------------------------------------------------------------------------------- */

struct layer_kinds {
	size_t tars, attestations, artefacts;
};

static struct layer_kinds count_kinds(struct silt_resolver *resolver, const struct silt_json_value *layers)
{
	struct layer_kinds kinds = {0};
	for (size_t i = 0; i < silt_json_count(layers); i++) {
		struct silt_descriptor layer;
		silt_descriptor_read(silt_json_at(layers, i), &layer);
		uint32_t member = silt_lookup_digest(&resolver->lookup, &layer.digest);
		kinds.tars += member != SILT_MEMBER_NONE && silt_member_at(resolver, member)->kind == SILT_MEMBER_TAR;
		kinds.attestations += silt_type_is_attestation(layer.media_type);
		kinds.artefacts += layer.media_type.len > 0 && !silt_type_is_layer(layer.media_type);
	}
	return kinds;
}

static bool has_image_config(const struct silt_resolver *resolver, const struct reading *reading)
{
	return reading->config_member != SILT_MEMBER_NONE &&
	       silt_member_at(resolver, reading->config_member)->document_kind == SILT_DOCUMENT_CONFIG;
}

/*
 * Annotations and media types are claims: an image config with a tar among its layers is an image whatever it is called,
 * so that nothing hides behind the name of an attestation.
 */
static enum silt_manifest_is judge(struct silt_resolver *resolver, const struct reading *reading)
{
	size_t count = silt_json_count(reading->layers);
	struct layer_kinds kinds = count_kinds(resolver, reading->layers);
	enum silt_manifest_claim claim = claim_of(reading->found);
	if (kinds.tars > 0 && has_image_config(resolver, reading)) {
		return SILT_MANIFEST_IMAGE;
	}
	if (claim == SILT_CLAIM_ATTESTATION || (count > 0 && kinds.attestations == count)) {
		return SILT_MANIFEST_ATTESTATION;
	}
	bool odd_config = reading->config.media_type.len > 0 && !silt_type_is_config(reading->config.media_type);
	if ((odd_config && !has_image_config(resolver, reading)) || (count > 0 && kinds.artefacts == count)) {
		return SILT_MANIFEST_ARTEFACT;
	}
	bool absent = reading->config_member == SILT_MEMBER_NONE;
	return absent && claim == SILT_CLAIM_NESTED ? SILT_MANIFEST_ELSEWHERE : SILT_MANIFEST_IMAGE;
}

/* ---- No image ---------------------------------------------------------------------------------------------------- */

static void use_blob(struct silt_resolver *resolver, const struct silt_descriptor *blob, bool attestation,
		     uint32_t manifest)
{
	uint32_t member = silt_blob_find(resolver, blob);
	silt_member_use(resolver, member);
	if (member == SILT_MEMBER_NONE) {
		bool by_design = attestation || blob->foreign || blob->has_urls;
		silt_issue_raise(resolver, by_design ? SILT_ISSUE_MISSING_BY_DESIGN : SILT_ISSUE_MISSING, manifest,
				 "%s %s names the blob \"%s\", which is not in the bundle.",
				 attestation ? "The attestation" : "The artefact", silt_show_member(resolver, manifest),
				 silt_show(resolver, blob->digest_text));
	}
}

/* Attestations and artefacts: their blobs belong to something, and none of them is a filesystem. */
static void use_blobs(struct silt_resolver *resolver, const struct reading *reading, bool attestation)
{
	struct silt_descriptor blob;
	use_blob(resolver, &reading->config, attestation, reading->member);
	for (size_t i = 0; i < silt_json_count(reading->layers); i++) {
		silt_descriptor_read(silt_json_at(reading->layers, i), &blob);
		use_blob(resolver, &blob, attestation, reading->member);
	}
}

/* ---- An image ---------------------------------------------------------------------------------------------------- */

static void read_layer(struct silt_resolver *resolver, const struct silt_json_value *value,
		       struct silt_declared_layer *layer)
{
	struct silt_descriptor descriptor;
	silt_descriptor_read(value, &descriptor);
	layer->member = silt_blob_find(resolver, &descriptor);
	layer->claim = descriptor.digest_text;
	layer->media_type = descriptor.media_type;
	layer->foreign = descriptor.foreign;
	layer->has_urls = descriptor.has_urls;
	layer->encrypted = silt_type_is_encrypted(descriptor.media_type);
	if (layer->member != SILT_MEMBER_NONE) {
		silt_blob_check_type(resolver, layer->member, descriptor.media_type);
	}
}

static void read_config(struct silt_resolver *resolver, const struct reading *reading, struct silt_draft *draft)
{
	struct silt_declared_image *image = &draft->image;
	image->config_member = reading->config_member;
	image->config_digest = reading->config.digest;
	if (reading->config_member != SILT_MEMBER_NONE) {
		image->config = *silt_config_use(resolver, reading->config_member);
		image->config_digest = *silt_member_digest(silt_member_at(resolver, reading->config_member));
	}
	silt_draft_platform(resolver, draft, image->config.os, image->config.architecture, image->config.variant);
	for (size_t i = reading->found->way_count; i > 0 && image->platform.len == 0; i--) {
		const struct silt_json_value *platform = reading->found->way[i - 1]->platform;
		silt_draft_platform(resolver, draft, silt_json_string(silt_json_get(platform, "os")),
				    silt_json_string(silt_json_get(platform, "architecture")),
				    silt_json_string(silt_json_get(platform, "variant")));
	}
}

/* The names and platforms that the descriptors on the way here give; containerd's full name and the bare tag of the layout. */
static void read_names(struct silt_resolver *resolver, const struct silt_found *found)
{
	static const char *const keys[] = {"io.containerd.image.name", "org.opencontainers.image.ref.name"};
	for (size_t i = 0; i < found->way_count; i++) {
		for (size_t key = 0; key < SILT_COUNT(keys); key++) {
			const struct silt_json_value *name = silt_json_get(found->way[i]->annotations, keys[key]);
			silt_draft_name(resolver, silt_json_string(name));
		}
		silt_draft_stated(resolver, found->way[i]->platform);
	}
}

static void start_draft(struct silt_resolver *resolver, const struct silt_found *found, struct silt_draft *draft)
{
	silt_draft_start(resolver, draft, found->declared);
	draft->group = found->group;
}

static void read_image(struct silt_resolver *resolver, const struct reading *reading)
{
	struct silt_draft draft;
	start_draft(resolver, reading->found, &draft);
	read_names(resolver, reading->found);
	draft.image.manifest_member = reading->member;
	draft.image.manifest_digest = silt_member_at(resolver, reading->member)->digest;
	read_config(resolver, reading, &draft);
	silt_draft_layers(resolver, &draft, silt_json_count(reading->layers), reading->member);
	for (size_t i = 0; i < draft.image.layer_count; i++) {
		read_layer(resolver, silt_json_at(reading->layers, i), &draft.image.layers[i]);
		if (i < draft.image.config.diff_id_count) {
			draft.image.layers[i].diff_id = draft.image.config.diff_ids[i];
		}
	}
	if (claim_of(reading->found) == SILT_CLAIM_ATTESTATION) {
		silt_issue_raise(
			resolver, SILT_ISSUE_MEDIA_TYPE, reading->member,
			"%s is declared as an attestation, but it has an image config and a tar as layer: it is "
			"audited as an image.",
			silt_show_member(resolver, reading->member));
	}
	resolver->notes[reading->member].image = silt_draft_place(resolver, &draft);
}

/* A manifest that an index names again, by another tag: only the names are new. */
static void add_names(struct silt_resolver *resolver, const struct silt_found *found, uint32_t image)
{
	struct silt_draft draft;
	start_draft(resolver, found, &draft);
	read_names(resolver, found);
	silt_draft_give(resolver, &draft, image);
}

/* ---- The whole --------------------------------------------------------------------------------------------------- */

static enum silt_manifest_is read_new(struct silt_resolver *resolver, struct reading *reading)
{
	const struct silt_json_value *root = silt_document_use(resolver, reading->member);
	silt_shape_check(resolver, reading->member, SILT_SHAPE_MANIFEST);
	const struct silt_json_value *layers = silt_json_get(root, "layers");
	reading->layers = silt_json_type(layers) == SILT_JSON_ARRAY ? layers : NULL;
	silt_descriptor_read(silt_json_get(root, "config"), &reading->config);
	reading->config_member = silt_blob_find(resolver, &reading->config);
	enum silt_manifest_is kind = judge(resolver, reading);
	if (kind == SILT_MANIFEST_IMAGE) {
		read_image(resolver, reading);
	} else if (kind != SILT_MANIFEST_ELSEWHERE) {
		use_blobs(resolver, reading, kind == SILT_MANIFEST_ATTESTATION);
	}
	return kind;
}

enum silt_manifest_is silt_manifest_read(struct silt_resolver *resolver, uint32_t member,
					 const struct silt_found *found)
{
	struct silt_member_note *note = &resolver->notes[member];
	uint8_t *kind = &note->manifest_is[claim_of(found)];
	if (*kind == 0) {
		struct reading reading = {.member = member, .found = found};
		*kind = (uint8_t)read_new(resolver, &reading);
	} else if (*kind == SILT_MANIFEST_IMAGE) {
		add_names(resolver, found, note->image);
	}
	return (enum silt_manifest_is) * kind;
}
