/*
 * Rules read from YAML files: those silt ships and those a user adds. docs/rule-format.md says how they are written.
 */
#ifndef SILT_SECRET_RULE_SET_H
#define SILT_SECRET_RULE_SET_H

#include "base/error.h"
#include "secret/rule.h"

/* Owns its rules and every string in them. Grows by whole files; not to be changed once a matcher is made of it. */
struct silt_rule_set;
struct silt_rule_macros;

/* NULL: memory ran out. */
struct silt_rule_set *silt_rule_set_new(void);
void silt_rule_set_free(struct silt_rule_set *set);

/*
 * Adds the rules of one file. `source` is its name, for people (escaped, copied). A file that has macros and no rules
 * gives its macros to all files after it; those of other files end with them.
 *
 * SILT_ERR_USAGE at the first mistake, with its place, what was expected and what was found: "FILE:LINE: rule ID:
 * REASON", or "FILE:LINE:COLUMN: REASON" if it is no YAML that silt takes. SILT_ERR_MEMORY. The set is as it was then.
 */
enum silt_status silt_rule_set_add(struct silt_rule_set *set, struct silt_bytes yaml, const char *source,
				   struct silt_error *err);

/* As silt_rule_set_add, for files that silt ships: their rules may have the keys `identity` and `ahead`. */
enum silt_status silt_rule_set_add_own(struct silt_rule_set *set, struct silt_bytes yaml, const char *source,
				       struct silt_error *err);

/*
 * Adds the rules that silt ships: to an empty set, before any other. SILT_ERR_MEMORY; SILT_ERR_INTERNAL if what the build
 * made of them is damaged.
 */
enum silt_status silt_rule_set_add_shipped(struct silt_rule_set *set, struct silt_error *err);

/*
 * Adds only what belongs to every set, the macros that silt ships and its rules for programs, which come before all
 * others: to an empty set, before any other file. Fails in the same way.
 */
enum silt_status silt_rule_set_add_basics(struct silt_rule_set *set, struct silt_error *err);

/* As silt_rule_set_add_shipped, from another pack (rule_pack.h), whose bytes are copied. */
enum silt_status silt_rule_set_add_packed(struct silt_rule_set *set, struct silt_bytes pack, struct silt_error *err);

/* True if the set has the rules that silt ships, and no others. */
bool silt_rule_set_is_shipped(const struct silt_rule_set *set);

/* The macros that a further file may use. */
const struct silt_rule_macros *silt_rule_set_macros(const struct silt_rule_set *set);

/* All rules, of secrets and of programs, in the order they were added. Valid until the next file is added or the set is
 * freed. */
const struct silt_rule *silt_rule_set_rules(const struct silt_rule_set *set, size_t *count);

/* The rule with that id, or NULL. */
const struct silt_rule *silt_rule_set_find(const struct silt_rule_set *set, struct silt_bytes id);

#endif
