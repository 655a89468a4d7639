/*
 * Docker's manifest.json: what `docker load` believes.
 *
 *     [{"Config": "<hex>.json", "RepoTags": ["app:1"], "Layers": ["<id>/layer.tar", ...],
 *       "LayerSources": {"<diff ID>": {"mediaType": ..., "urls": [...]}}}, ...]
 *
 * Config and Layers are paths of members. RepoTags and Layers may be null. LayerSources is a copy of registry
 * descriptors and speaks of blobs that are not in the archive (ggcr #1870), so it serves only to tell foreign layers.
 */
#include "bundle/resolve.h"

static uint32_t find_path(struct silt_resolver *resolver, struct silt_bytes path, uint32_t document)
{
	bool escapes;
	uint32_t member = silt_lookup_path(&resolver->lookup, path, &escapes);
	if (escapes) {
		silt_issue_raise(
			resolver, SILT_ISSUE_ESCAPE, document,
			"%s names the file \"%s\", which climbs above the root of the bundle; it was looked for "
			"below it.",
			silt_show_member(resolver, document), silt_show(resolver, path));
	}
	return member;
}

/* A config is found by its path, but its name states a digest all the same, and the image ID is that digest. */
static void check_config_name(struct silt_resolver *resolver, uint32_t number, struct silt_bytes path)
{
	const struct silt_digest *digest = silt_member_digest(silt_member_at(resolver, number));
	struct silt_digest stated;
	char computed[SILT_DIGEST_TEXT_SIZE];
	if (!silt_name_digest(path, &stated) || !digest->known || silt_digest_equal(&stated, digest) ||
	    resolver->notes[number].told_digest) {
		return;
	}
	resolver->notes[number].told_digest = true;
	silt_issue_raise(resolver, SILT_ISSUE_DIGEST, number,
			 "The config is named \"%s\", but the digest of its bytes is %s: damaged or altered.",
			 silt_show(resolver, path), silt_digest_text(digest, computed));
}

static void read_config(struct silt_resolver *resolver, const struct silt_json_value *item, uint32_t document,
			struct silt_draft *draft)
{
	struct silt_declared_image *image = &draft->image;
	struct silt_bytes path = silt_json_string(silt_json_get(item, "Config"));
	image->config_member = find_path(resolver, path, document);
	if (image->config_member == SILT_MEMBER_NONE) {
		if (!silt_name_digest(path, &image->config_digest)) {
			image->config_digest = (struct silt_digest){0};
		}
		return;
	}
	check_config_name(resolver, image->config_member, path);
	image->config = *silt_config_use(resolver, image->config_member);
	image->config_digest = *silt_member_digest(silt_member_at(resolver, image->config_member));
	silt_draft_platform(resolver, draft, image->config.os, image->config.architecture, image->config.variant);
}

/* What LayerSources says of an absent layer, by its diff ID. Its keys are those of a map: compared byte by byte. */
static void read_source(const struct silt_json_value *sources, struct silt_declared_layer *layer)
{
	struct silt_bytes key;
	const struct silt_json_value *value;
	for (size_t i = 0; layer->diff_id.len > 0 && silt_json_member(sources, i, &key, &value); i++) {
		if (silt_bytes_equal(key, layer->diff_id)) {
			struct silt_descriptor descriptor;
			silt_descriptor_read(value, &descriptor);
			layer->foreign = descriptor.foreign;
			layer->has_urls = descriptor.has_urls;
			return;
		}
	}
}

static void read_layers(struct silt_resolver *resolver, const struct silt_json_value *item, uint32_t document,
			struct silt_draft *draft)
{
	const struct silt_json_value *paths = silt_json_get(item, "Layers");
	const struct silt_json_value *sources = silt_json_get(item, "LayerSources");
	struct silt_declared_image *image = &draft->image;
	silt_draft_layers(resolver, draft, silt_json_type(paths) == SILT_JSON_ARRAY ? silt_json_count(paths) : 0,
			  document);
	for (size_t i = 0; i < image->layer_count; i++) {
		struct silt_declared_layer *layer = &image->layers[i];
		layer->claim = silt_json_string(silt_json_at(paths, i));
		layer->member = find_path(resolver, layer->claim, document);
		if (i < image->config.diff_id_count) {
			layer->diff_id = image->config.diff_ids[i];
		}
		if (layer->member == SILT_MEMBER_NONE) {
			read_source(sources, layer);
		} else {
			silt_blob_check_path(resolver, layer->member, layer->claim);
		}
	}
}

/* False if there is no room for further images. */
static bool read_item(struct silt_resolver *resolver, const struct silt_json_value *item, uint32_t document)
{
	struct silt_draft draft;
	silt_draft_start(resolver, &draft, SILT_DECLARED_ARCHIVE);
	const struct silt_json_value *tags = silt_json_get(item, "RepoTags");
	for (size_t i = 0; i < silt_json_count(tags); i++) {
		silt_draft_name(resolver, silt_json_string(silt_json_at(tags, i)));
	}
	read_config(resolver, item, document, &draft);
	read_layers(resolver, item, document, &draft);
	return silt_draft_place(resolver, &draft) != SILT_IMAGE_NONE;
}

void silt_archive_manifest_read(struct silt_resolver *resolver, uint32_t member)
{
	const struct silt_json_value *root = silt_document_use(resolver, member);
	bool room = true;
	silt_shape_check(resolver, member, SILT_SHAPE_ARCHIVE_MANIFEST);
	resolver->archive_documents++;
	for (size_t i = 0; i < silt_json_count(root) && room; i++) {
		const struct silt_json_value *item = silt_json_at(root, i);
		if (silt_json_get(item, "Config") || silt_json_get(item, "Layers")) {
			room = read_item(resolver, item, member);
		} else {
			silt_issue_raise(resolver, SILT_ISSUE_OPAQUE, member,
					 "Item %zu of %s names neither Config nor Layers: it declares no image.", i + 1,
					 silt_show_member(resolver, member));
		}
	}
}
