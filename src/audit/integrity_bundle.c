/* Findings out of the issues that resolving the bundle raised. */
#include "audit/integrity.h"

/* Titles and remedies by rule; the issue brings the rest. */
static const struct {
	const char *rule, *title, *remedy;
} rules[] = {
	{"integrity-diffid-mismatch", "Layer is not the one its config names",
	 "Save or build the image again: somebody edited the archive, or its config."},
	{"integrity-digest-mismatch", "Content does not match its digest",
	 "Do not use the archive: it is damaged or was altered. Save the image again."},
	{"integrity-split-brain", "Two indexes name different images",
	 "Loaders choose different indexes, so the archive holds two images under one name: save it again."},
	{"integrity-orphan-blob", "Content that no image uses",
	 "Whoever has the archive can read it: save the image again without it."},
	{"integrity-missing-blob", "Content is missing", "Save the image again, with all its layers and platforms."},
	{"integrity-not-inspectable", "Content that cannot be looked at",
	 "Audit the image in a form that can be read: decrypted, and in a known compression."},
	{"integrity-media-type", "Content is not what it is declared as", "Save the image again with a current tool."},
	{"integrity-json-ambiguous", "Document that parsers read differently",
	 "Save the image again: a key that is there twice lets two readers see two images."},
	{"integrity-duplicate-entry", "Member twice in the archive",
	 "Only one of them is loaded, but all can be extracted: save the image again."},
	{"integrity-path-escape", "Name climbs out of the archive",
	 "Do not unpack the archive: it is hostile or broken."},
};

static size_t row_of(const char *rule)
{
	size_t row = 0;
	while (row < SILT_COUNT(rules) && strcmp(rules[row].rule, rule) != 0) {
		row++;
	}
	return row;
}

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
	size_t row = row_of(first->rule);
	struct silt_oddity oddity = {
		.rule = first->rule,
		.title = row < SILT_COUNT(rules) ? rules[row].title : "Oddity of the archive",
		.what = silt_severity_name(first->severity),
		.remedy = row < SILT_COUNT(rules) ? rules[row].remedy : "Save the image again.",
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
