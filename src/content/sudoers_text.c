/* Lines, lists and aliases of sudoers. */
#include "content/sudoers_text.h"

#include "base/ascii.h"
#include "base/attributes.h"
#include "content/fact_parts.h"

/* ---- Lines --------------------------------------------------------------------------------------------------------- */

/* How long a blank is at the start of `text`; a line that goes on is one. */
static size_t blank_length(struct silt_bytes text)
{
	if (silt_bytes_start_with(text, SILT_LITERAL("\\\n"))) {
		return 2;
	}
	if (silt_bytes_start_with(text, SILT_LITERAL("\\\r\n"))) {
		return 3;
	}
	return text.len > 0 && silt_is_one_of(text.ptr[0], " \t\r\v\f\n");
}

struct silt_bytes silt_sudoers_trim(struct silt_bytes text)
{
	for (size_t len; (len = blank_length(text)) > 0;) {
		text = silt_bytes_slice(text, len, text.len);
	}
	for (;;) {
		text = silt_bytes_trim(text);
		if (text.len == 0 || text.ptr[text.len - 1] != '\\') {
			return text;
		}
		text.len--; /* what it escaped was a line end */
	}
}

/* A '#' begins a comment, unless a number follows: that is a uid. */
static bool begins_comment(struct silt_bytes text, size_t at)
{
	return text.ptr[at] == '#' && (at + 1 == text.len || !silt_is_digit(text.ptr[at + 1]));
}

/* How long the line is, with its line end; without its comment in `*said`. */
static size_t line_length(struct silt_bytes text, size_t *said)
{
	bool quoted = false;
	size_t at = 0;
	*said = SIZE_MAX;
	for (; at < text.len && text.ptr[at] != '\n'; at++) {
		bool comment = *said != SIZE_MAX;
		if (text.ptr[at] == '\\' && !comment) {
			size_t blank = blank_length(silt_bytes_slice(text, at, text.len));
			at += blank > 1 ? blank - 1 : at + 1 < text.len && text.ptr[at + 1] != '\n';
		} else if (text.ptr[at] == '"') {
			quoted = !quoted;
		} else if (!comment && !quoted && begins_comment(text, at)) {
			*said = at;
		}
	}
	*said = *said < at ? *said : at;
	return at < text.len ? at + 1 : text.len;
}

bool silt_sudoers_line(struct silt_sudoers_lines *lines, struct silt_bytes *line)
{
	while (lines->rest.len > 0) {
		size_t said, len = line_length(lines->rest, &said);
		*line = silt_sudoers_trim(silt_bytes_slice(lines->rest, 0, said < len ? said : len));
		lines->number = lines->next + 1;
		for (size_t i = 0; i < len; i++) {
			lines->next += lines->rest.ptr[i] == '\n';
		}
		lines->rest = silt_bytes_slice(lines->rest, len, lines->rest.len);
		if (line->len > 0) {
			return true;
		}
	}
	return false;
}

/* ---- Lists --------------------------------------------------------------------------------------------------------- */

size_t silt_sudoers_length_before(struct silt_bytes text, const char *ends)
{
	bool quoted = false;
	size_t at = 0;
	for (; at < text.len; at++) {
		uint8_t byte = text.ptr[at];
		if (byte == '\\' && blank_length(silt_bytes_slice(text, at, text.len)) == 0) {
			at++;
		} else if (byte == '"') {
			quoted = !quoted;
		} else if (!quoted && silt_is_one_of(byte, ends)) {
			return at;
		}
	}
	return text.len;
}

struct silt_bytes silt_sudoers_take_list(struct silt_bytes *text)
{
	struct silt_bytes whole = silt_sudoers_trim(*text), rest = whole;
	for (;;) {
		size_t len = silt_sudoers_length_before(rest, " \t\\,=");
		rest = silt_sudoers_trim(silt_bytes_slice(rest, len, rest.len));
		if (rest.len == 0 || rest.ptr[0] != ',') {
			break;
		}
		rest = silt_sudoers_trim(silt_bytes_slice(rest, 1, rest.len));
	}
	*text = rest;
	return silt_sudoers_trim(silt_bytes_slice(whole, 0, whole.len - rest.len));
}

/* ---- Aliases ------------------------------------------------------------------------------------------------------- */

