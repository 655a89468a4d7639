/* Files of a git repository as archives of the objects in them: "blob ce013625...". */
#include "content/archive.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "content/git.h"

#include <stdio.h>
#include <stdlib.h>

struct git_archive {
	const struct silt_limits *limits; /* borrows */
	struct silt_git *git;             /* owns */
	uint64_t budget;                  /* bytes that may be decoded yet, of all files together */
	struct silt_source source;
	struct silt_buffer file; /* owns: all of it, once a member was asked for */
	bool read;
	struct silt_memory_source content;
	char name[SILT_GIT_ID_SIZE + 8];
	struct silt_archive_flaw flaw;
};

static bool sniff(struct silt_bytes start)
{
	return silt_git_is_pack(start) || silt_git_is_loose(start);
}

static void destroy(void *state)
{
	struct git_archive *archive = state;
	if (archive) {
		silt_git_free(archive->git);
		silt_buffer_done(&archive->file);
		free(archive);
	}
}

static enum silt_status create(const struct silt_limits *limits, void **state, struct silt_error *err)
{
	struct git_archive *archive = calloc(1, sizeof(*archive));
	if (!archive) {
		return silt_fail_memory(err);
	}
	enum silt_status status = silt_git_new(limits, &archive->git, err);
	if (status != SILT_OK) {
		destroy(archive);
		return status;
	}
	archive->limits = limits;
	archive->budget = limits->value[SILT_LIMIT_NESTED_BYTES];
	*state = archive;
	return SILT_OK;
}

static enum silt_status begin(void *state, struct silt_source file, struct silt_error *err)
{
	(void)err;
	struct git_archive *archive = state;
	archive->source = file; /* the last one may not have been read to its end */
	archive->read = false;
	silt_buffer_done(&archive->file);
	silt_git_begin(archive->git, silt_bytes(NULL, 0), &archive->budget);
	silt_archive_take_flaw(&archive->flaw);
	return SILT_OK;
}

/* The whole file is needed: a delta may stand on any object before or behind it. */
static enum silt_status read_file(struct git_archive *archive, struct silt_error *err)
{
	struct silt_bytes block = silt_bytes(NULL, 0);
	enum silt_status status;
	archive->read = true;
	do {
		status = silt_source_next(archive->source, &block, err);
		if (status == SILT_OK &&
		    block.len > archive->limits->value[SILT_LIMIT_GIT_PACK_BYTES] - archive->file.len) {
			silt_archive_blame_limit(&archive->flaw, SILT_LIMIT_GIT_PACK_BYTES,
						 "a git pack is larger; its objects are not looked at");
			return SILT_OK;
		}
		silt_buffer_add(&archive->file, block);
	} while (status == SILT_OK && block.len > 0 && !archive->file.failed);
	if (archive->file.failed) {
		return silt_fail_memory(err);
	}
	silt_git_begin(archive->git, silt_buffer_bytes(&archive->file), &archive->budget);
	return status;
}

static enum silt_status next(void *state, struct silt_archive_member *member, bool *more, struct silt_error *err)
{
	struct git_archive *archive = state;
	struct silt_git_object object;
	enum silt_status status = archive->read ? SILT_OK : read_file(archive, err);
	if (status == SILT_OK) {
		status = silt_git_next(archive->git, &object, more, err);
	}
	if (status != SILT_OK) {
		return status;
	}
	if (!*more) {
		const struct silt_git_report *report = silt_git_report(archive->git);
		if (report->limit != SILT_LIMIT_NONE) {
			silt_archive_blame_limit(&archive->flaw, report->limit, report->problem);
		} else if (report->problem) {
			silt_archive_blame(&archive->flaw, SILT_ARCHIVE_DAMAGED, report->problem);
		}
		silt_buffer_done(&archive->file);
		return SILT_OK;
	}
	int len = snprintf(archive->name, sizeof(archive->name), "%s %s", object.kind, object.id);
	archive->content = (struct silt_memory_source){object.content};
	*member = (struct silt_archive_member){
		.name = silt_bytes((const uint8_t *)archive->name, (size_t)len),
		.content = silt_memory_source(&archive->content),
		.size = object.content.len,
	};
	return SILT_OK;
}

static struct silt_archive_flaw flaw(void *state)
{
	struct git_archive *archive = state;
	return silt_archive_take_flaw(&archive->flaw);
}

const struct silt_archive_format silt_archive_git = {
	.name = "git object store",
	.sniff = sniff,
	.create = create,
	.destroy = destroy,
	.begin = begin,
	.next = next,
	.flaw = flaw,
};
