/* Tables of members, sorted, and the following of links. */
#include "bundle/lookup.h"

#include "base/limits.h"
#include "base/path.h"

#include <stdlib.h>

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

/* The members are one array, so the order of their addresses is the order of their arrival. */
static int by_arrival(const struct silt_member *a, const struct silt_member *b)
{
	return (a > b) - (a < b);
}

/* Of one name the last one counts. What Docker does not read comes first, so that it counts only if nothing else does. */
static int compare_names(const void *left, const void *right)
{
	const struct silt_member *a = *(const struct silt_member *const *)left;
	const struct silt_member *b = *(const struct silt_member *const *)right;
	int order = silt_bytes_compare(a->name, b->name);
	order = order != 0 ? order : b->disputed - a->disputed;
	return order != 0 ? order : by_arrival(a, b);
}

static bool is_blob_name(struct silt_bytes name)
{
	return silt_bytes_start_with(name, SILT_LITERAL("blobs/sha256/"));
}

/* Of several members with one digest the one that is named as a blob comes first. */
static int compare_digests(const void *left, const void *right)
{
	const struct silt_member *a = *(const struct silt_member *const *)left;
	const struct silt_member *b = *(const struct silt_member *const *)right;
	int order = memcmp(a->digest.sha256, b->digest.sha256, sizeof(a->digest.sha256));
	if (order != 0) {
		return order;
	}
	int blob_first = is_blob_name(b->name) - is_blob_name(a->name);
	return blob_first != 0 ? blob_first : by_arrival(a, b);
}

static void fill(struct silt_lookup *lookup)
{
	for (size_t i = 0; i < lookup->inventory->count; i++) {
		const struct silt_member *member = &lookup->inventory->members[i];
		if (member->kind != SILT_MEMBER_DIRECTORY) {
			lookup->by_name[lookup->named++] = member;
		}
		if (member->digest.known) {
			lookup->by_digest[lookup->digested++] = member;
		}
		lookup->has_symlinks |= member->kind == SILT_MEMBER_LINK && member->symlink;
	}
}

enum silt_status silt_lookup_init(struct silt_lookup *lookup, const struct silt_inventory *inventory,
				  const struct silt_limits *limits, struct silt_error *err)
{
	*lookup = (struct silt_lookup){.inventory = inventory, .limits = limits};
	lookup->by_name = calloc(inventory->count + 1, sizeof(struct silt_member *));
	lookup->by_digest = calloc(inventory->count + 1, sizeof(struct silt_member *));
	if (!lookup->by_name || !lookup->by_digest) {
		return silt_fail_memory(err);
	}
	fill(lookup);
	qsort(lookup->by_name, lookup->named, sizeof(struct silt_member *), compare_names);
	qsort(lookup->by_digest, lookup->digested, sizeof(struct silt_member *), compare_digests);
	return SILT_OK;
}

void silt_lookup_done(struct silt_lookup *lookup)
{
	free(lookup->by_name);
	free(lookup->by_digest);
	*lookup = (struct silt_lookup){0};
}

/* ---- By name ----------------------------------------------------------------------------------------------------- */

