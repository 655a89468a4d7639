/*
 * The images that the documents of a bundle declare: manifest.json, index.json (recursively), docker's legacy layer
 * json. The union of all of them; no index is believed over another. Pure: opens nothing, reads only the inventory.
 */
#ifndef SILT_BUNDLE_IMAGES_H
#define SILT_BUNDLE_IMAGES_H

#include "bundle/config.h"
#include "bundle/inventory.h"

enum {
	SILT_DECLARED_ARCHIVE = 1, /* by manifest.json */
	SILT_DECLARED_INDEX = 2,   /* by index.json, perhaps through nested indexes */
	SILT_DECLARED_LEGACY = 4,  /* by repositories and v1 layer json only */
	SILT_DECLARED_LONE = 8,    /* an image manifest, or index, that stands alone (skopeo dir:) */
};

/* One layer as declared. */
struct silt_declared_layer {
	uint32_t member;              /* the member that holds it, links followed; SILT_MEMBER_NONE: absent */
	struct silt_bytes claim;      /* how the document names it: path or digest */
	struct silt_bytes media_type; /* as declared; empty if not */
	struct silt_bytes diff_id;    /* config's rootfs.diff_ids of this layer; empty if there is none */
	bool foreign;                 /* absent by design: a foreign or nondistributable media type */
	bool has_urls;                /* may be downloaded from elsewhere; that alone excuses no absence */
	bool encrypted;               /* media type ends "+encrypted" */
};

/* One image. The same config and layers declared twice (by both indexes, by two tags) are one image. */
struct silt_declared_image {
	struct silt_bytes *names; /* RepoTags, ref.name annotations, repositories; sorted, unique, raw */
	size_t name_count;
	uint32_t config_member;             /* SILT_MEMBER_NONE if absent */
	struct silt_digest config_digest;   /* as computed; the claimed one if absent; unknown if neither */
	struct silt_digest manifest_digest; /* of the OCI manifest; unknown if none */
	uint32_t manifest_member;           /* the OCI manifest; SILT_MEMBER_NONE if none */
	struct silt_bytes
		platform;          /* "os/architecture[/variant]" of the config, else of the descriptor; may be empty */
	struct silt_bytes *stated; /* what descriptors on the way to it say, in the same form; sorted, unique, raw */
	size_t stated_count;
	unsigned declared;                  /* SILT_DECLARED_* flags */
	struct silt_config config;          /* zeroed if absent */
	struct silt_declared_layer *layers; /* lowest first */
	size_t layer_count;
};

/* Something wrong or odd between the documents, the names and the contents. */
struct silt_bundle_issue {
	const char *rule; /* check id: "integrity-split-brain", "integrity-missing-blob", ... static */
	enum silt_severity severity;
	bool incomplete;          /* something could not be looked at because of it */
	enum silt_limit_id limit; /* which was reached, if that is why: the text says so */
	uint32_t member;          /* SILT_MEMBER_NONE: the bundle */
	uint32_t image;           /* UINT32_MAX: none */
	const char *text;         /* one or two printable sentences, escaped. Arena. */
};

struct silt_images {
	struct silt_declared_image *images; /* order: manifest.json's, then index.json's, then the rest */
	size_t count;
	struct silt_bundle_issue *issues;
	size_t issue_count;
	bool *referenced;   /* per member: part of an image, or a document that declares one */
	const char *format; /* "docker", "oci", "docker+oci", "docker-legacy", "rootfs", "unknown" */
	struct silt_arena arena;
};

/*
 * Resolves. "rootfs" if nothing in the bundle speaks of images; then there are no images and the caller makes one of
 * the bundle itself. `inventory` must outlive the result. `limits` NULL: the defaults.
 */
enum silt_status silt_images_resolve(const struct silt_inventory *inventory, const struct silt_limits *limits,
				     struct silt_images **out, struct silt_error *err);
void silt_images_free(struct silt_images *images);

#endif
