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

/* An image whose config and descriptor say so. */
static bool is_for(const char *config, const char *descriptor, const char *wanted)
{
	struct silt_bytes stated = silt_bytes_text(descriptor);
	struct silt_declared_image image = {
		.platform = silt_bytes_text(config), .stated = &stated, .stated_count = *descriptor ? 1 : 0};
	struct silt_options options = {.platform = wanted};
	return silt_image_selected(&image, &options);
}

static void an_image_is_for_the_platforms_of_its_config_and_of_its_descriptor(void **state)
{
	(void)state;
	assert_true(is_for("linux/arm64", "linux/amd64", "linux/amd64"));
	assert_true(is_for("linux/amd64", "linux/arm64", "linux/amd64"));
	assert_true(is_for("linux/amd64", "", "linux/amd64"));
	assert_false(is_for("linux/arm64", "linux/s390x", "linux/amd64"));
	assert_false(is_for("windows/amd64", "", "linux/amd64"));
}

static void a_platform_has_several_spellings(void **state)
{
	(void)state;
	static const struct {
		const char *image, *wanted;
	} same[] = {
		{"linux/x86_64", "linux/amd64"},   {"linux/AMD64", "linux/amd64"},
		{"Linux/x86-64", "linux/amd64"},   {"linux/amd64/v1", "linux/amd64"},
		{"linux/aarch64", "linux/arm64"},  {"linux/arm64/v8", "linux/arm64"},
		{"linux/arm64", "linux/arm64/v8"}, {"linux/aarch64", "linux/arm64/v8"},
		{"linux/i386", "linux/386"},       {"linux/i686", "linux/386"},
		{"linux/armhf", "linux/arm/v7"},   {"linux/arm", "linux/arm/v7"},
		{"linux/arm/7", "linux/arm/v7"},   {"linux/armel", "linux/arm/v6"},
		{"macos/arm64", "darwin/arm64"},   {"linux/amd64", "linux/x86_64"},
		{"linux/arm/v7", "linux/armhf"},
	};
	for (size_t i = 0; i < SILT_COUNT(same); i++) {
		assert_true(is_for(same[i].image, "", same[i].wanted));
	}
}

static void a_variant_counts_if_it_is_asked_for(void **state)
{
	(void)state;
	assert_true(is_for("linux/arm/v6", "", "linux/arm"));
	assert_true(is_for("linux/amd64/v3", "", "linux/amd64"));
	assert_false(is_for("linux/arm/v6", "", "linux/arm/v7"));
	assert_false(is_for("linux/armel", "", "linux/armhf"));
	assert_false(is_for("linux/arm64/v9", "", "linux/arm64/v8"));
	assert_true(is_for("linux/arm64", "linux/arm64/v9", "linux/arm64/v9"));
}

/* Some runtime takes it for the host's. */
static void an_image_of_no_known_platform_is_for_all(void **state)
{
	(void)state;
	assert_true(is_for("", "", "linux/amd64"));
	assert_true(is_for("/amd64", "", "linux/amd64"));
	assert_true(is_for("linux/", "", "linux/amd64"));
	assert_false(is_for("/arm64", "", "linux/amd64"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_fits_with_and_without_what_docker_puts_in_front),
		cmocka_unit_test(latest_need_not_be_said),
		cmocka_unit_test(other_names_do_not_fit),
		cmocka_unit_test(an_image_is_for_the_platforms_of_its_config_and_of_its_descriptor),
		cmocka_unit_test(a_platform_has_several_spellings),
		cmocka_unit_test(a_variant_counts_if_it_is_asked_for),
		cmocka_unit_test(an_image_of_no_known_platform_is_for_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
