/* Descriptors: reading them, finding the blobs they name, and comparing the two. */
#include "bundle/resolve.h"

/* ---- Media types ------------------------------------------------------------------------------------------------- */

static bool ends(struct silt_bytes text, const char *end)
{
	return silt_bytes_end_with(text, silt_bytes_text(end));
}

static bool is(struct silt_bytes text, const char *whole)
{
	return silt_bytes_equal(text, silt_bytes_text(whole));
}

bool silt_type_is_layer(struct silt_bytes media_type)
{
	return silt_bytes_begin(media_type, "application/vnd.docker.image.rootfs.") ||
	       silt_bytes_begin(media_type, "application/vnd.oci.image.layer.");
}

bool silt_type_is_config(struct silt_bytes media_type)
{
	return is(media_type, "application/vnd.oci.image.config.v1+json") ||
	       is(media_type, "application/vnd.docker.container.image.v1+json");
}

bool silt_type_is_attestation(struct silt_bytes media_type)
{
	return silt_bytes_begin(media_type, "application/vnd.in-toto") ||
	       silt_bytes_begin(media_type, "application/vnd.dsse.envelope");
}

bool silt_type_is_manifest(struct silt_bytes media_type)
{
	return silt_bytes_begin(media_type, "application/vnd.oci.image.manifest.") ||
	       silt_bytes_begin(media_type, "application/vnd.oci.image.index.") ||
	       silt_bytes_begin(media_type, "application/vnd.docker.distribution.manifest.");
}

bool silt_type_is_encrypted(struct silt_bytes media_type)
{
	return ends(media_type, "+encrypted");
}

static bool is_foreign_type(struct silt_bytes media_type)
{
	return silt_bytes_begin(media_type, "application/vnd.docker.image.rootfs.foreign.") ||
	       silt_bytes_begin(media_type, "application/vnd.oci.image.layer.nondistributable.");
}

/* ---- Reading ----------------------------------------------------------------------------------------------------- */

static bool is_attestation(const struct silt_descriptor *descriptor)
{
	struct silt_bytes type = silt_json_string(silt_json_get(descriptor->annotations, "vnd.docker.reference.type"));
	struct silt_bytes os = silt_json_string(silt_json_get(descriptor->platform, "os"));
	struct silt_bytes architecture = silt_json_string(silt_json_get(descriptor->platform, "architecture"));
	return is(type, "attestation-manifest") || (is(os, "unknown") && is(architecture, "unknown"));
}

void silt_descriptor_read(const struct silt_json_value *value, struct silt_descriptor *out)
{
	*out = (struct silt_descriptor){
		.digest_text = silt_json_string(silt_json_get(value, "digest")),
		.media_type = silt_json_string(silt_json_get(value, "mediaType")),
		.annotations = silt_json_get(value, "annotations"),
		.platform = silt_json_get(value, "platform"),
	};
	if (!silt_digest_parse(out->digest_text, &out->digest)) {
		out->digest = (struct silt_digest){0};
	}
	out->has_size = silt_json_unsigned(silt_json_get(value, "size"), &out->size);
	out->foreign = is_foreign_type(out->media_type);
	out->has_urls = silt_json_count(silt_json_get(value, "urls")) > 0;
	out->attestation = is_attestation(out);
}

bool silt_name_digest(struct silt_bytes name, struct silt_digest *out)
{
	enum { HEX = 64 };
	struct silt_bytes base = silt_path_basename(name);
	struct silt_bytes algorithm = SILT_LITERAL("sha256:");
	if (silt_bytes_start_with(base, algorithm)) {
		base = silt_bytes_slice(base, algorithm.len, SIZE_MAX);
	}
	bool ends_there = base.len == HEX || (base.len > HEX && base.ptr[HEX] == '.');
	return ends_there && silt_digest_parse_hex(silt_bytes_slice(base, 0, HEX), out);
}

/* ---- Finding ----------------------------------------------------------------------------------------------------- */

