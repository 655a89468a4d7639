/*
 * What an audit found: images, layers, entries with their fates, findings, and the coverage account.
 *
 * A result is immutable. Everything reachable from it lives as long as it does. Counts go with the arrays they count.
 * Order is fixed: the same input gives the same arrays, whatever way it was read.
 *
 * Strings: `const char *` is text of silt's own or printable text made from the image (hostile bytes escaped);
 * `struct silt_bytes` is raw bytes of the image and must be escaped before a person sees them.
 */
#ifndef SILT_RESULT_H
#define SILT_RESULT_H

#include "silt/bytes.h"
#include "silt/error.h"
#include "silt/export.h"
#include "silt/limits.h"

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

struct silt_result;
struct silt_posture; /* silt/posture.h */

enum silt_severity {
	SILT_SEVERITY_INFO,
	SILT_SEVERITY_LOW,
	SILT_SEVERITY_MEDIUM,
	SILT_SEVERITY_HIGH,
	SILT_SEVERITY_CRITICAL,
};

/* How sure silt is. */
enum silt_confidence {
	SILT_CONFIDENCE_POSSIBLE, /* generic shape, or a checksum that fails */
	SILT_CONFIDENCE_LIKELY,   /* the anchored format of a vendor */
	SILT_CONFIDENCE_PROVEN,   /* a checksum, structure or parse proves it */
};

/*
 * What became of an entry in its image. Ordered from the least to the most exposed. All of them can be read by whoever
 * has the file.
 */
enum silt_fate {
	SILT_FATE_UNREFERENCED, /* its blob belongs to no image of the bundle */
	SILT_FATE_DISPUTED,     /* docker, containerd and podman do not read it; another reader of the same tar does */
	SILT_FATE_SHADOWED,     /* a later entry of the same name in the same layer replaced it */
	SILT_FATE_MASKED,       /* an opaque directory or a type change above it hides it */
	SILT_FATE_OVERWRITTEN,  /* a later layer has newer content at the same path */
	SILT_FATE_DELETED,      /* a whiteout in a later layer names it or a parent */
	SILT_FATE_METADATA,     /* not in the filesystem: image config or history */
	SILT_FATE_VISIBLE,      /* part of the final filesystem */
};

/* Whose a layer, an instruction or a finding is. */
enum silt_heritage {
	SILT_HERITAGE_UNKNOWN,
	SILT_HERITAGE_BASE, /* of the base image: inherited */
	SILT_HERITAGE_OWN,  /* of what was built on it */
};

/* What becomes of a finding when it is judged (silt/policy.h). */
enum silt_standing {
	SILT_STANDING_UNJUDGED, /* of a result that nobody judged yet */
	SILT_STANDING_COUNTS,   /* the verdict is "fail" for it */
	SILT_STANDING_BELOW,    /* too light for the thresholds of the policy */
	SILT_STANDING_ALLOWED,  /* the policy allows what it is about, or has switched its rule off */
	SILT_STANDING_WAIVED,   /* a waiver accepts it */
	SILT_STANDING_KNOWN,    /* the baseline has it */
};

enum silt_entry_type {
	SILT_ENTRY_FILE,
	SILT_ENTRY_HARDLINK,
	SILT_ENTRY_SYMLINK,
	SILT_ENTRY_DIRECTORY,
	SILT_ENTRY_CHAR_DEVICE,
	SILT_ENTRY_BLOCK_DEVICE,
	SILT_ENTRY_FIFO,
	SILT_ENTRY_OTHER,
};

/* Fixed lower-case names: "high", "proven", "deleted", "symlink". Never NULL. */
SILT_API const char *silt_severity_name(enum silt_severity severity);
SILT_API const char *silt_confidence_name(enum silt_confidence confidence);
SILT_API const char *silt_fate_name(enum silt_fate fate);
/* "base", "own"; "unknown". */
SILT_API const char *silt_heritage_name(enum silt_heritage heritage);
/* "counts", "below", "allowed", "waived", "known"; "unjudged". */
SILT_API const char *silt_standing_name(enum silt_standing standing);
SILT_API const char *silt_entry_type_name(enum silt_entry_type type);

