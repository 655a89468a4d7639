/*
 * The work of finding out which images a bundle declares: the state that the files of this folder share. Nobody else
 * includes it.
 *
 * A file of this folder reads one kind of document and makes drafts of images; silt_draft_place folds a draft into the
 * images already known, or checks it and adds it. What is wrong on the way becomes an issue. Memory that ran out is
 * the only failure: it sticks in `failed`, what is done after it does not matter, and the end looks at it once.
 */
#ifndef SILT_BUNDLE_RESOLVE_H
#define SILT_BUNDLE_RESOLVE_H

#include "bundle/images.h"
#include "bundle/lookup.h"

/* No image, as the number of one. */
#define SILT_IMAGE_NONE UINT32_MAX

enum {
	SILT_SHOWN_SIZE = 160, /* bytes of a name or claim in a sentence: a digest with its algorithm fits */
	SILT_SHOWN_SLOTS = 8,  /* names in one sentence */
};

/* The issues there are. Each stands for a rule, a severity, and whether something could not be looked at (issues.c). */
enum silt_issue_kind {
	SILT_ISSUE_MISSING,           /* a blob, config or manifest that a document names is not there */
	SILT_ISSUE_MISSING_BY_DESIGN, /* the same for attestations and other platforms */
	SILT_ISSUE_MISSING_FOREIGN,   /* the same for a foreign layer: normal, but nobody looked at it */
	SILT_ISSUE_DIGEST,
	SILT_ISSUE_DIFF_ID,
	SILT_ISSUE_MEDIA_TYPE,
	SILT_ISSUE_PLATFORM,  /* a descriptor states another one than the config */
	SILT_ISSUE_AMBIGUOUS, /* parsers of JSON disagree on a document */
	SILT_ISSUE_MISSHAPEN, /* a value of another type than Go wants */
	SILT_ISSUE_TWO_KINDS, /* an index that is a manifest too (CVE-2021-41190) */
	SILT_ISSUE_OPAQUE,    /* cannot be looked into, or does not say what it has to say */
	SILT_ISSUE_LIMIT,
	SILT_ISSUE_ORPHAN_LAYER,
	SILT_ISSUE_ORPHAN_OTHER,
	SILT_ISSUE_TWICE_DIFFERENT,
	SILT_ISSUE_TWICE_USED, /* the same, and an image uses one of them */
	SILT_ISSUE_TWICE_EQUAL,
	SILT_ISSUE_SPLIT,
	SILT_ISSUE_SPLIT_SUBSET,
	SILT_ISSUE_ESCAPE,
	SILT_ISSUE_MANY_LAYERS,
	SILT_ISSUE_KINDS,
};

/* What is claimed of a manifest before it is read. */
enum silt_manifest_claim {
	SILT_CLAIM_ATTESTATION, /* an index says it is one */
	SILT_CLAIM_NESTED,      /* a nested index names it: may be another platform's */
	SILT_CLAIM_DIRECT,
	SILT_CLAIM_KINDS,
};

/* What is remembered of a member. */
struct silt_member_note {
	const struct silt_config *config; /* read once, however many images share it */
	uint32_t image;                   /* that its manifest declared */
	/* enum silt_manifest_is, for each way to come upon it; 0: not yet read that way */
	uint8_t manifest_is[SILT_CLAIM_KINDS];
	/* Already said: */
	bool told_digest, told_size, told_media_type, told_keys, told_absent;
	uint8_t told_shapes; /* bits, by enum silt_shape */
};

/* A name of an image, before names are sorted; or a platform that a descriptor states for it. */
struct silt_image_name {
	uint32_t image;
	bool platform;
	struct silt_bytes name;
};

struct silt_resolver {
	const struct silt_inventory *inventory;
	const struct silt_limits *limits;
	struct silt_lookup lookup;
	struct silt_images *images;     /* what is being made */
	struct silt_arena *arena;       /* of it */
	struct silt_member_note *notes; /* one a member */
	uint32_t *groups;               /* one an image: the nested index that names it, or SILT_MEMBER_NONE */
	struct silt_image_name *names;  /* in order of arrival */
	size_t name_count;
	size_t image_capacity, group_capacity, name_capacity, issue_capacity;
	uint64_t raised[SILT_ISSUE_KINDS];
	size_t archive_documents, index_documents, legacy_heads, lone_documents;
	size_t descriptors; /* seen over all indexes */
	char shown[SILT_SHOWN_SLOTS][SILT_SHOWN_SIZE];
	unsigned next_shown;
	bool failed;
};

