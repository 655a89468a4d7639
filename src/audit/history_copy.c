/* Lines that copy files into the image, and the one that names its maintainer. */
#include "audit/history_checks.h"

#include "base/ascii.h"
#include "base/attributes.h"

/* "x.tar", "x.tar.gz", "x-*.tgz"; not "x.target". */
static bool is_archive(struct silt_bytes source)
{
	static const char *const ends[] = {".tgz", ".tbz", ".tbz2", ".txz", ".tzst"};
	size_t at = silt_bytes_find(source, SILT_LITERAL(".tar"));
	bool found = at != SIZE_MAX && (at + 4 == source.len || silt_is_one_of(source.ptr[at + 4], ".*"));
	for (size_t i = 0; i < SILT_COUNT(ends); i++) {
		found = found || silt_bytes_end_with(source, silt_bytes_text(ends[i]));
	}
	return found;
}

/* What ADD does and COPY does not: unpack, fetch, clone. */
static bool is_reason_for_add(struct silt_bytes source)
{
	return silt_bytes_find(source, SILT_LITERAL("://")) != SIZE_MAX || silt_bytes_begin(source, "git@") ||
	       is_archive(source);
}

static bool has_reason_for_add(const struct silt_copy *copy)
{
	struct silt_bytes rest = copy->sources, word;
	while (silt_bytes_cut(&rest, ' ', &word)) {
		if (is_reason_for_add(word)) {
			return true;
		}
	}
	return copy->sources.len == 0 || silt_bytes_begin(copy->sources, "<<");
}

static enum silt_status check_add(const struct silt_case *of, const struct silt_build *build,
				  const struct silt_step *step, struct silt_error *err)
{
	struct silt_copy copy = silt_copy_read(step->arguments);
	if (step->rootfs || !silt_step_is_own(step) || has_reason_for_add(&copy)) {
		return SILT_OK;
	}
	bool unsure = copy.hashed && !silt_bytes_begin(copy.sources, "dir:");
	struct silt_telling telling = {
		.rule = "history-add",
		.severity = SILT_SEVERITY_LOW,
		.confidence = unsure ? SILT_CONFIDENCE_POSSIBLE : SILT_CONFIDENCE_LIKELY,
		.detail = unsure ? "It copies local files, unless they are an archive to be unpacked: the history has "
				   "their sum in place of their names."
				 : "It copies local files, which COPY does without unpacking or fetching anything.",
	};
	return silt_tell_step(of, build, &telling, (struct silt_history_place){step, NULL}, err);
}

static enum silt_status check_root(const struct silt_case *of, const struct silt_build *build,
				   const struct silt_step *step, struct silt_error *err)
{
	struct silt_copy copy = silt_copy_read(step->arguments);
	bool root = silt_bytes_equal(copy.sources, SILT_LITERAL("/")) &&
		    silt_bytes_equal(copy.target, SILT_LITERAL("/"));
	if (!root || !silt_step_is_own(step)) {
		return SILT_OK;
	}
	struct silt_telling telling = {
		.rule = "history-copy-root",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.detail = "It copies the whole filesystem of another stage.",
	};
	return silt_tell_step(of, build, &telling, (struct silt_history_place){step, NULL}, err);
}

static enum silt_status check_maintainer(const struct silt_case *of, const struct silt_build *build,
					 const struct silt_step *step, struct silt_error *err)
{
	if (!silt_step_is_own(step)) {
		return SILT_OK;
	}
	struct silt_telling telling = {
		.rule = "history-maintainer",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_PROVEN,
	};
	return silt_tell_step(of, build, &telling, (struct silt_history_place){step, NULL}, err);
}

static enum silt_status check_step(const struct silt_case *of, const struct silt_build *build,
				   const struct silt_step *step, struct silt_error *err)
{
	static const struct {
		enum silt_step_kind kind;
		enum silt_status (*check)(const struct silt_case *, const struct silt_build *, const struct silt_step *,
					  struct silt_error *);
	} checks[] = {
		{SILT_STEP_ADD, check_add},
		{SILT_STEP_COPY, check_root},
		{SILT_STEP_MAINTAINER, check_maintainer},
	};
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < SILT_COUNT(checks) && status == SILT_OK; i++) {
		status = checks[i].kind == step->kind ? checks[i].check(of, build, step, err) : SILT_OK;
	}
	return status;
}

enum silt_status silt_history_copies(const struct silt_case *of, const struct silt_build *build, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < build->count && status == SILT_OK; i++) {
		status = check_step(of, build, &build->steps[i], err);
	}
	return status;
}