/* "critical" ... "info" to its value. False, and `*out` untouched, for anything else. */
SILT_API bool silt_severity_parse(const char *name, enum silt_severity *out);

/* One layer of one image, lowest first. */
struct silt_layer {
	const char *diff_id;     /* "sha256:..." of the uncompressed tar, as computed; "" if the blob is absent */
	const char *digest;      /* "sha256:..." of the blob as stored; equal to diff_id if it is not compressed */
	const char *compression; /* "none", "gzip", "zstd", "xz", "bzip2"; "" if absent */
	const char *member;      /* where it is in the bundle, escaped: "blobs/sha256/..." */
	const char *instruction; /* the build instruction that made it, escaped; "" if history cannot be attributed */
	uint64_t blob_bytes;     /* as stored */
	uint64_t bytes;          /* of the uncompressed tar */
	uint64_t entry_count;
	/*
	 * What it did to the filesystem that the layers below make, in names that are no directories. Deleted: gone, or
	 * hidden by an opaque directory or a type change above it.
	 */
	uint64_t files_added, files_changed, files_deleted;
	uint64_t bytes_added; /* of the files among the added and changed */
	uint64_t
		bytes_hidden; /* of files of lower layers that no name shows since; they stay in the file all the same */
	enum silt_heritage heritage;
	bool present;       /* false: named by the image, not in the bundle */
	size_t stored;      /* which file of the bundle it is (tree.h); SIZE_MAX if absent */
	const void *record; /* internal */
};

/* One image of the bundle. */
struct silt_image {
	const char *const *names; /* tags and references, escaped; sorted; may be empty */
	size_t name_count;
	const char *config_digest;   /* "sha256:..."; "" if there is no config (bare rootfs) */
	const char *manifest_digest; /* of the OCI manifest, "" if only manifest.json names the image */
	const char *platform;        /* "linux/amd64", "linux/arm64/v8"; "" if unknown */
	const char *created;         /* as the config states, escaped; "" if absent */
	const char *user;            /* config.User, escaped; "" if unset */
	const char *declared_by;     /* "manifest.json", "index.json", "manifest.json and index.json", ... */
	bool history_attributed;     /* history lines and layers could be matched one to one */
	const struct silt_layer *layers;
	size_t layer_count;
	uint64_t bytes;                     /* sum of the uncompressed layers */
	const struct silt_posture *posture; /* what it is like */
	const void *rootfs;                 /* internal */
	/*
	 * What tells each line of the history from any other, for silt_base.lines: 64 hex digits over all that stands in it, or
	 * "" if that is more than a line of history has. None if keys of the config collide.
	 */
	const char *const *history_ids;
	size_t history_id_count;
};

/* One entry of one layer and its fate in the image. Spans live as long as the result. */
struct silt_entry_view {
	/* FOLDER/NAME, cleaned: no leading "/" or "./", no "..", no trailing "/"; "" is the root. */
	struct silt_bytes folder, name;
	struct silt_bytes link; /* target of a symlink (raw) or hardlink (cleaned), else empty */
	enum silt_entry_type type;
	uint16_t mode; /* 0..07777 */
	uint32_t uid, gid;
	uint64_t size;
	int64_t mtime;
	uint64_t offset;     /* of its header in the uncompressed layer */
	bool whiteout;       /* an OCI deletion mark, not a file */
	enum silt_fate fate; /* of its content: visible as long as any name shows that */
	/* The layer that hid it, 0-based, and the entry of it that did; SIZE_MAX if visible or unreferenced. */
	size_t cause_layer, cause_index;
	uint32_t dev_major, dev_minor; /* of a device node */
	struct silt_bytes capability;  /* raw value of the attribute security.capability; empty: none */
	/* SHA-256 of its content, 32 bytes, if silt_options.keep_digests; NULL: no body, cut off, or with holes. */
	const uint8_t *sha256;
	bool truncated; /* the archive ends inside of its body */
};

