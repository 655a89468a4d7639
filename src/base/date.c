/* Days of the calendar and seconds, both ways: no time zone, no locale. */
#include "base/date.h"

#include "base/ascii.h"

#include <stdio.h>

enum {
	DAY = 24 * 60 * 60,
	DAYS_OF_400_YEARS = 146097,
	DAYS_BEFORE_1970 = 719468, /* from 0000-03-01 on */
};

#define FIRST_SECOND INT64_C(-62167219200) /* 0000-01-01 */
#define LAST_SECOND INT64_C(253402300799)  /* 9999-12-31T23:59:59 */

/*
 * Years begin in March here, so that the day which only some years have is the last of its year: the months before it
 * have the same length in all years, and this is the number of days in front of month 0 (March) to 11.
 */
static int64_t days_before(int64_t month)
{
	return (153 * month + 2) / 5;
}

/* ---- Writing ------------------------------------------------------------------------------------------------------- */

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
	int64_t of_month = of_year - days_before(month) + 1;
	year += (era - 1) * 400 + (month >= 10 ? 1 : 0);
	month += month >= 10 ? -9 : 3;
	snprintf(text, SILT_DATE_SIZE, "%04d-%02d-%02d", (int)year, (int)month, (int)of_month);
	return text;
}

/* ---- Reading ------------------------------------------------------------------------------------------------------- */

struct cursor {
	struct silt_bytes text;
	size_t at;
};

/* The next `count` digits as a number of 0..max; false if they are not there. */
static bool number(struct cursor *cursor, size_t count, unsigned max, unsigned *out)
{
	uint64_t value;
	if (silt_decimal(silt_bytes_slice(cursor->text, cursor->at, count), count, &value) != count) {
		return false;
	}
	cursor->at += count;
	*out = (unsigned)value;
	return value <= max;
}

/* Steps over `sign` if it is there, as itself or as `%3A`. */
static bool step_over(struct cursor *cursor, uint8_t sign)
{
	struct silt_bytes rest = silt_bytes_slice(cursor->text, cursor->at, 3);
	if (rest.len > 0 && rest.ptr[0] == sign) {
		cursor->at++;
		return true;
	}
	if (sign == ':' && silt_bytes_equal_nocase(rest, SILT_LITERAL("%3A"))) {
		cursor->at += 3;
		return true;
	}
	return false;
}

/* Days from 1970-01-01 to a day of any year. */
static int64_t day_number(unsigned year, unsigned month, unsigned day)
{
	int64_t y = (int64_t)year + (month <= 2 ? 399 : 400); /* 400 years more, so that the year 0 has one before it */
	int64_t of_year = days_before((month + 9) % 12) + day - 1;
	return y * 365 + y / 4 - y / 100 + y / 400 + of_year - DAYS_BEFORE_1970 - DAYS_OF_400_YEARS;
}

static unsigned days_of(unsigned year, unsigned month)
{
	static const unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return month == 2 && leap ? 29 : days[month - 1];
}

static bool read_date(struct cursor *cursor, unsigned first_year, int64_t *days)
{
	unsigned year;
	unsigned month;
	unsigned day;
	if (!number(cursor, 4, 9999, &year) || year < first_year) {
		return false;
	}
	bool dashes = step_over(cursor, '-');
	if (!number(cursor, 2, 12, &month) || month == 0 || step_over(cursor, '-') != dashes ||
	    !number(cursor, 2, days_of(year, month), &day) || day == 0) {
		return false;
	}
	*days = day_number(year, month, day);
	return true;
}

/* The seconds are often left out. */
static bool read_time(struct cursor *cursor, int64_t *seconds)
{
	unsigned hour;
	unsigned minute;
	unsigned second = 0;
	if (!number(cursor, 2, 23, &hour)) {
		return false;
	}
	bool colons = step_over(cursor, ':');
	if (!number(cursor, 2, 59, &minute)) {
		return false;
	}
	if ((step_over(cursor, ':') || !colons) && !number(cursor, 2, 60, &second)) {
		return false;
	}
	*seconds = (int64_t)hour * 3600 + minute * 60 + second;
	return true;
}

bool silt_date_read(struct silt_bytes text, int64_t *seconds)
{
	struct cursor cursor = {.text = text};
	int64_t days = 0;
	int64_t time = 0;
	if (!read_date(&cursor, 1970, &days)) {
		return false;
	}
	if (step_over(&cursor, 'T') && !read_time(&cursor, &time)) {
		return false;
	}
	*seconds = days * DAY + time;
	return true;
}

/* A fraction, which counts nothing. */
static bool step_over_fraction(struct cursor *cursor)
{
	if (!step_over(cursor, '.')) {
		return true;
	}
	size_t begin = cursor->at;
	while (cursor->at < cursor->text.len && silt_is_digit(cursor->text.ptr[cursor->at])) {
		cursor->at++;
	}
	return cursor->at > begin;
}

/* "Z", "+01:00", or nothing: the seconds that local time is ahead. */
static bool read_zone(struct cursor *cursor, int64_t *ahead)
{
	unsigned hours;
	unsigned minutes;
	*ahead = 0;
	if (cursor->at == cursor->text.len || step_over(cursor, 'Z') || step_over(cursor, 'z')) {
		return true;
	}
	bool behind = step_over(cursor, '-');
	if ((!behind && !step_over(cursor, '+')) || !number(cursor, 2, 23, &hours) || !step_over(cursor, ':') ||
	    !number(cursor, 2, 59, &minutes)) {
		return false;
	}
	*ahead = ((int64_t)hours * 60 + minutes) * 60 * (behind ? -1 : 1);
	return true;
}

bool silt_moment_read(struct silt_bytes text, int64_t *seconds)
{
	struct cursor cursor = {.text = text};
	int64_t days = 0;
	int64_t time = 0;
	int64_t ahead = 0;
	if (!read_date(&cursor, 0, &days)) {
		return false;
	}
	if (cursor.at < text.len) {
		bool begins = step_over(&cursor, 'T') || step_over(&cursor, 't');
		if (!begins || !read_time(&cursor, &time) || !step_over_fraction(&cursor) ||
		    !read_zone(&cursor, &ahead)) {
			return false;
		}
	}
	if (cursor.at != text.len) {
		return false;
	}
	*seconds = days * DAY + time - ahead;
	return true;
}
