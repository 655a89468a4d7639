/*
 * Fuzz target: a whole bundle, from its bytes to both reports. The text holds nothing that could steer a terminal, the
 * JSON is JSON, and a bundle that was not looked at in whole does not pass.
 */
#include "silt/silt.h"

#include "base/escape.h"
#include "base/json.h"
#include "base/limits.h"

#include "fuzz/in_and_out.h"
#include "support/judged.h"

#include <stdlib.h>

/* Lines of text, in which escapes are written with backslashes: what stands between those is plain. */
static void check_text(struct silt_bytes report)
{
	for (size_t i = 0; i < report.len; i++) {
		if (report.ptr[i] < ' ' && report.ptr[i] != '\n') {
			abort();
		}
	}
	struct silt_bytes line, part;
	while (silt_bytes_cut(&report, '\n', &line)) {
		while (silt_bytes_cut(&line, '\\', &part)) {
			if (!silt_is_plain(part)) {
				abort();
			}
		}
	}
}

static void check_json(struct silt_bytes report)
{
	struct silt_json *json = NULL;
	struct silt_error err = {0};
	if (report.len > silt_default_limits.value[SILT_LIMIT_JSON_BYTES]) {
		return; /* the reader here is for documents of bundles */
	}
	if (silt_json_parse(report, &json, &err) != SILT_OK || silt_json_collision(json, 0)) {
		abort();
	}
	silt_json_free(json);
}

static void report(const struct silt_result *result, enum silt_format format)
{
	struct silt_buffer out = {0};
	struct silt_report_options options = {.format = format};
	struct silt_error err = {0};
	if (judged_report(&result, 1, SILT_SEVERITY_HIGH, &options, (struct silt_sink){fuzz_collect, &out}, &err) !=
	    SILT_OK) {
		abort();
	}
	if (format == SILT_FORMAT_TEXT) {
		check_text(silt_buffer_bytes(&out));
	} else {
		check_json(silt_buffer_bytes(&out));
	}
	silt_buffer_done(&out);
}

/* Gaps and verdict agree. */
static void check_verdict(const struct silt_result *result)
{
	bool incomplete = judged_verdict(result) == SILT_VERDICT_INCOMPLETE;
	const struct silt_coverage *coverage = silt_result_coverage(result);
	if (incomplete != (coverage->gap_count > 0)) {
		abort();
	}
}

/* Entries of every image can be walked, and their fates are within the enum. */
static void walk(const struct silt_result *result)
{
	size_t images;
	const struct silt_image *image = silt_result_images(result, &images);
	for (size_t i = 0; i < images; i++) {
		for (size_t layer = 0; layer < image[i].layer_count; layer++) {
			struct silt_entry_view view;
			for (size_t entry = 0; silt_image_entry(&image[i], layer, entry, &view); entry++) {
				if (view.fate > SILT_FATE_VISIBLE) {
					abort();
				}
			}
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, size};
	struct silt_error err = {0};
	struct silt_bundle *bundle = NULL;
	struct silt_result *result = NULL;
	if (silt_bundle_open_read(fuzz_read, &input, "input", &bundle, &err) != SILT_OK) {
		abort();
	}
	if (silt_audit(bundle, NULL, &result, &err) == SILT_OK) {
		walk(result);
		check_verdict(result);
		report(result, SILT_FORMAT_TEXT);
		report(result, SILT_FORMAT_JSON);
	} else if (err.status != SILT_ERR_INPUT || err.text[0] == '\0') {
		abort(); /* nothing but the input may be at fault, and it is said how */
	}
	silt_result_free(result);
	silt_bundle_free(bundle);
	return 0;
}
