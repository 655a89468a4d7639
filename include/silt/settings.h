/*
 * Settings that a person wrote into a file: a flat YAML map of names to texts, or to lists of texts.
 *
 * What the names mean, and what may stand behind them, the caller decides; the place of everything is kept, so that it
 * can say where a mistake is.
 */
#ifndef SILT_SETTINGS_H
#define SILT_SETTINGS_H

#include "silt/error.h"
#include "silt/export.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct silt_settings;

/* The content of a settings file. Borrowed for the call. */
struct silt_settings_file {
	const char *name; /* for people */
	const void *text; /* YAML */
	size_t size;
};

/* Lines and columns (in characters) begin with 1. Texts are as they were written, not escaped; no NUL is in them. */
struct silt_setting_value {
	const char *text;
	unsigned line, column;
};

struct silt_setting {
	const char *key; /* not empty; no other setting of the file has it */
	unsigned line, column;
	const struct silt_setting_value *values;
	size_t count; /* 1 unless `list` */
	bool list;
};

/*
 * Reads a file; one of comments only has no settings. SILT_ERR_USAGE with "NAME:LINE:COLUMN: " and the reason, without
 * a full stop, if it is no such map or has a key twice, an anchor, a tag, a NUL; SILT_ERR_MEMORY.
 */
SILT_API enum silt_status silt_settings_read(const struct silt_settings_file *file, struct silt_settings **out,
					     struct silt_error *err);
SILT_API void silt_settings_free(struct silt_settings *settings);

/* In the order of the file. They live as long as `settings`. */
SILT_API const struct silt_setting *silt_settings_get(const struct silt_settings *settings, size_t *count);

#ifdef __cplusplus
}
#endif

#endif
