/* sources.list(5), in both of its formats: sources of apt whose signature is not asked for. */
#include "content/fact_parts.h"

static const struct silt_fact_place places[] = {
	SILT_PLACE("etc/apt", "sources.list"),
	SILT_PLACE("etc/apt/sources.list.d", "*.list"),
	SILT_PLACE("etc/apt/sources.list.d", "*.sources"),
};

static const char settings[] = "trusted allow-insecure";

static bool wants(const struct silt_fact_file *file)
{
	return silt_fact_is_at(file, places, SILT_COUNT(places));
}

/* "SETTING=VALUE SCHEME://HOST", unless the source is of this host. An address that reads as none is not told. */
static enum silt_status tell(const struct silt_fact_listener *listener, uint32_t line, struct silt_bytes name,
			     struct silt_bytes value, struct silt_bytes source)
{
	struct silt_fact_address address;
	struct silt_bytes parts[] = {
		name, SILT_LITERAL("="), value, SILT_LITERAL(" "), {0}, SILT_LITERAL("://"), {0},
	};
	bool known = silt_fact_address(source, &address);
	if (known && silt_fact_is_local(&address)) {
		return SILT_OK;
	}
	if (known && address.scheme.len > 0) {
		parts[4] = address.scheme;
		parts[6] = address.host;
		return silt_fact_tell_parts(listener, SILT_FACT_SOURCE_UNSIGNED, line, parts, SILT_COUNT(parts));
	}
	return silt_fact_tell_parts(listener, SILT_FACT_SOURCE_UNSIGNED, line, parts, 3);
}

/* ---- One line for each source: "deb [NAME=VALUE ...] ADDRESS SUITE ..." -------------------------------------------- */

static enum silt_status read_source(struct silt_bytes line, uint32_t number, const struct silt_fact_listener *listener)
{
	struct silt_bytes type, option, name, value, options, source;
	silt_fact_word(&line, &type);
	line = silt_bytes_trim(line);
	size_t end = silt_bytes_find_byte(line, ']');
	if (!silt_fact_is_one(type, "deb deb-src") || end == SIZE_MAX || line.ptr[0] != '[') {
		return SILT_OK;
	}
	options = silt_bytes_slice(line, 1, end - 1);
	line = silt_bytes_slice(line, end + 1, line.len);
	silt_fact_word(&line, &source);
	while (silt_fact_word(&options, &option)) {
		if (silt_fact_split(option, '=', &name, &value) && silt_fact_is_one(name, settings) &&
		    silt_fact_is_yes(value)) {
			return tell(listener, number, name, value, source);
		}
	}
	return SILT_OK;
}

static enum silt_status read_lines(struct silt_bytes body, const struct silt_fact_listener *listener)
{
	struct silt_fact_lines lines = {.rest = body};
	struct silt_bytes line;
	enum silt_status status = SILT_OK;
	while (status == SILT_OK && silt_fact_line(&lines, &line)) {
		status = read_source(line, lines.number, listener);
	}
	return status;
}

/* ---- Paragraphs of fields ------------------------------------------------------------------------------------------ */

struct paragraph {
	bool disabled;
	uint32_t line; /* of the setting; 0: it has none */
	struct silt_bytes name, value;
	struct silt_bytes source; /* the first of its addresses that is not of this host; else the last */
};

static void read_addresses(struct paragraph *paragraph, struct silt_bytes addresses)
{
	struct silt_bytes word;
	struct silt_fact_address address;
	while (silt_fact_word(&addresses, &word)) {
		if (!silt_fact_address(paragraph->source, &address) || silt_fact_is_local(&address)) {
			paragraph->source = word;
		}
	}
}

static void read_field(struct paragraph *paragraph, uint32_t line, struct silt_bytes name, struct silt_bytes value)
{
	if (silt_fact_is_one(name, "enabled")) {
		paragraph->disabled = silt_fact_is_no(value);
	} else if (silt_fact_is_one(name, "uris")) {
		read_addresses(paragraph, value);
	} else if (silt_fact_is_one(name, settings) && silt_fact_is_yes(value)) {
		paragraph->line = line;
		paragraph->name = name;
		paragraph->value = value;
	}
}

static enum silt_status end_paragraph(const struct silt_fact_listener *listener, const struct paragraph *paragraph)
{
	return paragraph->line == 0 || paragraph->disabled
		       ? SILT_OK
		       : tell(listener, paragraph->line, paragraph->name, paragraph->value, paragraph->source);
}

/* A blank line ends a paragraph; a line that begins with a blank goes on with the field before it. */
static enum silt_status read_paragraphs(struct silt_bytes body, const struct silt_fact_listener *listener)
{
	struct paragraph paragraph = {0};
	struct silt_bytes line, name = {0}, value;
	enum silt_status status = SILT_OK;
	for (uint32_t number = 1; status == SILT_OK && silt_bytes_cut(&body, '\n', &line); number++) {
		struct silt_bytes text = silt_bytes_trim(line);
		if (text.len == 0) {
			status = end_paragraph(listener, &paragraph);
			paragraph = (struct paragraph){0};
		} else if (line.ptr[0] == ' ' || line.ptr[0] == '\t') {
			read_field(&paragraph, number, name, text);
		} else if (text.ptr[0] != '#' && silt_fact_split(text, ':', &name, &value)) {
			read_field(&paragraph, number, name, value);
		}
	}
	return status == SILT_OK ? end_paragraph(listener, &paragraph) : status;
}

static enum silt_status read(struct silt_bytes path, struct silt_bytes body, silt_fact_fn *fn, void *ctx,
			     struct silt_error *err)
{
	struct silt_fact_listener listener = {fn, ctx, err};
	return silt_bytes_end_with(path, SILT_LITERAL(".sources")) ? read_paragraphs(body, &listener)
								   : read_lines(body, &listener);
}

const struct silt_fact_reader silt_facts_of_apt = {.wants = wants, .read = read};
