/* Telling JSON documents apart by their keys, by Go's key rules (silt_json_get). */
#include "bundle/inventory.h"

static bool has(const struct silt_json_value *object, const char *key)
{
	return silt_json_get(object, key) != NULL;
}

static bool has_text(const struct silt_json_value *object, const char *key)
{
	return silt_json_type(silt_json_get(object, key)) == SILT_JSON_STRING;
}

static bool has_array(const struct silt_json_value *object, const char *key)
{
	return silt_json_type(silt_json_get(object, key)) == SILT_JSON_ARRAY;
}

static bool has_object(const struct silt_json_value *object, const char *key)
{
	return silt_json_type(silt_json_get(object, key)) == SILT_JSON_OBJECT;
}

static bool is_archive_manifest(const struct silt_json_value *root)
{
	for (size_t i = 0; i < silt_json_count(root); i++) {
		const struct silt_json_value *item = silt_json_at(root, i);
		if (has(item, "Config") || has(item, "Layers")) {
			return true;
		}
	}
	return false;
}

static bool is_oci_layout(const struct silt_json_value *root)
{
	return has(root, "imageLayoutVersion");
}

/* Null counts: docker 25 wrote "manifests": null (moby #47210). */
static bool is_index(const struct silt_json_value *root)
{
	return has_array(root, "manifests") ||
	       (has(root, "manifests") && silt_json_type(silt_json_get(root, "manifests")) == SILT_JSON_NULL);
}

/* Docker 25.0.0 left the layers out (moby #47065), so a config descriptor alone is enough. */
static bool is_manifest(const struct silt_json_value *root)
{
	const struct silt_json_value *layers = silt_json_get(root, "layers");
	return has_text(silt_json_get(root, "config"), "digest") || has_text(silt_json_at(layers, 0), "digest") ||
	       (layers && has_object(root, "config") && has(root, "schemaVersion"));
}

static bool is_attestation(const struct silt_json_value *root)
{
	bool statement = has(root, "_type") && has(root, "predicateType");
	bool envelope = has(root, "payloadType") && has(root, "payload") && has(root, "signatures");
	return statement || envelope;
}

static bool is_config_with_rootfs(const struct silt_json_value *root)
{
	return has_object(root, "rootfs");
}

static bool is_legacy(const struct silt_json_value *root)
{
	return has_text(root, "id") && (has(root, "container_config") || has(root, "config") || has(root, "parent"));
}

/* The platform must be text: "config" beside an array "os" is a package.json. */
static bool is_config_without_rootfs(const struct silt_json_value *root)
{
	bool platform = has_text(root, "os") || has_text(root, "architecture");
	return platform && (has_object(root, "config") || has_array(root, "history"));
}

static bool are_tags(const struct silt_json_value *tags)
{
	struct silt_bytes tag;
	const struct silt_json_value *id;
	struct silt_digest digest;
	for (size_t i = 0; silt_json_member(tags, i, &tag, &id); i++) {
		if (!silt_digest_parse_hex(silt_json_string(id), &digest)) {
			return false;
		}
	}
	return silt_json_type(tags) == SILT_JSON_OBJECT && silt_json_count(tags) > 0;
}

static bool is_repositories(const struct silt_json_value *root)
{
	struct silt_bytes name;
	const struct silt_json_value *tags;
	for (size_t i = 0; silt_json_member(root, i, &name, &tags); i++) {
		if (!are_tags(tags)) {
			return false;
		}
	}
	return silt_json_type(root) == SILT_JSON_OBJECT && silt_json_count(root) > 0;
}

/*
 * The first row that matches decides. An index comes before a manifest, so that a document that is both (CVE-2021-41190)
 * is met where it can do most; the config of an image may hold an "id", but v1 layer json holds no "rootfs".
 */
static const struct {
	enum silt_document_kind kind;
	bool (*matches)(const struct silt_json_value *root);
	const char *name;
} kinds[] = {
	{SILT_DOCUMENT_ARCHIVE_MANIFEST, is_archive_manifest, "docker archive manifest"},
	{SILT_DOCUMENT_OCI_LAYOUT, is_oci_layout, "OCI layout marker"},
	{SILT_DOCUMENT_INDEX, is_index, "OCI index"},
	{SILT_DOCUMENT_MANIFEST, is_manifest, "image manifest"},
	{SILT_DOCUMENT_ATTESTATION, is_attestation, "attestation"},
	{SILT_DOCUMENT_CONFIG, is_config_with_rootfs, "image config"},
	{SILT_DOCUMENT_LEGACY, is_legacy, "legacy layer json"},
	{SILT_DOCUMENT_CONFIG, is_config_without_rootfs, "image config"},
	{SILT_DOCUMENT_REPOSITORIES, is_repositories, "docker repositories file"},
};

enum silt_document_kind silt_document_classify(const struct silt_json *document)
{
	const struct silt_json_value *root = silt_json_root(document);
	for (size_t i = 0; i < SILT_COUNT(kinds); i++) {
		if (kinds[i].matches(root)) {
			return kinds[i].kind;
		}
	}
	return SILT_DOCUMENT_OTHER;
}

const char *silt_document_kind_name(enum silt_document_kind kind)
{
	for (size_t i = 0; i < SILT_COUNT(kinds); i++) {
		if (kinds[i].kind == kind) {
			return kinds[i].name;
		}
	}
	return "JSON document";
}
