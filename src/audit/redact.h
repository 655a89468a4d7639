/*
 * Build instructions and fields of a config without the secrets in them.
 *
 * Instructions are shown to say what added or deleted a file, and build arguments, ENV lines and commands hold secrets.
 * Every value that a pattern rule matched or a name gave away, in Env, in a field that is shown, or anywhere in history,
 * is cut out of every text.
 */
#ifndef SILT_AUDIT_REDACT_H
#define SILT_AUDIT_REDACT_H

#include "bundle/images.h"
#include "secret/scanner.h"

struct silt_redactor {
	struct silt_bytes *values; /* owns the array, borrows the bytes from the config; longest first, each once */
	size_t count, capacity;
	bool overflowed; /* more than SILT_REDACTED_MAX values: no line can be shown */
};

/*
 * Collects the secret values of an image: of its Env, its history, and of what is shown of it by itself. What the rules
 * that silt ships match is cut out in any case; so is what those of `matcher` match, which may be NULL.
 */
enum silt_status silt_redactor_init(struct silt_redactor *redactor, const struct silt_declared_image *image,
				    const struct silt_matcher *matcher, struct silt_error *err);
void silt_redactor_done(struct silt_redactor *redactor);

/*
 * Adds `text` to `out` with "***" for each secret value in it, and for the password of each URL of the form
 * scheme://user:password@host; if there are too many values, "***" alone.
 */
void silt_redact(const struct silt_redactor *redactor, struct silt_bytes text, struct silt_buffer *out);

#endif
