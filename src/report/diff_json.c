/* A comparison for programs: docs/compare.md, docs/diff.schema.json. */
#include "report/diff.h"

#include "base/attributes.h"
#include "base/json.h"
#include "silt/silt.h"

static void write_text_or_null(struct silt_json_writer *w, const char *key, const char *text)
{
	if (text) {
		silt_json_write_text(w, key, text);
	} else {
		silt_json_write_null(w, key);
	}
}

static void write_index(struct silt_json_writer *w, const char *key, size_t index)
{
	if (index == SIZE_MAX) {
		silt_json_write_null(w, key);
	} else {
		silt_json_write_unsigned(w, key, index);
	}
}

/* ---- Results ------------------------------------------------------------------------------------------------------- */

static void write_images(struct silt_json_writer *w, const struct silt_image *images, size_t count)
{
	silt_json_open_array(w, "images");
	for (size_t i = 0; i < count; i++) {
		silt_json_open_object(w, NULL);
		silt_json_open_array(w, "names");
		for (size_t k = 0; k < images[i].name_count; k++) {
			silt_json_write_text(w, NULL, images[i].names[k]);
		}
		silt_json_close(w);
		silt_json_write_text(w, "config_digest", images[i].config_digest);
		silt_json_write_text(w, "platform", images[i].platform);
		silt_json_write_unsigned(w, "layers", images[i].layer_count);
		silt_json_write_unsigned(w, "bytes", images[i].bytes);
		silt_json_close(w);
	}
	silt_json_close(w);
}

/* `images` and `gaps`: those of the result, or what stands for them. */
static void write_side(struct silt_json_writer *w, const char *key, const struct silt_judgement *judgement,
		       const struct silt_image *images, const struct silt_gap *gaps)
{
	const struct silt_coverage *coverage = silt_result_coverage(judgement->result);
	size_t count;
	(void)silt_result_images(judgement->result, &count);
	silt_json_open_object(w, key);
	silt_json_write_text(w, "name", silt_result_name(judgement->result));
	silt_json_write_text(w, "format", silt_result_format(judgement->result));
	silt_json_write_bool(w, "complete", coverage->complete);
	silt_json_open_array(w, "gaps");
	for (size_t i = 0; i < coverage->gap_count; i++) {
		silt_json_open_object(w, NULL);
		silt_json_write_text(w, "place", gaps[i].place);
		silt_json_write_text(w, "reason", gaps[i].reason);
		silt_json_close(w);
	}
	silt_json_close(w);
	write_images(w, images, count);
	silt_json_close(w);
}

/* ---- Secrets ------------------------------------------------------------------------------------------------------- */

static void write_sighting(struct silt_json_writer *w, const struct silt_sighting *sighting)
{
	silt_json_open_object(w, NULL);
	write_index(w, "image", sighting->image);
	write_index(w, "layer", sighting->layer);
	write_index(w, "history_line", sighting->history_line);
	silt_json_write_text(w, "place", sighting->place);
	silt_json_write_text(w, "member", sighting->member);
	silt_json_write_text(w, "fate", silt_fate_name(sighting->fate));
	silt_json_write_text(w, "added_by", sighting->added_by);
	silt_json_write_text(w, "hidden_by", sighting->hidden_by);
	silt_json_write_text(w, "note", sighting->note);
	silt_json_close(w);
}

static void write_secret(struct silt_json_writer *w, const struct silt_compared_secret *secret)
{
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "survival", silt_survival_name(secret->survival));
	silt_json_write_bool(w, "counts", secret->counts);
	silt_json_write_bool(w, "literal", secret->literal);
	silt_json_write_text(w, "rule", secret->before->rule);
	silt_json_write_text(w, "title", secret->before->title);
	silt_json_write_text(w, "severity", silt_severity_name(secret->before->severity));
	silt_json_write_text(w, "subject", secret->before->subject);
	silt_json_write_text(w, "exposure", silt_fate_name(secret->before->exposure));
	silt_json_write_text(w, "fingerprint", secret->before->fingerprint);
	silt_json_open_array(w, "sightings");
	for (size_t i = 0; i < secret->sighting_count; i++) {
		write_sighting(w, &secret->sightings[i]);
	}
	silt_json_close(w);
	silt_json_close(w);
}

static void write_secrets(struct silt_json_writer *w, const struct silt_comparison *comparison)
{
	silt_json_open_object(w, "secrets");
	silt_json_write_unsigned(w, "total", comparison->secret_count);
	silt_json_write_unsigned(w, "survived", comparison->survived);
	silt_json_write_unsigned(w, "survived_counting", comparison->survived_counting);
	silt_json_write_unsigned(w, "gone", comparison->gone);
	silt_json_write_unsigned(w, "not_looked_for", comparison->too_short);
	silt_json_write_unsigned(w, "unknown", comparison->unknown);
	silt_json_open_array(w, "items");
	for (size_t i = 0; i < comparison->secret_count; i++) {
		write_secret(w, &comparison->secrets[i]);
	}
	silt_json_close(w);
	silt_json_close(w);
}

