/* One pass over the events of a tar: entries collected, every byte matched once. */
#include "layer/survey.h"

#include "base/escape.h"
#include "content/archive.h"
#include "layer/capture.h"
#include "layer/contents.h"
#include "layer/hidden_start.h"
#include "layer/kept.h"
#include "layer/nested.h"
#include "layer/owned.h"
#include "layer/program_head.h"
#include "layer/pulled_body.h"
#include "layer/repeats.h"

#include <stdlib.h>

struct silt_survey {
	struct silt_collector collector;
	struct silt_lanes lanes;
	struct silt_nested *nested; /* owns; made with the first body */
	struct silt_owned owned;
	struct silt_contents contents;
	struct silt_keeper keeper;
	uint32_t entry;                         /* the last one added */
	bool sparse;                            /* the last one has holes: its pieces need not add up to its size */
	uint64_t body_next;                     /* where the next DATA of the open body should begin */
	size_t gap_hits;                        /* hits before the present run of unclaimed bytes */
	struct silt_hidden_start tail, trailer; /* behind the end of the tar; of the compression */
	struct silt_body_capture capture;
	struct silt_program_head head;
	enum silt_aside aside;
	uint64_t aside_offset, aside_bytes;
};

enum silt_status silt_survey_new(const struct silt_survey_wish *wish, struct silt_survey **out, struct silt_error *err)
{
	struct silt_survey *survey = calloc(1, sizeof(*survey));
	if (!survey) {
		return silt_fail_memory(err);
	}
	survey->lanes = (struct silt_lanes){.matcher = wish->matcher,
					    .keep_secrets = wish->keep_secrets,
					    .total = wish->total,
					    .pulse = wish->pulse,
					    .spare = wish->spare,
					    .collector = &survey->collector};
	survey->contents = (struct silt_contents){
		.wanted = wish->digests, .names = wish->keep_names, .name_count = wish->keep_name_count};
	survey->keeper = (struct silt_keeper){.names = wish->keep_names, .count = wish->keep_name_count};
	survey->entry = UINT32_MAX;
	enum silt_status status = silt_collector_init(&survey->collector, wish->limits, err);
	if (status != SILT_OK) {
		silt_survey_free(survey);
		return status;
	}
	survey->collector.entry_bytes_total = wish->entry_bytes;
	*out = survey;
	return SILT_OK;
}

void silt_survey_free(struct silt_survey *survey)
{
	if (!survey) {
		return;
	}
	silt_nested_free(survey->nested);
	silt_lanes_done(&survey->lanes);
	silt_owned_done(&survey->owned);
	silt_contents_done(&survey->contents);
	silt_keeper_done(&survey->keeper);
	silt_collector_done(&survey->collector);
	silt_capture_done(&survey->capture);
	silt_program_head_done(&survey->head);
	silt_hidden_start_done(&survey->tail);
	silt_hidden_start_done(&survey->trailer);
	free(survey);
}

/* ---- Bodies -------------------------------------------------------------------------------------------------------- */

/* The first piece of a body tells whether it is worth keeping, and what cannot be opened. */
static enum silt_status look_at_start(struct silt_survey *survey, struct silt_bytes start, struct silt_error *err)
{
	const struct silt_record *record = survey->collector.record;
	if (survey->entry == UINT32_MAX) {
		return SILT_OK;
	}
	silt_capture_begin(&survey->capture, &survey->collector, survey->entry, start);
	if (survey->sparse && silt_archive_sniff(start)) {
		return silt_collect_anomaly(&survey->collector, SILT_ANOMALY_NESTED_SEALED, survey->entry,
					    silt_entry_offset(&record->entries[survey->entry]), err,
					    "an archive stored as a sparse file, which is not opened");
	}
	return SILT_OK;
}

static void mark_truncated(struct silt_survey *survey)
{
	if (survey->entry != UINT32_MAX) {
		survey->collector.record->entries[survey->entry].flags |= SILT_ENTRY_TRUNCATED;
	}
}

/* A body that was not ended by its last DATA was cut off. */
static enum silt_status close_body(struct silt_survey *survey, struct silt_error *err)
{
	enum silt_status status = silt_program_head_end(&survey->head, &survey->collector, survey->entry, err);
	if (status != SILT_OK || !survey->lanes.open[SILT_LANE_BODY]) {
		return status;
	}
	mark_truncated(survey);
	silt_capture_drop(&survey->capture);
	return silt_lane_close(&survey->lanes, SILT_LANE_BODY, err);
}

