/*
 * The report for programs. docs/report.schema.json describes it; a test compares the two.
 *
 * "" in the C interface means "there is none" and becomes null, as does SIZE_MAX for a number.
 */
#include "report/formats.h"

#include "base/error.h"
#include "base/json.h"
#include "report/json_posture.h"
#include "report/tally.h"
#include "silt/silt.h"

static void write_optional(struct silt_json_writer *w, const char *key, const char *text)
{
	if (text[0]) {
		silt_json_write_text(w, key, text);
	} else {
		silt_json_write_null(w, key);
	}
}

static void write_index(struct silt_json_writer *w, const char *key, size_t index)
{
	if (index != SIZE_MAX) {
		silt_json_write_unsigned(w, key, index);
	} else {
		silt_json_write_null(w, key);
	}
}

static void write_offset(struct silt_json_writer *w, bool has_offset, uint64_t offset)
{
	if (has_offset) {
		silt_json_write_unsigned(w, "offset", offset);
	} else {
		silt_json_write_null(w, "offset");
	}
}

/* Whose it is; null: not known. */
static void write_heritage(struct silt_json_writer *w, enum silt_heritage heritage)
{
	write_optional(w, "heritage", heritage != SILT_HERITAGE_UNKNOWN ? silt_heritage_name(heritage) : "");
}

/* ---- Images ------------------------------------------------------------------------------------------------------ */

static void write_layer(struct silt_json_writer *w, const struct silt_layer *layer)
{
	silt_json_open_object(w, NULL);
	silt_json_write_bool(w, "present", layer->present);
	write_optional(w, "diff_id", layer->diff_id);
	write_optional(w, "digest", layer->digest);
	write_optional(w, "compression", layer->compression);
	write_optional(w, "member", layer->member);
	write_optional(w, "instruction", layer->instruction);
	write_heritage(w, layer->heritage);
	silt_json_write_unsigned(w, "blob_bytes", layer->blob_bytes);
	silt_json_write_unsigned(w, "bytes", layer->bytes);
	silt_json_write_unsigned(w, "entries", layer->entry_count);
	silt_json_write_unsigned(w, "files_added", layer->files_added);
	silt_json_write_unsigned(w, "files_changed", layer->files_changed);
	silt_json_write_unsigned(w, "files_deleted", layer->files_deleted);
	silt_json_write_unsigned(w, "bytes_added", layer->bytes_added);
	silt_json_write_unsigned(w, "bytes_hidden", layer->bytes_hidden);
	silt_json_close(w);
}

static void write_image(struct silt_json_writer *w, const struct silt_image *image)
{
	silt_json_open_object(w, NULL);
	silt_json_open_array(w, "names");
	for (size_t i = 0; i < image->name_count; i++) {
		silt_json_write_text(w, NULL, image->names[i]);
	}
	silt_json_close(w);
	write_optional(w, "config_digest", image->config_digest);
	write_optional(w, "manifest_digest", image->manifest_digest);
	write_optional(w, "platform", image->platform);
	write_optional(w, "created", image->created);
	write_optional(w, "user", image->user);
	write_optional(w, "declared_by", image->declared_by);
	silt_json_write_bool(w, "history_attributed", image->history_attributed);
	silt_json_write_unsigned(w, "bytes", image->bytes);
	silt_json_open_array(w, "layers");
	for (size_t i = 0; i < image->layer_count; i++) {
		write_layer(w, &image->layers[i]);
	}
	silt_json_close(w);
	silt_json_posture(w, image->posture);
	silt_json_close(w);
}

static void write_images(struct silt_json_writer *w, const struct silt_result *result)
{
	size_t count;
	const struct silt_image *images = silt_result_images(result, &count);
	silt_json_open_array(w, "images");
	for (size_t i = 0; i < count; i++) {
		write_image(w, &images[i]);
	}
	silt_json_close(w);
}

/* ---- Findings ---------------------------------------------------------------------------------------------------- */

static void write_sighting(struct silt_json_writer *w, const struct silt_sighting *sighting)
{
	silt_json_open_object(w, NULL);
	write_index(w, "image", sighting->image);
	write_index(w, "layer", sighting->layer);
	write_index(w, "history_line", sighting->history_line);
	silt_json_write_text(w, "place", sighting->place);
	if (sighting->path.len > 0) {
		silt_json_write_bytes(w, "path", sighting->path);
	} else {
		silt_json_write_null(w, "path");
	}
	write_optional(w, "member", sighting->member);
	write_offset(w, sighting->has_offset, sighting->offset);
	silt_json_write_unsigned(w, "length", sighting->length);
	silt_json_write_text(w, "fate", silt_fate_name(sighting->fate));
	write_optional(w, "added_by", sighting->added_by);
	write_index(w, "cause_layer", sighting->cause_layer);
	write_optional(w, "hidden_by", sighting->hidden_by);
	silt_json_write_bool(w, "resurrected", sighting->resurrected);
	write_optional(w, "note", sighting->note);
	silt_json_close(w);
}

