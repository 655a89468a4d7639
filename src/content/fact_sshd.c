/* sshd_config(5): who may log in, and how. */
#include "base/ascii.h"
#include "content/fact_parts.h"

static const struct silt_fact_place places[] = {
	SILT_PLACE("etc/ssh", "sshd_config"),
	SILT_PLACE("etc/ssh/sshd_config.d", "*.conf"),
};

static const struct keyword {
	struct silt_bytes name;
	enum silt_fact_kind kind;
} keywords[] = {
	{SILT_LITERAL_INIT("PermitRootLogin"), SILT_FACT_SSHD_ROOT_LOGIN},
	{SILT_LITERAL_INIT("PermitEmptyPasswords"), SILT_FACT_SSHD_EMPTY_PASSWORDS},
	{SILT_LITERAL_INIT("PasswordAuthentication"), SILT_FACT_SSHD_PASSWORDS},
};

static bool wants(const struct silt_fact_file *file)
{
	return silt_fact_is_at(file, places, SILT_COUNT(places));
}

/* KEYWORD VALUE or KEYWORD=VALUE; the value may be quoted, and a comment may follow. */
static void split(struct silt_bytes line, struct silt_bytes *keyword, struct silt_bytes *value)
{
	size_t len = 0;
	while (len < line.len && silt_is_letter(line.ptr[len])) {
		len++;
	}
	*keyword = silt_bytes_slice(line, 0, len);
	struct silt_bytes rest = silt_bytes_trim(silt_bytes_slice(line, len, line.len));
	if (rest.len > 0 && rest.ptr[0] == '=') {
		rest = silt_bytes_slice(rest, 1, rest.len);
	}
	silt_fact_word(&rest, value);
	*value = silt_bytes_unquoted(*value);
}

enum { VALUE_MAX = 32 }; /* "prohibit-password" has 17 */

static enum silt_status tell_lower(const struct silt_fact_listener *listener, enum silt_fact_kind kind, uint32_t line,
				   struct silt_bytes value)
{
	uint8_t lower[VALUE_MAX];
	size_t len = 0;
	for (; len < value.len && len < sizeof(lower); len++) {
		lower[len] = silt_lower(value.ptr[len]);
	}
	return silt_fact_tell(listener, kind, line, silt_bytes(lower, len));
}

/* The first value of a keyword is what holds. Behind a Match nothing holds for everybody. */
static enum silt_status read(struct silt_bytes path, struct silt_bytes body, silt_fact_fn *fn, void *ctx,
			     struct silt_error *err)
{
	(void)path;
	struct silt_fact_listener listener = {fn, ctx, err};
	struct silt_fact_lines lines = {.rest = body};
	struct silt_bytes line, keyword, value;
	bool seen[SILT_COUNT(keywords)] = {false};
	enum silt_status status = SILT_OK;
	while (status == SILT_OK && silt_fact_line(&lines, &line)) {
		split(line, &keyword, &value);
		if (silt_bytes_equal_nocase(keyword, SILT_LITERAL("Match"))) {
			break;
		}
		for (size_t i = 0; i < SILT_COUNT(keywords) && value.len > 0; i++) {
			if (!seen[i] && silt_bytes_equal_nocase(keyword, keywords[i].name)) {
				seen[i] = true;
				status = tell_lower(&listener, keywords[i].kind, lines.number, value);
			}
		}
	}
	return status;
}

const struct silt_fact_reader silt_facts_of_sshd = {.wants = wants, .read = read};