static enum silt_status take_entry(struct silt_survey *survey, const struct silt_tar_entry *entry,
				   struct silt_error *err)
{
	enum silt_status status = close_body(survey, err);
	if (status == SILT_OK) {
		status = silt_lane_close(&survey->lanes, SILT_LANE_UNCLAIMED, err);
	}
	if (status == SILT_OK) {
		survey->sparse = entry->sparse;
		status = silt_collect_entry(&survey->collector, entry, &survey->entry, err);
	}
	if (status != SILT_OK || !survey->lanes.matcher) {
		return status;
	}
	if (survey->entry != UINT32_MAX) {
		status = silt_match_header(&survey->lanes, entry, survey->entry, survey->gap_hits, err);
		survey->gap_hits = survey->collector.record->hit_count;
	}
	if (status == SILT_OK && survey->entry != UINT32_MAX) {
		status = silt_capture_empty(&survey->collector, survey->entry, err);
	}
	return status;
}

/* Where a match in the body of the present entry is. Of an entry that was left out only the place in the layer is known. */
static struct silt_hit body_origin(const struct silt_survey *survey, uint64_t offset)
{
	if (survey->entry == UINT32_MAX) {
		return (struct silt_hit){.place = SILT_HIT_UNCLAIMED, .entry = UINT32_MAX, .offset = offset};
	}
	return (struct silt_hit){.place = SILT_HIT_BODY, .entry = survey->entry, .offset = offset};
}

/* The reader ends a body also where the archive ends in the middle of it. */
static void note_short_body(struct silt_survey *survey, bool last)
{
	const struct silt_record *record = survey->collector.record;
	if (last && !survey->sparse && survey->entry != UINT32_MAX &&
	    survey->body_next < record->entries[survey->entry].size) {
		mark_truncated(survey);
	}
}

/* What is done with a piece of a body when entries are all that is wanted. */
static enum silt_status pass_data(struct silt_survey *survey, const struct silt_tar_event *event,
				  struct silt_error *err)
{
	survey->lanes.open[SILT_LANE_BODY] = !event->last;
	survey->body_next = event->offset + event->bytes.len;
	note_short_body(survey, event->last);
	silt_pulse_beat(survey->lanes.pulse);
	enum silt_status status = silt_contents_data(&survey->contents, &survey->collector, survey->entry, event, err);
	return status == SILT_OK ? silt_keeper_data(&survey->keeper, &survey->collector, survey->entry, event, err)
				 : status;
}

static enum silt_status take_data(struct silt_survey *survey, const struct silt_tar_event *event,
				  struct silt_error *err)
{
	if (!survey->lanes.matcher) {
		return pass_data(survey, event, err);
	}
	enum silt_status status = silt_lane_close(&survey->lanes, SILT_LANE_UNCLAIMED, err);
	/* Behind a hole of a sparse file a new stream begins: the bytes on its two sides are not neighbours. */
	if (status == SILT_OK && survey->lanes.open[SILT_LANE_BODY] && event->offset != survey->body_next) {
		status = silt_lane_close(&survey->lanes, SILT_LANE_BODY, err);
	}
	if (status == SILT_OK && event->offset == 0) {
		status = look_at_start(survey, event->bytes, err);
	}
	if (status == SILT_OK && survey->entry != UINT32_MAX) {
		status = silt_program_head_data(&survey->head, &survey->collector, survey->entry, event, err);
	}
	if (status == SILT_OK && !survey->lanes.open[SILT_LANE_BODY]) {
		status = silt_lane_open(&survey->lanes, SILT_LANE_BODY, body_origin(survey, event->offset), err);
	}
	if (status == SILT_OK) {
		survey->body_next = event->offset + event->bytes.len;
		note_short_body(survey, event->last);
		status = silt_lane_feed(&survey->lanes, SILT_LANE_BODY, event->bytes, event->last, err);
	}
	if (status == SILT_OK) {
		status = silt_contents_data(&survey->contents, &survey->collector, survey->entry, event, err);
	}
	if (status == SILT_OK) {
		status = silt_owned_data(&survey->owned, &survey->collector, survey->entry, event, err);
	}
	return status == SILT_OK ? silt_capture_data(&survey->capture, &survey->collector, event, err) : status;
}

