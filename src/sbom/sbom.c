/* A bill of materials: gathered, settled, written. */
#include "sbom/document.h"

static const struct {
	const char *name;
	enum silt_status (*write)(struct silt_sbom_document *document, struct silt_error *err);
} formats[] = {
	[SILT_SBOM_CYCLONEDX] = {"cyclonedx", silt_sbom_write_cyclonedx},
	[SILT_SBOM_SPDX] = {"spdx", silt_sbom_write_spdx},
};

const char *silt_sbom_format_name(enum silt_sbom_format format)
{
	return (size_t)format < SILT_COUNT(formats) ? formats[format].name : NULL;
}

static enum silt_status write_document(const struct silt_sbom_inventory *inventory, const struct silt_image *image,
				       const struct silt_sbom_options *options, struct silt_sink sink,
				       struct silt_error *err)
{
	struct silt_sbom_document document = {.inventory = inventory, .image = image, .options = options};
	document.outlet = silt_outlet(sink, err);
	enum silt_status status = silt_sbom_document_begin(&document, err);
	if (status == SILT_OK) {
		status = formats[options->format].write(&document, err);
	}
	if (status == SILT_OK) {
		return silt_outlet_end(&document.outlet);
	}
	silt_buffer_done(&document.outlet.out);
	return status;
}

enum silt_status silt_sbom_write(struct silt_bundle *bundle, const struct silt_result *result, size_t image,
				 const struct silt_sbom_options *options, struct silt_sink sink, bool *whole,
				 struct silt_error *err)
{
	size_t count;
	const struct silt_image *images = silt_result_images(result, &count);
	struct silt_sbom_inventory inventory = {0};
	if (image >= count || (size_t)options->format >= SILT_COUNT(formats)) {
		return silt_fail(err, SILT_ERR_USAGE, "there is no image of that number, or no such format");
	}
	enum silt_status status = silt_sbom_gather(&inventory, bundle, result, &images[image], options, err);
	if (status == SILT_OK) {
		inventory.whole = inventory.whole && silt_result_coverage(result)->complete;
		status = silt_sbom_settle(&inventory, &images[image], err);
	}
	if (status == SILT_OK) {
		status = write_document(&inventory, &images[image], options, sink, err);
	}
	if (status == SILT_OK) {
		*whole = inventory.whole;
	}
	silt_sbom_inventory_done(&inventory);
	return status;
}
