/* What the databases of all layers say of one file, weighed. */
#include "audit/ownership.h"

#include "audit/secret_vendor.h"
#include "base/escape.h"
#include "layer/owned.h"

/* What a claim says of the content of a file. */
enum saying { SAYS_SAME, SAYS_OTHER, SAYS_NOTHING, SAYINGS };

/* A claim about the file. */
struct claim {
	const struct silt_package *package; /* NULL: there is none such */
	size_t layer;
	unsigned flags;
};

/* The claims about one file: of each sort, the one in the topmost layer. */
struct evidence {
	struct claim proven[SAYINGS][2]; /* of believed databases; [1]: visible ones */
	struct claim seen[SAYINGS];      /* of visible databases, believed or not */
	bool listed;                     /* by any visible database, even by one that was copied into the image */
};

/* What is asked about. */
struct question {
	const struct silt_ownership *of;
	struct silt_place content;
	const struct silt_body_digests *digests; /* NULL: none */
};

static enum silt_status find_origins(struct silt_ownership *out, size_t layer, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (enum silt_package_db db = SILT_PACKAGE_DB_DPKG; db < SILT_PACKAGE_DB_KINDS && status == SILT_OK; db++) {
		enum silt_layer_origin origin = SILT_ORIGIN_OTHER;
		status = silt_layer_origin(out->image->instructions[layer], layer, db, &origin, err);
		out->origins[layer][db] = (uint8_t)origin;
	}
	return status;
}

enum silt_status silt_ownership_open(const struct silt_audited_image *image, struct silt_arena *arena,
				     struct silt_ownership *out, struct silt_error *err)
{
	*out = (struct silt_ownership){.image = image};
	out->origins = silt_arena_alloc(arena, image->layer_count * sizeof(*out->origins));
	if (!out->origins) {
		return silt_fail_memory(err);
	}
	silt_folder_links_find(image, &out->links);
	for (size_t layer = 0; layer < image->layer_count; layer++) {
		const struct silt_record *record = image->layers[layer];
		if (!record || record->package_count == 0) {
			continue;
		}
		enum silt_status status = find_origins(out, layer, err);
		if (status != SILT_OK) {
			return status;
		}
		for (size_t i = 0; i < record->package_count && !out->any_database; i++) {
			out->any_database = record->packages[i].kind != SILT_PACKAGE_DB_PYTHON;
		}
	}
	return SILT_OK;
}

/* ---- Collecting ---------------------------------------------------------------------------------------------------- */

/* True if what the package's database says can be compared with the digests: rpm has had several kinds of them. */
static bool is_comparable(const struct silt_body_digests *digests, enum silt_package_db db)
{
	if (silt_package_db_family(db) == SILT_PACKAGE_DB_DPKG) {
		return digests->known[SILT_SUM_MD5];
	}
	if (db == SILT_PACKAGE_DB_APK) {
		return digests->known[SILT_SUM_SHA1];
	}
	return digests->known[SILT_SUM_MD5] && digests->known[SILT_SUM_SHA1] && digests->known[SILT_SUM_SHA256];
}

static enum saying what_it_says(const struct question *question, struct silt_bytes path,
				const struct silt_package *package, const struct silt_claim *claim)
{
	const struct silt_body_digests *digests = question->digests;
	if (!digests || !silt_claim_has_digest(claim)) {
		return SAYS_NOTHING;
	}
	for (size_t kind = 0; kind < SILT_SUM_KINDS; kind++) {
		uint8_t id[SILT_CLAIM_ID_SIZE];
		if (digests->known[kind]) {
			silt_claim_id(path, (enum silt_sum_kind)kind, digests->value[kind], id);
			if (memcmp(id, claim->id, sizeof(id)) == 0) {
				return SAYS_SAME;
			}
		}
	}
	bool differs = is_comparable(digests, package->kind) && !(claim->flags & SILT_LISTED_MUTABLE);
	return differs ? SAYS_OTHER : SAYS_NOTHING;
}

static bool is_visible(const struct silt_audited_image *image, uint32_t layer, const struct silt_package *package)
{
	struct silt_place place = {layer, package->database};
	return silt_rootfs_fate(image->rootfs, place).fate == SILT_FATE_VISIBLE;
}

/* pip and others replace files of packages: their RECORD can say that a file is theirs, and nothing against it. */
static bool counts(const struct silt_package *package, enum saying saying, enum silt_layer_origin origin)
{
	return origin != SILT_ORIGIN_COPY && (package->kind != SILT_PACKAGE_DB_PYTHON || saying == SAYS_SAME);
}

static void keep_first(struct claim *slot, const struct claim *claim)
{
	if (!slot->package) {
		*slot = *claim;
	}
}

static void weigh(const struct question *question, struct silt_bytes path, uint32_t layer,
		  const struct silt_claim *listed, void *ctx)
{
	struct evidence *evidence = ctx;
	const struct silt_audited_image *image = question->of->image;
	const struct silt_package *package = &image->layers[layer]->packages[listed->package];
	enum silt_layer_origin origin = question->of->origins[layer][silt_package_db_family(package->kind)];
	enum saying saying = what_it_says(question, path, package, listed);
	bool visible = is_visible(image, layer, package);
	evidence->listed = evidence->listed || visible;
	if (!counts(package, saying, origin)) {
		return;
	}
	const struct claim claim = {package, layer, listed->flags};
	if (silt_vendor_proof(question->content.layer, layer, origin) == SILT_PROOF_HOLDS) {
		keep_first(&evidence->proven[saying][visible], &claim);
	}
	if (visible) {
		keep_first(&evidence->seen[saying], &claim);
	}
}