/* The value of a secret, if it was kept and may be shown. */
static void write_secret(struct silt_json_writer *w, const struct silt_finding *finding, bool show)
{
	if (show && finding->secret.len > 0) {
		silt_json_write_bytes(w, "secret", finding->secret);
	} else {
		silt_json_write_null(w, "secret");
	}
}

/* What the catalogue knows of its check; a finding of a pattern rule alone is one of secrets. */
static void write_check(struct silt_json_writer *w, const char *rule)
{
	const struct silt_check_info *check = silt_checks_find(rule);
	struct silt_bytes rest = silt_bytes_text(check ? check->aliases : ""), alias;
	silt_json_write_text(w, "family", silt_check_family_name(check ? check->family : SILT_CHECKS_SECRET));
	silt_json_open_array(w, "aliases");
	while (silt_bytes_cut(&rest, ' ', &alias)) {
		silt_json_write_bytes(w, NULL, alias); /* a word of ours: nothing in it is escaped */
	}
	silt_json_close(w);
}

static void write_finding(struct silt_json_writer *w, const struct silt_finding *finding,
			  const struct silt_report_options *options)
{
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "rule", finding->rule);
	write_optional(w, "pattern", finding->pattern);
	write_check(w, finding->rule);
	silt_json_write_text(w, "title", finding->title);
	silt_json_write_text(w, "severity", silt_severity_name(finding->severity));
	silt_json_write_text(w, "confidence", silt_confidence_name(finding->confidence));
	silt_json_write_text(w, "subject", finding->subject);
	write_secret(w, finding, options->show_secrets);
	write_optional(w, "detail", finding->detail);
	write_optional(w, "suppressed", finding->suppressed);
	silt_json_write_text(w, "remedy", finding->remedy);
	write_heritage(w, finding->heritage);
	silt_json_write_text(w, "exposure", silt_fate_name(finding->exposure));
	silt_json_write_text(w, "fingerprint", finding->fingerprint);
	silt_json_write_text(w, "standing", silt_standing_name(finding->standing));
	write_optional(w, "standing_why", finding->standing_why);
	silt_json_open_array(w, "sightings");
	for (size_t i = 0; i < finding->sighting_count; i++) {
		write_sighting(w, &finding->sightings[i]);
	}
	silt_json_close(w);
	silt_json_close(w);
}

static void write_list(struct silt_json_writer *w, const char *key, const struct silt_finding *findings, size_t count,
		       const struct silt_report_options *options)
{
	silt_json_open_array(w, key);
	for (size_t i = 0; i < count; i++) {
		write_finding(w, &findings[i], options);
	}
	silt_json_close(w);
}

static void write_suppressed(struct silt_json_writer *w, const struct silt_result *result,
			     const struct silt_report_options *options)
{
	size_t count;
	const struct silt_finding *suppressed = silt_result_suppressed(result, &count);
	silt_json_write_unsigned(w, "suppressed_count", count);
	if (options->show_suppressed) {
		write_list(w, "suppressed", suppressed, count, options);
	} else {
		silt_json_write_null(w, "suppressed");
	}
}

/* ---- Coverage and verdict ---------------------------------------------------------------------------------------- */

static void write_gap(struct silt_json_writer *w, const struct silt_gap *gap)
{
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "place", gap->place);
	silt_json_write_text(w, "reason", gap->reason);
	write_optional(w, "limit", gap->limit ? gap->limit : "");
	write_offset(w, gap->has_offset, gap->offset);
	silt_json_write_unsigned(w, "bytes", gap->bytes);
	silt_json_close(w);
}

static void write_coverage(struct silt_json_writer *w, const struct silt_coverage *coverage)
{
	silt_json_open_object(w, "coverage");
	silt_json_write_bool(w, "complete", coverage->complete);
	silt_json_write_unsigned(w, "members", coverage->members);
	silt_json_write_unsigned(w, "member_bytes", coverage->member_bytes);
	silt_json_write_unsigned(w, "layer_blobs", coverage->layer_blobs);
	silt_json_write_unsigned(w, "layer_bytes", coverage->layer_bytes);
	silt_json_write_unsigned(w, "entries", coverage->entries);
	silt_json_write_unsigned(w, "documents", coverage->documents);
	silt_json_write_unsigned(w, "believed_blobs", coverage->believed_blobs);
	silt_json_open_array(w, "gaps");
	for (size_t i = 0; i < coverage->gap_count; i++) {
		write_gap(w, &coverage->gaps[i]);
	}
	silt_json_close(w);
	silt_json_open_array(w, "limits");
	for (size_t i = 0; i < coverage->limit_count; i++) {
		silt_json_open_object(w, NULL);
		silt_json_write_text(w, "name", coverage->limits[i].name);
		silt_json_write_unsigned(w, "value", coverage->limits[i].value);
		silt_json_close(w);
	}
	silt_json_close(w);
	silt_json_close(w);
}

