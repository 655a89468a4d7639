/* A reader of git's files: objects one after the other, phase by phase. */
#include "content/git_reader.h"

#include "base/encoding.h"
#include "base/limits.h"
#include "base/secure.h"

#include <stdio.h>
#include <stdlib.h>

enum { PIECE = 64 * 1024 };

enum silt_status silt_git_new(const struct silt_limits *limits, struct silt_git **out, struct silt_error *err)
{
	struct silt_git *git = calloc(1, sizeof(*git));
	if (!git) {
		return silt_fail_memory(err);
	}
	enum silt_status status = silt_deflate_new(SILT_DEFLATE_ZLIB, &git->deflate, err);
	if (status == SILT_OK) {
		status = silt_summer_new(SILT_SUM_SHA1, &git->sha1, err);
	}
	if (status != SILT_OK) {
		silt_git_free(git);
		return status;
	}
	git->limits = silt_limits_or_default(limits);
	git->phase = SILT_GIT_END;
	*out = git;
	return SILT_OK;
}

/* Lets go of what the last file took. */
static void forget(struct silt_git *git)
{
	silt_git_end_deltas(git);
	silt_buffer_done(&git->content);
	free(git->rows);
	git->rows = NULL;
	git->count = git->wanted = 0;
}

void silt_git_free(struct silt_git *git)
{
	if (git) {
		forget(git);
		silt_deflate_free(git->deflate);
		silt_summer_free(git->sha1);
		free(git);
	}
}

void silt_git_begin(struct silt_git *git, struct silt_bytes file, uint64_t *budget)
{
	forget(git);
	git->file = file;
	git->budget = budget;
	git->report = (struct silt_git_report){0};
	git->phase = silt_git_is_pack(file) ? SILT_GIT_WHOLE : SILT_GIT_LOOSE;
}

const struct silt_git_report *silt_git_report(const struct silt_git *git)
{
	return &git->report;
}

static enum silt_status next_of_phase(struct silt_git *git, struct silt_git_object *object, bool *more,
				      struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	switch (git->phase) {
	case SILT_GIT_LOOSE:
		return silt_git_next_loose(git, object, more, err);
	case SILT_GIT_WHOLE:
		status = git->rows ? SILT_OK : silt_git_begin_whole(git, err);
		return status == SILT_OK ? silt_git_next_whole(git, object, more, err) : status;
	case SILT_GIT_DELTAS:
		status = git->forest.by_id ? SILT_OK : silt_git_begin_deltas(git, err);
		return status == SILT_OK ? silt_git_next_delta(git, object, more, err) : status;
	case SILT_GIT_END:
		break;
	}
	return SILT_OK;
}

enum silt_status silt_git_next(struct silt_git *git, struct silt_git_object *object, bool *more, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	*more = false;
	while (status == SILT_OK && !*more && git->phase != SILT_GIT_END) {
		status = next_of_phase(git, object, more, err);
		if (!*more) {
			git->phase = git->phase == SILT_GIT_WHOLE ? SILT_GIT_DELTAS : SILT_GIT_END;
		}
	}
	git->report.objects += *more ? 1 : 0;
	return status;
}

/* ---- What the phases share ------------------------------------------------------------------------------------------- */

void silt_git_problem(struct silt_git *git, uint64_t offset, enum silt_limit_id limit, const char *what)
{
	if (!git->report.problem) {
		git->report.offset = offset;
		git->report.limit = limit;
		git->report.problem = what;
	}
}

bool silt_git_inflate(struct silt_git *git, struct silt_bytes *in, uint64_t offset, struct silt_buffer *out)
{
	const uint64_t object = git->limits->value[SILT_LIMIT_GIT_OBJECT_BYTES];
	bool spent = *git->budget < object;
	uint64_t cap = spent ? *git->budget : object;
	enum silt_deflate_step step;
	uint8_t piece[PIECE];
	size_t len;
	silt_deflate_begin(git->deflate);
	silt_buffer_clear(out);
	do {
		step = silt_deflate_next(git->deflate, in, piece, sizeof(piece), &len);
		silt_buffer_add(out, silt_bytes(piece, len));
	} while (step == SILT_DEFLATE_MORE && (in->len > 0 || len == sizeof(piece)) && out->len <= cap);
	silt_wipe(piece, sizeof(piece));
	if (out->failed) {
		return false;
	}
	*git->budget -= out->len < *git->budget ? out->len : *git->budget;
	if (out->len > cap) {
		silt_git_problem(git, offset, spent ? SILT_LIMIT_NESTED_BYTES : SILT_LIMIT_GIT_OBJECT_BYTES,
				 "an object is larger than may be decoded");
		return false;
	}
	if (step != SILT_DEFLATE_END) {
		silt_git_problem(git, offset, SILT_LIMIT_NONE,
				 "expected a whole zlib stream, found a damaged or cut one");
		return false;
	}
	return true;
}

enum silt_status silt_git_name(struct silt_git *git, const char *kind, struct silt_bytes content,
			       uint8_t id[static SILT_GIT_ID_BYTES], struct silt_git_object *object,
			       struct silt_error *err)
{
	char header[32];
	int len = snprintf(header, sizeof(header), "%s %zu", kind, content.len);
	const struct silt_bytes parts[] = {silt_bytes((const uint8_t *)header, (size_t)len + 1), content};
	enum silt_status status = silt_sum(git->sha1, parts, SILT_COUNT(parts), id, err);
	if (status != SILT_OK) {
		return status;
	}
	*object = (struct silt_git_object){.kind = kind, .content = content};
	silt_hex(silt_bytes(id, SILT_GIT_ID_BYTES), object->id);
	return SILT_OK;
}