/* ---- Issues (issues.c) ------------------------------------------------------------------------------------------- */

/*
 * Raises an issue. `member` SILT_MEMBER_NONE: about the bundle. The text is printable: what comes from the image goes
 * through silt_show. Of one kind SILT_ANOMALIES_PER_KIND_MAX are kept.
 */
void silt_issue_raise(struct silt_resolver *resolver, enum silt_issue_kind kind, uint32_t member, const char *format,
		      ...) SILT_PRINTF(4, 5);

/* Raises an issue about a limit that was reached: its name and value are added to the text. */
void silt_issue_limit(struct silt_resolver *resolver, enum silt_limit_id limit, uint32_t member, const char *format,
		      ...) SILT_PRINTF(4, 5);

/* Adds one line for each kind of which more were raised than kept. */
void silt_issues_end(struct silt_resolver *resolver);

/* Bytes of the image as printable text, cut to what a sentence bears; none as SILT_EMPTY_NAME. Valid for the next
 * SILT_SHOWN_SLOTS - 1 calls. */
const char *silt_show(struct silt_resolver *resolver, struct silt_bytes bytes);
/* The name of a member, likewise. */
const char *silt_show_member(struct silt_resolver *resolver, uint32_t member);
/* "an image config", "a tar", "a directory": what a member is, as far as its content says. Valid as silt_show's. */
const char *silt_show_content(struct silt_resolver *resolver, const struct silt_member *member);

/* ---- Members (documents.c) --------------------------------------------------------------------------------------- */

/* `member` is the number of one, not SILT_MEMBER_NONE. */
static inline const struct silt_member *silt_member_at(const struct silt_resolver *resolver, uint32_t member)
{
	return &resolver->inventory->members[member];
}

/* The digest of a member's bytes as stored, or as inflated; that of no bytes if it is empty and was never hashed. */
const struct silt_digest *silt_member_digest(const struct silt_member *member);
const struct silt_digest *silt_member_content(const struct silt_member *member);

/* Counts a member as part of an image, or as a document that declares one. NONE is accepted. */
void silt_member_use(struct silt_resolver *resolver, uint32_t member);

/* Uses a document: says which of its keys collide. Returns its root; NULL if the member is no document. */
const struct silt_json_value *silt_document_use(struct silt_resolver *resolver, uint32_t member);

/* Uses a document as image config, whatever its keys look like; read once. Never NULL; zeroed if it is no JSON. */
const struct silt_config *silt_config_use(struct silt_resolver *resolver, uint32_t member);

/* ---- Types (shape.c) --------------------------------------------------------------------------------------------- */

/* What a document is read as. */
enum silt_shape { SILT_SHAPE_ARCHIVE_MANIFEST, SILT_SHAPE_CONFIG, SILT_SHAPE_MANIFEST, SILT_SHAPE_INDEX };

/* Says so, once, if values of the document are of other types than its readers want. */
void silt_shape_check(struct silt_resolver *resolver, uint32_t member, enum silt_shape shape);

/* ---- Descriptors and blobs (descriptor.c) ------------------------------------------------------------------------ */

/* An OCI content descriptor (image-spec descriptor.md). Wrong types are as absent. */
struct silt_descriptor {
	struct silt_bytes digest_text;
	struct silt_digest digest; /* unknown if the text is not a proper sha256 digest */
	struct silt_bytes media_type;
	uint64_t size;
	bool has_size;
	bool foreign; /* nondistributable or foreign type */
	bool has_urls;
	bool attestation; /* annotated as one, or of platform unknown/unknown */
	const struct silt_json_value *annotations;
	const struct silt_json_value *platform;
};

void silt_descriptor_read(const struct silt_json_value *value, struct silt_descriptor *out);

/*
 * The member that holds the blob: one whose computed digest is the descriptor's, else one that is named by it, links
 * followed. Raises what does not agree. SILT_MEMBER_NONE if absent, of which nothing is said.
 */
uint32_t silt_blob_find(struct silt_resolver *resolver, const struct silt_descriptor *descriptor);

/* Says so if a member that is a layer is not compressed as its media type declares. */
void silt_blob_check_type(struct silt_resolver *resolver, uint32_t member, struct silt_bytes media_type);

/*
 * Says so if a member that is a layer is compressed, and the path to it ends in ".tar". Other ends say nothing: crane, ko
 * and kaniko write ".tar.gz" whatever the layer is.
 */