/* ---- Findings ------------------------------------------------------------------------------------------------------ */

static void write_state(struct silt_json_writer *w, const char *key, const struct silt_finding *finding)
{
	if (!finding) {
		silt_json_write_null(w, key);
		return;
	}
	silt_json_open_object(w, key);
	silt_json_write_text(w, "severity", silt_severity_name(finding->severity));
	silt_json_write_text(w, "exposure", silt_fate_name(finding->exposure));
	silt_json_write_text(w, "standing", silt_standing_name(finding->standing));
	silt_json_close(w);
}

static void write_finding(struct silt_json_writer *w, const struct silt_compared_finding *finding)
{
	static const char *const changes[] = {
		[SILT_CHANGE_SAME] = "same",
		[SILT_CHANGE_ADDED] = "new",
		[SILT_CHANGE_REMOVED] = "fixed",
		[SILT_CHANGE_CHANGED] = "changed",
	};
	const struct silt_finding *any = finding->after ? finding->after : finding->before;
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "change", changes[finding->change]);
	silt_json_write_bool(w, "worse", finding->worse);
	silt_json_write_text(w, "rule", any->rule);
	silt_json_write_text(w, "title", any->title);
	silt_json_write_text(w, "subject", any->subject);
	silt_json_write_text(w, "fingerprint", any->fingerprint);
	write_state(w, "old", finding->before);
	write_state(w, "new", finding->after);
	silt_json_close(w);
}

static void write_findings(struct silt_json_writer *w, const struct silt_comparison *comparison)
{
	silt_json_open_object(w, "findings");
	silt_json_write_unsigned(w, "new", comparison->findings_new);
	silt_json_write_unsigned(w, "fixed", comparison->findings_fixed);
	silt_json_write_unsigned(w, "changed", comparison->findings_changed);
	silt_json_write_unsigned(w, "same", comparison->findings_same);
	silt_json_write_unsigned(w, "worse", comparison->worse);
	silt_json_open_array(w, "items");
	for (size_t i = 0; i < comparison->finding_count; i++) {
		write_finding(w, &comparison->findings[i]);
	}
	silt_json_close(w);
	silt_json_close(w);
}

/* ---- Images -------------------------------------------------------------------------------------------------------- */

static void write_layers(struct silt_json_writer *w, const struct silt_compared_image *image)
{
	silt_json_write_unsigned(w, "common_layers", image->common_layers);
	silt_json_open_array(w, "layers");
	for (size_t i = 0; i < image->layer_count; i++) {
		const struct silt_compared_layer *layer = &image->layers[i];
		silt_json_open_object(w, NULL);
		silt_json_write_text(w, "change", silt_change_name(layer->change));
		write_index(w, "old", layer->before_index);
		write_index(w, "new", layer->after_index);
		silt_json_write_text(w, "diff_id", layer->layer->diff_id);
		silt_json_write_unsigned(w, "bytes", layer->layer->bytes);
		silt_json_write_text(w, "instruction", layer->layer->instruction);
		silt_json_close(w);
	}
	silt_json_close(w);
}

static void write_file_state(struct silt_json_writer *w, const char *key, const struct silt_file_state *state,
			     bool there)
{
	char mode[8];
	struct silt_buffer text = {0};
	if (!there) {
		silt_json_write_null(w, key);
		return;
	}
	silt_buffer_printf(&text, "%04o", state->mode);
	const size_t len = text.len < sizeof(mode) ? text.len : sizeof(mode) - 1;
	memcpy(mode, silt_buffer_text(&text), len);
	mode[len] = '\0';
	silt_buffer_done(&text);
	silt_json_open_object(w, key);
	silt_json_write_text(w, "type", silt_entry_type_name(state->type));
	silt_json_write_text(w, "mode", mode);
	silt_json_write_unsigned(w, "uid", state->uid);
	silt_json_write_unsigned(w, "gid", state->gid);
	silt_json_write_unsigned(w, "size", state->size);
	silt_json_close(w);
}

static void write_file(struct silt_json_writer *w, const struct silt_compared_file *file)
{
	static const struct {
		unsigned bit;
		const char *name;
	} differences[] = {{SILT_DIFFERS_TYPE, "type"},
			   {SILT_DIFFERS_CONTENT, "content"},
			   {SILT_DIFFERS_MODE, "mode"},
			   {SILT_DIFFERS_OWNER, "owner"}};
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "path", file->path);
	silt_json_write_text(w, "change", silt_change_name(file->change));
	silt_json_open_array(w, "differs");
	for (size_t i = 0; i < SILT_COUNT(differences); i++) {
		if (file->differs & differences[i].bit) {
			silt_json_write_text(w, NULL, differences[i].name);
		}
	}
	silt_json_close(w);
	write_file_state(w, "old", &file->before, file->change != SILT_CHANGE_ADDED);
	write_file_state(w, "new", &file->after, file->change != SILT_CHANGE_REMOVED);
	silt_json_close(w);
}

