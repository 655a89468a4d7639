/*
 * Getting files out of an image: any version of a file, and what is stored in the bundle beside the layers.
 */
#ifndef SILT_EXTRACT_H
#define SILT_EXTRACT_H

#include "silt/dig.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What a word names, for silt_dig:
 *
 *   PATH            the file as the image shows it, links followed inside of the image; if the image shows none, the last
 *                   version that a layer has
 *   PATH@LAYER      the version of that layer: a number from 1, or a diff ID or digest, of which 12 hex digits are enough;
 *                   links in its folders lead where they did in that layer. A file that is called so itself comes first:
 *                   PATH@01 is layer 1 then
 *   config:         the config of the image, as stored
 *   manifest:       its OCI manifest
 *   blob:DIGEST     a file of the bundle by its digest ("sha256:..." or 12 or more hex digits)
 *   member:NAME     a file of the bundle by its name
 *   bundle:         the bundle itself
 *   stored:N+OFFSET+LENGTH, tar:N+OFFSET+LENGTH
 *                   a run of file N of the bundle (silt_stored_get), 0 the bundle itself; of the tar in that file
 *
 * A path that is called like one of the last is written with a "/" in front. SILT_ERR_USAGE: there is no such thing, or it
 * has no bytes (a directory); the sentence says what there is.
 */
struct silt_found {
	struct silt_dig_item item;
	bool is_entry;               /* of a layer; else the two below say nothing */
	struct silt_entry_ref entry; /* of the image */
	struct silt_entry_view view;
	char note[400]; /* what one should know of it: "it is not in the final tree: ..."; "" nothing. Printable */
};

SILT_API enum silt_status silt_find(const struct silt_result *result, size_t image, const char *word,
				    struct silt_found *out, struct silt_error *err);

/* Which entries a set of patterns may choose from. */
enum silt_extract_from {
	SILT_EXTRACT_VISIBLE, /* names of the final tree, called as there, with the content that they have there */
	/* What no name of it stands for: deleted, overwritten, masked, shadowed, unreferenced, disputed, or kept by another name. */
	SILT_EXTRACT_HIDDEN,
	SILT_EXTRACT_ALL, /* every version */
};

struct silt_extract_options {
	/*
	 * Of paths: "*" and "?" stop at "/", "**" does not; one of a folder is of all in it. Links in the folders in front of
	 * the first wildcard are followed in the final tree, one at the end only if a "/" is behind it.
	 */
	const char *const *patterns;
	size_t pattern_count;
	enum silt_extract_from from;
	size_t layer; /* only of this one; SIZE_MAX: of all. Then and for HIDDEN and ALL names begin with "layer-NNN/" */
	const char *bundle; /* what the bundle is called, printable, for the records */
};

/* How a file is handed out. What one of them returns if it is not SILT_OK ends the extraction. */
struct silt_extract_sink {
	/* `name`: relative, components of printable text of at most 200 bytes, none of them "." or "..". */
	enum silt_status (*begin)(void *ctx, const char *name, struct silt_error *err);
	enum silt_status (*data)(void *ctx, struct silt_bytes bytes, struct silt_error *err);
	enum silt_status (*hole)(void *ctx, uint64_t zeros, struct silt_error *err); /* so many zeros */
	enum silt_status (*end)(void *ctx, struct silt_error *err);
	void *ctx;
};

struct silt_extract_summary {
	uint64_t files, bytes; /* files that were handed out, without their records */
	uint64_t others;       /* chosen entries that are no files (links, devices): they have a record only */
	uint64_t cut;          /* files that the archive ends in */
	uint64_t hollow;       /* of `others`: files whose holes are larger than a layer may be (limit layer-bytes) */
};

/*
 * Hands out what the patterns choose of an image, in the order of the bundle: each file, and behind it its record
 * "NAME.silt.json" (docs/forensics.md). SILT_ERR_USAGE: nothing fits a pattern; nothing was handed out then.
 */
SILT_API enum silt_status silt_extract(struct silt_bundle *bundle, const struct silt_result *result, size_t image,
				       const struct silt_extract_options *options, const struct silt_extract_sink *sink,
				       struct silt_extract_summary *summary, struct silt_error *err);

#ifdef __cplusplus
}
#endif

#endif
