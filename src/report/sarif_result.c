/* Results: one for each finding. */
#include "report/sarif.h"

#include "report/place.h"

enum {
	SUBJECT_COLUMNS = 300,
	HASH_DIGITS = 16,
	LINKS_MAX = 10,
};

/* ---- The message ------------------------------------------------------------------------------------------------- */

/* " Seen in 3 places: ..., [2](1), [3](2)." Numbers lead to related locations. */
static void tell_places(const struct silt_sarif_run *run, struct silt_prose *prose,
			const struct silt_sarif_places *places)
{
	size_t links = places->count <= LINKS_MAX ? places->count : LINKS_MAX;
	size_t all = places->finding->sighting_count;
	if (all == 0) {
		return;
	}
	if (all == 1) {
		silt_prose_words(prose, " Seen at ");
	} else {
		silt_buffer_printf(&prose->out, " Seen at %zu places: ", all);
	}
	silt_place_tell(prose, run->images, run->image_count, silt_sarif_place(places, 0));
	for (size_t i = 1; i < links; i++) {
		silt_prose_words(prose, ", ");
		silt_prose_link(prose, i + 1, i);
	}
	if (all > links) {
		silt_buffer_printf(&prose->out, " and %zu more", all - links);
	}
	silt_prose_stop(prose);
}

static void tell_finding(const struct silt_sarif_run *run, struct silt_prose *prose,
			 const struct silt_sarif_places *places)
{
	const struct silt_finding *finding = places->finding;
	silt_prose_text(prose, finding->title);
	if (finding->subject[0]) {
		silt_prose_words(prose, ": ");
		silt_prose_name(prose, finding->subject, SUBJECT_COLUMNS);
	}
	silt_prose_stop(prose);
	if (finding->detail[0]) {
		silt_prose_words(prose, " ");
		silt_prose_text(prose, finding->detail);
		silt_prose_stop(prose);
	}
	tell_places(run, prose, places);
	if (finding->remedy[0]) {
		silt_prose_words(prose, " ");
		silt_prose_text(prose, finding->remedy);
		silt_prose_stop(prose);
	}
}

static void write_message(struct silt_sarif_run *run, struct silt_json_writer *w,
			  const struct silt_sarif_places *places)
{
	struct silt_prose plain = {0}, markdown = {.markdown = true};
	tell_finding(run, &plain, places);
	tell_finding(run, &markdown, places);
	silt_json_open_object(w, "message");
	silt_sarif_put(run, w, "text", &plain.out);
	silt_sarif_put(run, w, "markdown", &markdown.out);
	silt_json_close(w);
}

/* ---- Locations --------------------------------------------------------------------------------------------------- */

/* What is about the bundle as a whole is at its beginning. */
static void write_bundle_location(struct silt_sarif_run *run, struct silt_json_writer *w)
{
	silt_json_open_object(w, NULL);
	silt_json_open_object(w, "physicalLocation");
	silt_sarif_artifact_location(run, w, 0);
	silt_json_open_object(w, "region");
	silt_json_write_unsigned(w, "startLine", 1);
	silt_json_close(w);
	silt_json_close(w);
	silt_json_close(w);
}

/* One location: several would mean that all of them must be changed at once. The others are related. */
static void write_locations(struct silt_sarif_run *run, struct silt_json_writer *w,
			    const struct silt_sarif_places *places)
{
	silt_json_open_array(w, "locations");
	if (places->count == 0) {
		write_bundle_location(run, w);
	} else {
		silt_sarif_location(run, w, silt_sarif_place(places, 0), 0);
	}
	silt_json_close(w);
	if (places->count <= 1) {
		return;
	}
	silt_json_open_array(w, "relatedLocations");
	for (size_t i = 1; i < places->count; i++) {
		silt_sarif_location(run, w, silt_sarif_place(places, i), i);
	}
	silt_json_close(w);
}

/* ---- The rest ---------------------------------------------------------------------------------------------------- */

/*
 * By which results of two runs are matched. GitHub looks at the first one alone, and wants it to look as if it were the
 * hash of a line and a number that tells equal lines apart.
 */
static void write_fingerprints(struct silt_sarif_run *run, struct silt_json_writer *w, const char *fingerprint)
{
	struct silt_buffer hash = {0};
	silt_buffer_printf(&hash, "%.*s:1", HASH_DIGITS, fingerprint);
	silt_json_open_object(w, "partialFingerprints");
	silt_sarif_put(run, w, "primaryLocationLineHash", &hash);
	silt_json_write_text(w, "silt/v1", fingerprint);
	silt_json_close(w);
}

/* All results of a run have the array or none has: an empty one says that the result stands. */
static void write_suppressions(struct silt_json_writer *w, const struct silt_finding *finding)
{
	silt_json_open_array(w, "suppressions");
	if (silt_is_excused(finding)) {
		const char *why = finding->suppressed[0] ? finding->suppressed : finding->standing_why;
		silt_json_open_object(w, NULL);
		silt_json_write_text(w, "kind", "external");
		silt_json_write_text(w, "status", "accepted");
		silt_json_write_text(w, "justification", why[0] ? why : silt_standing_name(finding->standing));
		silt_json_close(w);
	}
	silt_json_close(w);
}

static void write_properties(struct silt_json_writer *w, const struct silt_finding *finding)
{
	silt_json_open_object(w, "properties");
	silt_json_write_text(w, "severity", silt_severity_name(finding->severity));
	silt_json_write_text(w, "confidence", silt_confidence_name(finding->confidence));
	silt_json_write_text(w, "exposure", silt_fate_name(finding->exposure));
	silt_json_write_text(w, "heritage", silt_heritage_name(finding->heritage));
	silt_json_write_text(w, "standing", silt_standing_name(finding->standing));
	if (finding->pattern[0]) {
		silt_json_write_text(w, "pattern", finding->pattern);
	}
	silt_json_write_unsigned(w, "places", finding->sighting_count);
	silt_json_close(w);
}

static void write_result(struct silt_sarif_run *run, struct silt_json_writer *w, const struct silt_finding *finding)
{
	struct silt_sarif_places places = silt_sarif_places(run, finding);
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "ruleId", finding->rule);
	silt_json_write_unsigned(w, "ruleIndex", silt_sarif_rule_index(run, finding->rule));
	silt_json_write_text(w, "level", silt_sarif_level(finding->severity));
	write_message(run, w, &places);
	write_locations(run, w, &places);
	write_fingerprints(run, w, finding->fingerprint);
	silt_sarif_flows(run, w, &places);
	write_suppressions(w, finding);
	write_properties(w, finding);
	silt_json_close(w);
}

void silt_sarif_results(struct silt_sarif_run *run, struct silt_json_writer *w)
{
	silt_json_open_array(w, "results");
	for (size_t i = 0; i < run->result_count; i++) {
		write_result(run, w, silt_sarif_finding(run, i));
	}
	silt_json_close(w);
}
