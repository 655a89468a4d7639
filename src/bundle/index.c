/*
 * OCI indexes and Docker manifest lists (image-spec image-index.md), which may name further indexes.
 *
 *     index.json -> index -> manifest (linux/amd64)            in the bundle
 *                         -> manifest (linux/arm64)            absent: containerd saves one platform of several
 *                         -> manifest (unknown/unknown)        an attestation
 *
 * Indexes are walked depth first with a stack of their own. Depth and the number of descriptors are bounded, and an
 * index that is on the stack is not entered again, so no bundle can make the walk long.
 */
#include "bundle/resolve.h"

#include "base/limits.h"

struct frame {
	uint32_t member;
	const struct silt_json_value *manifests;
	size_t next;                       /* its descriptor to look at */
	struct silt_descriptor descriptor; /* the one being looked at */
	size_t images;                     /* that are there, also by indexes below */
	size_t absent, absent_attestations;
	struct silt_bytes first_absent;
};

struct walk {
	struct silt_resolver *resolver;
	unsigned declared;
	struct frame frames[SILT_INDEX_DEPTH_MAX];
	size_t depth;
};

static const struct silt_json_value *list_of(const struct silt_resolver *resolver, uint32_t member)
{
	const struct silt_json_value *root = silt_json_root(silt_member_at(resolver, member)->document);
	const struct silt_json_value *manifests = silt_json_get(root, "manifests");
	return silt_json_type(manifests) == SILT_JSON_ARRAY ? manifests : NULL;
}

/* ---- Manifests --------------------------------------------------------------------------------------------------- */

static enum silt_manifest_is read_manifest(struct walk *walk, uint32_t member, size_t way_count)
{
	const struct silt_descriptor *way[SILT_INDEX_DEPTH_MAX];
	for (size_t i = 0; i < way_count; i++) {
		way[i] = &walk->frames[i].descriptor;
	}
	struct silt_found found = {
		.declared = walk->declared,
		.group = walk->depth > 1 ? walk->frames[walk->depth - 1].member : SILT_MEMBER_NONE,
		.way = way,
		.way_count = way_count,
	};
	return silt_manifest_read(walk->resolver, member, &found);
}

static void count_absent(struct frame *frame)
{
	if (frame->absent++ == 0) {
		frame->first_absent = frame->descriptor.digest_text;
	}
}

static void take_manifest(struct walk *walk, struct frame *frame, uint32_t member)
{
	switch (read_manifest(walk, member, walk->depth)) {
	case SILT_MANIFEST_IMAGE:
		frame->images++;
		break;
	case SILT_MANIFEST_ELSEWHERE:
		count_absent(frame);
		break;
	case SILT_MANIFEST_ATTESTATION:
	case SILT_MANIFEST_ARTEFACT:
		break;
	}
}

/* ---- Indexes ----------------------------------------------------------------------------------------------------- */

static bool is_on_stack(const struct walk *walk, uint32_t member)
{
	for (size_t i = 0; i < walk->depth; i++) {
		if (walk->frames[i].member == member) {
			return true;
		}
	}
	return false;
}

/* A document that is an index and a manifest: readers choose by media type, by key, by luck. Both are taken. */
static void take_two_kinds(struct walk *walk, uint32_t member)
{
	struct silt_resolver *resolver = walk->resolver;
	const struct silt_json_value *root = silt_json_root(silt_member_at(resolver, member)->document);
	if (!silt_json_get(root, "layers") && !silt_json_get(root, "config")) {
		return;
	}
	silt_issue_raise(resolver, SILT_ISSUE_TWO_KINDS, member,
			 "%s has both \"manifests\" and \"layers\" or \"config\": some programs read it as an index, "
			 "others as an image manifest (CVE-2021-41190).",
			 silt_show_member(resolver, member));
	read_manifest(walk, member, walk->depth > 0 ? walk->depth - 1 : 0);
}

static void enter(struct walk *walk, uint32_t member)
{
	struct silt_resolver *resolver = walk->resolver;
	if (is_on_stack(walk, member)) {
		silt_issue_raise(
			resolver, SILT_ISSUE_OPAQUE, member,
			"The index %s names itself, or an index above it names it again: no image comes of it.",
			silt_show_member(resolver, member));
		return;
	}
	if (walk->depth == resolver->limits->value[SILT_LIMIT_INDEX_DEPTH]) {
		silt_issue_limit(resolver, SILT_LIMIT_INDEX_DEPTH, member,
				 "Indexes are nested deeper; what %s names was not audited",
				 silt_show_member(resolver, member));
		return;
	}
	silt_document_use(resolver, member);
	silt_shape_check(resolver, member, SILT_SHAPE_INDEX);
	walk->frames[walk->depth++] = (struct frame){.member = member, .manifests = list_of(resolver, member)};
	take_two_kinds(walk, member);
}

/* ---- Descriptors ------------------------------------------------------------------------------------------------- */

/* A descriptor of something that is neither manifest nor index: an artefact, unless it says that it is one of them. */
static void take_other(struct walk *walk, struct frame *frame, uint32_t member)
{
	struct silt_resolver *resolver = walk->resolver;
	const struct silt_member *blob = silt_member_at(resolver, member);
	struct silt_bytes media_type = frame->descriptor.media_type;
	if (media_type.len == 0 || silt_type_is_manifest(media_type)) {
		silt_issue_raise(resolver, SILT_ISSUE_OPAQUE, member,
				 "Expected an image manifest or an index in %s, found %s%s%s.",
				 silt_show_member(resolver, member), silt_show_content(resolver, blob),
				 blob->problem ? ": " : "", blob->problem ? blob->problem : "");
	}
	if (blob->kind != SILT_MEMBER_TAR) {
		silt_member_use(resolver, member);
	}
}

