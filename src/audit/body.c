/* The bodies of members: layers surveyed, documents kept, everything else matched as it is. */
#include "audit/body.h"

#include "audit/layers.h"
#include "audit/look.h"

static enum silt_status survey_document(struct silt_taker *to, struct silt_bytes text, struct silt_member *member,
					struct silt_error *err)
{
	struct silt_survey *survey = NULL;
	struct silt_record *record = NULL;
	enum silt_status status = silt_survey_new(&to->wish, &survey, err);
	if (status == SILT_OK) {
		status = silt_survey_document(survey, member->document, err);
	}
	if (status == SILT_OK) {
		status = silt_survey_end(survey, &record, err);
	}
	silt_survey_free(survey);
	if (status != SILT_OK) {
		return status;
	}
	record->bytes = text.len;
	to->hits += record->hit_count;
	return silt_add_record(to->result, record, &member->record, err);
}

/* The limit for which one more document cannot be kept, or none. */
static enum silt_limit_id excess_of(const struct silt_taker *to, struct silt_bytes text, const struct silt_json *json)
{
	const uint64_t *most = to->wish.limits->value;
	return to->result->record_count >= most[SILT_LIMIT_RECORDS]              ? SILT_LIMIT_RECORDS
	       : text.len > most[SILT_LIMIT_DOCUMENT_BYTES] - to->document_bytes ? SILT_LIMIT_DOCUMENT_BYTES
	       : silt_json_tokens(json) > most[SILT_LIMIT_DOCUMENT_VALUES] - to->document_tokens
		       ? SILT_LIMIT_DOCUMENT_VALUES
		       : SILT_LIMIT_NONE;
}

/* Makes a document of `text` if it is one of a kind that bundles have; else it is an ordinary file. */
static enum silt_status try_document(struct silt_taker *to, struct silt_bytes text, struct silt_member *member,
				     struct silt_error *err)
{
	struct silt_error problem = {0};
	struct silt_json *json = NULL;
	enum silt_status status = silt_json_parse_within(text, to->wish.limits, &json, &member->limit, &problem);
	if (status == SILT_ERR_INPUT) {
		struct silt_bytes sentence = silt_arena_copy(&to->result->arena, silt_bytes_text(problem.text));
		member->problem = (const char *)sentence.ptr;
		return sentence.ptr ? SILT_OK : silt_fail_memory(err);
	}
	if (status != SILT_OK) {
		return silt_fail(err, status, "%s", problem.text);
	}
	enum silt_document_kind kind = silt_document_classify(json);
	bool config_like = silt_json_count(silt_json_root(json)) == 0; /* bazel writes configs of "{}" */
	if (kind == SILT_DOCUMENT_OTHER && !config_like) {
		silt_json_free(json);
		return SILT_OK;
	}
	enum silt_limit_id excess = excess_of(to, text, json);
	if (excess != SILT_LIMIT_NONE) {
		silt_json_free(json);
		member->problem = "the bundle has more image documents; this one was not read as one";
		return silt_survey_anomaly(to->outer, SILT_ANOMALY_DOCUMENT_LIMIT, excess, err, member->problem);
	}
	member->document_kind = kind;
	to->document_bytes += text.len;
	to->document_tokens += silt_json_tokens(json);
	to->result->coverage.documents++;
	member->kind = SILT_MEMBER_DOCUMENT;
	member->document = json;
	return survey_document(to, text, member, err);
}

/*
 * A member that is no layer. Its digests matter only in a save of images, where documents name blobs by them: there, and
 * for what may be a document, one level of compression is undone and both forms are hashed. The files of a bare rootfs
 * are bodies like those in a layer.
 */
struct plain_stages {
	bool hash;
	struct silt_hasher *stored_hasher, *content_hasher; /* owns; NULL unless `hash` */
	struct silt_tap stored_tap, content_tap;
	struct silt_inflate *inflate; /* owns; the same */
};

static void see_stored(void *ctx, struct silt_bytes block)
{
	struct plain_stages *stages = ctx;
	if (stages->hash) {
		silt_hasher_add(stages->stored_hasher, block);
	}
}

/* What is not compressed has one digest. */
static void see_content(void *ctx, struct silt_bytes block)
{
	struct plain_stages *stages = ctx;
	if (silt_inflate_report(stages->inflate)->compression != SILT_COMPRESSION_NONE) {
		silt_hasher_add(stages->content_hasher, block);
	}
}

static enum silt_status start_hashers(struct plain_stages *stages, struct silt_error *err)
{
	enum silt_status status = silt_hasher_new(&stages->stored_hasher, err);
	return status == SILT_OK ? silt_hasher_new(&stages->content_hasher, err) : status;
}

