/*
 * The packages of an image as a bill of materials, for scanners that know which of them have vulnerabilities.
 *
 * Facts alone: what the databases of package managers and the metadata of packages in the image say is installed, in which
 * layer that came, and what became of it. Nothing is looked up, and nothing is judged.
 */
#ifndef SILT_SBOM_H
#define SILT_SBOM_H

#include "silt/audit.h"
#include "silt/report.h"

#ifdef __cplusplus
extern "C" {
#endif

enum silt_sbom_format {
	SILT_SBOM_CYCLONEDX, /* CycloneDX 1.5, JSON */
	SILT_SBOM_SPDX,      /* SPDX 2.3, JSON */
};

/* "cyclonedx", "spdx"; NULL: there is no such format, nor any of a higher number. */
SILT_API const char *silt_sbom_format_name(enum silt_sbom_format format);

struct silt_sbom_options {
	enum silt_sbom_format format;
	/* Packages that a later layer deleted or replaced, too, marked as such. Else those of the final tree alone. */
	bool all;
	/* The moment that the document says it was made, in seconds since 1970; NULL: when the image was, as it states. */
	const int64_t *now;
	/* Told of each file whose packages could not all be read; `text` is one printable sentence. May be NULL. */
	void (*warn)(void *ctx, const char *text);
	void *ctx;
};

/*
 * Reads the metadata of packages in image `image` of the result of auditing `bundle` (a second time: silt_dig), and
 * writes the document. The same bundle gives the same bytes. `*whole` false: it is written, and something is missing in
 * it; who called `warn` said what. SILT_ERR_IO if the sink refused; otherwise as silt_dig.
 */
SILT_API enum silt_status silt_sbom_write(struct silt_bundle *bundle, const struct silt_result *result, size_t image,
					  const struct silt_sbom_options *options, struct silt_sink sink, bool *whole,
					  struct silt_error *err);

#ifdef __cplusplus
}
#endif

#endif
