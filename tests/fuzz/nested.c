/*
 * Fuzz target: a file of a layer that may be an archive of archives. What is found in it and what is said of it may not
 * depend on how the layer is cut into blocks.
 */
#include "base/secure.h"
#include "layer/survey.h"
#include "support/tar_writer.h"

#include <stdlib.h>

static void need(bool ok)
{
	if (!ok) {
		abort();
	}
}

struct cut_source {
	struct silt_bytes rest;
	size_t block;
};

static enum silt_status next_cut(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	(void)err;
	struct cut_source *source = ctx;
	*block = silt_bytes_slice(source->rest, 0, source->block);
	source->rest = silt_bytes_slice(source->rest, source->block, source->rest.len);
	return SILT_OK;
}

struct outcome {
	size_t hits;
	uint64_t offsets, names;
	size_t anomalies;
	bool complete;
};

static struct outcome survey(struct silt_bytes layer, size_t block)
{
	static struct silt_matcher *matcher;
	if (!matcher) {
		need(silt_secure_init(NULL) == SILT_OK && silt_matcher_new(&matcher, NULL) == SILT_OK);
	}
	struct cut_source cut = {layer, block};
	struct silt_record *record = NULL;
	need(silt_survey_layer((struct silt_source){.next = next_cut, .ctx = &cut},
			       &(struct silt_survey_wish){.matcher = matcher}, &record, NULL) == SILT_OK);
	struct outcome outcome = {record->hit_count, 0, 0, record->anomaly_count, record->complete};
	for (size_t i = 0; i < record->hit_count; i++) {
		outcome.offsets += record->hits[i].offset;
		outcome.names += record->hits[i].inner.len;
	}
	silt_record_free(record);
	return outcome;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tar_writer w = {0};
	tar_file(&w, "file.gz", 0644, silt_bytes(data, size));
	tar_end(&w);
	struct outcome whole = survey(tar_bytes(&w), w.out.len), pieces = survey(tar_bytes(&w), 512);
	need(whole.hits == pieces.hits && whole.offsets == pieces.offsets && whole.names == pieces.names);
	need(whole.anomalies == pieces.anomalies && whole.complete == pieces.complete);
	tar_done(&w);
	return 0;
}
