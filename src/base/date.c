/* From seconds to days of the calendar: no time zone, no locale. */
#include "base/date.h"

#include <stdio.h>

enum {
	DAY = 24 * 60 * 60,
	DAYS_OF_400_YEARS = 146097,
	DAYS_BEFORE_1970 = 719468, /* from 0000-03-01 on, where the leap day is the last of its year */
};

#define FIRST_SECOND INT64_C(-62167219200) /* 0000-01-01 */
#define LAST_SECOND INT64_C(253402300799)  /* 9999-12-31T23:59:59 */

/*
 * Years begin in March here, so that the day which only some years have is the last of its year: the months before it
 * have the same length in all years, and (153 * month + 2) / 5 is the number of days in front of month 0 (March) to 11.
 */
const char *silt_date_text(int64_t seconds, char text[SILT_DATE_SIZE])
{
	seconds = seconds < FIRST_SECOND ? FIRST_SECOND : seconds > LAST_SECOND ? LAST_SECOND : seconds;
	int64_t days = (seconds - FIRST_SECOND) / DAY - INT64_C(719528) + DAYS_BEFORE_1970;
	int64_t shifted = days + DAYS_OF_400_YEARS; /* January and February of the year 0 belong to the year before */
	int64_t era = shifted / DAYS_OF_400_YEARS;
	int64_t day = shifted % DAYS_OF_400_YEARS;
	int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	int64_t of_year = day - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;
	int64_t of_month = of_year - (153 * month + 2) / 5 + 1;
	year += (era - 1) * 400 + (month >= 10 ? 1 : 0);
	month += month >= 10 ? -9 : 3;
	snprintf(text, SILT_DATE_SIZE, "%04d-%02d-%02d", (int)year, (int)month, (int)of_month);
	return text;
}
