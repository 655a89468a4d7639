/* Fuzz target: a whole bundle, from its bytes to both reports. */
#include "silt/silt.h"

#include <stdlib.h>
#include <string.h>

struct input {
	const uint8_t *bytes;
	size_t left;
};

static int64_t read_input(void *ctx, void *buffer, size_t size)
{
	struct input *input = ctx;
	size_t len = input->left < size ? input->left : size;
	if (len > 0) {
		memcpy(buffer, input->bytes, len);
	}
	input->bytes += len;
	input->left -= len;
	return (int64_t)len;
}

static bool swallow(void *ctx, const void *bytes, size_t size)
{
	(void)bytes;
	*(size_t *)ctx += size;
	return true;
}

static void report(const struct silt_result *result, enum silt_format format)
{
	size_t written = 0;
	struct silt_report_options options = {.format = format, .threshold = SILT_SEVERITY_HIGH};
	struct silt_error err = {0};
	if (silt_report_write(&result, 1, &options, (struct silt_sink){swallow, &written}, &err) != SILT_OK ||
	    written == 0) {
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
	struct input input = {data, size};
	struct silt_error err = {0};
	struct silt_bundle *bundle = NULL;
	struct silt_result *result = NULL;
	if (silt_bundle_open_read(read_input, &input, "input", &bundle, &err) != SILT_OK) {
		abort();
	}
	if (silt_audit(bundle, NULL, &result, &err) == SILT_OK) {
		walk(result);
		report(result, SILT_FORMAT_TEXT);
		report(result, SILT_FORMAT_JSON);
	} else if (err.status != SILT_ERR_INPUT || err.text[0] == '\0') {
		abort(); /* nothing but the input may be at fault, and it is said how */
	}
	silt_result_free(result);
	silt_bundle_free(bundle);
	return 0;
}
