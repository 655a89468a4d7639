/*
 * Deciding: what the findings of a result mean for a gate.
 *
 * A policy rates findings and says which of them count: by severity, confidence, fate and family, by what is allowed, by
 * waivers, by a baseline. It changes nothing of a result: its judgement has the findings once more, as it sees them, and
 * with them those of its own, about what its lists do not allow.
 * docs/policy.md says how policies are written.
 */
#ifndef SILT_POLICY_H
#define SILT_POLICY_H

#include "silt/export.h"
#include "silt/result.h"
#include "silt/rules.h"

#ifdef __cplusplus
extern "C" {
#endif

/* From best to worst: something not looked at outweighs what was found, because it could hide anything. */
enum silt_verdict {
	SILT_VERDICT_PASS,       /* no finding counts, everything looked at */
	SILT_VERDICT_FAIL,       /* findings count */
	SILT_VERDICT_INCOMPLETE, /* the input is damaged or not fully covered */
};

/* "pass", "fail", "incomplete". */
SILT_API const char *silt_verdict_name(enum silt_verdict verdict);

/* ---- Policies ---------------------------------------------------------------------------------------------------- */

/* Made by one thread; then read by any number of them. */
struct silt_policy;

/* A policy of its own: whatever is high or critical counts. */
SILT_API enum silt_status silt_policy_new(struct silt_policy **out, struct silt_error *err);
SILT_API void silt_policy_free(struct silt_policy *policy);

/* Findings of this severity and of worse ones count. */
SILT_API void silt_policy_set_threshold(struct silt_policy *policy, enum silt_severity threshold);

/*
 * The day of judgement, in seconds since 1970, for what holds until some day only. 0, which is the default: it is not
 * known, and then nothing of that kind holds. The library never asks the clock.
 */
SILT_API void silt_policy_set_now(struct silt_policy *policy, int64_t now);

/* The content of a file that a person wrote. Borrowed for the call. */
struct silt_policy_file {
	const char *name; /* for people */
	const void *text;
	size_t size;
};

/*
 * Reads a policy (YAML). `rules`: the pattern rules that it may name; NULL: any id is taken for one. SILT_ERR_USAGE, with
 * the first mistake and the number of the others, if it is not one.
 */
SILT_API enum silt_status silt_policy_read(const struct silt_policy_file *file, const struct silt_rules *rules,
					   struct silt_policy **out, struct silt_error *err);

/* So many mistakes of one file are told. */
enum { SILT_POLICY_MISTAKES_MAX = 50 };

/*
 * As silt_policy_read, and calls `tell` for each mistake, in the order of the file: "policy.yaml:12:5: unknown key
 * "serverity": did you mean "severity"?".
 */
SILT_API enum silt_status silt_policy_read_telling(const struct silt_policy_file *file, const struct silt_rules *rules,
						   void (*tell)(void *ctx, const char *mistake), void *ctx,
						   struct silt_policy **out, struct silt_error *err);

/*
 * The base images that the policy allows: to be given to the audit, as silt_options.allowed_bases. They live as long as
 * the policy.
 */
struct silt_base;
SILT_API const struct silt_base *silt_policy_bases(const struct silt_policy *policy, size_t *count);

/* How much a policy says. */
struct silt_policy_summary {
	enum silt_severity threshold;
	size_t thresholds, rules, waivers; /* beside it */
	size_t ended;                      /* waivers that do not hold any more, by silt_policy_set_now */
	size_t lists;                      /* of what is allowed */
	bool own_layers_only;
};

SILT_API struct silt_policy_summary silt_policy_summary(const struct silt_policy *policy);

/*
 * Adds the lines of an ignore file, such as .trivyignore and .dockleignore: an id of a check or rule, by silt or another
 * tool, or a fingerprint, and "exp:2026-01-31" behind it for a last day. What stands behind '#' is a comment. A line that
 * cannot be followed accepts nothing, and is a note of each judgement. SILT_ERR_USAGE for a file that is no text or too
 * long. The names that are not silt's are told by their number: they may be of a scanner for vulnerabilities.
 */
SILT_API enum silt_status silt_policy_add_ignores(struct silt_policy *policy, const struct silt_policy_file *file,
						  const struct silt_rules *rules, struct silt_error *err);

/*
 * Adds a baseline (silt/baseline.h): the findings in it are known, unless they are worse now. SILT_ERR_USAGE if it is
 * none, or if there is one already.
 */
SILT_API enum silt_status silt_policy_add_baseline(struct silt_policy *policy, const struct silt_policy_file *file,
						   struct silt_error *err);

/* Name `index` of the policies that silt ships: "default", "strict", "forensic"; NULL beyond. */
SILT_API const char *silt_policy_shipped_name(size_t index);
/* The one with that name, as a file to be read. False, and `*out` untouched, if there is none. */
SILT_API bool silt_policy_shipped(const char *name, struct silt_policy_file *out);

/* ---- Judgements -------------------------------------------------------------------------------------------------- */

/* What a policy has to say beside its verdict, such as a waiver that nothing needs any more. */
struct silt_policy_note {
	const char *text; /* one sentence, escaped */
};

struct silt_judgement {
	const struct silt_result *result; /* borrows: it must live longer */
	enum silt_verdict verdict;
	enum silt_severity threshold; /* of the policy, for findings that it says nothing else about */
	/* Those of the result, and of the policy itself, with the severity and the standing that it gives them; worst first. */
	const struct silt_finding *findings;
	size_t finding_count;
	size_t counting;                      /* how many of them count */
	const struct silt_policy_note *notes; /* in a fixed order */
	size_t note_count;
};

/*
 * Judges a result. `policy` NULL: as silt_policy_new makes it. The judgement is the caller's, to be freed before the
 * result; it does not need the policy any more. SILT_ERR_MEMORY.
 */
SILT_API enum silt_status silt_judge(const struct silt_result *result, const struct silt_policy *policy,
				     struct silt_judgement **out, struct silt_error *err);
SILT_API void silt_judgement_free(struct silt_judgement *judgement);

#ifdef __cplusplus
}
#endif

#endif
