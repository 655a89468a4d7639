/*
 * One header block of a tar, by the rules of Go's archive/tar (readHeader in reader.go, getFormat in format.go).
 *
 * Four formats share the block. The magic says which it is; what is in none of the others is V7:
 *
 *        0   100  108 116 124  136   148 156  157  257   263 265   297   329 337 345            500 508  512
 *       +----+----+---+---+----+-----+---+----+----+- - - - - - - - - - - - - - - - - - - - - - - - - - -+
 * V7    |name|mode|uid|gid|size|mtime|sum|type|link|                                                    |
 *       +----+----+---+---+----+-----+---+----+----+-----+---+-----+-----+---+---+---------------+------+
 * ustar                                       |"ustar\0"|"00"|uname|gname|maj|min|prefix         |      |
 *                                             +-----+---+---+-----+-----+---+---+-------+-----+-----+----+
 * star                                        |"ustar\0"|  ...                   |prefix |atime|ctime|tar0|
 *                                             +-----+---+---+-----+-----+---+---+-------+-----+-----+----+
 * GNU                                         |"ustar "|" \0"|...         |maj|min|atime|ctime|...|map|...  |
 *                                             +-----+---+---+-----+-----+---+---+-----+-----+- - - - - - +
 *                                                                               345   357   369  386
 */
#ifndef SILT_STREAM_TAR_HEADER_H
#define SILT_STREAM_TAR_HEADER_H

#include "base/bytes.h"

enum {
	SILT_TAR_BLOCK = 512,
	SILT_TAR_PATH_FIELDS = 155 + 1 + 100, /* a prefix, a slash and a name */
};

enum silt_tar_format { SILT_TAR_FORMAT_V7, SILT_TAR_FORMAT_USTAR, SILT_TAR_FORMAT_STAR, SILT_TAR_FORMAT_GNU };

/* What the block says. Spans borrow from the block or from this. */
struct silt_tar_header {
	enum silt_tar_format format;
	uint8_t type;
	struct silt_bytes name, link;
	int64_t mode, uid, gid, size, mtime, dev_major, dev_minor; /* the last two: 0 in V7 */
	uint8_t joined[SILT_TAR_PATH_FIELDS];
};

/* Reads the block. NULL; or what Go refuses it for, as in "the size in a header is no number". */
const char *silt_tar_header_read(const uint8_t block[static SILT_TAR_BLOCK], struct silt_tar_header *header);

/* The sum of the bytes, with the eight of the checksum counted as spaces, is the checksum. Signed bytes are allowed. */
bool silt_tar_checksum_holds(const uint8_t block[static SILT_TAR_BLOCK]);

/* True for links, devices, directories and fifos: they have no body, whatever their size says. */
bool silt_tar_is_header_only(uint8_t type);

#endif
