/* shadow(5), and master.passwd of the BSDs: which accounts have a password. The hash itself is told to nobody. */
#include "content/fact_parts.h"

static const struct silt_fact_place places[] = {
	SILT_PLACE("etc", "shadow"),
	SILT_PLACE("etc", "shadow-"),
	SILT_PLACE("etc", "master.passwd"),
};

static bool wants(const struct silt_fact_file *file)
{
	return silt_fact_is_at(file, places, SILT_COUNT(places));
}

enum { DES_HASH_LENGTH = 13 };

/* crypt(5): "$id$...", "_..." of extended DES, or 13 characters. No password fits anything else: "*", "!", "x". */
static enum silt_fact_kind kind_of(struct silt_bytes password)
{
	if (password.len == 0) {
		return SILT_FACT_PASSWORD_EMPTY;
	}
	bool prefix = password.ptr[0] == '$' || password.ptr[0] == '_';
	bool marked = password.ptr[0] == '!' || password.ptr[0] == '*';
	return prefix || (password.len == DES_HASH_LENGTH && !marked) ? SILT_FACT_PASSWORD_SET
								      : SILT_FACT_PASSWORD_LOCKED;
}

/* NAME:PASSWORD:... Lines of NIS, "+name:" and "-name:", are no accounts. */
static enum silt_status read(struct silt_bytes path, struct silt_bytes body, silt_fact_fn *fn, void *ctx,
			     struct silt_error *err)
{
	(void)path;
	struct silt_fact_listener listener = {fn, ctx, err};
	struct silt_fact_lines lines = {.rest = body};
	struct silt_bytes line, name, rest;
	enum silt_status status = SILT_OK;
	while (status == SILT_OK && silt_fact_line(&lines, &line)) {
		if (silt_fact_split(line, ':', &name, &rest) && name.len > 0 && name.ptr[0] != '+' &&
		    name.ptr[0] != '-') {
			struct silt_bytes password = silt_bytes_slice(rest, 0, silt_bytes_find_byte(rest, ':'));
			status = silt_fact_tell(&listener, kind_of(password), lines.number, name);
		}
	}
	return status;
}

const struct silt_fact_reader silt_facts_of_shadow = {.wants = wants, .read = read, .demanded = "a list of passwords"};