/* How producers name a blob of this digest (image-formats 2). The hex digits stand between the two. */
static const struct {
	const char *before, *after;
} blob_names[] = {
	{"blobs/sha256/", ""},        /* OCI layout, docker from 25 on, containerd */
	{"", ""},                     /* skopeo dir: */
	{"", ".tar"},                 /* containers/image docker-archive */
	{"", ".tar.gz"},              /* crane, ko, kaniko, jib */
	{"", ".json"},                /* docker to 24: configs */
	{"sha256:", ""},              /* crane: configs */
	{"blobs/sha256/", ".tar.gz"}, /* bazel rules_oci */
	{"", ".manifest.json"},       /* skopeo dir: of an index */
};

/* "sha256:<hex>" to one of the names above. `name` has room for them all. */
static struct silt_bytes blob_name(struct silt_bytes hex, size_t form, uint8_t name[static 128])
{
	struct silt_bytes before = silt_bytes_text(blob_names[form].before);
	struct silt_bytes end = silt_bytes_text(blob_names[form].after);
	memcpy(name, before.ptr, before.len);
	memcpy(name + before.len, hex.ptr, hex.len);
	memcpy(name + before.len + hex.len, end.ptr, end.len);
	return silt_bytes(name, before.len + hex.len + end.len);
}

static uint32_t find_by_name(const struct silt_resolver *resolver, const struct silt_descriptor *descriptor)
{
	uint8_t name[128];
	struct silt_bytes hex = silt_bytes_slice(descriptor->digest_text, strlen("sha256:"), SIZE_MAX);
	uint32_t found = SILT_MEMBER_NONE;
	for (size_t i = 0; i < SILT_COUNT(blob_names) && found == SILT_MEMBER_NONE; i++) {
		found = silt_lookup_path(&resolver->lookup, blob_name(hex, i, name), NULL);
	}
	return found;
}

/* Digests that are not SHA-256: "sha512:<hex>" lies in blobs/sha512/<hex>, if anywhere. Nothing can be verified. */
static uint32_t find_unverified(struct silt_resolver *resolver, const struct silt_descriptor *descriptor)
{
	struct silt_bytes text = descriptor->digest_text;
	struct silt_buffer name = {0};
	size_t colon = silt_bytes_find_byte(text, ':');
	silt_buffer_add_text(&name, "blobs/");
	silt_buffer_add(&name, silt_bytes_slice(text, 0, colon));
	silt_buffer_add_byte(&name, '/');
	silt_buffer_add(&name, silt_bytes_slice(text, colon == SIZE_MAX ? text.len : colon + 1, SIZE_MAX));
	resolver->failed |= name.failed;
	uint32_t found = silt_lookup_path(&resolver->lookup, silt_buffer_bytes(&name), NULL);
	silt_buffer_done(&name);
	silt_issue_raise(
		resolver, SILT_ISSUE_DIGEST, found,
		"Expected a digest \"sha256:\" and 64 lower-case hex digits in a descriptor, found \"%s\": what "
		"it names cannot be verified.",
		silt_show(resolver, text));
	return found;
}

static void check_digest(struct silt_resolver *resolver, uint32_t number, const struct silt_descriptor *descriptor)
{
	const struct silt_digest *digest = silt_member_digest(silt_member_at(resolver, number));
	char computed[SILT_DIGEST_TEXT_SIZE];
	if (!digest->known || silt_digest_equal(digest, &descriptor->digest) || resolver->notes[number].told_digest) {
		return;
	}
	resolver->notes[number].told_digest = true;
	silt_issue_raise(resolver, SILT_ISSUE_DIGEST, number,
			 "%s stands for the blob %s, but the digest of its bytes is %s: damaged or altered.",
			 silt_show_member(resolver, number), silt_show(resolver, descriptor->digest_text),
			 silt_digest_text(digest, computed));
}

