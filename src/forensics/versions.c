/* All entries of an image, layer by layer, and those of layers that no image has. */
#include "forensics/versions.h"

#include "base/error.h"
#include "forensics/stray.h"

enum silt_status silt_versions_of_layer(const struct silt_image *image, size_t layer, silt_listed_fn *visit, void *ctx,
					struct silt_error *err)
{
	struct silt_buffer path = {0};
	struct silt_listed listed;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; status == SILT_OK && silt_listed_entry(image, layer, i, &path, &listed); i++) {
		status = visit(ctx, &listed, err);
	}
	if (status == SILT_OK && path.failed) {
		status = silt_fail_memory(err);
	}
	silt_buffer_done(&path);
	return status;
}

static enum silt_status follow_stray(struct silt_stray *stray, struct silt_listed *listed, struct silt_error *err)
{
	size_t to = SIZE_MAX;
	enum silt_status status = SILT_OK;
	if (listed->meta.type == SILT_ENTRY_HARDLINK) {
		status = silt_stray_linked(stray, listed->blob, listed->index, &to, err);
		(void)(to != SIZE_MAX && silt_stored_entry(stray->result, listed->blob, to, &listed->content));
	}
	return status;
}

static enum silt_status visit_stray(const struct silt_result *result, size_t number, silt_listed_fn *visit, void *ctx,
				    struct silt_error *err)
{
	struct silt_buffer path = {0};
	struct silt_listed listed;
	struct silt_stray stray = {.result = result};
	enum silt_status status = SILT_OK;
	for (size_t i = 0; status == SILT_OK && silt_listed_stray(result, number, i, &path, &listed); i++) {
		status = follow_stray(&stray, &listed, err);
		status = status == SILT_OK ? visit(ctx, &listed, err) : status;
	}
	silt_stray_done(&stray);
	if (status == SILT_OK && path.failed) {
		status = silt_fail_memory(err);
	}
	silt_buffer_done(&path);
	return status;
}

enum silt_status silt_versions_of_image(const struct silt_result *result, const struct silt_image *image, bool strays,
					silt_listed_fn *visit, void *ctx, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < image->layer_count && status == SILT_OK; i++) {
		status = silt_versions_of_layer(image, i, visit, ctx, err);
	}
	struct silt_stored stored;
	for (size_t i = 1; strays && status == SILT_OK && silt_stored_get(result, i, &stored); i++) {
		size_t of_image, of_layer;
		if (stored.kind == SILT_STORED_TAR && !silt_stored_layer(result, i, &of_image, &of_layer) &&
		    !silt_stored_is_elsewhere(result, i)) {
			status = visit_stray(result, i, visit, ctx, err);
		}
	}
	return status;
}
