/* By which names and versions an image goes. */
#include "audit/config_checks.h"

#include "audit/base_part.h"
#include "base/escape.h"

enum { NAME_TOLD_MAX = 200 };

/*
 * The tag of a name: "docker.io/library/x:1.0@sha256:..." gives "1.0", "localhost:5000/x" gives none. What has neither
 * ":" nor "/" is a tag itself: docker save and skopeo write only that into org.opencontainers.image.ref.name.
 */
static struct silt_bytes tag_of(struct silt_bytes name)
{
	size_t digest = silt_bytes_find_byte(name, '@');
	name = silt_bytes_slice(name, 0, digest);
	size_t slash = silt_bytes_find_last_byte(name, '/'), colon = silt_bytes_find_last_byte(name, ':');
	if (colon != SIZE_MAX && (slash == SIZE_MAX || colon > slash)) {
		return silt_bytes_slice(name, colon + 1, name.len);
	}
	return slash == SIZE_MAX && digest == SIZE_MAX ? name : silt_bytes(NULL, 0);
}

static bool is_latest(struct silt_bytes tag)
{
	return silt_bytes_equal(tag, SILT_LITERAL("latest"));
}

static enum silt_status tell_latest(const struct silt_case *of, struct silt_bytes name, struct silt_error *err)
{
	struct silt_telling telling = {
		.rule = "config-latest-tag",
		.severity = SILT_SEVERITY_LOW,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = silt_escape_cut(of->context->arena, name, NAME_TOLD_MAX),
		.identity = name,
	};
	return silt_tell_config(of, &telling, "name", err);
}

/* True if another name says the same and more: "x:latest" beside "latest". */
static bool is_said_in_full(const struct silt_declared_image *declared, struct silt_bytes name)
{
	for (size_t i = 0; i < declared->name_count; i++) {
		struct silt_bytes other = declared->names[i];
		if (other.len > name.len && is_latest(tag_of(other))) {
			return is_latest(name);
		}
	}
	return false;
}

/* Of an image that goes by no tag but latest. One without a name may have its tags where it was saved. */
static enum silt_status check_version(const struct silt_case *of, struct silt_error *err)
{
	const struct silt_bytes version =
		silt_base_label(silt_case_image(of)->declared, of->context->inventory, "version");
	if (silt_bytes_trim(version).len > 0) {
		return SILT_OK;
	}
	struct silt_telling telling = {
		.rule = "config-no-version-label",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = "no version",
		.detail = "There is no label org.opencontainers.image.version, and no tag but \"latest\".",
	};
	return silt_tell_config(of, &telling, "Labels", err);
}

enum silt_status silt_config_tags(const struct silt_case *of, struct silt_error *err)
{
	const struct silt_declared_image *declared = silt_case_image(of)->declared;
	enum silt_status status = SILT_OK;
	bool latest = false, version = false;
	for (size_t i = 0; i < declared->name_count && status == SILT_OK; i++) {
		struct silt_bytes tag = tag_of(declared->names[i]);
		version = version || (tag.len > 0 && !is_latest(tag));
		latest = latest || is_latest(tag);
		if (is_latest(tag) && !is_said_in_full(declared, declared->names[i])) {
			status = tell_latest(of, declared->names[i], err);
		}
	}
	return status == SILT_OK && latest && !version ? check_version(of, err) : status;
}
