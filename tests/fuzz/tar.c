/* Fuzz target: the tar reader. Every byte of the input belongs to exactly one DATA or GAP event, in order. */
#include "stream/tar.h"

#include <stdlib.h>

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

static void read_all(const uint8_t *data, size_t size, size_t block)
{
	struct cut_source cut = {silt_bytes(data, size), block};
	struct silt_error err = {0};
	struct silt_tar *tar = NULL;
	if (silt_tar_new((struct silt_source){next_cut, &cut}, NULL, &tar, &err) != SILT_OK) {
		abort();
	}
	struct silt_tar_event event = {0};
	size_t seen = 0;
	do {
		if (silt_tar_next(tar, &event, &err) != SILT_OK) {
			abort();
		}
		if (event.kind == SILT_TAR_DATA || event.kind == SILT_TAR_GAP) {
			if (event.bytes.len > size - seen ||
			    (event.bytes.len > 0 && memcmp(event.bytes.ptr, data + seen, event.bytes.len) != 0)) {
				abort();
			}
			seen += event.bytes.len;
		}
	} while (event.kind != SILT_TAR_END);
	if (seen != size) {
		abort();
	}
	silt_tar_free(tar);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	read_all(data, size, size + 512 - size % 512);
	read_all(data, size, 512);
	return 0;
}
