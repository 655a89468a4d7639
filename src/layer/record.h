/*
 * The layer record: all the facts kept of one layer. The waist of silt.
 *
 * A record needs no other layer to be made and no file bytes to be used. It holds no secret, unless the survey was
 * asked to keep them: hits carry a keyed hash and a redacted preview. Everything in it is owned by its arena or by its
 * own arrays and lives until silt_record_free. After silt_survey_end it is immutable.
 */
#ifndef SILT_LAYER_RECORD_H
#define SILT_LAYER_RECORD_H

#include "base/arena.h"
#include "base/limits.h"
#include "base/text_pool.h"
#include "content/fact.h"
#include "content/package.h"
#include "content/program.h"
#include "secret/scanner.h"
#include "silt/result.h"
#include "stream/digest.h"
#include "stream/inflate.h"

/* OCI image-spec layer.md: what a name means for lower layers. By name alone, whatever the type of the entry. */
enum silt_whiteout {
	SILT_WHITEOUT_NONE,
	SILT_WHITEOUT_FILE,    /* ".wh.NAME": deletes NAME of lower layers */
	SILT_WHITEOUT_OPAQUE,  /* ".wh..wh..opq" exactly: hides all lower children of its directory */
	SILT_WHITEOUT_INVALID, /* ".wh.", ".wh..", ".wh...": nothing is applied */
};

enum {
	/* Bytes of a block of a tar: headers stand at multiples of them. */
	SILT_ENTRY_BLOCK = 512,
	/* Bytes that an entry takes in the tree of an image: its name, its share of a table, its fate. */
	SILT_ENTRY_TREE_BYTES = 33,
};

enum {
	SILT_ENTRY_HAS_EXTRA = 1,  /* the record has an extra for it */
	SILT_ENTRY_CLIPPED_ID = 2, /* uid or gid did not fit 32 bits */
	SILT_ENTRY_ESCAPES = 4,    /* ".." climbed above the root */
	SILT_ENTRY_TRUNCATED = 8,  /* the archive ends inside its body */
	SILT_ENTRY_DISPUTED = 16,  /* only another reader of the tar than Docker's has it: not of the tree */
	SILT_ENTRY_ODD_TIME = 32,  /* its time does not fit 32 bits */
};

/*
 * One entry. 40 bytes, and its name: a layer may have millions. Entries of one directory share the text of its path, so
 * a path is not in one piece: silt_entry_path.
 */
struct silt_entry {
	uint64_t size;
	uint32_t folder; /* of the record's texts: the cleaned path without its last component */
	uint32_t name;   /* the last component; both are empty for the root */
	uint32_t block;  /* silt_entry_offset */
	uint32_t time;   /* silt_entry_mtime */
	uint32_t uid, gid;
	uint16_t mode;    /* 0..07777 */
	uint8_t type;     /* enum silt_entry_type */
	uint8_t whiteout; /* enum silt_whiteout */
	uint8_t flags;
	uint8_t program; /* enum silt_program_kind */
};

/* What few entries have. */
struct silt_extra {
	uint32_t entry;
	uint32_t link;       /* of the texts. Symlink: as in the archive; hardlink: cleaned */
	uint32_t capability; /* of the texts: raw value of xattr security.capability; empty: none */
	uint32_t dev_major, dev_minor;
	int64_t mtime; /* of an entry with ODD_TIME */
};

enum silt_hit_place {
	SILT_HIT_BODY,      /* in the body of `entry` */
	SILT_HIT_HEADER,    /* in the header of `entry`: `field` says in what */
	SILT_HIT_UNCLAIMED, /* in bytes of the layer that are no entry's body: headers, padding, behind the end */
	SILT_HIT_FRAMING,   /* in bytes of the compressed blob that decompression does not deliver */
	SILT_HIT_FIELD,     /* in a string of a JSON document: `field` */
};