static enum silt_status read_inside(struct silt_survey *survey, struct silt_source pieces, struct silt_error *err)
{
	if (survey->entry == UINT32_MAX || !survey->lanes.matcher) {
		return silt_source_drain(pieces,
					 err); /* there is no entry that a hit could be in, or nobody looks for one */
	}
	enum silt_status status = survey->nested ? SILT_OK : silt_nested_new(&survey->lanes, &survey->nested, err);
	return status == SILT_OK ? silt_nested_read(survey->nested, survey->entry, pieces, err) : status;
}

enum silt_status silt_survey_body(struct silt_survey *survey, struct silt_source source, uint64_t size,
				  struct silt_error *err)
{
	struct silt_pulled_body body = {.survey = survey, .source = source, .size = size};
	struct silt_record *record = survey->collector.record;
	size_t hits = record->hit_count;
	enum silt_status status = read_inside(survey, silt_pulled_body(&body), err);
	if (status == SILT_OK) {
		status = silt_drop_repeats(record, hits, survey->entry, &(struct silt_bytes){0}, 1, err);
		survey->gap_hits = survey->gap_hits < record->hit_count ? survey->gap_hits : record->hit_count;
	}
	return status == SILT_OK ? silt_owned_body_end(&survey->owned, err) : status;
}

/* ---- Everything else ----------------------------------------------------------------------------------------------- */

static enum silt_status take_gap(struct silt_survey *survey, const struct silt_tar_event *event, struct silt_error *err)
{
	enum silt_status status =
		silt_hidden_start_feed(&survey->tail, &survey->collector, event->offset, event->bytes, err);
	if (!survey->lanes.matcher) {
		silt_pulse_beat(survey->lanes.pulse);
		return status;
	}
	if (status == SILT_OK && !survey->lanes.open[SILT_LANE_UNCLAIMED]) {
		struct silt_hit origin = {.place = SILT_HIT_UNCLAIMED, .entry = UINT32_MAX, .offset = event->offset};
		survey->gap_hits = survey->collector.record->hit_count;
		status = silt_lane_open(&survey->lanes, SILT_LANE_UNCLAIMED, origin, err);
	}
	return status == SILT_OK ? silt_lane_feed(&survey->lanes, SILT_LANE_UNCLAIMED, event->bytes, false, err)
				 : status;
}

static enum silt_status take_note(struct silt_survey *survey, const struct silt_tar_event *event,
				  struct silt_error *err)
{
	if (event->note == SILT_TAR_NOTE_TAIL) {
		silt_hidden_start_begin(&survey->tail, event->offset);
	}
	if (event->note == SILT_TAR_NOTE_NO_END) {
		return SILT_OK; /* umoci and others write none; nothing is missing */
	}
	return silt_collect_limit(&survey->collector, silt_anomaly_of_note(event->note), event->limit, UINT32_MAX,
				  event->offset, err, "%s", event->text);
}

static enum silt_status take_end(struct silt_survey *survey, struct silt_error *err)
{
	enum silt_status status = close_body(survey, err);
	if (status == SILT_OK) {
		status = silt_hidden_start_end(&survey->tail, &survey->collector, err);
	}
	return status == SILT_OK ? silt_lane_close(&survey->lanes, SILT_LANE_UNCLAIMED, err) : status;
}

enum silt_status silt_survey_event(struct silt_survey *survey, const struct silt_tar_event *event,
				   struct silt_error *err)
{
	switch (event->kind) {
	case SILT_TAR_ENTRY:
		return take_entry(survey, event->entry, err);
	case SILT_TAR_DATA:
		return take_data(survey, event, err);
	case SILT_TAR_GAP:
		return take_gap(survey, event, err);
	case SILT_TAR_NOTE:
		return take_note(survey, event, err);
	case SILT_TAR_END:
		return take_end(survey, err);
	}
	return SILT_OK;
}

uint32_t silt_survey_entry(const struct silt_survey *survey)
{
	return survey->entry;
}

/* ---- Framing of the compression ------------------------------------------------------------------------------------ */

