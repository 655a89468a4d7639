/* What a database says of one file: a path, a digest in one of its spellings. */
#include "base/limits.h"
#include "base/path.h"
#include "content/package_parse.h"

enum silt_status silt_package_give(struct silt_package_reader *reader, struct silt_bytes folder, struct silt_bytes name,
				   enum silt_sum_kind kind, const uint8_t *digest, struct silt_error *err)
{
	uint8_t path[2 * SILT_PACKAGE_PATH_MAX + 1];
	if (folder.len > SILT_PACKAGE_PATH_MAX || name.len > SILT_PACKAGE_PATH_MAX) {
		return SILT_OK;
	}
	size_t len = 0;
	if (folder.len > 0) {
		memcpy(path, folder.ptr, folder.len);
		path[folder.len] = '/';
		len = folder.len + 1;
	}
	if (name.len > 0) {
		memcpy(path + len, name.ptr, name.len);
	}
	unsigned flags;
	len = silt_path_clean(silt_bytes(path, len + name.len), path, &flags);
	if (len == 0 || len > SILT_PACKAGE_PATH_MAX) {
		return SILT_OK;
	}
	if (reader->package.failed || reader->folder.failed || reader->path.failed) {
		return silt_fail_memory(err);
	}
	const struct silt_package_file file = {
		.package = silt_buffer_bytes(&reader->package),
		.path = silt_bytes(path, len),
		.kind = kind,
		.digest = digest,
	};
	return reader->fn(reader->ctx, &file, err);
}

/* The value of a hex digit; 16 for anything else. */
static unsigned hex_value(uint8_t digit)
{
	if (digit >= '0' && digit <= '9') {
		return digit - '0';
	}
	uint8_t lower = digit | 0x20;
	return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10u : 16;
}

bool silt_package_hex(struct silt_bytes text, uint8_t *out, size_t size)
{
	if (text.len != 2 * size) {
		return false;
	}
	for (size_t i = 0; i < size; i++) {
		unsigned high = hex_value(text.ptr[2 * i]), low = hex_value(text.ptr[2 * i + 1]);
		if (high > 15 || low > 15) {
			return false;
		}
		out[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

/* The value of a digit of base64, plain (RFC 4648, section 4) or URL-safe (section 5); 64 for anything else. */
static unsigned base64_value(uint8_t digit)
{
	if (digit >= 'A' && digit <= 'Z') {
		return digit - 'A';
	}
	if (digit >= 'a' && digit <= 'z') {
		return digit - 'a' + 26u;
	}
	if (digit >= '0' && digit <= '9') {
		return digit - '0' + 52u;
	}
	return digit == '+' || digit == '-' ? 62 : digit == '/' || digit == '_' ? 63 : 64;
}

bool silt_package_base64(struct silt_bytes text, uint8_t *out, size_t size)
{
	while (text.len > 0 && text.ptr[text.len - 1] == '=') {
		text.len--;
	}
	if (text.len != (size * 8 + 5) / 6) {
		return false;
	}
	uint32_t bits = 0;
	unsigned held = 0;
	size_t len = 0;
	for (size_t i = 0; i < text.len; i++) {
		unsigned value = base64_value(text.ptr[i]);
		if (value > 63) {
			return false;
		}
		bits = (bits << 6 | value) & 0xfff;
		held += 6;
		if (held >= 8) {
			held -= 8;
			out[len++] = (uint8_t)(bits >> held);
		}
	}
	return len == size;
}
