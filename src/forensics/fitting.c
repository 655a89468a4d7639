/* Patterns of paths: as they are written, and where the links of their folders lead. */
#include "forensics/fitting.h"

#include "base/error.h"
#include "forensics/glob.h"
#include "forensics/places.h"

#include <stdlib.h>

static bool ends_in_slash(struct silt_bytes text)
{
	return text.len > 1 && text.ptr[text.len - 1] == '/';
}

/* "/etc/" and "./etc" are "etc". */
static struct silt_bytes clean_pattern(struct silt_bytes text)
{
	while (silt_bytes_start_with(text, SILT_LITERAL("./")) || silt_bytes_start_with(text, SILT_LITERAL("/"))) {
		text = silt_bytes_slice(text, text.ptr[0] == '/' ? 1 : 2, text.len);
	}
	while (ends_in_slash(text)) {
		text.len--;
	}
	return text;
}

/* ---- Links --------------------------------------------------------------------------------------------------------- */

/* The folders in front of the first component with a wildcard, or of the last one. */
static struct silt_bytes folder_of(struct silt_bytes pattern)
{
	size_t len = 0;
	for (size_t i = 0; i < pattern.len && !silt_listing_is_glob(silt_bytes_slice(pattern, i, 1)); i++) {
		len = pattern.ptr[i] == '/' ? i : len;
	}
	return silt_bytes_slice(pattern, 0, len);
}

/* A name is no pattern, whatever is in it. */
static void add_quoted(struct silt_buffer *out, struct silt_bytes name)
{
	for (size_t i = 0; i < name.len; i++) {
		if (silt_listing_is_glob(silt_bytes_slice(name, i, 1))) {
			silt_buffer_add_byte(out, '\\');
		}
		silt_buffer_add_byte(out, name.ptr[i]);
	}
}

bool silt_pattern_leads(const struct silt_image *image, struct silt_bytes pattern, bool whole, struct silt_buffer *out)
{
	const struct silt_bytes folder = whole && !silt_listing_is_glob(pattern) ? pattern : folder_of(pattern);
	struct silt_places places;
	struct silt_bytes place;
	silt_places_begin(&places, image);
	const bool leads = silt_places_lead(&places, folder, silt_bytes(NULL, 0), &place);
	if (leads) {
		const struct silt_bytes rest = silt_bytes_slice(pattern, folder.len, pattern.len);
		add_quoted(out, place);
		silt_buffer_add(out, place.len == 0 ? clean_pattern(rest) : rest);
	}
	out->failed = out->failed || silt_places_failed(&places);
	silt_places_done(&places);
	return leads;
}

enum silt_status silt_fittings_new(const struct silt_image *image, const char *const *patterns, size_t count,
				   struct silt_fitting **out, struct silt_error *err)
{
	struct silt_fitting *fittings = *out = calloc(count + 1, sizeof(*fittings));
	bool failed = !fittings;
	for (size_t i = 0; i < count && !failed; i++) {
		const struct silt_bytes pattern = silt_bytes_text(patterns[i]);
		fittings[i].asked = clean_pattern(pattern);
		fittings[i].leads =
			silt_pattern_leads(image, fittings[i].asked, ends_in_slash(pattern), &fittings[i].place);
		failed = fittings[i].place.failed;
	}
	return failed ? silt_fail_memory(err) : SILT_OK;
}

void silt_fittings_free(struct silt_fitting *fittings, size_t count)
{
	for (size_t i = 0; fittings && i < count; i++) {
		silt_buffer_done(&fittings[i].place);
	}
	free(fittings);
}

/* ---- Fitting ------------------------------------------------------------------------------------------------------- */

/* The path, or a folder that it is in. */
static bool fits(struct silt_bytes pattern, struct silt_bytes path)
{
	if (pattern.len == 0 || silt_bytes_equal(pattern, SILT_LITERAL(".")) || silt_listing_glob(pattern, path)) {
		return true;
	}
	for (size_t i = path.len; i-- > 0;) {
		if (path.ptr[i] == '/' && silt_listing_glob(pattern, silt_bytes_slice(path, 0, i))) {
			return true;
		}
	}
	return false;
}

bool silt_fits_any(struct silt_fitting *fittings, size_t count, struct silt_bytes path)
{
	bool fitted = false;
	for (size_t i = 0; i < count; i++) {
		if (fits(fittings[i].asked, path) ||
		    (fittings[i].leads && fits(silt_buffer_bytes(&fittings[i].place), path))) {
			fittings[i].met = fitted = true;
		}
	}
	return fitted;
}
