/* Platforms. */
#include "bundle/platform.h"

#include "base/ascii.h"
#include "base/attributes.h"

#include <string.h>

/* containerd's platforms/database.go. NULL: any variant, which stays. */
static const struct {
	const char *architecture, *variant, *is, *is_variant;
} others[] = {
	{"i386", NULL, "386", ""},       {"i686", NULL, "386", ""},     {"x86_64", "v1", "amd64", ""},
	{"x86-64", "v1", "amd64", ""},   {"amd64", "v1", "amd64", ""},  {"x86_64", NULL, "amd64", NULL},
	{"x86-64", NULL, "amd64", NULL}, {"aarch64", "8", "arm64", ""}, {"aarch64", "v8", "arm64", ""},
	{"arm64", "8", "arm64", ""},     {"arm64", "v8", "arm64", ""},  {"aarch64", NULL, "arm64", NULL},
	{"armhf", NULL, "arm", "v7"},    {"armel", NULL, "arm", "v6"},  {"arm", "", "arm", "v7"},
	{"arm", "7", "arm", "v7"},       {"arm", "5", "arm", "v5"},     {"arm", "6", "arm", "v6"},
	{"arm", "8", "arm", "v8"},
};

static void read_part(struct silt_bytes text, char part[static SILT_PLATFORM_PART])
{
	size_t len = text.len < SILT_PLATFORM_PART - 1 ? text.len : SILT_PLATFORM_PART - 1;
	for (size_t i = 0; i < len; i++) {
		part[i] = (char)silt_lower(text.ptr[i]);
	}
	part[len] = '\0';
}

static void set_part(char part[static SILT_PLATFORM_PART], const char *text)
{
	read_part(silt_bytes_text(text), part);
}

static void normalise(struct silt_platform *platform)
{
	if (strcmp(platform->os, "macos") == 0) {
		set_part(platform->os, "darwin");
	}
	for (size_t i = 0; i < SILT_COUNT(others); i++) {
		if (strcmp(platform->architecture, others[i].architecture) != 0 ||
		    (others[i].variant && strcmp(platform->variant, others[i].variant) != 0)) {
			continue;
		}
		/* That of "arm" alone is a guess; those of armhf and armel are said. */
		bool guessed = others[i].variant && !*others[i].variant;
		platform->any_variant = platform->any_variant &&
					(guessed || !others[i].is_variant || !*others[i].is_variant);
		set_part(platform->architecture, others[i].is);
		if (others[i].is_variant) {
			set_part(platform->variant, others[i].is_variant);
		}
		return;
	}
}

struct silt_platform silt_platform_read(struct silt_bytes text)
{
	struct silt_platform platform = {0};
	struct silt_bytes part, none = silt_bytes(NULL, 0);
	read_part(silt_bytes_cut(&text, '/', &part) ? part : none, platform.os);
	read_part(silt_bytes_cut(&text, '/', &part) ? part : none, platform.architecture);
	read_part(text, platform.variant);
	platform.any_variant = text.len == 0;
	normalise(&platform);
	return platform;
}

static bool may_be(const char *a, const char *b)
{
	return !*a || !*b || strcmp(a, b) == 0;
}

bool silt_platform_same_machine(const struct silt_platform *a, const struct silt_platform *b)
{
	return may_be(a->os, b->os) && may_be(a->architecture, b->architecture);
}

bool silt_platform_fits(struct silt_bytes text, struct silt_bytes wanted_text)
{
	const struct silt_platform platform = silt_platform_read(text), wanted = silt_platform_read(wanted_text);
	return silt_platform_same_machine(&platform, &wanted) &&
	       (wanted.any_variant || !*platform.architecture || strcmp(platform.variant, wanted.variant) == 0);
}
