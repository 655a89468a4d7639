/* The kinds of surface, and which findings are of one. */
#include "report/surface.h"

#include "base/attributes.h"

#include <string.h>

static const struct silt_surface_group groups[] = {
	{"shell-present", "shells", "Shells"},
	{"shell-hidden", "hidden shells", "Hidden shells"},
	{"shell-interpreter", "interpreters", "Interpreters"},
	{"pkg-manager", "package managers", "Package managers"},
	{"pkg-toolchain", "build tools", "Build tools"},
	{"pkg-debug-tool", "network and debugging tools", "Network and debugging tools"},
	{"pkg-sshd", "SSH servers", "SSH servers"},
};

const struct silt_surface_group *silt_surface_groups(size_t *count)
{
	*count = SILT_COUNT(groups);
	return groups;
}

bool silt_surface_has(const struct silt_surface_group *group, const struct silt_finding *finding, size_t image)
{
	for (size_t i = 0; strcmp(finding->rule, group->rule) == 0 && i < finding->sighting_count; i++) {
		if (finding->sightings[i].image == image) {
			return true;
		}
	}
	return false;
}
