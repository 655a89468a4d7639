/*
 * Names of checks and rules, as policies write them: ids, ids of other tools (DL3002, CIS-DI-0001), families, patterns
 * such as "history-*". What a pattern rule found belongs to the family "secret", too.
 */
#ifndef SILT_POLICY_NAMES_H
#define SILT_POLICY_NAMES_H

#include "silt/checks.h"
#include "silt/rules.h"

/* How close a name comes to a finding: the closer one wins. */
enum silt_policy_closeness {
	SILT_POLICY_NOT_CALLED,
	SILT_POLICY_BY_FAMILY,
	SILT_POLICY_BY_PATTERN,
	SILT_POLICY_BY_ALIAS,
	SILT_POLICY_BY_ID,
};

enum silt_policy_closeness silt_policy_calls(const char *name, const struct silt_finding *finding);

/* The family of a finding: that of its check, or "secret" for one of a pattern rule alone. */
enum silt_check_family silt_policy_family(const struct silt_finding *finding);

/* True if a check or a rule has the name; with `rules` NULL also for whatever could be the id of a rule. */
bool silt_policy_name_known(const char *name, const struct silt_rules *rules);

/* The same for names that mean one check or rule: ids and ids of other tools, no families and no patterns. */
bool silt_policy_id_known(const char *name, const struct silt_rules *rules);

/* An id that is written nearly so; NULL: there is none. Lives as long as the rules. */
const char *silt_policy_name_near(const char *name, const struct silt_rules *rules);

#endif
