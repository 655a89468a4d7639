/*
 * Rows of base64 or hexadecimal characters, from line to line.
 *
 *     auth: "LS0tLS1CRUdJTiBP...            a line of any length, from where text begins in it
 *            ...UFRFIEtFWS0tLS0tCg==\n      lines of one width, between them line ends, blanks, quotes, commas
 *
 * A row goes on with the next line only if that looks like its own: as wide as the one before or, for the last, shorter;
 * going on to be text; and ending where a value may end. Else what follows a value would be taken for a part of it, and
 * a token at its end would not be seen.
 */
#include "secret/unwrap.h"
#include "secret/unwrap_gate.h"

#include "base/ascii.h"

enum {
	CHUNK = 2048,
	LINE_MAX_WIDTH = 2048, /* the widest line that is joined with the next one */
	LINE_LEAST = 16,       /* the narrowest */
	GAP_MAX = 128,         /* bytes between two lines: indentation, quotes */
	FOLD_LEAST = 60,       /* a line of so many may be followed by a blank in place of a line end */
};

/* ---- Between two lines ---------------------------------------------------------------------------------------------- */

/* Bytes of `\n` and its like, however often the backslash is escaped; 0 if there is none. */
static size_t escaped_end(struct silt_bytes text)
{
	size_t slashes = 0;
	while (slashes < text.len && text.ptr[slashes] == '\\') {
		slashes++;
	}
	bool ends = slashes > 0 && slashes < text.len && silt_is_one_of(text.ptr[slashes], "nr\n\r\"'");
	return ends ? slashes + 1 : 0;
}

/* A sign that joins literals in a program text: one that is no character of the next line. */
static bool is_joint(struct silt_bytes text)
{
	return text.ptr[0] != '+' || (text.len > 1 && silt_is_one_of(text.ptr[1], " \t\r\n\"'`"));
}

/* Bytes between the end of a line and the start of the next one, 0 if there is no next one. */
static size_t gap_length(const struct silt_rows *rows, struct silt_bytes text)
{
	bool broken = rows->line >= FOLD_LEAST;
	size_t at = 0;
	while (at < text.len && at < GAP_MAX) {
		struct silt_bytes rest = silt_bytes(text.ptr + at, text.len - at);
		size_t length = escaped_end(rest);
		if (length > 0) {
			broken = broken || rest.ptr[length - 1] != '"';
		} else if (silt_is_one_of(rest.ptr[0], "\r\n")) {
			broken = true;
			length = 1;
		} else if (silt_is_one_of(rest.ptr[0], " \t\"'`,;+.>#*|") && is_joint(rest)) {
			length = 1;
		} else {
			break;
		}
		at += length;
	}
	return broken && at <= GAP_MAX ? at : 0;
}

/* True if a value may end here: `text` is what stands behind its last character. */
static bool may_end(struct silt_bytes text)
{
	return text.len == 0 || silt_is_one_of(text.ptr[0], "\r\n\"'`<\\,;)}]") || text.ptr[0] == '\0';
}

/* ---- The next line -------------------------------------------------------------------------------------------------- */

/* A last line: not as wide as the others, and the end of it is the end of the value. */
static bool is_last_line(const struct silt_rows *rows, struct silt_bytes text, size_t length)
{
	struct silt_bytes behind = silt_bytes_slice(text, length, text.len);
	size_t padding = 0;
	while (padding < behind.len && padding < 2 && behind.ptr[padding] == '=') {
		padding++;
	}
	bool whole = (rows->units + length + padding) % rows->code->group == 0;
	return whole && may_end(silt_bytes_slice(behind, padding, behind.len)) &&
	       silt_row_goes_on(rows->code, rows->state, silt_bytes(text.ptr, length), false);
}

/* A whole line. Only its start must be text: it may be long, and what is no text ends the row anyhow. */
static bool is_whole_line(const struct silt_rows *rows, struct silt_bytes text, size_t length)
{
	return length >= LINE_LEAST &&
	       silt_row_goes_on(rows->code, rows->state, silt_bytes(text.ptr, LINE_LEAST), true);
}

/* True if the row goes on with the line at the start of `text`, and then the row is in that line. */
static bool join_line(struct silt_rows *rows, struct silt_bytes text)
{
	size_t length = silt_row_length(rows->code, silt_bytes_slice(text, 0, LINE_MAX_WIDTH + 1));
	bool wider = length > (rows->width > 0 ? rows->width : LINE_MAX_WIDTH);
	if (length == 0 || wider || rows->last_line || rows->line < LINE_LEAST || rows->line < rows->width) {
		return false;
	}
	bool last = length < rows->line;
	if (last ? !is_last_line(rows, text, length) : !is_whole_line(rows, text, length)) {
		return false;
	}
	rows->last_line = last;
	rows->width = last ? rows->line : length;
	rows->line = 0;
	return true;
}

static enum silt_status close_row(struct silt_rows *rows, const struct silt_view *view)
{
	rows->open = false;
	return silt_plain_close(rows->plain, view->err);
}