/* A confirmed secret at a place. */
struct silt_hit {
	const struct silt_rule *rule;
	enum silt_hit_place place;
	enum silt_severity severity;
	enum silt_confidence confidence;
	uint32_t entry;  /* BODY, HEADER: index of the entry */
	uint64_t offset; /* of the value in body, layer, blob or string */
	uint64_t length;
	const char *note;  /* static or NULL */
	const char *field; /* FIELD: "config.Env[2]"; FRAMING: "gzip comment"; HEADER: "link target". Arena or NULL. */
	const char *preview; /* redacted. Arena. */
	const char *via;     /* static: the encoding it was written in ("base64"); NULL: as it is */
	const char *facts;   /* what is known of it that is no secret; "" or NULL if nothing. Arena. */
	int64_t expires;     /* seconds since 1970; 0: never or unknown */
	/*
	 * In an archive that is the body of `entry`: the path inside, raw bytes, one "!/" between archives:
	 * "lib/inner.jar!/META-INF/x". Empty: in the body itself. `offset` is then one of the innermost file. Arena.
	 */
	struct silt_bytes inner;
	struct silt_bytes secret; /* the value, if the survey was asked to keep it; else empty. Arena. */
	uint8_t value[SILT_VALUE_ID_SIZE];
	uint8_t public_id[SILT_PUBLIC_ID_SIZE]; /* of a private key; zeros: not known */
};

/* A certificate or public key in a file: what a private key of the image may open. */
struct silt_public_half {
	uint8_t id[SILT_PUBLIC_ID_SIZE];
	uint32_t entry;
	const char *what;        /* static: "certificate", "public key" */
	struct silt_bytes inner; /* as of a hit. Arena. */
};

/* The body of a small file that a check reads: etc/passwd, etc/group. */
struct silt_capture {
	uint32_t entry;
	struct silt_bytes body;
	bool whole; /* false: larger than it may be */
};

/* What the file of an entry says (content/fact.h). */
struct silt_fact {
	uint32_t entry;
	uint32_t line; /* from 1; 0: the file has none */
	enum silt_fact_kind kind;
	struct silt_bytes text; /* raw; may be of the image. Arena. */
};

#define SILT_BUILD_ID_MAX 20

/* An entry that is a program: all of DYNAMIC, STATIC, CORE and SCRIPT, whatever their mode. */
struct silt_program {
	uint32_t entry;
	enum silt_program_kind kind;
	struct silt_bytes interpreter; /* PT_INTERP, or the words behind "#!", trimmed; else empty. Arena, shared. */
	const char *shell;             /* static: the shell it is by its content ("busybox"), else NULL */
	uint8_t build_id_len;          /* 0: none */
	uint8_t build_id[SILT_BUILD_ID_MAX]; /* the first bytes of a longer one */
};

/* A package that a database of this layer lists files of. */
struct silt_package {
	struct silt_bytes name; /* raw. Arena. */
	uint32_t database;      /* the entry that lists it */
	enum silt_package_db kind;
};

/*
 * What a database says: "the file at this path has this digest". As keyed hashes, since only the question whether it
 * says so is ever asked: the first part of the id is of the path alone, the second of path and digest, or zeros if the
 * database lists the path and tells no digest. 28 bytes: there may be millions.
 */
#define SILT_CLAIM_PATH_SIZE 8
#define SILT_CLAIM_ID_SIZE (SILT_CLAIM_PATH_SIZE + 16)

struct silt_claim {
	uint8_t id[SILT_CLAIM_ID_SIZE];
	uint32_t package : 28;
	uint32_t flags : 4; /* SILT_LISTED_... */
};

/* The digests, of the kinds that databases use, of a body with hits, of a program, or of what gives rights. */
struct silt_body_digests {
	uint32_t entry;
	bool known[SILT_SUM_KINDS];
	uint8_t value[SILT_SUM_KINDS][SILT_SUM_MAX];
};

/* The digest of the body of an entry, kept for a comparison (contents.h). */
struct silt_content_digest {
	uint32_t entry;
	uint8_t sha256[32];
};

/* A whole body that was kept (kept.h). */
struct silt_kept_body {
	uint32_t entry;
	struct silt_bytes body; /* arena */
};

