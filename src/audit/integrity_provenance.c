/* Images that do not say from which sources they were built. */
#include "audit/integrity.h"

#include "audit/base_part.h"
#include "audit/tell.h"

/* BuildKit, "Attestation storage": the descriptor of an attestation in the index of the image. */
static bool names_attestation(const struct silt_json_value *index)
{
	const struct silt_json_value *manifests = silt_json_get(index, "manifests");
	for (size_t i = 0; i < silt_json_count(manifests); i++) {
		const struct silt_json_value *notes = silt_json_get(silt_json_at(manifests, i), "annotations");
		struct silt_bytes type = silt_json_string(silt_json_get(notes, "vnd.docker.reference.type"));
		if (silt_bytes_equal(type, SILT_LITERAL("attestation-manifest"))) {
			return true;
		}
	}
	return false;
}

/* An attestation of any image of the bundle: which one it is of stands in its index alone, and may not be written. */
static bool has_attestation(const struct silt_inventory *inventory)
{
	for (size_t i = 0; i < inventory->count; i++) {
		const struct silt_member *member = &inventory->members[i];
		if (member->document_kind == SILT_DOCUMENT_ATTESTATION ||
		    (member->document_kind == SILT_DOCUMENT_INDEX &&
		     names_attestation(silt_json_root(member->document)))) {
			return true;
		}
	}
	return false;
}

static bool names_sources(const struct silt_case *of)
{
	const struct silt_declared_image *declared = silt_case_image(of)->declared;
	const struct silt_inventory *inventory = of->context->inventory;
	return silt_base_label(declared, inventory, "revision").len > 0 ||
	       silt_base_label(declared, inventory, "source").len > 0;
}

/* What only manifest.json declares has no place for an attestation. */
static bool can_have_one(const struct silt_case *of)
{
	const struct silt_declared_image *declared = silt_case_image(of)->declared;
	return declared && (declared->declared & SILT_DECLARED_INDEX) && declared->layer_count > 0;
}

enum silt_status silt_integrity_of_provenance(const struct silt_context *context, struct silt_findings *findings,
					      struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	bool attested = has_attestation(context->inventory);
	for (size_t image = 0; image < context->image_count && status == SILT_OK && !attested; image++) {
		struct silt_case of = {context, image, findings};
		struct silt_telling telling = {
			.rule = "integrity-no-provenance",
			.severity = SILT_SEVERITY_INFO,
			.confidence = SILT_CONFIDENCE_PROVEN,
			.subject = "no provenance",
			.detail = "The index names no attestation, and neither a label nor an annotation "
				  "org.opencontainers.image.revision or source says where the sources are.",
		};
		if (can_have_one(&of) && !names_sources(&of)) {
			status = silt_tell_config(&of, &telling, "Labels", err);
		}
	}
	return status;
}
