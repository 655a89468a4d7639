/* Pieces of sentences for people. */
#include "report/phrase.h"

#include "base/utf8.h"
#include "report/page.h"

#include <inttypes.h>
#include <string.h>

enum {
	DIGEST_SHOWN = 12,
	/* The shortest run of hex digits that is taken for a digest: MD5 has as many. */
	DIGEST_LEAST = 32,
};

void silt_phrase_count(struct silt_buffer *out, uint64_t count, const char *one, const char *many)
{
	silt_buffer_printf(out, "%" PRIu64 " %s", count, count == 1 ? one : many);
}

void silt_phrase_left_out(struct silt_buffer *out, const struct silt_coverage *coverage)
{
	if (coverage->left_out_images > 0) {
		silt_phrase_count(out, coverage->left_out_images, "image", "images");
		silt_buffer_add_text(out, " that --image or --platform did not choose");
	}
	if (coverage->left_out_findings > 0) {
		silt_buffer_add_text(out, coverage->left_out_images > 0 ? "; " : "");
		silt_phrase_count(out, coverage->left_out_findings, "finding", "findings");
		silt_buffer_add_text(out, " that --only or --skip did not ask for");
	}
}

void silt_phrase_size(struct silt_buffer *out, uint64_t bytes)
{
	static const char prefixes[] = "kMGTPE";
	if (bytes < 1000) {
		silt_buffer_printf(out, "%" PRIu64 SILT_MARK_SPACE "B", bytes);
		return;
	}
	/* In tenths of the unit, rounded half up in whole numbers, so that no machine rounds otherwise. */
	uint64_t unit = 1000;
	size_t prefix = 0;
	while (bytes / unit >= 1000 || (bytes / unit == 999 && bytes % unit >= unit / 20 * 19)) {
		unit *= 1000;
		prefix++;
	}
	uint64_t tenths = bytes / (unit / 10) + (bytes % (unit / 10) >= unit / 20);
	silt_buffer_printf(out, "%" PRIu64 ".%" PRIu64 SILT_MARK_SPACE "%cB", tenths / 10, tenths % 10,
			   prefixes[prefix]);
}

void silt_phrase_unbroken(struct silt_buffer *out, const char *text)
{
	for (; *text; text++) {
		silt_buffer_add_byte(out, (uint8_t)(*text == ' ' ? SILT_MARK_SPACE[0] : *text));
	}
}

/* Bytes of the next character or escape of printable text, and the columns it takes. */
static size_t next_unit(struct silt_bytes text, size_t *columns)
{
	uint32_t code;
	if (text.ptr[0] == '\\' && text.len > 1) {
		size_t len = text.ptr[1] == 'x' && text.len >= 4 ? 4 : 2;
		*columns = len;
		return len;
	}
	*columns = 1;
	size_t len = silt_utf8_decode(text, &code);
	return len ? len : 1;
}

void silt_phrase_cut(struct silt_buffer *out, const char *text, size_t max)
{
	struct silt_bytes whole = silt_bytes_text(text);
	size_t at = 0, used = 0, cut = 0;
	while (at < whole.len) {
		size_t columns;
		size_t len = next_unit(silt_bytes_slice(whole, at, SIZE_MAX), &columns);
		if (columns > max - used) {
			silt_buffer_add(out, silt_bytes_slice(whole, 0, cut));
			silt_buffer_add_text(out, "...");
			return;
		}
		at += len;
		used += columns;
		cut = max - used >= 3 ? at : cut;
	}
	silt_buffer_add(out, whole);
}

void silt_phrase_cut_front(struct silt_buffer *out, const char *text, size_t max)
{
	const struct silt_bytes whole = silt_bytes_text(text);
	size_t left = 0, columns, at = 0; /* `left`: columns from `at` on */
	for (size_t i = 0; i < whole.len; left += columns) {
		i += next_unit(silt_bytes_slice(whole, i, SIZE_MAX), &columns);
	}
	if (left <= max) {
		silt_buffer_add(out, whole);
		return;
	}
	while (at < whole.len && left + strlen("...") > max) {
		at += next_unit(silt_bytes_slice(whole, at, SIZE_MAX), &columns);
		left -= columns;
	}
	silt_buffer_add_text(out, "...");
	silt_buffer_add(out, silt_bytes_slice(whole, at, SIZE_MAX));
}

void silt_phrase_instruction(struct silt_buffer *out, const char *instruction, size_t max)
{
	struct silt_buffer shortened = {0};
	while (*instruction) {
		size_t digits = strspn(instruction, "0123456789abcdefABCDEF");
		size_t taken = digits > 0 ? digits : 1;
		bool is_digest = digits >= DIGEST_LEAST;
		silt_buffer_add(&shortened, silt_bytes(instruction, is_digest ? DIGEST_SHOWN : taken));
		silt_buffer_add_text(&shortened, is_digest ? ".." : "");
		instruction += taken;
	}
	silt_phrase_cut(out, silt_buffer_text(&shortened), max);
	out->failed |= shortened.failed;
	silt_buffer_done(&shortened);
}

void silt_phrase_digest(struct silt_buffer *out, const char *digest)
{
	struct silt_bytes whole = silt_bytes_text(digest);
	size_t colon = silt_bytes_find_byte(whole, ':');
	silt_buffer_add(out, silt_bytes_slice(whole, colon == SIZE_MAX ? 0 : colon + 1, DIGEST_SHOWN));
}

void silt_phrase_image(struct silt_buffer *out, const struct silt_image *image)
{
	if (image->name_count > 0) {
		silt_phrase_unbroken(out, image->names[0]);
	} else if (image->config_digest[0]) {
		silt_phrase_digest(out, image->config_digest);
	} else {
		silt_buffer_add_text(out, "the image");
	}
}

static bool shares_name(const struct silt_image *images, size_t count, size_t which)
{
	for (size_t i = 0; i < count; i++) {
		if (i != which && images[i].name_count > 0 && images[which].name_count > 0 &&
		    strcmp(images[i].names[0], images[which].names[0]) == 0) {
			return true;
		}
	}
	return false;
}

void silt_phrase_image_of(struct silt_buffer *out, const struct silt_image *images, size_t count, size_t which)
{
	silt_phrase_image(out, &images[which]);
	if (images[which].platform[0] && shares_name(images, count, which)) {
		silt_buffer_add_text(out, SILT_MARK_SPACE "(");
		silt_phrase_unbroken(out, images[which].platform);
		silt_buffer_add_byte(out, ')');
	}
}

const char *silt_phrase_severity_mark(enum silt_severity severity)
{
	static const char *const marks[] = {
		[SILT_SEVERITY_INFO] = SILT_MARK_DIM,          [SILT_SEVERITY_LOW] = SILT_MARK_CYAN,
		[SILT_SEVERITY_MEDIUM] = SILT_MARK_YELLOW,     [SILT_SEVERITY_HIGH] = SILT_MARK_RED,
		[SILT_SEVERITY_CRITICAL] = SILT_MARK_BOLD_RED,
	};
	return marks[severity];
}