void silt_blob_check_path(struct silt_resolver *resolver, uint32_t member, struct silt_bytes path);

/* The digest that a name states: "sha256:<hex>", "blobs/sha256/<hex>", "<hex>.json", "<hex>.tar.gz", "<hex>". */
bool silt_name_digest(struct silt_bytes name, struct silt_digest *out);

/* Media types by family. */
bool silt_type_is_layer(struct silt_bytes media_type);
bool silt_type_is_config(struct silt_bytes media_type);
bool silt_type_is_attestation(struct silt_bytes media_type);
bool silt_type_is_manifest(struct silt_bytes media_type); /* or index */
bool silt_type_is_encrypted(struct silt_bytes media_type);

/* ---- Images (draft.c, verify.c) ---------------------------------------------------------------------------------- */

/* An image while its document is read. */
struct silt_draft {
	struct silt_declared_image image;
	uint32_t group;            /* the nested index that names it, or SILT_MEMBER_NONE */
	size_t first_issue;        /* issues and names from here on are about this image */
	size_t first_name;         /* likewise */
	struct silt_bytes claimed; /* how its document names the config */
};

void silt_draft_start(struct silt_resolver *resolver, struct silt_draft *draft, unsigned declared);

/* Room for `count` layers, or for as many as the limit allows and an issue about `document`. */
void silt_draft_layers(struct silt_resolver *resolver, struct silt_draft *draft, size_t count, uint32_t document);

/* Another name; empty ones are dropped. */
void silt_draft_name(struct silt_resolver *resolver, struct silt_bytes name);

/* The platform that a descriptor of it states, if it states one. */
void silt_draft_stated(struct silt_resolver *resolver, const struct silt_json_value *platform);

/* "os/architecture[/variant]" if either is known. */
void silt_draft_platform(struct silt_resolver *resolver, struct silt_draft *draft, struct silt_bytes os,
			 struct silt_bytes architecture, struct silt_bytes variant);

/*
 * Ends a draft. If an image of the same config and layers is known, its names and flags are added to that; else it is
 * a new image, and is checked. Returns its number; SILT_IMAGE_NONE if there are too many or memory ran out.
 */
uint32_t silt_draft_place(struct silt_resolver *resolver, struct silt_draft *draft);

/* Names and flags that came since the draft was started go to an image already known. */
void silt_draft_give(struct silt_resolver *resolver, struct silt_draft *draft, uint32_t image);

/* Compares what a new image claims with what its members are: absent, no tar, encrypted, diff IDs. */
void silt_image_verify(struct silt_resolver *resolver, uint32_t image);

/* ---- Documents --------------------------------------------------------------------------------------------------- */

/* What a manifest turned out to declare. */
enum silt_manifest_is {
	SILT_MANIFEST_IMAGE = 1,
	SILT_MANIFEST_ATTESTATION,
	SILT_MANIFEST_ARTEFACT,
	SILT_MANIFEST_ELSEWHERE, /* of a nested index, and its config is not in the bundle: another platform's */
};

/* How a manifest was come upon. */
struct silt_found {
	unsigned declared;                        /* SILT_DECLARED_* */
	uint32_t group;                           /* the nested index, or SILT_MEMBER_NONE */
	const struct silt_descriptor *const *way; /* the descriptors that led to it, outermost first */
	size_t way_count;
};

/* Reads an OCI or Docker image manifest (manifest.c). */
enum silt_manifest_is silt_manifest_read(struct silt_resolver *resolver, uint32_t member,
					 const struct silt_found *found);

/* Reads docker's manifest.json (archive_manifest.c). */
void silt_archive_manifest_read(struct silt_resolver *resolver, uint32_t member);

/* Reads an index and the indexes it names (index.c). */
void silt_index_read(struct silt_resolver *resolver, uint32_t member, unsigned declared);

/* Makes images of v1 layer json where nothing newer is (legacy.c). */
void silt_legacy_read(struct silt_resolver *resolver);

/* ---- The whole (compare.c, strays.c) ----------------------------------------------------------------------------- */

/* Says so if manifest.json and index.json declare different images. */
void silt_compare_indexes(struct silt_resolver *resolver);

/* True if a member has a name or content that only bundles of images have; for those whose index is lost. */
bool silt_member_is_sign(const struct silt_member *member);

/* Members of one name. */
void silt_strays_duplicates(struct silt_resolver *resolver);
/* Members that no image uses; blobs whose name states another digest. */
void silt_strays_orphans(struct silt_resolver *resolver);

#endif
