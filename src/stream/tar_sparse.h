/*
 * Where the pieces of a sparse file lie, by the rules of Go's archive/tar (readOldGNUSparseMap, readGNUSparseMap0x1 and
 * readGNUSparseMap1x0 in reader.go, validateSparseEntries in common.go). Three encodings give the same map.
 */
#ifndef SILT_STREAM_TAR_SPARSE_H
#define SILT_STREAM_TAR_SPARSE_H

#include "base/bytes.h"

/* Bytes of the body that follow each other in the file too. */
struct silt_tar_piece {
	uint64_t offset, length; /* in the file */
};

/* Starts zeroed. */
struct silt_tar_map {
	struct silt_tar_piece *pieces; /* owns; in order, none empty, none touching the one before */
	size_t count;
	uint64_t size; /* of the file */
	bool failed;   /* memory ran out */

	size_t capacity;
	uint64_t end; /* of the last entry of the archive's map, which may be empty */
};

void silt_tar_map_done(struct silt_tar_map *map);

/* Begins the map of a file of that size. False if there is no such size. */
bool silt_tar_map_begin(struct silt_tar_map *map, int64_t size);

/* The map of a file without holes. */
void silt_tar_map_plain(struct silt_tar_map *map, uint64_t size);

/* True if there are no holes. */
bool silt_tar_map_is_whole(const struct silt_tar_map *map);

/*
 * Old GNU: entries in the header, and more in blocks behind it as long as the block before has `more`.
 *
 *        386                     482  483       495          0                        504
 *     - -+------+------+- - - - -+----+---------+- - -       +------+------+- - - - -+----+-------+
 *        |offset|length| 4 times |more|real size|            |offset|length| 21 times|more|       |
 *     - -+------+------+- - - - -+----+---------+- - -       +------+------+- - - - -+----+-------+
 *          12     12              1     12
 *
 * An offset that begins with a NUL is the end of the entries of that block. False if Go refuses them.
 */
bool silt_tar_map_old_header(struct silt_tar_map *map, const uint8_t *header, bool *more);
bool silt_tar_map_old_more(struct silt_tar_map *map, const uint8_t *block, bool *more);

/* GNU 0.1: `count` in decimal, and "offset,length,offset,length" in PAX records; 0.0 comes as 0.1 (tar_pax.h). */
bool silt_tar_map_pax(struct silt_tar_map *map, struct silt_bytes count, struct silt_bytes numbers);

/*
 * GNU 1.0: text at the start of the body, up to the end of the block in which its last line ends: the number of entries,
 * then offset and length of each, each on a line of its own. How many lines there must be: 0 if Go refuses them, 1 if
 * not even the first is there.
 */
uint64_t silt_tar_map_lines(struct silt_bytes text);
/* Reads a text that has them. */
bool silt_tar_map_text(struct silt_tar_map *map, struct silt_bytes text);

#endif
