/*
 * Fuzz target: metadata of packages, by every reader. The first byte of the input chooses which, the rest is the file.
 * Whatever it holds: fields keep within their bounds, names are not empty, and package URLs are plain text.
 */
#include "base/attributes.h"
#include "sbom/inventory.h"

#include <stdlib.h>

static const char *const paths[] = {
	"var/lib/dpkg/status",
	"lib/apk/db/installed",
	"var/lib/rpm/rpmdb.sqlite",
	"x-1.dist-info/METADATA",
	"node_modules/x/package.json",
	"specifications/x.gemspec",
	"app/x.jar",
};

static void demand(bool condition)
{
	if (!condition) {
		abort();
	}
}

static void check_field(struct silt_bytes field)
{
	uint64_t sum = 0;
	demand(field.len <= SILT_SBOM_FIELD_MAX);
	for (size_t i = 0; i < field.len; i++) {
		sum += field.ptr[i];
	}
	demand(sum <= UINT64_C(255) * SILT_SBOM_FIELD_MAX);
}

static enum silt_status take(void *ctx, const struct silt_sbom_found *found, struct silt_error *err)
{
	(void)err;
	const struct silt_sbom_inventory *inventory = ctx;
	struct silt_buffer purl = {0};
	demand(found->kind < SILT_SBOM_KINDS && found->name.len > 0);
	const struct silt_bytes fields[] = {found->group,    found->name,   found->version, found->arch,
					    found->platform, found->source, found->inner};
	for (size_t i = 0; i < SILT_COUNT(fields); i++) {
		check_field(fields[i]);
	}
	silt_sbom_purl(&purl, inventory, found);
	for (size_t i = 0; i < purl.len; i++) {
		demand(purl.ptr[i] > ' ' && purl.ptr[i] < 0x7f);
	}
	silt_buffer_done(&purl);
	return SILT_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct silt_sbom_inventory inventory = {.os_id = SILT_LITERAL("debian"), .os_version = SILT_LITERAL("12")};
	const struct silt_sbom_sink sink = {take, &inventory};
	struct silt_error err = {0};
	const char *why = NULL;
	if (size == 0) {
		return 0;
	}
	const struct silt_bytes path = silt_bytes_text(paths[(uint8_t)(data[0] - '0') % SILT_COUNT(paths)]);
	const struct silt_sbom_place *place = silt_sbom_place_at(path);
	demand(place && place->read(path, silt_bytes(data + 1, size - 1), &sink, &why, &err) == SILT_OK);
	return 0;
}
