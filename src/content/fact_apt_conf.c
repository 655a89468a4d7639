/*
 * apt.conf(5): settings that switch the checks of apt off. A tree, written with its names in one or nested:
 *
 *     APT::Get::AllowUnauthenticated "true";
 *     Acquire { https { Verify-Peer "false"; }; };
 */
#include "base/ascii.h"
#include "content/fact_parts.h"

static const struct silt_fact_place places[] = {
	SILT_PLACE("etc/apt", "apt.conf"),
	SILT_PLACE("etc/apt/apt.conf.d", "*"),
};

/* Names without what stands between "https" and the last part: the host that it is for. */
static const struct switched {
	struct silt_bytes start, end;
	bool yes; /* the value that switches the check off */
	enum silt_fact_kind kind;
} switches[] = {
	{SILT_LITERAL_INIT("APT::Get::"), SILT_LITERAL_INIT("AllowUnauthenticated"), true, SILT_FACT_SOURCE_UNSIGNED},
	{SILT_LITERAL_INIT("Acquire::"), SILT_LITERAL_INIT("AllowInsecureRepositories"), true,
	 SILT_FACT_SOURCE_UNSIGNED},
	{SILT_LITERAL_INIT("Acquire::https::"), SILT_LITERAL_INIT("Verify-Peer"), false, SILT_FACT_SOURCE_UNVERIFIED},
	{SILT_LITERAL_INIT("Acquire::https::"), SILT_LITERAL_INIT("Verify-Host"), false, SILT_FACT_SOURCE_UNVERIFIED},
};

static bool wants(const struct silt_fact_file *file)
{
	return silt_fact_is_at(file, places, SILT_COUNT(places));
}

/* ---- Tokens -------------------------------------------------------------------------------------------------------- */

enum { NAME_MAX_LENGTH = 256, DEPTH_MAX = 16 };

/* A walk over the tree. */
struct walk {
	struct silt_bytes rest;
	uint32_t line;
	uint8_t name[NAME_MAX_LENGTH]; /* of where it is, "A::B" */
	size_t len;
	size_t outer[DEPTH_MAX]; /* lengths of the names around it */
	size_t depth;            /* may be beyond DEPTH_MAX; nothing is read there */
};

static void skip(struct walk *walk, size_t len)
{
	for (size_t i = 0; i < len && i < walk->rest.len; i++) {
		walk->line += walk->rest.ptr[i] == '\n';
	}
	walk->rest = silt_bytes_slice(walk->rest, len, walk->rest.len);
}

/* How long the comment is that `text` begins with, without the end of its line; 0: it begins with none. */
static size_t comment_length(struct silt_bytes text)
{
	size_t end = SIZE_MAX;
	if (silt_bytes_start_with(text, SILT_LITERAL("/*"))) {
		end = silt_bytes_find(text, SILT_LITERAL("*/"));
		return end == SIZE_MAX ? text.len : end + 2;
	}
	if (text.len > 0 && (text.ptr[0] == '#' || silt_bytes_start_with(text, SILT_LITERAL("//")))) {
		end = silt_bytes_find_byte(text, '\n');
		return end == SIZE_MAX ? text.len : end;
	}
	return 0;
}

/* Cuts the next token off: one of { } ;, a text in quotes (with them) or a word. Empty at the end. */
static struct silt_bytes next_token(struct walk *walk)
{
	for (;;) {
		size_t len = comment_length(walk->rest);
		bool blank = walk->rest.len > 0 && silt_is_one_of(walk->rest.ptr[0], " \t\r\n");
		if (len == 0 && !blank) {
			break;
		}
		skip(walk, blank ? 1 : len);
	}
	size_t len = 0;
	if (walk->rest.len > 0 && walk->rest.ptr[0] == '"') {
		len = silt_bytes_find_byte(silt_bytes_slice(walk->rest, 1, walk->rest.len), '"');
		len = len == SIZE_MAX ? walk->rest.len : len + 2;
	} else {
		while (len < walk->rest.len && !silt_is_one_of(walk->rest.ptr[len], " \t\r\n{};\"")) {
			len++;
		}
		len += len == 0;
	}
	struct silt_bytes token = silt_bytes_slice(walk->rest, 0, len);
	skip(walk, len);
	return token;
}

