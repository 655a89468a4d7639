/* What names of checks and rules mean. */
#include "policy/names.h"

#include "base/ascii.h"
#include "base/slip.h"
#include "policy/glob.h"

static bool is_pattern(const char *name)
{
	return strpbrk(name, "*?") != NULL;
}

static bool is_family(const char *name)
{
	for (int family = 0; family < SILT_CHECK_FAMILIES; family++) {
		if (strcmp(name, silt_check_family_name((enum silt_check_family)family)) == 0) {
			return true;
		}
	}
	return false;
}

enum silt_check_family silt_policy_family(const struct silt_finding *finding)
{
	const struct silt_check_info *check = silt_checks_find(finding->rule);
	return check ? check->family : SILT_CHECKS_SECRET;
}

/* ---- Of a finding ------------------------------------------------------------------------------------------------ */

static enum silt_policy_closeness calls_family(const char *name, const struct silt_finding *finding)
{
	bool secret = *finding->pattern && strcmp(name, silt_check_family_name(SILT_CHECKS_SECRET)) == 0;
	return secret || strcmp(name, silt_check_family_name(silt_policy_family(finding))) == 0
		       ? SILT_POLICY_BY_FAMILY
		       : SILT_POLICY_NOT_CALLED;
}

static enum silt_policy_closeness calls_by_pattern(const char *name, const struct silt_finding *finding)
{
	struct silt_bytes glob = silt_bytes_text(name);
	return silt_policy_glob(glob, silt_bytes_text(finding->rule)) ||
			       (*finding->pattern && silt_policy_glob(glob, silt_bytes_text(finding->pattern)))
		       ? SILT_POLICY_BY_PATTERN
		       : SILT_POLICY_NOT_CALLED;
}

enum silt_policy_closeness silt_policy_calls(const char *name, const struct silt_finding *finding)
{
	if (strcmp(name, finding->rule) == 0 || (*finding->pattern && strcmp(name, finding->pattern) == 0)) {
		return SILT_POLICY_BY_ID;
	}
	if (is_pattern(name)) {
		return calls_by_pattern(name, finding);
	}
	if (is_family(name)) {
		return calls_family(name, finding);
	}
	const struct silt_check_info *check = silt_checks_find(finding->rule);
	return check && silt_check_is_called(check, name) ? SILT_POLICY_BY_ALIAS : SILT_POLICY_NOT_CALLED;
}

/* ---- Of the catalogue -------------------------------------------------------------------------------------------- */

static bool check_has(const char *name)
{
	for (size_t i = 0; i < silt_checks_count(); i++) {
		if (silt_check_is_called(silt_checks_get(i), name)) {
			return true;
		}
	}
	return false;
}

static bool any_fits(const char *pattern, const struct silt_rules *rules)
{
	struct silt_bytes glob = silt_bytes_text(pattern);
	for (size_t i = 0; i < silt_checks_count(); i++) {
		if (silt_policy_glob(glob, silt_bytes_text(silt_checks_get(i)->id))) {
			return true;
		}
	}
	for (size_t i = 0; rules && i < silt_rules_count(rules); i++) {
		struct silt_rule_info info;
		silt_rules_get(rules, i, &info);
		if (silt_policy_glob(glob, silt_bytes_text(info.id))) {
			return true;
		}
	}
	return false;
}

/* Lower-case words joined by '-', as the rule files demand. */
static bool may_be_rule(const char *name)
{
	const char *at = name;
	for (; silt_is_lower(*at) || silt_is_digit(*at) || *at == '-' || *at == '*' || *at == '?'; at++) {
	}
	return at > name && *at == '\0';
}

bool silt_policy_id_known(const char *name, const struct silt_rules *rules)
{
	if (is_pattern(name) || is_family(name)) {
		return false;
	}
	return check_has(name) || (rules ? silt_rules_find(rules, name) != SIZE_MAX : may_be_rule(name));
}

bool silt_policy_name_known(const char *name, const struct silt_rules *rules)
{
	if (!is_pattern(name)) {
		return is_family(name) || silt_policy_id_known(name, rules);
	}
	return any_fits(name, rules) || (!rules && may_be_rule(name));
}

/* ---- Slips ------------------------------------------------------------------------------------------------------- */

const char *silt_policy_name_near(const char *name, const struct silt_rules *rules)
{
	struct silt_bytes typed = silt_bytes_text(name);
	for (size_t i = 0; i < silt_checks_count(); i++) {
		const char *id = silt_checks_get(i)->id;
		if (silt_is_slip(typed, silt_bytes_text(id))) {
			return id;
		}
	}
	for (size_t i = 0; rules && i < silt_rules_count(rules); i++) {
		struct silt_rule_info info;
		silt_rules_get(rules, i, &info);
		if (silt_is_slip(typed, silt_bytes_text(info.id))) {
			return info.id;
		}
	}
	return NULL;
}
