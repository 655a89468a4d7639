/* Where a result was seen: locations, and how its places came and went. */
#include "report/sarif.h"

#include "report/place.h"

#define NONE SIZE_MAX

enum { INSTRUCTION_COLUMNS = 200 };

/* ---- Locations --------------------------------------------------------------------------------------------------- */

/*
 * GitHub shows nothing without a line, so that there always is one; the bytes are what is meant. An offset that is too
 * large is told in the properties alone.
 */
static void write_region(struct silt_json_writer *w, const struct silt_sighting *sighting, bool in_artifact)
{
	silt_json_open_object(w, "region");
	silt_json_write_unsigned(w, "startLine", 1);
	if (in_artifact && sighting->has_offset && sighting->offset <= SILT_SARIF_NUMBER_MAX &&
	    sighting->length <= SILT_SARIF_NUMBER_MAX) {
		silt_json_write_unsigned(w, "byteOffset", sighting->offset);
		silt_json_write_unsigned(w, "byteLength", sighting->length);
	}
	silt_json_close(w);
}

/* Where in the image, in words that stay the same when the image is built again. */
static void write_logical(struct silt_sarif_run *run, struct silt_json_writer *w, const struct silt_sighting *sighting)
{
	struct silt_sarif_file file = silt_sarif_whereabouts(run, sighting);
	struct silt_buffer name = {0};
	if (file.image != NONE) {
		silt_buffer_printf(&name, "%s/", silt_place_image(&run->images[file.image]));
	}
	if (file.layer != NONE) {
		silt_buffer_printf(&name, "layer %zu/", file.layer + 1);
	}
	silt_buffer_add_text(&name, sighting->place + (sighting->place[0] == '/'));
	silt_json_open_array(w, "logicalLocations");
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "name", sighting->place);
	silt_sarif_put(run, w, "fullyQualifiedName", &name);
	silt_json_write_text(w, "kind", file.path.len > 0 ? "file" : "metadata");
	silt_json_close(w);
	silt_json_close(w);
}

static void write_facts(struct silt_json_writer *w, const struct silt_sighting *sighting)
{
	silt_json_open_object(w, "properties");
	silt_json_write_text(w, "fate", silt_fate_name(sighting->fate));
	if (sighting->member[0]) {
		silt_json_write_text(w, "member", sighting->member);
	}
	if (sighting->has_offset) {
		silt_json_write_unsigned(w, "offset", sighting->offset);
		silt_json_write_unsigned(w, "length", sighting->length);
	}
	if (sighting->note[0]) {
		silt_json_write_text(w, "note", sighting->note);
	}
	silt_json_close(w);
}

static void write_message(struct silt_sarif_run *run, struct silt_json_writer *w, struct silt_prose *prose)
{
	silt_prose_stop(prose);
	silt_json_open_object(w, "message");
	silt_sarif_put(run, w, "text", &prose->out);
	silt_json_close(w);
}

static void write_place(struct silt_sarif_run *run, struct silt_json_writer *w, const struct silt_sighting *sighting)
{
	struct silt_sarif_file file = silt_sarif_whereabouts(run, sighting);
	silt_json_open_object(w, "physicalLocation");
	silt_sarif_artifact_location(run, w, silt_sarif_artifact(run, sighting));
	write_region(w, sighting, file.path.len > 0 || file.member[0]);
	silt_json_close(w);
	write_logical(run, w, sighting);
}

void silt_sarif_location(struct silt_sarif_run *run, struct silt_json_writer *w, const struct silt_sighting *sighting,
			 size_t id)
{
	struct silt_prose prose = {0};
	silt_json_open_object(w, NULL);
	if (id > 0) {
		silt_json_write_unsigned(w, "id", id);
	}
	write_place(run, w, sighting);
	silt_place_tell(&prose, run->images, run->image_count, sighting);
	write_message(run, w, &prose);
	write_facts(w, sighting);
	silt_json_close(w);
}

/* ---- Flows ------------------------------------------------------------------------------------------------------- */

/* "Deleted by layer 4: 'RUN rm /x'." */
static void tell_step(struct silt_prose *prose, const char *what, size_t layer, const char *instruction)
{
	silt_prose_words(prose, what);
	if (layer != NONE) {
		silt_buffer_printf(&prose->out, " by layer %zu", layer + 1);
	}
	if (instruction[0]) {
		silt_prose_words(prose, ": ");
		silt_prose_name(prose, instruction, INSTRUCTION_COLUMNS);
	}
}

static void write_arrival(struct silt_sarif_run *run, struct silt_json_writer *w, const struct silt_sighting *sighting)
{
	struct silt_prose prose = {0};
	silt_json_open_object(w, NULL);
	silt_json_open_object(w, "location");
	write_place(run, w, sighting);
	tell_step(&prose, "Added", sighting->layer, sighting->added_by);
	write_message(run, w, &prose);
	silt_json_close(w);
	silt_json_close(w);
}

static void write_departure(struct silt_sarif_run *run, struct silt_json_writer *w,
			    const struct silt_sighting *sighting, size_t cause)
{
	struct silt_sighting layer = {.image = sighting->image, .layer = cause};
	struct silt_prose prose = {0};
	silt_json_open_object(w, NULL);
	silt_json_open_object(w, "location");
	silt_json_open_object(w, "physicalLocation");
	silt_sarif_artifact_location(run, w, silt_sarif_artifact(run, &layer));
	write_region(w, &layer, false);
	silt_json_close(w);
	tell_step(&prose, sighting->fate == SILT_FATE_DELETED ? "Deleted" : "Hidden", cause, sighting->hidden_by);
	write_message(run, w, &prose);
	silt_json_close(w);
	silt_json_close(w);
}

static bool has_flow(const struct silt_sarif_run *run, const struct silt_sighting *sighting)
{
	return silt_sarif_whereabouts(run, sighting).layer != NONE;
}

static void write_flow(struct silt_sarif_run *run, struct silt_json_writer *w, const struct silt_sighting *sighting)
{
	size_t cause = silt_place_cause(run->images, run->image_count, sighting);
	silt_json_open_object(w, NULL);
	silt_json_open_array(w, "locations");
	write_arrival(run, w, sighting);
	if (cause != NONE) {
		write_departure(run, w, sighting, cause);
	}
	silt_json_close(w);
	silt_json_close(w);
}

void silt_sarif_flows(struct silt_sarif_run *run, struct silt_json_writer *w, const struct silt_sarif_places *places)
{
	size_t flows = 0;
	for (size_t i = 0; i < places->count; i++) {
		flows += has_flow(run, silt_sarif_place(places, i));
	}
	if (flows == 0) {
		return;
	}
	silt_json_open_array(w, "codeFlows");
	silt_json_open_object(w, NULL);
	silt_json_open_array(w, "threadFlows");
	for (size_t i = 0; i < places->count; i++) {
		if (has_flow(run, silt_sarif_place(places, i))) {
			write_flow(run, w, silt_sarif_place(places, i));
		}
	}
	silt_json_close(w);
	silt_json_close(w);
	silt_json_close(w);
}
