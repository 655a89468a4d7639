/* Secrets in the strings of JSON documents: configs, manifests, attestations. */
#include "audit/history_line.h"
#include "audit/secret_list.h"

#include "base/ascii.h"
#include "base/escape.h"

#include <stdlib.h>

enum { NAME_SHOWN_MAX = 80 };

/* A hit in a document, and what is known of the string it is in. */
struct field_hit {
	const struct silt_hit *hit;
	struct silt_bytes string; /* the value at its path */
	size_t build_args;        /* of a line of history: silt_line_build_args */
	bool maybe_key;           /* it may be in a key: then the path has the secret in it and must not be shown */
};

struct document {
	const struct silt_context *context;
	uint32_t member;
	struct silt_field_hits fields;
	struct field_hit *hits; /* owns; as fields.hits */
};

/* ---- From hits to strings ------------------------------------------------------------------------------------------ */

static enum silt_status meet_string(void *ctx, const char *path, struct silt_bytes string, bool is_key,
				    struct silt_error *err)
{
	(void)err;
	struct document *document = ctx;
	size_t count;
	size_t first = silt_field_hits_find(&document->fields, path, &count);
	/* Colliding keys give the same path again and again: the first string stands for all of them. */
	if (count == 0 || (is_key ? document->hits[first].maybe_key : document->hits[first].string.ptr != NULL)) {
		return SILT_OK;
	}
	size_t build_args = is_key ? 0 : silt_line_build_args(string);
	for (size_t i = first; i < first + count; i++) {
		struct field_hit *at = &document->hits[i];
		if (is_key) {
			at->maybe_key = at->hit->offset <= string.len &&
					at->hit->length <= string.len - at->hit->offset;
		} else {
			at->string = string;
			at->build_args = build_args;
		}
	}
	return SILT_OK;
}

static enum silt_status read_document(const struct silt_secret_list *list, uint32_t member, struct document *out,
				      struct silt_error *err)
{
	const struct silt_context *context = list->context;
	const struct silt_member *from = &context->inventory->members[member];
	size_t count;
	const struct silt_hit *hits = silt_hits_of(list, context->records[from->record], &count);
	*out = (struct document){.context = context, .member = member};
	enum silt_status status = silt_field_hits_new(hits, count, &out->fields, err);
	if (status != SILT_OK) {
		return status;
	}
	out->hits = calloc(out->fields.count + 1, sizeof(*out->hits));
	if (!out->hits) {
		return silt_fail_memory(err);
	}
	for (size_t i = 0; i < out->fields.count; i++) {
		out->hits[i].hit = out->fields.hits[i];
	}
	return silt_json_each_string(from->document, meet_string, out, err);
}

static void document_done(struct document *document)
{
	silt_field_hits_done(&document->fields);
	free(document->hits);
}

/* ---- Places in words ----------------------------------------------------------------------------------------------- */

/* "history[3].created_by" gives 3. */
static size_t line_number(const char *field)
{
	uint64_t number;
	silt_decimal(silt_bytes_text(strchr(field, '[') + 1), SILT_DECIMAL_FITS, &number);
	return (size_t)number;
}

static const char *env_place(struct silt_arena *arena, const struct field_hit *at, const char *words)
{
	size_t len = silt_bytes_find_byte(at->string, '=');
	if (len == SIZE_MAX || at->hit->offset < len) {
		return words; /* the secret is where the name should be */
	}
	const char *name = silt_escape_cut(arena, silt_bytes_slice(at->string, 0, len), NAME_SHOWN_MAX);
	return name ? silt_arena_printf(arena, "%s %s", words, name) : NULL;
}

/* config.Labels.maintainer or config.Labels["org.example.key"]: the key without its marks. */
static const char *label_place(struct silt_arena *arena, const struct field_hit *at, const char *words)
{
	struct silt_bytes key = silt_bytes_text(at->hit->field + sizeof("config.Labels") - 1);
	if (silt_bytes_start_with(key, SILT_LITERAL("[\"")) && silt_bytes_end_with(key, SILT_LITERAL("\"]"))) {
		key = silt_bytes_slice(key, 2, key.len - 4);
	} else {
		key = silt_bytes_slice(key, 1, key.len);
	}
	return silt_arena_printf(arena, "%s %.*s", words, (int)key.len, (const char *)key.ptr);
}

