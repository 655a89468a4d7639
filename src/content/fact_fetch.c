/*
 * Settings of what fetches packages and files (npm, pip, gem, curl, wget, git): certificates that are not checked, and
 * addresses without encryption. All are lines of names and values, some in sections.
 */
#include "base/ascii.h"
#include "content/fact_parts.h"

/* ---- Files --------------------------------------------------------------------------------------------------------- */

enum tool { NPM, PIP, GEM, CURL, WGET, GIT };

static const struct silt_fact_place npm_places[] = {
	SILT_PLACE("**", ".npmrc"),
	SILT_PLACE("**/etc", "npmrc"),
	SILT_PLACE("**/node_modules/npm", "npmrc"),
};
static const struct silt_fact_place pip_places[] = {
	SILT_PLACE("etc", "pip.conf"),
	SILT_PLACE("**/.pip", "pip.conf"),
	SILT_PLACE("**/.config/pip", "pip.conf"),
	SILT_PLACE("etc/xdg/pip", "pip.conf"),
	SILT_PLACE("**/venv", "pip.conf"),
	SILT_PLACE("**/.venv", "pip.conf"),
};
static const struct silt_fact_place gem_places[] = {
	SILT_PLACE("**", ".gemrc"),
	SILT_PLACE("**/etc", "gemrc"),
};
static const struct silt_fact_place curl_places[] = {
	SILT_PLACE("**", ".curlrc"),
	SILT_PLACE("**/.config", "curlrc"),
};
static const struct silt_fact_place wget_places[] = {
	SILT_PLACE("**", ".wgetrc"),
	SILT_PLACE("**/etc", "wgetrc"),
};
static const struct silt_fact_place git_places[] = {
	SILT_PLACE("**", ".gitconfig"),
	SILT_PLACE("etc", "gitconfig"),
	SILT_PLACE("**/.config/git", "config"),
	SILT_PLACE("**/.git", "config"),
};

static const struct {
	const struct silt_fact_place *places;
	size_t count;
	const char *separators; /* between name and value */
	const char *comments;   /* what a comment begins with */
} tools[] = {
	[NPM] = {npm_places, SILT_COUNT(npm_places), "=", ";#"},
	[PIP] = {pip_places, SILT_COUNT(pip_places), "=:", ";#"},
	[GEM] = {gem_places, SILT_COUNT(gem_places), " ", "#"},
	[CURL] = {curl_places, SILT_COUNT(curl_places), "=: \t", "#"},
	[WGET] = {wget_places, SILT_COUNT(wget_places), "=", "#"},
	[GIT] = {git_places, SILT_COUNT(git_places), "=", ";#"},
};

/* What npm finds in the folder of a package is not asked. */
static bool is_of_package(struct silt_bytes folder)
{
	return silt_bytes_find(folder, SILT_LITERAL("node_modules/")) != SIZE_MAX &&
	       !silt_bytes_end_with(folder, SILT_LITERAL("node_modules/npm"));
}

/* The tool whose settings a file has; false if it is of none. */
static bool tool_of(const struct silt_fact_file *file, enum tool *tool)
{
	for (size_t i = 0; i < SILT_COUNT(tools); i++) {
		if (silt_fact_is_at(file, tools[i].places, tools[i].count)) {
			*tool = (enum tool)i;
			return i != NPM || !is_of_package(file->folder);
		}
	}
	return false;
}

static bool wants(const struct silt_fact_file *file)
{
	enum tool tool;
	return tool_of(file, &tool);
}

/* ---- Settings ------------------------------------------------------------------------------------------------------ */

/* What a setting must say to be told. */
enum says {
	SAYS_NO,
	SAYS_YES, /* or nothing at all */
	SAYS_HOSTS,
	SAYS_PLAIN_ADDRESS, /* http:// */
};

static const struct setting {
	enum tool tool;
	enum says says;
	enum silt_fact_kind kind;
	const char *section; /* "": any */
	const char *name;    /* in lower case, "-" for "_" and "-"; one that begins with '*' is only the end */
	const char *shown;
} settings[] = {
	{NPM, SAYS_NO, SILT_FACT_SOURCE_UNVERIFIED, "", "strict-ssl", "strict-ssl"},
	{NPM, SAYS_PLAIN_ADDRESS, SILT_FACT_SOURCE_PLAIN, "", "registry", "registry"},
	{NPM, SAYS_PLAIN_ADDRESS, SILT_FACT_SOURCE_PLAIN, "", "*:registry", "registry"},
	{PIP, SAYS_HOSTS, SILT_FACT_SOURCE_UNVERIFIED, "", "trusted-host", "trusted-host"},
	{PIP, SAYS_PLAIN_ADDRESS, SILT_FACT_SOURCE_PLAIN, "", "index-url", "index-url"},
	{PIP, SAYS_PLAIN_ADDRESS, SILT_FACT_SOURCE_PLAIN, "", "extra-index-url", "extra-index-url"},
	{GEM, SAYS_NO, SILT_FACT_SOURCE_UNVERIFIED, "", ":ssl-verify-mode:", ":ssl_verify_mode"},
	{GEM, SAYS_PLAIN_ADDRESS, SILT_FACT_SOURCE_PLAIN, "", "-", "source"},
	{CURL, SAYS_YES, SILT_FACT_SOURCE_UNVERIFIED, "", "insecure", "insecure"},
	{CURL, SAYS_YES, SILT_FACT_SOURCE_UNVERIFIED, "", "-k", "insecure"},
	{WGET, SAYS_NO, SILT_FACT_SOURCE_UNVERIFIED, "", "check-certificate", "check_certificate"},
	{GIT, SAYS_NO, SILT_FACT_SOURCE_UNVERIFIED, "http", "sslverify", "http.sslVerify"},
};

