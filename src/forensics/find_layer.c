/* A layer by the word that a person has for it. */
#include "silt/listing.h"

#include "base/error.h"
#include "base/escape.h"

#include <stdlib.h>
#include <string.h>

enum { DIGITS_MIN = 12, WORD_SHOWN = 100 };

static bool is_number(const char *word, size_t *number)
{
	char *end;
	const size_t digits = strspn(word, "0123456789");
	if (digits == 0 || digits > 9 || word[digits] != '\0') {
		return false;
	}
	*number = (size_t)strtoul(word, &end, 10);
	return true;
}

/* Whether the hex digits begin "sha256:HEX". */
static bool fits(const char *digest, const char *hex, size_t len)
{
	const char *colon = strchr(digest, ':');
	return colon && strncmp(colon + 1, hex, len) == 0;
}

enum silt_status silt_list_find_layer(const struct silt_image *image, const char *word, size_t *layer,
				      struct silt_error *err)
{
	char shown[WORD_SHOWN];
	size_t number, found = SIZE_MAX, count = 0;
	const char *hex = strncmp(word, "sha256:", 7) == 0 ? word + 7 : word;
	const size_t len = strlen(hex);
	(void)silt_escape_text(silt_bytes_text(word), shown, sizeof(shown));
	if (is_number(word, &number)) {
		count = number >= 1 && number <= image->layer_count;
		found = number - 1;
	} else if (len >= DIGITS_MIN) {
		for (size_t i = 0; i < image->layer_count; i++) {
			const struct silt_layer *it = &image->layers[i];
			const bool is_it = fits(it->diff_id, hex, len) || fits(it->digest, hex, len);
			found = is_it ? i : found;
			count += is_it;
		}
	}
	if (count > 1) {
		return silt_fail(err, SILT_ERR_USAGE, "%zu layers are '%s': give its number.", count, shown);
	}
	if (count == 0 && image->layer_count == 0) {
		return silt_fail(err, SILT_ERR_USAGE, "there is no layer '%s': the image has none.", shown);
	}
	if (count == 0) {
		return silt_fail(err, SILT_ERR_USAGE,
				 "there is no layer '%s': give a number from 1 to %zu, or 12 digits of its digest.",
				 shown, image->layer_count);
	}
	*layer = found;
	return SILT_OK;
}