static const char *history_place(struct silt_arena *arena, const struct field_hit *at, const char *words)
{
	static const struct {
		struct silt_bytes end;
		const char *of;
	} fields[] = {
		{{(const uint8_t *)".comment", 8}, "comment of "},
		{{(const uint8_t *)".author", 7}, "author of "},
		{{(const uint8_t *)".created", 8}, "date of "},
	};
	struct silt_bytes path = silt_bytes_text(at->hit->field);
	const char *of = "";
	for (size_t i = 0; i < SILT_COUNT(fields); i++) {
		size_t start = path.len > fields[i].end.len ? path.len - fields[i].end.len : 0;
		if (silt_bytes_equal_nocase(silt_bytes_slice(path, start, path.len), fields[i].end)) {
			of = fields[i].of;
		}
	}
	return silt_arena_printf(arena, "%s%s %zu", of, words, line_number(at->hit->field) + 1);
}

static const char *words_alone(struct silt_arena *arena, const struct field_hit *at, const char *words)
{
	(void)arena;
	(void)at;
	return words;
}

static const char *legacy_place(struct silt_arena *arena, const struct field_hit *at, const char *words)
{
	return silt_arena_printf(arena, "%s %s", words, at->hit->field + sizeof("container_config.") - 1);
}

/* Fields of an image config by the start of their path, without case as Go reads keys. */
static const struct place_row {
	const char *start;
	enum silt_secret_where where;
	const char *words;
	const char *(*place)(struct silt_arena *arena, const struct field_hit *at, const char *words);
} rows[] = {
	{"config.Env[", SILT_SECRET_IN_ENV, "Env", env_place},
	{"config.Entrypoint[", SILT_SECRET_IN_COMMAND, "Entrypoint", words_alone},
	{"config.Cmd[", SILT_SECRET_IN_COMMAND, "Cmd", words_alone},
	{"config.Healthcheck.", SILT_SECRET_IN_COMMAND, "Healthcheck", words_alone},
	{"config.OnBuild[", SILT_SECRET_IN_COMMAND, "OnBuild", words_alone},
	{"config.Shell[", SILT_SECRET_IN_COMMAND, "Shell", words_alone},
	{"config.Labels.", SILT_SECRET_IN_LABEL, "Label", label_place},
	{"config.Labels[", SILT_SECRET_IN_LABEL, "Label", label_place},
	{"author", SILT_SECRET_IN_LABEL, "author", words_alone},
	{"history[", SILT_SECRET_IN_HISTORY, "history line", history_place},
	{"container_config.", SILT_SECRET_IN_LEGACY_CONFIG, "container_config", legacy_place},
	{"[\"moby.buildkit.", SILT_SECRET_IN_ATTESTATION, "build information", words_alone},
};

static const struct place_row *row_of(const char *field)
{
	struct silt_bytes path = silt_bytes_text(field);
	for (size_t i = 0; i < SILT_COUNT(rows); i++) {
		struct silt_bytes start = silt_bytes_text(rows[i].start);
		if (silt_bytes_equal_nocase(silt_bytes_slice(path, 0, start.len), start)) {
			return &rows[i];
		}
	}
	return NULL;
}

/* What documents other than the config of an image count as. */
static enum silt_secret_where where_by_kind(enum silt_document_kind kind)
{
	switch (kind) {
	case SILT_DOCUMENT_CONFIG:
	case SILT_DOCUMENT_LEGACY:
		return SILT_SECRET_IN_LEGACY_CONFIG;
	case SILT_DOCUMENT_ATTESTATION:
		return SILT_SECRET_IN_ATTESTATION;
	case SILT_DOCUMENT_OTHER:
	case SILT_DOCUMENT_ARCHIVE_MANIFEST:
	case SILT_DOCUMENT_INDEX:
	case SILT_DOCUMENT_MANIFEST:
	case SILT_DOCUMENT_REPOSITORIES:
	case SILT_DOCUMENT_OCI_LAYOUT:
		break;
	}
	return SILT_SECRET_IN_LABEL; /* annotations are the labels of manifests */
}

/* The place of a hit in the config of an image. */
static enum silt_status place_in_config(const struct silt_context *context, const struct field_hit *at,
					struct silt_secret *secret, struct silt_error *err)
{
	const struct place_row *row = row_of(at->hit->field);
	secret->where = row ? row->where : SILT_SECRET_IN_LEGACY_CONFIG;
	if (secret->where == SILT_SECRET_IN_HISTORY && at->hit->offset < at->build_args) {
		secret->where = SILT_SECRET_IN_BUILD_ARG;
	}
	if (at->maybe_key) {
		secret->sighting.place = row ? row->words : "a key of the config";
	} else {
		secret->sighting.place = row ? row->place(context->arena, at, row->words) : at->hit->field;
	}
	return secret->sighting.place ? SILT_OK : silt_fail_memory(err);
}

/* ---- Sightings ----------------------------------------------------------------------------------------------------- */

