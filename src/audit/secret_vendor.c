/* Whether a file is what a package put there. */
#include "audit/secret_vendor.h"

#include "audit/folder_links.h"
#include "base/escape.h"
#include "layer/owned.h"

enum silt_proof silt_vendor_proof(size_t file_layer, size_t database_layer, enum silt_layer_origin origin)
{
	if (database_layer > file_layer) {
		return SILT_PROOF_LATER;
	}
	switch (origin) {
	case SILT_ORIGIN_BASE:
	case SILT_ORIGIN_INSTALL:
		return SILT_PROOF_HOLDS;
	case SILT_ORIGIN_COPY:
		return SILT_PROOF_COPY;
	case SILT_ORIGIN_OTHER:
		break;
	}
	return SILT_PROOF_OTHER;
}

/* ---- Looking for the file in the databases ------------------------------------------------------------------------- */

/* The best that the databases of an image say of one file. */
struct claim {
	const struct silt_package *package; /* NULL: no database lists the file with its digest */
	size_t layer;                       /* of the database */
	enum silt_proof proof;
	bool starved; /* memory ran out on the way: there may be better ones */
};

/* The lowest layer of those that prove as much wins. */
static void weigh(const struct silt_audited_image *image, uint32_t file_layer, struct claim claim, struct claim *best)
{
	enum silt_layer_origin origin = SILT_ORIGIN_OTHER;
	claim.starved = best->starved || silt_layer_origin(image->instructions[claim.layer], claim.layer,
							   claim.package->kind, &origin, NULL) != SILT_OK;
	claim.proof = silt_vendor_proof(file_layer, claim.layer, origin);
	best->starved = claim.starved;
	if (!best->package || claim.proof > best->proof) {
		*best = claim;
	}
}

/* Looks for one name of the file in every layer. */
static void look_for(const struct silt_audited_image *image, uint32_t file_layer, struct silt_bytes path,
		     const struct silt_body_digests *digests, struct claim *best)
{
	for (size_t kind = 0; kind < SILT_SUM_KINDS; kind++) {
		uint8_t id[SILT_CLAIM_ID_SIZE];
		if (!digests->known[kind]) {
			continue;
		}
		silt_claim_id(path, (enum silt_sum_kind)kind, digests->value[kind], id);
		for (size_t layer = 0; layer < image->layer_count; layer++) {
			const struct silt_record *record = image->layers[layer];
			const struct silt_package *package = record ? silt_record_claim(record, id) : NULL;
			if (package) {
				weigh(image, file_layer, (struct claim){.package = package, .layer = layer}, best);
			}
		}
	}
}

static struct claim find_claim(const struct silt_audited_image *image, uint32_t layer, uint32_t entry)
{
	const struct silt_record *record = image->layers[layer];
	const struct silt_body_digests *digests = silt_record_digests(record, entry);
	struct silt_path_room whole;
	struct silt_bytes path = silt_entry_path(record, &record->entries[entry], &whole);
	struct claim best = {0};
	if (!digests) {
		return best;
	}
	struct silt_folder_links links;
	silt_folder_links_find(image, &links);
	look_for(image, layer, path, digests, &best);
	for (size_t i = 0; i < links.count; i++) {
		uint8_t room[SILT_PATH_MAX];
		struct silt_bytes name = silt_folder_links_name(&links, i, path, room);
		if (name.len > 0) {
			look_for(image, layer, name, digests, &best);
		}
	}
	return best;
}

/* ---- The judgement ------------------------------------------------------------------------------------------------- */

static const char *const doubts[] = {
	[SILT_PROOF_LATER] = "a later layer may list what was there before",
	[SILT_PROOF_OTHER] = "nothing says that packages were installed in that layer",
	[SILT_PROOF_COPY] = "it was copied into the image",
};

/* "content of package libgnutls30 (dpkg md5sums in layer 1)" */
static const char *describe(const struct silt_context *context, const struct claim *claim)
{
	const char *name = silt_escape_copy(context->arena, claim->package->name);
	return name ? silt_arena_printf(context->arena, "content of package %s (%s in layer %zu)", name,
					silt_package_db_name(claim->package->kind), claim->layer + 1)
		    : NULL;
}

static enum silt_status doubt(const struct silt_context *context, const struct claim *claim, const char *what,
			      struct silt_secret *secret, struct silt_error *err)
{
	const char *note = secret->sighting.note;
	secret->sighting.note = silt_arena_printf(context->arena,
						  "%s%slisted as unmodified %s, which is not believed: %s", note,
						  *note ? "; " : "", what, doubts[claim->proof]);
	return secret->sighting.note ? SILT_OK : silt_fail_memory(err);
}

/* A token that proves to be one of a live service works, whoever published it. */
static bool may_be_suppressed(const struct silt_hit *hit)
{
	return hit->place == SILT_HIT_BODY && !(hit->rule->never_vendor && hit->confidence == SILT_CONFIDENCE_PROVEN);
}

enum silt_status silt_vendor_judge(const struct silt_context *context, size_t image, uint32_t layer,
				   const struct silt_hit *hit, struct silt_secret *secret, struct silt_error *err)
{
	if (!may_be_suppressed(hit)) {
		return SILT_OK;
	}
	const struct claim claim = find_claim(&context->images[image], layer, hit->entry);
	if (claim.starved) {
		return silt_fail_memory(err);
	}
	if (!claim.package) {
		return SILT_OK;
	}
	const char *what = describe(context, &claim);
	if (!what) {
		return silt_fail_memory(err);
	}
	if (claim.proof != SILT_PROOF_HOLDS) {
		return doubt(context, &claim, what, secret, err);
	}
	secret->suppressed = silt_arena_printf(context->arena, "unmodified %s", what);
	return secret->suppressed ? SILT_OK : silt_fail_memory(err);
}
