/* Lexical cleaning of archive names. */
#include "base/path.h"

/* Length of `out` without its last component. */
static size_t parent_length(const uint8_t *out, size_t len)
{
	while (len > 0 && out[len - 1] != '/') {
		len--;
	}
	return len > 0 ? len - 1 : 0;
}

static bool is_here(const uint8_t *component, size_t len)
{
	return len == 0 || (len == 1 && component[0] == '.');
}

static bool is_up(const uint8_t *component, size_t len)
{
	return len == 2 && component[0] == '.' && component[1] == '.';
}

/* What is written never overtakes what is read. */
static size_t append(uint8_t *out, size_t len, const uint8_t *component, size_t component_len)
{
	if (len > 0) {
		out[len++] = '/';
	}
	for (size_t i = 0; i < component_len; i++) {
		out[len++] = component[i];
	}
	return len;
}

/* The highest bit of each byte that is zero. */
static uint64_t zero_bytes(uint64_t bytes)
{
	const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
	return ~(((bytes & low) + low) | bytes | low);
}

/*
 * What nearly all names are: no component is empty or begins with a dot, so that nothing has to be taken out, and no byte
 * is a NUL. Eight bytes at a time, with the eight that follow them; "." and "/" are one bit apart.
 */
static bool is_plain(struct silt_bytes name)
{
	const uint64_t slashes = UINT64_C(0x2f2f2f2f2f2f2f2f), ones = UINT64_C(0x0101010101010101);
	if (name.len == 0 || (name.ptr[0] | 1) == '/' || name.ptr[name.len - 1] == '/') {
		return false;
	}
	size_t at = 0;
	uint64_t odd = 0;
	for (; at + sizeof(odd) < name.len; at += sizeof(odd)) {
		uint64_t here, next;
		memcpy(&here, name.ptr + at, sizeof(here));
		memcpy(&next, name.ptr + at + 1, sizeof(next));
		odd |= zero_bytes(here) | (zero_bytes(here ^ slashes) & zero_bytes((next | ones) ^ slashes));
	}
	for (; at + 1 < name.len; at++) {
		odd |= name.ptr[at] == '\0' || (name.ptr[at] == '/' && (name.ptr[at + 1] | 1) == '/');
	}
	return odd == 0 && name.ptr[at] != '\0';
}

/* Without the "./" in front that tar writes, and the "/" behind the name of a folder. */
static struct silt_bytes peel(struct silt_bytes raw)
{
	struct silt_bytes name = silt_bytes_start_with(raw, SILT_LITERAL("./")) ? silt_bytes_slice(raw, 2, raw.len)
										: raw;
	if (name.len > 0 && name.ptr[name.len - 1] == '/') {
		name.len--;
	}
	return name;
}

/* Byte by byte: a path may be a megabyte of one letter between two slashes, where calls would cost more than the work. */
size_t silt_path_clean(struct silt_bytes raw, uint8_t *out, unsigned *flags)
{
	const struct silt_bytes name = peel(raw);
	if (is_plain(name)) {
		*flags = 0;
		memmove(out, name.ptr, name.len);
		return name.len;
	}
	*flags = raw.len > 0 && raw.ptr[0] == '/' ? SILT_PATH_ABSOLUTE : 0;
	*flags |= silt_bytes_find_byte(raw, '\0') != SIZE_MAX ? SILT_PATH_NUL : 0;
	size_t len = 0;
	for (size_t start = 0, end; start < raw.len; start = end + 1) {
		const uint8_t *component = raw.ptr + start;
		for (end = start; end < raw.len && raw.ptr[end] != '/'; end++) {
		}
		if (is_up(component, end - start)) {
			*flags |= len == 0 ? SILT_PATH_DOTDOT | SILT_PATH_ESCAPES : SILT_PATH_DOTDOT;
			len = parent_length(out, len);
		} else if (!is_here(component, end - start)) {
			len = append(out, len, component, end - start);
		}
	}
	return len;
}

bool silt_path_next(struct silt_bytes *rest, struct silt_bytes *component)
{
	return silt_bytes_cut(rest, '/', component);
}

bool silt_path_next_hidden(struct silt_bytes path, size_t *from, struct silt_bytes *component)
{
	while (*from < path.len) {
		const uint8_t *dot = memchr(path.ptr + *from, '.', path.len - *from);
		if (!dot) {
			return false;
		}
		size_t at = (size_t)(dot - path.ptr);
		if (at == 0 || dot[-1] == '/') {
			struct silt_bytes rest = silt_bytes(dot, path.len - at);
			(void)silt_path_next(&rest, component);
			*from = at + component->len;
			return true;
		}
		*from = at + 1;
	}
	return false;
}

struct silt_bytes silt_path_join(struct silt_buffer *out, struct silt_bytes folder, struct silt_bytes name)
{
	silt_buffer_clear(out);
	silt_buffer_add(out, folder);
	if (folder.len > 0 && name.len > 0) {
		silt_buffer_add_byte(out, '/');
	}
	silt_buffer_add(out, name);
	return silt_buffer_bytes(out);
}
