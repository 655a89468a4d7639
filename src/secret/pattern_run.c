/*
 * A reader of just so much of a regular expression: a sequence of bytes, classes and their repetitions. A group with
 * alternatives, or one that is repeated, ends the row; so does every byte of another kind. What is not known to leave the
 * meaning of the rest alone ("\Q", "(?x)", verbs) makes the whole answer 0.
 */
#include "secret/pattern_run.h"

#include "base/ascii.h"

/* ---- Kinds of bytes -------------------------------------------------------------------------------------------------- */

enum kind { LETTERS, SYMBOLS, KINDS, BASE64 = KINDS };

/* One bit for each byte of ASCII. */
static const uint64_t members[KINDS + 1][2] = {
	[LETTERS] = {UINT64_C(0x03ff000000000000), UINT64_C(0x07fffffe07fffffe)},
	[SYMBOLS] = {UINT64_C(0x03ffa80000000000), UINT64_C(0x07fffffe87fffffe)},
	[BASE64] = {UINT64_C(0x03ff880000000000), UINT64_C(0x07fffffe07fffffe)},
};

static bool is_of(enum kind kind, uint8_t byte)
{
	return byte < 128 && (members[kind][byte / 64] >> byte % 64 & 1) != 0;
}

/* What an item of a pattern may be: only bytes of these kinds. */
struct item {
	bool only[KINDS];
};

static void allow(struct item *item, uint8_t from, uint8_t to)
{
	for (int kind = 0; kind < KINDS; kind++) {
		for (int byte = from; byte <= to; byte++) {
			item->only[kind] = item->only[kind] && is_of((enum kind)kind, (uint8_t)byte);
		}
	}
}

/* ---- Reading --------------------------------------------------------------------------------------------------------- */

struct reader {
	const char *at;
	bool lost; /* something that this reader does not know */
	uint32_t row[KINDS], longest[KINDS], least[KINDS];
};

/* An escape stands for a byte if it is no letter and no digit. */
static bool is_escaped_byte(const char *at)
{
	return at[0] == '\\' && at[1] != '\0' && !silt_is_letter(at[1]) && !silt_is_digit(at[1]);
}

/* A class from its '[' on: ranges, bytes and escaped bytes. All else is of no kind, and that it ends is sure. */
static struct item read_class(struct reader *reader)
{
	struct item item = {{true, true}};
	const char *at = reader->at + 1;
	if (*at == '^' || *at == ']') {
		item = (struct item){{false, false}};
		at += at[0] == '^' && at[1] == ']' ? 2 : 1;
	}
	while (*at != ']' && *at != '\0') {
		bool escape = *at == '\\';
		if ((escape && !is_escaped_byte(at)) || (at[0] == '[' && at[1] == ':')) {
			item = (struct item){{false, false}};
			reader->lost = reader->lost || at[0] == '[' || at[1] == 'Q' || at[1] == 'E' || at[1] == '\0';
		}
		at += escape && at[1] != '\0';
		uint8_t from = (uint8_t)*at++;
		bool range = at[0] == '-' && at[1] != ']' && at[1] != '\\' && at[1] != '[' && at[1] != '\0';
		uint8_t to = range ? (uint8_t)at[1] : from;
		at += range ? 2 : 0;
		allow(&item, from, to);
	}
	reader->lost = reader->lost || *at == '\0';
	reader->at = *at == ']' ? at + 1 : at;
	return item;
}

/* How often the item before comes at least. */
static uint32_t read_times(struct reader *reader)
{
	enum { TIMES_MAX = 100000 };
	uint32_t least = 1;
	const char *at = reader->at;
	if (*at == '?' || *at == '*' || *at == '+') {
		least = *at == '+';
		at++;
	} else if (*at == '{') {
		least = 0;
		reader->lost = reader->lost || !silt_is_digit(at[1]);
		for (at++; silt_is_digit(*at) && least < TIMES_MAX; at++) {
			least = least * 10 + (uint32_t)(*at - '0');
		}
		while (silt_is_digit(*at) || *at == ',') {
			at++;
		}
		reader->lost = reader->lost || *at != '}';
		at += *at == '}';
	} else {
		return 1;
	}
	at += *at == '?' || *at == '+';
	reader->at = at;
	return least;
}

static void end_row(struct reader *reader, enum kind kind)
{
	if (reader->row[kind] > reader->longest[kind]) {
		reader->longest[kind] = reader->row[kind];
	}
	reader->row[kind] = 0;
}

static void add_item(struct reader *reader, struct item item)
{
	uint32_t least = read_times(reader);
	for (int kind = 0; kind < KINDS; kind++) {
		if (item.only[kind]) {
			reader->row[kind] += least;
		} else {
			end_row(reader, (enum kind)kind);
		}
	}
}

/* The next alternative begins, or the pattern ends: what all of them have is what the poorest has. */
static void end_alternative(struct reader *reader)
{
	for (int kind = 0; kind < KINDS; kind++) {
		end_row(reader, (enum kind)kind);
		if (reader->longest[kind] < reader->least[kind]) {
			reader->least[kind] = reader->longest[kind];
		}
		reader->longest[kind] = 0;
	}
}

/* ---- Groups ---------------------------------------------------------------------------------------------------------- */

/* "(?x)" and "(?ix:" make spaces mean nothing; verbs and comments are not read. */
static bool is_strange(const char *group)
{
	if (group[1] == '*' || (group[1] == '?' && group[2] == '#')) {
		return true;
	}
	size_t end = 2;
	bool extended = false;
	while (group[1] == '?' && (silt_is_letter(group[end]) || group[end] == '-' || group[end] == '^')) {
		extended = extended || group[end] == 'x';
		end++;
	}
	return extended;
}

