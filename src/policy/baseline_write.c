/* Writing baselines: every finding that is not accepted by something else, once, by fingerprint. */
#include "silt/baseline.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "policy/baseline.h"

#include <stdlib.h>
#include <string.h>

static bool is_wanted(const struct silt_finding *finding)
{
	return finding->standing != SILT_STANDING_ALLOWED && finding->standing != SILT_STANDING_WAIVED;
}

/* By fingerprint; of equal ones the worst first. */
static int order_findings(const void *left, const void *right)
{
	const struct silt_finding *a = *(const struct silt_finding *const *)left;
	const struct silt_finding *b = *(const struct silt_finding *const *)right;
	int order = strcmp(a->fingerprint, b->fingerprint);
	if (order == 0) {
		order = (a->severity < b->severity) - (a->severity > b->severity);
	}
	return order != 0 ? order : (a->exposure < b->exposure) - (a->exposure > b->exposure);
}

/* NULL if memory ran out. */
static const struct silt_finding **collect(const struct silt_judgement *const *judgements, size_t count, size_t *found)
{
	size_t all = 0;
	for (size_t i = 0; i < count; i++) {
		all += judgements[i]->finding_count;
	}
	const struct silt_finding **list = calloc(all + 1, sizeof(*list));
	*found = 0;
	for (size_t i = 0; list && i < count; i++) {
		for (size_t k = 0; k < judgements[i]->finding_count; k++) {
			if (is_wanted(&judgements[i]->findings[k])) {
				list[(*found)++] = &judgements[i]->findings[k];
			}
		}
	}
	if (list && *found > 0) {
		qsort(list, *found, sizeof(const struct silt_finding *), order_findings);
	}
	return list;
}

static void write_finding(struct silt_json_writer *w, const struct silt_finding *finding)
{
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "fingerprint", finding->fingerprint);
	silt_json_write_text(w, "severity", silt_severity_name(finding->severity));
	silt_json_write_text(w, "exposure", silt_fate_name(finding->exposure));
	silt_json_write_text(w, "rule", finding->rule);
	silt_json_write_text(w, "subject", finding->subject);
	silt_json_close(w);
}

static void write_document(struct silt_json_writer *w, const struct silt_finding *const *list, size_t count,
			   int64_t now)
{
	char day[SILT_DATE_SIZE];
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "schema", SILT_BASELINE_SCHEMA);
	if (now > 0) {
		silt_json_write_text(w, "created", silt_date_text(now, day));
	} else {
		silt_json_write_null(w, "created");
	}
	silt_json_open_array(w, "findings");
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || strcmp(list[i - 1]->fingerprint, list[i]->fingerprint) != 0) {
			write_finding(w, list[i]);
		}
	}
	silt_json_close(w);
	silt_json_close(w);
}

enum silt_status silt_baseline_write(const struct silt_judgement *const *judgements, size_t count, int64_t now,
				     struct silt_sink sink, struct silt_error *err)
{
	size_t found;
	const struct silt_finding **list = collect(judgements, count, &found);
	struct silt_json_writer *w = NULL;
	struct silt_buffer document = {0};
	if (!list) {
		return silt_fail_memory(err);
	}
	enum silt_status status = silt_json_writer_new(&w, err);
	if (status == SILT_OK) {
		write_document(w, list, found, now);
		status = silt_json_writer_end(w, &document, err);
	}
	if (status == SILT_OK && !sink.write(sink.ctx, document.ptr, document.len)) {
		status = silt_fail(err, SILT_ERR_IO, "the baseline could not be written");
	}
	silt_json_writer_free(w);
	silt_buffer_done(&document);
	free((void *)list);
	return status;
}