typedef void claim_fn(const struct question *question, struct silt_bytes path, uint32_t layer,
		      const struct silt_claim *listed, void *ctx);

/* Every claim about one name of the file, topmost layers first. */
static void each_claim(const struct question *question, struct silt_bytes path, claim_fn *fn, void *ctx)
{
	const struct silt_audited_image *image = question->of->image;
	uint8_t id[SILT_CLAIM_ID_SIZE];
	silt_claim_id(path, SILT_SUM_MD5, NULL, id);
	for (size_t layer = image->layer_count; layer-- > 0;) {
		size_t count = 0;
		const struct silt_claim *claims =
			image->layers[layer] ? silt_record_claims_of(image->layers[layer], id, &count) : NULL;
		for (size_t i = 0; i < count; i++) {
			fn(question, path, (uint32_t)layer, &claims[i], ctx);
		}
	}
}

/* The same for every name that links between folders give it. */
static void each_claim_of_names(const struct question *question, struct silt_bytes path, claim_fn *fn, void *ctx)
{
	each_claim(question, path, fn, ctx);
	for (size_t i = 0; i < question->of->links.count; i++) {
		uint8_t room[SILT_PATH_MAX];
		struct silt_bytes name = silt_folder_links_name(&question->of->links, i, path, room);
		if (name.len > 0) {
			each_claim(question, name, fn, ctx);
		}
	}
}

/* ---- Judging ------------------------------------------------------------------------------------------------------- */

/* A search for what speaks for a file whose package lists another digest. */
struct excuse {
	struct silt_bytes accuser; /* the package */
	bool found;
};

/*
 * A file may be another package's by now, which dpkg tells by listing it for that one too; it may be diverted; and a
 * database that nobody vouches for may have been written by an upgrade that cannot be recognised as one.
 */
static void look_for_excuse(const struct question *question, struct silt_bytes path, uint32_t layer,
			    const struct silt_claim *listed, void *ctx)
{
	struct excuse *excuse = ctx;
	const struct silt_audited_image *image = question->of->image;
	const struct silt_package *package = &image->layers[layer]->packages[listed->package];
	enum silt_layer_origin origin = question->of->origins[layer][silt_package_db_family(package->kind)];
	enum saying saying = what_it_says(question, path, package, listed);
	if (!counts(package, saying, origin) || !is_visible(image, layer, package)) {
		return;
	}
	bool of_another = saying == SAYS_NOTHING && !silt_bytes_equal(package->name, excuse->accuser);
	excuse->found |= saying == SAYS_SAME || (listed->flags & SILT_LISTED_MUTABLE) || of_another;
}

static struct silt_owner owner(enum silt_owned_state state, const struct claim *claim)
{
	return (struct silt_owner){
		.state = state,
		.package = claim->package->name,
		.database = claim->package->kind,
		.layer = claim->layer,
		.flags = claim->flags,
		.tells_rights = silt_package_db_family(claim->package->kind) != SILT_PACKAGE_DB_DPKG,
	};
}

static struct silt_owner accuse(const struct question *question, struct silt_bytes path, const struct claim *claim)
{
	struct excuse excuse = {.accuser = claim->package->name};
	each_claim_of_names(question, path, look_for_excuse, &excuse);
	return owner(excuse.found ? SILT_OWNED_UNKNOWN : SILT_OWNED_MODIFIED, claim);
}

struct silt_owner silt_owner_of(const struct silt_ownership *ownership, struct silt_bytes path,
				struct silt_place content)
{
	const struct question question = {ownership, content,
					  silt_record_digests(ownership->image->layers[content.layer], content.entry)};
	enum { REPLACED, VISIBLE };
	struct evidence found = {0};
	each_claim_of_names(&question, path, weigh, &found);
	if (found.proven[SAYS_SAME][VISIBLE].package) {
		return owner(SILT_OWNED_UNMODIFIED, &found.proven[SAYS_SAME][VISIBLE]);
	}
	if (found.proven[SAYS_OTHER][VISIBLE].package) {
		return accuse(&question, path, &found.proven[SAYS_OTHER][VISIBLE]);
	}
	if (found.proven[SAYS_SAME][REPLACED].package) {
		return owner(SILT_OWNED_UNMODIFIED, &found.proven[SAYS_SAME][REPLACED]);
	}
	/* A database that was written anew, as that of apk is by every installation, lists what was there before. */
	if (found.proven[SAYS_OTHER][REPLACED].package && found.listed) {
		return accuse(&question, path, &found.proven[SAYS_OTHER][REPLACED]);
	}
	for (size_t saying = 0; saying < SAYINGS; saying++) {
		if (found.seen[saying].package) {
			return owner(SILT_OWNED_UNKNOWN, &found.seen[saying]);
		}
	}
	return (struct silt_owner){.state = ownership->any_database ? SILT_OWNED_BY_NONE : SILT_OWNED_NO_DATABASE};
}

/* ---- Telling ------------------------------------------------------------------------------------------------------- */

void silt_owner_tell(const struct silt_owner *owner, struct silt_buffer *out)
{
	static const char *const sentences[][2] = {
		[SILT_OWNED_NO_DATABASE] = {"", ""},
		[SILT_OWNED_BY_NONE] = {" No package owns it.", ""},
		[SILT_OWNED_UNKNOWN] = {" Package ", " lists it; nothing proves that it is unmodified."},
		[SILT_OWNED_MODIFIED] = {" Package ", " owns it, and installed another content."},
		[SILT_OWNED_UNMODIFIED] = {" It is unmodified content of package ", "."},
	};
	silt_buffer_add_text(out, sentences[owner->state][0]);
	silt_escape(out, owner->package);
	silt_buffer_add_text(out, sentences[owner->state][1]);
}