static void check_size(struct silt_resolver *resolver, uint32_t number, const struct silt_descriptor *descriptor)
{
	const struct silt_member *member = silt_member_at(resolver, number);
	struct silt_member_note *note = &resolver->notes[number];
	if (!descriptor->has_size || descriptor->size == member->bytes || note->told_digest || note->told_size) {
		return;
	}
	note->told_size = true;
	silt_issue_raise(resolver, SILT_ISSUE_DIGEST, number,
			 "The descriptor of %s states %llu bytes, the blob %s has %llu.",
			 silt_show(resolver, descriptor->digest_text), (unsigned long long)descriptor->size,
			 silt_show_member(resolver, number), (unsigned long long)member->bytes);
}

uint32_t silt_blob_find(struct silt_resolver *resolver, const struct silt_descriptor *descriptor)
{
	if (!descriptor->digest.known) {
		return descriptor->digest_text.len > 0 ? find_unverified(resolver, descriptor) : SILT_MEMBER_NONE;
	}
	uint32_t found = silt_lookup_digest(&resolver->lookup, &descriptor->digest);
	if (found == SILT_MEMBER_NONE) {
		found = find_by_name(resolver, descriptor);
	}
	if (found != SILT_MEMBER_NONE) {
		check_digest(resolver, found, descriptor);
		check_size(resolver, found, descriptor);
	}
	return found;
}

/* ---- Compression ------------------------------------------------------------------------------------------------- */

/* What a layer's media type says of its compression. Both spellings of zstd occur in Docker's. */
static const struct {
	const char *end;
	enum silt_compression compression;
} declared_compressions[] = {
	{"+gzip", SILT_COMPRESSION_GZIP},     {".tar.gzip", SILT_COMPRESSION_GZIP}, {"+zstd", SILT_COMPRESSION_ZSTD},
	{".tar.zstd", SILT_COMPRESSION_ZSTD}, {".tar", SILT_COMPRESSION_NONE},
};

/* True the first time that a layer turns out to be compressed otherwise than is declared. */
static bool is_news(struct silt_resolver *resolver, uint32_t number, enum silt_compression declared)
{
	const struct silt_member *member = silt_member_at(resolver, number);
	struct silt_member_note *note = &resolver->notes[number];
	if (member->kind != SILT_MEMBER_TAR || member->compression == declared || note->told_media_type) {
		return false;
	}
	note->told_media_type = true;
	return true;
}

/* Docker's manifest has one type for all layers: "skopeo copy" to dir: gives it to those it does not compress, too. */
static bool is_type_of_any(const struct silt_resolver *resolver, uint32_t number, struct silt_bytes media_type)
{
	return silt_bytes_equal(media_type, SILT_LITERAL("application/vnd.docker.image.rootfs.diff.tar.gzip")) &&
	       silt_member_at(resolver, number)->compression == SILT_COMPRESSION_NONE;
}

void silt_blob_check_type(struct silt_resolver *resolver, uint32_t number, struct silt_bytes media_type)
{
	size_t i = 0;
	if (is_type_of_any(resolver, number, media_type)) {
		return;
	}
	while (i < SILT_COUNT(declared_compressions) && !ends(media_type, declared_compressions[i].end)) {
		i++;
	}
	if (i < SILT_COUNT(declared_compressions) && silt_type_is_layer(media_type) &&
	    is_news(resolver, number, declared_compressions[i].compression)) {
		silt_issue_raise(resolver, SILT_ISSUE_MEDIA_TYPE, number,
				 "The media type of %s is %s, but the compression of its bytes is %s.",
				 silt_show_member(resolver, number), silt_show(resolver, media_type),
				 silt_compression_name(silt_member_at(resolver, number)->compression));
	}
}

void silt_blob_check_path(struct silt_resolver *resolver, uint32_t number, struct silt_bytes path)
{
	if (ends(path, ".tar") && is_news(resolver, number, SILT_COMPRESSION_NONE)) {
		silt_issue_raise(resolver, SILT_ISSUE_MEDIA_TYPE, number,
				 "A layer is named \"%s\", but the compression of its bytes is %s.",
				 silt_show(resolver, path),
				 silt_compression_name(silt_member_at(resolver, number)->compression));
	}
}
