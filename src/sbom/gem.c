/*
 * Specifications of RubyGems: a program in Ruby, which is read and never run. Its second line is a summary that
 * RubyGems itself reads; older ones have assignments only.
 *
 *     # -*- encoding: utf-8 -*-
 *     # stub: nokogiri 1.15.4 x86_64-linux lib           name, version, platform, folders
 *
 *     Gem::Specification.new do |s|                      the variable may have another name
 *       s.name = "nokogiri".freeze                       or 'nokogiri', or %q{nokogiri}
 *       s.version = "1.15.4"                             or Gem::Version.new("1.15.4")
 */
#include "sbom/metadata.h"

static bool read_stub(struct silt_bytes line, struct silt_sbom_found *found)
{
	static const char mark[] = "# stub:";
	struct silt_bytes word[3] = {{0}};
	size_t count = 0;
	if (!silt_bytes_begin(line, mark)) {
		return false;
	}
	line = silt_bytes_slice(line, sizeof(mark) - 1, line.len);
	while (count < 3 && silt_bytes_cut(&line, ' ', &word[count])) {
		count += word[count].len > 0;
	}
	if (count < 3) {
		return false;
	}
	found->name = silt_sbom_field(word[0]);
	found->version = silt_sbom_field(word[1]);
	found->platform = silt_sbom_field(word[2]);
	return true;
}

/* The variable that the block of "Gem::Specification.new" has: the first name between bars. */
static void read_variable(struct silt_bytes line, struct silt_bytes *variable)
{
	const size_t start = silt_bytes_find(line, SILT_LITERAL("Gem::Specification.new"));
	if (start == SIZE_MAX) {
		return;
	}
	line = silt_bytes_slice(line, start, line.len);
	const size_t bar = silt_bytes_find_byte(line, '|');
	if (bar != SIZE_MAX) {
		const struct silt_bytes rest = silt_bytes_slice(line, bar + 1, line.len);
		const size_t end = silt_bytes_find_byte(rest, '|');
		*variable = silt_bytes_trim(silt_bytes_slice(rest, 0, end == SIZE_MAX ? 0 : end));
	}
}

/* How a string begins, and the byte that it ends with. */
static const struct {
	struct silt_bytes open;
	uint8_t close;
} strings[] = {
	{SILT_LITERAL_INIT("\""), '"'},
	{SILT_LITERAL_INIT("'"), '\''},
	{SILT_LITERAL_INIT("%q{"), '}'},
};

/* The string whose first byte is the first one of `text`: empty, if it has no end. False: none begins there. */
static bool read_string(struct silt_bytes text, struct silt_bytes *out)
{
	for (size_t i = 0; i < SILT_COUNT(strings); i++) {
		if (silt_bytes_start_with(text, strings[i].open)) {
			const struct silt_bytes rest = silt_bytes_slice(text, strings[i].open.len, text.len);
			const size_t end = silt_bytes_find_byte(rest, strings[i].close);
			*out = silt_bytes_slice(rest, 0, end == SIZE_MAX ? 0 : end);
			return true;
		}
	}
	return false;
}

/* The first string of "VARIABLE.NAME = ...", in front of any comment. What Ruby would put together is left to Ruby. */
static void read_assignment(struct silt_bytes line, const char *name, struct silt_bytes *out)
{
	struct silt_bytes value, text;
	if (out->len > 0 || !silt_sbom_line(line, '=', name, &value)) {
		return;
	}
	for (size_t i = 0; i < value.len && value.ptr[i] != '#'; i++) {
		if (read_string(silt_bytes_slice(value, i, value.len), &text)) {
			const bool is_made = value.ptr[i] == '"' &&
					     silt_bytes_find(text, SILT_LITERAL("#{")) != SIZE_MAX;
			*out = is_made ? *out : text;
			return;
		}
	}
}

static void read_line(struct silt_bytes line, struct silt_bytes *variable, struct silt_sbom_found *found)
{
	line = silt_bytes_trim(line);
	if (variable->len == 0 && !silt_bytes_begin(line, "#")) {
		read_variable(line, variable);
	}
	const struct silt_bytes owner = variable->len > 0 ? *variable : SILT_LITERAL("s");
	if (silt_bytes_start_with(line, owner) && line.len > owner.len && line.ptr[owner.len] == '.') {
		line = silt_bytes_slice(line, owner.len + 1, line.len);
		read_assignment(line, "name", &found->name);
		read_assignment(line, "version", &found->version);
		read_assignment(line, "platform", &found->platform);
	}
}

enum silt_status silt_sbom_read_gem(struct silt_bytes path, struct silt_bytes body, const struct silt_sbom_sink *sink,
				    const char **why, struct silt_error *err)
{
	(void)path;
	struct silt_sbom_found found = {.kind = SILT_SBOM_GEM};
	struct silt_bytes line, variable = {0};
	while (silt_bytes_cut(&body, '\n', &line) && !read_stub(silt_bytes_trim(line), &found)) {
		read_line(line, &variable, &found);
	}
	if (silt_bytes_are(found.platform, "ruby")) {
		found.platform = silt_bytes(NULL, 0);
	}
	if (found.name.len == 0 || found.version.len == 0) {
		*why = "neither a line \"# stub:\" nor assignments say its name and version";
		return SILT_OK;
	}
	return sink->found(sink->ctx, &found, err);
}