static void write_counts(struct silt_json_writer *w, const struct silt_file_counts *counts)
{
	const struct {
		const char *name;
		uint64_t value;
	} members[] = {
		{"same", counts->same},
		{"added", counts->added},
		{"removed", counts->removed},
		{"changed", counts->changed},
		{"changed_content", counts->content},
		{"changed_mode", counts->mode},
		{"changed_owner", counts->owner},
		{"changed_type", counts->type},
		{"bytes_added", counts->bytes_added},
		{"bytes_removed", counts->bytes_removed},
		{"bytes_changed_old", counts->bytes_before},
		{"bytes_changed_new", counts->bytes_after},
		{"uncompared", counts->uncompared},
	};
	for (size_t i = 0; i < SILT_COUNT(members); i++) {
		silt_json_write_unsigned(w, members[i].name, members[i].value);
	}
}

static void write_files(struct silt_json_writer *w, const struct silt_compared_image *image)
{
	silt_json_open_object(w, "files");
	write_counts(w, &image->counts);
	silt_json_open_array(w, "items");
	for (size_t i = 0; i < image->file_count; i++) {
		write_file(w, &image->files[i]);
	}
	silt_json_close(w);
	silt_json_write_unsigned(w, "not_listed", image->files_left_out);
	silt_json_close(w);
}

static void write_config(struct silt_json_writer *w, const struct silt_compared_image *image)
{
	silt_json_open_array(w, "config");
	for (size_t i = 0; i < image->field_count; i++) {
		silt_json_open_object(w, NULL);
		silt_json_write_text(w, "field", image->fields[i].name);
		write_text_or_null(w, "old", image->fields[i].before);
		write_text_or_null(w, "new", image->fields[i].after);
		silt_json_close(w);
	}
	silt_json_close(w);
}

static void write_packages(struct silt_json_writer *w, const struct silt_compared_image *image)
{
	silt_json_open_array(w, "packages");
	for (size_t i = 0; i < image->package_count; i++) {
		const struct silt_compared_package *package = &image->packages[i];
		silt_json_open_object(w, NULL);
		silt_json_write_text(w, "name", package->name);
		silt_json_write_text(w, "manager", package->manager);
		silt_json_write_text(w, "change", silt_change_name(package->change));
		write_text_or_null(w, "old", package->before);
		write_text_or_null(w, "new", package->after);
		silt_json_close(w);
	}
	silt_json_close(w);
}

static void write_pairs(struct silt_json_writer *w, const struct silt_comparison *comparison)
{
	silt_json_open_array(w, "images");
	for (size_t i = 0; i < comparison->image_count; i++) {
		const struct silt_compared_image *image = &comparison->images[i];
		silt_json_open_object(w, NULL);
		silt_json_write_unsigned(w, "old", image->before_index);
		silt_json_write_unsigned(w, "new", image->after_index);
		silt_json_write_text(w, "paired_by", image->name[0] ? "name" : "only one each");
		silt_json_write_text(w, "name", image->name);
		write_layers(w, image);
		write_files(w, image);
		write_config(w, image);
		write_packages(w, image);
		silt_json_close(w);
	}
	silt_json_close(w);
}

static void write_alone(struct silt_json_writer *w, const char *key, const size_t *alone, size_t count)
{
	silt_json_open_array(w, key);
	for (size_t i = 0; i < count; i++) {
		silt_json_write_unsigned(w, NULL, alone[i]);
	}
	silt_json_close(w);
}

/* ---- The whole ----------------------------------------------------------------------------------------------------- */

static void write_document(struct silt_json_writer *w, const struct silt_comparison *comparison)
{
	size_t images;
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "schema", SILT_DIFF_SCHEMA);
	silt_json_write_unsigned(w, "version", SILT_DIFF_VERSION);
	silt_json_open_object(w, "tool");
	silt_json_write_text(w, "name", "silt");
	silt_json_write_text(w, "version", silt_version());
	silt_json_close(w);
	silt_json_write_text(w, "verdict", silt_comparison_verdict_name(comparison->verdict));
	write_side(w, "old", comparison->before, comparison->before_images, comparison->before_gaps);
	write_side(w, "new", comparison->after, silt_result_images(comparison->after->result, &images),
		   silt_result_coverage(comparison->after->result)->gaps);
	write_secrets(w, comparison);
	write_findings(w, comparison);
	write_pairs(w, comparison);
	write_alone(w, "only_in_old", comparison->before_alone, comparison->before_alone_count);
	write_alone(w, "only_in_new", comparison->after_alone, comparison->after_alone_count);
	silt_json_close(w);
}

enum silt_status silt_diff_json(const struct silt_comparison *comparison, const struct silt_report_options *options,
				struct silt_sink sink, struct silt_error *err)
{
	(void)options;
	struct silt_json_writer *writer = NULL;
	struct silt_outlet outlet = silt_outlet(sink, err);
	enum silt_status status = silt_json_writer_new(&writer, err);
	if (status == SILT_OK) {
		write_document(writer, comparison);
		status = silt_json_writer_end(writer, &outlet.out, err);
	}
	silt_json_writer_free(writer);
	const enum silt_status ended = silt_outlet_end(&outlet);
	return status == SILT_OK ? ended : status;
}
