/* The bodies of members: layers surveyed, documents kept, everything else matched as it is. */
#include "audit/body.h"

#include "audit/look.h"
#include "base/limits.h"

static enum silt_status add_record(struct silt_result *result, struct silt_record *record, uint32_t *number,
				   struct silt_error *err)
{
	if (!silt_grow((void **)&result->records, result->record_count, &result->record_capacity,
		       sizeof(struct silt_record *))) {
		silt_record_free(record);
		return silt_fail_memory(err);
	}
	*number = (uint32_t)result->record_count;
	result->records[result->record_count++] = record;
	return SILT_OK;
}

static enum silt_status take_layer(struct silt_taker *to, struct silt_source blob, struct silt_member *member,
				   struct silt_error *err)
{
	struct silt_record *record = NULL;
	enum silt_status status = silt_survey_layer(blob, &to->wish, &record, err);
	if (status == SILT_OK) {
		status = add_record(to->result, record, &member->record, err);
	}
	if (status != SILT_OK) {
		return status;
	}
	member->kind = SILT_MEMBER_TAR;
	member->bytes = record->blob_bytes;
	member->digest = record->digest;
	member->content = record->diff_id;
	member->compression = record->compression;
	member->damaged = !record->complete;
	to->layers++;
	to->hits += record->hit_count;
	return SILT_OK;
}

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
	return add_record(to->result, record, &member->record, err);
}

/* True if one more document may be kept. */
static bool fits(const struct silt_taker *to, struct silt_bytes text, const struct silt_json *json)
{
	return to->result->record_count < SILT_RECORDS_MAX &&
	       text.len <= SILT_DOCUMENT_BYTES_MAX - to->document_bytes &&
	       silt_json_tokens(json) <= SILT_DOCUMENT_TOKENS_MAX - to->document_tokens;
}

/* Makes a document of `text` if it is one of a kind that bundles have; else it is an ordinary file. */
static enum silt_status try_document(struct silt_taker *to, struct silt_bytes text, struct silt_member *member,
				     struct silt_error *err)
{
	struct silt_error problem = {0};
	struct silt_json *json = NULL;
	enum silt_status status = silt_json_parse(text, &json, &problem);
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
	if (!fits(to, text, json)) {
		silt_json_free(json);
		member->problem =
			"more than 64 MiB, 1000000 values or 40000 of image documents; this one was not read as one";
		return silt_survey_anomaly(to->outer, SILT_ANOMALY_DOCUMENT_LIMIT, err, "%s", member->problem);
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
	if (status == SILT_OK) {
		status = silt_hasher_new(&stages->content_hasher, err);
	}
	if (status == SILT_OK) {
		silt_hasher_start(stages->stored_hasher);
		silt_hasher_start(stages->content_hasher);
	}
	return status;
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
		status = silt_inflate_new(*content, silt_survey_aside, to->outer, &stages->inflate, err);
	}
	if (status == SILT_OK) {
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
		return silt_survey_anomaly(to->outer, SILT_ANOMALY_INFLATE, err, "%s", report->damage);
	}
	return SILT_OK;
}

/* What may be a document is read whole first; what is longer than one may be, or turns out to be none, is a body. */
static enum silt_status take_candidate(struct silt_taker *to, struct silt_source content, struct silt_member *member,
				       struct silt_error *err)
{
	struct silt_peek *peek = NULL;
	struct silt_bytes text;
	enum silt_status status = silt_peek_new(content, &peek, err);
	if (status == SILT_OK) {
		status = silt_peek_bytes(peek, SILT_JSON_BYTES_MAX + 1, &text, err);
	}
	if (status == SILT_OK && text.len <= SILT_JSON_BYTES_MAX) {
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
		status = silt_look_at(peek, &look, err);
	}
	if (status == SILT_OK) {
		struct silt_source stored = silt_peek_source(peek);
		bool layer = look.content == SILT_CONTENT_TAR && to->result->record_count < SILT_RECORDS_MAX;
		status = layer ? take_layer(to, stored, member, err) : take_plain(to, stored, &look, member, err);
	}
	silt_peek_free(peek);
	return status;
}
