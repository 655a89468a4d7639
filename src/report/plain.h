/*
 * Sentences about a result without any mark-up, for formats that have an escape of their own: what comes out of an image
 * is printable in them (silt/result.h), and no more than that.
 */
#ifndef SILT_REPORT_PLAIN_H
#define SILT_REPORT_PLAIN_H

#include "base/buffer.h"
#include "report/tally.h"
#include "silt/checks.h"

/* "Private key (private-key-pem, proven, inherited from the base)" */
void silt_plain_title(struct silt_buffer *out, const struct silt_finding *finding);

/* How a person calls an image of a result: "example/app:1.4"; nothing if `image` is none of them. */
void silt_plain_image(struct silt_buffer *out, const struct silt_result *result, size_t image);

/* Where, who added it, what became of it, and the note of the place. */
void silt_plain_sighting(struct silt_buffer *out, const struct silt_sighting *sighting,
			 const struct silt_result *result);

/* "blobs/sha256/eeee, from byte 123456: expected a gzip trailer, found the end (1.5 kB)" */
void silt_plain_gap(struct silt_buffer *out, const struct silt_gap *gap);

/* "1 secret only in unmodified files of packages, not counted." */
void silt_plain_suppressed(struct silt_buffer *out, size_t count);

/* "FAIL: 2 findings at or above high (1 critical, 1 high); 3 below (3 low).", and how many secrets are suppressed. */
void silt_plain_verdict(struct silt_buffer *out, const struct silt_judgement *judgement);

/* The same over `count` judgements and the inputs that could not be audited. */
void silt_plain_overall(struct silt_buffer *out, const struct silt_judgement *const *judgements, size_t count,
			size_t unread);

/* The family of a finding's check; a finding of a pattern rule alone is one of secrets. */
enum silt_check_family silt_plain_family(const struct silt_finding *finding);

#endif
