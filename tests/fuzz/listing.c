/*
 * Fuzz target: everything that lists what is in a bundle. Text has nothing that could steer a terminal, lines of JSON are
 * JSON, a bodyfile has eleven fields in each line, and what fails says why.
 */
#include "silt/silt.h"

#include "base/escape.h"
#include "base/json.h"

#include "fuzz/in_and_out.h"

#include <stdlib.h>

static void must(bool holds)
{
	if (!holds) {
		abort();
	}
}

static void check_plain(struct silt_bytes text)
{
	struct silt_bytes line, part;
	while (silt_bytes_cut(&text, '\n', &line)) {
		while (silt_bytes_cut(&line, '\\', &part)) {
			must(silt_is_plain(part));
		}
	}
}

static void check_lines(struct silt_bytes text, enum silt_listing_format format)
{
	struct silt_bytes line, field;
	while (format != SILT_LISTING_TEXT && silt_bytes_cut(&text, '\n', &line)) {
		if (format == SILT_LISTING_JSONL) {
			struct silt_json *json = NULL;
			struct silt_error err = {0};
			must(silt_json_parse(line, &json, &err) == SILT_OK && !silt_json_collision(json, 0));
			silt_json_free(json);
		} else {
			size_t fields = 0;
			for (; silt_bytes_cut(&line, '|', &field); fields++) {
			}
			must(fields == 11);
		}
	}
}

/* Takes what `out` has. */
static void check(enum silt_status status, const struct silt_error *err, enum silt_listing_format format,
		  struct silt_buffer *out)
{
	must(status == SILT_OK || ((status == SILT_ERR_USAGE || status == SILT_ERR_INPUT) && err->text[0] != '\0'));
	check_plain(silt_buffer_bytes(out));
	check_lines(silt_buffer_bytes(out), format);
	silt_buffer_done(out);
}

static void check_lists(const struct silt_result *result, size_t image, size_t layers)
{
	static const enum silt_listing_format formats[] = {SILT_LISTING_TEXT, SILT_LISTING_JSONL, SILT_LISTING_TREE};
	for (size_t i = 0; i < 4 * SILT_COUNT(formats); i++) {
		struct silt_error err = {0};
		struct silt_buffer out = {0};
		const struct silt_list_options options = {.format = formats[i / 4],
							  .view = (enum silt_list_view)(i % 4),
							  .layer = layers > 0 ? layers - 1 : 0,
							  .details = true,
							  .recursive = true};
		const enum silt_status status =
			silt_list_write(result, image, &options, (struct silt_sink){fuzz_collect, &out}, &err);
		check(status, &err, options.format == SILT_LISTING_JSONL ? SILT_LISTING_JSONL : SILT_LISTING_TEXT,
		      &out);
	}
}

/* The history of the first entry's name. */
static void check_path(const struct silt_result *result, size_t image, const struct silt_image *of)
{
	struct silt_entry_view view;
	struct silt_error err = {0};
	struct silt_buffer out = {0}, path = {0};
	if (of->layer_count > 0 && silt_image_entry(of, 0, 0, &view)) {
		silt_buffer_add(&path, view.folder);
		silt_buffer_add_text(&path, "/");
		silt_buffer_add(&path, view.name);
	}
	const enum silt_status status = silt_path_history_write(NULL, result, image, silt_buffer_text(&path),
								SILT_LISTING_TEXT,
								(struct silt_sink){fuzz_collect, &out}, &err);
	check(status, &err, SILT_LISTING_TEXT, &out);
	silt_buffer_done(&path);
}

static void check_image(const struct silt_result *result, size_t image, const struct silt_image *of)
{
	static const enum silt_listing_format formats[] = {SILT_LISTING_BODYFILE, SILT_LISTING_JSONL};
	const struct silt_hash_options all = {.all = true, .escaped = true};
	struct silt_error err = {0};
	struct silt_buffer out = {0};
	const struct silt_sink sink = {fuzz_collect, &out};
	for (size_t i = 0; i < SILT_COUNT(formats); i++) {
		check(silt_timeline_write(result, image, formats[i], sink, &err), &err, formats[i], &out);
	}
	check(silt_timeline_write(result, image, SILT_LISTING_CSV, sink, &err), &err, SILT_LISTING_TEXT, &out);
	check(silt_history_write(result, image, SILT_LISTING_JSONL, sink, &err), &err, SILT_LISTING_JSONL, &out);
	check(silt_history_write(result, image, SILT_LISTING_TEXT, sink, &err), &err, SILT_LISTING_TEXT, &out);
	check(silt_hash_write(result, image, &all, sink, &err), &err, SILT_LISTING_TEXT, &out);
	check_lists(result, image, of->layer_count);
	check_path(result, image, of);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, size};
	struct silt_error err = {0};
	struct silt_bundle *bundle = NULL;
	struct silt_result *result = NULL;
	const struct silt_options options = {.entries_only = true, .keep_digests = true};
	must(silt_bundle_open_read(fuzz_read, &input, "input", &bundle, &err) == SILT_OK);
	if (silt_audit(bundle, &options, &result, &err) == SILT_OK) {
		size_t count;
		const struct silt_image *images = silt_result_images(result, &count);
		for (size_t i = 0; i < count; i++) {
			check_image(result, i, &images[i]);
		}
	}
	silt_result_free(result);
	silt_bundle_free(bundle);
	return 0;
}
