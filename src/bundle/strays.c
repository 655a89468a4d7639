/* Members that the documents do not account for: two of one name, orphans, names that state a wrong digest. */
#include "bundle/resolve.h"

/* ---- Names ------------------------------------------------------------------------------------------------------- */

/* The digest of a member that is named exactly blobs/sha256/<hex>. */
static bool blob_name_digest(struct silt_bytes name, struct silt_digest *out)
{
	struct silt_bytes folder = SILT_LITERAL("blobs/sha256/");
	return silt_bytes_start_with(name, folder) &&
	       silt_digest_parse_hex(silt_bytes_slice(name, folder.len, SIZE_MAX), out);
}

static bool is_layer_name(struct silt_bytes name)
{
	struct silt_digest digest;
	size_t slash = silt_bytes_find_byte(name, '/');
	struct silt_bytes first = silt_bytes_slice(name, 0, slash);
	struct silt_bytes rest = silt_bytes_slice(name, first.len, SIZE_MAX);
	if (slash != SIZE_MAX) {
		return silt_bytes_equal(rest, SILT_LITERAL("/layer.tar")) && silt_digest_parse_hex(first, &digest);
	}
	return silt_name_digest(name, &digest);
}

/* A document where bundles have them: at the top, or among the blobs. Elsewhere it is a file of a filesystem. */
static bool is_at_document_place(struct silt_bytes name)
{
	struct silt_digest digest;
	return silt_bytes_find_byte(name, '/') == SIZE_MAX || blob_name_digest(name, &digest);
}

bool silt_member_is_sign(const struct silt_member *member)
{
	struct silt_digest digest;
	if (member->kind == SILT_MEMBER_TAR) {
		return blob_name_digest(member->name, &digest) || is_layer_name(member->name);
	}
	bool image_document = member->document_kind == SILT_DOCUMENT_CONFIG ||
			      member->document_kind == SILT_DOCUMENT_MANIFEST ||
			      member->document_kind == SILT_DOCUMENT_OCI_LAYOUT;
	return member->kind == SILT_MEMBER_DOCUMENT && image_document && is_at_document_place(member->name);
}

/* ---- Two of one name --------------------------------------------------------------------------------------------- */

static bool same_content(const struct silt_member *a, const struct silt_member *b)
{
	if (a->kind == SILT_MEMBER_LINK || b->kind == SILT_MEMBER_LINK) {
		return a->kind == b->kind && a->symlink == b->symlink && silt_bytes_equal(a->link, b->link);
	}
	return silt_digest_equal(silt_member_digest(a), silt_member_digest(b));
}

static bool is_index_name(struct silt_bytes name)
{
	return silt_bytes_equal(name, SILT_LITERAL("manifest.json")) ||
	       silt_bytes_equal(name, SILT_LITERAL("index.json"));
}

/* Which one a program takes is another image. All indexes of one name were read, so nothing stays unaudited there. */
static enum silt_issue_kind kind_of_different(const struct silt_resolver *resolver,
					      const struct silt_member *const *members, size_t count)
{
	bool used = false;
	for (size_t i = 0; i < count; i++) {
		used = used || resolver->images->referenced[members[i] - resolver->inventory->members];
	}
	return used && !is_index_name(members[0]->name) ? SILT_ISSUE_TWICE_USED : SILT_ISSUE_TWICE_DIFFERENT;
}

static void tell_duplicates(struct silt_resolver *resolver, const struct silt_member *const *members, size_t count)
{
	const struct silt_member *first = members[0], *last = members[count - 1];
	bool equal = true;
	for (size_t i = 1; i < count; i++) {
		equal = equal && same_content(first, members[i]);
	}
	uint32_t first_number = (uint32_t)(first - resolver->inventory->members);
	uint32_t last_number = (uint32_t)(last - resolver->inventory->members);
	enum silt_issue_kind kind = equal ? SILT_ISSUE_TWICE_EQUAL : kind_of_different(resolver, members, count);
	silt_issue_raise(resolver, kind, last_number,
			 "%zu members of the bundle are named %s, the first is member %u, the last member %u, with %s "
			 "contents. Docker takes the last, other programs the first.",
			 count, silt_show_member(resolver, last_number), first_number + 1, last_number + 1,
			 equal ? "equal" : "different");
	if (!equal && is_index_name(last->name)) {
		silt_issue_raise(
			resolver, SILT_ISSUE_AMBIGUOUS, last_number,
			"%zu different documents compete for the name %s. Which images the bundle has depends on "
			"the program; those of all of them were audited.",
			count, silt_show_member(resolver, last_number));
	}
}

