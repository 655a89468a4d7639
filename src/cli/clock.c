/* The clock, or what stands for it. */
#include "cli/clock.h"

#include "cli/message.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

enum silt_status cli_clock_fixed(int64_t *seconds, bool *fixed, struct silt_error *err)
{
	const char *text = getenv("SOURCE_DATE_EPOCH");
	*fixed = text != NULL && *text != '\0';
	if (!*fixed) {
		return SILT_OK;
	}
	char *end = NULL;
	errno = 0;
	const long long number = strtoll(text, &end, 10);
	if (errno != 0 || *end != '\0' || number < 0) {
		return cli_fail(err, SILT_ERR_USAGE,
				"SOURCE_DATE_EPOCH is '%s': it needs seconds since 1970, as 'date +%%s' prints them.",
				cli_printable(text).text);
	}
	*seconds = number;
	return SILT_OK;
}

enum silt_status cli_clock_today(int64_t *seconds, struct silt_error *err)
{
	bool fixed = false;
	int64_t number = 0;
	const enum silt_status status = cli_clock_fixed(&number, &fixed, err);
	if (status == SILT_OK) {
		/* 0 would say that the day is not known. */
		*seconds = !fixed ? (int64_t)time(NULL) : number > 0 ? number : 1;
	}
	return status;
}

void cli_clock_catch_up(int64_t *seconds)
{
	const int64_t now = (int64_t)time(NULL);
	*seconds = *seconds < now ? now : *seconds;
}
