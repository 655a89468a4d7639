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
	enum silt_status status = silt_survey_layer(blob, to->matcher, &record, err);
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

/* Hands bytes to the survey of the bundle as the body of its present entry. */
static enum silt_status give_outer(struct silt_taker *to, struct silt_bytes bytes, uint64_t offset, bool last,
				   struct silt_error *err)
{
	struct silt_tar_event event = {.kind = SILT_TAR_DATA, .bytes = bytes, .offset = offset, .last = last};
	return silt_survey_event(to->outer, &event, err);
}

/* Documents are collected whole; anything longer than a document may be is passed on as it comes. */
struct body {
	struct silt_buffer start; /* a document candidate; else empty */
	bool collecting;
	uint64_t given; /* bytes passed on */
};

static enum silt_status pass_on(struct silt_taker *to, struct body *body, struct silt_bytes bytes,
				struct silt_error *err)
{
	enum silt_status status = give_outer(to, bytes, body->given, false, err);
	body->given += bytes.len;
	return status;
}

static enum silt_status take_block(struct silt_taker *to, struct body *body, struct silt_bytes block,
				   struct silt_error *err)
{
	if (!body->collecting) {
		return pass_on(to, body, block, err);
	}
	if (block.len > SILT_JSON_BYTES_MAX - body->start.len) {
		body->collecting = false;
		enum silt_status status = pass_on(to, body, silt_buffer_bytes(&body->start), err);
		return status == SILT_OK ? pass_on(to, body, block, err) : status;
	}
	silt_buffer_add(&body->start, block);
	return body->start.failed ? silt_fail_memory(err) : SILT_OK;
}

/* Reads all of `content`: what may be a document into `body`, the rest on to the survey of the bundle. */
static enum silt_status read_body(struct silt_taker *to, struct silt_source content, struct body *body,
				  struct silt_error *err)
{
	struct silt_bytes block;
	enum silt_status status;
	do {
		status = silt_source_next(content, &block, err);
		if (status == SILT_OK && block.len > 0) {
			status = take_block(to, body, block, err);
		}
	} while (status == SILT_OK && block.len > 0);
	return status;
}

static enum silt_status survey_document(struct silt_taker *to, struct silt_bytes text, struct silt_member *member,
					struct silt_error *err)
{
	struct silt_survey *survey = NULL;
	struct silt_record *record = NULL;
	enum silt_status status = silt_survey_new(to->matcher, &survey, err);
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
	return text.len <= SILT_DOCUMENT_BYTES_MAX - to->document_bytes &&
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
		member->problem = "more than 64 MiB or 1000000 values of image documents; this one was not read as one";
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

static enum silt_status end_body(struct silt_taker *to, struct body *body, struct silt_member *member,
				 struct silt_error *err)
{
	member->kind = SILT_MEMBER_OTHER;
	enum silt_status status = SILT_OK;
	if (body->collecting) {
		status = try_document(to, silt_buffer_bytes(&body->start), member, err);
	}
	if (status != SILT_OK || member->kind == SILT_MEMBER_DOCUMENT) {
		return status;
	}
	if (body->collecting) {
		status = pass_on(to, body, silt_buffer_bytes(&body->start), err);
	}
	return status == SILT_OK ? give_outer(to, silt_bytes(NULL, 0), body->given, true, err) : status;
}

/*
 * A member that is no layer. Its digests matter only in a save of images, where documents name blobs by them; the
 * files of a bare rootfs are not hashed one by one.
 */
struct plain_stages {
	bool hash;
	struct silt_hasher *stored_hasher, *content_hasher; /* owns; NULL unless `hash` */
	struct silt_tap stored_tap, content_tap;
	struct silt_inflate *inflate;
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
	if (stages->hash && silt_inflate_report(stages->inflate)->compression != SILT_COMPRESSION_NONE) {
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

static enum silt_status build_plain(struct silt_taker *to, struct plain_stages *stages, struct silt_source stored,
				    struct silt_error *err)
{
	enum silt_status status = stages->hash ? start_hashers(stages, err) : SILT_OK;
	if (status != SILT_OK) {
		return status;
	}
	stages->stored_tap = (struct silt_tap){stored, see_stored, stages, 0};
	status = silt_inflate_new(silt_tap(&stages->stored_tap), silt_survey_aside, to->outer, &stages->inflate, err);
	stages->content_tap = (struct silt_tap){silt_inflate_source(stages->inflate), see_content, stages, 0};
	return status;
}

static void end_plain(struct plain_stages *stages, struct silt_member *member)
{
	const struct silt_inflate_report *report = silt_inflate_report(stages->inflate);
	member->bytes = stages->stored_tap.total;
	member->compression = report->compression;
	member->damaged = report->end != SILT_INFLATE_COMPLETE;
	if (!stages->hash) {
		return;
	}
	silt_hasher_end(stages->stored_hasher, &member->digest);
	member->content = member->digest;
	if (report->compression != SILT_COMPRESSION_NONE) {
		silt_hasher_end(stages->content_hasher, &member->content);
	}
}

static enum silt_status take_plain(struct silt_taker *to, struct silt_source stored, const struct silt_look *look,
				   struct silt_member *member, struct silt_error *err)
{
	bool json = look->content == SILT_CONTENT_JSON;
	struct plain_stages stages = {.hash = json || to->hash_plain};
	struct body body = {.collecting = json};
	enum silt_status status = build_plain(to, &stages, stored, err);
	if (status == SILT_OK) {
		status = read_body(to, silt_tap(&stages.content_tap), &body, err);
	}
	if (status == SILT_OK) {
		end_plain(&stages, member);
		status = end_body(to, &body, member, err);
	}
	/* In a bare rootfs it is a file that happens to begin like a compressed one; its bytes were matched as they are. */
	if (status == SILT_OK && member->damaged && to->hash_plain) {
		status = silt_survey_anomaly(to->outer, SILT_ANOMALY_INFLATE, err, "%s",
					     silt_inflate_report(stages.inflate)->damage);
	}
	silt_inflate_free(stages.inflate);
	silt_hasher_free(stages.stored_hasher);
	silt_hasher_free(stages.content_hasher);
	silt_buffer_done(&body.start);
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
		status = look.content == SILT_CONTENT_TAR ? take_layer(to, stored, member, err)
							  : take_plain(to, stored, &look, member, err);
	}
	silt_peek_free(peek);
	return status;
}
