/*
 * A layer record as bytes, and back.
 *
 * What is kept of a layer comes in two parts, because one layer is stored in many blobs: what its uncompressed bytes say,
 * which belongs to the diff ID, and what only the blob says (its digest, its compression, what stands in the framing of
 * that), which belongs to its digest. A blob that is not compressed is its layer, and needs no second part.
 *
 *   0            8        16                    of a part
 *   +------------+--------+---------------+
 *   | "siltrec" F| size   | one zstd frame |     F: the record format; size: of what is in the frame
 *   +------------+--------+---------------+
 *
 *   the members of the record itself              in the frame; all numbers little-endian
 *   texts: total 8, used 4, chunks 4, of each chunk its size 4 and its bytes
 *   for each array: number of items 4, then column by column
 *     a number, raw bytes        as many bytes as it has
 *     a text                     4: 0 for none, else its length and one; its bytes
 *     a span                     4: its length; its bytes
 *     a rule                     the same, its id
 *     package, flags of a claim  4
 *   the places of the hits, then of the anomalies of a blob among those of its layer: number 4, of each 4
 *
 * A packed record is not hostile, for whoever reads one has a proof of who wrote it; it is read as if it were. Every
 * number is held against its range, every index against what it points into.
 */
#ifndef SILT_LAYER_RECORD_PACK_H
#define SILT_LAYER_RECORD_PACK_H

#include "base/buffer.h"
#include "layer/record.h"

/* Another number, other keys: what was packed in another format is never met. */
#define SILT_RECORD_FORMAT 1

#define SILT_RECORD_MAGIC "siltrec"

/*
 * NULL if the record may be kept, else why not, in a few words. Kept is what is complete and holds no byte of a secret:
 * of hits there is a keyed hash and a redacted preview, but names, lists of accounts and first lines of scripts are in a
 * record as they are. So what has a secret in one of those is not. SILT_ERR_MEMORY and SILT_ERR_INTERNAL of the search.
 */
enum silt_status silt_record_refusal(const struct silt_record *record, const struct silt_matcher *matcher,
				     const char **why, struct silt_error *err);

/*
 * Adds both parts of a record that may be kept; nothing to `blob` if the layer was not compressed. SILT_ERR_MEMORY;
 * SILT_ERR_INPUT if it is larger than SILT_RECORD_BYTES_MAX.
 */
enum silt_status silt_record_pack(const struct silt_record *record, struct silt_buffer *layer, struct silt_buffer *blob,
				  struct silt_error *err);

/*
 * The record again; `blob` empty: of the blob that is not compressed. Rules are those of `matcher`, which must outlive
 * it. SILT_ERR_INPUT if a part is damaged, of another format, or names a rule that is not there; SILT_ERR_MEMORY.
 */
enum silt_status silt_record_unpack(struct silt_bytes layer, struct silt_bytes blob, const struct silt_matcher *matcher,
				    struct silt_record **out, struct silt_error *err);

/* The diff ID that the part of a blob names. SILT_ERR_INPUT, SILT_ERR_MEMORY. */
enum silt_status silt_record_unpack_diff_id(struct silt_bytes blob, const struct silt_matcher *matcher,
					    struct silt_digest *out, struct silt_error *err);

/* ---- Inside of this folder ------------------------------------------------------------------------------------------ */

/* One part, in the shape of a record, and where its hits and anomalies stand among all. */
struct silt_record_part {
	struct silt_record record;
	uint32_t *hit_places, *anomaly_places; /* own; one for each hit and anomaly, ascending; NULL: there are none */
};

/* True if every index of a record points where it should, and every order that is promised holds. */
bool silt_record_is_sound(const struct silt_record *record);

enum silt_status silt_part_pack(const struct silt_record_part *part, struct silt_buffer *out, struct silt_error *err);
/*
 * `part` starts zeroed, and is the caller's to free also after a failure: what is in its record, and its places. Texts go
 * to `arena`, which may be that of the record.
 */
enum silt_status silt_part_unpack(struct silt_bytes bytes, const struct silt_matcher *matcher, struct silt_arena *arena,
				  struct silt_record_part *part, struct silt_error *err);

#endif
