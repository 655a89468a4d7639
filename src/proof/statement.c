/* Statements of in-toto about what was audited: who it is about, and the verdict or the whole report. */
#include "base/json.h"
#include "proof/envelope.h"
#include "report/tally.h"
#include "silt/silt.h"
#include "stream/digest.h"

/* In place of the name of a check: that everything was looked at. */
#define COMPLETE_TEST "complete"

/* ---- Subjects ------------------------------------------------------------------------------------------------------ */

/* False if it has no digest that can be signed. */
static bool write_subject(struct silt_json_writer *w, const char *what, const char *name, const char *digest)
{
	struct silt_digest parsed;
	struct silt_buffer text = {0};
	if (!silt_digest_parse(silt_bytes_text(digest), &parsed)) {
		return false;
	}
	silt_buffer_printf(&text, "%s%s", what, name);
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "name", silt_buffer_text(&text));
	silt_json_open_object(w, "digest");
	silt_json_write_text(w, "sha256", strchr(digest, ':') + 1);
	silt_json_close(w);
	silt_json_close(w);
	silt_buffer_done(&text);
	return true;
}

/*
 * An image is called as it is called in its bundle, or as the bundle is. Of a bundle of which images were left out nothing
 * is said but of those that were not.
 */
static size_t write_subjects_of(struct silt_json_writer *w, const struct silt_result *result)
{
	const bool whole = silt_result_coverage(result)->left_out_images == 0;
	size_t count, written = whole && write_subject(w, "", silt_result_name(result), silt_result_digest(result));
	const struct silt_image *images = silt_result_images(result, &count);
	for (size_t i = 0; i < count; i++) {
		const char *name = images[i].name_count > 0 ? images[i].names[0] : silt_result_name(result);
		written += write_subject(w, "config of ", name, images[i].config_digest);
		written += write_subject(w, "manifest of ", name, images[i].manifest_digest);
	}
	return written;
}

/* ---- What may be signed -------------------------------------------------------------------------------------------- */

static bool has_secret(const struct silt_judgement *judgement)
{
	for (size_t i = 0; i < judgement->finding_count; i++) {
		if (judgement->findings[i].secret.len > 0) {
			return true;
		}
	}
	return false;
}

static enum silt_status check_judgement(const struct silt_judgement *judgement, struct silt_error *err)
{
	if (has_secret(judgement)) {
		return silt_fail(
			err, SILT_ERR_USAGE,
			"the report has secrets in it (--show-secrets), and an attestation is for everybody: scan "
			"again without, or seal it");
	}
	if (silt_result_coverage(judgement->result)->believed_blobs > 0) {
		return silt_fail(
			err, SILT_ERR_USAGE,
			"digests were believed that nobody computed (--trust-digests), and an attestation vouches "
			"for them: scan again without");
	}
	if (silt_result_coverage(judgement->result)->left_out_findings > 0) {
		return silt_fail(err, SILT_ERR_USAGE,
				 "findings were left out (--only, --skip), and an attestation is about all of them: "
				 "scan again without");
	}
	return SILT_OK;
}

/* ---- The verdict as the result of a test --------------------------------------------------------------------------- */

/* Findings are sorted by severity, so that those of a rule may lie apart. */
static bool was_written(const struct silt_judgement *const *judgements, size_t judgement, size_t finding, bool counting)
{
	const char *rule = judgements[judgement]->findings[finding].rule;
	for (size_t i = 0; i <= judgement; i++) {
		const size_t count = i == judgement ? finding : judgements[i]->finding_count;
		for (size_t j = 0; j < count; j++) {
			const struct silt_finding *other = &judgements[i]->findings[j];
			if (strcmp(other->rule, rule) == 0 && (other->standing == SILT_STANDING_COUNTS) == counting) {
				return true;
			}
		}
	}
	return false;
}

static void write_tests(struct silt_json_writer *w, const struct silt_judgement *const *judgements, size_t count,
			bool counting)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < judgements[i]->finding_count; j++) {
			const struct silt_finding *finding = &judgements[i]->findings[j];
			if ((finding->standing == SILT_STANDING_COUNTS) == counting &&
			    !was_written(judgements, i, j, counting)) {
				silt_json_write_text(w, NULL, finding->rule);
			}
		}
	}
}

/* Which silt it was, and from which severity up findings counted: what another verdict could come from. */
static void write_configuration(struct silt_json_writer *w, const struct silt_judgement *const *judgements,
				size_t count, enum silt_verdict verdict)
{
	struct silt_buffer uri = {0};
	silt_buffer_printf(&uri, "pkg:generic/silt@%s", silt_version());
	silt_json_open_array(w, "configuration");
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "name", "silt");
	silt_json_write_text(w, "uri", silt_buffer_text(&uri));
	silt_json_open_object(w, "annotations");
	silt_json_write_text(w, "verdict", silt_verdict_name(verdict));
	silt_json_open_array(w, "thresholds");
	for (size_t i = 0; i < count; i++) {
		silt_json_write_text(w, NULL, silt_severity_name(judgements[i]->threshold));
	}
	silt_json_close(w);
	silt_json_close(w);
	silt_json_close(w);
	silt_json_close(w);
	silt_buffer_done(&uri);
}

