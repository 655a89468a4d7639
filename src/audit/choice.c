/* Choosing among findings. */
#include "audit/choice.h"

#include "base/escape.h"
#include "base/slip.h"
#include "secret/glob.h"

/* `check` may be NULL: the finding is that of a pattern rule alone. */
static bool is_called(const struct silt_check_info *check, const char *pattern, const char *name)
{
	if (check && silt_check_is_called(check, name)) {
		return true;
	}
	return *pattern && (silt_glob_fits(silt_bytes_text(name), silt_bytes_text(pattern)) ||
			    strcmp(name, silt_check_family_name(SILT_CHECKS_SECRET)) == 0);
}

static bool any_calls(const char *const *names, size_t count, const struct silt_check_info *check, const char *pattern)
{
	for (size_t i = 0; i < count; i++) {
		if (is_called(check, pattern, names[i])) {
			return true;
		}
	}
	return false;
}

bool silt_choice_wants(const struct silt_options *options, const char *rule, const char *pattern)
{
	static const struct silt_options none;
	const struct silt_options *chosen = options ? options : &none;
	const struct silt_check_info *check = silt_checks_find(rule);
	if (any_calls(chosen->skip, chosen->skip_count, check, pattern)) {
		return false;
	}
	if (chosen->only_count > 0) {
		return any_calls(chosen->only, chosen->only_count, check, pattern);
	}
	return !check || !check->lint || chosen->lint;
}

bool silt_choice_leaves_out(const struct silt_options *options, const char *rule, const char *pattern)
{
	const struct silt_options all = {.lint = options && options->lint};
	return silt_choice_wants(&all, rule, pattern) && !silt_choice_wants(options, rule, pattern);
}

static bool is_check(const char *name)
{
	for (size_t i = 0; i < silt_checks_count(); i++) {
		if (silt_check_is_called(silt_checks_get(i), name)) {
			return true;
		}
	}
	return false;
}

bool silt_choice_asks(const struct silt_options *options, enum silt_check_family family)
{
	for (size_t i = 0; i < silt_checks_count(); i++) {
		const struct silt_check_info *check = silt_checks_get(i);
		if (check->family == family && silt_choice_wants(options, check->id, "")) {
			return true;
		}
	}
	/* A name that no check has is that of a pattern rule. */
	for (size_t i = 0; options && family == SILT_CHECKS_SECRET && i < options->only_count; i++) {
		if (!is_check(options->only[i])) {
			return true;
		}
	}
	return false;
}

static bool is_known(const char *name, const struct silt_matcher *matcher)
{
	if (is_check(name)) {
		return true;
	}
	for (size_t i = 0; i < matcher->rule_count; i++) {
		if (is_called(NULL, matcher->rules[i].id, name)) {
			return true;
		}
	}
	return false;
}

/* An id that is one slip away; NULL: there is none. */
static const char *near_name(const char *name, const struct silt_matcher *matcher)
{
	const struct silt_bytes typed = silt_bytes_text(name);
	for (size_t i = 0; i < silt_checks_count(); i++) {
		if (silt_is_slip(typed, silt_bytes_text(silt_checks_get(i)->id))) {
			return silt_checks_get(i)->id;
		}
	}
	for (size_t i = 0; i < matcher->rule_count; i++) {
		if (silt_is_slip(typed, silt_bytes_text(matcher->rules[i].id))) {
			return matcher->rules[i].id;
		}
	}
	return NULL;
}

static enum silt_status refuse(const char *name, const struct silt_matcher *matcher, struct silt_error *err)
{
	char shown[64];
	const char *near = near_name(name, matcher);
	silt_escape_text(silt_bytes_text(name), shown, sizeof(shown));
	if (near) {
		return silt_fail(err, SILT_ERR_USAGE, "no check and no rule is called '%s': did you mean '%s'?", shown,
				 near);
	}
	return silt_fail(err, SILT_ERR_USAGE, "no check and no rule is called '%s'; 'silt rules list' shows them all",
			 shown);
}

static enum silt_status check_names(const char *const *names, size_t count, const struct silt_matcher *matcher,
				    struct silt_error *err)
{
	for (size_t i = 0; i < count; i++) {
		if (!is_known(names[i], matcher)) {
			return refuse(names[i], matcher, err);
		}
	}
	return SILT_OK;
}

enum silt_status silt_choice_check(const struct silt_options *options, const struct silt_matcher *matcher,
				   struct silt_error *err)
{
	if (!options) {
		return SILT_OK;
	}
	enum silt_status status = check_names(options->only, options->only_count, matcher, err);
	return status == SILT_OK ? check_names(options->skip, options->skip_count, matcher, err) : status;
}
