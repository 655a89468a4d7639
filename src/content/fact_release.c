/* os-release(5): which distribution an image is. */
#include "content/fact_parts.h"

static const struct {
	const char *name;
	enum silt_fact_kind kind;
} fields[] = {
	{"ID", SILT_FACT_OS_ID},
	{"ID_LIKE", SILT_FACT_OS_ID_LIKE},
	{"VERSION_ID", SILT_FACT_OS_VERSION},
	{"VERSION_CODENAME", SILT_FACT_OS_CODENAME},
	{"PRETTY_NAME", SILT_FACT_OS_NAME},
};

static bool wants(const struct silt_fact_file *file)
{
	return silt_bytes_equal(file->path, SILT_LITERAL("etc/os-release")) ||
	       silt_bytes_equal(file->path, SILT_LITERAL("usr/lib/os-release"));
}

static enum silt_status read_line(struct silt_bytes line, uint32_t number, silt_fact_fn *fn, void *ctx,
				  struct silt_error *err)
{
	struct silt_bytes name;
	line = silt_bytes_trim(line);
	if (!silt_bytes_cut(&line, '=', &name)) {
		return SILT_OK;
	}
	for (size_t i = 0; i < SILT_COUNT(fields); i++) {
		if (silt_bytes_equal(name, silt_bytes_text(fields[i].name))) {
			/* Values are quoted as in a shell; those that matter hold no escapes. */
			struct silt_fact_seen fact = {fields[i].kind, number,
						      silt_bytes_unquoted(silt_bytes_trim(line))};
			return fn(ctx, &fact, err);
		}
	}
	return SILT_OK;
}

static enum silt_status read(struct silt_bytes path, struct silt_bytes body, silt_fact_fn *fn, void *ctx,
			     struct silt_error *err)
{
	(void)path;
	enum silt_status status = SILT_OK;
	struct silt_bytes line;
	for (uint32_t number = 1; status == SILT_OK && silt_bytes_cut(&body, '\n', &line); number++) {
		status = read_line(line, number, fn, ctx, err);
	}
	return status;
}

const struct silt_fact_reader silt_facts_of_release = {.wants = wants, .read = read};