/* Number of members that sort before `name`, or before and at it. */
static size_t names_before(const struct silt_lookup *lookup, struct silt_bytes name, bool and_at)
{
	size_t low = 0, high = lookup->named;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = silt_bytes_compare(lookup->by_name[middle]->name, name);
		if (order < 0 || (order == 0 && and_at)) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

const struct silt_member **silt_lookup_range(const struct silt_lookup *lookup, struct silt_bytes name, size_t *count)
{
	size_t first = names_before(lookup, name, false);
	*count = names_before(lookup, name, true) - first;
	return *count > 0 ? &lookup->by_name[first] : NULL;
}

/* ---- Links ------------------------------------------------------------------------------------------------------- */

/* A clean path on its way through links. */
struct walk {
	uint8_t bytes[SILT_PATH_MAX];
	size_t len;
	unsigned hops;
	unsigned flags; /* of the path that was set last */
};

static struct silt_bytes walk_path(const struct walk *walk)
{
	return silt_bytes(walk->bytes, walk->len);
}

/* Sets the path to the clean form of base/middle/end; empty pieces are left out. False if it is too long. */
static bool walk_set(struct walk *walk, struct silt_bytes base, struct silt_bytes middle, struct silt_bytes end)
{
	uint8_t joined[SILT_PATH_MAX];
	const struct silt_bytes pieces[] = {base, middle, end};
	size_t len = 0;
	for (size_t i = 0; i < SILT_COUNT(pieces); i++) {
		if (pieces[i].len == 0) {
			continue;
		}
		if (pieces[i].len >= sizeof(joined) - len) {
			return false;
		}
		memcpy(joined + len, pieces[i].ptr, pieces[i].len);
		len += pieces[i].len;
		joined[len++] = '/';
	}
	walk->len = silt_path_clean(silt_bytes(joined, len), walk->bytes, &walk->flags);
	return true;
}

static struct silt_bytes folder_of(struct silt_bytes path)
{
	size_t slash = silt_bytes_find_last_byte(path, '/');
	return slash == SIZE_MAX ? silt_bytes(NULL, 0) : silt_bytes(path.ptr, slash);
}

/* Goes where a link points; `rest` is what follows it in the path. False if there were too many. */
static bool walk_link(const struct silt_lookup *lookup, struct walk *walk, const struct silt_member *link,
		      struct silt_bytes rest)
{
	bool relative = link->symlink && !silt_bytes_start_with(link->link, SILT_LITERAL("/"));
	struct silt_bytes base = relative ? folder_of(link->name) : silt_bytes(NULL, 0);
	return walk->hops++ < lookup->limits->value[SILT_LIMIT_LINK_HOPS] && walk_set(walk, base, link->link, rest);
}

static const struct silt_member *last_named(const struct silt_lookup *lookup, struct silt_bytes name)
{
	size_t count;
	const struct silt_member **range = silt_lookup_range(lookup, name, &count);
	return range ? range[count - 1] : NULL;
}

/* Goes through the first folder of the path that is a symlink. False if none is. */
static bool walk_folder_link(const struct silt_lookup *lookup, struct walk *walk)
{
	struct silt_bytes path = walk_path(walk);
	size_t folders = 0;
	for (size_t i = 0; i < path.len && folders < SILT_LINKED_FOLDERS_MAX && lookup->has_symlinks; i++) {
		if (path.ptr[i] != '/') {
			continue;
		}
		const struct silt_member *member = last_named(lookup, silt_bytes(path.ptr, i));
		if (member && member->kind == SILT_MEMBER_LINK && member->symlink) {
			return walk_link(lookup, walk, member, silt_bytes_slice(path, i + 1, SIZE_MAX));
		}
		folders++;
	}
	return false;
}

static uint32_t walk_on(const struct silt_lookup *lookup, struct walk *walk)
{
	for (;;) {
		const struct silt_member *member = last_named(lookup, walk_path(walk));
		if (member && member->kind != SILT_MEMBER_LINK) {
			return (uint32_t)(member - lookup->inventory->members);
		}
		bool on = member ? walk_link(lookup, walk, member, silt_bytes(NULL, 0))
				 : walk_folder_link(lookup, walk);
		if (!on) {
			return SILT_MEMBER_NONE;
		}
	}
}

uint32_t silt_lookup_path(const struct silt_lookup *lookup, struct silt_bytes path, bool *escapes)
{
	struct walk walk = {0};
	bool fits = walk_set(&walk, path, silt_bytes(NULL, 0), silt_bytes(NULL, 0));
	if (escapes) {
		*escapes = (walk.flags & SILT_PATH_ESCAPES) != 0;
	}
	return fits && walk.len > 0 ? walk_on(lookup, &walk) : SILT_MEMBER_NONE;
}

uint32_t silt_lookup_follow(const struct silt_lookup *lookup, const struct silt_member *member)
{
	struct walk walk = {0};
	if (member->kind != SILT_MEMBER_LINK) {
		return (uint32_t)(member - lookup->inventory->members);
	}
	return walk_link(lookup, &walk, member, silt_bytes(NULL, 0)) ? walk_on(lookup, &walk) : SILT_MEMBER_NONE;
}

/* ---- By digest --------------------------------------------------------------------------------------------------- */

static size_t digests_before(const struct silt_lookup *lookup, const struct silt_digest *digest)
{
	size_t low = 0, high = lookup->digested;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (memcmp(lookup->by_digest[middle]->digest.sha256, digest->sha256, sizeof(digest->sha256)) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

uint32_t silt_lookup_digest(const struct silt_lookup *lookup, const struct silt_digest *digest)
{
	size_t first = digest->known ? digests_before(lookup, digest) : lookup->digested;
	if (first == lookup->digested || !silt_digest_equal(&lookup->by_digest[first]->digest, digest)) {
		return SILT_MEMBER_NONE;
	}
	return (uint32_t)(lookup->by_digest[first] - lookup->inventory->members);
}
