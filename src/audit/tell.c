/* Telling. */
#include "audit/tell.h"

const struct silt_config *silt_case_config(const struct silt_case *of)
{
	static const struct silt_config none;
	const struct silt_declared_image *declared = silt_case_image(of)->declared;
	return declared ? &declared->config : &none;
}

enum silt_status silt_tell(const struct silt_case *of, const struct silt_telling *telling,
			   const struct silt_sighting *sighting, struct silt_error *err)
{
	if (!telling->subject) {
		return silt_fail_memory(err);
	}
	struct silt_bytes identity = telling->identity.ptr ? telling->identity : silt_bytes_text(telling->subject);
	struct silt_draft draft = {
		.rule = telling->rule,
		.title = telling->title,
		.subject = telling->subject,
		.detail = telling->detail,
		.remedy = telling->remedy,
		.severity = telling->severity,
		.confidence = telling->confidence,
		.identity = &identity,
		.identity_count = 1,
	};
	size_t number;
	enum silt_status status = silt_findings_add(of->findings, &draft, &number, err);
	return status == SILT_OK ? silt_findings_sight(of->findings, number, sighting, err) : status;
}

static enum silt_status tell_noted(const struct silt_case *of, const struct silt_telling *telling,
				   struct silt_sighting *sighting, struct silt_error *err)
{
	if (telling->note) {
		sighting->note = telling->note;
	}
	return silt_tell(of, telling, sighting, err);
}

enum silt_status silt_tell_entry(const struct silt_case *of, const struct silt_telling *telling,
				 struct silt_place place, struct silt_error *err)
{
	struct silt_sighting sighting;
	enum silt_status status = silt_sight_entry(of->context, of->image, place, &sighting, err);
	return status == SILT_OK ? tell_noted(of, telling, &sighting, err) : status;
}

enum silt_status silt_tell_config(const struct silt_case *of, const struct silt_telling *telling, const char *part,
				  struct silt_error *err)
{
	struct silt_sighting sighting;
	enum silt_status status = silt_sight_config(of->context, of->image, part, &sighting, err);
	return status == SILT_OK ? tell_noted(of, telling, &sighting, err) : status;
}

enum silt_status silt_tell_history(const struct silt_case *of, const struct silt_telling *telling, size_t line,
				   struct silt_error *err)
{
	struct silt_sighting sighting;
	enum silt_status status = silt_sight_history(of->context, of->image, line, NULL, &sighting, err);
	return status == SILT_OK ? tell_noted(of, telling, &sighting, err) : status;
}

enum silt_status silt_tell_layer(const struct silt_case *of, const struct silt_telling *telling, size_t layer,
				 struct silt_error *err)
{
	struct silt_sighting sighting;
	enum silt_status status = silt_sight_layer(of->context, of->image, layer, &sighting, err);
	return status == SILT_OK ? tell_noted(of, telling, &sighting, err) : status;
}
