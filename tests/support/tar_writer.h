/*
 * A tar writer that can lie, for tests. It shares no code with what it tests.
 *
 *     struct tar_writer w = {0};
 *     tar_dir(&w, "etc/", 0755);
 *     tar_text(&w, "etc/motd", 0644, "hello\n");
 *     tar_end(&w);
 *     use(tar_bytes(&w));
 *     tar_done(&w);
 *
 * The simple calls write honest ustar headers, with a PAX header in front where a name or target does not fit. tar_header
 * writes one header block of any kind, right or wrong, and nothing else; tar_raw writes anything. A test that runs out
 * of memory aborts.
 */
#ifndef SILT_TESTS_TAR_WRITER_H
#define SILT_TESTS_TAR_WRITER_H

#include "base/buffer.h"

enum { TAR_BLOCK = 512 };

/* The time, in seconds since 1970, of every entry that is not written by tar_header. */
enum { TAR_MTIME = 1600000000 };

/* A zeroed struct is an empty writer. */
struct tar_writer {
	struct silt_buffer out;
};

enum tar_magic {
	TAR_MAGIC_USTAR, /* "ustar\0" "00", POSIX */
	TAR_MAGIC_GNU,   /* "ustar  \0" */
	TAR_MAGIC_NONE,  /* V7: no magic */
};

enum tar_checksum {
	TAR_CHECKSUM_UNSIGNED, /* the right one */
	TAR_CHECKSUM_SIGNED,   /* with signed bytes, as some old writers did; differs if a byte is above 127 */
	TAR_CHECKSUM_BAD,
};

/* One header block. Numbers that do not fit their octal field are written in base 256. */
struct tar_header {
	const char *name;
	size_t name_len; /* 0: up to the NUL. At most 100 bytes are written. */
	char type;       /* '0', '1', '2', '5', 'x', 'L', ... ; 0 is the old regular file */
	unsigned mode;
	uint64_t uid, gid, size;
	int64_t mtime;
	const char *link;   /* may be NULL; at most 100 bytes are written */
	const char *prefix; /* of ustar; may be NULL; at most 155 bytes are written */
	uint64_t dev_major, dev_minor;
	enum tar_magic magic;

	/* Lies. */
	struct silt_bytes raw_size; /* if not empty: up to 12 bytes for the size field as they are, zeros behind */
	struct silt_bytes raw_mode; /* as above, up to 8 */
	size_t patch_at;            /* `patch` stands here in the block */
	struct silt_bytes patch;
	enum tar_checksum checksum;
};

void tar_done(struct tar_writer *w);

/* All that was written. Valid until the next write. */
struct silt_bytes tar_bytes(const struct tar_writer *w);

void tar_file(struct tar_writer *w, const char *name, unsigned mode, struct silt_bytes body);
/* As tar_file, with a C string as the body. */
void tar_text(struct tar_writer *w, const char *name, unsigned mode, const char *text);
/* `name` as it shall stand in the archive; real ones end in "/". */
void tar_dir(struct tar_writer *w, const char *name, unsigned mode);
void tar_symlink(struct tar_writer *w, const char *name, const char *target);
void tar_hardlink(struct tar_writer *w, const char *name, const char *target);
/* `type`: '3' character device, '4' block device, '6' fifo. */
void tar_device(struct tar_writer *w, const char *name, char type, uint64_t major, uint64_t minor);

/* One header block alone: no body, no padding. */
void tar_header(struct tar_writer *w, const struct tar_header *header);
/* Bytes, and zeros up to the next block. */
void tar_body(struct tar_writer *w, struct silt_bytes body);
/* Exactly these bytes. */
void tar_raw(struct tar_writer *w, struct silt_bytes bytes);

/* A PAX header for the next entry: one record "LEN KEY=VALUE\n". */
void tar_pax(struct tar_writer *w, const char *key, struct silt_bytes value);
/* Adds one PAX record to `records`, for tar_pax_records. */
void tar_pax_add(struct silt_buffer *records, const char *key, struct silt_bytes value);
/* A PAX header of type 'x' (next entry) or 'g' (all that follow) with these bytes as its records, right or wrong. */
void tar_pax_records(struct tar_writer *w, char type, struct silt_bytes records);
/* A GNU long name ('L') or long link ('K') header for the next entry. */
void tar_gnu_long(struct tar_writer *w, char type, struct silt_bytes name);

/* The end marker: two zero blocks. */
void tar_end(struct tar_writer *w);

#endif
