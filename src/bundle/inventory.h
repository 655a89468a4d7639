/*
 * What is in a bundle, before anybody says what it means: members told apart by content.
 */
#ifndef SILT_BUNDLE_INVENTORY_H
#define SILT_BUNDLE_INVENTORY_H

#include "base/arena.h"
#include "base/json.h"
#include "silt/result.h"
#include "stream/digest.h"
#include "stream/inflate.h"

/* What a JSON document is, by its keys (Go's key rules). */
enum silt_document_kind {
	SILT_DOCUMENT_OTHER,
	SILT_DOCUMENT_ARCHIVE_MANIFEST, /* docker's manifest.json: array of objects with Config or Layers */
	SILT_DOCUMENT_INDEX,            /* OCI index or docker manifest list: "manifests" */
	SILT_DOCUMENT_MANIFEST,         /* OCI or docker image manifest: "layers" and "config" descriptors */
	SILT_DOCUMENT_CONFIG,           /* image config: "rootfs", or "config"/"history" beside "os"/"architecture" */
	SILT_DOCUMENT_LEGACY,           /* docker v1 layer json: "id" with "container_config", "config" or "parent" */
	SILT_DOCUMENT_REPOSITORIES,     /* name -> tag -> 64 hex */
	SILT_DOCUMENT_OCI_LAYOUT,       /* "imageLayoutVersion" */
	SILT_DOCUMENT_ATTESTATION,      /* in-toto statement: "_type" and "predicateType"; DSSE envelope */
};

enum silt_document_kind silt_document_classify(const struct silt_json *document);

/* A short English name: "image config", "OCI index". */
const char *silt_document_kind_name(enum silt_document_kind kind);

enum silt_member_kind {
	SILT_MEMBER_TAR,      /* a layer, by content; also the empty tar */
	SILT_MEMBER_DOCUMENT, /* JSON of a kind other than OTHER, or "{}" or "[]" (bazel's empty config) */
	SILT_MEMBER_OTHER,    /* anything else with a body */
	SILT_MEMBER_EMPTY,    /* zero bytes */
	SILT_MEMBER_LINK,     /* symlink or hardlink to another member */
	SILT_MEMBER_DIRECTORY,
	SILT_MEMBER_SPECIAL, /* device, fifo */
};

struct silt_member {
	struct silt_bytes name; /* cleaned */
	struct silt_bytes link; /* LINK: symlink target as stored, or cleaned hardlink target */
	bool symlink;           /* LINK: a symlink */
	enum silt_member_kind kind;
	uint64_t bytes;             /* as stored */
	struct silt_digest digest;  /* of the bytes as stored */
	struct silt_digest content; /* of the inflated bytes; equals digest if not compressed */
	enum silt_compression compression;
	bool damaged; /* compression or tar damage: content may be partial */
	bool disputed; /* only another reader of the bundle's tar than Docker's has it: any other of its name counts more */
	enum silt_document_kind document_kind;
	struct silt_json *document; /* DOCUMENT: owned by the inventory */
	uint32_t entry;             /* number of its entry in the bundle as a layer; later members have larger ones */
	uint32_t record;            /* TAR and DOCUMENT: number of its record in the audit; UINT32_MAX none */
	enum silt_limit_id limit;   /* for which what may be a document was not read as one */
	const char *problem; /* why what looks like JSON could not be read as JSON, escaped; NULL: nothing. Copied */
};

#define SILT_MEMBER_NONE UINT32_MAX

/* True for members, by name and document, that a save of images has and a root filesystem has not. */
bool silt_member_is_of_save(const struct silt_member *member);

/* True if the member is called as the blobs of OCI layouts are. */
bool silt_member_is_blob(const struct silt_member *member);

/*
 * The members in order of arrival. Text is owned by the arena. A root filesystem has millions of files, and which of a
 * bundle's files are of images is known when it has ended: so beyond a number only those are kept that images, or the
 * lack of them, are told by.
 */
struct silt_inventory {
	struct silt_member *members;
	size_t count;
	size_t capacity;
	struct silt_arena arena;
	size_t left_out;       /* files that are not here because they are so many */
	bool telling_left_out; /* even some that may be of images */
	bool truncated;        /* the bundle ended before its end: members may be lacking */
};

/*
 * Adds a member, or leaves it out; name, link and problem are copied, the document is taken, and freed if this fails or
 * it is left out.
 */
enum silt_status silt_inventory_add(struct silt_inventory *inventory, const struct silt_member *member,
				    struct silt_error *err);
void silt_inventory_done(struct silt_inventory *inventory);

/* The number of the member that is that entry of the bundle; SILT_MEMBER_NONE if it was left out. */
uint32_t silt_inventory_find(const struct silt_inventory *inventory, uint32_t entry);

#endif
