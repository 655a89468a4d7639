/* Finding the policies that silt ships. */
#include "policy/shipped.h"

#include <string.h>

const char *silt_policy_shipped_name(size_t index)
{
	for (size_t i = 0; i < index; i++) {
		if (!silt_shipped_policies[i].name) {
			return NULL;
		}
	}
	return silt_shipped_policies[index].name;
}

bool silt_policy_shipped(const char *name, struct silt_policy_file *out)
{
	for (const struct silt_policy_file *file = silt_shipped_policies; file->name; file++) {
		if (strcmp(file->name, name) == 0) {
			*out = *file;
			return true;
		}
	}
	return false;
}