/* Damage and oddities. Each kind says what it makes of the coverage and which check reports it. */
enum silt_anomaly_kind {
	SILT_ANOMALY_TAR_WARNING,     /* libarchive warned: others may read the entry differently; incomplete */
	SILT_ANOMALY_TAR_DAMAGED,     /* bad header; incomplete */
	SILT_ANOMALY_TAR_TRUNCATED,   /* ends inside an entry; incomplete */
	SILT_ANOMALY_TAR_FATAL,       /* reader gave up; incomplete */
	SILT_ANOMALY_TAR_DISPUTED,    /* Go's reader and libarchive's find different entries; both were looked at */
	SILT_ANOMALY_TAR_REFUSED,     /* an entry of a type that some tool writes, and Docker refuses */
	SILT_ANOMALY_TAIL,            /* non-zero bytes behind the end of the tar */
	SILT_ANOMALY_PADDING,         /* non-zero bytes between the end of a body and the next header */
	SILT_ANOMALY_LARGE_HEADER,    /* a PAX header or long name that is far larger than names are */
	SILT_ANOMALY_FRAMING,         /* gzip comment, skippable frame, trailer */
	SILT_ANOMALY_INFLATE,         /* bad or truncated compression; incomplete */
	SILT_ANOMALY_INFLATE_LIMIT,   /* a limit of decompression; incomplete */
	SILT_ANOMALY_RATIO,           /* much more comes out of the compression than goes in */
	SILT_ANOMALY_ESCAPE,          /* ".." above the root, in a name or the target of a hardlink */
	SILT_ANOMALY_LINK_ESCAPE,     /* the same in the target of a symlink */
	SILT_ANOMALY_WHITEOUT_BODY,   /* a deletion mark with content */
	SILT_ANOMALY_WHITEOUT_ODD,    /* invalid or unknown whiteout name, 0/0 device, marks of overlayfs */
	SILT_ANOMALY_PATH_LIMIT,      /* path, name or depth beyond a limit; incomplete */
	SILT_ANOMALY_ENTRY_LIMIT,     /* more entries than a limit allows; incomplete */
	SILT_ANOMALY_MATCH_LIMIT,     /* a flood of matches; incomplete */
	SILT_ANOMALY_CAPTURE_LIMIT,   /* a passwd file too large to read; incomplete */
	SILT_ANOMALY_DOCUMENT_LIMIT,  /* more JSON documents than a limit allows; incomplete */
	SILT_ANOMALY_NESTED_DAMAGED,  /* an archive in a file is cut off or fails its checks; incomplete */
	SILT_ANOMALY_NESTED_SEALED,   /* something in it is encrypted or packed in an unknown way; incomplete */
	SILT_ANOMALY_NESTED_LIMIT,    /* archives deeper, larger or more than a limit allows; incomplete */
	SILT_ANOMALY_NESTED_RATIO,    /* much more comes out of the archives in a file than it has bytes */
	SILT_ANOMALY_NESTED_DISPUTED, /* a tar in a file that can be read in two ways */
	SILT_ANOMALY_NESTED_SETUID,   /* a setuid program in a tar in a file */
	SILT_ANOMALY_KINDS,
};

struct silt_anomaly {
	enum silt_anomaly_kind kind;
	enum silt_limit_id limit; /* which was reached, if it is about one: the text says so */
	uint32_t entry;           /* UINT32_MAX: none */
	uint64_t offset;          /* in the uncompressed layer, or in the blob for FRAMING and INFLATE */
	const char *text;         /* one printable sentence. Arena. */
};

struct silt_record {
	struct silt_digest digest;  /* of the blob as stored */
	struct silt_digest diff_id; /* of the uncompressed tar */
	enum silt_compression compression;
	uint64_t blob_bytes, bytes;
	uint64_t entry_bytes;  /* of memory for the entries, as the limits count it */
	uint64_t nested_bytes; /* that came out of archives in its files */

	struct silt_entry *entries; /* in archive order */
	size_t entry_count;
	struct silt_text_pool texts; /* paths, links and capabilities of the entries */
	struct silt_extra *extras;   /* by entry */
	size_t extra_count;
	struct silt_hit *hits;
	size_t hit_count;
	struct silt_hit
		*wanted; /* matches of values that are looked for (secret/wanted.h), as they came; never packed */
	size_t wanted_count;
	struct silt_content_digest *contents; /* by entry; never packed */
	size_t content_count;
	struct silt_kept_body *kept; /* by entry; never packed */
	size_t kept_count;
	struct silt_public_half *public_halves; /* in the order in which they were met */
	size_t public_count;
	struct silt_capture *captures;
	size_t capture_count;
	struct silt_fact *facts; /* by entry, then as they stand in its file */
	size_t fact_count;
	struct silt_program *programs; /* by entry */
	size_t program_count;
	struct silt_package *packages; /* in archive order */
	size_t package_count;
	struct silt_claim *claims; /* by id */
	size_t claim_count;
	struct silt_body_digests *digests; /* by entry */
	size_t digest_count;
	struct silt_anomaly *anomalies;
	size_t anomaly_count;
	uint64_t anomaly_totals[SILT_ANOMALY_KINDS]; /* also those not kept */
	bool complete;                               /* every byte was looked at */

