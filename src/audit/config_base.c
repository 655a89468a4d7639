/* What is known of the base of an image, and whether it may be used. */
#include "audit/base_part.h"
#include "audit/checks.h"
#include "audit/os_release.h"
#include "audit/tell.h"
#include "base/escape.h"

/* Unpacked bytes of a base that is called large. */
#define LARGE_BASE_BYTES (200ULL * 1000 * 1000)

static bool is_on_allowed_base(const struct silt_case *of)
{
	const struct silt_options *options = of->context->options;
	for (size_t i = 0; options && i < options->allowed_base_count; i++) {
		if (silt_image_begins_with(silt_case_image(of), &options->allowed_bases[i])) {
			return true;
		}
	}
	return false;
}

static enum silt_status check_unknown(const struct silt_case *of, struct silt_error *err)
{
	const struct silt_context *context = of->context;
	const struct silt_audited_image *image = silt_case_image(of);
	struct silt_os_release release;
	bool labelled = silt_base_label(image->declared, context->inventory, "base.name").len > 0 ||
			silt_base_label(image->declared, context->inventory, "base.digest").len > 0;
	bool distribution = silt_os_release_of(image, &release);
	bool named = image->base.known && !image->base.guessed && image->base.layers > 0;
	if (labelled || named || !distribution || is_on_allowed_base(of)) {
		return SILT_OK;
	}
	struct silt_telling telling = {
		.rule = "config-base-unknown",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = "no base label",
		.detail = "It has the root filesystem of a distribution, but neither a label nor an annotation "
			  "org.opencontainers.image.base.name or base.digest says of which image.",
	};
	return silt_tell_config(of, &telling, "Labels", err);
}

static enum silt_status check_allowed(const struct silt_case *of, struct silt_error *err)
{
	const struct silt_options *options = of->context->options;
	if (!options || options->allowed_base_count == 0 || is_on_allowed_base(of)) {
		return SILT_OK;
	}
	struct silt_telling telling = {
		.rule = "config-base-not-allowed",
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = "base image",
		.detail = silt_arena_printf(of->context->arena,
					    "Its lowest layers are not those of an allowed base image (%zu given).",
					    options->allowed_base_count),
	};
	/* Not at its lowest layer: what is seen there may be of a base, and is then nobody's fault. */
	return silt_tell_config(of, &telling, "layers", err);
}

static enum silt_status check_size(const struct silt_case *of, struct silt_error *err)
{
	const struct silt_audited_image *image = silt_case_image(of);
	uint64_t bytes = 0;
	for (size_t i = 0; image->base.known && i < image->base.layers; i++) {
		bytes += image->layers[i] ? image->layers[i]->bytes : 0;
	}
	if (bytes <= LARGE_BASE_BYTES) {
		return SILT_OK;
	}
	struct silt_telling telling = {
		.rule = "config-large-base",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = "base image",
		.detail = silt_arena_printf(of->context->arena, "The %zu layer%s of its base have %llu MB unpacked%s.",
					    image->base.layers, image->base.layers == 1 ? "" : "s",
					    (unsigned long long)(bytes / 1000000),
					    image->base.guessed ? ", as far as the history tells them" : ""),
	};
	return silt_tell_layer(of, &telling, 0, err);
}

enum silt_status silt_check_base(const struct silt_context *context, struct silt_findings *findings,
				 struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t image = 0; image < context->image_count && status == SILT_OK; image++) {
		const struct silt_case of = {context, image, findings};
		status = check_allowed(&of, err); /* a bare root filesystem, too: it is one layer */
		if (status == SILT_OK && context->images[image].declared) {
			status = check_unknown(&of, err);
		}
		if (status == SILT_OK && context->images[image].declared) {
			status = check_size(&of, err);
		}
	}
	return status;
}
