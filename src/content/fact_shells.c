/* shells(5): the programs that may be the shell of an account. */
#include "content/fact_parts.h"

static bool wants(const struct silt_fact_file *file)
{
	return silt_bytes_equal(file->path, SILT_LITERAL("etc/shells"));
}

static enum silt_status read(struct silt_bytes path, struct silt_bytes body, silt_fact_fn *fn, void *ctx,
			     struct silt_error *err)
{
	(void)path;
	struct silt_fact_listener listener = {fn, ctx, err};
	struct silt_fact_lines lines = {.rest = body};
	struct silt_bytes line;
	enum silt_status status = SILT_OK;
	while (status == SILT_OK && silt_fact_line(&lines, &line)) {
		if (line.ptr[0] == '/') {
			status = silt_fact_tell(&listener, SILT_FACT_LOGIN_SHELL, lines.number, line);
		}
	}
	return status;
}

const struct silt_fact_reader silt_facts_of_shells = {.wants = wants, .read = read};
