/* Choosing an image by what people call it. */
#include "audit/select.h"
#include "base/attributes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static bool fits(const char *name, const char *wanted)
{
	struct silt_bytes bytes = silt_bytes_text(name);
	struct silt_declared_image image = {.names = &bytes, .name_count = 1};
	struct silt_options options = {.image = wanted};
	return silt_image_selected(&image, &options);
}

static void a_name_fits_with_and_without_what_docker_puts_in_front(void **state)
{
	(void)state;
	static const char *const names[] = {"alpine:3", "library/alpine:3", "docker.io/library/alpine:3",
					    "docker.io/alpine:3", "localhost/alpine:3"};
	for (size_t i = 0; i < SILT_COUNT(names); i++) {
		for (size_t j = 0; j < SILT_COUNT(names); j++) {
			assert_true(fits(names[i], names[j]));
		}
	}
}

static void latest_need_not_be_said(void **state)
{
	(void)state;
	assert_true(fits("library/alpine:latest", "alpine"));
	assert_false(fits("library/alpine:3", "alpine"));
}

static void other_names_do_not_fit(void **state)
{
	(void)state;
	assert_false(fits("bob/alpine:3", "alpine:3"));
	assert_false(fits("mylibrary/alpine:3", "alpine:3"));
	assert_false(fits("example.org/library/alpine:3", "alpine:3"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_fits_with_and_without_what_docker_puts_in_front),
		cmocka_unit_test(latest_need_not_be_said),
		cmocka_unit_test(other_names_do_not_fit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
