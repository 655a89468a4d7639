/*
 * Fuzz target: a line of history. What is cut out of it lies within it, comes in its order, and the value of a build
 * argument ends no later than silt_line_build_args says.
 */
#include "audit/credential.h"
#include "audit/history_line.h"

#include <stdlib.h>

/* Offset of `part` in `line`. */
static size_t place_in(struct silt_bytes line, struct silt_bytes part)
{
	if (part.len == 0) {
		return 0;
	}
	if (part.ptr < line.ptr || part.len > line.len || (size_t)(part.ptr - line.ptr) > line.len - part.len) {
		abort();
	}
	return (size_t)(part.ptr - line.ptr);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct silt_bytes line = silt_bytes(data, size);
	size_t arguments_end = silt_line_build_args(line);
	if (arguments_end > size) {
		abort();
	}
	struct silt_assignments walk = silt_assignments_of(line);
	struct silt_assignment found;
	bool in_arguments = true;
	size_t behind = 0;
	while (silt_assignment_next(&walk, &found)) {
		size_t name = place_in(line, found.name);
		size_t value = place_in(line, found.value);
		if (found.name.len == 0 || name < behind || (found.value.len > 0 && value <= name)) {
			abort();
		}
		in_arguments = in_arguments && found.kind == SILT_ASSIGNMENT_BUILD_ARG;
		if (in_arguments && value + found.value.len > arguments_end) {
			abort();
		}
		behind = name + found.name.len;
		enum silt_confidence confidence = SILT_CONFIDENCE_LIKELY;
		if (silt_looks_like_credential(found.name, found.value, &confidence) &&
		    confidence > SILT_CONFIDENCE_LIKELY) {
			abort(); /* a name proves nothing */
		}
	}
	return 0;
}
