/* Places of files, lines and words of text, yes and no. */
#include "content/fact_parts.h"

#include "base/ascii.h"

/* ---- Places -------------------------------------------------------------------------------------------------------- */

static bool name_fits(struct silt_bytes name, struct silt_bytes pattern)
{
	size_t star = silt_bytes_find_byte(pattern, '*');
	if (star == SIZE_MAX) {
		return silt_bytes_equal(name, pattern);
	}
	return name.len >= pattern.len - 1 && silt_bytes_start_with(name, silt_bytes_slice(pattern, 0, star)) &&
	       silt_bytes_end_with(name, silt_bytes_slice(pattern, star + 1, pattern.len));
}

/* True if `folder` is `tail`, or ends with it as a whole. */
static bool ends_with_folder(struct silt_bytes folder, struct silt_bytes tail)
{
	return silt_bytes_end_with(folder, tail) &&
	       (folder.len == tail.len || folder.ptr[folder.len - tail.len - 1] == '/');
}

static bool folder_fits(struct silt_bytes folder, struct silt_bytes pattern)
{
	struct silt_bytes any = SILT_LITERAL("**");
	if (silt_bytes_equal(pattern, any)) {
		return true;
	}
	if (silt_bytes_start_with(pattern, any)) {
		return ends_with_folder(folder, silt_bytes_slice(pattern, strlen("**/"), pattern.len));
	}
	if (silt_bytes_end_with(pattern, any)) {
		struct silt_bytes top = silt_bytes_slice(pattern, 0, pattern.len - strlen("/**"));
		return silt_bytes_start_with(folder, top) && (folder.len == top.len || folder.ptr[top.len] == '/');
	}
	return silt_bytes_equal(folder, pattern);
}

struct silt_fact_file silt_fact_file_at(struct silt_bytes path)
{
	struct silt_bytes name = silt_path_basename(path), folder = silt_bytes(path.ptr, path.len - name.len);
	folder.len -= folder.len > 0; /* the slash */
	return (struct silt_fact_file){.path = path, .folder = folder, .name = name};
}

/* Most files are in other folders than most places: that is seen by the first byte. */
static bool may_be_in(struct silt_bytes folder, struct silt_bytes pattern)
{
	return pattern.len > 0 ? pattern.ptr[0] == '*' || (folder.len > 0 && folder.ptr[0] == pattern.ptr[0])
			       : folder.len == 0;
}

bool silt_fact_is_at(const struct silt_fact_file *file, const struct silt_fact_place *places, size_t count)
{
	struct silt_bytes name = file->name;
	for (size_t i = 0; i < count && name.len > 0; i++) {
		uint8_t first = places[i].name.ptr[0];
		if ((first == name.ptr[0] || first == '*') && may_be_in(file->folder, places[i].folder) &&
		    name_fits(name, places[i].name) && folder_fits(file->folder, places[i].folder)) {
			return true;
		}
	}
	return false;
}

/* ---- Telling ------------------------------------------------------------------------------------------------------- */

enum { TOLD_MAX = 256 };

enum silt_status silt_fact_tell(const struct silt_fact_listener *listener, enum silt_fact_kind kind, uint32_t line,
				struct silt_bytes text)
{
	struct silt_fact_seen fact = {kind, line, text};
	return listener->fn(listener->ctx, &fact, listener->err);
}

enum silt_status silt_fact_tell_parts(const struct silt_fact_listener *listener, enum silt_fact_kind kind,
				      uint32_t line, const struct silt_bytes *parts, size_t count)
{
	uint8_t text[TOLD_MAX];
	size_t len = 0;
	for (size_t i = 0; i < count; i++) {
		struct silt_bytes part = silt_bytes_slice(parts[i], 0, sizeof(text) - len);
		if (part.len > 0) {
			memcpy(text + len, part.ptr, part.len);
			len += part.len;
		}
	}
	return silt_fact_tell(listener, kind, line, silt_bytes(text, len));
}

/* ---- Text ---------------------------------------------------------------------------------------------------------- */

static bool is_blank(uint8_t byte)
{
	return silt_is_one_of(byte, " \t\r\v\f");
}

bool silt_fact_line(struct silt_fact_lines *lines, struct silt_bytes *line)
{
	while (silt_bytes_cut(&lines->rest, '\n', line)) {
		lines->number++;
		lines->indented = line->len > 0 && is_blank(line->ptr[0]);
		*line = silt_bytes_trim(*line);
		if (line->len > 0 && line->ptr[0] != '#') {
			return true;
		}
	}
	return false;
}

bool silt_fact_word(struct silt_bytes *rest, struct silt_bytes *word)
{
	struct silt_bytes text = silt_bytes_trim(*rest);
	size_t len = 0;
	while (len < text.len && !is_blank(text.ptr[len])) {
		len++;
	}
	*word = silt_bytes_slice(text, 0, len);
	*rest = silt_bytes_slice(text, len, text.len);
	return len > 0;
}

