/*
 * Which findings somebody wants to hear of: options only, skip and lint.
 *
 * A name is the id of a check or of a pattern rule, an alias, a family, or a pattern such as "history-*". What a
 * pattern rule found belongs to the family "secret". What makes a scan incomplete is told whatever was chosen.
 */
#ifndef SILT_AUDIT_CHOICE_H
#define SILT_AUDIT_CHOICE_H

#include "base/error.h"
#include "secret/matcher.h"
#include "silt/audit.h"
#include "silt/checks.h"

/* A name that nothing has, as SILT_ERR_USAGE. `matcher` has the pattern rules. */
enum silt_status silt_choice_check(const struct silt_options *options, const struct silt_matcher *matcher,
				   struct silt_error *err);

/* Whether a finding is wanted. `options` NULL: all but lint is. `pattern`: as of the finding, "" for none. */
bool silt_choice_wants(const struct silt_options *options, const char *rule, const char *pattern);

/* Whether one that would be wanted is not, because of `only` or `skip`. */
bool silt_choice_leaves_out(const struct silt_options *options, const char *rule, const char *pattern);

/* Whether any finding of a family is. */
bool silt_choice_asks(const struct silt_options *options, enum silt_check_family family);

#endif
