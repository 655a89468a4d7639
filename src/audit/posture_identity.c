/*
 * What the bundle says of an image from outside of it.
 *
 * Attestations: BuildKit puts a manifest beside that of the image and marks it in the index by annotations
 * (vnd.docker.reference.type and .digest). Signatures: cosign and notation refer to the image by `subject` (OCI
 * image-spec manifest.md) or, in older versions of cosign, by the tag "sha256-<hex>.sig".
 */
#include "audit/posture.h"

/* Words in the types of artifacts that are signatures. */
static const char *const signature_words[] = {"cosign", "sigstore", "notary", "simplesigning"};

static bool names_signature(struct silt_bytes type)
{
	for (size_t i = 0; i < SILT_COUNT(signature_words); i++) {
		if (silt_bytes_find(type, silt_bytes_text(signature_words[i])) != SIZE_MAX) {
			return true;
		}
	}
	return false;
}

/* "sha256-<hex>.sig" for the digest "sha256:<hex>". */
static bool is_signature_tag(struct silt_bytes tag, struct silt_bytes digest)
{
	struct silt_bytes algorithm = SILT_LITERAL("sha256-"), end = SILT_LITERAL(".sig");
	struct silt_bytes hex = silt_bytes_slice(digest, algorithm.len, digest.len);
	return tag.len == algorithm.len + hex.len + end.len && silt_bytes_start_with(tag, algorithm) &&
	       silt_bytes_end_with(tag, end) && silt_bytes_equal(silt_bytes_slice(tag, algorithm.len, hex.len), hex);
}

static void see_descriptor(const struct silt_json_value *descriptor, struct silt_bytes digest,
			   struct silt_posture *posture)
{
	const struct silt_json_value *annotations = silt_json_get(descriptor, "annotations");
	struct silt_bytes type = silt_json_string(silt_json_get(annotations, "vnd.docker.reference.type"));
	struct silt_bytes target = silt_json_string(silt_json_get(annotations, "vnd.docker.reference.digest"));
	struct silt_bytes name = silt_json_string(silt_json_get(annotations, "org.opencontainers.image.ref.name"));
	size_t colon = silt_bytes_find_last_byte(name, ':');
	struct silt_bytes tag = silt_bytes_slice(name, colon == SIZE_MAX ? 0 : colon + 1, name.len);
	posture->attestations += silt_bytes_equal(type, SILT_LITERAL("attestation-manifest")) &&
				 silt_bytes_equal(target, digest);
	posture->signatures += is_signature_tag(tag, digest);
}

static void see_manifest(const struct silt_json_value *manifest, struct silt_bytes digest, struct silt_posture *posture)
{
	struct silt_bytes subject = silt_json_string(silt_json_get(silt_json_get(manifest, "subject"), "digest"));
	struct silt_bytes artifact = silt_json_string(silt_json_get(manifest, "artifactType"));
	struct silt_bytes config = silt_json_string(silt_json_get(silt_json_get(manifest, "config"), "mediaType"));
	if (silt_bytes_equal(subject, digest) && (names_signature(artifact) || names_signature(config))) {
		posture->signatures++;
	} else if (silt_bytes_equal(subject, digest) &&
		   silt_bytes_find(artifact, SILT_LITERAL("in-toto")) != SIZE_MAX) {
		posture->attestations++;
	}
}

void silt_posture_identity(const struct silt_posture_work *work)
{
	const struct silt_declared_image *declared = silt_posture_image(work)->declared;
	const struct silt_inventory *inventory = work->context->inventory;
	char text[SILT_DIGEST_TEXT_SIZE];
	struct silt_bytes digest = silt_bytes_text(declared ? silt_digest_text(&declared->manifest_digest, text) : "");
	if (digest.len == 0) {
		return; /* nothing can refer to it */
	}
	for (size_t i = 0; i < inventory->count; i++) {
		const struct silt_member *member = &inventory->members[i];
		const struct silt_json_value *root = member->document ? silt_json_root(member->document) : NULL;
		if (member->document_kind == SILT_DOCUMENT_MANIFEST) {
			see_manifest(root, digest, work->posture);
		}
		const struct silt_json_value *manifests =
			member->document_kind == SILT_DOCUMENT_INDEX ? silt_json_get(root, "manifests") : NULL;
		for (size_t k = 0; k < silt_json_count(manifests); k++) {
			see_descriptor(silt_json_at(manifests, k), digest, work->posture);
		}
	}
}
