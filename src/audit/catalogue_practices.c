/* The catalogue: practices that no image file can show. */
#include "base/attributes.h"
#include "silt/checks.h"

static const struct silt_practice_info rows[] = {
	{
		.practice = "Pull images by content trust",
		.why_not = "A signature is beside an image, in a registry or a log, and whether it is asked for is a "
			   "setting "
			   "of the client.",
		.instead = "The digests of config and manifest, which a signature by cosign or notation covers. Docker "
			   "Content Trust itself is being retired.",
		.aliases = "CIS-DI-0005 4.5",
	},
};

size_t silt_practices_count(void)
{
	return SILT_COUNT(rows);
}

const struct silt_practice_info *silt_practices_get(size_t index)
{
	return &rows[index];
}
