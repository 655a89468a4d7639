/* SHA-256 and SHA-1 at one stroke. */
#include "secret/sums.h"

#include "stream/digest.h"

static bool sum_of(enum silt_sum_kind kind, struct silt_bytes bytes, uint8_t *out)
{
	struct silt_summer *summer = NULL;
	bool done = silt_summer_new(kind, &summer, NULL) == SILT_OK && silt_sum(summer, &bytes, 1, out);
	silt_summer_free(summer);
	return done;
}

bool silt_sha256(struct silt_bytes bytes, uint8_t out[static 32])
{
	return sum_of(SILT_SUM_SHA256, bytes, out);
}

bool silt_sha1(struct silt_bytes bytes, uint8_t out[static 20])
{
	return sum_of(SILT_SUM_SHA1, bytes, out);
}
