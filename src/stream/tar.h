/*
 * The entries of a tar, as Docker extracts them: by the rules of Go's archive/tar (tar_walk.h). libarchive (its only user
 * is here; tar format only, no filters) reads the same bytes beside that and is the second opinion: where the two differ
 * a note says so, and what libarchive alone reads is given too.
 *
 * The reader pulls a source and gives events in stream order. Every byte of the source belongs to exactly one DATA or
 * GAP event: data is the body of an entry, a gap is everything else (headers, PAX records, padding, the end marker,
 * what follows it). So a caller that looks at all events has looked at every byte.
 *
 *     +--------+-----------------+---------+--------+----- - - -+------+------+- - - - -
 *     | header | body            | padding | header | body      | zero | zero | tail
 *     +--------+-----------------+---------+--------+----- - - -+------+------+- - - - -
 *       GAP      ENTRY, DATA...    GAP       GAP      ENTRY ...   GAP (and END_MARK), GAP
 *
 * Events of one entry: ENTRY, then, if it `has_data`, DATA until `last`. GAPs may stand anywhere between events, never
 * inside a DATA; ENTRYs and NOTEs never between the DATA of an entry. The headers of an entry come as GAP before its
 * ENTRY.
 *
 * Where a body was cut off, or has less than its map says, the last piece of DATA is empty. The holes of a sparse body are
 * not bytes: its next piece stands at a later offset, and what searches the body must not join the two.
 *
 * Whose entries come, and with what:
 *   - as long as Go's reader goes on: its entries, with their bodies. What libarchive alone reads comes between them,
 *     without DATA, since its bytes are given as what Go takes them for;
 *   - where Go's reader ended or refused to go on, and libarchive did not: libarchive's, with their bodies;
 *   - where both are done: what has the form of an entry there ("tar -i" would find it, or whoever cuts off the first of
 *     two archives), with its body.
 *
 * Names are bytes whatever the locale; the locale of the process and of the thread are left as they are. (The reader
 * borrows C.UTF-8 for the time of a call. The C library reads it from disk if nobody else in the process has it open: a
 * program that forbids itself to open files keeps one open.)
 */
#ifndef SILT_STREAM_TAR_H
#define SILT_STREAM_TAR_H

#include "base/limits.h"
#include "silt/result.h" /* enum silt_entry_type */
#include "stream/source.h"

/* An extended attribute; the value is raw bytes. */
struct silt_tar_xattr {
	struct silt_bytes name;
	struct silt_bytes value;
};

/* Who reads an entry like this. Docker, containerd and podman read with Go's archive/tar. */
enum silt_tar_reading {
	SILT_TAR_READ_ALIKE, /* both */
	SILT_TAR_READ_GO,    /* Go; libarchive reads nothing here, or something else */
	SILT_TAR_READ_OTHER, /* not Go. It comes behind the entry that Go reads in its place, if it does. */
};

/* One entry. All spans are valid until the next event. Text is as in the archive: not cleaned, not escaped. */
struct silt_tar_entry {
	struct silt_bytes path; /* PAX path, GNU long name, or ustar prefix/name */
	struct silt_bytes link; /* target of a hardlink or symlink, else empty */
	enum silt_entry_type type;
	uint8_t header_type; /* the byte in its header, '0' or '5' for the 0 of V7; 0: it is none that the walk read */
	uint16_t mode;       /* permission bits with setuid, setgid, sticky: 0..07777 */
	uint64_t uid, gid;
	/* Bytes of the body as the header states, with holes. 0 for links, directories, devices and fifos, unless libarchive
	 * gives them a body. */
	uint64_t size;
	int64_t mtime;                 /* seconds since 1970 */
	uint32_t dev_major, dev_minor; /* for device nodes */
	uint64_t offset;               /* of its first header block in the stream */
	bool sparse;                   /* the body has holes */
	bool has_data;                 /* DATA follow */
	enum silt_tar_reading reading;
	/* The attributes that Docker reads; and behind them those in a spelling that only libarchive does. */
	const struct silt_tar_xattr *xattrs;
	size_t xattr_count, foreign_xattr_count;
};

/* The raw capabilities of the file, as Docker reads them; empty: none. */
struct silt_bytes silt_tar_capability(const struct silt_tar_entry *entry);

enum silt_tar_event_kind {
	SILT_TAR_ENTRY,
	SILT_TAR_DATA,
	SILT_TAR_GAP,
	SILT_TAR_NOTE, /* something is wrong with the archive; the reader goes on */
	SILT_TAR_END,  /* the source has been read to its end */
};

/* What a NOTE says. */
enum silt_tar_note {
	SILT_TAR_NOTE_WARNING,   /* readers may disagree about the entry that comes next, and here they do not */
	SILT_TAR_NOTE_DAMAGED,   /* Go refuses to go on; or to read the body of the entry that comes next */
	SILT_TAR_NOTE_TRUNCATED, /* the archive ends inside a header or body */
	SILT_TAR_NOTE_NO_END,    /* no end-of-archive marker, or cut in the last padding; normal for some writers */
	SILT_TAR_NOTE_TAIL,      /* non-zero bytes follow the end marker */
	SILT_TAR_NOTE_FATAL,     /* libarchive gave up; it was the last to read, or `limit` says why */
	SILT_TAR_NOTE_PADDING, /* bytes that are not zero fill up the last block of a body; before the event behind it */
	SILT_TAR_NOTE_LARGE_HEADER, /* a PAX header or long name is far larger than names and attributes are */
	SILT_TAR_NOTE_DISPUTED,     /* a difference of the two readings, with both of them in its text */
	SILT_TAR_NOTE_LIMIT,        /* entries that only libarchive reads were left out: `limit` */
};

struct silt_tar_event {
	enum silt_tar_event_kind kind;
	const struct silt_tar_entry *entry; /* ENTRY */
	struct silt_bytes bytes;            /* DATA, GAP */
	uint64_t offset;                    /* DATA: in the body; GAP, NOTE: in the stream */
	bool last;                          /* DATA: the body ends with this piece */
	enum silt_tar_note note;            /* NOTE */
	const char *text;                   /* NOTE: printable, hostile bytes escaped; valid until the next event */
	enum silt_limit_id limit;           /* NOTE: the limit that was reached, if it is about one */
};

struct silt_tar;

/* A reader over `source` (its ctx and `limits` must outlive this). */
enum silt_status silt_tar_new(struct silt_source source, const struct silt_limits *limits, struct silt_tar **out,
			      struct silt_error *err);
void silt_tar_free(struct silt_tar *tar);

/* The next event. After END the answer stays END. The whole source is always read, also after FATAL. */
enum silt_status silt_tar_next(struct silt_tar *tar, struct silt_tar_event *event, struct silt_error *err);

/* Bytes of the stream consumed so far. */
uint64_t silt_tar_position(const struct silt_tar *tar);

enum silt_tar_start {
	SILT_TAR_START_NO,    /* not a tar */
	SILT_TAR_START_YES,   /* a header with a good checksum (signed or unsigned sum) */
	SILT_TAR_START_EMPTY, /* zero blocks only: the empty tar, as far as one can see */
};

/* What the first bytes (512 or more, fewer only if the stream is shorter) of an uncompressed stream are. */
enum silt_tar_start silt_tar_sniff(struct silt_bytes start);

#endif
