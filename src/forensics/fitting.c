/* Patterns of paths: as they are written, and where the links of their folders lead. */
#include "forensics/fitting.h"

#include "audit/result.h"
#include "base/error.h"
#include "forensics/glob.h"
#include "forensics/past.h"
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

/* ---- Names that look like patterns --------------------------------------------------------------------------------- */

/* Whether something of the layer is called so, or is in a folder of that name. */
static bool is_name_of(const struct silt_record *record, struct silt_bytes text)
{
	bool found = silt_record_next_called(record, 0, text) < record->entry_count;
	uint32_t seen = UINT32_MAX;
	for (size_t i = 0; i < record->entry_count && !found; i++) {
		const struct silt_entry *entry = &record->entries[i];
		found = entry->folder != seen && silt_path_is_within(silt_entry_folder(record, entry), text);
		seen = entry->folder;
	}
	return found;
}

/* Next.js has folders called "[slug]". */
static bool is_name(const struct silt_image *image, struct silt_bytes text, bool layers)
{
	struct silt_tree_node node;
	bool found = silt_tree_find(image, text, false, &node);
	for (size_t i = 0; layers && i < image->layer_count && !found; i++) {
		const struct silt_record *record = image->layers[i].record;
		found = record && is_name_of(record, text);
	}
	return found;
}

/* Where a name is in the final tree, by the links of the folders that it is in; with `follow` by itself, too. */
static bool name_leads(const struct silt_image *image, struct silt_bytes name, bool follow, struct silt_buffer *out)
{
	const bool leads = silt_place_of(image, name, follow, out) && !silt_bytes_equal(silt_buffer_bytes(out), name);
	if (!leads) {
		silt_buffer_clear(out);
	}
	return leads;
}

enum silt_status silt_fittings_new(const struct silt_image *image, const char *const *patterns, size_t count,
				   bool layers, struct silt_fitting **out, struct silt_error *err)
{
	struct silt_fitting *fittings = *out = calloc(count + 1, sizeof(*fittings));
	bool failed = !fittings;
	for (size_t i = 0; i < count && !failed; i++) {
		const struct silt_bytes pattern = silt_bytes_text(patterns[i]);
		struct silt_fitting *fitting = &fittings[i];
		const bool whole = ends_in_slash(pattern);
		fitting->asked = clean_pattern(pattern);
		fitting->literal = silt_listing_is_glob(fitting->asked) && is_name(image, fitting->asked, layers);
		fitting->leads = fitting->literal ? name_leads(image, fitting->asked, whole, &fitting->place)
						  : silt_pattern_leads(image, fitting->asked, whole, &fitting->place);
		failed = fitting->place.failed;
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
static bool fits(struct silt_bytes pattern, bool literal, struct silt_bytes path)
{
	if (literal) {
		return silt_path_is_within(path, pattern);
	}
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
		const struct silt_fitting *fitting = &fittings[i];
		if (fits(fitting->asked, fitting->literal, path) ||
		    (fitting->leads && fits(silt_buffer_bytes(&fitting->place), fitting->literal, path))) {
			fittings[i].met = fitted = true;
		}
	}
	return fitted;
}
