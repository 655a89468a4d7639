/* Inside the forensics floor: one line of a listing before it is written, whatever it comes from. */
#ifndef SILT_FORENSICS_LISTED_H
#define SILT_FORENSICS_LISTED_H

#include "base/buffer.h"
#include "silt/tree.h"

/* What a layer did to a name. */
enum silt_mark {
	SILT_MARK_NONE,
	SILT_MARK_ADDED,
	SILT_MARK_CHANGED,
	SILT_MARK_DELETED,
};

/* A name, or an entry of a layer. Everything is borrowed. */
struct silt_listed {
	struct silt_bytes path; /* clean; of a deletion mark the path that it deletes */
	bool implied;           /* a directory that no layer has an entry for: the rest is unknown */
	struct silt_entry_view meta;
	struct silt_entry_view content; /* whose body, target or device it shows */
	bool opaque;                    /* a deletion mark for all that is in the directory `path` */
	bool void_mark;                 /* a deletion mark for what no name is called: `path` is its own */
	size_t layer;                   /* SIZE_MAX: none */
	size_t index;                   /* of the entry in its layer */
	size_t blob;                    /* the stored file it is in, if no layer is: silt_stored_get */
	bool elsewhere;                 /* and that is a layer of an image that was not asked for */
	const char *diff_id;            /* of the layer; "" if that is not known */
	enum silt_mark mark;
	bool version; /* one of many entries, not a name of the final tree: layer and fate are told */
};

/* The entry of a layer; its fate is that of its name. `path` keeps the bytes of its path. False: no such entry, or memory ran out (path->failed). */
bool silt_listed_entry(const struct silt_image *image, size_t layer, size_t index, struct silt_buffer *path,
		       struct silt_listed *out);

/* The entry of a stored file that no image has. As above, but for the content of a hardlink (stray.h): it has its own. */
bool silt_listed_stray(const struct silt_result *result, size_t number, size_t index, struct silt_buffer *path,
		       struct silt_listed *out);

/* A name of the final tree. */
void silt_listed_name(const struct silt_image *image, struct silt_bytes path, const struct silt_tree_node *node,
		      struct silt_listed *out);

/* What a name is: of a hardlink what it shows. */
static inline enum silt_entry_type silt_listed_type(const struct silt_listed *listed)
{
	return listed->implied ? SILT_ENTRY_DIRECTORY : listed->content.type;
}

/* The SHA-256 of its content; NULL: it is no file, or nobody computed it. */
const uint8_t *silt_listed_digest(const struct silt_listed *listed);

/* "drwxr-xr-x" and a NUL; of a deletion mark "----------". */
enum { SILT_MODE_SIZE = 11 };
void silt_listed_mode(const struct silt_listed *listed, char out[static SILT_MODE_SIZE]);

/* "2026-11-22T10:00:00Z" and a NUL. Moments beyond the years 0 to 9999 give the nearest. */
enum { SILT_MOMENT_SIZE = 40 };
void silt_moment_text(int64_t seconds, char out[static SILT_MOMENT_SIZE]);

/* "deleted", "visible"; "other-image": of an image that was not asked for nobody worked it out. */
const char *silt_listed_fate_name(const struct silt_listed *listed);

/* Adds " (layer 2, deleted by layer 5)": the layer, and what became of the entry. Layers count from 1. */
void silt_listed_add_fate(const struct silt_result *result, const struct silt_listed *listed, struct silt_buffer *out);

#endif
