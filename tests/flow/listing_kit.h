/* An image in memory whose layers delete, hide, replace and link, and what the writers of listings say of it. */
#ifndef SILT_TESTS_LISTING_KIT_H
#define SILT_TESTS_LISTING_KIT_H

#include "silt/silt.h"
#include "support/image_writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

struct kit {
	struct silt_result *result;
	const struct silt_image *image;
	struct silt_buffer text; /* of the last writing */
	struct silt_error err;
};

/*
 * Three layers:
 *   1  etc, etc/motd, etc/gone, lib -> usr/lib, usr/lib/a.so, bin/su (setuid), bin/su2 (a hardlink to it), opt/old
 *   2  etc/motd changed, etc/gone deleted, opt opaque with opt/new
 *   3  etc/motd with another mode and the same bytes, etc/gone back again, a name with a newline and an escape
 * In front of their instructions are two without a layer: one of 1960, and one of a day that no calendar has.
 */
int kit_setup(void **state);
int kit_teardown(void **state);

#define kit_test(function) cmocka_unit_test_setup_teardown(function, kit_setup, kit_teardown)

/* A sink that adds to kit->text, emptied before. */
struct silt_sink kit_sink(struct kit *kit);

/* What was written is this; has it somewhere; has it nowhere. */
void kit_expect(struct kit *kit, const char *text);
void kit_has(struct kit *kit, const char *part);
void kit_lacks(struct kit *kit, const char *part);

/* Something of status `wanted`, whose sentence has `part`. */
void kit_fails(struct kit *kit, enum silt_status status, enum silt_status wanted, const char *part);

#endif
