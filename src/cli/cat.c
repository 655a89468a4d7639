/* `silt cat`: the bytes of files of an image, of any version, and of what is stored beside them. */
#include "cli/cat.h"

#include "cli/inspection.h"
#include "cli/message.h"
#include "cli/watchdog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes on their way to the output, of one item after the other. */
struct cat {
	const struct cli_arguments *arguments;
	const struct cli_inspected *what;
	struct silt_sink sink;
	uint64_t given, size; /* of the item; the size only of an entry */
};

enum { ZEROS = 64 * 1024, NAMES_MAX = 64 };

/* What a terminal would obey is shown as \xNN. */
static bool write_escaped(struct silt_sink sink, struct silt_bytes bytes)
{
	char text[4 * 256];
	bool written = true;
	for (size_t at = 0; at < bytes.len && written;) {
		size_t len = 0;
		for (; at < bytes.len && len + 4 < sizeof(text); at++) {
			const uint8_t byte = bytes.ptr[at];
			const bool plain = byte == '\n' || byte == '\t' || (byte >= ' ' && byte < 0x7f);
			len += (size_t)snprintf(text + len, 5, plain ? "%c" : "\\x%02x", byte);
		}
		written = sink.write(sink.ctx, text, len);
	}
	return written;
}

static enum silt_status give(struct cat *cat, struct silt_bytes bytes, struct silt_error *err)
{
	cat->given += bytes.len;
	const bool written = bytes.len == 0        ? true
			     : cat->what->terminal ? write_escaped(cat->sink, bytes)
						   : cat->sink.write(cat->sink.ctx, bytes.ptr, bytes.len);
	return written ? SILT_OK : cli_fail(err, SILT_ERR_IO, "the output could not be written");
}

static enum silt_status give_zeros(struct cat *cat, uint64_t to, struct silt_error *err)
{
	static const uint8_t zeros[ZEROS];
	enum silt_status status = SILT_OK;
	while (cat->given < to && status == SILT_OK) {
		const uint64_t left = to - cat->given;
		cli_watchdog_beat(NULL);
		status = give(cat, (struct silt_bytes){zeros, left < ZEROS ? (size_t)left : ZEROS}, err);
	}
	return status;
}

static enum silt_status take_piece(void *ctx, const struct silt_dig_piece *piece, struct silt_error *err)
{
	struct cat *cat = ctx;
	enum silt_status status = SILT_OK;
	if (piece->part == SILT_DIG_BODY) {
		status = give_zeros(cat, piece->offset, err);
	}
	if (status == SILT_OK) {
		status = give(cat, piece->bytes, err);
	}
	return status == SILT_OK && piece->last ? give_zeros(cat, cat->size, err) : status;
}

/* What is stored in a bundle is there whatever images it has; a path is one of an image. */
static enum silt_status find(const struct silt_result *result, const char *word, struct silt_found *found,
			     struct silt_error *err)
{
	const struct silt_image *image;
	struct silt_error why = {0};
	size_t count;
	(void)silt_result_images(result, &count);
	const enum silt_status status = silt_find(result, count == 1 ? 0 : SIZE_MAX, word, found, &why);
	if (status != SILT_OK && count != 1) {
		return cli_only_image(result, &image, err);
	}
	return status == SILT_OK ? SILT_OK : cli_fail(err, status, "%s", why.text);
}

/* How long a bundle is nobody knows before it was read again. */
static enum silt_status demand_all(const struct cat *cat, const struct silt_dig_item *item, const char *word,
				   struct silt_error *err)
{
	const bool is_run = item->part != SILT_DIG_BODY && item->length != UINT64_MAX;
	return !is_run || cat->given == item->length
		       ? SILT_OK
		       : cli_fail(err, SILT_ERR_USAGE, "%s: the bundle ends behind %llu of these %llu bytes",
				  cli_printable(word).text, (unsigned long long)cat->given,
				  (unsigned long long)item->length);
}

/* One file at a time, in the order in which they were named. */
static enum silt_status cat_one(struct cat *cat, const char *word, struct silt_error *err)
{
	struct silt_found found;
	enum silt_status status = find(cat->what->result, word, &found, err);
	if (status != SILT_OK) {
		return status;
	}
	if (found.note[0] != '\0') {
		cli_say("%s: %s.", cli_printable(word).text, found.note);
	}
	cat->given = 0;
	cat->size = found.is_entry && !found.view.truncated ? found.view.size : 0;
	if (found.is_entry && found.view.truncated) {
		cli_say("%s: the archive ends inside of it; what follows is its beginning.", cli_printable(word).text);
	}
	status = silt_dig(cat->what->bundle, cat->what->result, &found.item, 1, take_piece, cat, err);
	return status == SILT_OK ? demand_all(cat, &found.item, word, err) : status;
}

static enum silt_status cat_all(void *ctx, const struct cli_inspected *what, struct silt_sink sink,
				struct silt_error *err)
{
	struct cat *cat = ctx;
	enum silt_status status = SILT_OK;
	cat->what = what;
	cat->sink = sink;
	for (size_t i = 1; i < cat->arguments->operand_count && status == SILT_OK; i++) {
		status = cat_one(cat, cat->arguments->operands[i], err);
	}
	return status;
}

/* What files may be called that are asked for: the last component of each path, with and without "@LAYER". */
static size_t names_of(const struct cli_arguments *arguments, struct silt_bytes names[static NAMES_MAX])
{
	size_t count = 0;
	for (size_t i = 1; i < arguments->operand_count && count + 2 <= NAMES_MAX; i++) {
		const char *slash = strrchr(arguments->operands[i], '/');
		const char *name = slash != NULL ? slash + 1 : arguments->operands[i];
		const char *at = strrchr(name, '@');
		names[count++] = (struct silt_bytes){(const uint8_t *)name, strlen(name)};
		if (at != NULL) {
			names[count++] = (struct silt_bytes){(const uint8_t *)name, (size_t)(at - name)};
		}
	}
	return count;
}

enum cli_exit cli_cat(const struct cli_arguments *arguments)
{
	struct cat cat = {.arguments = arguments};
	struct silt_bytes names[NAMES_MAX];
	const struct cli_inspection inspection = {
		.arguments = arguments,
		.name = "cat",
		.operands_min = 2,
		.operands_max = SIZE_MAX,
		.demand = "cat needs an input and what to show of it: silt cat app.tar /etc/passwd.",
		.options = {.entries_only = true, .keep_names = names, .keep_name_count = names_of(arguments, names)},
		.digs = true,
		.tell = cat_all,
		.ctx = &cat,
		.doubt = "another version may be missing",
	};
	return cli_inspect(&inspection);
}
