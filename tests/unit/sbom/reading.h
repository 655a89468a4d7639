/* Metadata read into lines of text: "kind group name version arch platform source inner", "-" for what is empty. */
#ifndef SILT_TESTS_SBOM_READING_H
#define SILT_TESTS_SBOM_READING_H

#include "base/buffer.h"
#include "sbom/metadata.h"

/* Reads the file at `path` by its reader. Behind the packages comes "! why" if not all was read. The caller's. */
struct silt_buffer reading_of(const char *path, struct silt_bytes body);

#endif
