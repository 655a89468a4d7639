/*
 * From images as declared to images as the public header shows them.
 */
#ifndef SILT_AUDIT_DESCRIBE_H
#define SILT_AUDIT_DESCRIBE_H

#include "audit/line_matches.h"
#include "audit/result.h"

/*
 * The instruction that built each layer of `image`, redacted and escaped, "" where history cannot tell. An array of
 * the result's arena, as long as the image has layers.
 */
enum silt_status silt_describe_instructions(struct silt_result *result, const struct silt_declared_image *image,
					    const char *const **out, struct silt_error *err);

/* Fills `*out`; text and arrays are of the result's arena. `matches` masks names of members; NULL: they stay as they are. */
enum silt_status silt_describe_image(struct silt_result *result, const struct silt_audited_image *image,
				     struct silt_line_matches *matches, struct silt_image *out, struct silt_error *err);

/* Sets the counts and gaps of the coverage account. `matches` as above. */
enum silt_status silt_describe_coverage(struct silt_result *result, struct silt_line_matches *matches,
					struct silt_error *err);

/* Numbers the files of the bundle, when its format is known. */
enum silt_status silt_number_stored(struct silt_result *result, struct silt_error *err);

/* The number of a member; SIZE_MAX: it is none of them. Of an image that nobody declared the bundle itself. */
size_t silt_stored_of_member(const struct silt_result *result, const struct silt_declared_image *declared,
			     uint32_t member);

#endif
