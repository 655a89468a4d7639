/*
 * Specifications of RubyGems: a program in Ruby, which is read and never run. Its second line is a summary that
 * RubyGems itself reads; older ones have assignments only.
 *
 *     # -*- encoding: utf-8 -*-
 *     # stub: nokogiri 1.15.4 x86_64-linux lib           name, version, platform, folders
 *
 *     Gem::Specification.new do |s|
 *       s.name = "nokogiri".freeze
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
	found->platform = silt_bytes_are(word[2], "ruby") ? silt_bytes(NULL, 0) : silt_sbom_field(word[2]);
	return true;
}

/* What stands between the first quotes of "s.NAME = ...". */
static void read_assignment(struct silt_bytes line, const char *name, struct silt_bytes *out)
{
	struct silt_bytes value;
	line = silt_bytes_trim(line);
	if (out->len > 0 || !silt_sbom_line(line, '=', name, &value)) {
		return;
	}
	size_t start = 0;
	while (start < value.len && value.ptr[start] != '"' && value.ptr[start] != '\'') {
		start++;
	}
	if (start < value.len) {
		struct silt_bytes rest = silt_bytes_slice(value, start + 1, value.len);
		size_t end = silt_bytes_find_byte(rest, value.ptr[start]);
		*out = silt_bytes_slice(rest, 0, end == SIZE_MAX ? 0 : end);
	}
}

enum silt_status silt_sbom_read_gem(struct silt_bytes path, struct silt_bytes body, const struct silt_sbom_sink *sink,
				    const char **why, struct silt_error *err)
{
	(void)path;
	struct silt_sbom_found found = {.kind = SILT_SBOM_GEM};
	struct silt_bytes line;
	while (silt_bytes_cut(&body, '\n', &line) && !read_stub(silt_bytes_trim(line), &found)) {
		read_assignment(line, "s.name", &found.name);
		read_assignment(line, "s.version", &found.version);
		read_assignment(line, "s.platform", &found.platform);
	}
	if (found.name.len == 0 || found.version.len == 0) {
		*why = "neither a line \"# stub:\" nor assignments say its name and version";
		return SILT_OK;
	}
	return sink->found(sink->ctx, &found, err);
}
