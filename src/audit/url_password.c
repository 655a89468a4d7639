/* Where the password of a URL begins and ends. */
#include "audit/url_password.h"

static bool ends_authority(uint8_t byte)
{
	return byte <= ' ' || byte == '/' || byte == '?' || byte == '#' || byte == '"' || byte == '\'';
}

struct silt_bytes silt_url_password(struct silt_bytes text, struct silt_bytes mark)
{
	if (!silt_bytes_start_with(text, mark)) {
		return silt_bytes(NULL, 0);
	}
	struct silt_bytes authority = silt_bytes_slice(text, mark.len, text.len);
	size_t len = 0;
	while (len < authority.len && !ends_authority(authority.ptr[len])) {
		len++;
	}
	authority.len = len;
	size_t at = silt_bytes_find_last_byte(authority, '@');
	struct silt_bytes password = silt_bytes_slice(authority, 0, at == SIZE_MAX ? 0 : at), user;
	return silt_bytes_cut(&password, ':', &user) ? password : silt_bytes(NULL, 0);
}

size_t silt_bytes_left_of(struct silt_bytes span, struct silt_bytes text)
{
	bool inside = span.len > 0 && text.ptr >= span.ptr && text.ptr < span.ptr + span.len;
	return inside ? (size_t)(span.ptr + span.len - text.ptr) : 0;
}
