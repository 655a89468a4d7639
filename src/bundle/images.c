/* From the members of a bundle to the images they declare: the order in which the documents are asked. */
#include "bundle/platform.h"
#include "bundle/resolve.h"

#include "base/limits.h"

#include <stdlib.h>

static const struct silt_bytes manifest_json = {(const uint8_t *)"manifest.json", 13};
static const struct silt_bytes index_json = {(const uint8_t *)"index.json", 10};

/* ---- Does anything speak of images? ------------------------------------------------------------------------------ */

/* A manifest.json that is "[]" speaks of images, even if of none. */
static bool is_empty_list(const struct silt_member *member)
{
	const struct silt_json_value *root = member->document ? silt_json_root(member->document) : NULL;
	return silt_json_type(root) == SILT_JSON_ARRAY && silt_json_count(root) == 0;
}

/*
 * An index that silt cannot read is no proof that others cannot: Go takes invalid UTF-8 and any size. A bundle must not
 * pass for a filesystem by a flaw in its manifest.json.
 */
static bool is_unread(const struct silt_member *member, const struct silt_limits *limits)
{
	return member->kind == SILT_MEMBER_OTHER &&
	       (member->problem || member->bytes > limits->value[SILT_LIMIT_JSON_BYTES]);
}

static bool is_index_name(struct silt_bytes name)
{
	return silt_bytes_equal(name, manifest_json) || silt_bytes_equal(name, index_json);
}

static bool has_signs(const struct silt_inventory *inventory, const struct silt_limits *limits)
{
	for (size_t i = 0; i < inventory->count; i++) {
		const struct silt_member *member = &inventory->members[i];
		bool index = is_index_name(member->name) && (is_unread(member, limits) || is_empty_list(member));
		if (index || silt_member_is_sign(member)) {
			return true;
		}
	}
	return inventory->telling_left_out;
}

/* False if no document here can declare an image: a filesystem of millions of files needs no tables. */
static bool may_declare(const struct silt_inventory *inventory, const struct silt_limits *limits)
{
	for (size_t i = 0; i < inventory->count; i++) {
		const struct silt_member *member = &inventory->members[i];
		if (is_index_name(member->name) || member->document_kind == SILT_DOCUMENT_LEGACY) {
			return true;
		}
	}
	return has_signs(inventory, limits);
}

/* ---- Documents at the top ---------------------------------------------------------------------------------------- */

static void read_lone(struct silt_resolver *resolver, uint32_t member)
{
	resolver->lone_documents++;
	if (silt_member_at(resolver, member)->document_kind == SILT_DOCUMENT_INDEX) {
		silt_index_read(resolver, member, SILT_DECLARED_LONE);
		return;
	}
	struct silt_found found = {.declared = SILT_DECLARED_LONE, .group = SILT_MEMBER_NONE};
	silt_manifest_read(resolver, member, &found);
}

/* Skopeo's "dir:" layout has an image manifest, or the index of several, where docker has its own manifest.json. */
static void read_top(struct silt_resolver *resolver, uint32_t member, bool is_index_json)
{
	enum silt_document_kind kind = silt_member_at(resolver, member)->document_kind;
	if (kind == SILT_DOCUMENT_INDEX && is_index_json) {
		resolver->index_documents++;
		silt_index_read(resolver, member, SILT_DECLARED_INDEX);
	} else if (kind == SILT_DOCUMENT_ARCHIVE_MANIFEST && !is_index_json) {
		silt_archive_manifest_read(resolver, member);
	} else if (kind == SILT_DOCUMENT_INDEX || kind == SILT_DOCUMENT_MANIFEST) {
		read_lone(resolver, member);
	}
}

/* Some programs open what a link leads to, others refuse it or do not see it. */
static void tell_link(struct silt_resolver *resolver, const struct silt_member *named)
{
	if (named->kind == SILT_MEMBER_LINK) {
		uint32_t number = (uint32_t)(named - resolver->inventory->members);
		silt_issue_raise(resolver, SILT_ISSUE_AMBIGUOUS, number,
				 "%s is a link: which images the bundle has depends on whether a program follows it.",
				 silt_show_member(resolver, number));
	}
}

/* All members of the name, the one that Docker would take first: whoever takes another sees another image. */
static void read_named(struct silt_resolver *resolver, struct silt_bytes name)
{
	size_t count;
	const struct silt_member **range = silt_lookup_range(&resolver->lookup, name, &count);
	for (size_t i = count; i > 0; i--) {
		uint32_t member = silt_lookup_follow(&resolver->lookup, range[i - 1]);
		if (member != SILT_MEMBER_NONE) {
			tell_link(resolver, range[i - 1]);
			read_top(resolver, member, silt_bytes_equal(name, index_json));
		}
	}
}

static bool is_readable_top(const struct silt_resolver *resolver, uint32_t member, bool is_index_json)
{
	enum silt_document_kind kind = member == SILT_MEMBER_NONE ? SILT_DOCUMENT_OTHER
								  : silt_member_at(resolver, member)->document_kind;
	return kind == SILT_DOCUMENT_INDEX || kind == SILT_DOCUMENT_MANIFEST ||
	       (kind == SILT_DOCUMENT_ARCHIVE_MANIFEST && !is_index_json);
}