/* Behind the ')' of the group that begins here. `*forks`: it has alternatives. */
static const char *end_of_group(struct reader *reader, bool *forks)
{
	struct reader inside = *reader;
	size_t depth = 0;
	do {
		switch (*inside.at) {
		case '[':
			read_class(&inside);
			continue;
		case '\\':
			inside.lost = inside.lost || strchr("QEc", inside.at[1]); /* or the end */
			inside.at += inside.at[1] != '\0';
			break;
		case '(':
			inside.lost = inside.lost || is_strange(inside.at);
			depth++;
			break;
		case ')':
			depth--;
			break;
		case '|':
			*forks = *forks || depth == 1;
			break;
		case '\0':
			inside.lost = true;
			break;
		default:
			break;
		}
		inside.at += !inside.lost;
	} while (depth > 0 && !inside.lost);
	reader->lost = inside.lost;
	return inside.at;
}

/* Bytes of what opens a group that is nothing but its contents, or 0: "(", "(?:", "(?>", "(?<name>". */
static size_t plain_opening(const char *group)
{
	if (group[1] != '?') {
		return 1;
	}
	if (group[2] == ':' || group[2] == '>') {
		return 3;
	}
	const char *end = group[2] == '<' ? strchr(group, '>') : NULL;
	return end ? (size_t)(end - group) + 1 : 0;
}

/* What looks around takes no bytes: the row goes on. */
static bool looks_around(const char *group)
{
	const char *kind = group + (group[1] == '?' && group[2] == '<' ? 3 : 2);
	return group[1] == '?' && (*kind == '=' || *kind == '!');
}

static void read_group(struct reader *reader)
{
	bool forks = false;
	const char *group = reader->at;
	const char *end = end_of_group(reader, &forks);
	if (reader->lost) {
		return;
	}
	size_t opening = looks_around(group) ? 0 : plain_opening(group);
	bool repeats = *end != '\0' && strchr("?*+{", *end);
	if (opening > 0 && !forks && !repeats) {
		reader->at = group + opening;
		return;
	}
	reader->at = end;
	read_times(reader);
	if (!looks_around(group)) {
		end_row(reader, LETTERS);
		end_row(reader, SYMBOLS);
	}
}

/* ---- The whole ------------------------------------------------------------------------------------------------------- */

/* An escape outside of a class. Those with an argument are not read: \x41, \1, \g{name}. */
static struct item read_escape(struct reader *reader)
{
	struct item item = {{false, false}};
	if (is_escaped_byte(reader->at)) {
		item = (struct item){{true, true}};
		allow(&item, (uint8_t)reader->at[1], (uint8_t)reader->at[1]);
	} else {
		reader->lost = reader->at[1] == '\0' || !strchr("AZabBdDefhHnrsStvVwWzR", reader->at[1]);
	}
	reader->at += reader->lost ? 0 : 2;
	return item;
}

static struct item read_byte(struct reader *reader)
{
	uint8_t byte = (uint8_t)*reader->at++;
	struct item item = {{true, true}};
	allow(&item, byte, byte);
	reader->lost = reader->lost || strchr("?*+{", (char)byte); /* the other signs are of no kind */
	return item;
}

static void read_item(struct reader *reader)
{
	switch (*reader->at) {
	case '(':
		read_group(reader);
		break;
	case ')': /* of a group that is nothing but its contents */
		reader->at++;
		break;
	case '|':
		reader->at++;
		end_alternative(reader);
		break;
	case '[':
		add_item(reader, read_class(reader));
		break;
	case '\\':
		add_item(reader, read_escape(reader));
		break;
	default:
		add_item(reader, read_byte(reader));
		break;
	}
}

struct silt_pattern_run silt_pattern_run(const char *pattern)
{
	struct reader reader = {.at = pattern, .least = {UINT32_MAX, UINT32_MAX}};
	while (*reader.at != '\0' && !reader.lost) {
		read_item(&reader);
	}
	end_alternative(&reader);
	if (reader.lost) {
		return (struct silt_pattern_run){0};
	}
	return (struct silt_pattern_run){.letters = reader.least[LETTERS], .symbols = reader.least[SYMBOLS]};
}

/*
 * Where the first row of `count` or more begins that begins at `start` or later; SIZE_MAX: nowhere. It is looked at from
 * its far end: a byte of another kind there saves a look at those before it.
 */
static size_t find_row(struct silt_bytes text, size_t start, size_t count, enum kind kind)
{
	while (start <= text.len && text.len - start >= count) {
		size_t at = start + count;
		while (at > start && is_of(kind, text.ptr[at - 1])) {
			at--;
		}
		if (at == start) {
			return start;
		}
		start = at;
	}
	return SIZE_MAX;
}

static bool has_row(struct silt_bytes text, size_t count, enum kind kind)
{
	return find_row(text, 0, count, kind) != SIZE_MAX;
}

bool silt_has_run(struct silt_bytes text, struct silt_pattern_run run)
{
	if (run.letters >= SILT_RUN_MIN) {
		return has_row(text, run.letters, LETTERS);
	}
	return run.symbols < SILT_RUN_MIN || has_row(text, run.symbols, SYMBOLS);
}

bool silt_has_row_alone(struct silt_bytes text, size_t count)
{
	size_t start = find_row(text, 0, count, BASE64);
	while (start != SIZE_MAX) {
		size_t end = start + count;
		while (end < text.len && is_of(BASE64, text.ptr[end])) {
			end++;
		}
		bool escaped = start > 0 && text.ptr[start - 1] == '\\' && end - start == count + 1;
		if (start == 0 || escaped || end - start == count) {
			return true;
		}
		start = find_row(text, end, count, BASE64);
	}
	return false;
}