/* `*content` becomes what is to be read. */
static enum silt_status build_plain(struct silt_taker *to, struct plain_stages *stages, struct silt_source stored,
				    struct silt_source *content, struct silt_error *err)
{
	stages->stored_tap = (struct silt_tap){stored, see_stored, stages, 0};
	*content = silt_tap(&stages->stored_tap);
	if (!stages->hash) {
		return SILT_OK;
	}
	enum silt_status status = start_hashers(stages, err);
	if (status == SILT_OK) {
		status = silt_inflate_new(*content, silt_survey_aside, to->outer, to->wish.limits, &stages->inflate,
					  err);
	}
	if (status == SILT_OK) {
		silt_inflate_set_budget(stages->inflate, (struct silt_inflate_budget){.own = SILT_LIMIT_LAYER_BYTES,
										      .total = to->wish.total});
		stages->content_tap = (struct silt_tap){silt_inflate_source(stages->inflate), see_content, stages, 0};
		*content = silt_tap(&stages->content_tap);
	}
	return status;
}

static enum silt_status end_plain(struct silt_taker *to, struct plain_stages *stages, struct silt_member *member,
				  struct silt_error *err)
{
	member->bytes = stages->stored_tap.total;
	if (!stages->hash) {
		return SILT_OK;
	}
	const struct silt_inflate_report *report = silt_inflate_report(stages->inflate);
	member->damaged = report->end != SILT_INFLATE_COMPLETE;
	silt_hasher_end(stages->stored_hasher, &member->digest);
	member->content = member->digest;
	if (report->compression != SILT_COMPRESSION_NONE) {
		silt_hasher_end(stages->content_hasher, &member->content);
	}
	/* In a bare rootfs it is a file that happens to begin like a compressed one. */
	if (member->damaged && to->hash_plain) {
		return silt_survey_anomaly(to->outer, silt_inflate_anomaly(report), report->limit, err, report->damage);
	}
	return SILT_OK;
}

/* What may be a document is read whole first; what is longer than one may be, or turns out to be none, is a body. */
static enum silt_status take_candidate(struct silt_taker *to, struct silt_source content, struct silt_member *member,
				       struct silt_error *err)
{
	struct silt_peek *peek = NULL;
	struct silt_bytes text;
	const size_t most = silt_limit_size(to->wish.limits, SILT_LIMIT_JSON_BYTES);
	enum silt_status status = silt_peek_new(content, &peek, err);
	if (status == SILT_OK) {
		status = silt_peek_bytes(peek, most + 1, &text, err);
	}
	if (status == SILT_OK && text.len > most) {
		member->limit = SILT_LIMIT_JSON_BYTES;
	} else if (status == SILT_OK) {
		status = try_document(to, text, member, err);
	}
	if (status == SILT_OK && member->kind != SILT_MEMBER_DOCUMENT) {
		status = silt_survey_body(to->outer, silt_peek_source(peek), UINT64_MAX, err);
	}
	silt_peek_free(peek);
	return status;
}

static enum silt_status take_plain(struct silt_taker *to, struct silt_source stored, const struct silt_look *look,
				   struct silt_member *member, struct silt_error *err)
{
	bool json = look->content == SILT_CONTENT_JSON;
	struct plain_stages stages = {.hash = json || to->hash_plain};
	struct silt_source content;
	bool stored_as_read = !stages.hash || look->compression == SILT_COMPRESSION_NONE;
	member->kind = SILT_MEMBER_OTHER;
	member->compression = look->compression;
	enum silt_status status = build_plain(to, &stages, stored, &content, err);
	if (status == SILT_OK) {
		status = json ? take_candidate(to, content, member, err)
			      : silt_survey_body(to->outer, content, stored_as_read ? member->bytes : UINT64_MAX, err);
	}
	if (status == SILT_OK) {
		status = end_plain(to, &stages, member, err);
	}
	silt_inflate_free(stages.inflate);
	silt_hasher_free(stages.stored_hasher);
	silt_hasher_free(stages.content_hasher);
	return status;
}

enum silt_status silt_take_body(struct silt_taker *to, struct silt_source body, struct silt_member *member,
				struct silt_error *err)
{
	struct silt_peek *peek = NULL;
	struct silt_look look = {0};
	enum silt_status status = silt_peek_new(body, &peek, err);
	if (status == SILT_OK) {
		status = silt_look_at(peek, to->wish.limits, &look, err);
	}
	if (status == SILT_OK) {
		struct silt_source stored = silt_peek_source(peek);
		bool layer = look.content == SILT_CONTENT_TAR &&
			     to->result->record_count < to->wish.limits->value[SILT_LIMIT_RECORDS];
		status = layer ? silt_take_layer(to, stored, member, err) : take_plain(to, stored, &look, member, err);
	}
	if (status != SILT_OK) {
		silt_json_free(member->document);
		member->document = NULL;
	}
	silt_peek_free(peek);
	return status;
}
