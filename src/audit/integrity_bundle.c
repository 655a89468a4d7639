/* Findings out of the issues that resolving the bundle raised. */
#include "audit/integrity.h"

/* The number of a declared image among those to be judged. SIZE_MAX: it is not, or the issue is of no image. */
static size_t image_of(const struct silt_context *context, uint32_t declared)
{
	for (size_t i = 0; declared != UINT32_MAX && i < context->image_count; i++) {
		if (context->images[i].declared == &context->images_declared->images[declared]) {
			return i;
		}
	}
	return SIZE_MAX;
}

static enum silt_status sight(const struct silt_context *context, const struct silt_bundle_issue *issue,
			      struct silt_sighting *out, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	*out = silt_sighting_nowhere();
	out->place = "the bundle";
	if (issue->member != SILT_MEMBER_NONE) {
		status = silt_sight_member(context, issue->member, out, err);
	}
	if (out->image == SIZE_MAX) {
		out->image = image_of(context, issue->image);
	}
	out->note = issue->text;
	return status;
}

static bool is_of_other_image(const struct silt_context *context, const struct silt_bundle_issue *issue)
{
	return issue->image != UINT32_MAX && image_of(context, issue->image) == SIZE_MAX;
}

/* Issues of one rule and one severity are one finding: the same rule may be harmless here and grave there. */
static enum silt_status report_group(const struct silt_context *context, const struct silt_bundle_issue *first,
				     struct silt_findings *findings, struct silt_error *err)
{
	const struct silt_images *declared = context->images_declared;
	const struct silt_bundle_issue *end = declared->issues + declared->issue_count;
	struct silt_oddity oddity = {
		.rule = first->rule,
		.what = silt_severity_name(first->severity),
		.severity = first->severity,
	};
	struct silt_odd_places places = {0};
	enum silt_status status = SILT_OK;
	for (const struct silt_bundle_issue *issue = first; issue < end && status == SILT_OK; issue++) {
		if (issue->severity != first->severity || strcmp(issue->rule, first->rule) != 0 ||
		    is_of_other_image(context, issue)) {
			continue;
		}
		struct silt_sighting sighting;
		status = sight(context, issue, &sighting, err);
		if (status == SILT_OK) {
			status = silt_odd_add(&places, &sighting, err);
		}
	}
	if (status == SILT_OK) {
		status = silt_odd_report(&places, &oddity, context, findings, err);
	}
	silt_odd_done(&places);
	return status;
}

static bool is_first_of_group(const struct silt_images *declared, size_t index)
{
	const struct silt_bundle_issue *issue = &declared->issues[index];
	for (size_t i = 0; i < index; i++) {
		if (declared->issues[i].severity == issue->severity &&
		    strcmp(declared->issues[i].rule, issue->rule) == 0) {
			return false;
		}
	}
	return true;
}

enum silt_status silt_integrity_of_bundle(const struct silt_context *context, struct silt_findings *findings,
					  struct silt_error *err)
{
	const struct silt_images *declared = context->images_declared;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < declared->issue_count && status == SILT_OK; i++) {
		if (is_first_of_group(declared, i)) {
			status = report_group(context, &declared->issues[i], findings, err);
		}
	}
	return status;
}
