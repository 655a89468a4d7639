/*
 * What is in an image, listed: names of the final tree and entries of layers, as lines for people and programs.
 *
 * For results of silt_audit; silt_options.entries_only is enough. Layers count from 0 here, and from 1 in what is written.
 * Lines go to the sink piece by piece, and only a few of them are in memory. Text that comes out of the image is escaped
 * as docs/report.md says, but where a format demands raw bytes. All functions fail with SILT_ERR_IO if the sink refuses,
 * with SILT_ERR_USAGE if there is no image of that number, or no such format for them, or if what was asked for is not in
 * the image.
 */
#ifndef SILT_LISTING_H
#define SILT_LISTING_H

#include "silt/report.h"
#include "silt/result.h"

#ifdef __cplusplus
extern "C" {
#endif

enum silt_listing_format {
	SILT_LISTING_TEXT,
	SILT_LISTING_JSONL,    /* an object for each name, in one line: docs/forensics.md has the fields */
	SILT_LISTING_NAMES,    /* raw paths, each ended by a NUL: never for a terminal */
	SILT_LISTING_BODYFILE, /* of the Sleuth Kit, for mactime */
	SILT_LISTING_CSV,
	SILT_LISTING_TREE, /* for people: folders, and indented what is in them */
};

/* "text", "jsonl", "names", "bodyfile", "csv", "tree"; NULL: there is no such format, nor any of a higher number. */
SILT_API const char *silt_listing_format_name(enum silt_listing_format format);

/* What is listed. */
enum silt_list_view {
	SILT_LIST_FINAL,   /* names of the final tree */
	SILT_LIST_LAYER,   /* entries of one layer, with what they do to the layers below */
	SILT_LIST_ALL,     /* entries of all layers, and of layer tars that no image has */
	SILT_LIST_DELETED, /* those of them that are deleted, or masked */
};

struct silt_list_options {
	enum silt_listing_format format; /* TEXT, JSONL, NAMES; TREE for FINAL and LAYER */
	enum silt_list_view view;
	size_t layer; /* for SILT_LIST_LAYER: below silt_image.layer_count */
	/*
	 * A path or, if nothing is called so, a pattern: '*', '?', "[a-z]" within a component, a double star across them. Links
	 * in it are followed inside of the image. NULL: the root.
	 */
	const char *path;
	bool recursive;   /* FINAL: all that is below `path`, not its children only. The others are so always. */
	bool details;     /* TEXT: mode, owner, size, time */
	bool setuid;      /* only files with the setuid or setgid bit, or with capabilities */
	const char *type; /* only these: a name of silt_entry_type_name, of a device "device"; NULL: all */
};

/* Lists names. SILT_ERR_USAGE: there is no such path, and no entry was ever called so. */
SILT_API enum silt_status silt_list_write(const struct silt_result *result, size_t image,
					  const struct silt_list_options *options, struct silt_sink sink,
					  struct silt_error *err);

/*
 * A layer by its number ("1" is the lowest) or by its digest or diff ID, of which 12 hex digits are enough.
 * SILT_ERR_USAGE: there is none, or more than one.
 */
SILT_API enum silt_status silt_list_find_layer(const struct silt_image *image, const char *word, size_t *layer,
					       struct silt_error *err);

struct silt_hash_options {
	/*
	 * Every version of every file, as "layer-002/etc/motd", and those of layer tars that no image has, as
	 * "stored-007/etc/motd"; else the files of the final tree.
	 */
	bool all;
	bool escaped; /* names are escaped for a person, and no input for sha256sum then */
};

/*
 * Writes a list as sha256sum does, for sha256sum -c in the root of the extracted tree. Needs silt_options.keep_digests.
 * SILT_ERR_INPUT, when all else is written: a file has no digest, being cut off, or sparse; or its path is that of the
 * root, and no name.
 */
SILT_API enum silt_status silt_hash_write(const struct silt_result *result, size_t image,
					  const struct silt_hash_options *options, struct silt_sink sink,
					  struct silt_error *err);

/* Writes a line for each line of the history and each layer, with what the layer did. TEXT, JSONL. */
SILT_API enum silt_status silt_history_write(const struct silt_result *result, size_t image,
					     enum silt_listing_format format, struct silt_sink sink,
					     struct silt_error *err);

/*
 * Writes every state that `path` had: what each layer did to it, and at the end the other names of the content that was
 * there last. Content is compared by digests (silt_options.keep_digests, or keep_names with the last component of `path`);
 * a file without them that is written again has changed if its size has, and else was not compared. `bundle`, if it is not
 * NULL, is read again for content that has another name. Links in parents are followed, each time as the layers so far have
 * them, and the path shown is the one where they lead.
 * SILT_ERR_USAGE: no layer had it. TEXT, JSONL.
 */
struct silt_bundle; /* silt/audit.h */
SILT_API enum silt_status silt_path_history_write(struct silt_bundle *bundle, const struct silt_result *result,
						  size_t image, const char *path, enum silt_listing_format format,
						  struct silt_sink sink, struct silt_error *err);

/*
 * Writes a moment for every entry of every layer, deleted ones too, for deletion marks, and for each line of history that
 * has a time; not sorted. BODYFILE, JSONL (with the fields that Timesketch asks for), CSV.
 */
SILT_API enum silt_status silt_timeline_write(const struct silt_result *result, size_t image,
					      enum silt_listing_format format, struct silt_sink sink,
					      struct silt_error *err);

#ifdef __cplusplus
}
#endif

#endif
