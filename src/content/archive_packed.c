/* A compressed file as an archive of one member: what is in it. */
#include "content/archive.h"

#include "stream/inflate.h"

#include <stdlib.h>

struct packed {
	struct silt_inflate *inflate; /* owns */
	bool given;
	struct silt_archive_flaw flaw;
};

/*
 * Stricter than what a bundle is asked: there a blob is compressed or damaged, here a text may begin with "BZh". A gzip
 * header has reserved bits that are zero; a bzip2 stream begins with a block or with its end.
 *
 *     +----+----+----+-----+------------------------------+
 *     | B  | Z  | h  | 1-9 | 31 41 59 26 53 59 (pi)       |
 *     +----+----+----+-----+ 17 72 45 38 50 90 (its root) |
 */
static bool sniff(struct silt_bytes start)
{
	switch (silt_compression_sniff(start)) {
	case SILT_COMPRESSION_NONE:
		return false;
	case SILT_COMPRESSION_GZIP:
		return start.len > 3 && (start.ptr[3] & 0xE0) == 0;
	case SILT_COMPRESSION_BZIP2: {
		struct silt_bytes block = silt_bytes_slice(start, 4, 6);
		return start.len > 4 && start.ptr[3] >= '1' && start.ptr[3] <= '9' &&
		       (silt_bytes_equal(block, SILT_LITERAL("\x31\x41\x59\x26\x53\x59")) ||
			silt_bytes_equal(block, SILT_LITERAL("\x17\x72\x45\x38\x50\x90")));
	}
	case SILT_COMPRESSION_ZSTD:
	case SILT_COMPRESSION_XZ:
		break;
	}
	return true;
}

static enum silt_status create(const struct silt_limits *limits, void **state, struct silt_error *err)
{
	struct packed *packed = calloc(1, sizeof(*packed));
	if (!packed) {
		return silt_fail_memory(err);
	}
	enum silt_status status = silt_inflate_new((struct silt_source){0}, NULL, NULL, limits, &packed->inflate, err);
	if (status != SILT_OK) {
		free(packed);
		return status;
	}
	*state = packed;
	return SILT_OK;
}

static void destroy(void *state)
{
	struct packed *packed = state;
	if (packed) {
		silt_inflate_free(packed->inflate);
		free(packed);
	}
}

static enum silt_status begin(void *state, struct silt_source file, struct silt_error *err)
{
	(void)err;
	struct packed *packed = state;
	silt_inflate_restart(packed->inflate, file);
	packed->given = false;
	silt_archive_take_flaw(&packed->flaw);
	return SILT_OK;
}

static enum silt_status next(void *state, struct silt_archive_member *member, bool *more, struct silt_error *err)
{
	(void)err;
	struct packed *packed = state;
	*more = !packed->given;
	*member = (struct silt_archive_member){
		.content = silt_inflate_source(packed->inflate),
		.size = SILT_ARCHIVE_SIZE_UNKNOWN,
	};
	packed->given = true;
	return SILT_OK;
}

static struct silt_archive_flaw flaw(void *state)
{
	struct packed *packed = state;
	const struct silt_inflate_report *report = silt_inflate_report(packed->inflate);
	if (report->end == SILT_INFLATE_COMPLETE || packed->flaw.kind != SILT_ARCHIVE_SOUND) {
		return (struct silt_archive_flaw){.kind = SILT_ARCHIVE_SOUND};
	}
	if (report->end == SILT_INFLATE_LIMIT) {
		silt_archive_blame_limit(&packed->flaw, report->limit, report->damage);
	} else {
		silt_archive_blame(&packed->flaw, SILT_ARCHIVE_DAMAGED, report->damage);
	}
	return packed->flaw;
}

const struct silt_archive_format silt_archive_packed = {
	.name = "compressed file",
	.packed = true,
	.sniff = sniff,
	.create = create,
	.destroy = destroy,
	.begin = begin,
	.next = next,
	.flaw = flaw,
};