static void tell_unreadable(struct silt_resolver *resolver, const struct silt_member *named, uint32_t member)
{
	const struct silt_member *document = member == SILT_MEMBER_NONE ? NULL : silt_member_at(resolver, member);
	uint32_t number = (uint32_t)(named - resolver->inventory->members);
	const char *found = document ? silt_show_content(resolver, document) : "a link that leads to no file";
	if (document && is_empty_list(document)) {
		found = "an empty list, which names no image";
	}
	silt_issue_raise(resolver, SILT_ISSUE_OPAQUE, number, "Expected the images of the bundle in %s, found %s%s%s.",
			 silt_show_member(resolver, number), found, document && document->problem ? ": " : "",
			 document && document->problem ? document->problem : "");
}

static void check_named(struct silt_resolver *resolver, struct silt_bytes name)
{
	size_t count;
	const struct silt_member **range = silt_lookup_range(&resolver->lookup, name, &count);
	for (size_t i = 0; i < count; i++) {
		uint32_t member = silt_lookup_follow(&resolver->lookup, range[i]);
		if (!is_readable_top(resolver, member, silt_bytes_equal(name, index_json))) {
			tell_unreadable(resolver, range[i], member);
		}
	}
}

/* ---- Documents elsewhere ----------------------------------------------------------------------------------------- */

/* Manifests that nothing names, in a bundle that has no index.json to name them. Indexes first: they name manifests. */
static void read_unnamed(struct silt_resolver *resolver, enum silt_document_kind kind)
{
	for (uint32_t i = 0; i < resolver->inventory->count && !resolver->failed; i++) {
		const struct silt_member *member = silt_member_at(resolver, i);
		if (member->document_kind == kind && !resolver->images->referenced[i] && silt_member_is_sign(member)) {
			read_lone(resolver, i);
		}
	}
}

static void read_all(struct silt_resolver *resolver)
{
	read_named(resolver, manifest_json);
	read_named(resolver, index_json);
	if (resolver->index_documents == 0) {
		read_unnamed(resolver, SILT_DOCUMENT_INDEX);
		read_unnamed(resolver, SILT_DOCUMENT_MANIFEST);
	}
	if (resolver->archive_documents + resolver->index_documents + resolver->lone_documents == 0) {
		silt_legacy_read(resolver);
	}
}

/* ---- Ends -------------------------------------------------------------------------------------------------------- */

static const char *declared_format(const struct silt_resolver *resolver)
{
	if (resolver->archive_documents > 0) {
		return resolver->index_documents > 0 ? "docker+oci" : "docker";
	}
	if (resolver->index_documents + resolver->lone_documents > 0) {
		return "oci";
	}
	return resolver->legacy_heads > 0 ? "docker-legacy" : NULL;
}

/* Something here comes from a bundle of images, but nothing says which images. */
static void tell_unknown(struct silt_resolver *resolver)
{
	silt_issue_raise(
		resolver, SILT_ISSUE_MISSING, SILT_MEMBER_NONE,
		"The bundle has layers or image documents, but neither manifest.json nor index.json says which "
		"images they make%s.",
		resolver->inventory->truncated ? "; the bundle ends before its end, and these files usually come last"
					       : "");
}

/* Every bundle that declares images has to come to one, or to a reason why not. */
static void tell_no_image(struct silt_resolver *resolver)
{
	bool told = resolver->raised[SILT_ISSUE_MISSING] + resolver->raised[SILT_ISSUE_OPAQUE] +
			    resolver->raised[SILT_ISSUE_LIMIT] >
		    0;
	if (resolver->images->count == 0 && !told) {
		silt_issue_raise(resolver, SILT_ISSUE_MISSING, SILT_MEMBER_NONE,
				 "The documents of the bundle declare attestations or other artefacts, but no image.");
	}
}

static int compare_image_names(const void *left, const void *right)
{
	const struct silt_image_name *a = left, *b = right;
	if (a->image != b->image) {
		return a->image < b->image ? -1 : 1;
	}
	return a->platform != b->platform ? a->platform - b->platform : silt_bytes_compare(a->name, b->name);
}

/* One more of a sorted list, which has room at `next`. */
static void give_name(struct silt_bytes **list, size_t *count, struct silt_bytes *next, struct silt_bytes name)
{
	if (*count == 0) {
		*list = next;
	}
	if (*count == 0 || !silt_bytes_equal((*list)[*count - 1], name)) {
		(*list)[(*count)++] = name;
	}
}