/* What gzip -N and zstd:chunked put there is normal; the check decides. Undecoded bytes are damage, told by the report. */
static enum silt_status note_aside(struct silt_survey *survey, struct silt_error *err)
{
	enum silt_status status = silt_hidden_start_end(&survey->trailer, &survey->collector, err);
	if (status != SILT_OK || survey->aside == SILT_ASIDE_UNDECODED || survey->aside_bytes == 0) {
		return status;
	}
	return silt_collect_anomaly(&survey->collector, SILT_ANOMALY_FRAMING, UINT32_MAX, survey->aside_offset, err,
				    "%s of %llu bytes", silt_aside_name(survey->aside),
				    (unsigned long long)survey->aside_bytes);
}

enum silt_status silt_survey_aside(void *ctx, enum silt_aside aside, uint64_t offset, bool start, bool end,
				   struct silt_bytes bytes, struct silt_error *err)
{
	struct silt_survey *survey = ctx;
	enum silt_status status = SILT_OK;
	if (start) {
		struct silt_hit origin = {.place = SILT_HIT_FRAMING,
					  .entry = UINT32_MAX,
					  .offset = offset,
					  .field = silt_aside_name(aside)};
		survey->aside = aside;
		survey->aside_offset = offset;
		survey->aside_bytes = 0;
		status = silt_lane_open(&survey->lanes, SILT_LANE_FRAMING, origin, err);
		if (aside == SILT_ASIDE_TRAILER) {
			silt_hidden_start_begin(&survey->trailer, offset);
		}
	}
	if (status == SILT_OK) {
		status = silt_hidden_start_feed(&survey->trailer, &survey->collector, offset, bytes, err);
	}
	survey->aside_bytes += bytes.len;
	if (status == SILT_OK) {
		status = silt_lane_feed(&survey->lanes, SILT_LANE_FRAMING, bytes, end, err);
	}
	return status == SILT_OK && end ? note_aside(survey, err) : status;
}

enum silt_status silt_survey_inflated(struct silt_survey *survey, const struct silt_inflate_report *report,
				      struct silt_error *err)
{
	survey->collector.record->compression = report->compression;
	enum silt_status status = silt_collect_ratio(&survey->collector, SILT_ANOMALY_RATIO, UINT32_MAX,
						     silt_compression_name(report->compression), report->in,
						     report->out, err);
	if (status != SILT_OK || report->end == SILT_INFLATE_COMPLETE) {
		return status;
	}
	silt_drop_consequences(survey->collector.record, report->out);
	return silt_collect_limit(&survey->collector, silt_inflate_anomaly(report), report->limit, UINT32_MAX,
				  report->damage_offset, err, "%s", report->damage);
}

/* ---- Documents ----------------------------------------------------------------------------------------------------- */

static enum silt_status take_string(void *ctx, const char *path, struct silt_bytes string, bool is_key,
				    struct silt_error *err)
{
	(void)is_key;
	struct silt_survey *survey = ctx;
	struct silt_hit origin = {.place = SILT_HIT_FIELD, .entry = UINT32_MAX, .field = path};
	return silt_lane_string(&survey->lanes, origin, string, err);
}

enum silt_status silt_survey_document(struct silt_survey *survey, const struct silt_json *document,
				      struct silt_error *err)
{
	return silt_json_each_string(document, take_string, survey, err);
}

const struct silt_record *silt_survey_record(const struct silt_survey *survey)
{
	return survey->collector.record;
}

enum silt_status silt_survey_anomaly(struct silt_survey *survey, enum silt_anomaly_kind kind, enum silt_limit_id limit,
				     struct silt_error *err, const char *text)
{
	const struct silt_record *record = survey->collector.record;
	uint64_t offset = survey->entry == UINT32_MAX ? 0 : silt_entry_offset(&record->entries[survey->entry]);
	return silt_collect_limit(&survey->collector, kind, limit, survey->entry, offset, err, "%s", text);
}

enum silt_status silt_survey_given_up(struct silt_survey *survey, uint64_t offset, struct silt_error *err)
{
	return silt_collect_limit(&survey->collector, SILT_ANOMALY_TAR_TRUNCATED, SILT_LIMIT_STALL_SECONDS, UINT32_MAX,
				  offset, err, "nothing more came, and nobody waited for it");
}

enum silt_status silt_survey_end(struct silt_survey *survey, struct silt_record **out, struct silt_error *err)
{
	enum silt_status status = take_end(survey, err);
	if (status == SILT_OK) {
		silt_owned_end(survey->collector.record);
		*out = survey->collector.record;
		survey->collector.record = NULL;
	}
	return status;
}
