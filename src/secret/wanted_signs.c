/*
 * From bytes to all the ways in which they are written with others.
 *
 * A value that has one of its bytes written so has a sign in it; one that has none stands there as it is. So nothing
 * need be guessed of what usually stands around a value, and what no value has is no sign.
 */
#include "secret/wanted_signs.h"

#include "secret/escape_letters.h"
#include "secret/undo_read.h"
#include "secret/unwrap_tips.h"

#include <stdlib.h>

enum {
	/* Of pieces that follow each other one is whole in lines of 23 characters or more. */
	PIECE = 12,
	PIECES = 4,
};

static bool add(struct silt_wanted_signs *signs, struct silt_literal literal, enum silt_undo_kind kind)
{
	void *list = signs->list, *kinds = signs->kinds;
	const bool grown = silt_grow(&list, signs->count, &signs->list_capacity, sizeof(*signs->list));
	signs->list = list;
	const bool both = grown && silt_grow(&kinds, signs->count, &signs->kinds_capacity, sizeof(*signs->kinds));
	signs->kinds = kinds;
	if (both) {
		signs->list[signs->count] = literal;
		signs->kinds[signs->count++] = (uint8_t)kind;
	}
	return both;
}

bool silt_wanted_signs_begin(struct silt_wanted_signs *signs)
{
	*signs = (struct silt_wanted_signs){0};
	bool whole = true;
	for (size_t i = 0; i < silt_sign_count && whole; i++) {
		whole = add(signs, silt_signs[i], SILT_UNDO_KINDS);
	}
	return whole;
}

void silt_wanted_signs_done(struct silt_wanted_signs *signs)
{
	free(signs->list);
	free(signs->kinds);
	*signs = (struct silt_wanted_signs){0};
}

void silt_wanted_signs_of(struct silt_wanted_signs *signs, struct silt_bytes value)
{
	for (size_t i = 0; i < value.len; i++) {
		signs->bytes[value.ptr[i]] = true;
	}
}

bool silt_wanted_signs_pieces(struct silt_wanted_signs *signs, struct silt_bytes text)
{
	bool whole = true;
	for (size_t i = 0; i < PIECES && (i + 1) * PIECE <= text.len && whole; i++) {
		struct silt_literal piece = {silt_bytes_slice(text, i * PIECE, PIECE), false};
		whole = add(signs, piece, SILT_UNDO_BREAKS);
	}
	return whole;
}

/* ---- Of one byte ------------------------------------------------------------------------------------------------------- */

/* The backslash and a letter that mean a byte; a sign means itself. NUL: there is none. */
static char escaped_by(unsigned byte)
{
	static const char letters[] = SILT_ESCAPE_LETTERS, meanings[] = SILT_ESCAPE_MEANINGS;
	const char *meaning = byte != 0 ? strchr(meanings, (int)byte) : NULL;
	if (meaning) {
		return letters[meaning - meanings];
	}
	const unsigned lower = byte | 0x20;
	const bool word = (byte >= '0' && byte <= '9') || (lower >= 'a' && lower <= 'z');
	const bool sign = byte >= ' ' && byte <= '~' && !word;
	return (char)(sign ? byte : 0);
}

/* The character reference with a name; NULL: it has none. */
static const char *named(unsigned byte)
{
	const struct silt_undo_name *name = silt_undo_names;
	while (name->text && name->meaning != byte) {
		name++;
	}
	return name->text;
}

/* `text`: NULL if memory ran out. */
static bool add_text(struct silt_wanted_signs *signs, const char *text, bool any_case, enum silt_undo_kind kind)
{
	return text && add(signs, (struct silt_literal){silt_bytes_text(text), any_case}, kind);
}

static bool add_backslash(struct silt_wanted_signs *signs, struct silt_arena *arena, unsigned byte)
{
	const enum silt_undo_kind kind = SILT_UNDO_BACKSLASH;
	const char letter = escaped_by(byte);
	bool whole = add_text(signs, silt_arena_printf(arena, "\\x%02x", byte), true, kind) &&
		     add_text(signs, silt_arena_printf(arena, "\\%03o", byte), false, kind);
	if (whole && byte < 0100) {
		whole = add_text(signs, silt_arena_printf(arena, "\\%o", byte), false, kind);
	}
	if (whole && letter != '\0') {
		whole = add_text(signs, silt_arena_printf(arena, "\\%c", letter), false, kind);
	}
	if (whole && byte < 0x80) {
		whole = add_text(signs, silt_arena_printf(arena, "\\u00%02x", byte), true, kind) &&
			add_text(signs, silt_arena_printf(arena, "\\u000000%02x", byte), true, kind);
	}
	return whole;
}

static bool add_byte(struct silt_wanted_signs *signs, struct silt_arena *arena, unsigned byte)
{
	const char *name = named(byte);
	return add_text(signs, silt_arena_printf(arena, "%%%02x", byte), true, SILT_UNDO_PERCENT) &&
	       (!name || add_text(signs, name, false, SILT_UNDO_ENTITY)) && add_backslash(signs, arena, byte);
}

bool silt_wanted_signs_end(struct silt_wanted_signs *signs, struct silt_arena *arena)
{
	bool any = false, beyond = false, whole = true;
	for (unsigned byte = 0; byte < 256 && whole; byte++) {
		any = any || signs->bytes[byte];
		beyond = beyond || (byte >= 0x80 && signs->bytes[byte]);
		whole = !signs->bytes[byte] || add_byte(signs, arena, byte);
	}
	if (whole && any) {
		whole = add_text(signs, "&#", false, SILT_UNDO_ENTITY) &&
			add_text(signs, "\\u{", false, SILT_UNDO_BACKSLASH);
	}
	return whole && (!beyond || add_text(signs, "\\u", true, SILT_UNDO_BACKSLASH));
}
