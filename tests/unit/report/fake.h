/*
 * Results made up for the tests of reports.
 *
 * A report sees results through the public functions only. Here they are answered by a plain struct, so that no audit
 * has to run, and every field can be set.
 */
#ifndef SILT_TESTS_UNIT_REPORT_FAKE_H
#define SILT_TESTS_UNIT_REPORT_FAKE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "silt/posture.h"
#include "silt/report.h"

struct silt_result {
	const char *name;
	const char *format;
	const struct silt_image *images;
	size_t image_count;
	const struct silt_finding *findings;
	size_t finding_count;
	const struct silt_finding *suppressed;
	size_t suppressed_count;
	struct silt_coverage coverage;
	const char *digest; /* NULL: nobody asked for it */
};

/* Three layers, no findings, complete. */
extern const struct silt_result fake_clean;

/* Two images; a secret in six places, a setuid program twice, a user; a gap. */
extern const struct silt_result fake_dirty;

/* No findings; a key in a package. */
extern const struct silt_result fake_vendored;

/* A bare rootfs with hostile names, and a secret in more places than the text shows. */
extern const struct silt_result fake_hostile;

/* A sink that adds to a struct silt_buffer, its `ctx`. */
bool fake_write(void *ctx, const void *bytes, size_t size);

/*
 * Names that are markup, commands or formulas somewhere, in every text that an image fills; a secret that a waiver
 * accepts, one that is too long for a line, and one in a layer that is not there.
 */
extern const struct silt_result fake_naughty;

/* The report over `count` results, in `out`. Fails the test if it cannot be written. */
void fake_report(const struct silt_result *const *results, size_t count, enum silt_severity threshold,
		 const struct silt_report_options *options, struct silt_buffer *out);

#endif