/* What the policy of a site may want to know of a file. */
struct silt_sighted_file {
	unsigned mode; /* 0..07777, as it is in effect */
	uint64_t uid, gid;
	const char *digest; /* "sha256:..." of its content; "" if nobody computed it */
};

/* Names of one file, in byte order: of entries of any layer, and of the final filesystem. Hardlinks are names. */
struct silt_other_names {
	const struct silt_bytes *paths; /* cleaned, and as they are */
	size_t count;
	bool more; /* there are too many to be kept */
};

/* One place where the subject of a finding was seen. */
struct silt_sighting {
	/* 0-based number of the image and of the layer in it; SIZE_MAX: none (unreferenced blob; config or history). */
	size_t image, layer;
	size_t entry;        /* 0-based number of the entry in the layer; SIZE_MAX: none. Nothing if `layer` is none. */
	size_t history_line; /* 0-based line of the image's history; SIZE_MAX: none */
	const char *place;   /* for people, escaped: "/root/.ssh/id_rsa", "Env GITHUB_TOKEN", "history line 4" */
	struct silt_bytes path; /* cleaned path of the entry; empty if not in a file */
	const char *member;     /* member of the bundle that holds it, escaped; "" if it is the bundle itself */
	bool framing;           /* in the compressed file of the layer, but not in the tar that it holds */
	bool has_offset;
	uint64_t offset; /* of the secret in the body of the entry, or in `member` if there is no entry */
	uint64_t length; /* bytes of it; 0: the whole subject */
	enum silt_fate fate;
	const char *added_by;  /* instruction that added it, escaped; "" unknown */
	size_t cause_layer;    /* layer that hid it; SIZE_MAX: none */
	const char *hidden_by; /* instruction of that layer, escaped; "" unknown or none */
	/* The history says that it removed this path, yet it is there; hidden_by: "history line 4: RUN rm /x". */
	bool resurrected;
	const char *note; /* more about this place, or "" */
	/* Of a program with the setuid or setgid bit, or capabilities: what gives them. NULL elsewhere. */
	const struct silt_sighted_file *file;
	/* All names of the file, if `path` is not the only one; NULL otherwise, and in a result read from a report. */
	const struct silt_other_names *other_names;
};

/* A fingerprint: 32 lower-case hex digits and a NUL. */
#define SILT_FINGERPRINT_SIZE 33

struct silt_finding {
	const char *rule; /* check id: "user-root", "priv-setuid", "secret-env", ... or pattern rule id "github-pat" */
	const char *pattern; /* for secrets: the pattern rule that matched; else "" */
	const char *title;   /* what it is, a few words */
	enum silt_severity severity;
	enum silt_confidence confidence;
	const char *subject;      /* what it is about, escaped: path, user, redacted secret */
	const char *detail;       /* one or two sentences: why this is so; "" if the title says it all */
	const char *remedy;       /* what to do, one or two sentences */
	struct silt_bytes secret; /* the value, if silt_options.keep_secrets; else empty. Never show it unasked. */
	/* Of a private key: what all forms of it have in common, which is of its public half; empty: not known, or no key. */
	struct silt_bytes public_id;
	enum silt_fate exposure; /* the worst fate of its sightings */
	/* OWN if it is seen in something that is not of the base image, BASE if everything it is seen in is. */
	enum silt_heritage heritage;
	/* The same in every encoding of an image, and after a rebuild: does not depend on layer numbers or names. */
	char fingerprint[SILT_FINGERPRINT_SIZE];
	/*
	 * Why it is no finding after all, such as "unmodified content of package libgnutls30 (dpkg md5sums in layer 1)";
	 * "" for all findings but those of silt_result_suppressed.
	 */
	const char *suppressed;
	enum silt_standing standing;
	const char *standing_why; /* "" or who said so: "waiver 2 of policy.yaml: rotated in May (until 2027-01-31)" */
	const struct silt_sighting
		*sightings; /* at least one for secrets and files; may be none for the bundle itself */
	size_t sighting_count;
};

