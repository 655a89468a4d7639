/*
 * Inventories built by hand: members whose digests are those of the text they are given as bytes.
 *
 * JSON is written with single quotes, which become double ones. The kit owns all text it hands out.
 */
#ifndef SILT_TESTS_BUNDLE_KIT_H
#define SILT_TESTS_BUNDLE_KIT_H

#include "bundle/images.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct kit {
	struct silt_inventory inventory;
	struct silt_images *images;
	struct silt_arena arena;
};

int kit_setup(void **state);
int kit_teardown(void **state);

/* The name of a test with its kit. */
#define kit_test(function) cmocka_unit_test_setup_teardown(function, kit_setup, kit_teardown)

/* Text by a format, single quotes made double. */
const char *kit_text(struct kit *kit, const char *format, ...) SILT_PRINTF(2, 3);

/* "<hex>" and "sha256:<hex>" of a text. */
const char *kit_hex(struct kit *kit, const char *text);
const char *kit_digest(struct kit *kit, const char *text);

/* Members. A gzip layer is stored as "gzip" and its content, so that its two digests differ. */
uint32_t kit_add(struct kit *kit, struct silt_member member);
uint32_t kit_tar(struct kit *kit, const char *name, const char *content);
uint32_t kit_gzip(struct kit *kit, const char *name, const char *content);
uint32_t kit_other(struct kit *kit, const char *name, const char *content);
uint32_t kit_json(struct kit *kit, const char *name, const char *text);
uint32_t kit_symlink(struct kit *kit, const char *name, const char *target);
uint32_t kit_hardlink(struct kit *kit, const char *name, const char *target);
uint32_t kit_kind(struct kit *kit, const char *name, enum silt_member_kind kind);

/* The same as blobs/sha256/<digest>; they return the digest. */
const char *kit_blob_tar(struct kit *kit, const char *content);
const char *kit_blob_gzip(struct kit *kit, const char *content);
const char *kit_blob_json(struct kit *kit, const char *text);

/* An image config over layers of these contents, "a,b"; "" for none. */
const char *kit_config(struct kit *kit, const char *contents);
/* The same for a platform of linux. */
const char *kit_config_for(struct kit *kit, const char *architecture, const char *contents);

/* Descriptors. */
const char *kit_descriptor(struct kit *kit, const char *media_type, const char *digest);
/* Of a config, gzip layers, and so on, as their media types. */
#define KIT_CONFIG "application/vnd.oci.image.config.v1+json"
#define KIT_LAYER "application/vnd.oci.image.layer.v1.tar"
#define KIT_MANIFEST "application/vnd.oci.image.manifest.v1+json"
#define KIT_INDEX "application/vnd.oci.image.index.v1+json"

/* Adds a whole OCI image: config, gzip layers, manifest. Returns the digest of the manifest. */
const char *kit_oci_image(struct kit *kit, const char *architecture, const char *contents);
/* index.json over descriptors, "a,b". */
uint32_t kit_index_json(struct kit *kit, const char *descriptors);

/* Resolves; must succeed. */
const struct silt_images *kit_resolve(struct kit *kit);

/* Issues of a rule. */
size_t kit_issues(const struct kit *kit, const char *rule);
const struct silt_bundle_issue *kit_issue(const struct kit *kit, const char *rule);
/* One issue of the rule, of this severity, complete or not. */
const struct silt_bundle_issue *kit_expect(const struct kit *kit, const char *rule, enum silt_severity severity,
					   bool incomplete);
void kit_expect_no_issue(const struct kit *kit);
void kit_expect_names(const struct silt_declared_image *image, const char *names);

#endif
