/*
 * Reading a bundle a second time: its bytes as they are, with what the first reading said of them.
 *
 *     silt_bundle_open_...           a file or folder; or a pipe, with silt_bundle_set_spool
 *     silt_audit                     facts: images, entries, fates (silt_options.entries_only is enough)
 *     silt_dig, silt_dig_all         bytes, in the order in which they lie in the bundle
 *
 * Memory does not grow with the bytes. What the second reading meets and the first did not (a file that changed meanwhile)
 * is SILT_ERR_INPUT.
 */
#ifndef SILT_DIG_H
#define SILT_DIG_H

#include "silt/audit.h"
#include "silt/tree.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Before the audit of a pipe or callback: everything that is read of it goes to `fd`, too, an empty regular file open for
 * reading and writing (borrowed), encrypted under a key that exists in this process only. Nothing for files and folders.
 */
SILT_API enum silt_status silt_bundle_set_spool(struct silt_bundle *bundle, int fd, struct silt_error *err);

/* What bytes are. */
enum silt_dig_part {
	SILT_DIG_BODY,    /* of an entry: the file */
	SILT_DIG_HEADER,  /* of a tar: headers, PAX records, long names, the end mark */
	SILT_DIG_PADDING, /* of a tar: what fills the last block of a body */
	SILT_DIG_TAIL, /* of a tar: from the first bytes on that are not zero behind its end mark, but for entries there */
	SILT_DIG_FRAMING, /* beside what is compressed: a comment of gzip, a skippable frame, what follows the end */
	SILT_DIG_STORED,  /* a file of the bundle as it is stored */
	SILT_DIG_TAR,     /* a run of a tar, whatever it belongs to */
};

/* "body", "header", "padding", "tail", "framing", "stored", "tar". */
SILT_API const char *silt_dig_part_name(enum silt_dig_part part);

/* Something to dig out. */
struct silt_dig_item {
	size_t stored;           /* which file of the bundle (silt_stored_get) */
	enum silt_dig_part part; /* BODY, STORED or TAR */
	size_t entry;            /* BODY: which entry of its tar */
	uint64_t offset;         /* STORED: of the bytes as stored; TAR: of the tar in them; 0 for BODY */
	uint64_t length;         /* STORED, TAR: how many; UINT64_MAX: to the end */
};

/* Bytes that were dug out. */
struct silt_dig_piece {
	size_t item; /* silt_dig: which of the items; else SIZE_MAX */
	size_t stored;
	enum silt_dig_part part;
	size_t entry;    /* BODY: of the tar; else SIZE_MAX */
	uint64_t offset; /* BODY: in the body; STORED, FRAMING: of the bytes as stored; else in the tar */
	/* May be empty in the last piece. BODY: one that begins behind the end of the last one leaves out a hole of zeros. */
	struct silt_bytes bytes;
	bool last;           /* nothing more comes of this body, framing field or item */
	const char *framing; /* FRAMING: what it is: "gzip comment" */
};

/* Gets the pieces; what it returns if it is not SILT_OK ends the digging with that. */
typedef enum silt_status silt_dig_fn(void *ctx, const struct silt_dig_piece *piece, struct silt_error *err);

/*
 * Digs out `items`, whatever their order. Each one that is there gets its pieces and a last one, in one go: only items of
 * one body get each of its pieces in turn. An entry without a body (a link, a directory) gets an empty last one. Bodies of
 * entries that are cut off are as long as they are.
 */
SILT_API enum silt_status silt_dig(struct silt_bundle *bundle, const struct silt_result *result,
				   const struct silt_dig_item *items, size_t count, silt_dig_fn *fn, void *ctx,
				   struct silt_error *err);

/*
 * All bytes: of every tar, the bundle's own and those in it, HEADER, BODY, PADDING, TAIL and FRAMING; files of the bundle
 * that are no tar STORED, in place of their bodies.
 */
SILT_API enum silt_status silt_dig_all(struct silt_bundle *bundle, const struct silt_result *result, silt_dig_fn *fn,
				       void *ctx, struct silt_error *err);

#ifdef __cplusplus
}
#endif

#endif
