/* ISO 8601, the little of it that matters. */
#include "secret/utc.h"

struct cursor {
	struct silt_bytes text;
	size_t at;
};

/* The next `count` digits as a number of 0..max; false if they are not there. */
static bool number(struct cursor *cursor, size_t count, unsigned max, unsigned *out)
{
	if (cursor->text.len - cursor->at < count) {
		return false;
	}
	unsigned value = 0;
	for (size_t i = 0; i < count; i++) {
		uint8_t c = cursor->text.ptr[cursor->at + i];
		if (c < '0' || c > '9') {
			return false;
		}
		value = value * 10 + (c - '0');
	}
	cursor->at += count;
	*out = value;
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

/* Days from 1970-01-01 to a day of the Gregorian calendar, years counted from March so that a leap day is the last. */
static int64_t days_since_1970(unsigned year, unsigned month, unsigned day)
{
	unsigned y = month <= 2 ? year - 1 : year;
	unsigned from_march = (month + 9) % 12;
	unsigned day_of_year = (153 * from_march + 2) / 5 + day - 1;
	return (int64_t)y * 365 + y / 4 - y / 100 + y / 400 + day_of_year - 719468;
}

static bool read_date(struct cursor *cursor, int64_t *days)
{
	unsigned year;
	unsigned month;
	unsigned day;
	if (!number(cursor, 4, 9999, &year) || year < 1970) {
		return false;
	}
	bool dashes = step_over(cursor, '-');
	if (!number(cursor, 2, 12, &month) || month == 0 || step_over(cursor, '-') != dashes ||
	    !number(cursor, 2, 31, &day) || day == 0) {
		return false;
	}
	*days = days_since_1970(year, month, day);
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

bool silt_utc_read(struct silt_bytes text, int64_t *seconds)
{
	struct cursor cursor = {.text = text};
	int64_t days = 0;
	int64_t time = 0;
	if (!read_date(&cursor, &days)) {
		return false;
	}
	if (step_over(&cursor, 'T') && !read_time(&cursor, &time)) {
		return false;
	}
	*seconds = days * 86400 + time;
	return true;
}
