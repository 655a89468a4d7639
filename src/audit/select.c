/* A reference is a tag as the bundle writes it, as docker would shorten it, or the beginning of a digest. */
#include "audit/select.h"

#include "bundle/platform.h"

/* A shorter run of hex digits could be a tag. */
enum { DIGEST_PREFIX_MIN = 12 };

static bool digest_fits(const struct silt_digest *digest, struct silt_bytes wanted)
{
	char text[SILT_DIGEST_TEXT_SIZE];
	struct silt_bytes whole = silt_bytes_text(silt_digest_text(digest, text));
	struct silt_bytes hex = silt_bytes_slice(whole, sizeof("sha256:") - 1, whole.len);
	return silt_bytes_equal(whole, wanted) ||
	       (wanted.len >= DIGEST_PREFIX_MIN && hex.len > 0 && silt_bytes_start_with(hex, wanted)) ||
	       (wanted.len >= DIGEST_PREFIX_MIN + sizeof("sha256:") - 1 && whole.len > 0 &&
		silt_bytes_start_with(whole, wanted));
}

/* Without what docker and podman put in front of a short name. */
static struct silt_bytes shorten(struct silt_bytes name)
{
	const struct silt_bytes prefixes[] = {
		SILT_LITERAL("docker.io/library/"),
		SILT_LITERAL("docker.io/"),
		SILT_LITERAL("localhost/"),
		SILT_LITERAL("library/"),
	};
	for (size_t i = 0; i < SILT_COUNT(prefixes); i++) {
		if (silt_bytes_start_with(name, prefixes[i])) {
			return silt_bytes_slice(name, prefixes[i].len, name.len);
		}
	}
	return name;
}

static bool name_fits(struct silt_bytes name, struct silt_bytes wanted)
{
	name = shorten(name);
	wanted = shorten(wanted);
	const struct silt_bytes latest = SILT_LITERAL(":latest");
	return silt_bytes_equal(name, wanted) ||
	       (name.len == wanted.len + latest.len && silt_bytes_start_with(name, wanted) &&
		silt_bytes_end_with(name, latest));
}

static bool reference_fits(const struct silt_declared_image *image, struct silt_bytes wanted)
{
	if (digest_fits(&image->config_digest, wanted) || digest_fits(&image->manifest_digest, wanted)) {
		return true;
	}
	for (size_t i = 0; i < image->name_count; i++) {
		if (name_fits(image->names[i], wanted)) {
			return true;
		}
	}
	return false;
}

/* A runtime goes by the descriptor in the index, if that states a platform, or by the config. */
static bool platform_fits(const struct silt_declared_image *image, struct silt_bytes wanted)
{
	bool fits = silt_platform_fits(image->platform, wanted);
	for (size_t i = 0; i < image->stated_count && !fits; i++) {
		fits = silt_platform_fits(image->stated[i], wanted);
	}
	return fits;
}

bool silt_image_selected(const struct silt_declared_image *image, const struct silt_options *options)
{
	if (!options) {
		return true;
	}
	return (!options->image || reference_fits(image, silt_bytes_text(options->image))) &&
	       (!options->platform || platform_fits(image, silt_bytes_text(options->platform)));
}