static bool is_of_history(enum silt_secret_where where)
{
	return where == SILT_SECRET_IN_HISTORY || where == SILT_SECRET_IN_BUILD_ARG;
}

static enum silt_status add_config_hit(struct silt_secret_list *list, size_t image, const struct field_hit *at,
				       struct silt_error *err)
{
	struct silt_secret secret = silt_secret_of_hit(at->hit);
	enum silt_status status = silt_sight_config(list->context, image, "", &secret.sighting, err);
	if (status == SILT_OK) {
		status = place_in_config(list->context, at, &secret, err);
	}
	if (status == SILT_OK && is_of_history(secret.where)) {
		status = silt_sight_history(list->context, image, line_number(at->hit->field), secret.sighting.place,
					    &secret.sighting, err);
	}
	if (status != SILT_OK) {
		return status;
	}
	status = silt_secret_place_hit(list->context, at->hit, &secret.sighting, err);
	if (status != SILT_OK) {
		return status;
	}
	return silt_secret_list_add(list, &secret, err);
}

/* A document that is not the config of an image to be judged. `image` SIZE_MAX: it belongs to none. */
static enum silt_status add_other_hit(struct silt_secret_list *list, size_t image, uint32_t member,
				      const struct field_hit *at, struct silt_error *err)
{
	struct silt_secret secret = silt_secret_of_hit(at->hit);
	enum silt_status status = silt_sight_member(list->context, member, &secret.sighting, err);
	if (status != SILT_OK) {
		return status;
	}
	const char *field = at->maybe_key ? "a key of the document" : at->hit->field;
	bool is_file = secret.sighting.path.len > 0; /* of a bare rootfs */
	if (is_file) {
		secret.where = SILT_SECRET_IN_CONTENT;
		field = silt_arena_printf(list->context->arena, "%s: %s", secret.sighting.place, field);
	} else {
		secret.where = where_by_kind(list->context->inventory->members[member].document_kind);
		secret.sighting.image = image;
		secret.sighting.fate = SILT_FATE_METADATA;
	}
	if (image == SIZE_MAX) {
		secret.sighting.note = silt_unchosen_note(list->context, member);
	}
	if (!field || !secret.sighting.note) {
		return silt_fail_memory(err);
	}
	secret.sighting.place = field;
	status = silt_secret_place_hit(list->context, at->hit, &secret.sighting, err);
	return status == SILT_OK ? silt_secret_list_add(list, &secret, err) : status;
}

/* Some declared image has this document as its config or manifest, but none of those to be judged. */
static bool is_of_unselected(const struct silt_context *context, uint32_t member)
{
	for (size_t i = 0; i < context->images_declared->count; i++) {
		const struct silt_declared_image *declared = &context->images_declared->images[i];
		if (declared->config_member == member || declared->manifest_member == member) {
			return true;
		}
	}
	return false;
}

static enum silt_status add_hits(struct silt_secret_list *list, const struct document *document, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	bool used = false;
	for (size_t image = 0; image < list->context->image_count && status == SILT_OK; image++) {
		const struct silt_declared_image *declared = list->context->images[image].declared;
		bool is_config = declared && declared->config_member == document->member;
		bool is_manifest = declared && declared->manifest_member == document->member;
		used = used || is_config || is_manifest;
		for (size_t i = 0; (is_config || is_manifest) && i < document->fields.count && status == SILT_OK; i++) {
			status = is_config ? add_config_hit(list, image, &document->hits[i], err)
					   : add_other_hit(list, image, document->member, &document->hits[i], err);
		}
	}
	const bool unselected = !used && is_of_unselected(list->context, document->member);
	if (used || (unselected && !list->wanted)) {
		return status;
	}
	for (size_t i = 0; i < document->fields.count && status == SILT_OK; i++) {
		status = add_other_hit(list, SIZE_MAX, document->member, &document->hits[i], err);
	}
	return status;
}

enum silt_status silt_secrets_in_documents(struct silt_secret_list *list, struct silt_error *err)
{
	const struct silt_context *context = list->context;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < context->inventory->count && status == SILT_OK; i++) {
		const struct silt_member *member = &context->inventory->members[i];
		size_t count = 0;
		if (member->kind == SILT_MEMBER_DOCUMENT && member->record != UINT32_MAX) {
			(void)silt_hits_of(list, context->records[member->record], &count);
		}
		if (count == 0) {
			continue;
		}
		struct document document = {0};
		status = read_document(list, (uint32_t)i, &document, err);
		if (status == SILT_OK) {
			status = add_hits(list, &document, err);
		}
		document_done(&document);
	}
	return status;
}
