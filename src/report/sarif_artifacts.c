/*
 * The artifacts of a run, by index:
 *
 *     0                   the bundle
 *     image_artifacts[i]  image i, and behind it its layers, lowest first
 *     first_file ...      files and members, sorted
 *
 * Each but the bundle has the index of what it is in.
 */
#include "report/sarif.h"

#include "base/escape.h"
#include "report/place.h"
#include "report/uri.h"

#include <stdlib.h>
#include <string.h>

#define NONE SIZE_MAX

/* ---- Collecting -------------------------------------------------------------------------------------------------- */

struct silt_sarif_file silt_sarif_whereabouts(const struct silt_sarif_run *run, const struct silt_sighting *sighting)
{
	struct silt_sarif_file file = {.image = NONE, .layer = NONE, .member = ""};
	if (!sighting) {
		return file;
	}
	file.path = sighting->path;
	if (sighting->image < run->image_count) {
		file.image = sighting->image;
		file.layer = sighting->layer < run->images[file.image].layer_count ? sighting->layer : NONE;
	}
	/* Config and history are told of as the image: its config has another name in each build. */
	if (file.layer == NONE && (file.image == NONE || file.path.len > 0)) {
		file.member = sighting->member;
	}
	return file;
}

static int compare_numbers(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int compare_files(const void *left, const void *right)
{
	const struct silt_sarif_file *a = left, *b = right;
	int order = compare_numbers(a->image, b->image);
	order = order ? order : compare_numbers(a->layer, b->layer);
	order = order ? order : strcmp(a->member, b->member);
	return order ? order : silt_bytes_compare(a->path, b->path);
}

/* True for what is neither the bundle nor an image nor a layer. */
static bool is_file(const struct silt_sarif_file *file)
{
	return file->member[0] != '\0' || file->path.len > 0;
}

/* Adds the artifact of a sighting, and the member that it is in. */
static void add_file(struct silt_sarif_run *run, struct silt_sarif_file file)
{
	if (is_file(&file)) {
		run->files[run->file_count++] = file;
	}
	if (file.member[0] && file.path.len > 0) {
		file.path = (struct silt_bytes){0};
		run->files[run->file_count++] = file;
	}
}

static void drop_duplicates(struct silt_sarif_run *run)
{
	size_t kept = 0;
	if (run->file_count > 0) {
		qsort(run->files, run->file_count, sizeof(*run->files), compare_files);
	}
	for (size_t i = 0; i < run->file_count; i++) {
		if (kept == 0 || compare_files(&run->files[kept - 1], &run->files[i]) != 0) {
			run->files[kept++] = run->files[i];
		}
	}
	run->file_count = kept;
}

bool silt_sarif_collect_artifacts(struct silt_sarif_run *run)
{
	size_t most = 0;
	for (size_t i = 0; i < run->result_count; i++) {
		most += silt_sarif_places(run, silt_sarif_finding(run, i)).count;
	}
	run->files = silt_arena_alloc(&run->arena, 2 * most * sizeof(*run->files));
	run->image_artifacts = silt_arena_alloc(&run->arena, run->image_count * sizeof(*run->image_artifacts));
	if (!run->files || !run->image_artifacts) {
		return false;
	}
	size_t next = 1;
	for (size_t i = 0; i < run->image_count; i++) {
		run->image_artifacts[i] = next;
		next += 1 + run->images[i].layer_count;
	}
	run->first_file = next;
	for (size_t i = 0; i < run->result_count; i++) {
		struct silt_sarif_places places = silt_sarif_places(run, silt_sarif_finding(run, i));
		for (size_t k = 0; k < places.count; k++) {
			add_file(run, silt_sarif_whereabouts(run, silt_sarif_place(&places, k)));
		}
	}
	drop_duplicates(run);
	return true;
}

/* ---- Finding ----------------------------------------------------------------------------------------------------- */

static size_t container_index(const struct silt_sarif_run *run, size_t image, size_t layer)
{
	if (image == NONE) {
		return 0;
	}
	return run->image_artifacts[image] + (layer == NONE ? 0 : 1 + layer);
}

static size_t index_of(const struct silt_sarif_run *run, const struct silt_sarif_file *file)
{
	const struct silt_sarif_file *found =
		is_file(file) ? bsearch(file, run->files, run->file_count, sizeof(*file), compare_files) : NULL;
	return found ? run->first_file + (size_t)(found - run->files) : container_index(run, file->image, file->layer);
}

size_t silt_sarif_artifact(const struct silt_sarif_run *run, const struct silt_sighting *sighting)
{
	const struct silt_sarif_file file = silt_sarif_whereabouts(run, sighting);
	return index_of(run, &file);
}

static size_t parent_of(const struct silt_sarif_run *run, const struct silt_sarif_file *file)
{
	if (file->member[0] && file->path.len > 0) {
		struct silt_sarif_file member = *file;
		member.path = (struct silt_bytes){0};
		return index_of(run, &member);
	}
	return container_index(run, file->image, file->layer);
}

/* ---- Names ------------------------------------------------------------------------------------------------------- */

static void add_file_uri(struct silt_sarif_run *run, struct silt_buffer *out, const struct silt_sarif_file *file)
{
	struct silt_buffer path = {0};
	silt_escape(&path, file->path);
	silt_uri_add(out, file->path.len > 0 ? silt_buffer_text(&path) : file->member);
	run->failed |= path.failed;
	silt_buffer_done(&path);
}

/* A layer goes by its member; one that is not there has no other name than its number. */
static void add_layer_uri(struct silt_buffer *out, const struct silt_layer *layer, size_t number)
{
	if (layer->member[0]) {
		silt_uri_add(out, layer->member);
	} else {
		silt_buffer_printf(out, "layer-%zu", number);
	}
}

static void add_uri(struct silt_sarif_run *run, struct silt_buffer *out, size_t index)
{
	if (index == 0) {
		silt_uri_add(out, silt_result_name(run->judgement->result));
		return;
	}
	if (index >= run->first_file) {
		add_file_uri(run, out, &run->files[index - run->first_file]);
		return;
	}
	size_t image = run->image_count - 1;
	while (run->image_artifacts[image] > index) {
		image--;
	}
	size_t behind = index - run->image_artifacts[image];
	if (behind == 0) {
		silt_uri_add(out, silt_place_image(&run->images[image]));
	} else {
		add_layer_uri(out, &run->images[image].layers[behind - 1], behind);
	}
}

static void write_location(struct silt_sarif_run *run, struct silt_json_writer *w, const char *key, size_t index,
			   bool refers)
{
	struct silt_buffer uri = {0};
	add_uri(run, &uri, index);
	silt_json_open_object(w, key);
	silt_sarif_put(run, w, "uri", &uri);
	if (refers) {
		silt_json_write_unsigned(w, "index", index);
	}
	silt_json_close(w);
}

void silt_sarif_artifact_location(struct silt_sarif_run *run, struct silt_json_writer *w, size_t index)
{
	write_location(run, w, "artifactLocation", index, true);
}

/* ---- Writing ----------------------------------------------------------------------------------------------------- */

static void open_artifact(struct silt_sarif_run *run, struct silt_json_writer *w, size_t index, size_t parent)
{
	silt_json_open_object(w, NULL);
	write_location(run, w, "location", index, false);
	if (index > 0) {
		silt_json_write_unsigned(w, "parentIndex", parent);
	}
}

static void write_bundle(struct silt_sarif_run *run, struct silt_json_writer *w)
{
	open_artifact(run, w, 0, 0);
	silt_sarif_message(w, "description", silt_result_name(run->judgement->result));
	silt_json_open_array(w, "roles");
	silt_json_write_text(w, NULL, "analysisTarget");
	silt_json_close(w);
	silt_json_close(w);
}

/* The blob as it is stored: its length and digest. */
static void write_blob(struct silt_json_writer *w, const struct silt_layer *layer)
{
	if (!layer->present) {
		return;
	}
	if (layer->blob_bytes <= SILT_SARIF_NUMBER_MAX) {
		silt_json_write_unsigned(w, "length", layer->blob_bytes);
	}
	if (strncmp(layer->digest, "sha256:", 7) == 0) {
		silt_json_open_object(w, "hashes");
		silt_json_write_text(w, "sha-256", layer->digest + 7);
		silt_json_close(w);
	}
}

static void write_image(struct silt_sarif_run *run, struct silt_json_writer *w, size_t image)
{
	const struct silt_image *it = &run->images[image];
	size_t index = run->image_artifacts[image];
	open_artifact(run, w, index, 0);
	silt_sarif_message(w, "description", silt_place_image(it));
	silt_json_close(w);
	for (size_t i = 0; i < it->layer_count; i++) {
		open_artifact(run, w, index + 1 + i, index);
		silt_sarif_message(w, "description",
				   it->layers[i].instruction[0] ? it->layers[i].instruction : "layer");
		write_blob(w, &it->layers[i]);
		silt_json_close(w);
	}
}

void silt_sarif_artifacts(struct silt_sarif_run *run, struct silt_json_writer *w)
{
	silt_json_open_array(w, "artifacts");
	write_bundle(run, w);
	for (size_t i = 0; i < run->image_count; i++) {
		write_image(run, w, i);
	}
	for (size_t i = 0; i < run->file_count; i++) {
		open_artifact(run, w, run->first_file + i, parent_of(run, &run->files[i]));
		silt_json_close(w);
	}
	silt_json_close(w);
}
