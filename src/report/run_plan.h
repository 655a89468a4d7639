/*
 * How to run an image: what its posture says it can bear, each with its reason. Then written for a shell, as a manifest
 * of Kubernetes, or as JSON.
 */
#ifndef SILT_REPORT_RUN_PLAN_H
#define SILT_REPORT_RUN_PLAN_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "silt/posture.h"
#include "silt/report.h"

/* An option of docker run. */
struct silt_run_option {
	const char *option; /* "--tmpfs" */
	const char *value;  /* "/tmp:rw,noexec"; "": it has none */
	const char *reason; /* for people: a clause that begins with a small letter */
};

/* An empty filesystem for a directory that is written to. */
struct silt_run_mount {
	const char *path;
	const char *reason;
	bool volume; /* the image says that its data matters */
};

enum {
	/* Fixed options, and those of lists that are bounded by SILT_POSTURE_LIST_MAX. */
	SILT_RUN_OPTIONS_MAX = 256,
	SILT_RUN_MOUNTS_MAX = 192,
	SILT_RUN_CAPABILITIES_MAX = 80,
};

struct silt_run_plan {
	const struct silt_image *image;
	const struct silt_posture *posture;
	const char *reference; /* what the image can be run by: a tag, else the digest of its config */
	struct silt_run_option options[SILT_RUN_OPTIONS_MAX]; /* that the image can bear */
	size_t option_count;
	struct silt_run_option choices[SILT_RUN_OPTIONS_MAX]; /* that no image can decide; the values are examples */
	size_t choice_count;
	struct silt_run_mount mounts[SILT_RUN_MOUNTS_MAX];
	size_t mount_count;
	struct silt_run_option capabilities[SILT_RUN_CAPABILITIES_MAX]; /* value and reason */
	size_t capability_count;
	bool may_escalate;      /* no-new-privileges would keep it from starting as it is meant to */
	const char *escalation; /* the reason, either way */
	const char *user_reason, *read_only_reason;
	bool low_port;           /* it exposes a port below 1024 */
	struct silt_arena arena; /* of the text above */
	bool failed;             /* memory ran out */
};

/* Fills a zeroed plan. SILT_ERR_INPUT if there is no config. To be ended with silt_run_plan_done in any case. */
enum silt_status silt_run_plan_make(struct silt_run_plan *plan, const struct silt_image *image, struct silt_error *err);
void silt_run_plan_done(struct silt_run_plan *plan);

/* run_mounts.c: what has to be written to although the root is read-only. */
void silt_run_plan_mounts(struct silt_run_plan *plan);

/* Adding to the lists. What does not fit is left out: no list of a posture is that long. */
void silt_run_offer(struct silt_run_plan *plan, const char *option, const char *value, const char *reason);
void silt_run_leave(struct silt_run_plan *plan, const char *option, const char *value, const char *reason);

/* Text of the plan's arena; "" and `failed` if memory ran out. */
const char *silt_run_text(struct silt_run_plan *plan, const char *format, ...) SILT_PRINTF(2, 3);

/* The user is a number other than 0. */
static inline bool silt_run_is_user(const struct silt_run_plan *plan)
{
	return plan->posture->user.root == SILT_ANSWER_NO;
}

/* What docker run must never be given, whatever the image. */
extern const char *const silt_run_never;

/* The three ways to write a plan. */
void silt_run_write_shell(const struct silt_run_plan *plan, struct silt_buffer *out);
void silt_run_write_kubernetes(const struct silt_run_plan *plan, struct silt_buffer *out);
enum silt_status silt_run_write_json(const struct silt_run_plan *plan, const struct silt_result *result,
				     struct silt_buffer *out, struct silt_error *err);

/* Adds a reason as a comment of YAML or a shell in lines of `width`, each behind "# " at column `indent`. */
void silt_run_comment(struct silt_buffer *out, unsigned indent, const char *text);

#endif
