/* Writes configs, manifests and indexes around layers. */
#include "support/image_writer.h"

#include "stream/digest.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

const char *image_digest(struct silt_bytes bytes, char *text)
{
	struct silt_error err = {0};
	struct silt_hasher *hasher = NULL;
	struct silt_digest digest;
	assert(silt_hasher_new(&hasher, &err) == SILT_OK);
	silt_hasher_add(hasher, bytes);
	silt_hasher_end(hasher, &digest);
	silt_hasher_free(hasher);
	return silt_digest_text(&digest, text);
}

static const char *hex(struct silt_bytes bytes, char *text)
{
	return image_digest(bytes, text) + strlen("sha256:");
}

struct silt_buffer image_config(const struct image *image)
{
	char text[SILT_DIGEST_TEXT_SIZE];
	struct silt_buffer json = {0};
	silt_buffer_printf(&json, "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{%s},",
			   image->config ? image->config : "");
	silt_buffer_add_text(&json, "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[");
	for (size_t i = 0; i < image->layer_count; i++) {
		silt_buffer_printf(&json, "%s\"%s\"", i ? "," : "", image_digest(image->layers[i].tar, text));
	}
	silt_buffer_printf(&json, "]},\"history\":[%s", image->history ? image->history : "");
	for (size_t i = 0; i < image->layer_count; i++) {
		silt_buffer_printf(&json, "%s{\"created_by\":\"%s\"}", i ? "," : "", image->layers[i].created_by);
	}
	silt_buffer_add_text(&json, "]}");
	assert(!json.failed);
	return json;
}

/* ---- docker -------------------------------------------------------------------------------------------------------- */

static void docker_image(struct tar_writer *w, const struct image *image, bool first, struct silt_buffer *manifest)
{
	char text[SILT_DIGEST_TEXT_SIZE], name[SILT_DIGEST_TEXT_SIZE + 16];
	struct silt_buffer config = image_config(image);
	silt_buffer_printf(manifest, "%s{\"Config\":\"%s.json\",\"RepoTags\":", first ? "" : ",",
			   hex(silt_buffer_bytes(&config), text));
	if (image->name) {
		silt_buffer_printf(manifest, "[\"%s\"],\"Layers\":[", image->name);
	} else {
		silt_buffer_add_text(manifest, "null,\"Layers\":[");
	}
	for (size_t i = 0; i < image->layer_count; i++) {
		snprintf(name, sizeof(name), "%s.tar", hex(image->layers[i].tar, text));
		tar_file(w, name, 0444, image->layers[i].tar);
		silt_buffer_printf(manifest, "%s\"%s\"", i ? "," : "", name);
	}
	silt_buffer_add_text(manifest, "]}");
	snprintf(name, sizeof(name), "%s.json", hex(silt_buffer_bytes(&config), text));
	tar_file(w, name, 0444, silt_buffer_bytes(&config));
	silt_buffer_done(&config);
}

void image_docker(struct tar_writer *w, const struct image *images, size_t count)
{
	struct silt_buffer manifest = {0};
	silt_buffer_add_text(&manifest, "[");
	for (size_t i = 0; i < count; i++) {
		docker_image(w, &images[i], i == 0, &manifest);
	}
	silt_buffer_add_text(&manifest, "]");
	assert(!manifest.failed);
	tar_file(w, "manifest.json", 0444, silt_buffer_bytes(&manifest));
	silt_buffer_done(&manifest);
	tar_end(w);
}

/* ---- OCI ----------------------------------------------------------------------------------------------------------- */

#define OCI "application/vnd.oci.image."

/* Writes a blob, and its descriptor without the closing brace. */
static void oci_blob(struct tar_writer *w, struct silt_bytes blob, const char *type, struct silt_buffer *json)
{
	char text[SILT_DIGEST_TEXT_SIZE], name[SILT_DIGEST_TEXT_SIZE + 16];
	snprintf(name, sizeof(name), "blobs/sha256/%s", hex(blob, text));
	tar_file(w, name, 0644, blob);
	silt_buffer_printf(json, "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%zu", type, image_digest(blob, text),
			   blob.len);
}

static void oci_image(struct tar_writer *w, const struct image *image, struct silt_buffer *index)
{
	struct silt_buffer config = image_config(image);
	struct silt_buffer manifest = {0};
	silt_buffer_add_text(&manifest, "{\"schemaVersion\":2,\"mediaType\":\"" OCI "manifest.v1+json\",\"config\":");
	oci_blob(w, silt_buffer_bytes(&config), OCI "config.v1+json", &manifest);
	silt_buffer_add_text(&manifest, "},\"layers\":[");
	for (size_t i = 0; i < image->layer_count; i++) {
		silt_buffer_add_text(&manifest, i ? "}," : "");
		oci_blob(w, image->layers[i].tar, OCI "layer.v1.tar", &manifest);
	}
	silt_buffer_add_text(&manifest, image->layer_count ? "}]}" : "]}");
	oci_blob(w, silt_buffer_bytes(&manifest), OCI "manifest.v1+json", index);
	if (image->name) {
		silt_buffer_printf(index, ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"%s\"}",
				   image->name);
	}
	silt_buffer_add_text(index, "}");
	silt_buffer_done(&config);
	silt_buffer_done(&manifest);
}

void image_oci(struct tar_writer *w, const struct image *images, size_t count)
{
	struct silt_buffer index = {0};
	silt_buffer_add_text(&index, "{\"schemaVersion\":2,\"manifests\":[");
	for (size_t i = 0; i < count; i++) {
		silt_buffer_add_text(&index, i ? "," : "");
		oci_image(w, &images[i], &index);
	}
	silt_buffer_add_text(&index, "]}");
	assert(!index.failed);
	tar_file(w, "index.json", 0644, silt_buffer_bytes(&index));
	tar_text(w, "oci-layout", 0644, "{\"imageLayoutVersion\":\"1.0.0\"}");
	silt_buffer_done(&index);
	tar_end(w);
}