static void write_test_result(struct silt_json_writer *w, const struct silt_judgement *const *judgements, size_t count,
			      const struct silt_statement_options *options)
{
	struct silt_tally tally = {0};
	for (size_t i = 0; i < count; i++) {
		silt_tally_add(&tally, judgements[i]);
	}
	silt_tally_add_unread(&tally, options->unread);
	silt_json_open_object(w, "predicate");
	silt_json_write_text(w, "result", tally.verdict == SILT_VERDICT_PASS ? "PASSED" : "FAILED");
	write_configuration(w, judgements, count, tally.verdict);
	silt_json_open_array(w, "warnedTests");
	write_tests(w, judgements, count, false);
	silt_json_close(w);
	silt_json_open_array(w, "failedTests");
	if (tally.verdict == SILT_VERDICT_INCOMPLETE) {
		silt_json_write_text(w, NULL, COMPLETE_TEST);
	}
	write_tests(w, judgements, count, true);
	silt_json_close(w);
	silt_json_close(w);
}

/* ---- The whole ----------------------------------------------------------------------------------------------------- */

static bool add_to_buffer(void *ctx, const void *bytes, size_t size)
{
	struct silt_buffer *buffer = ctx;
	silt_buffer_add(buffer, silt_bytes(bytes, size));
	return !buffer->failed;
}

/* Puts the report, as it is written for programs, into the object that ends the text. */
static enum silt_status add_report(const struct silt_judgement *const *judgements, size_t count,
				   const struct silt_statement_options *options, struct silt_buffer *text,
				   struct silt_error *err)
{
	const struct silt_report_options report = {
		.format = SILT_FORMAT_JSON, .sandbox = options->sandbox, .unread = options->unread};
	silt_buffer_cut(text, silt_bytes_trim(silt_buffer_bytes(text)).len - 1);
	silt_buffer_add_text(text, ",\"predicate\":");
	const enum silt_status status =
		silt_report_write(judgements, count, &report, (struct silt_sink){add_to_buffer, text}, err);
	silt_buffer_add_text(text, "}\n");
	return status;
}

static enum silt_status write_members(struct silt_json_writer *w, const struct silt_judgement *const *judgements,
				      size_t count, const struct silt_statement_options *options,
				      struct silt_error *err)
{
	const bool verdict = options->predicate == SILT_PREDICATE_TEST_RESULT;
	size_t subjects = 0;
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "_type", SILT_STATEMENT_TYPE);
	silt_json_open_array(w, "subject");
	for (size_t i = 0; i < count; i++) {
		subjects += write_subjects_of(w, judgements[i]->result);
	}
	silt_json_close(w);
	silt_json_write_text(w, "predicateType", verdict ? SILT_TEST_RESULT_TYPE : SILT_PREDICATE_REPORT_TYPE);
	if (verdict) {
		write_test_result(w, judgements, count, options);
	}
	silt_json_close(w);
	return subjects > 0 ? SILT_OK
			    : silt_fail(err, SILT_ERR_USAGE,
					"nothing in the report has a digest that could be signed: scan again with "
					"--digest, a file or a pipe");
}

static enum silt_status build(const struct silt_judgement *const *judgements, size_t count,
			      const struct silt_statement_options *options, struct silt_buffer *text,
			      struct silt_error *err)
{
	struct silt_json_writer *writer = NULL;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		status = check_judgement(judgements[i], err);
	}
	if (status == SILT_OK) {
		status = silt_json_writer_new(&writer, err);
	}
	if (status == SILT_OK) {
		status = write_members(writer, judgements, count, options, err);
	}
	if (status == SILT_OK) {
		status = silt_json_writer_end_line(writer, text, err);
	}
	silt_json_writer_free(writer);
	return status == SILT_OK && options->predicate == SILT_PREDICATE_REPORT
		       ? add_report(judgements, count, options, text, err)
		       : status;
}

enum silt_status silt_statement_write(const struct silt_judgement *const *judgements, size_t count,
				      const struct silt_statement_options *options, struct silt_sink sink,
				      struct silt_error *err)
{
	struct silt_buffer text = {0};
	enum silt_status status = build(judgements, count, options, &text, err);
	if (status == SILT_OK && text.failed) {
		status = silt_fail_memory(err);
	}
	if (status == SILT_OK && !sink.write(sink.ctx, text.ptr, text.len)) {
		status = silt_fail(err, SILT_ERR_IO, "the statement could not be written");
	}
	silt_buffer_done(&text);
	return status;
}