static void write_tally(struct silt_json_writer *w, const struct silt_tally *tally)
{
	silt_json_write_text(w, "verdict", silt_verdict_name(tally->verdict));
	silt_json_open_object(w, "counts");
	for (int severity = SILT_SEVERITIES - 1; severity >= 0; severity--) {
		silt_json_write_unsigned(w, silt_severity_name((enum silt_severity)severity),
					 tally->by_severity[severity]);
	}
	silt_json_close(w);
}

/* ---- The document ------------------------------------------------------------------------------------------------ */

static void write_bundle(struct silt_json_writer *w, const struct silt_judgement *judgement,
			 const struct silt_report_options *options)
{
	const struct silt_result *result = judgement->result;
	struct silt_tally tally = {0};
	silt_tally_add(&tally, judgement);
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "name", silt_result_name(result));
	silt_json_write_text(w, "format", silt_result_format(result));
	write_tally(w, &tally);
	write_images(w, result);
	write_list(w, "findings", judgement->findings, judgement->finding_count, options);
	write_suppressed(w, result, options);
	write_coverage(w, silt_result_coverage(result));
	silt_json_close(w);
}

static void write_summary(struct silt_json_writer *w, const struct silt_judgement *const *judgements, size_t count,
			  const struct silt_report_options *options)
{
	struct silt_tally tally = {0};
	for (size_t i = 0; i < count; i++) {
		silt_tally_add(&tally, judgements[i]);
	}
	silt_tally_add_unread(&tally, options->unread);
	silt_json_open_object(w, "summary");
	write_tally(w, &tally);
	write_optional(w, "threshold", count > 0 ? silt_severity_name(judgements[0]->threshold) : "");
	silt_json_write_unsigned(w, "counting", tally.counting);
	silt_json_write_unsigned(w, "unread_inputs", tally.unread);
	silt_json_close(w);
}

static void write_sandbox(struct silt_json_writer *w, const struct silt_sandbox *sandbox)
{
	if (!sandbox) {
		silt_json_write_null(w, "sandbox");
		return;
	}
	silt_json_open_object(w, "sandbox");
	silt_json_write_bool(w, "enabled", sandbox->enabled);
	silt_json_write_bool(w, "no_new_privileges", sandbox->no_new_privileges);
	silt_json_write_bool(w, "not_dumpable", sandbox->not_dumpable);
	silt_json_write_unsigned(w, "landlock_abi", sandbox->landlock_abi);
	silt_json_write_bool(w, "seccomp", sandbox->seccomp);
	silt_json_close(w);
}

static void write_document(struct silt_json_writer *w, const struct silt_judgement *const *judgements, size_t count,
			   const struct silt_report_options *options)
{
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "schema", "https://silt.invalid/report-1.schema.json");
	silt_json_write_unsigned(w, "version", 1);
	silt_json_open_object(w, "tool");
	silt_json_write_text(w, "name", "silt");
	silt_json_write_text(w, "version", silt_version());
	silt_json_close(w);
	write_sandbox(w, options->sandbox);
	silt_json_open_array(w, "bundles");
	for (size_t i = 0; i < count; i++) {
		write_bundle(w, judgements[i], options);
	}
	silt_json_close(w);
	write_summary(w, judgements, count, options);
	silt_json_close(w);
}

static enum silt_status send(const struct silt_buffer *document, struct silt_sink sink, struct silt_error *err)
{
	if (!sink.write(sink.ctx, document->ptr, document->len)) {
		return silt_fail(err, SILT_ERR_IO, "the report could not be written");
	}
	return SILT_OK;
}

enum silt_status silt_report_json(const struct silt_judgement *const *judgements, size_t count,
				  const struct silt_report_options *options, struct silt_sink sink,
				  struct silt_error *err)
{
	struct silt_json_writer *writer = NULL;
	struct silt_buffer document = {0};
	enum silt_status status = silt_json_writer_new(&writer, err);
	if (status == SILT_OK) {
		write_document(writer, judgements, count, options);
		status = silt_json_writer_end(writer, &document, err);
	}
	if (status == SILT_OK) {
		status = send(&document, sink, err);
	}
	silt_buffer_done(&document);
	silt_json_writer_free(writer);
	return status;
}
