/*
 * Archives that are files: what their members are, read in one pass from a source.
 *
 * Packed files, of one member (gzip, zstd, xz, bzip2, rpm), are archives too. Each format is a row of functions; who
 * opens archives inside of archives knows this table only.
 *
 * The bytes of an archive that are no member's content (headers, names, comments) are not given: who wants them looks
 * at the source as it is read, and reads on where the reader stopped.
 */
#ifndef SILT_CONTENT_ARCHIVE_H
#define SILT_CONTENT_ARCHIVE_H

#include "base/limits.h"
#include "stream/source.h"

enum silt_archive_flaw_kind {
	SILT_ARCHIVE_SOUND,
	SILT_ARCHIVE_DAMAGED,  /* cut off, or not what its checks say */
	SILT_ARCHIVE_SEALED,   /* encrypted, or packed in a way that is not known here */
	SILT_ARCHIVE_DISPUTED, /* its readers find different members; all of both were given */
	SILT_ARCHIVE_LIMIT,    /* a limit */
};

struct silt_archive_flaw {
	enum silt_archive_flaw_kind kind;
	const char *text;         /* static: what was expected and what was found */
	enum silt_limit_id limit; /* LIMIT: which */
};

#define SILT_ARCHIVE_SIZE_UNKNOWN UINT64_MAX

struct silt_archive_member {
	struct silt_bytes name;     /* as it is written; valid until the next member. Empty: a packed file has none */
	struct silt_source content; /* empty for folders and what is sealed; valid until the next member */
	uint64_t size;              /* of the content as the archive states it, or SILT_ARCHIVE_SIZE_UNKNOWN */
	bool setuid;                /* a file that is meant to run as its owner */
};

struct silt_archive_format {
	const char *name; /* "zip archive" */
	bool packed;      /* one member without a name of its own */
	bool plain; /* members lie in it as they are: who looks at its bytes has seen theirs, whatever is damaged */
	bool holds_archive; /* what is in it must be an archive; anything else is packed in a way that is not known */
	/* True if a file that begins so (512 bytes, or all of it) is one. */
	bool (*sniff)(struct silt_bytes start);
	/* A reader: made once, used for one archive after the other. `limits` outlive it. */
	enum silt_status (*create)(const struct silt_limits *limits, void **state, struct silt_error *err);
	void (*destroy)(void *state); /* accepts NULL */
	/* Begins with the archive that is all of `file`, whose first block has 512 bytes or all of it. */
	enum silt_status (*begin)(void *state, struct silt_source file, struct silt_error *err);
	/* The next member, once the content of the last one was read to its end. `*more` false: there is none. */
	enum silt_status (*next)(void *state, struct silt_archive_member *member, bool *more, struct silt_error *err);
	/* What was found wrong since this was last asked: with the last member, or after all of them with the whole. */
	struct silt_archive_flaw (*flaw)(void *state);
};

/* The format of a file that begins with `start` (512 bytes, or all of it); NULL: it is none of these. */
const struct silt_archive_format *silt_archive_sniff(struct silt_bytes start);

/* All formats, numbered. */
enum { SILT_ARCHIVE_FORMATS = 7 };
const struct silt_archive_format *silt_archive_at(size_t index);
size_t silt_archive_index(const struct silt_archive_format *format);

extern const struct silt_archive_format silt_archive_packed;
extern const struct silt_archive_format silt_archive_tar;
extern const struct silt_archive_format silt_archive_zip;
extern const struct silt_archive_format silt_archive_ar;
extern const struct silt_archive_format silt_archive_cpio;
extern const struct silt_archive_format silt_archive_rpm;
extern const struct silt_archive_format silt_archive_git;

/* Notes a flaw. The first one stays: what follows may be its consequence. */
static inline void silt_archive_blame(struct silt_archive_flaw *flaw, enum silt_archive_flaw_kind kind,
				      const char *text)
{
	if (flaw->kind == SILT_ARCHIVE_SOUND) {
		*flaw = (struct silt_archive_flaw){.kind = kind, .text = text};
	}
}

/* The same of a limit that was reached; `text` does not say how large it is. */
static inline void silt_archive_blame_limit(struct silt_archive_flaw *flaw, enum silt_limit_id limit, const char *text)
{
	if (flaw->kind == SILT_ARCHIVE_SOUND) {
		*flaw = (struct silt_archive_flaw){SILT_ARCHIVE_LIMIT, text, limit};
	}
}

/* Gives the flaw and forgets it. */
static inline struct silt_archive_flaw silt_archive_take_flaw(struct silt_archive_flaw *flaw)
{
	struct silt_archive_flaw taken = *flaw;
	*flaw = (struct silt_archive_flaw){.kind = SILT_ARCHIVE_SOUND};
	return taken;
}

#endif