void silt_strays_duplicates(struct silt_resolver *resolver)
{
	const struct silt_lookup *lookup = &resolver->lookup;
	size_t group = 0;
	for (size_t i = 1; i <= lookup->named; i++) {
		if (i < lookup->named && silt_bytes_equal(lookup->by_name[i]->name, lookup->by_name[group]->name)) {
			continue;
		}
		if (i - group > 1) {
			tell_duplicates(resolver, lookup->by_name + group, i - group);
		}
		group = i;
	}
}

/* ---- Orphans ----------------------------------------------------------------------------------------------------- */

/* A blob is its bytes: a copy under another name of one that is used is used too. */
static void use_copies(struct silt_resolver *resolver)
{
	const struct silt_lookup *lookup = &resolver->lookup;
	bool *referenced = resolver->images->referenced;
	const struct silt_member *members = resolver->inventory->members;
	for (size_t first = 0, end; first < lookup->digested; first = end) {
		bool used = false;
		for (end = first; end < lookup->digested &&
				  silt_digest_equal(&lookup->by_digest[end]->digest, &lookup->by_digest[first]->digest);
		     end++) {
			used |= referenced[lookup->by_digest[end] - members];
		}
		for (size_t i = first; i < end && used; i++) {
			referenced[lookup->by_digest[i] - members] = true;
		}
	}
}

/* What bundles have beside images and nothing refers to. */
static bool is_usual(const struct silt_member *member)
{
	static const char *const names[] = {"VERSION", "version", "json", "repositories", "oci-layout"};
	struct silt_bytes base = silt_path_basename(member->name);
	for (size_t i = 0; i < SILT_COUNT(names); i++) {
		if (silt_bytes_equal(base, silt_bytes_text(names[i]))) {
			return member->kind != SILT_MEMBER_TAR;
		}
	}
	return member->document_kind == SILT_DOCUMENT_LEGACY;
}

static void check_orphan(struct silt_resolver *resolver, uint32_t number)
{
	const struct silt_member *member = silt_member_at(resolver, number);
	bool has_body = member->kind == SILT_MEMBER_TAR || member->kind == SILT_MEMBER_DOCUMENT ||
			member->kind == SILT_MEMBER_OTHER;
	if (!has_body || resolver->images->referenced[number]) {
		return;
	}
	if (is_usual(member)) {
		if (member->kind == SILT_MEMBER_DOCUMENT) {
			silt_member_use(resolver, number);
		}
	} else if (member->kind == SILT_MEMBER_TAR) {
		silt_issue_raise(resolver, SILT_ISSUE_ORPHAN_LAYER, number,
				 "No image uses %s, which is a tar like a layer. It was scanned all the same.",
				 silt_show_member(resolver, number));
	} else {
		silt_issue_raise(resolver, SILT_ISSUE_ORPHAN_OTHER, number,
				 "No image uses %s (%s). It was scanned all the same.",
				 silt_show_member(resolver, number), silt_show_content(resolver, member));
	}
}

static void check_blob_name(struct silt_resolver *resolver, uint32_t number)
{
	const struct silt_member *member = silt_member_at(resolver, number);
	const struct silt_digest *digest = silt_member_digest(member);
	struct silt_digest stated;
	char computed[SILT_DIGEST_TEXT_SIZE];
	if (!blob_name_digest(member->name, &stated) || !digest->known || silt_digest_equal(&stated, digest) ||
	    resolver->notes[number].told_digest) {
		return;
	}
	resolver->notes[number].told_digest = true;
	silt_issue_raise(resolver, SILT_ISSUE_DIGEST, number,
			 "The name of %s states the digest of its bytes, but that is %s: damaged or altered.",
			 silt_show_member(resolver, number), silt_digest_text(digest, computed));
}

void silt_strays_orphans(struct silt_resolver *resolver)
{
	use_copies(resolver);
	for (uint32_t i = 0; i < resolver->inventory->count; i++) {
		check_blob_name(resolver, i);
		check_orphan(resolver, i);
	}
}
