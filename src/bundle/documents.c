/* Using the documents of a bundle: once read, they count as referenced, and their colliding keys are told. */
#include "bundle/resolve.h"

#include "base/limits.h"

static const struct silt_digest of_no_bytes = {
	.sha256 = {0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
		   0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55},
	.known = true,
};

const struct silt_digest *silt_member_digest(const struct silt_member *member)
{
	return member->kind == SILT_MEMBER_EMPTY && !member->digest.known ? &of_no_bytes : &member->digest;
}

const struct silt_digest *silt_member_content(const struct silt_member *member)
{
	return member->kind == SILT_MEMBER_EMPTY && !member->content.known ? &of_no_bytes : &member->content;
}

void silt_member_use(struct silt_resolver *resolver, uint32_t member)
{
	if (member != SILT_MEMBER_NONE) {
		resolver->images->referenced[member] = true;
	}
}

/* ---- Collisions -------------------------------------------------------------------------------------------------- */

/* Objects that Go reads into maps, whose keys keep their case: only the same key twice is ambiguous in them. */
static const char *const maps[] = {"Labels", "annotations", "ExposedPorts", "Volumes", "LayerSources"};

static bool is_map(struct silt_bytes place)
{
	size_t dot = silt_bytes_find_last_byte(place, '.');
	struct silt_bytes last = dot == SIZE_MAX ? place : silt_bytes_slice(place, dot + 1, SIZE_MAX);
	for (size_t i = 0; i < SILT_COUNT(maps); i++) {
		if (silt_bytes_equal_nocase(last, silt_bytes_text(maps[i]))) {
			return true;
		}
	}
	return false;
}

/* True if Go does not see a collision: `config.Labels: "a" and "A"`. */
static bool is_harmless(const char *collision, enum silt_document_kind kind)
{
	struct silt_bytes rest = silt_bytes_text(collision);
	struct silt_bytes joint = SILT_LITERAL("\" and \"");
	size_t colon = silt_bytes_find(rest, SILT_LITERAL(": \""));
	struct silt_bytes place = silt_bytes_slice(rest, 0, colon == SIZE_MAX ? 0 : colon);
	if (!is_map(place) && kind != SILT_DOCUMENT_REPOSITORIES) {
		return false;
	}
	struct silt_bytes keys = silt_bytes_slice(rest, colon == SIZE_MAX ? 1 : colon + 3, SIZE_MAX);
	struct silt_bytes first = silt_bytes_slice(keys, 0, silt_bytes_find(keys, joint));
	struct silt_bytes second = silt_bytes_slice(keys, first.len + joint.len, first.len);
	return !silt_bytes_equal(first, second);
}

struct collisions {
	const char *first;
	size_t count; /* that Go sees */
	bool more;    /* the list of the document is full: others were not kept */
};

static struct collisions count_collisions(const struct silt_member *member)
{
	struct collisions collisions = {0};
	const char *text;
	size_t all = 0;
	while ((text = silt_json_collision(member->document, all)) != NULL) {
		all++;
		if (!is_harmless(text, member->document_kind)) {
			collisions.first = collisions.first ? collisions.first : text;
			collisions.count++;
		}
	}
	collisions.more = all >= SILT_ANOMALIES_PER_KIND_MAX;
	return collisions;
}

static void tell_collisions(struct silt_resolver *resolver, uint32_t number)
{
	struct collisions collisions = count_collisions(silt_member_at(resolver, number));
	if (collisions.count > 0) {
		silt_issue_raise(resolver, SILT_ISSUE_AMBIGUOUS, number,
				 "Keys in %s collide %zu time%s, the first as %s. Go's programs take the last of them, "
				 "other parsers may take another.",
				 silt_show_member(resolver, number), collisions.count, collisions.count == 1 ? "" : "s",
				 collisions.first);
	} else if (collisions.more) {
		silt_issue_raise(resolver, SILT_ISSUE_AMBIGUOUS, number,
				 "Keys in %s collide more often than silt lists; some may be read otherwise elsewhere.",
				 silt_show_member(resolver, number));
	}
}

const struct silt_json_value *silt_document_use(struct silt_resolver *resolver, uint32_t number)
{
	silt_member_use(resolver, number);
	const struct silt_member *member = silt_member_at(resolver, number);
	if (!member->document) {
		return NULL;
	}
	if (!resolver->notes[number].told_keys) {
		resolver->notes[number].told_keys = true;
		tell_collisions(resolver, number);
	}
	return silt_json_root(member->document);
}

/* ---- Configs ----------------------------------------------------------------------------------------------------- */

static void tell_no_config(struct silt_resolver *resolver, uint32_t number)
{
	const struct silt_member *member = silt_member_at(resolver, number);
	silt_issue_raise(resolver, SILT_ISSUE_OPAQUE, number,
			 "Expected an image config in %s, found %s%s%s: users, environment and history are unknown.",
			 silt_show_member(resolver, number), silt_show_content(resolver, member),
			 member->problem ? ": " : "", member->problem ? member->problem : "");
}

const struct silt_config *silt_config_use(struct silt_resolver *resolver, uint32_t number)
{
	static const struct silt_config none;
	struct silt_member_note *note = &resolver->notes[number];
	if (note->config) {
		return note->config;
	}
	const struct silt_json_value *root = silt_document_use(resolver, number);
	if (silt_json_type(root) != SILT_JSON_OBJECT) {
		tell_no_config(resolver, number);
		return note->config = &none;
	}
	silt_shape_check(resolver, number, SILT_SHAPE_CONFIG);
	struct silt_config *config = silt_arena_alloc(resolver->arena, sizeof(*config));
	const struct silt_json *document = silt_member_at(resolver, number)->document;
	if (!config || silt_config_read(document, resolver->arena, config, NULL) != SILT_OK) {
		resolver->failed = true;
		return note->config = &none;
	}
	return note->config = config;
}
