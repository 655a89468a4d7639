/*
 * Saves of images made of given layers, for tests: a docker archive as skopeo orders it, and an OCI archive.
 *
 * Digests are right unless the test changes the bytes afterwards. A test that runs out of memory aborts.
 */
#ifndef SILT_TESTS_IMAGE_WRITER_H
#define SILT_TESTS_IMAGE_WRITER_H

#include "support/tar_writer.h"

enum { IMAGE_LAYERS_MAX = 16 };

struct image_layer {
	struct silt_bytes tar; /* borrows */
	const char *created_by;
};

struct image {
	const char *name;    /* "app:1"; NULL: none */
	const char *config;  /* members of "config", such as "\"User\":\"10001\""; NULL: none */
	const char *history; /* more history entries, each followed by a comma, put first; NULL: none */
	struct image_layer layers[IMAGE_LAYERS_MAX];
	size_t layer_count;
};

/* "sha256:" and 64 hex digits of `bytes`, in a buffer of SILT_DIGEST_TEXT_SIZE. Returns `text`. */
const char *image_digest(struct silt_bytes bytes, char *text);

/* The image config as JSON. The caller frees the buffer. */
struct silt_buffer image_config(const struct image *image);

/* Layers as HEX.tar, HEX.json, manifest.json. */
void image_docker(struct tar_writer *w, const struct image *images, size_t count);

/* blobs/sha256/HEX, index.json, oci-layout. */
void image_oci(struct tar_writer *w, const struct image *images, size_t count);

#endif
