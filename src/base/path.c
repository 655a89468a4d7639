/* Lexical cleaning of archive names. */
#include "base/path.h"

static bool is(struct silt_bytes component, const char *text)
{
	return silt_bytes_equal(component, silt_bytes_text(text));
}

/* Length of `out` without its last component. */
static size_t parent_length(const uint8_t *out, size_t len)
{
	while (len > 0 && out[len - 1] != '/') {
		len--;
	}
	return len > 0 ? len - 1 : 0;
}

size_t silt_path_clean(struct silt_bytes raw, uint8_t *out, unsigned *flags)
{
	*flags = 0;
	if (raw.len > 0 && raw.ptr[0] == '/') {
		*flags |= SILT_PATH_ABSOLUTE;
	}
	if (silt_bytes_find_byte(raw, '\0') != SIZE_MAX) {
		*flags |= SILT_PATH_NUL;
	}
	size_t len = 0;
	struct silt_bytes component;
	while (silt_bytes_cut(&raw, '/', &component)) {
		if (component.len == 0 || is(component, ".")) {
			continue;
		}
		if (is(component, "..")) {
			*flags |= len == 0 ? SILT_PATH_DOTDOT | SILT_PATH_ESCAPES : SILT_PATH_DOTDOT;
			len = parent_length(out, len);
			continue;
		}
		if (len > 0) {
			out[len++] = '/';
		}
		memmove(out + len, component.ptr, component.len);
		len += component.len;
	}
	return len;
}

bool silt_path_next(struct silt_bytes *rest, struct silt_bytes *component)
{
	return silt_bytes_cut(rest, '/', component);
}
