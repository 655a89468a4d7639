/* The local header of a zip member, and what follows one that did not know its sizes. Internal to the zip reader. */
#ifndef SILT_CONTENT_ZIP_HEADER_H
#define SILT_CONTENT_ZIP_HEADER_H

#include "base/bytes.h"

enum { SILT_ZIP_LOCAL_LEN = 30, SILT_ZIP_DESCRIPTOR_MAX = 24 };

enum silt_zip_method {
	SILT_ZIP_STORED = 0,
	SILT_ZIP_DEFLATED = 8,
	SILT_ZIP_BZIP2 = 12,
	SILT_ZIP_ZSTD = 93,
	SILT_ZIP_XZ = 95,
};

struct silt_zip_header {
	unsigned method;
	bool encrypted;
	bool described; /* a data descriptor follows the content */
	bool sized;     /* `packed` and `size` are known */
	uint32_t crc;
	uint64_t packed, size;
	size_t name_len, extra_len; /* of the fields behind the header */
};

/* Parses the fixed part of a local header. False if these bytes are none, or none that a writer of zips writes. */
bool silt_zip_parse(struct silt_bytes start, struct silt_zip_header *out);

/* Takes 64-bit sizes from the extra field, or from as much of it as there is. */
void silt_zip_parse_extra(struct silt_zip_header *header, struct silt_bytes extra);

/* True if the data descriptor at the beginning of `bytes`, with its signature or without, states this CRC. */
bool silt_zip_describes(struct silt_bytes bytes, uint32_t crc);

/* True if `bytes` begin with the signature of a data descriptor that states these, as far as 32 bits go. */
bool silt_zip_is_descriptor(struct silt_bytes bytes, uint32_t crc, uint64_t packed);

#endif