static bool same_byte(uint8_t byte, uint8_t expected)
{
	return silt_lower(byte == '_' ? '-' : byte) == expected;
}

static bool is_name(struct silt_bytes name, struct silt_bytes expected)
{
	struct silt_bytes star = SILT_LITERAL("*"), dashes = SILT_LITERAL("--");
	if (silt_bytes_start_with(expected, star)) {
		expected = silt_bytes_slice(expected, star.len, expected.len);
		name = name.len < expected.len ? name : silt_bytes_slice(name, name.len - expected.len, expected.len);
	} else if (silt_bytes_start_with(name, dashes)) {
		name = silt_bytes_slice(name, dashes.len, name.len); /* pip and curl take it as of the command line */
	}
	bool same = name.len == expected.len;
	for (size_t i = 0; same && i < expected.len; i++) {
		same = same_byte(name.ptr[i], expected.ptr[i]);
	}
	return same;
}

/* A line of settings. */
struct line {
	enum tool tool;
	uint32_t number;
	struct silt_bytes section, name, value;
};

static enum silt_status tell(const struct silt_fact_listener *listener, const struct setting *setting,
			     const struct line *line, struct silt_bytes value)
{
	struct silt_bytes parts[] = {silt_bytes_text(setting->shown), SILT_LITERAL("="), value};
	return silt_fact_tell_parts(listener, setting->kind, line->number, parts, value.len > 0 ? 3 : 1);
}

/* Each address or host of the value that is not this host; only "http://HOST" of it. */
static enum silt_status tell_addresses(const struct silt_fact_listener *listener, const struct setting *setting,
				       const struct line *line)
{
	struct silt_bytes rest = line->value, word;
	enum silt_status status = SILT_OK;
	while (status == SILT_OK && silt_fact_word(&rest, &word)) {
		struct silt_fact_address address;
		if (!silt_fact_address(silt_bytes_unquoted(word), &address) || silt_fact_is_local(&address)) {
			continue;
		}
		struct silt_bytes parts[] = {silt_bytes_text(setting->shown), SILT_LITERAL("=http://"), address.host};
		if (setting->says == SAYS_HOSTS) {
			status = tell(listener, setting, line, address.host);
		} else if (silt_fact_is_one(address.scheme, "http")) {
			status = silt_fact_tell_parts(listener, setting->kind, line->number, parts, SILT_COUNT(parts));
		}
	}
	return status;
}

static enum silt_status read_setting(const struct silt_fact_listener *listener, const struct line *line)
{
	for (size_t i = 0; i < SILT_COUNT(settings); i++) {
		const struct setting *setting = &settings[i];
		if (setting->tool != line->tool || !is_name(line->name, silt_bytes_text(setting->name)) ||
		    (setting->section[0] && !silt_fact_is_one(line->section, setting->section))) {
			continue;
		}
		if (setting->says >= SAYS_HOSTS) {
			return tell_addresses(listener, setting, line);
		}
		bool told = setting->says == SAYS_NO ? silt_fact_is_no(line->value)
						     : line->value.len == 0 || silt_fact_is_yes(line->value);
		return told ? tell(listener, setting, line, line->value) : SILT_OK;
	}
	return SILT_OK;
}

/* ---- Lines --------------------------------------------------------------------------------------------------------- */

/* "[http]" and "[http "https://host"]", of which the first word is kept. git takes a setting behind it. */
static struct silt_bytes take_section(struct line *line, struct silt_bytes text)
{
	size_t end = silt_bytes_find_last_byte(text, ']');
	if (text.ptr[0] != '[' || end == SIZE_MAX) {
		return text;
	}
	struct silt_bytes inside = silt_bytes_slice(text, 1, end - 1);
	silt_fact_word(&inside, &line->section);
	line->name = silt_bytes(NULL, 0);
	return silt_bytes_trim(silt_bytes_slice(text, end + 1, text.len));
}

static void split(struct line *line, struct silt_bytes text)
{
	size_t len = 0;
	while (len < text.len && !silt_is_one_of(text.ptr[len], tools[line->tool].separators)) {
		len++;
	}
	line->name = silt_bytes_trim(silt_bytes_slice(text, 0, len));
	struct silt_bytes value = silt_bytes_trim(silt_bytes_slice(text, len, text.len));
	if (value.len > 0 && silt_is_one_of(value.ptr[0], "=:")) {
		value = silt_bytes_trim(silt_bytes_slice(value, 1, value.len));
	}
	line->value = silt_bytes_unquoted(value);
}

/* pip goes on with a value on lines that begin with a blank. */
static void take_line(struct line *line, struct silt_bytes text, bool indented)
{
	if (line->tool == PIP && indented && line->name.len > 0) {
		line->value = text;
	} else {
		split(line, text);
	}
}

static enum silt_status read(struct silt_bytes path, struct silt_bytes body, silt_fact_fn *fn, void *ctx,
			     struct silt_error *err)
{
	struct silt_fact_listener listener = {fn, ctx, err};
	struct silt_fact_lines lines = {.rest = body};
	struct silt_bytes text;
	struct line line = {0};
	enum silt_status status = SILT_OK;
	struct silt_fact_file file = silt_fact_file_at(path);
	if (!tool_of(&file, &line.tool)) {
		return SILT_OK;
	}
	while (status == SILT_OK && silt_fact_line(&lines, &text)) {
		text = take_section(&line, text);
		if (text.len > 0 && !silt_is_one_of(text.ptr[0], tools[line.tool].comments)) {
			line.number = lines.number;
			take_line(&line, text, lines.indented);
			status = read_setting(&listener, &line);
		}
	}
	return status;
}

const struct silt_fact_reader silt_facts_of_fetch = {.wants = wants, .read = read};
