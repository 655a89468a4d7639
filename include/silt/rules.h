/*
 * Pattern rules: what bytes of one kind of secret look like. Those that silt ships, and those of a user.
 *
 * docs/rule-format.md says how rule files are written.
 */
#ifndef SILT_RULES_H
#define SILT_RULES_H

#include "silt/error.h"
#include "silt/export.h"
#include "silt/result.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A set of rules, read and compiled. Immutable; may be used by several threads. */
struct silt_rules;

/* The content of a rule file. Borrowed. */
struct silt_rule_file {
	const char *name; /* for people */
	const void *text; /* YAML */
	size_t size;
};

/*
 * Reads `count` files, after the rules that silt ships if `shipped`. SILT_ERR_USAGE for a mistake in a file: the text
 * has file, line, rule and reason. SILT_ERR_USAGE also if there would be no rule at all.
 */
SILT_API enum silt_status silt_rules_new(bool shipped, const struct silt_rule_file *files, size_t count,
					 struct silt_rules **out, struct silt_error *err);
SILT_API void silt_rules_free(struct silt_rules *rules);

/* What is known of one rule. Everything is printable text and lives as long as the set. Lists end with NULL. */
struct silt_rule_info {
	const char *id;
	const char *title;
	const char *provider; /* "" if it is nobody's */
	enum silt_severity severity;
	enum silt_confidence confidence;
	const char *remedy;
	const char *const *references;
	const char *const *anchors;          /* escaped: "ghp_", "\xfe\xed\xfe\xed" */
	const char *const *anchors_any_case; /* in any case */
	const char *pattern;                 /* PCRE2, macros expanded */
	const char *const *files;            /* names of files it is about; none: of any */
	const char *const *keywords;         /* words that must stand near */
	const char *validator;               /* what judges a match beyond its pattern; "" if nothing does */
	bool generic;                        /* gives way to every other rule on the same bytes */
	bool never_vendor;                   /* once proven, a finding also in unmodified files of packages */
	size_t positives, negatives;         /* examples */
	const char *source;                  /* file it comes from */
	unsigned line;                       /* in that file */
};

SILT_API size_t silt_rules_count(const struct silt_rules *rules);
/* Rule `index` of silt_rules_count; those that silt ships come first. */
SILT_API void silt_rules_get(const struct silt_rules *rules, size_t index, struct silt_rule_info *info);
/* The place of the rule with that id; SIZE_MAX if there is none. */
SILT_API size_t silt_rules_find(const struct silt_rules *rules, const char *id);

/* Example `number` of a rule, from 1: a text in which it must find something, or (`positive` false) must not. */
struct silt_rule_verdict {
	size_t rule;
	bool positive;
	size_t number;
	bool right; /* the rule did what the example says */
};

/* Runs the examples of rule `index`; `tell` is called for each, first the positive ones. Fails for memory only. */
SILT_API enum silt_status silt_rules_try(const struct silt_rules *rules, size_t index,
					 void (*tell)(void *ctx, const struct silt_rule_verdict *verdict), void *ctx,
					 struct silt_error *err);

#ifdef __cplusplus
}
#endif

#endif