	struct silt_arena arena;
};

/* What becomes of a decompression that was not complete. */
static inline enum silt_anomaly_kind silt_inflate_anomaly(const struct silt_inflate_report *report)
{
	return report->end == SILT_INFLATE_LIMIT ? SILT_ANOMALY_INFLATE_LIMIT : SILT_ANOMALY_INFLATE;
}

/* True if the hit is in an entry, so that its fate is that of the entry. */
static inline bool silt_hit_has_entry(const struct silt_hit *hit)
{
	return hit->place == SILT_HIT_BODY || hit->place == SILT_HIT_HEADER;
}

/* Room for a path that is put together. */
struct silt_path_room {
	uint8_t bytes[SILT_PATH_MAX];
};

/* The cleaned path of an entry; "": the root. Valid as long as both `room`, which need not be initialised, and record. */
struct silt_bytes silt_entry_path(const struct silt_record *record, const struct silt_entry *entry,
				  struct silt_path_room *room);

/* The last component of the path. Valid as long as the record. */
static inline struct silt_bytes silt_entry_name(const struct silt_record *record, const struct silt_entry *entry)
{
	return silt_text_of(&record->texts, entry->name);
}

/* The path of the directory that the entry is in. Valid as long as the record. */
static inline struct silt_bytes silt_entry_folder(const struct silt_record *record, const struct silt_entry *entry)
{
	return silt_text_of(&record->texts, entry->folder);
}

/* Sets the path of an entry; shorter than SILT_PATH_MAX, and clean. False if memory ran out. */
bool silt_entry_set_path(struct silt_text_pool *texts, struct silt_entry *entry, struct silt_bytes path) SILT_MUST_USE;

/* Where the header is in the uncompressed layer, rounded down to a block. */
static inline uint64_t silt_entry_offset(const struct silt_entry *entry)
{
	return (uint64_t)entry->block * SILT_ENTRY_BLOCK;
}

int64_t silt_entry_mtime(const struct silt_record *record, const struct silt_entry *entry);

/* The target of a link, as struct silt_extra says; the raw capability. Empty: none. Valid as long as the record. */
struct silt_bytes silt_entry_link(const struct silt_record *record, const struct silt_entry *entry);
struct silt_bytes silt_entry_capability(const struct silt_record *record, const struct silt_entry *entry);

/* True if the id of a key is known. */
static inline bool silt_public_id_known(const uint8_t id[static SILT_PUBLIC_ID_SIZE])
{
	return !silt_bytes_all(silt_bytes(id, SILT_PUBLIC_ID_SIZE), 0);
}

/* The extra of an entry; one of zeros if it has none. */
const struct silt_extra *silt_record_extra(const struct silt_record *record, const struct silt_entry *entry);

/* The captured body of entry `index`, or NULL. */
const struct silt_capture *silt_record_capture(const struct silt_record *record, uint32_t index);

/* The facts of entry `index`: the first, and how many follow each other. */
const struct silt_fact *silt_record_facts(const struct silt_record *record, uint32_t index, size_t *count);

/* The program that entry `index` is, or NULL. */
const struct silt_program *silt_record_program(const struct silt_record *record, uint32_t index);

/* True if such an anomaly means that bytes or entries were not looked at. */
bool silt_anomaly_is_gap(enum silt_anomaly_kind kind);

/*
 * Where decompression ended early, at byte `end` of the tar, the tar does too: one damage, told once. For a record that
 * grows.
 */
void silt_drop_consequences(struct silt_record *record, uint64_t end);

void silt_record_free(struct silt_record *record);

/* Frees what a record owns, of one that is not on the heap itself. */
void silt_record_done(struct silt_record *record);

#endif