/* Something that was not looked at. Each one makes the result incomplete. */
struct silt_gap {
	const char *place;  /* where, escaped: member, layer, entry */
	const char *reason; /* what was expected, what was found */
	const char *limit;  /* the name of the limit that was reached (limits.h); NULL: it is about none */
	bool has_offset;
	uint64_t offset; /* in the member, where the trouble begins */
	uint64_t bytes;  /* not looked at, as far as known */
};

/*
 * What was looked at. The counts are of members' contents, so that a file, a pipe and a folder of the same image give
 * the same numbers.
 */
struct silt_coverage {
	uint64_t members;      /* files, not directories and links, in the bundle */
	uint64_t member_bytes; /* their bytes as stored */
	uint64_t layer_blobs;  /* distinct layer tars surveyed */
	uint64_t layer_bytes;  /* uncompressed bytes of them */
	uint64_t entries;      /* entries of them */
	uint64_t documents;    /* JSON documents read */
	/* Layer blobs that were taken for what their names say, and not read (silt_options.trust_digests). */
	uint64_t believed_blobs;
	uint64_t left_out_images;   /* of the bundle, that `image` or `platform` of silt_options did not choose */
	uint64_t left_out_findings; /* that were made, and `only` or `skip` of silt_options did not ask for */
	const struct silt_gap *gaps;
	size_t gap_count;
	bool complete; /* no gaps */
	/* The limits that were not the defaults, in the order of the table. */
	const struct silt_limit_setting *limits;
	size_t limit_count;
};

/* The name the caller gave the bundle, escaped. */
SILT_API const char *silt_result_name(const struct silt_result *result);
/* "docker", "oci", "docker+oci", "docker-legacy", "rootfs" or "unknown". */
SILT_API const char *silt_result_format(const struct silt_result *result);
/* "sha256:..." of the file or stream as it was read (silt_options.hash_bundle); "" if nobody asked, and for a folder. */
SILT_API const char *silt_result_digest(const struct silt_result *result);
SILT_API const struct silt_image *silt_result_images(const struct silt_result *result, size_t *count);
/* Findings, worst first, then by rule and fingerprint. */
SILT_API const struct silt_finding *silt_result_findings(const struct silt_result *result, size_t *count);
/*
 * What would be findings, were it not content of packages: secrets that were seen nowhere but in files that the package
 * database of their image proves to be unmodified. In the same order. No verdict depends on them. NULL: the report that
 * the result was read from (silt_report_read) has their number alone.
 */
SILT_API const struct silt_finding *silt_result_suppressed(const struct silt_result *result, size_t *count);
/* Bytes of the shortest value that is looked for: shorter ones are met by chance. */
#define SILT_WANTED_BYTES_MIN 6

/* Where value `index` of silt_options.wanted is: by image, layer, place. NULL if it is nowhere, or was not looked for. */
SILT_API const struct silt_sighting *silt_result_wanted(const struct silt_result *result, size_t index, size_t *count);

SILT_API const struct silt_coverage *silt_result_coverage(const struct silt_result *result);
/* Entry `index` of layer `layer` of an image of this result. False if there is no such entry. */
SILT_API bool silt_image_entry(const struct silt_image *image, size_t layer, size_t index,
			       struct silt_entry_view *view);
/*
 * The same, but its fate is that of the name which the entry brought. The two differ where the name is gone and a hardlink
 * has its content.
 */
SILT_API bool silt_image_name(const struct silt_image *image, size_t layer, size_t index, struct silt_entry_view *view);
SILT_API void silt_result_free(struct silt_result *result);

#ifdef __cplusplus
}
#endif

#endif