enum silt_sudoers_alias_kind silt_sudoers_alias_line(struct silt_bytes *line)
{
	static const struct {
		struct silt_bytes keyword;
		enum silt_sudoers_alias_kind kind;
	} keywords[] = {
		{SILT_LITERAL_INIT("User_Alias"), SILT_SUDOERS_USERS},
		{SILT_LITERAL_INIT("Runas_Alias"), SILT_SUDOERS_RUNAS},
		{SILT_LITERAL_INIT("Host_Alias"), SILT_SUDOERS_HOSTS},
		{SILT_LITERAL_INIT("Cmnd_Alias"), SILT_SUDOERS_COMMANDS},
		{SILT_LITERAL_INIT("Cmd_Alias"), SILT_SUDOERS_COMMANDS},
	};
	for (size_t i = 0; i < SILT_COUNT(keywords); i++) {
		struct silt_bytes rest = silt_bytes_slice(*line, keywords[i].keyword.len, line->len);
		if (silt_bytes_start_with(*line, keywords[i].keyword) && blank_length(rest) > 0) {
			*line = silt_sudoers_trim(rest);
			return keywords[i].kind;
		}
	}
	return SILT_SUDOERS_NO_ALIAS;
}

/* "ADMINS": a capital, then capitals, digits and _. */
static size_t alias_name_length(struct silt_bytes text)
{
	size_t len = 0;
	while (len < text.len &&
	       (silt_is_upper(text.ptr[len]) || (len > 0 && (silt_is_digit(text.ptr[len]) || text.ptr[len] == '_')))) {
		len++;
	}
	return len;
}

/* True if `text` goes on with "NAME =": a ':' before it ends an alias. */
static bool begins_alias(struct silt_bytes text)
{
	text = silt_sudoers_trim(text);
	size_t len = alias_name_length(text);
	struct silt_bytes rest = silt_sudoers_trim(silt_bytes_slice(text, len, text.len));
	return len > 0 && rest.len > 0 && rest.ptr[0] == '=';
}

/* How long the list of an alias is. Commands may have a digest before them, "sha256:...", whose ':' ends nothing. */
static size_t alias_list_length(struct silt_bytes text)
{
	size_t len = silt_sudoers_length_before(text, ":");
	while (len < text.len && !begins_alias(silt_bytes_slice(text, len + 1, text.len))) {
		len += 1 + silt_sudoers_length_before(silt_bytes_slice(text, len + 1, text.len), ":");
	}
	return len;
}

void silt_sudoers_add_aliases(struct silt_sudoers_aliases *aliases, enum silt_sudoers_alias_kind kind,
			      struct silt_bytes text)
{
	while (begins_alias(text) && aliases->count < SILT_SUDOERS_ALIASES_MAX) {
		text = silt_sudoers_trim(text);
		struct silt_sudoers_alias *alias = &aliases->items[aliases->count++];
		alias->kind = kind;
		alias->name = silt_bytes_slice(text, 0, alias_name_length(text));
		text = silt_bytes_slice(text, silt_bytes_find_byte(text, '=') + 1, text.len);
		size_t len = alias_list_length(text);
		alias->list = silt_bytes_slice(text, 0, len);
		text = silt_bytes_slice(text, len + 1, text.len);
	}
}

static bool is_open(const struct silt_sudoers_items *items, struct silt_bytes name)
{
	for (size_t i = 1; i < items->depth; i++) {
		if (silt_bytes_equal(items->names[i], name)) {
			return true;
		}
	}
	return false;
}

/* Goes into the list that an item stands for. False if it stands for itself. */
static bool open_alias(struct silt_sudoers_items *items, struct silt_bytes item)
{
	const struct silt_sudoers_aliases *aliases = items->aliases;
	if (items->depth == SILT_SUDOERS_DEPTH_MAX || alias_name_length(item) != item.len || is_open(items, item) ||
	    aliases->steps >= SILT_SUDOERS_STEPS_MAX) {
		return false;
	}
	for (size_t i = 0; i < aliases->count; i++) {
		if (aliases->items[i].kind == items->kind && silt_bytes_equal(aliases->items[i].name, item)) {
			items->names[items->depth] = item;
			items->lists[items->depth++] = aliases->items[i].list;
			return true;
		}
	}
	return false;
}

struct silt_sudoers_items silt_sudoers_items(struct silt_sudoers_aliases *aliases, enum silt_sudoers_alias_kind kind,
					     struct silt_bytes list)
{
	return (struct silt_sudoers_items){.aliases = aliases, .kind = kind, .depth = 1, .lists = {list}};
}

bool silt_sudoers_item(struct silt_sudoers_items *items, struct silt_bytes *item)
{
	while (items->depth > 0) {
		struct silt_bytes *rest = &items->lists[items->depth - 1];
		if (rest->len == 0) {
			items->depth--;
			continue;
		}
		size_t len = silt_sudoers_length_before(*rest, ",");
		*item = silt_bytes_unquoted(silt_sudoers_trim(silt_bytes_slice(*rest, 0, len)));
		*rest = silt_bytes_slice(*rest, len + 1, rest->len);
		items->aliases->steps++;
		if (!open_alias(items, *item) && item->len > 0) {
			return true;
		}
	}
	return false;
}