/* At the end of a line: goes on to the next one, or closes. */
static enum silt_status next_line(struct silt_rows *rows, const struct silt_view *view)
{
	struct silt_bytes text = silt_view_bytes(view, rows->done, SILT_UNWRAP_AHEAD);
	size_t gap = gap_length(rows, text);
	if (gap == 0 || !join_line(rows, silt_bytes_slice(text, gap, text.len))) {
		return close_row(rows, view);
	}
	rows->done += gap;
	silt_plain_line(rows->plain, rows->units, rows->done);
	return SILT_OK;
}

/* ---- In a line -------------------------------------------------------------------------------------------------------- */

/* Decodes characters of the code until one makes a byte that no text has; returns how many were decoded. */
static size_t decode(struct silt_rows *rows, struct silt_bytes characters)
{
	for (size_t i = 0; i < characters.len; i++) {
		uint8_t byte;
		if (!silt_row_step(rows->code, &rows->state, rows->code->value[characters.ptr[i]], &byte)) {
			continue;
		}
		if (!silt_row_is_text(byte, true)) {
			return i;
		}
		silt_plain_put(rows->plain, byte);
	}
	return characters.len;
}

/* Decodes the start of `text`; what no text has ends the row. */
static enum silt_status read_line(struct silt_rows *rows, const struct silt_view *view, struct silt_bytes text)
{
	size_t length = silt_row_length(rows->code, text);
	if (length == 0) {
		return next_line(rows, view);
	}
	size_t decoded = decode(rows, silt_bytes(text.ptr, length));
	rows->done += decoded < length ? decoded + 1 : length;
	rows->units += decoded;
	rows->line += decoded;
	return decoded < length ? close_row(rows, view) : rows->plain->status;
}

enum silt_status silt_rows_go_on(struct silt_rows *rows, const struct silt_view *view)
{
	enum silt_status status = SILT_OK;
	while (rows->open && rows->done < view->limit && status == SILT_OK) {
		uint64_t left = view->limit - rows->done;
		struct silt_bytes text = silt_view_bytes(view, rows->done, left < CHUNK ? (size_t)left : CHUNK);
		status = read_line(rows, view, text);
	}
	return status == SILT_OK && rows->open && view->last ? close_row(rows, view) : status;
}

/*
 * Text may begin inside a group: behind a byte order mark, or anything else that is no text. Decodes the group before
 * the first one that is all text, and puts what is text at the end of it.
 */
static void put_lead(struct silt_rows *rows, struct silt_bytes group)
{
	uint8_t bytes[4];
	size_t count = 0;
	for (size_t i = 0; i < group.len; i++) {
		count += silt_row_step(rows->code, &rows->state, rows->code->value[group.ptr[i]], &bytes[count]);
	}
	size_t text = count;
	while (text > 0 && silt_row_is_text(bytes[text - 1], false)) {
		text--;
	}
	rows->plain->lead = (unsigned)text;
	while (text < count) {
		silt_plain_put(rows->plain, bytes[text++]);
	}
	rows->done += group.len;
	rows->units += group.len;
	rows->line += group.len;
}

/* Text in the code begins at `start` of what is seen, which is from `seen_at` on. */
static enum silt_status open_row(struct silt_rows *rows, const struct silt_view *view, const struct silt_row_code *code,
				 struct silt_bytes seen, uint64_t seen_at, size_t start)
{
	struct silt_bytes group = silt_bytes_slice(seen, start - code->group, code->group);
	if (start < code->group || seen_at + start - code->group < rows->done ||
	    silt_row_length(code, group) < code->group) {
		group.len = 0;
	}
	uint64_t at = seen_at + start - group.len;
	*rows = (struct silt_rows){.plain = rows->plain, .open = true, .done = at, .code = code};
	enum silt_status status = silt_plain_open(rows->plain, &code->code, at, view->path, view->err);
	if (status != SILT_OK) {
		return status;
	}
	put_lead(rows, group);
	return silt_rows_go_on(rows, view);
}

enum silt_status silt_rows_meet(struct silt_rows *rows, const struct silt_view *view, uint64_t at)
{
	enum { BACK = 2 * SILT_GATE_WINDOW, AHEAD = 4 * SILT_GATE_WINDOW };
	static const struct silt_row_code *const codes[] = {&silt_row_hex, &silt_row_base64};
	if (rows->plain->open || at + SILT_GATE_WINDOW <= rows->done) {
		return SILT_OK;
	}
	uint64_t from = at > BACK ? at - BACK : 0;
	struct silt_bytes seen = silt_view_bytes(view, from, (size_t)(at - from) + AHEAD);
	size_t floor = rows->done > from ? (size_t)(rows->done - from) : 0;
	for (size_t i = 0; i < SILT_COUNT(codes); i++) {
		size_t start = silt_row_find(codes[i], seen, floor, (size_t)(at - from), SILT_GATE_WINDOW);
		if (start != SIZE_MAX) {
			return open_row(rows, view, codes[i], seen, from, start);
		}
	}
	return SILT_OK;
}
