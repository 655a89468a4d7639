/* Archives for tests, written member by member, right or wrong. Every call adds to `out`; a failure aborts. */
#ifndef SILT_TESTS_ARCHIVE_WRITER_H
#define SILT_TESTS_ARCHIVE_WRITER_H

#include "base/buffer.h"

struct zip_member {
	const char *name;
	struct silt_bytes content;
	unsigned method;          /* 0 or 8; any other with `packed` */
	struct silt_bytes packed; /* if not empty: what stands there instead */
	bool described;           /* sizes and CRC stand behind the content ... */
	bool unsigned_descriptor; /* ... without a signature */
	bool zip64;               /* sizes stand in an extra field */
	bool encrypted;           /* says so; nothing is */
	unsigned wrong_crc;       /* added to what is right */
};

/* Local header, name, extra field, content, descriptor. */
void add_zip(struct silt_buffer *out, const struct zip_member *member);
/* The end of a central directory of nothing, with a comment. */
void add_zip_end(struct silt_buffer *out, const char *comment);
/* A whole zip of one deflated member. */
void add_zip_of(struct silt_buffer *out, const char *name, struct silt_bytes content);

#define AR_MAGIC "!<arch>\n"

/* Header and content of one member, padded; `name` goes into the 16 bytes as it is. */
void add_ar(struct silt_buffer *out, const char *name, struct silt_bytes content);

/* `magic`: "070701" or "070707". */
void add_cpio(struct silt_buffer *out, const char *magic, const char *name, struct silt_bytes content);

/* A package: lead, two small headers, and these bytes. */
void add_rpm(struct silt_buffer *out, struct silt_bytes payload);

#endif