static void take_absent(struct frame *frame)
{
	if (frame->descriptor.attestation || frame->descriptor.foreign) { /* `urls` excuse no image */
		frame->absent_attestations++;
	} else {
		count_absent(frame);
	}
}

static void take_descriptor(struct walk *walk, struct frame *frame)
{
	struct silt_resolver *resolver = walk->resolver;
	uint32_t member = silt_blob_find(resolver, &frame->descriptor);
	if (member == SILT_MEMBER_NONE) {
		take_absent(frame);
		return;
	}
	switch (silt_member_at(resolver, member)->document_kind) {
	case SILT_DOCUMENT_INDEX:
		enter(walk, member);
		break;
	case SILT_DOCUMENT_MANIFEST:
		take_manifest(walk, frame, member);
		break;
	case SILT_DOCUMENT_OTHER:
	case SILT_DOCUMENT_ARCHIVE_MANIFEST:
	case SILT_DOCUMENT_CONFIG:
	case SILT_DOCUMENT_LEGACY:
	case SILT_DOCUMENT_REPOSITORIES:
	case SILT_DOCUMENT_OCI_LAYOUT:
	case SILT_DOCUMENT_ATTESTATION:
		take_other(walk, frame, member);
		break;
	}
}

/* ---- Ends -------------------------------------------------------------------------------------------------------- */

/*
 * One line for all that an index names and the bundle lacks. It is normal if a nested index has at least one image
 * left: the others are of other platforms. At the top every image was asked for by its name.
 */
static void tell_absent(struct walk *walk, const struct frame *frame)
{
	struct silt_resolver *resolver = walk->resolver;
	const char *name = silt_show_member(resolver, frame->member);
	bool other_platforms = walk->depth > 1 && frame->images > 0;
	size_t all = silt_json_count(frame->manifests);
	if (frame->absent > 0) {
		silt_issue_raise(resolver, other_platforms ? SILT_ISSUE_MISSING_BY_DESIGN : SILT_ISSUE_MISSING,
				 frame->member,
				 "%s names %zu image%s, of which %zu %s not in the bundle, the first \"%s\"%s.", name,
				 all, all == 1 ? "" : "s", frame->absent, frame->absent == 1 ? "is" : "are",
				 silt_show(resolver, frame->first_absent),
				 other_platforms ? ": they are of other platforms" : "");
	}
	bool one = frame->absent_attestations == 1;
	if (frame->absent_attestations > 0) {
		silt_issue_raise(resolver, SILT_ISSUE_MISSING_BY_DESIGN, frame->member,
				 "%zu attestation%s or foreign document%s that %s names %s not in the bundle.",
				 frame->absent_attestations, one ? "" : "s", one ? "" : "s", name, one ? "is" : "are");
	}
}

/* An index that names nothing. Docker 25 wrote such beside a good manifest.json (moby #47210), which is no harm. */
static void tell_empty(struct walk *walk, const struct frame *frame)
{
	struct silt_resolver *resolver = walk->resolver;
	bool harmless = walk->depth == 1 && resolver->archive_documents > 0 && resolver->images->count > 0;
	if (silt_json_count(frame->manifests) > 0 || harmless) {
		return;
	}
	silt_issue_raise(resolver, SILT_ISSUE_MISSING, frame->member,
			 "Expected the images of the bundle in %s, found an index that names none.",
			 silt_show_member(resolver, frame->member));
}

static void leave(struct walk *walk)
{
	struct frame *frame = &walk->frames[walk->depth - 1];
	struct silt_member_note *note = &walk->resolver->notes[frame->member];
	if (!note->told_absent) {
		note->told_absent = true;
		tell_absent(walk, frame);
		tell_empty(walk, frame);
	}
	walk->depth--;
	if (walk->depth > 0) {
		walk->frames[walk->depth - 1].images += frame->images;
	}
}

/* Looks at the next descriptor of the innermost index, or leaves it. */
static void step(struct walk *walk)
{
	struct silt_resolver *resolver = walk->resolver;
	struct frame *frame = &walk->frames[walk->depth - 1];
	if (frame->next == silt_json_count(frame->manifests)) {
		leave(walk);
		return;
	}
	silt_descriptor_read(silt_json_at(frame->manifests, frame->next++), &frame->descriptor);
	if (resolver->descriptors++ < resolver->limits->value[SILT_LIMIT_DESCRIPTORS]) {
		take_descriptor(walk, frame);
		return;
	}
	silt_issue_limit(resolver, SILT_LIMIT_DESCRIPTORS, frame->member,
			 "The indexes of the bundle have more descriptors; the rest, from descriptor %zu of %s on, was "
			 "not audited",
			 frame->next, silt_show_member(resolver, frame->member));
	walk->depth = 0;
}

void silt_index_read(struct silt_resolver *resolver, uint32_t member, unsigned declared)
{
	struct walk walk = {.resolver = resolver, .declared = declared};
	enter(&walk, member);
	while (walk.depth > 0 && !resolver->failed) {
		step(&walk);
	}
}
