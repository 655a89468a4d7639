/*
 * What a policy holds. Lists are in the order of the file, all of it is the policy's arena's.
 *
 * A finding goes through these, and the first that says something decides its standing (judge.c):
 *
 *     ratings      off: ALLOWED, or another severity and on it goes
 *     own layers   ALLOWED if it is of the base image
 *     allowed      ALLOWED if all that it is about is in a list
 *     waivers      WAIVED
 *     baseline     KNOWN
 *     allowed      COUNTS if it is about something that should be in a list, and is not
 *     thresholds   BELOW, or COUNTS
 */
#ifndef SILT_POLICY_POLICY_H
#define SILT_POLICY_POLICY_H

#include "base/arena.h"
#include "silt/audit.h"
#include "silt/policy.h"

/* A text of a list. */
struct silt_policy_text {
	const char *text;
	struct silt_bytes bytes; /* the same, as it was before it was escaped */
	const struct silt_policy_text *next;
};

/* A threshold above all severities: nothing reaches it. */
enum { SILT_POLICY_NEVER = SILT_SEVERITY_CRITICAL + 1 };

/* What findings of some kind have to reach. A set has bit i for value i; an empty one is no condition. */
struct silt_policy_threshold {
	unsigned families, fates, confidences, heritages;
	int severity;
	struct silt_policy_threshold *next;
};

enum silt_policy_action {
	SILT_POLICY_OFF, /* its findings are allowed */
	SILT_POLICY_ON,  /* they are as the check rates them */
	SILT_POLICY_RATE,
};

/* What is said of the checks and rules that `name` calls. */
struct silt_policy_rating {
	const char *name;
	uint32_t line;
	enum silt_policy_action action;
	enum silt_severity severity; /* if RATE */
	struct silt_policy_rating *next;
};

/* Says that findings are accepted, of a policy or of an ignore file. A list that is NULL is no condition. */
struct silt_policy_waiver {
	const char *source; /* printable name of the file */
	uint32_t line;
	size_t number; /* in its file, from 1 */
	size_t index;  /* among all of the policy, from 0 */
	const struct silt_policy_text *fingerprints, *rules, *paths, *images;
	const char *reason;
	int64_t expires; /* the first second after its last day; INT64_MAX: never */
	bool ignore;     /* a line of an ignore file: it has no reason, and may be of no use */
	struct silt_policy_waiver *next;
};

/* A program that may have the setuid or setgid bit: by mode and owner, by its digest, or by both. */
struct silt_policy_setuid {
	struct silt_bytes path; /* as a sighting has it: clean, without '/' in front */
	unsigned mode;          /* SILT_POLICY_ANY_MODE: any */
	bool has_owner;
	uint64_t uid, gid;
	const char *digest; /* "sha256:..."; NULL: any */
	struct silt_policy_setuid *next;
};

enum { SILT_POLICY_ANY_MODE = 010000 };

/* Lists of what may be: what is not in them counts. NULL: no list, and nothing is said. */
struct silt_policy_allowed {
	const struct silt_policy_text *users, *ports, *shells;
	struct silt_policy_setuid *setuid;
	bool has_setuid; /* there is a list, which may be empty */
	bool has_users, has_ports, has_shells;
	struct silt_base *bases;
	size_t base_count;
	uint32_t line;
};

/* A finding that a baseline has, as it was then. */
struct silt_policy_known {
	char fingerprint[SILT_FINGERPRINT_SIZE];
	enum silt_severity severity;
	enum silt_fate exposure;
};

struct silt_policy_baseline {
	const char *source;              /* printable name of the file; NULL: there is no baseline */
	const char *day;                 /* "2026-11-22"; "": it has none */
	struct silt_policy_known *items; /* by fingerprint */
	size_t count;
};

struct silt_policy {
	struct silt_arena arena;
	enum silt_severity threshold;
	int64_t now;
	const char *source; /* name of its file; "" if there is none */
	bool own_layers_only;
	struct silt_policy_threshold *thresholds;
	struct silt_policy_rating *ratings;
	struct silt_policy_waiver *waivers, *last_waiver;
	size_t waiver_count;
	struct silt_policy_allowed allowed;
	struct silt_policy_baseline baseline;
	struct silt_policy_text *notes, *last_note; /* of reading, for each judgement */
};

/* Adds a note, of text that is printable. False if memory ran out. */
bool silt_policy_add_note(struct silt_policy *policy, const char *format, ...) SILT_PRINTF(2, 3) SILT_MUST_USE;

/* False if its last day is over, or if it has one and the day is not known. */
bool silt_policy_waiver_holds(const struct silt_policy *policy, const struct silt_policy_waiver *waiver);

/* Puts the waiver behind those that there are. */
void silt_policy_add_waiver(struct silt_policy *policy, struct silt_policy_waiver *waiver);

#endif
