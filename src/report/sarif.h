/*
 * The parts of a SARIF 2.1.0 log: one run for each bundle.
 *
 * A run has an array of artifacts, nested as they are found: the bundle, its images, their layers, and the files and
 * members in which something was seen. Results point into it. What GitHub would refuse a log for is cut off, and the
 * log says so (enum below; docs.github.com, "SARIF results exceed one or more limits").
 */
#ifndef SILT_REPORT_SARIF_H
#define SILT_REPORT_SARIF_H

#include "base/arena.h"
#include "base/json.h"
#include "report/prose.h"
#include "silt/report.h"

enum {
	SILT_SARIF_RUNS_MAX = 20,
	SILT_SARIF_RESULTS_MAX = 25000,
	SILT_SARIF_PLACES_MAX = 100,       /* sightings told of one result: related locations, thread flows */
	SILT_SARIF_RUN_PLACES_MAX = 10000, /* of all results: each takes 12 KB of memory while the log is built */
	SILT_SARIF_GAPS_MAX = 1000,
	SILT_SARIF_NUMBER_MAX =
		INT32_MAX, /* Microsoft's reader takes no larger length or offset, nor anything else then */
};

/* One rule of a run: a check or pattern rule that has results. */
struct silt_sarif_rule {
	const struct silt_finding *first; /* borrows: the worst finding of it, by which it is described */
	enum silt_severity severity;      /* the worst and the surest of them; those that are excused only if all are */
	enum silt_confidence confidence;
	bool excused;
};

/* An artifact below the layers: a file, or a member of the bundle that is no layer of an image. */
struct silt_sarif_file {
	size_t image, layer;    /* SIZE_MAX: none */
	const char *member;     /* in which it is, if in no layer; "" */
	struct silt_bytes path; /* cleaned; empty: the member itself */
};

struct silt_sarif_run {
	const struct silt_judgement *judgement;
	const struct silt_image *images;
	size_t image_count;
	const struct silt_finding *suppressed; /* those that are shown */
	size_t suppressed_count;
	size_t result_count; /* findings and suppressed ones, as far as they are written */
	size_t places_max;   /* sightings told of each */
	struct silt_sarif_rule *rules;
	size_t rule_count;
	size_t *image_artifacts; /* index of the artifact of each image; its layers follow */
	size_t first_file;       /* index of the artifact that files[0] is */
	struct silt_sarif_file *files;
	size_t file_count;
	struct silt_arena arena; /* owns all of these arrays */
	bool failed;             /* memory ran out; the writer does not know of it */
};

/* The sightings of a finding that are told: the first is the most exposed one. */
struct silt_sarif_places {
	const struct silt_finding *finding;
	size_t first;
	size_t count; /* 0: it is about the bundle as a whole */
};

/* Finding `index` of result_count. */
const struct silt_finding *silt_sarif_finding(const struct silt_sarif_run *run, size_t index);

struct silt_sarif_places silt_sarif_places(const struct silt_sarif_run *run, const struct silt_finding *finding);
const struct silt_sighting *silt_sarif_place(const struct silt_sarif_places *places, size_t index);

/* sarif_artifacts.c. The index and the collection: false if memory ran out. */
bool silt_sarif_collect_artifacts(struct silt_sarif_run *run);
/* NULL: of the bundle. */
size_t silt_sarif_artifact(const struct silt_sarif_run *run, const struct silt_sighting *sighting);
/* The image and the layer of a sighting, SIZE_MAX for what is not there. */
struct silt_sarif_file silt_sarif_whereabouts(const struct silt_sarif_run *run, const struct silt_sighting *sighting);
/* "artifactLocation": the artifact's URI and index. */
void silt_sarif_artifact_location(struct silt_sarif_run *run, struct silt_json_writer *w, size_t index);
void silt_sarif_artifacts(struct silt_sarif_run *run, struct silt_json_writer *w);

/* sarif_rules.c: what is known of the rules, as "tool". */
bool silt_sarif_collect_rules(struct silt_sarif_run *run);
void silt_sarif_tool(struct silt_sarif_run *run, struct silt_json_writer *w);
size_t silt_sarif_rule_index(const struct silt_sarif_run *run, const char *rule);
const char *silt_sarif_level(enum silt_severity severity);

/* sarif_place.c: one location; `id` 0: it has none. */
void silt_sarif_location(struct silt_sarif_run *run, struct silt_json_writer *w, const struct silt_sighting *sighting,
			 size_t id);
/* How its places came and went, as "codeFlows". */
void silt_sarif_flows(struct silt_sarif_run *run, struct silt_json_writer *w, const struct silt_sarif_places *places);
/* sarif_result.c */
void silt_sarif_results(struct silt_sarif_run *run, struct silt_json_writer *w);

/* Writes a text and empties the buffer; a failure of it becomes one of the run. */
void silt_sarif_put(struct silt_sarif_run *run, struct silt_json_writer *w, const char *key, struct silt_buffer *text);
/* {"text": ...} of a constant or printable text. */
void silt_sarif_message(struct silt_json_writer *w, const char *key, const char *text);

#endif
