/* Cutting secrets out of names. */
#include "audit/mask.h"

#include "audit/url_password.h"
#include "base/escape.h"

/* Characters of a secret that are left: the prefix of a vendor, as in a preview. */
enum { SHOWN = 4 };

/*
 * The bytes of the longest secret that begins here. `*shown`: how many of them are left; of a value that somebody looks
 * for nothing is known, not even that it has a prefix.
 */
static size_t secret_at(const struct silt_line_matches *matches, const uint8_t *at, size_t *shown)
{
	size_t longest = 0;
	*shown = SHOWN;
	for (size_t i = 0; i < matches->count; i++) {
		const struct silt_line_match *match = &matches->items[i];
		if (!match->generic && match->value.ptr == at && match->value.len > longest) {
			longest = match->value.len;
		}
		if (match->rule->wanted && match->value.ptr == at) {
			*shown = 0;
		}
	}
	return longest;
}

/* The password of a URL that begins here, also of one that lost a slash when a path was cleaned. */
static struct silt_bytes password_at(struct silt_bytes text)
{
	struct silt_bytes password = silt_url_password(text, SILT_LITERAL("://"));
	return password.len > 0 ? password : silt_url_password(text, SILT_LITERAL(":/"));
}

/* Byte by byte: a secret may begin in another one, and end behind it. */
enum silt_status silt_mask(struct silt_line_matches *matches, struct silt_bytes text, struct silt_buffer *out,
			   struct silt_error *err)
{
	enum silt_status status = text.len > 0 ? silt_line_matches_find(matches, text, err) : SILT_OK;
	struct silt_bytes password = {0};
	size_t hidden = 0; /* bytes from here on that are not shown */
	for (; status == SILT_OK && text.len > 0; text = silt_bytes_slice(text, 1, SIZE_MAX)) {
		struct silt_bytes next = password_at(text);
		password = next.len > 0 ? next : password;
		size_t shown, of_url = silt_bytes_left_of(password, text);
		size_t len = secret_at(matches, text.ptr, &shown);
		len = len > shown && len > of_url ? len : of_url;
		if (hidden == 0 && len > 0) {
			silt_buffer_add(out, silt_bytes_slice(text, 0, of_url > 0 ? 0 : shown));
			silt_buffer_add_text(out, "***");
		} else if (hidden == 0) {
			silt_buffer_add_byte(out, text.ptr[0]);
		}
		hidden = len > hidden ? len : hidden;
		hidden -= hidden > 0;
	}
	return status;
}

/* What was not changed stays as it is. */
static bool mask_escaped(struct silt_line_matches *matches, struct silt_bytes text, struct silt_buffer *out)
{
	struct silt_buffer raw = {0}, masked = {0};
	silt_unescape(&raw, text);
	bool ok = !raw.failed && silt_mask(matches, silt_buffer_bytes(&raw), &masked, NULL) == SILT_OK &&
		  !masked.failed;
	if (ok && silt_bytes_equal(silt_buffer_bytes(&raw), silt_buffer_bytes(&masked))) {
		silt_buffer_add(out, text);
	} else if (ok) {
		silt_escape(out, silt_buffer_bytes(&masked));
	}
	silt_buffer_done(&raw);
	silt_buffer_done(&masked);
	return ok && !out->failed;
}

const char *silt_mask_copy(struct silt_line_matches *matches, struct silt_bytes text, struct silt_arena *arena)
{
	if (!matches) {
		return (const char *)silt_arena_copy(arena, text).ptr;
	}
	struct silt_buffer masked = {0};
	bool ok = mask_escaped(matches, text, &masked);
	const char *copy = ok ? (const char *)silt_arena_copy(arena, silt_buffer_bytes(&masked)).ptr : NULL;
	silt_buffer_done(&masked);
	return copy;
}
