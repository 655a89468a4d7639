/* ld.so.preload, of ld.so(8): libraries that are loaded into every program. */
#include "base/ascii.h"
#include "content/fact_parts.h"

static bool wants(const struct silt_fact_file *file)
{
	return silt_bytes_equal(file->path, SILT_LITERAL("etc/ld.so.preload"));
}

static bool is_separator(uint8_t byte)
{
	return silt_is_one_of(byte, " \t\r:");
}

/* Cuts the next name off `*rest`: ld.so separates them by blanks and colons. */
static bool next_library(struct silt_bytes *rest, struct silt_bytes *name)
{
	size_t from = 0;
	while (from < rest->len && is_separator(rest->ptr[from])) {
		from++;
	}
	size_t to = from;
	while (to < rest->len && !is_separator(rest->ptr[to]) && rest->ptr[to] != '#') {
		to++;
	}
	*name = silt_bytes_slice(*rest, from, to - from);
	*rest = silt_bytes_slice(*rest, to, rest->len);
	return to > from;
}

static enum silt_status read(struct silt_bytes path, struct silt_bytes body, silt_fact_fn *fn, void *ctx,
			     struct silt_error *err)
{
	(void)path;
	struct silt_fact_listener listener = {fn, ctx, err};
	struct silt_fact_lines lines = {.rest = body};
	struct silt_bytes line, name;
	enum silt_status status = SILT_OK;
	while (silt_fact_line(&lines, &line)) {
		while (status == SILT_OK && next_library(&line, &name)) {
			status = silt_fact_tell(&listener, SILT_FACT_PRELOAD, lines.number, name);
		}
	}
	return status;
}

const struct silt_fact_reader silt_facts_of_preload = {
	.wants = wants, .read = read, .demanded = "a list of libraries to be loaded"};
