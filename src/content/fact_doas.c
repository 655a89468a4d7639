/* doas.conf(5): "permit [OPTIONS] WHO [as TARGET] [cmd COMMAND [args ...]]". */
#include "content/fact_parts.h"

static const struct silt_fact_place places[] = {
	SILT_PLACE("etc", "doas.conf"),
	SILT_PLACE("etc/doas.d", "*.conf"),
	SILT_PLACE("usr/local/etc", "doas.conf"),
};

static bool wants(const struct silt_fact_file *file)
{
	return silt_fact_is_at(file, places, SILT_COUNT(places));
}

/* A rule that permits something. */
struct rule {
	struct silt_bytes who; /* a user, or ":group" */
	bool nopass;
	bool limited; /* to a command, or to another user than root */
};

/* Cuts the options off `*rest`; false if nobody is named behind them. */
static bool take_options(struct silt_bytes *rest, struct rule *rule)
{
	bool in_braces = false;
	while (silt_fact_word(rest, &rule->who)) {
		struct silt_bytes word = rule->who;
		bool ends = silt_bytes_find_byte(word, '}') != SIZE_MAX;
		if (in_braces) {
			in_braces = !ends;
		} else if (silt_bytes_start_with(word, SILT_LITERAL("setenv")) ||
			   silt_bytes_start_with(word, SILT_LITERAL("{"))) {
			in_braces = silt_bytes_find_byte(word, '{') != SIZE_MAX && !ends;
		} else if (silt_bytes_equal(word, SILT_LITERAL("nopass"))) {
			rule->nopass = true;
		} else if (!silt_fact_is_one(word, "persist keepenv nolog")) {
			return true;
		}
	}
	return false;
}

static bool take_rule(struct silt_bytes line, struct rule *rule)
{
	struct silt_bytes word;
	*rule = (struct rule){0};
	if (!silt_fact_word(&line, &word) || !silt_bytes_equal(word, SILT_LITERAL("permit")) ||
	    !take_options(&line, rule)) {
		return false;
	}
	while (silt_fact_word(&line, &word)) {
		bool as = silt_bytes_equal(word, SILT_LITERAL("as"));
		if (as && !silt_fact_word(&line, &word)) {
			return false;
		}
		rule->limited = rule->limited ||
				(as ? !silt_bytes_equal(silt_bytes_unquoted(word), SILT_LITERAL("root"))
				    : silt_bytes_equal(word, SILT_LITERAL("cmd")));
	}
	rule->who = silt_bytes_unquoted(rule->who);
	return rule->who.len > 0 && !silt_bytes_equal(rule->who, SILT_LITERAL("root"));
}

/* Groups are told as sudoers writes them. */
static enum silt_status tell(const struct silt_fact_listener *listener, enum silt_fact_kind kind, uint32_t line,
			     struct silt_bytes who)
{
	struct silt_bytes group[] = {SILT_LITERAL("%"), silt_bytes_slice(who, 1, who.len)};
	return who.ptr[0] == ':' ? silt_fact_tell_parts(listener, kind, line, group, SILT_COUNT(group))
				 : silt_fact_tell(listener, kind, line, who);
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
		struct rule rule;
		if (!take_rule(silt_bytes_slice(line, 0, silt_bytes_find_byte(line, '#')), &rule)) {
			continue;
		}
		if (rule.nopass) {
			enum silt_fact_kind kind = rule.limited ? SILT_FACT_SUDO_NOPASSWD_SOME
								: SILT_FACT_SUDO_NOPASSWD_ALL;
			status = tell(&listener, kind, lines.number, rule.who);
		} else if (!rule.limited) {
			status = tell(&listener, SILT_FACT_SUDO_ALL, lines.number, rule.who);
		}
	}
	return status;
}

const struct silt_fact_reader silt_facts_of_doas = {
	.wants = wants, .read = read, .demanded = "a configuration of doas"};