/* ---- The tree ------------------------------------------------------------------------------------------------------ */

/* Adds to the name of where the walk is; too long a one matches nothing. */
static void add_name(struct walk *walk, struct silt_bytes name)
{
	struct silt_bytes parts[] = {walk->len > 0 ? SILT_LITERAL("::") : silt_bytes(NULL, 0), name};
	for (size_t i = 0; i < SILT_COUNT(parts); i++) {
		struct silt_bytes part = silt_bytes_slice(parts[i], 0, sizeof(walk->name) - walk->len);
		if (part.len > 0) {
			memcpy(walk->name + walk->len, part.ptr, part.len);
			walk->len += part.len;
		}
	}
}

static size_t outer_length(const struct walk *walk)
{
	return walk->depth == 0 || walk->depth > DEPTH_MAX ? 0 : walk->outer[walk->depth - 1];
}

static void enter(struct walk *walk)
{
	if (walk->depth < DEPTH_MAX) {
		walk->outer[walk->depth] = walk->len;
	}
	walk->depth++;
}

static void leave(struct walk *walk)
{
	walk->depth -= walk->depth > 0;
	walk->len = outer_length(walk);
}

static bool is_switch(const struct switched *switched, struct silt_bytes name, struct silt_bytes value)
{
	size_t fixed = switched->start.len + switched->end.len;
	if (name.len < fixed || !(switched->yes ? silt_fact_is_yes(value) : silt_fact_is_no(value))) {
		return false;
	}
	bool host = switched->kind == SILT_FACT_SOURCE_UNVERIFIED &&
		    silt_bytes_end_with(silt_bytes_slice(name, 0, name.len - switched->end.len), SILT_LITERAL("::"));
	return (name.len == fixed || host) &&
	       silt_bytes_equal_nocase(silt_bytes_slice(name, 0, switched->start.len), switched->start) &&
	       silt_bytes_equal_nocase(silt_bytes_slice(name, name.len - switched->end.len, name.len), switched->end);
}

static enum silt_status read_value(const struct walk *walk, struct silt_bytes value,
				   const struct silt_fact_listener *listener)
{
	struct silt_bytes name = silt_bytes(walk->name, walk->len);
	for (size_t i = 0; i < SILT_COUNT(switches) && walk->depth <= DEPTH_MAX; i++) {
		if (is_switch(&switches[i], name, value)) {
			struct silt_bytes parts[] = {switches[i].start, switches[i].end, SILT_LITERAL("="), value};
			return silt_fact_tell_parts(listener, switches[i].kind, walk->line, parts, SILT_COUNT(parts));
		}
	}
	return SILT_OK;
}

static enum silt_status read(struct silt_bytes path, struct silt_bytes body, silt_fact_fn *fn, void *ctx,
			     struct silt_error *err)
{
	(void)path;
	struct silt_fact_listener listener = {fn, ctx, err};
	struct walk walk = {.rest = body, .line = 1};
	enum silt_status status = SILT_OK;
	bool named = false; /* since the last { } or ; */
	for (struct silt_bytes token; status == SILT_OK && (token = next_token(&walk)).len > 0;) {
		uint8_t byte = token.ptr[0];
		if (byte == '{') {
			enter(&walk);
		} else if (byte == '}') {
			leave(&walk);
		} else if (byte == ';') {
			walk.len = outer_length(&walk);
		} else if (named) {
			status = read_value(&walk, silt_bytes_unquoted(token), &listener);
		} else {
			add_name(&walk, token);
		}
		named = !silt_is_one_of(byte, "{};");
	}
	return status;
}

const struct silt_fact_reader silt_facts_of_apt_conf = {.wants = wants, .read = read};