/* Gives every image its names and the platforms stated for it, sorted, each once. */
static void give_names(struct silt_resolver *resolver)
{
	struct silt_image_name *names = resolver->names;
	struct silt_bytes *sorted = silt_arena_alloc(resolver->arena, resolver->name_count * sizeof(*sorted));
	if (!sorted) {
		resolver->failed = true;
		return;
	}
	if (resolver->name_count > 0) {
		qsort(names, resolver->name_count, sizeof(*names), compare_image_names);
	}
	for (size_t i = 0; i < resolver->name_count; i++) {
		struct silt_declared_image *image = &resolver->images->images[names[i].image];
		if (names[i].platform) {
			give_name(&image->stated, &image->stated_count, &sorted[i], names[i].name);
		} else {
			give_name(&image->names, &image->name_count, &sorted[i], names[i].name);
		}
	}
}

/* Attestations have this platform, and who calls an image so is told of that. */
static bool is_no_platform(const struct silt_platform *platform)
{
	return strcmp(platform->os, "unknown") == 0 && strcmp(platform->architecture, "unknown") == 0;
}

/* Some programs choose an image by its descriptor, others by its config. */
static void check_platforms(struct silt_resolver *resolver)
{
	for (size_t i = 0; i < resolver->images->count; i++) {
		const struct silt_declared_image *image = &resolver->images->images[i];
		const struct silt_platform has = silt_platform_read(image->platform);
		for (size_t j = 0; j < image->stated_count; j++) {
			const struct silt_platform stated = silt_platform_read(image->stated[j]);
			if (is_no_platform(&stated) || silt_platform_same_machine(&stated, &has)) {
				continue;
			}
			silt_issue_raise(
				resolver, SILT_ISSUE_PLATFORM, image->manifest_member,
				"An index declares the image of %s for %s, but its config is for %s: --platform "
				"chooses it for both.",
				silt_show_member(resolver, image->manifest_member),
				silt_show(resolver, image->stated[j]), silt_show(resolver, image->platform));
			break;
		}
	}
}

/* Of a bundle of images: what is not in the inventory may be part of one. */
static void tell_left_out(struct silt_resolver *resolver)
{
	if (resolver->inventory->left_out > 0) {
		silt_issue_raise(resolver, SILT_ISSUE_LIMIT, SILT_MEMBER_NONE,
				 "The bundle has %zu files more than the %zu that were looked at as parts of images; "
				 "secrets were searched in all of them.",
				 resolver->inventory->left_out, resolver->inventory->count);
	}
}

static void resolve(struct silt_resolver *resolver)
{
	read_all(resolver);
	if (resolver->failed) {
		return; /* what was being made is half made */
	}
	silt_strays_duplicates(resolver);
	const char *format = declared_format(resolver);
	bool signs = format || has_signs(resolver->inventory, resolver->limits);
	if (signs) {
		tell_left_out(resolver);
		check_named(resolver, manifest_json);
		check_named(resolver, index_json);
	}
	if (format) {
		silt_compare_indexes(resolver);
		silt_strays_orphans(resolver);
		tell_no_image(resolver);
	} else if (signs) {
		tell_unknown(resolver);
	} else {
		resolver->images->issue_count = 0; /* of a filesystem: two of one name are the rootfs's business */
	}
	resolver->images->format = format ? format : signs ? "unknown" : "rootfs";
	give_names(resolver);
	if (!resolver->failed) {
		check_platforms(resolver);
	}
	silt_issues_end(resolver);
}

/* ---- The whole --------------------------------------------------------------------------------------------------- */

static enum silt_status run(struct silt_resolver *resolver, struct silt_error *err)
{
	enum silt_status status = silt_lookup_init(&resolver->lookup, resolver->inventory, resolver->limits, err);
	resolver->notes = calloc(resolver->inventory->count + 1, sizeof(*resolver->notes));
	if (status == SILT_OK && resolver->notes) {
		resolve(resolver);
	}
	bool failed = resolver->failed || !resolver->notes;
	silt_lookup_done(&resolver->lookup);
	free(resolver->notes);
	free(resolver->groups);
	free(resolver->names);
	return status == SILT_OK && failed ? silt_fail_memory(err) : status;
}

static enum silt_status fill(struct silt_images *images, const struct silt_inventory *inventory,
			     const struct silt_limits *limits, struct silt_error *err)
{
	images->referenced = silt_arena_alloc(&images->arena, inventory->count * sizeof(*images->referenced));
	images->format = "rootfs";
	if (!images->referenced) {
		return silt_fail_memory(err);
	}
	if (!may_declare(inventory, limits)) {
		return SILT_OK;
	}
	struct silt_resolver resolver = {
		.inventory = inventory, .limits = limits, .images = images, .arena = &images->arena};
	return run(&resolver, err);
}

enum silt_status silt_images_resolve(const struct silt_inventory *inventory, const struct silt_limits *limits,
				     struct silt_images **out, struct silt_error *err)
{
	struct silt_images *images = calloc(1, sizeof(*images));
	if (!images) {
		return silt_fail_memory(err);
	}
	enum silt_status status = fill(images, inventory, silt_limits_or_default(limits), err);
	if (status != SILT_OK) {
		silt_images_free(images);
		return status;
	}
	*out = images;
	return SILT_OK;
}

void silt_images_free(struct silt_images *images)
{
	if (!images) {
		return;
	}
	free(images->images);
	free(images->issues);
	silt_arena_done(&images->arena);
	free(images);
}
