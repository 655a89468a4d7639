/* A tar inside of something, by the reader that layers are read with. */
#include "content/archive.h"

#include "stream/tar_body.h"

#include <stdlib.h>

enum { SETUID = 04000 };

struct tar {
	const struct silt_limits *limits; /* borrows */
	struct silt_tar *reader;          /* owns */
	struct silt_tar_body body;
	struct silt_archive_flaw flaw;
};

static bool sniff(struct silt_bytes start)
{
	return silt_tar_sniff(start) == SILT_TAR_START_YES;
}

static enum silt_status create(const struct silt_limits *limits, void **state, struct silt_error *err)
{
	struct tar *tar = calloc(1, sizeof(*tar));
	if (!tar) {
		return silt_fail_memory(err);
	}
	tar->limits = limits;
	*state = tar;
	return SILT_OK;
}

static void destroy(void *state)
{
	struct tar *tar = state;
	if (tar) {
		silt_tar_free(tar->reader);
		free(tar);
	}
}

static enum silt_status next_event(void *ctx, struct silt_tar_event *event, struct silt_error *err)
{
	struct tar *tar = ctx;
	return silt_tar_next(tar->reader, event, err);
}

/*
 * Warnings and a missing end marker are no flaws here: nothing is missing of the bytes, and nobody mounts this tar. What
 * makes entries appear or vanish is one.
 */
static struct silt_archive_flaw flaw_of_note(const struct silt_tar_event *event)
{
	static const struct silt_archive_flaw flaws[] = {
		[SILT_TAR_NOTE_WARNING] = {.kind = SILT_ARCHIVE_SOUND},
		[SILT_TAR_NOTE_DAMAGED] = {.kind = SILT_ARCHIVE_DAMAGED,
					   .text = "expected a tar header with a right checksum, found other bytes"},
		[SILT_TAR_NOTE_TRUNCATED] = {.kind = SILT_ARCHIVE_DAMAGED,
					     .text = "expected more of the tar, found its end"},
		[SILT_TAR_NOTE_NO_END] = {.kind = SILT_ARCHIVE_SOUND},
		[SILT_TAR_NOTE_TAIL] = {.kind = SILT_ARCHIVE_SOUND},
		[SILT_TAR_NOTE_PADDING] = {.kind = SILT_ARCHIVE_SOUND},
		[SILT_TAR_NOTE_LARGE_HEADER] = {.kind = SILT_ARCHIVE_SOUND},
		[SILT_TAR_NOTE_FATAL] = {.kind = SILT_ARCHIVE_DAMAGED, .text = "the tar could not be read to its end"},
		[SILT_TAR_NOTE_DISPUTED] =
			{.kind = SILT_ARCHIVE_DISPUTED,
			 .text = "a tar that can be read in two ways: programs find other files in it"},
		[SILT_TAR_NOTE_LIMIT] = {.kind = SILT_ARCHIVE_LIMIT,
					 .text = "a tar that can be read in two ways, with more files than are listed"},
	};
	struct silt_archive_flaw found = flaws[event->note];
	if (event->limit != SILT_LIMIT_NONE) {
		found.kind = SILT_ARCHIVE_LIMIT;
		found.limit = event->limit;
	}
	return found;
}

/* Whose the entry is, if not everybody's. What stands behind the end of the tar is nobody's, and the walk's alone. */
static struct silt_archive_flaw flaw_of_entry(const struct silt_tar_entry *entry)
{
	if (entry->reading == SILT_TAR_READ_GO) {
		return (struct silt_archive_flaw){
			.kind = SILT_ARCHIVE_DISPUTED,
			.text = "Docker finds this in the tar, and libarchive does not, or something else"};
	}
	if (entry->reading == SILT_TAR_READ_OTHER && entry->header_type == 0) {
		return (struct silt_archive_flaw){
			.kind = SILT_ARCHIVE_DISPUTED,
			.text = "libarchive finds this in the tar, and Docker does not, or something else"};
	}
	return (struct silt_archive_flaw){.kind = SILT_ARCHIVE_SOUND};
}

/*
 * Keeps the gravest flaw until somebody asks; an entry says more than a note that is as grave. Damage of a tar hides
 * nothing of its bytes, so a dispute weighs more; a limit hides something.
 */
static enum silt_status take_event(void *ctx, const struct silt_tar_event *event, struct silt_error *err)
{
	(void)err;
	struct tar *tar = ctx;
	struct silt_archive_flaw found = {.kind = SILT_ARCHIVE_SOUND};
	if (event->kind == SILT_TAR_NOTE) {
		found = flaw_of_note(event);
	} else if (event->kind == SILT_TAR_ENTRY) {
		found = flaw_of_entry(event->entry);
	}
	bool says_more = event->kind == SILT_TAR_ENTRY && found.kind == tar->flaw.kind;
	if (found.kind > tar->flaw.kind || says_more) {
		tar->flaw = found;
	}
	return SILT_OK;
}

static enum silt_status begin(void *state, struct silt_source file, struct silt_error *err)
{
	struct tar *tar = state;
	silt_tar_free(tar->reader);
	*tar = (struct tar){.limits = tar->limits, .body = {.next = next_event, .take = take_event, .ctx = tar}};
	return silt_tar_new(file, tar->limits, &tar->reader, err);
}

static enum silt_status next(void *state, struct silt_archive_member *member, bool *more, struct silt_error *err)
{
	struct tar *tar = state;
	struct silt_tar_event event;
	enum silt_status status;
	do {
		status = silt_tar_body_event(&tar->body, &event, err);
		if (status == SILT_OK) {
			status = take_event(tar, &event, err);
		}
	} while (status == SILT_OK && event.kind != SILT_TAR_ENTRY && event.kind != SILT_TAR_END);
	*more = status == SILT_OK && event.kind == SILT_TAR_ENTRY;
	if (*more) {
		*member = (struct silt_archive_member){
			.name = event.entry->path,
			.content = silt_tar_body_source(&tar->body),
			.size = event.entry->sparse ? SILT_ARCHIVE_SIZE_UNKNOWN : event.entry->size,
			.setuid = event.entry->type == SILT_ENTRY_FILE && (event.entry->mode & SETUID),
		};
		tar->body.open = event.entry->has_data; /* a note behind one without a body is of the next entry */
	}
	return status;
}

static struct silt_archive_flaw flaw(void *state)
{
	struct tar *tar = state;
	return silt_archive_take_flaw(&tar->flaw);
}

const struct silt_archive_format silt_archive_tar = {
	.name = "tar archive",
	.plain = true,
	.sniff = sniff,
	.create = create,
	.destroy = destroy,
	.begin = begin,
	.next = next,
	.flaw = flaw,
};
