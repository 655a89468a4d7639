/*
 * The records of a PAX header (POSIX.1-2017 pax, "pax Extended Header"), by the rules of Go's archive/tar (parsePAX in
 * reader.go, parsePAXRecord in strconv.go). They are the body of an 'x' or 'g' header:
 *
 *     +--------+---+-----+---+-------+----+--------+-- - -
 *     | length |' '| key |'='| value |'\n'| length | ...      length: decimal, of the whole record with itself
 *     +--------+---+-----+---+-------+----+--------+-- - -
 *
 * The last record of a key counts. An empty value means that the header behind says it; of an attribute it is the value.
 */
#ifndef SILT_STREAM_TAR_PAX_H
#define SILT_STREAM_TAR_PAX_H

#include "base/buffer.h"
#include "stream/tar.h"

/* The keys that mean something for Go. */
enum silt_tar_pax_key {
	SILT_TAR_PAX_PATH,
	SILT_TAR_PAX_LINKPATH,
	SILT_TAR_PAX_SIZE,
	SILT_TAR_PAX_UID,
	SILT_TAR_PAX_GID,
	SILT_TAR_PAX_MTIME,
	SILT_TAR_PAX_ATIME,
	SILT_TAR_PAX_CTIME,
	SILT_TAR_PAX_UNAME,
	SILT_TAR_PAX_GNAME,
	SILT_TAR_PAX_SPARSE_MAJOR,
	SILT_TAR_PAX_SPARSE_MINOR,
	SILT_TAR_PAX_SPARSE_NAME,
	SILT_TAR_PAX_SPARSE_SIZE,
	SILT_TAR_PAX_SPARSE_REALSIZE,
	SILT_TAR_PAX_SPARSE_NUMBLOCKS,
	SILT_TAR_PAX_SPARSE_MAP,
	SILT_TAR_PAX_KEYS,
};

/* Starts zeroed. */
struct silt_tar_pax {
	struct silt_bytes values[SILT_TAR_PAX_KEYS]; /* empty: not given */
	struct silt_tar_xattr *xattrs;               /* owns; those of the records by name, each once */
	size_t xattr_count, foreign_xattr_count;     /* of the records; and behind them, added later */
	bool failed;                                 /* memory ran out: the answers mean nothing */

	size_t xattr_capacity;
	struct silt_buffer map; /* what stands in records of its own in GNU sparse format 0.0, as 0.1 would have it */
	size_t map_numbers;
	bool used; /* something of the above is not zero */
};

void silt_tar_pax_done(struct silt_tar_pax *pax);

/* Forgets all. */
void silt_tar_pax_clear(struct silt_tar_pax *pax);

/* Reads `records`, which must live as long as the answers. NULL, or what Go refuses them for. */
const char *silt_tar_pax_read(struct silt_tar_pax *pax, struct silt_bytes records);

/* Adds an attribute behind those that were read, unless they have one of that name. */
void silt_tar_pax_add_foreign_xattr(struct silt_tar_pax *pax, struct silt_bytes name, struct silt_bytes value);

/* Seconds of "SECONDS.FRACTION", rounded down. False if it is no time. */
bool silt_tar_pax_time(struct silt_bytes text, int64_t *seconds);

#endif