bool silt_fact_split(struct silt_bytes line, uint8_t separator, struct silt_bytes *name, struct silt_bytes *value)
{
	size_t at = silt_bytes_find_byte(line, separator);
	if (at == SIZE_MAX) {
		return false;
	}
	*name = silt_bytes_trim(silt_bytes_slice(line, 0, at));
	*value = silt_bytes_trim(silt_bytes_slice(line, at + 1, line.len));
	return true;
}

bool silt_fact_is_one(struct silt_bytes word, const char *list)
{
	struct silt_bytes rest = silt_bytes_text(list), piece;
	while (silt_bytes_cut(&rest, ' ', &piece)) {
		if (silt_bytes_equal_nocase(word, piece)) {
			return true;
		}
	}
	return false;
}

bool silt_fact_is_yes(struct silt_bytes value)
{
	return silt_fact_is_one(value, "1 yes true on enable with");
}

bool silt_fact_is_no(struct silt_bytes value)
{
	return silt_fact_is_one(value, "0 no false off disable without");
}

/* ---- Addresses ----------------------------------------------------------------------------------------------------- */

enum { SCHEME_MAX = 16 };

static bool is_host_byte(uint8_t byte)
{
	return silt_is_letter(byte) || silt_is_digit(byte) || silt_is_one_of(byte, ".-_[]:$");
}

/* NAME, NAME:PORT or [ADDRESS]:PORT. What begins like "user:password" is none. */
static bool is_host(struct silt_bytes host)
{
	for (size_t i = 0; i < host.len; i++) {
		if (!is_host_byte(host.ptr[i])) {
			return false;
		}
	}
	size_t colon = silt_bytes_find_last_byte(host, ':');
	return host.len > 0 && (colon == SIZE_MAX || host.ptr[0] == '[' ||
				silt_all_digits(silt_bytes_slice(host, colon + 1, host.len)));
}

static size_t authority_length(struct silt_bytes text)
{
	size_t len = 0;
	while (len < text.len && !silt_is_one_of(text.ptr[len], "/?#")) {
		len++;
	}
	return len;
}

/* Schemes of what is on this host. */
static bool is_local_scheme(struct silt_bytes scheme)
{
	return silt_fact_is_one(scheme, "file copy cdrom");
}

static bool is_scheme(struct silt_bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!silt_is_letter(text.ptr[i]) && !silt_is_digit(text.ptr[i]) && text.ptr[i] != '+') {
			return false;
		}
	}
	return text.len > 0 && text.len <= SCHEME_MAX;
}

bool silt_fact_address(struct silt_bytes text, struct silt_fact_address *out)
{
	struct silt_fact_address address = {0};
	struct silt_bytes scheme = silt_bytes_slice(text, 0, silt_bytes_find_byte(text, ':'));
	if (scheme.len < text.len && is_local_scheme(scheme)) {
		*out = (struct silt_fact_address){.scheme = scheme};
		return true;
	}
	size_t colon = silt_bytes_find(text, SILT_LITERAL("://"));
	if (colon != SIZE_MAX) {
		address.scheme = silt_bytes_slice(text, 0, colon);
		text = silt_bytes_slice(text, colon + 3, text.len);
	}
	address.host = silt_bytes_slice(text, 0, authority_length(text));
	size_t at = silt_bytes_find_last_byte(address.host, '@');
	if (at != SIZE_MAX) {
		address.host = silt_bytes_slice(address.host, at + 1, address.host.len);
	}
	if (!is_host(address.host) || (colon != SIZE_MAX && !is_scheme(address.scheme))) {
		return false;
	}
	*out = address;
	return true;
}

static struct silt_bytes without_port(struct silt_bytes host)
{
	if (host.len > 0 && host.ptr[0] == '[') {
		return silt_bytes_slice(host, 1, silt_bytes_find_byte(host, ']') - 1);
	}
	size_t colon = silt_bytes_find_byte(host, ':');
	bool port = colon != SIZE_MAX && silt_bytes_find_last_byte(host, ':') == colon;
	return port ? silt_bytes_slice(host, 0, colon) : host;
}

static bool is_loopback(struct silt_bytes host)
{
	bool numbers = true;
	for (size_t i = 0; i < host.len; i++) {
		numbers = numbers && (silt_is_digit(host.ptr[i]) || host.ptr[i] == '.');
	}
	return (numbers && silt_bytes_start_with(host, SILT_LITERAL("127."))) ||
	       silt_fact_is_one(host, "localhost ::1");
}

bool silt_fact_is_local(const struct silt_fact_address *address)
{
	return is_local_scheme(address->scheme) || is_loopback(without_port(address->host));
}
