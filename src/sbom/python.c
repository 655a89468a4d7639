/*
 * Core metadata of Python: a header of lines, an empty line, a description (packaging.python.org, core metadata).
 *
 *     Metadata-Version: 2.1
 *     Name: requests
 *     Version: 2.31.0
 *     License: Apache 2.0
 *             and so on             a line that begins with a blank belongs to the one above
 */
#include "sbom/metadata.h"

enum silt_status silt_sbom_read_python(struct silt_bytes path, struct silt_bytes body,
				       const struct silt_sbom_sink *sink, const char **why, struct silt_error *err)
{
	(void)path;
	struct silt_sbom_found found = {.kind = SILT_SBOM_PYTHON};
	struct silt_bytes line;
	while (silt_bytes_cut(&body, '\n', &line) && silt_bytes_trim(line).len > 0) {
		if (found.name.len == 0) {
			silt_sbom_line(line, ':', "Name", &found.name);
		}
		if (found.version.len == 0) {
			silt_sbom_line(line, ':', "Version", &found.version);
		}
	}
	if (found.name.len == 0 || found.version.len == 0) {
		*why = "it has no Name or no Version";
		return SILT_OK;
	}
	return sink->found(sink->ctx, &found, err);
}
