/*
 * Findings as they are collected: merged by identity, then ordered.
 *
 * One subject is one finding: adding the same rule and identity again returns the finding that is there, with the worse
 * severity and the higher confidence of both; it is suppressed only if both are. Everything handed over is copied into
 * the arena given at the start.
 */
#ifndef SILT_AUDIT_FINDINGS_H
#define SILT_AUDIT_FINDINGS_H

#include "audit/context.h"
#include "audit/finding_counts.h"
#include "audit/mask.h"
#include "base/arena.h"
#include "base/error.h"

struct silt_findings;

enum silt_status silt_findings_new(struct silt_arena *arena, struct silt_findings **out, struct silt_error *err);
void silt_findings_free(struct silt_findings *findings);

/*
 * From now on findings that nobody wants to hear of are dropped at the end (choice.h), and the others get their heritage.
 * `context` is borrowed.
 */
void silt_findings_judge(struct silt_findings *findings, const struct silt_context *context);

/* From now on names in findings are masked (mask.h). `matches` is borrowed. */
void silt_findings_mask(struct silt_findings *findings, struct silt_line_matches *matches);

/* What a check says. Text is escaped already, and is copied. */
struct silt_draft {
	const char *rule;
	const char *pattern; /* NULL: none */
	const char *title;   /* NULL: that of the catalogue */
	const char *subject;
	const char *detail;          /* NULL: none */
	const char *remedy;          /* NULL: that of the catalogue */
	struct silt_bytes secret;    /* empty: none, or not kept */
	struct silt_bytes public_id; /* of a private key; empty: not known */
	const char *suppressed;      /* why it is listed apart; NULL: it is a finding like any other */
	enum silt_severity severity;
	enum silt_confidence confidence;
	/*
	 * What makes it the same finding in another encoding or rebuild: path, user, keyed hash of a secret. Never a
	 * layer number, digest, offset or image name. The fingerprint is a keyed hash over domain and these parts.
	 */
	const char *domain; /* NULL: the rule. Secrets use "secret" whatever rule found them */
	const struct silt_bytes *identity;
	size_t identity_count;
};

/*
 * `*number` identifies the finding for silt_findings_sight. SILT_FINDING_DROPPED if its rule has as many as are kept: it is
 * counted (silt_findings_counts).
 */
#define SILT_FINDING_DROPPED SIZE_MAX
enum silt_status silt_findings_add(struct silt_findings *findings, const struct silt_draft *draft, size_t *number,
				   struct silt_error *err);

/* One more place; nothing for a finding that was dropped. The same place twice (all fields equal) counts once. */
enum silt_status silt_findings_sight(struct silt_findings *findings, size_t number,
				     const struct silt_sighting *sighting, struct silt_error *err);

/* What was kept and dropped of each rule. */
const struct silt_finding_counts *silt_findings_counts(const struct silt_findings *findings);

/* How many findings were not asked for (silt_coverage). Known at the end. */
uint64_t silt_findings_left_out(const struct silt_findings *findings);

/*
 * Ends collecting: exposure and fingerprints are set; findings ordered (base/finding_order.h);
 * sightings by image, layer, place, offset. The array is of the arena: `*count` findings, and behind them
 * `*suppressed` that are suppressed, in the same order.
 */
enum silt_status silt_findings_end(struct silt_findings *findings, const struct silt_finding **out, size_t *count,
				   size_t *suppressed, struct silt_error *err);

#endif
