/*
 * UTF-16 of ASCII, from the first code unit that is no printable ASCII to the next.
 *
 *     little-endian   k 0 e 0 y 0 = 0
 *     big-endian      0 k 0 e 0 y 0 =
 */
#include "secret/unwrap.h"

#include "secret/unwrap_gate.h"

enum { CHUNK = 2048, UNITS_LEAST = 16 };

static const struct silt_code little = {.via = "UTF-16LE", .bits = 4, .whole_files = true};
static const struct silt_code big = {.via = "UTF-16BE", .bits = 4, .whole_files = true};

static bool is_unit(const uint8_t *p, unsigned letter)
{
	return p[1 - letter] == 0 && silt_row_is_text(p[letter], false);
}

/* Units at the start of `bytes`. */
static size_t count_units(struct silt_bytes bytes, unsigned letter)
{
	size_t at = 0;
	while (bytes.len - at >= 2 && is_unit(bytes.ptr + at, letter)) {
		at += 2;
	}
	return at / 2;
}

static enum silt_status close_wide(struct silt_wide *wide, const struct silt_view *view)
{
	wide->open = false;
	return silt_plain_close(wide->plain, view->err);
}

enum silt_status silt_wide_go_on(struct silt_wide *wide, const struct silt_view *view)
{
	while (wide->open && wide->done < view->limit && wide->plain->status == SILT_OK) {
		uint64_t left = (view->limit - wide->done + 1) / 2;
		struct silt_bytes text = silt_view_bytes(view, wide->done, 2 * (left < CHUNK ? (size_t)left : CHUNK));
		size_t count = count_units(text, wide->letter);
		for (size_t i = 0; i < count; i++) {
			silt_plain_put(wide->plain, text.ptr[2 * i + wide->letter]);
		}
		wide->done += 2 * count;
		if (count == 0) {
			return close_wide(wide, view);
		}
	}
	bool ended = wide->open && (view->last || wide->plain->status != SILT_OK);
	return ended ? close_wide(wide, view) : SILT_OK;
}

/* Bytes of the units, read as little-endian, that end at the end of `before`. */
static size_t units_before(struct silt_bytes before)
{
	size_t start = before.len;
	while (start >= 2 && is_unit(before.ptr + start - 2, 0)) {
		start -= 2;
	}
	return before.len - start;
}

/*
 * Characters with zeros between them can be read in two ways. A zero before the first of them is its upper half in
 * big-endian text; in little-endian text it is the end of something else. Files of text have the former at an odd
 * place, so that only strings in programs are left to be taken for what they are not, and that changes nothing but
 * their name.
 */
enum silt_status silt_wide_meet(struct silt_wide *wide, const struct silt_view *view, uint64_t at)
{
	if (wide->plain->open || at < wide->done) {
		return SILT_OK;
	}
	struct silt_bytes window = silt_view_bytes(view, at, 1);
	uint64_t letter = at + (window.ptr[0] == 0);
	struct silt_bytes before = silt_view_before(view, wide->done, letter);
	size_t back = units_before(before);
	uint64_t start = letter - back;
	bool is_big = start % 2 == 1 && before.len > back && before.ptr[before.len - back - 1] == 0;
	start -= is_big;
	if (count_units(silt_view_bytes(view, start, 2 * UNITS_LEAST), is_big) < UNITS_LEAST) {
		return SILT_OK;
	}
	*wide = (struct silt_wide){.plain = wide->plain, .open = true, .done = start, .letter = is_big};
	enum silt_status status = silt_plain_open(wide->plain, is_big ? &big : &little, start, view->path, view->err);
	return status == SILT_OK ? silt_wide_go_on(wide, view) : status;
}
