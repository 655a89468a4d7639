/* The clock, or what stands for it. */
#include "cli/clock.h"

#include "cli/message.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

enum silt_status cli_clock_today(int64_t *seconds, struct silt_error *err)
{
	const char *fixed = getenv("SOURCE_DATE_EPOCH");
	if (fixed == NULL || *fixed == '\0') {
		*seconds = (int64_t)time(NULL);
		return SILT_OK;
	}
	char *end = NULL;
	errno = 0;
	const long long number = strtoll(fixed, &end, 10);
	if (errno != 0 || *end != '\0' || number <= 0) {
		return cli_fail(err, SILT_ERR_USAGE,
				"SOURCE_DATE_EPOCH is '%s': it needs seconds since 1970, as 'date +%%s' prints them.",
				cli_printable(fixed).text);
	}
	*seconds = number;
	return SILT_OK;
}
