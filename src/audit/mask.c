/* Cutting secrets out of names. */
#include "audit/mask.h"

/* Characters of a secret that are left: the prefix of a vendor, as in a preview. */
enum { SHOWN = 4 };

/* The bytes of the longest secret that begins here. */
static size_t secret_at(const struct silt_line_matches *matches, const uint8_t *at)
{
	size_t longest = 0;
	for (size_t i = 0; i < matches->count; i++) {
		const struct silt_line_match *match = &matches->items[i];
		if (!match->generic && match->value.ptr == at && match->value.len > longest) {
			longest = match->value.len;
		}
	}
	return longest;
}

enum silt_status silt_mask(struct silt_line_matches *matches, struct silt_bytes text, struct silt_buffer *out,
			   struct silt_error *err)
{
	enum silt_status status = text.len > 0 ? silt_line_matches_find(matches, text, err) : SILT_OK;
	if (status != SILT_OK || matches->count == 0 || text.len == 0) {
		silt_buffer_add(out, text);
		return status;
	}
	while (text.len > 0) {
		size_t len = secret_at(matches, text.ptr);
		if (len > SHOWN) {
			silt_buffer_add(out, silt_bytes_slice(text, 0, SHOWN));
			silt_buffer_add_text(out, "***");
		} else {
			len = 1;
			silt_buffer_add_byte(out, text.ptr[0]);
		}
		text = silt_bytes_slice(text, len, SIZE_MAX);
	}
	return SILT_OK;
}
